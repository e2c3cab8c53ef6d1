//! Tests against a real Redis or Valkey; tests/services.sh provides its address.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

use super::*;

/// Longer than a loaded test machine delays any answer: these tests are about what Redis counts, not about its speed.
const PATIENCE: Duration = Duration::from_mins(1);

/// Limits that wait for the test's Redis.
fn patient(secret: [u8; 32]) -> Bench {
    bench_waiting(PATIENCE, Some(&redis_url()), secret)
}

fn redis_url() -> String {
    std::env::var("SAMTYCKE_TEST_REDIS_URL").expect("run through tests/services.sh")
}

fn redis_address() -> String {
    let url = redis_url();
    let address = url.strip_prefix("redis://").unwrap();
    address.trim_end_matches('/').to_owned()
}

#[tokio::test]
async fn servers_share_one_allowance_through_redis() {
    let secret = fresh_secret();
    let one = patient(secret);
    let two = patient(secret);
    assert_eq!(
        ask(&app(&one.limits), "/", "a", "10.0.0.1").await.status(),
        200
    );
    assert_eq!(
        ask(&app(&two.limits), "/", "a", "10.0.0.1").await.status(),
        200
    );
    assert_eq!(
        ask(&app(&one.limits), "/", "a", "10.0.0.1").await.status(),
        429
    );
    assert_eq!(
        ask(&app(&two.limits), "/", "a", "10.0.0.1").await.status(),
        429
    );
    one.limits.withdraw_subject("log", "s_1").await.unwrap();
    two.limits.withdraw_subject("log", "s_1").await.unwrap_err();
    one.limits.anonymous_leaf("log", "site").await.unwrap();
    two.limits.anonymous_leaf("log", "site").await.unwrap_err();
    two.limits.anonymous_leaf("log", "other").await.unwrap();
    assert_eq!(one.limits.states() + two.limits.states(), 0);
    assert!(
        one.metrics
            .render()
            .contains("samtycke_rate_limit_fallbacks_total 0\n")
    );
    third_is_turned_away(&patient(fresh_secret())).await;
}

#[tokio::test]
async fn the_script_s_arithmetic_is_governor_s() {
    let bench = patient(fresh_secret());
    let shared = bench.limits.0.shared.as_ref().unwrap();
    for (n, rate) in RATES.into_iter().enumerate() {
        // Redis drops a state in real time. At a thousandth of the rate, no pause of the test machine is long enough.
        let rate = Rate {
            window_s: rate.window_s * 1_000,
            ..rate
        };
        let key = shared.key("test", &Bucket::Subject([u8::try_from(n).unwrap(); 16]));
        let (mut tat, mut now) = (None, 4_000_000_000_000_000);
        for step in steps().take(300) {
            now += step * 1_000;
            let expected = model(&mut tat, now, shared::interval_us(rate), rate.burst.into());
            assert_eq!(
                shared.ask(&key, rate, now).await.unwrap(),
                expected,
                "{rate:?} at {now}"
            );
        }
    }
}

#[test]
fn redis_gets_nothing_but_a_keyed_digest() {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let _entered = runtime.enter();
    let key = |secret| {
        let bench = bench(Some("redis://127.0.0.1:1"), secret);
        let bucket = Bucket::Address(Net::of("192.0.2.1".parse().unwrap()));
        bench
            .limits
            .0
            .shared
            .as_ref()
            .unwrap()
            .key("check", &bucket)
    };
    let one = key([1; 32]);
    assert_eq!(one.len(), "samtycke:rate:{}".len() + 32);
    assert!(one.starts_with("samtycke:rate:{") && one.ends_with('}'));
    assert_ne!(one, key([2; 32]));
}

/// Protects a person's only withdrawal of a minute: Redis has counted a request whose answer comes too late, so asking
/// again would refuse it.
#[tokio::test]
async fn a_late_answer_is_not_asked_for_again() {
    let late = between(Fault::LateAnswer).await;
    let late = bench_waiting(Duration::from_millis(300), Some(&late), fresh_secret());
    late.limits.withdraw_subject("log", "s_0").await.unwrap();
    late.limits.withdraw_subject("log", "s_1").await.unwrap();
}

