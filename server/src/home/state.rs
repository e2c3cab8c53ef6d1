//! Contents of the page at `/`: public facts about tenants, purposes and logs. The page shows tenants only if the
//! setting `public_overview` allows it.
//!
//! Sizes and growth come from the published checkpoint, never from the live head. Purposes of a preventive service for
//! children are not counted, so that an observer who reloads the page cannot see that a child answers.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, OnceLock};

use samtycke_core::event::opening::hour_of;
use samtycke_core::id::LogId;
use samtycke_core::notice::{Publication, PublicationKind};
use samtycke_core::public_leaf::PublicRecord;
use samtycke_core::purpose::{AgeRule, CheckMode, LegalBasis, Purpose, SpecialCategory};
use samtycke_core::register::PurposeText;
use samtycke_log::append::Appender;
use samtycke_log::publish::Publisher;
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::note::Note;

use crate::admin::KeyWatch;
use crate::clock::{Environment, UnixMs};
use crate::config::{Config, Database};
use crate::consent::AnonymousQuota;
use crate::home;
use crate::http::limit::RateLimits;
use crate::log::Ledger;
use crate::metrics::Metrics;
use crate::prompt::SERVED;
use crate::store::log::PublicationRow;
use crate::store::{Store, Stored};
use crate::tenant::{Tenant, Tenants};

const HOUR_MS: i64 = 3_600_000;
/// Hours of growth shown.
const HOURS: i64 = 24;
/// Publications shown per controller.
const PUBLICATIONS_MAX: u32 = 6;
/// After this long, milliseconds, no server signs a checkpoint of an hour that is over: a publication takes seconds.
const SETTLED_MS: i64 = 60_000;

/// Sizes of the logs at the end of each hour that is over.
pub type HourlySizes = Mutex<HashMap<(LogId, UnixMs), u64>>;

/// The examples of a demo.
#[derive(Debug, Clone)]
pub struct Example {
    /// Commands that contain real keys.
    pub commands: home::Commands,
    /// Addresses of the tenants' websites.
    pub sites: BTreeMap<String, String>,
    /// The people whose day can be followed.
    pub people: Vec<home::Person>,
}

/// Dependencies of the front page, health and metrics.
#[derive(Debug)]
pub struct Home {
    /// The server's settings.
    pub config: Arc<Config>,
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Provides the logs' verifier keys, and knows which logs cannot be published.
    pub publisher: Arc<Publisher<Tenants>>,
    /// Knows whether the database can be written, and how long its queues are.
    pub appender: Arc<Appender<Ledger>>,
    /// Knows whether a proxy was ignored.
    pub limits: RateLimits,
    /// Metrics of this server.
    pub metrics: Arc<Metrics>,
    /// Logs that the log anchor holds and the database did not know at the start.
    pub unknown_logs: usize,
    /// Which sites have reached their quota of anonymous grants.
    pub quota: Arc<AnonymousQuota>,
    /// Knows how many keys end soon.
    pub key_watch: Arc<KeyWatch>,
    /// Clock and random source.
    pub environment: Environment,
    /// What the page has read of hours that are over.
    pub hourly_sizes: HourlySizes,
    /// A demo sets it before it serves.
    pub example: OnceLock<Example>,
}

impl Home {
    /// Sets the examples of a demo. A second call has no effect.
    pub fn set_example(&self, example: Example) {
        let _ = self.example.set(example);
    }

    /// The examples of a demo; `None` on other servers.
    pub fn example(&self) -> Option<&Example> {
        self.example.get()
    }

    /// Whether the log anchor is on the database's device. A device failure would then destroy both.
    pub fn anchor_same_device(&self) -> bool {
        use std::os::unix::fs::MetadataExt as _;
        let Database::Sqlite(db) = &self.config.database else {
            return false;
        };
        let device = |path: &std::path::Path| std::fs::metadata(path).map(|m| m.dev()).ok();
        device(db) == device(&self.config.anchor_dir)
    }

