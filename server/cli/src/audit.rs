//! `samtycke audit`: what an auditor does with a whole log. `mirror` copies it, and the other commands work on the copy,
//! offline. `samtycke log export` is the same copy, made by whoever runs the log.

use std::fmt;
use std::path::PathBuf;
use std::process::ExitCode;

use samtycke_core::screen::escaped;

use crate::verify::Trust;

mod consistency;
mod folder;
mod head;
mod mirror;
mod sample;
mod source;
mod walk;

/// Exit code where something does not verify.
const INVALID: u8 = 1;
/// Exit code where something cannot be read, or not be decided.
const UNREAD: u8 = 2;
/// Exit code of wrong use, as for `verify`.
const USAGE: u8 = 4;
/// Exit code where a log has two histories, or has gone back: nothing else has this code.
const FORKED: u8 = 5;

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXITS)]
pub(super) enum Command {
    /// Copy a log into a folder, and verify every tile of it against the signed checkpoint.
    ///
    /// Run it again to bring the copy up to date, or to continue after it was stopped. The folder is itself a log of C2SP
    /// tlog-tiles: any web server can serve it, and another mirror can read it.
    Mirror(mirror::Args),
    /// Prove offline, from a copied log, that one of its checkpoints continues another.
    Consistency(consistency::Args),
    /// Choose leaves of a copied log by chance, for the controller to prove, and check the proofs that come back.
    Sample(sample::Args),
}

#[derive(Debug, clap::Subcommand)]
#[command(after_help = EXITS)]
pub(super) enum LogCommand {
    /// Write a log's checkpoint and tiles as files, for a plain web server or an object store.
    ///
    /// It reads what the server has published, as any reader does, and verifies it on the way. Tiles are written before
    /// the checkpoint that needs them, and the tiles of earlier checkpoints stay. Run it again to add what is new.
    Export(mirror::Args),
}

/// Text at the end of `--help`.
const EXITS: &str = "\
Exit codes: 0 done, 1 INVALID: something does not verify, 2 cannot be read or not be decided, 4 wrong use,\n\
5 the log has two histories or went back: both checkpoints are kept as evidence.";

/// Where a copied log is.
#[derive(Debug, Clone, clap::Args)]
struct Copy {
    /// The folder of `samtycke audit mirror`.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Why a command ends early: its exit code, and one sentence.
#[derive(Debug)]
pub(super) struct Stop {
    code: u8,
    why: String,
}

impl Stop {
    fn invalid(why: impl Into<String>) -> Self {
        Self::with(INVALID, why)
    }

    fn unread(why: impl Into<String>) -> Self {
        Self::with(UNREAD, why)
    }

    fn usage(why: impl Into<String>) -> Self {
        Self::with(USAGE, why)
    }

    fn forked(why: impl Into<String>) -> Self {
        Self::with(FORKED, why)
    }

    fn with(code: u8, why: impl Into<String>) -> Self {
        let why = why.into();
        Self { code, why }
    }
}

impl fmt::Display for Stop {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&escaped(&self.why))
    }
}

/// Runs one of the commands.
pub(super) async fn run(command: Command) -> ExitCode {
    let done = match command {
        Command::Mirror(args) => mirror::run(args).await,
        Command::Consistency(args) => consistency::run(&args),
        Command::Sample(args) => sample::run(&args),
    };
    ended(done)
}

/// Runs `samtycke log export`.
pub(super) async fn export(command: LogCommand) -> ExitCode {
    let LogCommand::Export(args) = command;
    ended(mirror::run(args).await)
}

fn ended(done: Result<(), Stop>) -> ExitCode {
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            let word = match stop.code {
                INVALID => "INVALID: ",
                FORKED => "FORK: ",
                _ => "",
            };
            errln!("samtycke: {word}{stop}");
            ExitCode::from(stop.code)
        }
    }
}

/// The policy of a command line.
fn policy(trust: &Trust) -> Result<samtycke_core::bundle::policy::Policy, Stop> {
    trust.policy().map_err(Stop::usage)
}
