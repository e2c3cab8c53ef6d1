//! Tests the order of the rows, and the other fields of a verdict.

use super::*;
use crate::testing::lasting;
use crate::{
    age::AgeBand,
    decision::{DecisionKind, Signals},
    event::{Event, EventBody, kinds::*},
    notice_standing::NoticeStanding,
    purpose::{AgeRule, Assurance, CheckMode, Purpose, ScopeType, SpecialCategory},
    testing::*,
};
use DecisionKind::{Given, Refused, Withdrawn};

fn world(change: impl FnOnce(&mut Purpose)) -> World {
    let mut world = World::of([purpose(P, CheckMode::Consent)]);
    change(world.main());
    world
}

/// A standing refusal takes precedence over each condition that alone would allow a prompt.
#[test]
fn a_standing_refusal_is_answered_before_any_prompt() {
    type Change = fn(&mut Purpose);
    let prompts: [(Change, NoticeStanding); 6] = [
        (|p| p.age_rule = AgeRule::Iss, NoticeStanding::Current),
        (
            |p| p.scope_type = ScopeType::Recipient,
            NoticeStanding::Current,
        ),
        (
            |p| p.validity = Some(lasting("P0D")),
            NoticeStanding::Current,
        ),
        (
            |p| p.special_category = SpecialCategory::Yes,
            NoticeStanding::Current,
        ),
        (
            |p| p.assurance_min = Assurance::Signed,
            NoticeStanding::Current,
        ),
        (|_| {}, NoticeStanding::StaleConsent),
    ];
    let nos = [
        (says(Refused), Reason::ConsentRefused),
        (says(Withdrawn), Reason::ConsentWithdrawn),
        (revoked(), Reason::ConsentRevoked),
        (invalidated(None), Reason::ConsentInvalidated),
    ];
    for (change, standing) in prompts {
        let mut world = world(change);
        world.notices.insert(v(1), standing);
        let asked = check(&world, &Stream::of([says(Given)]).state(&world));
        assert!(asked.may_ask, "{}", asked.reason);
        for (no, reason) in &nos {
            let verdict = check(&world, &Stream::of([no.clone()]).state(&world));
            assert_eq!(
                (verdict.reason, verdict.may_ask),
                (*reason, false),
                "{}",
                asked.reason
            );
        }
    }
}

/// A check that many rows could deny. After the first reason is removed, the next row of the table denies.
#[test]
fn the_first_row_that_matches_answers() {
    let mut p = purpose(P, CheckMode::Objection);
    p.incomplete = vec!["X".into()];
    p.retired = true;
    p.depends_on = vec![pid("t.base")];
    p.special_category = SpecialCategory::Yes;
    p.terminal_access = true;
    p.direct_marketing = true;
    let mut world = World::of([p]);
    let mut stream = vec![says(DecisionKind::Objected), restricted()];
    world.terms = cases::rules(RetentionStanding::Passed);
    let mut ctx_retention = RetentionStanding::Passed;
    let mut question = Question::about(pid(P));
    question.signals = Some(Signals {
        gpc: true,
        dnt: false,
        source: None,
    });
    let ask = |world: &World, stream: &[EventBody], retention, question: &Question| {
        let state = Stream::of(stream.to_vec()).state(world);
        let item = cases::an_item(retention);
        let ctx = Context {
            item: Some(&item),
            ..Context::new(world)
        };
        decide(&ctx, Some(&state), question, LATER).reason
    };
    let mut seen = vec![ask(&world, &stream, ctx_retention, &question)];
    world.main().incomplete.clear();
    seen.push(ask(&world, &stream, ctx_retention, &question));
    world.main().retired = false;
    seen.push(ask(&world, &stream, ctx_retention, &question));
    stream.pop();
    seen.push(ask(&world, &stream, ctx_retention, &question));
    ctx_retention = RetentionStanding::Open;
    seen.push(ask(&world, &stream, ctx_retention, &question));
    world.main().depends_on.clear();
    seen.push(ask(&world, &stream, ctx_retention, &question));
    world.main().art9_ground = Some("9(2)(h)".into());
    seen.push(ask(&world, &stream, ctx_retention, &question));
    world.main().strictly_necessary = true;
    seen.push(ask(&world, &stream, ctx_retention, &question));
    question.signals = None;
    seen.push(ask(&world, &stream, ctx_retention, &question));
    world.main().direct_marketing = false;
    seen.push(ask(&world, &stream, ctx_retention, &question));
    assert_eq!(
        seen,
        [
            Reason::RegisterIncomplete,
            Reason::PurposeRetired,
            Reason::Restricted,
            Reason::RetentionPassed,
            Reason::DependencyDenied,
            Reason::Art9GroundMissing,
            Reason::TerminalConsentMissing,
            Reason::SignalObjection,
            Reason::ObjectedMarketing,
            Reason::ObjectionPending,
        ]
    );
}

