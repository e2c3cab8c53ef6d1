//! Checks and permissions, as [`crate::Ask`] and [`crate::Consented`], with blocking methods.

use std::fmt;
use std::future::IntoFuture as _;
use std::sync::Arc;
use std::time::Duration;

use samtycke_core::decide::Obligation;
use samtycke_core::decision::Signals;
use samtycke_core::id::SubjectId;

use super::Runtime;
use crate::op::{Forward, Operation};
use crate::purpose::{Many, Once, Purpose, Unscoped};
use crate::{Denied, Evidence, Spent};

/// A check that has not been sent yet; [`Self::wait`] sends it. Example: see [the module](super).
#[must_use = "nothing is asked before `wait`"]
pub struct Ask<P: Purpose, O: Operation> {
    ask: crate::Ask<P, O>,
    runtime: Arc<Runtime>,
}

impl<P: Purpose, O: Operation> Ask<P, O> {
    pub(super) fn new(ask: crate::Ask<P, O>, runtime: Arc<Runtime>) -> Self {
        Self { ask, runtime }
    }

    /// As [`Ask::anchor`](crate::Ask::anchor). Example: see there.
    pub fn anchor(self, anchor: &str, began_ms: i64) -> Self {
        Self::new(self.ask.anchor(anchor, began_ms), self.runtime)
    }

    /// As [`Ask::signals`](crate::Ask::signals). Example: see there.
    pub fn signals(self, signals: Signals) -> Self {
        Self::new(self.ask.signals(signals), self.runtime)
    }

    /// As [`Ask::at_least`](crate::Ask::at_least). Example: see there.
    pub fn at_least(self, position: &str) -> Self {
        Self::new(self.ask.at_least(position), self.runtime)
    }

    /// Sends the check and blocks until its result. Example: see [the module](super).
    ///
    /// # Errors
    /// The denial, by a verdict or for want of one.
    pub fn wait(self) -> Result<Consented<P, O>, Denied> {
        let consented = self.runtime.wait(self.ask.into_future())?;
        Ok(Consented::new(consented, &self.runtime))
    }

    /// Makes the check and runs a block with the permission, which cannot leave the block, as
    /// [`Ask::scoped`](crate::Ask::scoped).
    ///
    /// ```no_run
    /// # use samtycke::{Denied, blocking::Client, id::SubjectId, op::Process, purpose::{Many, Purpose, Unscoped}};
    /// # fn count(_: &SubjectId) -> u32 { 0 }
    /// # fn example<P: Purpose<Scope = Unscoped, Uses = Many>>(samtycke: Client, child: SubjectId) -> Result<(), Denied> {
    /// let counted = samtycke.require::<P, Process>(&child).scoped(|held| {
    ///     let counted = count(held.subject()?);
    ///     held.ensure_fresh()?;
    ///     Ok(counted)
    /// })?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The denial, or the block's own error.
    pub fn scoped<T>(
        self,
        block: impl FnOnce(&mut Consented<P, O>) -> Result<T, Denied>,
    ) -> Result<T, Denied> {
        block(&mut self.wait()?)
    }
}

impl<P: Purpose, O: Operation> fmt::Debug for Ask<P, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ask.fmt(f)
    }
}

/// The permission for one operation on one person's data for the purpose `P`, as
/// [`samtycke::Consented`](crate::Consented) and for as long.
///
/// Example: see [the module](super).
#[must_use = "an unused permission means a check without purpose"]
pub struct Consented<P: Purpose, O: Operation> {
    consented: crate::Consented<P, O>,
    runtime: Arc<Runtime>,
}

impl<P: Purpose, O: Operation> Consented<P, O> {
    pub(crate) fn new(consented: crate::Consented<P, O>, runtime: &Arc<Runtime>) -> Self {
        Self {
            consented,
            runtime: runtime.clone(),
        }
    }

    /// As [`Consented::left`](crate::Consented::left). Example: see there.
    pub fn left(&self) -> Duration {
        self.consented.left()
    }

    /// As [`Consented::obligations`](crate::Consented::obligations). Example: see there.
    pub fn obligations(&self) -> &[Obligation] {
        self.consented.obligations()
    }

    /// As [`Consented::scope`](crate::Consented::scope). Example: see there.
    pub fn scope(&self) -> &P::Scope {
        self.consented.scope()
    }

    /// As [`Consented::evidence`](crate::Consented::evidence). Example: see there.
    pub fn evidence(&self) -> Evidence {
        self.consented.evidence()
    }
}

impl<P: Purpose<Scope = Unscoped, Uses = Many>, O: Operation> Consented<P, O> {
    /// As [`Consented::subject`](crate::Consented::subject). Example: see [the module](super).
    ///
    /// # Errors
    /// As [`Consented::subject`](crate::Consented::subject).
    pub fn subject(&self) -> Result<&SubjectId, Denied> {
        self.consented.subject()
    }
}

impl<P: Purpose<Uses = Many>, O: Operation> Consented<P, O> {
    /// As [`Consented::subject_for`](crate::Consented::subject_for). Example: see there.
    ///
    /// # Errors
    /// As [`Consented::subject_for`](crate::Consented::subject_for).
    pub fn subject_for(&self, scope: &P::Scope) -> Result<&SubjectId, Denied> {
        self.consented.subject_for(scope)
    }

    /// As [`Consented::subject_and_scope`](crate::Consented::subject_and_scope). Example: see there.
    ///
    /// # Errors
    /// As [`Consented::subject_and_scope`](crate::Consented::subject_and_scope).
    pub fn subject_and_scope(&self) -> Result<(&SubjectId, &P::Scope), Denied> {
        self.consented.subject_and_scope()
    }

    /// As [`Consented::ensure_fresh`](crate::Consented::ensure_fresh). Example: see [the module](super).
    ///
    /// # Errors
    /// As [`Consented::ensure_fresh`](crate::Consented::ensure_fresh).
    pub fn ensure_fresh(&mut self) -> Result<(), Denied> {
        self.runtime.wait(self.consented.ensure_fresh())
    }
}

impl<P: Purpose<Uses = Once>> Consented<P, Forward> {
    /// As [`Consented::spend`](crate::Consented::spend). Example: see there.
    ///
    /// # Errors
    /// As [`Consented::spend`](crate::Consented::spend).
    pub fn spend(&mut self) -> Result<Spent<P>, Denied> {
        self.runtime.wait(self.consented.spend())
    }
}

impl<P: Purpose, O: Operation> fmt::Debug for Consented<P, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.consented.fmt(f)
    }
}

/// Items, split by whether they may be processed, as [`samtycke::Filtered`](crate::Filtered). Example: see
/// [`Client::filter_consented`](super::Client::filter_consented).
#[must_use = "what is denied must not be processed"]
pub struct Filtered<P: Purpose, O: Operation, T> {
    /// Items with their permissions, which live for two seconds.
    pub consented: Vec<(T, Consented<P, O>)>,
    /// Items with their denials.
    pub denied: Vec<(T, Denied)>,
}

impl<P: Purpose, O: Operation, T> Filtered<P, O, T> {
    pub(super) fn new(filtered: crate::Filtered<P, O, T>, runtime: &Arc<Runtime>) -> Self {
        let consented = filtered.consented.into_iter();
        let waiting =
            consented.map(|(thing, consented)| (thing, Consented::new(consented, runtime)));
        Self {
            consented: waiting.collect(),
            denied: filtered.denied,
        }
    }
}

impl<P: Purpose, O: Operation, T> fmt::Debug for Filtered<P, O, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filtered")
            .field("consented", &self.consented.len())
            .field("denied", &self.denied.len())
            .finish()
    }
}
