//! `GET /v1/banner/{key}`: all that a banner renders, in one language.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher as _};
use std::sync::{Arc, RwLock};

use axum::body::Bytes;
use samtycke_core::cookie::notice8;
use samtycke_core::id::{LogId, NoticeHash, PublicSiteId, PurposeId, SiteId, TenantId};
use samtycke_core::notice::{Manifest, NoticeText, Variant};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::Category;
use samtycke_core::register::{ConsentModeType, Register, Terminal};
use samtycke_core::words::{self, Direction, LanguageWords, UiWords};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use utoipa::ToSchema;

use super::changes::{self, NoticeChanges};
use super::{Asked, AskedPurpose, Banners, asked, quiet::quiet};
use crate::auth::Caller;
use crate::origin;
use crate::tenant::{Site, Tenant};

/// Most cached documents; some 20 KB each with both encodings, 40 MB in all.
const DOCUMENTS_MAX: usize = 2_048;
/// Most documents made at the same time; each takes one core for some milliseconds.
const MAKERS: usize = 16;
/// Brotli's best level: the server compresses a document once and sends it until it changes.
const BROTLI_QUALITY: i32 = 11;
/// Log2 of brotli's window: 256 KB, more than the size of any document.
const BROTLI_WINDOW: i32 = 18;
/// Seconds per day.
const DAY_S: u32 = 24 * 60 * 60;

/// Preferences of a page.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// Languages in order of preference, as in `Accept-Language`.
    #[serde(default)]
    pub language: String,
    /// Audience of the text.
    #[serde(default)]
    pub variant: Variant,
}

/// All that a banner renders, in one language.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct BannerDocument {
    /// Version of this format: 1.
    pub v: u32,
    /// Tenant of the site.
    pub tenant: TenantId,
    /// Site of the banner.
    pub site: SiteId,
    /// Public id of the site: the middle of its publishable keys, and the end of its cookie's name.
    pub site_id: PublicSiteId,
    /// Hash of the notice, which a decision cites.
    pub notice: NoticeHash,
    /// Version of the notice on its site.
    pub version: u64,
    /// Selected language.
    pub language: String,
    /// Selected variant; `adult` if the requested one is missing.
    pub variant: Variant,
    /// Writing direction of the language.
    pub direction: Direction,
    /// Languages that the notice has in this variant.
    pub languages: Vec<String>,
    /// Purposes to ask about, in order. If empty, the banner asks nothing.
    pub purposes: Vec<BannerPurpose>,
    /// First eight hex digits of earlier notices after which no change requires a new question.
    pub prior_notices_accepted: Vec<String>,
    /// Changes since other earlier notices, newest first. A notice that is neither here nor in `prior_notices_accepted`
    /// is too old for a comparison.
    pub changes: Vec<NoticeChanges>,
    /// Domains that the site's cookie may be set for: hosts of its origins that are parents of its other origins.
    pub cookie_domains: Vec<String>,
    /// Published text of the notice.
    pub text: NoticeText,
    /// Texts of the banner itself.
    #[schema(value_type = UiWords)]
    pub words: &'static UiWords,
    /// Log whose key signs the cookie.
    pub log: BannerLog,
}

/// One purpose that the banner asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BannerPurpose {
    /// Id of the purpose.
    pub id: PurposeId,
    /// Category of the purpose.
    pub category: Category,
    /// Whether a browser's GPC signal denies the purpose. A consent given despite the signal takes precedence.
    pub gpc: bool,
    /// Whether the purpose needs a statement of its own and is never part of "accept all" (GDPR Art. 9(2)(a)).
    pub own_statement: bool,
    /// Google consent types that follow this purpose.
    #[schema(value_type = Vec<String>)]
    pub consent_mode: Vec<ConsentModeType>,
    /// Seconds after a refusal during which the banner does not ask again.
    pub reask_s: u32,
    /// Uses of the terminal, to clear after a withdrawal.
    pub terminal: Vec<TerminalUse>,
    /// Services that a consent to the purpose covers; the user can decide about each. Empty: one decision for the
    /// purpose.
    pub vendors: Vec<Vendor>,
}

