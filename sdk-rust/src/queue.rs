//! A queue on disk for decisions that are made while the server cannot be reached: for back ends and kiosks.
//!
//! [`Queue::consent`] and [`Queue::withdraw`] write the submission down and return when it is on disk. [`Queue::run`]
//! delivers it as soon as possible, in an order in which no grant passes a withdrawal.
//!
//! ```no_run
//! use std::sync::Arc;
//!
//! use samtycke::Client;
//! use samtycke::decision::{Decision, DecisionKind};
//! use samtycke::queue::Queue;
//! use samtycke::wire::WithdrawalRequest;
//!
//! # async fn example(samtycke: Client, subject: samtycke::id::SubjectId) -> Result<(), Box<dyn std::error::Error>> {
//! // Once, when the program starts: one process at a time.
//! let queue = Arc::new(Queue::open("/var/lib/kiosk/consent")?);
//! assert_eq!(queue.opened().unreadable, 0, "an operator has to look at the journal");
//!
//! // In the background, for as long as the program runs.
//! let delivery = {
//!     let (queue, samtycke) = (queue.clone(), samtycke.clone());
//!     async move {
//!         queue
//!             .run(&samtycke, |flushed| {
//!                 let lapsed = flushed.superseded.iter().chain(&flushed.too_old);
//!                 let again = lapsed.filter(|lapsed| lapsed.ask_again()).count();
//!                 println!("{} delivered, {again} to be asked again", flushed.sent.len());
//!             })
//!             .await
//!     }
//! };
//!
//! // A person withdraws. It is in force in this process before it is sent, or even written.
//! let withdrawn = Decision::about("kiosk.newsletter".parse()?, DecisionKind::Withdrawn);
//! queue.withdraw(WithdrawalRequest::new(samtycke::clock::event_id()?, subject, vec![withdrawn]))?;
//! # drop(delivery);
//! # Ok(())
//! # }
//! ```
//!
//! # Withdrawals
//!
//! - **It denies in this process at once.** [`Queue::refuses`] is true before [`Queue::withdraw`] returns, and a client
//!   that was built with the queue denies by it. This ends when the server has answered, because then the server
//!   denies.
//! - **It goes first and waits for nothing**, neither for a grant nor for another withdrawal that the server cannot
//!   take now.
//! - **There is always room for it.** A full queue refuses grants ([`QueueError::Full`]). If the disk is full, the
//!   withdrawal stays in memory, denies and is sent, and [`QueueError::NotDurable`] says that a crash would lose it.
//! - **It is never dropped.** What the server rejects for good stays in [`Queue::refused`], on disk, and keeps denying
//!   here until the operator acknowledges it with [`Queue::acknowledge`].
//!
//! The queue denies the cell: this purpose, with this scope. A withdrawal without a scope denies every scope of its
//! purpose. It does not deny purposes that depend on this one, because only the server knows the register.
//!
//! # Grants
//!
//! A grant permits nothing before the server has recorded it. It is compare-and-set: `based_on` is the subject's last
//! number that the program had seen ([`crate::wire::DecisionsResponse::seq`]), and a later withdrawal blocks the grant
//! unless `after` names it. The queue names in `after` the withdrawals about the same cells that it still holds,
//! because a person who refuses and then accepts at one kiosk has accepted. It can name 16. Of more it names the
//! newest, and the grant has no effect: the person is asked again. A withdrawal that was delivered in the meantime is
//! not named; `based_on` must have seen it.
//!
//! A grant without effect is not an error. It is in [`Flushed::superseded`], and [`Lapsed::ask_again`] says whether to
//! ask again: not if the person has withdrawn it since through this queue.
//!
//! A grant that has waited for more than 30 days is given up: [`Flushed::too_old`]. The server would not let it take
//! effect either. Its age counts from `occurred_at`, which the queue fills in from the clock, so errors of the clock
//! count too:
//!
//! - Two hours ahead or three days behind at the time of the grant: it is that much older or younger, also to the
//!   server.
//! - Set ahead later: no grant that this process has seen is given up sooner, because a monotonic clock counts as well.
//!   Where the two clocks differ the grant is sent, and the server decides.
//! - Set back later: the grant is sent, and the server decides.
//! - More than 30 days behind at the time of the grant, as on a machine without a clock battery: the grant is lost, and
//!   the person is asked again. Do not accept grants before the clock is set.
//!
//! # Lost responses
//!
//! After a time-out it is unknown whether a submission was recorded. The queue sends the same bytes with the same
//! `event_id` again, and the server gives its first answer. So a power failure at any moment loses no queued submission
//! and repeats none.
//!
//! A problem with the key (401, 403) is not about the submission: the submission stays, and [`Flushed::error`] shows
//! the problem. A problem with the submission itself is final. An unreadable response, such as the login page of a
//! hotel's network, does not count as an answer.
//!
//! # On disk
//!
//! The folder belongs to the queue and to its owner alone (0700, files 0600). It holds pseudonyms and their decisions,
//! and is not encrypted. A line that cannot be read is counted in [`Opened::unreadable`], and the whole file is kept
//! aside. Because the line may have been a withdrawal, no grant before it is sent.
//!
//! Writing waits some milliseconds for the disk. Where that is too long, call it from `tokio::task::spawn_blocking`.

