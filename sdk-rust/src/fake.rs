//! A double of a server, for the tests of programs that ask: feature `test-util`.
//!
//! [`FakeConsent`] is a tenant's server that lives in the test's own process. The client that it hands out is the real
//! one: its denials, deadlines, retries and guards are those of production, and only what lies below the network is
//! replaced. What the double answers, `samtycke_core` works out, from a register and from what people have said, as it does
//! for the server. There is no way to tell it to allow everything: whoever wants a yes lets somebody give it.
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
//! use samtycke::reason::Reason;
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let fake = FakeConsent::example()?; // or FakeConsent::new(&std::fs::read_to_string("register.toml")?)
//! let samtycke = fake.client();
//! let anna = fake.subject("anna");
//!
//! // Nobody has said anything: no, and she may be asked.
//! let denied = samtycke.require::<Newsletter>(&anna).await.unwrap_err();
//! assert!(denied.may_ask());
//!
//! // She says yes in the app, and no a month later in her browser.
//! fake.give(&anna, "example.newsletter")?;
//! assert!(samtycke.require::<Newsletter>(&anna).await.is_ok());
//! fake.clock().advance(std::time::Duration::from_secs(30 * 86_400));
//! fake.withdraw(&anna, "example.newsletter")?;
//! let denied = samtycke.require::<Newsletter>(&anna).await.unwrap_err();
//! assert_eq!((denied.reason(), denied.may_ask()), (Reason::ConsentWithdrawn, false));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! [`FakeConsent::give`], [`withdraw`](FakeConsent::withdraw), [`refuse`](FakeConsent::refuse),
//! [`object`](FakeConsent::object) and [`say`](FakeConsent::say) are what happens elsewhere, on the person's own devices.
//! What the program under test itself records goes through its client.
//!
//! # Time
//!
//! The double and its clients have one clock, [`FakeClock`], which stands still until the test moves it. A permission that
//! lives for two seconds is outlived by `advance`, and no test waits. A client that waits before it tries again moves the
//! clock instead, always by the longest wait that it could have chosen.
//!
//! ```
//! use std::time::Duration;
//! use samtycke::fake::{FakeConsent, example::Allergies};
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let fake = FakeConsent::example()?;
//! let anna = fake.subject("anna");
//! fake.give(&anna, "example.allergies")?;
//! let consented = fake.client().require::<Allergies>(&anna).await?;
//! fake.clock().advance(Duration::from_millis(1_999));
//! assert!(consented.subject().is_ok());
//! fake.clock().advance(Duration::from_millis(1));
//! assert!(consented.subject().is_err());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! # What goes wrong
//!
//! [`FakeConsent::fail`] takes a [`Fault`]: no connection, an answer that gets lost, a server that is busy, somebody else's
//! page. It befalls every request until [`FakeConsent::heal`], or as many as are said, or those to one route.
//!
//! ```
//! use samtycke::fake::{FakeConsent, Fault, Route, example::Newsletter};
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let fake = FakeConsent::example()?;
//! let anna = fake.subject("anna");
//! fake.give(&anna, "example.newsletter")?;
//! let samtycke = fake.client();
//! fake.fail(Fault::Unreachable);
//! let denied = samtycke.require::<Newsletter>(&anna).await.unwrap_err();
//! assert!(denied.is_unavailable() && !denied.may_ask());
//! assert_eq!(fake.requests().len(), 3, "it was tried three times");
//!
//! // One answer that gets lost is tried again, and nobody notices.
//! fake.heal();
//! fake.fail(Fault::AnswerLost.times(1).on(Route::Check));
//! assert!(samtycke.require::<Newsletter>(&anna).await.is_ok());
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! # }).unwrap();
//! ```
//!
//! # What happens meanwhile
//!
//! [`FakeConsent::before_next`] runs something when the next request has been sent and before it is carried out,
//! [`FakeConsent::after_next`] when it has been carried out and before its answer arrives: a withdrawal that comes between
//! the question and what is done upon its answer.
//!
//! ```
//! use samtycke::fake::{FakeConsent, example::Allergies};
//!
//! # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
//! # runtime.block_on(async {
//! let fake = FakeConsent::example()?;
//! let anna = fake.subject("anna");
//! fake.give(&anna, "example.allergies")?;
//! let mut consented = fake.client().require::<Allergies>(&anna).await?;
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
//! # What it is not
//!
//! - It keeps no log and signs nothing: `leaf_hash` is absent, and [`Client::proof`] is answered as a server answers a
//!   service key, `FORBIDDEN`. To test proofs, start `samtycke dev`.
//! - It knows one caller, with a service key. What other keys may not do is for `samtycke dev` to show.
//! - It draws no banner and sets no cookie.
//! - One test body runs against it and against the server on both databases, method by method
//!   (`tests/src/conformance.rs`), and random sequences are answered alike.