/// One service: a recipient in the register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Vendor {
    /// Id in the register.
    pub id: String,
    /// Name of the service.
    pub name: String,
}

/// One use of the terminal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TerminalUse {
    /// Name of the cookie or storage entry; may end in `*`.
    pub name: String,
    /// Kind of use.
    #[schema(value_type = String, example = "cookie")]
    pub kind: Terminal,
    /// Whether another party than the site sets or reads it.
    pub third_party: bool,
    /// Service in `vendors` that sets or reads it, if the register names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub vendor: Option<String>,
}

/// Log that signs the cookie.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct BannerLog {
    /// Origin of the log.
    pub origin: String,
    /// Verifier key of the log.
    pub vkey: String,
}

/// A rendered document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    config_version: u64,
    /// JSON, uncompressed.
    pub bytes: Bytes,
    /// The JSON compressed with brotli.
    pub brotli: Bytes,
    tag: String,
}

impl Rendered {
    /// Compresses the JSON, which takes some milliseconds.
    fn of(config_version: u64, json: Vec<u8>) -> Self {
        let params = brotli::enc::BrotliEncoderParams {
            quality: BROTLI_QUALITY,
            lgwin: BROTLI_WINDOW,
            size_hint: json.len(),
            mode: brotli::enc::backward_references::BrotliEncoderMode::BROTLI_MODE_TEXT,
            ..Default::default()
        };
        let mut packed = Vec::new();
        brotli::BrotliCompress(&mut &json[..], &mut packed, &params)
            .expect("memory is read and written without failing");
        Self {
            config_version,
            tag: hex::encode(&Sha256::digest(&json)[..8]),
            bytes: json.into(),
            brotli: packed.into(),
        }
    }

    /// The entity tag of one encoding, with quotes (RFC 9110, 8.8.3.3).
    pub fn etag(&self, is_brotli: bool) -> String {
        let encoding = if is_brotli { "-br" } else { "" };
        format!("\"{}{encoding}\"", self.tag)
    }
}

/// The document for a page's request.
#[derive(Debug, Clone)]
pub struct Found {
    /// The rendered document.
    pub rendered: Arc<Rendered>,
    /// The site, whose pages may read the document.
    pub site: Site,
    /// Whether the result depends on the browser's preferences, because the page's preference did not decide the
    /// language.
    pub is_negotiated: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Slot {
    log: LogId,
    site: SiteId,
    language: String,
    variant: Variant,
}

/// Cache of rendered documents, each at its newest version.
#[derive(Debug, Default)]
pub struct Documents {
    kept: RwLock<HashMap<Slot, Arc<Rendered>>>,
    /// Locks: of concurrent requests for the same document, one makes it and the others wait.
    makers: [tokio::sync::Mutex<()>; MAKERS],
}

impl Documents {
    fn get(&self, slot: &Slot, config_version: u64) -> Option<Arc<Rendered>> {
        let kept = self
            .kept
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        kept.get(slot)
            .filter(|r| r.config_version == config_version)
            .cloned()
    }

    fn put(&self, slot: Slot, rendered: Arc<Rendered>) {
        let mut kept = self
            .kept
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if kept.len() >= DOCUMENTS_MAX && !kept.contains_key(&slot) {
            // Evicts an arbitrary entry; tracking use would cost more than it saves.
            let any = kept.keys().next().cloned();
            any.map(|any| kept.remove(&any));
        }
        let newer = kept
            .get(&slot)
            .is_some_and(|r| r.config_version > rendered.config_version);
        if !newer {
            kept.insert(slot, rendered);
        }
    }

