//! `samtycke recover`: brings back a log whose database is older than its log anchor.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use samtycke_core::id::LogId;
use samtycke_core::wire::format_rfc3339;
use samtycke_server::clock::Environment;
use samtycke_server::config::Config;
use samtycke_server::recovery::{Diagnosis, LogReport, Recovery};

use super::{CommandResult, Failure, root_key};

/// Exit code where a replay brings a log back.
const REPLAYABLE: u8 = 3;
/// Exit code where no replay can.
const LOST: u8 = 4;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tenant or id of a log; without it every log is looked at.
    log: Option<String>,
    /// Say what is to be done, and change nothing. This is the default.
    #[arg(long, conflicts_with = "replay")]
    dry_run: bool,
    /// Replay from the log anchor what the database lacks.
    #[arg(long)]
    replay: bool,
}

pub(super) async fn run(args: Args, config: Config) -> CommandResult {
    super::data::ensure_present(&config).await?;
    let environment = Environment::system();
    let clock = environment.clock.clone();
    let root = root_key();
    let recovery = Recovery::open(&config, environment, root.as_deref()).await?;
    let all = recovery.diagnose().await?;
    let is_asked = |report: &&LogReport| match &args.log {
        None => true,
        Some(name) => report.log.as_str() == name || report.tenant.as_str() == name,
    };
    let asked: Vec<LogReport> = all.iter().filter(is_asked).cloned().collect();
    if asked.is_empty() {
        let name = args.log.unwrap_or_default();
        return Err(Failure::new(format!(
            "there is no tenant or log {name:?} here"
        )));
    }
    let mut code = 0;
    for mut report in asked {
        out!("{}", text(&report));
        if args.replay && matches!(report.diagnosis, Diagnosis::Replayable { .. }) {
            report = replay(&recovery, &report).await?;
            let file = format!("recovery-{}-{}.txt", report.log, clock.now());
            let path = config.data_dir.join(file);
            let written = format!("{}\n{}", format_rfc3339(clock.now()), told(&report));
            std::fs::write(&path, &written)
                .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
            out!("{}", told(&report));
            outln!("This is also in {}.", path.display());
        }
        code = code.max(match report.diagnosis {
            Diagnosis::Sound => 0,
            Diagnosis::Replayable { .. } => REPLAYABLE,
            Diagnosis::Gap { .. } | Diagnosis::Forked { .. } | Diagnosis::Unanchored => LOST,
        });
    }
    recovery.close().await;
    Ok(ExitCode::from(code))
}

async fn replay(recovery: &Recovery, report: &LogReport) -> Result<LogReport, Failure> {
    let log: LogId = report.log.clone();
    let to = report.anchored;
    let is_terminal = std::io::stderr().is_terminal();
    let replayed = recovery.replay(&log, |size| {
        if is_terminal {
            let mut stderr = std::io::stderr();
            // A terminal that has gone shows no progress, and the replay goes on.
            let _ = write!(stderr, "\r  {size} of {to} leaves");
            let _ = stderr.flush();
        }
    });
    let replayed = replayed.await?;
    if is_terminal {
        errln!("");
    }
    Ok(replayed)
}

/// What is known of a log, and what to do.
fn text(report: &LogReport) -> String {
    let LogReport {
        tenant,
        origin,
        size,
        anchored,
        diagnosis,
        ..
    } = report;
    let mut text = format!(
        "{tenant}: {origin}\n  {size} leaves in the database, {anchored} in the log anchor\n"
    );
    let line = match diagnosis {
        Diagnosis::Sound => "sound: nothing is missing that the anchor holds".to_owned(),
        Diagnosis::Replayable { leaves } => format!(
            "the database lacks {leaves} leaves, and the anchor holds them all. Run: samtycke recover {tenant} --replay"
        ),
        Diagnosis::Gap { journal_from: Some(from) } => format!(
            "the database lacks leaves {size} to {from}, and the anchor's journal begins after them. Restore a newer backup, \
             of more than {from} leaves, and run this again"
        ),
        Diagnosis::Gap { journal_from: None } => {
            "the database is older than the anchor's head, and the journal holds nothing to replay. Restore a newer backup, \
             and run this again"
                .to_owned()
        }
        Diagnosis::Forked { why } => format!(
            "the database contradicts what was signed: {why}. Restore a backup from before the contradiction, and run this again"
        ),
        Diagnosis::Unanchored => {
            "the log was signed, and the anchor holds nothing of it. Restore the anchor's folder; if it is lost: samtycke \
             anchor adopt --from-database"
                .to_owned()
        }
    };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "  {line}");
    text
}

/// The report of a replay.
fn told(report: &LogReport) -> String {
    match &report.diagnosis {
        Diagnosis::Sound => format!(
            "{}: {}\n  Replayed up to {} leaves: events, states, keys, sites, registers and notices are as they were signed.\n  \
             Not in the anchor, and not restored: drafts, tallies, links and pictures that were recorded since the backup, and \
             refusals of visitors without a record. Record pictures and links again; ask the people who use the service for what \
             it holds otherwise.\n  Now start the server.\n",
            report.tenant, report.origin, report.size
        ),
        _ => text(report),
    }
}
