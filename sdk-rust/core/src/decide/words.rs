//! A verdict in plain words, for a person who asks why.

mod en;
mod sv;
#[cfg(test)]
mod tests;

use super::{Verdict, row::Row};
use crate::{id::Language, reason::Reason, wire::format_rfc3339};

/// The words for one reason: why, and what would change the answer. Both are whole sentences without a capital at the
/// beginning.
struct Words {
    why: &'static str,
    change: &'static str,
}

const fn words(why: &'static str, change: &'static str) -> Words {
    Words { why, change }
}

/// The frame around the words of a reason.
struct Frame {
    allowed: &'static str,
    denied: &'static str,
    row: &'static str,
    until: &'static str,
    terminal: &'static str,
    historic: &'static str,
}

/// Explains a verdict in two or three sentences of Swedish, or of English for every other language: the answer with its
/// reason and the row of the table, and what would change it. `purpose` is the purpose's title in that language.
///
/// The row is known if the check asked to explain.
pub fn in_words(verdict: &Verdict, purpose: &str, language: &Language) -> String {
    let is_swedish = language.as_str().split('-').next() == Some("sv");
    let (frame, of_reason): (Frame, fn(Reason) -> Words) = if is_swedish {
        (sv::FRAME, sv::words)
    } else {
        (en::FRAME, en::words)
    };
    let said = of_reason(verdict.reason.without_terminal());
    let answer = answer(verdict, purpose, &said, &frame);
    if verdict.historic {
        return format!("{answer}.{}", frame.historic);
    }
    let until = verdict.valid_until.map(format_rfc3339);
    let until = until.map_or_else(String::new, |until| format!(" {} {until}.", frame.until));
    format!("{answer}. {}{until}", said.change)
}

/// The first sentence, without its full stop.
fn answer(verdict: &Verdict, purpose: &str, said: &Words, frame: &Frame) -> String {
    let allowed = if verdict.allow {
        frame.allowed
    } else {
        frame.denied
    };
    let at_terminal = verdict.reason.without_terminal() != verdict.reason;
    let named = named(verdict).map(|named| format!(" ({named})"));
    let terminal = at_terminal.then(|| frame.terminal.to_owned());
    let row = row(verdict).map(|row| format!(" ({} {row})", frame.row));
    let more: Vec<String> = [named, terminal, row].into_iter().flatten().collect();
    format!("{purpose}: {allowed}, {}{}", said.why, more.concat())
}

/// What the verdict names: the purpose that denies, the controller to ask, or the parts to ask about instead.
fn named(verdict: &Verdict) -> Option<String> {
    if let Some(dependency) = &verdict.dependency {
        return Some(dependency.to_string());
    }
    match (&verdict.controller, &verdict.controller_contact) {
        (Some(controller), Some(contact)) => return Some(format!("{controller}, {contact}")),
        (Some(controller), None) => return Some(controller.clone()),
        (None, _) => {}
    }
    let parts: Vec<String> = verdict.parts.iter().map(ToString::to_string).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The row, which JSON has in the explanation only.
fn row(verdict: &Verdict) -> Option<Row> {
    let explained = verdict.explain.as_ref();
    let explained = explained.map(|explain| Row {
        number: explain.row,
        part: explain.part,
    });
    explained
        .or(Some(verdict.row))
        .filter(|row| *row != Row::default())
}
