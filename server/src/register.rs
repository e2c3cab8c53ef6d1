//! Registers and notices: drafts, publication, and their state at a past time.

mod history;
mod invalidation;
mod outdated;
mod proposal;
mod publication;
mod request;
pub mod routes;

use std::collections::BTreeMap;
use std::sync::Arc;

use samtycke_core::id::{NoticeHash, PurposeId, SiteId};
use samtycke_core::notice::{About, ChangeClass, Draft, Manifest, NoticeText};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::Purpose;
use samtycke_core::register::{Register, RegisterErrors};
use samtycke_core::state::Cell;
use samtycke_log::append::Appender;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::history::{History, Then};
pub use self::invalidation::{InvalidateRequest, Invalidated};
pub use self::proposal::{Proposed, confirm, propose};
pub use self::publication::{Publishing, publish, publish_notice, publish_with};
pub use self::request::NoticeRequest;
use crate::clock::Environment;
use crate::log::Ledger;
use crate::store::control::{NoticeTextRow, RegisterRow};
use crate::store::{Store, Stored};
use crate::tenant::{LiveRegister, Tenant, Tenants};

/// Dependencies of the register and notice routes.
#[derive(Debug)]
pub struct Registers {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Appends publications to the logs.
    pub appender: Arc<Appender<Ledger>>,
    /// Clock and random source.
    pub environment: Environment,
}

/// A stored draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct DraftResponse {
    /// Version of the draft.
    pub version: u64,
    /// Content hash of the draft.
    pub hash: String,
    /// Number of purposes.
    pub purposes: usize,
    /// Purposes that would deny every check once published, with the codes of their errors.
    pub incomplete: BTreeMap<String, Vec<String>>,
    /// Lint output, as `samtycke register lint` prints it.
    pub lint: String,
    /// Differences from the live register, as `samtycke register diff` prints them.
    pub diff: Option<String>,
    /// Number of live consents that the new version would make stale, so that the site must ask again.
    pub stale_consents: u64,
}

/// A publication.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublishedResponse {
    /// Content hash of the register or notice.
    pub hash: String,
    /// Version of the register, or of the site's notice.
    pub version: u64,
    /// Log index of the publication.
    pub index: u64,
    /// Hash of the leaf; hex.
    pub leaf_hash: String,
    /// Change class per purpose.
    pub classes: BTreeMap<PurposeId, ChangeClass>,
    /// The notices that were published right after a register, as the request asked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<PublishedNotice>,
}

/// A notice that was published with a register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct PublishedNotice {
    /// Content address of the notice.
    pub hash: String,
    /// Version of the notice on its site.
    pub version: u64,
    /// Log index of the publication.
    pub index: u64,
    /// Hash of the leaf; hex.
    pub leaf_hash: String,
}

/// A stored notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct NoticeResponse {
    /// Content address of the notice.
    pub hash: NoticeHash,
    /// Version of the notice on its site.
    pub version: u64,
    /// Purposes that the notice asks about.
    pub purposes: Vec<PurposeId>,
}

/// The text of a register's file. Error: the number of the line that is not UTF-8.
pub fn text(file: Vec<u8>) -> Result<String, Problem> {
    Register::text_of(file).map_err(|errors| invalid(&errors))
}

/// Parses a register. Error: every fault with its line.
pub fn parse(text: &str) -> Result<Register, Problem> {
    Register::parse(text).map_err(|errors| invalid(&errors))
}

fn invalid(errors: &RegisterErrors) -> Problem {
    let mut problem = Problem::new(ProblemKind::RegisterInvalid);
    for error in errors.0.iter().take(50) {
        problem = problem.field(format!("line {}", error.line), error.message.clone());
    }
    problem
}

