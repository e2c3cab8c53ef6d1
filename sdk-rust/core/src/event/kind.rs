//! What every kind of event has to say of itself.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{cells::Cells, summary::Summary};
use crate::state::{Applied, ApplyContext, SubjectState};

/// A kind of event. What decides whether it may act, what is written and what is shown has no default, so a new kind
/// cannot forget it.
pub trait EventKind: Sized {
    /// The name in the log and the API. Never changed or used for another kind.
    const TYPE: &'static str;

    /// The version of [`Self::Public`] and [`Self::Private`] that is written. A field more is another version, and the
    /// older ones are read for ever.
    const VERSION: u8;

    /// What goes into the opening `ctx`: nothing that singles out a person, and no time.
    type Public: Serialize + DeserializeOwned;

    /// What goes into the opening `sub`.
    type Private: Serialize + DeserializeOwned;

    /// Whether it narrows or widens what may be done.
    fn direction(&self) -> Direction;

    /// Since when it holds, where the event says so; Unix milliseconds. `None`: since it was received.
    fn effective_from(&self) -> Option<i64>;

    /// The cells it is about: those that are pending while a restrictive one is in flight. Where it names some, `apply`
    /// gives one result for each, in this order.
    fn cells(&self) -> Cells<'_>;

    /// The data of the two openings.
    fn split(self) -> (Self::Public, Self::Private);

    /// The event that [`Self::split`] took apart.
    fn join(public: Self::Public, private: Self::Private) -> Self;

    /// What it does to its subject's state. It never fails: an event that must not act changes nothing, and says why.
    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied;

    /// What histories, `samtycke verify` and receipts show of it.
    fn summary(public: &Self::Public) -> Summary;

    /// What is answered when the subject has been erased: a restrictive event is granted from that mark, and nothing else
    /// happens.
    fn apply_to_erased(&self) -> Applied {
        Applied::on_erased(&self.cells(), self.direction().is_restrictive())
    }
}

/// One of the two parts of a kind that has nothing to put there. Its opening has no `data`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoData {}

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

/// The private part of a kind that says no more than since when it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// Unix milliseconds. Absent: since it was received.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<i64>,
}
