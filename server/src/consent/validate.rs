//! What a submission must be before it may wait for the log.

use std::collections::HashSet;

use samtycke_core::decide::PurposeLookup as _;
use samtycke_core::decision::{Decision, DecisionKind, Method};
use samtycke_core::event::{AFTER_EVENTS_MAX, Actor};
use samtycke_core::id::{EventId, NoticeHash, ScopeValue, SiteId, SubjectId};
use samtycke_core::notice::Variant;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::{Assurance, Purpose, ScopeType};
use samtycke_core::wire::{ConsentRequest, DECISIONS_MAX};

use crate::caller::Caller;
use crate::clock::UnixMs;
use crate::tenant::{LiveNotice, Role, Tenant};
use crate::times;

pub(super) fn known_notice<'t>(
    tenant: &'t Tenant,
    hash: &NoticeHash,
) -> Result<&'t LiveNotice, Problem> {
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

pub(super) fn notice_site(tenant: &Tenant, caller: &Caller, notice: &LiveNotice) -> Option<SiteId> {
    let own = caller
        .key
        .site
        .clone()
        .filter(|site| tenant.sites.contains_key(site));
    own.or_else(|| Some(notice.site.clone()))
}

/// Between 1 and 64 decisions, no cell twice.
pub(super) fn check_decisions(decisions: &[Decision]) -> Result<(), Problem> {
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
pub(super) fn check_against_notice(
    tenant: &Tenant,
    request: &ConsentRequest,
) -> Result<(), Problem> {
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
pub(super) fn check_known(tenant: &Tenant, i: usize, decision: &Decision) -> Result<(), Problem> {
    let Some(purpose) = tenant.purpose(&decision.purpose) else {
        let asked = |n: &LiveNotice| n.manifest.purposes.iter().any(|p| p.id == decision.purpose);
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

fn scope_word(scope: ScopeType) -> &'static str {
    match scope {
        ScopeType::None => "none: leave it out",
        ScopeType::Recipient => "recipient",
        ScopeType::Campaign => "campaign, with medium and surface",
        ScopeType::Vendor => "vendor",
        ScopeType::Site => "site",
    }
}

/// A program never says yes (GDPR Art. 4(11)).
pub(super) fn check_method(request: &ConsentRequest) -> Result<(), Problem> {
    let permissive = request.decisions.iter().any(|d| d.decision.is_permissive());
    if permissive && request.method == Method::Api {
        return Err(Problem::new(ProblemKind::MethodInvalid).field(
            "/method",
            "must be how the person said it; api can only narrow",
        ));
    }
    Ok(())
}

pub(super) fn based_on(request: &ConsentRequest) -> Result<u64, Problem> {
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

pub(super) fn after(ids: Vec<EventId>) -> Result<Vec<EventId>, Problem> {
    if ids.len() > AFTER_EVENTS_MAX {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/after",
            format!("must name at most {AFTER_EVENTS_MAX} events"),
        ));
    }
    Ok(ids)
}

pub(super) fn occurred_at(text: Option<&str>) -> Result<Option<UnixMs>, Problem> {
    let Some(text) = text else { return Ok(None) };
    times::parse(text).map(Some).ok_or_else(|| {
        Problem::new(ProblemKind::FieldInvalid).field(
            "/occurred_at",
            "must be a time of RFC 3339, such as 2026-11-21T12:00:00.000Z",
        )
    })
}

pub(super) fn digest(field: &'static str, text: Option<String>) -> Result<Option<String>, Problem> {
    let is_digest =
        |t: &String| t.len() == 64 && t.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    match text {
        Some(text) if !is_digest(&text) => Err(Problem::new(ProblemKind::FieldInvalid)
            .field(field, "must be 64 lower-case hex digits")),
        text => Ok(text),
    }
}

/// Only the tenant's own servers can say that somebody else acted; what names that somebody has to be a pseudonym.
pub(super) fn actor(caller: &Caller, actor: Option<Actor>) -> Result<Actor, Problem> {
    let Some(actor) = actor else {
        return Ok(Actor::SUBJECT);
    };
    if caller.key.role == Role::Publishable && actor != Actor::SUBJECT {
        return Err(Problem::new(ProblemKind::Forbidden).field("/actor", "takes a service key"));
    }
    if let Some(reference) = &actor.reference
        && ScopeValue::parse(reference).is_err()
        && SubjectId::parse(reference).is_err()
    {
        return Err(Problem::new(ProblemKind::PersonalIdentifier).field(
            "/actor/ref",
            "must be a subject, or a code of a-z, 0-9, '.', '_' and '-'",
        ));
    }
    Ok(actor)
}

/// The key decides; evidence of an eID or signature raises a server's word.
pub(super) fn assurance(caller: &Caller, method: Option<Method>, evidence: bool) -> Assurance {
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
