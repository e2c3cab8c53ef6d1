//! The thread of a blocking client, and how others wait for what it drives.

use std::convert::Infallible;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

use tokio::runtime::{Builder, Handle};
use tokio::sync::oneshot;
use tokio::task;

use crate::BuildError;

/// A small runtime on a thread of its own, which ends when this goes. The thread drives sockets and timers; a caller's
/// future runs on the caller's own thread, so that any number of them can wait at once, and may borrow. Public in name only:
/// nothing outside of this crate can reach it, so that there is no example: see [`super::Client`].
#[derive(Debug)]
pub struct Runtime {
    handle: Handle,
    /// Nothing is ever sent: the thread waits for this to go.
    _alive: oneshot::Sender<Infallible>,
}

impl Runtime {
    pub(super) fn start() -> Result<Self, BuildError> {
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.map_err(|_| BuildError::Thread)?;
        let handle = runtime.handle().clone();
        let (alive, ended) = oneshot::channel();
        thread::Builder::new()
            .name("samtycke".to_owned())
            .spawn(move || drop(runtime.block_on(ended)))
            .map_err(|_| BuildError::Thread)?;
        Ok(Self {
            handle,
            _alive: alive,
        })
    }

    /// Waits for a future, also where the caller's thread belongs to a runtime: `Handle::block_on` would panic there.
    pub(super) fn wait<F: Future>(&self, future: F) -> F::Output {
        let _entered = self.handle.enter();
        // A task of the caller's runtime has a budget, which comes back only when that task yields; here it never does.
        let mut future = pin!(task::unconstrained(future));
        let bell = Arc::new(Bell {
            has_rung: AtomicBool::new(false),
            thread: thread::current(),
        });
        let waker = Waker::from(bell.clone());
        let mut context = Context::from_waker(&waker);
        loop {
            if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
                return output;
            }
            while !bell.has_rung.swap(false, Ordering::AcqRel) {
                thread::park();
            }
        }
    }
}

/// Wakes a thread. What it was woken for is kept beside it: somebody else may park and unpark the same thread.
struct Bell {
    has_rung: AtomicBool,
    thread: Thread,
}

impl Wake for Bell {
    fn wake(self: Arc<Self>) {
        self.wake_by_ref();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.has_rung.store(true, Ordering::Release);
        self.thread.unpark();
    }
}
