//! Guardians' links, quorum and voices, and the age: rules E8 and E9.

use super::*;
use crate::{
    actor::{Actor, Role, Verification},
    scope::Scope,
};
use proptest::prelude::*;

fn child_of(holders: u8, linked: &[u8], quorum: Quorum) -> (World, Stream) {
    let (world, _) = child(AgeBand::From7To12, quorum);
    let links = linked.iter().map(|n| {
        EventBody::from(GuardianLinked {
            guardian: subject(*n),
            verification: Verification::Eid,
            holders,
        })
    });
    let stream = links.fold(Stream::of([aged(AgeBand::From7To12)]), Stream::then);
    (world, stream)
}

#[test]
fn one_of_two_custodians_alone_is_pending() {
    let (world, stream) = child_of(2, &[11], Quorum::All);
    let one = stream.then(says(Given)).then(authorised(11));
    assert_eq!(answer(&one, &world).0, Reason::GuardianPending);
    let (world, stream) = child_of(1, &[11], Quorum::All);
    let sole = stream.then(says(Given)).then(authorised(11));
    assert_eq!(answer(&sole, &world).0, Reason::GuardianConsent);
}

#[test]
fn a_grant_of_an_unlinked_guardian_stays_gone() {
    for quorum in [Quorum::Any, Quorum::All] {
        let (mut world, _) = child(AgeBand::Fourteen, quorum);
        world.main().age_rule = AgeRule::Maturity;
        world.main().guardian_below = 15;
        let stream = Stream::of([aged(AgeBand::Fourteen), linked(11)])
            .then(says(Given))
            .then(authorised(11));
        let gone = stream.then(unlinked(11));
        assert_eq!(answer(&gone, &world).0, Reason::GuardianPending);
        let older = gone.then(aged(AgeBand::Fifteen));
        assert_eq!(answer(&older, &world).0, Reason::ConsentMissing);
    }
}

#[test]
fn what_was_carried_survives_the_end_of_custody() {
    let (world, stream) = child_of(1, &[11], Quorum::Any);
    let stream = stream.then(says(Given)).then(authorised(11));
    let carried = stream.then(aged(AgeBand::Thirteen)).then(unlinked(11));
    assert_eq!(answer(&carried, &world).0, Reason::GuardianConsentCarried);
    let wrong = carried.then(unlinked_because(11, UnlinkCause::LinkWrong));
    assert_eq!(answer(&wrong, &world).0, Reason::ConsentInvalidated);
}

#[test]
fn a_wrong_link_invalidates_what_it_authorised() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let stream = stream.then(says(Given)).then(authorised(11));
    let wrong = stream.then(unlinked_because(11, UnlinkCause::LinkWrong));
    assert_eq!(answer(&wrong, &world).0, Reason::ConsentInvalidated);
}

#[test]
fn a_guardian_does_not_lift_the_childs_refusal() {
    for kind in [Refused, Withdrawn] {
        let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
        let tried = stream.then(says(kind)).then(authorised(11));
        assert_eq!(
            became(&last(&tried, &world)),
            superseded(SupersededReason::StandingNo)
        );
        assert!(!check(&world, &tried.state(&world)).allow);
        let both = tried.then(says(Given)).then(authorised(11));
        assert_eq!(answer(&both, &world).0, Reason::GuardianConsent);
    }
}

#[test]
fn a_child_under_seven_is_not_asked() {
    let (world, _) = child(AgeBand::Under7, Quorum::Any);
    let stream = Stream::of([aged(AgeBand::Under7), linked(11)]);
    let tried = stream.then(says(Refused)).then(authorised(11));
    assert_eq!(answer(&tried, &world).0, Reason::GuardianConsent);
}

#[test]
fn a_guardian_does_not_lift_the_other_guardians_refusal() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let stream = stream.then(says(Given)).then(guardian_says(12, Withdrawn));
    let tried = stream.then(authorised(11));
    assert_eq!(
        became(&last(&tried, &world)),
        superseded(SupersededReason::StandingNo)
    );
    let own = tried.then(authorised(12)).then(says(Given));
    assert_eq!(answer(&own, &world).0, Reason::GuardianConsent);
}

#[test]
fn a_guardians_refusal_goes_with_the_link() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let refused = stream.then(guardian_says(12, Refused));
    let gone = refused.clone().then(unlinked(12));
    assert_eq!(answer(&gone, &world).0, Reason::ConsentMissing);
    let granted = gone.then(says(Given)).then(authorised(11));
    assert_eq!(answer(&granted, &world).0, Reason::GuardianConsent);
    let childs = refused.then(says(Refused)).then(unlinked(12));
    assert_eq!(answer(&childs, &world).0, Reason::ConsentRefused);
}

