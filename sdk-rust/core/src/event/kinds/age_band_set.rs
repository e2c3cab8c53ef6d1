use serde::{Deserialize, Serialize};

use crate::{
    age::{AgeBand, Country},
    event::{Cells, Direction, EventKind, Fact, NoData, Summary},
    state::{Applied, ApplyContext, SubjectState},
};

/// The subject's age band became known, rose, or was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeBandSet {
    /// The new age band.
    pub band: AgeBand,
    /// The country of residence, for [`Country::digital_consent_age`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
}

impl EventKind for AgeBandSet {
    const TYPE: &'static str = "age.band_set";
    const VERSION: u8 = 1;
    type Public = NoData;
    type Private = Self;

    fn direction(&self) -> Direction {
        Direction::Neutral
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

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.set_age(self.band, self.country);
        Applied::whole(Ok(()))
    }

    fn summary(_: &Self::Public) -> Summary {
        Fact::plain("age_band_set").into()
    }
}
