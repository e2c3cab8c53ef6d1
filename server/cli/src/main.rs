//! The binary `samtycke`. Its code is in [`samtycke_cli`], where tests can reach it.

use std::process::ExitCode;

fn main() -> ExitCode {
    samtycke_cli::main(std::env::args_os())
}
