//! Every page and every numbered rule that code and pages cite is in this tree.
//!
//! A page is found by its path from the root, from `docs/`, or from beside the file that cites it. A rule of law.md is
//! the first cell of a row, a section of decisions.md a heading and a number of its list, C1 and so on an item of the
//! list in consistency.md.

use crate::tree::{File, files};
use std::collections::BTreeSet;
use std::path::Path;

pub(super) fn findings(root: &Path) -> Vec<String> {
    let mut citing = files(root, "rs", &["server", "sdk-rust", "tests"]);
    citing.extend(files(root, "ts", &["sdk-js/src", "sdk-js/test"]));
    citing.extend(files(root, "md", &["."]));
    citing.extend(files(root, "sql", &["migrations"]));
    citing.extend(files(root, "toml", &["registers"]));
    citing.extend(files(root, "sh", &["tests"]));
    let page = |name: &str| std::fs::read_to_string(root.join(name)).unwrap_or_default();
    let pages = Pages {
        law: page("docs/law.md"),
        consistency: page("docs/consistency.md"),
        decisions: page("docs/decisions.md"),
        exists: Box::new(|path| root.join(path).exists()),
    };
    citing
        .iter()
        .filter(|file| !is_exempt(&file.path))
        .flat_map(|file| pages.dead_in(file))
        .collect::<BTreeSet<String>>()
        .into_iter()
        .collect()
}

/// The changelog speaks of pages as they were; these rules hold dead references as their examples.
fn is_exempt(path: &str) -> bool {
    path.starts_with("CHANGELOG")
        || path.starts_with("sdk-js/test/apps")
        || path.starts_with("tests/xtask/")
        || path.ends_with("/invariants.sh")
}

struct Pages<'a> {
    law: String,
    consistency: String,
    decisions: String,
    exists: Box<dyn Fn(&str) -> bool + 'a>,
}

/// What a line cites.
#[derive(Debug, PartialEq, Eq)]
struct Citation<'a> {
    page: Option<&'a str>,
    number: Option<Number<'a>>,
}

#[derive(Debug, PartialEq, Eq)]
enum Number<'a> {
    /// `L17`, `S1`, `C3`.
    Rule(&'a str),
    /// `4.2`, `4`.
    Section(&'a str),
}

impl Pages<'_> {
    fn dead_in(&self, file: &File) -> Vec<String> {
        let mut found = Vec::new();
        for (number, line) in file.lines() {
            for citation in citations(line) {
                if let Some(reason) = self.dead(file, &citation) {
                    found.push(format!("{}:{number}: {reason}", file.path));
                }
            }
        }
        found
    }

    fn dead(&self, file: &File, citation: &Citation<'_>) -> Option<String> {
        if let Some(page) = citation.page
            && !self.has_page(file, page)
        {
            return Some(format!("{page} is not in this tree"));
        }
        match citation.number.as_ref()? {
            Number::Rule(rule) if rule.starts_with('C') => {
                (!self.consistency.contains(&format!("- **{rule}** ")))
                    .then(|| format!("{rule} is no rule of docs/consistency.md"))
            }
            Number::Rule(rule) => (!self
                .law
                .lines()
                .any(|line| line.starts_with(&format!("| {rule} |"))))
            .then(|| format!("{rule} is no rule of docs/law.md")),
            Number::Section(section) => (citation
                .page
                .is_some_and(|page| page.ends_with("decisions.md"))
                && !has_section(&self.decisions, section))
            .then(|| format!("decisions.md has no section {section}")),
        }
    }

    fn has_page(&self, file: &File, page: &str) -> bool {
        let folder = file.path.rsplit_once('/').map_or("", |(folder, _)| folder);
        let module = file.path.strip_suffix(".rs").unwrap_or(&file.path);
        let name = page.rsplit('/').next().unwrap_or(page);
        [
            page.strip_prefix("./").unwrap_or(page).to_owned(),
            format!("docs/{page}"),
            format!("{}/{page}", if folder.is_empty() { "." } else { folder }),
            format!("{module}/{name}"),
        ]
        .iter()
        .any(|path| (self.exists)(path))
    }
}

/// Whether a heading `## 4.` exists, and below it an item `2.` where the section is `4.2`.
fn has_section(text: &str, section: &str) -> bool {
    let (heading, item) = section
        .split_once('.')
        .map_or((section, None), |(a, b)| (a, Some(b)));
    let mut inside = false;
    for line in text.lines() {
        let first = line.split_whitespace().next().unwrap_or("");
        if first == "##" {
            inside = line.split_whitespace().nth(1) == Some(&format!("{heading}."));
            if inside && item.is_none() {
                return true;
            }
        } else if inside && item.is_some_and(|item| first == format!("{item}.")) {
            return true;
        }
    }
    false
}

