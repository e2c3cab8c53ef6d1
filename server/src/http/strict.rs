//! A stand-in until `samtycke_core::json` is here: it knows neither repeated keys nor canonical forms.

use samtycke_core::problem::{Problem, ProblemKind};
use serde_json::Value;

/// Turns bytes into JSON, or says what is wrong with them.
///
/// # Errors
/// `JSON_SYNTAX`, `JSON_DUPLICATE_KEY`, `JSON_TOO_DEEP` or `JSON_NOT_CANONICAL`; the text never repeats what was sent.
pub type StrictParser = fn(bytes: &[u8], depth_max: usize) -> Result<Value, Problem>;

/// The stand-in.
///
/// # Errors
/// `JSON_SYNTAX` and `JSON_TOO_DEEP`.
pub fn parse(bytes: &[u8], depth_max: usize) -> Result<Value, Problem> {
    let value: Value = serde_json::from_slice(bytes).map_err(|error| {
        let place = format!("line {} column {}", error.line(), error.column());
        Problem::new(ProblemKind::JsonSyntax).detail(place)
    })?;
    if depth(&value) > depth_max {
        return Err(
            Problem::new(ProblemKind::JsonTooDeep).detail(format!("at most {depth_max} levels"))
        );
    }
    Ok(value)
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(values) => 1 + values.iter().map(depth).max().unwrap_or(0),
        Value::Object(values) => 1 + values.values().map(depth).max().unwrap_or(0),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => 0,
    }
}
