//! Who may permit, and what the basis hears: rules E2, E3, E7, E19 and E20.

use super::*;
use crate::{
    actor::{Actor, Role},
    campaign::Campaign,
    decision::{Method, SignalSource},
    notice_standing::NoticeStanding,
    purpose::{Assurance, ScopeType},
    scope::Scope,
};
use proptest::prelude::*;

const ROLES: [Role; 6] = [
    Role::Subject,
    Role::Guardian,
    Role::Staff,
    Role::Controller,
    Role::Authority,
    Role::System,
];

fn by(role: Role, body: EventBody) -> Occurrence {
    let actor = Actor {
        role,
        reference: Some("key-1".into()),
        verification: None,
    };
    Occurrence { body, actor }
}

fn as_staff(event: &mut Event) {
    event.actor.role = Role::Staff;
    event.method = Some(Method::Signature);
    event.assurance = Assurance::Server;
}

#[test]
fn every_role_that_may_not_permit_has_no_effect() {
    let modes = [
        (Given, CheckMode::Consent),
        (Renewed, CheckMode::Consent),
        (ObjectionRetracted, CheckMode::Objection),
    ];
    for (kind, mode) in modes {
        let world = World::of([purpose(P, mode)]);
        let objected = Stream::of([says(Objected)]);
        for role in ROLES {
            let applied = last(&objected.clone().then(by(role, says(kind))), &world);
            let expected = if role == Role::Subject {
                (Outcome::Effective, None)
            } else {
                superseded(SupersededReason::NotEntitled)
            };
            assert_eq!(became(&applied), expected, "{role:?} {kind:?}");
        }
    }
}

#[test]
fn staff_record_the_persons_own_statement() {
    for method in [Method::Signature, Method::Form, Method::VerbalRecorded] {
        let stream = Stream::default().add(says(Given), |e| {
            as_staff(e);
            e.method = Some(method);
        });
        assert_eq!(answer(&stream, &consent()).0, Reason::ConsentValid);
    }
    for method in [Method::Button, Method::ToggleSave, Method::Eid, Method::Api] {
        let stream = Stream::default().add(says(Given), |e| {
            as_staff(e);
            e.method = Some(method);
        });
        assert_eq!(answer(&stream, &consent()).0, Reason::ConsentMissing);
    }
    let retracted = Stream::of([says(Objected)]).add(says(ObjectionRetracted), as_staff);
    let world = World::of([purpose(P, CheckMode::Objection)]);
    assert_eq!(answer(&retracted, &world).0, Reason::ObjectionPending);
}

#[test]
fn a_refusal_that_the_basis_does_not_hear_makes_no_cell() {
    use SupersededReason::{BasisNotConsent, BasisNotObjectable, NotController};
    let cases = [
        (CheckMode::Contract, Refused, BasisNotConsent),
        (CheckMode::Contract, Withdrawn, BasisNotConsent),
        (CheckMode::Contract, Objected, BasisNotObjectable),
        (CheckMode::LegalObligation, Withdrawn, BasisNotConsent),
        (CheckMode::LegalObligation, Objected, BasisNotObjectable),
        (
            CheckMode::ContractAndLegalObligation,
            Objected,
            BasisNotObjectable,
        ),
        (CheckMode::Processor, Refused, NotController),
        (CheckMode::Processor, Objected, NotController),
    ];
    for (mode, kind, reason) in cases {
        let world = World::of([purpose(P, mode)]);
        let stream = Stream::of([says(kind)]);
        let applied = last(&stream, &world);
        assert_eq!(
            became(&applied),
            (Outcome::NotApplicable, Some(reason)),
            "{mode:?} {kind:?}"
        );
        assert_eq!(stream.state(&world).cells, [], "{mode:?} {kind:?}");
    }
}

#[test]
fn a_refusal_of_what_is_not_asked_is_an_objection() {
    for mode in [CheckMode::Objection, CheckMode::ContractOrObjection] {
        for kind in [Refused, Withdrawn, Objected] {
            let world = World::of([purpose(P, mode)]);
            let stream = Stream::of([says(kind)]);
            let applied = last(&stream, &world);
            assert_eq!(
                (applied.outcome, applied.decisions[0].state),
                (Outcome::Effective, StateWord::Objected),
                "{mode:?} {kind:?}"
            );
            assert!(stream.state(&world).cells[0].refusals.is_empty());
        }
    }
}

