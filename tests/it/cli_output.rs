//! Output of commands, and their behaviour when its reader has gone.

use std::io::{BufRead as _, BufReader, Read as _};
use std::net::TcpListener;
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::process::{Running, program, root, said};

/// A pipe whose reader has closed it.
fn closed() -> Stdio {
    let (reader, writer) = std::io::pipe().expect("a pipe");
    drop(reader);
    writer.into()
}

/// The program with a valid proof, if no other file is named.
fn commands() -> Vec<(&'static str, Command)> {
    let folder = env!("CARGO_TARGET_TMPDIR");
    let vectors = std::fs::read_to_string(root().join("tests/vectors/bundle.json"));
    let vectors: Value = serde_json::from_str(&vectors.expect("the vectors")).expect("JSON");
    let file = |name: &str, text: &Value| {
        let path = format!("{folder}/cli-output-{name}");
        std::fs::write(&path, text.as_str().expect("a text")).expect("a file");
        path
    };
    let bundle = file("bundle.json", &vectors["valid"]["bundle"]);
    let policy = file("policy", &vectors["policy"]);
    let register = "registers/omilon.toml";
    let lines: [(&str, Vec<&str>); 9] = [
        ("help", vec!["--help"]),
        ("help of a command", vec!["help", "register", "lint"]),
        ("config print", vec!["config", "print"]),
        ("register lint", vec!["register", "lint", register]),
        ("register rust", vec!["register", "rust", register]),
        (
            "register diff",
            vec!["register", "diff", register, "registers/ommej.toml"],
        ),
        (
            "site embed",
            vec!["site", "embed", "loomer", "www.loomer.example"],
        ),
        ("event-id", vec!["event-id"]),
        ("verify", vec!["verify", &bundle, "--policy", &policy]),
    ];
    lines.map(|(name, line)| (name, program(&line))).into()
}

/// Protects pipelines: `samtycke register lint FILE | head -1` ends as `cat FILE | head -1` does.
#[test]
fn cli_output_ends_quietly_where_the_reader_has_gone() {
    for (name, mut command) in commands() {
        let output = command.stdout(closed()).output().expect("it runs");
        let (code, _, errors) = said(output);
        assert_eq!(code, 141, "{name}: 128 + SIGPIPE; {errors}");
        assert!(!errors.contains("panicked"), "{name}: {errors}");
        assert!(!errors.contains("pipe"), "{name}: {errors}");
    }
}

/// Protects a script from mistaking a failure for output that was cut off.
#[test]
fn cli_output_that_is_cut_off_hides_no_failure() {
    let mut command = program(&["register", "lint", "--strict", "registers/omilon.toml"]);
    let output = command.stdout(closed()).output().expect("it runs");
    assert_eq!(said(output).0, 1);
}

/// Protects users who save the output: a full disk is reported with an exit code that no command uses for anything
/// else.
#[test]
fn cli_output_that_cannot_be_written_is_an_error() {
    for (name, mut command) in commands() {
        let full = std::fs::OpenOptions::new().write(true).open("/dev/full");
        let output = command.stdout(full.expect("a full device")).output();
        let (code, _, errors) = said(output.expect("it runs"));
        assert_eq!(code, 74, "{name}: {errors}");
        assert!(
            errors.contains("samtycke: standard output: "),
            "{name}: {errors}"
        );
    }
}

#[test]
fn cli_output_to_a_closed_standard_error_is_dropped() {
    for line in [
        &["register", "lint", "no-such-file"][..],
        &["site", "embed", "loomer", "www.loomer.example"],
        &["config", "chekc"],
    ] {
        let expected = program(line).output().expect("it runs").status.code();
        let output = program(line).stderr(closed()).output().expect("it runs");
        let (code, _, _) = said(output);
        assert_eq!(Some(code), expected, "{line:?}");
        assert!(matches!(code, 0..=2), "{line:?}: no panic");
    }
}

