//! The client: one method for each request of the API.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderValue;
use samtycke_core::bundle::Bundle;
use samtycke_core::decision::SupersededReason;
use samtycke_core::id::{EventId, Language, NoticeHash, SiteId, SubjectId};
use samtycke_core::keys::Secret;
use samtycke_core::pseudonym::{Domain, identifier_hmac, normalise};
use samtycke_core::reason::Reason;
use samtycke_core::wire::{
    BatchRequest, CHECKS_MAX, CheckRequest, ConsentRequest, DecisionsResponse, HistoryResponse,
    NoticeDocument, RecordResponse, SubjectRequest, SubjectResponse, WithdrawalRequest,
};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::builder::{BuildError, Builder, header};
use crate::call::{Call, Route};
use crate::clock::{Clock, Moment};
use crate::observe::{Counters, Counts};
use crate::retry::{Budget, Tries};
use crate::reuse::Reuse;
use crate::seen::Seen;
use crate::upstream::Upstream;
use crate::{Checked, Error};

/// A client of one tenant at one server. A clone is cheap and shares the connections. Example: see [the crate](crate).
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
    pub(crate) capability: Option<HeaderValue>,
}

pub(crate) struct Inner {
    pub(crate) upstream: Box<dyn Upstream>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) key: HeaderValue,
    pub(crate) lookup_key: Option<Secret>,
    pub(crate) check_deadline: Duration,
    pub(crate) deadline: Duration,
    pub(crate) budget: Budget,
    pub(crate) reuse: Reuse<Checked>,
    pub(crate) counters: Counters,
    pub(crate) seen: Seen,
    /// The language in which the program shows notices.
    pub(crate) language: Option<Language>,
    /// Whether a restrictive decision on this cell waits in the queue.
    pub(crate) refuses: Option<Refuses>,
}

/// See [`Inner::refuses`].
pub(crate) type Refuses = Box<dyn Fn(&CheckRequest) -> bool + Send + Sync>;

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").finish_non_exhaustive()
    }
}

impl Client {
    /// A client of the server at `base_url`, with an API key of the tenant. Example: see [`Builder`].
    pub fn builder(base_url: &str, key: &str) -> Builder {
        Builder::new(base_url, key)
    }

    /// The same client, acting for the subject of this capability. A program with a publishable key needs it.
    ///
    /// ```no_run
    /// # fn example(samtycke: samtycke::Client, person: samtycke::wire::SubjectResponse) -> Result<(), samtycke::BuildError> {
    /// let theirs = samtycke.with_capability(&person.capability)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`BuildError::Key`]: the capability is not a valid header value.
    pub fn with_capability(&self, capability: &str) -> Result<Self, BuildError> {
        Ok(Self {
            inner: self.inner.clone(),
            capability: Some(header(capability)?),
        })
    }

    /// Records a person's decisions, several in one event. [`Self::given`] records one with less.
    ///
    /// The client sends the request again when the response was lost; the event's id makes all attempts one event.
    ///
    /// ```no_run
    /// use samtycke::decision::{Decision, DecisionKind, Method};
    /// use samtycke::wire::ConsentRequest;
    ///
    /// # async fn example(samtycke: samtycke::Client, kim: samtycke::id::SubjectId) -> Result<(), Box<dyn std::error::Error>> {
    /// let notice = samtycke.notice(&"app.example.org".parse()?).await?;
    /// let known = samtycke.decisions(&kim).await?;
    /// let said = ConsentRequest {
    ///     based_on: Some(known.seq),
    ///     ..ConsentRequest::new(
    ///         samtycke::clock::event_id()?,
    ///         kim,
    ///         notice.hash,
    ///         "sv".parse()?,
    ///         Method::ToggleSave,
    ///         vec![
    ///             Decision::about("example.news".parse()?, DecisionKind::Given),
    ///             Decision::about("example.statistics".parse()?, DecisionKind::Refused),
    ///         ],
    ///     )
    /// };
    /// let recorded = samtycke.record(&said).await?;
    /// println!("event {} is leaf {:?}", recorded.event_id, recorded.index);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`]. After [`Error::Transport`] it is unknown whether the event was recorded: send the same request
    /// again, or use a [`Queue`](crate::queue::Queue).
    pub async fn record(&self, request: &ConsentRequest) -> Result<RecordResponse, Error> {
        let narrows = request
            .decisions
            .iter()
            .any(|d| d.decision.is_restrictive());
        let _heard = narrows.then(|| NoHeard::new(&self.inner.reuse, &request.subject));
        let recorded = self.post("/v1/consents", request).await?;
        Ok(self.recorded(&request.subject, recorded))
    }

