//! The binary `samtycke`. Everything it does stands in [`samtycke_server::cli`], where tests can reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    samtycke_server::cli::main(std::env::args_os())
}
