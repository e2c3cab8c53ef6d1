//! The permission to process, as a value that code must hold.

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use samtycke_core::decide::{Basis, Obligation, Verdict};
use samtycke_core::id::{EventId, SubjectId};
use samtycke_core::wire::{CheckRequest, UseRequest};

use crate::clock::Moment;
use crate::op::{Forward, Operation};
use crate::purpose::{Count as _, Many, Once, Purpose, Unscoped};
use crate::reuse::Heard;
use crate::{Cause, Client, Denied, Error, Evidence, Spent};

/// The longest life of a permission (docs/consistency.md, C5).
pub(crate) const LIFE: Duration = Duration::from_secs(2);

/// The permission for one operation `O` on one person's data for the purpose `P`, now.
///
/// Only [`Client::require`] and the methods beside it create one, from an allow of the server. A function that stores
/// data takes a `Consented<P, Store>` and gets the subject from it alone. So the function cannot be called without a
/// check, with a permission for another purpose or operation, or for another person. Nothing converts a permission for
/// one operation into one for another.
///
/// A permission carries the scope that it was granted for: [`Self::scope`]. Where consent is limited to a recipient, a
/// campaign, a vendor or a site, there is no [`Self::subject`]: the code that uses the permission either takes the scope
/// out of it ([`Self::subject_and_scope`]), or names the scope that it acts in ([`Self::subject_for`]) and is denied if
/// that is another.
///
/// It lives for two seconds, or less where the consent ends sooner. It ends at once when this process learns of a
/// refusal by the same person. It can be neither cloned nor serialised. Right before the commit, [`Self::ensure_fresh`]
/// checks again, also after the two seconds, because the data to store may have taken longer to arrive.
///
/// ```no_run
/// # use samtycke::{Client, Consented, Denied, id::SubjectId, op::Store};
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
/// async fn store(database: &Database, mut consented: Consented<Answers, Store>, answer: &str) -> Result<(), Denied> {
///     let mut transaction = database.begin().await;
///     let evidence = consented.evidence().to_column();
///     transaction.insert(consented.subject()?, answer, evidence).await;
///     consented.ensure_fresh().await?; // else the transaction is dropped, and with it the answer
///     transaction.commit().await;
///     Ok(())
/// }
///
/// # async fn example(samtycke: Client, database: Database, child: SubjectId) -> Result<(), Denied> {
/// let consented = samtycke.require::<Answers, Store>(&child).await?;
/// store(&database, consented, "I worry about school").await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "an unused permission means a check without purpose"]
pub struct Consented<P: Purpose, O: Operation> {
    granted: Granted,
    scope: P::Scope,
    /// The id of the event that spends it, for a single-use purpose. Every attempt uses the same id.
    use_id: Option<EventId>,
    is_used: bool,
    types: PhantomData<fn() -> (P, O)>,
}

/// An allow, and what is needed to check again.
#[derive(Clone)]
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

/// What a purpose's type demands of an allow.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Terms {
    pub(crate) purpose: &'static str,
    pub(crate) is_explicit: bool,
    pub(crate) is_once: bool,
}

impl Terms {
    pub(crate) fn of<P: Purpose>() -> Self {
        Self {
            purpose: P::ID,
            is_explicit: P::EXPLICIT_CONSENT,
            is_once: P::Uses::IS_ONCE,
        }
    }

