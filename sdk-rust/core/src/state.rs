//! The state of one subject: everything that a check reads, and nothing else.
//!
//! A state holds facts, not conclusions. Whether a guardian's grant is missing, a consent has expired or a notice is
//! stale is computed for each check, from the facts and the register of that moment. So a register that narrows affects
//! every subject at once, without a write per subject. What the register decides when an event is received stays so
//! whatever the register becomes: whether the basis hears a refusal, whether the notice of a grant is current, whether
//! guardians are heard, and whether a controller may reject an objection.

mod acts;
mod applied;
mod cells;
mod context;
mod contracts;
mod guardians;
pub(crate) mod hearing;
mod merge;
mod signals;
mod standing;
#[cfg(test)]
mod tests;
mod voices;

use serde::{Deserialize, Serialize};

pub(crate) use self::{
    acts::{Grant, Refusal},
    voices::Voice,
};
pub use self::{
    applied::{Applied, ApplyResult, DecisionResult, LATE_GRANT_MS},
    cells::{
        AFTER_EVENTS_MAX, Authorisation, Cell, CellState, Objection, ObjectionState,
        RestrictiveSeqs, StateWord, VoiceRefusal,
    },
    context::ApplyContext,
    merge::{joint_seq, merge},
    signals::SourceSignals,
    standing::Standing,
};
use crate::{
    actor::Verification,
    age::{AgeBand, Country},
    id::{NoticeHash, PurposeId, ScopeValue, SubjectId},
    notice::Variant,
    purpose::Assurance,
    scope::Scope,
    wire::DECISIONS_MAX,
};

/// The closed state of one subject (decisions.md 3). JSON names are short, and what has its default is left out: the text is
/// parsed on the hot path.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubjectState {
    /// The seq of the last event.
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    pub seq: u64,
    /// When the last event was received; Unix milliseconds. A check never answers as of an earlier time, so a server
    /// clock that steps back revives nothing.
    #[serde(rename = "t", default, skip_serializing_if = "is_default")]
    pub at: i64,
    /// The cells, ordered by purpose and scope.
    #[serde(rename = "c", default, skip_serializing_if = "is_default")]
    pub cells: Vec<Cell>,
    /// The seq of the event that restricted processing (GDPR Art. 18), while the restriction stands.
    #[serde(rename = "r", default, skip_serializing_if = "is_default")]
    pub restricted: Option<u64>,
    /// The subject is erased; nothing else but seqs is left.
    #[serde(rename = "e", default, skip_serializing_if = "is_default")]
    pub erased: bool,
    /// Seqs that count as a refusal for every cell: restrictions and erasure.
    #[serde(rename = "n", default, skip_serializing_if = "is_default")]
    pub restrictive: RestrictiveSeqs,
    /// The subject that it was merged into.
    #[serde(rename = "m", default, skip_serializing_if = "is_default")]
    pub merged_into: Option<SubjectId>,
    /// Linked guardians, ordered by id.
    #[serde(rename = "g", default, skip_serializing_if = "is_default")]
    pub guardians: Vec<GuardianLink>,
    /// How many persons hold custody, as the last link said; 0 if no link was made.
    #[serde(rename = "h", default, skip_serializing_if = "is_default")]
    pub holders: u8,
    /// The seq of the last correction of the age downwards; 0 for none. A higher band acts only if its sender had seen it.
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    pub age_seq: u64,
    /// When the age band was received that is known now; Unix milliseconds.
    #[serde(rename = "v", default, skip_serializing_if = "is_default")]
    pub age_since: Option<i64>,
    /// The first instant at which the age band may be wrong because the person has grown; Unix milliseconds.
    #[serde(rename = "u", default, skip_serializing_if = "is_default")]
    pub age_until: Option<i64>,
    /// The age band, if it is known.
    #[serde(rename = "a", default, skip_serializing_if = "is_default")]
    pub age_band: Option<AgeBand>,
    /// The country of residence, if it is known.
    #[serde(rename = "y", default, skip_serializing_if = "is_default")]
    pub country: Option<Country>,
    /// The last notice delivered about each purpose, grouped by notice.
    #[serde(rename = "d", default, skip_serializing_if = "is_default")]
    pub deliveries: Vec<Delivery>,
    /// Contracts, ordered by id.
    #[serde(rename = "k", default, skip_serializing_if = "is_default")]
    pub contracts: Vec<Contract>,
    /// The seq since which the newest of the person's browsers that do so has signalled GPC.
    #[serde(rename = "p", default, skip_serializing_if = "is_default")]
    pub gpc_since: Option<u64>,
    /// The seq since which the newest of the person's browsers that do so has signalled DNT.
    #[serde(rename = "q", default, skip_serializing_if = "is_default")]
    pub dnt_since: Option<u64>,
    /// The signals that are on, by browser; empty while no browser that signals names itself.
    #[serde(rename = "w", default, skip_serializing_if = "is_default")]
    pub signals: Vec<SourceSignals>,
}

