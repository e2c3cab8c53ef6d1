//! `GET /v1/banner/{key}`: everything that a banner draws, in one language.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use axum::body::Bytes;
use samtycke_core::id::{LogId, NoticeHash, PublicSiteId, PurposeId, SiteId, TenantId};
use samtycke_core::notice::{Manifest, Variant};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::{Category, Purpose};
use samtycke_core::register::{ConsentModeType, Register, Terminal};
use samtycke_core::words::{self, Direction, LanguageWords, UiWords};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::{Asked, asked, quiet::quiet};
use crate::app::App;
use crate::caller::Caller;
use crate::consent::variant_word;
use crate::origin;
use crate::tenant::{Role, Site, Tenant};

/// The most documents that are kept; some 20 KB each, 10 MB in all.
const DOCUMENTS_MAX: usize = 512;
/// The longest key that is looked up; ours have 59 characters, those of test tenants 64.
const KEY_CHARS_MAX: usize = 100;
/// Seconds of a day, as a browser counts them.
const DAY_S: u32 = 24 * 60 * 60;

/// What a page wants to show.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Languages in order of preference, as in `Accept-Language`.
    #[serde(default)]
    pub language: String,
    /// For whom.
    #[serde(default)]
    pub variant: Variant,
}

/// Everything that a banner draws, in one language.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BannerDocument {
    /// Version of this format: 1.
    pub v: u32,
    /// Whose banner.
    pub tenant: TenantId,
    /// On which site.
    pub site: SiteId,
    /// Public id of the site: the middle of its publishable keys, and the end of its cookie's name.
    pub site_id: PublicSiteId,
    /// What a decision cites.
    pub notice: NoticeHash,
    /// Its version on the site.
    pub version: u64,
    /// The language that was chosen.
    pub language: String,
    /// The variant that was chosen; `adult` where the wished one is missing.
    pub variant: Variant,
    /// Which way the language is written.
    pub direction: Direction,
    /// Languages that the notice has in this variant.
    pub languages: Vec<String>,
    /// What is asked, in order. Empty: nobody is asked.
    pub purposes: Vec<BannerPurpose>,
    /// First eight hex digits of earlier notices after which nothing changed that needs asking again.
    pub quiet: Vec<String>,
    /// What changed since other earlier notices, newest first. A notice that is neither here nor in `quiet` is too old to
    /// tell.
    pub changes: Vec<NoticeChanges>,
    /// Domains that the site's cookie may be set for: hosts of its origins that are parents of its other origins.
    pub cookie_domains: Vec<String>,
    /// The published text.
    #[schema(value_type = samtycke_core::notice::NoticeText)]
    pub text: Value,
    /// The product's own words.
    #[schema(value_type = UiWords)]
    pub words: &'static UiWords,
    /// Whose signature the cookie carries.
    pub log: BannerLog,
}

/// One purpose that is asked about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BannerPurpose {
    /// Which.
    pub id: PurposeId,
    /// What it is about.
    pub category: Category,
    /// A browser's GPC signal denies it unless the person has said yes in sight of the signal.
    pub gpc: bool,
    /// Never part of "accept all" (GDPR Art. 9(2)(a)).
    pub own_statement: bool,
    /// Google's consent types that follow it.
    #[schema(value_type = Vec<String>)]
    pub consent_mode: Vec<ConsentModeType>,
    /// Seconds after a refusal in which nobody is asked again.
    pub reask_s: u32,
    /// Uses of the terminal, to be cleared after a withdrawal.
    pub terminal: Vec<TerminalUse>,
    /// Services that a yes to the purpose covers, each of which can be asked by itself. Empty: the purpose is one whole.
    pub vendors: Vec<Vendor>,
}

/// One service: a recipient of the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Vendor {
    /// Its id in the register.
    pub id: String,
    /// What it is called.
    pub name: String,
}

/// What changed for the purposes that are asked, since one earlier notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoticeChanges {
    /// First eight hex digits of the earlier notice.
    pub since: String,
    /// What changed, purpose by purpose.
    pub purposes: Vec<PurposeChange>,
}

