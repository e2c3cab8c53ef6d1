//! The log anchor: a journal of batches outside the database. It makes a rollback of the database visible.
//!
//! Each log has one folder. `head.json` is the newest head that may have been signed; it is replaced atomically.
//! Segments are named `NNNNNNNNNNNNNNNNNNNN.jsonl` after their first index; each line is one batch and its SHA-256.
//! A batch holds leaves, ciphertexts, wrapped keys and public bodies. A replay computes the same root from them, and
//! the same states, because a state is the fold of its events.
//!
//! Every method blocks on the file system; do not call them on the async runtime.

mod closed;
mod place;

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead as _, BufReader, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_core::id::{EventId, LogId, SubjectId};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use samtycke_store::clock::UnixMs;
use samtycke_store::log::{EventRow, LeafRow, PublicationRow};
use samtycke_store::subject::WrappedKey;

pub use self::closed::{UnknownLog, unknown_logs};
pub use self::place::{AnchorPlace, Claim, ClaimedTimeline};

/// Size at which a new segment begins; bytes. A million events a day make some sixty segments a day.
const SEGMENT_BYTES_MAX: u64 = 16 * 1024 * 1024;

/// The newest head that may have been signed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AnchorHead {
    /// Version of the file's format.
    pub v: u8,
    /// Identity of the database that holds the log.
    pub identity: String,
    /// The log's origin.
    pub origin: String,
    /// The log's epoch.
    pub epoch: u64,
    /// Number of leaves.
    pub size: u64,
    /// Tree hash at `size`, hex.
    pub root: String,
}

/// One staged batch: leaves `from..to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagedBatch {
    /// First index.
    pub from: u64,
    /// Index after the last leaf.
    pub to: u64,
    /// Time of staging.
    pub at: UnixMs,
    /// Leaves, base64.
    pub leaves: Vec<String>,
    /// Events of the batch.
    pub events: Vec<StagedEvent>,
    /// Wrapped keys of the events' subjects: subject, epoch, key (base64).
    pub keys: Vec<(SubjectId, u64, String)>,
    /// Public leaves: index, kind, body.
    pub publications: Vec<(u64, String, String)>,
    /// What the application needs besides these rows to replay them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attached: Vec<serde_json::Value>,
    /// The unsigned head at `to`: tree hash, hex.
    pub root: String,
}

/// The rows that a batch is built from.
#[derive(Debug, Default)]
pub struct StagedRows {
    /// Leaves `from..to`.
    pub leaves: Vec<LeafRow>,
    /// Their events.
    pub events: Vec<EventRow>,
    /// Wrapped keys of the events' subjects.
    pub keys: Vec<(SubjectId, WrappedKey)>,
    /// Bodies of the public leaves.
    pub publications: Vec<PublicationRow>,
    /// What the application attaches.
    pub attached: Vec<serde_json::Value>,
}

/// The row of one staged event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StagedEvent {
    /// Index in the log.
    pub idx: u64,
    /// The event's id.
    pub id: EventId,
    /// Subject of the event.
    pub subject: SubjectId,
    /// Number within the subject's stream.
    pub seq: u64,
    /// MAC of the submitted body, base64.
    pub mac: String,
    /// Ciphertext, base64.
    pub body: String,
}

impl StagedBatch {
    /// Builds a batch from its rows.
    pub fn of((from, to): (u64, u64), at: UnixMs, rows: StagedRows, root: &[u8; 32]) -> Self {
        let StagedRows {
            leaves,
            events,
            keys,
            publications,
            attached,
        } = rows;
        Self {
            attached,
            from,
            to,
            at,
            leaves: leaves.iter().map(|l| STANDARD.encode(&l.leaf)).collect(),
            events: events
                .iter()
                .map(|e| StagedEvent {
                    idx: e.idx,
                    id: e.event_id.clone(),
                    subject: e.subject.clone(),
                    seq: e.seq,
                    mac: STANDARD.encode(e.body_mac),
                    body: STANDARD.encode(&e.body),
                })
                .collect(),
            keys: keys
                .iter()
                .map(|(subject, key)| (subject.clone(), key.epoch, STANDARD.encode(&key.wrapped)))
                .collect(),
            publications: publications
                .into_iter()
                .map(|p| (p.idx, p.kind, p.body))
                .collect(),
            root: hex::encode(root),
        }
    }
}

