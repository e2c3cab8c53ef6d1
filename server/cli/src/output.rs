//! What commands print. A reader that has gone away (`samtycke register lint FILE | head`) is no defect: the rest is not
//! printed, and the exit code says so. `println!` would panic, which clippy therefore forbids in this crate.

use std::fmt;
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;
use std::sync::OnceLock;

/// Exit code where the reader closed the pipe: 128 + SIGPIPE, as shells count.
const CUT_OFF: u8 = 141;
/// Exit code where standard output cannot be written to, as on a full disk: EX_IOERR of sysexits.h. No command has
/// another meaning for it, `verify` and `scan` with their own codes included.
const NOT_WRITTEN: u8 = 74;

/// Why standard output could not be written to. After the first failure nothing more is written.
static FAILED: OnceLock<io::Error> = OnceLock::new();

/// Prints to standard output, as `print!` does.
macro_rules! out {
    ($($text:tt)*) => { $crate::output::write(format_args!($($text)*), "") };
}

/// Prints a line to standard output, as `println!` does.
macro_rules! outln {
    () => { $crate::output::write(format_args!(""), "\n") };
    ($($text:tt)*) => { $crate::output::write(format_args!($($text)*), "\n") };
}

/// Prints a line to standard error, as `eprintln!` does.
macro_rules! errln {
    ($($text:tt)*) => { $crate::output::write_error(format_args!($($text)*)) };
}

/// Use `out!` and `outln!`. A command goes on where nothing can be printed, so that what it has begun is completed.
pub(super) fn write(text: fmt::Arguments<'_>, end: &str) {
    if FAILED.get().is_none()
        && let Err(error) = io::stdout().lock().write_fmt(format_args!("{text}{end}"))
    {
        failed(error);
    }
}

/// Use `errln!`. Where standard error is closed there is nobody to tell.
pub(super) fn write_error(text: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Notes that standard output cannot be written to.
pub(super) fn failed(error: io::Error) {
    // The first failure is the one that is told.
    let _ = FAILED.set(error);
}

/// The exit code of a command that ended with this one, once everything it printed has been written. A command that
/// failed keeps its code.
pub(super) fn finish(code: ExitCode) -> ExitCode {
    if FAILED.get().is_none()
        && let Err(error) = io::stdout().lock().flush()
    {
        failed(error);
    }
    match FAILED.get() {
        None => code,
        Some(error) if error.kind() == ErrorKind::BrokenPipe => {
            if code == ExitCode::SUCCESS {
                ExitCode::from(CUT_OFF)
            } else {
                code
            }
        }
        Some(error) => {
            errln!("samtycke: standard output: {error}");
            ExitCode::from(NOT_WRITTEN)
        }
    }
}
