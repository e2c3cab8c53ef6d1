use samtycke_core::event::EventBody;
use serde_json::{Value, json};

use super::*;

const EVENT: &str = "019b0000-0000-7000-8000-000000000001";
const SUBJECT: &str = "s_AAAAAAAAAAAAAAAAAAAAAA";

fn openings_of(ctx: &Value, sub: &Value) -> Stored<EventBody> {
    let openings = Openings {
        ctx: ctx.to_string().into_bytes(),
        sub: sub.to_string().into_bytes(),
    };
    let (ctx, sub) = openings.read()?;
    Ok(event_of(&ctx, &sub)?.body)
}

fn ctx(type_: &str, more: &Value) -> Value {
    let mut ctx = json!({"v": 1, "log": LogId::from_bytes([1; 16]), "type": type_, "assurance": "server", "hour": 1,
        "decisions": []});
    merge(&mut ctx, more);
    ctx
}

fn sub(more: &Value) -> Value {
    let mut sub =
        json!({"v": 1, "subject": SUBJECT, "event_id": EVENT, "seq": 1, "received_at": 1});
    merge(&mut sub, more);
    sub
}

fn merge(into: &mut Value, more: &Value) {
    let (into, more) = (into.as_object_mut().unwrap(), more.as_object().unwrap());
    into.extend(more.clone());
}

fn said() -> Value {
    json!({"decisions": [{"purpose": "a.b", "decision": "withdrawn", "outcome": "effective", "state": "withdrawn"}]})
}

fn used() -> Value {
    json!({"used": {"purpose": "a.b", "reason": "CONSENT_VALID", "state": "given"}})
}

#[test]
fn openings_of_each_type_are_read() {
    let withdrawal = openings_of(&ctx("withdrawal", &said()), &sub(&json!({}))).unwrap();
    assert_eq!(withdrawal.type_name(), "decisions");
    assert!(withdrawal.direction().is_restrictive());
    let used = openings_of(&ctx("use", &used()), &sub(&json!({"consent": EVENT}))).unwrap();
    assert_eq!(used.type_name(), "consent.used");
}

/// Protects checks about the past: what this server cannot read is an error, and never an event that changes nothing.
#[test]
fn openings_that_do_not_fit_their_type_are_an_error() {
    let nothing = json!({});
    for (ctx, sub, why) in [
        (ctx("erasure", &said()), sub(&nothing), "an unknown type"),
        (ctx("use", &nothing), sub(&nothing), "a use of nothing"),
        (ctx("use", &used()), sub(&nothing), "a use of no consent"),
        (
            ctx("use", &said()),
            sub(&json!({"consent": EVENT})),
            "a use that decides",
        ),
        (ctx("withdrawal", &nothing), sub(&nothing), "no decision"),
        (
            ctx("consent", &used()),
            sub(&json!({"consent": EVENT})),
            "a consent that uses",
        ),
        (
            ctx(
                "withdrawal",
                &json!({"decisions": said()["decisions"], "lifts": true}),
            ),
            sub(&nothing),
            "an unknown member",
        ),
        (
            ctx("withdrawal", &said()),
            sub(&json!({"lifts": true})),
            "an unknown member of the other",
        ),
    ] {
        let read = openings_of(&ctx, &sub);
        assert!(
            matches!(read, Err(StoreError::Contradiction(_))),
            "{why}: {read:?}"
        );
    }
}
