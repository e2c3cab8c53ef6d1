//! An append-only log per tenant. It knows how entries become durable, how the tree over them is kept, signed and
//! published, and what a rollback of the database looks like. It does not know what an entry means: the
//! [`Application`] above it plans each batch. No HTTP, no kinds of event.
//!
//! | to | look in |
//! |---|---|
//! | append entries, many in one transaction | [`append`] |
//! | read the tree: tiles, inclusion and consistency proofs | [`tree`] |
//! | sign and publish checkpoints | [`publish`] |
//! | notice that the database was rolled back | [`anchor`] |

pub mod anchor;
pub mod append;
mod application;
mod error;
pub mod publish;
mod signer;
mod tiles;
pub mod tree;

pub use application::{Application, Entry, EntryResult, Lane, LogView, Logs, Plan, Submitted};
pub use error::PublishError;
pub use signer::{LogSigner, verifier_key};
