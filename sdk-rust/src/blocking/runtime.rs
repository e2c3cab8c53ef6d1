//! The thread of a blocking client, and how callers wait for it.

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

/// A runtime on its own thread, which ends when this is dropped. The thread drives sockets and timers. A caller's
/// future runs on the caller's thread, so any number of callers can wait at once, and may borrow. It is public in name
/// only: no code outside of this crate can reach it, so it has no example: see [`super::Client`].
#[derive(Debug)]
pub struct Runtime {
    handle: Handle,
    /// Carries no message: the thread ends when the sender is dropped.
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

    /// Blocks on a future, also on a thread that belongs to a runtime, where `Handle::block_on` would panic.
    pub(super) fn wait<F: Future>(&self, future: F) -> F::Output {
        let _entered = self.handle.enter();
        // A task of the caller's runtime has a budget that comes back only when the task yields; here it never yields.
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

/// Wakes a thread. A flag beside it says why, because other code may park and unpark the same thread.
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
