//! What a subject's state knows about the events from which retention periods run.

use super::{Anchors, add_calendar};
use crate::{
    age::AgeBand,
    decide::PurposeLookup,
    notice_standing::NoticeStanding,
    purpose::Purpose,
    scope::Scope,
    state::{Cell, CellState, Contract, ObjectionState, SubjectState},
};

/// The last contract ended.
pub(crate) const CONTRACT_ENDED: &str = "contract.ended";
const CAMPAIGN_ENDED: &str = "campaign.ended";
const CONSENT_WITHDRAWN: &str = "consent.withdrawn";
const CONSENT_REFUSED: &str = "consent.refused";
const CONSENT_EXPIRED: &str = "consent.expired";
const CONSENT_REVOKED: &str = "consent.revoked";
pub(super) const CONSENT_INVALIDATED: &str = "consent.invalidated";
const OBJECTION_RAISED: &str = "objection.objected";
const OBJECTION_UPHELD: &str = "objection.upheld";
const SUBJECT_ERASED: &str = "subject.erased";

/// The events that end `while(purpose.active)` if the register binds none: those after which the purpose's own rows
/// permit nothing (GDPR Art. 5(1)(e), 17(1)).
pub fn default_end_events(purpose: &Purpose) -> Vec<&'static str> {
    let mode = purpose.check_mode;
    let mut events = Vec::new();
    if mode.asks_consent() {
        events.extend([
            CONSENT_WITHDRAWN,
            CONSENT_EXPIRED,
            CONSENT_INVALIDATED,
            CONSENT_REVOKED,
            CONSENT_REFUSED,
        ]);
    }
    if purpose.check_mode.rests_on_contract() {
        events.push(CONTRACT_ENDED);
    }
    if mode.takes_objection() {
        events.push(OBJECTION_UPHELD);
    }
    if purpose.direct_marketing {
        events.push(OBJECTION_RAISED);
    }
    events.extend([
        super::anchors::ACCOUNT_DEREGISTERED,
        "purpose.retired",
        SUBJECT_ERASED,
    ]);
    events
}

/// The instant from which a grant no longer counts by itself: the end of its validity or of its campaign, whichever is
/// first; Unix milliseconds. `from` is the start of its validity.
pub(crate) fn grant_ends(
    register: &dyn PurposeLookup,
    purpose: &Purpose,
    cell: &Cell,
    from: i64,
) -> Option<i64> {
    let validity = purpose.validity.as_ref();
    let own = validity.map(|duration| add_calendar(from, duration));
    let ends = [own, campaign_ends(register, cell)];
    ends.into_iter().flatten().min()
}

/// The end of a cell's campaign: as it stood at the grant, or earlier if it was moved since. A later day that is published
/// after an earlier one prolongs nothing.
fn campaign_ends(register: &dyn PurposeLookup, cell: &Cell) -> Option<i64> {
    let Scope::Campaign { campaign, .. } = &cell.scope else {
        return None;
    };
    let since = register.campaign_end_since(campaign, cell.at);
    [cell.campaign_end, since].into_iter().flatten().min()
}

impl SubjectState {
    /// The events about a purpose that have happened at `now` (Unix milliseconds) and that nothing has undone. A later
    /// grant, contract or retraction removes the event. With a scope of the purpose's type its cell counts, otherwise
    /// every cell of the purpose, and then the last end.
    ///
    /// The state does not know when a purpose was retired or an account was deregistered: only the item does.
    pub fn retention_anchors(
        &self,
        register: &dyn PurposeLookup,
        purpose: &Purpose,
        scope: &Scope,
        now: i64,
    ) -> Anchors {
        let mut anchors = Anchors::default();
        if self.erased {
            // Nothing is recorded about an erased subject afterwards, so its last event is the erasure.
            anchors.set_end(SUBJECT_ERASED, self.at);
            return anchors;
        }
        let exact = scope.scope_type() == purpose.scope_type;
        let cells = || {
            let of_purpose = self.cells.iter().filter(|c| c.purpose == purpose.id);
            of_purpose.filter(move |c| !exact || c.scope == *scope)
        };
        if purpose.check_mode.asks_consent() {
            self.consent_ends(register, purpose, cells(), now, &mut anchors);
        }
        let objected = cells().filter_map(|cell| cell.standing_objection(purpose));
        let objected = strongest(objected);
        if let Some((state, at)) = objected {
            let name = match state {
                ObjectionState::Upheld => OBJECTION_UPHELD,
                _ => OBJECTION_RAISED,
            };
            anchors.set_end(name, at);
        }
        if let Some(at) = self.contract_end(purpose, objected.map(|(_, at)| at), now) {
            anchors.set_end(CONTRACT_ENDED, at);
        }
        anchors
    }

