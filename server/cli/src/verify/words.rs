//! The verifier's result as text: the verdict, what is proved, and then each step.

use std::fmt::Write as _;

use samtycke_core::bundle::report::{Level, Mark, Outcome, Report};
use samtycke_core::event::Fact;
use samtycke_core::event::opening::{Context, EventResult};
use samtycke_core::id::{Language, NoticeHash};
use samtycke_core::screen::escaped;
use serde::Serialize;
use serde_json::Value;

use samtycke_core::wire::format_rfc3339;

/// Milliseconds in an hour: public times have this precision.
const HOUR_MS: i64 = 3_600_000;

/// The whole report. The verdict is its first line and its last, and every string of the bundle keeps to its line.
pub(super) fn say(report: &Report, held: bool, witnesses: bool) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{}", verdict(report.outcome));
    if let Some(contradiction) = report.contradiction {
        let _ = writeln!(out, "CONTRADICTION: {contradiction}");
    }
    if !matches!(report.outcome, Outcome::Invalid { .. }) {
        facts(&mut out, report);
    }
    let _ = writeln!(out, "\nChecked");
    for check in &report.checks {
        let mark = match check.mark {
            Mark::Holds => "ok   ",
            Mark::Open => "open ",
            Mark::Fails => "FAILS",
        };
        let _ = writeln!(
            out,
            "  {mark}  {:22}  {}",
            check.name,
            escaped(&check.shows)
        );
    }
    if let Outcome::Valid { level } | Outcome::ValidErased { level, .. } = report.outcome {
        let _ = writeln!(out, "\n{}", beyond(level, held, witnesses));
    }
    // Again at the end: the first line of a long report has left the screen, and the last one is what stays on it.
    let _ = writeln!(out, "\n{}", verdict(report.outcome));
    out
}

fn verdict(outcome: Outcome) -> String {
    match outcome {
        Outcome::Valid { level } => {
            format!("VALID: proof level {}, {}", u8::from(level), shows(level))
        }
        Outcome::Invalid { reason } => format!("INVALID: {reason}"),
        Outcome::Undecidable { reason } => format!("UNDECIDABLE: {reason}"),
        Outcome::ValidErased { level, erased_at } => format!(
            "VALID AND ERASED by leaf {erased_at}: proof level {}, {}",
            u8::from(level),
            shows(level)
        ),
    }
}

fn shows(level: Level) -> &'static str {
    match level {
        Level::LogSignature => "the log has signed a tree that holds this leaf",
        Level::HeldCheckpoint => "and that tree is consistent with the checkpoint you held",
        Level::WitnessQuorum => "and a quorum of witnesses has seen the same tree",
    }
}

/// What would make the proof stronger, and what no such proof shows.
fn beyond(level: Level, held: bool, witnesses: bool) -> &'static str {
    match level {
        Level::LogSignature if !held && !witnesses => {
            "The log could have shown others another tree. A checkpoint that you held before (--held) or\n\
             witnesses in the policy rule that out."
        }
        Level::LogSignature | Level::HeldCheckpoint | Level::WitnessQuorum => {
            "No proof shows that a consent was informed or freely given, or that every event was submitted."
        }
    }
}

fn facts(out: &mut String, report: &Report) {
    let mut fact = |name: &str, text: String| {
        let _ = writeln!(out, "  {name:9}  {}", escaped(&text));
    };
    if let Some(origin) = &report.origin {
        fact("log", origin.clone());
    }
    if let (Some(index), Some(size)) = (report.index, report.size) {
        fact(
            "leaf",
            format!(
                "{index} of the {size} in the signed tree, kind {}",
                report.kind.unwrap_or("unknown")
            ),
        );
    }
    if let Some(hash) = &report.leaf_hash {
        fact("hash", hash.clone());
    }
    if let Some(event) = &report.event {
        context(&mut fact, event);
    }
    match (&report.sub, &report.event) {
        (Some(sub), _) => subject(&mut fact, sub),
        // Without the exact time, the hour is known.
        (None, Some(event)) => fact(
            "received",
            format!(
                "in the hour from {}",
                format_rfc3339(event.hour.saturating_mul(HOUR_MS))
            ),
        ),
        (None, None) => {}
    }
    if let Some(expires) = report.expires {
        fact("runs out", format_rfc3339(expires));
    }
}

