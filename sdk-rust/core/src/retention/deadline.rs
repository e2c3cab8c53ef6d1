//! Deadlines of Union law, which are counted otherwise than retention (Regulation (EEC, Euratom) No 1182/71).
//!
//! The day of receipt is not counted. A period of months or years ends on the same date of its last month, or on that
//! month's last day (Art. 3(2)(c)). A period that ends on a Saturday, a Sunday or a public holiday ends with the next
//! working day (Art. 3(4)). Retention is never moved like this: it would keep data longer.
//!
//! The public holidays are those of Sweden (lag 1989:253 om allmänna helgdagar), computed. A tenant in another Member
//! State needs that State's holidays in [`is_public_holiday`] and its time zone in the calendar of this module.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{CalendarDuration, calendar::day_of, calendar::due_after};
use crate::{
    decide::PurposeLookup,
    id::PurposeId,
    scope::Scope,
    state::{Cell, ObjectionState, SubjectState},
};

/// The time to tell the person what is done about an objection: one month of its receipt (GDPR Art. 12(3)).
const ANSWER_WITHIN: CalendarDuration = CalendarDuration::of_months(1);

/// The last day of a period that began with the receipt of something on a day.
pub fn deadline(received_on: Date, period: &CalendarDuration) -> Date {
    let mut day = period.added_to(received_on);
    while !is_working_day(day) {
        let Ok(next) = day.tomorrow() else {
            return day;
        };
        day = next;
    }
    day
}

/// Whether a day is neither a Saturday, a Sunday nor a public holiday (Regulation 1182/71 Art. 2(2)).
pub fn is_working_day(day: Date) -> bool {
    !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday) && !is_public_holiday(day)
}

/// Whether a day is a public holiday in Sweden (lag 1989:253). Eves are none: a deadline that falls on one stands.
pub fn is_public_holiday(day: Date) -> bool {
    let fixed = matches!(
        (day.month(), day.day()),
        (1, 1 | 6) | (5, 1) | (6, 6) | (12, 25 | 26)
    );
    let saturday = day.weekday() == Weekday::Saturday;
    let midsummer = saturday && day.month() == 6 && (20..=26).contains(&day.day());
    let all_saints = saturday && matches!((day.month(), day.day()), (10, 31) | (11, 1..=6));
    fixed || midsummer || all_saints || is_of_easter(day)
}

/// Good Friday, Easter, Easter Monday, Ascension and Pentecost.
fn is_of_easter(day: Date) -> bool {
    let Some(easter) = easter(day.year()) else {
        return false;
    };
    [-2, 0, 1, 39, 49]
        .into_iter()
        .any(|days: i32| easter.saturating_add(days.days()) == day)
}

/// Easter Sunday of the Gregorian calendar (the computus of Meeus, Jones and Butcher).
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let golden = year_number % 19;
    let (century, of_century) = (year_number / 100, year_number % 100);
    let moon_correction = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - century / 4 - moon_correction + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4) % 7;
    let too_late = (golden + 11 * epact + 22 * weekday) / 451;
    let of_march = epact + weekday - 7 * too_late + 114;
    let month = i8::try_from(of_march / 31).ok()?;
    let day = i8::try_from(of_march % 31 + 1).ok()?;
    Date::new(year, month, day).ok()
}

/// An objection that the controller has neither upheld nor rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UndecidedObjection {
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope.
    pub scope: Scope,
    /// When it was received; Unix milliseconds.
    pub received_at: i64,
    /// The last day on which the person must be told what was decided (GDPR Art. 12(3)).
    pub due_on: Date,
    /// The first instant after that day in Stockholm; Unix milliseconds.
    pub overdue_from: i64,
}

impl UndecidedObjection {
    /// Whether the deadline has passed at `now`; Unix milliseconds.
    pub fn is_overdue(&self, now: i64) -> bool {
        self.overdue_from <= now
    }
}

impl SubjectState {
    /// The objections that wait for the controller's decision, the most urgent first. Against direct marketing there is
    /// nothing to decide (GDPR Art. 21(3)), and an erased subject has none.
    pub fn undecided_objections(&self, register: &dyn PurposeLookup) -> Vec<UndecidedObjection> {
        let mut undecided: Vec<_> = self
            .cells
            .iter()
            .filter_map(|cell| undecided(register, cell))
            .collect();
        undecided.sort_by_key(|objection| objection.overdue_from);
        undecided
    }
}

fn undecided(register: &dyn PurposeLookup, cell: &Cell) -> Option<UndecidedObjection> {
    let purpose = register.purpose(&cell.purpose)?;
    let waits = purpose.check_mode.takes_objection() && !purpose.direct_marketing;
    let (state, received_at) = cell.standing_objection(purpose)?;
    if !waits || state != ObjectionState::Objected {
        return None;
    }
    let due_on = deadline(day_of(received_at), &ANSWER_WITHIN);
    Some(UndecidedObjection {
        purpose: cell.purpose.clone(),
        scope: cell.scope.clone(),
        received_at,
        due_on,
        overdue_from: due_after(due_on),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().expect("a date")
    }

    #[test]
    fn a_month_ends_on_the_same_date_or_the_next_working_day() {
        for (received, due) in [
            // 28 February is a Sunday.
            ("2027-01-29", "2027-03-01"),
            // 6 January is Epiphany.
            ("2026-12-06", "2027-01-07"),
            // September has no 31st.
            ("2026-08-31", "2026-09-30"),
            // 1 May is a Saturday and a holiday.
            ("2027-04-01", "2027-05-03"),
            // Good Friday, Saturday, Easter, Easter Monday.
            ("2027-02-26", "2027-03-30"),
            // Christmas Eve is no public holiday; Christmas Day and the two days after are none to work on.
            ("2026-11-24", "2026-12-24"),
            ("2026-11-25", "2026-12-28"),
        ] {
            let month = CalendarDuration::of_months(1);
            assert_eq!(deadline(day(received), &month), day(due), "{received}");
        }
    }

    #[test]
    fn the_movable_holidays_of_sweden() {
        for text in [
            "2026-04-03",
            "2026-04-05",
            "2026-04-06",
            "2026-05-14",
            "2026-05-24",
            "2026-06-06",
            "2026-06-20",
            "2026-10-31",
            "2027-03-26",
            "2027-05-06",
            "2027-06-26",
            "2027-11-06",
            "2038-04-25",
            "2285-03-22",
        ] {
            assert!(is_public_holiday(day(text)), "{text}");
        }
        for text in [
            "2026-06-19",
            "2026-12-24",
            "2026-12-31",
            "2026-05-25",
            "2026-11-07",
        ] {
            assert!(!is_public_holiday(day(text)), "{text}");
        }
    }

    #[test]
    fn the_end_of_the_calendar_is_a_deadline_too() {
        assert_eq!(deadline(Date::MAX, &ANSWER_WITHIN), Date::MAX);
    }
}
