//! The client for programs without an async runtime: its methods block.
//!
//! ```no_run
//! # #[cfg(feature = "blocking")]
//! # mod example {
//! use samtycke::blocking::{Client, Consented};
//! use samtycke::decide::Op;
//! use samtycke::id::SubjectId;
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
//! fn store(mut consented: Consented<Answers>, answer: &str) -> Result<(), Denied> {
//!     insert(consented.subject()?, answer);
//!     consented.ensure_fresh()
//! }
//!
//! fn example(child: &SubjectId) -> Result<(), Box<dyn std::error::Error>> {
//!     let samtycke = samtycke::Client::builder("https://samtycke.example", "sam_service_..").build()?;
//!     let samtycke = Client::new(samtycke)?;
//!     let consented = samtycke.require::<Answers>(child).op(Op::Store).wait()?;
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
use samtycke_core::decide::Op;
use samtycke_core::id::{EventId, SubjectId};
use samtycke_core::pseudonym::Domain;
use samtycke_core::wire::{
    CheckRequest, ConsentRequest, DecisionsResponse, HistoryResponse, RecordResponse,
    SubjectResponse, WithdrawalRequest,
};

use crate::purpose::{Purpose, Unscoped};
use crate::{BuildError, Checked, Counts, Denied, Error, Purposes};

mod permission;
mod runtime;

pub use self::permission::{Ask, Consented, Filtered};
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

    /// Requests permission to process a subject's data for the purpose `P`, as
    /// [`Client::require`](crate::Client::require). Example: see [the module](self).
    pub fn require<P: Purpose<Scope = Unscoped>>(&self, subject: &SubjectId) -> Ask<P> {
        self.require_in(subject, Unscoped)
    }

    /// The same for a purpose whose consent is limited to a scope, as
    /// [`Client::require_in`](crate::Client::require_in). Example: see [the module](self).
    pub fn require_in<P: Purpose>(&self, subject: &SubjectId, scope: P::Scope) -> Ask<P> {
        let ask = self.client.require_in(subject, scope);
        Ask::new(ask, self.runtime.clone())
    }

    /// Requests permissions for several purposes, as [`Client::require_all`](crate::Client::require_all).
    ///
    /// # Errors
    /// The first denial, in the order of the purposes. Example: see there.
    pub fn require_all<T: Purposes>(
        &self,
        subject: &SubjectId,
        op: Op,
    ) -> Result<T::Waiting, Denied> {
        let asking = self.client.require_all::<T>(subject, op);
        let granted = self.runtime.wait(asking)?;
        Ok(T::waiting(granted, &self.runtime))
    }

    /// Splits items by whether they may be processed, as [`Client::filter_consented`](crate::Client::filter_consented).
    /// Example: see there.
    pub fn filter_consented<P: Purpose, T>(
        &self,
        things: Vec<T>,
        op: Op,
        scope: P::Scope,
        subject: impl Fn(&T) -> &SubjectId,
    ) -> Filtered<P, T> {
        let asking = self.client.filter_consented(things, op, scope, subject);
        Filtered::new(self.runtime.wait(asking), &self.runtime)
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
