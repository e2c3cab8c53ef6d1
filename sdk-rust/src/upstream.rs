//! Where a client's requests go: a server, or a double of one. Everything above this line, the denials, retries and
//! guards, is the same for both.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, RETRY_AFTER};
use reqwest::{Method, Response};
use samtycke_core::bundle::BUNDLE_BYTES_MAX;

use crate::Transport;

/// The longest answer that is read; bytes. A history of 10 000 events at some 600 bytes each, and the longest bundle.
pub(crate) const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;
const _: () = assert!(ANSWER_BYTES_MAX > BUNDLE_BYTES_MAX);

/// One request.
#[derive(Debug, Clone)]
pub(crate) struct Outgoing {
    /// `GET` or `POST`.
    pub(crate) method: Method,
    /// Beginning with `/v1/`.
    pub(crate) path: String,
    /// JSON.
    pub(crate) body: Option<Vec<u8>>,
    /// `Bearer ..`.
    pub(crate) key: HeaderValue,
    /// Whose subject's, where the client acts for one.
    pub(crate) capability: Option<HeaderValue>,
    /// Time for sending, and for reading the whole answer.
    pub(crate) deadline: Duration,
}

/// Its answer.
#[derive(Debug, Clone)]
pub(crate) struct Incoming {
    /// HTTP's.
    pub(crate) status: u16,
    /// How long the server wants to be left alone; seconds are all that it says.
    pub(crate) retry_after: Option<Duration>,
    /// As it came; `None` where it was longer than [`ANSWER_BYTES_MAX`].
    pub(crate) body: Option<Vec<u8>>,
}

/// What comes of sending.
pub(crate) type Sending<'a> =
    Pin<Box<dyn Future<Output = Result<Incoming, Transport>> + Send + 'a>>;

/// Where requests go.
pub(crate) trait Upstream: Send + Sync {
    /// Sends once.
    fn send(&self, request: Outgoing) -> Sending<'_>;
}

/// A server.
pub(crate) struct Http {
    pub(crate) http: reqwest::Client,
    /// Without a slash at its end.
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

/// Reads the body as far as it may be long.
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
