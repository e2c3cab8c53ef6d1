//! Renders findings and differences as plain text, for a terminal or a log.

use std::{
    collections::BTreeMap,
    fmt::{self, Write as _},
};

use super::{Change, Diff, Effect, Lint, LintCode, Register, Severity};

/// Renders findings grouped by subject, errors first, with each remedy once.
pub(super) fn lints(register: &Register, file: &str) -> String {
    let mut groups: BTreeMap<(u8, LintCode), Vec<&Lint>> = BTreeMap::new();
    for lint in &register.lints {
        let rank = u8::from(lint.code.severity() == Severity::Warning);
        groups.entry((rank, lint.code)).or_default().push(lint);
    }
    let errors = count(register, Severity::Error);
    let warnings = count(register, Severity::Warning);
    let mut out = format!(
        "{file}: {}, {}, {}\n",
        plural(register.purposes.len(), "purpose"),
        plural(errors, "error"),
        plural(warnings, "warning"),
    );
    for ((_, code), found) in groups {
        let word = match code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let _ = write!(out, "\n{word} {} ({})\n", code.as_str(), found.len());
        let _ = writeln!(out, "  to do: {}", code.remedy());
        let place = |lint: &Lint| format!("{file}:{}", lint.line);
        let name = |lint: &Lint| {
            lint.purpose
                .as_ref()
                .map_or("(register)", |id| id.as_str())
                .to_owned()
        };
        let places = widest(&found, place);
        let names = widest(&found, name);
        for lint in found {
            let (place, name) = (place(lint), name(lint));
            let _ = writeln!(out, "  {place:places$}  {name:names$}  {}", lint.message);
        }
    }
    let incomplete: Vec<_> = register.incomplete().collect();
    if !incomplete.is_empty() {
        let total = plural(incomplete.len(), "purpose");
        let _ = write!(
            out,
            "\n{total} would go live incomplete and deny every check:\n"
        );
        let width = incomplete
            .iter()
            .map(|(id, _)| id.as_str().len())
            .max()
            .unwrap_or(0);
        for (id, codes) in incomplete {
            let _ = writeln!(out, "  {:width$}  {}", id.as_str(), codes.join(", "));
        }
    }
    out
}

fn count(register: &Register, severity: Severity) -> usize {
    register
        .lints
        .iter()
        .filter(|lint| lint.code.severity() == severity)
        .count()
}

fn plural(n: usize, word: &str) -> String {
    let s = if n == 1 { "" } else { "s" };
    format!("{n} {word}{s}")
}

fn widest(found: &[&Lint], text: impl Fn(&Lint) -> String) -> usize {
    found
        .iter()
        .map(|lint| text(lint).chars().count())
        .max()
        .unwrap_or(0)
}

/// Writes one finding on one line.
impl fmt::Display for Lint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        write!(f, "line {}: {word} {}: ", self.line, self.code.as_str())?;
        if let Some(id) = &self.purpose {
            write!(f, "{id}: ")?;
        }
        f.write_str(&self.message)
    }
}

/// Writes added, removed and changed purposes, with the proposed class of each change.
impl fmt::Display for Diff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return f.write_str("no difference\n");
        }
        for change in &self.register {
            writeln!(f, "~ register")?;
            one(f, change)?;
        }
        for id in &self.added {
            writeln!(f, "+ {id}")?;
        }
        for id in &self.removed {
            writeln!(f, "- {id}  (narrows: its checks will deny)")?;
        }
        for purpose in &self.changed {
            let narrows = if purpose.narrows() { ", narrows" } else { "" };
            writeln!(f, "~ {}  {}{narrows}", purpose.id, purpose.class().as_str())?;
            for change in &purpose.changes {
                one(f, change)?;
            }
        }
        let asked = self.must_ask_again();
        if !asked.is_empty() {
            writeln!(
                f,
                "consents to be asked for again: {}",
                plural(asked.len(), "purpose")
            )?;
            for id in asked {
                writeln!(f, "  {id}")?;
            }
        }
        Ok(())
    }
}

fn one(f: &mut fmt::Formatter<'_>, change: &Change) -> fmt::Result {
    let effect = match change.effect {
        Effect::Narrows => ", narrows",
        Effect::Widens => ", widens",
        Effect::Neutral => "",
    };
    let shown = |value: &str| match value {
        "" => "(nothing)".to_owned(),
        _ => value.to_owned(),
    };
    writeln!(f, "    {}  {}{effect}", change.path, change.class.as_str())?;
    writeln!(f, "      was  {}", shown(&change.old))?;
    writeln!(f, "      now  {}", shown(&change.new))
}