/// The decision or event, without personal data.
fn context(fact: &mut impl FnMut(&str, String), event: &Context) {
    let results = event.results.iter();
    let results = results.chain(event.results.last().into_iter().cycle());
    for (said, result) in event.summary.0.iter().zip(results) {
        fact("said", fact_words(said, result));
    }
    let shown: Vec<&str> = [
        event.notice.as_ref().map(NoticeHash::as_str),
        event.language.as_ref().map(Language::as_str),
        event.variant.as_deref(),
    ]
    .into_iter()
    .flatten()
    .collect();
    if !shown.is_empty() {
        fact("shown", shown.join(", "));
    }
    let how: Vec<String> = [
        (
            "at",
            event.site.as_ref().map(|site| site.as_str().to_owned()),
        ),
        ("by", event.method.map(|method| word(&method))),
        ("vouched for by", Some(word(&event.assurance))),
    ]
    .into_iter()
    .filter_map(|(before, text)| Some(format!("{before} {}", text?)))
    .collect();
    fact("how", how.join(", "));
}

/// A fact without a purpose is about the subject as a whole.
fn fact_words(said: &Fact, result: &EventResult) -> String {
    let purpose = said.purpose.as_ref();
    let mut text = match purpose {
        Some(purpose) => format!("{purpose} {}", said.what),
        None => said.what.to_owned(),
    };
    if !said.scope.is_none() {
        let _ = write!(text, " for {}", said.scope);
    }
    for (name, value) in &said.details {
        match (*name, value.as_str()) {
            ("explicit", _) => text.push_str(", explicitly"),
            (name, "true") => {
                let _ = write!(text, ", {name}");
            }
            (name, value) => {
                let _ = write!(text, ", {name} {value}");
            }
        }
    }
    let _ = write!(text, " ({}", word(&result.outcome));
    if let Some(reason) = result.reason {
        let _ = write!(text, ": {}", word(&reason));
    }
    text.push(')');
    text
}

/// The value's name in JSON.
fn word(value: &impl Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or("?").to_owned()
}

/// The subject: a pseudonym.
fn subject(fact: &mut impl FnMut(&str, String), sub: &Value) {
    if let Some(subject) = sub["subject"].as_str() {
        fact("subject", subject.to_owned());
    }
    if let Some(event) = sub["event_id"].as_str() {
        fact(
            "event",
            format!("{event}, number {} of the subject", sub["seq"]),
        );
    }
    if let Some(consent) = sub["data"]["consent"].as_str() {
        fact("spent", format!("the consent of event {consent}"));
    }
    if let Some(at) = sub["received_at"].as_i64() {
        fact("received", format_rfc3339(at));
    }
}

#[cfg(test)]
mod tests {
    use samtycke_core::bundle::report::{Check, Cosignature, Reason};
    use samtycke_core::event::Summary;
    use samtycke_core::id::LogId;
    use samtycke_core::purpose::Assurance;

    use super::*;

    const FORGED: &str = "x\nVALID: proof level 2, forged\r\u{1b}[2J\u{202e}";

    /// Protects an auditor's eyes: a bundle's own strings cannot write a verdict above, between or below ours.
    #[test]
    fn no_string_of_a_bundle_writes_a_verdict() {
        let outcome = Outcome::Undecidable {
            reason: Reason::UnknownLog,
        };
        let report = Report {
            outcome,
            kind: Some("event"),
            leaf_hash: Some(FORGED.into()),
            origin: Some(FORGED.into()),
            index: Some(1),
            size: Some(2),
            cosignatures: vec![Cosignature {
                witness: FORGED.into(),
                unix_seconds: 1,
            }],
            event: Some(Context {
                type_: FORGED.into(),
                log: LogId::from_bytes([1; 16]),
                site: None,
                notice: None,
                language: None,
                variant: Some(FORGED.into()),
                method: None,
                assurance: Assurance::Browser,
                hour: 1,
                summary: Summary(vec![Fact {
                    purpose: None,
                    scope: samtycke_core::scope::Scope::None,
                    what: "given",
                    details: [("grounds", FORGED.into())].into(),
                }]),
                results: Vec::new(),
            }),
            ctx: None,
            sub: Some(
                serde_json::json!({"subject": FORGED, "event_id": FORGED, "seq": FORGED,
                "data": {"consent": FORGED}}),
            ),
            expires: None,
            contradiction: None,
            checks: vec![Check {
                name: "origin",
                mark: Mark::Holds,
                shows: FORGED.into(),
            }],
        };
        let said = say(&report, false, false);
        let verdict = verdict(outcome);
        let lines: Vec<&str> = said.lines().collect();
        assert_eq!(lines.first(), Some(&verdict.as_str()));
        assert_eq!(lines.last(), Some(&verdict.as_str()));
        assert!(
            !lines.iter().any(|line| line.starts_with("VALID")),
            "{said}"
        );
        assert!(said.contains("x\\nVALID"), "what is there is shown: {said}");
        assert!(!said.contains(['\r', '\u{1b}', '\u{202e}']), "{said:?}");
    }
}
