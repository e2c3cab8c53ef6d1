//! A connection with time limits for its first bytes, for stalled writes, and for doing nothing.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use super::activity::Activity;
use crate::http::limit::Net;
use crate::share::Seat;

/// Number of bytes that tell HTTP/1.1 from HTTP/2: the length of the HTTP/2 preface. Before they arrive, neither
/// protocol's timeout runs, so this type has its own.
const PREFACE_BYTES: usize = 24;

/// How long a client may accept no bytes of a waiting response. A client that never reads would keep its place.
const WRITE_STALL_MAX: Duration = Duration::from_secs(30);

/// A connection with its place among the open connections.
#[derive(Debug)]
pub(super) struct Guarded {
    stream: TcpStream,
    _seat: Seat<Net>,
    idle: Idle,
    first_bytes: Option<Pin<Box<Sleep>>>,
    read: usize,
    stalled: Option<Pin<Box<Sleep>>>,
}

/// Ends a connection without a request. An HTTP/2 client can keep its connection open with pings alone, which cost it
/// nothing, so only requests count.
#[derive(Debug)]
pub(super) struct Idle {
    activity: Arc<Activity>,
    limit: Duration,
    timer: Pin<Box<Sleep>>,
    /// What the activity was when the timer was set.
    seen: Option<usize>,
}

impl Idle {
    pub(super) fn new(activity: Arc<Activity>, limit: Duration) -> Self {
        Self {
            timer: Box::pin(sleep(limit)),
            seen: activity.quiet(),
            activity,
            limit,
        }
    }

    /// Whether no request was in work for the time limit. It takes up to twice the limit to notice.
    fn is_over(&mut self, cx: &mut Context<'_>) -> bool {
        while self.timer.as_mut().poll(cx).is_ready() {
            let now = self.activity.quiet();
            if now.is_some() && now == self.seen {
                return true;
            }
            self.seen = now;
            self.timer.set(sleep(self.limit));
        }
        false
    }
}

impl Guarded {
    pub(super) fn new(
        stream: TcpStream,
        seat: Seat<Net>,
        first_bytes: Duration,
        idle: Idle,
    ) -> Self {
        Self {
            stream,
            _seat: seat,
            idle,
            first_bytes: Some(Box::pin(sleep(first_bytes))),
            read: 0,
            stalled: None,
        }
    }

    /// Starts the timer when a write has to wait, and stops it when a write succeeds.
    fn watch<T>(
        &mut self,
        cx: &mut Context<'_>,
        written: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let stalled = self
            .stalled
            .get_or_insert_with(|| Box::pin(sleep(WRITE_STALL_MAX)));
        ready!(stalled.as_mut().poll(cx));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl AsyncRead for Guarded {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buf.filled().len();
        let read = Pin::new(&mut self.stream).poll_read(cx, buf);
        if read.is_pending() && self.idle.is_over(cx) {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        let Some(deadline) = self.first_bytes.as_mut() else {
            return read;
        };
        if read.is_pending() {
            ready!(deadline.as_mut().poll(cx));
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        self.read += buf.filled().len() - before;
        if self.read >= PREFACE_BYTES {
            self.first_bytes = None;
        }
        read
    }
}

impl AsyncWrite for Guarded {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, buf);
        self.watch(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bufs: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bufs);
        self.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
