//! Which logs go on, and which the database does not know: an older copy of it fits the heads that it names, and only the anchor
//! can tell that there are others.

use std::path::Path;
use std::{fs, io};

use samtycke_core::id::LogId;
use samtycke_store::Store;
use serde::{Deserialize, Serialize};

use super::{Anchor, AnchorPlace, place};
use crate::PublishError;

/// The file that says that a log is closed.
const CLOSED: &str = "closed.json";

/// What that file holds.
#[derive(Serialize, Deserialize)]
struct Closed {
    v: u8,
    successor: LogId,
}

/// A log of the anchor that the database does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnknownLog {
    /// The log.
    pub log: LogId,
    /// Leaves in the anchor, signed or staged.
    pub leaves: u64,
}

impl Anchor {
    /// The log that goes on where this one was closed, if it was.
    pub fn successor(&self) -> io::Result<Option<LogId>> {
        match fs::read(self.folder.join(CLOSED)) {
            Ok(text) => serde_json::from_slice::<Closed>(&text)
                .map(|closed| Some(closed.successor))
                .map_err(|_| {
                    io::Error::new(io::ErrorKind::InvalidData, "closed.json cannot be read")
                }),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// Notes that the log is closed and which one goes on, so that a database from before that is recognised.
    pub fn close(&self, successor: &LogId) -> io::Result<()> {
        if self.successor()?.as_ref() == Some(successor) {
            return Ok(());
        }
        let closed = Closed {
            v: 1,
            successor: successor.clone(),
        };
        let json = serde_json::to_vec(&closed).map_err(io::Error::other)?;
        place::replace(&self.folder, CLOSED, &json)
    }
}

/// The logs of this anchor that the database does not know, by id.
pub async fn unknown_logs(store: &Store, dir: &Path) -> Result<Vec<UnknownLog>, PublishError> {
    // The anchor first: another server opens a log in the database before it anchors it.
    let place = dir.to_owned();
    let held = tokio::task::spawn_blocking(move || AnchorPlace::logs_in(&place)).await;
    let mut unknown = Vec::new();
    for log in held.map_err(io::Error::other)?? {
        if store.head(&log).await?.is_some() {
            continue;
        }
        let (place, of) = (dir.to_owned(), log.clone());
        let leaves = tokio::task::spawn_blocking(move || Anchor::open(&place, &of)?.staged());
        let leaves = leaves.await.map_err(io::Error::other)??;
        // The folder of a log that was never committed holds nothing.
        if leaves > 0 {
            unknown.push(UnknownLog { log, leaves });
        }
    }
    Ok(unknown)
}
