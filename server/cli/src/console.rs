//! The output of a command that needs the data. Such a command may run in a server's process, so it collects what it
//! says, and the process that the user started prints it.

use std::fmt::{Display, Write as _};
use std::io::IsTerminal as _;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use samtycke_server::config::Config;

/// What a command's texts depend on besides the data: the user's own view of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct View {
    /// The data folder as the command's settings name it.
    pub(super) data_dir: PathBuf,
    /// Whether standard output takes colours.
    pub(super) colours: bool,
}

impl View {
    /// The view of the user of this process.
    pub(super) fn of(config: &Config) -> Self {
        let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
        let dumb = std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb");
        Self {
            data_dir: config.data_dir.clone(),
            colours: std::io::stdout().is_terminal() && !set("NO_COLOR") && !dumb,
        }
    }
}

/// What a command has said.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub(super) struct Said {
    /// For standard output.
    out: String,
    /// For standard error.
    errors: String,
    /// How the program ends if the command does not fail.
    #[serde(default)]
    code: u8,
}

impl Said {
    /// How the program ends if the command does not fail.
    pub(super) fn code(&self) -> u8 {
        self.code
    }

    /// Prints it.
    pub(super) fn print(&self) {
        out!("{}", self.out);
        if let Some(lines) = self.errors.strip_suffix('\n') {
            errln!("{lines}");
        }
    }
}

/// A running command's view and output.
pub(super) struct Console {
    pub(super) view: View,
    said: Said,
    progress: Option<Progress>,
}

/// Hears how far a long command is, such as `leaves 1024 of 4096`.
pub(super) type Progress = std::sync::Arc<dyn Fn(&str) + Send + Sync>;

/// A function that shows how far this process's command is, if somebody looks at a terminal.
pub(super) fn on_terminal() -> Option<Progress> {
    let terminal = std::io::stderr().is_terminal();
    terminal.then(|| -> Progress { std::sync::Arc::new(|line| err!("\r\u{1b}[K{line}")) })
}

/// Takes the last line of progress off the terminal.
pub(super) fn clear_progress() {
    if std::io::stderr().is_terminal() {
        err!("\r\u{1b}[K");
    }
}

impl std::fmt::Debug for Console {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Console({:?})", self.said)
    }
}

impl Console {
    pub(super) fn new(view: View) -> Self {
        Self {
            view,
            said: Said::default(),
            progress: None,
        }
    }

    /// A console that also says how far a long command is.
    pub(super) fn with_progress(view: View, progress: Option<Progress>) -> Self {
        Self {
            progress,
            ..Self::new(view)
        }
    }

    /// Says how far the command is; safe to call from anywhere in it.
    pub(super) fn progress(&self) -> Progress {
        let silent = || -> Progress { std::sync::Arc::new(|_| {}) };
        self.progress.clone().unwrap_or_else(silent)
    }

    /// Ends the program with this code, though the command does not fail.
    pub(super) fn exit(&mut self, code: u8) {
        self.said.code = code;
    }

    /// Adds a text to standard output.
    pub(super) fn text(&mut self, text: impl Display) {
        let _ = write!(self.said.out, "{text}");
    }

    /// Adds a line to standard output.
    pub(super) fn line(&mut self, line: impl Display) {
        let _ = writeln!(self.said.out, "{line}");
    }

    /// Adds a line to standard error.
    pub(super) fn note(&mut self, line: impl Display) {
        let _ = writeln!(self.said.errors, "{line}");
    }

    /// All that was said.
    pub(super) fn said(self) -> Said {
        self.said
    }
}
