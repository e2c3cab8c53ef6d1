//! Converts instants to days in Sweden and back.

use std::sync::LazyLock;

use jiff::{
    Timestamp,
    civil::{Date, DateTime, Time},
    tz::{TimeZone, TimeZoneDatabase},
};

use super::CalendarDuration;

/// The time zone of the registers' civil dates. Its rules are compiled in, so that two machines with different zone
/// files compute the same due date.
static STOCKHOLM: LazyLock<TimeZone> = LazyLock::new(|| {
    TimeZoneDatabase::bundled()
        .get("Europe/Stockholm")
        .expect("the bundled time zone database has Europe/Stockholm")
});

/// The instant, clamped to the calendar's range.
fn instant(unix_ms: i64) -> Timestamp {
    Timestamp::from_millisecond(unix_ms).unwrap_or(if unix_ms < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

fn local(unix_ms: i64) -> DateTime {
    STOCKHOLM.to_datetime(instant(unix_ms))
}

fn to_ms(datetime: DateTime) -> i64 {
    STOCKHOLM
        .to_timestamp(datetime)
        .unwrap_or(if datetime.year() < 0 {
            Timestamp::MIN
        } else {
            Timestamp::MAX
        })
        .as_millisecond()
}

/// The civil day in Europe/Stockholm of an instant in Unix milliseconds.
pub(crate) fn day_of(unix_ms: i64) -> Date {
    local(unix_ms).date()
}

/// 00:00 local time on the day after `through`: the item may exist through that day.
pub(crate) fn due_after(through: Date) -> i64 {
    let next = through.tomorrow().unwrap_or(Date::MAX);
    to_ms(next.to_datetime(Time::midnight()))
}

/// 00:00 local time on a day.
pub(crate) fn starts(day: Date) -> i64 {
    to_ms(day.to_datetime(Time::midnight()))
}

/// Adds a calendar duration to an instant. The result has the same local time of day in Europe/Stockholm; its day is
/// clamped to the month's end.
///
/// A consent's validity and `reask_after` use it, because they run from the moment of the decision and not from the
/// day. A consent granted on 29 February 2024 at 12:00 with `P12M` ends on 28 February 2025 at 12:00. A local time that
/// does not exist (clocks moved forward) takes the offset before the gap; a local time that occurs twice means the
/// first.
pub fn add_calendar(unix_ms: i64, duration: &CalendarDuration) -> i64 {
    let start = local(unix_ms);
    let sub_ms = instant(unix_ms).as_millisecond();
    if duration.is_zero() {
        return sub_ms;
    }
    to_ms(duration.added_to(start.date()).to_datetime(start.time()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ms(text: &str) -> i64 {
        text.parse::<Timestamp>().unwrap().as_millisecond()
    }

    fn add(start: &str, duration: &str) -> String {
        let end = add_calendar(ms(start), &duration.parse().unwrap());
        Timestamp::from_millisecond(end).unwrap().to_string()
    }

    #[test]
    fn a_validity_ends_at_the_same_local_time_of_day() {
        assert_eq!(add("2024-02-29T11:00:00Z", "P12M"), "2025-02-28T11:00:00Z");
        // From summer to winter: 12:00 local time in both.
        assert_eq!(add("2026-06-15T10:00:00Z", "P6M"), "2026-12-15T11:00:00Z");
        assert_eq!(add("2026-01-31T08:30:00Z", "P1M"), "2026-02-28T08:30:00Z");
        assert_eq!(add("2025-08-31T10:00:00Z", "P6M"), "2026-02-28T11:00:00Z");
        assert_eq!(add("2026-03-01T12:00:00Z", "P60D"), "2026-04-30T11:00:00Z");
        // 00:30 on 1 July in Stockholm is still June in UTC.
        assert_eq!(add("2026-06-30T22:30:00Z", "P1M"), "2026-07-31T22:30:00Z");
        assert_eq!(
            add("2026-06-15T10:00:00.123Z", "P0D"),
            "2026-06-15T10:00:00.123Z"
        );
    }

    #[test]
    fn the_hour_that_does_not_exist_and_the_one_that_exists_twice() {
        // 2026-03-29 02:30 does not exist in Stockholm.
        assert_eq!(add("2026-02-28T01:30:00Z", "P29D"), "2026-03-29T01:30:00Z");
        // 2026-10-25 02:30 occurs twice; the first is in summer time.
        assert_eq!(add("2026-09-25T00:30:00Z", "P1M"), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn the_zone_is_in_the_binary() {
        assert_eq!(STOCKHOLM.iana_name(), Some("Europe/Stockholm"));
    }

    #[test]
    fn the_ends_of_time_are_not_passed() {
        let century = "P200Y".parse().unwrap();
        assert!(add_calendar(i64::MAX, &century) >= ms("9990-01-01T00:00:00Z"));
        assert!(add_calendar(i64::MIN, &century) < 0);
        assert!(due_after(Date::MAX) > 0);
    }
}
