//! The output of a build for a register, and its errors for a wrong one.

use std::io::Write as _;
use std::process::{Command, Stdio};

use super::*;

const FIVE: [&str; 5] = ["bjorn-lunden", "loomer", "omilon", "ommej", "supplier"];

fn path(name: &str) -> String {
    format!("{}/../../registers/{name}.toml", env!("CARGO_MANIFEST_DIR"))
}

/// The formatter and `samtycke register rust --check` agree on a committed source.
#[test]
fn rustfmt_leaves_the_source_as_it_is() {
    let long = "a".repeat(70);
    for (file, id) in FIVE.map(|name| (path(name), name)) {
        let (register_id, source) = register(file.as_str()).source().unwrap();
        assert_eq!(register_id, id);
        assert_eq!(formatted(&source), source, "{id}");
    }
    let folder = tempfile::tempdir().unwrap();
    let written = |text: &str| {
        let file = folder.path().join("example.toml");
        std::fs::write(&file, text).unwrap();
        file
    };
    for purposes in [
        String::new(),
        purpose(&long),
        purpose("short") + &purpose(&long),
    ] {
        let file = written(&format!("{HEAD}{purposes}"));
        let (_, source) = register(file).source().unwrap();
        assert_eq!(formatted(&source), source);
    }
}

const HEAD: &str = "format = \"samtycke.register/1\"\n[register]\nid = \"example\"\ncontroller = \"Example AB\"\n\
    source_kind = \"art30_table\"\nlanguage = \"sv\"\n";

fn purpose(id: &str) -> String {
    format!(
        "[[purpose]]\nid = \"example.{id}\"\n[purpose.source]\ntitle_sv = \"En sak\"\n[purpose.analysis]\n\
         title_en = \"A thing\"\ncheck_mode = \"contract+legal_obligation\"\n"
    )
}

fn formatted(source: &str) -> String {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024"])
        .current_dir(std::env::temp_dir())
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("rustfmt");
    let mut input = rustfmt.stdin.take().unwrap();
    input.write_all(source.as_bytes()).unwrap();
    drop(input);
    let output = rustfmt.wait_with_output().unwrap();
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

/// A build reports all wrong lines of a register at once.
#[test]
fn every_wrong_line_is_said_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("example.toml");
    let text = format!("{HEAD}colour = \"red\"\n{}", purpose("a"));
    let text = text.replace("check_mode", "chekc_mode");
    std::fs::write(&file, &text).unwrap();
    let said = register(file.as_path()).source().unwrap_err();
    let line = |of: &str| 1 + text.lines().position(|line| line.starts_with(of)).unwrap();
    let at = file.display();
    let expected = [
        format!("{at}:{}: unknown key `colour`", line("colour")),
        format!(
            "{at}:{}: `check_mode` is missing",
            line("[purpose.analysis]")
        ),
        format!(
            "{at}:{}: unknown key `chekc_mode` (did you mean `check_mode`?)",
            line("chekc")
        ),
    ];
    assert_eq!(said.0, expected);

    std::fs::write(&file, format!("{HEAD}{}{}", purpose("a-b"), purpose("a.b"))).unwrap();
    let types = register(file.as_path());
    let said = types.source().unwrap_err().to_string();
    let taken = "`example.a-b` and `example.a.b` would both be the type `AB`: give one of them another name, with .name(id, name) in build.rs";
    assert_eq!(said, format!("{at}: {taken}"));
    let (_, source) = types.name("example.a.b", "Ab").source().unwrap();
    assert!(source.contains("pub enum Ab {}"));
}

/// Cargo itself fails the build and shows every line, and the file is watched.
#[test]
fn cargo_is_told_what_is_wrong_and_what_to_watch() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("example.toml");
    let watched = format!("cargo::rerun-if-changed={}\n", file.display());
    let run = |text: &str, out: &str| {
        std::fs::write(&file, text).unwrap();
        register(file.as_path()).run(Some(folder.path().join(out).into()))
    };
    let at = file.display();
    let said = format!(
        "{watched}cargo::error={at}:7: unknown key `colour`\ncargo::error={at}:8: unknown key `taste`\n"
    );
    assert_eq!(
        run(&format!("{HEAD}colour = 1\ntaste = 2\n"), ""),
        (said, false)
    );
    let made = folder.path().join("example.rs");
    assert!(!made.exists());
    let right = HEAD.to_owned() + &purpose("a");
    let (said, written) = run(&right, "no such folder");
    assert!(!written && said.lines().count() == 2, "{said}");
    assert_eq!(run(&right, ""), (watched, true));
    let (_, source) = register(file.as_path()).source().unwrap();
    assert_eq!(std::fs::read_to_string(made).unwrap(), source);
}

/// A register outside the package is reported, with the way out.
#[test]
fn a_register_outside_the_package_is_called_that() {
    let said = |path: &str| register(path).source().unwrap_err().0;
    for outside in [
        "../registers/none.toml",
        "src/../../none.toml",
        "/none/none.toml",
    ] {
        let said = said(outside);
        assert_eq!(said.len(), 2, "{said:?}");
        let way_out = format!("`samtycke register rust {outside} > src/purposes.rs`");
        assert!(said[1].contains("lies outside this package"), "{said:?}");
        assert!(said[1].contains(&way_out), "{said:?}");
    }
    for inside in ["registers/none.toml", "src/../none.toml", "./none.toml"] {
        assert_eq!(said(inside).len(), 1, "{inside}");
    }
    let inside = format!("{}/none.toml", env!("CARGO_MANIFEST_DIR"));
    assert_eq!(said(&inside).len(), 1);
}

#[test]
fn a_register_that_is_not_utf_8_is_told_to_be() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("example.toml");
    let text = format!("{HEAD}# Bj\u{f6}rn\n").replace('\u{f6}', "?");
    let mut bytes = text.into_bytes();
    let at = bytes.iter().rposition(|byte| *byte == b'?').unwrap();
    bytes[at] = 0xf6;
    std::fs::write(&file, bytes).unwrap();
    let said = register(file.as_path()).source().unwrap_err().to_string();
    assert!(said.contains("example.toml:7: not UTF-8"), "{said}");
    assert!(said.ends_with("save the file as UTF-8"), "{said}");
}
