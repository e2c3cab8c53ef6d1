//! A campaign: where pictures, film and sound of people are shown, and until when.

use std::fmt;

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
    use crate::wire::format_rfc3339;

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
