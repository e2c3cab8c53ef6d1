//! A waiting submission: what it restricts, what it grants, and its age.

use jiff::Timestamp;
use samtycke_core::decision::{Decision, Method};
use samtycke_core::event::AFTER_EVENTS_MAX;
use samtycke_core::id::{EventId, SubjectId};
use samtycke_core::state::LATE_GRANT_MS;
use samtycke_core::wire::{ConsentRequest, DECISIONS_MAX, WithdrawalRequest};
use serde::{Deserialize, Serialize};

use crate::clock::Moment;

/// A submission as it is sent. Every attempt sends the same bytes, because its `event_id` stands for this body only.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Body {
    /// `POST /v1/consents`.
    Consent(Box<ConsentRequest>),
    /// `POST /v1/withdrawals`.
    Withdrawal(Box<WithdrawalRequest>),
}

/// The order of sending. An entry is sent only when no entry before it waits for the same subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Rank {
    /// It only restricts, and waits for nothing.
    No,
    /// It restricts, and grants something else.
    Both,
    /// It restricts nothing.
    Yes,
}

/// Why the server or the queue rejected a submission for good.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Refusal {
    /// The HTTP status; 0 for the queue's own rejection.
    pub(crate) status: u16,
    /// The problem's reason.
    pub(crate) reason: String,
}

/// A submission with what the queue knows about it.
#[derive(Clone)]
pub(crate) struct Entry {
    pub(crate) body: Body,
    /// The indexes of decisions that a later submission of this queue withdrew, ascending.
    pub(crate) taken_back: Vec<usize>,
    /// Its length in the journal.
    pub(crate) bytes: usize,
    /// Whether it is in the journal.
    pub(crate) durable: bool,
    /// When this process first saw it.
    pub(crate) met: Moment,
}

impl Body {
    pub(crate) fn event_id(&self) -> &EventId {
        match self {
            Self::Consent(said) => &said.event_id,
            Self::Withdrawal(said) => &said.event_id,
        }
    }

    pub(crate) fn subject(&self) -> &SubjectId {
        match self {
            Self::Consent(said) => &said.subject,
            Self::Withdrawal(said) => &said.subject,
        }
    }

    pub(crate) fn decisions(&self) -> &[Decision] {
        match self {
            Self::Consent(said) => &said.decisions,
            Self::Withdrawal(said) => &said.decisions,
        }
    }

    #[cfg(test)]
    pub(crate) fn after(&self) -> &[EventId] {
        match self {
            Self::Consent(said) => &said.after,
            Self::Withdrawal(said) => &said.after,
        }
    }

    fn occurred_at(&self) -> Option<&str> {
        match self {
            Self::Consent(said) => said.occurred_at.as_deref(),
            Self::Withdrawal(said) => said.occurred_at.as_deref(),
        }
    }

    /// Its restrictive decisions.
    pub(crate) fn narrowed(&self) -> impl Iterator<Item = &Decision> {
        let all = self.decisions().iter();
        all.filter(|said| said.decision.is_restrictive())
    }

    /// Its grants, with their indexes among the decisions.
    pub(crate) fn widened(&self) -> impl Iterator<Item = (usize, &Decision)> {
        let all = self.decisions().iter().enumerate();
        all.filter(|(_, said)| said.decision.is_permissive())
    }

    pub(crate) fn is_restrictive(&self) -> bool {
        self.narrowed().next().is_some()
    }

    pub(crate) fn is_grant(&self) -> bool {
        self.widened().next().is_some()
    }

    /// Whether it restricts a cell of the decision.
    pub(crate) fn narrows(&self, cell: &Decision) -> bool {
        self.narrowed()
            .any(|said| said.purpose == cell.purpose && said.scope == cell.scope)
    }

    pub(crate) fn rank(&self) -> Rank {
        match (self.is_restrictive(), self.is_grant()) {
            (true, false) => Rank::No,
            (true, true) => Rank::Both,
            (false, _) => Rank::Yes,
        }
    }

    /// When the decision was made, by the caller's clock, in Unix milliseconds.
    pub(crate) fn said_at(&self) -> Option<i64> {
        parse(self.occurred_at()?)
    }

    /// What the server would certainly reject, while the person can still be asked. A withdrawal is never rejected
    /// here.
    pub(crate) fn flaw(&self) -> Option<&'static str> {
        let Self::Consent(said) = self else {
            return None;
        };
        if self.is_restrictive() {
            return None;
        }
        if !(1..=DECISIONS_MAX).contains(&said.decisions.len()) {
            return Some("must hold 1 to 64 decisions");
        }
        if self.is_grant() && said.based_on.is_none() {
            return Some(
                "a grant needs based_on: the last seq of the subject that was seen, 0 for none",
            );
        }
        if self.is_grant() && said.method == Method::Api {
            return Some("a program cannot say yes: method must be how the person said it");
        }
        if said.occurred_at.is_some() && self.said_at().is_none() {
            return Some("occurred_at must be a time of RFC 3339");
        }
        None
    }

    /// Fills in the time, if it is absent, and the withdrawals that it follows.
    pub(crate) fn complete(&mut self, now: Moment, before: Vec<EventId>) {
        let known = self.said_at().is_some();
        let (occurred_at, after) = match self {
            Self::Consent(said) => (&mut said.occurred_at, &mut said.after),
            Self::Withdrawal(said) => (&mut said.occurred_at, &mut said.after),
        };
        if !known {
            *occurred_at = text(now.unix_ms);
        }
        for id in before {
            if after.len() < AFTER_EVENTS_MAX && !after.contains(&id) {
                after.push(id);
            }
        }
    }

    /// Whether this is the same submission as before under this id, apart from what the queue filled in.
    pub(crate) fn repeats(&self, completed: &Self) -> bool {
        let mut ours = self.clone();
        match (&mut ours, completed) {
            (Self::Consent(ours), Self::Consent(then)) => {
                ours.occurred_at.clone_from(&then.occurred_at);
                ours.after.clone_from(&then.after);
            }
            (Self::Withdrawal(ours), Self::Withdrawal(then)) => {
                ours.occurred_at.clone_from(&then.occurred_at);
                ours.after.clone_from(&then.after);
            }
            _ => return false,
        }
        ours == *completed
    }
}

impl Entry {
    /// Whether it is too old to take effect. Both clocks must say so: the wall clock, and the time since this process
    /// first saw it. A wall clock that leaps ahead drops no fresh grant. Where the clocks differ, as after a suspend,
    /// the entry is sent and the server decides.
    pub(crate) fn is_late(&self, now: Moment) -> bool {
        let Some(said) = self.body.said_at() else {
            return false;
        };
        let passed = now.monotonic.saturating_sub(self.met.monotonic).as_millis();
        let passed = i64::try_from(passed).unwrap_or(i64::MAX);
        let met_at = self.met.unix_ms.saturating_sub(said);
        let age = now.unix_ms.saturating_sub(said);
        let age = age.min(met_at.saturating_add(passed));
        self.body.rank() == Rank::Yes && self.body.is_grant() && age > LATE_GRANT_MS
    }
}

/// RFC 3339 in UTC with milliseconds, up to the year 9999.
fn text(unix_ms: i64) -> Option<String> {
    let at = Timestamp::from_millisecond(unix_ms).ok()?;
    Some(format!("{at:.3}"))
}

/// Reads it as the server does.
fn parse(text: &str) -> Option<i64> {
    (text.len() <= 40).then_some(())?;
    let at: Timestamp = text.parse().ok()?;
    Some(at.as_millisecond())
}
