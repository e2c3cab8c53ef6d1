//! Calendar durations: years, months, weeks and days, never converted into each other.

use std::fmt;

use jiff::{Span, civil::Date};
use serde::{Deserialize, Serialize};

/// The maximum years of a duration. The maxima keep sums with realistic dates inside the calendar.
const YEARS_MAX: u16 = 200;
/// The same maximum, in months.
const MONTHS_MAX: u16 = 200 * 12;
/// The same maximum, in weeks, rounded down.
const WEEKS_MAX: u16 = 200 * 52;
/// The maximum days: 65 000 days are 178 years and fit into the field.
const DAYS_MAX: u16 = 65_000;

/// An ISO 8601 duration of calendar units: `P1Y`, `P13M`, `P60D`, `P2W`, `P1Y6M`, `P0D`.
///
/// `P12M` and `P1Y` are different values that end on the same day; neither equals `P365D`. There are no hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct CalendarDuration {
    years: u16,
    months: u16,
    weeks: u16,
    days: u16,
}

/// Why a text is not a calendar duration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DurationError {
    /// The text is not of the form `PnYnMnWnD`.
    #[error("is not a calendar duration such as P1Y, P13M, P60D or P0D")]
    Shape,
    /// The text has a time part, which retention and validity never have.
    #[error("has hours, minutes or seconds; only years, months, weeks and days are taken")]
    Time,
    /// A unit exceeds its maximum.
    #[error("is longer than 200 years")]
    TooLong,
}

impl CalendarDuration {
    /// A duration of zero: it ends on the same day.
    pub const ZERO: Self = Self {
        years: 0,
        months: 0,
        weeks: 0,
        days: 0,
    };

    /// A duration of this many years.
    pub const fn of_years(years: u16) -> Self {
        Self {
            years,
            ..Self::ZERO
        }
    }

    /// A duration of this many months.
    pub const fn of_months(months: u16) -> Self {
        Self {
            months,
            ..Self::ZERO
        }
    }

    /// A duration of this many days.
    pub const fn of_days(days: u16) -> Self {
        Self { days, ..Self::ZERO }
    }

    /// Parses `PnYnMnWnD`; units in that order, each at most once, at least one.
    pub fn parse(text: &str) -> Result<Self, DurationError> {
        let mut rest = text.strip_prefix('P').ok_or(DurationError::Shape)?;
        if rest.contains('T') {
            return Err(DurationError::Time);
        }
        if rest.is_empty() {
            return Err(DurationError::Shape);
        }
        let mut duration = Self::ZERO;
        let units = [
            ('Y', &mut duration.years, YEARS_MAX),
            ('M', &mut duration.months, MONTHS_MAX),
            ('W', &mut duration.weeks, WEEKS_MAX),
            ('D', &mut duration.days, DAYS_MAX),
        ];
        for (letter, field, max) in units {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            if digits > 0 && rest[digits..].starts_with(letter) {
                *field = match rest[..digits].parse() {
                    Ok(n) if n <= max => n,
                    _ => return Err(DurationError::TooLong),
                };
                rest = &rest[digits + 1..];
            }
        }
        if rest.is_empty() {
            Ok(duration)
        } else {
            Err(DurationError::Shape)
        }
    }

    /// Whether every unit is zero.
    pub fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    /// The four units: years, months, weeks, days.
    pub fn units(&self) -> [u16; 4] {
        [self.years, self.months, self.weeks, self.days]
    }

    /// The fewest days that the duration can span: its months counted as the shortest consecutive ones, without a leap
    /// day. For clocks that count seconds.
    pub fn days_min(&self) -> u32 {
        /// The days of the shortest n consecutive months: those that begin or end with February.
        const OF_MONTHS: [u32; 12] = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334];
        let months = u32::from(self.years) * 12 + u32::from(self.months);
        let of_rest = OF_MONTHS[usize::try_from(months % 12).unwrap_or_default()];
        let days = u32::from(self.weeks) * 7 + u32::from(self.days);
        months / 12 * 365 + of_rest + days
    }

    /// Whether this duration ends no later than `other` from every starting day.
    ///
    /// `P12M` is longer than `P365D` in a leap year, so the result is false for it. `P12M` and `P1Y` are each no longer
    /// than the other.
    pub fn never_longer_than(&self, other: &Self) -> bool {
        let (months, days) = self.sums();
        let (other_months, other_days) = other.sums();
        // More months or more days never end earlier. Only more of one and fewer of the other need the calendar.
        if months <= other_months && days <= other_days {
            return true;
        }
        if months >= other_months && days >= other_days {
            return false;
        }
        self.ends_no_later_from_any_day(*other)
    }

    /// Compares the end from every day of one leap cycle and of the years around 2100, which is not a leap year.
    fn ends_no_later_from_any_day(self, other: Self) -> bool {
        [2024i16, 2097].into_iter().all(|first_year| {
            let start = Date::constant(first_year, 1, 1);
            (0..1461i32).all(|offset| {
                let day = start.saturating_add(Span::new().days(offset));
                self.added_to(day) <= other.added_to(day)
            })
        })
    }

    /// Months including the years, and days including the weeks: the two sums that the calendar adds, in this order.
    fn sums(self) -> (u32, u32) {
        let [years, months, weeks, days] = self.units().map(u32::from);
        (years * 12 + months, weeks * 7 + days)
    }

    /// The day on which the duration ends: it adds years and months first, clamps to the month's end, then adds weeks
    /// and days.
    pub(crate) fn added_to(self, day: Date) -> Date {
        day.saturating_add(self.span())
    }

    /// The same units as a jiff span.
    pub(crate) fn span(self) -> Span {
        Span::new()
            .years(self.years)
            .months(self.months)
            .weeks(self.weeks)
            .days(self.days)
    }
}

