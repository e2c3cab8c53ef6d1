//! The core's strict parser, with problems as errors.

use samtycke_core::json::{Limits, parse_strict};
use samtycke_core::problem::Problem;
use serde_json::Value;

/// Parses bytes as JSON.
///
/// # Errors
/// `JSON_SYNTAX`, `JSON_DUPLICATE_KEY`, `JSON_TOO_DEEP` or `JSON_NOT_CANONICAL`; the text never repeats the input.
pub type StrictParser = fn(bytes: &[u8], depth_max: usize) -> Result<Value, Problem>;

/// The parser of every body.
///
/// # Errors
/// As [`StrictParser`].
pub fn parse(bytes: &[u8], depth_max: usize) -> Result<Value, Problem> {
    let limits = Limits {
        size_bytes_max: bytes.len(),
        depth_max,
    };
    Ok(parse_strict(bytes, limits)?)
}
