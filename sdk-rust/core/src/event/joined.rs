//! The state of the other subject that `subject.linked` and `subject.unmerged` carry: what can restrict the survivor.
//! Contracts, deliveries and guardians' grants are not joined (rule E22).

use serde::{Deserialize, Serialize};

use crate::{
    actor::Verification,
    age::{AgeBand, Country},
    decision::Signals,
    id::{EventId, NoticeHash, PurposeId, SubjectId},
    purpose::Assurance,
    scope::Scope,
    state::{
        Cell, CellState, GuardianLink, Objection, ObjectionState, RestrictiveSeqs, SourceSignals,
        SubjectState, VoiceRefusal,
    },
};

/// The state of another subject, as far as it is joined to this one.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Joined {
    /// The sequence number of its last event.
    pub seq: u64,
    /// When the server received that event; Unix milliseconds.
    pub at: i64,
    /// Its cells, ordered by purpose and scope.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cells: Vec<JoinedCell>,
    /// Whether it was restricted.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub restricted: bool,
    /// Whether it was erased.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub erased: bool,
    /// Whether an event ever restricted all of its cells.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub narrowed: bool,
    /// The signals of its browsers that are on.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub signals: Vec<Signals>,
    /// Its age band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band: Option<AgeBand>,
    /// The first instant at which the age band may be wrong; Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band_until: Option<i64>,
    /// Its country of residence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// Its guardians, ordered by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guardians: Vec<JoinedGuardian>,
    /// How many persons hold custody; 0 if no guardian was ever linked.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub holders: u8,
}

/// A guardian of the other subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinedGuardian {
    /// The guardian.
    pub guardian: SubjectId,
    /// How the controller verified parental responsibility.
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
    /// The scope.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The state after the last decision.
    pub state: CellState,
    /// When the decision was made; Unix milliseconds.
    pub at: i64,
    /// When the person said it, if that was before; Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub said_at: Option<i64>,
    /// The event of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// The notice that the person was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// Whether the grant was a separate, explicit statement.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explicit: bool,
    /// How strongly the decision is bound to the person.
    pub assurance: Assurance,
    /// Whether the person granted in spite of the browser's signal, while the signal lasts.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gpc_acknowledged: bool,
    /// Whether the single use was spent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub used: bool,
    /// The end of the campaign that stood when the grant was made; Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub campaign_end: Option<i64>,
    /// Whether the person decided, and not guardians alone.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub own: bool,
    /// The age band that was assumed at the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band_believed: Option<AgeBand>,
    /// The corrected age band.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub band_true: Option<AgeBand>,
    /// The refusals that stand, one per voice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<JoinedRefusal>,
    /// An objection and its outcome.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection: Option<JoinedObjection>,
    /// When that state of the objection was made; Unix milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub objection_at: Option<i64>,
    /// Whether an event ever restricted the cell.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub narrowed: bool,
}

/// A refusal that one voice has not lifted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinedRefusal {
    /// The guardian; absent for the person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub guardian: Option<SubjectId>,
    /// When it was said; Unix milliseconds.
    pub at: i64,
    /// Whether it withdrew a grant.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub withdrew: bool,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out a reference"
)]
fn is_zero(value: &u8) -> bool {
    *value == 0
}

/// The outcome of an objection.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum JoinedObjection {
    /// The controller has not decided yet.
    Objected,
    /// The controller accepted it.
    Upheld,
    /// The controller rejected it on compelling grounds.
    Rejected,
    /// The person withdrew it.
    Retracted,
}

impl From<&SubjectState> for Joined {
    fn from(state: &SubjectState) -> Self {
        let since = state.gpc_since.max(state.dnt_since);
        Self {
            seq: state.seq,
            at: state.at,
            cells: state.cells.iter().map(|cell| joined(cell, since)).collect(),
            restricted: state.restricted.is_some(),
            erased: state.erased,
            narrowed: !state.restrictive.is_empty(),
            signals: state
                .signals_by_source()
                .iter()
                .map(|on| Signals {
                    gpc: on.gpc.is_some(),
                    dnt: on.dnt.is_some(),
                    source: on.source,
                })
                .collect(),
            band: state.age_band,
            band_until: state.age_until,
            holders: state.holders,
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
        said_at: cell.said_at,
        event_id: cell.event_id.clone(),
        notice: cell.notice.clone(),
        explicit: cell.explicit,
        assurance: cell.assurance,
        gpc_acknowledged: cell.gpc_acknowledged.is_some_and(|ack| Some(ack) >= since),
        used: cell.used,
        campaign_end: cell.campaign_end,
        own: cell.own,
        band_believed: cell.band_believed,
        band_true: cell.band_true,
        refusals: cell
            .refusals
            .iter()
            .map(|refusal| JoinedRefusal {
                guardian: refusal.guardian.clone(),
                at: refusal.at,
                withdrew: refusal.withdrew,
            })
            .collect(),
        objection: cell.objection.map(|objection| match objection.state {
            ObjectionState::Objected => JoinedObjection::Objected,
            ObjectionState::Upheld => JoinedObjection::Upheld,
            ObjectionState::Rejected => JoinedObjection::Rejected,
            ObjectionState::Retracted => JoinedObjection::Retracted,
        }),
        objection_at: cell.objection.map(|objection| objection.at),
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
            said_at: cell.said_at,
            event_id: cell.event_id.clone(),
            notice: cell.notice.clone(),
            explicit: cell.explicit,
            assurance: cell.assurance,
            gpc_acknowledged: cell.gpc_acknowledged.then_some(seq),
            used: cell.used,
            campaign_end: cell.campaign_end,
            own: cell.own,
            own_event: cell.event_id.clone().filter(|_| cell.own),
            band_believed: cell.band_believed,
            band_true: cell.band_true,
            refusals: cell
                .refusals
                .iter()
                .map(|refusal| VoiceRefusal {
                    guardian: refusal.guardian.clone(),
                    seq,
                    at: refusal.at,
                    withdrew: refusal.withdrew,
                })
                .collect(),
            objection: cell.objection.map(|objection| Objection {
                state: match objection {
                    JoinedObjection::Objected => ObjectionState::Objected,
                    JoinedObjection::Upheld => ObjectionState::Upheld,
                    JoinedObjection::Rejected => ObjectionState::Rejected,
                    JoinedObjection::Retracted => ObjectionState::Retracted,
                },
                seq,
                at: cell.objection_at.unwrap_or(cell.at),
            }),
            restrictive: narrowed(cell.narrowed),
            ..Cell::new(cell.purpose.clone(), cell.scope.clone())
        };
        let mut cells: Vec<Cell> = joined.cells.iter().map(cell).collect();
        cells.sort_by(|a, b| (&a.purpose, &a.scope).cmp(&(&b.purpose, &b.scope)));
        let mut state = Self {
            seq,
            at: joined.at,
            cells,
            restricted: joined.restricted.then_some(seq),
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
            age_until: joined.band_until,
            holders: joined.holders,
            country: joined.country,
            ..Self::default()
        };
        let on = joined.signals.iter().map(|on| SourceSignals {
            source: on.source,
            gpc: on.gpc.then_some(seq),
            dnt: on.dnt.then_some(seq),
        });
        state.set_signals(on.collect());
        state
    }
}
