//! Checks and permissions, as [`crate::Ask`] and [`crate::Consented`], with blocking methods.

use std::fmt;
use std::future::IntoFuture as _;
use std::sync::Arc;
use std::time::Duration;

use samtycke_core::decide::{Obligation, Op};
use samtycke_core::decision::Signals;
use samtycke_core::id::SubjectId;

use super::Runtime;
use crate::purpose::{Many, Once, Purpose};
use crate::{Denied, Evidence, Spent};

/// A check that has not been sent yet; [`Self::wait`] sends it. Example: see [the module](super).
#[must_use = "nothing is asked before `wait`"]
pub struct Ask<P: Purpose> {
    ask: crate::Ask<P>,
    runtime: Arc<Runtime>,
}

impl<P: Purpose> Ask<P> {
    pub(super) fn new(ask: crate::Ask<P>, runtime: Arc<Runtime>) -> Self {
        Self { ask, runtime }
    }

    /// As [`Ask::op`](crate::Ask::op). Example: see [the module](super).
    pub fn op(self, op: Op) -> Self {
        Self::new(self.ask.op(op), self.runtime)
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
    pub fn wait(self) -> Result<Consented<P>, Denied> {
        let consented = self.runtime.wait(self.ask.into_future())?;
        Ok(Consented::new(consented, &self.runtime))
    }
}

impl<P: Purpose> fmt::Debug for Ask<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.ask.fmt(f)
    }
}

/// The permission to process one person's data for the purpose `P`, as [`samtycke::Consented`](crate::Consented) and
/// for as long.
///
/// Example: see [the module](super).
#[must_use = "an unused permission means a check without purpose"]
pub struct Consented<P: Purpose> {
    consented: crate::Consented<P>,
    runtime: Arc<Runtime>,
}

impl<P: Purpose> Consented<P> {
    pub(crate) fn new(consented: crate::Consented<P>, runtime: &Arc<Runtime>) -> Self {
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

    /// As [`Consented::evidence`](crate::Consented::evidence). Example: see there.
    pub fn evidence(&self) -> Evidence {
        self.consented.evidence()
    }
}

impl<P: Purpose<Uses = Many>> Consented<P> {
    /// As [`Consented::subject`](crate::Consented::subject). Example: see [the module](super).
    ///
    /// # Errors
    /// As [`Consented::subject`](crate::Consented::subject).
    pub fn subject(&self) -> Result<&SubjectId, Denied> {
        self.consented.subject()
    }

    /// As [`Consented::ensure_fresh`](crate::Consented::ensure_fresh). Example: see [the module](super).
    ///
    /// # Errors
    /// As [`Consented::ensure_fresh`](crate::Consented::ensure_fresh).
    pub fn ensure_fresh(&mut self) -> Result<(), Denied> {
        self.runtime.wait(self.consented.ensure_fresh())
    }
}

impl<P: Purpose<Uses = Once>> Consented<P> {
    /// As [`Consented::spend`](crate::Consented::spend). Example: see there.
    ///
    /// # Errors
    /// As [`Consented::spend`](crate::Consented::spend).
    pub fn spend(&mut self) -> Result<Spent<P>, Denied> {
        self.runtime.wait(self.consented.spend())
    }
}

impl<P: Purpose> fmt::Debug for Consented<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.consented.fmt(f)
    }
}

/// Items, split by whether they may be processed, as [`samtycke::Filtered`](crate::Filtered). Example: see
/// [`Client::filter_consented`](super::Client::filter_consented).
#[must_use = "what is denied must not be processed"]
pub struct Filtered<P: Purpose, T> {
    /// Items with their permissions, which live for two seconds.
    pub consented: Vec<(T, Consented<P>)>,
    /// Items with their denials.
    pub denied: Vec<(T, Denied)>,
}

impl<P: Purpose, T> Filtered<P, T> {
    pub(super) fn new(filtered: crate::Filtered<P, T>, runtime: &Arc<Runtime>) -> Self {
        let consented = filtered.consented.into_iter();
        let waiting =
            consented.map(|(thing, consented)| (thing, Consented::new(consented, runtime)));
        Self {
            consented: waiting.collect(),
            denied: filtered.denied,
        }
    }
}

impl<P: Purpose, T> fmt::Debug for Filtered<P, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filtered")
            .field("consented", &self.consented.len())
            .field("denied", &self.denied.len())
            .finish()
    }
}