    fn consent_ends<'a>(
        &self,
        register: &dyn PurposeLookup,
        purpose: &Purpose,
        cells: impl Iterator<Item = &'a Cell>,
        now: i64,
        anchors: &mut Anchors,
    ) {
        let mut last: Option<(i64, &str)> = None;
        let mut campaigns: Option<i64> = None;
        for cell in cells {
            let Some(ended) = self.consent_end(register, purpose, cell, now) else {
                // A grant that counts: the purpose has not ended.
                if self.standing(cell, purpose, now).state.is_granted() {
                    return;
                }
                continue;
            };
            let campaign = campaign_ends(register, cell).filter(|end| *end <= now);
            campaigns = campaigns.max(campaign);
            last = last.max(Some(ended));
        }
        if let Some((at, name)) = last {
            anchors.set_end(name, at);
        }
        if let Some(at) = campaigns {
            anchors.set_end(CAMPAIGN_ENDED, at);
        }
    }

    /// When and how a cell's consent ended. A refusal ends what an earlier grant, which had expired, had permitted.
    fn consent_end(
        &self,
        register: &dyn PurposeLookup,
        purpose: &Purpose,
        cell: &Cell,
        now: i64,
    ) -> Option<(i64, &'static str)> {
        let standing = self.standing(cell, purpose, now);
        let by_notice = cell.notice.as_ref().is_some_and(|notice| {
            let known = register.notice_standing(&purpose.id, notice, standing.known_at);
            known == NoticeStanding::Invalidated
        });
        if standing.state.is_granted() && by_notice {
            return Some((cell.at, CONSENT_INVALIDATED));
        }
        let of_age = standing.by_guardian && self.age_at(now) == Some(AgeBand::Adult);
        if let Some(since) = self.age_since.filter(|_| of_age) {
            // What guardians granted ends at 18 (row 28).
            return Some((since, CONSENT_EXPIRED));
        }
        let name = match standing.state {
            CellState::Withdrawn => CONSENT_WITHDRAWN,
            CellState::Refused => CONSENT_REFUSED,
            CellState::Revoked => CONSENT_REVOKED,
            CellState::Invalidated => CONSENT_INVALIDATED,
            state if state.is_granted() => {
                let end = grant_ends(register, purpose, cell, standing.from)?;
                return (end <= now).then_some((end, CONSENT_EXPIRED));
            }
            _ => return None,
        };
        let refused = cell.refusals.iter().map(|refusal| refusal.at);
        let at = refused.max().filter(|_| cell.state.is_granted());
        Some((at.unwrap_or(cell.at), name))
    }

    /// The end of the last contract, once none is live. An objection to direct marketing ends it for that purpose (E3).
    fn contract_end(&self, purpose: &Purpose, objected: Option<i64>, now: i64) -> Option<i64> {
        let concerns = |c: &&Contract| {
            let named = c.purposes.is_empty() || c.purposes.contains(&purpose.id);
            // A purpose on another basis can still be kept for a time after the person's contracts.
            let started = c.started_at.is_some_and(|start| start <= now);
            started && (named || !purpose.check_mode.rests_on_contract())
        };
        let mut last = None;
        for contract in self.contracts.iter().filter(concerns) {
            let end = contract.ended_at.filter(|end| *end <= now);
            let end = [end, objected.filter(|_| purpose.direct_marketing)];
            last = last.max(Some(end.into_iter().flatten().min()?));
        }
        last
    }
}

impl Cell {
    /// An objection that ended or paused the processing, and when it was received; Unix milliseconds. A refusal of what
    /// does not rest on consent is an objection.
    pub(crate) fn standing_objection(&self, purpose: &Purpose) -> Option<(ObjectionState, i64)> {
        let asks_consent = purpose.check_mode.asks_consent();
        let newest = self.objection.map_or(0, |o| o.seq);
        if self.state.is_refused() && !asks_consent && self.seq >= newest {
            return Some((ObjectionState::Objected, self.at));
        }
        let stands = |state| matches!(state, ObjectionState::Objected | ObjectionState::Upheld);
        let objection = self.objection.filter(|o| stands(o.state))?;
        Some((objection.state, objection.at))
    }
}

/// An objection that was upheld rather than one that was raised, and of several the first.
fn strongest(
    objections: impl Iterator<Item = (ObjectionState, i64)>,
) -> Option<(ObjectionState, i64)> {
    objections.min_by_key(|(state, at)| (*state != ObjectionState::Upheld, *at))
}
