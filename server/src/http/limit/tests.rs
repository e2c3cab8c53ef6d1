use std::num::NonZeroU32;
use std::sync::Mutex;
use std::task::Poll;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use governor::clock::FakeRelativeClock;
use governor::{Quota, RateLimiter};
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;

use super::*;
use crate::clock::{Clock, SystemClock, UnixMs};
use crate::config::Config;

mod through_redis;

/// A reference model of the generic cell rate algorithm, compared with governor and the script. Microseconds.
fn model(tat: &mut Option<u64>, now: u64, interval: u64, burst: u64) -> Verdict {
    let due = tat.unwrap_or(now).max(now);
    let earliest = due.saturating_sub(interval * (burst - 1));
    if now < earliest {
        return Verdict {
            allowed: false,
            remaining: 0,
            wait: Duration::from_micros(earliest - now),
        };
    }
    let next = due + interval;
    *tat = Some(next);
    let remaining = (now + interval * burst - next) / interval;
    Verdict {
        allowed: true,
        remaining: u32::try_from(remaining).unwrap(),
        wait: Duration::ZERO,
    }
}

/// Intervals between requests in microseconds: runs of zero, short and long ones, from a small generator with a fixed
/// seed, so that a failure is reproducible.
fn steps() -> impl Iterator<Item = u64> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        match state % 8 {
            0..=4 => 0,
            5 | 6 => state % 300_000,
            _ => state % 9_000_000,
        }
    })
    .take(2000)
}

const RATES: [Rate; 4] = [
    Rate {
        quota: 30,
        window_s: 60,
        burst: 30,
    },
    Rate {
        quota: 600,
        window_s: 60,
        burst: 5,
    },
    Rate {
        quota: 1,
        window_s: 3,
        burst: 1,
    },
    Rate {
        quota: 1000,
        window_s: 1,
        burst: 7,
    },
];

#[test]
fn the_arithmetic_is_governor_s() {
    for rate in RATES {
        let clock = FakeRelativeClock::default();
        let quota = Quota::with_period(interval(rate)).unwrap();
        let quota = quota.allow_burst(NonZeroU32::new(rate.burst).unwrap());
        let limiter = RateLimiter::direct_with_clock(quota, clock.clone());
        let limiter = limiter.with_middleware::<StateInformationMiddleware>();
        let (mut tat, mut now) = (None, 1_000_000_000);
        for step in steps() {
            clock.advance(Duration::from_micros(step));
            now += step;
            let expected = model(&mut tat, now, shared::interval_us(rate), rate.burst.into());
            let found = match limiter.check() {
                Ok(state) => Verdict {
                    allowed: true,
                    remaining: state.remaining_burst_capacity(),
                    wait: Duration::ZERO,
                },
                Err(until) => {
                    use governor::clock::Clock as _;
                    Verdict {
                        allowed: false,
                        remaining: 0,
                        wait: until.wait_time_from(clock.now()),
                    }
                }
            };
            assert_eq!(found, expected, "{rate:?} at {now}");
        }
    }
}

/// A clock that advances only when a test moves it.
struct Standing(Mutex<Instant>);

impl Clock for Standing {
    fn now(&self) -> UnixMs {
        0
    }

    fn monotonic(&self) -> Instant {
        *self.0.lock().unwrap()
    }
}

/// The keys that these limits know.
const KEYS: [(&str, KeyClass); 4] = [
    ("a", KeyClass::Secret),
    ("b", KeyClass::Secret),
    ("page", KeyClass::Page),
    ("other page", KeyClass::Page),
];

struct Bench {
    limits: RateLimits,
    metrics: Metrics,
    clock: Arc<Standing>,
}

/// Waits for Redis as the product does.
fn bench(redis_url: Option<&str>, secret: [u8; 32]) -> Bench {
    bench_waiting(REDIS_TIMEOUT, redis_url, secret)
}

