//! The validation of a submission before it waits for the log, and the event that it becomes.
//!
//! The server and the fake server of the Rust client both use this code, so a program that passes with one is not
//! rejected by the other.

mod event;
mod grants;
mod sender;
mod unheard;

use std::collections::{HashMap, HashSet};

pub use unheard::{hears_guardian, is_unheard, unheard_results};

use crate::{
    decide::PurposeLookup,
    decision::{Decision, DecisionKind, Method},
    event::{
        AFTER_EVENTS_MAX, Actor, CellRef, Event, EventBody, Role,
        kinds::{ConsentUsed, Decisions},
    },
    id::{EventId, PurposeId},
    live::TenantView,
    notice::Manifest,
    problem::{Problem, ProblemKind},
    purpose::{Assurance, CheckMode, Purpose, ScopeType},
    scope::Scope,
    service::check_count,
    state::{Cell, SCOPES_PER_PURPOSE_MAX, SubjectState, hearing},
    wire::{ConsentRequest, DECISIONS_MAX, UseRequest, WithdrawalRequest, parse_rfc3339},
};

pub use self::event::event_of_kind;
use self::sender::{actor, assurance};

/// The sender of a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sender {
    /// A browser or app with a publishable key.
    Person,
    /// A server of the tenant.
    Server,
}

/// Validates a consent against its notice and the present register. The event has no number and no time yet: the log
/// gives both.
pub fn consent(
    live: &dyn TenantView,
    sender: Sender,
    request: &ConsentRequest,
) -> Result<Event, Problem> {
    let notice = live.manifest(&request.notice).ok_or_else(|| {
        Problem::new(ProblemKind::NoticeUnknown).field(
            "/notice",
            "must be the hash of a notice that this tenant has published",
        )
    })?;
    let actor = actor(sender, request.actor.as_ref())?;
    check_decisions(&request.decisions)?;
    check_against_notice(live, notice, request)?;
    check_method(request)?;
    grants::check_grantor(live, request)?;
    unheard::check_heard_alone(live, request.actor.as_ref(), &request.decisions)?;
    grants::check_signal(live, request)?;
    grants::check_explicit(notice, request)?;
    grants::check_paper(request)?;
    let based_on = based_on(request)?;
    let event = Event {
        seq: 0,
        received_at: 0,
        occurred_at: occurred_at(request.occurred_at.as_deref())?,
        event_id: request.event_id.clone(),
        actor,
        assurance: assurance(
            sender,
            request.actor.as_ref(),
            Some(request.method),
            request.evidence.is_some(),
        ),
        notice: Some(request.notice.clone()),
        language: Some(request.language.clone()),
        method: Some(request.method),
        based_on,
        after_seqs: Vec::new(),
        signals: request.signals,
        body: EventBody::from(recorded(live, &request.decisions)),
    };
    check_after(&request.after)?;
    check_digest("/ui_hash", request.ui_hash.as_deref())?;
    check_digest("/evidence", request.evidence.as_deref())?;
    Ok(event)
}

/// Validates a withdrawal, refusal or objection. It needs only what identifies its subject and purposes.
pub fn withdrawal(
    live: &dyn TenantView,
    sender: Sender,
    request: &WithdrawalRequest,
) -> Result<Event, Problem> {
    check_decisions(&request.decisions)?;
    for (i, decision) in request.decisions.iter().enumerate() {
        if !decision.decision.is_restrictive() {
            return Err(Problem::new(ProblemKind::FieldInvalid).field(
                format!("/decisions/{i}/decision"),
                "must be withdrawn, refused or objected; anything else goes to POST /v1/consents",
            ));
        }
        check_known(live, i, decision)?;
    }
    unheard::check_heard_alone(live, request.actor.as_ref(), &request.decisions)?;
    let event = Event {
        seq: 0,
        received_at: 0,
        occurred_at: occurred_at(request.occurred_at.as_deref())?,
        event_id: request.event_id.clone(),
        actor: actor(sender, request.actor.as_ref())?,
        assurance: assurance(
            sender,
            request.actor.as_ref(),
            request.method,
            request.evidence.is_some(),
        ),
        notice: request.notice.clone(),
        language: request.language.clone(),
        method: request.method,
        based_on: request.based_on.unwrap_or(0),
        after_seqs: Vec::new(),
        signals: request.signals,
        body: EventBody::from(recorded(live, &request.decisions)),
    };
    check_after(&request.after)?;
    check_digest("/ui_hash", request.ui_hash.as_deref())?;
    check_digest("/evidence", request.evidence.as_deref())?;
    Ok(event)
}

