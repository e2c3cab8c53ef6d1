//! Client for samtycke: record what people said, ask before processing, fetch the proof.
//!
//! ```no_run
//! use samtycke::decision::{Decision, DecisionKind, Method};
//! use samtycke::pseudonym::Domain;
//! use samtycke::wire::{CheckRequest, ConsentRequest, WithdrawalRequest};
//! use samtycke::{Client, keys::Secret};
//!
//! # async fn example(lookup_key: Secret) -> Result<(), Box<dyn std::error::Error>> {
//! let samtycke = Client::builder("https://samtycke.example", "sam_service_..")
//!     .lookup_key(lookup_key)
//!     .build()?;
//!
//! // The address never leaves this process: what is sent is its HMAC under the lookup key.
//! let person = samtycke.subject(Domain::Email, "kim@example.com").await?;
//!
//! // Ask first. Whatever goes wrong on the way is a no.
//! let question = CheckRequest::about(person.subject.clone(), "ommej.appsvar".parse()?);
//! let checked = samtycke.check(&question).await;
//! if checked.allow() {
//!     // Process, for as long as `checked.rely()` says.
//! } else if checked.may_ask() {
//!     // Show the notice, then record what was said.
//!     let said = ConsentRequest {
//!         based_on: Some(0),
//!         ..ConsentRequest::new(
//!             samtycke::clock::event_id(),
//!             person.subject.clone(),
//!             "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08".parse()?,
//!             "sv".parse()?,
//!             Method::Button,
//!             vec![Decision {
//!                 explicit: true,
//!                 ..Decision::about("ommej.appsvar".parse()?, DecisionKind::Given)
//!             }],
//!         )
//!     };
//!     let recorded = samtycke.record(&said).await?;
//!     // The next check can demand to be answered from a state that includes it.
//!     let after = CheckRequest { at_least: recorded.position, ..question };
//!     assert!(samtycke.check(&after).await.allow());
//!     // Years later: one file that somebody who trusts nobody can verify offline.
//!     let proof = samtycke.proof(&said.event_id).await?;
//!     std::fs::write("proof.json", proof.to_bytes())?;
//! }
//!
//! // A no needs nothing but whose, and to what. Send it again after a time-out: the event's id makes it one event.
//! let no = Decision::about("ommej.appsvar".parse()?, DecisionKind::Withdrawn);
//! let withdrawal = WithdrawalRequest::new(samtycke::clock::event_id(), person.subject, vec![no]);
//! samtycke.withdraw(&withdrawal).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # What a caller may rely on
//!
//! - **No answer is a no.** [`Client::check`] returns no `Result`. A server that is gone, a time-out, an answer that
//!   cannot be read, a reason that this version does not know: [`Checked::allow`] is false, [`Checked::error`] says why.
//! - **Nobody waits for ever.** Every request has a deadline that includes connecting: 2 s for a check, 10 s for the
//!   rest, both settings of the [`Builder`].
//! - **A write can be sent again.** After [`Error::Transport`] it is unknown whether the event was recorded. The same
//!   request, with the same `event_id`, is answered as the first would have been. Nothing is sent again unasked.
//! - **No person in a log line.** `Debug` and `Display` of everything here hold neither keys nor identifiers.

pub use samtycke_core as core;
pub use samtycke_core::{
    bundle, decide, decision, id, keys, notice, problem, pseudonym, reason, scope, state, wire,
};

mod builder;
mod checked;
mod client;
pub mod clock;
mod error;
mod tls;

pub use self::{
    builder::{BuildError, Builder},
    checked::Checked,
    client::Client,
    error::{Error, Transport},
};