/// Result of an attempt to move the head.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Advance {
    /// The head moved, or was already there.
    Moved,
    /// Another server moved the head in the meantime; read it again.
    Lost,
}

/// The anchor of one log.
#[derive(Debug, Clone)]
pub struct Anchor {
    folder: PathBuf,
}

impl Anchor {
    /// Opens the anchor of a log below `anchor_dir`, which must be there.
    pub fn open(anchor_dir: &Path, log: &LogId) -> io::Result<Self> {
        let folder = anchor_dir.join(log.as_str());
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => Err(error),
            _ => Ok(Self { folder }),
        }
    }

    /// Reads the newest head; `None` if the anchor is new.
    pub fn head(&self) -> io::Result<Option<AnchorHead>> {
        let text = match fs::read(self.folder.join("head.json")) {
            Ok(text) => text,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        serde_json::from_slice(&text)
            .map(Some)
            .map_err(|_| io::Error::new(io::ErrorKind::InvalidData, "head.json cannot be read"))
    }

    /// Number of staged leaves: the end of the journal's last complete batch.
    pub fn staged(&self) -> io::Result<u64> {
        match self.last()? {
            Some(batch) => Ok(batch.to),
            None => Ok(self.head()?.map_or(0, |head| head.size)),
        }
    }

    /// The journal's last complete batch. The newest segment may hold none, because a crash can tear its first line.
    pub fn last(&self) -> io::Result<Option<StagedBatch>> {
        for (segment, _) in self.segments()?.iter().rev() {
            if let Some(batch) = last_batch(segment)? {
                return Ok(Some(batch));
            }
        }
        Ok(None)
    }

    /// Appends a batch durably and returns the new end of the journal. It skips a batch that begins before the
    /// journal's end, because another server staged it, at least in part. Error: the batch begins beyond the journal's
    /// end.
    pub fn stage(&self, batch: &StagedBatch) -> io::Result<u64> {
        let _lock = self.lock()?;
        let staged = self.staged()?;
        if batch.from < staged {
            return Ok(staged);
        }
        if batch.from > staged {
            return Err(io::Error::new(
                io::ErrorKind::InvalidData,
                "the batch begins beyond the journal's end",
            ));
        }
        let segment = match self.segments()?.pop() {
            Some((path, size)) if size < SEGMENT_BYTES_MAX => path,
            _ => self.folder.join(format!("{:020}.jsonl", batch.from)),
        };
        let json = serde_json::to_string(batch).map_err(io::Error::other)?;
        let line = format!("{json}\t{}\n", hex::encode(Sha256::digest(&json)));
        let mut file = OpenOptions::new()
            .create(true)
            .read(true)
            .append(true)
            .open(&segment)?;
        drop_torn_line(&mut file)?;
        file.write_all(line.as_bytes())?;
        file.sync_data()?;
        sync_folder(&self.folder)?;
        Ok(batch.to)
    }

    /// Moves the head from `from` to `to`, atomically and durably.
    pub fn advance(&self, from: Option<&AnchorHead>, to: &AnchorHead) -> io::Result<Advance> {
        let _lock = self.lock()?;
        let current = self.head()?;
        if current.as_ref() == Some(to) {
            return Ok(Advance::Moved);
        }
        if current.as_ref() != from {
            return Ok(Advance::Lost);
        }
        let json = serde_json::to_vec(to).map_err(io::Error::other)?;
        place::replace(&self.folder, "head.json", &json)?;
        Ok(Advance::Moved)
    }

    /// Deletes segments whose last batch was staged before this time, but never the newest segment.
    pub fn clear(&self, before: UnixMs) -> io::Result<usize> {
        let _lock = self.lock()?;
        let mut segments = self.segments()?;
        segments.pop();
        let mut cleared = 0;
        for (path, _) in segments {
            if last_batch(&path)?.is_none_or(|batch| batch.at < before) {
                fs::remove_file(path)?;
                cleared += 1;
            }
        }
        Ok(cleared)
    }

    /// Every staged batch, oldest first.
    pub fn batches(&self) -> io::Result<Vec<StagedBatch>> {
        let mut batches = Vec::new();
        for (path, _) in self.segments()? {
            // A crash tore a line without its hash. The server never acknowledged that batch as staged.
            batches.extend(Self::batches_of(&path)?);
        }
        Ok(batches)
    }

    /// The segments that hold batches from this index on, oldest first: a replay reads one after the other, 16 MiB each.
    pub fn segments_from(&self, index: u64) -> io::Result<Vec<PathBuf>> {
        let mut segments: Vec<PathBuf> = self.segments()?.into_iter().map(|s| s.0).collect();
        let begins = |path: &PathBuf| -> Option<u64> { path.file_stem()?.to_str()?.parse().ok() };
        let later = |path: &PathBuf| begins(path).is_some_and(|first| first > index);
        let keep_from = segments.iter().position(later).unwrap_or(segments.len());
        Ok(segments.split_off(keep_from.saturating_sub(1)))
    }

    /// The complete batches of a segment, up to the first line that a crash tore.
    pub fn batches_of(segment: &Path) -> io::Result<Vec<StagedBatch>> {
        let mut batches = Vec::new();
        for line in BufReader::new(File::open(segment)?).lines() {
            let Some(batch) = parse_line(&line?) else {
                break;
            };
            batches.push(batch);
        }
        Ok(batches)
    }

    fn segments(&self) -> io::Result<Vec<(PathBuf, u64)>> {
        let mut segments = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.path().extension().is_some_and(|e| e == "jsonl") {
                segments.push((entry.path(), entry.metadata()?.len()));
            }
        }
        segments.sort();
        Ok(segments)
    }

    /// Locks the folder, because two servers may share an anchor.
    fn lock(&self) -> io::Result<File> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(self.folder.join("lock"))?;
        file.lock()?;
        Ok(file)
    }
}

