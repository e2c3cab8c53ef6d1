//! One cell: what one person said about one purpose and scope.

use serde::{Deserialize, Serialize};

use super::is_default;
use crate::{
    age::AgeBand,
    id::{EventId, NoticeHash, PurposeId, SubjectId},
    purpose::Assurance,
    scope::Scope,
};

/// How many events of its own offline queue a permissive decision may name in `after`.
pub const AFTER_EVENTS_MAX: usize = 16;

/// Where a cell stands (decisions.md 3). `Requested`, `PendingGuardian`, `Expired` and `Stale` are concluded when read and
/// never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// Nobody has answered.
    #[default]
    Unknown,
    /// There is an answer that cannot count yet, and the person is to be asked again.
    Requested,
    /// Not now.
    Deferred,
    /// Yes.
    Given,
    /// Yes, again.
    Renewed,
    /// Yes, but a guardian has not authorised it.
    PendingGuardian,
    /// No.
    Refused,
    /// No longer.
    Withdrawn,
    /// Yes once, but its time is over.
    Expired,
    /// Yes once, but to a notice that no longer says what is done.
    Stale,
    /// It was never valid.
    Invalidated,
    /// The controller took it out of use.
    Revoked,
}

impl CellState {
    /// A yes is on record, whether or not it counts.
    pub fn is_yes(self) -> bool {
        matches!(self, Self::Given | Self::Renewed)
    }

    /// A no stands, whoever said it.
    pub fn is_no(self) -> bool {
        matches!(
            self,
            Self::Refused | Self::Withdrawn | Self::Invalidated | Self::Revoked
        )
    }

    /// The word in the API.
    pub fn as_str(self) -> &'static str {
        StateWord::from(self).as_str()
    }
}

/// Where an objection stands (GDPR Art. 21), apart from whether the person was informed at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ObjectionState {
    /// Raised; processing is paused. For direct marketing that is already final.
    #[serde(rename = "o")]
    Objected,
    /// The controller accepted it.
    #[serde(rename = "u")]
    Upheld,
    /// The controller rejected it with grounds.
    #[serde(rename = "r")]
    Rejected,
    /// The person took it back.
    #[serde(rename = "t")]
    Retracted,
}

/// An objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// Where it stands.
    #[serde(rename = "s")]
    pub state: ObjectionState,
    /// The seq at which it came to stand there.
    #[serde(rename = "n")]
    pub seq: u64,
}

macro_rules! state_words {
    ($( $name:ident = $text:literal, )+) => {
        /// The word for a state in answers: a cell's, an objection's or a contract's, whichever decided.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[serde(rename_all = "snake_case")]
        pub enum StateWord {
            $( #[doc = concat!("`", $text, "`")] $name, )+
        }

        impl StateWord {
            /// Every word.
            pub const ALL: &'static [Self] = &[$( Self::$name, )+];

            /// The word in the API.
            pub const fn as_str(self) -> &'static str {
                match self { $( Self::$name => $text, )+ }
            }
        }
    };
}

state_words! {
    Unknown = "unknown",
    Requested = "requested",
    Deferred = "deferred",
    Given = "given",
    Renewed = "renewed",
    PendingGuardian = "pending_guardian",
    Refused = "refused",
    Withdrawn = "withdrawn",
    Expired = "expired",
    Stale = "stale",
    Invalidated = "invalidated",
    Revoked = "revoked",
    NotInformed = "not_informed",
    Informed = "informed",
    Objected = "objected",
    Upheld = "upheld",
    Rejected = "rejected",
    ContractLive = "contract_live",
    ContractEnded = "contract_ended",
    Restricted = "restricted",
    Erased = "erased",
}

impl From<CellState> for StateWord {
    fn from(state: CellState) -> Self {
        match state {
            CellState::Unknown => Self::Unknown,
            CellState::Requested => Self::Requested,
            CellState::Deferred => Self::Deferred,
            CellState::Given => Self::Given,
            CellState::Renewed => Self::Renewed,
            CellState::PendingGuardian => Self::PendingGuardian,
            CellState::Refused => Self::Refused,
            CellState::Withdrawn => Self::Withdrawn,
            CellState::Expired => Self::Expired,
            CellState::Stale => Self::Stale,
            CellState::Invalidated => Self::Invalidated,
            CellState::Revoked => Self::Revoked,
        }
    }
}

impl From<ObjectionState> for StateWord {
    fn from(state: ObjectionState) -> Self {
        match state {
            ObjectionState::Objected => Self::Objected,
            ObjectionState::Upheld => Self::Upheld,
            ObjectionState::Rejected => Self::Rejected,
            ObjectionState::Retracted => Self::Informed,
        }
    }
}

/// The seqs of the latest restrictive decisions, ascending: the newest alone would hide an unseen no behind one that
/// `after` names. One more than `after` can name is enough, for if that many are newer than `based_on`, at least one
/// of them is unnamed, and so the decision is blocked whatever older ones there were.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RestrictiveSeqs(Vec<u64>);

impl RestrictiveSeqs {
    const KEPT: usize = AFTER_EVENTS_MAX + 1;

    /// Just this one.
    pub fn only(seq: u64) -> Self {
        Self(vec![seq])
    }