/// Stores a register as the draft; it does not publish it.
pub async fn draft(
    registers: &Registers,
    tenant: &Tenant,
    text: &str,
) -> Result<DraftResponse, Problem> {
    tenant.ensure_writable()?;
    let register = parse(text)?;
    if register.tenant != tenant.id {
        return Err(Problem::new(ProblemKind::RegisterInvalid).field(
            "register.id",
            format!("must be this tenant's: {}", tenant.id),
        ));
    }
    let hash = register.hash().to_string();
    let now = registers.environment.clock.now();
    let mut tx = registers.store.begin().await?;
    let version = tx.insert_register(&tenant.id, &hash, text, now).await?;
    tx.commit().await?;
    let diff = tenant
        .register
        .as_ref()
        .map(|live| samtycke_core::register::diff(&live.register, &register));
    let stale = diff
        .as_ref()
        .map(samtycke_core::register::Diff::must_ask_again)
        .unwrap_or_default();
    let of_stale = |cell: &Cell| stale.contains(&cell.purpose);
    let stale_consents = match stale.as_slice() {
        [] => 0,
        _ => live_consents(registers, tenant, of_stale).await?,
    };
    Ok(DraftResponse {
        version,
        hash,
        purposes: register.purposes.len(),
        incomplete: register
            .incomplete()
            .map(|(id, codes)| (id.to_string(), codes.to_vec()))
            .collect(),
        lint: register.lint_report(&format!("{}.toml", tenant.id)),
        diff: diff.map(|diff| diff.to_string()),
        stale_consents,
    })
}

/// States read at a time for the count; 1 000 rows of some 300 bytes.
const COUNT_PAGE: u32 = 1_000;

/// The number of live consents that the filter takes.
async fn live_consents(
    registers: &Registers,
    tenant: &Tenant,
    concerns: impl Fn(&Cell) -> bool,
) -> Stored<u64> {
    let (mut count, mut after) = (0, String::new());
    loop {
        let rows = registers
            .store
            .subjects_after(&tenant.log, &after, COUNT_PAGE)
            .await?;
        let Some(last) = rows.last() else {
            return Ok(count);
        };
        last.subject.as_str().clone_into(&mut after);
        for row in &rows {
            let live = row
                .state
                .cells
                .iter()
                .filter(|cell| cell.state.is_granted() && concerns(cell));
            count += u64::try_from(live.count()).unwrap_or(u64::MAX);
        }
    }
}

/// Stores a notice. Clients cannot cite it before it is published.
pub async fn add_notice(
    registers: &Registers,
    tenant: &Tenant,
    request: NoticeRequest,
) -> Result<NoticeResponse, Problem> {
    tenant.ensure_writable()?;
    let register = register_of(registers, tenant, request.register_version).await?;
    let register_version = register.version;
    let register = &register.register;
    if !tenant.sites.contains_key(&request.site) {
        return Err(Problem::new(ProblemKind::NoticeInvalid)
            .field("/site", "must be a site of this tenant"));
    }
    let site = request.site.clone();
    let may_ask_nothing = request.about == Some(About::Terminal);
    let Draft { manifest, texts } = request.into_draft(register)?;
    check_notice(tenant, register, &site, &manifest, &texts)?;
    if !may_ask_nothing {
        check_asks(register, &manifest)?;
    }
    let bytes = manifest.canonical_bytes();
    let hash = NoticeHash::of(&bytes);
    let bytes = String::from_utf8(bytes).expect("canonical JSON is UTF-8");
    let rows: Vec<NoticeTextRow> = texts.iter().map(text_row).collect();
    let now = registers.environment.clock.now();
    let mut tx = registers.store.begin().await?;
    let version = tx
        .insert_notice(&tenant.id, &hash, &site, &bytes, &rows, now)
        .await?;
    tx.set_notice_register(&tenant.id, &hash, register_version)
        .await?;
    tx.commit().await?;
    registers.tenants.reload(tenant).await?;
    Ok(NoticeResponse {
        hash,
        version,
        purposes: manifest.purposes.into_iter().map(|p| p.id).collect(),
    })
}

/// The register that a notice is for: the live one, or a version that the notice is to be published with.
async fn register_of(
    registers: &Registers,
    tenant: &Tenant,
    version: Option<u64>,
) -> Result<Arc<LiveRegister>, Problem> {
    let Some(version) = version else {
        return tenant.register.clone().ok_or_else(|| {
            Problem::new(ProblemKind::NoticeInvalid)
                .detail("publish a register first: a notice asks about its purposes")
        });
    };
    let row = stored(&registers.store, tenant, version).await?;
    let row = row.ok_or_else(|| {
        Problem::new(ProblemKind::DraftMissing)
            .field("/register_version", "must be a version that was drafted")
    })?;
    Ok(Arc::new(LiveRegister::read(version, &row.body)?))
}

