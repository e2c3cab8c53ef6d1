//! `POST /v1/events`: the validation of a request before it waits for the log, and the event that it becomes (rule E1).

use std::collections::HashSet;

use super::{Sender, check_after, check_digest, consent, occurred_at, withdrawal};
use crate::{
    civil_day::CivilDay,
    decision::{Decision, DecisionKind},
    event::{
        Actor, CellRef, Event, EventBody, Joined, Role,
        kinds::{
            AgeBandSet, ConsentInvalidated, ConsentRevoked, ContractEnded, ContractStarted,
            Correction, GuardianLinked, GuardianUnlinked, NoticeDelivered, ObjectionRejected,
            ObjectionUpheld, SubjectLinked, SubjectRestricted, SubjectUnmerged,
            SubjectUnrestricted, TermsAccepted,
        },
    },
    id::{NoticeHash, PurposeId, SubjectId},
    live::TenantView,
    problem::{Problem, ProblemKind},
    purpose::{Assurance, CheckMode, ScopeType},
    scope::Scope,
    service::check_count,
    wire::{
        ConsentRequest, DECISIONS_MAX, EventData, EventRequest, WithdrawalRequest, parse_rfc3339,
    },
};

/// Validates an event against the present register and notices. `key_id` names the key that records it; it is the actor
/// unless the request names one.
///
/// # Errors
/// A problem with the field that is wrong. Rules that depend on the subject's state are checked by
/// [`admit`](super::admit), under the log's lock.
pub fn event_of_kind(
    live: &dyn TenantView,
    key_id: &str,
    request: &EventRequest,
) -> Result<Event, Problem> {
    check_after(&request.after)?;
    check_digest("/evidence", request.evidence.as_deref())?;
    if let Some(guardians) = guardians_word(live, request)? {
        return Ok(guardians);
    }
    let effective_from = effective_from(request)?;
    let body = body(live, request, effective_from)?;
    if effective_from.is_some() && body.effective_from() != effective_from {
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/effective_from", "is not taken by this kind"));
    }
    let (notice, language) = match &request.data {
        EventData::NoticeDelivered(told) => {
            (Some(told.notice.clone()), Some(told.language.clone()))
        }
        _ => (None, None),
    };
    let actor = match &request.actor {
        Some(_) => super::actor(Sender::Server, request.actor.as_ref())?,
        None => Actor {
            role: Role::Controller,
            reference: Some(key_id.to_owned()),
            verification: None,
        },
    };
    Ok(Event {
        seq: 0,
        received_at: 0,
        occurred_at: occurred_at(request.occurred_at.as_deref())?,
        event_id: request.event_id.clone(),
        actor,
        assurance: Assurance::Server,
        notice,
        language,
        method: None,
        based_on: request.based_on.unwrap_or(0),
        after_seqs: Vec::new(),
        signals: None,
        body,
    })
}

fn body(
    live: &dyn TenantView,
    request: &EventRequest,
    effective_from: Option<i64>,
) -> Result<EventBody, Problem> {
    Ok(match request.data.clone() {
        EventData::NoticeDelivered(told) => {
            check_purposes(live, &told.purposes, None)?;
            check_told(live, &told.notice, &told.purposes)?;
            NoticeDelivered {
                notice: told.notice,
                purposes: sorted(told.purposes),
                language: told.language,
                variant: told.variant.unwrap_or_default(),
            }
            .into()
        }
        EventData::ObjectionUpheld(upheld) => ObjectionUpheld {
            cell: objected_cell(live, upheld.purpose, upheld.scope)?,
        }
        .into(),
        EventData::ObjectionRejected(rejected) => ObjectionRejected {
            cell: objected_cell(live, rejected.purpose, rejected.scope)?,
            grounds: rejected.grounds,
            balancing_test: rejected.balancing_test,
        }
        .into(),
        EventData::ContractStarted(started) => {
            check_purposes(live, &started.purposes, Some(rests_on_contract))?;
            ContractStarted {
                contract: started.contract,
                purposes: sorted(started.purposes),
                effective_from,
            }
            .into()
        }
        EventData::ContractEnded(ended) => ContractEnded {
            contract: ended.contract,
            last_day: day("/data/last_day", &ended.last_day)?,
        }
        .into(),
        EventData::TermsAccepted(accepted) => TermsAccepted {
            terms: accepted.terms,
            version: accepted.version,
        }
        .into(),
        EventData::AgeBandSet(set) => AgeBandSet {
            band: set.band,
            until: set
                .until
                .map(|text| day("/data/until", &text))
                .transpose()?,
            country: set.country,
            verification: set.verification,
        }
        .into(),
        EventData::GuardianLinked(linked) => {
            check_holders(linked.holders)?;
            check_other(&request.subject, &linked.guardian, "/data/guardian")?;
            GuardianLinked {
                guardian: linked.guardian,
                verification: linked.verification,
                holders: linked.holders,
            }
            .into()
        }
        EventData::GuardianUnlinked(unlinked) => {
            check_holders(unlinked.holders)?;
            GuardianUnlinked {
                guardian: unlinked.guardian,
                cause: unlinked.cause,
                holders: unlinked.holders,
            }
            .into()
        }
        EventData::ConsentInvalidated(ended) => ConsentInvalidated {
            cell: cell(live, ended.purpose, ended.scope, ended.all_scopes)?,
            all_scopes: ended.all_scopes,
            cause: ended.cause,
            effective_from,
        }
        .into(),
        EventData::ConsentRevoked(ended) => ConsentRevoked {
            cell: cell(live, ended.purpose, ended.scope, ended.all_scopes)?,
            all_scopes: ended.all_scopes,
            cause: ended.cause,
        }
        .into(),
        EventData::SubjectLinked(linked) => {
            check_other(&request.subject, &linked.from, "/data/from")?;
            SubjectLinked {
                from: linked.from,
                // The log fills it in, from the other stream as it is then.
                joined: Box::new(Joined::default()),
            }
            .into()
        }
        EventData::SubjectUnmerged(unmerged) => {
            check_other(&request.subject, &unmerged.from, "/data/from")?;
            SubjectUnmerged {
                from: unmerged.from,
                joined: None,
                cause: unmerged.cause,
            }
            .into()
        }
        EventData::SubjectRestricted(restricted) => SubjectRestricted {
            cause: restricted.cause,
        }
        .into(),
        EventData::SubjectUnrestricted(lifted) => SubjectUnrestricted {
            cause: lifted.cause,
        }
        .into(),
        EventData::Correction(correction) => Correction {
            corrects: correction.corrects,
            fault: correction.fault,
            effective_from,
        }
        .into(),
        // These have become decisions before.
        EventData::GuardianAuthorised(_)
        | EventData::GuardianDeclined(_)
        | EventData::GuardianWithdrawn(_) => return Err(ProblemKind::Internal.into()),
    })
}

