//! What people say while the server cannot be reached: a queue on disk, for back ends and kiosks.
//!
//! A click must not depend on a network. [`Queue::consent`] and [`Queue::withdraw`] write down what was said and return when
//! it is on disk; [`Queue::run`] delivers it, as soon as that can be done, in an order that never lets a yes past a no.
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
//! assert_eq!(queue.opened().unreadable, 0, "somebody has to look at the journal");
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
//! // A person says no. It is in force in this process before anything is sent, or even written.
//! let no = Decision::about("kiosk.newsletter".parse()?, DecisionKind::Withdrawn);
//! queue.withdraw(WithdrawalRequest::new(samtycke::clock::event_id()?, subject, vec![no]))?;
//! # drop(delivery);
//! # Ok(())
//! # }
//! ```
//!
//! # A no
//!
//! - **It denies here at once.** [`Queue::refuses`] is true from before [`Queue::withdraw`] returns, and a client that was
//!   built with the queue denies by it. That ends when the server has answered, for then the server denies.
//! - **It goes first and waits for nothing**: neither for a yes, nor for another no that the server cannot take just now.
//! - **There is always room for it.** A full queue turns a yes away ([`QueueError::Full`]). Where even the disk is full the
//!   no stays in memory, denies, is sent, and [`QueueError::NotDurable`] says that a crash would lose it.
//! - **It never vanishes.** What the server refuses for good is kept in [`Queue::refused`], on disk, and goes on denying
//!   here until somebody who has looked at it says so with [`Queue::acknowledge`].
//!
//! What is denied is the cell: this purpose, with this scope; and where a no has no scope, every scope of its purpose. A
//! purpose that depends on it is not: only the register knows which do, and only the server knows the register.
//!
//! # A yes
//!
//! A yes permits nothing before the server has it. It is compare-and-set: `based_on` is the last number of the subject that
//! the program had seen ([`crate::wire::DecisionsAnswer::seq`]), and any no that came later keeps it from acting, except
//! those that it names in `after`. The queue names there the noes that it still holds about the same cells, for a person who
//! says no and then yes at one kiosk means yes. It can name 16. Of more than that the newest are named, and the yes will
//! not act: the person is asked again, which is the safe way to be wrong. A no that has been delivered in the meantime is
//! not named either; then `based_on` has to have seen it.
//!
//! A yes that does not act is not an error. It is in [`Flushed::superseded`], and [`Lapsed::ask_again`] says whether to ask
//! again: not where the person has taken it back since, through this same queue.
//!
//! A yes that has waited for more than 30 days is given up: [`Flushed::too_old`]. The server would not let it act either. Its
//! age is counted from `occurred_at`, which the queue fills in from the clock where it is absent, so the clock's faults are
//! in it:
//!
//! - Two hours ahead or three days behind when it was said: it is as much older or younger, to the server as well.
//! - Set ahead later: nothing that this process has seen is given up sooner for it, since the time that has passed is
//!   counted by a clock that cannot be set, too. Where the two differ it is sent, and the server judges.
//! - Set back later: it is sent, and the server judges.
//! - More than 30 days behind when it was said, as where a machine has no battery for its clock: the yes is lost, and the
//!   person is asked again. Do not take a yes before the clock has been set.
//!
//! # When the answer is lost
//!
//! A time-out says nothing about whether a submission was recorded. It is sent again, byte for byte the same, with the same
//! `event_id`, and the server gives its first answer. So a power failure at any moment loses nothing that was queued and
//! repeats nothing that was done.
//!
//! What the server says about the key (401, 403) says nothing about what the person said: it is kept, and
//! [`Flushed::error`] shows it. What it says about the submission itself is final. What cannot be read, as the page of a hotel's network,
//! is no answer.
//!
//! # On disk
//!
//! The folder is the queue's own and for its owner alone (0700, files 0600): it holds pseudonyms and what they decided. It
//! is not encrypted. A line that cannot be read is counted in [`Opened::unreadable`], and the whole file is kept aside. As
//! it may have been a no, no yes that stood before it is sent.
//!
//! Writing waits for the disk: some milliseconds. In a program that must not wait so long, call it where blocking is
//! allowed, as with `tokio::task::spawn_blocking`.

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

/// A durable queue of submissions. Share it in an [`Arc`]; all of its methods take `&self`.
///
/// Example: see [the module](self).
pub struct Queue {
    shared: Shared<FileJournal>,
    opened: Opened,
    clock: Arc<dyn Clock>,
    added: Notify,
    /// What failed in the last flush.
    failed: Mutex<Tried>,
    /// Held for as long as the queue lives.
    _lock: File,
}

