//! What every kind of event has to say of itself.

use crate::state::{Applied, ApplyContext, SubjectState};

/// A kind of event. What decides whether it may act has no default, so a new kind cannot forget it.
pub trait EventKind {
    /// The name in the log and the API. Never changed or used for another kind.
    const TYPE: &'static str;

    /// Whether it narrows or widens what may be done.
    fn direction(&self) -> Direction;

    /// Since when it holds, where the event says so; Unix milliseconds. `None`: since it was received.
    fn effective_from(&self) -> Option<i64>;

    /// What it does to its subject's state. It never fails: an event that must not act changes nothing, and says why.
    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied;

    /// What is answered when the subject has been erased: a restrictive event is granted from that mark, and nothing else
    /// happens.
    fn apply_to_erased(&self) -> Applied {
        Applied::on_erased(self.direction().is_restrictive())
    }
}

/// Whether an event narrows or widens what may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Narrows it: accepted unconditionally, acts on receipt.
    Restrictive,
    /// Widens it: compare-and-set on what the sender had seen.
    Permissive,
    /// Narrows it in one part and widens it in another; each part is treated as its own.
    Mixed,
    /// Neither.
    Neutral,
}

impl Direction {
    /// Whether any part narrows what may be done.
    pub fn is_restrictive(self) -> bool {
        match self {
            Self::Restrictive | Self::Mixed => true,
            Self::Permissive | Self::Neutral => false,
        }
    }

    /// Whether any part widens what may be done.
    pub fn is_permissive(self) -> bool {
        match self {
            Self::Permissive | Self::Mixed => true,
            Self::Restrictive | Self::Neutral => false,
        }
    }
}