    /// Whether every check denies because PostgreSQL is on another timeline.
    pub fn is_timeline_unverified(&self) -> bool {
        let watch = self.store.timeline();
        watch.is_some_and(|watch| watch.is_unverified())
    }
}

/// Builds the page's view at the current time.
pub async fn view(state: &Home, lang: home::Lang) -> Stored<home::HomeView> {
    let now = state.environment.clock.now();
    let shows_tenants = state.config.public_overview;
    let mut controllers = Vec::new();
    if shows_tenants {
        for tenant in state.tenants.all() {
            controllers.push(controller(state, &tenant, now).await?);
        }
    }
    Ok(home::HomeView {
        lang,
        shows_tenants,
        service: "samtycke".into(),
        version: env!("CARGO_PKG_VERSION").into(),
        rendered_at: now,
        controllers,
        people: state
            .example()
            .map(|example| example.people.clone())
            .unwrap_or_default(),
        commands: commands(state),
        links: links(state, lang),
    })
}

fn links(state: &Home, lang: home::Lang) -> Vec<home::Link> {
    let preview = state.example().map(|_| home::Link {
        href: format!("/preview?lang={}", lang.as_str()),
        text_sv: "Samtyckesfrågan i alla lägen".into(),
        text_en: "Every state of the banner".into(),
    });
    let description = home::Link {
        href: "/openapi.json".into(),
        text_sv: "API-beskrivning (OpenAPI 3.1)".into(),
        text_en: "API description (OpenAPI 3.1)".into(),
    };
    let docs = home::Link {
        href: "/docs".into(),
        text_sv: "Dokumentation av API:et".into(),
        text_en: "Documentation of the API".into(),
    };
    preview.into_iter().chain([docs, description]).collect()
}

async fn controller(state: &Home, tenant: &Arc<Tenant>, now: UnixMs) -> Stored<home::Controller> {
    let site = tenant.sites.keys().min().cloned();
    let counts = counts(state, tenant, now).await?;
    let purposes = match &tenant.register {
        None => Vec::new(),
        Some(live) => live
            .register
            .entries()
            .map(|(p, text)| purpose(p, text, &counts))
            .collect(),
    };
    let notice = site.as_ref().and_then(|site| tenant.current_notice(site));
    Ok(home::Controller {
        tenant: tenant.id.to_string(),
        name: tenant.controller.clone(),
        site: site.map(|site| site.to_string()).unwrap_or_default(),
        visit: state
            .example()
            .and_then(|example| example.sites.get(tenant.id.as_str()).cloned()),
        register_version: tenant
            .register
            .as_ref()
            .map_or(0, |live| signed(live.version)),
        register_hash: tenant
            .register
            .as_ref()
            .map(|live| live.hash.clone())
            .unwrap_or_default(),
        notice_hash: notice.map(ToString::to_string),
        purposes,
        served: served(state, tenant, now).await?,
        quota_reached: state
            .quota
            .alarming(&tenant.log, now)
            .iter()
            .map(ToString::to_string)
            .collect(),
        log: log(state, tenant, now).await?,
        publications: publications(state, tenant).await?,
    })
}

/// Notices shown today. For a support service for children the page does not say it, so that nobody sees a child there.
async fn served(state: &Home, tenant: &Tenant, now: UnixMs) -> Stored<Option<i64>> {
    if tenant.is_preventive() {
        return Ok(None);
    }
    let since = hour_of(now) - HOURS + 1;
    let rows = state.store.tallies(&tenant.log, since).await?;
    let served = rows.iter().filter(|row| row.choice == SERVED);
    Ok(Some(signed(served.map(|row| row.count).sum())))
}

type Counts = HashMap<(String, String), u64>;

async fn counts(state: &Home, tenant: &Tenant, now: UnixMs) -> Stored<Counts> {
    let since = hour_of(now) - HOURS + 1;
    let rows = state.store.decision_counts(&tenant.log, since).await?;
    Ok(rows
        .into_iter()
        .map(|(purpose, decision, count)| ((purpose, decision), count))
        .collect())
}

