//! A tenant's live register and notices, and the verdict on a check of the API: the layer between a request and
//! [`decide`](crate::decide::decide()).
//!
//! The server and the fake server of the Rust client both use this code.

use std::collections::BTreeMap;

use crate::{
    decide::{Context, Op, PurposeLookup, Question, RetentionStanding, Verdict, decide},
    id::{NoticeHash, PurposeId},
    notice::Manifest,
    problem::{Problem, ProblemKind},
    retention::{Anchors, Params, Term, erase_due},
    state::SubjectState,
    wire::{CheckRequest, parse_rfc3339},
};

const INSTANT: &str = "must be a time of RFC 3339, such as 2026-11-21T12:00:00.000Z";

/// The register and notices that checks and submissions are evaluated with.
pub trait TenantView: PurposeLookup {
    /// The manifest of a published notice.
    fn manifest(&self, notice: &NoticeHash) -> Option<&Manifest>;

    /// Whether a published notice has asked about this purpose or told of it, though the register may no longer have it.
    fn has_asked(&self, purpose: &PurposeId) -> bool;

    /// Whether a browser's Do Not Track counts as an objection: `[tenant] dnt` of the register.
    fn dnt_counts(&self) -> bool;

    /// How long data for a purpose may be kept, with the lengths that the controller has set.
    fn retention(&self, purpose: &PurposeId) -> Option<(&[Term], &Params)>;
}

/// Evaluates a check against a subject's state, or returns the problem of the check. `now` is the moment that it is
/// about, in Unix milliseconds.
pub fn evaluate_check(
    live: &dyn TenantView,
    question: &CheckRequest,
    state: Option<&SubjectState>,
    now: i64,
) -> Result<Verdict, Problem> {
    let context = Context {
        retention: retention_standing(live, question, now)?,
        dnt_counts: live.dnt_counts(),
        ..Context::new(live)
    };
    let asked = Question {
        scope: question.scope.clone(),
        op: question.op,
        signals: question.signals,
        explain: question.explain,
        // A check about the past is evaluated as of the past, whatever the clock says now.
        historic: question.is_historic(),
        ..Question::about(question.purpose.clone())
    };
    Ok(decide(&context, state, &asked, now))
}

/// Row 8: whether the item may exist.
fn retention_standing(
    live: &dyn TenantView,
    question: &CheckRequest,
    now: i64,
) -> Result<RetentionStanding, Problem> {
    if live.purpose(&question.purpose).is_none() {
        return Ok(RetentionStanding::Open);
    }
    if question.item.is_none() && question.op != Op::Store {
        // Without an item only storing can be denied, and most checks have none.
        return Ok(RetentionStanding::Open);
    }
    let anchors = anchors(question)?;
    let Some((terms, params)) = live.retention(&question.purpose) else {
        return Ok(RetentionStanding::Open);
    };
    let retention = erase_due(terms, &anchors, params, now);
    Ok(if retention.none {
        RetentionStanding::NonePermitted
    } else if !anchors.is_empty() && retention.is_due(now) {
        RetentionStanding::Passed
    } else {
        RetentionStanding::Open
    })
}

fn anchors(question: &CheckRequest) -> Result<Anchors, Problem> {
    let mut anchors = BTreeMap::new();
    for (name, text) in question.item.iter().flat_map(|item| &item.anchors) {
        let at = parse_rfc3339(text).ok_or_else(|| {
            Problem::new(ProblemKind::FieldInvalid).field(
                "/item/anchors",
                "must hold times of RFC 3339, such as 2026-11-21T12:00:00.000Z",
            )
        })?;
        anchors.insert(name.clone(), at);
    }
    Ok(anchors)
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
