//! What the verifier found, for somebody who reads it: the verdict, what is proved, and then each step.

use std::fmt::Write as _;

use samtycke_core::bundle::report::{Level, Mark, Outcome, Report};
use serde_json::Value;

use samtycke_server::times;

/// Milliseconds in an hour: the precision of time in what is public.
const HOUR_MS: i64 = 3_600_000;

/// The whole report.
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
        let _ = writeln!(out, "  {mark}  {:22}  {}", check.name, check.shows);
    }
    if let Outcome::Valid { level } | Outcome::ValidErased { level, .. } = report.outcome {
        let _ = writeln!(out, "\n{}", beyond(level, held, witnesses));
    }
    printable(&out)
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

/// What would make the proof stronger, and what no proof of this kind shows.
fn beyond(level: Level, held: bool, witnesses: bool) -> &'static str {
    match level {
        Level::LogSignature if !held && !witnesses => {
            "The log could have shown somebody else another tree. A checkpoint that you held before (--held) or\n\
             witnesses in the policy rule that out."
        }
        Level::LogSignature | Level::HeldCheckpoint | Level::WitnessQuorum => {
            "No proof shows that a consent was informed or freely given, or that every event was submitted."
        }
    }
}

fn facts(out: &mut String, report: &Report) {
    let mut fact = |name: &str, text: String| {
        let _ = writeln!(out, "  {name:9}  {text}");
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
    if let Some(ctx) = &report.ctx {
        context(&mut fact, ctx);
    }
    match (&report.sub, &report.ctx) {
        (Some(sub), _) => subject(&mut fact, sub),
        // Without the exact time there is still the hour.
        (None, Some(ctx)) => hour(&mut fact, ctx),
        (None, None) => {}
    }
    if let Some(expires) = report.expires {
        fact("runs out", times::text(expires));
    }
}

/// What was decided, without a person in it.
fn context(fact: &mut impl FnMut(&str, String), ctx: &Value) {
    for decision in ctx["decisions"].as_array().into_iter().flatten() {
        fact("said", decision_words(decision));
    }
    if ctx["used"].is_object() {
        fact("used", use_words(&ctx["used"]));
    }
    let shown: Vec<&str> = ["notice", "language", "variant"]
        .iter()
        .filter_map(|k| ctx[*k].as_str())
        .collect();
    if !shown.is_empty() {
        fact("shown", shown.join(", "));
    }
    let how: Vec<String> = [
        ("site", "at"),
        ("method", "by"),
        ("assurance", "vouched for by"),
    ]
    .iter()
    .filter_map(|(key, word)| Some(format!("{word} {}", ctx[*key].as_str()?)))
    .collect();
    if !how.is_empty() {
        fact("how", how.join(", "));
    }
}

fn hour(fact: &mut impl FnMut(&str, String), ctx: &Value) {
    if let Some(hour) = ctx["hour"].as_i64() {
        fact(
            "received",
            format!(
                "in the hour from {}",
                times::text(hour.saturating_mul(HOUR_MS))
            ),
        );
    }
}

fn decision_words(decision: &Value) -> String {
    let word = |key: &str| decision[key].as_str().unwrap_or("?").to_owned();
    let mut text = format!("{} {}", word("purpose"), word("decision"));
    text.push_str(&scope_words(decision));
    if decision["explicit"] == true {
        text.push_str(", explicitly");
    }
    let _ = write!(text, " ({})", word("outcome"));
    text
}

fn use_words(used: &Value) -> String {
    let word = |key: &str| used[key].as_str().unwrap_or("?");
    let scope = scope_words(used);
    format!("{}{scope} ({})", word("purpose"), word("reason"))
}

fn scope_words(limited: &Value) -> String {
    let Some(scope) = limited["scope"].as_object() else {
        return String::new();
    };
    let values: Vec<String> = scope
        .iter()
        .map(|(key, value)| format!("{key} {}", value.as_str().unwrap_or("?")))
        .collect();
    format!(" for {}", values.join(", "))
}

/// Who decided: a pseudonym.
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
    if let Some(consent) = sub["consent"].as_str() {
        fact("spent", format!("the consent of event {consent}"));
    }
    if let Some(at) = sub["received_at"].as_i64() {
        fact("received", times::text(at));
    }
}

/// A file that somebody else wrote must not move the cursor, or turn the text around, on the auditor's screen.
fn printable(text: &str) -> String {
    let refused = |c: char| {
        (c.is_control() && c != '\n')
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    text.replace(refused, "\u{fffd}")
}
