//! A check, typed by its purpose, that ends in a permission or a denial.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use samtycke_core::decision::Signals;
use samtycke_core::id::{EventId, PurposeId, SubjectId};
use samtycke_core::wire::{CheckRequest, Item, UseRequest};
use serde_json::Value;

use crate::call::Route;
use crate::clock::Moment;
use crate::consented::{Granted, Held, Terms};
use crate::op::Operation;
use crate::purpose::{Count, Purpose, Unscoped};
use crate::reuse::{Heard, Key};
use crate::{Cause, Checked, Client, Consented, Denied, Error, clock};

/// A check that has not been sent yet; `.await` sends it.
///
/// ```no_run
/// # use samtycke::{Client, Denied, id::SubjectId, op::Store};
/// # use samtycke::purpose::{Many, Purpose, Unscoped};
/// # enum Answers {}
/// # impl Purpose for Answers {
/// #     const ID: &'static str = "example.answers";
/// #     const EXPLICIT_CONSENT: bool = true;
/// #     type Scope = Unscoped;
/// #     type Uses = Many;
/// # }
/// # async fn example(samtycke: Client, child: SubjectId) -> Result<(), Denied> {
/// let consented = samtycke.require::<Answers, Store>(&child).await?;
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is asked before this is awaited"]
pub struct Ask<P: Purpose, O: Operation> {
    client: Client,
    scope: P::Scope,
    /// The error of a hand-written purpose whose id is not valid.
    question: Result<CheckRequest, Error>,
    types: PhantomData<fn() -> (P, O)>,
}

impl Client {
    /// Requests permission for the operation `O` on a subject's data for the purpose `P`.
    ///
    /// `subject` is the person whose data is processed: where staff read a child's answers, the child. Example: see
    /// [`Ask`].
    pub fn require<P, O>(&self, subject: &SubjectId) -> Ask<P, O>
    where
        P: Purpose<Scope = Unscoped>,
        O: Operation,
    {
        self.require_in(subject, Unscoped)
    }

    /// The same for a purpose whose consent is limited to a scope: a recipient, a campaign, a vendor or a site.
    ///
    /// ```no_run
    /// # use samtycke::{Client, Denied, id::SubjectId, op::Publish};
    /// # use samtycke::purpose::{Campaign, Many, Purpose};
    /// # enum Photo {}
    /// # impl Purpose for Photo {
    /// #     const ID: &'static str = "example.photo";
    /// #     const EXPLICIT_CONSENT: bool = false;
    /// #     type Scope = Campaign;
    /// #     type Uses = Many;
    /// # }
    /// # async fn example(samtycke: Client, person: SubjectId) -> Result<(), Box<dyn std::error::Error>> {
    /// let autumn = Campaign {
    ///     campaign: "autumn".parse()?,
    ///     medium: "photo".parse()?,
    ///     surface: "web".parse()?,
    /// };
    /// let consented = samtycke.require_in::<Photo, Publish>(&person, autumn).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn require_in<P, O>(&self, subject: &SubjectId, scope: P::Scope) -> Ask<P, O>
    where
        P: Purpose,
        O: Operation,
    {
        let purpose: Result<PurposeId, _> = P::ID.parse();
        let question = purpose.map(|purpose| CheckRequest {
            op: O::OP,
            scope: scope.clone().into(),
            explain: <P::Uses as Count>::IS_ONCE,
            ..CheckRequest::about(subject.clone(), purpose)
        });
        Ask {
            client: self.clone(),
            scope,
            question: question.map_err(|_| Error::PurposeId),
            types: PhantomData,
        }
    }
}

impl<P: Purpose, O: Operation> Ask<P, O> {
    /// When a retention period of the item began, in Unix milliseconds, by the register's anchor (`item.collected`). An
    /// item past its retention is denied.
    ///
    /// ```no_run
    /// # use samtycke::{Ask, op::Read, purpose::Purpose};
    /// # fn example<P: Purpose>(ask: Ask<P, Read>, stored_at_ms: i64) -> Ask<P, Read> {
    /// ask.anchor("item.collected", stored_at_ms)
    /// # }
    /// ```
    pub fn anchor(self, anchor: &str, began_ms: i64) -> Self {
        self.with(|question| {
            let item = question.item.get_or_insert_with(Item::default);
            let began = samtycke_core::wire::format_rfc3339(began_ms);
            item.anchors.insert(anchor.to_owned(), began);
        })
    }

