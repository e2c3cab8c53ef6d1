//! The edge cases of section 7 that the fold and the check can show, one test each.

use super::*;
use crate::{
    decide::{PurposeLookup, Verdict},
    decision::{Decision, DecisionKind, Outcome, Signals, SupersededReason},
    event::{AFTER_EVENTS_MAX, Act, Event, Fault, batch_order},
    purpose::{AgeRule, CheckMode, Quorum},
    reason::Reason,
    testing::*,
};
use DecisionKind::{Deferred, Given, Objected, ObjectionRetracted, Refused, Renewed, Withdrawn};

fn consent() -> World {
    World::of([purpose(P, CheckMode::Consent)])
}

/// Two guardians' child of this band under the rule for information society services.
fn child(band: AgeBand, quorum: Quorum) -> (World, Stream) {
    let mut world = consent();
    world.main().age_rule = AgeRule::Iss;
    world.main().guardian_quorum = quorum;
    (world, Stream::of([aged(band), linked(11), linked(12)]))
}

/// What became of the last event.
fn last(stream: &Stream, world: &dyn PurposeLookup) -> Applied {
    let (event, before) = stream.0.split_last().unwrap();
    fold(before, world).apply(event, world)
}

fn superseded(reason: SupersededReason) -> (Outcome, Option<SupersededReason>) {
    (Outcome::Superseded, Some(reason))
}

fn became(applied: &Applied) -> (Outcome, Option<SupersededReason>) {
    (applied.outcome, applied.reason)
}

fn answer(stream: &Stream, world: &World) -> (Reason, StateWord) {
    let Verdict { reason, state, .. } = check(world, &stream.state(world));
    (reason, state)
}

/// Acts as received in one batch: applied in [`batch_order`], each with this `based_on`.
fn batch(world: &World, based_on: u64, acts: &[Act]) -> SubjectState {
    let refs: Vec<&Act> = acts.iter().collect();
    let mut state = SubjectState::default();
    for index in batch_order(&refs) {
        let mut next = event(state.seq + 1, acts[index].clone());
        next.based_on = based_on;
        state.apply(&next, world);
    }
    state
}

#[test]
fn a_wrong_client_clock_changes_nothing() {
    let hour = 60 * 60 * 1_000;
    for off in [2 * hour, -3 * DAY, -LATE_GRANT_MS] {
        let said =
            Stream::default().add(says(Given), |e| e.occurred_at = Some(e.received_at + off));
        assert_eq!(
            answer(&said, &consent()).0,
            Reason::ConsentValid,
            "{off} ms"
        );
        let cell = said.state(&consent()).cells[0].clone();
        assert_eq!(cell.at, T0 + 1_000, "the server's time counts");
    }
}

#[test]
fn a_grant_older_than_thirty_days_is_late() {
    let late = Stream::default().add(says(Given), |e| {
        e.occurred_at = Some(e.received_at - LATE_GRANT_MS - 1)
    });
    assert_eq!(
        became(&last(&late, &consent())),
        superseded(SupersededReason::LateGrant)
    );
    assert_eq!(answer(&late, &consent()).0, Reason::ConsentMissing);
    let no = Stream::of([says(Given)]).add(says(Withdrawn), |e| {
        e.occurred_at = Some(e.received_at - 2 * LATE_GRANT_MS)
    });
    assert_eq!(
        answer(&no, &consent()).0,
        Reason::ConsentWithdrawn,
        "a no is never too late"
    );
}

#[test]
fn an_offline_grant_that_was_withdrawn_elsewhere_is_stale() {
    let synced = Stream::of([says(Given), says(Withdrawn)]).add(says(Given), |e| e.based_on = 1);
    let applied = last(&synced, &consent());
    assert_eq!(became(&applied), superseded(SupersededReason::StaleGrant));
    assert_eq!(applied.decisions[0].state, StateWord::Withdrawn);
    let json = serde_json::to_string(&applied.decisions[0]).unwrap();
    assert_eq!(
        json,
        r#"{"purpose":"t.main","state":"withdrawn","outcome":"superseded","reason":"STALE_GRANT"}"#
    );
    assert_eq!(answer(&synced, &consent()).0, Reason::ConsentWithdrawn);
}

