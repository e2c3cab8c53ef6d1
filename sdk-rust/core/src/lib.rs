//! The core of samtycke without I/O: its vocabulary, the decision function, the retention calendar, the log's leaves
//! and the proofs. It has no clock, no random numbers and no runtime. A server, a browser's test vectors and an auditor
//! who replays history get the same results from the same code.
//!
//! # Where to find what
//!
//! | to | look in |
//! |---|---|
//! | name people, purposes, sites, notices and events | [`id`], [`pseudonym`] |
//! | write a client | [`wire`], [`decision`], [`scope`], [`problem`], [`reason`] |
//! | evaluate a check | [`decide`], [`live`], [`purpose`], [`age`] |
//! | validate a submission, and return its position | [`submission`], [`position`] |
//! | answer as the service does, over a backend of your own | [`service`] |
//! | compute a subject's state from its events | [`event`], [`state`] |
//! | read, compare and lint a controller's register | [`register`], [`retention`] |
//! | write a notice, and know when a newer one makes a grant stale | [`notice`] |
//! | read the consent cookie of a browser, offline | [`cookie`] |
//! | use the texts of each language | [`words`] |
//! | commit to an event | [`json`], [`leaf`], [`keys`] |
//! | prove an event, and verify the proof offline | [`bundle`] |
//! | print text of unknown origin on a terminal | [`screen`] |
//! | keep a tree, sign its heads, serve its tiles | the crate `samtycke_tlog` |
//!
//! # Verifying with the standards' own inputs
//!
//! The proofs follow RFC 6962 and RFC 9162, and the checkpoints and signatures follow C2SP. The log can be any log of
//! these formats; only the bundle is samtycke's own.
//!
//! ```
//! use samtycke_core::bundle::{policy::Policy, verify::verify};
//! use samtycke_tlog::{
//!     checkpoint::Checkpoint,
//!     merkle::{leaf_hash, verify_inclusion},
//!     note::{Note, VerifierKey},
//! };
//! # use serde_json::Value;
//! # type Outcome<T = ()> = Result<T, Box<dyn std::error::Error>>;
//! # fn vectors(name: &str) -> Outcome<Value> {
//! #     Ok(serde_json::from_slice(&std::fs::read(format!("../../tests/vectors/{name}.json"))?)?)
//! # }
//! # fn text(value: &Value) -> &str { value.as_str().unwrap_or_default() }
//! # fn main() -> Outcome {
//!
//! // A checkpoint is a signed note: first who signed it, then which tree it speaks of.
//! # let golden = vectors("note")?;
//! # let (verifier_key, note) = (text(&golden["checkpoint"]["log_vkey"]), text(&golden["checkpoint"]["note"]));
//! let log = VerifierKey::parse(verifier_key)?;
//! let note = Note::parse(note)?;
//! note.verify(&[log])?;
//! let head = Checkpoint::parse(note.text())?;
//! assert_eq!(head.size(), 8);
//!
//! // RFC 6962, section 2.1.1: the second leaf of that tree is one zero byte.
//! let proof = [
//!     "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
//!     "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
//!     "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
//! ];
//! let mut hashes = [[0; 32]; 3];
//! for (hash, hex) in hashes.iter_mut().zip(proof) {
//!     hex::decode_to_slice(hex, hash)?;
//! }
//! verify_inclusion(&leaf_hash(&[0]), 1, head.size(), &hashes, head.root())?;
//!
//! // A bundle, against the logs and witnesses that the auditor's own policy names.
//! # let golden = vectors("bundle")?;
//! # let (bundle, policy) = (text(&golden["valid"]["bundle"]), text(&golden["policy"]));
//! let report = verify(bundle.as_bytes(), &Policy::parse(policy)?, None);
//! assert_eq!(report.outcome.exit_code(), 0, "{report}");
//! # Ok(())
//! # }
//! ```
//!
//! # Features
//!
//! `openapi` (off): schemas of the wire types, with `utoipa`.

pub mod actor;
pub mod age;
pub mod bundle;
pub mod campaign;
pub mod cell_ref;
pub mod civil_day;
pub mod cookie;
pub mod decide;
pub mod decision;
pub mod device;
pub mod event;
pub mod id;
pub mod json;
pub mod keys;
pub mod leaf;
pub mod live;
pub mod log_keys;
pub mod notice;
pub mod notice_standing;
#[cfg(test)]
#[cfg(feature = "openapi")]
mod openapi_tests;
pub mod position;
pub mod problem;
pub mod pseudonym;
pub mod public_leaf;
pub mod purpose;
pub mod reason;
pub mod register;
pub mod retention;
pub mod scope;
pub mod screen;
pub mod service;
pub mod state;
pub mod submission;
#[cfg(test)]
mod testing;
pub mod wire;
pub mod words;
