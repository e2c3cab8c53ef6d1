//! Guardians' decisions about preventive services, which leave no trace (rule E8).

use crate::{
    actor::Verification,
    decide::PurposeLookup,
    decision::{Decision, Outcome, SupersededReason},
    event::{Actor, Event, EventBody, Role, kinds::Decisions, opening::EventResult},
    id::PurposeId,
    live::TenantView,
    problem::{Problem, ProblemKind},
    purpose::{AgeRule, Purpose},
    state::StateWord,
};

/// Whether the event is a guardian's, and only about preventive services. Such an event must leave no trace: no leaf and
/// no stream, the same bytes as for a subject that does not exist (rule E8). The caller answers it with
/// [`unheard_results`] and does not record it.
pub fn is_unheard(purposes: &dyn PurposeLookup, event: &Event) -> bool {
    let EventBody::Decisions(Decisions(decisions)) = &event.body else {
        return false;
    };
    is_in_guardians_place(&event.actor)
        && decisions
            .iter()
            .all(|d| is_preventive(purposes, &d.purpose))
}

/// Whether guardians whose link is verified like this decide and read about a purpose (rule E8).
pub fn hears_guardian(purpose: &Purpose, verification: Verification) -> bool {
    purpose.age_rule != AgeRule::IssPreventive && verification >= purpose.guardian_verification_min
}

/// What an event that [`is_unheard`] is answered with, one for each decision.
pub fn unheard_results(event: &Event) -> Vec<EventResult> {
    let count = event.body.cells().result_count();
    let result = EventResult {
        outcome: Outcome::Superseded,
        reason: Some(SupersededReason::NotEntitled),
        state: Some(StateWord::Unknown),
    };
    vec![result; count]
}

/// Whether the actor decides in a guardian's place, linked or not.
fn is_in_guardians_place(actor: &Actor) -> bool {
    actor.role == Role::Guardian || actor.guardian().is_some()
}

pub(super) fn is_preventive(purposes: &dyn PurposeLookup, purpose: &PurposeId) -> bool {
    let purpose = purposes.purpose(purpose);
    purpose.is_some_and(|p| p.age_rule == AgeRule::IssPreventive)
}

/// A guardian's decisions about preventive services stand alone, so that they can be left without a trace.
pub(super) fn check_heard_alone(
    live: &dyn TenantView,
    actor: Option<&Actor>,
    decisions: &[Decision],
) -> Result<(), Problem> {
    if !actor.is_some_and(is_in_guardians_place) {
        return Ok(());
    }
    let preventive = |d: &Decision| is_preventive(live, &d.purpose);
    let some = decisions.iter().position(preventive);
    match some {
        Some(i) if !decisions.iter().all(preventive) => {
            Err(Problem::new(ProblemKind::FieldInvalid).field(
                format!("/decisions/{i}/purpose"),
                "must not stand in one event with purposes about which guardians are heard",
            ))
        }
        _ => Ok(()),
    }
}
