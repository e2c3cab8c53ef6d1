//! A tenant's register and notices as they are live, and the check's answer from them: what stands between a question
//! as it is asked over the API and [`decide`](crate::decide::decide()).
//!
//! The server and the double of it in the Rust client's tests both answer by this code.

use std::collections::BTreeMap;

use crate::{
    decide::{Context, Op, PurposeLookup, Question, RetentionStanding, Verdict, decide},
    id::{NoticeHash, PurposeId},
    notice::Manifest,
    problem::{Problem, ProblemKind},
    retention::{Anchors, Params, Term, erase_due},
    state::SubjectState,
    wire::{CheckRequest, parse_instant},
};

const INSTANT: &str = "must be a time of RFC 3339, such as 2026-11-21T12:00:00.000Z";

/// What questions and submissions are judged by.
pub trait Live: PurposeLookup {
    /// The manifest of a notice that was published.
    fn manifest(&self, notice: &NoticeHash) -> Option<&Manifest>;

    /// Whether a notice has ever asked about this purpose, which the register may have lost since.
    fn has_asked(&self, purpose: &PurposeId) -> bool;

    /// How long what is processed for a purpose may be kept, and the lengths that the controller has set.
    fn retention(&self, purpose: &PurposeId) -> Option<(&[Term], &Params)>;
}

/// Answers a question from a subject's state, or says what is wrong with the question. `now` is the moment that it is
/// about; Unix milliseconds.
pub fn judge(
    live: &dyn Live,
    question: &CheckRequest,
    state: Option<&SubjectState>,
    now: i64,
) -> Result<Verdict, Problem> {
    let context = Context {
        retention: retention_standing(live, question, now)?,
        ..Context::new(live)
    };
    let asked = Question {
        scope: question.scope.clone(),
        op: question.op,
        signals: question.signals,
        explain: question.explain,
        // A question about the past is judged by the past, however late the clock is by now.
        historic: question.is_historic(),
        ..Question::about(question.purpose.clone())
    };
    Ok(decide(&context, state, &asked, now))
}

/// Row 8: may the item exist at all, or still?
fn retention_standing(
    live: &dyn Live,
    question: &CheckRequest,
    now: i64,
) -> Result<RetentionStanding, Problem> {
    if live.purpose(&question.purpose).is_none() {
        return Ok(RetentionStanding::Open);
    }
    if question.item.is_none() && question.op != Op::Store {
        // Without an item only storing can be denied, and most questions are of this kind.
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
        let at = parse_instant(text).ok_or_else(|| {
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

    /// The moment that it is about, and the one until which events count as known; Unix milliseconds.
    pub fn moments(&self, now: i64) -> Result<(i64, i64), Problem> {
        let moment = |field: &'static str, text: &Option<String>| match text {
            None => Ok(None),
            Some(text) => parse_instant(text)
                .map(Some)
                .ok_or_else(|| Problem::new(ProblemKind::FieldInvalid).field(field, INSTANT)),
        };
        let as_of = moment("/as_of", &self.as_of)?.unwrap_or(now);
        let known_at = moment("/known_at", &self.known_at)?.unwrap_or(as_of);
        Ok((as_of, known_at))
    }
}
