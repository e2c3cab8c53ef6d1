//! Delivery: a flush, the loop of flushes, and the meaning of each response.

use std::collections::HashSet;
use std::convert::Infallible;
use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use samtycke_core::wire::RecordResponse;

use super::Queue;
use super::entry::{Body, Refusal};
use super::order::Tried;
use super::report::{Flushed, Lapsed, Refused};
use super::shared::Next;
use crate::sync::lock;
use crate::{Client, Error, Transport};

/// The first wait before another flush, and the longest, in milliseconds. A random part of up to half is added: 1 s to
/// 5 min, as in browsers.
const RETRY_MS: u64 = 1_000;
const RETRY_MS_MAX: u64 = 200_000;
/// Submissions in a row without a response that end a flush: one may break the network's path by itself, three mean the
/// network. Each can take the client's deadline of 10 s.
const FAILURES_MAX: u32 = 3;

/// The sender: a client, or a test.
pub(super) trait Courier {
    fn deliver(&self, body: &Body) -> impl Future<Output = Result<RecordResponse, Error>> + Send;
}

impl Courier for Client {
    async fn deliver(&self, body: &Body) -> Result<RecordResponse, Error> {
        match body {
            Body::Consent(said) => self.record(said).await,
            Body::Withdrawal(said) => self.withdraw(said).await,
        }
    }
}

impl Queue {
    pub(super) async fn run_by(
        &self,
        courier: &impl Courier,
        mut each: impl FnMut(Flushed),
    ) -> Infallible {
        let mut failures = 0_u32;
        loop {
            let flushed = self.flush_by(courier).await;
            let (kept, sent) = (flushed.kept, !flushed.sent.is_empty());
            let is_reached = !flushed.ended_early;
            each(flushed);
            let mut added = pin!(self.added.notified());
            if kept == 0 {
                failures = 0;
                added.await;
                continue;
            }
            failures = if sent { 0 } else { failures.saturating_add(1) };
            let wait = wait(failures, self.clock.fraction());
            let mut over = self.clock.sleep(wait);
            // An unreachable server is not tried for every new submission; otherwise only submissions that failed by
            // themselves wait.
            poll_fn(|cx| {
                let over = over.as_mut().poll(cx).is_ready();
                let over = over || (is_reached && added.as_mut().poll(cx).is_ready());
                if over { Poll::Ready(()) } else { Poll::Pending }
            })
            .await;
        }
    }

    pub(super) async fn flush_by(&self, courier: &impl Courier) -> Flushed {
        self.shared.heal();
        // Submissions that failed by themselves come last, so three of them do not end every flush.
        let mut later: Tried = std::mem::take(&mut *lock(&self.failed));
        let mut tried = later.clone();
        let mut failed = HashSet::new();
        let mut flushed = Flushed {
            saved: true,
            ..Flushed::default()
        };
        let mut in_a_row = 0_u32;
        loop {
            let (place, body) = match self.shared.next(&mut tried, self.clock.now()) {
                Some(Next::Send(place, body)) => (place, body),
                Some(Next::TooOld(gone)) => {
                    flushed.saved &= gone.saved;
                    flushed.too_old.extend(Lapsed::of_late(&gone.entry));
                    continue;
                }
                None if later.is_empty() => break,
                None => {
                    tried.retain(|place| !later.contains(place));
                    later.clear();
                    continue;
                }
            };
            match Fate::of(&body, courier.deliver(&body).await) {
                Fate::Recorded(answer) => {
                    in_a_row = 0;
                    self.recorded(&body, *answer, &mut flushed);
                }
                Fate::Refused(refusal) => {
                    in_a_row = 0;
                    let (refused, saved) = self.shared.refuse(body.event_id(), refusal);
                    flushed.saved &= saved;
                    flushed.refused.extend(refused.iter().map(Refused::of));
                }
                Fate::Kept { error, leave } => {
                    in_a_row = in_a_row.saturating_add(1);
                    if !leave {
                        failed.insert(place);
                    }
                    flushed.error = Some(error);
                    flushed.ended_early = leave || in_a_row >= FAILURES_MAX;
                    if flushed.ended_early {
                        break;
                    }
                }
            }
        }
        failed.extend(later);
        *lock(&self.failed) = failed;
        let waiting = self.waiting();
        flushed.kept = waiting.withdrawals.saturating_add(waiting.others);
        flushed
    }

    fn recorded(&self, body: &Body, answer: RecordResponse, flushed: &mut Flushed) {
        // Another flush may have been faster; it has told its caller.
        let Some(gone) = self.shared.answered(body.event_id()) else {
            return;
        };
        flushed.saved &= gone.saved;
        flushed
            .superseded
            .extend(Lapsed::of_answer(&gone.entry, &answer));
        flushed.sent.push(answer);
    }
}

/// The meaning of a response for a submission.
enum Fate {
    Recorded(Box<RecordResponse>),
    Refused(Refusal),
    /// Send it again: it is unknown whether the server has it, or the response was not about it.
    Kept {
        error: Error,
        /// No other submission would succeed now.
        leave: bool,
    },
}

impl Fate {
    fn of(body: &Body, answered: Result<RecordResponse, Error>) -> Self {
        let error = match answered {
            Ok(answer) if answer.event_id == *body.event_id() => {
                return Self::Recorded(Box::new(answer));
            }
            Ok(_) => Error::Decode("the answer is about another event"),
            Err(error) => error,
        };
        let (leave, refusal) = match &error {
            Error::Problem(problem) => match problem.status {
                401 | 429 | 503 => (true, None),
                // A problem with the key is not a problem with the submission.
                403 | 408 | 425 => (false, None),
                status @ 400..=499 => {
                    let reason = problem.reason.clone();
                    (false, Some(Refusal { status, reason }))
                }
                _ => (false, None),
            },
            Error::Transport(Transport::Connect) => (true, None),
            _ => (false, None),
        };
        match refusal {
            Some(refusal) => Self::Refused(refusal),
            None => Self::Kept { error, leave },
        }
    }
}

/// The wait after so many failed flushes in a row.
pub(super) fn wait(failures: u32, rng: f64) -> Duration {
    let doubled = 1_u64
        .checked_shl(failures.saturating_sub(1).min(32))
        .unwrap_or(u64::MAX);
    let wait = Duration::from_millis(RETRY_MS.saturating_mul(doubled).min(RETRY_MS_MAX));
    let jittered = wait.as_secs_f64() * (1.0 + rng / 2.0);
    Duration::try_from_secs_f64(jittered).unwrap_or(wait)
}