#[test]
fn no_then_yes_in_one_offline_queue_is_a_yes() {
    let queue = Stream::default()
        .add(says(Refused), |e| e.based_on = 0)
        .add(says(Given), |e| {
            e.based_on = 0;
            e.after_seqs = vec![1];
        });
    assert_eq!(answer(&queue, &consent()).0, Reason::ConsentValid);
}

#[test]
fn yes_then_no_in_one_offline_queue_is_a_no() {
    let one_by_one = Stream::default()
        .add(says(Given), |e| e.based_on = 0)
        .add(says(Refused), |e| e.based_on = 0);
    assert_eq!(answer(&one_by_one, &consent()).0, Reason::ConsentWithdrawn);
    let together = batch(&consent(), 0, &[says(Given), says(Refused)]);
    assert_eq!(check(&consent(), &together).reason, Reason::ConsentRefused);
}

#[test]
fn an_unseen_no_does_not_hide_behind_the_queues_own() {
    // Seq 2 is another device's no; seq 3 this queue's, which its yes names.
    let stream = Stream::of([says(Given), says(Withdrawn)])
        .add(says(Refused), |e| e.based_on = 1)
        .add(says(Given), |e| {
            e.based_on = 1;
            e.after_seqs = vec![3];
        });
    assert_eq!(
        became(&last(&stream, &consent())),
        superseded(SupersededReason::StaleGrant)
    );
}

#[test]
fn more_nos_than_after_can_name_always_block() {
    let names = u64::try_from(AFTER_EVENTS_MAX).unwrap();
    let after_nos = |count: u64| {
        let mut stream = Stream::of((0..count).map(|_| says(Refused)));
        stream = stream.add(says(Given), |e| {
            e.based_on = 0;
            // All of them, also beyond what may be named.
            e.after_seqs = (1..=count).rev().collect();
        });
        last(&stream, &consent()).outcome
    };
    assert_eq!(after_nos(names), Outcome::Effective);
    assert_eq!(after_nos(names + 1), Outcome::Superseded);
    assert_eq!(after_nos(40), Outcome::Superseded);
    let state = Stream::of((0..40).map(|_| says(Refused))).state(&consent());
    let text = serde_json::to_string(&state.cells[0].restrictive).unwrap();
    assert_eq!(
        serde_json::from_str::<Vec<u64>>(&text).unwrap().len(),
        AFTER_EVENTS_MAX + 1
    );
}

#[test]
fn an_offline_withdrawal_after_a_newer_grant_withdraws() {
    let stream = Stream::of([says(Given), says(Renewed)]).add(says(Withdrawn), |e| {
        e.based_on = 1;
        e.occurred_at = Some(T0);
    });
    assert_eq!(answer(&stream, &consent()).0, Reason::ConsentWithdrawn);
}

#[test]
fn a_double_click_is_one_yes() {
    let clicked = Stream::of([says(Given)]).add(says(Given), |e| e.based_on = 0);
    assert_eq!(last(&clicked, &consent()).outcome, Outcome::Effective);
    assert_eq!(
        answer(&clicked, &consent()),
        (Reason::ConsentValid, StateWord::Given)
    );
}

#[test]
fn a_captured_grant_that_is_replayed_under_a_new_id_is_stale() {
    let stream = Stream::of([says(Given), says(Withdrawn)]).add(says(Given), |e| e.based_on = 0);
    assert_eq!(
        became(&last(&stream, &consent())),
        superseded(SupersededReason::StaleGrant)
    );
}

#[test]
fn a_renewal_after_a_seen_no_acts() {
    let stream = Stream::of([says(Given), says(Withdrawn), says(Renewed)]);
    assert_eq!(answer(&stream, &consent()).0, Reason::ConsentRenewed);
}

#[test]
fn a_later_no_never_makes_a_stronger_one_weaker() {
    let refused_later = Stream::of([says(Given), says(Withdrawn), says(Refused)]);
    let far = T0 + 999 * DAY;
    let verdict = check_at(&consent(), &refused_later.state(&consent()), far);
    assert_eq!(
        (verdict.reason, verdict.may_ask),
        (Reason::ConsentWithdrawn, false)
    );
    let invalid = Stream::of([
        says(Given),
        Act::ConsentInvalidated {
            cell: main_cell(),
            effective_from: None,
        },
        says(Withdrawn),
        says(Refused),
    ]);
    assert_eq!(answer(&invalid, &consent()).0, Reason::ConsentInvalidated);
    let revoked = Act::ConsentRevoked { cell: main_cell() };
    let stream = Stream::of([says(Given), says(Withdrawn), revoked]);
    assert_eq!(answer(&stream, &consent()).0, Reason::ConsentWithdrawn);
}