    fn maker(&self, slot: &Slot) -> &tokio::sync::Mutex<()> {
        let mut hasher = DefaultHasher::new();
        slot.hash(&mut hasher);
        let number = hasher.finish() % MAKERS as u64;
        &self.makers[usize::try_from(number).expect("it is small")]
    }
}

/// The document for the holder of a publishable key. `accepted` lists the browser's languages, used if the notice has
/// none that the page requests.
pub async fn document(
    banners: &Banners,
    key: &str,
    wanted: &Wanted,
    accepted: &str,
) -> Result<Found, Problem> {
    let caller = Caller::by_page_key(&banners.tenants, key).await?;
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
    let own = register.language.as_str();
    let chosen = choose(&asked.notice.manifest, wanted, accepted, own);
    let (language, variant, is_negotiated) = chosen.ok_or(ProblemKind::NotFound)?;
    let slot = Slot {
        log: tenant.log.clone(),
        site,
        language: language.to_owned(),
        variant,
    };
    let found = |rendered| Found {
        rendered,
        site: shown_on.clone(),
        is_negotiated,
    };
    if let Some(kept) = banners.documents.get(&slot, tenant.config_version) {
        return Ok(found(kept));
    }
    let _maker = banners.documents.maker(&slot).lock().await;
    if let Some(made) = banners.documents.get(&slot, tenant.config_version) {
        return Ok(found(made));
    }
    let document = build(banners, &tenant, register, &asked, &slot, &shown_on).await?;
    let json = serde_json::to_vec(&document).map_err(|_| ProblemKind::Internal)?;
    let config_version = tenant.config_version;
    let rendered = tokio::task::spawn_blocking(move || Rendered::of(config_version, json)).await;
    let rendered = Arc::new(rendered.map_err(|_| ProblemKind::Internal)?);
    banners.documents.put(slot, rendered.clone());
    Ok(found(rendered))
}

/// The language and variant of a notice that match best: by the page's preference, the browser's, the register's
/// language, or the first one. The last value is true if the page's preference did not decide.
fn choose<'a>(
    manifest: &'a Manifest,
    wanted: &Wanted,
    accepted: &str,
    register_language: &str,
) -> Option<(&'a str, Variant, bool)> {
    let all: Vec<&str> = manifest.texts.keys().map(String::as_str).collect();
    let wished = words::best(&wanted.language, &all);
    let language = wished
        .or_else(|| words::best(accepted, &all))
        .or_else(|| words::best(register_language, &all))
        .or(all.first().copied())?;
    let variants = manifest.texts.get(language)?;
    let variant = [wanted.variant, Variant::Adult]
        .into_iter()
        .find(|variant| variants.contains_key(variant))
        .or_else(|| variants.keys().next().copied())?;
    Some((language, variant, wished.is_none()))
}

async fn build(
    banners: &Banners,
    tenant: &Tenant,
    register: &Register,
    asked: &Asked<'_>,
    slot: &Slot,
    shown_on: &Site,
) -> Result<BannerDocument, Problem> {
    let manifest = &asked.notice.manifest;
    let word = slot.variant.as_str();
    let text = banners
        .store
        .notice_text(&tenant.id, asked.hash, &slot.language, word)
        .await?
        .ok_or(ProblemKind::Internal)?;
    let words = words_for(&slot.language, slot.variant).ok_or(ProblemKind::Internal)?;
    let languages = manifest.texts.iter();
    let languages = languages.filter(|(_, variants)| variants.contains_key(&slot.variant));
    let of = |hash: &NoticeHash| tenant.notices.get(hash).map(|n| &n.manifest);
    let purpose = |p: &AskedPurpose<'_>| banner_purpose(register, p, manifest);
    let text: NoticeText = serde_json::from_str(&text).map_err(|_| ProblemKind::Internal)?;
    let cells = asked.purposes.iter();
    let cells: Vec<_> = cells.map(|p| (&p.purpose.id, &p.vendors[..])).collect();
    let quiet = quiet(&tenant.publications, &slot.site, asked.hash, &cells, of);
    let changes = changes(banners, tenant, asked, slot, &quiet, &text, words).await?;
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
        prior_notices_accepted: quiet,
        changes,
        cookie_domains: origin::cookie_domains(&shown_on.origins),
        text,
        words: &words.ui,
        log: BannerLog {
            origin: tenant.origin.clone(),
            vkey: tenant.vkey().to_owned(),
        },
    })
}