mod deliver;
mod entry;
mod error;
mod journal;
mod order;
mod report;
mod shared;
#[cfg(test)]
mod tests;

use std::convert::Infallible;
use std::fmt;
use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::Arc;

use samtycke_core::id::{EventId, PurposeId, SubjectId};
use samtycke_core::scope::Scope;
use samtycke_core::wire::{ConsentRequest, WithdrawalRequest};
use tokio::sync::Notify;

use self::entry::Body;
use self::journal::{FileJournal, make_folder, private};
use self::order::Tried;
use self::shared::Shared;
pub use self::{
    error::QueueError,
    report::{Flushed, Lapsed, Opened, Refused, Waiting},
    shared::{ENTRY_BYTES_MAX, GRANT_BYTES_MAX, GRANTS_MAX, JOURNAL_BYTES_MAX},
};
use crate::Client;
use crate::clock::{Clock, SystemClock};
use crate::sync::Mutex;

/// A durable queue of submissions. Share it in an [`Arc`]: all methods take `&self`.
///
/// Example: see [the module](self).
pub struct Queue {
    shared: Shared<FileJournal>,
    opened: Opened,
    clock: Arc<dyn Clock>,
    added: Notify,
    /// The error of the last flush.
    failed: Mutex<Tried>,
    /// The lock on the folder, held while the queue lives.
    _lock: File,
}

impl Queue {
    /// Opens the queue in this folder. Creates the folder if it does not exist, for its owner alone.
    ///
    /// # Errors
    /// [`QueueError::InUse`], or [`QueueError::Folder`].
    ///
    /// ```
    /// use samtycke::queue::{Queue, QueueError};
    ///
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let folder = folder.path().join("consent");
    /// let queue = Queue::open(&folder)?;
    /// assert_eq!(Queue::open(&folder).err(), Some(QueueError::InUse));
    /// # Ok::<(), QueueError>(())
    /// ```
    pub fn open(folder: impl AsRef<Path>) -> Result<Self, QueueError> {
        Self::open_with(folder.as_ref(), Arc::new(SystemClock::new()))
    }

    fn open_with(folder: &Path, clock: Arc<dyn Clock>) -> Result<Self, QueueError> {
        let failed = |e: std::io::Error| QueueError::Folder(e.kind());
        make_folder(folder).map_err(failed)?;
        let lock = private()
            .create(true)
            .truncate(false)
            .open(folder.join("lock"))
            .map_err(failed)?;
        lock.try_lock().map_err(|e| match e {
            TryLockError::WouldBlock => QueueError::InUse,
            TryLockError::Error(e) => failed(e),
        })?;
        let (journal, found) = FileJournal::open(folder, clock.now()).map_err(failed)?;
        let (withdrawals, others) = found.order.waiting();
        let opened = Opened {
            waiting: withdrawals.saturating_add(others),
            refused: found.order.refused().count(),
            unreadable: found.unreadable,
            torn: found.torn,
        };
        Ok(Self {
            shared: Shared::new(found.order, journal),
            opened,
            clock,
            added: Notify::new(),
            failed: Mutex::default(),
            _lock: lock,
        })
    }

    /// The state of the journal when the queue was opened.
    ///
    /// ```
    /// # let folder = tempfile::tempdir().unwrap();
    /// # let folder = folder.path();
    /// let queue = samtycke::queue::Queue::open(folder)?;
    /// let opened = queue.opened();
    /// assert_eq!((opened.waiting, opened.unreadable, opened.torn), (0, 0, false));
    /// # Ok::<(), samtycke::queue::QueueError>(())
    /// ```
    pub fn opened(&self) -> Opened {
        self.opened
    }

