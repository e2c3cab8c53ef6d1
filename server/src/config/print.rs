//! Prints the settings in force as TOML, without secrets. A server can load the output.

use std::fmt::Write as _;

use super::layers::{Setting, Value};

pub(super) fn render(settings: &[Setting]) -> String {
    let mut out = String::from("# The settings in force, and where each came from.\n");
    let mut table = String::new();
    for setting in settings {
        let (prefix, name) = setting.key.rsplit_once('.').unwrap_or(("", &setting.key));
        if prefix != table {
            prefix.clone_into(&mut table);
            let _ = write!(out, "\n[{prefix}]\n");
        }
        let value = match &setting.value {
            Value::Text(text) => quoted(&redacted(name, text)),
            Value::Integer(number) => number.to_string(),
            Value::Boolean(boolean) => boolean.to_string(),
        };
        let _ = writeln!(out, "{name} = {value}  # {}", setting.source);
    }
    out
}

fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}

/// Removes secrets. An address keeps scheme, host and path, but loses its password and query, because PostgreSQL
/// accepts `?password=`. A setting whose name contains key or secret is removed completely.
fn redacted(name: &str, text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    if ["key", "secret", "password", "token"]
        .iter()
        .any(|word| name.split('_').any(|part| part == *word))
    {
        return "***".to_owned();
    }
    let Some((scheme, rest)) = text.split_once("://") else {
        return text.to_owned();
    };
    let (rest, query) = match rest.split_once('?') {
        Some((rest, _)) => (rest, "?***"),
        None => (rest, ""),
    };
    match rest.rsplit_once('@') {
        Some((user, host)) => {
            let user = match user.split_once(':') {
                Some((user, _)) => format!("{user}:***"),
                None => user.to_owned(),
            };
            format!("{scheme}://{user}@{host}{query}")
        }
        None => format!("{scheme}://{rest}{query}"),
    }
}
