//! What the log's entries mean: their bytes (`body`), what a batch of them does (`ledger`, `plan`), and their proofs
//! (`prove`). How entries become durable, and how the tree is signed and published, is the crate `samtycke_log`.

mod ledger;
mod pending;
pub mod plan;
pub mod prove;

use samtycke_core::event::Event;
pub use samtycke_core::event::opening::DisplayContext;
use samtycke_core::id::{EventId, LogId, SiteId, SubjectId};
use samtycke_core::public_leaf::PublicBody;
pub use samtycke_core::service::{AppendedEvent, UseRejected};

pub use self::ledger::Ledger;
use crate::position::Position;
use crate::store::control::{KeyRow, SiteRow};

/// A person's submission, parsed and validated; the log decides its number, its time and whether it acts.
#[derive(Debug, Clone)]
pub struct Submission {
    /// The tenant's log.
    pub log: LogId,
    /// The idempotency identity.
    pub event_id: EventId,
    /// Whose.
    pub subject: SubjectId,
    /// MAC of the canonical body, under the tenant's key: the same body is a replay, another one a mistake.
    pub body_mac: [u8; 32],
    /// The event; `seq`, `received_at` and `after_seqs` are filled in by the log.
    pub event: Event,
    /// Events of the same offline queue that came before it.
    pub after: Vec<EventId>,
    /// On a use: what the state that it is judged by must include.
    pub at_least: Option<Position>,
    /// What was shown.
    pub shown: DisplayContext,
}

/// A leaf that anybody may open: a register's or notice's version, a change of keys or sites.
#[derive(Debug, Clone)]
pub struct PublicLeaf {
    /// What it says.
    pub body: PublicBody,
    /// The key that asked for it.
    pub by: Option<String>,
    /// What changes in the same transaction.
    pub change: Change,
}

/// A change of what a tenant's checks and writes rest on, made in the transaction that logs it.
#[derive(Debug, Clone)]
pub enum Change {
    /// A register version goes live.
    PublishRegister {
        /// Which.
        version: u64,
    },
    /// A notice goes live; its publication is the change.
    PublishNotice,
    /// A key is added.
    AddKey(KeyRow),
    /// A key is revoked.
    RevokeKey {
        /// Which.
        key_id: String,
    },
    /// A site is added.
    AddSite(SiteRow),
    /// A site gets other origins.
    SetSite {
        /// Which.
        site: SiteId,
        /// All of them, separated by spaces.
        origins: String,
    },
    /// A site is revoked.
    RevokeSite {
        /// Which.
        site: SiteId,
    },
}

/// Work for the log.
#[derive(Debug, Clone)]
pub enum Job {
    /// A person's event.
    Event(Box<Submission>),
    /// A public leaf.
    Public(Box<PublicLeaf>),
}

impl Job {
    /// Whether it narrows what may be done, and so goes first.
    pub fn is_restrictive(&self) -> bool {
        match self {
            Self::Event(submission) => submission.event.body.direction().is_restrictive(),
            // A publication or a revoked key can narrow; they are few, so all of them go first.
            Self::Public(_) => true,
        }
    }
}

/// What became of a job. Only ever answered once it is durable.
#[derive(Debug, Clone)]
pub enum AppendOutcome {
    /// It is in the log.
    Recorded(Box<AppendedEvent>),
    /// It was in the log before this batch, at this index.
    Replay {
        /// Where.
        index: u64,
    },
    /// The subject has been erased: a no is in force already.
    AlreadyErased,
    /// A use that the check does not let pass: nothing was done.
    UseRejected(Box<UseRejected>),
    /// Nothing was done: keys, sites, register or notices have changed since it was judged. Judge it anew by this version.
    Stale {
        /// Which.
        config_version: u64,
    },
    /// A public leaf is in the log.
    Published {
        /// Where.
        index: u64,
        /// The log's epoch.
        epoch: u64,
        /// Its hash.
        leaf_hash: [u8; 32],
    },
}

impl AppendOutcome {
    /// The same answer to a twin of the first.
    fn replayed(self) -> Self {
        match self {
            Self::Recorded(mut receipt) => {
                receipt.replayed = true;
                Self::Recorded(receipt)
            }
            other => other,
        }
    }
}