fn purpose(purpose: &Purpose, text: &PurposeText, counts: &Counts) -> home::Purpose {
    let (basis_sv, basis_en) = basis(&purpose.legal_basis);
    home::Purpose {
        id: purpose.id.to_string(),
        title_sv: purpose.title_sv.clone(),
        title_en: purpose.title_en.clone(),
        basis_sv,
        basis_en,
        check_mode: purpose.check_mode.as_str().into(),
        state: state(purpose),
        special: match purpose.special_category {
            SpecialCategory::No => home::Special::No,
            SpecialCategory::Unknown => home::Special::Unknown,
            SpecialCategory::Possible => home::Special::Possible,
            SpecialCategory::Yes => home::Special::Yes,
        },
        lacks_art9_ground: purpose.lacks_art9_ground(),
        asks_age: matches!(purpose.age_rule, AgeRule::Iss | AgeRule::Maturity),
        depends_on: purpose.depends_on.iter().map(ToString::to_string).collect(),
        retention_sv: text.retention_sv.clone(),
        today: today(purpose, counts),
    }
}

fn state(purpose: &Purpose) -> home::State {
    if purpose.check_mode == CheckMode::Processor {
        return home::State::Processor {
            pointer: purpose.controller_pointer.clone().unwrap_or_default(),
        };
    }
    if purpose.retired {
        return home::State::Retired;
    }
    if !purpose.incomplete.is_empty() {
        return home::State::Incomplete {
            why: purpose.incomplete.clone(),
        };
    }
    if !purpose.parts.is_empty() {
        let parts: Vec<String> = purpose.parts.iter().map(ToString::to_string).collect();
        let why = format!("{}: {}", home::PARTS, parts.join(", "));
        return home::State::Incomplete { why: vec![why] };
    }
    home::State::TenantView
}

fn today(purpose: &Purpose, counts: &Counts) -> home::Today {
    if purpose.age_rule == AgeRule::IssPreventive {
        return home::Today::Withheld;
    }
    if !purpose.asks_consent() && !purpose.check_mode.takes_objection() {
        return home::Today::NotAsked;
    }
    let count = |decisions: &[&str]| {
        let of = |decision: &&str| counts.get(&(purpose.id.to_string(), (*decision).to_owned()));
        signed(decisions.iter().filter_map(of).sum())
    };
    home::Today::Counts {
        given: count(&["given", "renewed"]),
        refused: count(&["refused"]),
        withdrawn: count(&["withdrawn", "objected"]),
    }
}

fn basis(bases: &[LegalBasis]) -> (String, String) {
    let word = |basis: &LegalBasis| match basis {
        LegalBasis::Consent => Some(("samtycke", "consent")),
        LegalBasis::Contract => Some(("avtal", "contract")),
        LegalBasis::LegalObligation => Some(("rättslig förpliktelse", "legal obligation")),
        LegalBasis::VitalInterests => Some(("grundläggande intressen", "vital interests")),
        LegalBasis::PublicTask => Some(("allmänt intresse", "public task")),
        LegalBasis::LegitimateInterest => Some(("intresseavvägning", "legitimate interest")),
        LegalBasis::NotStated => None,
    };
    let words: Vec<_> = bases.iter().filter_map(word).collect();
    let join = |pick: fn(&(&'static str, &'static str)) -> &'static str| {
        words.iter().map(pick).collect::<Vec<_>>().join(" + ")
    };
    (join(|w| w.0), join(|w| w.1))
}

async fn log(state: &Home, tenant: &Tenant, now: UnixMs) -> Stored<home::Log> {
    let (size, at) = state
        .store
        .published(&tenant.log)
        .await?
        .unwrap_or((0, now));
    let note = state.store.checkpoint_at_most(&tenant.log, size).await?;
    let root = note
        .and_then(|(_, note)| Note::parse(&note).ok())
        .and_then(|note| Checkpoint::parse(note.text()).ok())
        .map(|checkpoint| hex::encode(checkpoint.root()));
    Ok(home::Log {
        id: tenant.log.to_string(),
        origin: tenant.origin.clone(),
        size: signed(size),
        root: root.unwrap_or_default(),
        checkpoint_at: at,
        vkeys: tenant.log_keys.live().map(|key| key.vkey.clone()).collect(),
        growth: growth(state, tenant, size, now).await?,
    })
}

