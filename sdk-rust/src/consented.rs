//! The permission to process, as a value that code must hold.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use samtycke_core::decide::Verdict;
use samtycke_core::id::{EventId, SubjectId};
use samtycke_core::wire::{CheckRequest, UseRequest};

use crate::clock::Moment;
use crate::purpose::{Many, Once, Purpose};
use crate::reuse::Heard;
use crate::{Cause, Client, Denied, Error, Evidence};

/// The longest life of a permission (docs/consistency.md, C5).
pub(crate) const LIFE: Duration = Duration::from_secs(2);

/// The permission to process one person's data for the purpose `P`, now.
///
/// Only [`Client::require`] and the methods beside it create one, from an allow of the server. A function that stores
/// data takes a `Consented<P>` and gets the subject from it alone. So the function cannot be called without a check,
/// with a permission for another purpose, or for another person.
///
/// It lives for two seconds, or less where the consent ends sooner. It ends at once when this process learns of a
/// refusal by the same person. It can be neither cloned nor serialised. Right before the commit, [`Self::ensure_fresh`]
/// checks again, also after the two seconds, because the data to store may have taken longer to arrive.
///
/// ```no_run
/// # use samtycke::{Client, Consented, Denied, id::SubjectId};
/// # use samtycke::purpose::{Many, Purpose, Unscoped};
/// # enum Answers {}
/// # impl Purpose for Answers {
/// #     const ID: &'static str = "example.answers";
/// #     const EXPLICIT_CONSENT: bool = true;
/// #     type Scope = Unscoped;
/// #     type Uses = Many;
/// # }
/// # struct Database;
/// # struct Transaction;
/// # impl Database { async fn begin(&self) -> Transaction { Transaction } }
/// # impl Transaction {
/// #     async fn insert(&mut self, _: &SubjectId, _: &str, _: String) {}
/// #     async fn commit(self) {}
/// # }
/// async fn store(database: &Database, mut consented: Consented<Answers>, answer: &str) -> Result<(), Denied> {
///     let mut transaction = database.begin().await;
///     let evidence = consented.evidence().to_column();
///     transaction.insert(consented.subject()?, answer, evidence).await;
///     consented.ensure_fresh().await?; // else the transaction is dropped, and with it the answer
///     transaction.commit().await;
///     Ok(())
/// }
///
/// # async fn example(samtycke: Client, database: Database, child: SubjectId) -> Result<(), Denied> {
/// let consented = samtycke.require::<Answers>(&child).await?;
/// store(&database, consented, "I worry about school").await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "an unused permission means a check without purpose"]
pub struct Consented<P: Purpose> {
    granted: Granted,
    /// The id of the event that spends it, for a single-use purpose. Every attempt uses the same id.
    use_id: Option<EventId>,
    is_used: bool,
    purpose: PhantomData<fn() -> P>,
}

/// An allow, and what is needed to check again.
pub(crate) struct Granted {
    pub(crate) client: Client,
    pub(crate) question: CheckRequest,
    pub(crate) verdict: Verdict,
    pub(crate) position: Option<Arc<str>>,
    /// When the request was sent.
    pub(crate) sent: Moment,
    /// When it was handed out; later than `sent` for a reused verdict.
    pub(crate) born: Moment,
    pub(crate) heard: Heard,
}

impl Granted {
    /// How long it lives, counted from `born`.
    fn life(&self) -> Duration {
        let mut life = LIFE;
        // A reused verdict brings only the time that it had left.
        let rely = Duration::from_millis(u64::from(self.verdict.rely_ms));
        if !rely.is_zero() {
            life = life.min(rely.saturating_sub(self.born.since(self.sent)));
        }
        if let Some(until) = self.verdict.valid_until {
            let left_ms = until.saturating_sub(self.born.unix_ms).max(0);
            life = life.min(Duration::from_millis(left_ms.unsigned_abs()));
        }
        life
    }

    /// Whether this process has learned of a refusal by the person since the request was sent.
    fn is_contradicted(&self) -> bool {
        self.client.inner.reuse.heard(&self.question.subject) != self.heard
    }

    fn left(&self) -> Duration {
        if self.is_contradicted() {
            return Duration::ZERO;
        }
        let inner = &self.client.inner;
        let age = inner.clock.now().since(self.born);
        self.life().saturating_sub(age)
    }
}

