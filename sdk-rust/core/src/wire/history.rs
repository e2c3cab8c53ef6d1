//! A subject's events, as `GET /v1/subjects/{s}/history` answers them.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DecisionResponse, format_rfc3339};
use crate::decision::{Decision, DecisionKind, Outcome, SupersededReason};
use crate::event::kinds::Decisions;
use crate::event::opening::EventResult;
use crate::event::{Event, EventBody, Summary};
use crate::id::{EventId, NoticeHash, PurposeId, SiteId, SubjectId};
use crate::scope::Scope;
use crate::state::StateWord;

/// `GET /v1/subjects/{s}/history`: a subject's events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryResponse {
    /// Whose.
    pub subject: SubjectId,
    /// Oldest first.
    pub events: Vec<HistoryEvent>,
    /// True while the log is frozen: its database has gone back, so events may be missing here.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub frozen: bool,
}

/// One event of a subject, as `GET /v1/subjects/{s}/history` answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryEvent {
    /// Its id.
    pub event_id: EventId,
    /// Number within the subject's stream.
    pub seq: u64,
    /// Index in the log.
    pub index: u64,
    /// The kind, such as `decisions` or `consent.used`.
    #[serde(rename = "type")]
    pub type_: String,
    /// When the log received it (RFC 3339).
    pub received_at: String,
    /// When it was said (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<String>,
    /// What was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub site: Option<SiteId>,
    /// What it says, and what became of that; for every kind alike.
    pub facts: Vec<HistoryFact>,
    /// On decisions: what was said, and what became of it.
    pub decisions: Vec<HistoryDecision>,
    /// On a use: what it spent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<HistoryUse>,
}

/// One thing that a [`HistoryEvent`] says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryFact {
    /// A stable word for what was decided or done, such as `given` or `used`.
    pub what: String,
    /// About which purpose.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub purpose: Option<PurposeId>,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// What else there is to show.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<String, String>,
    /// Whether it acted.
    pub outcome: Outcome,
    /// Why it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
    /// Where the cell stood after it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateWord>,
}

impl HistoryEvent {
    /// What is said of an event that was recorded at this index, for this site.
    pub fn of(event: &Event, results: &[EventResult], index: u64, site: Option<SiteId>) -> Self {
        let mut decisions = Vec::new();
        let mut used = None;
        if let EventBody::Decisions(Decisions(said)) = &event.body {
            let each = said.iter().zip(results);
            decisions = each.map(HistoryDecision::of).collect();
        } else if let EventBody::ConsentUsed(spent) = &event.body {
            used = Some(HistoryUse {
                purpose: spent.cell.purpose.clone(),
                scope: spent.cell.scope.clone(),
                consent: spent.consent.clone(),
            });
        }
        Self {
            event_id: event.event_id.clone(),
            seq: event.seq,
            index,
            type_: event.body.type_name().to_owned(),
            received_at: format_rfc3339(event.received_at),
            occurred_at: event.occurred_at.map(format_rfc3339),
            notice: event.notice.clone(),
            site,
            facts: facts(event.body.summary(), results),
            decisions,
            used,
        }
    }
}

impl DecisionResponse {
    /// What became of each decision of an event; nothing for another kind.
    pub fn each(body: &EventBody, results: &[EventResult]) -> Vec<Self> {
        let EventBody::Decisions(Decisions(said)) = body else {
            return Vec::new();
        };
        let each = said.iter().zip(results).map(|(decision, result)| Self {
            purpose: decision.purpose.clone(),
            scope: decision.scope.clone(),
            state: result.state.unwrap_or(StateWord::Unknown),
            outcome: result.outcome,
            reason: result.reason,
        });
        each.collect()
    }
}

/// One result belongs to one fact; a result of the subject as a whole belongs to all of them.
pub(crate) fn facts(summary: Summary, results: &[EventResult]) -> Vec<HistoryFact> {
    let results = results.iter().chain(results.last().into_iter().cycle());
    let each = summary.0.into_iter().zip(results);
    each.map(|(fact, result)| HistoryFact {
        what: fact.what.to_owned(),
        purpose: fact.purpose,
        scope: fact.scope,
        details: fact
            .details
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value))
            .collect(),
        outcome: result.outcome,
        reason: result.reason,
        state: result.state,
    })
    .collect()
}

impl HistoryDecision {
    fn of((said, result): (&Decision, &EventResult)) -> Self {
        Self {
            purpose: said.purpose.clone(),
            decision: said.decision,
            scope: said.scope.clone(),
            state: result.state.unwrap_or(StateWord::Unknown),
            outcome: result.outcome,
            reason: result.reason,
        }
    }
}

/// One decision of a [`HistoryEvent`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryDecision {
    /// About which purpose.
    pub purpose: PurposeId,
    /// What was said.
    pub decision: DecisionKind,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Where the cell stood after it.
    pub state: StateWord,
    /// Whether it acted.
    pub outcome: Outcome,
    /// Why it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
}

/// What an event spent, as `GET /v1/subjects/{s}/history` answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct HistoryUse {
    /// To which purpose.
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The event that gave the consent.
    pub consent: EventId,
}
