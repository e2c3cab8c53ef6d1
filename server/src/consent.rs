//! Recording: the one path of every submission, from a parsed body to a durable leaf.

use std::collections::HashSet;

use samtycke_core::decide::PurposeLookup as _;
use samtycke_core::decision::{Decision, DecisionKind, Method};
use samtycke_core::event::{AFTER_EVENTS_MAX, Act, Actor, Event};
use samtycke_core::id::{EventId, NoticeHash};
use samtycke_core::json::canonical;
use samtycke_core::notice::Variant;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::{Assurance, Purpose};
use samtycke_core::state::StateWord;
use samtycke_core::wire::{
    ConsentRequest, DECISIONS_MAX, DecisionAnswer, RecordAnswer, WithdrawalReceipt,
    WithdrawalRequest,
};
use serde_json::Value;

use crate::agent::Device;
use crate::app::App;
use crate::caller::Caller;
use crate::clock::UnixMs;
use crate::log::body::{DecisionRecord, EventType};
use crate::log::{Done, Job, Receipt, Shown, Submission, prove};
use crate::position::Position;
use crate::tenant::{Role, Tenant};
use crate::times;

/// The longest that anybody may rely on an allow: an SDK replica's staleness bound (5 s) or `rely_ms` (5 s), whichever
/// is longer (consistency contract, C4 and C7); milliseconds.
pub const IN_FORCE_EVERYWHERE_MS: i64 = 5_000;

/// A submission's answer and how to send it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded {
    /// The body.
    pub answer: RecordAnswer,
    /// Whether it repeats the first answer.
    pub replayed: bool,
    /// Whether a leaf stands for it; a no to an erased subject has none.
    pub in_log: bool,
}

/// Records a consent.
pub async fn record(
    app: &App,
    caller: &Caller,
    request: ConsentRequest,
    body: &Value,
    device: Option<Device>,
) -> Result<Recorded, Problem> {
    let now = app.nature.clock.now();
    caller.must_hold(&request.subject, &[Role::Service], now)?;
    let tenant = caller.current(app).await?;
    let event_id = request.event_id.clone();
    match consent(&tenant, caller, request, body, device) {
        Ok(submission) => submit(app, &tenant, submission).await,
        Err(refused) => replay(app, &tenant, &event_id, body).await?.ok_or(refused),
    }
}

/// Judges a consent by the notice that it cites and by the register as it is now.
fn consent(
    tenant: &Tenant,
    caller: &Caller,
    request: ConsentRequest,
    body: &Value,
    device: Option<Device>,
) -> Result<Submission, Problem> {
    let notice = known_notice(tenant, &request.notice)?;
    check_decisions(&request.decisions)?;
    check_against_notice(tenant, &request)?;
    check_method(&request)?;
    let based_on = based_on(&request)?;
    let site = notice_site(tenant, caller, notice);
    Ok(Submission {
        log: tenant.log.clone(),
        event_id: request.event_id.clone(),
        subject: request.subject,
        body_mac: tenant.secrets.body_mac(&canonical(body)),
        type_: EventType::Consent,
        event: Event {
            seq: 0,
            received_at: 0,
            occurred_at: occurred_at(request.occurred_at.as_deref())?,
            event_id: request.event_id,
            actor: actor(caller, request.actor)?,
            assurance: assurance(caller, Some(request.method), request.evidence.is_some()),
            notice: Some(request.notice),
            language: Some(request.language),
            method: Some(request.method),
            based_on,
            after_seqs: Vec::new(),
            signals: request.signals,
            act: Act::Decisions(request.decisions.clone()),
        },
        decisions: request.decisions,
        after: after(request.after)?,
        shown: Shown {
            site,
            variant: Some(variant_word(request.variant)),
            surface: request.surface,
            ui_hash: digest("/ui_hash", request.ui_hash)?,
            evidence: digest("/evidence", request.evidence)?,
        },
        device,
    })
}

/// Records a withdrawal, refusal or objection. Only what is needed to know whose it is stands in its way.
pub async fn withdraw(
    app: &App,
    caller: &Caller,
    request: WithdrawalRequest,
    body: &Value,
    device: Option<Device>,
) -> Result<Recorded, Problem> {
    let now = app.nature.clock.now();
    caller.must_hold(&request.subject, &[Role::Service, Role::Dpo], now)?;
    let tenant = caller.current(app).await?;
    let event_id = request.event_id.clone();
    match withdrawal(&tenant, caller, request, body, device) {
        Ok(submission) => submit(app, &tenant, submission).await,
        Err(refused) => replay(app, &tenant, &event_id, body).await?.ok_or(refused),
    }
}

