//! A fake server for the tests of programs that check: feature `test-util`.
//!
//! [`FakeConsent`] is a tenant's server in the test's own process. Its client is the real one, with the denials,
//! deadlines, retries and guards of production; only the network below it is replaced. `samtycke_core` computes the
//! answers from a register and from recorded decisions, as it does for the server. There is no switch that allows
//! everything: a test that needs a grant records one.
//!
//! ```toml
//! [dev-dependencies]
//! samtycke = { version = "0.1", features = ["test-util"] }
//! ```
//!
//! # A first test
//!
//! ```
//! use samtycke::fake::{FakeConsent, example::Newsletter};
//! use samtycke::op::Process;
//! use samtycke::reason::Reason;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let fake = FakeConsent::example()?; // or FakeConsent::new(&std::fs::read_to_string("register.toml")?)
//! let samtycke = fake.client();
//! let anna = fake.subject("anna");
//!
//! // Nobody has said anything: no, and she may be asked.
//! let denied = samtycke.require::<Newsletter, Process>(&anna).await.unwrap_err();
//! assert!(denied.may_ask());
//!
//! // She consents in the app, and withdraws a month later in her browser.
//! fake.give(&anna, "example.newsletter")?;
//! assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
//! fake.clock().advance(std::time::Duration::from_secs(30 * 86_400));
//! fake.withdraw(&anna, "example.newsletter")?;
//! let denied = samtycke.require::<Newsletter, Process>(&anna).await.unwrap_err();
//! assert_eq!((denied.reason(), denied.may_ask()), (Reason::ConsentWithdrawn, false));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! [`FakeConsent::give`], [`withdraw`](FakeConsent::withdraw), [`refuse`](FakeConsent::refuse),
//! [`object`](FakeConsent::object) and [`say`](FakeConsent::say) record decisions that are made on the person's own
//! devices. The program under test records through its client.
//!
//! # Time
//!
//! The fake server and its clients share one clock, [`FakeClock`], which stands still until the test moves it.
//! `advance` ends a permission of two seconds, so no test waits. A client that waits before a retry moves the clock
//! itself, always by the longest wait that it could have chosen.
//!
//! ```
//! use std::time::Duration;
//! use samtycke::fake::{FakeConsent, example::Allergies};
//! use samtycke::op::Process;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let fake = FakeConsent::example()?;
//! let anna = fake.subject("anna");
//! fake.give(&anna, "example.allergies")?;
//! let consented = fake.client().require::<Allergies, Process>(&anna).await?;
//! fake.clock().advance(Duration::from_millis(1_999));
//! assert!(consented.subject().is_ok());
//! fake.clock().advance(Duration::from_millis(1));
//! assert!(consented.subject().is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! # Faults
//!
//! [`FakeConsent::fail`] takes a [`Fault`]: no connection, a lost response, a busy server, another server's page. It
//! applies to every request until [`FakeConsent::heal`], to a number of requests, or to those of one route.
//!
//! ```
//! use samtycke::fake::{FakeConsent, Fault, Route, example::Newsletter};
//! use samtycke::op::Process;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let fake = FakeConsent::example()?;
//! let anna = fake.subject("anna");
//! fake.give(&anna, "example.newsletter")?;
//! let samtycke = fake.client();
//! fake.fail(Fault::Unreachable);
//! let denied = samtycke.require::<Newsletter, Process>(&anna).await.unwrap_err();
//! assert!(denied.is_unavailable() && !denied.may_ask());
//! assert_eq!(fake.requests().len(), 3, "it was tried three times");
//!
//! // One lost response is retried without an error.
//! fake.heal();
//! fake.fail(Fault::AnswerLost.times(1).on(Route::Check));
//! assert!(samtycke.require::<Newsletter, Process>(&anna).await.is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! # Events during a request
//!
//! [`FakeConsent::before_next`] runs a closure after the next request was sent and before it is processed.
//! [`FakeConsent::after_next`] runs one after the request was processed and before its response arrives, such as a
//! withdrawal between the check and the processing.
//!
//! ```
//! use samtycke::fake::{FakeConsent, example::Allergies};
//! use samtycke::op::Process;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let fake = FakeConsent::example()?;
//! let anna = fake.subject("anna");
//! fake.give(&anna, "example.allergies")?;
//! let mut consented = fake.client().require::<Allergies, Process>(&anna).await?;
//! let person = anna.clone();
//! fake.before_next(async move |fake| {
//!     fake.withdraw(&person, "example.allergies").expect("a purpose of the register");
//! });
//! // Right before it commits, a program asks once more.
//! assert!(consented.ensure_fresh().await.is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! # Limits
//!
//! - It keeps no log and signs nothing: `leaf_hash` is absent, and [`Client::proof`] gets the `FORBIDDEN` of a service
//!   key. To test proofs, start `samtycke dev`.
//! - It has two callers: a client with a service key, and with [`FakeConsent::dpo`] one with a data protection officer's.
//!   To test other keys, start `samtycke dev`.
//! - It erases no subject, and publishes campaigns by [`FakeConsent::publish_campaign`] alone: assets are not in it.
//! - It draws no banner and sets no cookie.
//! - One test body runs against it and against the server on both databases, method by method
//!   (`tests/src/conformance.rs`), and random sequences of decisions get the same answers.

