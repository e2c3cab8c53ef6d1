//! W6: record, with every response durable and in the tree, against pgbench inserting one 400-byte row into one table
//! at the same concurrency. Ours writes a leaf, an event, an identity, a state, a key and a count for each.

use std::path::Path;
use std::time::Duration;

use samtycke_server::clock::{Clock as _, SystemClock};
use serde_json::{Value, json};

use super::load::{Turn, closed_loop, count, once};
use super::peers::{Database, Pgbench, Records};
use super::report::{Table, judged, keep, median, progress, spread};
use super::servers::Process;
use super::{CONNECTIONS, Effort, Fallible};

/// How long the last record may wait for a checkpoint after its turn; a longer wait is an error.
const SEAL_WAIT_MAX: Duration = Duration::from_mins(1);

/// The lowest acceptable ratio at this many connections, if there is a target.
fn ratio_min(connections: usize) -> Option<f64> {
    match connections {
        1 => Some(0.5),
        64 => Some(1.0),
        _ => None,
    }
}

/// One engine's turns at one number of connections.
#[derive(Default)]
struct Side {
    rates: Vec<f64>,
    ratios: Vec<f64>,
    p50s: Vec<f64>,
    p99s: Vec<f64>,
    seal_ms: f64,
    cpu: Duration,
    answers: u64,
}

/// One engine of ours.
struct Engine {
    name: &'static str,
    process: Process,
}

/// Runs the benchmark.
pub(crate) async fn run(effort: Effort, folder: &Path) -> Fallible<()> {
    progress("w6: record against pgbench");
    let (sqlite_data, postgres_data) =
        (tempfile::tempdir_in(folder)?, tempfile::tempdir_in(folder)?);
    let database = Database::new("ours").await?;
    let peer = Pgbench::find().await?;
    if peer.is_none() {
        progress(
            "w6: pgbench is missing (Debian: postgresql-client or postgresql-contrib): no ratios",
        );
    }
    let sqlite = Process::start(["samtycke".as_ref(), sqlite_data.path().as_os_str()]).await?;
    let args = [
        "samtycke".as_ref(),
        postgres_data.path().as_os_str(),
        database.url.as_ref(),
    ];
    let postgres = Process::start(args).await?;
    let engines = [
        Engine {
            name: "sqlite",
            process: sqlite,
        },
        Engine {
            name: "postgres",
            process: postgres,
        },
    ];
    let mut table = Table::new(
        "W6 record, durable and in the tree, against pgbench inserting a 400-byte row: >= 0.5 x at 1, >= 1.0 x at 64",
        &[
            "engine",
            "conns",
            "ours/s",
            "pgbench/s",
            "ratio (range)",
            "",
            "p50 us",
            "p99 us",
            "seal ms",
            "cpu us",
        ],
    );
    let mut figures = Vec::new();
    for connections in CONNECTIONS {
        figures.extend(at(&engines, peer.as_ref(), connections, effort, &mut table).await?);
    }
    for engine in engines {
        engine.process.end().await?;
    }
    if let Some(peer) = peer {
        peer.end().await?;
    }
    database.end().await?;
    table.print();
    println!(
        "  seal: from the end of a turn until a published checkpoint covers it (interval: 1 000 ms), at most."
    );
    keep(folder, "w6", &json!(figures))
}

async fn at(
    engines: &[Engine; 2],
    peer: Option<&Pgbench>,
    connections: usize,
    effort: Effort,
    table: &mut Table,
) -> Fallible<Vec<Value>> {
    let mut sides = [Side::default(), Side::default()];
    let mut peer_rates = Vec::new();
    for _ in 0..effort.rounds {
        let mut sums = [0.0; 3];
        for turn in [2, 0, 1, 1, 0, 2] {
            sums[turn] += match (engines.get(turn), peer) {
                (Some(engine), _) => engine.turn(connections, effort, &mut sides[turn]).await?,
                (None, Some(peer)) => {
                    let rate = peer.rate(connections, effort.record_turn_s).await?;
                    peer_rates.push(rate);
                    rate
                }
                (None, None) => f64::NAN,
            };
        }
        for (side, sum) in sides.iter_mut().zip(sums) {
            side.ratios.push(sum / sums[2]);
        }
    }
    let figures = engines.iter().zip(&sides).map(|(engine, side)| {
        let ratio = median(&side.ratios);
        progress(&format!("w6: {}, {connections} connections: {} x pgbench", engine.name, spread(&side.ratios)));
        let us = |values: &[f64]| format!("{:.0}", median(values));
        let cpu_us = side.cpu.as_secs_f64() * 1e6 / count(side.answers.max(1));
        table.row(vec![
            engine.name.to_owned(),
            connections.to_string(),
            us(&side.rates),
            us(&peer_rates),
            spread(&side.ratios),
            ratio_min(connections).map_or_else(String::new, |min| judged("", ratio >= min)),
            us(&side.p50s),
            us(&side.p99s),
            format!("{:.0}", side.seal_ms),
            format!("{cpu_us:.0}"),
        ]);
        json!({
            "engine": engine.name, "connections": connections, "ratios": side.ratios, "ratio": ratio,
            "ratio_min": ratio_min(connections), "rps": median(&side.rates), "pgbench_rps": median(&peer_rates),
            "p50_us": median(&side.p50s), "p99_us": median(&side.p99s), "seal_ms_max": side.seal_ms,
            "cpu_us": cpu_us, "answers": side.answers,
        })
    });
    Ok(figures.collect())
}

impl Engine {
    /// Records for one turn and waits until a checkpoint covers them, so that no other turn pays for that.
    async fn turn(&self, connections: usize, effort: Effort, side: &mut Side) -> Fallible<f64> {
        let hello = &self.process.hello;
        let (leaves, before) = (self.published().await?, self.process.cpu()?);
        let time = Duration::from_secs(effort.record_turn_s);
        let turn: Turn =
            closed_loop(hello.address, connections, time, |i| Records::new(hello, i)).await?;
        if turn.failures > 0 {
            return Err(format!("{} records failed on {}", turn.failures, self.name).into());
        }
        // Each connection's first record is in the tree too, though it was not counted.
        let covered = leaves + turn.answers + connections as u64;
        let ended = SystemClock.monotonic();
        let waited = || SystemClock.monotonic() - ended;
        while self.published().await? < covered {
            if waited() > SEAL_WAIT_MAX {
                return Err(format!(
                    "{}: {covered} leaves were acknowledged and never published",
                    self.name
                )
                .into());
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        side.seal_ms = side.seal_ms.max(waited().as_secs_f64() * 1e3);
        side.cpu += self.process.cpu()?.saturating_sub(before);
        side.answers += turn.answers;
        side.rates.push(turn.rate());
        side.p50s.push(turn.latency_us(500));
        side.p99s.push(turn.latency_us(990));
        Ok(turn.rate())
    }

    /// Leaves under the published checkpoint: its second line (C2SP tlog-checkpoint).
    async fn published(&self) -> Fallible<u64> {
        let hello = &self.process.hello;
        let request = format!(
            "GET /v1/logs/{}/checkpoint HTTP/1.1\r\nHost: bench\r\n\r\n",
            hello.log
        );
        let note = once(hello.address, request.as_bytes()).await?;
        let size = note.lines().nth(1).and_then(|line| line.parse().ok());
        size.ok_or_else(|| "a checkpoint without a size".into())
    }
}
