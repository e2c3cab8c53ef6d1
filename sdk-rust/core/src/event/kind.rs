//! The trait that every kind of event implements.

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{cells::Cells, summary::Summary};
use crate::state::{Applied, ApplyContext, SubjectState};

/// A kind of event. The methods that decide effect, stored form and display have no default, so a new kind must define
/// them.
pub trait EventKind: Sized {
    /// The name in the log and the API. It never changes and is never reused for another kind.
    const TYPE: &'static str;

    /// The version of [`Self::Public`] and [`Self::Private`] that this program writes. A new field requires a new
    /// version; older versions remain readable.
    const VERSION: u8;

    /// The data of the opening `ctx`. They contain no time and nothing that singles out a person.
    type Public: Serialize + DeserializeOwned;

    /// The data of the opening `sub`.
    type Private: Serialize + DeserializeOwned;

    /// Whether the event restricts or permits processing.
    fn direction(&self) -> Direction;

    /// When the event takes effect, if it says so; Unix milliseconds. `None`: on receipt.
    fn effective_from(&self) -> Option<i64>;

    /// The cells that the event concerns. They are pending while a restrictive event is in flight. If it names cells,
    /// `apply` returns one result for each, in this order.
    fn cells(&self) -> Cells<'_>;

    /// Splits the event into the data of the two openings.
    fn split(self) -> (Self::Public, Self::Private);

    /// Joins the data that [`Self::split`] returned.
    fn join(public: Self::Public, private: Self::Private) -> Self;

    /// Applies the event to its subject's state. It never fails; an event that does not take effect changes nothing and
    /// returns the reason.
    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied;

    /// The summary for histories, `samtycke verify` and receipts.
    fn summary(public: &Self::Public) -> Summary;

    /// The result for an erased subject. A restrictive event succeeds because the erasure already covers it; nothing
    /// else changes.
    fn apply_to_erased(&self) -> Applied {
        Applied::on_erased(&self.cells(), self.direction().is_restrictive())
    }
}

/// The data of a kind that has none for an opening. The opening then has no `data`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoData {}

/// Whether an event restricts or permits processing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Direction {
    /// Restricts: accepted unconditionally, takes effect on receipt.
    Restrictive,
    /// Permits: a compare-and-set on what the sender had seen, where something can stand against it.
    Permissive,
    /// Restricts in one part and permits in another; each part follows its own rule.
    Mixed,
    /// Neither restricts nor permits.
    Neutral,
}

impl Direction {
    /// Whether any part restricts processing.
    pub fn is_restrictive(self) -> bool {
        match self {
            Self::Restrictive | Self::Mixed => true,
            Self::Permissive | Self::Neutral => false,
        }
    }

    /// Whether any part permits processing.
    pub fn is_permissive(self) -> bool {
        match self {
            Self::Permissive | Self::Mixed => true,
            Self::Restrictive | Self::Neutral => false,
        }
    }
}

/// The private data of a kind that records only when it takes effect.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Since {
    /// Unix milliseconds. Absent: on receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<i64>,
}
