//! The settings of a client.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::HeaderValue;
use reqwest::redirect::Policy;
use rustls::ClientConfig;
use samtycke_core::id::Language;
use samtycke_core::keys::Secret;

use crate::client::{Client, Inner, Refuses};
use crate::clock::{Clock, SystemClock};
use crate::observe::Counters;
use crate::queue::Queue;
use crate::retry::Budget;
use crate::reuse::Reuse;
use crate::seen::Seen;
use crate::tls;
use crate::upstream::{Http, Upstream};

/// A check delays a user: after this time a denial is better than a wait.
const CHECK_DEADLINE: Duration = Duration::from_secs(2);
/// A write that timed out may have been recorded, so waiting pays. A proof waits up to 2 s for its checkpoint.
const DEADLINE: Duration = Duration::from_secs(10);
/// Two round trips to the other side of the world, and one lost packet that is sent again after a second.
const CONNECT_DEADLINE: Duration = Duration::from_secs(2);
/// The client closes idle connections before the server or a proxy does, usually after 60 s.
const IDLE: Duration = Duration::from_secs(50);

/// Settings of a [`Client`]. [`Client::builder`] takes what is required; the rest has defaults that fit a nearby
/// server.
///
/// ```
/// use samtycke::{BuildError, Client, keys::Secret};
/// use std::time::Duration;
///
/// # fn example(lookup_key: Secret) -> Result<Client, BuildError> {
/// Client::builder("https://samtycke.example", "sk_service_..")
///     .lookup_key(lookup_key)
///     .check_deadline(Duration::from_millis(500))
///     .build()
/// # }
/// # example(Secret::from_bytes([7; 32])).expect("a client");
/// let clear = Client::builder("http://samtycke.example", "sk_service_..").build();
/// assert_eq!(clear.err(), Some(BuildError::PlainHttp), "the key would cross a network in the clear");
/// ```
#[must_use = "nothing is made before `build`"]
pub struct Builder {
    base_url: String,
    key: Secreted,
    capability: Option<Secreted>,
    lookup_key: Option<Secret>,
    check_deadline: Duration,
    deadline: Duration,
    connect_deadline: Duration,
    tls: Option<ClientConfig>,
    plain_http: bool,
    reuse: bool,
    queue: Option<Arc<Queue>>,
    language: Option<String>,
    transport: Option<TransportOverride>,
}

/// The transport and clock of a fake server.
pub(crate) struct TransportOverride {
    pub(crate) upstream: Box<dyn Upstream>,
    pub(crate) clock: Arc<dyn Clock>,
}

/// Why the settings make no client. Example: see [`Builder`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// The address is not an `http://` or `https://` origin.
    #[error("the base URL must be http(s)://host, without user, query or fragment")]
    BaseUrl,
    /// The key would cross a network without encryption.
    #[error(
        "plain http is for loopback addresses; call `plain_http()` if the network itself is encrypted"
    )]
    PlainHttp,
    /// The key or capability is not a valid header value.
    #[error("the key and the capability must be visible ASCII characters")]
    Key,
    /// The system's root certificates cannot be read, or the TLS settings contradict each other.
    #[error("TLS cannot be set up: {0}")]
    Tls(String),
    /// The language is no language tag.
    #[error("the language must be a tag such as `sv` or `en`")]
    Language,
    /// The thread of a [blocking client](crate#features) cannot be started.
    #[error("the operating system started no thread")]
    Thread,
}

/// A text that `Debug` does not print.
#[derive(Clone)]
struct Secreted(String);

impl Builder {
    pub(crate) fn new(base_url: &str, key: &str) -> Self {
        Self {
            base_url: base_url.to_owned(),
            key: Secreted(key.to_owned()),
            capability: None,
            lookup_key: None,
            check_deadline: CHECK_DEADLINE,
            deadline: DEADLINE,
            connect_deadline: CONNECT_DEADLINE,
            tls: None,
            plain_http: false,
            reuse: true,
            queue: None,
            language: None,
            transport: None,
        }
    }

    /// A client of the fake server behind `transport`, without address and TLS.
    #[cfg(feature = "test-util")]
    pub(crate) fn transport(transport: TransportOverride) -> Self {
        Self {
            transport: Some(transport),
            ..Self::new("https://samtycke.invalid", "sam_service_fake")
        }
    }

