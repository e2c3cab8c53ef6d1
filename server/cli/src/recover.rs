//! `samtycke recover`: brings back a log whose database is older than its log anchor.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _};
use std::process::ExitCode;

use samtycke_core::id::LogId;
use samtycke_core::wire::format_rfc3339;
use samtycke_server::clock::Environment;
use samtycke_server::config::Config;
use samtycke_server::recovery::{Diagnosis, LogReport, Recovery, Succession, UnknownLog};

use super::loss::Acceptance;
use super::{CommandResult, Failure, root_key};

/// Exit code where a replay brings a log back.
const REPLAYABLE: u8 = 3;
/// Exit code where no replay can.
const LOST: u8 = 4;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Tenant or id of a log; without it every log is looked at.
    log: Option<String>,
    #[command(flatten)]
    step: Step,
    /// With --succeed: what happened, in at most 200 characters. Everybody can read it in the log: name no person.
    #[arg(long, value_name = "TEXT", requires = "succeed")]
    reason: Option<String>,
    /// With --succeed: a checkpoint with the log's own signature that a witness or an auditor holds and the database
    /// contradicts, where database and anchor were restored together and agree.
    #[arg(long, value_name = "FILE", requires = "succeed")]
    signed: Option<std::path::PathBuf>,
    /// Accept what a succession lost, beside a running server or alone: one operator proposes, and another confirms with
    /// --proposal.
    #[arg(long, requires = "log")]
    accept_loss: bool,
    /// What the other operator was answered, at most 7 days ago.
    #[arg(long, requires = "accept_loss")]
    proposal: Option<String>,
    /// With --accept-loss: the operator's key. Better in the variable: other users of the machine can read arguments.
    #[arg(long, env = "SAMTYCKE_KEY", hide_env_values = true)]
    key: Option<String>,
}

/// What is done without a server.
#[derive(Debug, clap::Args)]
struct Step {
    /// Say what is to be done, and change nothing. This is the default.
    #[arg(long, conflicts_with_all = ["replay", "succeed", "accept_loss"])]
    dry_run: bool,
    /// Replay from the log anchor what the database lacks.
    #[arg(long, conflicts_with_all = ["succeed", "accept_loss"])]
    replay: bool,
    /// Where no replay and no newer backup can: close the log at its last signed head, and go on in a new one. Its first
    /// leaf says so. Every check denies until the loss is accepted.
    #[arg(long, requires_all = ["log", "reason"], conflicts_with = "accept_loss")]
    succeed: bool,
}

impl Args {
    pub(super) fn accepts_loss(&self) -> bool {
        self.accept_loss
    }

    pub(super) fn acceptance(self) -> Result<Acceptance, Failure> {
        let name = self.log.unwrap_or_default();
        let tenant = name.parse();
        Ok(Acceptance {
            tenant: tenant.map_err(|_| Failure::new("name the tenant, not its log"))?,
            proposal: self.proposal,
            key: self.key.ok_or_else(|| {
                Failure::new("set SAMTYCKE_KEY to the key of the operator who accepts the loss")
            })?,
        })
    }
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
    let mut unknown = recovery.unknown().await?;
    unknown.retain(|unknown| {
        let mut named = args.log.iter();
        named.all(|name| unknown.log.as_str() == name)
    });
    if asked.is_empty() && unknown.is_empty() {
        let name = args.log.unwrap_or_default();
        return Err(Failure::new(format!(
            "there is no tenant or log {name:?} here"
        )));
    }
    for UnknownLog { log, leaves } in &unknown {
        outln!(
            "not in the database: log {log}\n  {leaves} leaves in the log anchor\n  this database is a copy from before a tenant was added, \
             or before a log succeeded another. Restore a newer backup, and run this again. If there is none: keep that folder of the \
             anchor, which proves what was signed, and ask the people of that log again; what they said is known to nobody else"
        );
    }
    let mut code = if unknown.is_empty() { 0 } else { LOST };
    for mut report in asked {
        out!("{}", text(&report));
        if args.step.replay && matches!(report.diagnosis, Diagnosis::Replayable { .. }) {
            report = replay(&recovery, &report).await?;
            keep(&config, &report.log, clock.now(), &told(&report))?;
        }
        if args.step.succeed {
            let reason = args.reason.as_deref().unwrap_or_default();
            let signed = args.signed.as_deref().map(|path| {
                std::fs::read_to_string(path)
                    .map_err(|error| Failure::new(format!("{}: {error}", path.display())))
            });
            let signed = signed.transpose()?;
            let done = succeed(&recovery, &report, reason, signed.as_deref()).await?;
            let told = succeeded(&report, &done);
            keep(&config, &report.log, clock.now(), &told)?;
            recovery.close().await;
            return Ok(ExitCode::SUCCESS);
        }
        code = code.max(match report.diagnosis {
            Diagnosis::Sound => 0,
            Diagnosis::Replayable { .. } => REPLAYABLE,
            Diagnosis::Gap { .. }
            | Diagnosis::Forked { .. }
            | Diagnosis::Unanchored
            | Diagnosis::Closed { .. } => LOST,
        });
    }
    recovery.close().await;
    Ok(ExitCode::from(code))
}

