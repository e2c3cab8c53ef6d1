//! Where a client's requests go: a server or a fake. Everything above this line (denials, retries, guards) is the same
//! for both.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, IF_NONE_MATCH, RETRY_AFTER,
};
use reqwest::{Method, Response};
use samtycke_core::bundle::BUNDLE_BYTES_MAX;

use crate::Transport;

/// The longest response that is read, in bytes: a history of 10 000 events at some 600 bytes each, and the longest
/// bundle.
pub(crate) const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;
const _: () = assert!(ANSWER_BYTES_MAX > BUNDLE_BYTES_MAX);

/// A request, as it is sent once.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    /// `GET`, `POST`, `PUT` or `DELETE`.
    pub(crate) method: Method,
    /// The path, beginning with `/v1/`.
    pub(crate) path: String,
    /// The body, as JSON.
    pub(crate) body: Option<Vec<u8>>,
    /// The `Authorization` header: `Bearer ..`.
    pub(crate) key: HeaderValue,
    /// The capability of the subject that the client acts for.
    pub(crate) capability: Option<HeaderValue>,
    /// The `If-None-Match` header: the version that the client holds.
    pub(crate) held: Option<HeaderValue>,
    /// The time for sending and for reading the whole response.
    pub(crate) deadline: Duration,
}

/// The response to a request.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// The HTTP status.
    pub(crate) status: u16,
    /// The `Retry-After` of the server, in seconds.
    pub(crate) retry_after: Option<Duration>,
    /// The body as it arrived; `None` if it was longer than [`ANSWER_BYTES_MAX`].
    pub(crate) body: Option<Vec<u8>>,
}

/// A request in progress.
pub(crate) type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<Incoming, Transport>> + Send + 'a>>;

/// The place that requests go to.
pub(crate) trait Upstream: Send + Sync {
    /// Sends a request once.
    fn send(&self, request: Outgoing) -> Sending<'_>;
}

/// A real server.
pub(crate) struct Http {
    pub(crate) http: reqwest::Client,
    /// The address, without a slash at its end.
    pub(crate) base_url: String,
}

impl Upstream for Http {
    fn send(&self, request: Outgoing) -> Sending<'_> {
        Box::pin(async move {
            let url = format!("{}{}", self.base_url, request.path);
            let mut building = self.http.request(request.method, url);
            building = building.timeout(request.deadline);
            building = building.header(AUTHORIZATION, request.key);
            building = building.header(ACCEPT, "application/json");
            if let Some(capability) = request.capability {
                building = building.header("samtycke-capability", capability);
            }
            if let Some(held) = request.held {
                building = building.header(IF_NONE_MATCH, held);
            }
            if let Some(body) = request.body {
                building = building.header(CONTENT_TYPE, "application/json").body(body);
            }
            let response = building.send().await?;
            let retry_after = response.headers().get(RETRY_AFTER);
            let retry_after = retry_after.and_then(|value| value.to_str().ok()?.parse().ok());
            Ok(Incoming {
                status: response.status().as_u16(),
                retry_after: retry_after.map(Duration::from_secs),
                body: bytes(response).await?,
            })
        })
    }
}

/// Reads the body up to its limit.
async fn bytes(mut response: Response) -> Result<Option<Vec<u8>>, Transport> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if bytes.len().saturating_add(chunk.len()) > ANSWER_BYTES_MAX {
            return Ok(None);
        }
        bytes.extend_from_slice(&chunk);
    }
    Ok(Some(bytes))
}
