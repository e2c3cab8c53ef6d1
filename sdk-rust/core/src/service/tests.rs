use super::*;
use crate::{
    decision::{DecisionKind, Outcome},
    event::{EventBody, kinds::ConsentUsed, opening::EventResult},
    keys::Secret,
    position::Position,
    problem::ProblemKind,
    pseudonym::{Domain, identifier_hmac},
    purpose::CheckMode,
    reason::Reason,
    state::{StateWord, SubjectState},
    testing::{LATER, P, Stream, World, event, event_id, main_cell, purpose, says, subject},
    wire::SubjectRequest,
};

fn key() -> Secret {
    Secret::from_bytes([1; 32])
}

fn withdrawn() -> AppendedEvent {
    let event = event(3, says(DecisionKind::Withdrawn));
    let result = EventResult {
        outcome: Outcome::Effective,
        reason: None,
        state: Some(StateWord::Withdrawn),
    };
    AppendedEvent {
        event_id: event.event_id,
        position: Position::of(1, 7, &[7; 32]),
        seq: event.seq,
        leaf_hash: None,
        received_at: event.received_at,
        body: event.body,
        results: vec![result],
        replayed: false,
    }
}

#[test]
fn only_a_withdrawal_is_answered_with_a_receipt() {
    let event = withdrawn();
    let answer = event.answer(Posted::Withdrawal, &key());
    let receipt = answer.receipt.unwrap();
    assert_eq!(receipt.position, Some(event.position.token(&key())));
    assert_eq!(receipt.committed_at, answer.received_at);
    assert_eq!(event.answer(Posted::Consent, &key()).receipt, None);
}

#[test]
fn an_event_that_is_no_use_has_no_answer_of_one() {
    let problem = withdrawn().use_answer(&key()).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::Internal);
}

#[test]
fn a_withdrawal_of_an_erased_subject_acts_without_a_leaf() {
    let event = event(0, says(DecisionKind::Withdrawn));
    let answer = already_erased(&event, event.received_at);
    assert_eq!(
        (answer.seq, answer.index, answer.position),
        (None, None, None)
    );
    let [decision] = answer.decisions.as_slice() else {
        panic!("one decision was sent");
    };
    assert_eq!(
        (decision.outcome, decision.state),
        (Outcome::Effective, StateWord::Erased)
    );
}

#[test]
fn a_list_holds_one_to_its_maximum() {
    assert!(check_count("/checks", "questions", 1, 100).is_ok());
    assert!(check_count("/checks", "questions", 100, 100).is_ok());
    for count in [0, 101] {
        let problem = check_count("/checks", "questions", count, 100).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::FieldInvalid, "{count}");
        assert_eq!(problem.violations[0].field, "/checks");
    }
}

#[test]
fn a_token_of_another_log_is_no_position() {
    let position = Position::of(1, 7, &[7; 32]);
    let token = position.token(&key());
    assert_eq!(parse_min_position(Some(&token), &key()), Ok(Some(position)));
    assert_eq!(parse_min_position(None, &key()), Ok(None));
    let other = Secret::from_bytes([2; 32]);
    let problem = parse_min_position(Some(&token), &other).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::PositionInvalid);
}

#[test]
fn a_position_of_another_history_is_lost() {
    let head = Position::of(2, 7, &[7; 32]);
    let is_lost = |epoch, index, leaf| is_lost(Some(Position::of(epoch, index, &[leaf; 32])), head);
    assert!(is_lost(2, 8, 8), "beyond the head");
    assert!(is_lost(3, 0, 0) && is_lost(1, 6, 6), "of another epoch");
    assert!(is_lost(2, 7, 8), "another leaf at the head");
    assert!(!is_lost(2, 7, 7) && !is_lost(2, 6, 1));
}

fn asks_for(hmac: Option<&str>, identifier: Option<&str>) -> SubjectRequest {
    SubjectRequest {
        domain: Domain::Account,
        identifier_hmac: hmac.map(str::to_owned),
        identifier: identifier.map(str::to_owned),
    }
}

#[test]
fn an_identifier_and_its_hmac_lead_to_one_subject() {
    let hmac = identifier_hmac(&key(), Domain::Account, "anna");
    let by_hmac = asks_for(Some(&hex::encode(hmac)), None);
    assert_eq!(hmac_of(&key(), &by_hmac), Ok(hmac));
    assert_eq!(hmac_of(&key(), &asks_for(None, Some("anna"))), Ok(hmac));
}

#[test]
fn a_subject_is_asked_for_by_one_of_two_ways() {
    let hmac = "0".repeat(64);
    for request in [asks_for(None, None), asks_for(Some(&hmac), Some("anna"))] {
        let problem = hmac_of(&key(), &request).unwrap_err();
        assert_eq!(problem.kind, ProblemKind::FieldInvalid);
        assert_eq!(problem.violations[0].field, "/identifier_hmac");
    }
}

