//! The permission to do one thing, as a value that has to be held to do it.

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

/// How long a permission lives at the longest (docs/consistency.md, C5).
pub(crate) const LIFE: Duration = Duration::from_secs(2);

/// Somebody's data may be processed for the purpose `P`, now.
///
/// Only [`Client::require`] and its kin make one, of a server's yes. A function that stores something takes a
/// `Consented<P>` and gets the subject from it and from nowhere else: so it cannot be called without having asked, nor
/// with a yes for another purpose, nor for somebody else than was asked about.
///
/// It lives for two seconds, less where the yes ends sooner, and ends at once where this process hears a no of the same
/// person. It can neither be cloned nor stored. Right before committing, [`Self::ensure_fresh`] asks once more, also where
/// the two seconds are over because what is to be stored took longer to arrive.
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
#[must_use = "a permission that nobody uses was asked for in vain"]
pub struct Consented<P: Purpose> {
    granted: Granted,
    /// The id of the event that uses it up, where it is for one use: the same for every try.
    use_id: Option<EventId>,
    is_used: bool,
    purpose: PhantomData<fn() -> P>,
}

/// A yes, and what is needed to ask for it again.
pub(crate) struct Granted {
    pub(crate) client: Client,
    pub(crate) question: CheckRequest,
    pub(crate) verdict: Verdict,
    pub(crate) position: Option<Arc<str>>,
    /// When the question was sent.
    pub(crate) sent: Moment,
    /// When it was handed out; later than `sent` where an answer was used again.
    pub(crate) born: Moment,
    pub(crate) heard: Heard,
}

impl Granted {
    /// How long it lives from `born` on.
    fn life(&self) -> Duration {
        let mut life = LIFE;
        // An answer that is used again brings no more time than it had left.
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

    /// Whether this process has heard a no of the person since the question was asked.
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

    /// How much longer it lives; zero where it has ended.
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

    /// What is owed besides, such as telling the person of a changed notice. Example: as [`Self::left`].
    pub fn obligations(&self) -> &[samtycke_core::decide::Obligation] {
        &self.granted.verdict.obligations
    }

    /// On what it rests, for a column beside what is stored. Example: see [`Consented`].
    pub fn evidence(&self) -> Evidence {
        let granted = &self.granted;
        Evidence::of(
            P::ID,
            &granted.verdict,
            granted.position.as_deref(),
            granted.sent.unix_ms,
        )
    }

    /// A no that this process knows of ends it, however young it is.
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
    /// Whose data it is about.
    ///
    /// # Errors
    /// It was kept for longer than it lives, or a no was heard in this process. Example: see [`Consented`].
    pub fn subject(&self) -> Result<&SubjectId, Denied> {
        self.alive()?;
        Ok(&self.granted.question.subject)
    }

    /// Asks once more, from a state that is no older than the first answer's. To be called as the last thing before what was
    /// permitted is committed; with the yes that comes back, this lives for another two seconds.
    ///
    /// It may have outlived the first two: a body that arrives slowly costs a question more, and is stored under the answer
    /// to that one, never under the old one.
    ///
    /// It asks the server each time, except while it lives and within the time that the answer's `rely_ms` gives, and that is
    /// never so for special categories, forwarding and publishing.
    ///
    /// # Errors
    /// The answer is no by now, there is none, or this process has heard a no of the same person: then ask anew, because it
    /// is not known here what else that no touches. Example: see [`Consented`].
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
        // A no may have been heard while the answer was on its way, or that took longer than it lives.
        self.alive()
    }
}

impl<P: Purpose<Uses = Once>> Consented<P> {
    /// Uses it up, and gives the subject for the one thing that it was for. The server counts: of two that hold a permission
    /// which rests on the same consent, one gets through.
    ///
    /// After a time-out it is unknown whether it was used up. This may then be called again, and is the same use.
    ///
    /// # Errors
    /// It was used before, here or elsewhere; or as [`Consented::ensure_fresh`].
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

/// A permission for one use that has been used up: for the one thing that it was for, which must follow now.
///
/// Example: see [`Consented::spend`].
#[must_use = "the person's one yes is used up: do what it was for"]
pub struct Spent<P: Purpose<Uses = Once>> {
    subject: SubjectId,
    evidence: Evidence,
    purpose: PhantomData<fn() -> P>,
}

impl<P: Purpose<Uses = Once>> Spent<P> {
    /// Whose data it is about. Example: see [`Consented::spend`].
    pub fn subject(&self) -> &SubjectId {
        &self.subject
    }

    /// On what it rested. Example: as [`Consented::evidence`].
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

/// A permission that cannot leave the block it was asked for in. Example: see [`Ask::scoped`](crate::Ask::scoped).
pub struct Held<'h, P: Purpose> {
    consented: &'h mut Consented<P>,
}

impl<'h, P: Purpose> Held<'h, P> {
    pub(crate) fn new(consented: &'h mut Consented<P>) -> Self {
        Self { consented }
    }

    /// The permission. Example: see [`Ask::scoped`](crate::Ask::scoped).
    pub fn consented(&mut self) -> &mut Consented<P> {
        self.consented
    }
}

impl<P: Purpose<Uses = Many>> Held<'_, P> {
    /// As [`Consented::subject`]. Example: see [`Ask::scoped`](crate::Ask::scoped).
    ///
    /// # Errors
    /// As there.
    pub fn subject(&self) -> Result<&SubjectId, Denied> {
        self.consented.subject()
    }

    /// As [`Consented::ensure_fresh`]. Example: see [`Ask::scoped`](crate::Ask::scoped).
    ///
    /// # Errors
    /// As there.
    pub async fn ensure_fresh(&mut self) -> Result<(), Denied> {
        self.consented.ensure_fresh().await
    }
}

impl<P: Purpose> fmt::Debug for Held<'_, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.consented.fmt(f)
    }
}
