//! What `tests/run.sh` and `tests/invariants.sh` compute beyond a grep.
//!
//! ```sh
//! cargo run -q -p samtycke-xtask -- failures LOG        # what a stage's output says of its failure
//! cargo run -q -p samtycke-xtask -- invariants [RULE]   # the findings of one rule, or of all
//! ```
//!
//! The crate has no dependencies, so it builds in seconds and also when the rest of the tree does not compile. It reads
//! the tree below the current directory and prints findings; `tests/invariants.sh` decides which of them fail the run.

mod failures;
mod rules;
mod source;
mod tree;

use std::io::Write;
use std::path::Path;
use std::process::ExitCode;

const USAGE: &str = "samtycke-xtask failures LOG | invariants [RULE]";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let printed = match words.as_slice() {
        ["failures", log] => failures::of_file(Path::new(log)),
        ["invariants"] => Ok(rules::all(Path::new("."))),
        ["invariants", name] => rules::one(Path::new("."), name),
        _ => Err(format!("usage: {USAGE}\nrules: {}", rules::names())),
    };
    match printed {
        Ok(text) => {
            // A reader that closed the pipe has seen enough.
            _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Err(reason) => {
            _ = writeln!(std::io::stderr(), "{reason}");
            ExitCode::from(2)
        }
    }
}