fn parse_line(line: &str) -> Option<StagedBatch> {
    let (json, hash) = line.trim_end_matches('\n').rsplit_once('\t')?;
    (hex::encode(Sha256::digest(json)) == hash).then(|| serde_json::from_str(json).ok())?
}

/// The last complete batch of a segment. Reads backwards in growing pieces: a segment can be 16 MiB, a line some KiB.
fn last_batch(path: &Path) -> io::Result<Option<StagedBatch>> {
    let mut file = File::open(path)?;
    let size = file.metadata()?.len();
    let mut piece = 64 * 1024;
    loop {
        let from = size.saturating_sub(piece);
        file.seek(SeekFrom::Start(from))?;
        let mut text = Vec::new();
        (&file).take(size - from).read_to_end(&mut text)?;
        let text = String::from_utf8_lossy(&text);
        // The first line of a piece can be half a line, unless the piece begins the file.
        let lines = text.lines().skip(usize::from(from > 0));
        if let Some(batch) = lines.filter_map(parse_line).last() {
            return Ok(Some(batch));
        }
        if from == 0 {
            return Ok(None);
        }
        piece *= 4;
    }
}

/// Cuts off a last line that a crash tore, so that the next batch begins on its own line.
fn drop_torn_line(file: &mut File) -> io::Result<()> {
    let size = file.metadata()?.len();
    if size == 0 {
        return Ok(());
    }
    file.seek(SeekFrom::End(-1))?;
    let mut last = [0];
    file.read_exact(&mut last)?;
    if last == *b"\n" {
        return Ok(());
    }
    let mut text = Vec::new();
    file.seek(SeekFrom::Start(0))?;
    file.read_to_end(&mut text)?;
    let whole = text
        .iter()
        .rposition(|b| *b == b'\n')
        .map_or(0, |at| at + 1);
    file.set_len(whole as u64)
}

