//! What the output of a stage says of its failure, for a reader who sees no more than the summary.
//!
//! Names, places and reasons are found as vitest, cargo, rustc, rustfmt, tsc, Biome and the scripts of this tree write
//! them. Where none of them wrote a line, the last lines are shown.

use crate::source::words_at;
use std::collections::HashSet;
use std::fmt::Write as _;
use std::path::Path;

/// Of each failed stage: continuous integration keeps only the end of its output.
const LINES_MAX: usize = 12;
const COLUMNS_MAX: usize = 200;
const LAST_LINES: usize = 5;
const INDENT: &str = "           ";

/// The findings in a log file, a line each, indented for the summary.
pub(crate) fn of_file(log: &Path) -> Result<String, String> {
    let bytes = std::fs::read(log).map_err(|error| format!("{}: {error}", log.display()))?;
    Ok(of_text(
        &String::from_utf8_lossy(&bytes),
        &log.display().to_string(),
    ))
}

fn of_text(text: &str, name: &str) -> String {
    let plain = without_colours(text);
    let lines: Vec<&str> = plain.lines().collect();
    let mut summary = Summary::default();
    let mut follow = Follow::default();
    for line in &lines {
        if follow.reason {
            summary.add(line);
            follow.reason = false;
        }
        if follow.place && line.trim_start().starts_with("--> ") {
            summary.add(line);
            follow.place = false;
        }
        match kind_of(line) {
            Kind::Reasoned => {
                summary.add(line);
                follow.reason = true;
            }
            Kind::Placed => {
                summary.add(line);
                follow.place = true;
            }
            Kind::Whole => summary.add(line),
            Kind::Other => {}
        }
    }
    if summary.seen.is_empty() {
        for line in &lines[lines.len().saturating_sub(LAST_LINES)..] {
            summary.add(line);
        }
    }
    summary.finish(name)
}

/// What the lines after the present one may add.
#[derive(Default)]
struct Follow {
    reason: bool,
    place: bool,
}

#[derive(Default)]
struct Summary {
    seen: HashSet<String>,
    text: String,
}

impl Summary {
    /// Adds a line, once, up to the limit of lines and columns.
    fn add(&mut self, line: &str) {
        let line = line.trim_start_matches(' ');
        if line.is_empty() || !self.seen.insert(line.to_owned()) || self.seen.len() > LINES_MAX {
            return;
        }
        let cut: String = line.chars().take(COLUMNS_MAX).collect();
        writeln!(self.text, "{INDENT}{cut}").expect("a string takes whatever is written to it");
    }