#[test]
fn a_young_person_who_decides_alone_lifts_guardians_refusals() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let stream = stream
        .then(guardian_says(12, Refused))
        .then(aged(AgeBand::Thirteen));
    assert_eq!(
        answer(&stream.then(says(Given)), &world).0,
        Reason::ConsentValid
    );
}

#[test]
fn two_guardians_who_refused_can_both_change_their_minds() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let stream = [11, 12]
        .into_iter()
        .fold(stream, |s, n| s.then(guardian_says(n, Refused)));
    let stream = stream.then(authorised(11)).then(authorised(12));
    let stream = stream.then(says(Given));
    assert_eq!(answer(&stream, &world).0, Reason::GuardianConsent);
}

#[test]
fn a_refusal_of_every_scope_by_one_voice_binds_the_others() {
    let (mut world, stream) = child(AgeBand::From7To12, Quorum::Any);
    world.main().scope_type = crate::purpose::ScopeType::Recipient;
    let every = Occurrence {
        body: says(Refused),
        actor: by_guardian(12),
    };
    let grant = || Occurrence {
        body: says_of(Given, recipient("a")),
        actor: by_guardian(11),
    };
    let tried = stream.then(every).then(grant());
    assert_eq!(
        became(&last(&tried, &world)),
        superseded(SupersededReason::StandingNo)
    );
}

#[test]
fn a_refusal_without_a_scope_counts_for_every_scope() {
    let mut world = consent();
    world.main().scope_type = crate::purpose::ScopeType::Recipient;
    let stream = Stream::of([says_of(Given, recipient("a"))]).then(says(Withdrawn));
    let ask = |scope: Scope| {
        let mut question = crate::decide::Question::about(pid(P));
        question.scope = scope;
        let ctx = crate::decide::Context::new(&world);
        crate::decide::decide(&ctx, Some(&stream.state(&world)), &question, LATER).reason
    };
    assert_eq!(ask(recipient("a")), Reason::ConsentWithdrawn);
    assert_eq!(ask(recipient("b")), Reason::ConsentWithdrawn);
    let again = stream.clone().then(says_of(Given, recipient("b")));
    let cell = again.state(&world);
    assert!(
        cell.cell(&pid(P), &recipient("b"))
            .unwrap()
            .state
            .is_granted()
    );
}

#[test]
fn an_objection_without_a_scope_counts_for_every_scope() {
    let mut world = World::of([purpose(P, CheckMode::Objection)]);
    world.main().scope_type = crate::purpose::ScopeType::Recipient;
    let state = Stream::of([delivered(1), says(Objected)]).state(&world);
    let mut question = crate::decide::Question::about(pid(P));
    question.scope = recipient("a");
    let ctx = crate::decide::Context::new(&world);
    let verdict = crate::decide::decide(&ctx, Some(&state), &question, LATER);
    assert_eq!(verdict.reason, Reason::ObjectionPending);
}

/// E8d: how well the guardian must be verified.
#[test]
fn a_weak_link_refuses_and_does_not_grant() {
    let (mut world, _) = child(AgeBand::From7To12, Quorum::Any);
    world.main().guardian_verification_min = Verification::Eid;
    let weak = EventBody::from(GuardianLinked {
        guardian: subject(11),
        verification: Verification::SelfDeclared,
        holders: 1,
    });
    let stream = Stream::of([aged(AgeBand::From7To12), weak, says(Given)]);
    let granted = stream.clone().then(authorised(11));
    assert_eq!(answer(&granted, &world).0, Reason::GuardianPending);
    let verified = granted.then(linked(11));
    assert_eq!(answer(&verified, &world).0, Reason::GuardianConsent);
    let refused = stream.then(guardian_says(11, Refused));
    assert_eq!(answer(&refused, &world).0, Reason::ConsentRefused);
}

#[test]
fn an_authority_decides_in_a_guardians_place() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let as_authority = |n: u8, kind| Occurrence {
        body: says(kind),
        actor: Actor {
            role: Role::Authority,
            reference: Some(subject(n).to_string()),
            verification: None,
        },
    };
    let stream = stream.then(says(Given));
    let granted = stream.clone().then(as_authority(11, Given));
    assert_eq!(answer(&granted, &world).0, Reason::GuardianConsent);
    let stranger = stream.then(as_authority(99, Given));
    assert_eq!(
        became(&last(&stranger, &world)),
        superseded(SupersededReason::NotEntitled)
    );
}

