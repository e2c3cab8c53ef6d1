//! The queue's file: lines of JSON behind checksums. It is appended to, and rewritten from time to time.
//!
//! ```text
//! 6f0c9ad5b1e37a42 {"format":"samtycke.queue/1"}
//! 02b1d6f3c8879e10 {"added":{"withdrawal":{"event_id":"..","subject":"..","decisions":[..]}}}
//! 9d13f7a60c5b2e84 {"settled":"0190a5c4-.."}
//! ```
//!
//! A line is in the file, and the file is synced, before the caller gets a result. So a power failure can tear only the
//! last line, and no caller was told about that one. An unreadable line in the middle is damage.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use samtycke_core::id::EventId;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use super::entry::{Body, Entry, Refusal};
use super::order::Order;
use super::shared::{Change, Journal};
use crate::clock::Moment;

const FORMAT: &str = "samtycke.queue/1";
const JOURNAL: &str = "journal";
const JOURNAL_NEW: &str = "journal.new";
/// How far the file may exceed twice the needed size, in bytes, so a short file is not rewritten all the time.
const SLACK_BYTES: usize = 256 * 1024;
/// Hex digits of SHA-256 before each line: 64 bits, so damage passes once in 10^19 times.
const CHECKSUM_DIGITS: usize = 16;

/// One line.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line<B, E, R> {
    Format(String),
    Added(B),
    /// The same, for an entry that was there when the file was rewritten.
    Kept {
        body: B,
        taken_back: Vec<usize>,
    },
    Settled(E),
    Refused {
        event_id: E,
        refusal: R,
    },
}

type Written<'a> = Line<&'a Body, &'a EventId, &'a Refusal>;
type Read = Line<Body, EventId, Refusal>;

/// The result of reading a journal.
#[derive(Default)]
pub(super) struct Found {
    pub(super) order: Order,
    /// The number of unreadable lines.
    pub(super) unreadable: usize,
    /// The last line is incomplete.
    pub(super) torn: bool,
    /// Whether the file can be appended to as it is.
    clean: bool,
}

/// The file.
pub(super) struct FileJournal {
    folder: PathBuf,
    file: File,
    /// Its size in bytes.
    length: usize,
    /// The content of its end is unknown.
    damaged: bool,
}

impl FileJournal {
    /// Reads the folder's journal, keeps it aside if lines are lost, and prepares it for writing.
    pub(super) fn open(folder: &Path, now: Moment) -> io::Result<(Self, Found)> {
        let path = folder.join(JOURNAL);
        let bytes = match fs::read(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            read => read?,
        };
        let mut found = read(&bytes, now)?;
        if found.unreadable > 0 {
            let aside = format!("{JOURNAL}.unreadable-{}", now.unix_ms);
            let mut aside = private()
                .create(true)
                .truncate(true)
                .open(folder.join(aside))?;
            aside.write_all(&bytes)?;
            aside.sync_all()?;
        }
        let mut journal = Self {
            folder: folder.to_owned(),
            file: private().append(true).create(true).open(&path)?,
            length: bytes.len(),
            damaged: !found.clean,
        };
        if journal.damaged {
            journal.rewrite(&found.order)?;
            found.order.all_durable();
        }
        Ok((journal, found))
    }

    fn append(&mut self, line: &[u8]) -> io::Result<()> {
        let written = self
            .file
            .write_all(line)
            .and_then(|()| self.file.sync_data());
        // It is unknown how much reached the disk, and stays unknown after a failed sync: the next change makes a new
        // file.
        if written.is_err() {
            self.damaged = true;
            drop(
                self.file
                    .set_len(u64::try_from(self.length).unwrap_or(u64::MAX)),
            );
        }
        self.length = self.length.saturating_add(line.len());
        written
    }

    fn replace(&mut self, bytes: &[u8]) -> io::Result<()> {
        // Until the folder is synced, a crash may bring either file back.
        self.damaged = true;
        let new = self.folder.join(JOURNAL_NEW);
        let mut file = private().create(true).truncate(true).open(&new)?;
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&new, self.folder.join(JOURNAL))?;
        self.file = file;
        self.length = bytes.len();
        sync_folder(&self.folder)?;
        self.damaged = false;
        Ok(())
    }
}

impl Journal for FileJournal {
    fn length(&self, body: &Body) -> usize {
        line(&Written::Added(body)).len()
    }

