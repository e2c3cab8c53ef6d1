//! Publishes registers and notices. Each is compared with the version that is live at that moment, even if another
//! caller published it just before.

use std::collections::BTreeMap;
use std::sync::Arc;

use samtycke_core::id::{NoticeHash, PurposeId};
use samtycke_core::notice::{ChangeClass, Manifest, Publication, PublicationKind};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::public_leaf::{NoticePublished, PublicBody, RegisterPublished};

use super::{PublishedResponse, Registers, parse, stored};
use crate::log::{AppendOutcome, Change, Job, PublicLeaf};
use crate::tenant::Tenant;

/// Publishes a draft register. The register is logged and in force at every server before the response is sent.
pub async fn publish(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    version: Option<u64>,
    by: Option<&str>,
) -> Result<PublishedResponse, Problem> {
    log(registers, tenant, &Wanted::Register { version }, by).await
}

/// Makes a notice the current one of its site.
pub async fn publish_notice(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    hash: &NoticeHash,
    classes: Option<BTreeMap<PurposeId, ChangeClass>>,
    by: Option<&str>,
) -> Result<PublishedResponse, Problem> {
    let hash = hash.clone();
    log(registers, tenant, &Wanted::Notice { hash, classes }, by).await
}

/// The requested publication.
enum Wanted {
    /// A version of the register; the draft if no version is named.
    Register { version: Option<u64> },
    /// A notice, with the change classes that the caller chose.
    Notice {
        hash: NoticeHash,
        classes: Option<BTreeMap<PurposeId, ChangeClass>>,
    },
}

/// Logs a publication. If another publication was logged since the tenant was loaded, the comparison starts again; each
/// repetition means that another caller published meanwhile.
async fn log(
    registers: &Registers,
    tenant: &Arc<Tenant>,
    wanted: &Wanted,
    by: Option<&str>,
) -> Result<PublishedResponse, Problem> {
    let mut tenant = tenant.clone();
    loop {
        let (publication, change) = match wanted {
            Wanted::Register { version } => of_register(registers, &tenant, *version).await?,
            Wanted::Notice { hash, classes } => of_notice(&tenant, hash, classes.clone())?,
        };
        let leaf = PublicLeaf {
            body: body_of(&publication),
            by: by.map(str::to_owned),
            change,
        };
        let job = Job::Public(Box::new(leaf));
        match registers.appender.submit(&tenant, job).await? {
            AppendOutcome::Published {
                index, leaf_hash, ..
            } => {
                return Ok(PublishedResponse {
                    hash: publication.hash.to_string(),
                    version: u64::from(publication.version),
                    index,
                    leaf_hash: hex::encode(leaf_hash),
                    classes: publication.classes,
                });
            }
            AppendOutcome::Stale { config_version } => {
                let newer = registers.tenants.at_least(&tenant, config_version).await;
                tenant = newer?;
                let is_live = |key_id| tenant.keys.values().any(|key| key.key_id == key_id);
                if !by.is_none_or(is_live) {
                    return Err(ProblemKind::Unauthenticated.into());
                }
            }
            _ => return Err(ProblemKind::Internal.into()),
        }
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
    version: Option<u64>,
) -> Result<Made, Problem> {
    let (draft, _) = registers.store.register_head(&tenant.id).await?;
    let version = version
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
    let publication = Publication {
        kind: PublicationKind::Register,
        site: None,
        hash: register.hash().clone(),
        version: u32::try_from(version).unwrap_or(u32::MAX),
        classes: live.map_or_else(BTreeMap::new, |live| {
            samtycke_core::register::diff(live, &register).classes()
        }),
        previous: live.map(|live| live.hash().clone()),
        at: 0,
        by: None,
    };
    Ok((publication, Change::PublishRegister { version }))
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
        Some(chosen) => chosen_classes(&notice.manifest, &proposed, chosen)?,
    };
    let publication = Publication {
        kind: PublicationKind::Notice,
        site: Some(notice.site.clone()),
        hash: hash.clone(),
        version: u32::try_from(notice.version).unwrap_or(u32::MAX),
        classes,
        previous,
        at: 0,
        by: None,
    };
    Ok((publication, Change::PublishNotice))
}

/// Applies the caller's change classes. Error: a class is for a purpose outside the notice, or it downgrades
/// `material_consent`, which a change of the questions requires (T14).
fn chosen_classes(
    manifest: &Manifest,
    proposed: &BTreeMap<PurposeId, ChangeClass>,
    chosen: BTreeMap<PurposeId, ChangeClass>,
) -> Result<BTreeMap<PurposeId, ChangeClass>, Problem> {
    let mut classes = proposed.clone();
    for (purpose, class) in chosen {
        let field = format!("/classes/{purpose}");
        if !manifest.purposes.iter().any(|p| p.id == purpose) {
            return Err(Problem::new(ProblemKind::NoticeInvalid)
                .field(field, "must be a purpose of the notice"));
        }
        if proposed.get(&purpose) == Some(&ChangeClass::MaterialConsent)
            && class != ChangeClass::MaterialConsent
        {
            return Err(Problem::new(ProblemKind::NoticeInvalid)
                .field(field, "must be material_consent: what is asked has changed"));
        }
        classes.insert(purpose, class);
    }
    Ok(classes)
}
