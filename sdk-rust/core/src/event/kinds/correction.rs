//! `correction`

use serde::{Deserialize, Serialize};

use crate::{
    event::{Direction, EventKind},
    id::EventId,
    state::{Applied, ApplyContext, SubjectState},
};

/// An earlier event was recorded wrongly (GDPR Art. 16). It can take grants back and never makes one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Correction {
    /// Which one.
    pub corrects: EventId,
    /// What was wrong.
    pub fault: Fault,
    /// Since when; Unix milliseconds. Absent: since it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<i64>,
}

/// What a correction says was wrong with an earlier event. The earlier event itself is never edited.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    /// It was recorded for another person: its grants never held.
    WrongSubject,
    /// It was recorded for another purpose or scope: its grants never held.
    WrongPurpose,
    /// A detail of the evidence was wrong; what was decided stands.
    Evidence,
}

impl EventKind for Correction {
    const TYPE: &'static str = "correction";

    fn direction(&self) -> Direction {
        match self.fault {
            Fault::WrongSubject | Fault::WrongPurpose => Direction::Restrictive,
            Fault::Evidence => Direction::Neutral,
        }
    }

    fn effective_from(&self) -> Option<i64> {
        self.effective_from
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        Applied::whole(match self.fault {
            Fault::WrongSubject | Fault::WrongPurpose => {
                state.invalidate_grants_of(cx, &self.corrects)
            }
            Fault::Evidence => Ok(()),
        })
    }
}
