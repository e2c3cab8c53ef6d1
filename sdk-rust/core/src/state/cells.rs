//! One cell: a person's decisions about one purpose and scope.

use serde::{Deserialize, Serialize};

use super::is_default;
use crate::{
    actor::Verification,
    age::AgeBand,
    id::{EventId, NoticeHash, PurposeId, SubjectId},
    purpose::Assurance,
    scope::Scope,
};

/// The most events of its own offline queue that a permissive decision may name in `after`.
pub const AFTER_EVENTS_MAX: usize = 16;

/// The state of a cell (decisions.md 3). `Requested`, `PendingGuardian`, `Expired` and `Stale` are computed when a
/// check reads the cell, and never stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CellState {
    /// The person has not answered.
    #[default]
    Unknown,
    /// There is an answer that cannot count yet, and the person must be asked again.
    Requested,
    /// Postponed ("not now").
    Deferred,
    /// Granted.
    Given,
    /// Granted again.
    Renewed,
    /// Granted, without a guardian's authorisation yet.
    PendingGuardian,
    /// Refused.
    Refused,
    /// Withdrawn.
    Withdrawn,
    /// Granted, and expired.
    Expired,
    /// Granted on a notice that no longer describes the processing.
    Stale,
    /// The grant never was valid.
    Invalidated,
    /// The controller revoked it.
    Revoked,
}

impl CellState {
    /// A grant is on record, whether or not it counts.
    pub fn is_granted(self) -> bool {
        matches!(self, Self::Given | Self::Renewed)
    }

    /// A refusal or a withdrawal stands, by the person or a guardian.
    pub fn is_refused(self) -> bool {
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

/// The state of an objection (GDPR Art. 21), whether or not the person was informed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ObjectionState {
    /// Raised; processing is paused. For direct marketing this is final.
    #[serde(rename = "o")]
    Objected,
    /// The controller accepted it.
    #[serde(rename = "u")]
    Upheld,
    /// The controller rejected it with grounds.
    #[serde(rename = "r")]
    Rejected,
    /// The person retracted it.
    #[serde(rename = "t")]
    Retracted,
}

/// An objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Objection {
    /// The state of the objection.
    #[serde(rename = "s")]
    pub state: ObjectionState,
    /// The seq of the event that made this state.
    #[serde(rename = "n")]
    pub seq: u64,
    /// When this state was made first; Unix milliseconds. The deadline of GDPR Art. 12(3) and retention count from
    /// here.
    #[serde(rename = "t", default, skip_serializing_if = "is_default")]
    pub at: i64,
}

