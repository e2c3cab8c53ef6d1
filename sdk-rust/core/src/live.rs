//! A tenant's live register and notices, and the verdict on a check of the API: the layer between a request and
//! [`decide`](crate::decide::decide()).
//!
//! The server and the fake server of the Rust client both use this code.

use std::collections::BTreeSet;

use crate::{
    decide::{Context, PurposeLookup, Question, Verdict, decide},
    id::{NoticeHash, PurposeId},
    notice::Manifest,
    problem::{Problem, ProblemKind},
    retention::{self, Anchors, Term},
    state::SubjectState,
    wire::{CheckRequest, parse_rfc3339},
};

#[cfg(test)]
mod tests;

const INSTANT: &str = "must be a time of RFC 3339, such as 2026-11-21T12:00:00.000Z";

/// The register and notices that checks and submissions are evaluated with.
pub trait TenantView: PurposeLookup {
    /// The manifest of a published notice.
    fn manifest(&self, notice: &NoticeHash) -> Option<&Manifest>;

    /// Whether a published notice has asked about this purpose or told of it, though the register may no longer have it.
    fn has_asked(&self, purpose: &PurposeId) -> bool;

    /// Whether a browser's Do Not Track counts as an objection: `[tenant] dnt` of the register.
    fn dnt_counts(&self) -> bool;
}

/// Evaluates a check against a subject's state, or returns the problem of the check. `now` is the moment that it is
/// about, in Unix milliseconds.
pub fn evaluate_check(
    live: &dyn TenantView,
    question: &CheckRequest,
    state: Option<&SubjectState>,
    now: i64,
) -> Result<Verdict, Problem> {
    let item = anchors(live, question)?;
    let context = Context {
        item: item.as_ref(),
        dnt_counts: live.dnt_counts(),
        ..Context::new(live)
    };
    let asked = Question {
        scope: question.scope.clone(),
        op: question.op,
        signals: question.signals,
        on_behalf_of: question.on_behalf_of.clone(),
        explain: question.explain,
        // A check about the past is evaluated as of the past, whatever the clock says now.
        historic: question.is_historic(),
        ..Question::about(question.purpose.clone())
    };
    let mut verdict = decide(&context, state, &asked, now);
    if asked.historic {
        // What was true then is no permission now, and no reason to prompt (E18).
        (verdict.rely_ms, verdict.may_ask) = (0, false);
    }
    Ok(verdict)
}

/// The anchors of the item, if the check is about one (R1). A misspelt name must not read as "nothing has happened yet",
/// so every name is one that a rule of the purpose uses, and there is at least one.
fn anchors(live: &dyn TenantView, question: &CheckRequest) -> Result<Option<Anchors>, Problem> {
    let (Some(item), Some(_)) = (&question.item, live.purpose(&question.purpose)) else {
        return Ok(None);
    };
    let terms = live.retention(&question.purpose);
    let terms = terms.map_or(&[][..], |(terms, _)| terms);
    let mut anchors = Anchors::default();
    for (name, text) in &item.anchors {
        if !terms.iter().any(|term| term.hears(name)) {
            return Err(anchor_unknown(terms));
        }
        anchors.read(name, text).map_err(|error| {
            let field = format!("/item/anchors/{name}");
            Problem::new(ProblemKind::FieldInvalid).field(field, error.to_string())
        })?;
    }
    // The end of a hold says only for how long a law forbids the erasure, not when the item is due.
    let is_hold = |name: &str| name.starts_with(retention::HOLD_PREFIX);
    let only_holds = terms
        .iter()
        .flat_map(Term::heard)
        .all(|name| is_hold(&name));
    let dated = item.anchors.keys().any(|name| only_holds || !is_hold(name));
    if anchors.is_empty() || !dated {
        return Err(anchor_unknown(terms));
    }
    Ok(Some(anchors))
}

/// Names the events of the purpose's rules: they are part of what the register says about it.
fn anchor_unknown(terms: &[Term]) -> Problem {
    let names: BTreeSet<String> = terms.iter().flat_map(Term::heard).collect();
    let message = if names.is_empty() {
        "the purpose has no retention rule with an anchor: leave out `item`".to_owned()
    } else {
        let names: Vec<_> = names.into_iter().collect();
        format!(
            "must have at least one anchor of the purpose's rules, and no other: {}",
            names.join(", ")
        )
    };
    Problem::new(ProblemKind::AnchorUnknown).field("/item/anchors", message)
}

impl CheckRequest {
    /// Whether it is about another moment than now.
    pub fn is_historic(&self) -> bool {
        self.as_of.is_some() || self.known_at.is_some()
    }

    /// The moment that it is about, and the moment until which events count as known, in Unix milliseconds.
    pub fn moments(&self, now: i64) -> Result<(i64, i64), Problem> {
        let moment = |field: &'static str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => parse_rfc3339(text)
                .map(Some)
                .ok_or_else(|| Problem::new(ProblemKind::FieldInvalid).field(field, INSTANT)),
        };
        let as_of = moment("/as_of", &self.as_of)?.unwrap_or(now);
        let known_at = moment("/known_at", &self.known_at)?.unwrap_or(as_of);
        Ok((as_of, known_at))
    }
}
