use serde::{Deserialize, Serialize};

use crate::{
    actor::Verification,
    age::{AgeBand, Country},
    civil_day::CivilDay,
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    state::{Applied, ApplyContext, SubjectState},
};

/// The subject's age band became known, rose, or was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeBandSet {
    /// The new age band.
    pub band: AgeBand,
    /// The first day on which the band may be wrong because the person has grown; the controller may round it to a
    /// month. Absent: the band's own width after receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<CivilDay>,
    /// The country of residence, for [`Country::digital_consent_age`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
    /// How the controller verified the age.
    pub verification: Verification,
}

impl EventKind for AgeBandSet {
    const TYPE: &'static str = "age.band_set";
    const VERSION: u8 = 1;
    type Public = NoData;
    type Private = Self;

    fn direction(&self) -> Direction {
        // A correction downwards restricts, everything else permits; only the state tells which it is.
        Direction::Mixed
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn cells(&self) -> Cells<'_> {
        Cells::Every
    }

    fn split(self) -> (Self::Public, Self::Private) {
        (NoData {}, self)
    }

    fn join(_: Self::Public, private: Self::Private) -> Self {
        private
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        Applied::whole(state.set_age(cx, self.band, self.until, self.country))
    }

    fn summary(_: &Self::Public) -> Summary {
        Fact::plain("age_band_set").into()
    }
}