/// A picture in advertising is asked for under every basis, so its refusal is heard under every basis.
#[test]
fn a_refusal_of_advertising_is_heard_whatever_the_basis() {
    for mode in [CheckMode::Objection, CheckMode::Contract] {
        let mut world = World::of([purpose(P, mode)]);
        world.main().scope_type = ScopeType::Campaign;
        for kind in [Refused, Withdrawn] {
            let applied = last(&Stream::of([says(kind)]), &world);
            assert_eq!(applied.outcome, Outcome::Effective, "{mode:?} {kind:?}");
        }
    }
}

#[test]
fn an_objection_to_marketing_is_heard_whatever_the_basis() {
    for mode in [
        CheckMode::Contract,
        CheckMode::LegalObligation,
        CheckMode::ContractOrObjection,
        CheckMode::Consent,
        CheckMode::Processor,
    ] {
        let mut world = World::of([purpose(P, mode)]);
        world.main().direct_marketing = true;
        let applied = last(&Stream::of([says(Objected)]), &world);
        assert_eq!(
            (applied.outcome, applied.decisions[0].state),
            (Outcome::Effective, StateWord::Upheld),
            "{mode:?}"
        );
    }
}

#[test]
fn a_terminal_gate_hears_a_refusal_of_consent() {
    let mut world = World::of([purpose(P, CheckMode::Contract)]);
    world.main().terminal_access = true;
    assert_eq!(
        last(&Stream::of([says(Refused)]), &world).outcome,
        Outcome::Effective
    );
    world.main().strictly_necessary = true;
    assert_eq!(
        last(&Stream::of([says(Refused)]), &world).outcome,
        Outcome::NotApplicable
    );
}

#[test]
fn an_event_is_judged_by_its_strongest_part() {
    let mut world = World::of([
        purpose(P, CheckMode::Contract),
        purpose("t.other", CheckMode::Consent),
    ]);
    let both = || {
        EventBody::from(Decisions(vec![
            decision(P, Refused),
            decision("t.other", Refused),
        ]))
    };
    assert_eq!(
        last(&Stream::of([both()]), &world).outcome,
        Outcome::Effective
    );
    world.purposes.get_mut(&pid("t.other")).unwrap().check_mode = CheckMode::Contract;
    assert_eq!(
        last(&Stream::of([both()]), &world).outcome,
        Outcome::NotApplicable
    );
}

fn acknowledged(kind: DecisionKind) -> EventBody {
    EventBody::from(Decisions(vec![Decision {
        gpc_acknowledged: true,
        ..decision(P, kind)
    }]))
}

fn signal(gpc: bool, source: Option<u8>) -> Signals {
    Signals {
        gpc,
        dnt: false,
        source: source.map(|n| SignalSource::from_bytes([n; 16])),
    }
}

fn shared() -> World {
    let mut world = consent();
    world.main().third_party_sharing = true;
    world
}

#[test]
fn an_acknowledgement_needs_the_signal_in_its_own_event() {
    for signals in [None, Some(signal(false, None))] {
        let blank = Stream::default().add(acknowledged(Given), |e| e.signals = signals);
        assert_eq!(blank.state(&shared()).cells[0].gpc_acknowledged, None);
        let later = blank.add(says(Deferred), |e| e.signals = Some(signal(true, None)));
        assert_eq!(answer(&later, &shared()).0, Reason::GpcOptOut);
    }
    let knowing = Stream::default().add(acknowledged(Given), |e| {
        e.signals = Some(signal(true, None));
    });
    assert_eq!(answer(&knowing, &shared()).0, Reason::ConsentValid);
}

#[test]
fn an_acknowledgement_does_not_cover_a_later_browser() {
    let stream = Stream::default()
        .add(acknowledged(Given), |e| {
            e.signals = Some(signal(true, Some(1)));
        })
        .add(says(Deferred), |e| e.signals = Some(signal(true, Some(2))));
    assert_eq!(answer(&stream, &shared()).0, Reason::GpcOptOut);
}

#[test]
fn a_signal_ends_only_by_the_browser_that_sent_it() {
    let on =
        Stream::of([says(Given)]).add(says(Deferred), |e| e.signals = Some(signal(true, Some(1))));
    for other in [Some(2), None] {
        let off = on
            .clone()
            .add(says(Deferred), |e| e.signals = Some(signal(false, other)));
        assert_eq!(answer(&off, &shared()).0, Reason::GpcOptOut, "{other:?}");
    }
    let off = on.add(says(Deferred), |e| e.signals = Some(signal(false, Some(1))));
    assert_eq!(answer(&off, &shared()).0, Reason::ConsentValid);
}

