//! Guardians' links and the age band, as they change what the cells know.

use super::{GuardianLink, SubjectState};
use crate::{
    actor::Verification,
    age::{AgeBand, Country},
    id::SubjectId,
    purpose::{AgeRule, Purpose},
};

impl SubjectState {
    /// Whether a guardian's no about the purpose is heard. One about a preventive service is not: a guardian must not
    /// even learn that there is an account.
    pub(crate) fn hears_guardian(purpose: Option<&Purpose>) -> bool {
        purpose.is_none_or(|p| p.age_rule != AgeRule::IssPreventive)
    }

    /// Whether somebody's yes counts as a guardian's: linked, and the child cannot, as far as is known, decide alone.
    pub(crate) fn takes_guardians_yes(&self, purpose: Option<&Purpose>, id: &SubjectId) -> bool {
        let has_rule = |p: &Purpose| matches!(p.age_rule, AgeRule::Iss | AgeRule::Maturity);
        self.guardians.iter().any(|g| g.id == *id)
            && purpose.is_some_and(|p| has_rule(p) && self.needs_guardian(p) != Some(false))
    }

    /// A new guardian has not said yes to anything: what they said under an earlier link does not count again.
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

    /// Custody ended, so the quorum is counted anew among the rest; but for a child who has left the band in which the
    /// yes was said, that could make a yes out of one that was never complete.
    pub(crate) fn unlink_guardian(&mut self, id: &SubjectId) {
        self.guardians.retain(|g| g.id != *id);
        let complete: Vec<bool> = self
            .cells
            .iter()
            .map(|cell| cell.band_true == self.age_band && self.all_guardians_said_yes(cell))
            .collect();
        for (cell, complete) in self.cells.iter_mut().zip(complete) {
            cell.by_all_guardians |= complete;
        }
    }

    /// A band that is lower than what a yes was recorded under corrects it. A higher one is a birthday.
    pub(crate) fn set_age(&mut self, band: AgeBand, country: Option<Country>) {
        self.age_band = Some(band);
        self.country = country.or(self.country);
        for cell in self.cells.iter_mut().filter(|c| c.state.is_yes()) {
            cell.band_believed = cell.band_believed.or(Some(band));
            cell.band_true = Some(cell.band_true.map_or(band, |known| known.min(band)));
        }
    }
}