    /// Records withdrawals or other restrictive decisions. [`Self::withdrawn`] records one with less. After this returns, no check in this process answers from
    /// an older grant, and no check elsewhere does for longer than the receipt says.
    ///
    /// # Errors
    /// See [`Error`], and [`Self::record`]. A withdrawal that could not be delivered is in force in this process only
    /// during the call; a [`Queue`](crate::queue::Queue) keeps it. Example: as [`Self::record`].
    pub async fn withdraw(&self, request: &WithdrawalRequest) -> Result<RecordResponse, Error> {
        let _heard = NoHeard::new(&self.inner.reuse, &request.subject);
        let body = json(request)?;
        let tries = Tries::of_withdrawal();
        let call = Call::post("/v1/withdrawals", body, self.inner.deadline);
        let recorded = read(&self.send(call, tries).await?.0)?;
        Ok(self.recorded(&request.subject, recorded))
    }

    /// Checks whether the purpose permits the operation on this person's data now. Every call asks the server.
    ///
    /// [`Self::require`] makes the same check and returns a permission that processing code can demand. Example: see
    /// [`Checked`].
    pub async fn check(&self, question: &CheckRequest) -> Checked {
        let begun = self.inner.clock.now();
        let checked = if self.is_refused_here(question) {
            Checked::refused_here(begun)
        } else {
            let answered = self.ask::<_, Value>("/v1/check", question).await;
            match answered {
                // The withdrawal happened while the response was on its way.
                Ok((_, sent)) if self.is_refused_here(question) => Checked::refused_here(sent),
                Ok((json, sent)) => Checked::read(json, sent),
                Err(error) => Checked::denied(error),
            }
        };
        self.count(question, &checked, false, begun);
        checked
    }

    /// Makes many checks and returns one result for each, in order. More than 100 are sent as several requests, one
    /// after the other. A failed request denies all of its checks.
    ///
    /// ```no_run
    /// # async fn example(samtycke: samtycke::Client, questions: Vec<samtycke::wire::CheckRequest>) {
    /// let checked = samtycke.check_batch(&questions).await;
    /// let allowed = checked.iter().filter(|checked| checked.allow()).count();
    /// println!("{allowed} of {} may be written to", questions.len());
    /// # }
    /// ```
    pub async fn check_batch(&self, questions: &[CheckRequest]) -> Vec<Checked> {
        let mut all = Vec::with_capacity(questions.len());
        for checks in questions.chunks(CHECKS_MAX) {
            let request = BatchRequest {
                checks: checks.to_vec(),
            };
            let begun = self.inner.clock.now();
            let answered = self.ask::<_, UnreadBatchResponse>("/v1/check/batch", &request);
            let answered = answered.await.and_then(|(answer, sent)| {
                let whole = answer.verdicts.len() == checks.len();
                whole
                    .then_some((answer.verdicts, sent))
                    .ok_or(Error::Decode("not one verdict for each question"))
            });
            match answered {
                Ok((verdicts, sent)) => {
                    let pairs = checks.iter().zip(verdicts);
                    all.extend(pairs.map(|(question, json)| {
                        let checked = if self.is_refused_here(question) {
                            Checked::refused_here(sent)
                        } else {
                            Checked::read(json, sent)
                        };
                        self.count(question, &checked, false, begun);
                        checked
                    }));
                }
                Err(error) => {
                    let took = self.inner.clock.now().since(begun);
                    let counters = &self.inner.counters;
                    counters.batch_failed(checks.len(), &error, took);
                    all.extend(checks.iter().map(|_| Checked::denied(error.clone())));
                }
            }
        }
        all
    }

    /// The proof of one event. [`Bundle::to_bytes`] is the file, and [`samtycke_core::bundle::verify`] verifies it. The
    /// server waits up to 2 s for a checkpoint that covers the event, and then answers `NOT_SEALED`.
    ///
    /// ```no_run
    /// use samtycke::bundle::{policy::Policy, verify::verify};
    ///
    /// # async fn example(auditor: samtycke::Client, event: samtycke::id::EventId, vkey: &str) -> Result<(), Box<dyn std::error::Error>> {
    /// let file = auditor.proof(&event).await?.to_bytes();
    /// // Anywhere, any time later, without a network:
    /// let policy = Policy::parse(&format!("log {vkey}\nquorum none\n"))?;
    /// let report = verify(&file, &policy, None);
    /// println!("{report}");
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn proof(&self, event: &EventId) -> Result<Bundle, Error> {
        let bytes = self
            .get(Route::of("/v1/events/{event}/proof", event.as_str()))
            .await?;
        Bundle::parse(&bytes).map_err(|_| Error::Decode("not a proof bundle of this version"))
    }