/// Protects a server whose log reader has gone: it keeps serving.
#[test]
fn cli_output_that_is_not_read_does_not_stop_the_server() {
    let mut command = program(&["dev", "--json"]);
    command.env("SAMTYCKE_LOG__LEVEL", "trace").stderr(closed());
    let dev = Running::start(command, "{");
    let said_json: Value = serde_json::from_str(dev.printed.trim()).expect("JSON");
    let base_url = said_json["base_url"].as_str().expect("an address");
    let output = Command::new("curl")
        .args(["-sS", "--max-time", "60", &format!("{base_url}/readyz")])
        .output();
    let (code, answer, errors) = said(output.expect("curl"));
    assert_eq!(code, 0, "{errors}");
    assert!(answer.contains("\"ready\":true"), "{answer}");
    dev.stop();
}

/// Starts `serve`, and returns the configured address and its first line of standard error.
fn first_line(settings: &[(&str, &str)]) -> (String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let port = TcpListener::bind("127.0.0.1:0").expect("a port");
    let listen = port.local_addr().expect("an address").to_string();
    drop(port);
    let mut server = program(&["serve"])
        .env("SAMTYCKE_DATA_DIR", folder.path())
        .env("SAMTYCKE_LISTEN", &listen)
        .env("SAMTYCKE_PUBLIC_URL", "https://consent.example")
        .envs(settings.iter().copied())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it runs");
    let mut line = String::new();
    let mut errors = BufReader::new(server.stderr.take().expect("a pipe"));
    errors.read_line(&mut line).expect("a line");
    let pid = server.id().to_string();
    let told = Command::new("kill").args(["-TERM", &pid]).status();
    assert!(told.expect("kill").success());
    let mut printed = String::new();
    let mut out = server.stdout.take().expect("a pipe");
    out.read_to_string(&mut printed).expect("text");
    errors.read_to_end(&mut Vec::new()).expect("an end");
    assert!(server.wait().expect("an end").success());
    assert_eq!(printed, "", "everything is in the log");
    (listen, line)
}

/// Protects programs that read the log, and operators who look for the port behind a proxy.
#[test]
fn cli_output_of_serve_begins_with_the_address_it_listens_on() {
    let (listen, line) = first_line(&[("SAMTYCKE_LOG__FORMAT", "json")]);
    let line: Value = serde_json::from_str(&line).expect("JSON");
    assert_eq!(line["message"], format!("listens on http://{listen}"));
    assert_eq!(line["public_url"], "https://consent.example");
    let (listen, line) = first_line(&[]);
    assert!(
        line.contains(&format!("listens on http://{listen} ")),
        "{line}"
    );
}

/// Protects a terminal from a library's warning about colours. `script` gives the program a terminal.
#[test]
fn cli_output_on_a_terminal_is_no_warning() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("said");
    let inner = format!("'{}' tenant add x X", env!("CARGO_BIN_EXE_samtycke-cli"));
    let output = Command::new("script")
        .args(["-qec", &inner])
        .arg(&file)
        .env("SAMTYCKE_DATA_DIR", folder.path().join("data"))
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output();
    let (code, _, errors) = said(output.expect("script, of util-linux"));
    let printed = std::fs::read_to_string(&file).expect("a record");
    assert_eq!(code, 0, "{printed}{errors}");
    assert!(printed.contains("sk_operator_"), "{printed}");
    assert!(!printed.contains("ansi"), "{printed}");
}

#[test]
fn cli_output_of_help_is_what_the_command_itself_says() {
    for (line, of) in [
        (&["help", "verify"][..], &["verify", "--help"][..]),
        (
            &["help", "register", "lint"],
            &["register", "lint", "--help"],
        ),
        (
            &["register", "help", "lint"],
            &["register", "lint", "--help"],
        ),
        (&["help"], &["--help"]),
    ] {
        let (code, printed, errors) = said(program(line).output().expect("it runs"));
        assert_eq!(code, 0, "{line:?}: {errors}");
        let (_, expected, _) = said(program(of).output().expect("it runs"));
        assert_eq!(printed, expected, "{line:?}");
    }
    // `verify` has its own code for invalid arguments, because its 2 means undecidable.
    for (line, expected) in [
        (&["verify"][..], 4),
        (&["--config", "x", "verify", "--nonsense"], 4),
        (&["help", "nonsense"], 2),
        (&["register", "lint", "--nonsense", "verify"], 2),
    ] {
        let (code, _, errors) = said(program(line).output().expect("it runs"));
        assert_eq!(code, expected, "{line:?}: {errors}");
    }
}
