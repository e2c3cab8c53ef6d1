//! Guardians' links and the age band, and how they change the cells.

use super::{GuardianLink, SubjectState};
use crate::{
    actor::Verification,
    age::{AgeBand, Country},
    id::SubjectId,
    purpose::{AgeRule, Purpose},
};

impl SubjectState {
    /// Whether a guardian's refusal of the purpose counts. For a preventive service it does not: a guardian must not
    /// even learn that there is an account.
    pub(crate) fn hears_guardian(purpose: Option<&Purpose>) -> bool {
        purpose.is_none_or(|p| p.age_rule != AgeRule::IssPreventive)
    }

    /// Whether a grant counts as a guardian's: the guardian is linked, and the child cannot decide alone, as far as is
    /// known.
    pub(crate) fn accepts_guardians_grant(
        &self,
        purpose: Option<&Purpose>,
        id: &SubjectId,
    ) -> bool {
        let has_rule = |p: &Purpose| matches!(p.age_rule, AgeRule::Iss | AgeRule::Maturity);
        self.guardians.iter().any(|g| g.id == *id)
            && purpose.is_some_and(|p| has_rule(p) && self.needs_guardian(p) != Some(false))
    }

    /// A newly linked guardian has granted nothing: decisions under an earlier link do not count again.
    pub(crate) fn link_guardian(&mut self, id: &SubjectId, verification: Verification) {
        match self.guardians.binary_search_by(|g| g.id.cmp(id)) {
            Ok(at) => self.guardians[at].verification = verification,
            Err(at) => {
                self.guardians.insert(
                    at,
                    GuardianLink {
                        id: id.clone(),
                        verification,
                    },
                );
                for cell in &mut self.cells {
                    cell.authorised.retain(|a| a.guardian != *id);
                    cell.by_all_guardians = false;
                }
            }
        }
    }

    /// Custody ended, so the quorum is counted anew among the rest. For a child who has left the age band of the grant
    /// it is not, because that could complete a grant that never was complete.
    pub(crate) fn unlink_guardian(&mut self, id: &SubjectId) {
        self.guardians.retain(|g| g.id != *id);
        let complete: Vec<bool> = self
            .cells
            .iter()
            .map(|cell| cell.band_true == self.age_band && self.all_guardians_granted(cell))
            .collect();
        for (cell, complete) in self.cells.iter_mut().zip(complete) {
            cell.by_all_guardians |= complete;
        }
    }

    /// A band below the one of a recorded grant is a correction. A higher one is a birthday.
    pub(crate) fn set_age(&mut self, band: AgeBand, country: Option<Country>) {
        self.age_band = Some(band);
        self.country = country.or(self.country);
        for cell in self.cells.iter_mut().filter(|c| c.state.is_granted()) {
            cell.band_believed = cell.band_believed.or(Some(band));
            cell.band_true = Some(cell.band_true.map_or(band, |known| known.min(band)));
        }
    }
}
