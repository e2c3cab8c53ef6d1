//! Cleans a parsed body before it is converted to its type, and rejects texts that the databases cannot store.

use samtycke_core::problem::{Problem, ProblemKind};
use serde_json::Value;

use super::pointer;

/// Removes every null field: some programs write all fields, and mean the same as those that omit them. An event's
/// identity covers the remaining fields, so both kinds of program send the same event.
pub(super) fn without_nulls(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.retain(|_, value| !value.is_null());
            fields.values_mut().for_each(without_nulls);
        }
        Value::Array(list) => list.iter_mut().for_each(without_nulls),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Rejects texts that contain NUL. PostgreSQL cannot store them, and both engines must accept the same texts.
///
/// # Errors
/// `FIELD_INVALID` with the field.
pub(super) fn refuse_nul(value: &Value) -> Result<(), Problem> {
    let mut at = Vec::new();
    if holds_nul(value, &mut at) {
        at.reverse();
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field(pointer(&at), "must not hold the character U+0000"));
    }
    Ok(())
}

/// Whether a text contains NUL. Writes its path into `at`, innermost part first.
fn holds_nul(value: &Value, at: &mut Vec<String>) -> bool {
    let mut within = |key: String, value: &Value| {
        let found = key.contains('\0') || holds_nul(value, at);
        if found {
            at.push(key);
        }
        found
    };
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Object(fields) => fields.iter().any(|(key, value)| within(key.clone(), value)),
        Value::Array(list) => list
            .iter()
            .enumerate()
            .any(|(index, value)| within(index.to_string(), value)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_null_is_left_out_wherever_it_stands() {
        let mut value = json!({"a": null, "b": {"c": null, "d": 0}, "e": [{"f": null}, null], "g": {"h": {"i": null}}});
        without_nulls(&mut value);
        // A list element is no field: removing it would move the others.
        let left = json!({"b": {"d": 0}, "e": [{}, null], "g": {"h": {}}});
        assert_eq!(value, left);
    }

    #[test]
    fn a_nul_is_refused_with_the_field_that_holds_it() {
        for (value, field) in [
            (json!({"a": "x\0"}), "/a"),
            (json!({"a": "x", "b": [{"c": "x"}, {"c": "\0"}]}), "/b/1/c"),
            (json!({"a": {"b\0": 1}}), "/a/(a key that is no name)"),
        ] {
            let problem = refuse_nul(&value).unwrap_err();
            assert_eq!(problem.kind, ProblemKind::FieldInvalid);
            assert_eq!(problem.violations[0].field, field);
        }
        assert!(refuse_nul(&json!({"a": ["\u{1}", "\\u0000", "0"]})).is_ok());
    }
}
