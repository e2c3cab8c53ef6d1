//! A tenant as requests see it: an immutable snapshot of its keys, sites, register and notices. Any change replaces the
//! whole snapshot. State that lives as long as the log (hot state, head, frozen flag) is kept beside it.

mod cache;
mod campaigns;
mod load;
mod origins;
mod runtime;
mod secrets;
mod uses;

use std::collections::HashMap;
use std::sync::Arc;

use samtycke_core::campaign::{Campaign, Campaigns};
use samtycke_core::decide::{Customer, PurposeLookup};
use samtycke_core::id::{LogId, NoticeHash, PublicSiteId, PurposeId, ScopeValue, SiteId, TenantId};
use samtycke_core::live::TenantView;
use samtycke_core::log_keys::LogKeys;
use samtycke_core::notice::{Manifest, NoticeStanding, Publication};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::{AgeRule, Purpose, ScopeType};
use samtycke_core::register::Register;
use samtycke_core::retention::{Params, Term};
use samtycke_tlog::note::{NoteSigner, VerifierKey};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub use self::cache::Tenants;
pub use self::campaigns::CampaignVersion;
pub use self::runtime::LogRuntime;
pub use self::secrets::Secrets;
pub use self::uses::{KeyUses, day_of};
use crate::clock::UnixMs;
use crate::origin;
use crate::store::{StoreError, Stored};

/// The role of a key, which defines its permissions.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[schema(as = KeyRole)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// For a browser or app: reads notices, and reads and writes only its own subject. Bound to a site and its origins.
    Publishable,
    /// For the tenant's own servers: records and checks.
    Service,
    /// Drafts registers and notices.
    Editor,
    /// Publishes registers and notices.
    Publisher,
    /// For the data protection officer: history, erasure and everything else about a subject.
    Dpo,
    /// Reads proofs, by pseudonym only.
    Auditor,
    /// Manages keys and sites and reads metrics, but nothing about any subject.
    Operator,
}

impl Role {
    /// Every role.
    pub const ALL: [Self; 7] = [
        Self::Publishable,
        Self::Service,
        Self::Editor,
        Self::Publisher,
        Self::Dpo,
        Self::Auditor,
        Self::Operator,
    ];

    /// The role's word in the API and in keys.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Publishable => "publishable",
            Self::Service => "service",
            Self::Editor => "editor",
            Self::Publisher => "publisher",
            Self::Dpo => "dpo",
            Self::Auditor => "auditor",
            Self::Operator => "operator",
        }
    }
}

impl std::str::FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or(())
    }
}

/// A live key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiKey {
    /// Public name of the key, as the log records it.
    pub key_id: String,
    /// Role of the key.
    pub role: Role,
    /// The site a publishable key belongs to.
    pub site: Option<SiteId>,
    /// From when it opens nothing, if it ends by itself.
    pub expires_at: Option<UnixMs>,
}

impl ApiKey {
    /// Whether the key has ended by itself. Snapshots keep it, so the clock decides and no cache outlives it.
    pub fn has_expired(&self, now: UnixMs) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }
}

/// A live site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site {
    /// Its name.
    pub site: SiteId,
    /// Origins from which its publishable keys may be used; a test tenant's may be patterns. Empty for an app that
    /// sends none.
    pub origins: Vec<String>,
}

impl Site {
    /// Whether its publishable keys may be used from this origin.
    pub fn allows(&self, origin: &str) -> bool {
        let mut origins = self.origins.iter();
        origins.any(|registered| origin::covers(registered, origin))
    }
}

/// The register in force.
#[derive(Debug)]
pub struct LiveRegister {
    /// Version of the register.
    pub version: u64,
    /// Content hash; hex.
    pub hash: String,
    /// The parsed register.
    pub register: Register,
    /// Parsed retention rules of the purposes.
    pub terms: HashMap<PurposeId, Vec<Term>>,
}

impl LiveRegister {
    /// How long data for a purpose may be kept, with the lengths that the controller has set.
    pub fn retention(&self, purpose: &PurposeId) -> Option<(&[Term], &Params)> {
        let terms = self.terms.get(purpose)?;
        Some((terms, &self.register.params))
    }