macro_rules! state_words {
    ($( $name:ident = $text:literal, )+) => {
        /// The word for a state in responses: that of a cell, an objection or a contract, whichever decided.
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

/// The seqs of the latest restrictive decisions, ascending. The newest alone would hide an unseen one behind one that
/// `after` names. One more than `after` can name is enough: if that many are newer than `based_on`, at least one is not
/// named, so the decision is blocked whatever older ones exist.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct RestrictiveSeqs(Vec<u64>);

impl RestrictiveSeqs {
    const KEPT: usize = AFTER_EVENTS_MAX + 1;

    /// A single seq.
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

    /// Whether a permissive decision that had seen `based_on` is blocked: a restrictive one is newer and not from the
    /// decision's own queue.
    pub fn block(&self, based_on: u64, after_seqs: &[u64]) -> bool {
        let own = &after_seqs[..after_seqs.len().min(AFTER_EVENTS_MAX)];
        self.0
            .iter()
            .any(|seq| *seq > based_on && !own.contains(seq))
    }

    /// The newest; 0 for none.
    pub fn newest(&self) -> u64 {
        self.0.last().copied().unwrap_or(0)
    }

    /// Whether it is empty.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A refusal or withdrawal that one voice has not lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VoiceRefusal {
    /// The guardian; `None` for the person.
    #[serde(rename = "i", default, skip_serializing_if = "is_default")]
    pub guardian: Option<SubjectId>,
    /// The seq of the event.
    #[serde(rename = "n")]
    pub seq: u64,
    /// When it was said, at the latest when it was received; Unix milliseconds.
    #[serde(rename = "t")]
    pub at: i64,
    /// Whether it withdrew a grant.
    #[serde(rename = "w", default, skip_serializing_if = "is_default")]
    pub withdrew: bool,
}

/// One guardian's grant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Authorisation {
    /// The guardian.
    #[serde(rename = "i")]
    pub guardian: SubjectId,
    /// The event's id.
    #[serde(rename = "e")]
    pub event_id: EventId,
    /// When it was said, at the latest when it was received; Unix milliseconds.
    #[serde(rename = "t")]
    pub at: i64,
    /// How parental responsibility was verified at the grant; a guardian who is linked has it in the link.
    #[serde(rename = "v", default, skip_serializing_if = "is_default")]
    pub verification: Verification,
    /// Whether the grant is explicit, in a statement of its own.
    #[serde(rename = "x", default, skip_serializing_if = "is_default")]
    pub explicit: bool,
    /// The assurance of the guardian's grant.
    #[serde(rename = "a", default, skip_serializing_if = "is_default")]
    pub assurance: Assurance,
}

/// A person's decisions about one purpose and scope.
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
    /// The scope.
    #[serde(rename = "o", default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The stored state; a check computes others from it: see [`CellState`].
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    pub state: CellState,
    /// The seq of the event that made the state.
    #[serde(rename = "q", default, skip_serializing_if = "is_default")]
    pub seq: u64,
    /// When that event was received; Unix milliseconds.
    #[serde(rename = "t", default, skip_serializing_if = "is_default")]
    pub at: i64,
    /// When it was said, if that was before it was received; Unix milliseconds.
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    pub said_at: Option<i64>,
    /// The event's id.
    #[serde(rename = "i", default, skip_serializing_if = "is_default")]
    pub event_id: Option<EventId>,
    /// The notice that was answered.
    #[serde(rename = "h", default, skip_serializing_if = "is_default")]
    pub notice: Option<NoticeHash>,
    /// Whether the grant is explicit, in a statement of its own.
    #[serde(rename = "x", default, skip_serializing_if = "is_default")]
    pub explicit: bool,
    /// The assurance of the grant.
    #[serde(rename = "a", default, skip_serializing_if = "is_default")]
    pub assurance: Assurance,
    /// The seq of a grant that acknowledged the browser's signal.
    #[serde(rename = "k", default, skip_serializing_if = "is_default")]
    pub gpc_acknowledged: Option<u64>,
    /// When the campaign of the scope ended or was to end, as it stood at the grant; Unix milliseconds.
    #[serde(rename = "d", default, skip_serializing_if = "is_default")]
    pub campaign_end: Option<i64>,
    /// Whether the single use is spent.
    #[serde(rename = "u", default, skip_serializing_if = "is_default")]
    pub used: bool,
    /// Whether the person granted it themself.
    #[serde(rename = "w", default, skip_serializing_if = "is_default")]
    pub own: bool,
    /// The event of the person's own grant, if a guardian's came after it.
    #[serde(rename = "v", default, skip_serializing_if = "is_default")]
    pub own_event: Option<EventId>,
    /// The guardians who granted, ordered by id.
    #[serde(rename = "z", default, skip_serializing_if = "is_default")]
    pub authorised: Vec<Authorisation>,
    /// Whether every guardian linked at the time granted.
    #[serde(rename = "l", default, skip_serializing_if = "is_default")]
    pub by_all_guardians: bool,
    /// The age band that was believed at the time of the grant, or the first that became known after.
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    pub band_believed: Option<AgeBand>,
    /// The age band that was true at the time of the grant, as far as is known now: a correction downwards lowers it.
    #[serde(rename = "c", default, skip_serializing_if = "is_default")]
    pub band_true: Option<AgeBand>,
    /// The refusals that stand, one per voice: the person's own and each guardian's. Only the same voice lifts one.
    #[serde(rename = "y", default, skip_serializing_if = "is_default")]
    pub refusals: Vec<VoiceRefusal>,
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
            said_at: None,
            event_id: None,
            notice: None,
            explicit: false,
            assurance: Assurance::Browser,
            gpc_acknowledged: None,
            campaign_end: None,
            used: false,
            own: false,
            own_event: None,
            authorised: Vec::new(),
            by_all_guardians: false,
            band_believed: None,
            band_true: None,
            refusals: Vec::new(),
            objection: None,
            restrictive: RestrictiveSeqs::default(),
        }
    }

    /// The seq of the newest refusal that stands, by any voice.
    pub(super) fn refused_seq(&self) -> Option<u64> {
        let state = Some(self.seq).filter(|_| self.state.is_refused());
        let voices = self.refusals.iter().map(|refusal| refusal.seq);
        voices.chain(state).max()
    }

    /// When the person said it, at the latest when it was received; Unix milliseconds. Validity and the wait before
    /// asking again count from here (rule E20).
    pub fn from(&self) -> i64 {
        self.said_at.map_or(self.at, |said| said.min(self.at))
    }

    /// Removes every trace of a grant; refusals stay.
    pub(super) fn clear_grant(&mut self) {
        let empty = Self::new(self.purpose.clone(), self.scope.clone());
        *self = Self {
            state: self.state,
            seq: self.seq,
            at: self.at,
            said_at: self.said_at,
            event_id: self.event_id.take(),
            notice: self.notice.take(),
            refusals: std::mem::take(&mut self.refusals),
            objection: self.objection,
            restrictive: std::mem::take(&mut self.restrictive),
            ..empty
        };
    }
}