    /// The signals that the person's browser sends now (GPC, DNT).
    ///
    /// ```no_run
    /// # use samtycke::{Ask, decision::Signals, op::Process, purpose::Purpose};
    /// # fn example<P: Purpose>(ask: Ask<P, Process>, sec_gpc: Option<&str>) -> Ask<P, Process> {
    /// ask.signals(Signals { gpc: sec_gpc == Some("1"), dnt: false, source: None })
    /// # }
    /// ```
    pub fn signals(self, signals: Signals) -> Self {
        self.with(|question| question.signals = Some(signals))
    }

    /// A position, as a write or an earlier check returned it, that the verdict must include. A server that is behind
    /// it fails closed.
    ///
    /// ```no_run
    /// # use samtycke::{Ask, op::Read, purpose::Purpose, wire::RecordResponse};
    /// # fn example<P: Purpose>(ask: Ask<P, Read>, recorded: RecordResponse) -> Ask<P, Read> {
    /// match recorded.position {
    ///     Some(position) => ask.at_least(&position),
    ///     None => ask,
    /// }
    /// # }
    /// ```
    pub fn at_least(self, position: &str) -> Self {
        self.with(|question| question.at_least = Some(position.to_owned()))
    }

    /// Makes the check and runs a block with the permission. The permission cannot leave the block, and the block's
    /// result cannot hold it.
    ///
    /// ```no_run
    /// # use samtycke::{Client, Denied, id::SubjectId, op::Process};
    /// # use samtycke::purpose::{Many, Purpose, Unscoped};
    /// # enum Answers {}
    /// # impl Purpose for Answers {
    /// #     const ID: &'static str = "example.answers";
    /// #     const EXPLICIT_CONSENT: bool = true;
    /// #     type Scope = Unscoped;
    /// #     type Uses = Many;
    /// # }
    /// # async fn count(_: &SubjectId) -> u32 { 0 }
    /// # async fn example(samtycke: Client, child: SubjectId) -> Result<(), Denied> {
    /// let counted = samtycke
    ///     .require::<Answers, Process>(&child)
    ///     .scoped(async |mut held| {
    ///         let counted = count(held.subject()?).await;
    ///         held.ensure_fresh().await?;
    ///         Ok(counted)
    ///     })
    ///     .await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// The denial, or the block's own error.
    pub async fn scoped<T, F>(self, block: F) -> Result<T, Denied>
    where
        F: AsyncFnOnce(Held<'_, P, O>) -> Result<T, Denied>,
    {
        let mut consented = self.await?;
        block(Held::new(&mut consented)).await
    }

    pub(crate) fn question(&self) -> Result<&CheckRequest, Denied> {
        let denied = |error: &Error| Denied::new(P::ID, Cause::Error(error.clone()));
        self.question.as_ref().map_err(denied)
    }

    fn with(mut self, change: impl FnOnce(&mut CheckRequest)) -> Self {
        if let Ok(question) = &mut self.question {
            change(question);
        }
        self
    }
}

impl<P: Purpose, O: Operation> IntoFuture for Ask<P, O> {
    type Output = Result<Consented<P, O>, Denied>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let question = self.question()?;
            let terms = Terms::of::<P>();
            let granted = self.client.grant(question, terms, !terms.is_once).await?;
            consented(granted, self.scope)
        })
    }
}

impl<P: Purpose, O: Operation> fmt::Debug for Ask<P, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Ask")
            .field("purpose", &P::ID)
            .field("op", &O::OP)
            .finish_non_exhaustive()
    }
}

/// The permission of an allow. For a single-use purpose it carries the id of the event that will spend it.
pub(crate) fn consented<P: Purpose, O: Operation>(
    granted: Granted,
    scope: P::Scope,
) -> Result<Consented<P, O>, Denied> {
    let use_id = <P::Uses as Count>::IS_ONCE
        .then(clock::event_id)
        .transpose();
    let use_id = use_id.map_err(|error| Denied::new(P::ID, Cause::Error(error)))?;
    Ok(Consented::new(granted, scope, use_id))
}