    /// Remembers a restrictive decision.
    pub fn push(&mut self, seq: u64) {
        if self.0.last() != Some(&seq) {
            self.0.push(seq);
        }
        if self.0.len() > Self::KEPT {
            self.0.remove(0);
        }
    }

    /// Whether a permissive decision that had seen `based_on` must not act: some restrictive one is newer and not among
    /// those of its own queue.
    pub fn block(&self, based_on: u64, after_seqs: &[u64]) -> bool {
        let own = &after_seqs[..after_seqs.len().min(AFTER_EVENTS_MAX)];
        self.0
            .iter()
            .any(|seq| *seq > based_on && !own.contains(seq))
    }

    /// The newest; 0: none.
    pub fn newest(&self) -> u64 {
        self.0.last().copied().unwrap_or(0)
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// One guardian's yes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorisation {
    /// Who.
    #[serde(rename = "i")]
    pub guardian: SubjectId,
    /// The event.
    #[serde(rename = "e")]
    pub event_id: EventId,
    /// When it was received; Unix milliseconds.
    #[serde(rename = "t")]
    pub at: i64,
    /// A statement of its own.
    #[serde(rename = "x", default, skip_serializing_if = "is_default")]
    pub explicit: bool,
    /// How strongly it is bound to the guardian.
    #[serde(rename = "a", default, skip_serializing_if = "is_default")]
    pub assurance: Assurance,
}

/// What one person said about one purpose and scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct Cell {
    /// The purpose.
    #[serde(rename = "p")]
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(rename = "o", default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Where it stands, by the words alone: see [`CellState`] for what is concluded when read.
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    pub state: CellState,
    /// The seq of the event that made the state.
    #[serde(rename = "q", default, skip_serializing_if = "is_default")]
    pub seq: u64,
    /// When that event was received; Unix milliseconds. Validity and the wait before asking again count from here.
    #[serde(rename = "t", default, skip_serializing_if = "is_default")]
    pub at: i64,
    /// Its id.
    #[serde(rename = "i", default, skip_serializing_if = "is_default")]
    pub event_id: Option<EventId>,
    /// The notice that was answered.
    #[serde(rename = "h", default, skip_serializing_if = "is_default")]
    pub notice: Option<NoticeHash>,
    /// The yes is a statement of its own.
    #[serde(rename = "x", default, skip_serializing_if = "is_default")]
    pub explicit: bool,
    /// How strongly the yes is bound to the person.
    #[serde(rename = "a", default, skip_serializing_if = "is_default")]
    pub assurance: Assurance,
    /// The seq of a yes that acknowledged the browser's signal.
    #[serde(rename = "k", default, skip_serializing_if = "is_default")]
    pub gpc_acknowledged: Option<u64>,
    /// The single use is spent.
    #[serde(rename = "u", default, skip_serializing_if = "is_default")]
    pub used: bool,
    /// The person said yes themself.
    #[serde(rename = "w", default, skip_serializing_if = "is_default")]
    pub own: bool,
    /// The event of that yes, where a guardian's came after it.
    #[serde(rename = "v", default, skip_serializing_if = "is_default")]
    pub own_event: Option<EventId>,
    /// The guardians who said yes, ordered by id.
    #[serde(rename = "z", default, skip_serializing_if = "is_default")]
    pub authorised: Vec<Authorisation>,
    /// Every guardian linked at the time said yes.
    #[serde(rename = "l", default, skip_serializing_if = "is_default")]
    pub by_all_guardians: bool,
    /// The band that was believed when the yes was said, or the first that became known after.
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    pub band_believed: Option<AgeBand>,
    /// The band that was true when the yes was said, as far as known now: a correction downwards lowers it.
    #[serde(rename = "c", default, skip_serializing_if = "is_default")]
    pub band_true: Option<AgeBand>,
    /// An objection.
    #[serde(rename = "j", default, skip_serializing_if = "is_default")]
    pub objection: Option<Objection>,
    /// The latest restrictive decisions about the cell.
    #[serde(rename = "n", default, skip_serializing_if = "is_default")]
    pub restrictive: RestrictiveSeqs,
}

impl Cell {
    /// An empty cell.
    pub fn new(purpose: PurposeId, scope: Scope) -> Self {
        Self {
            purpose,
            scope,
            state: CellState::Unknown,
            seq: 0,
            at: 0,
            event_id: None,
            notice: None,
            explicit: false,
            assurance: Assurance::Browser,
            gpc_acknowledged: None,
            used: false,
            own: false,
            own_event: None,
            authorised: Vec::new(),
            by_all_guardians: false,
            band_believed: None,
            band_true: None,
            objection: None,
            restrictive: RestrictiveSeqs::default(),
        }
    }

    /// Takes every trace of a yes away; what was said against it stays.
    pub(super) fn clear_yes(&mut self) {
        let empty = Self::new(self.purpose.clone(), self.scope.clone());
        *self = Self {
            state: self.state,
            seq: self.seq,
            at: self.at,
            event_id: self.event_id.take(),
            notice: self.notice.take(),
            objection: self.objection,
            restrictive: std::mem::take(&mut self.restrictive),
            ..empty
        };
    }
}