/// A guardian's word is a decision with that actor: one encoding in the log, and one path (rule E2).
fn guardians_word(live: &dyn TenantView, request: &EventRequest) -> Result<Option<Event>, Problem> {
    let decided = |purpose: &PurposeId, scope: &Scope, all_scopes: bool, kind: DecisionKind| {
        vec![Decision {
            scope: scope.clone(),
            all_scopes,
            ..Decision::about(purpose.clone(), kind)
        }]
    };
    let (decisions, authorised) = match &request.data {
        EventData::GuardianAuthorised(word) => {
            let mut given = decided(&word.purpose, &word.scope, false, DecisionKind::Given);
            given[0].explicit = word.explicit;
            (given, Some(word))
        }
        EventData::GuardianDeclined(word) => {
            let kind = DecisionKind::Refused;
            (
                decided(&word.purpose, &word.scope, word.all_scopes, kind),
                None,
            )
        }
        EventData::GuardianWithdrawn(word) => {
            let kind = DecisionKind::Withdrawn;
            (
                decided(&word.purpose, &word.scope, word.all_scopes, kind),
                None,
            )
        }
        _ => return Ok(None),
    };
    let is_guardian = |actor: &Actor| actor.guardian().is_some();
    if !request.actor.as_ref().is_some_and(is_guardian) {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/actor",
            "must be a guardian, with the guardian's subject as ref",
        ));
    }
    let in_data = |problem: Problem| {
        let fields = problem.violations.iter().map(|v| {
            let field = v.field.replacen("/decisions/0", "/data", 1);
            let field = match field.as_str() {
                "/notice" | "/language" | "/variant" | "/method" => format!("/data{field}"),
                _ => field,
            };
            (field, v.message.clone())
        });
        let fields: Vec<_> = fields.collect();
        let plain = Problem {
            violations: Vec::new(),
            ..problem
        };
        fields.into_iter().fold(plain, |problem, (field, message)| {
            problem.field(field, message)
        })
    };
    let event = if let Some(word) = authorised {
        let mut said = ConsentRequest::new(
            request.event_id.clone(),
            request.subject.clone(),
            word.notice.clone(),
            word.language.clone(),
            word.method,
            decisions,
        );
        said.variant = word.variant;
        said.based_on = Some(request.based_on.unwrap_or(0));
        said.after.clone_from(&request.after);
        said.occurred_at.clone_from(&request.occurred_at);
        said.evidence.clone_from(&request.evidence);
        said.actor.clone_from(&request.actor);
        consent(live, Sender::Server, &said)
    } else {
        let mut said =
            WithdrawalRequest::new(request.event_id.clone(), request.subject.clone(), decisions);
        said.based_on = request.based_on;
        said.after.clone_from(&request.after);
        said.occurred_at.clone_from(&request.occurred_at);
        said.evidence.clone_from(&request.evidence);
        said.actor.clone_from(&request.actor);
        withdrawal(live, Sender::Server, &said)
    };
    event.map(Some).map_err(in_data)
}

