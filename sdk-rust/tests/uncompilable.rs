//! Programs that the compiler must reject. Each file of `tests/uncompilable` is a program that skips a check. Its first
//! line names the error that it must cause. `control.rs` does the same correctly and must compile, so that no case
//! fails for another reason.
//!
//! The test calls the compiler on the library that cargo has just built. It compares only error codes, because the
//! messages change between releases.

use std::path::{Path, PathBuf};
use std::process::Command;

use samtycke::Consented;
use samtycke::op::Store;
use samtycke::purpose::{Many, Purpose, Unscoped};
use serde::Serialize;
use serde_json::Value;

enum Answers {}

impl Purpose for Answers {
    const ID: &'static str = "example.answers";
    const EXPLICIT_CONSENT: bool = true;
    type Scope = Unscoped;
    type Uses = Many;
}

/// A permission must not be serialisable. If `Consented` implemented `Serialize`, both implementations below would
/// apply and this file would not compile.
trait Unwritten<Reason> {
    const IS: bool = true;
}
impl<T: ?Sized> Unwritten<()> for T {}
impl<T: ?Sized + Serialize> Unwritten<u8> for T {}
const _: bool = <Consented<Answers, Store> as Unwritten<_>>::IS;

/// The newest build of a library in this test's directory.
fn library(name: &str) -> PathBuf {
    let here = std::env::current_exe().expect("this program");
    let folder = here.parent().expect("a folder");
    let prefix = format!("lib{name}-");
    let entries = std::fs::read_dir(folder).expect("cargo's folder").flatten();
    let built = entries.map(|entry| entry.path()).filter(|path| {
        let file = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        file.starts_with(&prefix) && path.extension().is_some_and(|ext| ext == "rlib")
    });
    let modified = |path: &PathBuf| path.metadata().and_then(|m| m.modified()).expect("a time");
    built.max_by_key(modified).expect("cargo has built it")
}

/// The codes of a program's errors, in order; an error without a code counts by its message.
fn errors(program: &Path) -> Vec<String> {
    let deps = library("samtycke");
    let out = tempfile::tempdir().expect("a folder");
    let rustc = std::env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
    let output = Command::new(rustc)
        .args([
            "--edition=2024",
            "--crate-type=bin",
            "--emit=metadata",
            "--error-format=json",
        ])
        .args(["-A", "unused", "-D", "unused_must_use"])
        .arg("--out-dir")
        .arg(out.path())
        .arg("-L")
        .arg(format!(
            "dependency={}",
            deps.parent().expect("a folder").display()
        ))
        .arg("--extern")
        .arg(format!("samtycke={}", deps.display()))
        .arg(program)
        .output()
        .expect("a compiler");
    let said = String::from_utf8(output.stderr).expect("JSON");
    let messages = said
        .lines()
        .filter_map(|line| serde_json::from_str::<Value>(line).ok());
    let errors = messages.filter(|message| {
        message["level"] == "error" && !message["spans"].as_array().is_none_or(Vec::is_empty)
    });
    errors
        .map(|error| {
            let code = error["code"]["code"].as_str().or(error["message"].as_str());
            code.unwrap_or("an error without words").to_owned()
        })
        .collect()
}

fn programs() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/uncompilable");
    let entries = std::fs::read_dir(folder).expect("the programs").flatten();
    let mut programs: Vec<_> = entries
        .map(|entry| entry.path())
        .filter(|path| path.is_file())
        .collect();
    programs.sort();
    programs
}

/// A program cannot skip a check. It does not compile if it stores without a check, checks one purpose and stores for
/// another or under another operation, leaves the scope or the operation out, creates, copies, converts or keeps a
/// permission, or acts on an unspent one.
#[test]
fn a_program_that_forgets_to_ask_does_not_compile() {
    let mut cases = 0;
    let mut wrong = Vec::new();
    for program in programs() {
        let text = std::fs::read_to_string(&program).expect("a program");
        let expected = text
            .lines()
            .next()
            .and_then(|line| line.strip_prefix("// fails with: "));
        let expected: Vec<&str> =
            expected.map_or_else(Vec::new, |codes| codes.split(", ").collect());
        let errors = errors(&program);
        if errors != expected {
            wrong.push(format!(
                "{}: {errors:?} and not {expected:?}",
                program.display()
            ));
        }
        cases += usize::from(!expected.is_empty());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases >= 17, "{cases} cases");
}
