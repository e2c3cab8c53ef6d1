//! The same algorithm in Redis or Valkey, so that several servers share one allowance.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, IntoConnectionInfo as _, RedisError, Script};
use sha2::{Digest as _, Sha256};

use super::{Bucket, LimitSettings};
use crate::clock::Environment;
use crate::config::Rate;
use crate::metrics::Counter;

/// Time limit for Redis at start, where a connection is made too.
const START_TIMEOUT: Duration = Duration::from_secs(2);

/// How long Redis is skipped after two failures. While it is unavailable, only one request a second waits for it.
const AWAY: Duration = Duration::from_secs(1);

/// Generic cell rate algorithm, as governor computes it. Times are whole microseconds, which a Lua number holds
/// exactly (2^53 us is the year 2255). ARGV: interval, burst, and now; now is 0 for the time of Redis, which all
/// servers share. Returns whether the request is allowed, what remains, and how long to wait.
const GCRA: &str = r"
local interval, burst, now = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
if now == 0 then
  local time = redis.call('TIME')
  now = tonumber(time[1]) * 1000000 + tonumber(time[2])
end
local tat = math.max(tonumber(redis.call('GET', KEYS[1])) or now, now)
local earliest = tat - interval * (burst - 1)
if now < earliest then
  return {0, 0, earliest - now}
end
local next = tat + interval
redis.call('SET', KEYS[1], string.format('%.0f', next), 'PX', math.ceil((next - now) / 1000))
return {1, math.floor((now + interval * burst - next) / interval), 0}
";

/// The decision about one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    /// Whether the request may proceed.
    pub(super) allowed: bool,
    /// Number of requests that may still come at once.
    pub(super) remaining: u32,
    /// Time until the next request may come; zero if it is allowed.
    pub(super) wait: Duration,
}

pub(super) struct Shared {
    connection: ConnectionManager,
    script: Script,
    secret: [u8; 32],
    environment: Environment,
    answer_timeout: Duration,
    away_until: Mutex<Option<Instant>>,
    fallbacks: Counter,
}

impl Shared {
    pub(super) fn new(url: &str, settings: &LimitSettings<'_>) -> Result<Self, RedisError> {
        // Without nodelay the kernel delays small commands by up to 40 ms.
        let tcp = redis::io::tcp::TcpSettings::default().set_nodelay(true);
        let client = Client::open(url.into_connection_info()?.set_tcp_settings(tcp))?;
        let answer_timeout = settings.redis_timeout;
        // Only `count` ends a wait: it knows that Redis may have counted.
        let config = ConnectionManagerConfig::new()
            .set_response_timeout(None)
            .set_connection_timeout(Some(answer_timeout * 10));
        let help = "Requests that were counted by this server alone because Redis was away.";
        Ok(Self {
            connection: ConnectionManager::new_lazy_with_config(client, config)?,
            script: Script::new(GCRA),
            secret: settings.redis_secret,
            environment: settings.environment.clone(),
            answer_timeout,
            away_until: Mutex::new(None),
            fallbacks: settings
                .metrics
                .counter("samtycke_rate_limit_fallbacks_total", help, &[]),
        })
    }

    /// Whether Redis takes this server's commands.
    ///
    /// # Errors
    /// What to do, where Redis answers and refuses: that will not mend itself. Redis that does not answer is no error,
    /// because it may come back.
    pub(super) async fn check(url: &str, place: &str) -> Result<(), String> {
        let connect = async {
            let client = Client::open(url)?;
            client.get_multiplexed_async_connection().await.map(drop)
        };
        let error = match tokio::time::timeout(START_TIMEOUT, connect).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error,
            Err(_) => {
                warn_away();
                return Ok(());
            }
        };
        let is_refused = error.kind() == redis::ErrorKind::AuthenticationFailed
            || matches!(error.code(), Some("WRONGPASS" | "NOAUTH" | "NOPERM"));
        if !is_refused {
            warn_away();
            return Ok(());
        }
        Err(format!(
            "Redis at {place} refused the user or the password; correct redis_url, or leave it out, so that each server \
             counts by itself"
        ))
    }

    /// Counts a request in Redis; `None` if Redis does not answer, and then the caller counts in this process.
    pub(super) async fn take(&self, policy: &str, rate: Rate, bucket: &Bucket) -> Option<Verdict> {
        let verdict = if self.is_away() {
            None
        } else {
            self.count(&self.key(policy, bucket), rate).await
        };
        if verdict.is_none() {
            self.fallbacks.increment();
        }
        verdict
    }

    /// Asks once more only if the connection was lost: it may be an old one. Redis may have counted this request before
    /// the loss, so a second answer refuses nobody; and it has counted one whose answer is late, so that is not asked
    /// for again.
    async fn count(&self, key: &str, rate: Rate) -> Option<Verdict> {
        for is_first in [true, false] {
            let asked = self.ask(key, rate, 0);
            match tokio::time::timeout(self.answer_timeout, asked).await {
                Ok(Ok(verdict)) => {
                    if self.away_until().take().is_some() {
                        tracing::info!("Redis answers again: servers share their limits");
                    }
                    return Some(verdict).filter(|verdict| is_first || verdict.allowed);
                }
                Ok(Err(_)) => {}
                Err(_) => break,
            }
        }
        if self.go_away() {
            warn_away();
        }
        None
    }

    /// `now` is in microseconds; 0 selects the time of Redis.
    pub(super) async fn ask(&self, key: &str, rate: Rate, now: u64) -> Result<Verdict, RedisError> {
        let mut connection = self.connection.clone();
        let (allowed, remaining, wait): (u8, u32, u64) = self
            .script
            .key(key)
            .arg(interval_us(rate))
            .arg(rate.burst)
            .arg(now)
            .invoke_async(&mut connection)
            .await?;
        Ok(Verdict {
            allowed: allowed == 1,
            remaining,
            wait: Duration::from_micros(wait),
        })
    }

    /// The Redis key: only a keyed digest, in the braces by which a cluster selects the node.
    pub(super) fn key(&self, policy: &str, bucket: &Bucket) -> String {
        let mut digest = Sha256::new();
        digest.update(self.secret);
        digest.update(policy.as_bytes());
        digest.update(b"\n");
        digest.update(bucket.bytes());
        format!(
            "samtycke:rate:{{{}}}",
            hex::encode(&digest.finalize()[..16])
        )
    }

    fn is_away(&self) -> bool {
        let mut away_until = self.away_until();
        let now = self.environment.clock.monotonic();
        match *away_until {
            Some(until) if now < until => true,
            Some(_) => {
                // This request tries Redis; until it has a result, all others skip Redis.
                *away_until = Some(now + AWAY);
                false
            }
            None => false,
        }
    }

    fn away_until(&self) -> MutexGuard<'_, Option<Instant>> {
        // A panic cannot leave the instant in an invalid state.
        self.away_until
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Marks Redis as unavailable; returns whether it was available until now.
    fn go_away(&self) -> bool {
        let mut away_until = self.away_until();
        let was_there = away_until.is_none();
        *away_until = Some(self.environment.clock.monotonic() + AWAY);
        was_there
    }
}

fn warn_away() {
    tracing::warn!("Redis does not answer: each server counts requests by itself until it does");
}

/// Microseconds until one request is regained; at least 1.
pub(super) fn interval_us(rate: Rate) -> u64 {
    (u64::from(rate.window_s) * 1_000_000 / u64::from(rate.quota.max(1))).max(1)
}
