//! How often one caller may come.
//!
//! Callers are counted by key, and by address where there is no valid key; the two never draw on one allowance. In the
//! process governor counts; with Redis or Valkey the same arithmetic runs there, so that several servers share one
//! allowance. Redis only ever turns requests away: without it each server goes back to counting by itself.
//!
//! Generic cell rate algorithm: `burst` requests may come at once, and one comes back every `window / quota`.

use std::sync::Arc;
use std::time::Duration;

use governor::clock::DefaultClock;
use governor::middleware::StateInformationMiddleware;
use samtycke_core::problem::{Problem, ProblemKind};
use sha2::{Digest as _, Sha256};
use tower_governor::governor::{GovernorConfig, GovernorConfigBuilder};

use crate::clock::Environment;
use crate::config::{Networks, Rate, Rates};
use crate::http::middleware::MiddlewareLayer;
use crate::metrics::{Counter, Metrics};

mod caller;
mod headers;
mod layer;
mod proxies;
mod shared;

pub use caller::{Bucket, Caller, KeyClass, KnownKeys, Net};
pub use layer::{Limit, LimitLayer};

use caller::{Callers, DrawnBucket};
use headers::Allowance;
use proxies::Proxies;
use shared::{Shared, Verdict};

/// How often states that say nothing any more are dropped.
const SWEEP_INTERVAL: Duration = Duration::from_mins(1);

/// Which allowance a route draws on. Where a class counts by key, a request without a valid one draws on the allowance
/// of unauthenticated requests of its address, whatever the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitClass {
    /// Checks: by key.
    Check,
    /// Records and other events: by key.
    Record,
    /// Tallies: records whose key stands in the path; by address.
    Tally,
    /// Withdrawals: by key. The handler also asks [`RateLimits::withdraw_subject`] about a browser's.
    Withdraw,
    /// What anybody may read: by address.
    Public,
    /// What people do: by key.
    Admin,
}

/// Everything that is needed to build the limits.
pub struct LimitSettings<'a> {
    /// Allowances.
    pub rates: &'a Rates,
    /// How many proxies' entries in `X-Forwarded-For` are believed, where no networks are named.
    pub trusted_proxy_hops: usize,
    /// Where the proxies are whose entries are believed.
    pub trusted_proxies: &'a Networks,
    /// The live keys that this server knows.
    pub keys: KnownKeys,
    /// Redis or Valkey.
    pub redis_url: Option<&'a str>,
    /// Makes what Redis holds useless to whoever reads it: an address has so few values that a plain digest could be
    /// tried out. The same on all servers that share.
    pub redis_secret: [u8; 32],
    /// Time.
    pub environment: Environment,
    /// Where refusals and fallbacks are counted.
    pub metrics: &'a Metrics,
}

/// The limits of one server. Clones share their counts.
#[derive(Clone)]
pub struct RateLimits(Arc<Inner>);

struct Inner {
    check: Arc<Policy>,
    record: Arc<Policy>,
    withdraw_per_key: Arc<Policy>,
    withdraw_per_address: Arc<Policy>,
    withdraw_per_subject: Arc<Policy>,
    public: Arc<Policy>,
    admin: Arc<Policy>,
    unauthenticated: Arc<Policy>,
    callers: Callers,
    shared: Option<Shared>,
}

/// The policy of files and pages.
const PUBLIC: &str = "public";

/// One allowance and its counts in this process.
struct Policy {
    name: &'static str,
    rate: Rate,
    local: GovernorConfig<DrawnBucket, StateInformationMiddleware>,
    refused: Counter,
    header: axum::http::HeaderValue,
}

impl RateLimits {
    /// The limits. With `redis_url`, must be called in a tokio runtime; it does not wait for Redis to be there.
    ///
    /// # Errors
    /// The address of Redis cannot be understood.
    pub fn new(settings: &LimitSettings<'_>) -> Result<Self, redis::RedisError> {
        let shared = settings
            .redis_url
            .map(|url| Shared::new(url, settings))
            .transpose()?;
        let policy = |name, rate| Arc::new(Policy::new(name, rate, settings.metrics));
        let rates = settings.rates;
        Ok(Self(Arc::new(Inner {
            check: policy("check", rates.check),
            record: policy("record", rates.record),
            withdraw_per_key: policy("withdraw-key", rates.withdraw_per_key),
            withdraw_per_address: policy("withdraw", rates.withdraw_per_address),
            withdraw_per_subject: policy("withdraw-subject", rates.withdraw_per_subject),
            public: policy(PUBLIC, rates.public),
            admin: policy("admin", rates.admin),
            unauthenticated: policy("unauthenticated", rates.unauthenticated),
            callers: Callers::new(
                settings.keys.clone(),
                Proxies::new(
                    settings.trusted_proxy_hops,
                    settings.trusted_proxies.clone(),
                ),
            ),
            shared,
        })))
    }

    /// The layer that counts the requests of a class and turns away what is too much.
    pub fn layer(&self, class: LimitClass) -> LimitLayer {
        MiddlewareLayer(Limit {
            limits: self.clone(),
            class,
        })
    }

