//! Accepts connections within limits, and drains them at shutdown.

use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::accept::Accept;
use hyper_util::rt::TokioTimer;
use tokio::net::TcpStream;
use tower::util::MapRequestLayer;

use crate::config::{Config, Networks};
use crate::http::limit::Net;
use crate::metrics::{Counter, Metrics};
use crate::share::{Full, Share, Shares};

mod activity;
mod guarded;
mod unread;

use activity::{Activity, Counted};
use guarded::{Guarded, Idle};

/// Largest head of a request; bytes. Proxies in front allow 8 KiB; our clients send below 2 KiB.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// Concurrent streams of one HTTP/2 connection: the minimum that RFC 9113 recommends.
const STREAMS_MAX: u32 = 100;

/// Interval of keep-alive pings on a silent HTTP/2 connection, and the time limit for their answer.
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// Limits of the connections.
#[derive(Debug, Clone)]
pub struct ServeLimits {
    /// Most open connections; further ones are closed at once. One address gets a share of them.
    pub connections_max: usize,
    /// Time after which a connection without a request is closed; it may take twice as long.
    pub idle_timeout: Duration,
    /// Networks of the trusted proxies, which may have all connections: everybody's come from there.
    pub proxies: Networks,
    /// Whether every peer is taken for a proxy, because proxies are trusted by their number.
    pub is_behind_proxies: bool,
    /// Time limit for the head of a request: from the connection's start, or from the end of the previous response.
    pub header_read_timeout: Duration,
    /// Time limit for requests in flight after `shutdown`.
    pub shutdown_drain: Duration,
}

impl ServeLimits {
    /// The limits of a server with these settings.
    pub fn of(config: &Config) -> Self {
        Self {
            connections_max: config.limits.connections_max,
            idle_timeout: config.limits.idle_timeout,
            proxies: config.trusted_proxies.clone(),
            is_behind_proxies: config.trusted_proxies.is_empty() && config.trusted_proxy_hops > 0,
            header_read_timeout: config.limits.header_read_timeout,
            shutdown_drain: config.limits.shutdown_drain,
        }
    }
}

/// Serves HTTP/1.1 and HTTP/2 until `shutdown` completes. Then it stops accepting connections, waits for requests in
/// flight, and returns when they end or their time limit expires. Handlers find the peer in `ConnectInfo<SocketAddr>`.
///
/// # Errors
/// The listener is not usable.
pub async fn serve(
    listener: std::net::TcpListener,
    router: Router,
    limits: ServeLimits,
    metrics: &Metrics,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let handle = Handle::new();
    let shutdown_drain = limits.shutdown_drain;
    let header_read_timeout = limits.header_read_timeout;
    let acceptor = Acceptor::new(limits, metrics);
    let mut server = axum_server::from_tcp(listener)?
        .handle(handle.clone())
        .acceptor(acceptor);
    let http = server.http_builder();
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(header_read_timeout)
        .max_buf_size(HEAD_BYTES_MAX);
    http.http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .max_header_list_size(u32::try_from(HEAD_BYTES_MAX).unwrap_or(u32::MAX))
        .keep_alive_interval(PING_INTERVAL)
        .keep_alive_timeout(PING_TIMEOUT);
    let stop = tokio::spawn(async move {
        shutdown.await;
        handle.graceful_shutdown(Some(shutdown_drain));
    });
    let router = router.layer(MapRequestLayer::new(unread::read_out));
    let served = server
        .serve(router.into_make_service_with_connect_info::<SocketAddr>())
        .await;
    stop.abort();
    served
}

/// Takes a place for each connection and releases it when the connection ends.
#[derive(Debug, Clone)]
struct Acceptor {
    places: Shares<Net>,
    limits: Arc<ServeLimits>,
    refused_all: Counter,
    refused_share: Counter,
}

impl<S> Accept<TcpStream, S> for Acceptor {
    type Stream = Guarded;
    type Service = Counted<S>;
    type Future = std::future::Ready<io::Result<(Guarded, Counted<S>)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        let activity = Arc::new(Activity::default());
        let placed = self.place(stream, &activity);
        let counted = Counted { service, activity };
        std::future::ready(placed.map(|stream| (stream, counted)))
    }
}

impl Acceptor {
    fn new(limits: ServeLimits, metrics: &Metrics) -> Self {
        let refused = |bound| {
            let help = "Connections closed because too many were open: of all, or of one address.";
            metrics.counter(
                "samtycke_connections_refused_total",
                help,
                &[("bound", bound)],
            )
        };
        let open = metrics.gauge("samtycke_connections_open", "Open connections.", &[]);
        Self {
            places: Shares::new(limits.connections_max, open),
            limits: Arc::new(limits),
            refused_all: refused("all"),
            refused_share: refused("share"),
        }
    }

    fn place(&self, stream: TcpStream, activity: &Arc<Activity>) -> io::Result<Guarded> {
        let peer = stream.peer_addr()?.ip();
        let owner = (!self.is_proxy(peer)).then(|| (Net::of(peer), Share::SMALL));
        let seat = self.places.take([owner, None]).map_err(|full| {
            match full {
                Full::All => self.refused_all.increment(),
                Full::Share => self.refused_share.increment(),
            }
            io::ErrorKind::ConnectionRefused
        })?;
        stream.set_nodelay(true)?;
        let idle = Idle::new(activity.clone(), self.limits.idle_timeout);
        let first_bytes = self.limits.header_read_timeout;
        Ok(Guarded::new(stream, seat, first_bytes, idle))
    }

    fn is_proxy(&self, peer: IpAddr) -> bool {
        self.limits.is_behind_proxies || self.limits.proxies.contain(peer)
    }
}

#[cfg(test)]
mod tests;