/// Leaves per hour up to the published size, from the last checkpoint of each hour.
async fn growth(
    state: &Home,
    tenant: &Tenant,
    published: u64,
    now: UnixMs,
) -> Stored<Vec<home::Hour>> {
    let first = (hour_of(now) - HOURS + 1) * HOUR_MS;
    let mut before = size_before(state, tenant, first, now).await?;
    let mut hours = Vec::new();
    for hour in 0..HOURS {
        let starts_at = first + hour * HOUR_MS;
        let after = size_before(state, tenant, starts_at + HOUR_MS, now).await?;
        let leaves = after.min(published).saturating_sub(before.min(published));
        hours.push(home::Hour {
            starts_at,
            leaves: signed(leaves),
        });
        before = after;
    }
    Ok(hours)
}

/// The size at the end of an hour. An hour that is over has its size for good, so it is read once.
async fn size_before(state: &Home, tenant: &Tenant, end: UnixMs, now: UnixMs) -> Stored<u64> {
    let known = || {
        let sizes = state.hourly_sizes.lock();
        sizes.unwrap_or_else(std::sync::PoisonError::into_inner)
    };
    let key = (tenant.log.clone(), end);
    if let Some(size) = known().get(&key).copied() {
        return Ok(size);
    }
    let size = state.store.size_before(&tenant.log, end).await?;
    if end < now - SETTLED_MS {
        let oldest = (hour_of(now) - HOURS + 1) * HOUR_MS;
        let mut known = known();
        known.retain(|(_, end), _| *end >= oldest);
        known.insert(key, size);
    }
    Ok(size)
}

/// The latest publications in the published tree, newest first.
async fn publications(state: &Home, tenant: &Tenant) -> Stored<Vec<home::Publication>> {
    let (size, _) = state
        .store
        .published(&tenant.log)
        .await?
        .unwrap_or_default();
    let rows = state
        .store
        .latest_publications(&tenant.log, size, PUBLICATIONS_MAX)
        .await?;
    let read = |row: &PublicationRow| {
        let record = PublicRecord::read(row.body.as_bytes()).ok()?;
        let publication = record.publication()?;
        Some(shown(&publication, row.idx))
    };
    Ok(rows.iter().filter_map(read).collect())
}

fn shown(publication: &Publication, index: u64) -> home::Publication {
    home::Publication {
        at: publication.at,
        kind: match publication.kind {
            PublicationKind::Notice => home::PublicationKind::Notice,
            PublicationKind::Register => home::PublicationKind::Register,
            PublicationKind::Invalidation => home::PublicationKind::Invalidation,
        },
        version: i64::from(publication.version),
        hash: publication.hash.to_string(),
        index: signed(index),
        change: publication
            .classes
            .values()
            .max()
            .map_or_else(String::new, |c| c.as_str().into()),
    }
}

/// The three example commands. A demo fills in a real key; otherwise they say where to get one.
fn commands(state: &Home) -> home::Commands {
    let example = state.example().map(|example| example.commands.clone());
    example.unwrap_or_else(|| {
        let url = &state.config.public_url;
        home::Commands {
            record: format!("curl {url}/v1/consents -H \"Authorization: Bearer $SERVICE_KEY\" --json @consent.json"),
            check: format!("curl {url}/v1/check -H \"Authorization: Bearer $SERVICE_KEY\" --json @check.json"),
            prove: format!("curl {url}/v1/events/$EVENT_ID/proof -H \"Authorization: Bearer $AUDITOR_KEY\" -o proof.json"),
        }
    })
}

fn signed(value: u64) -> i64 {
    i64::try_from(value).unwrap_or(i64::MAX)
}
