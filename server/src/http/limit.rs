//! Rate limits per caller.
//!
//! Requests are counted by key, or by address if they have no valid key; the two never share an allowance. Within one
//! process governor counts. With Redis or Valkey the same algorithm runs there, so that several servers share one
//! allowance. Redis can only reject requests; while it is unavailable, each server counts by itself.
//!
//! Generic cell rate algorithm: `burst` requests may come at once, and one is regained every `window / quota`.

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

pub use caller::{Bucket, Caller, KeyClass, KnownKey, KnownKeys, Net};
pub use layer::{Limit, LimitLayer};

use caller::{Callers, DrawnBucket};
use headers::Allowance;
use proxies::Proxies;
use shared::{Shared, Verdict};

/// Interval at which the states of unused allowances are dropped.
const SWEEP_INTERVAL: Duration = Duration::from_mins(1);

/// Time limit for Redis in the product; it usually takes 0.1 ms. The server tries twice, so a request waits 100 ms at
/// most.
pub const REDIS_TIMEOUT: Duration = Duration::from_millis(50);

/// The allowance that a route uses. If a class counts by key, a request without a valid key uses its address's
/// allowance of unauthenticated requests, whatever the class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LimitClass {
    /// Checks: by key.
    Check,
    /// Records and other events: by key.
    Record,
    /// Tallies: records with the key in the path; by address.
    Tally,
    /// Withdrawals: by key. For browsers the handler also calls [`RateLimits::withdraw_subject`].
    Withdraw,
    /// Public resources: by address.
    Public,
    /// Administration by staff: by key.
    Admin,
}

/// Parameters of the limits.
pub struct LimitSettings<'a> {
    /// Allowances of each class.
    pub rates: &'a Rates,
    /// Number of trusted proxy entries in `X-Forwarded-For`, if no networks are named.
    pub trusted_proxy_hops: usize,
    /// Networks of the trusted proxies.
    pub trusted_proxies: &'a Networks,
    /// Looks up the live keys that this server knows.
    pub keys: KnownKeys,
    /// Address of Redis or Valkey.
    pub redis_url: Option<&'a str>,
    /// Time limit for one answer of Redis: [`REDIS_TIMEOUT`], or more in a test that is not about slowness.
    pub redis_timeout: Duration,
    /// Keys the digests in Redis: addresses have so few values that a reader of Redis could guess the input of a plain
    /// digest. All servers that share counts need the same secret.
    pub redis_secret: [u8; 32],
    /// Clock and random source.
    pub environment: Environment,
    /// Counts refusals and fallbacks.
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
    anonymous_leaf: Arc<Policy>,
    callers: Callers,
    shared: Option<Shared>,
}

/// One allowance with its counts in this process.
struct Policy {
    name: &'static str,
    rate: Rate,
    local: GovernorConfig<DrawnBucket, StateInformationMiddleware>,
    refused: Counter,
    header: axum::http::HeaderValue,
}

