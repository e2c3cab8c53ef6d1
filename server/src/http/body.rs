//! Reads request bodies: JSON of a known type, within limits.

use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use samtycke_core::problem::{Problem, ProblemKind};
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_path_to_error::{Path, Segment};

use super::strict::StrictParser;

mod plain;

use plain::{refuse_nul, without_nulls};

/// The media type of most bodies.
pub const JSON: &str = "application/json";

/// Limits for reading a body.
#[derive(Debug, Clone, Copy)]
pub struct BodyRules {
    /// Largest body; bytes.
    pub bytes_max: usize,
    /// Time limit for its arrival.
    pub timeout: Duration,
    /// Deepest nesting.
    pub depth_max: usize,
    /// Parses bytes as JSON.
    pub parse: StrictParser,
}

/// Reads JSON of type `T`. Also returns the JSON itself, for computations over the whole body.
///
/// # Errors
/// `CONTENT_TYPE_UNSUPPORTED`, `BODY_TOO_LARGE` (announced or not), `REQUEST_TIMEOUT`, the parser's errors, and
/// `FIELD_INVALID` with a JSON pointer to the field. No problem repeats a value.
pub async fn read_json<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
    rules: &BodyRules,
) -> Result<(T, Value), Problem> {
    let mut value = read_value(headers, body, rules, &[JSON]).await?;
    let shaped = shape(&mut value)?;
    Ok((shaped, value))
}

/// Reads any JSON with one of these media types.
///
/// # Errors
/// Those of [`read_json`]; `FIELD_INVALID` for a text that the databases cannot store.
pub async fn read_value(
    headers: &HeaderMap,
    body: Body,
    rules: &BodyRules,
    media: &[&str],
) -> Result<Value, Problem> {
    require_media(headers, media)?;
    let bytes = read_bytes(headers, body, rules).await?;
    let value = (rules.parse)(&bytes, rules.depth_max)?;
    refuse_nul(&value)?;
    Ok(value)
}

/// Reads a body as raw bytes.
///
/// # Errors
/// `BODY_TOO_LARGE` (announced or not), `REQUEST_TIMEOUT`, and `JSON_SYNTAX` for a body that breaks off.
pub async fn read_bytes(
    headers: &HeaderMap,
    body: Body,
    rules: &BodyRules,
) -> Result<Bytes, Problem> {
    let too_large = || {
        let detail = format!("at most {} bytes", rules.bytes_max);
        Problem::new(ProblemKind::BodyTooLarge).detail(detail)
    };
    let announced = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok()?.parse::<u64>().ok());
    if announced.is_some_and(|length| length > rules.bytes_max as u64) {
        return Err(too_large());
    }
    let read = Limited::new(body, rules.bytes_max).collect();
    match tokio::time::timeout(rules.timeout, read).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(too_large()),
        Ok(Err(_)) => Err(Problem::new(ProblemKind::JsonSyntax).detail("the body broke off")),
        Err(_) => Err(Problem::new(ProblemKind::RequestTimeout).detail(format!(
            "the body must arrive within {} ms",
            rules.timeout.as_millis()
        ))),
    }
}

/// Converts JSON to type `T`, after removing null fields.
///
/// # Errors
/// `FIELD_INVALID` with a JSON pointer to the field and the expected form, without the value.
pub fn shape<T: DeserializeOwned>(value: &mut Value) -> Result<T, Problem> {
    without_nulls(value);
    let value = &*value;
    // serde would also accept an array of a struct's fields in order, which no client intends.
    if !value.is_object() {
        return Err(Problem::new(ProblemKind::FieldInvalid).field("", "expected an object"));
    }
    serde_path_to_error::deserialize(value).map_err(|error| {
        let text = error.inner().to_string();
        let (field, message) = explain(error.path(), &text, value);
        Problem::new(ProblemKind::FieldInvalid).field(field, message)
    })
}

fn require_media(headers: &HeaderMap, wanted: &[&str]) -> Result<(), Problem> {
    let media = headers
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("");
    let media = media.split(';').next().unwrap_or("").trim();
    if wanted
        .iter()
        .any(|wanted| media.eq_ignore_ascii_case(wanted))
    {
        Ok(())
    } else {
        Err(ProblemKind::ContentTypeUnsupported.into())
    }
}

/// A JSON pointer and a message without values, made from serde's message.
fn explain(path: &Path, text: &str, value: &Value) -> (String, String) {
    let mut at: Vec<String> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.clone()),
            Segment::Enum { .. } | Segment::Unknown => None,
        })
        .collect();
    if let Some((name, _)) = quoted(text, "missing field ") {
        at.push(name.to_owned());
        return (pointer(&at), "is missing".to_owned());
    }
    if let Some((name, rest)) = quoted(text, "unknown field ") {
        if at.last().is_none_or(|last| last != name) {
            at.push(name.to_owned());
        }
        return (
            pointer(&at),
            format!("is not known here; {}", expected(rest)),
        );
    }
    let wrong = [
        "invalid type",
        "invalid value",
        "invalid length",
        "unknown variant",
    ];
    let message = if wrong.iter().any(|prefix| text.starts_with(prefix)) {
        expected(text)
    } else {
        own_words(text, find(value, &at))
    };
    (pointer(&at), message)
}

/// The backquoted text after the prefix, and the rest. A name may contain backquotes itself, so it ends where serde's
/// own text continues.
fn quoted<'t>(text: &'t str, prefix: &str) -> Option<(&'t str, &'t str)> {
    let inner = text.strip_prefix(prefix)?.strip_prefix('`')?;
    let end = inner
        .rfind("`, expected ")
        .or_else(|| inner.rfind("`, there are no fields"));
    let end = end.or_else(|| inner.rfind('`'))?;
    Some((&inner[..end], &inner[end + 1..]))
}

/// The part of the message that says what serde expected. It comes last and contains no client text, unlike the rest.
fn expected(text: &str) -> String {
    match text.rsplit_once(", expected ") {
        Some((_, expected)) => format!("expected {}", expected.replace('`', "")),
        None => "no field is expected".to_owned(),
    }
}

/// A type's own message, unless it repeats the value.
fn own_words(text: &str, value: Option<&Value>) -> String {
    let repeats = match value {
        Some(Value::String(value)) => value.chars().count() > 1 && text.contains(value.as_str()),
        Some(Value::Number(value)) => text.contains(&value.to_string()),
        // For an array or an object, the part that the message refers to is unknown.
        Some(Value::Array(_) | Value::Object(_)) => {
            !text.is_ascii() || text.contains(['"', '`', '\''])
        }
        Some(Value::Null | Value::Bool(_)) | None => false,
    };
    if repeats {
        "is not of the right shape".to_owned()
    } else {
        text.to_owned()
    }
}

fn find<'v>(value: &'v Value, at: &[String]) -> Option<&'v Value> {
    at.iter().try_fold(value, |value, key| match value {
        Value::Object(map) => map.get(key),
        Value::Array(list) => list.get(key.parse::<usize>().ok()?),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => None,
    })
}

/// A JSON pointer (RFC 6901). Keys come from the client: a key that is not a plain name could be personal data, so the
/// pointer leaves it out.
fn pointer(at: &[String]) -> String {
    let mut pointer = String::new();
    for key in at {
        let index = key.len() <= 5 && key.bytes().all(|b| b.is_ascii_digit());
        let name = key.len() <= 64
            && key.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
            && key
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
        pointer.push('/');
        pointer.push_str(if index || name {
            key
        } else {
            "(a key that is no name)"
        });
    }
    pointer
}

#[cfg(test)]
mod tests;