    /// The allowance that a request of this class draws on, and whose it is.
    fn allowance(&self, class: LimitClass, caller: &Caller) -> (Arc<Policy>, Bucket) {
        let inner = &self.0;
        let (policy, bucket) = match (class, caller.key_class()) {
            (LimitClass::Public, _) => (&inner.public, caller.address()),
            (LimitClass::Tally, _) => (&inner.record, caller.address()),
            (_, None) => (&inner.unauthenticated, caller.address()),
            (LimitClass::Check, Some(_)) => (&inner.check, caller.bucket()),
            (LimitClass::Record, Some(_)) => (&inner.record, caller.bucket()),
            (LimitClass::Admin, Some(_)) => (&inner.admin, caller.bucket()),
            (LimitClass::Withdraw, Some(KeyClass::Secret)) => {
                (&inner.withdraw_per_key, caller.bucket())
            }
            (LimitClass::Withdraw, Some(KeyClass::Page)) => {
                (&inner.withdraw_per_address, caller.bucket())
            }
        };
        (policy.clone(), bucket)
    }

    /// Counts a withdrawal of this subject of this log. Only for a browser that has proven that it acts for the subject:
    /// otherwise anyone who knows the subject's id could use up the person's allowance.
    ///
    /// # Errors
    /// `QUOTA_EXCEEDED`, with when to come again.
    pub async fn withdraw_subject(&self, log: &str, subject: &str) -> Result<(), Problem> {
        let mut digest = Sha256::new();
        digest.update(log.as_bytes());
        // Neither of the two holds a line feed, so no other pair makes the same bytes.
        digest.update(b"\n");
        digest.update(subject.as_bytes());
        let bucket = Bucket::Subject(caller::first_half(&digest.finalize()));
        let policy = &self.0.withdraw_per_subject;
        let verdict = match self.shared(policy, &bucket).await {
            Some(verdict) => verdict,
            None => policy.take(&bucket),
        };
        if verdict.allowed {
            Ok(())
        } else {
            Err(policy.refuse(verdict.wait))
        }
    }

    /// Drops the states of callers whose allowance is whole again; without it they pile up.
    pub fn sweep(&self) {
        for policy in self.0.policies() {
            policy.local.limiter().retain_recent();
            policy.local.limiter().shrink_to_fit();
        }
    }

    /// Sweeps each minute, until the last clone of these limits is gone.
    pub async fn sweep_forever(self) {
        loop {
            tokio::time::sleep(SWEEP_INTERVAL).await;
            self.sweep();
        }
    }

    /// How many callers' states this process holds.
    pub fn states(&self) -> usize {
        self.0
            .policies()
            .iter()
            .map(|policy| policy.local.limiter().len())
            .sum()
    }

    /// What Redis says, if there is one and it answers.
    async fn shared(&self, policy: &Policy, bucket: &Bucket) -> Option<Verdict> {
        self.0
            .shared
            .as_ref()?
            .take(policy.name, policy.rate, bucket)
            .await
    }
}

impl std::fmt::Debug for RateLimits {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RateLimits")
    }
}

impl Inner {
    fn policies(&self) -> [&Policy; 8] {
        [
            &self.check,
            &self.record,
            &self.withdraw_per_key,
            &self.withdraw_per_address,
            &self.withdraw_per_subject,
            &self.public,
            &self.admin,
            &self.unauthenticated,
        ]
    }
}

impl Policy {
    fn new(name: &'static str, rate: Rate, metrics: &Metrics) -> Self {
        let help = "Requests turned away because their caller came too often.";
        let local = GovernorConfigBuilder::default()
            .key_extractor(DrawnBucket)
            .period(interval(rate))
            .burst_size(rate.burst)
            .use_headers()
            .finish();
        Self {
            name,
            rate,
            local: local
                .expect("an interval is at least a nanosecond; the settings refuse a burst of 0"),
            refused: metrics.counter("samtycke_rate_limited_total", help, &[("policy", name)]),
            header: headers::policy(name, rate),
        }
    }

    /// Counts in this process.
    fn take(&self, bucket: &Bucket) -> Verdict {
        use governor::clock::Clock as _;
        match self.local.limiter().check_key(bucket) {
            Ok(state) => Verdict {
                allowed: true,
                remaining: state.remaining_burst_capacity(),
                wait: Duration::ZERO,
            },
            Err(until) => Verdict {
                allowed: false,
                remaining: 0,
                wait: until.wait_time_from(DefaultClock::default().now()),
            },
        }
    }

    /// Counts a refusal and says when to come again: whole seconds, upwards, never 0.
    fn refuse(&self, wait: Duration) -> Problem {
        self.refused.increment();
        Problem::new(ProblemKind::QuotaExceeded)
            .violated_policy(self.name)
            .retry_after(headers::seconds_up(wait).max(1))
    }

    fn allowance(&self, remaining: u32) -> Allowance {
        Allowance {
            remaining,
            full_in: interval(self.rate) * self.rate.burst.saturating_sub(remaining),
        }
    }
}

/// How long it takes until one request comes back; at least a nanosecond.
fn interval(rate: Rate) -> Duration {
    let nanos = u64::from(rate.window_s) * 1_000_000_000 / u64::from(rate.quota.max(1));
    Duration::from_nanos(nanos.max(1))
}

#[cfg(test)]
mod tests;