    /// Another key of the fake server.
    #[cfg(feature = "test-util")]
    pub(crate) fn key(self, key: &str) -> Self {
        Self {
            key: Secreted(key.to_owned()),
            ..self
        }
    }

    /// Acts for one subject, which a publishable key needs. [`Client::with_capability`] does the same later. Example:
    /// see [`Client::with_capability`].
    pub fn capability(mut self, capability: &str) -> Self {
        self.capability = Some(Secreted(capability.to_owned()));
        self
    }

    /// The tenant's lookup key, with which [`Client::subject`] pseudonymises. `samtycke tenant lookup-key` prints it.
    /// Example: see [`Builder`].
    pub fn lookup_key(mut self, key: Secret) -> Self {
        self.lookup_key = Some(key);
        self
    }

    /// The deadline of a check, including connecting and retries. Default: 2 s. After it the check is denied. Example:
    /// see [`Builder`].
    pub fn check_deadline(mut self, deadline: Duration) -> Self {
        self.check_deadline = deadline;
        self
    }

    /// The deadline of every other request, including connecting and retries. Default: 10 s. Example: as
    /// [`Self::check_deadline`].
    pub fn deadline(mut self, deadline: Duration) -> Self {
        self.deadline = deadline;
        self
    }

    /// The deadline of connecting alone. Default: 2 s. Example: as [`Self::check_deadline`].
    pub fn connect_deadline(mut self, deadline: Duration) -> Self {
        self.connect_deadline = deadline;
        self
    }

    /// Replaces the TLS settings, for a private root or a client certificate. Default: ring, and the system's roots.
    ///
    /// ```no_run
    /// # fn example(samtycke: samtycke::Builder, config: rustls::ClientConfig) -> samtycke::Builder {
    /// samtycke.tls(config)
    /// # }
    /// ```
    pub fn tls(mut self, config: ClientConfig) -> Self {
        self.tls = Some(config);
        self
    }

    /// Accepts `http://` addresses of other machines, for networks that encrypt by themselves.
    ///
    /// ```
    /// let inside = samtycke::Client::builder("http://samtycke.internal", "sk_service_..");
    /// assert!(inside.plain_http().build().is_ok());
    /// ```
    pub fn plain_http(mut self) -> Self {
        self.plain_http = true;
        self
    }

    /// Whether [`Client::require`] may reuse a verdict for its `rely_ms`: 5 s at most, and never for special
    /// categories, forwarding and publishing. Default: `true`. With `false` every call asks the server. Example: as
    /// [`Self::check_deadline`].
    pub fn reuse(mut self, may: bool) -> Self {
        self.reuse = may;
        self
    }