#[test]
fn not_now_takes_nothing_back() {
    let stream = Stream::of([says(Given), says(Deferred)]);
    assert_eq!(
        became(&last(&stream, &consent())),
        superseded(SupersededReason::NothingToChange)
    );
    assert_eq!(answer(&stream, &consent()).0, Reason::ConsentValid);
    let stream = Stream::of([says(Refused), says(Deferred)]);
    assert_eq!(answer(&stream, &consent()).0, Reason::ConsentRefused);
}

#[test]
fn a_purpose_that_is_split_is_asked_in_both_its_parts() {
    let mut world = consent();
    world.main().parts = vec![pid("t.main.a"), pid("t.main.b")];
    for part in ["t.main.a", "t.main.b"] {
        world
            .purposes
            .insert(pid(part), purpose(part, CheckMode::Consent));
    }
    let state = Stream::of([says(Given)]).state(&world);
    let verdict = check(&world, &state);
    assert_eq!(
        (verdict.reason, verdict.parts.len()),
        (Reason::RegisterIncomplete, 2)
    );
    let ctx = crate::decide::Context::new(&world);
    for part in verdict.parts {
        let question = crate::decide::Question::about(part);
        let verdict = crate::decide::decide(&ctx, Some(&state), &question, LATER);
        assert_eq!(
            (verdict.reason, verdict.may_ask),
            (Reason::ConsentMissing, true)
        );
    }
}

#[test]
fn one_guardian_authorises_and_the_other_withdraws() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let stream = stream.then(says(Given)).then(authorised(11));
    assert_eq!(answer(&stream, &world).0, Reason::GuardianConsent);
    let stream = stream.then(Act::GuardianWithdrawn {
        guardian: subject(12),
        cell: main_cell(),
    });
    assert_eq!(answer(&stream, &world).0, Reason::ConsentWithdrawn);
    let stale = stream.add(authorised(11), |e| e.based_on = 5);
    assert_eq!(
        became(&last(&stale, &world)),
        superseded(SupersededReason::StaleGrant)
    );
}

#[test]
fn a_childs_yes_waits_and_says_so() {
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
fn a_guardian_may_answer_in_a_submission_of_decisions_too() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let yes = stream.add(says(Given), |e| e.actor = by_guardian(11));
    assert_eq!(answer(&yes, &world).0, Reason::GuardianConsent);
    let no = yes.add(says(Withdrawn), |e| e.actor = by_guardian(12));
    assert_eq!(answer(&no, &world).0, Reason::ConsentWithdrawn);
}

#[test]
fn only_a_linked_guardian_of_somebody_young_enough_can_say_yes() {
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
fn a_preventive_service_gives_a_guardian_no_say() {
    let (mut world, stream) = child(AgeBand::From7To12, Quorum::Any);
    world.main().age_rule = AgeRule::IssPreventive;
    let own = stream.then(says(Given));
    assert_eq!(last(&own, &world).outcome, Outcome::Effective);
    for act in [
        authorised(11),
        Act::GuardianDeclined {
            guardian: subject(11),
            cell: main_cell(),
        },
        Act::GuardianWithdrawn {
            guardian: subject(11),
            cell: main_cell(),
        },
    ] {
        let probed = own.clone().then(act);
        assert_eq!(
            became(&last(&probed, &world)),
            superseded(SupersededReason::NotEntitled)
        );
        assert_eq!(probed.state(&world).cells, own.state(&world).cells);
    }
    let by_decision = own
        .clone()
        .add(says(Withdrawn), |e| e.actor = by_guardian(11));
    assert_eq!(answer(&by_decision, &world).0, Reason::ConsentValid);
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
    // It was never complete, and after the birthday no end of custody completes it.
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
fn an_age_corrected_down_invalidates_until_everybody_is_asked() {
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
    let yes = |n: u8, explicit| Act::GuardianAuthorised {
        guardian: subject(n),
        cell: main_cell(),
        explicit,
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
fn guardians_say_yes_to_one_notice() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::All);
    let stream = stream.then(says(Given)).then(authorised(11));
    let another = stream
        .clone()
        .add(authorised(12), |e| e.notice = Some(v(2)));
    assert_eq!(answer(&another, &world).0, Reason::GuardianPending);
    let same = stream.then(authorised(12));
    assert_eq!(answer(&same, &world).0, Reason::GuardianConsent);
}

#[test]
fn restriction_and_its_lifting_are_ordered_like_decisions() {
    let stream = Stream::of([says(Given), Act::SubjectRestricted {}]);
    let stale_yes = stream.clone().add(says(Given), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&stale_yes, &consent())),
        superseded(SupersededReason::StaleGrant)
    );
    let stale = stream
        .clone()
        .add(Act::SubjectUnrestricted {}, |e| e.based_on = 1);
    assert_eq!(
        became(&last(&stale, &consent())),
        superseded(SupersededReason::StaleGrant)
    );
    assert_eq!(answer(&stale, &consent()).0, Reason::Restricted);
    let lifted = stream.then(Act::SubjectUnrestricted {});
    assert_eq!(answer(&lifted, &consent()).0, Reason::ConsentValid);
}