    /// Parses the stored text of a register version.
    pub fn read(version: u64, body: &str) -> Stored<Self> {
        let register = Register::parse(body)
            .map_err(|_| StoreError::Contradiction("a stored register cannot be read".into()))?;
        let terms = register
            .purposes
            .iter()
            .map(|p| (p.id.clone(), Term::all_of(p)))
            .collect();
        Ok(Self {
            version,
            hash: register.hash().to_string(),
            register,
            terms,
        })
    }
}

/// A published notice, current or earlier.
#[derive(Debug)]
pub struct LiveNotice {
    /// Site that shows it.
    pub site: SiteId,
    /// Version of the notice.
    pub version: u64,
    /// The parsed manifest.
    pub manifest: Manifest,
    /// The manifest's exact bytes.
    pub bytes: String,
    /// Version of the register that it was stored for; 0 if that is not known.
    pub register: u64,
}

/// A tenant at one configuration version.
#[derive(Debug, Clone)]
pub struct Tenant {
    /// Short name of the tenant.
    pub id: TenantId,
    /// Id of the tenant's log.
    pub log: LogId,
    /// Origin of the log.
    pub origin: String,
    /// The closed logs that it succeeded, the first one first. Empty for almost every tenant.
    pub closed_logs: Vec<LogId>,
    /// Origin of the tenant's first log, which public ids of sites are made of: they stand in pages.
    pub first_origin: String,
    /// The keys that sign the log, and those that did.
    pub log_keys: LogKeys,
    /// Signs consent cookies; `None` if this server's keyring lacks the key.
    pub cookie_signer: Option<Arc<NoteSigner>>,
    /// Where the log succeeded one that lost entries, and no two operators have accepted that: how many. A forgotten
    /// withdrawal may be among them.
    pub unaccepted_loss: Option<u64>,
    /// Name of the controller.
    pub controller: String,
    /// Version of everything in this snapshot.
    pub config_version: u64,
    /// Live keys, by the SHA-256 of the key.
    pub keys: HashMap<[u8; 32], ApiKey>,
    /// Live sites.
    pub sites: HashMap<SiteId, Site>,
    /// The register in force.
    pub register: Option<Arc<LiveRegister>>,
    /// Every published notice.
    pub notices: Arc<HashMap<NoticeHash, LiveNotice>>,
    /// Publications of the register and of notices, oldest first.
    pub publications: Vec<Publication>,
    /// The campaigns in force, by name.
    pub campaigns: Arc<Campaigns>,
    /// Every publication of a campaign, oldest first.
    pub campaign_versions: Arc<Vec<CampaignVersion>>,
    /// Keys derived for the tenant.
    pub secrets: Arc<Secrets>,
    /// State that lives as long as the log.
    pub runtime: Arc<LogRuntime>,
}

/// Suffix of a test tenant's id.
const TEST_SUFFIX: &str = "-test";
/// Path before the log's id in an origin.
const LOGS: &str = "/logs/";
/// The same path for test tenants.
const TEST_LOGS: &str = "/test-logs/";

/// The origin of a new log of this tenant. A test tenant's origin says so permanently, and with it every checkpoint,
/// proof and cookie of the log, so that none of them can pass for a real record.
pub fn log_origin(host: &str, tenant: &TenantId, log: &LogId) -> String {
    let folder = if tenant.as_str().ends_with(TEST_SUFFIX) {
        TEST_LOGS
    } else {
        LOGS
    };
    format!("{host}{folder}{log}")
}

impl Tenant {
    /// Whether this is a test tenant, whose records concern no real person: automated clients may use its banners, and
    /// its sites may have patterns as origins. The origin fixes this when the log is opened.
    pub fn is_test(&self) -> bool {
        self.origin
            .strip_suffix(self.log.as_str())
            .is_some_and(|before| before.ends_with(TEST_LOGS))
    }

    /// The public id of a site.
    pub fn public_id(&self, site: &SiteId) -> PublicSiteId {
        PublicSiteId::of(&self.first_origin, site)
    }