fn withdrawal(
    tenant: &Tenant,
    caller: &Caller,
    request: WithdrawalRequest,
    body: &Value,
    device: Option<Device>,
) -> Result<Submission, Problem> {
    check_decisions(&request.decisions)?;
    for (i, decision) in request.decisions.iter().enumerate() {
        if !decision.decision.is_restrictive() {
            return Err(Problem::new(ProblemKind::FieldInvalid).field(
                format!("/decisions/{i}/decision"),
                "must be withdrawn, refused or objected; anything else goes to POST /v1/consents",
            ));
        }
        check_known(tenant, i, decision)?;
    }
    let site = caller.key.site.clone();
    Ok(Submission {
        log: tenant.log.clone(),
        event_id: request.event_id.clone(),
        subject: request.subject,
        body_mac: tenant.secrets.body_mac(&canonical(body)),
        type_: EventType::Withdrawal,
        event: Event {
            seq: 0,
            received_at: 0,
            occurred_at: occurred_at(request.occurred_at.as_deref())?,
            event_id: request.event_id,
            actor: actor(caller, request.actor)?,
            assurance: assurance(caller, request.method, request.evidence.is_some()),
            notice: request.notice,
            language: request.language,
            method: request.method,
            based_on: request.based_on.unwrap_or(0),
            after_seqs: Vec::new(),
            signals: request.signals,
            act: Act::Decisions(request.decisions.clone()),
        },
        decisions: request.decisions,
        after: after(request.after)?,
        shown: Shown {
            site,
            variant: request.variant.map(|v| variant_word(Some(v))),
            surface: request.surface,
            ui_hash: digest("/ui_hash", request.ui_hash)?,
            evidence: digest("/evidence", request.evidence)?,
        },
        device,
    })
}

/// The first answer to an event that is in the log already: a retry gets it even where register, notices or sites have
/// changed so much meanwhile that the event would be refused as a new one (decisions.md 2.4).
async fn replay(
    app: &App,
    tenant: &Tenant,
    event_id: &EventId,
    body: &Value,
) -> Result<Option<Recorded>, Problem> {
    let known = app.store.event_identity(&tenant.log, event_id).await;
    let Some((index, mac)) = known.map_err(|e| app.failed(&e))? else {
        return Ok(None);
    };
    if mac != tenant.secrets.body_mac(&canonical(body)) {
        return Err(ProblemKind::EventIdReused.into());
    }
    repeat(app, tenant, index).await.map(Some)
}

async fn repeat(app: &App, tenant: &Tenant, index: u64) -> Result<Recorded, Problem> {
    let mut receipt = prove::receipt(&app.store, tenant, index)
        .await
        .map_err(|e| app.failed(&e))?;
    receipt.replayed = true;
    Ok(recorded(tenant, &receipt))
}

async fn submit(
    app: &App,
    tenant: &std::sync::Arc<Tenant>,
    submission: Submission,
) -> Result<Recorded, Problem> {
    let erased = already_erased(&submission, app.nature.clock.now());
    match app
        .appender
        .submit(tenant, Job::Event(Box::new(submission)))
        .await?
    {
        Done::Recorded(receipt) => Ok(recorded(tenant, &receipt)),
        Done::Replay { index } => repeat(app, tenant, index).await,
        Done::AlreadyErased => Ok(Recorded {
            answer: erased,
            replayed: false,
            in_log: false,
        }),
        Done::Published { .. } => Err(ProblemKind::Internal.into()),
    }
}

fn recorded(tenant: &Tenant, receipt: &Receipt) -> Recorded {
    let position = Position {
        epoch: receipt.epoch,
        index: receipt.index,
    }
    .token(&tenant.secrets.position);
    let answer = RecordAnswer {
        event_id: receipt.event_id.clone(),
        seq: Some(receipt.seq),
        index: Some(receipt.index),
        leaf_hash: Some(hex::encode(receipt.leaf_hash)),
        received_at: times::text(receipt.received_at),
        decisions: receipt.decisions.iter().map(decision_answer).collect(),
        receipt: (receipt.type_ == EventType::Withdrawal)
            .then(|| withdrawal_receipt(Some(position.clone()), receipt.received_at)),
        position: Some(position),
    };
    Recorded {
        answer,
        replayed: receipt.replayed,
        in_log: true,
    }
}

fn withdrawal_receipt(position: Option<String>, at: UnixMs) -> WithdrawalReceipt {
    WithdrawalReceipt {
        position,
        committed_at: times::text(at),
        in_force_everywhere_by: times::text(at + IN_FORCE_EVERYWHERE_MS),
    }
}

