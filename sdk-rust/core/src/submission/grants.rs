//! What a grant must come with, and what it meets in its subject's state and at its time of receipt.

use super::{is_permissive, unheard::is_preventive};
use crate::{
    decide::PurposeLookup,
    decision::{Decision, DecisionKind, Method},
    event::{Actor, Event, Role},
    live::TenantView,
    notice::Manifest,
    problem::{Problem, ProblemKind},
    purpose::Assurance,
    scope::Scope,
    state::SubjectState,
    wire::ConsentRequest,
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

/// A server whose clock is ahead would date other grants wrongly too (rule E20). A page has only its visitor's clock: a
/// wrong one must not keep the visitor from answering, and its date gains nothing, for validity counts from the receipt
/// where that is earlier.
pub(super) fn check_time(event: &Event) -> Result<(), Problem> {
    let ahead = |said: i64| said > event.received_at.saturating_add(AHEAD_MAX_MS);
    let by_page = matches!(event.assurance, Assurance::Browser | Assurance::Prompted);
    if by_page || !event.occurred_at.is_some_and(ahead) {
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

/// Only the person, a guardian, or staff who record the person's own statement permit anything (rule E2). Whether the
/// guardian is linked is known in [`super::admit`]; about a preventive service none is heard.
pub(super) fn check_grantor(
    live: &dyn TenantView,
    request: &ConsentRequest,
) -> Result<(), Problem> {
    let actor = request.actor.as_ref().unwrap_or(&Actor::SUBJECT);
    let may = |decision: &Decision| match actor.role {
        Role::Subject => true,
        _ if decision.decision == DecisionKind::ObjectionRetracted => false,
        Role::Staff => request.method.is_recorded_by_staff() && request.evidence.is_some(),
        Role::Guardian | Role::Authority => {
            actor.guardian().is_some() && !is_preventive(live, &decision.purpose)
        }
        Role::Controller | Role::System => false,
    };
    let mut permissive = request
        .decisions
        .iter()
        .filter(|d| d.decision.is_permissive());
    if permissive.all(may) {
        Ok(())
    } else {
        Err(cannot_widen())
    }
}

/// A signal is acknowledged only by an event that carries it (rule E7): GPC, or DNT where the tenant counts it.
pub(super) fn check_signal(live: &dyn TenantView, request: &ConsentRequest) -> Result<(), Problem> {
    let signalled = request
        .signals
        .is_some_and(|signals| signals.gpc || signals.dnt && live.dnt_counts());
    let blank = |d: &Decision| d.decision.is_permissive() && d.gpc_acknowledged && !signalled;
    match request.decisions.iter().position(blank) {
        Some(i) => Err(Problem::new(ProblemKind::GpcNotSignalled).field(
            format!("/decisions/{i}/gpc_acknowledged"),
            "needs the browser's signal in the same event: signals.gpc",
        )),
        None => Ok(()),
    }
}

/// Explicit consent is a statement of its own, never part of "accept all" (GDPR Art. 9(2)(a); rule E14).
pub(super) fn check_explicit(notice: &Manifest, request: &ConsentRequest) -> Result<(), Problem> {
    let grants = |d: &Decision| d.decision.is_permissive() && d.explicit;
    if !request.decisions.iter().any(grants) {
        return Ok(());
    }
    let own = &notice.layout.own_statement;
    let alone = |d: &Decision| d.explicit && own.contains(&d.purpose);
    match request.decisions.iter().position(|d| !alone(d)) {
        None if request.method != Method::ToggleSave => Ok(()),
        None => Err(Problem::new(ProblemKind::ExplicitNotAlone).field(
            "/method",
            "must not be toggle_save where a decision is explicit",
        )),
        Some(i) => Err(Problem::new(ProblemKind::ExplicitNotAlone).field(
            format!("/decisions/{i}/explicit"),
            "must be alone with other explicit decisions, on purposes that the notice asks in a statement of their own",
        )),
    }
}

/// Paper proves nothing that is not kept (GDPR Art. 7(1)).
pub(super) fn check_paper(request: &ConsentRequest) -> Result<(), Problem> {
    let on_paper = request
        .surface
        .as_ref()
        .is_some_and(|s| s.as_str() == "paper");
    // A guardian's signature may arrive late, as what staff record, so it needs what proves it too.
    let actor = request.actor.as_ref().unwrap_or(&Actor::SUBJECT);
    let by_guardian = matches!(actor.role, Role::Guardian | Role::Authority);
    let signed = by_guardian && request.method.is_on_paper();
    if is_permissive(request) && (on_paper || signed) && request.evidence.is_none() {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/evidence",
            "is required: the SHA-256 of the signed paper or the recording, which the controller keeps",
        ));
    }
    Ok(())
}