fn bench_waiting(redis_timeout: Duration, redis_url: Option<&str>, secret: [u8; 32]) -> Bench {
    let mut rates = Config::defaults().limits.rate;
    rates.check = Rate {
        quota: 60,
        window_s: 60,
        burst: 2,
    };
    rates.withdraw_per_subject = Rate {
        quota: 1,
        window_s: 60,
        burst: 1,
    };
    rates.anonymous_leaf = Rate {
        quota: 1,
        window_s: 60,
        burst: 1,
    };
    rates.unauthenticated = Rate {
        quota: 1,
        window_s: 60,
        burst: 3,
    };
    rates.withdraw_per_address = Rate {
        quota: 1,
        window_s: 60,
        burst: 3,
    };
    let clock = Arc::new(Standing(Mutex::new(SystemClock.monotonic())));
    let metrics = Metrics::default();
    let limits = RateLimits::new(&LimitSettings {
        rates: &rates,
        trusted_proxy_hops: 1,
        trusted_proxies: &Networks::default(),
        keys: Arc::new(|digest| {
            KEYS.iter()
                .find(|(key, _)| Sha256::digest(key)[..] == digest[..])
                .map(|(key, class)| KnownKey::of(*class, key))
        }),
        redis_url,
        redis_timeout,
        redis_secret: secret,
        environment: Environment {
            clock: clock.clone(),
            ..Environment::system()
        },
        metrics: &metrics,
    });
    Bench {
        limits: limits.unwrap(),
        metrics,
        clock,
    }
}

/// A secret that is unique to a run, so that runs against one Redis do not share counts.
fn fresh_secret() -> [u8; 32] {
    crate::clock::random(&crate::clock::SystemRng)
}

fn app(limits: &RateLimits) -> Router {
    let unknown = async || StatusCode::UNAUTHORIZED;
    Router::new()
        .route("/", get(async || "yes"))
        .route("/unknown", get(unknown))
        .layer(limits.layer(LimitClass::Check))
}

async fn ask(app: &Router, path: &str, token: &str, address: &str) -> Response {
    let request = Request::get(path)
        .header("authorization", format!("Bearer {token}"))
        .header("x-forwarded-for", address)
        .body(Body::empty());
    app.clone().oneshot(request.unwrap()).await.unwrap()
}

/// Two requests may come at once, and the third is told how long to wait, with and without Redis.
async fn third_is_turned_away(bench: &Bench) {
    let app = app(&bench.limits);
    let first = ask(&app, "/", "a", "10.0.0.1").await;
    assert_eq!(first.status(), 200);
    assert_eq!(first.headers()["ratelimit-policy"], "\"check\";q=60;w=60");
    assert_eq!(first.headers()["ratelimit"], "\"check\";r=1;t=1");
    assert!(
        first
            .headers()
            .keys()
            .all(|name| !name.as_str().starts_with("x-ratelimit"))
    );
    assert_eq!(ask(&app, "/", "a", "10.0.0.2").await.status(), 200);
    let third = ask(&app, "/", "a", "10.0.0.3").await;
    assert_eq!(third.status(), 429);
    assert_eq!(third.headers()["retry-after"], "1");
    assert_eq!(third.headers()["ratelimit"], "\"check\";r=0;t=2");
    assert_eq!(third.headers()["content-type"], "application/problem+json");
    assert!(
        third
            .headers()
            .keys()
            .all(|name| !name.as_str().starts_with("x-ratelimit"))
    );
    let body = third.into_body().collect().await.unwrap().to_bytes();
    let body: serde_json::Value = serde_json::from_slice(&body).unwrap();
    assert_eq!(
        body["type"],
        "https://iana.org/assignments/http-problem-types#quota-exceeded"
    );
    assert_eq!(body["violated-policies"], serde_json::json!(["check"]));
    assert_eq!(body["allow"], false);
    assert_eq!(ask(&app, "/", "b", "10.0.0.1").await.status(), 200);
    assert!(
        bench
            .metrics
            .render()
            .contains("samtycke_rate_limited_total{policy=\"check\"} 1\n")
    );
}

#[tokio::test]
async fn excess_requests_get_a_problem_with_retry_after() {
    third_is_turned_away(&bench(None, [0; 32])).await;
}

#[tokio::test]
async fn withdrawals_are_counted_by_subject_of_a_log() {
    let limits = bench(None, [0; 32]).limits;
    limits.withdraw_subject("log", "s_1").await.unwrap();
    let problem = limits.withdraw_subject("log", "s_1").await.unwrap_err();
    assert_eq!(problem.violated_policies, ["withdraw-subject"]);
    assert!((55..=60).contains(&problem.retry_after_s.unwrap()));
    limits.withdraw_subject("log", "s_2").await.unwrap();
    limits.withdraw_subject("other", "s_1").await.unwrap();
}