mod clock;
mod elsewhere;
mod event;
pub mod example;
mod fault;
mod log;
mod objections;
mod request;
mod server;
mod tenant;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::header::HeaderValue;
use samtycke_core::campaign::Campaign;
use samtycke_core::id::{NoticeHash, ScopeValue, SiteId, SubjectId};
use samtycke_core::keys::{Secret, mac};
use samtycke_core::pseudonym::{Domain, identifier_hmac, normalise};
use samtycke_core::register::{EXAMPLE, Register};

pub use samtycke_core::register::{RegisterError, RegisterErrors};

pub use self::{
    clock::FakeClock,
    fault::{Fault, FaultRule},
    request::{Request, Route},
};

use self::event::{DPO_KEY, KeyRole};
use self::fault::{Script, apply_fault};
use self::request::Place;
use self::server::Server;
use crate::Client;
use crate::builder::{Builder, TransportOverride};
use crate::clock::Clock as _;
use crate::sync::{AtomicU64, Mutex, Ordering, lock};
use crate::upstream::{Outgoing, Sending, Upstream};

/// The lookup key of every fake server. It is fixed, so a subject's id is the same in every run.
const LOOKUP_KEY: [u8; 32] = *b"samtycke: the fake's lookup key.";
/// Tells the fake servers of a process apart, so a position of one is not valid at another.
static DOUBLES: AtomicU64 = AtomicU64::new(0);

/// A tenant's server in the test's own process. Clones share one server. Example: see [the module](self).
#[derive(Clone)]
pub struct FakeConsent(Arc<Shared>);

struct Shared {
    clock: FakeClock,
    server: Mutex<Server>,
    script: Mutex<Script>,
    hooks: Mutex<Hooks>,
    requests: Mutex<Vec<Request>>,
}

/// A closure to run during a request.
type Hook = Box<dyn FnOnce(FakeConsent) -> Happening + Send>;
type Happening = Pin<Box<dyn Future<Output = ()> + Send>>;

#[derive(Default)]
struct Hooks {
    before: Option<Hook>,
    after: Option<Hook>,
}

impl FakeConsent {
    /// A server whose tenant has this register live, and on one site the notice that the register drafts.
    ///
    /// ```
    /// # use samtycke::fake::FakeConsent;
    /// assert!(FakeConsent::new("format = \"something else\"").is_err());
    /// ```
    ///
    /// # Errors
    /// The reasons why the register cannot be read, line by line.
    pub fn new(register_toml: &str) -> Result<Self, RegisterErrors> {
        let clock = FakeClock::new();
        let double = DOUBLES.fetch_add(1, Ordering::Relaxed);
        let position_key = mac(&Secret::from_bytes(LOOKUP_KEY), &double.to_be_bytes());
        let server = Server::new(
            Register::parse(register_toml)?,
            Secret::from_bytes(LOOKUP_KEY),
            Secret::from_bytes(position_key),
            clock.unix_ms(),
        )?;
        Ok(Self(Arc::new(Shared {
            clock,
            server: Mutex::new(server),
            script: Mutex::default(),
            hooks: Mutex::default(),
            requests: Mutex::default(),
        })))
    }

    /// A server with the example register of a fictitious company, whose purposes are in [`example`]. `samtycke dev`
    /// uses the same register. Example: see [the module](self).
    ///
    /// # Errors
    /// None: a test reads the register.
    pub fn example() -> Result<Self, RegisterErrors> {
        Self::new(EXAMPLE)
    }

    /// A client with a service key, the lookup key and [`Self::clock`]. Example: see [the module](self).
    pub fn client(&self) -> Client {
        let key = HeaderValue::from_static("Bearer sam_service_fake");
        Builder::transport(self.transport())
            .lookup_key(Secret::from_bytes(LOOKUP_KEY))
            .at(self.transport(), key, None, None)
    }