/// What changed for one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PurposeChange {
    /// Which.
    pub id: PurposeId,
    /// Whether it was asked before.
    pub kind: ChangeKind,
    /// Recipients, kinds of data, periods and the like that were not there, in the notice's language.
    pub added: Vec<String>,
    /// The same of what is there no longer.
    pub removed: Vec<String>,
}

/// Whether a purpose was asked before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It was not.
    New,
    /// It was, and something about it is different now.
    Changed,
}

/// One use of the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TerminalUse {
    /// Name; may end in `*`.
    pub name: String,
    /// In which way.
    #[schema(value_type = String, example = "cookie")]
    pub kind: Terminal,
    /// Set or read by somebody else than the site.
    pub third_party: bool,
}

/// The log behind the cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BannerLog {
    /// Its origin.
    pub origin: String,
    /// Its verifier key.
    pub vkey: String,
}

/// A document as it is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    policy: u64,
    /// The JSON.
    pub bytes: Bytes,
    /// Its ETag, quotes and all.
    pub etag: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Slot {
    log: LogId,
    site: SiteId,
    language: String,
    variant: Variant,
}

/// Documents that were asked for, each at its newest policy.
#[derive(Debug, Default)]
pub struct Documents(RwLock<HashMap<Slot, Arc<Rendered>>>);

impl Documents {
    fn get(&self, slot: &Slot, policy: u64) -> Option<Arc<Rendered>> {
        let kept = self
            .0
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.get(slot).filter(|r| r.policy == policy).cloned()
    }

    fn put(&self, slot: Slot, rendered: Arc<Rendered>) {
        let mut kept = self
            .0
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if kept.len() >= DOCUMENTS_MAX && !kept.contains_key(&slot) {
            // Making them again is cheap, and which are wanted most is not worth knowing.
            kept.clear();
        }
        let newer = kept.get(&slot).is_some_and(|r| r.policy > rendered.policy);
        if !newer {
            kept.insert(slot, rendered);
        }
    }
}

/// The document for the bearer of a publishable key, and its site, whose pages may read it.
pub async fn document(
    app: &App,
    key: &str,
    wanted: &Wanted,
) -> Result<(Arc<Rendered>, Site), Problem> {
    let caller = caller_of(app, key).await?;
    let tenant = caller.tenant;
    let site = caller.key.site.ok_or(ProblemKind::NotFound)?;
    let shown_on = tenant.sites.get(&site).cloned();
    let shown_on = shown_on.ok_or(ProblemKind::NotFound)?;
    let asked = asked(&tenant, &site).ok_or(ProblemKind::NotFound)?;
    let register = &tenant
        .register
        .as_ref()
        .ok_or(ProblemKind::NotFound)?
        .register;
    let (language, variant) = choose(&asked.notice.manifest, wanted, register.language.as_str())
        .ok_or(ProblemKind::NotFound)?;
    let slot = Slot {
        log: tenant.log.clone(),
        site,
        language: language.to_owned(),
        variant,
    };
    if let Some(kept) = app.documents.get(&slot, tenant.policy) {
        return Ok((kept, shown_on));
    }
    let document = build(app, &tenant, register, &asked, &slot, &shown_on).await?;
    let bytes = serde_json::to_vec(&document).map_err(|_| ProblemKind::Internal)?;
    let rendered = Arc::new(Rendered {
        policy: tenant.policy,
        etag: format!("\"{}\"", hex::encode(&Sha256::digest(&bytes)[..16])),
        bytes: bytes.into(),
    });
    app.documents.put(slot, rendered.clone());
    Ok((rendered, shown_on))
}

/// Whose key it is; what is no publishable key of a live site is not found, whatever else it may be.
pub async fn caller_of(app: &App, key: &str) -> Result<Caller, Problem> {
    let hidden = |problem: Problem| match problem.kind {
        ProblemKind::Unauthenticated | ProblemKind::OriginNotAllowed => {
            ProblemKind::NotFound.into()
        }
        _ => problem,
    };
    if !key.starts_with("pk_") || key.len() > KEY_CHARS_MAX {
        return Err(ProblemKind::NotFound.into());
    }
    let mut caller = Caller::identify(&app.tenants, key, None)
        .await
        .map_err(hidden)?;
    caller.tenant = caller.current(app).await.map_err(hidden)?;
    let site = caller.key.site.as_ref();
    let lives = site.is_some_and(|site| caller.tenant.sites.contains_key(site));
    if lives && caller.key.role == Role::Publishable {
        Ok(caller)
    } else {
        Err(ProblemKind::NotFound.into())
    }
}

