//! Brings a log back whose database is older than its anchor: what `samtycke recover` does while no server runs.

mod replay;
mod succeed;

pub use self::succeed::{REASON_CHARS_MAX, Succession};
pub use samtycke_log::anchor::UnknownLog;

use std::path::PathBuf;
use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_core::id::{LogId, TenantId};
use samtycke_core::leaf::Leaf;
use samtycke_log::anchor::{Anchor, AnchorHead, AnchorPlace, StagedBatch, unknown_logs};
use samtycke_log::publish::ANCHOR_ID;
use samtycke_log::tree;
use samtycke_tlog::merkle::{Frontier, Hash};

use crate::app::{AnchorError, StartError, identity, open_store};
use crate::clock::Environment;
use crate::config::Config;
use crate::folder::FolderLock;
use crate::keyring::{Keyring, Missing};
use crate::store::log::HeadRow;
use crate::store::{Store, StoreError};
use crate::tenant::{Tenant, Tenants};

/// How a log's database stands to its anchor.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Diagnosis {
    /// They agree: nothing is missing that the anchor holds.
    Sound,
    /// The database is older, and the journal holds all that is missing.
    Replayable {
        /// Leaves that would be replayed.
        leaves: u64,
    },
    /// The database is older, and the journal begins after its end: segments were cleared, or lost.
    Gap {
        /// Index at which the journal begins; `None` if it holds nothing.
        journal_from: Option<u64>,
    },
    /// The database holds other leaves than those that were signed.
    Forked {
        /// Why.
        why: String,
    },
    /// The anchor holds nothing of the log, which was signed.
    Unanchored,
    /// The log was closed after this copy of the database was made, and another one goes on.
    Closed {
        /// The log that goes on.
        successor: LogId,
        /// Its leaves in the anchor.
        leaves: u64,
    },
}

/// A log with its diagnosis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogReport {
    /// The tenant.
    pub tenant: TenantId,
    /// The log.
    pub log: LogId,
    /// The log's origin.
    pub origin: String,
    /// Leaves in the database.
    pub size: u64,
    /// Leaves in the anchor, signed or staged.
    pub anchored: u64,
    /// What is to be done.
    pub diagnosis: Diagnosis,
}

/// An installation that is open for recovery. No server can use the embedded database meanwhile.
pub struct Recovery {
    store: Store,
    tenants: Arc<Tenants>,
    keyring: Arc<Keyring>,
    place: AnchorPlace,
    identity: String,
    environment: Environment,
    lock: Option<FolderLock>,
}

impl std::fmt::Debug for Recovery {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Recovery")
    }
}

impl Recovery {
    /// Opens the installation. Error: it is in use, its root key is another, or the anchor is not the one that the database
    /// names.
    pub async fn open(
        config: &Config,
        environment: Environment,
        root_key: Option<&str>,
    ) -> Result<Self, StartError> {
        // One connection: every other session of samtycke is then another server's.
        let mut alone = config.clone();
        alone.database_connections_max = 1;
        let (store, lock) = open_store(&alone).await?;
        store.migrate().await?;
        let identity = identity(&store, &environment).await?;
        let dir = &config.anchor_dir;
        let claim = AnchorPlace::claim_in(dir);
        let claim = claim.map_err(|error| AnchorError::Folder(dir.clone(), error))?;
        let named = store.meta(ANCHOR_ID).await?;
        let id = match (named, claim) {
            (Some(named), None) => return Err(AnchorError::Missing(dir.clone(), named).into()),
            (Some(named), Some(claim)) if claim.id != named => {
                return Err(AnchorError::Other(dir.clone(), claim.id, named).into());
            }
            (_, Some(claim)) if claim.identity != identity => {
                return Err(AnchorError::Foreign(dir.clone()).into());
            }
            (_, Some(claim)) => claim.id,
            // Nothing was ever signed with an anchor.
            (None, None) => String::new(),
        };
        let keys = config.data_dir.join("keys");
        let keyring = Keyring::open(&keys, root_key, Missing::Refuse, &*environment.rng)?;
        let keyring = Arc::new(keyring);
        let clock = environment.clock.clone();
        let tenants = Arc::new(Tenants::without_states(
            store.clone(),
            keyring.clone(),
            clock,
        ));
        tenants.load_all().await?;
        Ok(Self {
            place: AnchorPlace::new(dir, id),
            store,
            tenants,
            keyring,
            identity,
            environment,
            lock,
        })
    }

