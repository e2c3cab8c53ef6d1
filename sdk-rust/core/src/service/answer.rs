//! What is answered to a submission, a use and a check, from what a backend has recorded or judged.

use std::sync::Arc;

use crate::{
    decide::{Basis, Row, Verdict},
    decision::{Outcome, SupersededReason},
    event::{Event, EventBody, opening::EventResult},
    id::EventId,
    keys::Secret,
    position::Position,
    problem::{Problem, ProblemKind},
    reason::Reason,
    state::StateWord,
    submission::unheard_results,
    wire::{
        CellResponse, CheckResponse, DecisionResponse, EventResponse, RecordResponse, UseResponse,
        WithdrawalReceipt, facts, format_rfc3339,
    },
};

/// An event that is in a log, and what became of it: all that its sender learns.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AppendedEvent {
    /// Its id.
    pub event_id: EventId,
    /// Where its leaf stands.
    pub position: Position,
    /// Number within the subject's stream.
    pub seq: u64,
    /// Hash of its leaf; none where there is no tree, as in a double of the service.
    pub leaf_hash: Option<[u8; 32]>,
    /// When the log received it; Unix milliseconds.
    pub received_at: i64,
    /// What happened.
    pub body: EventBody,
    /// What became of it, and of each of its cells.
    pub results: Vec<EventResult>,
    /// Whether this is the answer to a retry.
    pub replayed: bool,
}

/// To which route a submission was sent. Only a withdrawal is answered with a receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Posted {
    /// `POST /v1/consents`.
    Consent,
    /// `POST /v1/withdrawals`.
    Withdrawal,
}

impl AppendedEvent {
    /// What a submission is answered. `key` makes the log's position tokens.
    pub fn answer(&self, posted: Posted, key: &Secret) -> RecordResponse {
        let position = self.position.token(key);
        RecordResponse {
            event_id: self.event_id.clone(),
            seq: Some(self.seq),
            index: Some(self.position.index),
            leaf_hash: self.leaf_hash.map(hex::encode),
            received_at: format_rfc3339(self.received_at),
            decisions: DecisionResponse::each(&self.body, &self.results),
            receipt: (posted == Posted::Withdrawal)
                .then(|| WithdrawalReceipt::of(Some(position.clone()), self.received_at)),
            position: Some(position),
            cookie: None,
        }
    }

    /// What a use that passed is answered: from what is in the log alone, so that a retry is answered as the first time.
    ///
    /// # Errors
    /// [`ProblemKind::Internal`] where the event is no use.
    pub fn use_answer(&self, key: &Secret) -> Result<UseResponse, Problem> {
        let EventBody::ConsentUsed(used) = &self.body else {
            return Err(ProblemKind::Internal.into());
        };
        let state = self.results.first().and_then(|result| result.state);
        let verdict = Verdict {
            allow: true,
            may_ask: false,
            reason: used.reason,
            basis: Some(Basis::Consent),
            state: state.ok_or(ProblemKind::Internal)?,
            seq: self.seq,
            valid_until: used.valid_until,
            rely_ms: 0,
            obligations: used.obligations.clone(),
            dependency: None,
            controller: None,
            controller_contact: None,
            parts: Vec::new(),
            historic: false,
            explain: None,
            row: Row::default(),
        };
        Ok(UseResponse {
            used: true,
            check: CheckResponse::of(verdict, self.position.token(key)),
            event_id: Some(self.event_id.clone()),
            index: Some(self.position.index),
            leaf_hash: self.leaf_hash.map(hex::encode),
            received_at: Some(format_rfc3339(self.received_at)),
        })
    }
}

/// Why a use did not pass. Nothing was recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseRejected {
    /// What the check answers.
    pub verdict: Verdict,
    /// The state that it was answered from.
    pub position: Position,
}

impl UseRejected {
    /// What the use is answered. `key` makes the log's position tokens.
    pub fn answer(self, key: &Secret) -> UseResponse {
        UseResponse {
            used: false,
            check: CheckResponse::of(self.verdict, self.position.token(key)),
            event_id: None,
            index: None,
            leaf_hash: None,
            received_at: None,
        }
    }
}

impl CheckResponse {
    /// A verdict, and the token of the state that it was given from.
    pub fn of(verdict: Verdict, position: impl Into<Arc<str>>) -> Self {
        Self {
            verdict,
            position: Some(position.into()),
        }
    }

