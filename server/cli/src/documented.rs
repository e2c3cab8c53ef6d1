//! Checks that the program accepts every command in the documents.

use std::path::Path;

use clap::Parser as _;
use clap::error::ErrorKind;

use super::Cli;

/// Placeholders for the reader's own values.
const PLACEHOLDERS: [(&str, &str); 3] =
    [("TENANT", "mine"), ("SITE", "www.mine.example"), ("…", "x")];

struct Printed {
    place: String,
    line: String,
    /// Whether the command stands in running text, which leaves arguments out.
    in_text: bool,
}

#[test]
fn commands_in_documents_are_understood() {
    let printed = printed();
    assert!(printed.iter().filter(|p| !p.in_text).count() > 20);
    assert!(printed.iter().filter(|p| p.in_text).count() > 10);
    let mut wrong = Vec::new();
    for Printed {
        place,
        line,
        in_text,
    } in &printed
    {
        let Err(error) = Cli::try_parse_from(words(line)) else {
            continue;
        };
        let is_short = matches!(
            error.kind(),
            ErrorKind::MissingRequiredArgument
                | ErrorKind::MissingSubcommand
                | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
        );
        let is_help = matches!(
            error.kind(),
            ErrorKind::DisplayHelp | ErrorKind::DisplayVersion
        );
        if !(is_help || *in_text && is_short) {
            wrong.push(format!("{place}: {line}\n{error}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("../.."));
}

#[test]
fn a_command_that_is_none_is_found() {
    for wrong in [
        "samtycke key add mine --role publishable",
        "samtycke scan https://www.mine.example --kee pk_x",
        "samtycke tenant ad mine 'Mine AB'",
    ] {
        assert!(Cli::try_parse_from(words(wrong)).is_err(), "{wrong}");
    }
    let line = r#"SAMTYCKE_LISTEN=x samtycke tenant add mine "Mine AB" > file   # a remark"#;
    assert_eq!(
        words(command_of(line).unwrap()),
        ["samtycke", "tenant", "add", "mine", "Mine AB"]
    );
    assert_eq!(command_of("at samtycke itself"), None);
}

/// The commands in the documents.
fn printed() -> Vec<Printed> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files: Vec<_> = [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "SECURITY.md",
    ]
    .map(|name| root.join(name))
    .into();
    let docs = std::fs::read_dir(root.join("docs")).unwrap();
    files.extend(docs.map(|entry| entry.unwrap().path()));
    let mut printed = Vec::new();
    for file in files {
        let is_text = file.extension().is_some_and(|extension| extension == "md");
        let Ok(text) = std::fs::read_to_string(&file) else {
            continue;
        };
        if is_text {
            read(
                &file.file_name().unwrap().to_string_lossy(),
                &text,
                &mut printed,
            );
        }
    }
    printed
}

fn read(name: &str, text: &str, into: &mut Vec<Printed>) {
    let mut in_block = false;
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let place = format!("{name}:{}", number + 1);
        if line.trim_start().starts_with("```") {
            in_block = !in_block;
        } else if in_block {
            let mut whole = line.trim().to_owned();
            while let Some(part) = whole.strip_suffix('\\') {
                let next = lines.next().map_or("", |(_, next)| next.trim());
                whole = format!("{part} {next}");
            }
            if let Some(line) = command_of(&whole) {
                into.push(Printed {
                    place,
                    line: line.to_owned(),
                    in_text: false,
                });
            }
        } else {
            for code in line.split('`').skip(1).step_by(2) {
                if let Some(line) = command_of(code) {
                    into.push(Printed {
                        place: place.clone(),
                        line: line.to_owned(),
                        in_text: true,
                    });
                }
            }
        }
    }
}

/// The command on a line, starting at the program's name: a prompt or variables may precede it.
fn command_of(line: &str) -> Option<&str> {
    let at = line.find("samtycke ")?;
    let before = line[..at].trim_start_matches("$ ");
    let is_start = before
        .split_whitespace()
        .all(|word| word.starts_with("SAMTYCKE_") && word.contains('='));
    is_start.then(|| line[at..].trim())
}

/// The words of a command as a shell splits them, up to a redirection, a comment, or an explanation set off by spaces.
fn words(line: &str) -> Vec<String> {
    let line = line.split("   ").next().unwrap_or(line);
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, '>' | '|' | '#' | '&') if word.is_none() => break,
            (None, ' ') => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    let filled = |word: String| {
        PLACEHOLDERS
            .iter()
            .fold(word, |word, (name, value)| word.replace(name, value))
    };
    words.into_iter().map(filled).collect()
}
