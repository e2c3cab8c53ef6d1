//! The age of the person at the moment of the check.

use super::rows::Evaluation;
use crate::{age::AgeBand, notice::Variant, state::SubjectState};

/// 365 days; ms. Shorter than a calendar year, so a birthday that is computed with it is never too early.
const YEAR_MS: i64 = 365 * 24 * 60 * 60 * 1_000;

impl Evaluation<'_> {
    /// The age band now. A band that may be wrong by now is unknown. Where no band was ever set, the purpose's default
    /// applies, if a person of that band decides alone.
    pub(super) fn age_band(&self) -> Option<AgeBand> {
        let band = self.state.age_for(self.purpose, self.now)?;
        let is_default = self.state.age_band.is_none();
        (!is_default || self.decides_alone(band)).then_some(band)
    }

    /// Whether the young person was told, after the birthday, that a guardian's consent of `granted_at` goes on (Unix
    /// milliseconds). A notice for children does not count.
    pub(super) fn young_person_told(&self, granted_at: i64) -> bool {
        let from = self.birthday().map_or(granted_at, |b| b.max(granted_at));
        self.deliveries().any(|told| {
            let standing = self.notice_standing(&told.notice, told.at);
            told.at >= from && told.variant != Variant::Child && standing.speaks()
        })
    }

    /// When the person reached the age from which it decides alone, counted back from the end of its age band.
    fn birthday(&self) -> Option<i64> {
        let (band, until) = (self.state.age_band?, self.state.age_until?);
        let alone = AgeBand::ALL
            .into_iter()
            .find(|band| self.decides_alone(*band))?;
        let next = AgeBand::ALL.into_iter().find(|later| *later > band)?;
        let years = i64::from(next.youngest().saturating_sub(alone.youngest()));
        Some(until.saturating_sub(years * YEAR_MS))
    }

    fn decides_alone(&self, band: AgeBand) -> bool {
        let of_band = SubjectState {
            age_band: Some(band),
            country: self.state.country,
            ..SubjectState::default()
        };
        of_band.needs_guardian(self.purpose, self.now) == Some(false)
    }
}
