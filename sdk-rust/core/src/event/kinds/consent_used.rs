use serde::{Deserialize, Serialize};

use crate::{
    cell_ref::CellRef,
    decide::{Obligation, Verdict},
    event::{Cells, Direction, EventKind, Fact, Summary},
    id::{EventId, PurposeId},
    reason::Reason,
    scope::Scope,
    state::{Applied, ApplyContext, SubjectState},
};

/// A use spent a single-use consent. The event is a compare-and-set on the grant that it names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentUsed {
    /// The affected cell.
    pub cell: CellRef,
    /// The event that granted the consent.
    pub consent: EventId,
    /// The reason the check allowed the use. The log writer fills it in when it evaluates the check again, as it does
    /// the sequence number.
    pub reason: Reason,
    /// The obligations of the verdict.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub obligations: Vec<Obligation>,
    /// When the consent would have expired; Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<i64>,
}

/// The public data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedPublic {
    purpose: PurposeId,
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    scope: Scope,
    reason: Reason,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    obligations: Vec<Obligation>,
}

/// The private data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UsedPrivate {
    consent: EventId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    valid_until: Option<i64>,
}

impl ConsentUsed {
    /// A use that no check has evaluated yet.
    pub fn of(cell: CellRef, consent: EventId) -> Self {
        Self {
            cell,
            consent,
            reason: Reason::ConsentValid,
            obligations: Vec::new(),
            valid_until: None,
        }
    }

    /// Adds the verdict's reason, obligations and expiry.
    #[must_use]
    pub fn allowed_by(self, verdict: &Verdict) -> Self {
        Self {
            reason: verdict.reason,
            obligations: verdict.obligations.clone(),
            valid_until: verdict.valid_until,
            ..self
        }
    }
}

impl EventKind for ConsentUsed {
    const TYPE: &'static str = "consent.used";
    const VERSION: u8 = 1;
    type Public = UsedPublic;
    type Private = UsedPrivate;

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn cells(&self) -> Cells<'_> {
        Cells::one(&self.cell)
    }

    fn split(self) -> (Self::Public, Self::Private) {
        let CellRef { purpose, scope } = self.cell;
        let public = UsedPublic {
            purpose,
            scope,
            reason: self.reason,
            obligations: self.obligations,
        };
        let private = UsedPrivate {
            consent: self.consent,
            valid_until: self.valid_until,
        };
        (public, private)
    }

    fn join(public: Self::Public, private: Self::Private) -> Self {
        let UsedPublic {
            purpose,
            scope,
            reason,
            obligations,
        } = public;
        Self {
            cell: CellRef { purpose, scope },
            consent: private.consent,
            reason,
            obligations,
            valid_until: private.valid_until,
        }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        let result = state.spend(&self.cell, &self.consent);
        state.about(cx, &self.cell, result, false)
    }

    fn summary(public: &Self::Public) -> Summary {
        Fact::about("used", &public.purpose, &public.scope)
            .with("reason", public.reason.as_str())
            .into()
    }
}
