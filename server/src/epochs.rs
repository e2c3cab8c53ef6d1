//! Epochs of the root key: subjects' keys are wrapped anew under the newest one, and an old one is destroyed when nothing needs it.
//! What a backup holds under a destroyed epoch can be opened by nobody: so an erasure reaches backups too.

use std::path::Path;
use std::sync::Arc;

use samtycke_core::id::LogId;

use crate::backup::{CopyError, open_backup};
use crate::clock::{Rng, random};
use crate::keyring::Keyring;
use crate::store::subject::WrappedKey;
use crate::store::{Store, StoreError, Stored};
use crate::tenant::{Tenant, Tenants};

/// Subjects read at a time, and keys wrapped anew in one transaction: writers of the log wait for no more.
const PAGE: u32 = 200;

/// Why an epoch is not destroyed.
#[derive(Debug, thiserror::Error)]
pub enum EpochNeeded {
    /// The database did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The backup cannot be read.
    #[error(transparent)]
    Backup(#[from] CopyError),
    /// Keys of subjects are wrapped under it.
    #[error(
        "{0} keys of subjects in the database are wrapped under it: run samtycke keys rewrap first"
    )]
    Wraps(u64),
    /// It gives a key that signs a log.
    #[error(
        "it gives the key that signs the log of {0}: run samtycke signer add {0}, give everybody the new policy, then samtycke signer retire {0}"
    )]
    Signs(String),
    /// A backup needs it.
    #[error(
        "{0} keys of subjects in the backup are wrapped under it: make a backup now, and name that one"
    )]
    InBackup(u64),
    /// The backup is of another database.
    #[error("the backup is of another database")]
    OtherBackup,
}

/// Wraps the keys of a tenant's living subjects under the newest epoch, beside running servers. It may be stopped and run again.
/// `progress` is told how many subjects were looked at. Returns how many keys were wrapped anew.
pub async fn rewrap(
    store: &Store,
    tenant: &Tenant,
    keyring: &Keyring,
    rng: &dyn Rng,
    progress: impl Fn(u64),
) -> Stored<u64> {
    let (mut after, mut looked, mut wrapped) = (String::new(), 0, 0);
    loop {
        let page = store.raw_subjects(&tenant.log, &after, PAGE).await?;
        let Some(last) = page.last() else {
            return Ok(wrapped);
        };
        after.clone_from(&last.subject);
        looked += page.len() as u64;
        let mut changes = Vec::new();
        for row in &page {
            let Some(old) = row.key.as_ref().filter(|key| key.epoch < keyring.epoch()) else {
                continue;
            };
            let subject = row
                .subject
                .parse()
                .map_err(|_| StoreError::Contradiction("a subject's id cannot be read".into()))?;
            let key = tenant.secrets.unwrap(&subject, old.epoch, &old.wrapped)?;
            let (epoch, new) = tenant.secrets.wrap(&subject, &key, &random(rng));
            let new = WrappedKey {
                epoch,
                wrapped: new,
            };
            changes.push((subject, old.clone(), new));
        }
        if !changes.is_empty() {
            let mut tx = store.begin().await?;
            // A batch that is under way writes the keys that it has read.
            tx.lock_head(&tenant.log).await?;
            for (subject, old, new) in &changes {
                wrapped += u64::from(tx.rewrap_key(&tenant.log, subject, old, new).await?);
            }
            tx.commit().await?;
        }
        progress(looked);
    }
}

/// Makes sure that nothing needs an epoch: no key of a subject in the database, no key that signs a log, and no key in this backup,
/// which is what is restored if the database is lost.
pub async fn ensure_unneeded(
    epoch: u64,
    store: &Store,
    tenants: &Tenants,
    backup: &Path,
) -> Result<(), EpochNeeded> {
    let all = tenants.all();
    for tenant in &all {
        if let Some(id) = signs(tenant, epoch) {
            return Err(EpochNeeded::Signs(id));
        }
    }
    let logs: Vec<LogId> = all.iter().map(|tenant| tenant.log.clone()).collect();
    match wrapped_under(store, &logs, epoch).await? {
        0 => {}
        some => return Err(EpochNeeded::Wraps(some)),
    }
    let (copy, manifest) = open_backup(backup).await?;
    let is_ours = store.meta("identity").await?.as_deref() == Some(&manifest.identity);
    let logs: Vec<LogId> = manifest.logs.into_iter().map(|copied| copied.log).collect();
    let in_backup = wrapped_under(&copy, &logs, epoch).await;
    copy.close().await;
    match in_backup? {
        _ if !is_ours => Err(EpochNeeded::OtherBackup),
        0 => Ok(()),
        some => Err(EpochNeeded::InBackup(some)),
    }
}

/// The tenant's name, where a key of this epoch signs its log.
fn signs(tenant: &Arc<Tenant>, epoch: u64) -> Option<String> {
    let mut live = tenant.log_keys.live();
    live.any(|key| tenant.secrets.signer_epoch(&key.vkey) == Some(epoch))
        .then(|| tenant.id.to_string())
}

/// How many keys of living subjects are wrapped under an epoch.
async fn wrapped_under(store: &Store, logs: &[LogId], epoch: u64) -> Stored<u64> {
    let mut count = 0;
    for log in logs {
        let mut after = String::new();
        loop {
            let page = store.raw_subjects(log, &after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after.clone_from(&last.subject);
            let keys = page.iter().filter_map(|row| row.key.as_ref());
            count += keys.filter(|key| key.epoch == epoch).count() as u64;
        }
    }
    Ok(count)
}
