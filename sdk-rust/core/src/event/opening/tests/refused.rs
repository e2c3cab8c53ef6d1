//! Tests rejected openings: each fails with its own error, and none becomes an event without effect.

use serde_json::json;

use super::*;
use crate::{
    decision::DecisionKind,
    testing::{decision, says},
};

/// Changes the openings of a withdrawal and reads the result.
fn changed(change: impl FnOnce(&mut Value, &mut Value)) -> Result<LoggedEvent, OpeningError> {
    let openings = logged(says(DecisionKind::Withdrawn)).write();
    let value = |bytes: &[u8]| serde_json::from_slice::<Value>(bytes).unwrap();
    let (mut ctx, mut sub) = (value(&openings.ctx), value(&openings.sub));
    change(&mut ctx, &mut sub);
    LoggedEvent::read(&Openings {
        ctx: json::canonical(&ctx),
        sub: json::canonical(&sub),
    })
}

fn with_ctx(field: &str, value: Value) -> Result<LoggedEvent, OpeningError> {
    changed(|ctx, _| ctx[field] = value)
}

#[test]
fn an_unknown_type_is_an_error_of_its_own() {
    let error = with_ctx("type", json!("decisions.lifted")).unwrap_err();
    assert!(error.is_unknown(), "{error}");
    assert!(error.to_string().contains("decisions.lifted"), "{error}");
}

#[test]
fn an_unknown_version_is_an_error_of_its_own() {
    let error = with_ctx("v", json!(2)).unwrap_err();
    let version = OpeningError::UnknownVersion {
        name: "decisions".into(),
        version: 2,
    };
    assert_eq!(error, version);
    assert!(error.is_unknown());
}

#[test]
fn a_newer_version_may_have_other_fields() {
    let newer = changed(|ctx, _| {
        ctx["v"] = json!(2);
        ctx["more"] = json!(1);
        ctx["data"] = json!([]);
    });
    assert!(newer.unwrap_err().is_unknown());
}

#[test]
fn an_unknown_field_is_refused_wherever_it_stands() {
    for (part, path) in [
        (Part::Ctx, ""),
        (Part::Ctx, "/data"),
        (Part::Ctx, "/data/decisions/0"),
        (Part::Ctx, "/results/0"),
        (Part::Sub, ""),
        (Part::Sub, "/actor"),
        (Part::Sub, "/signals"),
        (Part::Sub, "/device"),
    ] {
        let read = changed(|ctx, sub| {
            let opening = if part == Part::Ctx { ctx } else { sub };
            opening.pointer_mut(path).unwrap()["lifts"] = json!(true);
        });
        assert_eq!(read, Err(OpeningError::Field(part)), "{path}");
    }
}

#[test]
fn openings_that_do_not_fit_each_other_are_refused() {
    let other = logged(says(DecisionKind::Withdrawn)).write();
    let used = logged(examples()[8].0.clone());
    assert_ne!(used.event.body.type_name(), "decisions");
    let mixed = Openings {
        ctx: other.ctx,
        sub: used.write().sub,
    };
    assert_eq!(
        LoggedEvent::read(&mixed),
        Err(OpeningError::Mismatch("kind and version"))
    );
    for (name, read) in [
        ("the hour", with_ctx("hour", json!(1))),
        (
            "a tenant's stream with a subject",
            with_ctx("stream", json!("tenant")),
        ),
        (
            "a result too many",
            changed(|ctx, _| {
                let first = ctx["results"][0].clone();
                ctx["results"].as_array_mut().unwrap().push(first);
            }),
        ),
        ("no result", with_ctx("results", json!([]))),
    ] {
        assert!(
            matches!(read, Err(OpeningError::Mismatch(_))),
            "{name}: {read:?}"
        );
    }
}

#[test]
fn a_submission_without_a_decision_is_refused() {
    let none = with_ctx("data", json!({"decisions": []}));
    assert_eq!(none, Err(OpeningError::Field(Part::Ctx)));
    let absent = changed(|ctx, _| {
        ctx.as_object_mut().unwrap().remove("data");
    });
    assert_eq!(absent, Err(OpeningError::Field(Part::Ctx)));
}

#[test]
fn a_second_spelling_is_refused() {
    let explicit = changed(|ctx, _| ctx["data"]["decisions"][0]["explicit"] = json!(false));
    assert_eq!(explicit, Err(OpeningError::Form(Part::Ctx)));
    let data = changed(|_, sub| sub["data"] = json!({}));
    assert_eq!(data, Err(OpeningError::Form(Part::Sub)));
    let null = changed(|_, sub| sub["expires"] = Value::Null);
    assert_eq!(null, Err(OpeningError::Form(Part::Sub)));
    let based = changed(|_, sub| sub["based_on"] = json!(0));
    assert_eq!(based, Err(OpeningError::Form(Part::Sub)));
    let mut openings = logged(says(DecisionKind::Withdrawn)).write();
    openings.ctx.push(b' ');
    assert_eq!(
        LoggedEvent::read(&openings),
        Err(OpeningError::Form(Part::Ctx))
    );
}

/// The largest submission fits into an opening.
#[test]
fn sixty_four_scoped_decisions_fit_into_an_opening() {
    let scope = |n: usize| crate::testing::recipient(&format!("{n:0>64}"));
    let many = (0..crate::wire::DECISIONS_MAX).map(|n| crate::decision::Decision {
        scope: scope(n),
        ..decision("t.main", DecisionKind::Refused)
    });
    let logged = logged(crate::event::kinds::Decisions(many.collect()).into());
    assert_eq!(LoggedEvent::read(&logged.write()), Ok(logged));
}

#[test]
fn plaintexts_are_taken_apart_as_they_were_packed() {
    let openings = logged(says(DecisionKind::Withdrawn)).write();
    assert_eq!(Openings::unpack(&openings.pack()), Some(openings));
    assert_eq!(Openings::unpack(&[0, 0, 0, 9, 1]), None);
    assert_eq!(Openings::unpack(&[0, 0]), None);
}