#[test]
fn a_sourceless_signal_is_not_ended_by_a_browser_with_a_source() {
    let on =
        Stream::of([says(Given)]).add(says(Deferred), |e| e.signals = Some(signal(true, None)));
    let other = on
        .clone()
        .add(says(Deferred), |e| e.signals = Some(signal(false, Some(1))));
    assert_eq!(answer(&other, &shared()).0, Reason::GpcOptOut);
    let own = on.add(says(Deferred), |e| e.signals = Some(signal(false, None)));
    assert_eq!(answer(&own, &shared()).0, Reason::ConsentValid);
}

#[test]
fn many_browsers_do_not_grow_the_state() {
    let stream = (0..60).fold(Stream::default(), |stream, n| {
        stream.add(says(Deferred), |e| e.signals = Some(signal(true, Some(n))))
    });
    let state = stream.state(&shared());
    assert!(state.signals.len() <= 17, "{}", state.signals.len());
    assert_eq!(state.gpc_since, Some(60));
}

#[test]
fn a_grant_to_a_stale_notice_is_superseded() {
    for standing in [NoticeStanding::StaleConsent, NoticeStanding::Unknown] {
        let mut world = consent();
        world.notices.insert(v(1), standing);
        assert_eq!(
            became(&last(&Stream::of([says(Given)]), &world)),
            superseded(SupersededReason::NoticeStale)
        );
    }
    let mut world = consent();
    world.notices.insert(v(1), NoticeStanding::StaleNotice);
    assert_eq!(
        last(&Stream::of([says(Given)]), &world).outcome,
        Outcome::Effective
    );
}

#[test]
fn a_grant_to_a_purpose_that_cannot_count_is_superseded() {
    let mut retired = consent();
    retired.main().retired = true;
    let mut incomplete = consent();
    incomplete.main().incomplete = vec!["param_missing".into()];
    let mut split = consent();
    split.main().parts = vec![pid("t.main.a")];
    for (world, reason) in [
        (retired, SupersededReason::PurposeRetired),
        (incomplete, SupersededReason::RegisterIncomplete),
        (split, SupersededReason::RegisterIncomplete),
    ] {
        let applied = last(&Stream::of([says(Given)]), &world);
        assert_eq!(became(&applied), superseded(reason));
    }
}

#[test]
fn staff_may_be_late_and_validity_runs_from_the_statement() {
    let mut world = consent();
    world.main().validity = Some(lasting("P13M"));
    let paper = Stream::default().add(says(Given), |e| {
        as_staff(e);
        e.occurred_at = Some(T0 - 60 * DAY);
    });
    assert_eq!(last(&paper, &world).outcome, Outcome::Effective);
    let verdict = check(&world, &paper.state(&world));
    let end = crate::retention::add_calendar(T0 - 60 * DAY, &lasting("P13M"));
    assert_eq!(verdict.valid_until, Some(end));
    let ahead = Stream::default().add(says(Given), |e| e.occurred_at = Some(T0 + DAY));
    let end = crate::retention::add_calendar(T0 + 1_000, &lasting("P13M"));
    assert_eq!(
        check(&world, &ahead.state(&world)).valid_until,
        Some(end),
        "never later than received"
    );
}

#[test]
fn a_refusal_of_a_consent_that_is_over_is_refused() {
    let mut world = consent();
    world.main().validity = Some(lasting("P1D"));
    let late = |e: &mut Event| e.received_at = T0 + 30 * DAY;
    let expired = Stream::of([says(Given)]).add(says(Refused), late);
    let state = expired.state(&world);
    assert_eq!(state.cells[0].state, CellState::Refused);
    let live = Stream::of([says(Given), says(Refused)]);
    assert_eq!(live.state(&world).cells[0].state, CellState::Withdrawn);
    let mut stale = consent();
    stale.notices.insert(v(1), NoticeStanding::StaleConsent);
    let mut state = Stream::of([says(Given)]).state(&stale);
    state.apply(&event(2, says(Refused)), &stale);
    assert_eq!(state.cells[0].state, CellState::Refused);
}

#[test]
fn an_objection_to_a_consent_never_given_is_a_refusal() {
    let never = Stream::of([says(Objected)]);
    assert_eq!(
        answer(&never, &consent()),
        (Reason::ConsentRefused, StateWord::Refused)
    );
    assert_eq!(
        last(&never, &consent()).decisions[0].state,
        StateWord::Refused
    );
    let given = Stream::of([says(Given), says(Objected)]);
    assert_eq!(answer(&given, &consent()).0, Reason::ConsentWithdrawn);
}