fn text_row(text: &NoticeText) -> NoticeTextRow {
    NoticeTextRow {
        language: text.language.to_string(),
        variant: text.variant.as_str().into(),
        body: String::from_utf8(text.canonical_bytes()).expect("canonical JSON is UTF-8"),
    }
}

/// Checks that the manifest belongs to this tenant and site, names exactly the submitted texts, and asks only about
/// purposes of the register.
fn check_notice(
    tenant: &Tenant,
    register: &Register,
    site: &SiteId,
    manifest: &Manifest,
    texts: &[NoticeText],
) -> Result<(), Problem> {
    let bad = |field: String, message: &'static str| {
        Err(Problem::new(ProblemKind::NoticeInvalid).field(field, message))
    };
    if manifest.tenant != tenant.id || manifest.site != *site {
        return bad("/manifest".into(), "must name this tenant and site");
    }
    check_agrees(register, manifest)?;
    let named: usize = manifest.texts.values().map(BTreeMap::len).sum();
    if named != texts.len() || texts.is_empty() {
        return bad(
            "/texts".into(),
            "must be exactly the texts that the manifest names, and at least one",
        );
    }
    for (i, text) in texts.iter().enumerate() {
        let hash = manifest
            .texts
            .get(text.language.as_str())
            .and_then(|v| v.get(&text.variant));
        if hash != Some(&text.hash()) {
            return bad(
                format!("/texts/{i}"),
                "must have the hash that the manifest names for its language and variant",
            );
        }
    }
    Ok(())
}

/// Checks that a notice asks and tells what the register says.
pub(super) fn check_agrees(register: &Register, manifest: &Manifest) -> Result<(), Problem> {
    let bad = |field: String, message: &'static str| {
        Err(Problem::new(ProblemKind::NoticeInvalid).field(field, message))
    };
    for (i, asked) in manifest.purposes.iter().enumerate() {
        let Some(purpose) = register.purpose(&asked.id) else {
            return bad(
                format!("/manifest/purposes/{i}/id"),
                "must be a purpose of the register",
            );
        };
        if purpose.check_mode != asked.check_mode || purpose.scope_type != asked.scope_type {
            return bad(
                format!("/manifest/purposes/{i}"),
                "must agree with the register",
            );
        }
        if !asked.vendors.iter().all(|v| purpose.vendors.contains(v)) {
            return bad(
                format!("/manifest/purposes/{i}/vendors"),
                "must be services of the purpose in the register",
            );
        }
    }
    for (i, told) in manifest.told.iter().enumerate() {
        if register.purpose(told).is_none() {
            return bad(
                format!("/manifest/told/{i}"),
                "must be a purpose of the register",
            );
        }
        if manifest.asked(told).is_some() || manifest.told[..i].contains(told) {
            return bad(
                format!("/manifest/told/{i}"),
                "must stand once, and not among the purposes that are asked",
            );
        }
    }
    Ok(())
}

/// Checks that a manifest without questions is allowed. A controller that asks for no consent still has to inform (GDPR
/// Art. 13), so its notice asks about nothing. The same holds for a notice about strictly necessary terminal use.
fn check_asks(register: &Register, manifest: &Manifest) -> Result<(), Problem> {
    let asks = |p: &Purpose| p.asks_consent() && p.incomplete.is_empty() && !p.retired;
    if manifest.purposes.is_empty() && register.purposes.iter().any(asks) {
        return Err(Problem::new(ProblemKind::NoticeInvalid)
            .field("/manifest/purposes", "must ask about at least one purpose"));
    }
    Ok(())
}

async fn stored(
    store: &Store,
    tenant: &Tenant,
    version: u64,
) -> Result<Option<RegisterRow>, Problem> {
    store
        .register_version(&tenant.id, version)
        .await
        .map_err(Problem::from)
}