/// The language and variant of a notice that meet a wish best: the wish, the register's language, the first there is.
fn choose<'a>(
    manifest: &'a Manifest,
    wanted: &Wanted,
    register_language: &str,
) -> Option<(&'a str, Variant)> {
    let all: Vec<&str> = manifest.texts.keys().map(String::as_str).collect();
    let language = words::best(&wanted.language, &all)
        .or_else(|| words::best(register_language, &all))
        .or(all.first().copied())?;
    let variants = manifest.texts.get(language)?;
    let variant = [wanted.variant, Variant::Adult]
        .into_iter()
        .find(|variant| variants.contains_key(variant))
        .or_else(|| variants.keys().next().copied())?;
    Some((language, variant))
}

async fn build(
    app: &App,
    tenant: &Tenant,
    register: &Register,
    asked: &Asked<'_>,
    slot: &Slot,
    shown_on: &Site,
) -> Result<BannerDocument, Problem> {
    let manifest = &asked.notice.manifest;
    let word = variant_word(Some(slot.variant));
    let text = app
        .store
        .notice_text(&tenant.id, asked.hash, &slot.language, &word)
        .await
        .map_err(|e| app.failed(&e))?
        .ok_or(ProblemKind::Internal)?;
    let words = words_for(&slot.language, slot.variant).ok_or(ProblemKind::Internal)?;
    let ids: Vec<&PurposeId> = asked.purposes.iter().map(|p| &p.id).collect();
    let languages = manifest.texts.iter();
    let languages = languages.filter(|(_, variants)| variants.contains_key(&slot.variant));
    let of = |hash: &NoticeHash| tenant.notices.get(hash).map(|n| &n.manifest);
    let purpose = |p: &&Purpose| banner_purpose(register, p, manifest);
    Ok(BannerDocument {
        v: 1,
        tenant: tenant.id.clone(),
        site: slot.site.clone(),
        site_id: tenant.public_id(&slot.site),
        notice: asked.hash.clone(),
        version: asked.notice.version,
        language: slot.language.clone(),
        variant: slot.variant,
        direction: words.direction,
        languages: languages.map(|(language, _)| language.clone()).collect(),
        purposes: asked.purposes.iter().map(purpose).collect(),
        changes: Vec::new(),
        cookie_domains: origin::cookie_domains(&shown_on.origins),
        quiet: quiet(&tenant.publications, &slot.site, asked.hash, &ids, of),
        text: serde_json::from_str(&text).map_err(|_| ProblemKind::Internal)?,
        words: &words.ui,
        log: BannerLog {
            origin: tenant.origin.clone(),
            vkey: app.publisher.verifier(tenant),
        },
    })
}

/// The product's own words beside a text: in the text's language, or where the product does not speak it the nearest, and
/// at last English.
fn words_for(language: &str, variant: Variant) -> Option<&'static LanguageWords> {
    let tags: Vec<&str> = words::tags().collect();
    let tag = words::best(language, &tags).unwrap_or("en");
    words::variant(tag, variant).or_else(|| words::language(tag))
}

fn banner_purpose(register: &Register, purpose: &Purpose, manifest: &Manifest) -> BannerPurpose {
    let terminal = register.cookies_of(&purpose.id).map(|cookie| TerminalUse {
        name: cookie.name.clone(),
        kind: cookie.terminal,
        third_party: cookie.third_party,
    });
    BannerPurpose {
        id: purpose.id.clone(),
        category: register.category(&purpose.id),
        // Decision row 12.
        gpc: purpose.third_party_sharing
            || purpose.targeted_advertising
            || purpose.direct_marketing,
        own_statement: manifest.layout.own_statement.contains(&purpose.id),
        consent_mode: register.consent_mode(&purpose.id),
        reask_s: purpose.reask_after.days_min().saturating_mul(DAY_S),
        terminal: terminal.collect(),
        vendors: Vec::new(),
    }
}
