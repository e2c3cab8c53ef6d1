//! Files of earlier releases. A cached page, or a tag with a pinned file, names files that this build does not contain.
//! Without them the site could not ask for consent, and users could not withdraw. So each server stores its own files
//! in the database and serves any file stored there.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::body::Bytes;

use super::FILES;
use crate::clock::{Environment, UnixMs};
use crate::store::sdk::SdkFileRow;
use crate::store::{Store, Stored};

/// How long a file is served after the last release that contains it: the longest validity of a decision (13 months),
/// and a little more.
pub const KEPT_DAYS: i64 = 400;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Interval at which a running server reports that its release is still in use.
const KEEP_EVERY: Duration = Duration::from_hours(24);
/// Longest age of the list of names when a requested name is missing from it. It limits how often invented names cause
/// a database query.
const NAMES_FRESH: Duration = Duration::from_secs(5);
/// Files kept in memory: those of some 15 releases; 20 KB each at most, 4 MB in all.
const FILES_MAX: usize = 200;
/// Number of hash digits in a name.
const HASH_DIGITS: usize = 10;

/// A file of an earlier release, or of a later one that another server already runs.
#[derive(Debug, Clone)]
pub struct Earlier {
    /// Uncompressed contents.
    pub body: Bytes,
    /// Contents compressed with brotli; empty if that is not shorter.
    pub brotli: Bytes,
    /// Media type of the file.
    pub content_type: String,
}

/// Files of other releases, cached after the first request.
#[derive(Debug)]
pub struct EarlierFiles {
    store: Store,
    environment: Environment,
    /// Held while the names are read, so that one request reads them and the others wait.
    names: tokio::sync::Mutex<Names>,
    files: Mutex<HashMap<String, Arc<Earlier>>>,
}

#[derive(Debug, Default)]
struct Names {
    read_at: Option<Instant>,
    /// Names, with the last time that a release with the file ran.
    all: HashMap<String, UnixMs>,
}

impl EarlierFiles {
    /// Starts empty; reads files on request.
    pub fn new(store: Store, environment: Environment) -> Self {
        Self {
            store,
            environment,
            names: tokio::sync::Mutex::default(),
            files: Mutex::default(),
        }
    }

    /// Stores this release's files, and deletes files that no release has contained for [`KEPT_DAYS`].
    pub async fn keep(&self) -> Stored<()> {
        let now = self.environment.clock.now();
        let mut tx = self.store.begin().await?;
        for file in FILES.iter().filter(|file| file.immutable) {
            tx.keep_sdk_file(&SdkFileRow {
                name: file.name.into(),
                content_type: file.content_type.into(),
                body: file.body.into(),
                brotli: file.brotli.into(),
                integrity: file.integrity.into(),
                released_at: now,
            })
            .await?;
        }
        tx.forget_sdk_files(now - KEPT_DAYS * DAY_MS).await?;
        tx.commit().await
    }

    /// Calls [`Self::keep`] once a day while the server runs.
    pub async fn keep_daily(self: Arc<Self>) {
        loop {
            tokio::time::sleep(KEEP_EVERY).await;
            if let Err(error) = self.keep().await {
                tracing::warn!(%error, "the banner's files could not be kept for later releases; tried again in a day");
            }
        }
    }

    /// The file with this name, if a release contains it.
    pub async fn find(&self, name: &str) -> Stored<Option<Arc<Earlier>>> {
        if !has_hash(name) || !self.is_kept(name).await? {
            return Ok(None);
        }
        if let Some(file) = self.files().get(name) {
            return Ok(Some(file.clone()));
        }
        let Some(row) = self.store.sdk_file(name).await? else {
            return Ok(None);
        };
        let file = Arc::new(Earlier {
            body: row.body.into(),
            brotli: row.brotli.into(),
            content_type: row.content_type,
        });
        let mut files = self.files();
        if files.len() >= FILES_MAX {
            let any = files.keys().next().cloned();
            any.map(|any| files.remove(&any));
        }
        files.insert(row.name, file.clone());
        Ok(Some(file))
    }

    async fn is_kept(&self, name: &str) -> Stored<bool> {
        let mut names = self.names.lock().await;
        let now = self.environment.clock.monotonic();
        let is_fresh = |at: Instant| now.duration_since(at) < NAMES_FRESH;
        if !names.all.contains_key(name) && !names.read_at.is_some_and(is_fresh) {
            names.all = self.store.sdk_files().await?.into_iter().collect();
            names.read_at = Some(now);
        }
        let oldest = self.environment.clock.now() - KEPT_DAYS * DAY_MS;
        Ok(names.all.get(name).is_some_and(|at| *at >= oldest))
    }

    fn files(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Earlier>>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a name has the form `ui.0123456789.js`, which the build uses for files that never change.
fn has_hash(name: &str) -> bool {
    let mut parts = name.split('.');
    let (stem, hash, end) = (parts.next(), parts.next(), parts.next());
    let is_stem = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_lowercase() || b == b'-');
    let is_digit = |b: u8| b.is_ascii_digit() || (b'a'..=b'f').contains(&b);
    let is_hash = |h: &str| h.len() == HASH_DIGITS && h.bytes().all(is_digit);
    stem.is_some_and(is_stem)
        && hash.is_some_and(is_hash)
        && end == Some("js")
        && parts.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_hashed_names_are_looked_up() {
        for name in FILES.iter().filter(|f| f.immutable).map(|f| f.name) {
            assert!(has_hash(name), "{name}");
        }
        for no in [
            "banner.js",
            "ui.0123456789.css",
            "ui.0123456789.js.br",
            "ui.012345678.js",
            "ui.012345678G.js",
            "Ui.0123456789.js",
            ".0123456789.js",
            "../ui.0123456789.js",
            "",
        ] {
            assert!(!has_hash(no), "{no}");
        }
    }
}
