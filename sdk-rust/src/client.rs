//! The client itself: one method for each thing a program asks of samtycke.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use reqwest::{Method, Response, StatusCode};
use samtycke_core::bundle::{BUNDLE_BYTES_MAX, Bundle};
use samtycke_core::id::{EventId, SubjectId};
use samtycke_core::keys::Secret;
use samtycke_core::problem::ProblemBody;
use samtycke_core::pseudonym::{Domain, identifier_hmac, normalise};
use samtycke_core::wire::{
    BatchAnswer, BatchRequest, CHECKS_MAX, CheckRequest, ConsentRequest, DecisionsAnswer,
    HistoryAnswer, RecordAnswer, SubjectAnswer, SubjectRequest, WithdrawalRequest,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::builder::{BuildError, Builder, header};
use crate::{Checked, Error, Transport};

/// The longest answer that is read; bytes. A history of 10 000 events at some 600 bytes each, and the longest bundle.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;
const _: () = assert!(ANSWER_BYTES_MAX > BUNDLE_BYTES_MAX);

/// A client of one tenant at one server. Cloning it is cheap, and clones share their connections.
#[derive(Clone)]
pub struct Client {
    pub(crate) inner: Arc<Inner>,
    pub(crate) capability: Option<HeaderValue>,
}

pub(crate) struct Inner {
    pub(crate) http: reqwest::Client,
    /// Without a slash at its end.
    pub(crate) base_url: String,
    pub(crate) key: HeaderValue,
    pub(crate) lookup_key: Option<Secret>,
    pub(crate) check_deadline: Duration,
    pub(crate) deadline: Duration,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let base_url = &self.inner.base_url;
        f.debug_struct("Client")
            .field("base_url", base_url)
            .finish_non_exhaustive()
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
    /// # Errors
    /// See [`Error`]. After [`Error::Transport`], send the same request again.
    pub async fn record(&self, request: &ConsentRequest) -> Result<RecordAnswer, Error> {
        self.post("/v1/consents", request).await
    }

    /// Records a no. When this returns, no check anywhere answers from an older yes for longer than the receipt says.
    ///
    /// # Errors
    /// See [`Error`]. After [`Error::Transport`], send the same request again.
    pub async fn withdraw(&self, request: &WithdrawalRequest) -> Result<RecordAnswer, Error> {
        self.post("/v1/withdrawals", request).await
    }

    /// Asks: may this be done, for this purpose, with this person's data, now?
    pub async fn check(&self, question: &CheckRequest) -> Checked {
        self.ask::<_, Value>("/v1/check", question).await.into()
    }

    /// Asks many questions; one answer for each, in order. More than 100 are sent as several requests, one after the
    /// other. A request that fails denies all of its questions.
    pub async fn check_batch(&self, questions: &[CheckRequest]) -> Vec<Checked> {
        let mut all = Vec::with_capacity(questions.len());
        for checks in questions.chunks(CHECKS_MAX) {
            let request = BatchRequest {
                checks: checks.to_vec(),
            };
            let answered: Result<BatchAnswer<Value>, Error> =
                self.ask("/v1/check/batch", &request).await;
            let answered = answered.and_then(|answer| {
                let whole = answer.verdicts.len() == checks.len();
                whole
                    .then_some(answer.verdicts)
                    .ok_or(Error::Decode("not one verdict for each question"))
            });
            match answered {
                Ok(verdicts) => all.extend(verdicts.into_iter().map(Checked::read)),
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

    async fn post<B: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<A, Error> {
        read(
            &self
                .send(Method::POST, path, Some(json(body)?), self.inner.deadline)
                .await?,
        )
    }

    async fn ask<B: Serialize, A: DeserializeOwned>(
        &self,
        path: &str,
        body: &B,
    ) -> Result<A, Error> {
        read(
            &self
                .send(
                    Method::POST,
                    path,
                    Some(json(body)?),
                    self.inner.check_deadline,
                )
                .await?,
        )
    }

    async fn get(&self, path: &str) -> Result<Vec<u8>, Error> {
        self.send(Method::GET, path, None, self.inner.deadline)
            .await
    }

    /// Sends one request and reads the whole of its answer, all within the deadline.
    async fn send(
        &self,
        method: Method,
        path: &str,
        body: Option<Vec<u8>>,
        deadline: Duration,
    ) -> Result<Vec<u8>, Error> {
        let url = format!("{}{path}", self.inner.base_url);
        let mut request = self.inner.http.request(method, url).timeout(deadline);
        request = request.header(AUTHORIZATION, self.inner.key.clone());
        if let Some(capability) = &self.capability {
            request = request.header("samtycke-capability", capability.clone());
        }
        if let Some(body) = body {
            request = request.header(CONTENT_TYPE, "application/json").body(body);
        }
        let response = request.send().await.map_err(Transport::from)?;
        let status = response.status();
        let bytes = bytes(response).await?;
        if matches!(status, StatusCode::OK | StatusCode::CREATED) {
            return Ok(bytes);
        }
        match serde_json::from_slice::<ProblemBody>(&bytes) {
            Ok(problem) if status.as_u16() == problem.status => {
                Err(Error::Problem(Box::new(problem)))
            }
            Ok(_) => Err(Error::Decode("a problem of another status")),
            // A proxy's page, as a rule: the server itself answers in problems only.
            Err(_) if status.is_server_error() => Err(Transport::Broken.into()),
            Err(_) => Err(Error::Decode("neither an answer nor a problem")),
        }
    }
}

/// Reads the body as far as it may be long.
async fn bytes(mut response: Response) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await.map_err(Transport::from)? {
        if bytes.len() + chunk.len() > ANSWER_BYTES_MAX {
            return Err(Error::Decode("the answer is too long"));
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(bytes)
}

fn json(body: &impl Serialize) -> Result<Vec<u8>, Error> {
    serde_json::to_vec(body).map_err(|_| Error::Decode("the request cannot be written as JSON"))
}

fn read<A: DeserializeOwned>(bytes: &[u8]) -> Result<A, Error> {
    serde_json::from_slice(bytes).map_err(|_| Error::Decode("not the JSON that this version knows"))
}
