//! The core's strict parser, with its errors as problems.

use samtycke_core::json::{JsonErrorKind, Limits, parse_strict};
use samtycke_core::problem::{Problem, ProblemKind};
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
    parse_strict(bytes, limits).map_err(|error| {
        let kind = match error.kind() {
            JsonErrorKind::Syntax => ProblemKind::JsonSyntax,
            JsonErrorKind::DuplicateKey => ProblemKind::JsonDuplicateKey,
            JsonErrorKind::TooDeep => ProblemKind::JsonTooDeep,
            JsonErrorKind::TooLarge => ProblemKind::BodyTooLarge,
            JsonErrorKind::NotInteger
            | JsonErrorKind::NumberRange
            | JsonErrorKind::KeyNotAscii
            | JsonErrorKind::NotNfc => ProblemKind::JsonNotCanonical,
        };
        let place = format!("line {} column {}", error.line(), error.column());
        Problem::new(kind)
            .detail(place)
            .field(error.pointer().to_owned(), error.kind().as_str())
    })
}