    fn write(&mut self, change: &Change<'_>, before: &Order) -> io::Result<bool> {
        let added = line(&match *change {
            Change::Added(body) => Written::Added(body),
            Change::Settled(event_id) => Written::Settled(event_id),
            Change::Refused(event_id, refusal) => Written::Refused { event_id, refusal },
        });
        let needed = before.bytes().saturating_mul(2).saturating_add(SLACK_BYTES);
        if !self.damaged && self.length.saturating_add(added.len()) <= needed {
            return self.append(&added).map(|()| false);
        }
        let mut bytes = whole(before);
        bytes.extend(added);
        self.replace(&bytes).map(|()| true)
    }

    fn rewrite(&mut self, all: &Order) -> io::Result<()> {
        self.replace(&whole(all))
    }
}

/// Creates the folder for its owner alone, and restricts an existing one.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    let above = folder.parent().filter(|_| !folder.exists());
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    if let Some(above) = above {
        builder.create(above)?;
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::{DirBuilderExt as _, PermissionsExt as _};
        builder.mode(0o700).create(folder)?;
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700))?;
    }
    builder.create(folder)?;
    match folder.canonicalize()?.parent() {
        Some(above) => sync_folder(above),
        None => Ok(()),
    }
}

/// Opens files for their owner alone.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options
}

/// Makes the names in a folder durable. On systems other than Unix a folder cannot be synced, and need not be.
fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) {
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

/// The content of a file with exactly these entries.
fn whole(order: &Order) -> Vec<u8> {
    let mut bytes = line(&Written::Format(FORMAT.to_owned()));
    for (entry, refusal) in order.all() {
        let taken_back = entry.taken_back.clone();
        let body = &entry.body;
        bytes.extend(line(&Written::Kept { body, taken_back }));
        if let Some(refusal) = refusal {
            let event_id = body.event_id();
            bytes.extend(line(&Written::Refused { event_id, refusal }));
        }
    }
    bytes
}

fn line(record: &Written<'_>) -> Vec<u8> {
    // Every entry can be JSON. If not, the line would be unreadable and be noticed.
    let json = serde_json::to_vec(record).unwrap_or_default();
    let mut line = checksum(&json).into_bytes();
    line.push(b' ');
    line.extend(json);
    line.push(b'\n');
    line
}

fn checksum(json: &[u8]) -> String {
    let mut digits = hex::encode(Sha256::digest(json));
    digits.truncate(CHECKSUM_DIGITS);
    digits
}

/// Reads a journal's bytes. The error is a format that this version does not know.
pub(super) fn read(bytes: &[u8], now: Moment) -> io::Result<Found> {
    let mut found = Found {
        clean: bytes.last() == Some(&b'\n'),
        ..Found::default()
    };
    let mut lines = bytes.split(|byte| *byte == b'\n').peekable();
    while let Some(text) = lines.next() {
        let is_last = lines.peek().is_none();
        if is_last && text.is_empty() {
            break;
        }
        match parse(text) {
            Some(Line::Format(format)) if format != FORMAT => {
                return Err(ErrorKind::Unsupported.into());
            }
            Some(record) => found.replay(record, text.len().saturating_add(1), now),
            None if is_last => found.torn = true,
            None => {
                found.unreadable = found.unreadable.saturating_add(1);
                found.order.doubt();
            }
        }
    }
    found.clean &= found.unreadable == 0;
    Ok(found)
}

fn parse(text: &[u8]) -> Option<Read> {
    let (sum, rest) = text.split_at_checked(CHECKSUM_DIGITS)?;
    let json = rest.strip_prefix(b" ")?;
    (checksum(json).as_bytes() == sum).then_some(())?;
    serde_json::from_slice(json).ok()
}

impl Found {
    fn replay(&mut self, record: Read, bytes: usize, now: Moment) {
        match record {
            Line::Format(_) => {}
            Line::Added(body) => self.admit(body, Vec::new(), bytes, now),
            Line::Kept { body, taken_back } => self.admit(body, taken_back, bytes, now),
            Line::Settled(event_id) => drop(self.order.remove(&event_id)),
            Line::Refused { event_id, refusal } => drop(self.order.refuse(&event_id, refusal)),
        }
    }

    fn admit(&mut self, body: Body, taken_back: Vec<usize>, bytes: usize, met: Moment) {
        if self.order.get(body.event_id()).is_none() {
            self.order.insert(Entry {
                body,
                taken_back,
                bytes,
                durable: true,
                met,
            });
        }
    }
}

#[cfg(test)]
impl FileJournal {
    /// From now on the file cannot be appended to.
    pub(super) fn break_by(&mut self, read_only: File) {
        self.file = read_only;
    }
}

/// A journal's first line, as another version might write it.
#[cfg(test)]
pub(super) fn line_of_format(format: &str) -> Vec<u8> {
    line(&Written::Format(format.to_owned()))
}