mod clock;
mod elsewhere;
pub mod example;
mod fault;
mod log;
mod request;
mod server;
mod tenant;

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use reqwest::header::HeaderValue;
use samtycke_core::id::{NoticeHash, SiteId, SubjectId};
use samtycke_core::keys::{Secret, mac};
use samtycke_core::pseudonym::{Domain, identifier_hmac, normalise};
use samtycke_core::register::{EXAMPLE, Register};

pub use samtycke_core::register::{RegisterError, RegisterErrors};

pub use self::{
    clock::FakeClock,
    fault::{Failing, Fault},
    request::{Request, Route},
};

use self::fault::{Script, befall};
use self::request::Place;
use self::server::Server;
use crate::Client;
use crate::builder::{Builder, Elsewhere};
use crate::clock::Clock as _;
use crate::sync::{AtomicU64, Mutex, Ordering, lock};
use crate::upstream::{Outgoing, Sending, Upstream};

/// The lookup key of every double: a known one, so that a subject's id is the same in every run.
const LOOKUP_KEY: [u8; 32] = *b"samtycke: the fake's lookup key.";
/// Tells the doubles of a process apart, so that none takes another's position for its own.
static DOUBLES: AtomicU64 = AtomicU64::new(0);

/// A tenant's server in the test's own process. Clones are one server. Example: see [the module](self).
#[derive(Clone)]
pub struct FakeConsent(Arc<Shared>);

struct Shared {
    clock: FakeClock,
    server: Mutex<Server>,
    script: Mutex<Script>,
    hooks: Mutex<Hooks>,
    requests: Mutex<Vec<Request>>,
}

/// Something that is to happen meanwhile.
type Hook = Box<dyn FnOnce(FakeConsent) -> Happening + Send>;
type Happening = Pin<Box<dyn Future<Output = ()> + Send>>;

#[derive(Default)]
struct Hooks {
    before: Option<Hook>,
    after: Option<Hook>,
}

impl FakeConsent {
    /// A server whose one tenant has this register, live, and the notice that it drafts, on one site.
    ///
    /// ```
    /// # use samtycke::fake::FakeConsent;
    /// assert!(FakeConsent::new("format = \"something else\"").is_err());
    /// ```
    ///
    /// # Errors
    /// The register cannot be read; line by line, why.
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

    /// One with the register of a company that does not exist, whose purposes are in [`example`]; `samtycke dev` has the
    /// same. Example: see [the module](self).
    ///
    /// # Errors
    /// None: a test reads the register.
    pub fn example() -> Result<Self, RegisterErrors> {
        Self::new(EXAMPLE)
    }

    /// A client with a service key and the lookup key, by [`Self::clock`]. Example: see [the module](self).
    pub fn client(&self) -> Client {
        let key = HeaderValue::from_static("Bearer sam_service_fake");
        Builder::elsewhere(self.elsewhere())
            .lookup_key(Secret::from_bytes(LOOKUP_KEY))
            .at(self.elsewhere(), key, None)
    }

