//! Ask before you process: the client of samtycke, the consent service.
//!
//! Software that keeps something about somebody has to know, each time, whether it may. The usual way is a boolean in a
//! database and an `if` in front of every place that matters, and the usual end is a place without the `if`. This crate
//! turns it round. A function that stores an answer takes a [`Consented<Answers>`](Consented), and only a server's yes
//! makes one: who has not asked cannot call it, and who asked about one person cannot store for another.
//!
//! ```no_run
//! # use samtycke::{Client, Consented, Denied, decide::Op, id::SubjectId};
//! # use samtycke::purpose::{Many, Purpose, Unscoped};
//! # enum Answers {}
//! # impl Purpose for Answers {
//! #     const ID: &'static str = "example.answers";
//! #     const EXPLICIT_CONSENT: bool = true;
//! #     type Scope = Unscoped;
//! #     type Uses = Many;
//! # }
//! # struct Database;
//! # impl Database { fn insert(&self, _: &SubjectId, _: &str, _: String) {} }
//! async fn store(database: &Database, mut consented: Consented<Answers>, answer: &str) -> Result<(), Denied> {
//!     let evidence = consented.evidence().to_column();
//!     consented.ensure_fresh().await?; // the last thing before the commit
//!     database.insert(consented.subject()?, answer, evidence);
//!     Ok(())
//! }
//!
//! # async fn example(samtycke: Client, database: Database, child: SubjectId) -> Result<(), Denied> {
//! let consented = samtycke.require::<Answers>(&child).op(Op::Store).await?;
//! store(&database, consented, "So so").await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Purposes are types
//!
//! `Answers` above is one row of the controller's register, as a type. `samtycke-build` makes the types from the register when
//! the program is built, so that the compiler knows what the register says: a purpose that it does not have cannot be
//! named, one whose yes is limited to a recipient cannot be asked about without one
//! ([`Client::require_in`]), and one whose yes is for a single use gives its subject only when it has been used
//! ([`Consented::spend`]). Where only explicit consent permits a purpose, a yes on any other ground is taken for a no.
//!
//! # A permission lives for two seconds
//!
//! A [`Consented`] is held, not kept: it cannot be cloned or written down, it ends after two seconds or when the consent
//! does, and at once where this process hears a no of the same person. What takes longer asks again:
//!
//! | | |
//! |---|---|
//! | [`Consented::subject`] | whose data it is about, while it lives |
//! | [`Consented::ensure_fresh`] | asks once more, right before the commit, from a state that is no older |
//! | [`Consented::evidence`] | on what it rests, for a column beside what is stored |
//! | [`Ask::scoped`] | a block that it cannot leave, by its lifetime |
//! | [`Client::require_all`] | several purposes, all or none |
//! | [`Client::filter_consented`], [`Client::for_each_consented`] | many people, a hundred in one request |
//!
//! So what may be assumed has a bound: once a withdrawal was acknowledged, anywhere, no program that works like this acts on
//! an older yes for longer than five seconds, and for special categories, forwarding and publishing no longer than it takes
//! to commit after `ensure_fresh` has answered. The tests break the network and the server under this client and measure it.
//!
//! # There is one no
//!
//! Whatever is not a readable yes is a [`Denied`]: a no, a question that nobody has answered, a server that is gone, a
//! time-out, an answer or a reason that this version does not know. [`Denied::reason`] says why in one stable word,
//! [`Denied::may_ask`] whether the person may be asked now, and [`Denied::problem`] is the answer to whoever called: 403 where
//! somebody said no, 503 where nobody could say. There is no default to set, and nothing that says yes without a server.
//!
//! # Recording what people say
//!
//! ```no_run
//! use samtycke::decision::{Decision, DecisionKind, Method};
//! use samtycke::pseudonym::Domain;
//! use samtycke::wire::{CheckRequest, ConsentRequest, WithdrawalRequest};
//! use samtycke::{Client, keys::Secret};
//!
//! # async fn example(lookup_key: Secret) -> Result<(), Box<dyn std::error::Error>> {
//! let samtycke = Client::builder("https://samtycke.example", "sk_service_..")
//!     .lookup_key(lookup_key)
//!     .build()?;
//!
//! // The address never leaves this process: what is sent is its HMAC under the lookup key.
//! let person = samtycke.subject(Domain::Email, "kim@example.com").await?.subject;
//!
//! // What is shown now, and what was said last.
//! let notice = samtycke.notice(&"app.example.org".parse()?).await?;
//! let known = samtycke.decisions(&person).await?;
//! let yes = Decision {
//!     explicit: true,
//!     ..Decision::about("example.answers".parse()?, DecisionKind::Given)
//! };
//! let said = ConsentRequest {
//!     based_on: Some(known.seq),
//!     ..ConsentRequest::new(
//!         samtycke::clock::event_id()?,
//!         person.clone(),
//!         notice.hash,
//!         "sv".parse()?,
//!         Method::Button,
//!         vec![yes],
//!     )
//! };
//! let recorded = samtycke.record(&said).await?;
//! println!("event {} is leaf {:?}", recorded.event_id, recorded.index);
//!
//! // Years later: one file that somebody who trusts nobody can verify offline.
//! let proof = samtycke.proof(&said.event_id).await?;
//! std::fs::write("proof.json", proof.to_bytes())?;
//!
//! // A no needs nothing but whose, and to what.
//! let no = Decision::about("example.answers".parse()?, DecisionKind::Withdrawn);
//! let withdrawal = WithdrawalRequest::new(samtycke::clock::event_id()?, person, vec![no]);
//! samtycke.withdraw(&withdrawal).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Requests are sent again where the answer got lost, three times at most and a withdrawal five times, with waits that grow and are spread
//! by chance, out of a budget that keeps a server which is overloaded from being sent twice as much. The event's id makes all
//! of them one event. Where there is no network for longer, a [`queue::Queue`] keeps on disk what was said, delivers it, noes
//! first, and makes a no that is waiting hold in this process meanwhile.
//!
//! # A browser's cookie, without a call
//!
//! The banner keeps a cookie that the tenant's log has signed, so that a server can see what its visitor permits before it
//! renders anything. It is as fresh as the browser's last visit, a day at most; for what must not be a day late, ask
//! [`Client::check`] about [`cookie::Cookie::subject`].
//!
//! ```
//! use samtycke::cookie::{Cookie, CookieError, MAX_AGE};
//! use samtycke::id::{PublicSiteId, PurposeId, SiteId};
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
//!     // Each site has a cookie of its own name. A browser can send several of them: the newest choice counts.
//!     let own = PublicSiteId::of(vkey.name(), site);
//!     let Some(value) = Cookie::in_header(cookie_header, &own) else {
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
//! # let name = vectors["name"].as_str().expect("a name");
//! # let header = format!("theme=dark; {name}={}", case["value"].as_str().expect("a value"));
//! # let now = case["now_ms"].as_i64().expect("a time");
//! # let site = "www.example.se".parse().expect("a site");
//! # assert_eq!(may_count(&header, None, &vkey, &site, now), Ok(true));
//! # assert_eq!(may_count("theme=dark", None, &vkey, &site, now), Ok(false));
//! # let refused = format!("{name}=r.1.fu7.9f86d081");
//! assert_eq!(may_count(&refused, None, &vkey, &site, now), Err(CookieError::Refused));
//! ```
//!
//! # What a caller may rely on
//!
//! - **No answer is a no.** Neither [`Client::check`] nor [`Client::require`] has an outcome that a caller could take for a
//!   yes by mistake.
//! - **Nobody waits for ever.** Every request has a deadline that includes connecting and trying again: 2 s for a check,
//!   10 s for the rest, both settings of the [`Builder`].
//! - **A write can be sent again.** After [`Error::Transport`] it is unknown whether the event was recorded. The same
//!   request, with the same `event_id`, is answered as the first would have been.
//! - **No person in a log line.** `Debug` and `Display` of every error, denial and permission, and every span and event
//!   ([`observe`]), hold neither keys nor identifiers.
//! - **No panic.** Nothing that is public here panics, whatever a server answers.
//!
//! # Features
//!
//! All are off by default.
//!
//! | feature | for |
//! |---|---|
//! | `axum` | `samtycke::axum`: `Consented<P>`, `ToStore<P>` and their kin as extractors, and [`Denied`] as a response |
//! | `tower` | `samtycke::tower`: a layer that asks before a request reaches its service |
//! | `blocking` | `samtycke::blocking`: programs without a runtime |
//! | `metrics` | counters and a histogram through the `metrics` facade; [`observe`] has their names, and what is logged |
//! | `test-util` | `FakeConsent`: a server in the test's own process, with a clock to set and faults to inject. It decides as the server does, and says yes only where somebody in the test said yes |

