//! Checks for many people: a job over ten thousand sends a hundred checks a request.

use std::fmt;

use samtycke_core::id::{PurposeId, SubjectId};
use samtycke_core::wire::{CHECKS_MAX, CheckRequest};

use crate::ask::consented;
use crate::consented::Terms;
use crate::op::Operation;
use crate::purpose::Purpose;
use crate::{Cause, Client, Consented, Denied, Error};

/// Items, split by whether they may be processed. Example: see [`Client::filter_consented`].
#[must_use = "what is denied must not be processed"]
pub struct Filtered<P: Purpose, O: Operation, T> {
    /// Items with their permissions, which live for two seconds.
    pub consented: Vec<(T, Consented<P, O>)>,
    /// Items with their denials.
    pub denied: Vec<(T, Denied)>,
}

impl Client {
    /// Splits up to a few hundred items by whether they may be processed for the purpose `P`. `subject` returns the
    /// person of an item. Where processing takes longer than two seconds use [`Self::for_each_consented`].
    ///
    /// ```no_run
    /// # use samtycke::{Client, id::SubjectId, op::Process};
    /// # use samtycke::purpose::{Many, Purpose, Unscoped};
    /// # enum News {}
    /// # impl Purpose for News {
    /// #     const ID: &'static str = "example.news";
    /// #     const EXPLICIT_CONSENT: bool = false;
    /// #     type Scope = Unscoped;
    /// #     type Uses = Many;
    /// # }
    /// # struct Reader { subject: SubjectId }
    /// # async fn example(samtycke: Client, readers: Vec<Reader>) {
    /// let readers = samtycke
    ///     .filter_consented::<News, Process, _>(readers, Unscoped, |reader| &reader.subject)
    ///     .await;
    /// println!("{} want the newsletter", readers.consented.len());
    /// # }
    /// ```
    pub async fn filter_consented<P: Purpose, O: Operation, T>(
        &self,
        things: Vec<T>,
        scope: P::Scope,
        subject: impl Fn(&T) -> &SubjectId,
    ) -> Filtered<P, O, T> {
        let mut filtered = Filtered {
            consented: Vec::new(),
            denied: Vec::new(),
        };
        let mut things = things.into_iter();
        loop {
            let hundred: Vec<T> = things.by_ref().take(CHECKS_MAX).collect();
            if hundred.is_empty() {
                return filtered;
            }
            let part = self.hundred(hundred, &scope, &subject).await;
            filtered.consented.extend(part.consented);
            filtered.denied.extend(part.denied);
        }
    }

    /// Processes items one after the other, each only if it is permitted for the purpose `P`. The client checks a
    /// hundred items a request, and checks an item again if its permission ended before its turn. Returns the denied
    /// items with their denials.
    ///
    /// ```no_run
    /// # use samtycke::{Client, Denied, id::SubjectId, op::Process};
    /// # use samtycke::purpose::{Many, Purpose, Unscoped};
    /// # enum News {}
    /// # impl Purpose for News {
    /// #     const ID: &'static str = "example.news";
    /// #     const EXPLICIT_CONSENT: bool = false;
    /// #     type Scope = Unscoped;
    /// #     type Uses = Many;
    /// # }
    /// # struct Reader { subject: SubjectId }
    /// # async fn write_to(_: &SubjectId) {}
    /// # async fn example(samtycke: Client, readers: Vec<Reader>) {
    /// let denied = samtycke
    ///     .for_each_consented::<News, Process, _>(
    ///         readers,
    ///         Unscoped,
    ///         |reader| &reader.subject,
    ///         async |_reader, consented| {
    ///             write_to(consented.subject()?).await;
    ///             Ok(())
    ///         },
    ///     )
    ///     .await;
    /// for (_reader, denied) in &denied {
    ///     println!("left out: {}", denied.reason());
    /// }
    /// # }
    /// ```
    pub async fn for_each_consented<P: Purpose, O: Operation, T>(
        &self,
        things: Vec<T>,
        scope: P::Scope,
        subject: impl Fn(&T) -> &SubjectId,
        act: impl AsyncFn(&T, &mut Consented<P, O>) -> Result<(), Denied>,
    ) -> Vec<(T, Denied)> {
        let mut denied = Vec::new();
        let mut things = things.into_iter();
        loop {
            let hundred: Vec<T> = things.by_ref().take(CHECKS_MAX).collect();
            if hundred.is_empty() {
                return denied;
            }
            let part = self.hundred(hundred, &scope, &subject).await;
            denied.extend(part.denied);
            for (thing, mut consented) in part.consented {
                if consented.left().is_zero() {
                    let again = self.require_in(subject(&thing), scope.clone());
                    match again.await {
                        Ok(again) => consented = again,
                        Err(error) => {
                            denied.push((thing, error));
                            continue;
                        }
                    }
                }
                if let Err(error) = act(&thing, &mut consented).await {
                    denied.push((thing, error));
                }
            }
        }
    }

    /// Checks at most [`CHECKS_MAX`] items in one request.
    async fn hundred<P: Purpose, O: Operation, T>(
        &self,
        things: Vec<T>,
        scope: &P::Scope,
        subject: &impl Fn(&T) -> &SubjectId,
    ) -> Filtered<P, O, T> {
        let mut filtered = Filtered {
            consented: Vec::new(),
            denied: Vec::new(),
        };
        let terms = Terms::of::<P>();
        let purpose: Result<PurposeId, _> = P::ID.parse();
        let Ok(purpose) = purpose else {
            let denied = Denied::new(P::ID, Cause::Error(Error::PurposeId));
            filtered.denied = things
                .into_iter()
                .map(|thing| (thing, denied.clone()))
                .collect();
            return filtered;
        };
        let questions: Vec<CheckRequest> = things
            .iter()
            .map(|thing| CheckRequest {
                op: O::OP,
                scope: scope.clone().into(),
                explain: terms.is_once,
                ..CheckRequest::about(subject(thing).clone(), purpose.clone())
            })
            .collect();
        let reuse = &self.inner.reuse;
        let heard: Vec<_> = questions
            .iter()
            .map(|question| reuse.heard(&question.subject))
            .collect();
        let checked = self.check_batch(&questions).await;
        let answers = questions.iter().zip(heard).zip(checked);
        for (thing, ((question, heard), checked)) in things.into_iter().zip(answers) {
            let granted = self.granted(question, terms, heard, checked, None);
            match granted.and_then(|granted| consented(granted, scope.clone())) {
                Ok(consented) => filtered.consented.push((thing, consented)),
                Err(denied) => filtered.denied.push((thing, denied)),
            }
        }
        filtered
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
