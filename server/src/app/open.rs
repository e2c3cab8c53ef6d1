//! Opens what a server keeps on this machine or in PostgreSQL: folders, database, identity.

use std::path::PathBuf;

use super::StartError;
use crate::clock::{Environment, random};
use crate::config::{Config, Database};
use crate::folder::{FolderLock, owner_instead_of_root, private_folder};
use crate::store::{Store, StoreError};

/// The name under which the database keeps its identity.
pub(super) const IDENTITY: &str = "identity";

/// Opens the database of these settings; on the embedded one, with the lock that keeps other processes out.
pub async fn open_store(config: &Config) -> Result<(Store, Option<FolderLock>), StartError> {
    let folder = |path: PathBuf| {
        private_folder(&path)
            .map(|()| path.clone())
            .map_err(|source| StartError::Folder { path, source })
    };
    let path = config.data_dir.clone();
    match owner_instead_of_root(&path) {
        Ok(None) => {}
        Ok(Some(owner)) => return Err(StartError::OtherUser { path, owner }),
        Err(source) => return Err(StartError::Folder { path, source }),
    }
    folder(config.data_dir.join("keys"))?;
    match &config.database {
        Database::Sqlite(db) => {
            let db = folder(db.clone())?;
            // With two processes, the hot state of each would miss the other's withdrawals.
            let lock = FolderLock::of(&db).map_err(|source| StartError::Folder {
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
    if store.meta(IDENTITY).await?.is_none() {
        let mut tx = store.begin().await?;
        tx.init_meta(IDENTITY, &hex::encode(random::<16>(&*environment.rng)))
            .await?;
        tx.commit().await?;
    }
    let identity = store.meta(IDENTITY).await?;
    identity.ok_or_else(|| StoreError::Contradiction("the database has no identity".into()))
}
