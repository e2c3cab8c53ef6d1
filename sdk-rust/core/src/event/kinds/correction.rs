use serde::{Deserialize, Serialize};

use crate::{
    event::{Cells, Direction, EventKind, Fact, Summary},
    id::EventId,
    state::{Applied, ApplyContext, SubjectState},
};

/// An earlier event was recorded wrongly (GDPR Art. 16). A correction can revoke grants and never creates one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// The corrected event.
    pub corrects: EventId,
    /// The error in it.
    pub fault: Fault,
    /// When the correction takes effect; Unix milliseconds. Absent: on receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<i64>,
}

/// The error that a correction reports. The earlier event itself is never edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It was recorded for the wrong person: its grants never held.
    WrongSubject,
    /// It was recorded for the wrong purpose or scope: its grants never held.
    WrongPurpose,
    /// A detail of the evidence was wrong; the decision stands.
    Evidence,
}

/// The public data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectedFault {
    fault: Fault,
}

/// The private data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CorrectedEvent {
    corrects: EventId,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    effective_from: Option<i64>,
}

impl Fault {
    /// The name of the error in the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::WrongSubject => "wrong_subject",
            Self::WrongPurpose => "wrong_purpose",
            Self::Evidence => "evidence",
        }
    }
}

impl EventKind for Correction {
    const TYPE: &'static str = "correction";
    const VERSION: u8 = 1;
    type Public = CorrectedFault;
    type Private = CorrectedEvent;

    fn direction(&self) -> Direction {
        match self.fault {
            Fault::WrongSubject | Fault::WrongPurpose => Direction::Restrictive,
            Fault::Evidence => Direction::Neutral,
        }
    }

    fn effective_from(&self) -> Option<i64> {
        self.effective_from
    }

    fn cells(&self) -> Cells<'_> {
        Cells::Every
    }

    fn split(self) -> (Self::Public, Self::Private) {
        let public = CorrectedFault { fault: self.fault };
        let private = CorrectedEvent {
            corrects: self.corrects,
            effective_from: self.effective_from,
        };
        (public, private)
    }

    fn join(public: Self::Public, private: Self::Private) -> Self {
        Self {
            corrects: private.corrects,
            fault: public.fault,
            effective_from: private.effective_from,
        }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        Applied::whole(match self.fault {
            Fault::WrongSubject | Fault::WrongPurpose => {
                state.invalidate_grants_of(cx, &self.corrects)
            }
            Fault::Evidence => Ok(()),
        })
    }

    fn summary(public: &Self::Public) -> Summary {
        Fact::plain("corrected")
            .with("fault", public.fault.as_str())
            .into()
    }
}
