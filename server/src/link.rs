//! Links on which a person answers on their own phone: a QR code at a school's photo day, or a letter.
//!
//! The address holds 192 random bits, and the database only their SHA-256. The page has no script. Each question of a link is
//! answered once: the id of the answer follows from the address, so a second answer is a replay or a conflict, at every
//! server. The answer can be taken back at the same address, also after the link has ended for new answers.

mod page;
mod problem;
pub mod routes;
mod status;
mod words;

pub use self::page::STYLE;
pub use self::problem::render as problem_page;

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use qrcode::render::svg;
use qrcode::{EcLevel, QrCode};
use samtycke_core::decide::PurposeLookup as _;
use samtycke_core::decision::{Decision, DecisionKind, Method};
use samtycke_core::id::{EventId, Language, NoticeHash, PurposeId, SubjectId};
use samtycke_core::live::evaluate_check;
use samtycke_core::notice::{NoticeText, Variant};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::Assurance;
use samtycke_core::scope::Scope;
use samtycke_core::service::check_count;
use samtycke_core::state::SubjectState;
use samtycke_core::submission::{self, Sender};
use samtycke_core::wire::{
    CheckRequest, ConsentRequest, LINK_PURPOSES_MAX, LinkRequest, LinkResponse, WithdrawalRequest,
    format_rfc3339, parse_rfc3339,
};
use samtycke_core::words::best;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use self::page::{Answered, Limit, Page, Question};
use crate::agent::Device;
use crate::auth::Caller;
use crate::clock::{Environment, UnixMs, random};
use crate::consent::{self, Consents};
use crate::log::prove;
use crate::store::Store;
use crate::store::link::LinkRow;
use crate::tenant::{Tenant, Tenants};

/// How long an unanswered link lives, if the tenant does not say: 30 days.
const LIVES_MS: i64 = 30 * 24 * 60 * 60 * 1_000;
/// The longest that an unanswered link may live: 90 days.
const LIVES_MS_MAX: i64 = 90 * 24 * 60 * 60 * 1_000;

/// Dependencies of the links.
#[derive(Debug)]
pub struct Links {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Records answers.
    pub consents: Arc<Consents>,
    /// The origin of the pages' addresses.
    pub public_url: String,
    /// Clock and random numbers.
    pub environment: Environment,
}

/// What a link asks, as the database holds it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked {
    subject: SubjectId,
    notice: NoticeHash,
    purposes: Vec<PurposeId>,
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    scope: Scope,
    #[serde(default)]
    variant: Variant,
}

/// A link whose address was opened.
struct Opened {
    tenant: Arc<Tenant>,
    row: LinkRow,
    asked: Asked,
}

/// What a person pressed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    /// Grants.
    Yes,
    /// Refuses.
    No,
    /// Takes the grant back.
    TakeBack,
}

/// Makes a link for one subject.
async fn create(
    links: &Links,
    caller: &Caller,
    request: LinkRequest,
) -> Result<LinkResponse, Problem> {
    let tenant = caller.current(&links.tenants).await?;
    tenant.ensure_writable()?;
    let now = links.environment.clock.now();
    let expires_at = expiry(request.expires_at.as_deref(), now)?;
    check_count(
        "/purposes",
        "purposes",
        request.purposes.len(),
        LINK_PURPOSES_MAX,
    )?;
    let asked = Asked {
        subject: request.subject,
        notice: request.notice,
        purposes: request.purposes,
        scope: request.scope,
        variant: request.variant.unwrap_or_default(),
    };
    check_can_be_granted(&tenant, &asked)?;
    let secret = URL_SAFE_NO_PAD.encode(random::<24>(&*links.environment.rng));
    let token: [u8; 32] = Sha256::digest(&secret).into();
    let link = format!("l_{}", URL_SAFE_NO_PAD.encode(&token[..12]));
    let row = LinkRow {
        token,
        log: tenant.log.clone(),
        link: link.clone(),
        body: serde_json::to_string(&asked).map_err(|_| ProblemKind::Internal)?,
        created_at: now,
        expires_at,
        revoked_at: None,
    };
    links.store.insert_link(&row).await?;
    let url = format!("{}/l/{secret}", links.public_url);
    Ok(LinkResponse {
        link,
        svg: qr_code(&url)?,
        url,
        expires_at: format_rfc3339(expires_at),
    })
}