    fn finish(mut self, name: &str) -> String {
        if let Some(more) = self.seen.len().checked_sub(LINES_MAX + 1) {
            let more = more + 1;
            writeln!(self.text, "{INDENT}... and {more} lines more in {name}")
                .expect("a string takes whatever is written to it");
        }
        self.text
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Kind {
    /// The next line says why.
    Reasoned,
    /// A later line `-->` says where.
    Placed,
    Whole,
    Other,
}

fn kind_of(line: &str) -> Kind {
    let trimmed = line.trim_start_matches(' ');
    if line.contains("panicked at ") || trimmed.starts_with("BROKEN ") {
        Kind::Reasoned
    } else if is_compiler_error(line) {
        Kind::Placed
    } else if trimmed.starts_with("FAIL ")
        || trimmed.starts_with('×')
        || trimmed.starts_with('✗')
        || (line.starts_with("test ") && line.ends_with(" FAILED"))
        || is_javascript_error(line)
        || line.starts_with("Diff in ")
        || is_typescript_error(line)
        || is_biome_finding(line)
        || (line.starts_with("the ") && line.contains(" failed:"))
    {
        Kind::Whole
    } else {
        Kind::Other
    }
}

/// `error: ..` and `error[E0308]: ..`.
fn is_compiler_error(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("error") else {
        return false;
    };
    let rest = match rest.strip_prefix('[') {
        Some(code) => code.split_once(']').map_or("", |(_, after)| after),
        None => rest,
    };
    rest.starts_with(": ")
}

/// `AssertionError: ..`.
fn is_javascript_error(line: &str) -> bool {
    line.split_once("Error: ")
        .is_some_and(|(name, _)| name.chars().all(|c| c.is_ascii_alphabetic()))
}

/// `src/a.ts(3,7): error TS2322: ..`.
fn is_typescript_error(line: &str) -> bool {
    line.split_once(": error TS")
        .is_some_and(|(_, code)| code.starts_with(|c: char| c.is_ascii_digit()))
}

/// `src/a.ts:3:7 lint/style/useConst ━━━`.
fn is_biome_finding(line: &str) -> bool {
    line.contains("━━")
        && ["lint", "format", "assist"]
            .iter()
            .any(|word| words_at(line, word).any(|at| line[..at].ends_with(' ')))
}

/// The text without the terminal's escape sequences.
fn without_colours(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("\u{1b}[") {
        out.push_str(&rest[..at]);
        let sequence = &rest[at + 2..];
        let end = sequence
            .find(|c: char| !c.is_ascii_digit() && c != ';')
            .unwrap_or(sequence.len());
        rest = sequence.get(end + 1..).unwrap_or("");
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(log: &str, lines: &[&str]) {
        let found = of_text(log, "target/stages/x.log");
        let found: Vec<&str> = found.lines().map(str::trim_start).collect();
        assert_eq!(found, lines);
    }

    #[test]
    fn a_rust_test_that_fails_gives_name_place_and_reason() {
        finds(
            "running 2 tests\ntest a::b ... ok\ntest a::c ... FAILED\n\nthread 'a::c' panicked at src/a.rs:3:5:\nleft is not right\nnote: run with\n",
            &[
                "test a::c ... FAILED",
                "thread 'a::c' panicked at src/a.rs:3:5:",
                "left is not right",
            ],
        );
    }

    #[test]
    fn a_compiler_error_gives_text_and_place() {
        finds(
            "   Compiling a\nerror[E0308]: mismatched types\n  --> src/a.rs:1:2\n   |\n  --> src/b.rs:9:9\nerror: could not compile `a`\n",
            &[
                "error[E0308]: mismatched types",
                "--> src/a.rs:1:2",
                "error: could not compile `a`",
            ],
        );
    }

    #[test]
    fn colours_are_left_out_and_doubles_shown_once() {
        finds("\u{1b}[31m × a test\u{1b}[0m\n × a test\n", &["× a test"]);
    }

    #[test]
    fn javascript_tools_are_read() {
        finds(
            " FAIL  test/a.test.ts > b\nAssertionError: 1 is not 2\nsrc/a.ts(3,7): error TS2322: no\nsrc/a.ts:1:1 lint/style/useConst ━━━━\nsrc/a.ts format ━━━\nnot an Error: at all\n",
            &[
                "FAIL  test/a.test.ts > b",
                "AssertionError: 1 is not 2",
                "src/a.ts(3,7): error TS2322: no",
                "src/a.ts:1:1 lint/style/useConst ━━━━",
                "src/a.ts format ━━━",
            ],
        );
    }

    #[test]
    fn a_broken_invariant_gives_its_first_finding() {
        finds(
            "  ok    a\n  BROKEN no test is ignored\n           a.rs:1\n           b.rs:2\n",
            &["BROKEN no test is ignored", "a.rs:1"],
        );
    }

    #[test]
    fn without_a_known_line_the_last_five_are_shown() {
        finds("1\n2\n3\n4\n5\n6\n7\n", &["3", "4", "5", "6", "7"]);
        finds("", &[]);
    }

    #[test]
    fn lines_above_the_limit_are_counted() {
        let log = (0..LINES_MAX + 3).fold(String::new(), |log, n| log + &format!("error: {n}\n"));
        let found = of_text(&log, "x.log");
        assert_eq!(found.lines().count(), LINES_MAX + 1);
        assert!(
            found.ends_with("           ... and 3 lines more in x.log\n"),
            "{found}"
        );
    }

    #[test]
    fn long_lines_are_cut() {
        let found = of_text(&format!("error: {}", "å".repeat(300)), "x.log");
        assert_eq!(found.trim().chars().count(), COLUMNS_MAX);
    }
}
