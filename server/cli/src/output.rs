//! Output of commands. A reader that closes its pipe (`samtycke register lint FILE | head`) is not an error: the rest
//! is not printed, and the exit code says so. `println!` would panic, so clippy forbids it in this crate.
//!
//! Whatever a command prints, no string in it moves the cursor or reorders text (`samtycke_core::screen`). A string from
//! outside also goes through `screen::escaped` where it is put into a line, so that it cannot begin a line of its own.

use std::fmt;
use std::io::{self, ErrorKind, Write as _};
use std::process::ExitCode;
use std::sync::OnceLock;

use samtycke_core::screen::quiet;

/// Exit code after the reader closed the pipe: 128 + SIGPIPE, as shells count.
const CUT_OFF: u8 = 141;
/// Exit code after a failed write to standard output, such as on a full disk: EX_IOERR of sysexits.h. No command gives
/// this code another meaning, including `verify` and `scan`.
const NOT_WRITTEN: u8 = 74;

/// The first error of standard output. After it nothing more is written.
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

/// Prints to standard error, as `eprint!` does.
macro_rules! err {
    ($($text:tt)*) => { $crate::output::write_error_part(format_args!($($text)*)) };
}

/// Use `out!` and `outln!`. A command continues after a failed write, so that it completes the work that it has begun.
pub(super) fn write(text: fmt::Arguments<'_>, end: &str) {
    if FAILED.get().is_none()
        && let Err(error) = io::stdout()
            .lock()
            .write_all(quiet(&format!("{text}{end}")).as_bytes())
    {
        failed(error);
    }
}

/// Use `errln!`. A closed standard error is ignored: the error cannot be reported.
pub(super) fn write_error(text: fmt::Arguments<'_>) {
    let _ = writeln!(io::stderr().lock(), "{}", quiet(&text.to_string()));
}

/// Use `err!`. A closed standard error is ignored, as by [`write_error`].
pub(super) fn write_error_part(text: fmt::Arguments<'_>) {
    let mut errors = io::stderr().lock();
    let _ = errors.write_fmt(text).and_then(|()| errors.flush());
}

/// Records that standard output cannot be written to.
pub(super) fn failed(error: io::Error) {
    // Only the first failure is reported.
    let _ = FAILED.set(error);
}

/// The exit code of a command, given its own code and the state of standard output. A failed command keeps its code.
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