/// Takes a link back: it can no longer be answered. Answers that were given stay, and can still be taken back.
async fn revoke(links: &Links, caller: &Caller, link: &str) -> Result<(), Problem> {
    let tenant = caller.current(&links.tenants).await?;
    let now = links.environment.clock.now();
    if links.store.revoke_link(&tenant.log, link, now).await? {
        Ok(())
    } else {
        Err(ProblemKind::NotFound.into())
    }
}

fn expiry(text: Option<&str>, now: UnixMs) -> Result<UnixMs, Problem> {
    let Some(text) = text else {
        return Ok(now + LIVES_MS);
    };
    let at = parse_rfc3339(text).filter(|at| *at > now && *at <= now + LIVES_MS_MAX);
    at.ok_or_else(|| {
        Problem::new(ProblemKind::FieldInvalid).field(
            "/expires_at",
            "must be a time of RFC 3339 in the next 90 days",
        )
    })
}

/// A link whose grant would be refused would lead the person into a dead end, so each question is validated as its grant
/// will be.
fn check_can_be_granted(tenant: &Tenant, asked: &Asked) -> Result<(), Problem> {
    let mut seen = std::collections::BTreeSet::new();
    for (i, purpose) in asked.purposes.iter().enumerate() {
        let at_purpose = |problem: Problem| {
            let message = problem.violations.first().map(|v| v.message.clone());
            let message = message.unwrap_or_else(|| "cannot be asked by a link".into());
            Problem::new(problem.kind).field(format!("/purposes/{i}"), message)
        };
        if !seen.insert(purpose) {
            return Err(Problem::new(ProblemKind::CellRepeated)
                .field(format!("/purposes/{i}"), "stands earlier in the same list"));
        }
        let language = languages(tenant, asked).into_iter().next();
        let language = language.ok_or_else(|| {
            Problem::new(ProblemKind::NoticeUnknown).field(
                "/notice",
                "must be a published notice with a text in this variant",
            )
        })?;
        // A link proves nothing about who answers (see `consent::record_by_link`).
        let known = tenant.purpose(purpose);
        if known.is_some_and(|purpose| purpose.assurance_min > Assurance::Prompted) {
            return Err(Problem::new(ProblemKind::FieldInvalid).field(
                format!("/purposes/{i}"),
                "must be a purpose that needs no more assurance than a link has",
            ));
        }
        let id = EventId::from_parts(0, [0; 10]);
        let request = grant(tenant, asked, purpose, &language, id);
        submission::consent(tenant, Sender::Server, &request).map_err(at_purpose)?;
    }
    Ok(())
}

/// The languages in which the notice has a text of the link's variant.
fn languages(tenant: &Tenant, asked: &Asked) -> Vec<Language> {
    let Some(notice) = tenant.notices.get(&asked.notice) else {
        return Vec::new();
    };
    let texts = notice.manifest.texts.iter();
    let of_variant = texts.filter(|(_, variants)| variants.contains_key(&asked.variant));
    of_variant
        .filter_map(|(language, _)| language.parse().ok())
        .collect()
}

fn qr_code(url: &str) -> Result<String, Problem> {
    let code =
        QrCode::with_error_correction_level(url, EcLevel::M).map_err(|_| ProblemKind::Internal)?;
    Ok(code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .build())
}

/// The page of an address, in the language that fits best.
async fn show(links: &Links, secret: &str, wanted: &str) -> Result<Page, Problem> {
    let opened = open(links, secret).await?;
    // What a frozen log says may lack a withdrawal, so it is not shown as what counts.
    opened.tenant.ensure_writable()?;
    let (text, languages) = text(links, &opened, wanted).await?;
    let state = links
        .store
        .deciding_state(&opened.tenant.log, &opened.asked.subject)
        .await?
        .unwrap_or_default();
    // After an erasure nothing is left that the page could show.
    if state.erased {
        return Err(ProblemKind::LinkInvalid.into());
    }
    let mut questions = Vec::new();
    for purpose in &opened.asked.purposes {
        let Some(words) = text.purposes.iter().find(|w| w.id == *purpose) else {
            return Err(ProblemKind::LinkInvalid.into());
        };
        let answered = answered(links, &opened, purpose, &state).await?;
        let cell = state.cell(purpose, &opened.asked.scope);
        questions.push(Question {
            words: words.clone(),
            answered,
            can_take_back: cell.is_some_and(|cell| cell.state.is_granted()),
        });
    }
    let now = links.environment.clock.now();
    let is_open = opened.row.revoked_at.is_none() && now < opened.row.expires_at;
    if !is_open && questions.iter().all(|question| question.answered.is_none()) {
        return Err(ProblemKind::LinkInvalid.into());
    }
    Ok(Page {
        path: secret.to_owned(),
        text,
        languages,
        limit: limit(&opened),
        questions,
        is_open,
    })
}