/// Syncs the folder: a file's name is durable only after its folder is.
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn batch(from: u64, to: u64, at: UnixMs) -> StagedBatch {
        StagedBatch::of((from, to), at, StagedRows::default(), &[7; 32])
    }

    fn head(size: u64) -> AnchorHead {
        AnchorHead {
            v: 1,
            identity: "db".into(),
            origin: "o".into(),
            epoch: 1,
            size,
            root: hex::encode([7; 32]),
        }
    }

    fn anchor() -> (tempfile::TempDir, Anchor) {
        let dir = tempfile::tempdir().expect("a folder");
        let anchor = Anchor::open(dir.path(), &LogId::from_bytes([1; 16])).expect("an anchor");
        (dir, anchor)
    }

    /// Protects the journal against a crash in the middle of a line: the torn batch does not count as staged.
    #[test]
    fn a_torn_line_is_dropped_and_staged_again() {
        let (_dir, anchor) = anchor();
        anchor.stage(&batch(0, 3, 1)).expect("staged");
        let (segment, _) = anchor.segments().expect("segments").pop().expect("one");
        let mut file = OpenOptions::new().append(true).open(segment).expect("open");
        file.write_all(b"{\"from\":3,\"to\":5").expect("written");
        assert_eq!(anchor.staged().expect("staged"), 3);
        anchor.stage(&batch(3, 5, 2)).expect("staged");
        let spans: Vec<_> = anchor
            .batches()
            .expect("batches")
            .iter()
            .map(|b| (b.from, b.to))
            .collect();
        assert_eq!(spans, [(0, 3), (3, 5)]);
    }

    /// Protects the journal against a crash in the first line of a new segment: earlier segments still count.
    #[test]
    fn a_segment_without_a_whole_line_hides_nothing() {
        let (_dir, anchor) = anchor();
        anchor.stage(&batch(0, 3, 1)).expect("staged");
        let torn = anchor.folder.join(format!("{:020}.jsonl", 3));
        fs::write(torn, b"{\"from\":3,\"to\":5").expect("written");
        assert_eq!(anchor.staged().expect("staged"), 3);
        anchor.stage(&batch(3, 5, 2)).expect("staged");
        let spans: Vec<_> = anchor
            .batches()
            .expect("batches")
            .iter()
            .map(|b| (b.from, b.to))
            .collect();
        assert_eq!(spans, [(0, 3), (3, 5)]);
    }

    /// Protects against a gap in the journal, which no replay could bridge.
    #[test]
    fn a_gap_is_refused_and_a_repeat_ignored() {
        let (_dir, anchor) = anchor();
        assert_eq!(anchor.stage(&batch(0, 3, 1)).expect("staged"), 3);
        assert_eq!(
            anchor
                .stage(&batch(0, 3, 1))
                .expect("a repeat is another server's"),
            3
        );
        assert_eq!(anchor.stage(&batch(2, 5, 1)).expect("so is an overlap"), 3);
        assert!(anchor.stage(&batch(4, 5, 2)).is_err());
        assert_eq!(anchor.staged().expect("staged"), 3);
    }

    /// Protects the head's compare-and-swap: a server with an old head cannot move it back.
    #[test]
    fn the_head_only_moves_from_what_was_read() {
        let (_dir, anchor) = anchor();
        assert_eq!(
            anchor.advance(None, &head(3)).expect("moved"),
            Advance::Moved
        );
        assert_eq!(anchor.advance(None, &head(2)).expect("lost"), Advance::Lost);
        assert_eq!(
            anchor.advance(Some(&head(3)), &head(5)).expect("moved"),
            Advance::Moved
        );
        assert_eq!(
            anchor.advance(Some(&head(3)), &head(4)).expect("lost"),
            Advance::Lost
        );
        assert_eq!(anchor.head().expect("head"), Some(head(5)));
    }
}
