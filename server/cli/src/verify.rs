//! `samtycke verify`: reads files, calls the verifier, and prints the result. No network, no settings, no data folder.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use samtycke_core::bundle::BUNDLE_BYTES_MAX;
use samtycke_core::bundle::consistency;
use samtycke_core::bundle::policy::Policy;
use samtycke_core::bundle::verify::{Held, verify};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::Hash;
use samtycke_tlog::note::Note;

use super::VERIFY_USAGE;

pub(crate) mod files;
mod words;

#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The proof bundle; '-' reads standard input.
    bundle: PathBuf,
    #[command(flatten)]
    trust: Trust,
    /// An earlier checkpoint of the same log. The proof then also shows that nothing was rewritten since.
    #[arg(long, value_name = "FILE")]
    held: Option<PathBuf>,
    /// The consistency proof between that checkpoint and the bundle's, as GET /v1/logs/{log}/consistency returns it.
    #[arg(long, value_name = "FILE", requires = "held")]
    consistency: Option<PathBuf>,
    /// Print JSON, for programs.
    #[arg(long)]
    json: bool,
}

/// Whom a command believes.
#[derive(Debug, clap::Args)]
pub(super) struct Trust {
    /// The logs to trust: a C2SP tlog-policy file. `samtycke policy TENANT` prints one for a log.
    #[arg(long, value_name = "FILE", required_unless_present = "vkeys")]
    policy: Option<PathBuf>,
    /// A log's verifier key, instead of a policy. Repeat it for each log.
    #[arg(long = "vkey", value_name = "VKEY", conflicts_with = "policy")]
    vkeys: Vec<String>,
}

/// Longest policy, checkpoint or consistency proof; bytes. A policy has at most 64 KiB.
const FILE_BYTES_MAX: usize = 256 * 1024;

pub(super) fn run(args: &Args) -> ExitCode {
    match check(args) {
        Ok(code) => code,
        Err(why) => {
            errln!("samtycke verify: {why}");
            ExitCode::from(VERIFY_USAGE)
        }
    }
}

fn check(args: &Args) -> Result<ExitCode, String> {
    let policy = args.trust.policy()?;
    let held = args
        .held
        .as_deref()
        .map(|file| held(file, args.consistency.as_deref()))
        .transpose()?;
    let bundle = files::read(&args.bundle, "a proof bundle", BUNDLE_BYTES_MAX)?;
    let report = verify(&bundle, &policy, held.as_ref());
    if args.json {
        outln!(
            "{}",
            serde_json::to_string_pretty(&report).expect("a report is JSON")
        );
    } else {
        out!(
            "{}",
            words::say(&report, held.is_some(), policy.asks_witnesses())
        );
    }
    Ok(ExitCode::from(report.outcome.exit_code()))
}

impl Trust {
    /// The policy that the command line names. Error: what is wrong with it.
    pub(super) fn policy(&self) -> Result<Policy, String> {
        let text = match &self.policy {
            Some(file) => files::read_lines(file, "a policy", FILE_BYTES_MAX)?,
            None => self
                .vkeys
                .iter()
                .map(|vkey| format!("log {vkey}\n"))
                .chain(["quorum none\n".into()])
                .collect(),
        };
        Policy::parse(&text).map_err(|error| match &self.policy {
            Some(file) => format!("{}: {error}", file.display()),
            None => format!(
                "--vkey: {}. It looks like 'host/logs/ID+01234567+BASE64'; quote it",
                error.what
            ),
        })
    }
}

/// Parses a checkpoint with or without its signatures: its holder already trusts it.
fn held(file: &Path, consistency: Option<&Path>) -> Result<Held, String> {
    let text = files::read_lines(file, "a checkpoint", FILE_BYTES_MAX)?;
    let body = Note::parse(&text).map_or_else(|_| text.clone(), |note| note.text().to_owned());
    let checkpoint = Checkpoint::parse(&body)
        .map_err(|_| format!("{}: not a C2SP tlog-checkpoint", file.display()))?;
    let consistency = consistency.map_or(Ok(Vec::new()), hashes)?;
    Ok(Held {
        checkpoint,
        consistency,
    })
}

fn hashes(file: &Path) -> Result<Vec<Hash>, String> {
    let bytes = files::read(file, "a consistency proof", FILE_BYTES_MAX)?;
    consistency::parse(&bytes).ok_or_else(|| {
        format!(
            "{}: must be the JSON of GET /v1/logs/{{log}}/consistency",
            file.display()
        )
    })
}
