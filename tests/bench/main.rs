//! The benchmarks of docs/performance: what they measure, against what, and how far the result is from its target.
//!
//! ```text
//! bench [w1] [w6] [--quick]
//! ```
//!
//! Machines are shared and noisy, so no figure stands alone. Ours and its peer take turns inside one run (ABBA), each
//! round gives one ratio, and the median of the rounds counts. Servers are processes of their own, this same binary run
//! as `bench serve ..`, so that their CPU time is separate from the load generator's. A slow result does not fail; a
//! wrong response does.

mod http;
mod load;
mod peers;
mod report;
mod serve;
mod servers;
mod w1;
mod w6;

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

/// An error of a benchmark; never about time.
type Fallible<T> = Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// Durations and rounds.
#[derive(Debug, Clone, Copy)]
struct Effort {
    /// Rounds of ABBA.
    rounds: usize,
    /// Duration of one turn of a check.
    check_turn: Duration,
    /// Duration of one turn of a record; whole seconds, because pgbench accepts no others.
    record_turn_s: u64,
}

impl Effort {
    const FULL: Self = Self {
        rounds: 5,
        check_turn: Duration::from_secs(1),
        record_turn_s: 2,
    };
    /// For a quick look: a quarter of the time, and twice the noise.
    const QUICK: Self = Self {
        rounds: 3,
        check_turn: Duration::from_millis(400),
        record_turn_s: 1,
    };
}

/// The numbers of connections for every benchmark.
const CONNECTIONS: [usize; 4] = [1, 16, 64, 256];

const USAGE: &str = "bench [w1] [w6] [--quick]

  w1       check on hot state, against a bare axum handler that returns the same bytes
  w6       record on SQLite and PostgreSQL, against pgbench inserting one 400-byte row
  --quick  fewer and shorter rounds

Without names, all. w6 needs tests/services.sh --postgres-durable; `make bench` sees to that, and runs w14, the banner
in a browser, as well.";

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let runtime = match tokio::runtime::Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => return failed(&error),
    };
    let done = match args.split_first() {
        Some((verb, rest)) if verb == "serve" => runtime.block_on(serve::serve(rest)),
        _ => runtime.block_on(run(&args)),
    };
    done.map_or_else(|error| failed(&error), |()| ExitCode::SUCCESS)
}

fn failed(error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("bench: {error}");
    ExitCode::FAILURE
}

async fn run(args: &[String]) -> Fallible<()> {
    let mut effort = Effort::FULL;
    let mut names = Vec::new();
    for arg in args {
        match arg.as_str() {
            "--quick" => effort = Effort::QUICK,
            "w1" | "w6" => names.push(arg.as_str()),
            _ => return Err(USAGE.into()),
        }
    }
    let all = names.is_empty();
    let folder = folder()?;
    if all || names.contains(&"w1") {
        w1::run(effort, &folder).await?;
    }
    if all || names.contains(&"w6") {
        w6::run(effort, &folder).await?;
    }
    Ok(())
}

/// `target/bench`: it holds results, and the data of a running benchmark, because it is on a disk where a temporary
/// folder is often in memory.
fn folder() -> Fallible<PathBuf> {
    let exe = std::env::current_exe()?;
    let target = exe
        .parent()
        .and_then(Path::parent)
        .ok_or("the benchmark lies in no folder")?;
    let folder = target.join("bench");
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}