#[test]
fn sensitive_operations_are_never_relied_on() {
    let state = Stream::of([says(Given)]);
    let rely = |world: &World, op: Op| {
        let question = Question {
            op,
            ..Question::about(pid(P))
        };
        let verdict = decide(
            &Context::new(world),
            Some(&state.state(world)),
            &question,
            LATER,
        );
        assert!(verdict.allow);
        verdict.rely_ms
    };
    let plain = world(|_| {});
    assert_eq!(rely(&plain, Op::Store), 5_000);
    assert_eq!(rely(&plain, Op::Forward), 0);
    assert_eq!(rely(&plain, Op::Publish), 0);
    assert_eq!(rely(&world(|p| p.single_use = true), Op::Read), 0);
    let health = world(|p| p.special_category = SpecialCategory::Possible);
    let explicit = Stream::of([EventBody::from(Decisions(vec![
        crate::decision::Decision {
            explicit: true,
            ..decision(P, Given)
        },
    ]))]);
    assert_eq!(check(&health, &explicit.state(&health)).rely_ms, 0);
}

#[test]
fn an_allow_ends_with_its_consent_and_its_dependencies() {
    let mut world = world(|p| p.depends_on = vec![pid("t.base")]);
    let mut base = purpose("t.base", CheckMode::Consent);
    base.validity = Some(lasting("P1D"));
    world.purposes.insert(base.id.clone(), base);
    let both = EventBody::from(Decisions(vec![
        decision(P, Given),
        decision("t.base", Given),
    ]));
    let state = Stream::of([both]).state(&world);
    // Received at T0 + 1 s with a validity of one day, so it ends 11 s after this time.
    let at = |ms| check_at(&world, &state, T0 + DAY - 10_000 + ms);
    assert_eq!(at(1_000).rely_ms, 5_000);
    assert_eq!(
        (at(9_000).rely_ms, at(9_000).valid_until),
        (2_000, Some(T0 + DAY + 1_000))
    );
    assert_eq!((at(10_999).allow, at(10_999).rely_ms), (true, 1));
    assert_eq!(at(11_000).reason, Reason::DependencyDenied);
    assert_eq!(at(11_000).dependency, Some(pid("t.base")));
}

#[test]
fn a_server_clock_that_steps_back_revives_nothing() {
    let world = world(|p| p.validity = Some(lasting("P1D")));
    let used_up = Stream::default()
        .then(says(Given))
        .add(terms(7), |e| {
            e.received_at = T0 + 3 * DAY;
        })
        .state(&world);
    // The last event was received on the third day; now the clock says it is the first day.
    assert_eq!(
        check_at(&world, &used_up, T0 + 5_000).reason,
        Reason::ConsentExpired
    );
}

#[test]
fn a_question_about_the_past_sees_what_was_in_effect_then() {
    let world = world(|_| {});
    let late_news = invalidated(Some(T0 + 5 * DAY));
    let stream = Stream::default()
        .add(says(Given), |e| e.received_at = T0)
        .add(late_news, |e| e.received_at = T0 + 30 * DAY)
        .add(says(Withdrawn), |e| e.received_at = T0 + 40 * DAY);
    let ask = |known_at: i64, as_of: i64| {
        let seen: Vec<&Event> = stream
            .0
            .iter()
            .filter(|e| e.is_seen(known_at, as_of))
            .collect();
        let state = crate::event::fold(seen, &world);
        let question = Question {
            historic: true,
            ..Question::about(pid(P))
        };
        decide(&Context::new(&world), Some(&state), &question, as_of).reason
    };
    let day = |n: i64| T0 + n * DAY;
    assert_eq!(ask(day(10), day(10)), Reason::ConsentValid);
    assert_eq!(
        ask(day(35), day(10)),
        Reason::ConsentInvalidated,
        "as known later"
    );
    assert_eq!(
        ask(day(35), day(3)),
        Reason::ConsentValid,
        "before it took effect"
    );
    assert_eq!(
        ask(day(45), day(3)),
        Reason::ConsentValid,
        "a withdrawal is not retroactive"
    );
    assert_eq!(ask(day(45), day(45)), Reason::ConsentInvalidated);
    assert_eq!(ask(day(-1), day(-1)), Reason::ConsentMissing);
}

