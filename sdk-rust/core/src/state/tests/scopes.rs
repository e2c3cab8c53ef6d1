//! A browser's subject has a limited number of cells.

use super::*;
use crate::{purpose::ScopeType, scope::Scope};

fn scoped() -> World {
    let mut world = consent();
    world.main().scope_type = ScopeType::Recipient;
    world
}

fn code(n: usize) -> Scope {
    recipient(&format!("r-{n}"))
}

fn refuses(from: usize, to: usize) -> impl Iterator<Item = EventBody> {
    (from..to).map(|n| says_of(Refused, code(n)))
}

#[test]
fn refusals_of_ever_more_scopes_do_not_grow_the_state() {
    let world = scoped();
    let full = Stream::of(refuses(0, SCOPES_PER_PURPOSE_MAX)).state(&world);
    assert_eq!(full.cells.len(), SCOPES_PER_PURPOSE_MAX);
    let more = Stream::of(refuses(0, 3 * SCOPES_PER_PURPOSE_MAX)).state(&world);
    assert_eq!(more.cells, full.cells);
    let size = |state: &SubjectState| serde_json::to_string(state).unwrap().len();
    assert!(size(&more) < size(&full) + 200, "{}", size(&more));
}

#[test]
fn a_refusal_without_a_cell_still_blocks_late_grants() {
    let world = scoped();
    let stream = Stream::of(refuses(0, SCOPES_PER_PURPOSE_MAX)).then(says_of(Refused, code(500)));
    let seq = stream.state(&world).seq;
    assert_eq!(last(&stream, &world).outcome, Outcome::Effective);
    assert_eq!(stream.state(&world).cell(&pid(P), &code(500)), None);
    let late = stream.add(says_of(Given, code(500)), |e| {
        e.based_on = seq - 1;
        e.assurance = crate::purpose::Assurance::Server;
    });
    assert_eq!(
        became(&last(&late, &world)),
        superseded(SupersededReason::StaleGrant)
    );
}

#[test]
fn a_servers_word_always_gets_its_cell() {
    let world = scoped();
    let stream =
        Stream::of(refuses(0, SCOPES_PER_PURPOSE_MAX)).add(says_of(Refused, code(500)), |e| {
            e.assurance = crate::purpose::Assurance::Server;
        });
    let state = stream.state(&world);
    let cell = state.cell(&pid(P), &code(500)).unwrap();
    assert_eq!(cell.state, CellState::Refused);
}

#[test]
fn each_purpose_has_room_of_its_own() {
    let mut other = purpose("t.other", CheckMode::Consent);
    other.scope_type = ScopeType::Recipient;
    let mut world = World::of([purpose(P, CheckMode::Consent), other]);
    world.main().scope_type = ScopeType::Recipient;
    let of_other = Decision {
        scope: code(0),
        ..decision("t.other", Refused)
    };
    let stream = Stream::of(refuses(0, SCOPES_PER_PURPOSE_MAX))
        .then(EventBody::from(Decisions(vec![of_other])));
    assert!(
        stream
            .state(&world)
            .cell(&pid("t.other"), &code(0))
            .is_some()
    );
}

fn every_scope(kind: DecisionKind) -> EventBody {
    EventBody::from(Decisions(vec![Decision {
        all_scopes: true,
        ..decision(P, kind)
    }]))
}

#[test]
fn a_withdrawal_of_all_scopes_withdraws_each() {
    let world = scoped();
    let stream = Stream::of([says_of(Given, code(1)), says_of(Given, code(2))]);
    let state = stream.then(every_scope(Withdrawn)).state(&world);
    let scoped = state.cells.iter().filter(|cell| !cell.scope.is_none());
    let said: Vec<_> = scoped.map(|cell| cell.state).collect();
    assert_eq!(said, [CellState::Withdrawn, CellState::Withdrawn]);
}

#[test]
fn a_withdrawal_of_all_scopes_has_one_result() {
    let world = scoped();
    let stream = Stream::of([says_of(Given, code(1)), says_of(Given, code(2))]);
    let applied = last(&stream.then(every_scope(Withdrawn)), &world);
    let [result] = applied.results().try_into().unwrap();
    assert_eq!(
        (result.outcome, result.state),
        (Outcome::Effective, Some(StateWord::Withdrawn))
    );
}

#[test]
fn a_grant_from_before_a_withdrawal_of_all_scopes_does_not_act() {
    let world = scoped();
    let stream = Stream::of([says_of(Given, code(1)), every_scope(Withdrawn)]);
    let late = stream.add(says_of(Given, code(2)), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&late, &world)),
        superseded(SupersededReason::StaleGrant)
    );
}

#[test]
fn not_now_does_not_hide_a_withdrawal_of_all_scopes() {
    let world = scoped();
    let stream = Stream::of([every_scope(Withdrawn)]).then(says_of(Deferred, code(1)));
    let found = asked_about(&world, &stream, code(1));
    assert_eq!(
        (found.reason, found.may_ask),
        (Reason::ConsentWithdrawn, false)
    );
    let again = stream.then(says_of(Given, code(1)));
    assert_eq!(
        asked_about(&world, &again, code(1)).reason,
        Reason::ConsentValid
    );
}

#[test]
fn an_objection_to_all_scopes_is_taken_back_for_one() {
    let mut world = scoped();
    world.main().check_mode = CheckMode::Objection;
    let stream = Stream::of([delivered(1), every_scope(Objected)]);
    assert_eq!(
        asked_about(&world, &stream, code(1)).reason,
        Reason::ObjectionPending
    );
    let back = stream.then(says_of(ObjectionRetracted, code(1)));
    assert_eq!(
        asked_about(&world, &back, code(1)).reason,
        Reason::LegitimateInterest
    );
    assert_eq!(
        asked_about(&world, &back, code(2)).reason,
        Reason::ObjectionPending
    );
    let anew = back.then(every_scope(Objected));
    assert_eq!(
        asked_about(&world, &anew, code(1)).reason,
        Reason::ObjectionPending
    );
}

fn asked_about(world: &World, stream: &Stream, scope: Scope) -> Verdict {
    let question = crate::decide::Question {
        scope,
        ..crate::decide::Question::about(pid(P))
    };
    let context = crate::decide::Context::new(world);
    crate::decide::decide(&context, Some(&stream.state(world)), &question, LATER)
}
