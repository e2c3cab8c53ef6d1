//! What `subject.linked` and `subject.unmerged` carry of the other subject: the cells that are joined, and what narrows
//! them. Its contracts and deliveries are not taken over, and neither are guardians' grants: both sides are asked again.

use serde::{Deserialize, Serialize};

use crate::{
    actor::Verification,
    age::{AgeBand, Country},
    id::{EventId, NoticeHash, PurposeId, SubjectId},
    purpose::Assurance,
    scope::Scope,
    state::{
        Cell, CellState, GuardianLink, Objection, ObjectionState, RestrictiveSeqs, SubjectState,
    },
};

/// Another subject, as far as it is joined to this one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct Joined {
    /// The number of its last event.
    pub seq: u64,
    /// When that was received; Unix milliseconds.
    pub at: i64,
    /// Its cells, ordered by purpose and scope.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<JoinedCell>,
    /// It was restricted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restricted: bool,
    /// It was erased.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
    /// Something once narrowed all of its cells.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub narrowed: bool,
    /// Its browser signals GPC.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gpc: bool,
    /// Its browser signals DNT.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub dnt: bool,
    /// Its age band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<AgeBand>,
    /// Where the person lives.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Its guardians, ordered by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guardians: Vec<JoinedGuardian>,
}

/// A guardian of the other subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinedGuardian {
    /// Who.
    pub guardian: SubjectId,
    /// How parental responsibility was verified.
    pub verification: Verification,
}

/// A cell of the other subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "facts that are independent of each other"
)]
pub struct JoinedCell {
    /// The purpose.
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// What was said last.
    pub state: CellState,
    /// When; Unix milliseconds.
    pub at: i64,
    /// In which event.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// In front of which notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// As a statement of its own.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explicit: bool,
    /// How strongly it is bound to the person.
    pub assurance: Assurance,
    /// In spite of the browser's signal, while that lasts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gpc_acknowledged: bool,
    /// The single use was spent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub used: bool,
    /// By the person, not by guardians alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// The band that was believed then.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band_believed: Option<AgeBand>,
    /// The band that it turned out to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band_true: Option<AgeBand>,
    /// An objection, and what became of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection: Option<JoinedObjection>,
    /// It was narrowed once.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub narrowed: bool,
}

/// What became of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinedObjection {
    /// It waits for the controller.
    Objected,
    /// The controller accepted it.
    Upheld,
    /// The controller has compelling grounds.
    Rejected,
    /// The person took it back.
    Retracted,
}

impl From<&SubjectState> for Joined {
    fn from(state: &SubjectState) -> Self {
        let since = state.gpc_since.max(state.dnt_since);
        Self {
            seq: state.seq,
            at: state.at,
            cells: state.cells.iter().map(|cell| joined(cell, since)).collect(),
            restricted: state.restricted,
            erased: state.erased,
            narrowed: !state.restrictive.is_empty(),
            gpc: state.gpc_since.is_some(),
            dnt: state.dnt_since.is_some(),
            band: state.age_band,
            country: state.country,
            guardians: state
                .guardians
                .iter()
                .map(|link| JoinedGuardian {
                    guardian: link.id.clone(),
                    verification: link.verification,
                })
                .collect(),
        }
    }
}

/// An acknowledgement from before a signal does not count.
fn joined(cell: &Cell, since: Option<u64>) -> JoinedCell {
    JoinedCell {
        purpose: cell.purpose.clone(),
        scope: cell.scope.clone(),
        state: cell.state,
        at: cell.at,
        event_id: cell.event_id.clone(),
        notice: cell.notice.clone(),
        explicit: cell.explicit,
        assurance: cell.assurance,
        gpc_acknowledged: cell.gpc_acknowledged.is_some_and(|ack| Some(ack) >= since),
        used: cell.used,
        own: cell.own,
        band_believed: cell.band_believed,
        band_true: cell.band_true,
        objection: cell.objection.map(|objection| match objection.state {
            ObjectionState::Objected => JoinedObjection::Objected,
            ObjectionState::Upheld => JoinedObjection::Upheld,
            ObjectionState::Rejected => JoinedObjection::Rejected,
            ObjectionState::Retracted => JoinedObjection::Retracted,
        }),
        narrowed: !cell.restrictive.is_empty(),
    }
}

impl From<&Joined> for SubjectState {
    fn from(joined: &Joined) -> Self {
        let (seq, narrowed) = (joined.seq, |any| {
            if any {
                RestrictiveSeqs::only(joined.seq)
            } else {
                RestrictiveSeqs::default()
            }
        });
        let cell = |cell: &JoinedCell| Cell {
            state: cell.state,
            seq,
            at: cell.at,
            event_id: cell.event_id.clone(),
            notice: cell.notice.clone(),
            explicit: cell.explicit,
            assurance: cell.assurance,
            gpc_acknowledged: cell.gpc_acknowledged.then_some(seq),
            used: cell.used,
            own: cell.own,
            own_event: cell.event_id.clone().filter(|_| cell.own),
            band_believed: cell.band_believed,
            band_true: cell.band_true,
            objection: cell.objection.map(|objection| Objection {
                state: match objection {
                    JoinedObjection::Objected => ObjectionState::Objected,
                    JoinedObjection::Upheld => ObjectionState::Upheld,
                    JoinedObjection::Rejected => ObjectionState::Rejected,
                    JoinedObjection::Retracted => ObjectionState::Retracted,
                },
                seq,
            }),
            restrictive: narrowed(cell.narrowed),
            ..Cell::new(cell.purpose.clone(), cell.scope.clone())
        };
        let mut cells: Vec<Cell> = joined.cells.iter().map(cell).collect();
        cells.sort_by(|a, b| (&a.purpose, &a.scope).cmp(&(&b.purpose, &b.scope)));
        Self {
            seq,
            at: joined.at,
            cells,
            restricted: joined.restricted,
            erased: joined.erased,
            restrictive: narrowed(joined.narrowed),
            guardians: joined
                .guardians
                .iter()
                .map(|link| GuardianLink {
                    id: link.guardian.clone(),
                    verification: link.verification,
                })
                .collect(),
            age_band: joined.band,
            country: joined.country,
            gpc_since: joined.gpc.then_some(seq),
            dnt_since: joined.dnt.then_some(seq),
            ..Self::default()
        }
    }
}
