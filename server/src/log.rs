//! The meaning of log entries: their bytes (`body`), the effect of a batch (`ledger`, `plan`), what stands beside
//! them (`mark`), and their proofs (`prove`). The crate `samtycke_log` makes entries durable, and signs and publishes the tree.

pub mod attachment;
pub mod history;
mod ledger;
pub mod mark;
mod pending;
pub mod plan;
pub mod prove;
pub mod takedown;

use samtycke_core::event::Event;
pub use samtycke_core::event::opening::DisplayContext;
use samtycke_core::id::{EventId, LogId, SiteId, SubjectId};
use samtycke_core::public_leaf::PublicBody;
use samtycke_core::service::other_subject;
pub use samtycke_core::service::{AppendedEvent, UseRejected};
pub use samtycke_log::keys_of;

pub use self::ledger::{Ledger, read_people};
pub use self::mark::{MarkSweeper, MarkedRefusal};
use crate::position::Position;
use crate::store::control::{KeyRow, SiteRow};
use crate::store::log::LeafPlace;
pub use crate::store::mark::PromptUsedRow;

/// A person's event, parsed and validated. The log sets its number and its time, and decides whether it takes effect.
#[derive(Debug, Clone)]
pub struct Submission {
    /// Id of the tenant's log.
    pub log: LogId,
    /// Idempotency identity.
    pub event_id: EventId,
    /// Subject of the event.
    pub subject: SubjectId,
    /// MAC of the canonical body under the tenant's key. The same id and MAC are a replay; another MAC is an error.
    pub body_mac: [u8; 32],
    /// The event; the log fills in `seq`, `received_at` and `after_seqs`.
    pub event: Event,
    /// Earlier events of the same offline queue.
    pub after: Vec<EventId>,
    /// For a use: the position that the evaluated state must include.
    pub at_least: Option<Position>,
    /// What the client displayed.
    pub shown: DisplayContext,
    /// What only submissions of pages and prompts have.
    pub page: PageFacts,
}

/// What the log must know of a submission that came from a page or answers a prompt.
#[derive(Debug, Clone, Default)]
pub struct PageFacts {
    /// Whether a page sent it about a subject that the browser has made itself. Its refusals get no leaf while the subject
    /// has no stream.
    pub is_anonymous: bool,
    /// The prompt that it answers, which no other event may have used.
    pub prompt: Option<PromptUsedRow>,
}

/// A leaf whose contents are public: a register, notice or campaign version, or a change of keys or sites.
#[derive(Debug, Clone)]
pub struct PublicLeaf {
    /// Contents of the leaf.
    pub body: PublicBody,
    /// Id of the key that requested it.
    pub by: Option<String>,
    /// Change made in the same transaction.
    pub change: Change,
}

/// A change of a tenant's configuration, made in the transaction that logs it.
#[derive(Debug, Clone)]
pub enum Change {
    /// A register version becomes the live one.
    PublishRegister {
        /// Version of the register.
        version: u64,
    },
    /// A notice is published; the publication itself is the change.
    PublishNotice,
    /// A campaign is published; the publication itself is the change.
    PublishCampaign,
    /// Two operators accept the loss that a succession of logs states; the leaf itself is the change.
    AcceptLoss,
    /// A key that signs the log is added or retired; the leaf itself is the change.
    SetSigners,
    /// A key is added.
    AddKey(KeyRow),
    /// A key is revoked.
    RevokeKey {
        /// Id of the key.
        key_id: String,
    },
    /// A site is added.
    AddSite(SiteRow),
    /// A site's origins are replaced.
    SetSite {
        /// Name of the site.
        site: SiteId,
        /// All new origins, separated by spaces.
        origins: String,
    },
    /// A site is revoked.
    RevokeSite {
        /// Name of the site.
        site: SiteId,
    },
}

/// An entry for the log.
#[derive(Debug, Clone)]
pub enum Job {
    /// A person's event.
    Event(Box<Submission>),
    /// A public leaf.
    Public(Box<PublicLeaf>),
}

impl Job {
    /// For an event that is recorded in two streams: its id in the other one.
    pub fn id_in_other_stream(&self) -> Option<EventId> {
        match self {
            Self::Event(submission) => {
                other_subject(&submission.event.body).map(|_| submission.event_id.of_other_stream())
            }
            Self::Public(_) => None,
        }
    }

    /// Whether the entry restricts processing and so uses the restrictive queue.
    pub fn is_restrictive(&self) -> bool {
        match self {
            Self::Event(submission) => submission.event.body.direction().is_restrictive(),
            // A publication or a key revocation can restrict processing. They are few, so all public leaves go first.
            Self::Public(_) => true,
        }
    }
}

/// The outcome of a job. It is sent only after the batch is durable.
#[derive(Debug, Clone)]
pub enum AppendOutcome {
    /// The event is in the log.
    Recorded(Box<AppendedEvent>),
    /// The event was in the log before this batch.
    Replay {
        /// Where its leaf stands.
        place: LeafPlace,
    },
    /// The refusal is kept as a mark, now or before: its subject has no stream.
    Marked(Box<MarkedRefusal>),
    /// The subject was erased, which already denies every check.
    AlreadyErased,
    /// The check denied a use; nothing was written.
    UseRejected(Box<UseRejected>),
    /// Nothing was written: the configuration changed after the evaluation. Evaluate again at this version.
    Stale {
        /// The newest configuration version.
        config_version: u64,
    },
    /// The public leaf is in the log.
    Published {
        /// Log index of the leaf.
        index: u64,
        /// Epoch of the log.
        epoch: u64,
        /// Hash of the leaf.
        leaf_hash: [u8; 32],
    },
}

impl AppendOutcome {
    /// The outcome for a duplicate of an event in the same batch.
    fn replayed(self) -> Self {
        match self {
            Self::Recorded(mut receipt) => {
                receipt.replayed = true;
                Self::Recorded(receipt)
            }
            Self::Marked(mut marked) => {
                marked.replayed = true;
                Self::Marked(marked)
            }
            other => other,
        }
    }
}