/// What the answers are limited to. A recipient of the register has its name.
fn limit(opened: &Opened) -> Option<Limit> {
    let live = opened.tenant.register.as_ref();
    Some(match &opened.asked.scope {
        Scope::None => return None,
        Scope::Recipient(one) | Scope::Vendor(one) | Scope::Site(one) => {
            let known = live.and_then(|live| {
                let recipients = live.register.recipients.iter();
                recipients
                    .into_iter()
                    .find(|known| known.id == one.as_str())
            });
            Limit::One(known.map_or_else(|| one.to_string(), |known| known.name.clone()))
        }
        Scope::Campaign {
            campaign,
            medium,
            surface,
        } => Limit::Campaign {
            campaign: campaign.to_string(),
            medium: medium.to_string(),
            surface: surface.to_string(),
        },
    })
}

/// Records what the person pressed.
async fn answer(
    links: &Links,
    secret: &str,
    wanted: &str,
    purpose: &PurposeId,
    answer: Answer,
    device: Option<Device>,
) -> Result<(), Problem> {
    let opened = open(links, secret).await?;
    if !opened.asked.purposes.contains(purpose) {
        return Err(ProblemKind::LinkInvalid.into());
    }
    let (text, _) = text(links, &opened, wanted).await?;
    let id = answer_id(&opened.row, purpose, "answer");
    let first = prove::find(&links.store, &opened.tenant, &id).await?;
    match (answer, first) {
        (Answer::TakeBack, Some(_)) => take_back(links, &opened, purpose, &text, device).await,
        // Somebody who goes back in the browser and presses again has answered already.
        (Answer::TakeBack, None) | (Answer::Yes | Answer::No, Some(_)) => Ok(()),
        (Answer::Yes | Answer::No, None) => {
            let now = links.environment.clock.now();
            if opened.row.revoked_at.is_some() || now >= opened.row.expires_at {
                return Err(ProblemKind::LinkInvalid.into());
            }
            let id = answer_id(&opened.row, purpose, "answer");
            let mut request = grant(&opened.tenant, &opened.asked, purpose, &text.language, id);
            if answer == Answer::No {
                for decision in &mut request.decisions {
                    decision.decision = DecisionKind::Refused;
                    decision.explicit = false;
                }
            }
            let state = links
                .store
                .deciding_state(&opened.tenant.log, &request.subject);
            request.based_on = Some(state.await?.map_or(0, |state| state.seq));
            match consent::record_by_link(&links.consents, &opened.tenant, request, device).await {
                // The other of two presses at once was first; the page shows it.
                Err(problem) if problem.kind == ProblemKind::EventIdReused => Ok(()),
                recorded => recorded.map(drop),
            }
        }
    }
}

async fn take_back(
    links: &Links,
    opened: &Opened,
    purpose: &PurposeId,
    text: &NoticeText,
    device: Option<Device>,
) -> Result<(), Problem> {
    let state = links
        .store
        .deciding_state(&opened.tenant.log, &opened.asked.subject)
        .await?
        .unwrap_or_default();
    let seq = state
        .cell(purpose, &opened.asked.scope)
        .map_or(0, |cell| cell.seq);
    let decision = Decision {
        scope: opened.asked.scope.clone(),
        ..Decision::about(purpose.clone(), DecisionKind::Withdrawn)
    };
    let mut request = WithdrawalRequest::new(
        // One for each grant: who grants again elsewhere can take that back here too.
        answer_id(&opened.row, purpose, &format!("taken back {seq}")),
        opened.asked.subject.clone(),
        vec![decision],
    );
    request.notice = Some(opened.asked.notice.clone());
    request.language = Some(text.language.clone());
    request.variant = Some(opened.asked.variant);
    request.method = Some(Method::Button);
    match consent::withdraw_by_link(&links.consents, &opened.tenant, request, device).await {
        // The other of two presses at once was first, on the page in another language.
        Err(problem) if problem.kind == ProblemKind::EventIdReused => Ok(()),
        recorded => recorded.map(drop),
    }
}

