//! When logs are published: as they grow, and all of them now and then.

use std::collections::BTreeSet;
use std::sync::Arc;

use samtycke_core::id::LogId;
use tokio::sync::mpsc;
use tokio::task::JoinSet;

use super::{Occasion, Publisher};
use crate::{LogView as _, Logs};

/// Logs that are published at once where witnesses are asked, so that a slow one holds up no other log. One after the other
/// where there are none: then nothing waits for anything but the database.
const LOGS_AT_ONCE: usize = 16;

/// The logs that are to be published, and those that are being published.
struct Rounds {
    /// To be published at the next tick.
    grown: BTreeSet<LogId>,
    /// Those of them, and of the next set, that are looked at because it is time.
    looked_at: BTreeSet<LogId>,
    /// To be published as soon as there is a place.
    ready: BTreeSet<LogId>,
    busy: BTreeSet<LogId>,
    at_work: JoinSet<LogId>,
    places: usize,
}

impl<L: Logs> Publisher<L> {
    /// Publishes logs as they grow. When the sender of log ids closes, publishes once more and returns.
    pub async fn run(self: Arc<Self>, dirty: &mut mpsc::UnboundedReceiver<LogId>) {
        let mut tick = tokio::time::interval(self.pace.dirty);
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let mut idle = tokio::time::interval(self.pace.idle.min(self.pace.preventive));
        let mut rounds = Rounds::new(if self.witnesses.is_some() {
            LOGS_AT_ONCE
        } else {
            1
        });
        loop {
            tokio::select! {
                news = dirty.recv() => match news {
                    Some(log) => { rounds.grown.insert(log); }
                    None => break,
                },
                _ = tick.tick() => {
                    rounds.grown.extend(self.failing().iter().cloned());
                    rounds.grown.extend(self.witnesses.iter().flat_map(|witnesses| witnesses.due()));
                    rounds.ready.append(&mut rounds.grown);
                    rounds.begin(&self);
                }
                _ = idle.tick() => {
                    let all: Vec<LogId> = self.logs.all().iter().map(|view| view.log().clone()).collect();
                    rounds.looked_at.extend(all.iter().cloned());
                    rounds.grown.extend(all);
                }
                () = rounds.ended(), if !rounds.at_work.is_empty() => rounds.begin(&self),
            }
        }
        rounds.ready.append(&mut rounds.grown);
        rounds.begin(&self);
        while !rounds.at_work.is_empty() {
            rounds.ended().await;
            rounds.begin(&self);
        }
    }

    async fn publish_log(&self, log: &LogId, occasion: Occasion) {
        let view = match self.logs.by_log(log).await {
            Ok(Some(view)) => view,
            Ok(None) => return,
            // It is tried again with those that failed.
            Err(error) => return self.note(log, &Err(error.into())),
        };
        if view.is_frozen() {
            return;
        }
        let published = self.publish_on(&view, occasion).await;
        self.note(log, &published);
    }
}

impl Rounds {
    fn new(places: usize) -> Self {
        Self {
            grown: BTreeSet::new(),
            looked_at: BTreeSet::new(),
            ready: BTreeSet::new(),
            busy: BTreeSet::new(),
            at_work: JoinSet::new(),
            places,
        }
    }

    /// Begins to publish as many logs as there are places. One that is being published waits for its end.
    fn begin<L: Logs>(&mut self, publisher: &Arc<Publisher<L>>) {
        let free = self.places.saturating_sub(self.at_work.len());
        let next: Vec<LogId> = self
            .ready
            .difference(&self.busy)
            .take(free)
            .cloned()
            .collect();
        for log in next {
            self.ready.remove(&log);
            self.busy.insert(log.clone());
            let publisher = publisher.clone();
            let occasion = if self.looked_at.remove(&log) {
                Occasion::Look
            } else {
                Occasion::Grown
            };
            self.at_work.spawn(async move {
                publisher.publish_log(&log, occasion).await;
                log
            });
        }
    }

    /// Waits until a log is published. A panic goes on here, where the worker is started again.
    async fn ended(&mut self) {
        match self.at_work.join_next().await {
            Some(Ok(log)) => {
                self.busy.remove(&log);
            }
            Some(Err(error)) => {
                if let Ok(panic) = error.try_into_panic() {
                    std::panic::resume_unwind(panic);
                }
            }
            None => {}
        }
    }
}