#[test]
fn a_stranger_learns_nothing_and_changes_nothing() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let given = stream.then(says(Given));
    for kind in [Given, Refused, Withdrawn, Objected, Deferred] {
        let tried = given.clone().then(guardian_says(99, kind));
        let applied = last(&tried, &world);
        assert_eq!(
            (applied.decisions[0].state, applied.decisions[0].reason),
            (StateWord::Unknown, Some(SupersededReason::NotEntitled)),
            "{kind:?}"
        );
        assert_eq!(tried.state(&world).cells, given.state(&world).cells);
    }
}

#[test]
fn a_band_is_outgrown_by_its_own_width() {
    let mut world = consent();
    world.main().age_rule = AgeRule::Iss;
    let year = 366 * DAY;
    for (band, years) in [
        (AgeBand::Under7, 7),
        (AgeBand::From7To12, 6),
        (AgeBand::Thirteen, 1),
        (AgeBand::Fifteen, 1),
        (AgeBand::From16To17, 2),
    ] {
        let state = Stream::of([aged(band)]).state(&world);
        let until = state.age_until.unwrap();
        assert_eq!(state.age_at(until - 1), Some(band));
        assert_eq!(state.age_at(until), None);
        assert!((T0 + (years * 365) * DAY..T0 + years * year).contains(&(until - 1_000)));
        assert_eq!(
            check_at(&world, &state, until).reason,
            Reason::AgeUnknown,
            "{band:?}"
        );
    }
    let adult = Stream::of([aged(AgeBand::Adult)]).state(&world);
    assert_eq!(adult.age_at(T0 + 100 * year), Some(AgeBand::Adult));
}

fn aged_until(band: AgeBand, until: &str) -> EventBody {
    EventBody::from(AgeBandSet {
        band,
        until: Some(day(until)),
        country: None,
        verification: Verification::Eid,
    })
}

#[test]
fn the_controllers_day_ends_a_band_earlier_and_never_later() {
    let state = |until| Stream::of([aged_until(AgeBand::Thirteen, until)]).state(&consent());
    let march = day("2026-03-01").start();
    assert_eq!(state("2026-03-01").age_until, Some(march));
    let own = Stream::of([aged(AgeBand::Thirteen)]).state(&consent());
    assert_eq!(state("2040-01-01").age_until, own.age_until);
}

#[test]
fn a_higher_band_must_have_seen_the_correction() {
    let (world, _) = child(AgeBand::Fifteen, Quorum::Any);
    let corrected = Stream::of([aged(AgeBand::Fifteen), aged(AgeBand::From7To12)]);
    let stale = corrected
        .clone()
        .add(aged(AgeBand::Fifteen), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&stale, &world)),
        superseded(SupersededReason::StaleGrant)
    );
    assert_eq!(stale.state(&world).age_band, Some(AgeBand::From7To12));
    let seen = corrected.then(aged(AgeBand::Thirteen));
    assert_eq!(last(&seen, &world).outcome, Outcome::Effective);
}

#[test]
fn the_assumed_age_counts_while_none_was_ever_set() {
    let mut world = consent();
    world.main().age_rule = AgeRule::Maturity;
    world.main().guardian_below = 15;
    world.main().age_default = Some(AgeBand::Adult);
    let stream = Stream::of([says(Given)]);
    assert_eq!(answer(&stream, &world).0, Reason::ConsentValid);
    let state = stream.then(aged(AgeBand::Fifteen)).state(&world);
    let until = state.age_until.unwrap();
    assert_eq!(
        check_at(&world, &state, until).reason,
        Reason::AgeUnknown,
        "it was set once"
    );
}

proptest! {
    /// Refusals of several voices stand whatever the order in which they arrive.
    #[test]
    fn every_order_of_refusals_gives_one_standing(
        order in Just(vec![0u8, 11, 12]).prop_shuffle(), lifting in 0usize..3,
    ) {
        let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
        let says_as = |n: u8, kind| if n == 0 { Occurrence::from(says(kind)) } else { guardian_says(n, kind) };
        let stream = order.iter().fold(stream, |s, n| s.then(says_as(*n, Refused)));
        let lifted = stream.then(says_as(order[lifting], Given));
        let state = lifted.state(&world);
        let voices: Vec<_> = state.cells[0].refusals.iter().map(|r| r.guardian.clone()).collect();
        let mut expected: Vec<_> = order.iter().filter(|n| **n != order[lifting]).map(|n| (*n > 0).then(|| subject(*n))).collect();
        expected.sort();
        prop_assert_eq!(voices, expected);
        prop_assert!(!check(&world, &state).allow);
    }
}
