//! Which log anchor belongs to this database, and the comparison of every log with it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use samtycke_core::id::LogId;
use samtycke_log::PublishError;
use samtycke_log::anchor::{AnchorPlace, Claim, UnknownLog, unknown_logs};
use samtycke_log::publish::{ANCHOR_ID, Occasion, Publisher};

use super::StartError;
use super::open::IDENTITY;
use crate::backup::RESTORED;
use crate::clock::{Rng, random};
use crate::folder::{hint, private_folder};
use crate::store::Store;
use crate::store::postgres::{Timeline, TimelineWatch};
use crate::tenant::{Tenant, Tenants};

/// Time between two attempts to compare the logs after PostgreSQL has moved to another timeline.
const RETRY_AFTER: Duration = Duration::from_secs(1);
/// Time between two comparisons of a log that contradicted its anchor: a person waits for it.
const THAW_EVERY: Duration = Duration::from_secs(2);

/// Why a server does not start on this anchor folder.
#[derive(Debug, thiserror::Error)]
pub enum AnchorError {
    /// The folder is not readable or writable.
    #[error("{}: {}{}", .0.display(), .1, hint(.1))]
    Folder(PathBuf, io::Error),
    /// The database names an anchor, and the folder holds none.
    #[error(
        "{0} holds no log anchor, but this database was signed with one (id {1}). Mount or name the folder that holds it \
         (anchor_dir); every server of one database needs the same. If it is lost or has moved: samtycke anchor adopt"
    )]
    Missing(PathBuf, String),
    /// The folder holds another anchor than the one that the database names.
    #[error(
        "{0} holds the log anchor {1}, but this database was signed with {2}. Name the folder that holds it (anchor_dir). \
         If the anchor has moved: samtycke anchor adopt"
    )]
    Other(PathBuf, String, String),
    /// The folder contradicts the database about a log.
    #[error(
        "{0} contradicts the database about log {1}: {2}. Nothing was changed. If this is the right anchor, the database is \
         older than it: samtycke recover"
    )]
    Contradicts(PathBuf, String, String),
    /// The folder that is to be adopted holds nothing of a log that was signed.
    #[error(
        "{0} holds nothing of log {1}, which was signed before. Nothing was changed. Copy the old anchor's folder there; if it \
         is lost: samtycke anchor adopt --from-database, after which a rollback from before now cannot be noticed"
    )]
    Empty(PathBuf, String),
    /// The database is new, and the folder holds the anchor of one that has signed.
    #[error(
        "the database is new and holds nothing, but {0} holds the log anchor of one that was here before. If that database was \
         lost, bring back its newest backup: samtycke restore FILE. A new installation needs an anchor_dir of its own"
    )]
    Lost(PathBuf),
    /// The folder holds the anchor of another database.
    #[error(
        "{0} holds the log anchor of another database; give this one a folder of its own (anchor_dir)"
    )]
    Foreign(PathBuf),
}

/// Refuses a new database beside the anchor of one that has signed: its operator has lost it, and is about to begin anew.
pub(super) async fn ensure_none_is_lost(store: &Store, dir: &Path) -> Result<(), StartError> {
    // The anchor first: another server that starts for the first time makes the identity before it claims the anchor.
    let claim = AnchorPlace::claim_in(dir);
    let claim = claim.map_err(|error| AnchorError::Folder(dir.to_owned(), error))?;
    if claim.is_some() && store.meta(IDENTITY).await?.is_none() {
        return Err(AnchorError::Lost(dir.to_owned()).into());
    }
    Ok(())
}

/// Finds the anchor that the database names. A database that has named none yet claims the folder.
pub(super) async fn place(
    store: &Store,
    dir: &Path,
    identity: &str,
    rng: &dyn Rng,
) -> Result<AnchorPlace, StartError> {
    let folder = |error| AnchorError::Folder(dir.to_owned(), error);
    let named = store.meta(ANCHOR_ID).await?;
    if dir.exists() {
        private_folder(dir).map_err(folder)?;
    }
    let claim = AnchorPlace::claim_in(dir).map_err(folder)?;
    let id = match (named, claim) {
        (Some(named), None) => return Err(AnchorError::Missing(dir.to_owned(), named).into()),
        (Some(named), Some(claim)) if claim.id != named => {
            return Err(AnchorError::Other(dir.to_owned(), claim.id, named).into());
        }
        (_, Some(claim)) if claim.identity != identity => {
            return Err(AnchorError::Foreign(dir.to_owned()).into());
        }
        // The claim is written first: a start that died in between is completed here.
        (_, Some(claim)) => claim.id,
        (None, None) => {
            private_folder(dir).map_err(folder)?;
            let claim = Claim {
                v: 1,
                id: hex::encode(random::<16>(rng)),
                identity: identity.to_owned(),
                timeline: None,
            };
            AnchorPlace::write_claim(dir, &claim).map_err(folder)?;
            claim.id
        }
    };
    let mut tx = store.begin().await?;
    tx.init_meta(ANCHOR_ID, &id).await?;
    tx.commit().await?;
    // Of two servers that start at once, one has claimed.
    let named = store.meta(ANCHOR_ID).await?.unwrap_or_default();
    if named != id {
        return Err(AnchorError::Other(dir.to_owned(), id, named).into());
    }
    Ok(AnchorPlace::new(dir, id))
}

