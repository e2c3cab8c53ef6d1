//! The program as a process of its own: start, output, stop.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStderr, ChildStdin, Command, Output, Stdio};

use serde_json::Value;

const PROGRAM: &str = env!("CARGO_BIN_EXE_samtycke-cli");

/// The repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The program, ready to run in the repository's folder.
pub(crate) fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command
        .args(arguments)
        .env_remove("SAMTYCKE_CONFIG")
        .current_dir(root());
    command
}

/// Exit code, standard output, standard error.
pub(crate) fn said(output: Output) -> (i32, String, String) {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    (
        output.status.code().expect("an exit code"),
        text(output.stdout),
        text(output.stderr),
    )
}

/// A running server and its output.
pub(crate) struct Running {
    child: Child,
    pub(crate) printed: String,
}

impl Running {
    /// Starts it and reads its output, up to and including the first line with this prefix.
    pub(crate) fn start(mut command: Command, last_line: &str) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut printed = String::new();
        for line in BufReader::new(child.stdout.take().expect("a pipe")).lines() {
            let line = line.expect("a line");
            printed.push_str(&line);
            printed.push('\n');
            if line.starts_with(last_line) {
                break;
            }
        }
        Self { child, printed }
    }

    /// The process id.
    pub(crate) fn pid(&self) -> u32 {
        self.child.id()
    }

    /// Its standard input; dropping it closes it.
    pub(crate) fn input(&mut self) -> ChildStdin {
        self.child.stdin.take().expect("a pipe")
    }

    /// The commands in its output, as a reader copies them.
    pub(crate) fn commands(&self) -> Vec<String> {
        let blocks = self.printed.split("\n\n");
        blocks
            .filter(|block| block.starts_with("curl"))
            .map(str::to_owned)
            .collect()
    }

    /// Runs the three commands that record, check and prove, each twice.
    pub(crate) fn try_commands(&self, folder: &Path) {
        let commands = self.commands();
        assert_eq!(commands.len(), 3, "{}", self.printed);
        let answers = ["\"outcome\":\"effective\"", "\"allow\":true", "VALID: "];
        for (command, answer) in commands.iter().zip(answers) {
            for _ in 0..2 {
                let output = Command::new("bash")
                    .args(["-c", command])
                    .current_dir(folder)
                    .output()
                    .expect("bash");
                let (code, out, errors) = said(output);
                assert_eq!(code, 0, "{command}\n{out}{errors}");
                assert!(out.contains(answer), "{command}\n{out}");
            }
        }
    }

    /// Asks it to stop, and waits until it has.
    pub(crate) fn stop(self) {
        self.signal("-TERM");
        self.ended();
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([name, &self.pid().to_string()])
            .status();
        assert!(sent.expect("kill").success());
    }

    /// Waits for an orderly exit.
    pub(crate) fn ended(mut self) {
        let code = self.child.wait().expect("an end").code();
        assert_eq!(code, Some(0), "it ends in good order");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // A failed test must not leave a server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `samtycke serve`, ready.
pub(crate) struct Serving {
    pub(crate) child: Child,
    /// Open until the server ends, and what it has logged until it was ready.
    log: (BufReader<ChildStderr>, String),
    /// Its address.
    pub(crate) base_url: String,
}

impl Serving {
    /// Starts it on this data folder, and returns when it is ready.
    pub(crate) fn start(data: &Path) -> Self {
        Self::of(serve(data))
    }

    /// Starts this command, whose log is JSON on a pipe, and returns when the server is ready.
    pub(crate) fn of(mut command: Command) -> Self {
        let mut child = command.spawn().expect("it runs");
        let lines = BufReader::new(child.stderr.take().expect("a pipe"));
        let mut serving = Self {
            child,
            log: (lines, String::new()),
            base_url: String::new(),
        };
        while serving.base_url.is_empty() {
            let (lines, log) = &mut serving.log;
            let mut line = String::new();
            assert!(
                lines.read_line(&mut line).expect("text") > 0,
                "it ended: {log}"
            );
            log.push_str(&line);
            let line: Value = serde_json::from_str(&line).expect("JSON");
            let message = line["message"].as_str().unwrap_or_default();
            if let Some(base_url) = message.strip_prefix("listens on ") {
                base_url.clone_into(&mut serving.base_url);
            }
        }
        serving
    }

    /// Sends it a signal.
    pub(crate) fn signal(&self, name: &str) {
        let sent = Command::new("kill")
            .args([name, &self.child.id().to_string()])
            .status();
        assert!(sent.expect("kill").success());
    }

    /// Stops it in good order, and returns its log.
    pub(crate) fn stop(mut self) -> String {
        self.signal("-TERM");
        let (lines, log) = &mut self.log;
        lines.read_to_string(log).expect("text");
        assert!(self.child.wait().expect("an end").success(), "{log}");
        std::mem::take(log)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// `samtycke serve` on this folder and a free port, with its log as JSON on a pipe.
pub(crate) fn serve(data: &Path) -> Command {
    let mut command = program(&["serve"]);
    command
        .env("SAMTYCKE_DATA_DIR", data)
        .env("SAMTYCKE_LISTEN", "127.0.0.1:0")
        .env("SAMTYCKE_LOG__FORMAT", "json")
        .stderr(Stdio::piped());
    command
}
