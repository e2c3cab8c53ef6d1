//! The client itself: one method for each thing a program asks of samtycke.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::Method;
use reqwest::header::HeaderValue;
use samtycke_core::bundle::Bundle;
use samtycke_core::id::{EventId, SiteId, SubjectId};
use samtycke_core::keys::Secret;
use samtycke_core::problem::ProblemBody;
use samtycke_core::pseudonym::{Domain, identifier_hmac, normalise};
use samtycke_core::wire::{
    BatchAnswer, BatchRequest, CHECKS_MAX, CheckRequest, ConsentRequest, DecisionsAnswer,
    HistoryAnswer, NoticeDocument, RecordAnswer, SubjectAnswer, SubjectRequest, WithdrawalRequest,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::builder::{BuildError, Builder, header};
use crate::clock::{self, Clock, Moment};
use crate::retry::{Budget, Tries};
use crate::reuse::Reuse;
use crate::upstream::{Incoming, Outgoing, Upstream};
use crate::{Checked, Error, Transport};

/// A client of one tenant at one server. Cloning it is cheap, and clones share their connections.
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
    /// Whether a no to the question is waiting in this process to be sent.
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
    /// A client of the server at `base_url`, with an API key of the tenant.
    pub fn builder(base_url: &str, key: &str) -> Builder {
        Builder::new(base_url, key)
    }

    /// The same client, acting for the subject of this capability.
    ///
    /// # Errors
    /// [`BuildError::Key`]: the capability cannot stand in a header.
    pub fn with_capability(&self, capability: &str) -> Result<Self, BuildError> {
        Ok(Self {
            inner: self.inner.clone(),
            capability: Some(header(capability)?),
        })
    }

    /// Records what a person said.
    ///
    /// It is sent again where the answer got lost: the event's id makes it one event.
    ///
    /// # Errors
    /// See [`Error`]. After [`Error::Transport`] it is unknown whether it was recorded: send the same request again, or leave
    /// that to a [`Queue`](crate::queue::Queue). Example: see [the crate](crate).
    pub async fn record(&self, request: &ConsentRequest) -> Result<RecordAnswer, Error> {
        let narrows = request
            .decisions
            .iter()
            .any(|d| d.decision.is_restrictive());
        let _heard = narrows.then(|| NoHeard::new(&self.inner.reuse, &request.subject));
        self.post("/v1/consents", request).await
    }

    /// Records a no. When this returns, no check anywhere answers from an older yes for longer than the receipt says, and in
    /// this process none does.
    ///
    /// # Errors
    /// See [`Error`], and [`Self::record`]. A no that could not be delivered is in force in this process for the time of the
    /// call only; a [`Queue`](crate::queue::Queue) keeps it. Example: see [the crate](crate).
    pub async fn withdraw(&self, request: &WithdrawalRequest) -> Result<RecordAnswer, Error> {
        let _heard = NoHeard::new(&self.inner.reuse, &request.subject);
        let body = json(request)?;
        let tries = Tries::of_withdrawal();
        let call = Call::post("/v1/withdrawals", body, self.inner.deadline);
        read(&self.send(call, tries).await?.0)
    }

    /// Asks: may this be done, for this purpose, with this person's data, now? The server is asked each time.
    ///
    /// [`Self::require`] asks the same and gives a permission that the code which processes can demand.
    /// Example: see [the crate](crate).
    pub async fn check(&self, question: &CheckRequest) -> Checked {
        if self.is_refused_here(question) {
            return Checked::refused_here(self.inner.clock.now());
        }
        let answered = self.ask::<_, Value>("/v1/check", question).await;
        answered.map_or_else(Checked::denied, |(json, sent)| Checked::read(json, sent))
    }

    /// Asks many questions; one answer for each, in order. More than 100 are sent as several requests, one after the
    /// other. A request that fails denies all of its questions.
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
            let answered = self.ask::<_, BatchAnswer<Value>>("/v1/check/batch", &request);
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
                        if self.is_refused_here(question) {
                            Checked::refused_here(sent)
                        } else {
                            Checked::read(json, sent)
                        }
                    }));
                }
                Err(error) => all.extend(checks.iter().map(|_| Checked::denied(error.clone()))),
            }
        }
        all
    }

    /// The proof of one event: [`Bundle::to_bytes`] is the file, and [`samtycke_core::bundle::verify`] its verifier. The server waits up
    /// to 2 s for the event to be sealed, and then answers `NOT_SEALED`.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn proof(&self, event: &EventId) -> Result<Bundle, Error> {
        let bytes = self.get(&format!("/v1/events/{event}/proof")).await?;
        Bundle::parse(&bytes).map_err(|_| Error::Decode("not a proof bundle of this version"))
    }

    /// The subject behind an identifier, made where it is new, and a capability to act for it. The identifier is
    /// pseudonymised here, under the lookup key, and never sent.
    ///
    /// # Errors
    /// [`Error::LookupKeyMissing`] and [`Error::Identifier`], before anything is sent; else see [`Error`].
    pub async fn subject(&self, domain: Domain, identifier: &str) -> Result<SubjectAnswer, Error> {
        let key = self
            .inner
            .lookup_key
            .as_ref()
            .ok_or(Error::LookupKeyMissing)?;
        let normalised = normalise(domain, identifier)?;
        let hmac = hex::encode(identifier_hmac(key, domain, &normalised));
        let request = SubjectRequest {
            domain,
            identifier_hmac: Some(hmac),
            identifier: None,
        };
        self.post("/v1/subjects", &request).await
    }

    /// The notice that a site, or an app, shows now: its texts, and the hash that a consent to it names.
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
        read(&self.get(&format!("/v1/sites/{site}/notice")).await?)
    }

    /// What a subject has decided, as it stands.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn decisions(&self, subject: &SubjectId) -> Result<DecisionsAnswer, Error> {
        read(
            &self
                .get(&format!("/v1/subjects/{subject}/decisions"))
                .await?,
        )
    }

    /// Everything a subject has said, oldest first.
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn history(&self, subject: &SubjectId) -> Result<HistoryAnswer, Error> {
        read(&self.get(&format!("/v1/subjects/{subject}/history")).await?)
    }

    /// Whether a no to this is waiting here to be sent.
    pub(crate) fn is_refused_here(&self, question: &CheckRequest) -> bool {
        let refuses = self.inner.refuses.as_ref();
        refuses.is_some_and(|refuses| refuses(question))
    }

    async fn post<B: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<A, Error> {
        Ok(self.post_timed(path, body).await?.0)
    }

    /// The same, with when the request that was answered had been sent.
    pub(crate) async fn post_timed<B: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<(A, Moment), Error> {
        let call = Call::post(path, json(body)?, self.inner.deadline);
        let (bytes, sent) = self.send(call, Tries::new(&self.inner.budget)).await?;
        Ok((read(&bytes)?, sent))
    }

    async fn ask<B: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<(A, Moment), Error> {
        let call = Call::post(path, json(body)?, self.inner.check_deadline);
        let (bytes, sent) = self.send(call, Tries::new(&self.inner.budget)).await?;
        Ok((read(&bytes)?, sent))
    }

    pub(crate) async fn get(&self, path: &str) -> Result<Vec<u8>, Error> {
        let call = Call {
            method: Method::GET,
            path,
            body: None,
            deadline: self.inner.deadline,
        };
        Ok(self.send(call, Tries::new(&self.inner.budget)).await?.0)
    }

    /// Sends a request, again where that may help, all within its deadline. Also says when the one that was answered had
    /// been sent.
    async fn send(&self, call: Call<'_>, mut tries: Tries<'_>) -> Result<(Vec<u8>, Moment), Error> {
        let inner = &self.inner;
        let begun = inner.clock.now();
        loop {
            let sent = inner.clock.now();
            let left = call.deadline.saturating_sub(sent.since(begun));
            if left.is_zero() {
                return Err(Transport::TimedOut.into());
            }
            let sending = inner.upstream.send(Outgoing {
                method: call.method.clone(),
                path: call.path.to_owned(),
                body: call.body.clone(),
                key: inner.key.clone(),
                capability: self.capability.clone(),
                deadline: tries.share(left),
            });
            let (error, asked) = match sending.await {
                Ok(incoming) => {
                    let asked = incoming.retry_after;
                    match understood(incoming) {
                        Ok(bytes) => return Ok((bytes, sent)),
                        Err(error) => (error, asked),
                    }
                }
                Err(transport) => (transport.into(), None),
            };
            let left = call.deadline.saturating_sub(inner.clock.now().since(begun));
            let wait = error
                .is_transient()
                .then(|| tries.wait(left, asked, clock::fraction()));
            let Some(wait) = wait.flatten() else {
                return Err(error);
            };
            inner.clock.sleep(wait).await;
        }
    }
}

