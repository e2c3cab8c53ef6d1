//! W1: the check on hot state (SQLite, one process) against a bare axum handler that returns the same bytes. The
//! difference is everything that is ours: middleware, limits, the key, the body, the decision.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use serde_json::json;

use super::load::{Requests, Turn, closed_loop, count, once, open_loop};
use super::peers::{Chances, Records};
use super::report::{Table, judged, keep, median, progress, spread};
use super::servers::Process;
use super::{CONNECTIONS, Effort, Fallible, http};

const RATE_RATIO_MIN: f64 = 0.85;
const P99_RATIO_MAX: f64 = 1.3;

/// Subjects of the checks, chosen uniformly: more than a first-level processor cache holds.
const SUBJECTS: usize = 10_000;

/// The fixed rate for measuring latency, as a share of our closed-loop throughput: busy, not full.
const OPEN_RATE_SHARE: f64 = 0.4;

/// Checks of subjects in random order.
#[derive(Clone)]
struct Checks {
    requests: Arc<[Vec<u8>]>,
    chances: Chances,
}

impl Requests for Checks {
    fn next(&mut self) -> &[u8] {
        let at = self.chances.below(self.requests.len());
        &self.requests[at]
    }
}

/// One side's turns at one number of connections.
#[derive(Default)]
struct Side {
    rates: Vec<f64>,
    p50s: Vec<f64>,
    p99s: Vec<f64>,
    open_p50s: Vec<f64>,
    open_p99s: Vec<f64>,
    cpu: Duration,
    answers: u64,
}

impl Side {
    fn cpu_us(&self) -> f64 {
        self.cpu.as_secs_f64() * 1e6 / count(self.answers.max(1))
    }
}

/// Both servers and their requests.
struct Bench {
    ours: Process,
    bare: Process,
    checks: Checks,
}

/// Runs the benchmark.
pub(crate) async fn run(effort: Effort, folder: &Path) -> Fallible<()> {
    progress("w1: check against bare axum");
    let data = tempfile::tempdir_in(folder)?;
    let ours = Process::start(["samtycke".as_ref(), data.path().as_os_str()]).await?;
    let checks = subjects(&ours).await?;
    let answer = once(ours.hello.address, &checks.requests[0]).await?;
    if !answer.contains("\"allow\":true") {
        return Err(format!("a granted purpose is not allowed: {answer}").into());
    }
    progress(&format!(
        "w1: an answer is {} bytes: {answer}",
        answer.len()
    ));
    let bare = Process::start(["bare", &answer]).await?;
    let bench = Bench { ours, bare, checks };
    let mut table = Table::new(
        "W1 check on hot state, against bare axum: rps >= 0.85 x, p99 <= 1.3 x",
        &[
            "conns",
            "ours/s",
            "bare/s",
            "ratio (range)",
            "",
            "p50 us",
            "bare",
            "p99 us",
            "bare",
            "ratio",
            "",
            "open p50",
            "bare",
            "open p99",
            "bare",
            "ratio",
            "",
            "cpu us",
            "bare",
        ],
    );
    let mut figures = Vec::new();
    for connections in CONNECTIONS {
        figures.push(bench.at(connections, effort, &mut table).await?);
    }
    table.print();
    println!(
        "  open: latency at a fixed rate, counted from the intended send time; the rate is {OPEN_RATE_SHARE} of ours/s."
    );
    keep(folder, "w1", &json!(figures))?;
    bench.ours.end().await?;
    bench.bare.end().await
}

/// Records a grant for every subject, so that each check allows from a state.
async fn subjects(ours: &Process) -> Fallible<Checks> {
    progress(&format!("w1: recording {SUBJECTS} subjects"));
    let hello = &ours.hello;
    let mut requests = Vec::with_capacity(SUBJECTS);
    let mut tasks = Vec::new();
    for i in 0..64 {
        let mut records = Records::new(hello, i);
        let address = hello.address;
        let share = SUBJECTS / 64 + usize::from(i < SUBJECTS % 64);
        tasks.push(tokio::spawn(async move {
            let mut made = Vec::with_capacity(share);
            for _ in 0..share {
                once(address, records.next()).await?;
                made.push(records.subject().to_owned());
            }
            Fallible::Ok(made)
        }));
    }
    for task in tasks {
        for subject in task.await?? {
            let body = json!({"subject": subject, "purpose": Records::PURPOSE}).to_string();
            requests.push(http::post("/v1/check", &hello.key, &body));
        }
    }
    Ok(Checks {
        requests: requests.into(),
        chances: Chances::new(0),
    })
}

