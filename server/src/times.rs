//! Times as the API writes them: RFC 3339 in UTC with milliseconds.

use crate::clock::UnixMs;

/// Formats a time.
pub fn text(at: UnixMs) -> String {
    samtycke_core::wire::instant(at)
}

/// Parses a time; `None` if the text is not one.
pub fn parse(text: &str) -> Option<UnixMs> {
    samtycke_core::wire::parse_instant(text)
}