    /// The subject of an identifier, created if it is new, and a capability to act for it. This process pseudonymises
    /// the identifier with the lookup key and never sends it. The client keeps the response for five minutes. Example:
    /// see [the crate](crate).
    ///
    /// # Errors
    /// [`Error::LookupKeyMissing`] and [`Error::Identifier`] before anything is sent; otherwise see [`Error`].
    pub async fn subject(
        &self,
        domain: Domain,
        identifier: &str,
    ) -> Result<SubjectResponse, Error> {
        let key = self
            .inner
            .lookup_key
            .as_ref()
            .ok_or(Error::LookupKeyMissing)?;
        let normalised = normalise(domain, identifier)?;
        let hmac = hex::encode(identifier_hmac(key, domain, &normalised));
        let seen = &self.inner.seen;
        if let Some(known) = seen.subject(&hmac, self.inner.clock.now()) {
            return Ok(known);
        }
        let request = SubjectRequest {
            domain,
            identifier_hmac: Some(hmac.clone()),
            identifier: None,
        };
        let (found, sent): (SubjectResponse, _) = self.post_timed("/v1/subjects", &request).await?;
        seen.resolved(hmac, found.clone(), sent);
        Ok(found)
    }

    /// The notice that a site or an app shows now: its texts, and the hash that a consent must name.
    ///
    /// ```no_run
    /// # async fn example(samtycke: samtycke::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// let notice = samtycke.notice(&"app.example.org".parse()?).await?;
    /// println!("{}: {}", notice.hash, notice.texts["sv"]["adult"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn notice(&self, site: &SiteId) -> Result<NoticeDocument, Error> {
        let unheld = self.notice_unless(site, None).await?;
        unheld.ok_or(Error::Decode("unchanged, and nothing is held"))
    }

    /// The notice that a site shows now; `None` if it is the one with this hash.
    pub(crate) async fn notice_unless(
        &self,
        site: &SiteId,
        held: Option<&NoticeHash>,
    ) -> Result<Option<NoticeDocument>, Error> {
        let held = held.and_then(|hash| HeaderValue::from_str(&format!("\"{hash}\"")).ok());
        let call = Call {
            held,
            ..self.getting(Route::of("/v1/sites/{site}/notice", site.as_str()))
        };
        let (bytes, _) = self.send(call, Tries::new(&self.inner.budget)).await?;
        (!bytes.is_empty()).then(|| read(&bytes)).transpose()
    }

    /// The current decisions of a subject. Example: see [`Self::record`].
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn decisions(&self, subject: &SubjectId) -> Result<DecisionsResponse, Error> {
        let route = Route::of("/v1/subjects/{subject}/decisions", subject.as_str());
        let known: DecisionsResponse = read(&self.get(route).await?)?;
        self.inner.seen.saw(subject, known.seq);
        Ok(known)
    }

    /// All events of a subject, oldest first.
    ///
    /// ```no_run
    /// # async fn example(samtycke: samtycke::Client, person: samtycke::id::SubjectId) -> Result<(), samtycke::Error> {
    /// for event in samtycke.history(&person).await?.events {
    ///     println!("{} {}", event.received_at, event.event_id);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn history(&self, subject: &SubjectId) -> Result<HistoryResponse, Error> {
        let route = Route::of("/v1/subjects/{subject}/history", subject.as_str());
        read(&self.get(route).await?)
    }

    /// The counters of this client and its clones. [`observe`](crate::observe) describes logs and metrics.
    ///
    /// ```no_run
    /// # fn example(samtycke: samtycke::Client) {
    /// let counts = samtycke.counts();
    /// println!("{} of {} requests failed", counts.requests_failed, counts.requests);
    /// # }
    /// ```
    pub fn counts(&self) -> Counts {
        self.inner.counters.snapshot()
    }

    /// Whether a restrictive decision on this waits in the queue.
    pub(crate) fn is_refused_here(&self, question: &CheckRequest) -> bool {
        let refuses = self.inner.refuses.as_ref();
        refuses.is_some_and(|refuses| refuses(question))
    }

    /// Remembers the event as seen.
    fn recorded(&self, subject: &SubjectId, recorded: RecordResponse) -> RecordResponse {
        let seen = &self.inner.seen;
        seen.saw(subject, recorded.seq.unwrap_or(0));
        let erased = Some(SupersededReason::SubjectErased);
        if recorded.decisions.iter().any(|d| d.reason == erased) {
            seen.forget_subjects();
        }
        recorded
    }

    /// Counts the outcome of a check that began at `begun`, and remembers what it showed of the subject.
    pub(crate) fn count(
        &self,
        question: &CheckRequest,
        checked: &Checked,
        reused: bool,
        begun: Moment,
    ) {
        let took = self.inner.clock.now().since(begun);
        let inner = &self.inner;
        let purpose = question.purpose.as_str();
        inner.counters.checked(purpose, checked, reused, took);
        inner.seen.saw(&question.subject, checked.verdict().seq);
        if checked.reason() == Reason::SubjectErased {
            inner.seen.forget_subjects();
        }
    }

    async fn post<B: Serialize, A: DeserializeOwned>(
        &self,
        route: impl Into<Route>,
        body: &B,
    ) -> Result<A, Error> {
        Ok(self.post_timed(route, body).await?.0)
    }

    /// The same, with the time at which the answered request was sent.
    pub(crate) async fn post_timed<B: Serialize, A: DeserializeOwned>(
        &self,
        route: impl Into<Route>,
        body: &B,
    ) -> Result<(A, Moment), Error> {
        let call = Call::post(route, json(body)?, self.inner.deadline);
        let (bytes, sent) = self.send(call, Tries::new(&self.inner.budget)).await?;
        Ok((read(&bytes)?, sent))
    }

    async fn ask<B: Serialize, A: DeserializeOwned>(
        &self,
        route: impl Into<Route>,
        body: &B,
    ) -> Result<(A, Moment), Error> {
        let call = Call::post(route, json(body)?, self.inner.check_deadline);
        let (bytes, sent) = self.send(call, Tries::new(&self.inner.budget)).await?;
        Ok((read(&bytes)?, sent))
    }

    pub(crate) async fn get(&self, route: impl Into<Route>) -> Result<Vec<u8>, Error> {
        let call = self.getting(route);
        Ok(self.send(call, Tries::new(&self.inner.budget)).await?.0)
    }

    fn getting(&self, route: impl Into<Route>) -> Call {
        Call {
            method: Method::GET,
            route: route.into(),
            body: None,
            held: None,
            deadline: self.inner.deadline,
        }
    }
}

