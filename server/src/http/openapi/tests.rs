//! The description matches the router and is itself valid.

use std::collections::BTreeSet;

use serde_json::Value;

use samtycke_core::problem::ProblemKind;

use crate::app::api_document;

fn json() -> Value {
    serde_json::from_str(&api_document()).unwrap()
}

#[test]
fn every_reference_leads_somewhere() {
    fn walk<'v>(value: &'v Value, found: &mut Vec<&'v str>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str));
                map.values().for_each(|value| walk(value, found));
            }
            Value::Array(list) => list.iter().for_each(|value| walk(value, found)),
            _ => {}
        }
    }
    let document = json();
    let mut found = Vec::new();
    walk(&document, &mut found);
    assert!(found.len() > 100);
    for reference in &found {
        let pointer = reference.strip_prefix('#').expect("within the document");
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
    // And no type is described that no operation refers to.
    for name in document["components"]["schemas"]
        .as_object()
        .unwrap()
        .keys()
    {
        let reference = format!("#/components/schemas/{name}");
        assert!(
            found.contains(&reference.as_str()),
            "{name} is not referred to"
        );
    }
}

/// Requirements of OpenAPI 3.1 for an operation, and our own.
#[test]
fn every_operation_is_complete() {
    let document = json();
    assert_eq!(document["openapi"], "3.1.0");
    assert_eq!(document["info"]["version"], env!("CARGO_PKG_VERSION"));
    let tags: BTreeSet<&str> = document["tags"]
        .as_array()
        .unwrap()
        .iter()
        .map(|t| t["name"].as_str().unwrap())
        .collect();
    let schemes = document["components"]["securitySchemes"]
        .as_object()
        .unwrap();
    let mut ids = BTreeSet::new();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let at = format!("{method} {path}");
            assert!(
                ids.insert(operation["operationId"].as_str().unwrap()),
                "{at}: an id of its own"
            );
            assert!(
                operation["tags"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .all(|t| tags.contains(t.as_str().unwrap())),
                "{at}"
            );
            let summary = operation["summary"].as_str().unwrap();
            assert!(
                summary.len() < 100 && !summary.ends_with('.'),
                "{at}: {summary}"
            );
            for requirement in operation["security"]
                .as_array()
                .unwrap_or_else(|| panic!("{at}: who may call"))
            {
                assert!(
                    requirement
                        .as_object()
                        .unwrap()
                        .keys()
                        .all(|scheme| schemes.contains_key(scheme)),
                    "{at}"
                );
            }
            let declared: BTreeSet<&str> = operation["parameters"]
                .as_array()
                .into_iter()
                .flatten()
                .filter(|parameter| parameter["in"] == "path")
                .map(|parameter| {
                    assert_eq!(parameter["required"], true, "{at}");
                    parameter["name"].as_str().unwrap()
                })
                .collect();
            let named = path
                .split('{')
                .skip(1)
                .map(|rest| rest.split('}').next().unwrap())
                .collect();
            assert_eq!(declared, named, "{at}");
            if let Some(body) = operation.get("requestBody") {
                for (media, content) in body["content"].as_object().unwrap() {
                    assert!(content["schema"].is_object(), "{at}");
                    assert!(
                        media != "application/json" || content["example"].is_object(),
                        "{at}: an example"
                    );
                }
            }
            let responses = operation["responses"].as_object().unwrap();
            assert!(
                responses
                    .keys()
                    .any(|status| status.starts_with(['2', '3'])),
                "{at}"
            );
            for (status, response) in responses {
                assert!(
                    response["description"].is_string() || response["$ref"].is_string(),
                    "{at} {status}"
                );
            }
        }
    }
}

#[test]
fn every_problem_has_its_place() {
    let document = json();
    for kind in ProblemKind::ALL {
        let response = &document["components"]["responses"][format!("Problem{}", kind.status())];
        let description = response["description"].as_str().unwrap();
        assert!(
            description.contains(&format!("`{}`", kind.reason())),
            "{}",
            kind.reason()
        );
    }
}

/// A client that was generated before a word was added must parse it.
#[test]
fn words_of_answers_are_open_sets() {
    let document = json();
    let schemas = &document["components"]["schemas"];
    let known = |name: &str| serde_json::json!({"$ref": format!("#/components/schemas/{name}")});
    let any = serde_json::json!({"type": "string"});
    let nothing = serde_json::json!({"type": "null"});
    let alternatives = |of: &str, field: &str| &schemas[of]["properties"][field]["anyOf"];
    for (of, field, name) in [
        ("Verdict", "reason", "Reason"),
        ("Verdict", "state", "StateWord"),
        ("DecisionResponse", "outcome", "Outcome"),
        ("ProblemBody", "reason", "ProblemKind"),
    ] {
        assert_eq!(
            *alternatives(of, field),
            serde_json::json!([known(name), any]),
            "{of}.{field}"
        );
    }
    let nullable = serde_json::json!([known("Basis"), any, nothing]);
    assert_eq!(*alternatives("Verdict", "basis"), nullable);
    let listed = &schemas["Verdict"]["properties"]["obligations"]["items"]["anyOf"];
    assert_eq!(*listed, serde_json::json!([known("Obligation"), any]));
}

/// The server refuses every other word, so a generated client should not compile with one.
#[test]
fn words_of_requests_are_closed() {
    let document = json();
    let schemas = &document["components"]["schemas"];
    for (of, field, name) in [
        ("PurposeDecision", "decision", "DecisionKind"),
        ("ConsentRequest", "method", "Method"),
        ("CheckRequest", "op", "Op"),
    ] {
        let reference = &schemas[of]["properties"][field]["$ref"];
        assert_eq!(
            *reference,
            format!("#/components/schemas/{name}"),
            "{of}.{field}"
        );
    }
}

/// The file serves readers, diffs and generators that have no server.
#[test]
fn the_document_in_docs_is_this_one() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    if std::env::var_os("SAMTYCKE_BLESS").is_some() {
        std::fs::write(path, api_document()).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap_or_default();
    assert!(
        golden == api_document(),
        "docs/openapi.json is not what the code says; SAMTYCKE_BLESS=1 writes it anew"
    );
}
