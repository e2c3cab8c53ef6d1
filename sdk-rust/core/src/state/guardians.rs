//! Guardians' links and the age band, and how they change the cells.

use super::{ApplyContext, ApplyResult, Cell, CellState, GuardianLink, SubjectState, acts::settle};
use crate::{
    actor::{Role, Verification},
    age::{AgeBand, Country},
    civil_day::CivilDay,
    decide::PurposeLookup,
    decision::SupersededReason,
    event::kinds::UnlinkCause,
    id::SubjectId,
    purpose::{AgeRule, Purpose},
    retention::{CalendarDuration, add_calendar},
    state::Voice,
};

impl SubjectState {
    /// Who decides about a purpose in an event; `None` if the actor is a guardian who is not heard: not linked, of a
    /// person of age, or about a preventive service, where a guardian must not even learn that there is an account.
    pub(crate) fn voice(&self, cx: &ApplyContext<'_>, purpose: Option<&Purpose>) -> Option<Voice> {
        let guardian = cx.actor.guardian();
        let is_linked = |id: &SubjectId| self.guardians.iter().any(|g| g.id == *id);
        let is_guardian = match cx.actor.role {
            Role::Guardian => true,
            // An authority in a guardian's place names the id under which it is linked.
            Role::Authority => guardian.is_some(),
            Role::Subject | Role::Staff | Role::Controller | Role::System => false,
        };
        if !is_guardian {
            return Some(Voice::Own);
        }
        let hears = purpose.is_none_or(|p| p.age_rule != AgeRule::IssPreventive);
        guardian
            .filter(|id| is_linked(id) && hears && !self.may_be_of_age(cx.received_at))
            .map(Voice::Guardian)
    }

    /// How a guardian of this subject is verified at `now` (Unix milliseconds); `None` for everybody else, for a merged or
    /// erased subject, and from the first day on which the person may be 18 (rule E8).
    pub fn guardian_at(&self, id: &SubjectId, now: i64) -> Option<Verification> {
        if self.erased || self.merged_into.is_some() || self.may_be_of_age(now) {
            return None;
        }
        let link = self.guardians.iter().find(|g| g.id == *id);
        link.map(|link| link.verification)
    }

    /// Whether the person may be 18 at `now` (Unix milliseconds), as far as the last band tells. From the day on which the
    /// band may be wrong, the years to 18 are counted from the youngest age of the next band (rules E8, E9).
    fn may_be_of_age(&self, now: i64) -> bool {
        match (self.age_band, self.age_until) {
            (Some(AgeBand::Adult), _) => true,
            (Some(band), Some(until)) => band
                .years_to_majority()
                .is_some_and(|years| years_after(until, years) <= now),
            _ => false,
        }
    }

    /// Whether a grant counts as a guardian's: the guardian is linked, and the child cannot decide alone, as far as is
    /// known at `now`.
    pub(crate) fn accepts_guardians_grant(
        &self,
        purpose: Option<&Purpose>,
        id: &SubjectId,
        now: i64,
    ) -> bool {
        let has_rule = |p: &Purpose| matches!(p.age_rule, AgeRule::Iss | AgeRule::Maturity);
        self.guardians.iter().any(|g| g.id == *id)
            && purpose.is_some_and(|p| has_rule(p) && self.needs_guardian(p, now) != Some(false))
    }

    /// A newly linked guardian has granted nothing: decisions under an earlier link do not count again.
    pub(crate) fn link_guardian(
        &mut self,
        cx: &ApplyContext<'_>,
        id: &SubjectId,
        verification: Verification,
        holders: u8,
    ) {
        self.holders = holders;
        let carried = self.carried(cx);
        match self.guardians.binary_search_by(|g| g.id.cmp(id)) {
            Ok(at) => self.guardians[at].verification = verification,
            Err(at) => {
                let link = GuardianLink {
                    id: id.clone(),
                    verification,
                };
                self.guardians.insert(at, link);
                for (cell, carried) in self.cells.iter_mut().zip(&carried) {
                    if !carried {
                        cell.authorised.retain(|a| a.guardian != *id);
                    }
                }
            }
        }
        self.count_anew(cx, &carried);
    }