impl Queue {
    /// Opens the queue in this folder, and makes the folder where there is none: for its owner alone, and for nothing else.
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
        let (noes, others) = found.order.waiting();
        let opened = Opened {
            waiting: noes.saturating_add(others),
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

    /// What was found when it was opened.
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

    /// Queues what a person said. When this returns it is on disk; it permits nothing before the server has it. What it says
    /// no to is denied here from now on, as by [`Self::withdraw`].
    ///
    /// `occurred_at` is filled in where it is absent, and `after` with the noes of this queue that came before. While it is in
    /// the queue, the same submission again is the same submission. Once it was delivered the server knows its id with what
    /// was filled in: whoever may say it again after that gives an `occurred_at` of their own.
    ///
    /// # Errors
    /// As [`QueueError`] says. A submission that says no to anything is kept whatever happens: see [`Self::withdraw`].
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
    /// assert!(matches!(queue.consent(said.clone()), Err(QueueError::Invalid(_))), "a yes says what it is based on");
    /// said.based_on = Some(0);
    /// queue.consent(said)?;
    /// assert_eq!(queue.waiting().others, 1);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn consent(&self, said: ConsentRequest) -> Result<(), QueueError> {
        self.add(Body::Consent(Box::new(said)))
    }

    /// Queues a no. It denies here from before anything is written, and whatever is returned. When `Ok` is, it is on disk.
    ///
    /// # Errors
    /// [`QueueError::NotDurable`]: the disk failed. The no is in force here and will be sent, but a crash would lose it.
    /// [`QueueError::EventIdReused`]: it denies here, and will not be sent.
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
    /// let no = Decision::about(newsletter.clone(), DecisionKind::Withdrawn);
    /// let event = samtycke::clock::event_id()?;
    /// queue.withdraw(WithdrawalRequest::new(event, subject.clone(), vec![no]))?;
    /// assert!(queue.refuses(&subject, &newsletter, &Scope::None));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn withdraw(&self, said: WithdrawalRequest) -> Result<(), QueueError> {
        self.add(Body::Withdrawal(Box::new(said)))
    }

    /// Whether a no to this cell, or to the purpose without any scope, is in the queue: it waits, or was refused and nobody has
    /// taken notice. A yes that was queued later changes nothing before the server has both. It takes no disk and no network.
    ///
    /// Example: see [`Self::withdraw`].
    pub fn refuses(&self, subject: &SubjectId, purpose: &PurposeId, scope: &Scope) -> bool {
        self.shared.refuses(subject, purpose, scope)
    }

    /// How many submissions wait.
    ///
    /// Example: see [`Self::consent`].
    pub fn waiting(&self) -> Waiting {
        let (noes, others) = self.shared.waiting();
        Waiting { noes, others }
    }

    /// What the server has refused for good, or the queue had to give up, and nobody has taken notice of; oldest first.
    ///
    /// ```no_run
    /// # fn example(queue: &samtycke::queue::Queue) -> Result<(), samtycke::queue::QueueError> {
    /// for refused in queue.refused() {
    ///     eprintln!("{} ({}): {} denied here", refused.reason, refused.status, refused.denied.len());
    ///     // When whoever runs this has seen to it, by saying it again in a way that the server takes:
    ///     queue.acknowledge(&refused.event_id)?;
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn refused(&self) -> Vec<Refused> {
        self.shared.refused().iter().map(Refused::of).collect()
    }

    /// Forgets a refusal, and denies no more what it said no to. False where there is none of this event.
    ///
    /// # Errors
    /// [`QueueError::Folder`]: that cannot be written down; nothing has changed. Example: see [`Self::refused`].
    pub fn acknowledge(&self, event: &EventId) -> Result<bool, QueueError> {
        self.shared.acknowledge(event)
    }

    /// Sends what waits, once each: noes first, oldest first; and last what failed by itself the time before. It ends early where the server cannot be reached, or asks to be
    /// left alone; one submission that fails by itself holds up its own subject only. May be called at any time, also while
    /// another flush runs, and may be dropped at any time.
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

    /// Sends whatever is queued, for ever: at once while the server can be reached, else after 1 s, 2 s, 4 s and so on up to
    /// 200 s, each longer by up to half, by chance. What fails by itself is tried again in the same way and delays nothing else.
    /// Ends when it is dropped. `each` hears of every flush.
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