/// Validates a use of the consent of the event `consent`; `key_id` names the tenant's server that uses it.
pub fn spending(
    live: &dyn TenantView,
    key_id: &str,
    consent: &EventId,
    request: &UseRequest,
) -> Result<Event, Problem> {
    let spends = |purpose: &Purpose| purpose.single_use && purpose.check_mode == CheckMode::Consent;
    // A purpose that is not in the register is denied by the decision table.
    if live.purpose(&request.purpose).is_some_and(|p| !spends(p)) {
        return Err(Problem::new(ProblemKind::NotSingleUse).field(
            "/purpose",
            "must be a purpose whose consents are single-use; for others ask POST /v1/check",
        ));
    }
    Ok(Event {
        seq: 0,
        received_at: 0,
        occurred_at: None,
        event_id: request.event_id.clone(),
        actor: Actor {
            role: Role::Controller,
            reference: Some(key_id.to_owned()),
            verification: None,
        },
        assurance: Assurance::Server,
        notice: None,
        language: None,
        method: None,
        based_on: 0,
        after_seqs: Vec::new(),
        signals: None,
        body: EventBody::from(ConsentUsed::of(
            CellRef {
                purpose: request.purpose.clone(),
                scope: request.scope.clone(),
            },
            consent.clone(),
        )),
    })
}

/// Validates a submission against the state of its subject. The log calls this right before it applies the event, so
/// nothing comes in between; `event` is as [`consent`] or [`withdrawal`] made it, with its time of receipt.
///
/// A refusal is checked only for what may stop it: a wrong `based_on` stops a grant alone.
pub fn admit(
    purposes: &dyn PurposeLookup,
    state: &SubjectState,
    event: &Event,
) -> Result<(), Problem> {
    let EventBody::Decisions(Decisions(decisions)) = &event.body else {
        return Ok(());
    };
    if decisions.iter().any(|d| d.decision.is_permissive()) {
        grants::check_seen(state, event)?;
        grants::check_time(event)?;
    }
    let mut new_cells: HashMap<&PurposeId, usize> = HashMap::new();
    for (i, decision) in decisions.iter().enumerate() {
        if decision.decision.is_permissive() {
            grants::check_entitled(purposes, state, event, decision)?;
            grants::check_campaign(purposes, event, i, decision)?;
        }
        check_scope(purposes, state, i, decision)?;
        if state.cell(&decision.purpose, &decision.scope).is_some() {
            continue;
        }
        let new = new_cells.entry(&decision.purpose).or_default();
        if !holds_without_cell(purposes, decision)
            && !state.has_room(event.assurance, &decision.purpose, *new)
        {
            return Err(Problem::new(ProblemKind::ScopesTooMany).field(
                format!("/decisions/{i}/scope"),
                format!(
                    "must be one that was decided on before: a browser decides on at most {SCOPES_PER_PURPOSE_MAX} \
                     scopes of a purpose; the controller's server can record more"
                ),
            ));
        }
        *new += 1;
    }
    Ok(())
}

/// The decisions as they are recorded: a refusal without a scope concerns every scope of a purpose that has them (rule
/// E24).
fn recorded(live: &dyn TenantView, decisions: &[Decision]) -> Decisions {
    let record = |decision: &Decision| {
        let purpose = live.purpose(&decision.purpose);
        let every = decision.decision.is_restrictive()
            && hearing::lacks_scope(purpose, decision.scope.scope_type());
        Decision {
            all_scopes: decision.all_scopes || every,
            ..decision.clone()
        }
    };
    Decisions(decisions.iter().map(record).collect())
}