/// Notes in the anchor which logs are closed, where a succession was interrupted before it could, and says which logs of it the
/// database does not know. Returns how many.
pub(super) async fn look_for_unknown(
    store: &Store,
    tenants: &Tenants,
    place: &AnchorPlace,
) -> Result<usize, StartError> {
    let failed = |error| AnchorError::Folder(place.dir().to_owned(), error);
    for tenant in tenants.all() {
        let next = tenant.logs().skip(1);
        let pairs: Vec<(LogId, LogId)> = tenant.logs().cloned().zip(next.cloned()).collect();
        let at = place.clone();
        let note = move || {
            let mut pairs = pairs.iter();
            pairs.try_for_each(|(closed, successor)| at.log(closed)?.close(successor))
        };
        let noted = tokio::task::spawn_blocking(note).await;
        let noted = noted.map_err(io::Error::other).and_then(|noted| noted);
        noted.map_err(failed)?;
    }
    let unknown = unknown_logs(store, place.dir()).await;
    let unknown = unknown.map_err(|error| StartError::Other(error.to_string()))?;
    for UnknownLog { log, leaves } in &unknown {
        tracing::error!(
            %log, leaves,
            "the log anchor holds a log that the database does not know: the database is a copy from before that log was opened; \
             restore a newer backup"
        );
    }
    Ok(unknown.len())
}

/// Compares every log with its anchor. A log whose database was rolled back is frozen; the others serve.
pub(super) async fn check_logs(
    store: &Store,
    tenants: &Tenants,
    publisher: &Publisher<Tenants>,
) -> Result<(), StartError> {
    for tenant in tenants.all() {
        match publisher.check(&tenant).await {
            Ok(Some(anchored)) => {
                // After a replay: an auditor must not be shown less than before.
                let public = store.published(&tenant.log).await?;
                if public.is_none_or(|(size, _)| size < anchored.size)
                    && let Err(error) = publisher.publish_on(&tenant, Occasion::Look).await
                {
                    tracing::warn!(log = %tenant.log, %error, "a log could not be published at the start; it is tried again");
                }
            }
            Ok(None) | Err(PublishError::RolledBack(_)) => {}
            Err(PublishError::Store(error)) => return Err(error.into()),
            Err(error) => return Err(StartError::Other(error.to_string())),
        }
    }
    Ok(())
}

/// Compares logs that contradicted their anchor again, so that a replay beside running servers needs no restart. Each leaf is
/// replayed in one transaction with the state that it makes, so a database that holds all leaves holds all states.
pub(super) async fn thaw_recovered(tenants: Arc<Tenants>, publisher: Arc<Publisher<Tenants>>) {
    loop {
        for tenant in tenants.all() {
            if tenant.runtime.is_behind() {
                thaw(&tenants, &publisher, &tenant).await;
            }
        }
        tokio::time::sleep(THAW_EVERY).await;
    }
}

async fn thaw(tenants: &Tenants, publisher: &Publisher<Tenants>, tenant: &Tenant) {
    // A database that does not answer, or an anchor that cannot be read, is no agreement: the next round asks again.
    let Ok(Ok(_)) = publisher.contradiction(tenant).await else {
        return;
    };
    // What the replay has restored of keys, sites and registers is in force again with it; and an auditor must not be shown less
    // than before.
    let shown = publisher.publish_on(tenant, Occasion::Look).await;
    if shown.is_ok() && tenants.reload(tenant).await.is_ok() {
        tenant.runtime.thaw();
        tracing::info!(log = %tenant.log, "the database agrees with the log anchor again; the log is served");
    }
}

/// Forgets that the database was restored, once its logs are found to lack nothing that the anchor holds.
pub(super) async fn forget_restore(
    store: &Store,
    tenants: &Tenants,
    unknown_logs: usize,
) -> Result<(), StartError> {
    let all = tenants.all();
    let is_whole = unknown_logs == 0 && all.iter().all(|tenant| !tenant.runtime.is_frozen());
    if is_whole && store.meta(RESTORED).await?.is_some() {
        let mut tx = store.begin().await?;
        tx.forget_meta(RESTORED).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Compares the logs of all tenants: also of those whom only other servers have met until now.
async fn compare_all(
    tenants: &Tenants,
    publisher: &Publisher<Tenants>,
    timeline: &Timeline,
) -> Result<(), PublishError> {
    tenants.load_all().await?;
    publisher.verify_timeline(timeline).await
}

/// Follows PostgreSQL from one timeline to the next: compares every log, and only then relies on what is read there.
pub(super) async fn follow_timelines(
    tenants: Arc<Tenants>,
    publisher: Arc<Publisher<Tenants>>,
    watch: Arc<TimelineWatch>,
) {
    loop {
        let timeline = watch.unverified().await;
        match compare_all(&tenants, &publisher, &timeline).await {
            Ok(()) => {
                watch.accept(&timeline);
                tracing::info!(%timeline, "the logs were compared with their anchor on PostgreSQL's new timeline");
            }
            Err(error) => {
                tracing::error!(%timeline, %error, "the logs could not be compared yet; every check denies");
                tokio::time::sleep(RETRY_AFTER).await;
            }
        }
    }
}
