//! The queue as threads share it, behind two locks. One is over the entries and the journal, and is held while the disk
//! is written. The other is over the denied cells, is read by every check, and is never held for long.

use std::collections::HashMap;
use std::io::{self, ErrorKind};

use samtycke_core::decision::Decision;
use samtycke_core::id::{EventId, PurposeId, SubjectId};
use samtycke_core::scope::Scope;

use super::entry::{Body, Entry, Refusal};
use super::error::QueueError;
use super::order::{Order, Place, Tried};
use crate::clock::Moment;
use crate::sync::{Mutex, MutexGuard, lock};

/// The most submissions with a grant that wait, or are rejected and not acknowledged: a day of a back end with a grant
/// every 8 s, or a year of a kiosk with 27 a day. Example: see [`Queue::consent`](super::Queue::consent).
pub const GRANTS_MAX: usize = 10_000;
/// The longest line of a submission, in bytes. The server takes bodies of 64 KiB; a full withdrawal, with 64 decisions
/// of at most 400 bytes and 16 ids of 39, has 27 KiB. Example: as [`GRANTS_MAX`].
pub const ENTRY_BYTES_MAX: usize = 64 * 1024;
/// How far entries with a grant may fill the journal, in bytes: 10 000 of 1.6 KiB; a submission is about 1 KiB.
/// Example: as [`GRANTS_MAX`].
pub const GRANT_BYTES_MAX: usize = 16 * 1024 * 1024;
/// How far all entries may fill the journal, in bytes. The 48 MiB above the limit for grants are for withdrawals: 1 700
/// of the longest, and 150 000 of the usual 300 bytes. The file can be twice as long before it is rewritten. Example:
/// as [`GRANTS_MAX`].
pub const JOURNAL_BYTES_MAX: usize = 64 * 1024 * 1024;

