//! The Rust client of samtycke, the consent service.
//!
//! Software that stores data about a person must know each time whether it may. Many programs keep a boolean in a
//! database and write an `if` before every place that matters, and one day one place lacks the `if`. This crate makes
//! that a compile error. A function that stores an answer takes a [`Consented<Answers, Store>`](Consented), and only an
//! `allow` of the server creates one. Code that skips the check does not compile, and a permission for one person
//! cannot be used to store data about another.
//!
//! ```no_run
//! # use samtycke::{Client, Consented, Denied, id::SubjectId, op::Store};
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
//! async fn store(database: &Database, mut consented: Consented<Answers, Store>, answer: &str) -> Result<(), Denied> {
//!     let evidence = consented.evidence().to_column();
//!     consented.ensure_fresh().await?; // the last thing before the commit
//!     database.insert(consented.subject()?, answer, evidence);
//!     Ok(())
//! }
//!
//! # async fn example(samtycke: Client, database: Database, child: SubjectId) -> Result<(), Denied> {
//! let consented = samtycke.require::<Answers, Store>(&child).await?;
//! store(&database, consented, "So so").await?;
//! # Ok(())
//! # }
//! ```
//!
//! # Purposes are types
//!
//! `Answers` above is one purpose of the controller's register, as a type. `samtycke-build` generates the types from
//! the register when the program is built, so the compiler knows what the register says:
//!
//! - A purpose that is not in the register has no type.
//! - A purpose whose consent is limited to a recipient cannot be checked without one ([`Client::require_in`]).
//! - A purpose whose consent is for a single use gives the subject only after the use is recorded
//!   ([`Consented::spend`]).
//! - Where only explicit consent permits a purpose, an allow on any other basis is a denial.
//!
//! # A permission says what for
//!
//! A permission is for one purpose, one operation and one scope, and carries all three:
//!
//! | mistake | result |
//! |---|---|
//! | stores under a permission to view | does not compile: the [operation](op) is part of the type |
//! | leaves the operation or the scope out | does not compile: neither has a default |
//! | prints a picture that was permitted for the web | [`Consented::subject_for`] denies another scope |
//! | mails the plumber what was spent for the painter | [`Spent::take_for`] denies; [`Spent::take`] gives the painter's address |
//! | mails it twice | does not compile: taking uses the [`Spent`] up |
//! | uses a verdict about the past | denied: `historic` verdicts make no permission |
//!
//! [`Evidence`] names the operation and the scope too.
//!
//! # A permission lives for two seconds
//!
//! A [`Consented`] cannot be cloned or serialised. It ends after two seconds, or when the consent ends, and at once
//! when this process learns of a refusal by the same person. Work that takes longer checks again:
//!
//! | | |
//! |---|---|
//! | [`Consented::subject`] | the person whose data may be processed |
//! | [`Consented::subject_for`], [`Consented::subject_and_scope`] | the same where consent is limited to a scope |
//! | [`Consented::ensure_fresh`] | checks again right before the commit, from a state that is no older |
//! | [`Consented::evidence`] | the evidence, for a column beside the stored data |
//! | [`Ask::scoped`] | a block that the permission cannot leave, by its lifetime |
//! | [`Client::require_all`] | several purposes, all or none |
//! | [`Client::filter_consented`], [`Client::for_each_consented`] | many people, a hundred checks a request |
//!
//! So a withdrawal takes effect within a known time. After a withdrawal was acknowledged anywhere, no program that
//! works like this acts on an older grant for longer than five seconds. For special categories, forwarding and
//! publishing the limit is the time it takes to commit after `ensure_fresh` has returned. The tests break the network
//! and the server under this client and measure it.
//!
//! # Everything but an allow is a denial
//!
//! Everything but a readable `allow` is a [`Denied`]: a refusal, a purpose that was never asked, an unreachable server,
//! a time-out, and a response or reason that this version does not know. [`Denied::reason`] gives one stable word,
//! [`Denied::may_ask`] says whether the person may be asked now, and [`Denied::problem`] is the response to the caller:
//! 403 for a refusal, 503 where there is no verdict. There is no default to configure, and nothing allows without a
//! server.
//!
//! # Recording decisions
//!
//! One call records one decision: see [`record`].
//!
//! ```no_run
//! use samtycke::{Client, pseudonym::Domain};
//! # use samtycke::purpose::{Many, Purpose, Unscoped};
//! # enum Answers {}
//! # impl Purpose for Answers {
//! #     const ID: &'static str = "example.answers";
//! #     const EXPLICIT_CONSENT: bool = true;
//! #     type Scope = Unscoped;
//! #     type Uses = Many;
//! # }
//!
//! # async fn example(lookup_key: samtycke::keys::Secret, app: samtycke::id::SiteId) -> Result<(), Box<dyn std::error::Error>> {
//! let samtycke = Client::builder("https://samtycke.example", "sk_service_..")
//!     .lookup_key(lookup_key)
//!     .language("sv")
//!     .build()?;
//!
//! // The address stays in this process: the client sends its HMAC under the lookup key.
//! let kim = samtycke.subject(Domain::Email, "kim@example.com").await?.subject;
//!
//! // Kim said yes to a question of its own, under the notice that the app shows now.
//! let recorded = samtycke.given::<Answers>(&kim, &app).explicit().await?;
//!
//! // Years later: one file that an auditor can verify offline.
//! let proof = samtycke.proof(recorded.event_id()).await?;
//! std::fs::write("proof.json", proof.to_bytes())?;
//!
//! // A withdrawal needs only the subject and the purpose.
//! samtycke.withdrawn::<Answers>(&kim).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Client::record`] and [`Client::withdraw`] take whole requests, with several decisions in one event.
//!
//! What happens without a decision has short forms too: a delivered notice, a contract, an age, a guardian, a device
//! that is the same person. See [`event`]. [`Client::event`] takes every kind, and [`Client::create_link`] makes the link
//! on which a person answers on their own phone.
//!
//! The client retries a request when the response was lost: at most three attempts, and five for a withdrawal. Waits
//! grow, are randomised, and are paid from a budget, so an overloaded server does not get twice the load. The event's
//! id makes all attempts one event. For longer offline periods a [`queue::Queue`] keeps submissions on disk and
//! delivers them, restrictive ones first. A withdrawal that waits in the queue is already in force in this process.
//!
//! # A browser's cookie, without a call
//!
//! The banner keeps a cookie that the tenant's log has signed, so a server knows what its visitor permits before it
//! renders anything. The cookie is as fresh as the browser's last visit, one day at most. Where a day is too late, call
//! [`Client::check`] with [`cookie::Cookie::subject`].
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
//! # Guarantees
//!
//! - **A missing verdict denies.** Neither [`Client::check`] nor [`Client::require`] has an outcome that a caller could
//!   mistake for permission.
//! - **Every request has a deadline.** It includes connecting and retries: 2 s for a check, 10 s for other requests.
//!   Both are settings of the [`Builder`].
//! - **A write can be sent again.** After [`Error::Transport`] it is unknown whether the event was recorded. The same
//!   request, with the same `event_id`, gets the response that the first one would have got.
//! - **Log lines name no person.** `Debug` and `Display` of errors, denials and permissions, and all spans and events
//!   ([`observe`]), hold neither keys nor identifiers.
//! - **The public API does not panic**, whatever a server answers.
//!
//! # Features
//!
//! All are off by default.
//!
//! | feature | for |
//! |---|---|
//! | `axum` | `samtycke::axum`: `Consented<P, O>` as an extractor, and [`Denied`] as a response |
//! | `tower` | `samtycke::tower`: a layer that checks before a request reaches its service |
//! | `blocking` | `samtycke::blocking`: the client for programs without an async runtime |
//! | `metrics` | counters and a histogram through the `metrics` facade; [`observe`] lists their names, and the log events |
//! | `test-util` | `FakeConsent`: a server in the test's own process, with a clock to set and faults to inject. It decides as the server does, and allows only what the test granted |

// Public functions do not panic: a program that checks must get a verdict.
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
pub mod event;
mod evidence;
#[cfg(feature = "test-util")]
pub mod fake;
mod objections;
pub mod observe;
pub mod op;
mod pictures;
pub mod purpose;
pub mod queue;
pub mod record;
pub mod register;
mod retry;
mod reuse;
#[cfg(test)]
mod reuse_tests;
mod seen;
mod spent;
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
    consented::{Consented, Held},
    denied::{Cause, Denied, DeniedProblem},
    error::{Error, Transport},
    event::Event,
    evidence::Evidence,
    observe::Counts,
    record::{Grant, Recorded, Refusal},
    spent::Spent,
};
