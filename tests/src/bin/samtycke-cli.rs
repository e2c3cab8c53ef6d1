//! The command line under its own name, so cargo builds it with the tests and tells them its path.

use std::process::ExitCode;

fn main() -> ExitCode {
    samtycke_cli::main(std::env::args_os())
}