fn citations(line: &str) -> Vec<Citation<'_>> {
    let mut found: Vec<Citation<'_>> = pages_in(line);
    found.extend(rules_alone(line));
    found
}

/// Pages, each with the number that stands behind it.
fn pages_in(line: &str) -> Vec<Citation<'_>> {
    let mut found = Vec::new();
    for (at, _) in line.match_indices(".md") {
        let end = at + ".md".len();
        let start = line[..at]
            .rfind(|c: char| !is_path(c))
            .map_or(0, |before| before + char_len(line, before));
        let named = line[..at].ends_with(|c: char| c.is_ascii_lowercase());
        if !named || continues(&line[end..]) {
            continue;
        }
        found.push(Citation {
            page: Some(&line[start..end]),
            number: number_behind(&line[end..]),
        });
    }
    found
}

fn char_len(line: &str, at: usize) -> usize {
    line[at..].chars().next().map_or(1, char::len_utf8)
}

fn is_path(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '.' | '/' | '-')
}

fn continues(text: &str) -> bool {
    text.starts_with(|c: char| c == '_' || c.is_alphanumeric())
}

/// ` L17`, `, C3`, ` 4.2` or ` 4` behind a page.
fn number_behind(text: &str) -> Option<Number<'_>> {
    let text = text.strip_prefix(',').unwrap_or(text).strip_prefix(' ')?;
    if let Some(rule) = rule_at(text) {
        return Some(Number::Rule(rule));
    }
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    if digits(text) != 1 {
        return None;
    }
    let end = match text[1..].strip_prefix('.').map(digits) {
        Some(1) => 3,
        _ => 1,
    };
    (!continues(&text[end..])).then(|| Number::Section(&text[..end]))
}

/// A rule that stands without its page: `(C3)`, ` C3`, `Protects S1`.
fn rules_alone(line: &str) -> Vec<Citation<'_>> {
    let mut found = Vec::new();
    for (at, before) in line.char_indices() {
        let rest = &line[at + before.len_utf8()..];
        let Some(rule) = matches!(before, ' ' | '(').then(|| rule_at(rest)).flatten() else {
            continue;
        };
        if rule.len() == 2 && rule.starts_with('C') || line[..at].ends_with("Protects") {
            found.push(Citation {
                page: None,
                number: Some(Number::Rule(rule)),
            });
        }
    }
    found
}

/// `L17`, `S1`, `B3a` and the like at the beginning of the text.
fn rule_at(text: &str) -> Option<&str> {
    let rest = text.strip_prefix(['S', 'L', 'B', 'T', 'C'])?;
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let end = 1 + digits + usize::from(rest[digits..].starts_with('a'));
    (digits > 0 && !continues(&text[end..])).then(|| &text[..end])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dead(line: &str) -> Vec<String> {
        let pages = Pages {
            law: "| L17 | a rule |\n| S1 | another |".to_owned(),
            consistency: "- **C3** reads".to_owned(),
            decisions: "## 4. Sizes\n\n1. One\n2. Two\n\n## 5. Times\n".to_owned(),
            exists: Box::new(|path| {
                [
                    "docs/law.md",
                    "docs/decisions.md",
                    "docs/consistency.md",
                    "server/src/a/notes.md",
                    "./README.md",
                ]
                .contains(&path)
            }),
        };
        pages.dead_in(&File::new("server/src/a.rs", line))
    }

    #[test]
    fn a_page_that_is_missing_is_found() {
        assert_eq!(
            dead("//! See docs/gone.md."),
            ["server/src/a.rs:1: docs/gone.md is not in this tree"]
        );
    }

    #[test]
    fn a_rule_that_is_missing_is_found() {
        assert_eq!(
            dead("// law.md L18"),
            ["server/src/a.rs:1: L18 is no rule of docs/law.md"]
        );
        assert_eq!(dead("// Protects S2.").len(), 1);
        assert_eq!(
            dead("// (C4)"),
            ["server/src/a.rs:1: C4 is no rule of docs/consistency.md"]
        );
    }

    #[test]
    fn a_section_that_is_missing_is_found() {
        assert_eq!(
            dead("// decisions.md 4.3"),
            ["server/src/a.rs:1: decisions.md has no section 4.3"]
        );
        assert_eq!(dead("// decisions.md 6").len(), 1);
    }

    #[test]
    fn pages_rules_and_sections_that_exist_are_not() {
        for line in [
            "law.md L17",
            "docs/law.md",
            "notes.md",
            "decisions.md 4.2 and decisions.md 5",
            "consistency.md, C3",
            "Protects S1",
            "ISO 8601, CO2, C12 and a.mdx",
        ] {
            assert_eq!(dead(line), Vec::<String>::new(), "{line}");
        }
    }
}
