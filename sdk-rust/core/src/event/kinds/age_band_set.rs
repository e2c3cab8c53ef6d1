//! `age.band_set`

use serde::{Deserialize, Serialize};

use crate::{
    age::{AgeBand, Country},
    event::{Direction, EventKind},
    state::{Applied, ApplyContext, SubjectState},
};

/// The age band became known, rose, or was corrected.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AgeBandSet {
    /// The band now.
    pub band: AgeBand,
    /// Where the person lives, for [`Country::digital_consent_age`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<Country>,
}

impl EventKind for AgeBandSet {
    const TYPE: &'static str = "age.band_set";

    fn direction(&self) -> Direction {
        Direction::Neutral
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn apply(&self, state: &mut SubjectState, _: &ApplyContext<'_>) -> Applied {
        state.set_age(self.band, self.country);
        Applied::whole(Ok(()))
    }
}