    /// The same with the test's own settings. Settings of the network have no effect.
    ///
    /// ```
    /// # use samtycke::fake::FakeConsent;
    /// let samtycke = FakeConsent::example()?.builder().reuse(false).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder(&self) -> Builder {
        Builder::transport(self.transport()).lookup_key(Secret::from_bytes(LOOKUP_KEY))
    }

    /// The builder of a client with a data protection officer's key, for the events that only such a key may record:
    /// restrictions, corrections, the outcome of objections.
    ///
    /// ```
    /// use samtycke::fake::{FakeConsent, example::Newsletter};
    /// use samtycke::wire::{EventRequest, SubjectRestrictedData};
    /// # use samtycke::{op::Process, reason::Reason};
    /// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    /// # runtime.block_on(async {
    /// let fake = FakeConsent::example()?;
    /// let anna = fake.subject("anna");
    /// fake.give(&anna, "example.newsletter")?;
    /// let restricted = SubjectRestrictedData { cause: "disputed".parse()? };
    /// let event = EventRequest::new(samtycke::clock::event_id()?, anna.clone(), restricted);
    /// fake.dpo().build()?.event(&event).await?;
    /// let denied = fake.client().require::<Newsletter, Process>(&anna).await.unwrap_err();
    /// assert_eq!(denied.reason(), Reason::Restricted);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// ```
    pub fn dpo(&self) -> Builder {
        self.builder().key(DPO_KEY)
    }

    /// The clock of the server and its clients. Example: see [`FakeClock`].
    pub fn clock(&self) -> &FakeClock {
        &self.0.clock
    }

    /// The subject of an account id, as [`Client::subject`] returns for [`Domain::Account`]. It is the same in every
    /// run. Example: see [the module](self).
    pub fn subject(&self, account: &str) -> SubjectId {
        let lookup = Secret::from_bytes(LOOKUP_KEY);
        // A personal number or an address is not an account id; as a name in a test it still names one subject.
        let normalised = normalise(Domain::Account, account).unwrap_or_else(|_| account.to_owned());
        let hmac = identifier_hmac(&lookup, Domain::Account, &normalised);
        lock(&self.0.server).subject_of(&hmac)
    }

    /// The hash of the site's notice, as a consent names it.
    ///
    /// ```
    /// # use samtycke::fake::FakeConsent;
    /// let fake = FakeConsent::example()?;
    /// assert!(fake.notice().is_some_and(|hash| hash.as_str().starts_with("sha256:")));
    /// # Ok::<(), samtycke::fake::RegisterErrors>(())
    /// ```
    pub fn notice(&self) -> Option<NoticeHash> {
        lock(&self.0.server).tenant.notice()
    }

    /// The one site: `www.` before the register's id, and `.example` behind it.
    ///
    /// ```
    /// # use samtycke::fake::FakeConsent;
    /// assert_eq!(FakeConsent::example()?.site().as_str(), "www.example.example");
    /// # Ok::<(), samtycke::fake::RegisterErrors>(())
    /// ```
    pub fn site(&self) -> SiteId {
        lock(&self.0.server).tenant.site().clone()
    }

    /// Makes another register of the same tenant live. Its notice is another step, as with a server: see
    /// [`Self::publish_notice`].
    ///
    /// ```
    /// # use samtycke::{fake::{FakeConsent, example::Newsletter}, op::Process};
    /// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    /// # runtime.block_on(async {
    /// let register = samtycke::core::register::EXAMPLE;
    /// let fake = FakeConsent::new(register)?;
    /// let anna = fake.subject("anna");
    /// fake.give(&anna, "example.newsletter")?;
    /// // From now on the address is shared: her yes was to something else.
    /// let shared = register.replace("direct_marketing = true", "direct_marketing = true\nthird_party_sharing = true");
    /// fake.publish_register(&shared)?;
    /// let denied = fake.client().require::<Newsletter, Process>(&anna).await.unwrap_err();
    /// assert_eq!(denied.reason().as_str(), "NOTICE_STALE");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// The register cannot be read, or belongs to another tenant.
    pub fn publish_register(&self, register_toml: &str) -> Result<(), RegisterErrors> {
        let register = Register::parse(register_toml)?;
        lock(&self.0.server).publish_register(register, self.0.clock.unix_ms())
    }

    /// Publishes on the site the notice that the live register drafts. Example: see [`Self::notice`].
    pub fn publish_notice(&self) -> Option<NoticeHash> {
        lock(&self.0.server).publish_notice(self.0.clock.unix_ms())
    }

    /// Publishes a campaign, in place of an earlier version of it. A consent in its scope ends with it.
    ///
    /// ```
    /// # use samtycke::fake::FakeConsent;
    /// use samtycke::core::campaign::{Campaign, LastDay};
    ///
    /// let fake = FakeConsent::example()?;
    /// fake.publish_campaign("spring".parse()?, Campaign {
    ///     ends_at: LastDay::parse("2026-05-31")?.ends_at(),
    ///     media: vec!["photo".parse()?],
    ///     surfaces: vec!["web".parse()?],
    ///     advertising: false,
    /// });
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn publish_campaign(&self, id: ScopeValue, campaign: Campaign) {
        let now = self.0.clock.unix_ms();
        lock(&self.0.server).publish_campaign(id, campaign, now);
    }

    /// Injects a fault from now on. Example: see [`Fault`].
    pub fn fail(&self, rule: impl Into<FaultRule>) {
        lock(&self.0.script).add(rule.into());
    }

    /// Ends all faults. Example: see [`Fault`].
    pub fn heal(&self) {
        lock(&self.0.script).clear();
    }

    /// Runs a closure after the next request was sent and before it is processed. Example: see [the module](self).
    pub fn before_next<F, H>(&self, happens: F)
    where
        F: FnOnce(Self) -> H + Send + 'static,
        H: Future<Output = ()> + Send + 'static,
    {
        lock(&self.0.hooks).before = Some(Box::new(|fake| Box::pin(happens(fake))));
    }

    /// Runs a closure after the next request was processed and before its response arrives. Example: as
    /// [`Self::before_next`].
    pub fn after_next<F, H>(&self, happens: F)
    where
        F: FnOnce(Self) -> H + Send + 'static,
        H: Future<Output = ()> + Send + 'static,
    {
        lock(&self.0.hooks).after = Some(Box::new(|fake| Box::pin(happens(fake))));
    }

    /// The requests of the clients, oldest first, each attempt by itself. Example: see [`Request`].
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.0.requests).clone()
    }

    /// Forgets the requests so far. Example: as [`Self::requests`].
    pub fn forget_requests(&self) {
        lock(&self.0.requests).clear();
    }

    fn transport(&self) -> TransportOverride {
        TransportOverride {
            upstream: Box::new(self.clone()),
            clock: Arc::new(self.0.clock.clone()),
        }
    }
}