/// The canonical form: it omits zero units and writes an empty duration as `P0D`.
impl fmt::Display for CalendarDuration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        for (n, unit) in self.units().into_iter().zip(['Y', 'M', 'W', 'D']) {
            if n > 0 || (unit == 'D' && self.is_zero()) {
                write!(f, "{n}{unit}")?;
            }
        }
        Ok(())
    }
}

impl TryFrom<String> for CalendarDuration {
    type Error = DurationError;
    fn try_from(text: String) -> Result<Self, DurationError> {
        Self::parse(&text)
    }
}

impl From<CalendarDuration> for String {
    fn from(duration: CalendarDuration) -> Self {
        duration.to_string()
    }
}

impl std::str::FromStr for CalendarDuration {
    type Err = DurationError;
    fn from_str(text: &str) -> Result<Self, DurationError> {
        Self::parse(text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(text: &str) -> CalendarDuration {
        CalendarDuration::parse(text).unwrap()
    }

    #[test]
    fn durations_keep_their_units() {
        for text in ["P1Y", "P13M", "P60D", "P0D", "P2W", "P1Y6M", "P1Y2M3W4D"] {
            assert_eq!(d(text).to_string(), text);
        }
        assert_ne!(d("P12M"), d("P1Y"));
        assert_eq!(d("P0Y").to_string(), "P0D");
    }

    #[test]
    fn an_invalid_duration_is_refused() {
        for text in [
            "", "P", "1Y", "P1", "PY", "P1D1Y", "P1Y1Y", "P-1Y", "p1y", "P1.5Y",
        ] {
            assert_eq!(
                CalendarDuration::parse(text),
                Err(DurationError::Shape),
                "{text}"
            );
        }
        assert_eq!(CalendarDuration::parse("PT1H"), Err(DurationError::Time));
        assert_eq!(
            CalendarDuration::parse("P201Y"),
            Err(DurationError::TooLong)
        );
        assert_eq!(
            CalendarDuration::parse("P99999D"),
            Err(DurationError::TooLong)
        );
    }

    #[test]
    fn a_year_of_months_can_be_longer_than_365_days() {
        assert!(!d("P12M").never_longer_than(&d("P365D")));
        assert!(d("P365D").never_longer_than(&d("P12M")));
        assert!(d("P12M").never_longer_than(&d("P1Y")) && d("P1Y").never_longer_than(&d("P12M")));
        assert!(d("P12M").never_longer_than(&d("P366D")));
        assert!(!d("P1M").never_longer_than(&d("P30D")));
    }

    /// The comparison without the calendar agrees with the calendar.
    #[test]
    fn the_short_cut_agrees_with_the_calendar() {
        let all = ["P0D", "P31D", "P1W", "P1M", "P1M1D", "P1Y", "P12M"];
        for (a, b) in all
            .iter()
            .flat_map(|a| all.iter().map(move |b| (d(a), d(b))))
        {
            let expected = a.ends_no_later_from_any_day(b);
            assert_eq!(a.never_longer_than(&b), expected, "{a} {b}");
        }
    }

    /// Prevents asking a person again too early. From any day of the years around 2100, which is not a leap year, a
    /// duration is never shorter than its fewest days, and from some day it equals them.
    #[test]
    fn the_fewest_days_are_reached_and_never_undercut() {
        for text in [
            "P0D", "P1M", "P5M", "P6M", "P11M", "P12M", "P13M", "P1Y6M", "P2Y", "P2W3D", "P60D",
        ] {
            let duration: CalendarDuration = text.parse().unwrap();
            let start = Date::constant(2096, 3, 1);
            let spans = (0..2_922i32).map(|offset| {
                let from = start.saturating_add(Span::new().days(offset));
                (duration.added_to(from) - from).get_days()
            });
            assert_eq!(
                spans.min(),
                i32::try_from(duration.days_min()).ok(),
                "{text}"
            );
        }
    }
}
