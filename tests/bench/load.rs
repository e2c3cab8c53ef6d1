//! Load: closed loops for throughput, a fixed rate for latency.

use std::io::{Read as _, Write as _};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use samtycke_server::clock::{Clock as _, SystemClock};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::Barrier;

use super::Fallible;
use super::http::{ANSWER_BYTES_MAX, answered};

/// How long a client at a fixed rate waits for a response before the run counts as broken.
const ANSWER_WAIT_MAX: Duration = Duration::from_secs(20);

/// The requests of one connection.
pub(crate) trait Requests: Send + 'static {
    /// The next request, complete.
    fn next(&mut self) -> &[u8];
}

/// The result of one turn.
#[derive(Debug, Default)]
pub(crate) struct Turn {
    /// Successful responses.
    pub(crate) answers: u64,
    /// Other responses.
    pub(crate) failures: u64,
    /// From the first request to the last response.
    pub(crate) took: Duration,
    /// Latencies in nanoseconds, ascending.
    latencies: Vec<u32>,
}

impl Turn {
    /// Successful responses per second.
    pub(crate) fn rate(&self) -> f64 {
        count(self.answers) / self.took.as_secs_f64().max(1e-9)
    }

    /// The latency, in microseconds, that this share of the responses did not exceed.
    pub(crate) fn latency_us(&self, permille: usize) -> f64 {
        let last = self.latencies.len().saturating_sub(1);
        self.latencies
            .get(last * permille / 1000)
            .map_or(0.0, |nanos| f64::from(*nanos) / 1e3)
    }

    fn of(parts: Vec<Part>, took: Duration) -> Self {
        let mut turn = Self {
            took,
            ..Self::default()
        };
        for part in parts {
            turn.answers += part.answers;
            turn.failures += part.failures;
            turn.latencies.extend(part.latencies);
        }
        turn.latencies.sort_unstable();
        turn
    }
}

/// A count as a floating-point number; exact below 2^53.
#[expect(clippy::cast_precision_loss, reason = "no benchmark counts to 2^53")]
pub(crate) fn count(value: u64) -> f64 {
    value as f64
}

/// The result of one connection.
#[derive(Debug, Default)]
struct Part {
    answers: u64,
    failures: u64,
    latencies: Vec<u32>,
}

impl Part {
    fn note(&mut self, is_success: bool, took: Duration) {
        *(if is_success {
            &mut self.answers
        } else {
            &mut self.failures
        }) += 1;
        // At most 4.29 s; a longer wait is recorded as that.
        self.latencies
            .push(u32::try_from(took.as_nanos()).unwrap_or(u32::MAX));
    }
}

/// Each connection sends its next request when it has the last response. The first is not counted, because the
/// connection is cold.
pub(crate) async fn closed_loop<R: Requests>(
    address: SocketAddr,
    connections: usize,
    time: Duration,
    requests: impl Fn(usize) -> R,
) -> Fallible<Turn> {
    let ready = Arc::new(Barrier::new(connections + 1));
    let tasks: Vec<_> = (0..connections)
        .map(|i| tokio::spawn(one_closed(address, time, requests(i), ready.clone())))
        .collect();
    ready.wait().await;
    let started = SystemClock.monotonic();
    let mut parts = Vec::with_capacity(connections);
    for task in tasks {
        parts.push(task.await??);
    }
    Ok(Turn::of(parts, SystemClock.monotonic() - started))
}

async fn one_closed(
    address: SocketAddr,
    time: Duration,
    mut requests: impl Requests,
    ready: Arc<Barrier>,
) -> Fallible<Part> {
    let opened = open(address).await;
    let mut buffer = vec![0; ANSWER_BYTES_MAX];
    let warm = match opened {
        Ok(mut stream) => exchange(&mut stream, requests.next(), &mut buffer)
            .await
            .map(|_| stream),
        Err(error) => Err(error),
    };
    // A failed connection waits too; otherwise the others would wait for ever.
    ready.wait().await;
    let mut stream = warm?;
    let mut part = Part::default();
    let mut sent = SystemClock.monotonic();
    let until = sent + time;
    while sent < until {
        let is_success = exchange(&mut stream, requests.next(), &mut buffer).await?;
        let now = SystemClock.monotonic();
        part.note(is_success, now - sent);
        sent = now;
    }
    Ok(part)
}

