//! Cases of rows 9 and 10: purposes that others depend on, and the ground of special categories.

use super::*;

/// The staff's view of a child's answers: it rests on a contract with a customer, and on the child's own consent to
/// that customer (E11).
fn staff_view(name: &'static str, reason: Reason) -> Case {
    let mut answers = purpose("t.base", CheckMode::Consent);
    answers.special_category = SpecialCategory::Yes;
    answers.scope_type = ScopeType::Recipient;
    case(name, CheckMode::Contract, reason)
        .register(|p| {
            p.contract_asserted = true;
            p.special_category = SpecialCategory::Possible;
            p.art9_ground = Some("depends_on".into());
            p.depends_on = vec![pid("t.base")];
        })
        .and_purpose(answers)
        .scope(recipient("school-a"))
        .op(Op::View)
}

fn answers(kind: DecisionKind) -> EventBody {
    EventBody::from(Decisions(vec![Decision {
        scope: recipient("school-a"),
        explicit: kind == Given,
        ..decision("t.base", kind)
    }]))
}

pub(super) fn staff_view_rows() -> Vec<Case> {
    vec![
        staff_view("9 the child has not consented", Reason::DependencyDenied),
        staff_view(
            "14 the child consents to this customer",
            Reason::ContractAsserted,
        )
        .happens(answers(Given)),
        staff_view(
            "9 the child consents to another customer",
            Reason::DependencyDenied,
        )
        .happens(answers(Given))
        .scope(recipient("school-b")),
        staff_view(
            "9 the child's consent, asked without a customer",
            Reason::DependencyDenied,
        )
        .happens(answers(Given))
        .scope(Scope::None),
        staff_view("9 the child withdrew, view", Reason::DependencyDenied)
            .happens(answers(Given))
            .happens(answers(Withdrawn)),
        staff_view("9 the child withdrew, read", Reason::DependencyDenied)
            .happens(answers(Given))
            .happens(answers(Withdrawn))
            .op(Op::Read),
        staff_view(
            "10 depends_on as a ground, without a dependency",
            Reason::Art9GroundMissing,
        )
        .register(|p| p.depends_on.clear()),
        staff_view(
            "10 depends_on that needs no explicit consent",
            Reason::Art9GroundMissing,
        )
        .and_purpose(purpose("t.base", CheckMode::LegalObligation)),
    ]
}

/// Only the purpose below has the scope of the check.
fn passes_on(name: &'static str, reason: Reason) -> Case {
    let mut below = purpose("t.base", CheckMode::Consent);
    below.scope_type = ScopeType::Recipient;
    consent(name, reason)
        .register(|p| p.depends_on = vec![pid("t.base")])
        .and_purpose(below)
        .happens(EventBody::from(Decisions(vec![
            decision(P, Given),
            Decision {
                scope: recipient("a"),
                ..decision("t.base", Given)
            },
        ])))
}

pub(super) fn scope_rows() -> Vec<Case> {
    vec![
        passes_on(
            "32 the scope is for the purpose below",
            Reason::ConsentValid,
        )
        .scope(recipient("a")),
        passes_on("9 another scope than below", Reason::DependencyDenied).scope(recipient("b")),
        passes_on(
            "25 a scope that no purpose below has",
            Reason::ScopeNotCovered,
        )
        .register(|p| p.depends_on.clear())
        .scope(recipient("a"))
        .may_ask(),
        passes_on(
            "21 the scope is below, but was once refused here",
            Reason::ConsentRefused,
        )
        .happens(says_of(Refused, recipient("a")))
        .scope(recipient("a")),
    ]
}

pub(super) fn dependency_rows() -> Vec<Case> {
    let depends = |id: &'static str| move |p: &mut Purpose| p.depends_on = vec![pid(id)];
    let base = || purpose("t.base", CheckMode::Consent);
    let yes_to_base = || {
        EventBody::from(Decisions(vec![
            decision("t.base", Given),
            decision(P, Given),
        ]))
    };
    let no_to_base = EventBody::from(Decisions(vec![decision("t.base", Withdrawn)]));
    let mut looped = base();
    looped.depends_on = vec![pid(P)];
    vec![
        consent(
            "9 the purpose below is not allowed",
            Reason::DependencyDenied,
        )
        .register(depends("t.base"))
        .and_purpose(base())
        .says(Given),
        consent("9 the purpose below is unknown", Reason::DependencyDenied)
            .register(depends("t.base"))
            .says(Given),
        consent(
            "9 the purpose below was withdrawn",
            Reason::DependencyDenied,
        )
        .register(depends("t.base"))
        .and_purpose(base())
        .happens(yes_to_base())
        .happens(no_to_base),
        consent("9 a cycle", Reason::DependencyDenied)
            .register(depends("t.base"))
            .and_purpose(looped)
            .happens(yes_to_base()),
        consent("9 depends on itself", Reason::DependencyDenied)
            .register(depends(P))
            .says(Given),
        consent("32 the purpose below is allowed", Reason::ConsentValid)
            .register(depends("t.base"))
            .and_purpose(base())
            .happens(yes_to_base()),
        objection(
            "10 special category without a ground",
            Reason::Art9GroundMissing,
        )
        .register(|p| p.special_category = SpecialCategory::Possible)
        .told(),
        objection(
            "20 special category with a ground",
            Reason::LegitimateInterest,
        )
        .register(|p| {
            p.special_category = SpecialCategory::Yes;
            p.art9_ground = Some("9(2)(d)".into());
        })
        .told(),
        objection(
            "10 special category, a ground that is empty",
            Reason::Art9GroundMissing,
        )
        .register(|p| {
            p.special_category = SpecialCategory::Yes;
            p.art9_ground = Some("depends_on".into());
        })
        .told(),
    ]
}
