//! Section 5: age, guardians and quorum.

use super::*;
use crate::{actor::Verification, decision::Method, purpose::Assurance};

#[test]
fn one_guardian_authorises_and_the_other_withdraws() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let stream = stream.then(says(Given)).then(authorised(11));
    assert_eq!(answer(&stream, &world).0, Reason::GuardianConsent);
    let stream = stream.then(guardian_says(12, Withdrawn));
    assert_eq!(answer(&stream, &world).0, Reason::ConsentWithdrawn);
    let stale = stream.add(authorised(11), |e| e.based_on = 5);
    assert_eq!(
        became(&last(&stale, &world)),
        superseded(SupersededReason::StaleGrant)
    );
}

#[test]
fn a_childs_grant_waits_for_a_guardian() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::All);
    let stream = stream.then(says(Given));
    let applied = last(&stream, &world);
    assert_eq!(applied.outcome, Outcome::PendingGuardian);
    assert_eq!(applied.decisions[0].state, StateWord::PendingGuardian);
    let first = stream.then(authorised(11));
    assert_eq!(last(&first, &world).outcome, Outcome::PendingGuardian);
    let both = first.then(authorised(12));
    assert_eq!(last(&both, &world).outcome, Outcome::Effective);
    assert_eq!(last(&both, &world).decisions[0].state, StateWord::Given);
}

#[test]
fn only_a_linked_guardian_of_a_minor_can_grant() {
    let refused = superseded(SupersededReason::NotEntitled);
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let stranger = stream.clone().then(authorised(99));
    assert_eq!(became(&last(&stranger, &world)), refused);
    let unlinked_since = stream.then(unlinked(11)).then(authorised(11));
    assert_eq!(became(&last(&unlinked_since, &world)), refused);
    let (world, stream) = child(AgeBand::Thirteen, Quorum::Any);
    let too_old = stream.then(authorised(11));
    assert_eq!(became(&last(&too_old, &world)), refused);
    assert_eq!(answer(&too_old, &world).0, Reason::ConsentMissing);
    let nameless = Stream::default().add(says(Given), |e| {
        e.actor.role = crate::event::Role::Guardian;
    });
    assert_eq!(became(&last(&nameless, &consent())), refused);
}

#[test]
fn a_preventive_service_ignores_guardians() {
    let (mut world, stream) = child(AgeBand::From7To12, Quorum::Any);
    world.main().age_rule = AgeRule::IssPreventive;
    let own = stream.then(says(Given));
    assert_eq!(last(&own, &world).outcome, Outcome::Effective);
    for act in [
        authorised(11),
        guardian_says(11, Refused),
        guardian_says(11, Withdrawn),
    ] {
        let probed = own.clone().then(act);
        assert_eq!(
            became(&last(&probed, &world)),
            superseded(SupersededReason::NotEntitled)
        );
        assert_eq!(probed.state(&world).cells, own.state(&world).cells);
        assert_eq!(last(&probed, &world).decisions[0].state, StateWord::Unknown);
    }
}

#[test]
fn when_custody_ends_the_quorum_is_counted_anew() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::All);
    let one = stream.then(says(Given)).then(authorised(11));
    let gone = one.clone().then(unlinked(12));
    assert_eq!(answer(&gone, &world).0, Reason::GuardianConsent);
    let carried = gone.then(aged(AgeBand::Thirteen));
    assert_eq!(answer(&carried, &world).0, Reason::GuardianConsentCarried);
    let other_way = one.clone().then(unlinked(11));
    assert_eq!(answer(&other_way, &world).0, Reason::GuardianPending);
    let nobody_left = other_way.then(unlinked(12));
    assert_eq!(answer(&nobody_left, &world).0, Reason::GuardianPending);
    let orphaned = nobody_left.then(aged(AgeBand::Thirteen));
    assert_eq!(
        answer(&orphaned, &world).0,
        Reason::ConsentMissing,
        "no quorum among nobody"
    );
    // The quorum was never complete. After the birthday, the end of custody does not complete it.
    let too_late = one.then(aged(AgeBand::Thirteen)).then(unlinked(12));
    assert_eq!(answer(&too_late, &world).0, Reason::ConsentMissing);
}

#[test]
fn a_guardian_who_is_linked_again_is_asked_again() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let stream = stream
        .then(says(Given))
        .then(authorised(11))
        .then(unlinked(11));
    assert_eq!(answer(&stream, &world).0, Reason::GuardianPending);
    let again = stream.then(linked(11));
    assert_eq!(answer(&again, &world).0, Reason::GuardianPending);
}

#[test]
fn at_eighteen_it_ends_and_the_adults_own_word_stands() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let young = stream.then(says(Given)).then(authorised(11));
    let adult = young
        .then(aged(AgeBand::Thirteen))
        .then(aged(AgeBand::Adult));
    assert_eq!(answer(&adult, &world).0, Reason::AgedOut);
    assert_eq!(
        answer(&adult.then(says(Given)), &world).0,
        Reason::ConsentValid
    );
}

