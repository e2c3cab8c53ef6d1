//! RFC 8785's own samples, and everything that two JSON readers could read differently.

use serde_json::json;

use super::*;

const VECTORS: &str = include_str!("../../../tests/vectors/jcs.json");

fn kind(text: &str) -> JsonErrorKind {
    parse_strict(text.as_bytes(), Limits::default())
        .expect_err(text)
        .kind()
}

#[test]
fn the_samples_of_rfc_8785_come_out_as_printed() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for case in vectors["canonical"].as_array().unwrap() {
        let input: Value = serde_json::from_str(case["input"].as_str().unwrap()).unwrap();
        let output = String::from_utf8(canonical(&input)).unwrap();
        assert_eq!(output, case["output"].as_str().unwrap(), "{}", case["name"]);
    }
}

/// Appendix B: the IEEE 754 doubles and their texts. Bodies never hold them; the canonicaliser must know them anyway.
#[test]
fn the_numbers_of_appendix_b() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for case in vectors["numbers"].as_array().unwrap() {
        let bits = u64::from_str_radix(case["ieee754"].as_str().unwrap(), 16).unwrap();
        let text = String::from_utf8(canonical(&json!(f64::from_bits(bits)))).unwrap();
        assert_eq!(text, case["text"].as_str().unwrap(), "{bits:016x}");
    }
}

#[test]
fn the_strict_vectors() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    for case in vectors["strict"].as_array().unwrap() {
        let input = case["input"].as_str().unwrap();
        if let Some(error) = case["error"].as_str() {
            assert_eq!(format!("{:?}", kind(input)), error, "{input}");
        } else {
            let value = parse_strict(input.as_bytes(), Limits::default()).expect(input);
            assert_eq!(
                canonical(&value),
                case["output"].as_str().unwrap().as_bytes()
            );
        }
    }
}

/// Protects readers: a duplicate key, kept last by serde_json and first by others, would show two readers two consents.
#[test]
fn a_duplicate_is_found_at_any_depth_and_named() {
    let error = parse_strict(
        br#"{"decisions":[{},{"decision":"refused","decision":"given"}]}"#,
        Limits::default(),
    )
    .unwrap_err();
    assert_eq!(error.kind(), JsonErrorKind::DuplicateKey);
    assert_eq!(error.pointer(), "/decisions/1/decision");
    assert_eq!(error.line(), 1);
    assert!(error.column() > 0);
}

#[test]
fn an_error_never_repeats_what_a_person_may_have_written() {
    for text in [
        r#"{"someone@example.com":1.5}"#,
        r#"{"a":"someone@example.com","a":1}"#,
        r#"{"someone@example.com":1,"someone@example.com":2}"#,
    ] {
        let error = parse_strict(text.as_bytes(), Limits::default()).unwrap_err();
        assert!(!format!("{error} {error:?}").contains("someone"), "{error}");
    }
}

#[test]
fn limits_hold_to_the_byte_and_the_level() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    let limits = Limits::default();
    assert!(parse_strict(nested(16).as_bytes(), limits).is_ok());
    assert_eq!(kind(&nested(17)), JsonErrorKind::TooDeep);
    // Deep beyond serde_json's own limit of 128: still our word for it.
    assert_eq!(kind(&nested(5000)), JsonErrorKind::TooDeep);
    let text = |length: usize| format!("\"{}\"", "a".repeat(length - 2));
    assert!(parse_strict(text(limits.size_bytes_max).as_bytes(), limits).is_ok());
    assert_eq!(
        kind(&text(limits.size_bytes_max + 1)),
        JsonErrorKind::TooLarge
    );
}

#[test]
fn bytes_that_are_not_utf8_are_a_syntax_error() {
    let error = parse_strict(b"\"\xff\"", Limits::default()).unwrap_err();
    assert_eq!(error.kind(), JsonErrorKind::Syntax);
}

#[test]
fn only_one_spelling_is_canonical() {
    let limits = Limits::default();
    assert!(
        parse_canonical(br#"{"a":1,"b":2}"#, limits)
            .unwrap()
            .is_some()
    );
    assert!(
        parse_canonical(br#"{"b":2,"a":1}"#, limits)
            .unwrap()
            .is_none()
    );
    assert!(parse_canonical(br#"{"a": 1}"#, limits).unwrap().is_none());
    assert!(parse_canonical(br#""\u0061""#, limits).unwrap().is_none());
}
