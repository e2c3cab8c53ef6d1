//! What the compiler refuses. Each file of `tests/uncompilable` is a program that forgets to ask, and its first line names the
//! error it must fail with; `control.rs` does the same things rightly, and must compile, so that no case fails for a reason
//! of its own.
//!
//! The compiler is called on the library as cargo has just built it, and only its error codes are compared: its sentences
//! change from release to release.

use std::path::{Path, PathBuf};
use std::process::Command;

use samtycke::Consented;
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

/// Protects that a permission cannot be written down. Were `Consented` to implement `Serialize`, both of these would be meant
/// below, and this file would not compile.
trait Unwritten<Reason> {
    const IS: bool = true;
}
impl<T: ?Sized> Unwritten<()> for T {}
impl<T: ?Sized + Serialize> Unwritten<u8> for T {}
const _: bool = <Consented<Answers> as Unwritten<_>>::IS;

/// The newest build of a library beside this test.
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

/// The codes of the errors that a program fails with, in order; an error without a code is its sentence.
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

/// Protects the promise that a check cannot be forgotten: storing without asking, asking for one purpose and storing for
/// another, making, copying or keeping a permission, and acting on an unspent one do not compile.
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
    assert!(cases >= 9, "{cases} cases");
}
