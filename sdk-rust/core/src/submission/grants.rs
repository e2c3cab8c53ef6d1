//! What a grant meets in its subject's state and at its time of receipt.

use crate::{
    decide::PurposeLookup,
    decision::{Decision, DecisionKind},
    event::Event,
    problem::{Problem, ProblemKind},
    scope::Scope,
    state::SubjectState,
};

/// How far ahead of the log's clock a grant may say that it was made; ms: 24 hours.
const AHEAD_MAX_MS: i64 = 24 * 60 * 60 * 1_000;

/// The actor may not permit anything for the person. It is the same for every subject, so it tells a guardian nothing.
pub(super) fn cannot_widen() -> Problem {
    Problem::new(ProblemKind::ActorCannotWiden).field(
        "/actor",
        "must be the person, a linked guardian who is entitled, or staff who record a signature, form or spoken \
         statement with evidence; an objection is retracted by the person alone",
    )
}

/// A wrong `based_on` would count as having seen every later restrictive decision.
pub(super) fn check_seen(state: &SubjectState, event: &Event) -> Result<(), Problem> {
    if event.based_on <= state.seq {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::FieldInvalid).field(
        "/based_on",
        "must be a seq that this subject has reached: the last one that was seen, 0 for none",
    ))
}

/// A grant from the future would be valid for longer than the person was told.
pub(super) fn check_time(event: &Event) -> Result<(), Problem> {
    let ahead = |said: i64| said > event.received_at.saturating_add(AHEAD_MAX_MS);
    if !event.occurred_at.is_some_and(ahead) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::FieldInvalid).field(
        "/occurred_at",
        "must be at most 24 hours ahead of the time of receipt",
    ))
}

/// A guardian is linked, and the child cannot decide alone (rule E2).
pub(super) fn check_entitled(
    purposes: &dyn PurposeLookup,
    state: &SubjectState,
    event: &Event,
    decision: &Decision,
) -> Result<(), Problem> {
    let Some(guardian) = event.actor.guardian() else {
        return Ok(());
    };
    let purpose = purposes.purpose(&decision.purpose);
    if state.accepts_guardians_grant(purpose, &guardian, event.received_at) {
        return Ok(());
    }
    Err(cannot_widen())
}

/// A consent in a campaign ends with it, so the campaign must be known and not over (rule E10).
pub(super) fn check_campaign(
    purposes: &dyn PurposeLookup,
    event: &Event,
    i: usize,
    decision: &Decision,
) -> Result<(), Problem> {
    let gives = matches!(
        decision.decision,
        DecisionKind::Given | DecisionKind::Renewed
    );
    let Scope::Campaign {
        campaign,
        medium,
        surface,
    } = &decision.scope
    else {
        return Ok(());
    };
    let known = purposes.campaign(campaign).is_some_and(|known| {
        event.received_at < known.ends_at
            && known.media.contains(medium)
            && known.surfaces.contains(surface)
    });
    if known || !gives {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::CampaignUnknown).field(
        format!("/decisions/{i}/scope"),
        "must be a campaign that has not ended, with a medium and surface that it has",
    ))
}
