//! Accepts connections within limits, and drains them at shutdown.

use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::accept::Accept;
use hyper_util::rt::TokioTimer;
use tokio::net::TcpStream;
use tokio::sync::Semaphore;
use tower::util::MapRequestLayer;

use crate::metrics::{Counter, Metrics};

mod guarded;
mod unread;

use guarded::Guarded;

/// Largest head of a request; bytes. Proxies in front allow 8 KiB; our clients send below 2 KiB.
const HEAD_BYTES_MAX: usize = 16 * 1024;

/// Concurrent streams of one HTTP/2 connection: the minimum that RFC 9113 recommends.
const STREAMS_MAX: u32 = 100;

/// Interval of keep-alive pings on a silent HTTP/2 connection, and the time limit for their answer.
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(10);

/// Limits of the connections.
#[derive(Debug, Clone, Copy)]
pub struct ServeLimits {
    /// Most open connections; further ones are closed at once.
    pub connections_max: usize,
    /// Time limit for the head of a request: from the connection's start, or from the end of the previous response.
    pub header_read_timeout: Duration,
    /// Time limit for requests in flight after `shutdown`.
    pub shutdown_drain: Duration,
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
    let acceptor = Acceptor {
        places: Arc::new(Semaphore::new(
            limits.connections_max.min(Semaphore::MAX_PERMITS),
        )),
        refused: metrics.counter(
            "samtycke_connections_refused_total",
            "Connections closed because too many were open.",
            &[],
        ),
        first_bytes_timeout: limits.header_read_timeout,
    };
    let mut server = axum_server::from_tcp(listener)?
        .handle(handle.clone())
        .acceptor(acceptor);
    let http = server.http_builder();
    http.http1()
        .timer(TokioTimer::new())
        .header_read_timeout(limits.header_read_timeout)
        .max_buf_size(HEAD_BYTES_MAX);
    http.http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(STREAMS_MAX)
        .max_header_list_size(u32::try_from(HEAD_BYTES_MAX).unwrap_or(u32::MAX))
        .keep_alive_interval(PING_INTERVAL)
        .keep_alive_timeout(PING_TIMEOUT);
    let stop = tokio::spawn(async move {
        shutdown.await;
        handle.graceful_shutdown(Some(limits.shutdown_drain));
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
    places: Arc<Semaphore>,
    refused: Counter,
    first_bytes_timeout: Duration,
}

impl<S> Accept<TcpStream, S> for Acceptor {
    type Stream = Guarded;
    type Service = S;
    type Future = std::future::Ready<io::Result<(Guarded, S)>>;

    fn accept(&self, stream: TcpStream, service: S) -> Self::Future {
        std::future::ready(self.place(stream).map(|stream| (stream, service)))
    }
}

impl Acceptor {
    fn place(&self, stream: TcpStream) -> io::Result<Guarded> {
        let Ok(place) = self.places.clone().try_acquire_owned() else {
            self.refused.increment();
            return Err(io::ErrorKind::ConnectionRefused.into());
        };
        stream.set_nodelay(true)?;
        Ok(Guarded::new(stream, place, self.first_bytes_timeout))
    }
}

#[cfg(test)]
mod tests;
