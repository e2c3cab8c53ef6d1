//! Notices that PostgreSQL sends while a transaction is committed.
//!
//! A commit that waits for a standby can be cancelled. PostgreSQL then answers `COMMIT` all the same, with a warning
//! (01000) that only the primary has it. The driver gives notices to the log alone, as events of the target
//! `sqlx::postgres::notice`; so they are read there, for the time of one commit.

use std::cell::Cell;
use std::pin::pin;
use std::sync::LazyLock;
use std::task::Poll;

use tracing::span::{Attributes, Id, Record};
use tracing::{Dispatch, Event, Level, Metadata, Subscriber, dispatcher};

const TARGET: &str = "sqlx::postgres::notice";

thread_local! {
    static WARNED: Cell<bool> = const { Cell::new(false) };
}

static LISTENER: LazyLock<Dispatch> = LazyLock::new(|| Dispatch::new(Listener));

/// Runs a statement, and says whether PostgreSQL warned during it.
pub(super) async fn with_warnings<F: Future>(statement: F) -> (F::Output, bool) {
    let mut statement = pin!(statement);
    let mut has_warned = false;
    std::future::poll_fn(|cx| {
        WARNED.set(false);
        let polled = dispatcher::with_default(&LISTENER, || statement.as_mut().poll(cx));
        has_warned |= WARNED.take();
        match polled {
            Poll::Ready(output) => Poll::Ready((output, has_warned)),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Takes note of the driver's notices, and of nothing else.
struct Listener;

impl Subscriber for Listener {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target() == TARGET && *metadata.level() <= Level::WARN
    }

    fn max_level_hint(&self) -> Option<tracing::level_filters::LevelFilter> {
        Some(tracing::level_filters::LevelFilter::WARN)
    }

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, _: &Event<'_>) {
        WARNED.set(true);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