#[test]
fn a_withdrawal_denies_dependent_purposes_at_once() {
    let mut world = world(|p| p.depends_on = vec![pid("t.base")]);
    let base = purpose("t.base", CheckMode::Consent);
    world.purposes.insert(base.id.clone(), base);
    let both = EventBody::from(Decisions(vec![
        decision(P, Given),
        decision("t.base", Given),
    ]));
    let stream = Stream::of([both]);
    assert!(check(&world, &stream.state(&world)).allow);
    let stream = stream.then(EventBody::from(Decisions(vec![decision(
        "t.base", Withdrawn,
    )])));
    assert_eq!(
        check(&world, &stream.state(&world)).reason,
        Reason::DependencyDenied
    );
}

#[test]
fn shared_dependencies_are_walked_once_and_long_chains_deny() {
    let name = |n: usize| {
        if n == 0 {
            P.to_owned()
        } else {
            format!("t.p{n}")
        }
    };
    let chain = |length: usize, twice: bool| {
        let purposes = (0..length).map(|n| {
            let mut p = purpose(&name(n), CheckMode::LegalObligation);
            if n + 1 < length {
                p.depends_on = vec![pid(&name(n + 1))];
                // Without the memo each step would double the work.
                if twice && n + 2 < length {
                    p.depends_on.push(pid(&name(n + 2)));
                }
            }
            p
        });
        check(&World::of(purposes), &crate::state::SubjectState::default())
    };
    assert!(chain(15, true).allow);
    assert_eq!(chain(40, false).reason, Reason::DependencyDenied);
}

#[test]
fn explain_names_the_row_the_way_there_and_the_evidence() {
    let world = World::of([purpose(P, CheckMode::TerminalConsentAndObjection)]);
    let state = Stream::of([says(Given)]).state(&world);
    let question = Question {
        explain: true,
        ..Question::about(pid(P))
    };
    let verdict = decide(&Context::new(&world), Some(&state), &question, LATER);
    let explain = verdict.explain.unwrap();
    assert_eq!((explain.row, explain.via), (20, vec![11]));
    assert_eq!(
        (explain.event_id, explain.notice),
        (Some(event_id(1)), Some(v(1)))
    );
}

#[test]
fn without_a_register_everything_is_unknown() {
    let state = Stream::of([says(Given), aged(AgeBand::Adult)]).state(&World::default());
    let verdict = decide(
        &Context::new(&NoRegister),
        Some(&state),
        &Question::about(pid(P)),
        LATER,
    );
    assert_eq!(
        (verdict.allow, verdict.reason),
        (false, Reason::PurposeUnknown)
    );
}

#[test]
fn a_dependency_that_is_never_relied_on_spreads() {
    let mut world = world(|p| p.depends_on = vec![pid("t.base")]);
    let mut base = purpose("t.base", CheckMode::Consent);
    base.single_use = true;
    world.purposes.insert(base.id.clone(), base);
    let both = EventBody::from(Decisions(vec![
        decision(P, Given),
        decision("t.base", Given),
    ]));
    let verdict = check(&world, &Stream::of([both]).state(&world));
    assert_eq!((verdict.allow, verdict.rely_ms), (true, 0));
}

/// A use has the verdict of a check for forwarding. It rests only on the consent that it names.
#[test]
fn a_use_spends_the_consent_that_it_names() {
    let world = world(|p| p.single_use = true);
    let ctx = Context::new(&world);
    let of = |acts: Vec<EventBody>, consent: u64| {
        let state = Stream::of(acts).state(&world);
        let verdict = decide_use(&ctx, Some(&state), &main_cell(), &event_id(consent), LATER);
        assert_eq!(verdict.explain, None);
        (verdict.allow, verdict.may_ask, verdict.reason)
    };
    let used = EventBody::from(ConsentUsed::of(main_cell(), event_id(1)));
    assert_eq!(
        of(vec![says(Given)], 1),
        (true, false, Reason::ConsentValid)
    );
    assert_eq!(
        of(vec![says(Given)], 2),
        (false, false, Reason::ConsentUsed),
        "another consent is live: nobody is to be asked"
    );
    let again = vec![says(Given), used.clone(), says(Given)];
    assert_eq!(of(again.clone(), 1), (false, false, Reason::ConsentUsed));
    assert_eq!(of(again, 3), (true, false, Reason::ConsentValid));
    assert_eq!(
        of(vec![says(Given), used], 1),
        (false, true, Reason::ConsentUsed)
    );
    assert_eq!(
        of(vec![says(Given), says(Withdrawn)], 1),
        (false, false, Reason::ConsentWithdrawn)
    );
    assert_eq!(of(Vec::new(), 1), (false, true, Reason::ConsentMissing));
    let restricted = vec![says(Given), restricted()];
    assert_eq!(of(restricted, 1), (false, false, Reason::Restricted));
}
