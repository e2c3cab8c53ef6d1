//! Looks for damage in a log's tree: leaves, tiles, the head, signed heads, the published pointer and the log anchor.
//!
//! Everything is recomputed from the leaves' bytes, one tile's leaves at a time, so that memory does not grow with the log:
//! [`PAGE`] leaves, 256 hashes for each of eight levels, 256 signed heads and at most [`FINDINGS_MAX`] findings.
//! It may run beside a server: each read is one page, and what was appended after the head was read is left for the next run.

mod damage;
mod tree;

use std::collections::BTreeMap;
use std::path::Path;
use std::time::Duration;

use samtycke_core::id::LogId;
use samtycke_core::log_keys::LogKeys;
use samtycke_store::{Store, Stored};
use serde::Serialize;

pub use self::damage::Damage;
pub use self::tree::{root_of_leaves, scrub, tree};

/// Leaves read at a time: those of one tile.
pub const PAGE: u64 = 256;
/// Signed heads read at a time.
const CHECKPOINTS: u32 = 256;
/// Findings kept for one log; the rest is counted. A disk that rots gives the same answer after a thousand.
pub const FINDINGS_MAX: usize = 1_000;

/// One thing that is not as it must be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// What kind of damage it is.
    pub damage: Damage,
    /// The row, such as `leaf 17` or `tile 0/3`. Never more of a person than a subject id.
    pub place: String,
    /// What was found there.
    pub found: String,
    /// Whether it was repaired in this run.
    pub repaired: bool,
}

/// What was found in one log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The log.
    pub log: LogId,
    /// Leaves that were read.
    pub leaves: u64,
    /// Events that were opened.
    pub events: u64,
    /// Subjects whose events were folded.
    pub subjects: u64,
    /// Signed heads that were verified.
    pub checkpoints: u64,
    /// The findings, up to [`FINDINGS_MAX`].
    pub findings: Vec<Finding>,
    /// Findings that are not in the list.
    pub more_findings: u64,
}

impl Report {
    /// A report about a log with nothing read yet.
    pub fn of(log: LogId) -> Self {
        Self {
            log,
            leaves: 0,
            events: 0,
            subjects: 0,
            checkpoints: 0,
            findings: Vec::new(),
            more_findings: 0,
        }
    }

    /// Adds a finding.
    pub fn add(&mut self, damage: Damage, place: impl Into<String>, found: impl Into<String>) {
        if self.findings.len() >= FINDINGS_MAX {
            self.more_findings += 1;
            return;
        }
        self.findings.push(Finding {
            damage,
            place: place.into(),
            found: found.into(),
            repaired: false,
        });
    }

    /// Notes that the finding about this row was repaired.
    pub fn repaired(&mut self, damage: Damage, place: &str) {
        let mut same = self.findings.iter_mut();
        if let Some(one) = same.find(|f| f.damage == damage && f.place == place) {
            one.repaired = true;
        }
    }

    /// Findings that stand: not repaired in this run.
    pub fn standing(&self) -> u64 {
        let listed = self.findings.iter().filter(|f| !f.repaired).count();
        u64::try_from(listed).unwrap_or(u64::MAX) + self.more_findings
    }

    /// Whether the leaves and a root that was signed or is about to be signed contradict each other.
    pub fn contradicts_a_root(&self) -> bool {
        self.findings.iter().any(|f| f.damage.contradicts_a_root())
    }

    /// Whether something was found of this kind.
    pub fn has(&self, damage: Damage) -> bool {
        self.findings.iter().any(|f| f.damage == damage)
    }
}

/// How to go through a log.
pub struct Walk<'a> {
    /// The database.
    pub store: &'a Store,
    /// The log.
    pub log: &'a LogId,
    /// Its origin, which each signed head must name.
    pub origin: &'a str,
    /// The keys that sign it as this process knows them, for where the leaves that name them are damaged.
    pub keys: &'a LogKeys,
    /// Folder of the log anchors; `None` where only the database is looked at.
    pub anchor_dir: Option<&'a Path>,
    /// Whether what follows from the leaves is written anew where it is wrong.
    pub repair: bool,
    /// A pause after each page, for a run that must not be felt; `None` for none.
    pub pause: Option<Duration>,
    /// Hears of each page: what is read, how much is done, and how much there is.
    pub progress: &'a (dyn Fn(&str, u64, u64) + Send + Sync),
}

impl std::fmt::Debug for Walk<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Walk({})", self.log)
    }
}

impl Walk<'_> {
    /// Says how far it is, and pauses.
    pub async fn step(&self, what: &str, done: u64, of: u64) {
        (self.progress)(what, done, of);
        if let Some(pause) = self.pause {
            tokio::time::sleep(pause).await;
        }
    }
}

/// Sizes at which a root is known, and who says so.
type Expected = BTreeMap<u64, Vec<(Source, [u8; 32])>>;

/// Who says what the root of the first leaves is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Checkpoint,
    AnchorHead,
    AnchorJournal,
}

/// What the anchor of a log says, if there is one.
async fn anchored(dir: &Path, log: &LogId) -> Result<Option<Expected>, String> {
    let (dir, log) = (dir.to_owned(), log.clone());
    let read = tokio::task::spawn_blocking(move || {
        // Opening an anchor would make its folder.
        if !dir.join(log.as_str()).is_dir() {
            return Ok(None);
        }
        let anchor = crate::anchor::Anchor::open(&dir, &log)?;
        std::io::Result::Ok(Some((anchor.head()?, anchor.last()?)))
    });
    let (head, journal) = match read.await {
        Ok(Ok(Some(read))) => read,
        Ok(Ok(None)) => return Ok(None),
        Ok(Err(error)) => return Err(error.to_string()),
        Err(_) => return Err("it could not be read".into()),
    };
    let mut expected = Expected::new();
    let head = head.map(|head| (Source::AnchorHead, head.size, head.root));
    let journal = journal.map(|last| (Source::AnchorJournal, last.to, last.root));
    for (source, size, root) in head.into_iter().chain(journal) {
        let mut hash = [0; 32];
        hex::decode_to_slice(&root, &mut hash).map_err(|_| "its root cannot be read")?;
        expected.entry(size).or_default().push((source, hash));
    }
    Ok(Some(expected))
}

/// Whether the database's log has reached this size by now.
async fn has_reached(walk: &Walk<'_>, size: u64) -> Stored<bool> {
    let head = walk.store.head(walk.log).await?;
    Ok(head.is_some_and(|head| head.size >= size))
}