    /// Why an allow is none for this type, if so.
    pub(crate) fn contradicted_by(self, verdict: &Verdict) -> Option<Cause> {
        if self.is_explicit && verdict.basis != Some(Basis::Consent) {
            return Some(Cause::NotExplicit);
        }
        // The register has changed since the program was built: its type would use the consent any number of times.
        let owes_use = verdict.obligations.contains(&Obligation::UseOnce);
        (owes_use && !self.is_once).then_some(Cause::SingleUse)
    }
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
    pub(crate) fn is_contradicted(&self) -> bool {
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

impl<P: Purpose, O: Operation> Consented<P, O> {
    pub(crate) fn new(granted: Granted, scope: P::Scope, use_id: Option<EventId>) -> Self {
        Self {
            granted,
            scope,
            use_id,
            is_used: false,
            types: PhantomData,
        }
    }

    /// The time left, zero after the end.
    ///
    /// ```no_run
    /// # use samtycke::{Consented, op::Operation, purpose::Purpose};
    /// # fn example<P: Purpose, O: Operation>(consented: &Consented<P, O>) {
    /// assert!(consented.left() <= std::time::Duration::from_secs(2));
    /// # }
    /// ```
    pub fn left(&self) -> Duration {
        self.granted.left()
    }

    /// Further obligations, such as telling the person about a changed notice. Example: as [`Self::left`].
    pub fn obligations(&self) -> &[Obligation] {
        &self.granted.verdict.obligations
    }

    /// The scope that the person consented to: the recipient, the campaign with medium and surface, the vendor or the
    /// site. Example: see [`Self::subject_for`].
    pub fn scope(&self) -> &P::Scope {
        &self.scope
    }

    /// The evidence for the permission, for a column beside the stored data. Example: see [`Consented`].
    pub fn evidence(&self) -> Evidence {
        Evidence::of(P::ID, &self.granted)
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

impl<P: Purpose<Scope = Unscoped, Uses = Many>, O: Operation> Consented<P, O> {
    /// The person whose data may be processed.
    ///
    /// # Errors
    /// The permission has ended, or this process has learned of a refusal. Example: see [`Consented`].
    pub fn subject(&self) -> Result<&SubjectId, Denied> {
        self.alive()?;
        Ok(&self.granted.question.subject)
    }
}

impl<P: Purpose<Uses = Many>, O: Operation> Consented<P, O> {
    /// The person, for code that acts in this scope. Another scope than the permission's is denied with
    /// `SCOPE_NOT_COVERED`: a picture that was permitted for the web is not printed.
    ///
    /// ```no_run
    /// # use samtycke::{Client, Consented, Denied, id::SubjectId, op::Publish};
    /// # use samtycke::purpose::{Campaign, Many, Purpose};
    /// # enum Photo {}
    /// # impl Purpose for Photo {
    /// #     const ID: &'static str = "example.photo";
    /// #     const EXPLICIT_CONSENT: bool = false;
    /// #     type Scope = Campaign;
    /// #     type Uses = Many;
    /// # }
    /// # fn set(_: &SubjectId, _: &Campaign) {}
    /// fn print(brochure: &Campaign, consented: &Consented<Photo, Publish>) -> Result<(), Denied> {
    ///     let person = consented.subject_for(brochure)?; // surface `print`; denied if the consent is for `web`
    ///     set(person, brochure);
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// Another scope; otherwise as [`Self::subject_and_scope`].
    pub fn subject_for(&self, scope: &P::Scope) -> Result<&SubjectId, Denied> {
        self.alive()?;
        covered::<P>(&self.scope, scope)?;
        Ok(&self.granted.question.subject)
    }

    /// The person, and the scope that they consented to. Code that takes the address of the recipient from here cannot
    /// send to another.
    ///
    /// ```no_run
    /// # use samtycke::{Consented, Denied, id::{ScopeValue, SubjectId}, op::Process};
    /// # use samtycke::purpose::{Many, Purpose, Vendor};
    /// # enum Film {}
    /// # impl Purpose for Film {
    /// #     const ID: &'static str = "example.film";
    /// #     const EXPLICIT_CONSENT: bool = false;
    /// #     type Scope = Vendor;
    /// #     type Uses = Many;
    /// # }
    /// # fn embed(_: &SubjectId, _: &ScopeValue) {}
    /// fn play(consented: &Consented<Film, Process>) -> Result<(), Denied> {
    ///     let (person, Vendor(host)) = consented.subject_and_scope()?;
    ///     embed(person, host);
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    /// The permission has ended, or this process has learned of a refusal.
    pub fn subject_and_scope(&self) -> Result<(&SubjectId, &P::Scope), Denied> {
        self.alive()?;
        Ok((&self.granted.question.subject, &self.scope))
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
        let fresh = client.grant(&question, Terms::of::<P>(), false);
        self.granted = fresh.await?;
        // A refusal may have arrived in the meantime, or the response took longer than the permission lives.
        self.alive()
    }
}

impl<P: Purpose<Uses = Once>> Consented<P, Forward> {
    /// Records the use, and returns the one operation that it permits. The server counts: of two permissions on the
    /// same consent only one succeeds. This is the only way to the subject of a single-use purpose.
    ///
    /// After a time-out it is unknown whether the use was recorded. Call this again then; it is the same use.
    ///
    /// # Errors
    /// The consent was spent before, here or elsewhere; otherwise as [`Consented::ensure_fresh`].
    ///
    /// ```no_run
    /// # use samtycke::{Client, Denied, Spent, id::SubjectId, op::Forward};
    /// # use samtycke::purpose::{Once, Purpose, Recipient};
    /// # enum ForwardContact {}
    /// # impl Purpose for ForwardContact {
    /// #     const ID: &'static str = "example.forward-contact";
    /// #     const EXPLICIT_CONSENT: bool = false;
    /// #     type Scope = Recipient;
    /// #     type Uses = Once;
    /// # }
    /// # fn send(_: &SubjectId, _: &str) {}
    /// // Takes the permission and the recipient from one value, and takes it away from the caller.
    /// fn mail(spent: Spent<ForwardContact>) -> Result<(), Denied> {
    ///     let (person, Recipient(company)) = spent.take()?;
    ///     send(&person, company.as_str());
    ///     Ok(())
    /// }
    ///
    /// # async fn example(samtycke: Client, person: SubjectId) -> Result<(), Box<dyn std::error::Error>> {
    /// let company = Recipient("example-ab".parse()?);
    /// let mut consented = samtycke.require_in::<ForwardContact, Forward>(&person, company).await?;
    /// mail(consented.spend().await?)?;
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
        let used_at = granted.client.inner.clock.now();
        self.is_used = true;
        let granted = self.granted.clone();
        Ok(Spent::new(granted, self.scope.clone(), used_at))
    }
}

impl<P: Purpose, O: Operation> fmt::Debug for Consented<P, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Consented")
            .field("purpose", &P::ID)
            .field("op", &O::OP)
            .field("reason", &self.granted.verdict.reason)
            .finish_non_exhaustive()
    }
}

/// Denies another scope than the one that was granted. A scope matches exactly.
pub(crate) fn covered<P: Purpose>(granted: &P::Scope, asked: &P::Scope) -> Result<(), Denied> {
    if granted == asked {
        return Ok(());
    }
    Err(Denied::new(P::ID, Cause::OtherScope))
}

/// A permission that cannot leave its block. Example: see [`Ask::scoped`](crate::Ask::scoped).
pub struct Held<'h, P: Purpose, O: Operation> {
    consented: &'h mut Consented<P, O>,
}