/// Prints a report, and keeps it in the data folder.
fn keep(config: &Config, log: &LogId, now: i64, told: &str) -> Result<(), Failure> {
    let path = config.data_dir.join(format!("recovery-{log}-{now}.txt"));
    let written = format!("{}\n{told}", format_rfc3339(now));
    std::fs::write(&path, written)
        .map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
    out!("{told}");
    outln!("This is also in {}.", path.display());
    Ok(())
}

/// Shows one line of progress on a terminal, and nothing elsewhere.
struct Line {
    is_terminal: bool,
}

impl Line {
    fn new() -> Self {
        let is_terminal = std::io::stderr().is_terminal();
        Self { is_terminal }
    }

    fn show(&self, text: &str) {
        if self.is_terminal {
            let mut stderr = std::io::stderr();
            // A terminal that has gone shows no progress, and the work goes on.
            let _ = write!(stderr, "\r  {text}");
            let _ = stderr.flush();
        }
    }

    fn end(self) {
        if self.is_terminal {
            errln!("");
        }
    }
}

async fn succeed(
    recovery: &Recovery,
    report: &LogReport,
    reason: &str,
    signed: Option<&str>,
) -> Result<Succession, Failure> {
    let line = Line::new();
    let done = recovery.succeed(&report.log, reason, signed, |rows| {
        line.show(&format!("{rows} rows about people moved"));
    });
    let done = done.await?;
    line.end();
    Ok(done)
}

/// The report of a succession.
fn succeeded(report: &LogReport, done: &Succession) -> String {
    let tenant = &report.tenant;
    let stated = &done.stated;
    let closed = &stated.predecessor;
    let lost = match stated.lost() {
        0 => "how many leaves are lost is not known".to_owned(),
        1 => format!("leaf {} is lost", stated.kept),
        _ => format!("leaves {} to {} are lost", stated.kept, closed.size - 1),
    };
    format!(
        "{tenant}: closed {} at its last signed head of {} leaves, root {}.\n  {lost}: whoever was told that something was \
         recorded there holds a proof of it, and nobody else does.\n  {} goes on with the people of the database, {} rows; \
         its first leaf says so.\n  New key: {}\n\n\
         Next:\n\
         1. Back up now: an older backup does not know the new log.\n\
         2. Start the server. Withdrawals and consents are recorded; every check of {tenant} denies.\n\
         3. Give auditors the new policy: samtycke policy {tenant}. Proofs of the closed log stay valid under its old key.\n\
         4. Tell the data protection officer: withdrawals may be among what is lost (GDPR Art. 33).\n\
         5. When you know what you do about them, two operators accept the loss: samtycke recover {tenant} --accept-loss\n",
        closed.origin, closed.size, closed.root, stated.origin, done.moved, stated.vkey,
    )
}

async fn replay(recovery: &Recovery, report: &LogReport) -> Result<LogReport, Failure> {
    let log: LogId = report.log.clone();
    let to = report.anchored;
    let line = Line::new();
    let replayed = recovery.replay(&log, |size| line.show(&format!("{size} of {to} leaves")));
    let replayed = replayed.await?;
    line.end();
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
             of more than {from} leaves, and run this again. {}", last_resort(tenant)
        ),
        Diagnosis::Gap { journal_from: None } => {
            format!("the database is older than the anchor's head, and the journal holds nothing to replay. Restore a newer \
             backup, and run this again. {}", last_resort(tenant))
        }
        Diagnosis::Forked { why } => format!(
            "the database contradicts what was signed: {why}. Restore a backup from before the contradiction, and run this \
             again. {}", last_resort(tenant)
        ),
        Diagnosis::Closed { successor, leaves } => format!(
            "the log was closed after this copy of the database was made, and log {successor} goes on, with {leaves} leaves. Restore a \
             newer backup, from after that, and run this again. {}", last_resort(tenant)
        ),
        Diagnosis::Unanchored => {
            "the log was signed, and the anchor holds nothing of it. Restore the anchor's folder; if it is lost: samtycke \
             anchor adopt --from-database. If it may have held more than the database: samtycke recover TENANT --succeed"
                .to_owned()
        }
    };
    // Writing to a string cannot fail.
    let _ = writeln!(text, "  {line}");
    text
}

fn last_resort(tenant: &samtycke_core::id::TenantId) -> String {
    format!(
        "If there is none, go on in a new log, which says what was lost: samtycke recover {tenant} --succeed --reason TEXT"
    )
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