    /// Every log with what is to be done about it.
    pub async fn diagnose(&self) -> Result<Vec<LogReport>, StartError> {
        let mut reports = Vec::new();
        for tenant in self.tenants.all() {
            reports.push(self.diagnose_log(&tenant).await?);
        }
        Ok(reports)
    }

    /// The logs that the anchor holds and the database does not know.
    pub async fn unknown(&self) -> Result<Vec<UnknownLog>, StartError> {
        let found = unknown_logs(&self.store, self.place.dir()).await;
        found.map_err(|error| StartError::Other(error.to_string()))
    }

    /// Replays what the database of a log lacks. `progress` is told the size of the log after each batch.
    pub async fn replay(
        &self,
        log: &LogId,
        mut progress: impl FnMut(u64),
    ) -> Result<LogReport, StartError> {
        let tenant = self.tenant(log)?;
        let report = self.diagnose_log(&tenant).await?;
        if !matches!(report.diagnosis, Diagnosis::Replayable { .. }) {
            return Ok(report);
        }
        let now = self.environment.clock.now();
        let mut size = report.size;
        for segment in self.segments_from(log, size).await? {
            for batch in batches(segment).await? {
                if batch.to > size {
                    size = replay::replay(&self.store, &self.tenants, &tenant, &batch, now).await?;
                    progress(size);
                }
            }
        }
        replay::finish(&self.store, &self.tenants, &tenant, now).await?;
        self.diagnose_log(&tenant).await
    }

    /// Closes the database and frees it for a server.
    pub async fn close(self) {
        self.store.close().await;
        drop(self.lock);
    }

    fn tenant(&self, log: &LogId) -> Result<Arc<Tenant>, StartError> {
        let all = self.tenants.all();
        let found = all.into_iter().find(|tenant| tenant.log == *log);
        found.ok_or_else(|| StartError::Other(format!("there is no log {log} in this database")))
    }

    async fn diagnose_log(&self, tenant: &Tenant) -> Result<LogReport, StartError> {
        let head = self.store.head(&tenant.log).await?;
        let head = head.ok_or_else(|| StoreError::Contradiction("a tenant has no log".into()))?;
        let anchored = self
            .on_anchor(&tenant.log, |a| Ok((a.head()?, a.last()?)))
            .await?;
        let (anchored, journal) = anchored.unwrap_or_default();
        let ends = anchored.as_ref().map_or(0, |head| head.size);
        let report = |diagnosis| LogReport {
            tenant: tenant.id.clone(),
            log: tenant.log.clone(),
            origin: tenant.origin.clone(),
            size: head.size,
            anchored: ends.max(journal.as_ref().map_or(0, |batch| batch.to)),
            diagnosis,
        };
        let signed = self.store.checkpoint_at_most(&tenant.log, i64::MAX as u64);
        let was_signed = signed.await?.is_some();
        let successor = self.on_anchor(&tenant.log, Anchor::successor).await?;
        if let Some(successor) = successor.flatten() {
            let leaves = self.on_anchor(&successor, Anchor::staged).await?;
            let leaves = leaves.unwrap_or(0);
            return Ok(report(Diagnosis::Closed { successor, leaves }));
        }
        let diagnosis = match (&anchored, &journal) {
            (None, None) if was_signed => Diagnosis::Unanchored,
            (None, None) => Diagnosis::Sound,
            _ => {
                self.compare(tenant, &head, anchored.as_ref(), journal.as_ref())
                    .await?
            }
        };
        Ok(report(diagnosis))
    }

    async fn compare(
        &self,
        tenant: &Tenant,
        head: &HeadRow,
        anchored: Option<&AnchorHead>,
        journal: Option<&StagedBatch>,
    ) -> Result<Diagnosis, StartError> {
        let forked = |why: String| Ok(Diagnosis::Forked { why });
        if let Some(anchored) = anchored {
            if anchored.identity != self.identity || anchored.origin != tenant.origin {
                return forked("the anchor's head is of another database or origin".into());
            }
            if anchored.epoch != head.epoch {
                return forked("the anchor's head is of another epoch".into());
            }
        }
        let staged = anchored.map(|a| (a.size, &a.root)).into_iter();
        let staged = staged.chain(journal.map(|j| (j.to, &j.root)));
        let marks: Vec<(u64, String)> = staged.map(|(size, root)| (size, root.clone())).collect();
        for (size, root) in &marks {
            if *size <= head.size
                && hex::encode(tree::root_at(&self.store, &tenant.log, *size).await?) != *root
            {
                return forked(format!(
                    "the tree of {size} leaves is not the one that was signed"
                ));
            }
        }
        let end = marks.iter().map(|(size, _)| *size).max().unwrap_or(0);
        if head.size >= end {
            return Ok(Diagnosis::Sound);
        }
        self.follow_journal(tenant, head, end).await
    }