#[test]
fn a_personal_identity_number_is_refused_as_such() {
    let request = asks_for(None, Some("19811228-9874"));
    let problem = hmac_of(&key(), &request).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::PersonalIdentifier);
    assert_eq!(problem.violations[0].field, "/identifier");
}

#[test]
fn an_event_id_stands_for_one_body() {
    assert_eq!(replay_of::<str, u64>(None, "a"), Ok(None));
    assert_eq!(replay_of(Some(("a", 7)), "a"), Ok(Some(7)));
    let problem = replay_of(Some(("a", 7)), "b").unwrap_err();
    assert_eq!(problem.kind, ProblemKind::EventIdReused);
}

#[test]
fn the_same_use_of_another_consent_is_another_body() {
    let body = serde_json::json!({"purpose": "example.forwarding"});
    assert_ne!(use_body(&body, &event_id(1)), use_body(&body, &event_id(2)));
}

#[test]
fn only_known_events_of_the_subject_come_before() {
    let (anna, bo) = (subject(1), subject(2));
    let known = [(event_id(1), &anna, 4), (event_id(2), &bo, 9)];
    let known = |id: &_| {
        let found = known.iter().find(|(known, _, _)| known == id)?;
        Some((found.1, found.2))
    };
    let named = [event_id(3), event_id(2), event_id(1)];
    assert_eq!(after_seqs(&named, &anna, known), [4]);
}

/// A purpose whose consents are good for one use.
fn single_use() -> World {
    let mut world = World::of([purpose(P, CheckMode::Consent)]);
    world.main().single_use = true;
    world
}

fn use_of(consent: u64) -> crate::event::Event {
    event(
        0,
        EventBody::from(ConsentUsed::of(main_cell(), event_id(consent))),
    )
}

#[test]
fn an_event_that_is_taken_is_the_next_of_its_subject() {
    let world = single_use();
    let mut state = Stream::of([says(DecisionKind::Given)]).state(&world);
    let said = event(0, says(DecisionKind::Withdrawn));
    let accepted = record(&world, &mut state, &said, LATER, vec![1]).unwrap();
    let event = accepted.event;
    assert_eq!(
        (event.seq, event.received_at, event.after_seqs),
        (2, LATER, vec![1])
    );
    assert_eq!(accepted.results[0].state, Some(StateWord::Withdrawn));
    assert_eq!(state.seq, 2);
}

#[test]
fn a_refused_submission_leaves_the_state() {
    let world = single_use();
    let mut state = SubjectState::default();
    let said = event(9, says(DecisionKind::Given));
    let problem = record(&world, &mut state, &said, LATER, Vec::new()).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::FieldInvalid);
    assert_eq!(state, SubjectState::default());
}

#[test]
fn a_consent_is_spent_once() {
    let world = single_use();
    let mut state = Stream::of([says(DecisionKind::Given)]).state(&world);
    let accepted = spend(&world, &mut state, &use_of(1), LATER).unwrap();
    let EventBody::ConsentUsed(used) = &accepted.event.body else {
        panic!("a use was sent");
    };
    assert_eq!(used.reason, Reason::ConsentValid);
    let before = state.clone();
    let denied = spend(&world, &mut state, &use_of(1), LATER).unwrap_err();
    assert_eq!((denied.allow, denied.reason), (false, Reason::ConsentUsed));
    assert_eq!(state, before);
}

#[test]
fn the_use_of_an_erased_subjects_consent_is_denied() {
    let verdict = spend_of_erased(&single_use(), &use_of(1), LATER);
    assert_eq!(
        (verdict.allow, verdict.reason, verdict.state),
        (false, Reason::SubjectErased, StateWord::Erased)
    );
}

#[test]
fn a_use_that_demands_a_lost_position_fails_closed() {
    let head = Position::of(1, 7, &[7; 32]);
    let answer = UseRejected::token_lost(head).answer(&key());
    assert!(!answer.used && !answer.check.verdict.allow);
    assert_eq!(answer.check.verdict.reason, Reason::FailclosedTokenLost);
    assert_eq!(
        answer.check.position.as_deref(),
        Some(head.token(&key()).as_str())
    );
}

#[test]
fn an_erased_subject_can_restrict_and_grant_nothing() {
    let given = event(1, says(DecisionKind::Given));
    let problem = admit_erased(&given).unwrap_err();
    assert_eq!(problem.kind, ProblemKind::SubjectErased);
    let withdrawn = event(1, says(DecisionKind::Withdrawn));
    assert_eq!(admit_erased(&withdrawn), Ok(()));
}
