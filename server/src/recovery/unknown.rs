//! Logs that the anchor holds and the database does not know: the database is a copy from before they were opened.

use std::path::Path;

use samtycke_core::id::LogId;
use samtycke_log::anchor::{Anchor, AnchorPlace};

use crate::app::{AnchorError, StartError};
use crate::store::Store;

/// A log of the anchor that the database does not know.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct UnknownLog {
    /// The log.
    pub log: LogId,
    /// Leaves in the anchor, signed or staged.
    pub leaves: u64,
}

/// The logs of this anchor that the database does not know, by id.
pub async fn unknown_logs(store: &Store, dir: &Path) -> Result<Vec<UnknownLog>, StartError> {
    let folder = |error| AnchorError::Folder(dir.to_owned(), error);
    // The anchor first: another server opens a log in the database before it anchors it.
    let place = dir.to_owned();
    let held = tokio::task::spawn_blocking(move || AnchorPlace::logs_in(&place)).await;
    let held = held.map_err(std::io::Error::other).and_then(|held| held);
    let mut unknown = Vec::new();
    for log in held.map_err(folder)? {
        if store.head(&log).await?.is_some() {
            continue;
        }
        let (place, of) = (dir.to_owned(), log.clone());
        let leaves = tokio::task::spawn_blocking(move || Anchor::open(&place, &of)?.staged());
        let leaves = leaves.await.map_err(std::io::Error::other);
        let leaves = leaves.and_then(|read| read).map_err(folder)?;
        // The folder of a log that was never committed holds nothing.
        if leaves > 0 {
            unknown.push(UnknownLog { log, leaves });
        }
    }
    Ok(unknown)
}