    /// A guardian's grants end with the custody where they are still needed, and the quorum is counted anew among the
    /// rest. What the young person has carried on since stays. A link that was wrong never entitled: whatever rests on
    /// it is invalid. Either way the guardian's refusals go too.
    pub(crate) fn unlink_guardian(
        &mut self,
        cx: &ApplyContext<'_>,
        id: &SubjectId,
        cause: UnlinkCause,
        holders: u8,
    ) -> ApplyResult {
        let rests = |cell: &Cell| cell.authorised.iter().any(|a| a.guardian == *id);
        let was_linked = self.guardians.iter().any(|g| g.id == *id);
        if !was_linked && !self.cells.iter().any(rests) {
            return Err(SupersededReason::NothingToChange);
        }
        self.guardians.retain(|g| g.id != *id);
        self.holders = holders;
        let carried = self.carried(cx);
        for (cell, carried) in self.cells.iter_mut().zip(&carried) {
            match cause {
                UnlinkCause::LinkWrong if rests(cell) && cell.state.is_granted() => {
                    settle(cell, cx, CellState::Invalidated);
                }
                UnlinkCause::CustodyEnded if !carried => {
                    cell.authorised.retain(|a| a.guardian != *id);
                }
                UnlinkCause::LinkWrong | UnlinkCause::CustodyEnded => {}
            }
        }
        self.count_anew(cx, &carried);
        self.drop_refusals_of(id);
        Ok(())
    }

    /// Counts the quorum anew, so that what is incomplete now is not carried on at a birthday. What was carried before
    /// stays.
    fn count_anew(&mut self, cx: &ApplyContext<'_>, carried: &[bool]) {
        let complete: Vec<bool> = self
            .cells
            .iter()
            .map(|cell| self.is_complete(cell, cx.purposes))
            .collect();
        for ((cell, complete), carried) in self.cells.iter_mut().zip(complete).zip(carried) {
            if !carried {
                cell.by_all_guardians = complete;
            }
        }
    }

    /// Whether all guardians granted a cell, by the present register.
    pub(super) fn is_complete(&self, cell: &Cell, purposes: &dyn PurposeLookup) -> bool {
        let least = purposes
            .purpose(&cell.purpose)
            .map_or(Verification::Eid, |p| p.guardian_verification_min);
        cell.state.is_granted() && self.all_guardians_granted(cell, least)
    }

    /// For each cell, whether the young person decides alone now, so that what guardians granted was carried on.
    fn carried(&self, cx: &ApplyContext<'_>) -> Vec<bool> {
        let carried = |cell: &Cell| {
            let purpose = cx.purposes.purpose(&cell.purpose);
            purpose.is_some_and(|p| self.needs_guardian(p, cx.received_at) == Some(false))
        };
        self.cells.iter().map(carried).collect()
    }

    /// A band below the one of a recorded grant is a correction, and restricts. A higher one is a birthday: it acts only
    /// if its sender had seen every correction downwards (rule E9).
    pub(crate) fn set_age(
        &mut self,
        cx: &ApplyContext<'_>,
        band: AgeBand,
        until: Option<CivilDay>,
        country: Option<Country>,
    ) -> ApplyResult {
        // However late the controller sets the day, everyone has left the band by its own width.
        let until = outgrown_at(band, cx.received_at)
            .map(|latest| until.map_or(latest, |day| day.start().min(latest)));
        let narrows = match self.age_band {
            None => false,
            Some(known) if known == band => ends_before(until, self.age_until),
            Some(known) => band < known,
        };
        if narrows {
            self.age_seq = cx.seq;
        } else if self.age_seq > cx.based_on && !cx.after_seqs.contains(&self.age_seq) {
            return Err(SupersededReason::StaleGrant);
        }
        if self.age_band != Some(band) {
            self.age_since = Some(cx.received_at);
        }
        self.age_band = Some(band);
        self.age_until = until;
        self.country = country.or(self.country);
        for cell in self.cells.iter_mut().filter(|c| c.state.is_granted()) {
            cell.band_believed = cell.band_believed.or(Some(band));
            cell.band_true = Some(cell.band_true.map_or(band, |known| known.min(band)));
        }
        Ok(())
    }
}

/// Whether a limit is narrower than the known one; `None` is no limit.
fn ends_before(until: Option<i64>, known: Option<i64>) -> bool {
    match (until, known) {
        (Some(until), Some(known)) => until < known,
        (Some(_), None) => true,
        (None, _) => false,
    }
}

/// When everyone has left the band, counted from this instant; Unix milliseconds.
fn outgrown_at(band: AgeBand, from: i64) -> Option<i64> {
    Some(years_after(from, band.width_years()?))
}

fn years_after(from: i64, years: u8) -> i64 {
    let years = CalendarDuration::parse(&format!("P{years}Y"));
    years.map_or(from, |years| add_calendar(from, &years))
}
