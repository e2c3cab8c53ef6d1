//! Tests the dates that rows 4, 6, 7, 8 and 15 work out themselves (R3, R4).

use super::*;
use crate::{
    age::AgeBand,
    civil_day::CivilDay,
    decision::DecisionKind,
    event::{Event, EventBody, kinds::*},
    notice_standing::NoticeStanding,
    purpose::{CheckMode, Purpose},
    retention::{Anchors, Term},
    scope::Scope,
    testing::*,
};
use DecisionKind::{Given, Objected, ObjectionRetracted, Refused, Withdrawn};

/// A day of a year that has 366.
const YEAR: i64 = 366 * DAY;

fn world(mode: CheckMode, rule: &str) -> World {
    World::of([purpose(P, mode)]).keeping(rule)
}

/// A `while` with the end events that the register gives it.
fn while_active(mode: CheckMode, change: impl FnOnce(&mut Purpose)) -> World {
    let mut world = World::of([purpose(P, mode)]);
    change(world.main());
    let defaults = crate::retention::default_end_events(world.main());
    let mut active = term("while(purpose.active)");
    active.end_events = defaults.into_iter().map(str::to_owned).collect();
    World {
        terms: vec![active],
        ..world
    }
}

fn started(id: &str) -> EventBody {
    contract_started(id)
}

fn ends(id: &str, at: i64) -> EventBody {
    EventBody::from(ContractEnded {
        contract: value(id),
        last_day: CivilDay::of(at),
    })
}

/// A contract from [`T0`] that ended two days later.
fn a_former_customer() -> Stream {
    Stream::of([started("c1")]).then(ends("c1", T0 + 2 * DAY))
}

fn reads(world: &World, stream: &Stream, item: Option<&Anchors>, now: i64) -> Verdict {
    let question = Question {
        op: Op::Read,
        ..Question::about(pid(P))
    };
    let ctx = Context {
        item,
        ..Context::new(world)
    };
    let state = stream.state(world);
    decide(&ctx, Some(&state), &question, now)
}

fn reason(world: &World, stream: &Stream, now: i64) -> Reason {
    reads(world, stream, None, now).reason
}

#[test]
fn reading_after_a_contract_ends_with_its_retention() {
    let world = world(CheckMode::Contract, "after(contract.ended, P1Y)");
    let at = |now| reads(&world, &a_former_customer(), None, now);
    let kept = at(T0 + 30 * DAY);
    assert_eq!(kept.reason, Reason::ContractRetention);
    // The last day is 2026-01-17, so 2027-01-17 is the last day of a year; due at 00:00 in Stockholm.
    let due = kept.valid_until.expect("the due instant");
    assert_eq!(crate::wire::format_rfc3339(due), "2027-01-17T23:00:00.000Z");
    assert_eq!(at(due - 1).reason, Reason::ContractRetention);
    assert_eq!(at(due).reason, Reason::ContractEnded);
    assert_eq!(at(T0 + 52 * YEAR).reason, Reason::ContractEnded);
}

/// R2: a contract that is over at midnight counts by its last day.
#[test]
fn a_contracts_last_day_is_the_anchor() {
    let world = world(CheckMode::Contract, "after(contract.ended, P1Y)");
    let last_day = CivilDay::parse("2026-06-30").expect("a day");
    let end = last_day.end();
    let stream = Stream::of([started("c1")]).then(contract_ended("c1", "2026-06-30"));
    let until = reads(&world, &stream, None, end + DAY)
        .valid_until
        .expect("due");
    assert_eq!(
        crate::wire::format_rfc3339(until),
        "2027-06-30T22:00:00.000Z"
    );
}

#[test]
fn without_a_date_nothing_is_read_after_a_contract() {
    let world = world(CheckMode::Contract, "after(case.closed, P7D)");
    let stream = a_former_customer();
    let now = T0 + 5 * DAY;
    assert_eq!(reason(&world, &stream, now), Reason::RetentionUnknown);
    let closed = anchors(&[("case.closed", "2026-01-15")]);
    let kept = reads(&world, &stream, Some(&closed), now);
    assert_eq!(kept.reason, Reason::ContractRetention);
    let passed = reads(&world, &stream, Some(&closed), T0 + 9 * DAY);
    assert_eq!(passed.reason, Reason::RetentionPassed);
}

#[test]
fn a_new_contract_removes_the_end_of_the_old_one() {
    let world = world(CheckMode::Contract, "after(contract.ended, P1Y)");
    let stream = a_former_customer().then(started("c2"));
    assert_eq!(reason(&world, &stream, T0 + 3 * YEAR), Reason::Contract);
    // What was collected under the old one keeps its own date.
    let old = anchors(&[("contract.ended", "2026-01-17")]);
    let item = reads(&world, &stream, Some(&old), T0 + 3 * YEAR);
    assert_eq!(item.reason, Reason::RetentionPassed);
}