/// One request, as often as it is sent.
struct Call<'c> {
    method: Method,
    path: &'c str,
    body: Option<Vec<u8>>,
    deadline: Duration,
}

impl<'c> Call<'c> {
    fn post(path: &'c str, body: Vec<u8>, deadline: Duration) -> Self {
        Self {
            method: Method::POST,
            path,
            body: Some(body),
            deadline,
        }
    }
}

/// While it lives, and when it goes, what was asked before is forgotten: a no is in force in this process from when it is
/// sent, and a yes that was asked for meanwhile is not used once the no was acknowledged.
struct NoHeard<'n> {
    reuse: &'n Reuse<Checked>,
    subject: &'n SubjectId,
}

impl<'n> NoHeard<'n> {
    fn new(reuse: &'n Reuse<Checked>, subject: &'n SubjectId) -> Self {
        reuse.hear_no(subject);
        Self { reuse, subject }
    }
}

impl Drop for NoHeard<'_> {
    fn drop(&mut self) {
        self.reuse.hear_no(self.subject);
    }
}

/// The body of an answer that was given, or the problem that was.
fn understood(incoming: Incoming) -> Result<Vec<u8>, Error> {
    let Some(bytes) = incoming.body else {
        return Err(Error::Decode("the answer is too long"));
    };
    if matches!(incoming.status, 200 | 201) {
        return Ok(bytes);
    }
    match serde_json::from_slice::<ProblemBody>(&bytes) {
        Ok(problem) if incoming.status == problem.status => Err(Error::Problem(Box::new(problem))),
        Ok(_) => Err(Error::Decode("a problem of another status")),
        // A proxy's page, as a rule: the server itself answers in problems only.
        Err(_) if incoming.status >= 500 => Err(Transport::Broken.into()),
        Err(_) => Err(Error::Decode("neither an answer nor a problem")),
    }
}

fn json(body: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(body).map_err(|_| Error::Decode("the request cannot be written as JSON"))
}

fn read<A: DeserializeOwned>(bytes: &[u8]) -> Result<A, Error> {
    serde_json::from_slice(bytes).map_err(|_| Error::Decode("not the JSON that this version knows"))
}
