//! A connection with time limits for its first bytes and for stalled writes.

use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::sync::OwnedSemaphorePermit;
use tokio::time::{Sleep, sleep};

/// Number of bytes that tell HTTP/1.1 from HTTP/2: the length of the HTTP/2 preface. Before they arrive, neither
/// protocol's timeout runs, so this type has its own.
const PREFACE_BYTES: usize = 24;

/// How long a client may accept no bytes of a waiting response. A client that never reads would keep its place.
const WRITE_STALL_MAX: Duration = Duration::from_secs(30);

/// A connection with its place among the open connections.
#[derive(Debug)]
pub(super) struct Guarded {
    stream: TcpStream,
    _place: OwnedSemaphorePermit,
    first_bytes: Option<Pin<Box<Sleep>>>,
    read: usize,
    stalled: Option<Pin<Box<Sleep>>>,
}

impl Guarded {
    pub(super) fn new(
        stream: TcpStream,
        place: OwnedSemaphorePermit,
        first_bytes: Duration,
    ) -> Self {
        Self {
            stream,
            _place: place,
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