    /// The denial of a service that cannot know better ([`Verdict::fail_closed`]), and the token of its head.
    pub fn failed_closed(reason: Reason, head: impl Into<Arc<str>>) -> Self {
        Self::of(Verdict::fail_closed(reason), head)
    }
}

/// What a restrictive event of a subject who was erased is answered: it is in force already (decisions.md 2.7), and gets
/// no leaf. `now` is Unix milliseconds.
pub fn already_erased(event: &Event, now: i64) -> RecordResponse {
    let in_force = EventResult {
        outcome: Outcome::Effective,
        reason: None,
        state: Some(StateWord::Erased),
    };
    let results = vec![in_force; event.body.cells().result_count()];
    RecordResponse {
        event_id: event.event_id.clone(),
        seq: None,
        index: None,
        position: None,
        leaf_hash: None,
        received_at: format_rfc3339(now),
        decisions: DecisionResponse::each(&event.body, &results),
        receipt: Some(WithdrawalReceipt::of(None, now)),
        cookie: None,
    }
}

impl AppendedEvent {
    /// What the sender of an event of another kind than a decision is answered. `key` makes the log's position tokens.
    pub fn event_answer(&self, key: &Secret) -> EventResponse {
        let position = self.position.token(key);
        let is_restrictive = self.body.direction().is_restrictive();
        let cells = cells(&self.body, &self.results);
        EventResponse {
            event_id: self.event_id.clone(),
            seq: Some(self.seq),
            index: Some(self.position.index),
            leaf_hash: self.leaf_hash.map(hex::encode),
            received_at: format_rfc3339(self.received_at),
            outcome: whole(&self.results).0,
            reason: whole(&self.results).1,
            cells,
            receipt: is_restrictive
                .then(|| WithdrawalReceipt::of(Some(position.clone()), self.received_at)),
            position: Some(position),
        }
    }
}

/// What a restrictive event of another kind is answered for a subject who was erased: it is in force already.
pub fn event_already_erased(event: &Event, now: i64) -> EventResponse {
    let in_force = EventResult {
        outcome: Outcome::Effective,
        reason: None,
        state: Some(StateWord::Erased),
    };
    let results = vec![in_force; event.body.cells().result_count()];
    EventResponse {
        event_id: event.event_id.clone(),
        seq: None,
        index: None,
        position: None,
        leaf_hash: None,
        received_at: format_rfc3339(now),
        outcome: Outcome::Effective,
        reason: None,
        cells: cells(&event.body, &results),
        receipt: Some(WithdrawalReceipt::of(None, now)),
    }
}

/// What a guardian's decisions about preventive services are answered: as for a subject that does not exist (rule E8).
pub fn unheard(event: &Event, now: i64) -> RecordResponse {
    RecordResponse {
        event_id: event.event_id.clone(),
        seq: None,
        index: None,
        position: None,
        leaf_hash: None,
        received_at: format_rfc3339(now),
        decisions: DecisionResponse::each(&event.body, &unheard_results(event)),
        receipt: None,
        cookie: None,
    }
}

/// What a guardian's event about a preventive service is answered: as for a subject that does not exist (rule E8).
pub fn event_unheard(event: &Event, now: i64) -> EventResponse {
    let results = &unheard_results(event);
    EventResponse {
        event_id: event.event_id.clone(),
        seq: None,
        index: None,
        position: None,
        leaf_hash: None,
        received_at: format_rfc3339(now),
        outcome: whole(results).0,
        reason: whole(results).1,
        cells: cells(&event.body, results),
        receipt: None,
    }
}

/// The outcome of an event as a whole: superseded if every part was, pending if a part waits for a guardian.
fn whole(results: &[EventResult]) -> (Outcome, Option<SupersededReason>) {
    let first = results.first();
    let all_alike = results
        .iter()
        .all(|r| first.is_some_and(|f| f.outcome == r.outcome));
    match first {
        Some(result) if all_alike => (result.outcome, result.reason),
        _ if results
            .iter()
            .any(|r| r.outcome == Outcome::PendingGuardian) =>
        {
            (Outcome::PendingGuardian, None)
        }
        _ => (Outcome::Effective, None),
    }
}

/// One for each purpose that the event names.
fn cells(body: &EventBody, results: &[EventResult]) -> Vec<CellResponse> {
    let facts = facts(body.summary(), results).into_iter();
    facts
        .filter_map(|fact| {
            Some(CellResponse {
                purpose: fact.purpose?,
                scope: fact.scope,
                state: fact.state,
                outcome: fact.outcome,
                reason: fact.reason,
            })
        })
        .collect()
}
