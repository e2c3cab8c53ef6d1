//! Anchors: the civil days on which retention periods begin.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::calendar::day_of;
use crate::wire::parse_rfc3339;

/// The words at the end of a name whose event is the last day of something. An instant at midnight would move such a
/// day by one, and the last day of a fiscal year by a year.
const LAST_DAYS: [&str; 4] = [".ended", ".closed", ".last_day", ".calendar_year_end"];
/// The other word for the end of an account.
const ACCOUNT_CLOSED: &str = "account.closed";
/// The names of a hold's start and end begin with it.
pub(crate) const HOLD_PREFIX: &str = "hold.";
/// The word for the end of an account.
pub(super) const ACCOUNT_DEREGISTERED: &str = "account.deregistered";

/// The civil day in Europe/Stockholm of each named event. If an event can happen several times (several contracts,
/// several accounts), the day is that of the last.
///
/// `fiscal_year.calendar_year_end` and `fiscal_year.ended`, which is the last day of the fiscal year, both mean 31
/// December of the calendar year in which the fiscal year ended (bokföringslagen 7 kap. 2 §). A hold named
/// `hold(reason)` is in force from `hold.<reason>` through `hold.<reason>.ended`. `account.closed` and
/// `account.deregistered` are the same event.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Anchors(BTreeMap<String, Date>);

/// Why a text is not the day of an anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AnchorError {
    /// It is neither a date nor an instant.
    #[error("must be a date such as 2026-11-21, or a time of RFC 3339")]
    Shape,
    /// The event is a last day, and the text is an instant.
    #[error("is a last day: must be a date such as 2026-11-21, without a time")]
    NotCivil,
}

impl Anchors {
    /// Reads the day of an anchor: `YYYY-MM-DD`, or an instant of RFC 3339 where the event is not a last day.
    pub fn read(&mut self, name: &str, text: &str) -> Result<(), AnchorError> {
        let day = match (civil(text), parse_rfc3339(text)) {
            (Some(day), _) => day,
            (None, None) => return Err(AnchorError::Shape),
            (None, Some(_)) if is_last_day(name) => return Err(AnchorError::NotCivil),
            (None, Some(at)) => day_of(at),
        };
        self.set(name, day);
        Ok(())
    }

    /// Sets the day of an event. Of the two words for the end of an account, the earlier day counts.
    pub fn set(&mut self, name: &str, day: Date) {
        let known = self
            .0
            .get(canonical(name))
            .filter(|_| canonical(name) == ACCOUNT_DEREGISTERED);
        let day = known.map_or(day, |known| day.min(*known));
        self.0.insert(canonical(name).to_owned(), day);
    }

    /// Sets the day of an event that ended something at an instant, in Unix milliseconds. What is over at midnight had
    /// the day before as its last day.
    pub(super) fn set_end(&mut self, name: &str, ended_at: i64) {
        self.set(name, day_of(ended_at.saturating_sub(1)));
    }

    /// The day of an event.
    pub fn get(&self, name: &str) -> Option<Date> {
        self.0.get(canonical(name)).copied()
    }

    /// Whether it has no event.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds the events of `others` that it lacks.
    #[must_use]
    pub fn or(mut self, others: Self) -> Self {
        for (name, day) in others.0 {
            self.0.entry(name).or_insert(day);
        }
        self
    }
}

/// The one name of an event.
pub(super) fn canonical(name: &str) -> &str {
    if name == ACCOUNT_CLOSED {
        ACCOUNT_DEREGISTERED
    } else {
        name
    }
}

fn is_last_day(name: &str) -> bool {
    LAST_DAYS.iter().any(|end| name.ends_with(end))
}

fn civil(text: &str) -> Option<Date> {
    let shape = |(i, byte): (usize, u8)| match i {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let shaped = text.len() == 10 && text.bytes().enumerate().all(shape);
    shaped.then(|| text.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, text: &str) -> Result<String, AnchorError> {
        let mut anchors = Anchors::default();
        anchors.read(name, text)?;
        Ok(anchors.get(name).expect("it was read").to_string())
    }

    #[test]
    fn an_anchor_is_a_date_or_an_instant_in_stockholm() {
        let name = "item.collected";
        assert_eq!(read(name, "2026-06-30"), Ok("2026-06-30".into()));
        assert_eq!(read(name, "2026-06-30T22:30:00Z"), Ok("2026-07-01".into()));
        for text in [
            "",
            "20260630",
            "2026-6-30",
            "2026-02-30",
            "yesterday",
            "1782858600000",
        ] {
            assert_eq!(read(name, text), Err(AnchorError::Shape), "{text}");
        }
    }

    /// R2: a contract over at midnight would count a day, and a fiscal year a year, too long.
    #[test]
    fn a_last_day_is_a_date_and_never_an_instant() {
        for name in [
            "contract.ended",
            "request.closed",
            "contract.last_day",
            "fiscal_year.ended",
            "fiscal_year.calendar_year_end",
            "hold.dispute.ended",
        ] {
            assert_eq!(read(name, "2025-12-31"), Ok("2025-12-31".into()));
            let instant = read(name, "2025-12-31T23:00:00Z");
            assert_eq!(instant, Err(AnchorError::NotCivil), "{name}");
        }
    }

    #[test]
    fn an_account_ends_under_two_words() {
        let mut anchors = Anchors::default();
        anchors
            .read("account.closed", "2026-03-01")
            .expect("a date");
        anchors
            .read("account.deregistered", "2026-04-01")
            .expect("a date");
        let ended = anchors.get("account.closed");
        assert_eq!(ended.map(|day| day.to_string()), Some("2026-03-01".into()));
        assert_eq!(ended, anchors.get("account.deregistered"));
    }
}
