//! Choices and prompts counted without a subject, many in one commit.
//!
//! A tally of its own commit each would keep the one writer of the embedded database busy, and withdrawals would wait
//! for it. So the counts that arrive while a commit is under way go into the next one, and a pause stands between two
//! commits. A count is durable when [`Tallies::add`] returns.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use samtycke_core::id::LogId;
use samtycke_core::problem::{Problem, ProblemKind};
use tokio::sync::{mpsc, oneshot};

use crate::metrics::{Counter, Metrics};
use crate::store::Store;
use crate::store::subject::TallyKey;

/// Counts that wait for a commit; more are answered 503. A page at its limit of 4 000 requests at once fits.
const WAITING_MAX: usize = 4_096;

/// Kinds of choices in one commit. Each is a statement; PostgreSQL makes some 2 000 a second.
const BATCH_KINDS_MAX: usize = 256;

/// Pause between two commits: with a commit of 4 ms the writer is free for more than nine tenths of the time.
const PAUSE: Duration = Duration::from_millis(50);

struct Waiting {
    key: TallyKey,
    done: oneshot::Sender<bool>,
}

/// Counts choices. Clones share the queue.
#[derive(Debug, Clone)]
pub struct Tallies {
    queue: Arc<Mutex<Option<mpsc::Sender<Waiting>>>>,
}

/// The other end of the queue: the background work that commits.
pub struct Tallier {
    store: Store,
    queue: mpsc::Receiver<Waiting>,
    commits: Counter,
}

impl Tallies {
    /// A queue, and what writes the counts; run it with [`Tallier::run`].
    pub fn new(store: Store, metrics: &Metrics) -> (Self, Tallier) {
        let (send, receive) = mpsc::channel(WAITING_MAX);
        let tallies = Self {
            queue: Arc::new(Mutex::new(Some(send))),
        };
        let tallier = Tallier {
            store,
            queue: receive,
            commits: metrics.counter(
                "samtycke_tally_commits_total",
                "Commits of choices and prompts counted without a subject; many counts in each.",
                &[],
            ),
        };
        (tallies, tallier)
    }

    /// Counts one choice, and returns when the count is durable.
    ///
    /// # Errors
    /// `FAILCLOSED_OVERLOAD` if too many wait, or the server stops; nothing was counted. `FAILCLOSED_UNAVAILABLE` if the
    /// database failed.
    pub async fn add(
        &self,
        log: &LogId,
        hour: i64,
        site: &str,
        notice: &str,
        choice: &'static str,
    ) -> Result<(), Problem> {
        let (done, answer) = oneshot::channel();
        let key = TallyKey {
            log: log.clone(),
            hour,
            site: site.to_owned(),
            notice: notice.to_owned(),
            choice,
        };
        let sent = {
            let queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
            let queue = queue.as_ref();
            queue.is_some_and(|queue| queue.try_send(Waiting { key, done }).is_ok())
        };
        if !sent {
            return Err(Problem::new(ProblemKind::Overloaded).retry_after(1));
        }
        if answer.await == Ok(true) {
            Ok(())
        } else {
            Err(Problem::new(ProblemKind::Unavailable).retry_after(1))
        }
    }

    /// Takes no more counts, so that [`Tallier::run`] writes those that wait and ends.
    pub fn close(&self) {
        let mut queue = self.queue.lock().unwrap_or_else(PoisonError::into_inner);
        drop(queue.take());
    }
}

impl std::fmt::Debug for Waiting {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Waiting")
    }
}

impl std::fmt::Debug for Tallier {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Tallier")
    }
}

impl Tallier {
    /// Writes the counts until the queue is closed.
    pub async fn run(&mut self) {
        let mut pause = None;
        let mut next = None;
        loop {
            let first = match next.take() {
                Some(first) => first,
                None => match self.queue.recv().await {
                    Some(first) => first,
                    None => return,
                },
            };
            if let Some(pause) = pause.take().filter(|_| !self.queue.is_closed()) {
                pause.await;
            }
            next = self.write(first).await;
            // It runs while the next count is waited for.
            pause = Some(Box::pin(tokio::time::sleep(PAUSE)));
        }
    }

    /// Writes this count and what else waits, and returns the first that did not fit.
    async fn write(&mut self, first: Waiting) -> Option<Waiting> {
        let mut counts: BTreeMap<TallyKey, u64> = BTreeMap::from([(first.key, 1)]);
        let mut waiting = vec![first.done];
        let mut next = None;
        while let Ok(more) = self.queue.try_recv() {
            if counts.len() == BATCH_KINDS_MAX && !counts.contains_key(&more.key) {
                next = Some(more);
                break;
            }
            *counts.entry(more.key).or_default() += 1;
            waiting.push(more.done);
        }
        self.commits.increment();
        let written = self.store.add_tallies(&counts).await;
        if let Err(error) = &written {
            tracing::error!(%error, counts = waiting.len(), "choices could not be counted");
        }
        for done in waiting {
            // The client may have gone; the count stays.
            let _ = done.send(written.is_ok());
        }
        next
    }
}