impl<P: Purpose> Consented<P> {
    pub(crate) fn new(granted: Granted, use_id: Option<EventId>) -> Self {
        Self {
            granted,
            use_id,
            is_used: false,
            purpose: PhantomData,
        }
    }

    /// The time left, zero after the end.
    ///
    /// ```no_run
    /// # use samtycke::{Consented, purpose::Purpose};
    /// # fn example<P: Purpose>(consented: &Consented<P>) {
    /// assert!(consented.left() <= std::time::Duration::from_secs(2));
    /// # }
    /// ```
    pub fn left(&self) -> Duration {
        self.granted.left()
    }

    /// Further obligations, such as telling the person about a changed notice. Example: as [`Self::left`].
    pub fn obligations(&self) -> &[samtycke_core::decide::Obligation] {
        &self.granted.verdict.obligations
    }

    /// The evidence for the permission, for a column beside the stored data. Example: see [`Consented`].
    pub fn evidence(&self) -> Evidence {
        let granted = &self.granted;
        Evidence::of(
            P::ID,
            &granted.verdict,
            granted.position.as_deref(),
            granted.sent.unix_ms,
        )
    }

    /// A refusal that this process knows of ends it, however young it is.
    fn uncontradicted(&self) -> Result<(), Denied> {
        let granted = &self.granted;
        if granted.client.is_refused_here(&granted.question) {
            return Err(Denied::new(P::ID, Cause::Queued));
        }
        if granted.is_contradicted() {
            return Err(Denied::new(P::ID, Cause::Outlived));
        }
        Ok(())
    }

    fn alive(&self) -> Result<(), Denied> {
        self.uncontradicted()?;
        if self.left().is_zero() {
            return Err(Denied::new(P::ID, Cause::Outlived));
        }
        Ok(())
    }
}

impl<P: Purpose<Uses = Many>> Consented<P> {
    /// The person whose data may be processed.
    ///
    /// # Errors
    /// The permission has ended, or this process has learned of a refusal. Example: see [`Consented`].
    pub fn subject(&self) -> Result<&SubjectId, Denied> {
        self.alive()?;
        Ok(&self.granted.question.subject)
    }

    /// Checks again, from a state that is no older than the first verdict's. Call it last before the commit. An allow
    /// gives this permission another two seconds.
    ///
    /// It works after the first two seconds too: a body that arrives slowly costs one more check, and is stored under
    /// the new verdict only.
    ///
    /// It asks the server each time, except during the permission's life and within the verdict's `rely_ms`. For
    /// special categories, forwarding and publishing it always asks.
    ///
    /// # Errors
    /// The new verdict is a denial, there is none, or this process has learned of a refusal by the same person. In the
    /// last case request a new permission, because this process does not know what else the refusal covers. Example:
    /// see [`Consented`].
    pub async fn ensure_fresh(&mut self) -> Result<(), Denied> {
        self.uncontradicted()?;
        let granted = &self.granted;
        let now = granted.client.inner.clock.now();
        let rely = Duration::from_millis(u64::from(granted.verdict.rely_ms));
        if !granted.left().is_zero() && now.since(granted.sent) < rely {
            return Ok(());
        }
        let mut question = granted.question.clone();
        question.at_least = granted.position.as_deref().map(str::to_owned);
        let client = granted.client.clone();
        let fresh = client.grant(&question, P::ID, P::EXPLICIT_CONSENT, false);
        self.granted = fresh.await?;
        // A refusal may have arrived in the meantime, or the response took longer than the permission lives.
        self.alive()
    }
}

