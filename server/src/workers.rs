//! Background work: starts, supervises and stops every task that the server runs beside its requests.

use std::future::Future;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::metrics::Metrics;

/// Delay before a worker that panicked restarts.
const RESTART_AFTER: Duration = Duration::from_millis(100);

/// How a worker ends when the server stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OnStop {
    /// The server drops it at its next await.
    Abort,
    /// The worker ends after its source ends, and the server waits for it.
    Drain,
}

/// The running workers.
#[derive(Debug, Default)]
pub struct Workers {
    running: Mutex<Vec<(OnStop, JoinHandle<()>)>>,
}

impl Workers {
    /// Runs `work` until it returns. After a panic, it logs and counts the panic and starts `work` again, so that a
    /// defect in one round does not end all later publishing.
    pub fn start<F, W>(&self, name: &'static str, on_stop: OnStop, metrics: &Metrics, work: F)
    where
        F: Fn() -> W + Send + 'static,
        W: Future<Output = ()> + Send + 'static,
    {
        let restarts = metrics.counter(
            "samtycke_worker_restarts_total",
            "Background workers that panicked and were started again: defects.",
            &[("worker", name)],
        );
        let supervised = async move {
            loop {
                let round = Guarded(tokio::spawn(work()));
                match round.await {
                    Err(defect) if defect.is_panic() => {
                        restarts.increment();
                        tracing::error!(worker = name, "a worker panicked and restarts");
                        tokio::time::sleep(RESTART_AFTER).await;
                    }
                    _ => return,
                }
            }
        };
        let handle = tokio::spawn(supervised);
        self.lock().push((on_stop, handle));
    }

    /// Stops every worker, and waits for those with [`OnStop::Drain`].
    pub async fn stop(&self) {
        let running = std::mem::take(&mut *self.lock());
        for (on_stop, handle) in running {
            if on_stop == OnStop::Abort {
                handle.abort();
            }
            // An aborted worker returns an error, which is expected here.
            let _ = handle.await;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<(OnStop, JoinHandle<()>)>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Aborts the task on drop, so that aborting the supervisor aborts the work.
struct Guarded(JoinHandle<()>);

impl Future for Guarded {
    type Output = Result<(), tokio::task::JoinError>;

    fn poll(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Self::Output> {
        std::pin::Pin::new(&mut self.0).poll(cx)
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        self.0.abort();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::{Notify, mpsc};

    use super::*;

    #[tokio::test]
    async fn worker_that_panics_is_started_again() {
        let (workers, metrics) = (Workers::default(), Metrics::default());
        let (rounds, second) = (Arc::new(AtomicUsize::new(0)), Arc::new(Notify::new()));
        workers.start("test", OnStop::Drain, &metrics, {
            let (rounds, second) = (rounds.clone(), second.clone());
            move || {
                let (rounds, second) = (rounds.clone(), second.clone());
                async move {
                    let round = rounds.fetch_add(1, Ordering::SeqCst);
                    assert!(round > 0, "the first round has a defect");
                    second.notify_one();
                }
            }
        });
        second.notified().await;
        workers.stop().await;
        assert_eq!(rounds.load(Ordering::SeqCst), 2);
        let counted = "samtycke_worker_restarts_total{worker=\"test\"} 1";
        assert!(metrics.render().contains(counted));
    }

    #[tokio::test]
    async fn stop_waits_for_a_draining_worker() {
        let (workers, metrics) = (Workers::default(), Metrics::default());
        let (send, receive) = mpsc::unbounded_channel::<u8>();
        let receive = Arc::new(tokio::sync::Mutex::new(receive));
        let taken = Arc::new(AtomicUsize::new(0));
        workers.start("test", OnStop::Drain, &metrics, {
            let taken = taken.clone();
            move || {
                let (receive, taken) = (receive.clone(), taken.clone());
                async move {
                    while receive.lock().await.recv().await.is_some() {
                        taken.fetch_add(1, Ordering::SeqCst);
                    }
                }
            }
        });
        for work in 0..3 {
            send.send(work).unwrap();
        }
        drop(send);
        workers.stop().await;
        assert_eq!(taken.load(Ordering::SeqCst), 3);
    }

    #[tokio::test]
    async fn stop_drops_a_worker_without_an_end() {
        let (workers, metrics) = (Workers::default(), Metrics::default());
        let held = Arc::new(());
        workers.start("test", OnStop::Abort, &metrics, {
            let held = held.clone();
            move || {
                let held = held.clone();
                async move {
                    std::future::pending::<()>().await;
                    drop(held);
                }
            }
        });
        workers.stop().await;
        // The supervisor's factory and the work are dropped when this is the only reference left.
        while Arc::strong_count(&held) > 1 {
            tokio::task::yield_now().await;
        }
    }
}