/// A guardian of the subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GuardianLink {
    /// The guardian's id.
    #[serde(rename = "i")]
    pub id: SubjectId,
    /// How parental responsibility was verified.
    #[serde(rename = "v")]
    pub verification: Verification,
}

/// A notice that the person was told, and its purposes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// The notice.
    #[serde(rename = "h")]
    pub notice: NoticeHash,
    /// The purposes, ordered.
    #[serde(rename = "p")]
    pub purposes: Vec<PurposeId>,
    /// When it was delivered; Unix milliseconds.
    #[serde(rename = "t", default, skip_serializing_if = "is_default")]
    pub at: i64,
    /// The variant that was delivered.
    #[serde(rename = "v", default, skip_serializing_if = "is_default")]
    pub variant: Variant,
}

/// A contract with the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contract {
    /// The tenant's opaque id.
    #[serde(rename = "i")]
    pub id: ScopeValue,
    /// The purposes that rest on it, ordered; empty if only its end is known.
    #[serde(rename = "p", default, skip_serializing_if = "is_default")]
    pub purposes: Vec<PurposeId>,
    /// The start, in Unix milliseconds; `None` if only its end is known.
    #[serde(rename = "b", default, skip_serializing_if = "is_default")]
    pub started_at: Option<i64>,
    /// The seq of the event that recorded the start; 0 if only its end is known.
    #[serde(rename = "s", default, skip_serializing_if = "is_default")]
    pub started_seq: u64,
    /// The end, in Unix milliseconds; the contract is over at that instant.
    #[serde(rename = "f", default, skip_serializing_if = "is_default")]
    pub ended_at: Option<i64>,
}

/// The most scopes of one purpose that one subject's browser decides on: twice as many as one event can name, 40 kB of
/// state at 300 B each. Anyone can open a browser's subject, and every event of a subject writes its state anew. Part of
/// what a stream leads to, so it does not change.
pub const SCOPES_PER_PURPOSE_MAX: usize = 2 * DECISIONS_MAX;

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl SubjectState {
    /// The cell of a purpose and scope, matched exactly.
    pub fn cell(&self, purpose: &PurposeId, scope: &Scope) -> Option<&Cell> {
        let at = self.find(purpose, scope).ok()?;
        self.cells.get(at)
    }

    /// The cell of a purpose and scope, or else a refusal or objection about every scope, which has none (rule E24). The
    /// refusal of every scope also comes before what is no decision, and before one that is older. A grant without a
    /// scope never answers for one.
    pub fn cell_or_every(&self, purpose: &PurposeId, scope: &Scope) -> Option<&Cell> {
        let every = self.cell(purpose, &Scope::None);
        let every = every.filter(|cell| !cell.state.is_granted());
        let exact = self.cell(purpose, scope);
        match (exact, every) {
            (Some(exact), Some(every)) => {
                let decided = exact.state.is_granted() || exact.state.is_refused();
                let stands = every
                    .refused_seq()
                    .is_some_and(|seq| !decided || seq > exact.seq);
                Some(if stands { every } else { exact })
            }
            (exact, every) => exact.or(every),
        }
    }

    /// The last delivery about a purpose.
    pub fn delivery(&self, purpose: &PurposeId) -> Option<&Delivery> {
        self.deliveries
            .iter()
            .find(|d| d.purposes.contains(purpose))
    }

    /// The last notice delivered about a purpose.
    pub fn delivered(&self, purpose: &PurposeId) -> Option<&NoticeHash> {
        self.delivery(purpose).map(|told| &told.notice)
    }

    /// Whether an event may add one more cell of a purpose, after `new` others. Only browsers are bounded.
    pub fn has_room(&self, assurance: Assurance, purpose: &PurposeId, new: usize) -> bool {
        let from = self.cells.partition_point(|cell| cell.purpose < *purpose);
        let to = self.cells.partition_point(|cell| cell.purpose <= *purpose);
        assurance >= Assurance::Server || to - from + new < SCOPES_PER_PURPOSE_MAX
    }

    fn find(&self, purpose: &PurposeId, scope: &Scope) -> Result<usize, usize> {
        self.cells
            .binary_search_by(|cell| (&cell.purpose, &cell.scope).cmp(&(purpose, scope)))
    }
}