impl RateLimits {
    /// Builds the limits. With `redis_url` it must run in a tokio runtime; it does not wait for a connection to Redis.
    ///
    /// # Errors
    /// The address of Redis does not parse.
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
            public: policy("public", rates.public),
            admin: policy("admin", rates.admin),
            unauthenticated: policy("unauthenticated", rates.unauthenticated),
            anonymous_leaf: policy("anonymous-leaf", rates.anonymous_leaf),
            callers: Callers::new(
                settings.keys.clone(),
                Proxies::new(
                    settings.trusted_proxy_hops,
                    settings.trusted_proxies.clone(),
                    settings.metrics,
                ),
            ),
            shared,
        })))
    }

    /// Checks at start that Redis, where there is one, takes this server's commands. `url` is its address.
    ///
    /// # Errors
    /// What to do, where Redis refuses for good: a wrong password, a missing right.
    pub async fn check_redis(url: &str) -> Result<(), String> {
        let place = url.rsplit_once('@').map_or(url, |(_, place)| place);
        Shared::check(url, place).await
    }

    /// Whether a proxy that is not trusted named a client's address since the server started: then all clients behind it
    /// are counted as one.
    pub fn has_ignored_proxy(&self) -> bool {
        self.0.callers.has_ignored_proxy()
    }

    /// The layer that counts the requests of a class and rejects those over the limit.
    pub fn layer(&self, class: LimitClass) -> LimitLayer {
        MiddlewareLayer(Limit {
            limits: self.clone(),
            class,
        })
    }

    /// The policy and the bucket that count a request of this class.
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
            // Behind a proxy that nobody declared, everybody has one address, and one person's refusals must not use up
            // another's. Whoever makes up the header gets as much as a tenant's server, and a share of the places.
            (LimitClass::Withdraw, Some(KeyClass::Page)) if caller.is_shared() => {
                (&inner.withdraw_per_key, caller.bucket())
            }
            (LimitClass::Withdraw, Some(KeyClass::Page)) => {
                (&inner.withdraw_per_address, caller.bucket())
            }
        };
        (policy.clone(), bucket)
    }

    /// Counts a withdrawal of this subject of this log. Call it only for a browser that has proven that it acts for the
    /// subject; otherwise anyone who knows the subject's id could exhaust the person's allowance.
    ///
    /// # Errors
    /// `QUOTA_EXCEEDED`, with the time to wait.
    pub async fn withdraw_subject(&self, log: &str, subject: &str) -> Result<(), Problem> {
        self.take(&self.0.withdraw_per_subject, log, subject).await
    }

    /// Counts a leaf that a page writes about a subject that its browser has made itself, by site.
    ///
    /// # Errors
    /// `QUOTA_EXCEEDED`, with the time to wait.
    pub async fn anonymous_leaf(&self, log: &str, site: &str) -> Result<(), Problem> {
        self.take(&self.0.anonymous_leaf, log, site).await
    }

    /// Counts one of a log, by something within it.
    async fn take(&self, policy: &Policy, log: &str, within: &str) -> Result<(), Problem> {
        let mut digest = Sha256::new();
        digest.update(log.as_bytes());
        // Neither value contains a line feed, so no other pair gives the same bytes.
        digest.update(b"\n");
        digest.update(within.as_bytes());
        let bucket = Bucket::Subject(caller::first_half(&digest.finalize()));
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

    /// Drops the states of callers with a full allowance; otherwise states would accumulate.
    pub fn sweep(&self) {
        for policy in self.0.policies() {
            policy.local.limiter().retain_recent();
            policy.local.limiter().shrink_to_fit();
        }
    }

    /// Sweeps each minute until the last clone of these limits is dropped.
    pub async fn sweep_forever(self) {
        loop {
            tokio::time::sleep(SWEEP_INTERVAL).await;
            self.sweep();
        }
    }

    /// Number of callers' states in this process.
    pub fn states(&self) -> usize {
        self.0
            .policies()
            .iter()
            .map(|policy| policy.local.limiter().len())
            .sum()
    }

    /// The verdict of Redis; `None` if Redis is not configured or does not answer.
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
    fn policies(&self) -> [&Policy; 9] {
        [
            &self.check,
            &self.record,
            &self.withdraw_per_key,
            &self.withdraw_per_address,
            &self.withdraw_per_subject,
            &self.public,
            &self.admin,
            &self.unauthenticated,
            &self.anonymous_leaf,
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

    /// Counts a request in this process.
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

    /// Counts a refusal and returns the problem with the wait in whole seconds, rounded up, never 0.
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

/// Time until one request is regained; at least a nanosecond.
fn interval(rate: Rate) -> Duration {
    let nanos = u64::from(rate.window_s) * 1_000_000_000 / u64::from(rate.quota.max(1));
    Duration::from_nanos(nanos.max(1))
}

#[cfg(test)]
mod tests;
