//! The edge cases that the fold and the check can show, one test each.

mod contracts;
mod guardians;
mod merging;
mod order;
mod record_vectors;
mod scopes;
mod subject;
mod voices;
mod widening;

use super::*;
use crate::{
    decide::{PurposeLookup, Verdict},
    decision::{Decision, DecisionKind, Outcome, Signals, SupersededReason},
    event::{AFTER_EVENTS_MAX, Event, EventBody, batch_order, fold, kinds::*},
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
fn batch(world: &World, based_on: u64, acts: &[EventBody]) -> SubjectState {
    let refs: Vec<&EventBody> = acts.iter().collect();
    let mut state = SubjectState::default();
    for index in batch_order(&refs) {
        let mut next = event(state.seq + 1, acts[index].clone());
        next.based_on = based_on;
        state.apply(&next, world);
    }
    state
}
