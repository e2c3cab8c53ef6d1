use std::collections::HashSet;

use super::{
    Direction::{self, Mixed, Neutral, Permissive, Restrictive},
    EventBody, Joined,
    kinds::*,
};
use crate::{
    actor::Verification,
    age::{AgeBand, Country},
    cell_ref::CellRef,
    decision::{Decision, DecisionKind},
    testing::{P, decision, event_id, pid, says, subject, v, value},
};

fn cell() -> CellRef {
    CellRef {
        purpose: pid(P),
        scope: crate::testing::recipient("firm"),
    }
}

fn joined() -> Joined {
    let mut said = crate::testing::Stream::of([says(DecisionKind::Given)])
        .then(says(DecisionKind::Objected))
        .then(crate::testing::linked(9))
        .then(crate::testing::aged(AgeBand::Adult))
        .state(&crate::testing::World::default());
    said.restricted = Some(7);
    Joined::from(&said)
}

/// One example of each kind, with every field set, in the order of the list; its JSON; and its direction.
pub(super) fn examples() -> Vec<(EventBody, Direction)> {
    let guardian = subject(5);
    let said = |kind| decision(P, kind);
    vec![
        (
            Decisions(vec![
                Decision {
                    explicit: true,
                    gpc_acknowledged: true,
                    ..said(DecisionKind::Given)
                },
                Decision {
                    scope: crate::testing::recipient("firm"),
                    ..decision("t.other", DecisionKind::Refused)
                },
                Decision {
                    all_scopes: true,
                    ..decision("t.third", DecisionKind::Withdrawn)
                },
            ])
            .into(),
            Mixed,
        ),
        (
            GuardianLinked {
                guardian: guardian.clone(),
                verification: Verification::Eid,
                holders: 2,
            }
            .into(),
            Restrictive,
        ),
        (
            GuardianUnlinked {
                guardian: guardian.clone(),
                cause: UnlinkCause::CustodyEnded,
                holders: 1,
            }
            .into(),
            Restrictive,
        ),
        (ObjectionUpheld { cell: cell() }.into(), Restrictive),
        (
            ObjectionRejected {
                cell: cell(),
                grounds: value("fraud"),
                balancing_test: v(8),
            }
            .into(),
            Permissive,
        ),
        (
            ConsentInvalidated {
                cell: cell(),
                all_scopes: false,
                cause: value("form"),
                effective_from: Some(1),
            }
            .into(),
            Restrictive,
        ),
        (
            ConsentRevoked {
                cell: CellRef {
                    purpose: pid(P),
                    scope: crate::scope::Scope::None,
                },
                all_scopes: true,
                cause: value("project"),
            }
            .into(),
            Restrictive,
        ),
        (ConsentUsed::of(cell(), event_id(1)).into(), Neutral),
        (crate::testing::terms(1), Neutral),
        (
            AgeBandSet {
                band: AgeBand::From7To12,
                until: Some(crate::testing::day("2027-05-01")),
                country: Some(Country::parse("SE").unwrap()),
                verification: Verification::Eid,
            }
            .into(),
            Mixed,
        ),
        (
            NoticeDelivered {
                notice: v(1),
                purposes: vec![pid(P)],
                language: crate::id::Language::parse("sv").unwrap(),
                variant: crate::notice::Variant::Teen,
            }
            .into(),
            Permissive,
        ),
        (
            ContractStarted {
                contract: value("c-1"),
                purposes: vec![pid(P)],
                effective_from: Some(1),
            }
            .into(),
            Permissive,
        ),
        (
            ContractEnded {
                contract: value("c-1"),
                last_day: crate::testing::day("2026-06-30"),
            }
            .into(),
            Restrictive,
        ),
        (
            SubjectLinked {
                from: subject(6),
                joined: Box::new(joined()),
            }
            .into(),
            Restrictive,
        ),
        (SubjectMerged { into: subject(6) }.into(), Restrictive),
        (
            SubjectUnmerged {
                from: subject(6),
                joined: Some(Box::new(joined())),
                cause: value("mistake"),
            }
            .into(),
            Restrictive,
        ),
        (crate::testing::restricted(), Restrictive),
        (crate::testing::unrestricted(), Permissive),
        (SubjectErased {}.into(), Restrictive),
        (
            Correction {
                corrects: event_id(1),
                fault: Fault::WrongSubject,
                effective_from: Some(1),
            }
            .into(),
            Restrictive,
        ),
    ]
}

#[test]
fn every_kind_has_an_example_and_a_name_of_its_own() {
    let examples = examples();
    let shown: Vec<_> = examples.iter().map(|(body, _)| body.type_name()).collect();
    assert_eq!(shown, EventBody::TYPES);
    let names: HashSet<_> = shown.iter().collect();
    assert_eq!(names.len(), EventBody::TYPES.len());
}

#[test]
fn every_kind_is_read_as_it_was_written() {
    for (body, _) in examples() {
        let json = serde_json::to_value(&body).unwrap();
        let members: Vec<_> = json.as_object().unwrap().keys().collect();
        assert_eq!(members, [body.type_name()]);
        assert_eq!(serde_json::from_value::<EventBody>(json).unwrap(), body);
    }
}

/// Prevents treating a permissive kind as restrictive or neutral: the test states each direction a second time.
#[test]
fn every_kind_has_the_direction_that_was_decided() {
    for (body, direction) in examples() {
        assert_eq!(body.direction(), direction, "{}", body.type_name());
    }
}

#[test]
fn decisions_may_narrow_one_purpose_and_widen_another() {
    let both = Decisions(vec![
        decision(P, DecisionKind::Given),
        decision("t.other", DecisionKind::Withdrawn),
    ]);
    let body = EventBody::from(both);
    assert_eq!(body.direction(), Mixed);
    let later = EventBody::from(Decisions(vec![decision(P, DecisionKind::Deferred)]));
    assert_eq!(later.direction(), Neutral);
}

#[test]
fn an_unknown_kind_is_an_error_that_names_it() {
    for (json, said) in [
        (r#"{"objection.ignored":{}}"#, "objection.ignored"),
        (r"{}", "a kind of event is missing"),
        (
            r#"{"subject.erased":{},"subject.merged":{}}"#,
            "of one kind",
        ),
        (r#"{"subject.erased":{"name":"a"}}"#, "name"),
        (r#""subject.erased""#, "an object with one member"),
    ] {
        let error = serde_json::from_str::<EventBody>(json).unwrap_err();
        assert!(error.to_string().contains(said), "{json}: {error}");
    }
}
