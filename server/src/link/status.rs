//! What a person answered on a link's page, and whether it counts now.
//!
//! The answer is what the log recorded; whether it counts follows from the person's state as a check reads it. A grant
//! that has no effect must never be shown as a consent (GDPR Art. 5(1)(a), 7(1)).

use samtycke_core::decide::PurposeLookup;
use samtycke_core::decision::{DecisionKind, SupersededReason};
use samtycke_core::event::EventBody;
use samtycke_core::event::opening::EventResult;
use samtycke_core::purpose::Purpose;
use samtycke_core::reason::Reason;
use samtycke_core::state::{Cell, StateWord, SubjectState};

use crate::clock::UnixMs;

/// An answer, and whether it counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    /// A grant that is in force.
    Granted,
    /// A grant that waits for a guardian (GDPR Art. 8(1)).
    AwaitsGuardian,
    /// A grant to a purpose with an age rule, by a person whose age is not known.
    AwaitsAge,
    /// A grant that the person has taken back.
    TakenBack,
    /// A grant that does not count.
    WithoutEffect(Cause),
    /// A refusal.
    Refused,
    /// A refusal, after which a grant was given elsewhere that is in force.
    GrantedSince,
}

/// Why a grant does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cause {
    /// Another person's refusal stands.
    OtherRefusal,
    /// A refusal came first that the page had not shown.
    NewerRefusal,
    /// The notice no longer describes the processing.
    NoticeChanged,
    /// The controller no longer asks: the purpose is retired, or the consent was revoked or invalidated.
    Ended,
    /// The consent's validity has ended, or its single use is spent.
    Expired,
    /// Anything else.
    Other,
}

/// The state of the question's cell, and what is needed to read it.
pub(super) struct Now<'a> {
    pub subject: &'a SubjectState,
    pub cell: Option<&'a Cell>,
    pub purpose: Option<&'a Purpose>,
    pub purposes: &'a dyn PurposeLookup,
    /// Why a check denies it now; `None` if it allows.
    pub denied: Option<Reason>,
    /// Unix milliseconds.
    pub at: UnixMs,
}

impl Now<'_> {
    fn word(&self) -> StateWord {
        let at = self.at.max(self.subject.at);
        self.cell.map_or(StateWord::Unknown, |cell| {
            self.subject.word(cell, self.purposes, at)
        })
    }

    /// Whether only others than the person refuse.
    fn only_others_refuse(&self) -> bool {
        let mut refusals = self.cell.into_iter().flat_map(|cell| &cell.refusals);
        let is_other = |first: &samtycke_core::state::VoiceRefusal| first.guardian.is_some();
        refusals.next().is_some_and(is_other) && refusals.all(is_other)
    }

    fn is_spent(&self) -> bool {
        self.purpose.is_some_and(|purpose| purpose.single_use)
            && self.cell.is_some_and(|cell| cell.used)
    }

    fn age_is_missing(&self) -> bool {
        let needs_guardian = self.purpose.map_or(Some(false), |purpose| {
            self.subject.needs_guardian(purpose, self.at)
        });
        needs_guardian.is_none()
    }
}

/// Whether an event of a link grants.
pub(super) fn grants(body: &EventBody) -> bool {
    let EventBody::Decisions(said) = body else {
        return false;
    };
    let mut decisions = said.0.iter();
    decisions.all(|said| said.decision == DecisionKind::Given)
}

/// The status of an answer with this result in the log.
pub(super) fn status(granted: bool, result: Option<&EventResult>, now: &Now<'_>) -> Status {
    let word = now.word();
    let in_force = matches!(word, StateWord::Given | StateWord::Renewed);
    if !granted {
        return if in_force && now.denied.is_none() {
            Status::GrantedSince
        } else {
            Status::Refused
        };
    }
    // A later grant may be in force although this one never was.
    if !in_force && let Some(reason) = result.and_then(|result| result.reason) {
        return Status::WithoutEffect(Cause::of(reason));
    }
    of_word(word, now)
}

fn of_word(word: StateWord, now: &Now<'_>) -> Status {
    match word {
        StateWord::Given | StateWord::Renewed if now.is_spent() => {
            Status::WithoutEffect(Cause::Expired)
        }
        StateWord::Given | StateWord::Renewed if now.age_is_missing() => Status::AwaitsAge,
        StateWord::Given | StateWord::Renewed => now.denied.map_or(Status::Granted, |reason| {
            Status::WithoutEffect(Cause::of_denial(reason))
        }),
        StateWord::PendingGuardian => Status::AwaitsGuardian,
        StateWord::Refused | StateWord::Withdrawn if now.only_others_refuse() => {
            Status::WithoutEffect(Cause::OtherRefusal)
        }
        StateWord::Refused | StateWord::Withdrawn | StateWord::Objected | StateWord::Upheld => {
            Status::TakenBack
        }
        StateWord::Expired => Status::WithoutEffect(Cause::Expired),
        StateWord::Stale => Status::WithoutEffect(Cause::NoticeChanged),
        StateWord::Invalidated | StateWord::Revoked => Status::WithoutEffect(Cause::Ended),
        StateWord::Unknown
        | StateWord::Requested
        | StateWord::Deferred
        | StateWord::NotInformed
        | StateWord::Informed
        | StateWord::Rejected
        | StateWord::ContractLive
        | StateWord::ContractEnded
        | StateWord::Restricted
        | StateWord::Erased => Status::WithoutEffect(Cause::Other),
    }
}

impl Cause {
    /// Of a grant that stands in the state, and that a check denies all the same.
    fn of_denial(reason: Reason) -> Self {
        match reason {
            Reason::PurposeUnknown | Reason::PurposeRetired | Reason::BasisChanged => Self::Ended,
            _ => Self::Other,
        }
    }

    fn of(reason: SupersededReason) -> Self {
        match reason {
            SupersededReason::StandingNo => Self::OtherRefusal,
            SupersededReason::StaleGrant => Self::NewerRefusal,
            SupersededReason::NoticeStale => Self::NoticeChanged,
            SupersededReason::PurposeRetired
            | SupersededReason::BasisNotConsent
            | SupersededReason::BasisNotObjectable
            | SupersededReason::NotController => Self::Ended,
            SupersededReason::AlreadyUsed => Self::Expired,
            SupersededReason::LateGrant
            | SupersededReason::NotEntitled
            | SupersededReason::NothingToChange
            | SupersededReason::SubjectErased
            | SupersededReason::ContractClosed
            | SupersededReason::RegisterIncomplete => Self::Other,
        }
    }
}
