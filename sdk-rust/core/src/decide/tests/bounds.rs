//! Tests of what bounds a verdict or is said with it: another person's consent, age, customers, the terminal.

use super::*;
use crate::{
    age::AgeBand,
    decision::{Decision, DecisionKind},
    event::{EventBody, kinds::*},
    purpose::{AgeRule, CheckMode, Purpose, ScopeType, SpecialCategory},
    state::SubjectState,
    testing::*,
};
use DecisionKind::{Given, Refused};

fn world(change: impl FnOnce(&mut Purpose)) -> World {
    let mut world = World::of([purpose(P, CheckMode::Consent)]);
    change(world.main());
    world
}

/// A staff view rests on the child's own consent: it ends with it, and is asked for each time (E11).
#[test]
fn a_view_of_answers_ends_with_the_childs_consent() {
    let mut world = world(|p| {
        p.check_mode = CheckMode::Contract;
        p.contract_asserted = true;
        p.special_category = SpecialCategory::Possible;
        p.art9_ground = Some("depends_on".into());
        p.depends_on = vec![pid("t.answers")];
    });
    let mut answers = purpose("t.answers", CheckMode::Consent);
    answers.special_category = SpecialCategory::Yes;
    answers.scope_type = ScopeType::Recipient;
    answers.validity = Some(lasting("P12M"));
    world.purposes.insert(answers.id.clone(), answers);
    let consents = EventBody::from(Decisions(vec![Decision {
        scope: recipient("school"),
        explicit: true,
        ..decision("t.answers", Given)
    }]));
    let question = Question {
        scope: recipient("school"),
        op: Op::View,
        ..Question::about(pid(P))
    };
    let state = Stream::of([consents]).state(&world);
    let verdict = decide(&Context::new(&world), Some(&state), &question, LATER);
    assert_eq!(verdict.reason, Reason::ContractAsserted);
    assert_eq!((verdict.rely_ms, verdict.obligations), (0, Vec::new()));
    assert_eq!(verdict.valid_until, Some(T0 + 1_000 + 365 * DAY));
}

#[test]
fn an_allow_ends_when_the_age_may_be_wrong() {
    let world = world(|p| p.age_rule = AgeRule::Iss);
    let acts = [aged(AgeBand::From16To17), says(Given)];
    let mut state = Stream::of(acts).state(&world);
    state.age_until = Some(LATER + 2_000);
    let verdict = check(&world, &state);
    assert_eq!(
        (verdict.valid_until, verdict.rely_ms),
        (Some(LATER + 2_000), 2_000)
    );
    let verdict = check_at(&world, &state, LATER + 2_000);
    assert_eq!(
        (verdict.reason, verdict.row),
        (Reason::AgeUnknown, 24.into())
    );
}

/// E12: another controller than the one whose data it is would be the wrong one to ask.
#[test]
fn a_processor_names_the_customer_of_the_check() {
    let mut world = world(|p| {
        p.check_mode = CheckMode::Processor;
        p.controller_pointer = Some("the customer".into());
    });
    let contact = Some("dataskydd@exempel.se");
    world
        .customers
        .insert(value("exempel"), ("Exempel AB", contact));
    world.customers.insert(value("silent"), ("Tyst AB", None));
    let ask = |on_behalf_of: Option<&str>| {
        let question = Question {
            on_behalf_of: on_behalf_of.map(value),
            ..Question::about(pid(P))
        };
        let verdict = decide(&Context::new(&world), None, &question, LATER);
        assert_eq!(verdict.reason, Reason::NotController);
        (verdict.controller, verdict.controller_contact)
    };
    let named =
        |name: &str, contact: Option<&str>| (Some(name.to_owned()), contact.map(str::to_owned));
    assert_eq!(ask(None), named("the customer", None));
    assert_eq!(ask(Some("exempel")), named("Exempel AB", contact));
    assert_eq!(ask(Some("silent")), named("Tyst AB", None));
    assert_eq!(ask(Some("unknown")), (None, None));
}

#[test]
fn a_row_between_two_numbers_keeps_its_number_in_json() {
    let world = world(|p| {
        p.check_mode = CheckMode::Objection;
        p.direct_marketing = true;
    });
    let state = Stream::of([says(DecisionKind::Objected)]).state(&world);
    let question = Question {
        explain: true,
        ..Question::about(pid(P))
    };
    let verdict = decide(&Context::new(&world), Some(&state), &question, LATER);
    let json = serde_json::to_value(&verdict).unwrap();
    assert_eq!(json["explain"]["row"], 12);
    assert_eq!(json["explain"]["part"], "b");
}

/// E13: under every basis the terminal's consent is asked, and what the person decided opens the gate only.
#[test]
fn every_basis_has_the_terminal_gate() {
    for mode in [
        CheckMode::Objection,
        CheckMode::Contract,
        CheckMode::ContractOrObjection,
        CheckMode::ContractAndLegalObligation,
        CheckMode::LegalObligation,
        CheckMode::TerminalConsentAndObjection,
    ] {
        let world = world(|p| {
            p.check_mode = mode;
            p.terminal_access = true;
        });
        let nothing = check(&world, &SubjectState::default());
        let expected = (Reason::TerminalConsentMissing, true);
        assert_eq!((nothing.reason, nothing.may_ask), expected, "{mode:?}");
        let refused = check(&world, &Stream::of([says(Refused)]).state(&world));
        assert_eq!(refused.reason, Reason::TerminalConsentRefused, "{mode:?}");
        let given = check(&world, &Stream::of([says(Given)]).state(&world));
        assert!(given.row > 12.into(), "{mode:?}: {}", given.reason);
        assert_ne!(given.reason, Reason::BasisChanged, "{mode:?}");
        let mut necessary = world.clone();
        necessary.main().strictly_necessary = true;
        let nothing = check(&necessary, &SubjectState::default());
        assert!(nothing.row > 12.into(), "{mode:?}: {}", nothing.reason);
    }
}