fn decision_answer(record: &DecisionRecord) -> DecisionAnswer {
    DecisionAnswer {
        purpose: record.purpose.clone(),
        scope: record.scope.clone(),
        state: record.state,
        outcome: record.outcome,
        reason: record.reason,
    }
}

/// A no to a subject who was erased is in force already (decisions.md 2.7): it gets an answer and no leaf.
fn already_erased(submission: &Submission, now: UnixMs) -> RecordAnswer {
    RecordAnswer {
        event_id: submission.event_id.clone(),
        seq: None,
        index: None,
        position: None,
        leaf_hash: None,
        received_at: times::text(now),
        decisions: submission
            .decisions
            .iter()
            .map(|d| DecisionAnswer {
                purpose: d.purpose.clone(),
                scope: d.scope.clone(),
                state: StateWord::Erased,
                outcome: samtycke_core::decision::Outcome::Effective,
                reason: None,
            })
            .collect(),
        receipt: Some(withdrawal_receipt(None, now)),
    }
}

fn known_notice<'t>(
    tenant: &'t Tenant,
    hash: &NoticeHash,
) -> Result<&'t crate::tenant::LiveNotice, Problem> {
    let published = tenant.publications.iter().any(|p| p.hash == *hash);
    tenant
        .notices
        .get(hash)
        .filter(|_| published)
        .ok_or_else(|| {
            Problem::new(ProblemKind::NoticeUnknown).field(
                "/notice",
                "must be the hash of a notice that this tenant has published",
            )
        })
}

fn notice_site(
    tenant: &Tenant,
    caller: &Caller,
    notice: &crate::tenant::LiveNotice,
) -> Option<samtycke_core::id::SiteId> {
    let own = caller
        .key
        .site
        .clone()
        .filter(|site| tenant.sites.contains_key(site));
    own.or_else(|| Some(notice.site.clone()))
}

/// Between 1 and 64 decisions, no cell twice.
fn check_decisions(decisions: &[Decision]) -> Result<(), Problem> {
    if decisions.is_empty() || decisions.len() > DECISIONS_MAX {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/decisions",
            format!("must hold 1 to {DECISIONS_MAX} decisions"),
        ));
    }
    let mut cells = HashSet::new();
    for (i, decision) in decisions.iter().enumerate() {
        if !cells.insert((&decision.purpose, &decision.scope)) {
            return Err(Problem::new(ProblemKind::CellRepeated).field(
                format!("/decisions/{i}"),
                "stands earlier in the same event",
            ));
        }
    }
    Ok(())
}

/// Each decision is about a purpose that the notice asks about and the register has, with a scope of its type.
fn check_against_notice(tenant: &Tenant, request: &ConsentRequest) -> Result<(), Problem> {
    let notice = known_notice(tenant, &request.notice)?;
    let variants = notice.manifest.texts.get(request.language.as_str());
    if variants.is_none_or(|variants| !variants.contains_key(&request.variant.unwrap_or_default()))
    {
        // Without the text that was shown nothing would prove what the person was told (GDPR Art. 7(1)).
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/language",
            "must be a language, and variant, that the notice has a text in",
        ));
    }
    for (i, decision) in request.decisions.iter().enumerate() {
        check_known(tenant, i, decision)?;
        if !decision.decision.is_permissive() {
            continue;
        }
        if !notice
            .manifest
            .purposes
            .iter()
            .any(|p| p.id == decision.purpose)
        {
            return Err(Problem::new(ProblemKind::PurposeNotInNotice).field(
                format!("/decisions/{i}/purpose"),
                "must be a purpose that the notice asks about",
            ));
        }
        let purpose = tenant.purpose(&decision.purpose);
        if purpose.is_some_and(|purpose| !takes(purpose, decision.decision)) {
            return Err(Problem::new(ProblemKind::PurposeNotAsked).field(
                format!("/decisions/{i}/decision"),
                "must fit the purpose's check_mode: only consent is given, only an objection is retracted",
            ));
        }
    }
    Ok(())
}

fn takes(purpose: &Purpose, decision: DecisionKind) -> bool {
    match decision {
        DecisionKind::Given | DecisionKind::Renewed => purpose.check_mode.asks_consent(),
        DecisionKind::ObjectionRetracted => purpose.check_mode.takes_objection(),
        _ => true,
    }
}