    /// Whether the tenant offers a preventive service to children. Its public log then moves at most every ten minutes
    /// (decisions.md 5), so that an observer cannot see it grow while a child answers.
    pub fn is_preventive(&self) -> bool {
        self.register.as_ref().is_some_and(|r| {
            r.register
                .purposes
                .iter()
                .any(|p| p.age_rule == AgeRule::IssPreventive)
        })
    }

    /// The verifier key that every checkpoint of the log has had longest: what policies in use know, and what signs consent
    /// cookies.
    pub fn vkey(&self) -> &str {
        let oldest = self.log_keys.live().next();
        oldest.map_or("", |key| &key.vkey)
    }

    /// The keys that sign the log now, oldest first.
    pub fn verifiers(&self) -> Vec<VerifierKey> {
        let keys = self.log_keys.live();
        keys.filter_map(|key| VerifierKey::parse(&key.vkey).ok())
            .collect()
    }

    /// The tenant's logs, the first one first and the one that is written last.
    pub fn logs(&self) -> impl DoubleEndedIterator<Item = &LogId> {
        self.closed_logs.iter().chain(std::iter::once(&self.log))
    }

    /// Whether no check may rest on what is recorded now: the log is frozen, or nobody has accepted what it lost.
    pub fn denies_all(&self) -> bool {
        self.runtime.is_frozen() || self.unaccepted_loss.is_some()
    }

    /// Error: the log is frozen. A write to a database that was rolled back could be lost again.
    pub fn ensure_writable(&self) -> Result<(), Problem> {
        if self.runtime.is_frozen() {
            Err(ProblemKind::Recovering.into())
        } else {
            Ok(())
        }
    }

    /// Whether a notice was published on a site, now or earlier.
    pub fn has_shown(&self, notice: &NoticeHash, site: &SiteId) -> bool {
        self.publications
            .iter()
            .any(|p| p.hash == *notice && p.site.as_ref() == Some(site))
    }

    /// The hash of the site's current notice.
    pub fn current_notice(&self, site: &SiteId) -> Option<&NoticeHash> {
        let publication = self
            .publications
            .iter()
            .rev()
            .find(|p| p.site.as_ref() == Some(site))?;
        Some(&publication.hash)
    }
}

impl PurposeLookup for Tenant {
    fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.register.as_ref()?.register.purpose(id)
    }

    fn notice_standing(
        &self,
        purpose: &PurposeId,
        notice: &NoticeHash,
        given_at: UnixMs,
    ) -> NoticeStanding {
        // A publication and the events around it take their times from one monotonic clock.
        let known = self.publications.partition_point(|p| p.at <= given_at);
        samtycke_core::notice::standing(&self.publications, known, notice, purpose)
    }

    fn retention(&self, purpose: &PurposeId) -> Option<(&[Term], &Params)> {
        self.register.as_ref()?.retention(purpose)
    }

    fn campaign(&self, id: &ScopeValue) -> Option<&Campaign> {
        self.campaigns.get(id)
    }

    fn campaign_end_since(&self, id: &ScopeValue, since: UnixMs) -> Option<UnixMs> {
        self.campaigns.end_since(id, since)
    }

    fn had_scope_type(&self, purpose: &PurposeId, scope: ScopeType) -> bool {
        let names = |n: &LiveNotice| n.manifest.names_under(purpose, scope);
        self.notices.values().any(names)
    }

    fn customer(&self, id: &ScopeValue) -> Option<Customer<'_>> {
        self.register.as_ref()?.register.customer(id)
    }
}

impl TenantView for Tenant {
    fn manifest(&self, notice: &NoticeHash) -> Option<&Manifest> {
        let published = self.publications.iter().any(|p| p.hash == *notice);
        let known = self.notices.get(notice).filter(|_| published);
        known.map(|notice| &notice.manifest)
    }

    fn has_asked(&self, purpose: &PurposeId) -> bool {
        let names = |n: &LiveNotice| n.manifest.names(purpose);
        self.notices.values().any(names)
    }

    fn dnt_counts(&self) -> bool {
        self.register.as_ref().is_some_and(|r| r.register.dnt)
    }
}
