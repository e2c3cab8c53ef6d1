//! Section 2: restrictive and permissive events, and what their senders had seen.

use super::*;

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
        e.occurred_at = Some(e.received_at - LATE_GRANT_MS - 1);
    });
    assert_eq!(
        became(&last(&late, &consent())),
        superseded(SupersededReason::LateGrant)
    );
    assert_eq!(answer(&late, &consent()).0, Reason::ConsentMissing);
    let no = Stream::of([says(Given)]).add(says(Withdrawn), |e| {
        e.occurred_at = Some(e.received_at - 2 * LATE_GRANT_MS);
    });
    assert_eq!(
        answer(&no, &consent()).0,
        Reason::ConsentWithdrawn,
        "a refusal is never too late"
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
fn withdraw_then_grant_in_one_queue_is_given() {
    let queue = Stream::default()
        .add(says(Refused), |e| e.based_on = 0)
        .add(says(Given), |e| {
            e.based_on = 0;
            e.after_seqs = vec![1];
        });
    assert_eq!(answer(&queue, &consent()).0, Reason::ConsentValid);
}

#[test]
fn grant_then_withdraw_in_one_queue_is_withdrawn() {
    let one_by_one = Stream::default()
        .add(says(Given), |e| e.based_on = 0)
        .add(says(Refused), |e| e.based_on = 0);
    assert_eq!(answer(&one_by_one, &consent()).0, Reason::ConsentWithdrawn);
    let together = batch(&consent(), 0, &[says(Given), says(Refused)]);
    assert_eq!(check(&consent(), &together).reason, Reason::ConsentRefused);
}

#[test]
fn an_unseen_withdrawal_is_not_hidden_by_the_queues_own() {
    // Seq 2 is a withdrawal by another device. Seq 3 is this queue's own, which its grant names.
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
fn more_withdrawals_than_after_can_name_block() {
    let names = u64::try_from(AFTER_EVENTS_MAX).unwrap();
    let after_nos = |count: u64| {
        let mut stream = Stream::of((0..count).map(|_| says(Refused)));
        stream = stream.add(says(Given), |e| {
            e.based_on = 0;
            // All earlier seqs, including those beyond the limit of `after`.
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
fn a_double_click_is_one_grant() {
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
fn a_grant_after_a_seen_withdrawal_is_effective() {
    let stream = Stream::of([says(Given), says(Withdrawn), says(Renewed)]);
    assert_eq!(answer(&stream, &consent()).0, Reason::ConsentRenewed);
}

#[test]
fn a_later_refusal_never_weakens_a_stronger_one() {
    let refused_later = Stream::of([says(Given), says(Withdrawn), says(Refused)]);
    let far = T0 + 999 * DAY;
    let verdict = check_at(&consent(), &refused_later.state(&consent()), far);
    assert_eq!(
        (verdict.reason, verdict.may_ask),
        (Reason::ConsentWithdrawn, false)
    );
    let invalid = Stream::of([
        says(Given),
        invalidated(None),
        says(Withdrawn),
        says(Refused),
    ]);
    assert_eq!(answer(&invalid, &consent()).0, Reason::ConsentInvalidated);
    let stream = Stream::of([says(Given), says(Withdrawn), revoked()]);
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