#[test]
fn a_hold_of_the_law_is_read_until_its_date_and_no_longer() {
    let rule = "after(fiscal_year.calendar_year_end, P7Y)";
    let year = anchors(&[("fiscal_year.ended", "2025-12-31")]);
    let retired = |p: &mut Purpose| p.retired = true;
    let kept = |events: Vec<EventBody>, change: &dyn Fn(&mut Purpose), otherwise: Reason| {
        let mut world = world(CheckMode::LegalObligation, rule);
        change(world.main());
        let stream = Stream::of(events);
        let at = |item, now| reads(&world, &stream, item, now);
        let read = at(Some(&year), LATER);
        assert_eq!(read.reason, Reason::LegalHoldOnly, "{otherwise:?}");
        let due = crate::wire::format_rfc3339(read.valid_until.expect("the due instant"));
        assert_eq!(due, "2032-12-31T23:00:00.000Z");
        assert_eq!(
            at(None, LATER).reason,
            Reason::RetentionUnknown,
            "{otherwise:?}"
        );
        assert_eq!(at(Some(&year), T0 + 60 * YEAR).reason, otherwise);
    };
    let erased = EventBody::from(SubjectErased {});
    let restricted = restricted();
    kept(vec![says(Given)], &retired, Reason::PurposeRetired);
    kept(vec![erased], &|_| (), Reason::SubjectErased);
    kept(vec![restricted], &|_| (), Reason::Restricted);
}

#[test]
fn a_lower_bound_is_read_through_and_then_unknown() {
    let world = world(
        CheckMode::LegalObligation,
        "min(fiscal_year.calendar_year_end, P7Y)",
    );
    let year = anchors(&[("fiscal_year.ended", "2025-12-31")]);
    let stream = Stream::of([restricted()]);
    let at = |now| reads(&world, &stream, Some(&year), now).reason;
    assert_eq!(at(LATER), Reason::LegalHoldOnly);
    assert_eq!(at(T0 + 8 * YEAR), Reason::RetentionUnknown);
}

#[test]
fn another_basis_ends_with_the_last_contract() {
    let world = world(CheckMode::LegalObligation, "after(contract.ended, P1Y)");
    let stream = a_former_customer();
    let other = |now| reason(&world, &stream, now);
    assert_eq!(other(T0 + 30 * DAY), Reason::LegalObligation);
    assert_eq!(other(T0 + 2 * YEAR), Reason::RetentionPassed);
    let again = stream.clone().then(started("c2"));
    assert_eq!(
        reason(&world, &again, T0 + 2 * YEAR),
        Reason::LegalObligation
    );
}

fn anchors_of(world: &World, stream: &Stream, now: i64) -> Vec<String> {
    let purpose = &world.purposes[&pid(P)];
    let state = stream.state(world);
    let known = state.retention_anchors(world, purpose, &Scope::None, now);
    let heard = |term: &Term| term.heard();
    let names = world.terms.iter().flat_map(heard);
    names.filter(|name| known.get(name).is_some()).collect()
}

#[test]
fn a_while_on_consent_ends_with_the_consent() {
    let mut world = while_active(CheckMode::Consent, |_| ());
    let now = T0 + 5 * DAY;
    let ended = |world: &World, acts: &[EventBody]| {
        anchors_of(world, &Stream::of(acts.to_vec()), now).join(" ")
    };
    let revoked = revoked();
    let invalid = invalidated(None);
    assert_eq!(ended(&world, &[]), "");
    assert_eq!(ended(&world, &[says(Given)]), "");
    assert_eq!(
        ended(&world, &[says(Given), says(Withdrawn)]),
        "consent.withdrawn"
    );
    assert_eq!(ended(&world, &[says(Refused)]), "consent.refused");
    assert_eq!(ended(&world, &[says(Given), revoked]), "consent.revoked");
    assert_eq!(
        ended(&world, &[says(Given), invalid]),
        "consent.invalidated"
    );
    let again = [says(Given), says(Withdrawn), says(Given)];
    assert_eq!(ended(&world, &again), "", "a later grant removes the event");
    world.main().validity = Some(lasting("P1D"));
    assert_eq!(ended(&world, &[says(Given)]), "consent.expired");
}

#[test]
fn an_invalid_consent_is_due_at_once() {
    let world = while_active(CheckMode::Consent, |_| ());
    let due = |name: &str| {
        let anchors = anchors(&[(name, "2026-01-15")]);
        let now = T0;
        let out = crate::retention::erase_due(&world.terms, &anchors, &world.params, now);
        out.is_due(now)
    };
    assert!(due("consent.invalidated"));
    assert!(!due("consent.withdrawn"), "it may exist through the day");
}

