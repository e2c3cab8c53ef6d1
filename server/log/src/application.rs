//! The interface between the log and the application above it.

use std::fmt;
use std::future::Future;
use std::sync::Arc;

use samtycke_core::id::LogId;
use samtycke_core::keys::Secret;
use samtycke_core::problem::Problem;
use samtycke_store::batch::BatchRows;
use samtycke_store::log::{EventRow, HeadRow, PublicationRow};
use samtycke_store::{Stored, Tx};
use samtycke_tlog::note::VerifierKey;
use serde_json::Value;

/// The queue in which an entry waits. The writer empties the restrictive queue first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Entries that restrict processing. Other traffic never delays or sheds them.
    Restrictive,
    /// All other entries.
    Ordinary,
}

/// An entry to append.
pub trait Entry: Send + Sync + 'static {
    /// The queue in which the entry waits.
    fn lane(&self) -> Lane;
}

/// A snapshot of a log's owner: its configuration at one version, and the state that lives as long as the log.
pub trait LogView: Send + Sync + 'static {
    /// The log's id.
    fn log(&self) -> &LogId;
    /// The log's origin, as checkpoints name it.
    fn origin(&self) -> &str;
    /// The seed of the signing key with this verifier key, where the keyring gives it.
    fn signing_seed(&self, vkey: &str) -> Option<Secret>;
    /// Every verifier key that the keyring gives for this log.
    fn own_keys(&self) -> Vec<VerifierKey>;
    /// Whether the public may see the log grow only at the slow interval ([`crate::publish::Pace::preventive`]).
    fn is_preventive(&self) -> bool;
    /// Whether the log rejects entries, because its database contradicts its anchor.
    fn is_frozen(&self) -> bool;
    /// Freezes the log until the server restarts.
    fn freeze(&self);
    /// Freezes the log until the database agrees with the anchor again, where the server can notice that.
    fn freeze_behind(&self) {
        self.freeze();
    }
}

/// The logs that this process serves.
pub trait Logs: Send + Sync + 'static {
    /// A log's snapshot.
    type View: LogView;

    /// What a replay of these leaves needs besides their rows, in the application's own form: the anchor keeps it with them.
    fn attachments(
        &self,
        view: &Self::View,
        events: &[EventRow],
        publications: &[PublicationRow],
    ) -> impl Future<Output = Stored<Vec<Value>>> + Send;

    /// All logs that this process has loaded.
    fn all(&self) -> Vec<Arc<Self::View>>;

    /// The log with this id. On a shared database it also finds a log that another server opened.
    fn by_log(&self, log: &LogId) -> impl Future<Output = Stored<Option<Arc<Self::View>>>> + Send;
}

/// The outcome of an entry, sent once the batch is durable.
pub type EntryResult<A> = Result<<A as Application>::Outcome, Problem>;

/// An entry with the snapshot that it was validated against.
pub struct Submitted<'a, A: Application> {
    /// The snapshot at submission.
    pub view: &'a Arc<A::View>,
    /// The entry.
    pub entry: &'a A::Entry,
}

/// The planned result of a batch on one log, not yet written.
#[derive(Debug)]
pub struct Plan<A: Application> {
    /// The head after the batch.
    pub head: HeadRow,
    /// Rows to write, without tiles, which the log adds. If there is no leaf, the log writes no row at all, outbox
    /// included.
    pub rows: BatchRows,
    /// One outcome per entry, in order.
    pub results: Vec<EntryResult<A>>,
    /// What [`Application::settle`] needs after the commit.
    pub effect: A::Effect,
}

/// The application above the log: it gives entries their meaning.
pub trait Application: Send + Sync + Sized + 'static {
    /// A log's snapshot.
    type View: LogView;
    /// The type of the entries.
    type Entry: Entry;
    /// The result of one entry.
    type Outcome: fmt::Debug + Send + 'static;
    /// The change that a committed batch makes in memory.
    type Effect: fmt::Debug + Send;
    /// A mark on an entry in flight; see [`Application::begin`].
    type InFlight: Send + Sync + 'static;

    /// Called before an entry is queued. It marks the checks that must deny until the outcome is known.
    fn begin(&self, view: &Arc<Self::View>, entry: &Self::Entry) -> Option<Self::InFlight>;

    /// Removes a mark: the entry is durable and settled, or nothing was written.
    fn end(&self, mark: Self::InFlight);

    /// A batch of this many entries has ended: it was saved, or it was not, or nobody knows.
    fn batch_ended(&self, _entries: usize, _is_saved: bool) {}

    /// Called when a commit did not return: the entry may or may not be durable. Keeps or sets a mark until a read of
    /// the database shows the outcome.
    fn outcome_unknown(
        &self,
        view: &Arc<Self::View>,
        entry: &Self::Entry,
        mark: Option<Self::InFlight>,
    );

    /// Plans a batch while the log's head is locked. It reads in the same transaction, writes changes outside the log's
    /// own tables there, and may reject single entries. An error fails the whole batch, and nothing is written.
    fn plan(
        &self,
        tx: &mut Tx,
        head: &HeadRow,
        entries: &[Submitted<'_, Self>],
    ) -> impl Future<Output = Stored<Plan<Self>>> + Send;

    /// Applies the commit to memory, before any caller gets its outcome.
    fn settle(
        &self,
        old: &HeadRow,
        new: &HeadRow,
        effect: Self::Effect,
    ) -> impl Future<Output = ()> + Send;
}