// Nothing that is public here panics: a program that asks whether it may must get an answer.
#![cfg_attr(
    not(test),
    deny(
        clippy::expect_used,
        clippy::unwrap_used,
        clippy::panic,
        clippy::unreachable,
        clippy::todo,
        clippy::unimplemented,
        clippy::indexing_slicing,
        clippy::string_slice
    )
)]

pub use samtycke_core as core;
pub use samtycke_core::{
    bundle, cookie, decide, decision, id, keys, notice, problem, pseudonym, reason, scope, state,
    wire,
};
pub use samtycke_tlog::note;

mod agreement;
mod all;
mod ask;
#[cfg(feature = "axum")]
pub mod axum;
#[cfg(feature = "blocking")]
pub mod blocking;
mod builder;
mod bulk;
mod call;
mod checked;
mod client;
pub mod clock;
mod consented;
mod denied;
mod error;
mod evidence;
#[cfg(feature = "test-util")]
pub mod fake;
pub mod observe;
pub mod purpose;
pub mod queue;
pub mod register;
mod retry;
mod reuse;
#[cfg(test)]
mod reuse_tests;
mod sync;
mod tls;
#[cfg(feature = "tower")]
pub mod tower;
mod upstream;
#[cfg(any(feature = "axum", feature = "tower"))]
mod web;

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
    observe::Counts,
};
