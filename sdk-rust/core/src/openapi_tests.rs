//! The schemas say what the JSON is.

use std::collections::BTreeSet;

use serde_json::{Value, json};
use utoipa::{PartialSchema, ToSchema};

use crate::{
    decide::Verdict, id::PurposeId, problem::ProblemKind, reason::Reason, scope::Scope,
    state::StateWord, wire::ConsentRequest,
};

fn schema<T: PartialSchema>() -> Value {
    serde_json::to_value(T::schema()).unwrap()
}

#[test]
fn an_identifier_is_a_string_of_its_pattern() {
    let schema = schema::<PurposeId>();
    assert_eq!(schema["type"], "string");
    assert_eq!(schema["pattern"], PurposeId::PATTERN);
    assert_eq!(schema["maxLength"], PurposeId::LENGTH_MAX);
}

#[test]
fn a_scope_is_one_object_without_a_required_field() {
    let schema = schema::<Scope>();
    assert_eq!(schema["type"], "object");
    assert_eq!(schema.get("required"), None);
    assert_eq!(schema["additionalProperties"], false);
    let names: Vec<_> = schema["properties"].as_object().unwrap().keys().collect();
    assert_eq!(names.len(), 6, "{names:?}");
}

#[test]
fn words_are_those_of_the_json() {
    let reasons: Vec<_> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    assert_eq!(schema::<Reason>()["enum"], json!(reasons));
    let kinds: Vec<_> = ProblemKind::ALL.iter().map(|kind| kind.reason()).collect();
    assert_eq!(schema::<ProblemKind>()["enum"], json!(kinds));
    let states: Vec<_> = StateWord::ALL.iter().map(|state| state.as_str()).collect();
    assert_eq!(schema::<StateWord>()["enum"], json!(states));
    assert_eq!(json!(StateWord::ALL), json!(states));
}

#[test]
fn a_verdict_has_the_fields_of_its_json() {
    let schema = schema::<Verdict>();
    assert_eq!(schema["properties"].get("row"), None);
    assert_eq!(schema["properties"]["valid_until"]["format"], "date-time");
    assert_eq!(
        schema["properties"]["valid_until"]["type"],
        json!(["string", "null"])
    );
}

/// Two types of one name would overwrite each other in the description.
#[test]
fn a_request_brings_its_schemas_along() {
    let mut schemas = Vec::new();
    ConsentRequest::schemas(&mut schemas);
    let names: BTreeSet<_> = schemas.iter().map(|(name, _)| name.as_str()).collect();
    for name in [
        "Actor",
        "PurposeDecision",
        "EventId",
        "Method",
        "Scope",
        "SubjectId",
        "Variant",
    ] {
        assert!(names.contains(name), "{name} in {names:?}");
    }
}