    /// Denies in this process what a withdrawal in this queue is about, until the server has recorded it.
    ///
    /// ```no_run
    /// # use std::sync::Arc;
    /// # use samtycke::{Client, queue::Queue};
    /// # fn example() -> Result<(), Box<dyn std::error::Error>> {
    /// let queue = Arc::new(Queue::open("/var/lib/kiosk/consent")?);
    /// let samtycke = Client::builder("https://samtycke.example", "sk_service_..")
    ///     .queue(queue.clone())
    ///     .build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn queue(mut self, queue: Arc<Queue>) -> Self {
        self.queue = Some(queue);
        self
    }

    /// The language in which the program shows notices, such as `sv`, for decisions that do not say their own. Example:
    /// see [the crate](crate).
    pub fn language(mut self, tag: &str) -> Self {
        self.language = Some(tag.to_owned());
        self
    }

    /// Creates the client without sending anything. Example: see [`Builder`].
    ///
    /// # Errors
    /// See [`BuildError`].
    pub fn build(mut self) -> Result<Client, BuildError> {
        let key = header(&format!("Bearer {}", self.key.0))?;
        let capability = self.capability.take().map(|c| header(&c.0)).transpose()?;
        let place = match self.transport.take() {
            Some(transport) => transport,
            None => TransportOverride {
                upstream: Box::new(self.http()?),
                clock: Arc::new(SystemClock::new()),
            },
        };
        let language = self.language.take().map(|tag| tag.parse()).transpose();
        let language = language.map_err(|_| BuildError::Language)?;
        Ok(self.at(place, key, capability, language))
    }

    pub(crate) fn at(
        self,
        place: TransportOverride,
        key: HeaderValue,
        capability: Option<HeaderValue>,
        language: Option<Language>,
    ) -> Client {
        Client {
            inner: Arc::new(Inner {
                upstream: place.upstream,
                clock: place.clock,
                key,
                lookup_key: self.lookup_key,
                check_deadline: self.check_deadline,
                deadline: self.deadline,
                budget: Budget::new(),
                reuse: Reuse::new(self.reuse),
                counters: Counters::default(),
                seen: Seen::new(),
                language,
                refuses: self.queue.map(refused_by),
            }),
            capability,
        }
    }

    fn http(&mut self) -> Result<Http, BuildError> {
        let url: reqwest::Url = self.base_url.parse().map_err(|_| BuildError::BaseUrl)?;
        let bare = url.username().is_empty()
            && url.password().is_none()
            && url.query().is_none()
            && url.fragment().is_none();
        if !bare || !matches!(url.scheme(), "http" | "https") {
            return Err(BuildError::BaseUrl);
        }
        let is_plain = url.scheme() == "http";
        if is_plain && !self.plain_http && !is_loopback(&url) {
            return Err(BuildError::PlainHttp);
        }
        let tls = match self.tls.take() {
            Some(config) => config,
            None if is_plain => tls::without_roots().map_err(|e| BuildError::Tls(e.to_string()))?,
            None => tls::platform().map_err(|e| BuildError::Tls(e.to_string()))?,
        };
        // No user agent: the server records the device of a decision, and this machine is not that device.
        let http = reqwest::Client::builder()
            .tls_backend_preconfigured(tls)
            .redirect(Policy::none())
            .connect_timeout(self.connect_deadline)
            .timeout(self.deadline)
            .pool_idle_timeout(IDLE)
            .tcp_nodelay(true)
            .build()
            .map_err(|e| BuildError::Tls(e.without_url().to_string()))?;
        Ok(Http {
            http,
            base_url: url.as_str().trim_end_matches('/').to_owned(),
        })
    }
}

impl fmt::Debug for Builder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Builder")
    }
}

fn refused_by(queue: Arc<Queue>) -> Refuses {
    Box::new(move |asked| queue.refuses(&asked.subject, &asked.purpose, &asked.scope))
}

/// A header value that is not printed and not kept in HTTP/2's table.
pub(crate) fn header(text: &str) -> Result<HeaderValue, BuildError> {
    let mut value = HeaderValue::from_str(text).map_err(|_| BuildError::Key)?;
    value.set_sensitive(true);
    Ok(value)
}

fn is_loopback(url: &reqwest::Url) -> bool {
    let host = url.host_str().unwrap_or_default();
    let address = host.trim_start_matches('[').trim_end_matches(']');
    let address = address.parse::<std::net::IpAddr>();
    host == "localhost" || address.is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_does_not_cross_a_network_in_the_clear() {
        let build = |url: &str| Builder::new(url, "sam_service_k").build();
        for url in [
            "http://127.0.0.1:8080",
            "http://localhost",
            "http://[::1]:1/",
            "http://127.0.0.1/samtycke/",
        ] {
            assert!(build(url).is_ok(), "{url}");
        }
        assert_eq!(
            build("http://samtycke.example").err(),
            Some(BuildError::PlainHttp)
        );
        assert_eq!(
            build("http://localhost.example").err(),
            Some(BuildError::PlainHttp)
        );
        assert!(
            Builder::new("http://samtycke.internal", "k")
                .plain_http()
                .build()
                .is_ok()
        );
        for url in [
            "",
            "samtycke",
            "ftp://samtycke.example",
            "https://a:b@samtycke.example",
            "https://a/?b",
            "https://a/#b",
        ] {
            assert_eq!(build(url).err(), Some(BuildError::BaseUrl), "{url}");
        }
    }

    /// No key ends up in a log line.
    #[test]
    fn neither_key_nor_capability_is_printed() {
        let builder = Builder::new("http://127.0.0.1", "sam_service_k").capability("c_k");
        assert!(!format!("{builder:?}").contains("_k"));
        let client = builder
            .lookup_key(Secret::from_bytes([7; 32]))
            .build()
            .unwrap();
        let text = format!("{client:?}");
        assert!(!text.contains("_k") && !text.contains("7, 7"), "{text}");
        assert_eq!(
            Builder::new("http://127.0.0.1", "a\nb").build().err(),
            Some(BuildError::Key)
        );
    }
}
