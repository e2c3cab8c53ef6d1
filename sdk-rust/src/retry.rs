//! Retries: how many, after which wait, and within which budget.

use std::time::Duration;

use crate::sync::{Mutex, lock};

/// The longest wait before the second attempt. Later waits may double each time, up to [`WAIT_MS_MAX`].
const WAIT_MS: u32 = 50;
const WAIT_MS_MAX: u32 = 1_000;
/// Attempts of one request, including the first. A withdrawal has more: see [`Tries::of_withdrawal`].
const TRIES_MAX: u32 = 3;
/// 50 + 100 + 200 + 400 ms at most, so all attempts fit into ten seconds with a second for each response.
const TRIES_OF_WITHDRAWAL_MAX: u32 = 5;
/// What a first attempt adds to the budget, and what a retry takes from it, in thousandths. In the long run one request
/// in ten may be a retry.
const EARNED: u32 = 100;
const SPENT: u32 = 1_000;
/// Ten retries may follow at once, as when a server restarts.
const BUDGET_MAX: u32 = 10_000;

/// The budget of retries for all requests of a client, so an overloaded server does not get twice the load.
#[derive(Debug)]
pub(crate) struct Budget(Mutex<u32>);

impl Budget {
    pub(crate) fn new() -> Self {
        Self(Mutex::new(BUDGET_MAX))
    }

    fn earn(&self) {
        let mut left = lock(&self.0);
        *left = left.saturating_add(EARNED).min(BUDGET_MAX);
    }

    fn spend(&self) -> bool {
        let mut left = lock(&self.0);
        let rest = left.checked_sub(SPENT);
        if let Some(rest) = rest {
            *left = rest;
        }
        rest.is_some()
    }
}

/// The attempts of one request.
#[derive(Debug)]
pub(crate) struct Tries<'b> {
    /// `None` ignores the budget: a withdrawal must get through.
    budget: Option<&'b Budget>,
    max: u32,
    made: u32,
}

impl<'b> Tries<'b> {
    pub(crate) fn new(budget: &'b Budget) -> Self {
        budget.earn();
        Self {
            budget: Some(budget),
            max: TRIES_MAX,
            made: 0,
        }
    }

    pub(crate) fn of_withdrawal() -> Self {
        Self {
            budget: None,
            max: TRIES_OF_WITHDRAWAL_MAX,
            made: 0,
        }
    }

    /// The time for the next attempt, out of the time left: half, so a lost response leaves time for another attempt;
    /// for the last attempt all of it.
    pub(crate) fn share(&self, left: Duration) -> Duration {
        if self.made.saturating_add(1) >= self.max {
            left
        } else {
            left / 2
        }
    }

    /// The wait before another attempt, or `None` for no more. `fraction` is a random part of one (full jitter), so
    /// clients that failed together do not return together. The wait is at least what the server asked for.
    pub(crate) fn wait(
        &mut self,
        left: Duration,
        asked: Option<Duration>,
        fraction: f64,
    ) -> Option<Duration> {
        self.made = self.made.saturating_add(1);
        let longest = WAIT_MS
            .saturating_mul(1 << (self.made.min(16) - 1))
            .min(WAIT_MS_MAX);
        let jittered = Duration::from_millis(u64::from(longest)).mul_f64(fraction.clamp(0.0, 1.0));
        let wait = asked.map_or(jittered, |asked| asked.saturating_add(jittered));
        let worth_it = self.made < self.max && wait < left;
        (worth_it && self.budget.is_none_or(Budget::spend)).then_some(wait)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LONG: Duration = Duration::from_secs(10);

    /// An overloaded server gets at most one retry for ten requests in the long run.
    #[test]
    fn tries_are_paid_from_a_budget() {
        let budget = Budget::new();
        let again = || u32::from(Tries::new(&budget).wait(LONG, None, 1.0).is_some());
        let made: u32 = (0..1_000).map(|_| again()).sum();
        assert!((100..=120).contains(&made), "{made}");
        let withdrawal = (0..1_000).all(|_| Tries::of_withdrawal().wait(LONG, None, 1.0).is_some());
        assert!(
            withdrawal,
            "a withdrawal is retried whatever the budget says"
        );
    }

    #[test]
    fn waits_grow_are_spread_and_end() {
        let budget = Budget::new();
        let mut tries = Tries::new(&budget);
        assert_eq!(tries.wait(LONG, None, 1.0), Some(Duration::from_millis(50)));
        assert_eq!(tries.wait(LONG, None, 0.5), Some(Duration::from_millis(50)));
        assert_eq!(tries.wait(LONG, None, 0.0), None, "three tries");
        let mut tries = Tries::of_withdrawal();
        let waits: Vec<_> = std::iter::from_fn(|| tries.wait(LONG, None, 1.0)).collect();
        assert_eq!(
            waits.iter().map(Duration::as_millis).collect::<Vec<_>>(),
            [50, 100, 200, 400]
        );
    }

    #[test]
    fn a_server_that_names_a_time_is_given_it_or_left_alone() {
        let budget = Budget::new();
        let second = Some(Duration::from_secs(1));
        let wait = Tries::new(&budget).wait(LONG, second, 0.0);
        assert_eq!(wait, second);
        let wait = Tries::new(&budget).wait(Duration::from_millis(900), second, 0.0);
        assert_eq!(wait, None, "there is no time left for it");
    }

    #[test]
    fn an_answer_that_got_lost_leaves_time_for_another_try() {
        let budget = Budget::new();
        let mut tries = Tries::new(&budget);
        assert_eq!(tries.share(LONG), LONG / 2);
        let _ = (tries.wait(LONG, None, 0.0), tries.wait(LONG, None, 0.0));
        assert_eq!(tries.share(LONG), LONG);
    }
}
