//! The folder of all log anchors of one database, and its claim: a file that says which anchor this is.
//!
//! The database names the anchor that it was signed with. A server whose folder is empty, because a disk was not mounted
//! or a path was misspelt, or belongs to another installation, would notice no rollback. So it does not start.

use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use samtycke_core::id::LogId;
use serde::{Deserialize, Serialize};

use super::{Anchor, sync_folder};

/// The file with the claim, in the folder of all logs.
const CLAIM: &str = "anchor.json";
/// The file that serialises changes of the claim.
const CLAIM_LOCK: &str = "anchor.lock";

/// Which anchor a folder holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claim {
    /// Version of the file's format.
    pub v: u8,
    /// Random id of the anchor, 32 hex digits. The database names it.
    pub id: String,
    /// Identity of the database.
    pub identity: String,
    /// The timeline of PostgreSQL that was last accepted: a server that is still on an earlier one of the same cluster has
    /// been replaced.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub timeline: Option<ClaimedTimeline>,
}

/// A timeline in a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimedTimeline {
    /// System identifier of the cluster.
    pub system: String,
    /// Number of the timeline.
    pub number: u32,
}

/// The folder of all anchors of one database.
#[derive(Debug, Clone)]
pub struct AnchorPlace {
    dir: PathBuf,
    /// `None`: the folder is being adopted, whatever it claims.
    id: Option<String>,
}

impl AnchorPlace {
    /// The place in this folder, whose claim must have this id at every use.
    pub fn new(dir: &Path, id: String) -> Self {
        Self {
            dir: dir.to_owned(),
            id: Some(id),
        }
    }

    /// The place in this folder while an operator adopts it: its claim is not looked at.
    pub fn being_adopted(dir: &Path) -> Self {
        Self {
            dir: dir.to_owned(),
            id: None,
        }
    }

    /// The claim's id; `None` while the folder is being adopted.
    pub fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// The folder.
    pub fn dir(&self) -> &Path {
        &self.dir
    }

    /// Reads a folder's claim; `None` if it has none.
    pub fn claim_in(dir: &Path) -> io::Result<Option<Claim>> {
        let text = match fs::read(dir.join(CLAIM)) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        serde_json::from_slice(&text)
            .map(Some)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "anchor.json cannot be read"))
    }

    /// The logs that a folder holds, by id; none where there is no folder.
    pub fn logs_in(dir: &Path) -> io::Result<Vec<LogId>> {
        let entries = match fs::read_dir(dir) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut logs = Vec::new();
        for entry in entries {
            let name = entry?.file_name();
            logs.extend(name.to_str().and_then(|name| name.parse::<LogId>().ok()));
        }
        logs.sort_by(|a, b| a.as_str().cmp(b.as_str()));
        Ok(logs)
    }

    /// Writes a folder's claim, atomically and durably.
    pub fn write_claim(dir: &Path, claim: &Claim) -> io::Result<()> {
        replace(
            dir,
            CLAIM,
            &serde_json::to_vec(claim).map_err(io::Error::other)?,
        )
    }

    /// The claim. Error: the folder is gone, is empty, or is another anchor's.
    pub fn claim(&self) -> io::Result<Claim> {
        let claim = Self::claim_in(&self.dir)?;
        let is_its = |claim: &Claim| self.id.as_ref() == Some(&claim.id);
        claim.filter(is_its).ok_or_else(|| {
            io::Error::new(
                io::ErrorKind::NotFound,
                format!(
                    "{} is not the anchor that this server started with",
                    self.dir.display()
                ),
            )
        })
    }

    /// Names this timeline as the accepted one; `false` if another server has named a later one of the same cluster.
    pub fn claim_timeline(&self, timeline: ClaimedTimeline) -> io::Result<bool> {
        let lock = File::create(self.dir.join(CLAIM_LOCK))?;
        lock.lock()?;
        let mut claim = self.claim()?;
        let is_later = |known: &ClaimedTimeline| {
            known.system == timeline.system && known.number > timeline.number
        };
        if claim.timeline.as_ref().is_some_and(is_later) {
            return Ok(false);
        }
        claim.timeline = Some(timeline);
        Self::write_claim(&self.dir, &claim)?;
        Ok(true)
    }

    /// The anchor of one log.
    pub fn log(&self, log: &LogId) -> io::Result<Anchor> {
        if self.id.is_some() {
            self.claim()?;
        }
        Anchor::open(&self.dir, log)
    }
}

/// Replaces a file, atomically and durably.
pub(super) fn replace(folder: &Path, name: &str, bytes: &[u8]) -> io::Result<()> {
    let new = folder.join(format!("{name}.new"));
    let mut file = File::create(&new)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, folder.join(name))?;
    sync_folder(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(id: &str) -> Claim {
        Claim {
            v: 1,
            id: id.into(),
            identity: "db".into(),
            timeline: None,
        }
    }

    /// Protects from a primary that was replaced: a server that is slow to follow does not take the claim back.
    #[test]
    fn an_earlier_timeline_does_not_replace_a_later_one() {
        let dir = tempfile::tempdir().expect("a folder");
        AnchorPlace::write_claim(dir.path(), &claim("a")).expect("written");
        let place = AnchorPlace::new(dir.path(), "a".into());
        let of = |system: &str, number| ClaimedTimeline {
            system: system.into(),
            number,
        };
        assert!(place.claim_timeline(of("one", 3)).expect("claimed"));
        assert!(!place.claim_timeline(of("one", 2)).expect("it stays"));
        assert_eq!(place.claim().expect("a claim").timeline, Some(of("one", 3)));
        assert!(
            place
                .claim_timeline(of("two", 1))
                .expect("another cluster counts anew")
        );
    }

    /// Protects against a folder that is emptied or exchanged under a running server: nothing is made anew there.
    #[test]
    fn a_folder_without_the_claim_is_no_anchor() {
        let dir = tempfile::tempdir().expect("a folder");
        let log = LogId::from_bytes([1; 16]);
        let place = AnchorPlace::new(dir.path(), "a".into());
        assert!(place.log(&log).is_err(), "an empty folder");
        AnchorPlace::write_claim(dir.path(), &claim("b")).expect("written");
        assert!(place.log(&log).is_err(), "another anchor's folder");
        AnchorPlace::write_claim(dir.path(), &claim("a")).expect("written");
        assert_eq!(place.claim().expect("its own"), claim("a"));
        assert!(place.log(&log).is_ok());
        fs::remove_dir_all(dir.path()).expect("gone");
        assert!(place.log(&log).is_err(), "a missing folder");
        assert!(!dir.path().exists(), "it is not made anew");
    }
}
