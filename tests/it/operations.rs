//! The operator's page, run from top to bottom as an operator types it.

use std::fmt::Write as _;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use samtycke_tests::services::new_database;

use crate::process::{Serving, program, root, said, serve};

const ADDRESS: &str = "http://127.0.0.1:8080";
const DATABASE: &str = "postgres://samtycke@db.example.com/consents";
/// Folders of the page, each of which the test keeps in its own.
const FOLDERS: [&str; 3] = ["/var/lib", "/mnt", "/srv"];

/// The machine of the page.
struct Machine {
    folder: PathBuf,
    database: String,
    server: Option<Serving>,
}

impl Machine {
    /// A text of the page with the test's own folders, address and database.
    fn here(&self, text: &str) -> String {
        let mut text = text.replace(DATABASE, &self.database);
        for folder in FOLDERS {
            text = text.replace(folder, &format!("{}{folder}", self.folder.display()));
        }
        match &self.server {
            Some(server) => text.replace(ADDRESS, &server.base_url),
            None => text,
        }
    }

    /// An output as the page would show it: its folders, and one log.
    fn there(&self, text: &str) -> String {
        let text = text.replace(&self.folder.display().to_string(), "");
        let text = text.replace(&self.database, DATABASE);
        let log = |word: &str| {
            let bare = word.trim_matches(['(', ')', ':']);
            if bare.len() == 26
                && bare
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit())
            {
                word.replace(bare, "m2obvpgumhbhafx45r42ejqh4e")
            } else {
                word.to_owned()
            }
        };
        let line = |line: &str| line.split(' ').map(log).collect::<Vec<_>>().join(" ");
        text.lines().map(line).collect::<Vec<_>>().join("\n")
    }

    fn environment<'c>(&self, command: &'c mut Command) -> &'c mut Command {
        let path = std::env::var("PATH").expect("a path");
        command
            .env("SAMTYCKE_CONFIG", self.folder.join("samtycke.toml"))
            .env("SAMTYCKE_ALLOW_UNSAFE_POSTGRES", "true")
            .env(
                "PATH",
                format!("{}:{path}", self.folder.join("bin").display()),
            )
    }

    /// Runs one line, and returns what it prints.
    fn run(&mut self, line: &str) -> String {
        match line {
            "systemctl start samtycke" => {
                let mut command = serve(Path::new("unused"));
                self.environment(&mut command)
                    .env_remove("SAMTYCKE_DATA_DIR");
                self.server = Some(Serving::of(command));
                String::new()
            }
            "systemctl stop samtycke" => {
                self.server.take().expect("a server runs").stop();
                String::new()
            }
            line => {
                let mut shell = Command::new("sh");
                let here = self.here(line);
                self.environment(shell.args(["-ec", &here]));
                let output = shell.stdin(Stdio::null()).output().expect("a shell");
                let (code, out, errors) = said(output);
                assert_eq!(code, 0, "{line}\n{out}{errors}");
                self.there(&out)
            }
        }
    }
}

/// Whether a line of the page, in which … stands for anything, is this line.
fn shows(line: &str, printed: &str) -> bool {
    let mut parts = line.split('…');
    let mut rest = printed.strip_prefix(parts.next().unwrap_or_default());
    for part in parts {
        rest = rest
            .and_then(|rest| rest.split_once(part))
            .map(|(_, rest)| rest);
    }
    rest.is_some_and(str::is_empty)
}

/// The blocks of the page: their language, and their lines.
fn blocks(page: &str) -> Vec<(String, Vec<String>)> {
    let mut blocks: Vec<(String, Vec<String>)> = Vec::new();
    let mut open = false;
    for line in page.lines() {
        if let Some(language) = line.trim_start().strip_prefix("```") {
            open = !open;
            if open {
                blocks.push((language.to_owned(), Vec::new()));
            }
        } else if open && let Some((language, lines)) = blocks.last_mut() {
            // A block within a list is indented, an output is as it was printed.
            let line = if language == "text" {
                line
            } else {
                line.trim_start()
            };
            lines.push(line.to_owned());
        }
    }
    blocks
}

/// Protects the operator at night: every command on the page works in the order of the page, and prints what it says.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_operators_page_works_from_top_to_bottom() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut machine = Machine {
        folder: folder.path().to_owned(),
        database: new_database().await,
        server: None,
    };
    for folder in [
        "bin",
        "var/lib/samtycke",
        "mnt/safe",
        "mnt/anchor",
        "srv/backup",
    ] {
        std::fs::create_dir_all(machine.folder.join(folder)).expect("a folder");
    }
    let binary = program(&[]).get_program().to_owned();
    symlink(binary, machine.folder.join("bin/samtycke")).expect("a link");
    let page = std::fs::read_to_string(root().join("docs/operations.md")).expect("the page");
    let (mut printed, mut ran, mut shown) = (String::new(), 0, 0);
    for (language, lines) in blocks(&page) {
        match language.as_str() {
            "toml" => {
                let settings = machine.here(&lines.join("\n"));
                std::fs::write(machine.folder.join("samtycke.toml"), settings).expect("written");
            }
            "sh" => {
                printed.clear();
                for line in lines {
                    let _ = writeln!(printed, "{}", machine.run(&line));
                    ran += 1;
                }
            }
            "text" => {
                for line in lines {
                    assert!(
                        printed.lines().any(|out| shows(&line, out)),
                        "the page shows: {line}\nit printed: {printed}"
                    );
                    shown += 1;
                }
            }
            _ => {}
        }
    }
    assert!(ran > 40 && shown > 5, "{ran} commands, {shown} lines");
}
