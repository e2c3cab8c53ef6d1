//! An append-only log per tenant. It makes entries durable, keeps the tree over them, signs and publishes it, and
//! detects a rollback of the database. It does not know the meaning of an entry: the [`Application`] above it plans
//! each batch. It contains no HTTP and no event kinds.
//!
//! | to | look in |
//! |---|---|
//! | append entries, many in one transaction | [`append`] |
//! | read the tree: tiles, inclusion and consistency proofs | [`tree`] |
//! | sign and publish checkpoints | [`publish`] |
//! | detect a rollback of the database | [`anchor`] |
//! | look for damage, and repair what follows from the leaves | [`fsck`] |

pub mod anchor;
pub mod append;
mod application;
mod error;
pub mod fsck;
pub mod publish;
mod signer;
pub mod tiles;
pub mod tree;

pub use application::{Application, Entry, EntryResult, Lane, LogView, Logs, Plan, Submitted};
pub use error::PublishError;
pub use signer::{keys_of, note_key, verifier_key};
