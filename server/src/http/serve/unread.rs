//! What a handler leaves unread of a body.
//!
//! A refusal is answered before the body has arrived: a wrong role, a limit, an announced length. If the connection were
//! closed then, a client that is still sending would get a broken pipe instead of the problem. So the rest is read and
//! dropped for a moment, and the connection stays usable (RFC 9112, 9.6).

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Error;
use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::EXPECT;
use http_body::{Frame, SizeHint};
use http_body_util::BodyExt as _;

/// The most that is read of what nobody wants; bytes. A register is smaller.
const BYTES_MAX: usize = 1024 * 1024;
/// How long it may take to arrive. Then the connection is closed, as slow senders hold one.
const TIME_MAX: Duration = Duration::from_secs(1);

/// The request with a body whose rest is read after the handler has dropped it. Who expects a word before sending the body
/// (RFC 9110, 10.1.1) sends none after a refusal.
pub(super) fn read_out(request: Request) -> Request {
    if request.body().is_end_stream() || request.headers().contains_key(EXPECT) {
        return request;
    }
    request.map(|body| Body::new(ReadOut(body)))
}

struct ReadOut(Body);

impl HttpBody for ReadOut {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = Pin::new(&mut self.0).poll_frame(context);
        if let Poll::Ready(Some(Err(_)) | None) = frame {
            self.0 = Body::empty();
        }
        frame
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.0.size_hint()
    }
}

impl Drop for ReadOut {
    fn drop(&mut self) {
        if self.0.is_end_stream() {
            return;
        }
        let rest = std::mem::take(&mut self.0);
        // Outside a runtime, as after a shutdown, there is no connection left.
        if let Ok(runtime) = tokio::runtime::Handle::try_current() {
            runtime.spawn(tokio::time::timeout(TIME_MAX, discard(rest)));
        }
    }
}

async fn discard(mut body: Body) {
    let mut left = BYTES_MAX;
    while let Some(Ok(frame)) = body.frame().await {
        let bytes = frame.data_ref().map_or(0, Bytes::len);
        match left.checked_sub(bytes) {
            Some(after) => left = after,
            None => return,
        }
    }
}
