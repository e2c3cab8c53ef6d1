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
//!             samtycke::clock::event_id()?,
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
//! let withdrawal = WithdrawalRequest::new(samtycke::clock::event_id()?, person.subject, vec![no]);
//! samtycke.withdraw(&withdrawal).await?;
//! # Ok(())
//! # }
//! ```
//!
//! # A browser's cookie, without a call
//!
//! The banner keeps a cookie that the tenant's log has signed, so that a server can see what its visitor permits before it
//! renders anything. It is as fresh as the browser's last visit, a day at most; for what must not be a day late, ask
//! [`Client::check`] about [`cookie::Cookie::subject`].
//!
//! ```
//! use samtycke::cookie::{Cookie, CookieError, MAX_AGE};
//! use samtycke::id::{PurposeId, SiteId};
//! use samtycke::note::VerifierKey;
//!
//! /// Whether a page may be rendered with statistics. `vkey` is the log's, as `samtycke policy` prints it, and `now` is
//! /// `samtycke::clock::unix_ms()`.
//! fn may_count(
//!     cookie_header: &str,
//!     sec_gpc: Option<&str>,
//!     vkey: &VerifierKey,
//!     site: &SiteId,
//!     now: i64,
//! ) -> Result<bool, CookieError> {
//!     // A browser can send several cookies of one name: the newest choice counts.
//!     let Some(value) = Cookie::in_header(cookie_header) else {
//!         return Ok(false);
//!     };
//!     let cookie = Cookie::verify(value, vkey, site, now, MAX_AGE)?;
//!     let purpose: PurposeId = "example.statistics".parse().expect("a purpose's id");
//!     Ok(if sec_gpc == Some("1") {
//!         cookie.allows_under_gpc(&purpose)
//!     } else {
//!         cookie.allows(&purpose)
//!     })
//! }
//! # let vectors = std::fs::read_to_string("../tests/vectors/cookie.json").expect("the vectors");
//! # let vectors: serde_json::Value = serde_json::from_str(&vectors).expect("JSON");
//! # let vkey = VerifierKey::parse(vectors["vkey"].as_str().expect("a key")).expect("a key");
//! # let case = &vectors["cases"][1];
//! # let header = format!("theme=dark; {}={}", samtycke::cookie::NAME, case["value"].as_str().expect("a value"));
//! # let now = case["now_ms"].as_i64().expect("a time");
//! # let site = "www.example.se".parse().expect("a site");
//! # assert_eq!(may_count(&header, None, &vkey, &site, now), Ok(true));
//! # assert_eq!(may_count("theme=dark", None, &vkey, &site, now), Ok(false));
//! # let refused = format!("{}=r.1.fu7.9f86d081", samtycke::cookie::NAME);
//! assert_eq!(may_count(&refused, None, &vkey, &site, now), Err(CookieError::Refused));
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
    bundle, cookie, decide, decision, id, keys, note, notice, problem, pseudonym, reason, scope,
    state, wire,
};

mod all;
mod ask;
mod builder;
mod bulk;
mod checked;
mod client;
pub mod clock;
mod consented;
mod denied;
mod error;
mod evidence;
pub mod purpose;
pub mod queue;
mod retry;
mod reuse;
mod sync;
mod tls;
mod upstream;

pub use self::{
    all::Purposes,
    ask::Ask,
    builder::{BuildError, Builder},
    bulk::Filtered,
    checked::Checked,
    client::Client,
    consented::{Consented, Held, Spent},
    denied::{Cause, Denied, DeniedProblem},
    error::{Error, Transport},
    evidence::Evidence,
};
