//! A day of the calendar in Sweden, without a time.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::retention::{day_of, due_after};

/// A day in Europe/Stockholm. In JSON it is `"2026-06-30"`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
#[serde(try_from = "String", into = "String")]
pub struct CivilDay(Date);

impl CivilDay {
    /// Parses `YYYY-MM-DD`.
    ///
    /// # Errors
    /// What the text must look like.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        const SHAPE: &str = "must be a day such as 2026-06-30";
        let is_plain = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        let day = is_plain.then(|| text.parse::<Date>().ok()).flatten();
        let in_range = |day: &Date| (1900..=9000).contains(&day.year());
        day.filter(in_range).map(Self).ok_or(SHAPE)
    }

    /// The day of an instant in Unix milliseconds.
    pub fn of(unix_ms: i64) -> Self {
        Self(day_of(unix_ms))
    }

    /// The midnight at which it begins; Unix milliseconds.
    pub fn start(self) -> i64 {
        due_after(self.0.yesterday().unwrap_or(Date::MIN))
    }

    /// The midnight at which it is over; Unix milliseconds.
    pub fn end(self) -> i64 {
        due_after(self.0)
    }
}

impl TryFrom<String> for CivilDay {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Self::parse(&text)
    }
}

impl From<CivilDay> for String {
    fn from(day: CivilDay) -> Self {
        day.to_string()
    }
}

impl fmt::Display for CivilDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_over_at_the_next_midnight_in_stockholm() {
        let day = CivilDay::parse("2026-06-30").unwrap();
        let utc = |ms| crate::wire::format_rfc3339(ms);
        assert_eq!(utc(day.start()), "2026-06-29T22:00:00.000Z");
        assert_eq!(utc(day.end()), "2026-06-30T22:00:00.000Z");
        assert_eq!(CivilDay::of(day.end() - 1), day);
        assert_eq!(CivilDay::of(day.start()), day);
    }

    #[test]
    fn a_day_has_one_spelling() {
        for text in [
            "2026-6-30",
            "2026-02-29",
            "2026-06-30T00:00:00Z",
            "20260630",
            "",
            "-026-06-30",
            "0001-01-01",
        ] {
            assert!(CivilDay::parse(text).is_err(), "{text}");
        }
    }
}
