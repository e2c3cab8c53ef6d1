//! Schemas as people read them: a name, a table of fields, a list of words.

use maud::{Markup, html};
use serde_json::Value;

use super::text::{inline, prose};
use super::{entries, list, word};

/// The section of a named type.
pub(super) fn section(name: &str, schema: &Value) -> Markup {
    html! {
        article id={ "type-" (name) } {
            h3 { code { (name) } }
            (prose(word(&schema["description"])))
            (body(schema))
        }
    }
}

fn body(schema: &Value) -> Markup {
    if !list(&schema["allOf"]).is_empty() {
        return html! { @for part in list(&schema["allOf"]) { (body(part)) } };
    }
    if schema["properties"].is_object() {
        return fields(schema);
    }
    html! { p { (kind(schema)) } }
}

fn fields(schema: &Value) -> Markup {
    let required = list(&schema["required"]);
    html! {
        table {
            tbody {
                @for (name, field) in entries(&schema["properties"]) {
                    @let needed = required.iter().any(|r| r == name);
                    tr {
                        th scope="row" { code { (name) } @if needed { span.needed { " required" } } }
                        td { (kind(field)) }
                        td { (inline(word(&field["description"]))) }
                    }
                }
            }
        }
    }
}

/// The kind of a value in a few words; a type of the document as a link.
pub(super) fn kind(schema: &Value) -> Markup {
    if let Some(name) = schema["$ref"].as_str().and_then(|to| to.rsplit('/').next()) {
        return html! { a href={ "#type-" (name) } { (name) } };
    }
    for key in ["oneOf", "anyOf", "allOf"] {
        let parts = list(&schema[key]);
        if !parts.is_empty() {
            let joint = if key == "allOf" { " and " } else { " or " };
            return html! { @for (i, part) in parts.iter().enumerate() { @if i > 0 { (joint) } (kind(part)) } };
        }
    }
    if !list(&schema["enum"]).is_empty() {
        return html! {
            @for (i, value) in list(&schema["enum"]).iter().enumerate() {
                @if i > 0 { ", " }
                code { @match value { Value::String(text) => (text), other => (other) } }
            }
        };
    }
    let types: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        other => list(other).iter().map(word).collect(),
    };
    html! {
        @for (i, name) in types.iter().enumerate() {
            @if i > 0 { " or " }
            @match *name {
                "array" => { "list of " (kind(&schema["items"])) }
                "object" if schema["additionalProperties"].is_object() => {
                    "object of " (kind(&schema["additionalProperties"]))
                }
                name => (name),
            }
        }
        @if let Some(format) = schema["format"].as_str() { ", " (format) }
        @if let Some(pattern) = schema["pattern"].as_str() { ", " code { (pattern) } }
    }
}