/// The changes since each earlier notice after which users must be asked again.
async fn changes(
    banners: &Banners,
    tenant: &Tenant,
    asked: &Asked<'_>,
    slot: &Slot,
    quiet: &[String],
    now: &NoticeText,
    words: &LanguageWords,
) -> Result<Vec<NoticeChanges>, Problem> {
    let publications = &tenant.publications;
    let ids: Vec<&PurposeId> = asked.purposes.iter().map(|p| &p.purpose.id).collect();
    let mut all = Vec::new();
    for hash in changes::earlier(publications, &slot.site, asked.hash, quiet) {
        let Some(since) = tenant.notices.get(hash) else {
            continue;
        };
        let before = earlier_text(banners, tenant, hash, slot).await?;
        let material = changes::material(publications, &slot.site, hash);
        let manifest = &since.manifest;
        all.push(NoticeChanges {
            since: notice8(hash).to_owned(),
            purposes: changes::between(manifest, before.as_ref(), now, &ids, &material, words),
        });
    }
    Ok(all)
}

/// An earlier notice's text in the language of this one, for the same audience or else for adults.
async fn earlier_text(
    banners: &Banners,
    tenant: &Tenant,
    hash: &NoticeHash,
    slot: &Slot,
) -> Result<Option<NoticeText>, Problem> {
    for variant in [slot.variant, Variant::Adult] {
        let word = variant.as_str();
        let text = banners
            .store
            .notice_text(&tenant.id, hash, &slot.language, word);
        if let Some(text) = text.await? {
            // An earlier release may have stored another form, which cannot be compared.
            return Ok(serde_json::from_str(&text).ok());
        }
    }
    Ok(None)
}

/// The banner's own texts for a notice's language: in that language, or else the nearest supported language, or else
/// English.
fn words_for(language: &str, variant: Variant) -> Option<&'static LanguageWords> {
    let tags: Vec<&str> = words::tags().collect();
    let tag = words::best(language, &tags).unwrap_or("en");
    words::variant(tag, variant).or_else(|| words::language(tag))
}

fn banner_purpose(
    register: &Register,
    asked: &AskedPurpose<'_>,
    manifest: &Manifest,
) -> BannerPurpose {
    let purpose = asked.purpose;
    let is_asked = |id: &String| asked.vendors.iter().any(|v| v.as_str() == id);
    let terminal = register.cookies_of(&purpose.id).map(|cookie| TerminalUse {
        name: cookie.name.clone(),
        kind: cookie.terminal,
        third_party: cookie.third_party,
        vendor: cookie.recipient.clone().filter(is_asked),
    });
    let vendors = asked.vendors.iter().filter_map(|id| {
        let recipient = register.recipient(id.as_str())?;
        Some(Vendor {
            id: recipient.id.clone(),
            name: recipient.name.clone(),
        })
    });
    BannerPurpose {
        id: purpose.id.clone(),
        category: register.category(&purpose.id),
        // Row 12 of the decision table.
        gpc: purpose.third_party_sharing
            || purpose.targeted_advertising
            || purpose.direct_marketing,
        own_statement: manifest.layout.own_statement.contains(&purpose.id),
        consent_mode: register.consent_mode(&purpose.id),
        reask_s: purpose.reask_after.days_min().saturating_mul(DAY_S),
        terminal: terminal.collect(),
        vendors: vendors.collect(),
    }
}
