//! Formats numbers, times and names for the page.

use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use maud::{Markup, html};

use crate::home::Lang;

/// The number and time formats of one language.
#[derive(Clone, Copy)]
pub(super) struct Format {
    lang: Lang,
}

impl Format {
    pub(super) fn new(lang: Lang) -> Self {
        Self { lang }
    }

    /// A count with grouped thousands: no-break space in Swedish (Svenska skrivregler), comma in English.
    pub(super) fn count(self, n: i64) -> String {
        let separator = match self.lang {
            Lang::Sv => '\u{a0}',
            Lang::En => ',',
        };
        let digits = n.unsigned_abs().to_string();
        let mut out = String::with_capacity(digits.len() * 2);
        if n < 0 {
            out.push('\u{2212}');
        }
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                out.push(separator);
            }
            out.push(digit);
        }
        out
    }
}

/// A time in Swedish local time with its zone, in ISO 8601, which both languages read.
pub(super) fn time(ms: i64) -> Markup {
    html! {
        @if let Some(t) = local(ms) {
            time datetime=(t.timestamp()) { (t.strftime("%Y-%m-%d %H:%M:%S %Z")) }
        } @else { "–" }
    }
}

/// Hour and minute in Swedish local time.
pub(super) fn hour(ms: i64) -> String {
    local(ms).map_or_else(|| String::from("–"), |t| t.strftime("%H:%M").to_string())
}

/// Swedish local time; UTC if the time zone database lacks the zone; `None` beyond year 9999.
fn local(ms: i64) -> Option<Zoned> {
    let zone = TimeZone::get("Europe/Stockholm").unwrap_or(TimeZone::UTC);
    Timestamp::from_millisecond(ms)
        .ok()
        .map(|t| t.to_zoned(zone))
}

/// A name that is safe in a fragment or a path segment: ASCII letters, digits, `-`, `_` and `.`; others become `-`.
/// Tenant and log ids have no other characters; this keeps a mistake elsewhere from changing a link.
pub(super) fn segment(id: &str) -> String {
    id.chars()
        .map(|c| {
            if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.') {
                c
            } else {
                '-'
            }
        })
        .collect()
}

/// Parts of long Swedish compounds after which a line may break.
const JOINTS: [&str; 4] = ["uppgifts", "incidents", "biträdes", "marknads"];

/// Adds soft hyphens to the longest words. Browsers without Swedish hyphenation would otherwise break
/// "personuppgiftsincidentshantering" one letter before its end.
pub(super) fn soften(text: &str) -> String {
    let soft = |word: &str| {
        if word.chars().count() < 18 {
            return word.to_owned();
        }
        JOINTS.iter().fold(word.to_owned(), |word, joint| {
            word.replace(joint, &format!("{joint}\u{ad}"))
        })
    };
    text.split(' ').map(soft).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_grouped_per_language() {
        let (sv, en) = (Format::new(Lang::Sv), Format::new(Lang::En));
        assert_eq!(sv.count(1_234_567), "1\u{a0}234\u{a0}567");
        assert_eq!(en.count(1_234_567), "1,234,567");
        assert_eq!(en.count(999), "999");
        assert_eq!(en.count(0), "0");
        assert_eq!(en.count(-1_000), "\u{2212}1,000");
    }

    #[test]
    fn times_are_swedish() {
        let summer = time(1_782_858_600_000).into_string();
        assert_eq!(
            summer,
            "<time datetime=\"2026-06-30T22:30:00Z\">2026-07-01 00:30:00 CEST</time>"
        );
        assert_eq!(time(i64::MAX).into_string(), "–");
    }

    #[test]
    fn only_long_words_are_softened() {
        assert_eq!(soften("Marknadsföring av varor"), "Marknadsföring av varor");
        let long = soften("En Personuppgiftsincidentshantering");
        assert_eq!(long, "En Personuppgifts\u{ad}incidents\u{ad}hantering");
    }

    #[test]
    fn a_segment_cannot_leave_its_place() {
        assert_eq!(segment("../a?b#c\"d"), "..-a-b-c-d");
        assert_eq!(segment("bjorn-lunden"), "bjorn-lunden");
    }
}