impl Client {
    /// Makes the check, from memory where reuse is allowed.
    pub(crate) async fn grant(
        &self,
        question: &CheckRequest,
        terms: Terms,
        may_reuse: bool,
    ) -> Result<Granted, Denied> {
        let key = may_reuse.then(|| reusable(question)).flatten();
        let heard = self.inner.reuse.heard(&question.subject);
        let now = self.inner.clock.now();
        if self.is_refused_here(question) {
            self.count(question, &Checked::refused_here(now), false, now);
            return Err(Denied::new(terms.purpose, Cause::Queued));
        }
        let lives = |checked: &Checked| checked.lives(now);
        let kept = key
            .as_ref()
            .and_then(|key| self.inner.reuse.get(key, lives));
        let (checked, born) = match kept {
            Some(checked) => {
                self.count(question, &checked, true, now);
                (checked, Some(now))
            }
            None => (self.check(question).await, None),
        };
        if let Some(key) = key.filter(|_| born.is_none()) {
            self.inner.reuse.keep(key, checked.clone(), heard, lives);
        }
        self.granted(question, terms, heard, checked, born)
    }

    /// The permission of a verdict. `born` is when it was taken from memory, if it was.
    pub(crate) fn granted(
        &self,
        question: &CheckRequest,
        terms: Terms,
        heard: Heard,
        checked: Checked,
        born: Option<Moment>,
    ) -> Result<Granted, Denied> {
        let Some(sent) = checked.sent().filter(|_| checked.allow()) else {
            return Err(Denied::of(terms.purpose, checked));
        };
        if checked.is_historic() {
            let error = Error::Decode("a verdict about the past");
            return Err(Denied::new(terms.purpose, Cause::Error(error)));
        }
        if let Some(cause) = terms.contradicted_by(checked.verdict()) {
            let basis = checked.verdict().basis;
            self.inner.counters.overruled(terms.purpose, &cause, basis);
            return Err(Denied::new(terms.purpose, cause));
        }
        Ok(Granted {
            client: self.clone(),
            question: question.clone(),
            position: checked.shared_position(),
            verdict: checked.verdict().clone(),
            sent,
            born: born.unwrap_or(sent),
            heard,
        })
    }

    /// Spends a single-use consent.
    pub(crate) async fn use_up(
        &self,
        consent: &EventId,
        request: &UseRequest,
        purpose: &'static str,
    ) -> Result<(), Denied> {
        let begun = self.inner.clock.now();
        let route = Route::of("/v1/consents/{event}/use", consent.as_str());
        let answered = self.post_timed::<_, Value>(route, request).await;
        let read = answered.and_then(|(answer, sent)| used(answer, sent));
        let checked = read.unwrap_or_else(Checked::denied);
        let took = self.inner.clock.now().since(begun);
        let counters = &self.inner.counters;
        counters.checked(request.purpose.as_str(), &checked, false, took);
        if checked.allow() {
            return Ok(());
        }
        Err(Denied::of(purpose, checked))
    }
}

/// The verdict on a use. It allows only if the use was recorded.
fn used(answer: Value, sent: Moment) -> Result<Checked, Error> {
    let used = answer.get("used").and_then(Value::as_bool) == Some(true);
    let checked = Checked::read(answer, sent);
    if used == checked.allow() {
        return Ok(checked);
    }
    Err(Error::Decode("used, and not allowed, or the reverse"))
}

/// Which later checks this verdict may answer. `None` for a check about a time, an item, a signal or a customer.
pub(crate) fn reusable(question: &CheckRequest) -> Option<Key> {
    let is_plain = question.item.is_none()
        && question.signals.is_none()
        && question.on_behalf_of.is_none()
        && question.at_least.is_none()
        && question.as_of.is_none()
        && question.known_at.is_none()
        && !question.explain;
    is_plain.then(|| Key {
        subject: question.subject.clone(),
        purpose: question.purpose.clone(),
        scope: question.scope.clone(),
        op: question.op,
    })
}
