//! The client for programs without an async runtime: its methods block.
//!
//! ```no_run
//! # #[cfg(feature = "blocking")]
//! # mod example {
//! use samtycke::blocking::{Client, Consented};
//! use samtycke::id::SubjectId;
//! use samtycke::op::Store;
//! use samtycke::Denied;
//! # use samtycke::purpose::{Many, Purpose, Unscoped};
//! # enum Answers {}
//! # impl Purpose for Answers {
//! #     const ID: &'static str = "example.answers";
//! #     const EXPLICIT_CONSENT: bool = true;
//! #     type Scope = Unscoped;
//! #     type Uses = Many;
//! # }
//! # fn insert(_: &SubjectId, _: &str) {}
//!
//! fn store(mut consented: Consented<Answers, Store>, answer: &str) -> Result<(), Denied> {
//!     insert(consented.subject()?, answer);
//!     consented.ensure_fresh()
//! }
//!
//! fn example(child: &SubjectId) -> Result<(), Box<dyn std::error::Error>> {
//!     let samtycke = samtycke::Client::builder("https://samtycke.example", "sk_service_..").build()?;
//!     let samtycke = Client::new(samtycke)?;
//!     let consented = samtycke.require::<Answers, Store>(child).wait()?;
//!     store(consented, "I worry about school")?;
//!     Ok(())
//! }
//! # }
//! ```
//!
//! One thread, named `samtycke`, drives the connections of a client and its clones. It ends when the last clone and the
//! last permission are dropped. Any number of threads may call at the same time.
//!
//! A call inside of a runtime works, but blocks the runtime's thread until the response arrives. In async code await a
//! [`samtycke::Client`](crate::Client), or call from `spawn_blocking`.

use std::sync::Arc;

use samtycke_core::bundle::Bundle;
use samtycke_core::id::{EventId, SiteId, SubjectId};
use samtycke_core::pseudonym::Domain;
use samtycke_core::wire::{
    CHECKS_MAX, CheckRequest, ConsentRequest, DecisionsResponse, HistoryResponse, NoticeDocument,
    RecordResponse, SubjectResponse, WithdrawalRequest,
};

use crate::op::Operation;
use crate::purpose::{Purpose, Unscoped};
use crate::register::{Disagreement, Facts};
use crate::{BuildError, Checked, Counts, Denied, Error, Purposes};

mod event;
mod permission;
mod pictures;
mod record;
mod runtime;

pub use self::event::Event;
pub use self::permission::{Ask, Consented, Filtered};
pub use self::record::{Grant, Refusal};
pub(crate) use self::runtime::Runtime;

/// A client with blocking methods. A clone is cheap. Example: see [the module](self).
#[derive(Debug, Clone)]
pub struct Client {
    client: crate::Client,
    runtime: Arc<Runtime>,
}

impl Client {
    /// The same client with blocking methods. Do not await the async client elsewhere: a connection belongs to the
    /// runtime that opened it.
    ///
    /// # Errors
    /// [`BuildError::Thread`]: the operating system started no thread. Example: see [the module](self).
    pub fn new(client: crate::Client) -> Result<Self, BuildError> {
        let runtime = Arc::new(Runtime::start()?);
        Ok(Self { client, runtime })
    }

    /// As [`Client::with_capability`](crate::Client::with_capability). Example: see [the module](self).
    ///
    /// # Errors
    /// As [`Client::with_capability`](crate::Client::with_capability).
    pub fn with_capability(&self, capability: &str) -> Result<Self, BuildError> {
        Ok(Self {
            client: self.client.with_capability(capability)?,
            runtime: self.runtime.clone(),
        })
    }

    /// Requests permission for the operation `O` on a subject's data for the purpose `P`, as
    /// [`Client::require`](crate::Client::require). Example: see [the module](self).
    pub fn require<P, O>(&self, subject: &SubjectId) -> Ask<P, O>
    where
        P: Purpose<Scope = Unscoped>,
        O: Operation,
    {
        self.require_in(subject, Unscoped)
    }

    /// The same for a purpose whose consent is limited to a scope, as
    /// [`Client::require_in`](crate::Client::require_in). Example: see [the module](self).
    pub fn require_in<P, O>(&self, subject: &SubjectId, scope: P::Scope) -> Ask<P, O>
    where
        P: Purpose,
        O: Operation,
    {
        let ask = self.client.require_in(subject, scope);
        Ask::new(ask, self.runtime.clone())
    }

    /// Requests permissions for several purposes, as [`Client::require_all`](crate::Client::require_all).
    ///
    /// # Errors
    /// The first denial, in the order of the purposes. Example: see there.
    pub fn require_all<T: Purposes, O: Operation>(
        &self,
        subject: &SubjectId,
    ) -> Result<T::Waiting<O>, Denied> {
        let asking = self.client.require_all::<T, O>(subject);
        let granted = self.runtime.wait(asking)?;
        Ok(T::waiting(granted, &self.runtime))
    }

    /// Splits items by whether they may be processed, as [`Client::filter_consented`](crate::Client::filter_consented).
    /// Example: see there.
    pub fn filter_consented<P: Purpose, O: Operation, T>(
        &self,
        things: Vec<T>,
        scope: P::Scope,
        subject: impl Fn(&T) -> &SubjectId,
    ) -> Filtered<P, O, T> {
        let asking = self.client.filter_consented(things, scope, subject);
        Filtered::new(self.runtime.wait(asking), &self.runtime)
    }