#[test]
fn a_consent_keeps_the_end_that_its_campaign_had() {
    let mut world = consent();
    world.main().scope_type = ScopeType::Campaign;
    let until = |days| Campaign {
        ..campaign_until(T0 + days * DAY)
    };
    world.campaigns.insert(value("autumn"), until(30));
    let scope = Scope::Campaign {
        campaign: value("autumn"),
        medium: value("photo"),
        surface: value("web"),
    };
    let state = Stream::of([says_of(Given, scope)]).state(&world);
    assert_eq!(state.cells[0].campaign_end, Some(T0 + 30 * DAY));
    world.campaigns.insert(value("autumn"), until(60));
    let cell = &state.cells[0];
    let end = state.ends_at(cell, &world.purposes[&pid(P)], cell.from(), &world);
    assert_eq!(end, Some(T0 + 30 * DAY), "a later end is another campaign");
}

#[test]
fn a_notice_that_does_not_speak_of_a_purpose_tells_nothing() {
    let mut world = World::of([purpose(P, CheckMode::Objection)]);
    world.notices.insert(v(2), NoticeStanding::Unknown);
    let state = fold(&Stream::of([delivered(1), delivered(2)]).0, &world);
    assert_eq!(state.delivered(&pid(P)), Some(&v(1)));
    let told = state.delivery(&pid(P)).unwrap();
    assert_eq!(told.at, T0 + 1_000);
}

proptest! {
    /// Widening by an actor who may not never changes a verdict.
    #[test]
    fn widening_by_others_never_changes_a_verdict(
        before in proptest::collection::vec(proptest::sample::select(vec![Given, Refused, Withdrawn, Objected, Deferred, ObjectionRetracted]), 0..5),
        kind in proptest::sample::select(vec![Given, Renewed, ObjectionRetracted]),
        role in proptest::sample::select(ROLES[1..].to_vec()),
        mode in proptest::sample::select(vec![CheckMode::Consent, CheckMode::Objection, CheckMode::TerminalConsentAndObjection, CheckMode::ContractOrObjection]),
    ) {
        let world = World::of([purpose(P, mode)]);
        let stream = before.into_iter().fold(Stream::of([delivered(1)]), |s, kind| s.then(says(kind)));
        let tried = stream.clone().then(by(role, says(kind)));
        let (before, after) = (stream.state(&world), tried.state(&world));
        prop_assert_eq!(&before.cells, &after.cells);
        prop_assert_eq!(check(&world, &before).reason, check(&world, &after).reason);
    }
}

/// A check that names its browser: what the state does not know of it began after every acknowledgement (E7).
#[test]
fn an_acknowledgement_covers_no_other_browser_in_a_check() {
    let world = shared();
    let stream = Stream::default().add(acknowledged(Given), |e| {
        e.signals = Some(signal(true, Some(1)));
    });
    let asks = |source| {
        let question = crate::decide::Question {
            signals: Some(signal(true, source)),
            ..crate::decide::Question::about(pid(P))
        };
        let context = crate::decide::Context::new(&world);
        crate::decide::decide(&context, Some(&stream.state(&world)), &question, LATER).reason
    };
    assert_eq!(asks(Some(1)), Reason::ConsentValid);
    assert_eq!(asks(Some(2)), Reason::GpcOptOut);
    assert_eq!(asks(None), Reason::ConsentValid);
}

#[test]
fn an_acknowledgement_of_dnt_counts() {
    let dnt = Signals {
        dnt: true,
        ..Signals::default()
    };
    let knowing = Stream::default().add(acknowledged(Given), |e| e.signals = Some(dnt));
    assert_eq!(knowing.state(&shared()).cells[0].gpc_acknowledged, Some(1));
}

#[test]
fn an_acknowledgement_ends_with_its_consent() {
    let on = Some(signal(true, Some(1)));
    let knowing = Stream::default().add(acknowledged(Given), |e| e.signals = on);
    let ended = knowing.add(says(Withdrawn), |_| {});
    let again = ended.add(says(Given), |e| e.signals = on);
    assert_eq!(answer(&again, &shared()).0, Reason::GpcOptOut);
}

#[test]
fn a_signal_that_went_off_and_on_needs_a_new_word() {
    let knowing = Stream::default().add(acknowledged(Given), |e| {
        e.signals = Some(signal(true, Some(1)));
    });
    let off = knowing.add(says(Given), |e| e.signals = Some(signal(false, Some(1))));
    let on = off
        .clone()
        .add(says(Given), |e| e.signals = Some(signal(true, Some(1))));
    assert_eq!(answer(&off, &shared()).0, Reason::ConsentValid);
    assert_eq!(answer(&on, &shared()).0, Reason::GpcOptOut);
}
