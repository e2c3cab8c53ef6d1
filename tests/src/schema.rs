//! Responses and examples, validated against the schemas of the API's own description.
//!
//! The description gives the words of answers as open sets, for clients of tomorrow. The server of today must answer the
//! words that it documents, so here they are closed again.

use std::collections::HashMap;
use std::sync::LazyLock;

use boon::{Compiler, SchemaIndex, Schemas};
use reqwest::Method;
use serde_json::Value;

const ADDRESS: &str = "https://samtycke.example/openapi.json";

/// The description, with the schemas of all requests and responses.
pub struct Description {
    document: Value,
    schemas: Schemas,
    /// Schemas by JSON pointer.
    known: HashMap<String, SchemaIndex>,
}

/// The description that the server under test serves.
pub static DESCRIPTION: LazyLock<Description> =
    LazyLock::new(|| Description::of(&samtycke_server::app::api_document()));

impl Description {
    fn of(text: &str) -> Self {
        let mut document: Value = serde_json::from_str(text).expect("a description is JSON");
        close_sets(&mut document);
        let mut compiler = Compiler::new();
        compiler.enable_format_assertions();
        compiler
            .add_resource(ADDRESS, document.clone())
            .expect("a description is a resource");
        let (mut schemas, mut known) = (Schemas::new(), HashMap::new());
        walk(&document, "", &mut |pointer, node| {
            if node.get("schema").is_some() {
                let pointer = format!("{pointer}/schema");
                let index = compiler.compile(&format!("{ADDRESS}#{pointer}"), &mut schemas);
                known.insert(pointer, index.expect("a schema"));
            }
        });
        Self {
            document,
            schemas,
            known,
        }
    }

    /// The document itself.
    pub fn document(&self) -> &Value {
        &self.document
    }

    /// Why a response does not match the description. A route that is not in the description is not checked.
    pub fn check_answer(
        &self,
        method: &Method,
        path: &str,
        status: u16,
        media: &str,
        body: &Value,
    ) -> Result<(), String> {
        let Some(template) = self.template(path) else {
            return Ok(());
        };
        let method = method.as_str().to_ascii_lowercase();
        let operation = &self.document["paths"][template][&method];
        // 405, or a preflight.
        if operation.is_null() {
            return Ok(());
        }
        let mut pointer = format!("/paths/{}/{method}/responses/{status}", escaped(template));
        let mut response = &operation["responses"][status.to_string()];
        // Shared responses are described once.
        if let Some(shared) = response["$ref"].as_str().and_then(|r| r.strip_prefix('#')) {
            shared.clone_into(&mut pointer);
            response = self.document.pointer(shared).unwrap_or(&Value::Null);
        }
        if response.is_null() {
            return Err(format!(
                "{method} {template} is not said to answer {status}"
            ));
        }
        if body.is_null() {
            return Ok(());
        }
        if response["content"][media]["schema"].is_null() {
            return Err(format!(
                "{method} {template} is not said to answer {status} as {media}"
            ));
        }
        // The problems that a status can have are listed in its description: the schema is the same for all.
        if media == "application/problem+json" {
            let listed =
                self.document["components"]["responses"][format!("Problem{status}")]["description"]
                    .as_str();
            let reason = format!("`{}`", body["reason"].as_str().unwrap_or_default());
            if !listed.is_some_and(|listed| listed.contains(&reason)) {
                return Err(format!(
                    "{method} {template}: {status} is not said to have the reason {reason}"
                ));
            }
        }
        let pointer = format!("{pointer}/content/{}/schema", escaped(media));
        self.check(&pointer, body)
            .map_err(|why| format!("{method} {template} {status}: {why}\n{body}"))
    }

    /// Why a value does not match the schema at this JSON pointer of the document.
    pub fn check(&self, pointer: &str, value: &Value) -> Result<(), String> {
        let index = *self.known.get(pointer).ok_or("there is no such schema")?;
        self.schemas
            .validate(value, index)
            .map_err(|error| format!("{error:#}"))
    }

    /// The path of the description that an address matches; one without parameters before one with them.
    fn template(&self, path: &str) -> Option<&str> {
        let path = path.split('?').next()?;
        let paths = self.document["paths"].as_object()?;
        if let Some((exact, _)) = paths.get_key_value(path) {
            return Some(exact);
        }
        let parts: Vec<_> = path.split('/').collect();
        let fits = |template: &&String| {
            let names: Vec<_> = template.split('/').collect();
            names.len() == parts.len()
                && names
                    .iter()
                    .zip(&parts)
                    .all(|(name, part)| name.starts_with('{') || name == part)
        };
        paths.keys().find(fits).map(String::as_str)
    }
}

/// Takes the alternative "any other string" away from every open set.
fn close_sets(node: &mut Value) {
    match node {
        Value::Object(members) => {
            if let Some(Value::Array(alternatives)) = members.get_mut("anyOf") {
                let any_string = serde_json::json!({"type": "string"});
                alternatives.retain(|alternative| *alternative != any_string);
            }
            members.values_mut().for_each(close_sets);
        }
        Value::Array(items) => items.iter_mut().for_each(close_sets),
        _ => {}
    }
}

/// A member's name as a step of a JSON pointer in a URL's fragment.
fn escaped(part: &str) -> String {
    part.replace('~', "~0")
        .replace('/', "~1")
        .replace('{', "%7B")
        .replace('}', "%7D")
        .replace('+', "%2B")
}

/// Calls a function with every object below a node, and its JSON pointer.
pub fn walk(node: &Value, pointer: &str, see: &mut impl FnMut(&str, &Value)) {
    match node {
        Value::Object(members) => {
            see(pointer, node);
            for (name, value) in members {
                walk(value, &format!("{pointer}/{}", escaped(name)), see);
            }
        }
        Value::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                walk(value, &format!("{pointer}/{at}"), see);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const VERDICT: &str = "/v1/check";

    fn check(change: impl FnOnce(&mut Value)) -> Result<(), String> {
        let mut verdict = json!({"allow": false, "may_ask": true, "reason": "CONSENT_MISSING", "basis": null,
            "state": "unknown", "seq": 0, "valid_until": null, "rely_ms": 0, "obligations": [], "position": null});
        change(&mut verdict);
        DESCRIPTION.check_answer(&Method::POST, VERDICT, 200, "application/json", &verdict)
    }

    #[test]
    fn a_documented_word_is_accepted() {
        check(|_| ()).unwrap();
        check(|verdict| verdict["basis"] = json!("consent")).unwrap();
    }

    #[test]
    fn an_undocumented_word_is_refused() {
        for (field, word) in [
            ("state", json!("Given")),
            ("reason", json!("NO_SUCH_REASON")),
            ("basis", json!("no_such_basis")),
            ("obligations", json!(["no_such_obligation"])),
        ] {
            check(|verdict| verdict[field] = word).expect_err(field);
        }
    }

    #[test]
    fn a_problem_of_another_status_is_refused() {
        let problem = |status: u16, reason: &str| {
            let body = json!({"type": "about:blank", "title": "t", "status": status, "reason": reason, "allow": false});
            DESCRIPTION.check_answer(
                &Method::POST,
                VERDICT,
                status,
                "application/problem+json",
                &body,
            )
        };
        problem(401, "UNAUTHENTICATED").unwrap();
        problem(403, "UNAUTHENTICATED").unwrap_err();
    }
}