impl Bench {
    async fn at(
        &self,
        connections: usize,
        effort: Effort,
        table: &mut Table,
    ) -> Fallible<serde_json::Value> {
        let mut sides = [Side::default(), Side::default()];
        let mut ratios = Vec::new();
        for round in 0..effort.rounds {
            for side in [0, 1, 1, 0] {
                let turn = self
                    .closed(side, connections, effort.check_turn, &mut sides[side])
                    .await?;
                let side = &mut sides[side];
                side.rates.push(turn.rate());
                side.p50s.push(turn.latency_us(500));
                side.p99s.push(turn.latency_us(990));
            }
            let sum = |side: &Side| side.rates[2 * round..].iter().sum::<f64>();
            ratios.push(sum(&sides[0]) / sum(&sides[1]));
        }
        let rate = median(&sides[0].rates) * OPEN_RATE_SHARE;
        for _ in 0..effort.rounds {
            for side in [0, 1, 1, 0] {
                let turn = open_loop(
                    self.process(side).hello.address,
                    connections,
                    rate,
                    effort.check_turn,
                    |i| self.asks(i),
                )
                .await?;
                refuse_failures(&turn)?;
                sides[side].open_p50s.push(turn.latency_us(500));
                sides[side].open_p99s.push(turn.latency_us(990));
            }
        }
        let [ours, bare] = &sides;
        let ratio = median(&ratios);
        let p99 = median(&ours.p99s) / median(&bare.p99s);
        let open_p99 = median(&ours.open_p99s) / median(&bare.open_p99s);
        let us = |values: &[f64]| format!("{:.0}", median(values));
        progress(&format!(
            "w1: {connections} connections: {} x bare axum",
            spread(&ratios)
        ));
        table.row(vec![
            connections.to_string(),
            us(&ours.rates),
            us(&bare.rates),
            spread(&ratios),
            judged("", ratio >= RATE_RATIO_MIN),
            us(&ours.p50s),
            us(&bare.p50s),
            us(&ours.p99s),
            us(&bare.p99s),
            format!("{p99:.2}"),
            judged("", p99 <= P99_RATIO_MAX),
            us(&ours.open_p50s),
            us(&bare.open_p50s),
            us(&ours.open_p99s),
            us(&bare.open_p99s),
            format!("{open_p99:.2}"),
            judged("", open_p99 <= P99_RATIO_MAX),
            format!("{:.1}", ours.cpu_us()),
            format!("{:.1}", bare.cpu_us()),
        ]);
        let figures = |side: &Side| {
            json!({
                "rps": median(&side.rates), "p50_us": median(&side.p50s), "p99_us": median(&side.p99s),
                "open_p50_us": median(&side.open_p50s), "open_p99_us": median(&side.open_p99s),
                "cpu_us": side.cpu_us(), "answers": side.answers,
            })
        };
        Ok(json!({
            "connections": connections, "ratios": ratios, "ratio": ratio, "ratio_min": RATE_RATIO_MIN,
            "p99_ratio": p99, "open_p99_ratio": open_p99, "p99_ratio_max": P99_RATIO_MAX, "open_rate": rate,
            "ours": figures(ours), "bare": figures(bare),
        }))
    }

    async fn closed(
        &self,
        which: usize,
        connections: usize,
        time: Duration,
        side: &mut Side,
    ) -> Fallible<Turn> {
        let process = self.process(which);
        let before = process.cpu()?;
        let turn = closed_loop(process.hello.address, connections, time, |i| self.asks(i)).await?;
        side.cpu += process.cpu()?.saturating_sub(before);
        side.answers += turn.answers;
        refuse_failures(&turn)?;
        Ok(turn)
    }

    fn process(&self, side: usize) -> &Process {
        if side == 0 { &self.ours } else { &self.bare }
    }

    fn asks(&self, connection: usize) -> Checks {
        Checks {
            chances: Chances::new(connection as u64),
            ..self.checks.clone()
        }
    }
}

fn refuse_failures(turn: &Turn) -> Fallible<()> {
    if turn.failures == 0 {
        Ok(())
    } else {
        Err(format!("{} checks failed", turn.failures).into())
    }
}