    /// Processes items one after the other, each only if it is permitted, as
    /// [`Client::for_each_consented`](crate::Client::for_each_consented).
    ///
    /// ```no_run
    /// # use samtycke::{id::SubjectId, op::Process, purpose::{Many, Purpose, Unscoped}};
    /// # fn write_to(_: &SubjectId) {}
    /// # fn example<P: Purpose<Scope = Unscoped, Uses = Many>>(samtycke: samtycke::blocking::Client, readers: Vec<SubjectId>) {
    /// let denied = samtycke.for_each_consented::<P, Process, _>(readers, Unscoped, |reader| reader, |_, consented| {
    ///     write_to(consented.subject()?);
    ///     Ok(())
    /// });
    /// println!("{} left out", denied.len());
    /// # }
    /// ```
    #[expect(
        clippy::needless_pass_by_value,
        reason = "the arguments of the async method"
    )]
    pub fn for_each_consented<P: Purpose, O: Operation, T>(
        &self,
        things: Vec<T>,
        scope: P::Scope,
        subject: impl Fn(&T) -> &SubjectId,
        act: impl Fn(&T, &mut Consented<P, O>) -> Result<(), Denied>,
    ) -> Vec<(T, Denied)> {
        let mut denied = Vec::new();
        let mut things = things.into_iter();
        loop {
            let hundred: Vec<T> = things.by_ref().take(CHECKS_MAX).collect();
            if hundred.is_empty() {
                return denied;
            }
            let part = self.filter_consented::<P, O, T>(hundred, scope.clone(), &subject);
            denied.extend(part.denied);
            for (thing, mut consented) in part.consented {
                let renewed = if consented.left().is_zero() {
                    let again = self.require_in(subject(&thing), scope.clone()).wait();
                    again.map(|again| consented = again)
                } else {
                    Ok(())
                };
                if let Err(error) = renewed.and_then(|()| act(&thing, &mut consented)) {
                    denied.push((thing, error));
                }
            }
        }
    }

    /// Makes a check, as [`Client::check`](crate::Client::check). Example: see there.
    pub fn check(&self, question: &CheckRequest) -> Checked {
        self.runtime.wait(self.client.check(question))
    }

    /// Makes many checks, as [`Client::check_batch`](crate::Client::check_batch). Example: see there.
    pub fn check_batch(&self, questions: &[CheckRequest]) -> Vec<Checked> {
        self.runtime.wait(self.client.check_batch(questions))
    }

    /// Records a person's decisions, as [`Client::record`](crate::Client::record). Example: see [the crate](crate).
    ///
    /// # Errors
    /// As [`Client::record`](crate::Client::record).
    pub fn record(&self, request: &ConsentRequest) -> Result<RecordResponse, Error> {
        self.runtime.wait(self.client.record(request))
    }

    /// Records a withdrawal, as [`Client::withdraw`](crate::Client::withdraw). Example: see [the crate](crate).
    ///
    /// # Errors
    /// As [`Client::withdraw`](crate::Client::withdraw).
    pub fn withdraw(&self, request: &WithdrawalRequest) -> Result<RecordResponse, Error> {
        self.runtime.wait(self.client.withdraw(request))
    }

    /// The proof of one event, as [`Client::proof`](crate::Client::proof). Example: see [the crate](crate).
    ///
    /// # Errors
    /// As [`Client::proof`](crate::Client::proof).
    pub fn proof(&self, event: &EventId) -> Result<Bundle, Error> {
        self.runtime.wait(self.client.proof(event))
    }

    /// The subject of an identifier, as [`Client::subject`](crate::Client::subject). Example: see [the crate](crate).
    ///
    /// # Errors
    /// As [`Client::subject`](crate::Client::subject).
    pub fn subject(&self, domain: Domain, identifier: &str) -> Result<SubjectResponse, Error> {
        self.runtime.wait(self.client.subject(domain, identifier))
    }

    /// The notice that a site or an app shows now, as [`Client::notice`](crate::Client::notice). Example: see there.
    ///
    /// # Errors
    /// As [`Client::notice`](crate::Client::notice).
    pub fn notice(&self, site: &SiteId) -> Result<NoticeDocument, Error> {
        self.runtime.wait(self.client.notice(site))
    }

    /// Compares the live register with the program's, as [`Client::register_agrees`](crate::Client::register_agrees).
    /// Example: see there.
    ///
    /// # Errors
    /// As [`Client::register_agrees`](crate::Client::register_agrees).
    pub fn register_agrees(&self, facts: &Facts) -> Result<(), Disagreement> {
        self.runtime.wait(self.client.register_agrees(facts))
    }

    /// The current decisions of a subject, as [`Client::decisions`](crate::Client::decisions). Example: see [the
    /// crate](crate).
    ///
    /// # Errors
    /// As [`Client::decisions`](crate::Client::decisions).
    pub fn decisions(&self, subject: &SubjectId) -> Result<DecisionsResponse, Error> {
        self.runtime.wait(self.client.decisions(subject))
    }

    /// All events of a subject, as [`Client::history`](crate::Client::history). Example: see [the crate](crate).
    ///
    /// # Errors
    /// As [`Client::history`](crate::Client::history).
    pub fn history(&self, subject: &SubjectId) -> Result<HistoryResponse, Error> {
        self.runtime.wait(self.client.history(subject))
    }

    /// The counters of this client, as [`Client::counts`](crate::Client::counts). Example: see there.
    pub fn counts(&self) -> Counts {
        self.client.counts()
    }
}
