//! Opens what a server keeps on this machine or in PostgreSQL: folders, database, identity.

use std::path::{Path, PathBuf};

use super::StartError;
use super::lock::DataLock;
use crate::clock::{Environment, random};
use crate::config::{Config, Database};
use crate::store::{Store, StoreError};

/// Makes a folder that only its owner may enter, or takes the rights of everybody else from one that is there. What is in
/// it needs no rights of its own then: database, journal, anchor and lock files. A group's rights stay, for backups.
pub(super) fn private_folder(path: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
    let made = std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path);
    made?;
    let mode = std::fs::metadata(path)?.permissions().mode();
    let others = mode & 0o007;
    if others == 0 {
        return Ok(());
    }
    let closed = std::fs::Permissions::from_mode(mode & 0o7770);
    if let Err(error) = std::fs::set_permissions(path, closed) {
        tracing::warn!(
            path = %path.display(), %error,
            "every user of this machine can read this folder; let nobody but the server's user enter it (chmod 700)"
        );
    }
    Ok(())
}

/// Opens the database of these settings; on the embedded one, with the lock that keeps other processes out.
pub async fn open_store(config: &Config) -> Result<(Store, Option<DataLock>), StartError> {
    let folder = |path: PathBuf| {
        private_folder(&path)
            .map(|()| path.clone())
            .map_err(|source| StartError::Folder { path, source })
    };
    folder(config.data_dir.join("keys"))?;
    match &config.database {
        Database::Sqlite(db) => {
            let db = folder(db.clone())?;
            // With two processes, the hot state of each would miss the other's withdrawals.
            let lock = DataLock::try_take(&db).map_err(|source| StartError::Folder {
                path: db.clone(),
                source,
            })?;
            let lock = lock.ok_or_else(|| StartError::InUse(config.data_dir.clone()))?;
            let file = db.join("samtycke.db");
            let store = if config.is_throwaway {
                Store::throwaway(&file).await?
            } else {
                Store::sqlite(&file).await?
            };
            Ok((store, Some(lock)))
        }
        Database::Postgres(url) => {
            let store = Store::postgres(
                url,
                config.database_connections_max,
                config.allow_unsafe_postgres,
            )
            .await?;
            if config.require_synchronous_standby && store.waits_for_standby().await? == Some(false)
            {
                return Err(StartError::Other(
                    "PostgreSQL's commits wait for no standby, and require_synchronous_standby is set: name the standby in \
                     synchronous_standby_names, and leave synchronous_commit on"
                        .to_owned(),
                ));
            }
            Ok((store, None))
        }
    }
}

/// The database's identity, created together with it.
pub(crate) async fn identity(
    store: &Store,
    environment: &Environment,
) -> Result<String, StoreError> {
    if store.meta("identity").await?.is_none() {
        let mut tx = store.begin().await?;
        tx.init_meta("identity", &hex::encode(random::<16>(&*environment.rng)))
            .await?;
        tx.commit().await?;
    }
    let identity = store.meta("identity").await?;
    identity.ok_or_else(|| StoreError::Contradiction("the database has no identity".into()))
}
