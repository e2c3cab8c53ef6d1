//! The core's strict parser, with its errors as problems.

use samtycke_core::json::{Limits, parse_strict};
use samtycke_core::problem::Problem;
use serde_json::Value;

/// Turns bytes into JSON, or says what is wrong with them.
///
/// # Errors
/// `JSON_SYNTAX`, `JSON_DUPLICATE_KEY`, `JSON_TOO_DEEP` or `JSON_NOT_CANONICAL`; the text never repeats what was sent.
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