/// The scope is of the purpose's type, or for a refusal of a type that it had when the person decided (rule E24).
fn check_scope(
    purposes: &dyn PurposeLookup,
    state: &SubjectState,
    i: usize,
    decision: &Decision,
) -> Result<(), Problem> {
    let Some(purpose) = purposes.purpose(&decision.purpose) else {
        return Ok(());
    };
    let scope_type = decision.scope.scope_type();
    let had = |cell: &Cell| cell.purpose == purpose.id && cell.scope.scope_type() == scope_type;
    let fits = scope_type == purpose.scope_type
        || decision.decision.is_restrictive()
            && (scope_type == ScopeType::None
                || state.cells.iter().any(had)
                || purposes.had_scope_type(&purpose.id, scope_type));
    if fits {
        return Ok(());
    }
    Err(scope_mismatch(i, purpose))
}

/// Whether the decision holds without a cell: where only consent permits, a missing cell denies, and what the basis does
/// not hear makes none.
pub fn holds_without_cell(purposes: &dyn PurposeLookup, decision: &Decision) -> bool {
    let purpose = purposes.purpose(&decision.purpose);
    if decision.decision.is_restrictive() && hearing::hears(purpose, decision.decision).is_err() {
        return true;
    }
    let asks_consent = |purpose: &Purpose| purpose.check_mode == CheckMode::Consent;
    matches!(
        decision.decision,
        DecisionKind::Refused | DecisionKind::Withdrawn
    ) && purpose.is_none_or(asks_consent)
}

/// Between 1 and 64 decisions, no cell twice.
fn check_decisions(decisions: &[Decision]) -> Result<(), Problem> {
    check_count("/decisions", "decisions", decisions.len(), DECISIONS_MAX)?;
    let mut cells = HashSet::new();
    for (i, decision) in decisions.iter().enumerate() {
        if !cells.insert((&decision.purpose, &decision.scope)) {
            return Err(Problem::new(ProblemKind::CellRepeated).field(
                format!("/decisions/{i}"),
                "stands earlier in the same event",
            ));
        }
        if decision.all_scopes && !(decision.decision.is_restrictive() && decision.scope.is_none())
        {
            return Err(Problem::new(ProblemKind::FieldInvalid).field(
                format!("/decisions/{i}/all_scopes"),
                "must stand on a withdrawal, refusal or objection, without a scope",
            ));
        }
    }
    Ok(())
}

/// The notice asks about the purpose of each decision, the register has it, and the scope is of its type.
fn check_against_notice(
    live: &dyn TenantView,
    notice: &Manifest,
    request: &ConsentRequest,
) -> Result<(), Problem> {
    let variants = notice.texts.get(request.language.as_str());
    if variants.is_none_or(|variants| !variants.contains_key(&request.variant.unwrap_or_default()))
    {
        // Without the shown text nothing would prove what the person was told (GDPR Art. 7(1)).
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/language",
            "must be a language, and variant, that the notice has a text in",
        ));
    }
    for (i, decision) in request.decisions.iter().enumerate() {
        check_known(live, i, decision)?;
        if !decision.decision.is_permissive() {
            continue;
        }
        let told = decision.decision == DecisionKind::ObjectionRetracted
            && notice.told.contains(&decision.purpose);
        if told {
            // What rests on a legitimate interest is told and never asked, and its objection can be taken back.
            check_taken(live, i, decision)?;
            continue;
        }
        let Some(asked) = notice.asked(&decision.purpose) else {
            return Err(Problem::new(ProblemKind::PurposeNotInNotice).field(
                format!("/decisions/{i}/purpose"),
                "must be a purpose that the notice asks about",
            ));
        };
        if let Scope::Vendor(vendor) = &decision.scope
            && !(asked.vendors.contains(vendor)
                && live
                    .purpose(&decision.purpose)
                    .is_some_and(|p| p.vendors.contains(vendor)))
        {
            return Err(Problem::new(ProblemKind::PurposeNotInNotice).field(
                format!("/decisions/{i}/scope"),
                "must be a service that the notice names for the purpose, and that the register still has",
            ));
        }
        check_taken(live, i, decision)?;
    }
    Ok(())
}

/// The purpose's basis takes the decision.
fn check_taken(live: &dyn TenantView, i: usize, decision: &Decision) -> Result<(), Problem> {
    let purpose = live.purpose(&decision.purpose);
    if purpose.is_none_or(|purpose| takes(live, purpose, decision)) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::PurposeNotAsked).field(
        format!("/decisions/{i}/decision"),
        "must fit the purpose's check_mode: only consent is given, only an objection is retracted",
    ))
}