/// A change of an entry.
pub(crate) enum Change<'a> {
    Added(&'a Body),
    Settled(&'a EventId),
    Refused(&'a EventId, &'a Refusal),
}

/// The place that changes are written to.
pub(crate) trait Journal {
    /// The length of a submission's line.
    fn length(&self, body: &Body) -> usize;

    /// Makes a change durable: at the end of the file, or in a new file that holds `before` as well. Returns whether it
    /// was a new file.
    fn write(&mut self, change: &Change<'_>, before: &Order) -> io::Result<bool>;

    /// Writes all entries into a new file.
    fn rewrite(&mut self, all: &Order) -> io::Result<()>;
}

/// The queue, for any number of threads.
pub(crate) struct Shared<J> {
    denied: Mutex<Denied>,
    inner: Mutex<Inner<J>>,
}

struct Inner<J> {
    order: Order,
    journal: J,
}

/// The number of entries that restrict each cell.
#[derive(Default)]
struct Denied(HashMap<SubjectId, Vec<(PurposeId, Scope, usize)>>);

/// The next step of a flush.
pub(crate) enum Next {
    Send(Place, Body),
    /// It was given up unsent.
    TooOld(Box<Gone>),
}

/// An entry that has left the queue.
pub(crate) struct Gone {
    pub(crate) entry: Entry,
    /// Whether its removal is on disk.
    pub(crate) saved: bool,
}

impl<J: Journal> Shared<J> {
    pub(crate) fn new(order: Order, journal: J) -> Self {
        let mut denied = Denied::default();
        for (entry, _) in order.all() {
            denied.add(&entry.body);
        }
        Self {
            denied: Mutex::new(denied),
            inner: Mutex::new(Inner { order, journal }),
        }
    }

    /// Adds a submission. A withdrawal denies before anything else happens, and whatever happens then.
    pub(crate) fn add(&self, body: Body, now: Moment) -> Result<(), QueueError> {
        if let Some(flaw) = body.flaw() {
            return Err(QueueError::Invalid(flaw));
        }
        self.deny(&body);
        let mut inner = self.lock();
        if let Some(known) = inner.order.get(body.event_id()) {
            if !body.repeats(&known.body) {
                return Err(QueueError::EventIdReused);
            }
            let durable = known.durable;
            self.permit(&body);
            return if durable { Ok(()) } else { inner.heal() };
        }
        inner.take(body, now)
    }

    /// Whether a restrictive decision on this cell, or on the whole purpose, is here.
    pub(crate) fn refuses(&self, subject: &SubjectId, purpose: &PurposeId, scope: &Scope) -> bool {
        let denied = lock(&self.denied);
        let cells = denied.0.get(subject).map_or(&[][..], Vec::as_slice);
        cells
            .iter()
            .any(|(p, s, _)| p == purpose && (s == scope || s.is_none()))
    }

    /// The next step; a flush tries each entry once.
    pub(crate) fn next(&self, tried: &mut Tried, now: Moment) -> Option<Next> {
        let mut inner = self.lock();
        let (place, entry) = inner.order.next(tried)?;
        tried.insert(place);
        let (late, body) = (entry.is_late(now), entry.body.clone());
        if !late {
            return Some(Next::Send(place, body));
        }
        let gone = inner.settle(body.event_id())?;
        Some(Next::TooOld(Box::new(gone)))
    }

    /// Handles an answer. `None` if another flush was faster.
    pub(crate) fn answered(&self, id: &EventId) -> Option<Gone> {
        let mut inner = self.lock();
        if inner.order.is_restrictive(id) {
            return None;
        }
        let gone = inner.settle(id)?;
        self.permit(&gone.entry.body);
        Some(gone)
    }

    /// Handles a final rejection. Returns what is rejected now, and whether that is on disk.
    pub(crate) fn refuse(&self, id: &EventId, refusal: Refusal) -> (Vec<(Entry, Refusal)>, bool) {
        let mut inner = self.lock();
        if inner.order.get(id).is_none() || inner.order.is_restrictive(id) {
            return (Vec::new(), true);
        }
        let saved = inner.write(&Change::Refused(id, &refusal)).is_ok();
        let gone = inner.order.refuse(id, refusal);
        let all = inner.order.refused();
        let new = all.filter(|(entry, _)| gone.contains(entry.body.event_id()));
        (new.cloned().collect(), saved)
    }

    /// Acknowledges a rejection: it is forgotten, and no longer denies.
    pub(crate) fn acknowledge(&self, id: &EventId) -> Result<bool, QueueError> {
        let mut inner = self.lock();
        if !inner.order.is_restrictive(id) {
            return Ok(false);
        }
        let written = inner.write(&Change::Settled(id));
        written.map_err(|e| QueueError::Folder(e.kind()))?;
        if let Some(entry) = inner.order.remove(id) {
            self.permit(&entry.body);
        }
        Ok(true)
    }

    /// Tries to write what is only in memory.
    pub(crate) fn heal(&self) {
        let mut inner = self.lock();
        if inner.order.is_volatile() {
            // The caller was told that it is not on disk; every flush tries again.
            let _told = inner.heal();
        }
    }

    pub(crate) fn refused(&self) -> Vec<(Entry, Refusal)> {
        self.lock().order.refused().cloned().collect()
    }

    pub(crate) fn waiting(&self) -> (usize, usize) {
        self.lock().order.waiting()
    }

    /// The inner state, for tests.
    #[cfg(test)]
    pub(crate) fn inside<T>(&self, look: impl FnOnce(&Order, &mut J) -> T) -> T {
        let inner = &mut *self.lock();
        look(&inner.order, &mut inner.journal)
    }

    fn deny(&self, body: &Body) {
        if body.is_restrictive() {
            lock(&self.denied).add(body);
        }
    }

    fn permit(&self, body: &Body) {
        if body.is_restrictive() {
            lock(&self.denied).remove(body);
        }
    }

    fn lock(&self) -> MutexGuard<'_, Inner<J>> {
        lock(&self.inner)
    }
}

impl<J: Journal> Inner<J> {
    /// Completes, writes and inserts. After a failure a withdrawal stays, in memory, and a grant does not.
    fn take(&mut self, body: Body, now: Moment) -> Result<(), QueueError> {
        let body = self.order.complete(body, now);
        let bytes = self.journal.length(&body);
        let is_restrictive = body.is_restrictive();
        if !is_restrictive {
            self.room(&body, bytes)?;
        }
        let written = if self.order.bytes().saturating_add(bytes) > JOURNAL_BYTES_MAX {
            Err(ErrorKind::StorageFull.into())
        } else {
            self.write(&Change::Added(&body))
        };
        let failed = written.err().map(|e| e.kind());
        if let (Some(kind), false) = (failed, is_restrictive) {
            return Err(QueueError::NotQueued(kind));
        }
        self.order.insert(Entry {
            body,
            taken_back: Vec::new(),
            bytes,
            durable: failed.is_none(),
            met: now,
        });
        failed.map_or(Ok(()), |kind| Err(QueueError::NotDurable(kind)))
    }

    fn room(&self, body: &Body, bytes: usize) -> Result<(), QueueError> {
        if bytes > ENTRY_BYTES_MAX {
            return Err(QueueError::TooLong);
        }
        let all = self.order.bytes().saturating_add(bytes);
        let many = body.is_grant() && self.order.grants() >= GRANTS_MAX;
        if many || all > GRANT_BYTES_MAX {
            return Err(QueueError::Full);
        }
        Ok(())
    }

    /// Removes an entry, whether or not that can be written: sent once more after a restart, it changes nothing.
    fn settle(&mut self, id: &EventId) -> Option<Gone> {
        self.order.get(id)?;
        let saved = self.write(&Change::Settled(id)).is_ok();
        let entry = self.order.remove(id)?;
        Some(Gone { entry, saved })
    }

    fn write(&mut self, change: &Change<'_>) -> io::Result<()> {
        let whole = self.journal.write(change, &self.order)?;
        if whole {
            self.order.all_durable();
        }
        Ok(())
    }

    fn heal(&mut self) -> Result<(), QueueError> {
        let written = if self.order.bytes() > JOURNAL_BYTES_MAX {
            Err(ErrorKind::StorageFull.into())
        } else {
            self.journal.rewrite(&self.order)
        };
        written.map_err(|e| QueueError::NotDurable(e.kind()))?;
        self.order.all_durable();
        Ok(())
    }
}

impl Denied {
    fn add(&mut self, body: &Body) {
        for Decision { purpose, scope, .. } in body.narrowed() {
            let cells = self.0.entry(body.subject().clone()).or_default();
            let known = cells
                .iter_mut()
                .find(|(p, s, _)| p == purpose && s == scope);
            match known {
                Some((.., count)) => *count = count.saturating_add(1),
                None => cells.push((purpose.clone(), scope.clone(), 1)),
            }
        }
    }

    fn remove(&mut self, body: &Body) {
        let Some(cells) = self.0.get_mut(body.subject()) else {
            return;
        };
        for said in body.narrowed() {
            for (purpose, scope, count) in cells.iter_mut() {
                if *purpose == said.purpose && *scope == said.scope {
                    *count = count.saturating_sub(1);
                }
            }
        }
        cells.retain(|(.., count)| *count > 0);
        if cells.is_empty() {
            self.0.remove(body.subject());
        }
    }
}