    /// Queues a person's decisions. When this returns they are on disk. Grants permit nothing before the server has
    /// recorded them; restrictive decisions deny here from now on, as with [`Self::withdraw`].
    ///
    /// The queue fills in `occurred_at` if it is absent, and `after` with its earlier withdrawals. The same submission
    /// while it is queued is the same submission. After delivery the server knows the id with the filled-in fields: a
    /// caller that may submit again then must set `occurred_at` itself.
    ///
    /// # Errors
    /// See [`QueueError`]. A submission with a restrictive decision is kept in every case: see [`Self::withdraw`].
    ///
    /// ```
    /// use samtycke::decision::{Decision, DecisionKind, Method};
    /// use samtycke::queue::{Queue, QueueError};
    /// use samtycke::wire::ConsentRequest;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = folder.path();
    /// # let subject = samtycke::id::SubjectId::from_bytes([7; 16]);
    /// # let notice = samtycke::id::NoticeHash::of(b"a notice");
    /// let queue = Queue::open(folder)?;
    /// let yes = Decision::about("kiosk.newsletter".parse()?, DecisionKind::Given);
    /// let event = samtycke::clock::event_id()?;
    /// let mut said = ConsentRequest::new(event, subject, notice, "sv".parse()?, Method::Button, vec![yes]);
    /// assert!(matches!(queue.consent(said.clone()), Err(QueueError::Invalid(_))), "a grant needs based_on");
    /// said.based_on = Some(0);
    /// queue.consent(said)?;
    /// assert_eq!(queue.waiting().others, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn consent(&self, said: ConsentRequest) -> Result<(), QueueError> {
        self.add(Body::Consent(Box::new(said)))
    }

    /// Queues a withdrawal. It denies here before anything is written, and whatever this returns. `Ok` means that it is
    /// on disk.
    ///
    /// # Errors
    /// [`QueueError::NotDurable`]: the disk failed. The withdrawal is in force here and will be sent, but a crash would
    /// lose it. [`QueueError::EventIdReused`]: it denies here, and will not be sent.
    ///
    /// ```
    /// use samtycke::decision::{Decision, DecisionKind};
    /// use samtycke::scope::Scope;
    /// use samtycke::wire::WithdrawalRequest;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let queue = samtycke::queue::Queue::open(folder.path())?;
    /// # let subject = samtycke::id::SubjectId::from_bytes([7; 16]);
    /// let newsletter: samtycke::id::PurposeId = "kiosk.newsletter".parse()?;
    /// let withdrawn = Decision::about(newsletter.clone(), DecisionKind::Withdrawn);
    /// let event = samtycke::clock::event_id()?;
    /// queue.withdraw(WithdrawalRequest::new(event, subject.clone(), vec![withdrawn]))?;
    /// assert!(queue.refuses(&subject, &newsletter, &Scope::None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn withdraw(&self, said: WithdrawalRequest) -> Result<(), QueueError> {
        self.add(Body::Withdrawal(Box::new(said)))
    }

    /// Whether a restrictive decision on this cell, or on the purpose without a scope, is in the queue: waiting, or
    /// rejected and not acknowledged. A grant that was queued later changes nothing before the server has both. It
    /// needs no disk and no network.
    ///
    /// Example: see [`Self::withdraw`].
    pub fn refuses(&self, subject: &SubjectId, purpose: &PurposeId, scope: &Scope) -> bool {
        self.shared.refuses(subject, purpose, scope)
    }

    /// The number of waiting submissions.
    ///
    /// Example: see [`Self::consent`].
    pub fn waiting(&self) -> Waiting {
        let (withdrawals, others) = self.shared.waiting();
        Waiting {
            withdrawals,
            others,
        }
    }

    /// The submissions that the server rejected for good or the queue gave up, and that are not acknowledged, oldest
    /// first.
    ///
    /// ```no_run
    /// # fn example(queue: &samtycke::queue::Queue) -> Result<(), samtycke::queue::QueueError> {
    /// for refused in queue.refused() {
    ///     eprintln!("{} ({}): {} denied here", refused.reason, refused.status, refused.denied.len());
    ///     // After the operator has recorded it again in a form that the server accepts:
    ///     queue.acknowledge(&refused.event_id)?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn refused(&self) -> Vec<Refused> {
        self.shared.refused().iter().map(Refused::of).collect()
    }

    /// Forgets a rejected submission, and stops denying what it withdrew. Returns false if there is none with this
    /// event id.
    ///
    /// # Errors
    /// [`QueueError::Folder`]: the change could not be written, and nothing has changed. Example: see
    /// [`Self::refused`].
    pub fn acknowledge(&self, event: &EventId) -> Result<bool, QueueError> {
        self.shared.acknowledge(event)
    }

    /// Sends every waiting submission once: restrictive ones first, oldest first, and last those that failed by
    /// themselves the time before. It ends early if the server cannot be reached or asks for a pause. A submission that
    /// fails by itself delays its own subject only. Flushes may overlap, and may be dropped at any time.
    ///
    /// ```no_run
    /// # async fn example(queue: &samtycke::queue::Queue, samtycke: &samtycke::Client) {
    /// let flushed = queue.flush(samtycke).await;
    /// for lapsed in flushed.superseded.iter().chain(&flushed.too_old) {
    ///     if lapsed.ask_again() {
    ///         println!("to be asked again about {}", lapsed.purpose);
    ///     }
    /// }
    /// if let Some(error) = &flushed.error {
    ///     println!("{} wait: {error}", flushed.kept);
    /// }
    /// # }
    /// ```
    pub async fn flush(&self, client: &Client) -> Flushed {
        self.flush_by(client).await
    }

    /// Sends queued submissions for ever: at once while the server can be reached, otherwise after 1 s, 2 s, 4 s and so
    /// on up to 200 s, each longer by a random part of up to half. A submission that fails by itself is retried in the
    /// same way and delays nothing else. It ends when it is dropped. `each` gets the result of every flush.
    ///
    /// Example: see [the module](self).
    pub async fn run(&self, client: &Client, each: impl FnMut(Flushed)) -> Infallible {
        self.run_by(client, each).await
    }

    fn add(&self, body: Body) -> Result<(), QueueError> {
        let added = self.shared.add(body, self.clock.now());
        self.added.notify_one();
        added
    }
}

impl fmt::Debug for Queue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let waiting = self.waiting();
        f.debug_struct("Queue")
            .field("waiting", &waiting)
            .finish_non_exhaustive()
    }
}