impl Upstream for FakeConsent {
    fn send(&self, request: Outgoing) -> Sending<'_> {
        Box::pin(async move {
            let Shared {
                clock,
                server,
                script,
                hooks,
                requests,
            } = &*self.0;
            let place = Place::of(&request);
            let sent = Request::of(&request, place.route(), clock.unix_ms());
            lock(requests).push(sent);
            let Hooks { before, after } = std::mem::take(&mut *lock(hooks));
            if let Some(happens) = before {
                happens(self.clone()).await;
            }
            let fault = lock(script).next(place.route());
            let pass = |duration| clock.advance(duration);
            let answer = || {
                let now = clock.now().unix_ms;
                let mut server = lock(server);
                if server.holds_current(&place, request.held.as_ref()) {
                    return server::unchanged();
                }
                let role = KeyRole::of(&request.key);
                server.answer(&place, role, request.body.as_deref(), now)
            };
            let outcome = apply_fault(fault, request.deadline, pass, answer);
            if let Some(happens) = after {
                happens(self.clone()).await;
            }
            outcome
        })
    }
}

impl fmt::Debug for FakeConsent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FakeConsent").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use samtycke_core::position::Position;
    use samtycke_core::reason::Reason;
    use samtycke_core::wire::CheckRequest;

    use super::*;

    /// Protects C3: a position beyond the head means that an acknowledged event was lost, and denies.
    #[tokio::test]
    async fn a_position_beyond_the_head_fails_closed() {
        let fake = FakeConsent::example().unwrap();
        let anna = fake.subject("anna");
        let last = fake
            .give(&anna, "example.newsletter")
            .unwrap()
            .index
            .unwrap();
        let at = |index| {
            let position = Position::of(1, index, &[0; 32]);
            position.token(lock(&fake.0.server).log.position_key())
        };
        let about = CheckRequest::about(anna, "example.newsletter".parse().unwrap());
        for (index, expected) in [
            (last, (true, Reason::ConsentValid)),
            (last + 1, (false, Reason::FailclosedTokenLost)),
        ] {
            let question = CheckRequest {
                at_least: Some(at(index)),
                ..about.clone()
            };
            let checked = fake.client().check(&question).await;
            assert_eq!((checked.allow(), checked.reason()), expected);
        }
    }
}
