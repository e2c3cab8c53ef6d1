//! Publishes registers and notices. Each is compared with the version that is live at that moment, even if another
//! caller published it just before.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use samtycke_core::id::{NoticeHash, PurposeId};
use samtycke_core::notice::{ChangeClass, Manifest, Publication, PublicationKind};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::{NoticePublished, PublicBody, RegisterPublished};
use samtycke_core::register::{Diff, Register};

use super::{PublishedNotice, PublishedResponse, Registers, outdated, parse, stored};
use crate::log::{AppendOutcome, Change, Job, PublicLeaf};
use crate::tenant::Tenant;

/// What to publish, and what to do about notices that still ask the old questions.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Publishing {
    /// Version of the register; the draft if none is named.
    pub version: Option<u64>,
    /// Stored notices to publish right after it, at most one per site.
    pub notices: Vec<NoticeHash>,
    /// Publish although a live notice asks about a purpose that the register outgrows. That purpose is then asked by no
    /// site until a new notice is published there.
    pub unasked: bool,
}

/// Publishes a draft register; see [`publish_with`].
pub async fn publish(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    version: Option<u64>,
    by: Option<&str>,
) -> Result<PublishedResponse, Problem> {
    let wanted = Publishing {
        version,
        ..Publishing::default()
    };
    publish_with(registers, tenant, &wanted, by).await
}

/// Publishes a draft register, and then the notices that come with it. The register is logged and in force at every
/// server before the response is sent.
pub async fn publish_with(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    wanted: &Publishing,
    by: Option<&str>,
) -> Result<PublishedResponse, Problem> {
    let mut published = log(registers, tenant, Wanted::Register(wanted), by).await?;
    for hash in &wanted.notices {
        let current = registers.tenants.by_log(&tenant.log).await?;
        let current = current.unwrap_or_else(|| tenant.clone());
        let notice = publish_notice(registers, &current, hash, None, by).await?;
        published.notices.push(PublishedNotice {
            hash: notice.hash,
            version: notice.version,
            index: notice.index,
            leaf_hash: notice.leaf_hash,
        });
    }
    Ok(published)
}

/// Makes a notice the current one of its site.
pub async fn publish_notice(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    hash: &NoticeHash,
    classes: Option<BTreeMap<PurposeId, ChangeClass>>,
    by: Option<&str>,
) -> Result<PublishedResponse, Problem> {
    log(registers, tenant, Wanted::Notice { hash, classes }, by).await
}

/// The requested publication.
enum Wanted<'w> {
    /// A version of the register.
    Register(&'w Publishing),
    /// A notice, with the change classes that the caller chose.
    Notice {
        hash: &'w NoticeHash,
        classes: Option<BTreeMap<PurposeId, ChangeClass>>,
    },
}

impl Wanted<'_> {
    /// The notices that it names.
    fn notices(&self) -> &[NoticeHash] {
        match self {
            Self::Register(wanted) => &wanted.notices,
            Self::Notice { hash, .. } => std::slice::from_ref(hash),
        }
    }
}

/// Logs a publication, compared with what is live right before it. If another publication was logged since the tenant
/// was loaded, the comparison starts again; each repetition means that another caller published meanwhile.
async fn log(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    wanted: Wanted<'_>,
    by: Option<&str>,
) -> Result<PublishedResponse, Problem> {
    let mut tenant = tenant.clone();
    for hash in wanted.notices() {
        tenant = registers.tenants.with_notice(&tenant, hash).await?;
    }
    loop {
        let (publication, change) = match &wanted {
            Wanted::Register(wanted) => of_register(registers, &tenant, wanted).await?,
            Wanted::Notice { hash, classes } => of_notice(&tenant, hash, classes.clone())?,
        };
        let body = body_of(&publication);
        match append(registers, &tenant, body, change, by).await? {
            Appended::Logged { index, leaf_hash } => {
                return Ok(PublishedResponse {
                    hash: publication.hash.to_string(),
                    version: u64::from(publication.version),
                    index,
                    leaf_hash,
                    classes: publication.classes,
                    notices: Vec::new(),
                });
            }
            Appended::Stale(newer) => tenant = newer,
        }
    }
}

/// What became of a publication.
pub(super) enum Appended {
    /// It is in the log.
    Logged {
        /// Index of its leaf.
        index: u64,
        /// Hash of its leaf; hex.
        leaf_hash: String,
    },
    /// Another publication came first; the tenant as it is now.
    Stale(Arc<Tenant>),
}

/// Appends a publication that was compared with this tenant. Error: the caller's key was revoked meanwhile.
pub(super) async fn append(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    body: PublicBody,
    change: Change,
    by: Option<&str>,
) -> Result<Appended, Problem> {
    let leaf = PublicLeaf {
        body,
        by: by.map(str::to_owned),
        change,
    };
    let job = Job::Public(Box::new(leaf));
    match registers.appender.submit(tenant, job).await? {
        AppendOutcome::Published {
            index, leaf_hash, ..
        } => Ok(Appended::Logged {
            index,
            leaf_hash: hex::encode(leaf_hash),
        }),
        AppendOutcome::Stale { config_version } => {
            let newer = registers.tenants.at_least(tenant, config_version).await?;
            let is_live = |key_id| newer.keys.values().any(|key| key.key_id == key_id);
            if !by.is_none_or(is_live) {
                return Err(ProblemKind::Unauthenticated.into());
            }
            Ok(Appended::Stale(newer))
        }
        _ => Err(ProblemKind::Internal.into()),
    }
}

fn body_of(publication: &Publication) -> PublicBody {
    let Publication {
        site,
        hash,
        version,
        classes,
        previous,
        ..
    } = publication.clone();
    match site {
        None => PublicBody::from(RegisterPublished {
            hash,
            version,
            classes,
            previous,
        }),
        Some(site) => PublicBody::from(NoticePublished {
            site,
            hash,
            version,
            classes,
            previous,
        }),
    }
}