#[test]
fn an_age_corrected_down_invalidates_until_asked_again() {
    let (world, stream) = child(AgeBand::Fifteen, Quorum::Any);
    let believed = stream.then(says(Given));
    assert_eq!(answer(&believed, &world).0, Reason::ConsentValid);
    let corrected = believed.then(aged(AgeBand::From7To12));
    assert_eq!(
        answer(&corrected, &world),
        (Reason::ConsentInvalidated, StateWord::Invalidated)
    );
    let grown = corrected.clone().then(aged(AgeBand::Thirteen));
    assert_eq!(
        answer(&grown, &world).0,
        Reason::ConsentInvalidated,
        "growing up heals nothing"
    );
    let again = corrected.then(says(Given));
    assert_eq!(answer(&again, &world).0, Reason::GuardianPending);
    assert_eq!(
        answer(&again.then(authorised(12)), &world).0,
        Reason::GuardianConsent
    );
}

#[test]
fn guardians_together_are_as_weak_as_the_weakest() {
    use crate::purpose::{Assurance, SpecialCategory};
    let (mut world, stream) = child(AgeBand::From7To12, Quorum::All);
    world.main().special_category = SpecialCategory::Yes;
    world.main().assurance_min = Assurance::Signed;
    let yes = |n: u8, explicit| Occurrence {
        body: EventBody::from(Decisions(vec![Decision {
            explicit,
            ..decision(P, Given)
        }])),
        actor: by_guardian(n),
    };
    let signed = |e: &mut Event| e.assurance = Assurance::Signed;
    let both = |a, b| {
        let stream = stream
            .clone()
            .then(says(Given))
            .add(yes(11, a), signed)
            .add(yes(12, b), signed);
        answer(&stream, &world).0
    };
    assert_eq!(both(true, true), Reason::GuardianConsent);
    assert_eq!(both(true, false), Reason::ExplicitConsentRequired);
    assert_eq!(both(false, true), Reason::ExplicitConsentRequired);
    let weak = stream
        .clone()
        .then(says(Given))
        .add(yes(11, true), signed)
        .then(yes(12, true));
    assert_eq!(answer(&weak, &world).0, Reason::AssuranceTooLow);
}

#[test]
fn guardians_grant_on_the_same_notice() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::All);
    let stream = stream.then(says(Given)).then(authorised(11));
    let another = stream
        .clone()
        .add(authorised(12), |e| e.notice = Some(v(2)));
    assert_eq!(answer(&another, &world).0, Reason::GuardianPending);
    let same = stream.then(authorised(12));
    assert_eq!(answer(&same, &world).0, Reason::GuardianConsent);
}

/// Rule E10: also where the campaign has a later day again.
#[test]
fn a_grant_that_has_lapsed_is_joined_by_nobody() {
    let (mut world, stream) = child(AgeBand::From7To12, Quorum::All);
    world.main().validity = "P10D".parse().ok();
    let one = stream.then(says(Given)).then(authorised(11));
    let late = |e: &mut Event| e.received_at = T0 + 20 * DAY;
    let other = one.clone().add(authorised(12), late);
    let word = |stream: &Stream, day: i64| {
        let state = stream.state(&world);
        state.word(&state.cells[0], &world, T0 + day * DAY)
    };
    assert_eq!(word(&other, 21), StateWord::PendingGuardian);
    let again = other.add(says(Given), late).add(authorised(11), late);
    assert_eq!(word(&again, 21), StateWord::Given);
}

#[test]
fn a_guardians_grant_after_the_use_is_a_new_grant() {
    let (mut world, stream) = child(AgeBand::From7To12, Quorum::Any);
    world.main().single_use = true;
    let used = EventBody::from(ConsentUsed::of(main_cell(), event_id(5)));
    let stream = stream.then(says(Given)).then(authorised(11)).then(used);
    assert_eq!(last(&stream, &world).outcome, Outcome::Effective);
    assert_eq!(answer(&stream, &world).0, Reason::ConsentUsed);
    assert_eq!(
        answer(&stream.then(authorised(11)), &world).0,
        Reason::GuardianConsent
    );
}

#[test]
fn after_an_age_correction_guardians_are_asked_again() {
    let (world, stream) = child(AgeBand::Fifteen, Quorum::All);
    let corrected = stream.then(says(Given)).then(aged(AgeBand::From7To12));
    let one = corrected.then(authorised(11));
    assert_eq!(
        answer(&one, &world).0,
        Reason::GuardianPending,
        "no longer invalidated"
    );
    // The band falls and rises again: the guardians' decisions concerned a younger child.
    let (mut world, stream) = child(AgeBand::Thirteen, Quorum::Any);
    world.main().age_rule = AgeRule::Maturity;
    world.main().guardian_below = 15;
    let stream = stream.then(says(Given)).then(authorised(11));
    let back = stream
        .then(aged(AgeBand::From7To12))
        .then(aged(AgeBand::Thirteen));
    assert_eq!(
        answer(&back.then(says(Given)), &world).0,
        Reason::GuardianPending
    );
}

#[test]
fn a_guardian_who_declines_what_all_had_allowed_withdraws_it() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::All);
    let declined = guardian_says(12, Refused);
    let both = stream
        .then(says(Given))
        .then(authorised(11))
        .then(authorised(12));
    assert_eq!(
        answer(&both.then(declined), &world).0,
        Reason::ConsentWithdrawn
    );
}