#[test]
fn an_erased_subject_returns_with_nothing() {
    let erased = Stream::of([says(Given), aged(AgeBand::Adult), Act::SubjectErased {}]);
    let state = erased.state(&consent());
    assert_eq!(
        serde_json::to_string(&state).unwrap(),
        r#"{"s":3,"t":1768478403000,"e":true,"n":[3]}"#
    );
    let queued = erased.clone().add(says(Given), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&queued, &consent())),
        superseded(SupersededReason::SubjectErased)
    );
    let knowing = erased.clone().then(says(Given));
    assert_eq!(
        became(&last(&knowing, &consent())),
        superseded(SupersededReason::SubjectErased)
    );
    let no = erased.then(says(Withdrawn));
    assert_eq!(became(&last(&no, &consent())), (Outcome::Effective, None));
    assert_eq!(
        answer(&no, &consent()),
        (Reason::SubjectErased, StateWord::Erased)
    );
}

#[test]
fn of_two_parallel_uses_one_loses() {
    let mut world = consent();
    world.main().single_use = true;
    let used = || Act::ConsentUsed {
        cell: main_cell(),
        consent: event_id(1),
    };
    let first = Stream::of([says(Given), used()]);
    assert_eq!(last(&first, &world).outcome, Outcome::Effective);
    let second = first.clone().then(used());
    assert_eq!(
        became(&last(&second, &world)),
        superseded(SupersededReason::AlreadyUsed)
    );
    // A new yes is a new use, and the old one's id does not spend it.
    let renewed = first.then(says(Given));
    assert_eq!(answer(&renewed, &world).0, Reason::ConsentValid);
    assert_eq!(
        last(&renewed.then(used()), &world).outcome,
        Outcome::Superseded
    );
    let withdrawn = Stream::of([says(Given), says(Withdrawn), used()]);
    assert_eq!(last(&withdrawn, &world).outcome, Outcome::Superseded);
}

#[test]
fn a_signal_that_goes_off_in_an_old_submission_lifts_nothing() {
    let mut world = consent();
    world.main().third_party_sharing = true;
    let signals = |gpc| Some(Signals { gpc, dnt: false });
    let on = Stream::of([says(Given)]).add(says(Deferred), |e| e.signals = signals(true));
    assert_eq!(answer(&on, &world).0, Reason::GpcOptOut);
    let stale_off = on.clone().add(says(Deferred), |e| {
        e.signals = signals(false);
        e.based_on = 1;
    });
    assert_eq!(answer(&stale_off, &world).0, Reason::GpcOptOut);
    let off = on
        .clone()
        .add(says(Deferred), |e| e.signals = signals(false));
    assert_eq!(answer(&off, &world).0, Reason::ConsentValid);
    let silent = on.clone().then(says(Deferred));
    assert_eq!(
        answer(&silent, &world).0,
        Reason::GpcOptOut,
        "silence is no signal"
    );
    let yes = Act::Decisions(vec![Decision {
        gpc_acknowledged: true,
        ..decision(P, Given)
    }]);
    let knowing = on.add(yes, |e| e.signals = signals(true));
    assert_eq!(answer(&knowing, &world).0, Reason::ConsentValid);
}

