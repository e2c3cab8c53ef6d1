//! What the log asks of the program above it.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use samtycke_core::id::LogId;
use samtycke_core::keys::Secret;
use samtycke_core::problem::Problem;
use samtycke_store::batch::BatchRows;
use samtycke_store::log::HeadRow;
use samtycke_store::{Stored, Tx};

/// The queue an entry waits in. The writer empties the restrictive queue first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Entries that narrow what may be done. Other traffic never delays or sheds them.
    Restrictive,
    /// All others.
    Ordinary,
}

/// Something to append.
pub trait Entry: Send + Sync + 'static {
    /// The queue it waits in.
    fn lane(&self) -> Lane;
}

/// A snapshot of a log's owner: its configuration at one version, and what lives as long as the log.
pub trait LogView: Send + Sync + 'static {
    /// The log's id.
    fn log(&self) -> &LogId;
    /// The log's origin, as it stands in checkpoints.
    fn origin(&self) -> &str;
    /// The seed of the log's signing key.
    fn signing_seed(&self) -> Secret;
    /// Whether the public may see the log grow only at the slow pace ([`crate::publish::Pace::preventive`]).
    fn is_preventive(&self) -> bool;
    /// Whether the log takes no entries, because its database contradicts its anchor.
    fn is_frozen(&self) -> bool;
    /// Freezes the log until the server is started again.
    fn freeze(&self);
}

/// Every log that this process serves.
pub trait Logs: Send + Sync + 'static {
    /// A log's snapshot.
    type View: LogView;

    /// All logs known to this process.
    fn all(&self) -> Vec<Arc<Self::View>>;

    /// The log with this id; on a shared database also one that another server has opened.
    fn by_log(&self, log: &LogId) -> impl Future<Output = Stored<Option<Arc<Self::View>>>> + Send;
}

/// The outcome of an entry, sent once the batch is durable.
pub type EntryResult<A> = Result<<A as Application>::Outcome, Problem>;

/// An entry, and the snapshot it was validated against.
pub struct Submitted<'a, A: Application> {
    /// The snapshot at submission.
    pub view: &'a Arc<A::View>,
    /// The entry.
    pub entry: &'a A::Entry,
}

/// A batch on one log, worked out in memory.
#[derive(Debug)]
pub struct Plan<A: Application> {
    /// The head after it.
    pub head: HeadRow,
    /// Rows to write, but for the tiles, which the log adds. Without a leaf among them none is written, no work either.
    pub rows: BatchRows,
    /// One outcome per entry, in order.
    pub results: Vec<EntryResult<A>>,
    /// What [`Application::settle`] needs after the commit.
    pub effect: A::Effect,
}

/// The program above the log: it gives entries their meaning.
pub trait Application: Send + Sync + Sized + 'static {
    /// A log's snapshot.
    type View: LogView;
    /// What is appended.
    type Entry: Entry;
    /// What became of an entry.
    type Outcome: fmt::Debug + Send + 'static;
    /// What a committed batch changes in memory.
    type Effect: fmt::Debug + Send;
    /// A mark on an entry in flight; see [`Application::begin`].
    type InFlight: Send + Sync + 'static;

    /// Called before an entry is queued: marks what must deny until its outcome is known.
    fn begin(&self, view: &Arc<Self::View>, entry: &Self::Entry) -> Option<Self::InFlight>;

    /// Takes a mark back: the entry is durable and settled, or nothing was done.
    fn end(&self, mark: Self::InFlight);

    /// Called when a commit did not answer: the entry may or may not be durable. Keeps or sets a mark until the
    /// database says which.
    fn outcome_unknown(
        &self,
        view: &Arc<Self::View>,
        entry: &Self::Entry,
        mark: Option<Self::InFlight>,
    );

    /// Works a batch out, under the lock of the log's head. It reads what it needs in the same transaction, writes there
    /// what changes outside the log's own tables, and may reject single entries. An error fails the whole batch, and
    /// nothing is written.
    fn plan(
        &self,
        tx: &mut Tx,
        head: &HeadRow,
        entries: &[Submitted<'_, Self>],
    ) -> impl Future<Output = Stored<Plan<Self>>> + Send;

    /// Brings memory up to the commit, before any caller gets its outcome.
    fn settle(
        &self,
        old: &HeadRow,
        new: &HeadRow,
        effect: Self::Effect,
    ) -> impl Future<Output = ()> + Send;
}