/// Redis has counted a request although the connection was lost before its answer.
#[tokio::test]
async fn a_lost_answer_counts_against_nobody() {
    let lost = between(Fault::LostConnection).await;
    let lost = bench_waiting(PATIENCE, Some(&lost), fresh_secret());
    lost.limits.withdraw_subject("log", "s_0").await.unwrap();
    lost.limits.withdraw_subject("log", "s_1").await.unwrap();
    lost.limits
        .withdraw_subject("log", "s_1")
        .await
        .unwrap_err();
    let text = lost.metrics.render();
    assert!(text.contains("samtycke_rate_limit_fallbacks_total 1\n"));
}

#[derive(Clone, Copy, PartialEq)]
enum Fault {
    /// The second request is answered once a third has been sent.
    LateAnswer,
    /// The connection ends when the second request has been answered, and its answer is lost.
    LostConnection,
}

/// The address of a Redis with this fault.
async fn between(fault: Fault) -> String {
    // Redis knows the script from here on, so that a count is one command.
    let known = patient(fresh_secret()).limits;
    known.withdraw_subject("log", "s").await.unwrap();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let real = redis_address();
    tokio::spawn(async move {
        let (count, counted) = tokio::sync::watch::channel(0);
        loop {
            let (here, _) = listener.accept().await.unwrap();
            let there = TcpStream::connect(&real).await.unwrap();
            pass_on(fault, here, there, &count, counted.clone()).await;
        }
    });
    format!("redis://{address}")
}

async fn pass_on(
    fault: Fault,
    here: TcpStream,
    there: TcpStream,
    count: &tokio::sync::watch::Sender<usize>,
    mut counted: tokio::sync::watch::Receiver<usize>,
) {
    let (mut asked, mut to_client) = here.into_split();
    let (mut answered, mut to_redis) = there.into_split();
    let requests = async {
        let mut bytes = [0; 4096];
        while let Ok(n @ 1..) = asked.read(&mut bytes).await {
            let found = bytes[..n].windows(7).filter(|found| found == b"EVALSHA");
            count.send_modify(|count| *count += found.count());
            to_redis.write_all(&bytes[..n]).await.unwrap();
        }
    };
    let answers = async {
        let mut bytes = [0; 4096];
        while let Ok(n @ 1..) = answered.read(&mut bytes).await {
            if *counted.borrow() == 2 {
                if fault == Fault::LostConnection {
                    return count.send_modify(|count| *count += 1);
                }
                counted.wait_for(|count| *count != 2).await.unwrap();
            }
            to_client.write_all(&bytes[..n]).await.unwrap();
        }
    };
    tokio::select! {
        () = requests => {}
        () = answers => {}
    }
}

/// Redis fails, returns, and is used again.
#[tokio::test]
async fn redis_is_used_again_when_it_is_back() {
    let real = redis_address();
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let bench = bench(Some(&format!("redis://{address}")), fresh_secret());
    let fallbacks = bench
        .metrics
        .counter("samtycke_rate_limit_fallbacks_total", "", &[]);
    bench.limits.withdraw_subject("log", "s_1").await.unwrap();
    assert_eq!(fallbacks.get(), 1);
    // While Redis is unavailable, no request tries it.
    bench.limits.withdraw_subject("log", "s_2").await.unwrap();
    assert_eq!(fallbacks.get(), 2);
    let listener = TcpListener::bind(address).await.unwrap();
    tokio::spawn(async move {
        while let Ok((mut here, _)) = listener.accept().await {
            let mut there = TcpStream::connect(&real).await.unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut here, &mut there).await });
        }
    });
    let is_used = async {
        for n in 0.. {
            *bench.clock.0.lock().unwrap() += Duration::from_millis(1001);
            let before = fallbacks.get();
            bench
                .limits
                .withdraw_subject("log", &format!("s_back_{n}"))
                .await
                .unwrap();
            if fallbacks.get() == before {
                return;
            }
            tokio::task::yield_now().await;
        }
    };
    let in_time = tokio::time::timeout(Duration::from_secs(20), is_used).await;
    in_time.expect("Redis is back and is used");
}