fn takes(live: &dyn TenantView, purpose: &Purpose, decision: &Decision) -> bool {
    match decision.decision {
        DecisionKind::Given | DecisionKind::Renewed if purpose.asks_for_advertising() => {
            // Whether the campaign is known is found later, with what it lacks.
            purpose.asks_for_the_terminal() || is_advertising(live, &decision.scope)
        }
        DecisionKind::Given | DecisionKind::Renewed => purpose.asks_consent(),
        DecisionKind::ObjectionRetracted => hearing::takes_objection(purpose),
        _ => true,
    }
}

fn is_advertising(live: &dyn TenantView, scope: &Scope) -> bool {
    let Scope::Campaign { campaign, .. } = scope else {
        return true;
    };
    live.campaign(campaign)
        .is_none_or(|known| known.advertising)
}

/// The purpose is in the register, or a notice asked about it once: an old grant can still be withdrawn.
fn check_known(live: &dyn TenantView, i: usize, decision: &Decision) -> Result<(), Problem> {
    let Some(purpose) = live.purpose(&decision.purpose) else {
        if decision.decision.is_restrictive() && live.has_asked(&decision.purpose) {
            return Ok(());
        }
        return Err(Problem::new(ProblemKind::PurposeUnknown).field(
            format!("/decisions/{i}/purpose"),
            "must be a purpose of the register",
        ));
    };
    // What a refusal names may be older than the register: the subject's state tells.
    if !decision.decision.is_restrictive() && decision.scope.scope_type() != purpose.scope_type {
        return Err(scope_mismatch(i, purpose));
    }
    Ok(())
}

fn scope_mismatch(i: usize, purpose: &Purpose) -> Problem {
    Problem::new(ProblemKind::ScopeMismatch).field(
        format!("/decisions/{i}/scope"),
        format!("must be of type {}", scope_word(purpose.scope_type)),
    )
}

fn scope_word(scope: ScopeType) -> &'static str {
    match scope {
        ScopeType::None => "none: leave it out",
        ScopeType::Recipient => "recipient",
        ScopeType::Campaign => "campaign, with medium and surface",
        ScopeType::Vendor => "vendor",
        ScopeType::Site => "site",
    }
}

/// A program cannot grant (GDPR Art. 4(11)).
fn check_method(request: &ConsentRequest) -> Result<(), Problem> {
    if is_permissive(request) && request.method == Method::Api {
        return Err(Problem::new(ProblemKind::MethodInvalid).field(
            "/method",
            "must be how the person said it; api can only narrow",
        ));
    }
    Ok(())
}

fn based_on(request: &ConsentRequest) -> Result<u64, Problem> {
    match request.based_on {
        Some(seq) => Ok(seq),
        None if !is_permissive(request) => Ok(0),
        None => Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/based_on",
            "is required where a decision is permissive: the last seq of this subject that was seen, 0 for none",
        )),
    }
}

fn is_permissive(request: &ConsentRequest) -> bool {
    request.decisions.iter().any(|d| d.decision.is_permissive())
}

fn check_after(ids: &[EventId]) -> Result<(), Problem> {
    if ids.len() > AFTER_EVENTS_MAX {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/after",
            format!("must name at most {AFTER_EVENTS_MAX} events"),
        ));
    }
    Ok(())
}

fn occurred_at(text: Option<&str>) -> Result<Option<i64>, Problem> {
    let Some(text) = text else { return Ok(None) };
    parse_rfc3339(text).map(Some).ok_or_else(|| {
        Problem::new(ProblemKind::FieldInvalid).field(
            "/occurred_at",
            "must be a time of RFC 3339, such as 2026-11-21T12:00:00.000Z",
        )
    })
}

fn check_digest(field: &'static str, text: Option<&str>) -> Result<(), Problem> {
    let is_digest =
        |t: &str| t.len() == 64 && t.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if text.is_none_or(is_digest) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::FieldInvalid).field(field, "must be 64 lower-case hex digits"))
}

#[cfg(test)]
mod tests;
