//! Refusals about subjects without a stream: what is kept of one, and what it is answered.
//!
//! Where the log knows nothing about a subject, a missing cell already denies. So a page's refusal needs no leaf for ever:
//! it is kept beside the log for [`MARK_MS`], longer than an older grant may take to arrive. If the subject's stream
//! begins meanwhile, its marks become the first leaves, and everything is as if they had been leaves from the start.

use std::sync::Arc;
use std::time::Duration;

use samtycke_core::decision::{Decision, Signals};
use samtycke_core::event::kinds::Decisions;
use samtycke_core::event::opening::EventResult;
use samtycke_core::event::{Actor, Event, EventBody};
use samtycke_core::id::EventId;
use samtycke_core::purpose::Assurance;
use samtycke_core::state::LATE_GRANT_MS;
use samtycke_core::wire::{
    DECISIONS_MAX, DecisionResponse, RecordResponse, WithdrawalReceipt, format_rfc3339,
};
use serde::{Deserialize, Serialize};

use crate::clock::{Environment, UnixMs};
use crate::store::mark::MarkRow;
use crate::store::{Store, StoreError, Stored};
use crate::tenant::Tenants;

/// How long a mark is kept; milliseconds: a day longer than a grant may take to arrive.
pub const MARK_MS: i64 = LATE_GRANT_MS + 24 * 60 * 60 * 1_000;
/// Most marks of one subject: as many events as a grant can name in `after`. A further refusal takes up the oldest.
pub(super) const MARKS_PER_SUBJECT_MAX: usize = 16;

/// How often marks and uses of prompts that no longer count are deleted. They stop counting by their own time, so this only
/// bounds how much longer they are stored.
const SWEEP_INTERVAL: Duration = Duration::from_hours(1);

/// Deletes marks that are older than [`MARK_MS`], and the uses of prompts that have expired.
#[derive(Debug, Clone)]
pub struct MarkSweeper {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Clock.
    pub environment: Environment,
}

impl MarkSweeper {
    /// Sweeps at once and then each hour. A failure is logged, and the next round tries again.
    pub async fn sweep_hourly(self) {
        loop {
            if let Err(error) = self.sweep().await {
                tracing::warn!(%error, "refusal marks could not be swept; the next hour tries again");
            }
            tokio::time::sleep(SWEEP_INTERVAL).await;
        }
    }

    /// Sweeps every log once; returns how many rows it deleted.
    ///
    /// # Errors
    /// The store's.
    pub async fn sweep(&self) -> Stored<usize> {
        let now = self.environment.plausible_now();
        let mut swept = 0;
        for tenant in self.tenants.all() {
            swept += self
                .store
                .sweep_marks(&tenant.log, now - MARK_MS, now)
                .await?;
        }
        Ok(swept)
    }
}

/// What is kept of a refusal. Nothing in it says whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct MarkFacts {
    /// The decisions; all are restrictive, and hold where there is no cell.
    pub(super) decisions: Vec<Decision>,
    /// The browser's signals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) signals: Option<Signals>,
}

/// A refusal that is kept as a mark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedRefusal {
    /// Its id.
    pub event_id: EventId,
    /// When the server received it.
    pub at: UnixMs,
    /// The number that it has once the stream begins: how many marks the subject has, with this one.
    pub seq: u64,
    /// The decisions.
    pub body: EventBody,
    /// The outcome of each.
    pub results: Vec<EventResult>,
    /// Whether this is the answer to a retry.
    pub replayed: bool,
}

impl MarkFacts {
    pub(super) fn of(event: &Event) -> Option<Self> {
        let EventBody::Decisions(Decisions(decisions)) = &event.body else {
            return None;
        };
        Some(Self {
            decisions: decisions.clone(),
            signals: event.signals,
        })
    }

    pub(super) fn read(row: &MarkRow) -> Stored<Self> {
        serde_json::from_str(&row.facts)
            .map_err(|_| StoreError::Contradiction("a refusal mark cannot be read".into()))
    }

    pub(super) fn to_text(&self) -> String {
        serde_json::to_string(self).expect("decisions are always JSON")
    }

    /// Adds the cells of an older mark, as far as one event can hold them.
    pub(super) fn take_up(&mut self, older: Self) {
        for decision in older.decisions {
            let same = |known: &Decision| {
                known.purpose == decision.purpose && known.scope == decision.scope
            };
            if self.decisions.len() < DECISIONS_MAX && !self.decisions.iter().any(same) {
                self.decisions.push(decision);
            }
        }
        self.signals = self.signals.or(older.signals);
    }

    /// The event that a mark stands for; the log gives its number and its time. When the server received the refusal is
    /// when it was made, as far as the log can say.
    pub(super) fn event(self, row: &MarkRow) -> Event {
        Event {
            seq: 0,
            received_at: 0,
            occurred_at: Some(row.at),
            event_id: row.event_id.clone(),
            actor: Actor::SUBJECT,
            assurance: Assurance::Browser,
            notice: None,
            language: None,
            method: None,
            based_on: 0,
            after_seqs: Vec::new(),
            signals: self.signals,
            body: EventBody::from(Decisions(self.decisions)),
        }
    }
}

impl MarkedRefusal {
    /// What the refusal is answered: it is in force, and stands nowhere in the log.
    pub fn answer(&self) -> RecordResponse {
        RecordResponse {
            event_id: self.event_id.clone(),
            seq: Some(self.seq),
            index: None,
            position: None,
            leaf_hash: None,
            received_at: format_rfc3339(self.at),
            decisions: DecisionResponse::each(&self.body, &self.results),
            receipt: Some(WithdrawalReceipt::of(None, self.at)),
            cookie: None,
        }
    }
}