/// A child of 14 under `maturity`, whose one guardian of a sole custody and who itself granted.
fn complete_at_fourteen() -> (World, Stream) {
    let (mut world, _) = child(AgeBand::Fourteen, Quorum::All);
    world.main().age_rule = AgeRule::Maturity;
    world.main().guardian_below = 15;
    world.main().guardian_verification_min = Verification::Eid;
    let stream = Stream::of([aged(AgeBand::Fourteen), linked(11)]);
    (world, stream.then(says(Given)).then(authorised(11)))
}

fn linked_again(n: u8, verification: Verification, holders: u8) -> EventBody {
    EventBody::from(GuardianLinked {
        guardian: subject(n),
        verification,
        holders,
    })
}

#[test]
fn what_became_pending_is_not_carried_on_at_a_birthday() {
    let (world, complete) = complete_at_fourteen();
    let older = |stream: &Stream| stream.clone().then(aged(AgeBand::Fifteen));
    assert_eq!(
        answer(&older(&complete), &world).0,
        Reason::GuardianConsentCarried
    );
    for again in [
        linked_again(11, Verification::Eid, 2),
        linked_again(11, Verification::EmailConfirmed, 1),
    ] {
        let pending = complete.clone().then(again);
        assert_eq!(answer(&pending, &world).0, Reason::GuardianPending);
        assert_eq!(answer(&older(&pending), &world).0, Reason::ConsentMissing);
    }
}

#[test]
fn a_second_guardian_weakened_later_ends_the_quorum() {
    let (world, _) = complete_at_fourteen();
    let both = Stream::of([
        aged(AgeBand::Fourteen),
        linked_again(11, Verification::Eid, 2),
        linked_again(12, Verification::Eid, 2),
    ]);
    let both = both
        .then(says(Given))
        .then(authorised(11))
        .then(authorised(12));
    let weaker = both.then(linked_again(12, Verification::EmailConfirmed, 2));
    assert_eq!(answer(&weaker, &world).0, Reason::GuardianPending);
    let older = weaker.then(aged(AgeBand::Fifteen));
    assert_eq!(answer(&older, &world).0, Reason::ConsentMissing);
}

/// The years to 18 are counted from the day on which the band may be wrong.
#[test]
fn a_guardian_is_not_heard_once_the_child_may_be_of_age() {
    use AgeBand::{Fifteen, Fourteen, From7To12, From16To17, Thirteen, Under7};
    for (band, years) in [
        (Under7, 18),
        (From7To12, 11),
        (Thirteen, 5),
        (Fourteen, 4),
        (Fifteen, 3),
        (From16To17, 2),
    ] {
        let state = Stream::of([aged(band), linked(11)]).state(&consent());
        let at = |years: i64, days: i64| {
            state.guardian_at(&subject(11), T0 + (years * 1461 / 4 + days) * DAY)
        };
        assert!(at(years, -2).is_some(), "{band:?}");
        assert!(at(years, 2).is_none(), "{band:?}");
    }
    let (world, stream) = child(From16To17, Quorum::Any);
    let late = stream.add(guardian_says(11, Withdrawn), |e| {
        e.received_at = T0 + 3 * 366 * DAY;
    });
    assert_eq!(
        became(&last(&late, &world)),
        superseded(SupersededReason::NotEntitled)
    );
}

#[test]
fn a_guardian_does_not_refuse_for_who_decides_alone() {
    for kind in [Refused, Withdrawn, Objected] {
        let (world, _) = child(AgeBand::From16To17, Quorum::Any);
        let stream = Stream::of([aged(AgeBand::From16To17), linked(11)]).then(says(Given));
        let tried = stream.then(guardian_says(11, kind));
        assert_eq!(answer(&tried, &world).0, Reason::ConsentValid, "{kind:?}");
        assert_eq!(
            became(&last(&tried, &world)),
            superseded(SupersededReason::NotEntitled)
        );
    }
}

#[test]
fn a_guardian_takes_back_what_was_carried_on() {
    let (world, complete) = complete_at_fourteen();
    let carried = complete.then(aged(AgeBand::Fifteen));
    let back = carried.then(guardian_says(11, Withdrawn));
    assert_eq!(answer(&back, &world).0, Reason::ConsentWithdrawn);
}

#[test]
fn a_guardians_paper_may_be_late_and_a_queue_may_not() {
    let late = |method| {
        move |e: &mut Event| {
            e.occurred_at = Some(e.received_at - LATE_GRANT_MS - DAY);
            e.method = Some(method);
            e.assurance = Assurance::Server;
        }
    };
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let stream = stream.then(says(Given));
    let paper = stream.clone().add(authorised(11), late(Method::Signature));
    assert_eq!(answer(&paper, &world).0, Reason::GuardianConsent);
    let queue = stream.add(authorised(11), late(Method::Button));
    assert_eq!(
        became(&last(&queue, &world)),
        superseded(SupersededReason::LateGrant)
    );
}
