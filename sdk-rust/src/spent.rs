//! A single use after it was recorded.

use std::fmt;
use std::marker::PhantomData;

use samtycke_core::id::SubjectId;

use crate::clock::Moment;
use crate::consented::{Granted, LIFE, covered};
use crate::purpose::{Once, Purpose};
use crate::{Cause, Denied, Evidence};

/// A single-use permission after its use was recorded. The operation that it permits must follow within two seconds.
///
/// A function that forwards takes it by value: [`Self::take`] and [`Self::take_for`] give the subject and use the value
/// up, so what was spent once cannot be sent twice, or to another recipient.
///
/// Example: see [`Consented::spend`](crate::Consented::spend).
#[must_use = "the single use is spent: process now"]
pub struct Spent<P: Purpose<Uses = Once>> {
    granted: Granted,
    scope: P::Scope,
    /// When the server's answer to the use had arrived.
    used_at: Moment,
    purpose: PhantomData<fn() -> P>,
}

impl<P: Purpose<Uses = Once>> Spent<P> {
    pub(crate) fn new(granted: Granted, scope: P::Scope, used_at: Moment) -> Self {
        Self {
            granted,
            scope,
            used_at,
            purpose: PhantomData,
        }
    }

    /// The scope that was spent: the recipient. Example: as [`Consented::scope`](crate::Consented::scope).
    pub fn scope(&self) -> &P::Scope {
        &self.scope
    }

    /// The evidence for the permission. Example: as [`Consented::evidence`](crate::Consented::evidence).
    pub fn evidence(&self) -> Evidence {
        Evidence::of(P::ID, &self.granted)
    }

    /// The person whose data may be forwarded, and the scope that they consented to. Example: see
    /// [`Consented::spend`](crate::Consented::spend).
    ///
    /// # Errors
    /// It was held for two seconds, or this process has learned of a refusal. The consent stays spent.
    pub fn take(self) -> Result<(SubjectId, P::Scope), Denied> {
        self.alive()?;
        Ok((self.granted.question.subject, self.scope))
    }

    /// The person, for code that forwards in this scope. Another scope is denied with `SCOPE_NOT_COVERED`.
    ///
    /// ```no_run
    /// # use samtycke::{Denied, Spent, id::SubjectId, purpose::{Once, Purpose, Recipient}};
    /// # fn send(_: &SubjectId, _: &Recipient) {}
    /// fn mail<P>(to: &Recipient, spent: Spent<P>) -> Result<(), Denied>
    /// where
    ///     P: Purpose<Scope = Recipient, Uses = Once>,
    /// {
    ///     let person = spent.take_for(to)?;
    ///     send(&person, to);
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// Another scope; otherwise as [`Self::take`].
    pub fn take_for(self, scope: &P::Scope) -> Result<SubjectId, Denied> {
        covered::<P>(&self.scope, scope)?;
        Ok(self.take()?.0)
    }

    fn alive(&self) -> Result<(), Denied> {
        let granted = &self.granted;
        if granted.client.is_refused_here(&granted.question) {
            return Err(Denied::new(P::ID, Cause::Queued));
        }
        let age = granted.client.inner.clock.now().since(self.used_at);
        if granted.is_contradicted() || age >= LIFE {
            return Err(Denied::new(P::ID, Cause::Outlived));
        }
        Ok(())
    }
}

impl<P: Purpose<Uses = Once>> fmt::Debug for Spent<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spent")
            .field("purpose", &P::ID)
            .finish_non_exhaustive()
    }
}
