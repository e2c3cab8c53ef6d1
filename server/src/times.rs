//! Times as the API writes them: RFC 3339 in UTC with milliseconds.

use crate::clock::UnixMs;

/// A time as text.
pub fn text(at: UnixMs) -> String {
    samtycke_core::wire::instant(at)
}

/// The time behind a text, if it is one.
pub fn parse(text: &str) -> Option<UnixMs> {
    samtycke_core::wire::parse_instant(text)
}
