//! The command line under a name of its own, so that cargo builds it with the tests and tells them where it is.

use std::process::ExitCode;

fn main() -> ExitCode {
    samtycke_cli::main(std::env::args_os())
}
