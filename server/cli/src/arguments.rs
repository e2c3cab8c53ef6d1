//! Parsers of arguments that several commands have.

use samtycke_core::scope::Scope;
use samtycke_core::wire::parse_rfc3339;
use serde::de::DeserializeOwned;
use serde_json::json;

/// Parses a word of the API.
pub(super) fn word<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_json::from_value(json!(text)).ok()
}

pub(super) fn scope(text: &str) -> Result<Scope, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("must be a scope, such as {{\"vendor\":\"matomo\"}}: {error}"))
}

pub(super) fn time(text: &str) -> Result<String, String> {
    match parse_rfc3339(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("must be a time of RFC 3339, such as 2026-11-21T12:00:00Z".to_owned()),
    }
}