/// A publication compared with the live version of this tenant snapshot, and the change it makes.
type Made = (Publication, Change);

async fn of_register(
    registers: &Registers,
    tenant: &Tenant,
    wanted: &Publishing,
) -> Result<Made, Problem> {
    let (draft, _) = registers.store.register_head(&tenant.id).await?;
    let version = wanted
        .version
        .or(draft)
        .ok_or_else(|| Problem::new(ProblemKind::DraftMissing))?;
    let row = stored(&registers.store, tenant, version)
        .await?
        .ok_or_else(|| {
            Problem::new(ProblemKind::DraftMissing)
                .field("/version", "must be a version that was drafted")
        })?;
    let register = parse(&row.body)?;
    let live = tenant.register.as_ref().map(|live| &live.register);
    let changes = live.map(|live| samtycke_core::register::diff(live, &register));
    let added = changes.as_ref().map_or(&[][..], |changes| &changes.added);
    let earlier = last_with(registers, tenant, added).await?;
    let classes = changes.as_ref().map_or_else(BTreeMap::new, |changes| {
        changes.classes_with_returned(&register, |id| earlier.get(id).map(AsRef::as_ref))
    });
    let returned = added
        .iter()
        .filter(|id| classes.get(*id) == Some(&ChangeClass::MaterialConsent));
    let outgrown = changes.iter().flat_map(Diff::outgrown).chain(returned);
    let coming = outdated::Coming {
        version,
        register: &register,
        classes: &classes,
    };
    outdated::check(tenant, &coming, &outgrown.cloned().collect(), wanted)?;
    let publication = Publication {
        kind: PublicationKind::Register,
        site: None,
        hash: register.hash().clone(),
        version: u32::try_from(version).unwrap_or(u32::MAX),
        effective_from: None,
        classes,
        previous: live.map(|live| live.hash().clone()),
        at: 0,
        by: None,
    };
    Ok((publication, Change::PublishRegister { version }))
}

/// For each purpose that the live register lacks, the last published register that had it.
async fn last_with(
    registers: &Registers,
    tenant: &Tenant,
    purposes: &[PurposeId],
) -> Result<BTreeMap<PurposeId, Arc<Register>>, Problem> {
    let mut found = BTreeMap::new();
    let (mut missing, mut read) = (purposes.to_vec(), BTreeSet::new());
    let published = tenant.publications.iter().rev();
    for publication in published.filter(|p| p.kind == PublicationKind::Register) {
        if missing.is_empty() {
            break;
        }
        if !read.insert(publication.version) {
            continue;
        }
        let version = u64::from(publication.version);
        let row = stored(&registers.store, tenant, version).await?;
        let row = row.ok_or_else(|| Problem::new(ProblemKind::Internal))?;
        let register = Arc::new(parse(&row.body)?);
        missing.retain(|id| {
            let has = register.purpose(id).is_some();
            if has {
                found.insert(id.clone(), register.clone());
            }
            !has
        });
    }
    Ok(found)
}

fn of_notice(
    tenant: &Tenant,
    hash: &NoticeHash,
    classes: Option<BTreeMap<PurposeId, ChangeClass>>,
) -> Result<Made, Problem> {
    let notice = tenant
        .notices
        .get(hash)
        .ok_or_else(|| Problem::new(ProblemKind::NotFound))?;
    outdated::check_notice(tenant, notice)?;
    let previous = tenant.current_notice(&notice.site).cloned();
    let before = previous
        .as_ref()
        .and_then(|hash| tenant.notices.get(hash))
        .map(|n| &n.manifest);
    let proposed = before.map_or_else(BTreeMap::new, |before| {
        notice.manifest.changes_since(before)
    });
    let classes = match classes {
        None => proposed,
        Some(chosen) => chosen_classes(&notice.manifest, before, proposed, chosen)?,
    };
    let publication = Publication {
        kind: PublicationKind::Notice,
        site: Some(notice.site.clone()),
        hash: hash.clone(),
        version: u32::try_from(notice.version).unwrap_or(u32::MAX),
        effective_from: None,
        classes,
        previous,
        at: 0,
        by: None,
    };
    Ok((publication, Change::PublishNotice))
}

/// Applies the caller's change classes. Error: a class is for a purpose that neither notice names, or it downgrades what
/// the words cannot make smaller: a changed question needs consent again (T14), and of a dropped purpose people are told.
fn chosen_classes(
    manifest: &Manifest,
    before: Option<&Manifest>,
    proposed: BTreeMap<PurposeId, ChangeClass>,
    chosen: BTreeMap<PurposeId, ChangeClass>,
) -> Result<BTreeMap<PurposeId, ChangeClass>, Problem> {
    let mut classes = proposed;
    for (purpose, class) in chosen {
        let refuse = |message: &'static str| {
            let field = format!("/classes/{purpose}");
            Err(Problem::new(ProblemKind::NoticeInvalid).field(field, message))
        };
        let proposed = classes.get(&purpose).copied();
        if proposed.is_none() && !manifest.names(&purpose) {
            return refuse("must be a purpose of the notice");
        }
        if proposed == Some(ChangeClass::MaterialConsent) && class != ChangeClass::MaterialConsent {
            return refuse("must be material_consent: what is asked has changed");
        }
        let dropped = before.is_some_and(|b| b.names(&purpose)) && !manifest.names(&purpose);
        if dropped && class == ChangeClass::Editorial {
            return refuse("must be at least material_notice: the notice no longer names it");
        }
        classes.insert(purpose, class);
    }
    Ok(classes)
}