async fn open(address: SocketAddr) -> Fallible<TcpStream> {
    let stream = TcpStream::connect(address).await?;
    stream.set_nodelay(true)?;
    Ok(stream)
}

async fn exchange(stream: &mut TcpStream, request: &[u8], buffer: &mut [u8]) -> Fallible<bool> {
    stream.write_all(request).await?;
    let mut filled = 0;
    loop {
        match stream.read(&mut buffer[filled..]).await? {
            0 => return Err("the server closed a connection".into()),
            n => filled += n,
        }
        if let Some(answer) = answered(&buffer[..filled])? {
            return Ok(answer.is_success);
        }
    }
}

/// Sends at a fixed rate, independent of the responses, and measures from the moment when a request was due. A stall of
/// the server therefore counts for every request that had to wait.
///
/// Threads and blocking sockets, because tokio's timers have millisecond resolution.
pub(crate) async fn open_loop<R: Requests>(
    address: SocketAddr,
    connections: usize,
    rate: f64,
    time: Duration,
    requests: impl Fn(usize) -> R,
) -> Fallible<Turn> {
    let period = Duration::from_secs_f64(count(connections as u64) / rate.max(1.0));
    // Long enough for every thread to connect and get its first response.
    let start = SystemClock.monotonic() + Duration::from_millis(50);
    let threads: Vec<_> = (0..connections)
        .map(|i| {
            let offset = period.mul_f64(count(i as u64) / count(connections as u64));
            let requests = requests(i);
            let plan = Plan {
                first: start + offset,
                period,
                until: start + time,
            };
            tokio::task::spawn_blocking(move || one_open(address, plan, requests))
        })
        .collect();
    let mut parts = Vec::with_capacity(connections);
    for thread in threads {
        parts.push(thread.await??);
    }
    Ok(Turn::of(parts, SystemClock.monotonic() - start))
}

/// When one connection's requests are due.
#[derive(Clone, Copy)]
struct Plan {
    first: Instant,
    period: Duration,
    until: Instant,
}

fn one_open(address: SocketAddr, plan: Plan, mut requests: impl Requests) -> Fallible<Part> {
    let mut stream = std::net::TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(ANSWER_WAIT_MAX))?;
    let mut buffer = vec![0; ANSWER_BYTES_MAX];
    exchange_blocking(&mut stream, requests.next(), &mut buffer)?;
    let mut part = Part::default();
    let mut due = plan.first;
    while due < plan.until {
        std::thread::sleep(due.saturating_duration_since(SystemClock.monotonic()));
        let is_success = exchange_blocking(&mut stream, requests.next(), &mut buffer)?;
        part.note(is_success, SystemClock.monotonic() - due);
        due += plan.period;
    }
    Ok(part)
}

fn exchange_blocking(
    stream: &mut std::net::TcpStream,
    request: &[u8],
    buffer: &mut [u8],
) -> Fallible<bool> {
    stream.write_all(request)?;
    let mut filled = 0;
    loop {
        match stream.read(&mut buffer[filled..])? {
            0 => return Err("the server closed a connection".into()),
            n => filled += n,
        }
        if let Some(answer) = answered(&buffer[..filled])? {
            return Ok(answer.is_success);
        }
    }
}

/// One request on its own connection, and the response body as text.
pub(crate) async fn once(address: SocketAddr, request: &[u8]) -> Fallible<String> {
    let mut stream = open(address).await?;
    stream.write_all(request).await?;
    let mut bytes = Vec::new();
    loop {
        if stream.read_buf(&mut bytes).await? == 0 {
            return Err("the server closed a connection".into());
        }
        if let Some(answer) = answered(&bytes)? {
            let text = String::from_utf8_lossy(&bytes[answer.head..answer.total]).into_owned();
            return if answer.is_success {
                Ok(text)
            } else {
                Err(text.into())
            };
        }
    }
}