#[test]
fn an_objection_is_answered_retracted_and_ordered() {
    let mut world = World::of([purpose(P, CheckMode::Objection)]);
    let rejected = || Act::ObjectionRejected {
        cell: main_cell(),
        grounds: value("fraud"),
    };
    let objected = Stream::of([says(Objected)]);
    assert_eq!(
        answer(&objected, &world),
        (Reason::ObjectionPending, StateWord::Objected)
    );
    let unseen = objected
        .clone()
        .then(says(Objected))
        .add(rejected(), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&unseen, &world)),
        superseded(SupersededReason::StaleGrant)
    );
    let stale = objected
        .clone()
        .add(says(ObjectionRetracted), |e| e.based_on = 0);
    assert_eq!(
        became(&last(&stale, &world)),
        superseded(SupersededReason::StaleGrant)
    );
    let upheld = objected
        .clone()
        .then(Act::ObjectionUpheld { cell: main_cell() });
    assert_eq!(
        became(&last(&upheld.clone().then(rejected()), &world)),
        superseded(SupersededReason::NothingToChange)
    );
    assert_eq!(
        answer(&upheld.then(says(Objected)), &world).0,
        Reason::Objected
    );
    assert_eq!(
        answer(
            &objected.clone().then(rejected()).then(says(Objected)),
            &world
        )
        .0,
        Reason::ObjectionPending
    );
    world.main().direct_marketing = true;
    let applied = last(&objected, &world);
    assert_eq!(
        applied.decisions[0].state,
        StateWord::Upheld,
        "absolute at once"
    );
    assert_eq!(
        became(&last(&objected.then(rejected()), &world)),
        superseded(SupersededReason::NothingToChange)
    );
}

#[test]
fn a_correction_takes_grants_back_and_lifts_no_no() {
    let wrong = |n| Act::Correction {
        corrects: event_id(n),
        fault: Fault::WrongSubject,
        effective_from: None,
    };
    let stream = Stream::of([says(Given), wrong(1)]);
    assert_eq!(answer(&stream, &consent()).0, Reason::ConsentInvalidated);
    let in_flight = stream.add(says(Given), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&in_flight, &consent())),
        superseded(SupersededReason::StaleGrant)
    );
    let no = Stream::of([says(Refused), wrong(1)]);
    assert_eq!(answer(&no, &consent()).0, Reason::ConsentRefused);
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    // The child's own part was recorded wrongly, although a guardian's came after it.
    let own = stream.then(says(Given)).then(authorised(11)).then(wrong(4));
    assert_eq!(answer(&own, &world).0, Reason::ConsentInvalidated);
    let detail = Act::Correction {
        corrects: event_id(1),
        fault: Fault::Evidence,
        effective_from: None,
    };
    assert_eq!(
        answer(&Stream::of([says(Given), detail]), &consent()).0,
        Reason::ConsentValid
    );
}

#[test]
fn a_device_with_a_high_seq_is_linked_to_an_account_with_a_low_one() {
    let world = consent();
    let mut device = Stream::of((0..8).map(|_| says(Given)))
        .then(says(Withdrawn))
        .state(&world);
    let mut account = Stream::of([says(Given)]).state(&world);
    let seq = joint_seq(&account, &device);
    assert_eq!(seq, 10);
    let device_before = device.clone();
    let mut link = event(
        seq,
        Act::SubjectLinked {
            from: subject(2),
            state: Box::new(device_before),
        },
    );
    link.received_at = LATER;
    account.apply(&link, &world);
    device.apply(&event(10, Act::SubjectMerged { into: subject(1) }), &world);
    assert_eq!(
        (account.seq, check(&world, &account).reason),
        (10, Reason::ConsentWithdrawn)
    );
    // Offline on the account since seq 9, by either's count: the surviving no is newer.
    let mut late = event(11, says(Given));
    late.based_on = 9;
    assert_eq!(
        account.clone().apply(&late, &world).reason,
        Some(SupersededReason::StaleGrant)
    );
    late.based_on = 10;
    assert_eq!(account.apply(&late, &world).outcome, Outcome::Effective);
    assert!(check(&world, &account).allow);
}

