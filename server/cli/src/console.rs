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
}

impl Said {
    /// Prints it.
    pub(super) fn print(&self) {
        out!("{}", self.out);
        if let Some(lines) = self.errors.strip_suffix('\n') {
            errln!("{lines}");
        }
    }
}

/// A running command's view and output.
#[derive(Debug)]
pub(super) struct Console {
    pub(super) view: View,
    said: Said,
}

impl Console {
    pub(super) fn new(view: View) -> Self {
        Self {
            view,
            said: Said::default(),
        }
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