fn grant(
    tenant: &Tenant,
    asked: &Asked,
    purpose: &PurposeId,
    language: &Language,
    id: EventId,
) -> ConsentRequest {
    let manifest = tenant.notices.get(&asked.notice).map(|n| &n.manifest);
    let decision = Decision {
        scope: asked.scope.clone(),
        // The page asks each purpose in a form of its own.
        explicit: manifest.is_some_and(|m| m.layout.own_statement.contains(purpose)),
        ..Decision::about(purpose.clone(), DecisionKind::Given)
    };
    ConsentRequest {
        variant: Some(asked.variant),
        based_on: Some(0),
        ..ConsentRequest::new(
            id,
            asked.subject.clone(),
            asked.notice.clone(),
            language.clone(),
            Method::Button,
            vec![decision],
        )
    }
}

/// The id of the event by which a link's question is answered: it follows from the address, so that there is one.
fn answer_id(row: &LinkRow, purpose: &PurposeId, what: &str) -> EventId {
    let mut digest = Sha256::new();
    for part in [
        &row.token[..],
        b"\n",
        purpose.as_str().as_bytes(),
        b"\n",
        what.as_bytes(),
    ] {
        digest.update(part);
    }
    let mut bits = [0; 10];
    bits.copy_from_slice(&digest.finalize()[..10]);
    EventId::from_parts(row.created_at, bits)
}

async fn open(links: &Links, secret: &str) -> Result<Opened, Problem> {
    let token: [u8; 32] = Sha256::digest(secret).into();
    let invalid = || Problem::new(ProblemKind::LinkInvalid);
    let row = links.store.link(&token).await?.ok_or_else(invalid)?;
    let tenant = links.tenants.by_log(&row.log).await?;
    let tenant = tenant.ok_or_else(invalid)?;
    let config_version = links.tenants.newest_config_version(&tenant).await?;
    let tenant = links.tenants.at_least(&tenant, config_version).await?;
    let asked = serde_json::from_str(&row.body).map_err(|_| ProblemKind::Internal)?;
    Ok(Opened { tenant, row, asked })
}

async fn text(
    links: &Links,
    opened: &Opened,
    wanted: &str,
) -> Result<(NoticeText, Vec<Language>), Problem> {
    let languages = languages(&opened.tenant, &opened.asked);
    let available: Vec<&str> = languages.iter().map(Language::as_str).collect();
    let first = available.first().copied().ok_or(ProblemKind::LinkInvalid)?;
    let language = best(wanted, &available).unwrap_or(first);
    let variant = opened.asked.variant.as_str();
    let notice = &opened.asked.notice;
    let body = links
        .store
        .notice_text(&opened.tenant.id, notice, language, variant)
        .await?
        .ok_or(ProblemKind::LinkInvalid)?;
    let text = serde_json::from_str(&body).map_err(|_| ProblemKind::Internal)?;
    Ok((text, languages))
}

async fn answered(
    links: &Links,
    opened: &Opened,
    purpose: &PurposeId,
    state: &SubjectState,
) -> Result<Option<Answered>, Problem> {
    let id = answer_id(&opened.row, purpose, "answer");
    let known = prove::find(&links.store, &opened.tenant, &id).await?;
    let Some((place, _)) = known else {
        return Ok(None);
    };
    let receipt = prove::receipt(&links.store, &opened.tenant, &place).await?;
    let at = links.environment.clock.now();
    let question = CheckRequest {
        scope: opened.asked.scope.clone(),
        ..CheckRequest::about(opened.asked.subject.clone(), purpose.clone())
    };
    let verdict = evaluate_check(&*opened.tenant, &question, Some(state), at)?;
    let now = status::Now {
        subject: state,
        cell: state.cell_or_every(purpose, &opened.asked.scope),
        purpose: opened.tenant.purpose(purpose),
        purposes: &*opened.tenant,
        denied: (!verdict.allow).then_some(verdict.reason),
        at,
    };
    let granted = status::grants(&receipt.body);
    Ok(Some(Answered {
        status: status::status(granted, receipt.results.first(), &now),
        at: receipt.received_at,
        event_id: receipt.event_id,
        leaf_hash: receipt.leaf_hash.map(hex::encode).unwrap_or_default(),
        index: place.index,
    }))
}