/// The notice was published, and tells of or asks about each purpose: what it does not say was not delivered.
fn check_told(
    live: &dyn TenantView,
    notice: &NoticeHash,
    purposes: &[PurposeId],
) -> Result<(), Problem> {
    let manifest = live.manifest(notice).ok_or_else(|| {
        Problem::new(ProblemKind::NoticeUnknown).field(
            "/data/notice",
            "must be the hash of a notice that this tenant has published",
        )
    })?;
    match purposes.iter().position(|purpose| !manifest.names(purpose)) {
        None => Ok(()),
        Some(i) => Err(Problem::new(ProblemKind::PurposeNotInNotice).field(
            format!("/data/purposes/{i}"),
            "must be a purpose that the notice tells of or asks about",
        )),
    }
}

fn rests_on_contract(mode: CheckMode) -> bool {
    matches!(
        mode,
        CheckMode::Contract
            | CheckMode::ContractOrObjection
            | CheckMode::ContractAndLegalObligation
    )
}

/// 1 to 64 purposes of the register, none twice, each with a check mode that `fits`.
fn check_purposes(
    live: &dyn TenantView,
    purposes: &[PurposeId],
    fits: Option<fn(CheckMode) -> bool>,
) -> Result<(), Problem> {
    check_count("/data/purposes", "purposes", purposes.len(), DECISIONS_MAX)?;
    let mut seen = HashSet::new();
    for (i, id) in purposes.iter().enumerate() {
        let field = format!("/data/purposes/{i}");
        if !seen.insert(id) {
            return Err(Problem::new(ProblemKind::CellRepeated)
                .field(field, "stands earlier in the same list"));
        }
        let purpose = live.purpose(id).ok_or_else(|| {
            Problem::new(ProblemKind::PurposeUnknown)
                .field(field.clone(), "must be a purpose of the register")
        })?;
        if fits.is_some_and(|fits| !fits(purpose.check_mode)) {
            return Err(Problem::new(ProblemKind::PurposeNotAsked)
                .field(field, "must be a purpose that rests on contract"));
        }
    }
    Ok(())
}

/// The cell of a restrictive act: of a purpose in the register or asked about once, with a scope of its type.
fn cell(
    live: &dyn TenantView,
    purpose: PurposeId,
    scope: Scope,
    all_scopes: bool,
) -> Result<CellRef, Problem> {
    let known = live.purpose(&purpose);
    if known.is_none() && !live.has_asked(&purpose) {
        return Err(Problem::new(ProblemKind::PurposeUnknown)
            .field("/data/purpose", "must be a purpose of the register"));
    }
    let wanted = known.map(|p| p.scope_type);
    let fits = if all_scopes {
        scope.is_none()
    } else {
        wanted.is_none_or(|wanted| scope.scope_type() == wanted || wanted == ScopeType::None)
    };
    if !fits {
        return Err(Problem::new(ProblemKind::ScopeMismatch).field(
            "/data/scope",
            "must be of the purpose's type, and absent with all_scopes",
        ));
    }
    Ok(CellRef { purpose, scope })
}

/// The cell of an objection: also of every scope, which has none, and of a scope that the purpose had once (rule E24).
fn objected_cell(
    live: &dyn TenantView,
    purpose: PurposeId,
    scope: Scope,
) -> Result<CellRef, Problem> {
    let had = live.had_scope_type(&purpose, scope.scope_type());
    cell(live, purpose.clone(), scope.clone(), scope.is_none()).or_else(|problem| {
        let taken = had && live.purpose(&purpose).is_some();
        let known = CellRef { purpose, scope };
        taken.then_some(known).ok_or(problem)
    })
}

fn sorted(mut purposes: Vec<PurposeId>) -> Vec<PurposeId> {
    purposes.sort();
    purposes
}

fn check_holders(holders: u8) -> Result<(), Problem> {
    if (1..=2).contains(&holders) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::FieldInvalid).field("/data/holders", "must be 1 or 2"))
}

fn check_other(subject: &SubjectId, other: &SubjectId, field: &'static str) -> Result<(), Problem> {
    if subject == other {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(field, "must be another subject"));
    }
    Ok(())
}

fn day(field: &'static str, text: &str) -> Result<CivilDay, Problem> {
    CivilDay::parse(text)
        .map_err(|message| Problem::new(ProblemKind::FieldInvalid).field(field, message))
}

fn effective_from(request: &EventRequest) -> Result<Option<i64>, Problem> {
    let Some(text) = &request.effective_from else {
        return Ok(None);
    };
    parse_rfc3339(text).map(Some).ok_or_else(|| {
        Problem::new(ProblemKind::FieldInvalid).field(
            "/effective_from",
            "must be a time of RFC 3339, such as 2026-11-21T12:00:00.000Z",
        )
    })
}