/// The purpose is in the register, or was asked about in a notice once: what was given then can still be withdrawn.
fn check_known(tenant: &Tenant, i: usize, decision: &Decision) -> Result<(), Problem> {
    let Some(purpose) = tenant.purpose(&decision.purpose) else {
        let asked = |n: &crate::tenant::LiveNotice| {
            n.manifest.purposes.iter().any(|p| p.id == decision.purpose)
        };
        if decision.decision.is_restrictive() && tenant.notices.values().any(asked) {
            return Ok(());
        }
        return Err(Problem::new(ProblemKind::PurposeUnknown).field(
            format!("/decisions/{i}/purpose"),
            "must be a purpose of the register",
        ));
    };
    if decision.scope.scope_type() != purpose.scope_type {
        return Err(Problem::new(ProblemKind::ScopeMismatch).field(
            format!("/decisions/{i}/scope"),
            format!("must be of type {}", scope_word(purpose.scope_type)),
        ));
    }
    Ok(())
}

fn scope_word(scope: samtycke_core::purpose::ScopeType) -> &'static str {
    use samtycke_core::purpose::ScopeType;
    match scope {
        ScopeType::None => "none: leave it out",
        ScopeType::Recipient => "recipient",
        ScopeType::Campaign => "campaign, with medium and surface",
        ScopeType::Vendor => "vendor",
        ScopeType::Site => "site",
    }
}

/// A program never says yes (GDPR Art. 4(11)).
fn check_method(request: &ConsentRequest) -> Result<(), Problem> {
    let permissive = request.decisions.iter().any(|d| d.decision.is_permissive());
    if permissive && request.method == Method::Api {
        return Err(Problem::new(ProblemKind::MethodInvalid).field(
            "/method",
            "must be how the person said it; api can only narrow",
        ));
    }
    Ok(())
}

fn based_on(request: &ConsentRequest) -> Result<u64, Problem> {
    let permissive = request.decisions.iter().any(|d| d.decision.is_permissive());
    match request.based_on {
        Some(seq) => Ok(seq),
        None if !permissive => Ok(0),
        None => Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/based_on",
            "is required where a decision is permissive: the last seq of this subject that was seen, 0 for none",
        )),
    }
}

fn after(ids: Vec<samtycke_core::id::EventId>) -> Result<Vec<samtycke_core::id::EventId>, Problem> {
    if ids.len() > AFTER_EVENTS_MAX {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/after",
            format!("must name at most {AFTER_EVENTS_MAX} events"),
        ));
    }
    Ok(ids)
}

fn occurred_at(text: Option<&str>) -> Result<Option<UnixMs>, Problem> {
    let Some(text) = text else { return Ok(None) };
    times::parse(text).map(Some).ok_or_else(|| {
        Problem::new(ProblemKind::FieldInvalid).field(
            "/occurred_at",
            "must be a time of RFC 3339, such as 2026-11-21T12:00:00.000Z",
        )
    })
}

fn digest(field: &'static str, text: Option<String>) -> Result<Option<String>, Problem> {
    let is_digest =
        |t: &String| t.len() == 64 && t.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    match text {
        Some(text) if !is_digest(&text) => Err(Problem::new(ProblemKind::FieldInvalid)
            .field(field, "must be 64 lower-case hex digits")),
        text => Ok(text),
    }
}

/// Only the tenant's own servers can say that somebody else acted; what names that somebody has to be a pseudonym.
fn actor(caller: &Caller, actor: Option<Actor>) -> Result<Actor, Problem> {
    let Some(actor) = actor else {
        return Ok(Actor::SUBJECT);
    };
    if caller.key.role == Role::Publishable && actor != Actor::SUBJECT {
        return Err(Problem::new(ProblemKind::Forbidden).field("/actor", "takes a service key"));
    }
    if let Some(reference) = &actor.reference
        && samtycke_core::id::ScopeValue::parse(reference).is_err()
        && samtycke_core::id::SubjectId::parse(reference).is_err()
    {
        return Err(Problem::new(ProblemKind::PersonalIdentifier).field(
            "/actor/ref",
            "must be a subject, or a code of a-z, 0-9, '.', '_' and '-'",
        ));
    }
    Ok(actor)
}

/// The key decides; evidence of an eID or signature raises a server's word.
fn assurance(caller: &Caller, method: Option<Method>, evidence: bool) -> Assurance {
    match (caller.key.role, method) {
        (Role::Publishable, _) => Assurance::Browser,
        (_, Some(Method::Eid | Method::Signature)) if evidence => Assurance::Signed,
        _ => Assurance::Server,
    }
}

pub(crate) fn variant_word(variant: Option<Variant>) -> String {
    let word = serde_json::to_value(variant.unwrap_or_default()).expect("a variant is a word");
    word.as_str().expect("a variant is a word").to_owned()
}
