//! Times as the API writes them: RFC 3339 in UTC with milliseconds.

use jiff::Timestamp;

use crate::clock::UnixMs;

/// A time as text.
pub fn text(at: UnixMs) -> String {
    samtycke_core::wire::instant(at)
}

/// The time behind a text, if it is one.
pub fn parse(text: &str) -> Option<UnixMs> {
    (text.len() <= 40).then_some(())?;
    text.parse::<Timestamp>()
        .ok()
        .map(jiff::Timestamp::as_millisecond)
}
