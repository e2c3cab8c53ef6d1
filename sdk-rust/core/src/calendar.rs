//! Adding a calendar duration to an instant, as people in Sweden count: the same time of day in Europe/Stockholm, the
//! day clamped to the month's end. Months and years are never converted to days.

use std::sync::LazyLock;

use jiff::{Span, Timestamp, tz::TimeZone};

/// The bundled database always has the zone, so UTC stands in only if somebody builds without it; a validity would then
/// end at most two hours away from where it should.
static STOCKHOLM: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC));

/// `instant_ms` (Unix milliseconds) plus an ISO 8601 duration such as `P12M`. `None` where the duration does not parse,
/// is negative, or leads beyond the calendar; callers take the answer that denies.
pub(crate) fn add(instant_ms: i64, duration: &str) -> Option<i64> {
    // jiff also reads "12 months"; a register says P12M, and what is not that is refused.
    let span: Span = duration
        .strip_prefix('P')
        .and_then(|_| duration.parse().ok())?;
    if span.is_negative() {
        return None;
    }
    let start = Timestamp::from_millisecond(instant_ms)
        .ok()?
        .to_zoned(STOCKHOLM.clone());
    Some(start.checked_add(span).ok()?.timestamp().as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plus(start: &str, duration: &str) -> String {
        let ms = start.parse::<Timestamp>().unwrap().as_millisecond();
        Timestamp::from_millisecond(add(ms, duration).unwrap())
            .unwrap()
            .to_string()
    }

    #[test]
    fn the_calendar_decides_not_a_number_of_days() {
        assert_eq!(plus("2024-02-29T12:00:00Z", "P1Y"), "2025-02-28T12:00:00Z");
        assert_eq!(plus("2025-08-31T10:00:00Z", "P6M"), "2026-02-28T11:00:00Z");
        assert_eq!(plus("2026-03-01T12:00:00Z", "P60D"), "2026-04-30T11:00:00Z");
        // Half past midnight on 1 July in Stockholm, still June in UTC.
        assert_eq!(plus("2026-06-30T22:30:00Z", "P1M"), "2026-07-31T22:30:00Z");
    }

    #[test]
    fn the_zone_is_in_the_binary() {
        assert_eq!(STOCKHOLM.iana_name(), Some("Europe/Stockholm"));
    }

    #[test]
    fn what_cannot_be_added_is_none() {
        assert_eq!(add(0, "12 months"), None);
        assert_eq!(add(0, "-P1M"), None);
        assert_eq!(add(0, "P99999Y"), None);
        assert_eq!(add(i64::MAX, "P1D"), None);
    }
}