    /// Follows the journal from the database's end, and computes the root of each batch.
    async fn follow_journal(
        &self,
        tenant: &Tenant,
        head: &HeadRow,
        end: u64,
    ) -> Result<Diagnosis, StartError> {
        let mut frontier = Frontier::from_bytes(&head.frontier)
            .map_err(|_| StoreError::Contradiction("a log's frontier cannot be read".into()))?;
        let mut begins = None;
        for segment in self.segments_from(&tenant.log, head.size).await? {
            for batch in batches(segment).await? {
                begins = begins.or(Some(batch.from));
                if batch.to <= head.size {
                    continue;
                }
                if batch.from > frontier.size() {
                    return Ok(Diagnosis::Gap {
                        journal_from: begins,
                    });
                }
                let Some(leaves) = hashes(&batch) else {
                    return Ok(Diagnosis::Gap {
                        journal_from: begins,
                    });
                };
                if let Some(at) = self.first_difference(tenant, head, &batch, &leaves).await? {
                    let why = format!("leaf {at} is not the one that was staged");
                    return Ok(Diagnosis::Forked { why });
                }
                let from = usize::try_from(frontier.size() - batch.from).unwrap_or(usize::MAX);
                for leaf in leaves.iter().skip(from) {
                    frontier.append(*leaf);
                }
                if hex::encode(frontier.root()) != batch.root {
                    let why = format!(
                        "the leaves up to {} do not give the root that was staged",
                        batch.to
                    );
                    return Ok(Diagnosis::Forked { why });
                }
            }
        }
        if frontier.size() < end {
            return Ok(Diagnosis::Gap {
                journal_from: begins,
            });
        }
        let leaves = frontier.size() - head.size;
        Ok(Diagnosis::Replayable { leaves })
    }

    /// The first leaf of a batch that the database holds otherwise.
    async fn first_difference(
        &self,
        tenant: &Tenant,
        head: &HeadRow,
        batch: &StagedBatch,
        leaves: &[Hash],
    ) -> Result<Option<u64>, StartError> {
        let to = head.size.min(batch.to);
        if batch.from >= to {
            return Ok(None);
        }
        let stored = self.store.leaf_hashes(&tenant.log, batch.from, to).await?;
        let differs = stored.iter().zip(leaves).position(|(a, b)| a != b);
        Ok(differs.map(|at| batch.from + at as u64))
    }

    async fn segments_from(&self, log: &LogId, index: u64) -> Result<Vec<PathBuf>, StartError> {
        let segments = self
            .on_anchor(log, move |anchor| anchor.segments_from(index))
            .await?;
        Ok(segments.unwrap_or_default())
    }

    /// `None` where the anchor has no folder for the log.
    async fn on_anchor<T: Send + 'static>(
        &self,
        log: &LogId,
        work: impl FnOnce(&Anchor) -> std::io::Result<T> + Send + 'static,
    ) -> Result<Option<T>, StartError> {
        if !self.place.dir().join(log.as_str()).exists() {
            return Ok(None);
        }
        let (place, log) = (self.place.clone(), log.clone());
        let done = tokio::task::spawn_blocking(move || work(&place.log(&log)?)).await;
        let failed =
            |error: std::io::Error| AnchorError::Folder(self.place.dir().to_owned(), error);
        Ok(Some(
            done.map_err(std::io::Error::other)
                .and_then(|d| d)
                .map_err(failed)?,
        ))
    }
}

async fn batches(segment: PathBuf) -> Result<Vec<StagedBatch>, StartError> {
    let path = segment.clone();
    let read = tokio::task::spawn_blocking(move || Anchor::batches_of(&segment)).await;
    let read = read.map_err(std::io::Error::other).and_then(|read| read);
    Ok(read.map_err(|error| AnchorError::Folder(path, error))?)
}

/// The leaf hashes of a batch; `None` if one cannot be read.
fn hashes(batch: &StagedBatch) -> Option<Vec<Hash>> {
    let hash = |leaf: &String| Some(Leaf::parse(&STANDARD.decode(leaf).ok()?).ok()?.hash());
    batch.leaves.iter().map(hash).collect()
}