#[test]
fn a_while_on_interest_ends_with_the_objection() {
    let upheld = EventBody::from(ObjectionUpheld { cell: main_cell() });
    let ended = |world: &World, acts: &[EventBody]| {
        anchors_of(world, &Stream::of(acts.to_vec()), T0 + DAY).join(" ")
    };
    let plain = while_active(CheckMode::Objection, |_| ());
    assert_eq!(ended(&plain, &[says(Objected)]), "", "not decided yet");
    assert_eq!(ended(&plain, &[says(Objected), upheld]), "objection.upheld");
    let marketing = while_active(CheckMode::Objection, |p| p.direct_marketing = true);
    assert_eq!(ended(&marketing, &[says(Objected)]), "objection.objected");
    let back = [says(Objected), says(ObjectionRetracted)];
    assert_eq!(ended(&marketing, &back), "");
}

/// E3: for a purpose of direct marketing the objection counts as the contract's end, and for no other purpose.
#[test]
fn an_objection_to_marketing_counts_as_the_contracts_end() {
    let stream = Stream::of([started("c1"), says(Objected)]);
    let mut world = world(CheckMode::Contract, "after(contract.ended, P30D)");
    assert_eq!(anchors_of(&world, &stream, T0 + DAY), Vec::<String>::new());
    world.main().direct_marketing = true;
    assert_eq!(anchors_of(&world, &stream, T0 + DAY), ["contract.ended"]);
    let back = stream.then(says(ObjectionRetracted));
    assert_eq!(anchors_of(&world, &back, T0 + DAY), Vec::<String>::new());
}

#[test]
fn an_undecided_objection_has_a_due_date() {
    let mut world = World::of([purpose(P, CheckMode::Objection)]);
    let on = |kind, at: &str| {
        let received = crate::wire::parse_rfc3339(at).expect("an instant");
        move |stream: Stream| stream.add(says(kind), |e: &mut Event| e.received_at = received)
    };
    let first = on(Objected, "2027-01-29T10:00:00Z")(Stream::default());
    // Objecting again asks for no more time.
    let stream = on(Objected, "2027-02-10T10:00:00Z")(first);
    let undecided =
        |world: &World, stream: &Stream| stream.state(world).undecided_objections(world);
    let found = undecided(&world, &stream);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].due_on.to_string(), "2027-03-01");
    assert!(!found[0].is_overdue(found[0].overdue_from - 1));
    assert!(found[0].is_overdue(found[0].overdue_from));
    let decided = stream
        .clone()
        .then(EventBody::from(ObjectionUpheld { cell: main_cell() }));
    assert!(undecided(&world, &decided).is_empty());
    world.main().direct_marketing = true;
    assert!(
        undecided(&world, &stream).is_empty(),
        "there is nothing to decide"
    );
}

#[test]
fn a_law_after_a_contract_ends_with_the_retention() {
    let world = world(
        CheckMode::ContractAndLegalObligation,
        "after(contract.ended, P1Y)",
    );
    let customer = a_former_customer();
    assert_eq!(
        reason(&world, &customer, T0 + 30 * DAY),
        Reason::LegalObligation
    );
    assert_eq!(
        reason(&world, &customer, T0 + 2 * YEAR),
        Reason::RetentionPassed
    );
    let again = customer.then(started("c2"));
    assert_eq!(reason(&world, &again, T0 + 2 * YEAR), Reason::Contract);
}

#[test]
fn a_consent_on_an_invalidated_notice_is_due_at_once() {
    let mut world = while_active(CheckMode::Consent, |_| {});
    let state = Stream::of([says(Given)]).state(&world);
    let ends = |world: &World| {
        let known = state.retention_anchors(
            world,
            world.purposes.get(&pid(P)).unwrap(),
            &Scope::None,
            LATER,
        );
        known.get("consent.invalidated").is_some()
    };
    assert!(!ends(&world));
    world.notices.insert(v(1), NoticeStanding::Invalidated);
    assert!(ends(&world));
}

#[test]
fn what_guardians_granted_ends_at_the_age_of_18() {
    let world = while_active(CheckMode::Consent, |p| {
        p.age_rule = crate::purpose::AgeRule::Iss;
        p.guardian_quorum = crate::purpose::Quorum::Any;
    });
    let child = Stream::of([aged(AgeBand::From7To12), linked(11)]);
    let adult = child
        .then(says(Given))
        .then(authorised(11))
        .then(aged(AgeBand::Adult));
    let state = adult.state(&world);
    let purpose = world.purposes.get(&pid(P)).unwrap();
    let known = state.retention_anchors(&world, purpose, &Scope::None, LATER);
    assert!(known.get("consent.expired").is_some());
}
