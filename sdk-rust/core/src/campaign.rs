//! A campaign: where pictures, film and sound of people are shown, and until when.

use std::{collections::HashMap, fmt};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    id::ScopeValue,
    public_leaf::CampaignPublished,
    retention::{day_from_instant, first_instant_after},
    scope::Scope,
};

/// A campaign of the tenant, as it was last published. A consent in its scope ends with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// The first instant after its last day in Stockholm; Unix milliseconds.
    pub ends_at: i64,
    /// The media that it uses: photo, film, sound.
    pub media: Vec<ScopeValue>,
    /// The surfaces on which it is shown.
    pub surfaces: Vec<ScopeValue>,
    /// Whether it advertises, so that only consent permits it (lag 1978:800, 1 §).
    pub advertising: bool,
}

impl From<&CampaignPublished> for Campaign {
    fn from(published: &CampaignPublished) -> Self {
        Self {
            ends_at: published.ends_on.ends_at(),
            media: published.media.clone(),
            surfaces: published.surfaces.clone(),
            advertising: published.advertising,
        }
    }
}

impl Campaign {
    /// Whether it is over at this instant; Unix milliseconds.
    pub fn has_ended(&self, now: i64) -> bool {
        now >= self.ends_at
    }

    /// Whether it is shown on this surface in this medium.
    pub fn covers(&self, medium: &ScopeValue, surface: &ScopeValue) -> bool {
        self.media.contains(medium) && self.surfaces.contains(surface)
    }
}

/// The campaigns of a tenant that are in force after their publications.
#[derive(Debug, Clone, Default)]
pub struct Campaigns {
    /// Each with the time of its publication.
    in_force: HashMap<ScopeValue, (i64, Campaign)>,
    /// Ends that a later publication moved to a later day, each with the time of its own publication.
    postponed: HashMap<ScopeValue, Vec<(i64, i64)>>,
}

impl Campaigns {
    /// Puts a version of a campaign in force. Versions come in the order in which they were published; `at` is the time,
    /// in Unix milliseconds.
    pub fn publish(&mut self, id: ScopeValue, campaign: Campaign, at: i64) {
        let ends_at = campaign.ends_at;
        let earlier = self.in_force.insert(id.clone(), (at, campaign));
        if let Some((published, earlier)) = earlier.filter(|(_, known)| known.ends_at < ends_at) {
            let ends = self.postponed.entry(id).or_default();
            ends.push((published, earlier.ends_at));
        }
    }

    /// The version of a campaign that is in force.
    pub fn get(&self, id: &ScopeValue) -> Option<&Campaign> {
        self.in_force.get(id).map(|(_, campaign)| campaign)
    }

    /// The earliest end that was published at `since` or later, or is in force; Unix milliseconds. A consent of that time
    /// ends with it, and a later day does not revive it (rule E10).
    pub fn end_since(&self, id: &ScopeValue, since: i64) -> Option<i64> {
        let postponed = self.postponed.get(id).into_iter().flatten();
        let since = postponed
            .filter(|(at, _)| *at >= since)
            .map(|(_, end)| *end);
        since.chain(self.get(id).map(|c| c.ends_at)).min()
    }

    /// The names of the campaigns.
    pub fn names(&self) -> impl Iterator<Item = &ScopeValue> {
        self.in_force.keys()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.in_force.is_empty()
    }
}

/// The scope of a consent to one campaign.
pub fn campaign_scope(campaign: &ScopeValue, medium: &ScopeValue, surface: &ScopeValue) -> Scope {
    Scope::Campaign {
        campaign: campaign.clone(),
        medium: medium.clone(),
        surface: surface.clone(),
    }
}

/// The last day of a campaign: a civil day in Europe/Stockholm, `YYYY-MM-DD` in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
#[serde(try_from = "String", into = "String")]
pub struct LastDay(Date);

impl LastDay {
    /// Parses `YYYY-MM-DD`. Error: the valid form.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let day = text.parse::<Date>().ok();
        // The parser takes other spellings too; a leaf has one.
        day.filter(|day| day.year() > 0 && day.to_string() == text)
            .map(Self)
            .ok_or("must be a day such as 2026-11-30")
    }

    /// The civil day in Stockholm of an instant; Unix milliseconds.
    pub fn of_instant(unix_ms: i64) -> Self {
        Self(day_from_instant(unix_ms))
    }

    /// The first instant after the day in Stockholm; Unix milliseconds.
    pub fn ends_at(self) -> i64 {
        first_instant_after(self.0)
    }
}

impl TryFrom<String> for LastDay {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text)
    }
}

impl From<LastDay> for String {
    fn from(day: LastDay) -> Self {
        day.to_string()
    }
}

impl fmt::Display for LastDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{testing::value, wire::format_rfc3339};
    use proptest::prelude::*;

    fn published(ends: &[i64]) -> Campaigns {
        let mut campaigns = Campaigns::default();
        for (at, ends_at) in (1..).zip(ends) {
            let campaign = Campaign {
                ends_at: *ends_at,
                media: Vec::new(),
                surfaces: Vec::new(),
                advertising: true,
            };
            campaigns.publish(value("spring"), campaign, at);
        }
        campaigns
    }

    proptest! {
        /// A consent ends at the earliest end that was in force since it was given, in whatever order the ends came.
        #[test]
        fn a_consent_ends_at_the_earliest_end_in_any_order(
            ends in proptest::collection::vec(1i64..50, 1..6).prop_shuffle(), given in 1i64..8,
        ) {
            let since = ends.iter().zip(1..).filter(|(_, at)| *at >= given).map(|(end, _)| *end);
            let expected = since.chain(ends.last().copied()).min();
            prop_assert_eq!(published(&ends).end_since(&value("spring"), given), expected);
        }
    }

    #[test]
    fn a_campaign_runs_through_its_last_day_in_stockholm() {
        let end = |day| format_rfc3339(LastDay::parse(day).unwrap().ends_at());
        assert_eq!(end("2026-06-30"), "2026-06-30T22:00:00.000Z");
        assert_eq!(end("2026-11-30"), "2026-11-30T23:00:00.000Z");
        // Clocks go back in the night to 25 October.
        assert_eq!(end("2026-10-25"), "2026-10-25T23:00:00.000Z");
    }

    #[test]
    fn a_last_day_has_one_spelling() {
        for bad in [
            "20261130",
            "2026-11-31",
            "2026-11-30T00:00",
            "30 november",
            "",
            "-000001-01-01",
        ] {
            assert!(LastDay::parse(bad).is_err(), "{bad}");
        }
        let day = LastDay::parse("2026-02-28").unwrap();
        assert_eq!(serde_json::to_string(&day).unwrap(), "\"2026-02-28\"");
        assert!(day < LastDay::parse("2026-03-01").unwrap());
        assert_eq!(LastDay::of_instant(day.ends_at() - 1), day);
    }
}