#[test]
fn linking_never_creates_a_grant() {
    let world = consent();
    let yes = Stream::of([says(Given)]).state(&world);
    let nothing = Stream::of([Act::TermsAccepted { terms: v(9) }]).state(&world);
    for joined in [merge(&yes, &nothing), merge(&nothing, &yes)] {
        assert_eq!(check(&world, &joined).reason, Reason::ConsentMissing);
    }
    assert!(check(&world, &merge(&yes, &yes)).allow);
    let no = Stream::of([says(Refused)]).state(&world);
    assert_eq!(
        check(&world, &merge(&yes, &no)).reason,
        Reason::ConsentRefused
    );
    let restricted = Stream::of([says(Given), Act::SubjectRestricted {}]).state(&world);
    assert_eq!(
        check(&world, &merge(&yes, &restricted)).reason,
        Reason::Restricted
    );
    let erased = Stream::of([Act::SubjectErased {}]).state(&world);
    assert_eq!(
        check(&world, &merge(&yes, &erased)).reason,
        Reason::SubjectErased
    );
}

#[test]
fn accounts_that_are_merged_and_unmerged_keep_every_no_and_no_new_yes() {
    let world = consent();
    let mut one = Stream::of([says(Given)]).state(&world);
    let mut two = Stream::of([says(Given)]).state(&world);
    let link = Act::SubjectLinked {
        from: subject(2),
        state: Box::new(two.clone()),
    };
    one.apply(&event(2, link), &world);
    two.apply(&event(2, Act::SubjectMerged { into: subject(1) }), &world);
    one.apply(&event(3, says(Withdrawn)), &world);
    one.apply(&event(4, says(Given)), &world);
    let seq = joint_seq(&one, &two);
    let apart = |state| Act::SubjectUnmerged {
        from: subject(1),
        state,
    };
    two.apply(&event(seq, apart(Some(Box::new(one.clone())))), &world);
    one.apply(&event(seq, apart(None)), &world);
    assert_eq!((two.merged_into.clone(), two.seq), (None, 5));
    assert!(check(&world, &two).allow, "both had said yes");
    let mut queued = event(6, says(Given));
    queued.based_on = 4;
    assert_eq!(
        two.apply(&queued, &world).outcome,
        Outcome::Superseded,
        "the no of meanwhile blocks"
    );
    one.apply(&event(6, says(Withdrawn)), &world);
    assert!(!check(&world, &one).allow);
}

#[test]
fn contracts_end_when_they_say() {
    let world = World::of([purpose(P, CheckMode::Contract)]);
    let start = Act::ContractStarted {
        contract: value("c"),
        purposes: vec![],
        effective_from: Some(T0 + DAY),
    };
    let end = Act::ContractEnded {
        contract: value("c"),
        effective_from: Some(T0 + 3 * DAY),
    };
    let state = Stream::of([start, end]).state(&world);
    let on = |day: i64| check_at(&world, &state, T0 + day * DAY).reason;
    assert_eq!(
        [on(0), on(1), on(2), on(3)],
        [
            Reason::ContractMissing,
            Reason::Contract,
            Reason::Contract,
            Reason::ContractEnded
        ]
    );
    assert_eq!(
        check_at(&world, &state, T0 + DAY).valid_until,
        Some(T0 + 3 * DAY)
    );
    let unknown = Stream::of([Act::ContractEnded {
        contract: value("x"),
        effective_from: None,
    }]);
    assert_eq!(
        became(&last(&unknown, &world)),
        superseded(SupersededReason::NothingToChange)
    );
}

#[test]
fn the_stored_text_is_short_and_its_event_refuses_unknown_fields() {
    let mut world = consent();
    world.main().scope_type = crate::purpose::ScopeType::Recipient;
    let state = Stream::of([says_of(Given, recipient("a"))]).state(&world);
    assert_eq!(
        serde_json::to_string(&state).unwrap(),
        format!(
            r#"{{"s":1,"t":1768478401000,"c":[{{"p":"t.main","o":{{"recipient":"a"}},"s":"given","q":1,"t":1768478401000,"i":"{}","h":"{}","w":true}}]}}"#,
            event_id(1),
            v(1)
        )
    );
    let stored = serde_json::to_string(&event(1, linked(11))).unwrap();
    assert!(
        stored.contains(r#""act":{"guardian.linked":{"guardian":"#),
        "{stored}"
    );
    for (known, more) in [
        (r#""seq":1"#, r#""seq":1,"name":"x""#),
        (r#""role":"subject""#, r#""role":"subject","name":"x""#),
        (
            r#""verification":"eid""#,
            r#""verification":"eid","name":"x""#,
        ),
    ] {
        assert!(stored.contains(known), "{known}");
        let more = stored.replace(known, more);
        assert!(serde_json::from_str::<Event>(&more).is_err(), "{more}");
    }
}