impl<P: Purpose<Uses = Once>> Consented<P> {
    /// Records the use, and returns the subject for the one operation that it permits. The server counts: of two
    /// permissions on the same consent only one succeeds.
    ///
    /// After a time-out it is unknown whether the use was recorded. Call this again then; it is the same use.
    ///
    /// # Errors
    /// The consent was spent before, here or elsewhere; otherwise as [`Consented::ensure_fresh`].
    ///
    /// ```no_run
    /// # use samtycke::{Client, Denied, id::SubjectId};
    /// # use samtycke::purpose::{Once, Purpose, Recipient};
    /// # enum ForwardContact {}
    /// # impl Purpose for ForwardContact {
    /// #     const ID: &'static str = "example.forward-contact";
    /// #     const EXPLICIT_CONSENT: bool = false;
    /// #     type Scope = Recipient;
    /// #     type Uses = Once;
    /// # }
    /// # fn forward(_: &SubjectId, _: &str) {}
    /// # async fn example(samtycke: Client, person: SubjectId) -> Result<(), Box<dyn std::error::Error>> {
    /// let company = Recipient("example-ab".parse()?);
    /// let mut consented = samtycke.require_in::<ForwardContact>(&person, company).await?;
    /// let used = consented.spend().await?;
    /// forward(used.subject(), "example-ab");
    /// # Ok(())
    /// # }
    /// ```
    pub async fn spend(&mut self) -> Result<Spent<P>, Denied> {
        if self.is_used {
            return Err(Denied::new(P::ID, Cause::Used));
        }
        self.alive()?;
        let granted = &self.granted;
        let explained = granted.verdict.explain.as_ref();
        let consent = explained.and_then(|explain| explain.event_id.clone());
        let (Some(consent), Some(use_id)) = (consent, self.use_id.clone()) else {
            let error = Error::Decode("the answer does not say which consent it rests on");
            return Err(Denied::new(P::ID, Cause::Error(error)));
        };
        let request = UseRequest {
            event_id: use_id,
            subject: granted.question.subject.clone(),
            purpose: granted.question.purpose.clone(),
            scope: granted.question.scope.clone(),
            at_least: granted.position.as_deref().map(str::to_owned),
        };
        granted.client.use_up(&consent, &request, P::ID).await?;
        self.is_used = true;
        Ok(Spent {
            subject: request.subject,
            evidence: self.evidence(),
            purpose: PhantomData,
        })
    }
}

impl<P: Purpose> fmt::Debug for Consented<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consented")
            .field("purpose", &P::ID)
            .field("reason", &self.granted.verdict.reason)
            .finish_non_exhaustive()
    }
}

/// A single-use permission after its use was recorded. The operation that it permits must follow now.
///
/// Example: see [`Consented::spend`].
#[must_use = "the single use is spent: process now"]
pub struct Spent<P: Purpose<Uses = Once>> {
    subject: SubjectId,
    evidence: Evidence,
    purpose: PhantomData<fn() -> P>,
}

impl<P: Purpose<Uses = Once>> Spent<P> {
    /// The person whose data may be processed. Example: see [`Consented::spend`].
    pub fn subject(&self) -> &SubjectId {
        &self.subject
    }

    /// The evidence for the permission. Example: as [`Consented::evidence`].
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }
}

impl<P: Purpose<Uses = Once>> fmt::Debug for Spent<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spent")
            .field("purpose", &P::ID)
            .finish_non_exhaustive()
    }
}

/// A permission that cannot leave its block. Example: see [`Ask::scoped`](crate::Ask::scoped).
pub struct Held<'h, P: Purpose> {
    consented: &'h mut Consented<P>,
}

impl<'h, P: Purpose> Held<'h, P> {
    pub(crate) fn new(consented: &'h mut Consented<P>) -> Self {
        Self { consented }
    }

    /// The permission itself, for a function that takes one. Example: see [`Ask::scoped`](crate::Ask::scoped).
    pub fn consented(&mut self) -> &mut Consented<P> {
        self.consented
    }
}

impl<P: Purpose<Uses = Many>> Held<'_, P> {
    /// As [`Consented::subject`]. Example: see [`Ask::scoped`](crate::Ask::scoped).
    ///
    /// # Errors
    /// As [`Consented::subject`].
    pub fn subject(&self) -> Result<&SubjectId, Denied> {
        self.consented.subject()
    }

    /// As [`Consented::ensure_fresh`]. Example: see [`Ask::scoped`](crate::Ask::scoped).
    ///
    /// # Errors
    /// As [`Consented::ensure_fresh`].
    pub async fn ensure_fresh(&mut self) -> Result<(), Denied> {
        self.consented.ensure_fresh().await
    }
}

impl<P: Purpose> fmt::Debug for Held<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.consented.fmt(f)
    }
}