    /// The same with settings of the test's own. What is about the network has no effect.
    ///
    /// ```
    /// # use samtycke::fake::FakeConsent;
    /// let samtycke = FakeConsent::example()?.builder().reuse(false).build()?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn builder(&self) -> Builder {
        Builder::elsewhere(self.elsewhere()).lookup_key(Secret::from_bytes(LOOKUP_KEY))
    }

    /// The clock of the server and of its clients. Example: see [`FakeClock`].
    pub fn clock(&self) -> &FakeClock {
        &self.0.clock
    }

    /// The subject that the account id leads to: what [`Client::subject`] answers for [`Domain::Account`]. It is the same in
    /// every run. Example: see [the module](self).
    pub fn subject(&self, account: &str) -> SubjectId {
        let lookup = Secret::from_bytes(LOOKUP_KEY);
        // What looks like a person's number or address is no account id; as a name in a test it still names one subject.
        let normalised = normalise(Domain::Account, account).unwrap_or_else(|_| account.to_owned());
        let hmac = identifier_hmac(&lookup, Domain::Account, &normalised);
        lock(&self.0.server).subject_of(&hmac)
    }

    /// The hash of the notice that the site shows, as a consent names it.
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

    /// Makes another register of the same tenant the live one. Its notice is another step, as it is for a server: see
    /// [`Self::publish_notice`].
    ///
    /// ```
    /// # use samtycke::fake::{FakeConsent, example::Newsletter};
    /// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    /// # runtime.block_on(async {
    /// let register = samtycke::core::register::EXAMPLE;
    /// let fake = FakeConsent::new(register)?;
    /// let anna = fake.subject("anna");
    /// fake.give(&anna, "example.newsletter")?;
    /// // From now on the address is shared: her yes was to something else.
    /// let shared = register.replace("direct_marketing = true", "direct_marketing = true\nthird_party_sharing = true");
    /// fake.publish_register(&shared)?;
    /// let denied = fake.client().require::<Newsletter>(&anna).await.unwrap_err();
    /// assert_eq!(denied.reason().as_str(), "NOTICE_STALE");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// The register cannot be read, or is another tenant's.
    pub fn publish_register(&self, register_toml: &str) -> Result<(), RegisterErrors> {
        let register = Register::parse(register_toml)?;
        lock(&self.0.server).publish_register(register, self.0.clock.unix_ms())
    }

    /// Makes the notice that the live register drafts the one that the site shows. Example: see [`Self::notice`].
    pub fn publish_notice(&self) -> Option<NoticeHash> {
        lock(&self.0.server).publish_notice(self.0.clock.unix_ms())
    }

    /// From now on something goes wrong. Example: see [`Fault`].
    pub fn fail(&self, failing: impl Into<Failing>) {
        lock(&self.0.script).add(failing.into());
    }

    /// Nothing goes wrong any more. Example: see [`Fault`].
    pub fn heal(&self) {
        lock(&self.0.script).clear();
    }

    /// Runs something when the next request has been sent and before it is carried out. Example: see [the module](self).
    pub fn before_next<F, H>(&self, happens: F)
    where
        F: FnOnce(Self) -> H + Send + 'static,
        H: Future<Output = ()> + Send + 'static,
    {
        lock(&self.0.hooks).before = Some(Box::new(|fake| Box::pin(happens(fake))));
    }

    /// Runs something when the next request has been carried out and before its answer arrives. Example: as
    /// [`Self::before_next`].
    pub fn after_next<F, H>(&self, happens: F)
    where
        F: FnOnce(Self) -> H + Send + 'static,
        H: Future<Output = ()> + Send + 'static,
    {
        lock(&self.0.hooks).after = Some(Box::new(|fake| Box::pin(happens(fake))));
    }

    /// What clients have sent so far, oldest first, each try by itself. Example: see [`Request`].
    pub fn requests(&self) -> Vec<Request> {
        lock(&self.0.requests).clone()
    }

    /// Forgets what was sent so far. Example: as [`Self::requests`].
    pub fn forget_requests(&self) {
        lock(&self.0.requests).clear();
    }

    fn elsewhere(&self) -> Elsewhere {
        Elsewhere {
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
                lock(server).answer(&place, request.body.as_deref(), now)
            };
            let outcome = befall(fault, request.deadline, pass, answer);
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

    /// Protects C3: a position that the log has not reached is something acknowledged that was lost, and no yes.
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
            let position = Position { epoch: 1, index };
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