impl<'h, P: Purpose, O: Operation> Held<'h, P, O> {
    pub(crate) fn new(consented: &'h mut Consented<P, O>) -> Self {
        Self { consented }
    }

    /// The permission itself, for a function that takes one. Example: see [`Ask::scoped`](crate::Ask::scoped).
    pub fn consented(&mut self) -> &mut Consented<P, O> {
        self.consented
    }
}

impl<P: Purpose<Scope = Unscoped, Uses = Many>, O: Operation> Held<'_, P, O> {
    /// As [`Consented::subject`]. Example: see [`Ask::scoped`](crate::Ask::scoped).
    ///
    /// # Errors
    /// As [`Consented::subject`].
    pub fn subject(&self) -> Result<&SubjectId, Denied> {
        self.consented.subject()
    }
}

impl<P: Purpose<Uses = Many>, O: Operation> Held<'_, P, O> {
    /// As [`Consented::subject_for`]. Example: see there.
    ///
    /// # Errors
    /// As [`Consented::subject_for`].
    pub fn subject_for(&self, scope: &P::Scope) -> Result<&SubjectId, Denied> {
        self.consented.subject_for(scope)
    }

    /// As [`Consented::ensure_fresh`]. Example: see [`Ask::scoped`](crate::Ask::scoped).
    ///
    /// # Errors
    /// As [`Consented::ensure_fresh`].
    pub async fn ensure_fresh(&mut self) -> Result<(), Denied> {
        self.consented.ensure_fresh().await
    }
}

impl<P: Purpose, O: Operation> fmt::Debug for Held<'_, P, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.consented.fmt(f)
    }
}