/// A [`BatchResponse`](samtycke_core::wire::BatchResponse) whose verdicts are read one by one, so that one with a word of a later
/// server denies alone.
#[derive(Deserialize)]
struct UnreadBatchResponse {
    verdicts: Vec<Value>,
}

/// While this guard lives, and when it is dropped, verdicts from before are forgotten. So a withdrawal is in force in
/// this process from the moment it is sent, and an allow requested in the meantime is not used after the withdrawal was
/// acknowledged.
pub(crate) struct NoHeard<'n> {
    reuse: &'n Reuse<Checked>,
    subject: &'n SubjectId,
}

impl<'n> NoHeard<'n> {
    pub(crate) fn new(reuse: &'n Reuse<Checked>, subject: &'n SubjectId) -> Self {
        reuse.hear_withdrawal(subject);
        Self { reuse, subject }
    }
}

impl Drop for NoHeard<'_> {
    fn drop(&mut self) {
        self.reuse.hear_withdrawal(self.subject);
    }
}

pub(crate) fn json(body: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(body).map_err(|_| Error::Decode("the request cannot be written as JSON"))
}

pub(crate) fn read<A: DeserializeOwned>(bytes: &[u8]) -> Result<A, Error> {
    serde_json::from_slice(bytes).map_err(|_| Error::Decode("not the JSON that this version knows"))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// Protects invariant 8: a word of a later server is never taken for "effective".
    #[test]
    fn a_record_answer_with_an_unknown_word_is_an_error() {
        let answer = |state: &str, outcome: &str| {
            let decisions = json!([{"purpose": "shop.news", "state": state, "outcome": outcome}]);
            let answer = json!({"event_id": "01970000-0000-7000-8000-000000000001", "decisions": decisions,
                "received_at": "2026-11-21T12:00:00.000Z"});
            read::<RecordResponse>(answer.to_string().as_bytes())
        };
        answer("given", "effective").unwrap();
        for (state, outcome) in [
            ("given", "of_a_later_server"),
            ("of_a_later_server", "effective"),
        ] {
            let error = answer(state, outcome).unwrap_err();
            assert!(matches!(error, Error::Decode(_)), "{state} {outcome}");
        }
    }
}