/// Protects the per-address limit: requests with invented keys, or without a key, share their address's allowance.
#[tokio::test]
async fn made_up_keys_give_no_fresh_allowance() {
    let limits = bench(None, [0; 32]).limits;
    let app = app(&limits);
    for token in ["made-up-1", "made-up-2", ""] {
        let response = ask(&app, "/unknown", token, "10.0.0.1").await;
        assert_eq!(response.status(), 401);
    }
    for token in ["made-up-3", ""] {
        let response = ask(&app, "/unknown", token, "10.0.0.1").await;
        assert_eq!(response.status(), 429);
        assert_eq!(
            response.headers()["ratelimit-policy"],
            "\"unauthenticated\";q=1;w=60"
        );
    }
    assert_eq!(
        ask(&app, "/unknown", "made-up-3", "10.0.0.2")
            .await
            .status(),
        401
    );
}

/// Protects all callers behind one address, such as a proxy's: requests without a valid key leave valid keys' allowance
/// unchanged.
#[tokio::test]
async fn requests_without_a_valid_key_take_nothing_from_valid_keys() {
    for class in [
        LimitClass::Check,
        LimitClass::Record,
        LimitClass::Withdraw,
        LimitClass::Admin,
    ] {
        let limits = bench(None, [0; 32]).limits;
        let app = Router::new()
            .route("/", get(async || "yes"))
            .layer(limits.layer(class));
        while ask(&app, "/", "made-up", "10.0.0.1").await.status() == 200 {}
        for token in ["a", "b", "page", "other page"] {
            let response = ask(&app, "/", token, "10.0.0.1").await;
            assert_eq!(response.status(), 200, "{class:?}, {token}");
        }
    }
}

/// Protects a tenant's server from visitors at its address: a page's key uses a separate allowance.
#[tokio::test]
async fn a_pages_withdrawals_take_nothing_from_a_servers() {
    let limits = bench(None, [0; 32]).limits;
    let app = Router::new()
        .route("/", get(async || "yes"))
        .layer(limits.layer(LimitClass::Withdraw));
    while ask(&app, "/", "page", "10.0.0.1").await.status() == 200 {}
    assert_eq!(ask(&app, "/", "a", "10.0.0.1").await.status(), 200);
    assert_eq!(ask(&app, "/", "page", "10.0.0.2").await.status(), 200);
}

/// Protects tenants' servers from visitors, and the other way round: with any number of page requests in flight, a
/// server's request gets a place.
#[tokio::test]
async fn pages_and_servers_do_not_take_each_others_places() {
    use crate::http::in_flight::InFlight;
    for (busy, free) in [
        ("page", "a"),
        ("a", "page"),
        ("made-up", "a"),
        ("a", "made-up"),
    ] {
        let Bench {
            limits, metrics, ..
        } = bench(None, [0; 32]);
        let never = async || std::future::pending::<&'static str>().await;
        let app = Router::new()
            .route("/", get(async || "yes"))
            .route("/never", get(never))
            .layer((
                limits.layer(LimitClass::Record),
                MiddlewareLayer(InFlight::new(1, "ordinary", &metrics)),
            ));
        let mut in_work = Box::pin(ask(&app, "/never", busy, "10.0.0.1"));
        let begun = std::future::poll_fn(|cx| Poll::Ready(in_work.as_mut().poll(cx))).await;
        assert!(begun.is_pending());
        assert_eq!(ask(&app, "/", busy, "10.0.0.1").await.status(), 503);
        assert_eq!(ask(&app, "/", free, "10.0.0.1").await.status(), 200);
    }
}

#[tokio::test]
async fn sweeping_drops_what_says_nothing_any_more() {
    let limits = bench(None, [0; 32]).limits;
    let app = Router::new()
        .route("/", get(async || "yes"))
        .layer(limits.layer(LimitClass::Public));
    ask(&app, "/", "", "10.0.0.1").await;
    limits.withdraw_subject("log", "s_1").await.unwrap();
    assert_eq!(limits.states(), 2);
    // The public allowance is full again after 5 ms, the subject's after 60 s.
    while limits.states() == 2 {
        tokio::task::yield_now().await;
        limits.sweep();
    }
    assert_eq!(limits.states(), 1);
}

#[tokio::test]
async fn without_redis_the_process_counts_by_itself() {
    // No process listens on this port after it was released.
    let port = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port();
    let bench = bench(Some(&format!("redis://127.0.0.1:{port}")), [0; 32]);
    third_is_turned_away(&bench).await;
    assert!(
        bench
            .metrics
            .render()
            .contains("samtycke_rate_limit_fallbacks_total 4\n")
    );
}
