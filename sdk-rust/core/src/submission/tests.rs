//! What a submission meets in its subject's state.

use super::*;
use crate::testing::*;
use DecisionKind::{Deferred, Given, Objected, ObjectionRetracted, Refused, Renewed, Withdrawn};

fn scoped(check_mode: CheckMode) -> World {
    let mut world = World::of([purpose(P, check_mode)]);
    world.main().scope_type = ScopeType::Recipient;
    world
}

fn code(n: usize) -> Scope {
    recipient(&format!("r-{n}"))
}

/// The state of a subject whose browser has decided on as many scopes as it may.
fn full(world: &World, kind: DecisionKind) -> SubjectState {
    let acts = (0..SCOPES_PER_PURPOSE_MAX).map(|n| says_of(kind, code(n)));
    Stream::of(acts).state(world)
}

fn next(state: &SubjectState, body: EventBody) -> Event {
    event(state.seq + 1, body)
}

fn violation(problem: &Problem) -> (ProblemKind, &str) {
    (problem.kind, &problem.violations[0].field)
}

#[test]
fn a_grant_cannot_have_seen_what_was_not_said_yet() {
    let world = World::of([purpose(P, CheckMode::Consent)]);
    let state = Stream::of([says(Given), says(Withdrawn)]).state(&world);
    let based_on = |seq, kind| Event {
        based_on: seq,
        ..next(&state, says(kind))
    };
    for kind in [Given, Renewed, ObjectionRetracted] {
        for (seq, admitted) in [(0, true), (2, true), (3, false), (1 << 53, false)] {
            let answer = admit(&world, &state, &based_on(seq, kind));
            assert_eq!(answer.is_ok(), admitted, "{kind:?} on {seq}");
        }
        let refused = admit(&world, &state, &based_on(3, kind)).unwrap_err();
        assert_eq!(
            violation(&refused),
            (ProblemKind::FieldInvalid, "/based_on")
        );
    }
    for kind in [Refused, Withdrawn, Objected, Deferred] {
        assert_eq!(
            admit(&world, &state, &based_on(1 << 53, kind)),
            Ok(()),
            "{kind:?}"
        );
    }
}

#[test]
fn a_browser_decides_on_so_many_scopes_of_a_purpose() {
    let world = scoped(CheckMode::Consent);
    let state = full(&world, Given);
    for kind in [Given, Deferred, Objected] {
        let one_more = next(&state, says_of(kind, code(500)));
        let refused = admit(&world, &state, &one_more).unwrap_err();
        assert_eq!(
            violation(&refused),
            (ProblemKind::ScopesTooMany, "/decisions/0/scope")
        );
        let known = next(&state, says_of(kind, code(0)));
        assert_eq!(admit(&world, &state, &known), Ok(()), "{kind:?}");
        let by_server = Event {
            assurance: Assurance::Server,
            ..one_more
        };
        assert_eq!(admit(&world, &state, &by_server), Ok(()), "{kind:?}");
    }
}

#[test]
fn the_scopes_of_one_event_count_together() {
    let world = scoped(CheckMode::Consent);
    let acts = (2..SCOPES_PER_PURPOSE_MAX).map(|n| says_of(Given, code(n)));
    let state = Stream::of(acts).state(&world);
    let gives = |of: &[usize]| {
        let decisions = of.iter().map(|n| Decision {
            scope: code(*n),
            ..decision(P, Given)
        });
        next(&state, EventBody::from(Decisions(decisions.collect())))
    };
    assert_eq!(admit(&world, &state, &gives(&[0, 5, 1])), Ok(()));
    let refused = admit(&world, &state, &gives(&[0, 5, 1, 500])).unwrap_err();
    assert_eq!(
        violation(&refused),
        (ProblemKind::ScopesTooMany, "/decisions/3/scope")
    );
}

#[test]
fn a_refusal_of_consent_is_always_admitted() {
    let world = scoped(CheckMode::Consent);
    let state = full(&world, Given);
    for kind in [Refused, Withdrawn] {
        let one_more = next(&state, says_of(kind, code(500)));
        assert_eq!(admit(&world, &state, &one_more), Ok(()), "{kind:?}");
    }
}

/// Where an objection alone stops the processing, a refusal without a cell would be forgotten: it is refused aloud.
#[test]
fn a_refusal_that_needs_a_cell_is_not_dropped() {
    let world = scoped(CheckMode::Objection);
    let state = full(&world, Objected);
    for kind in [Refused, Withdrawn, Objected] {
        let refused = admit(&world, &state, &next(&state, says_of(kind, code(500)))).unwrap_err();
        assert_eq!(refused.kind, ProblemKind::ScopesTooMany, "{kind:?}");
    }
}

mod grants;
