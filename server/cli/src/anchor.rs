//! `samtycke anchor`: which folder vouches for the logs.

use std::process::ExitCode;

use clap::{Args, Subcommand};
use samtycke_server::app::adopt_anchor;
use samtycke_server::clock::Environment;
use samtycke_server::config::Config;

use super::{CommandResult, root_key};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make the folder in anchor_dir the log anchor of this database, while no server runs.
    ///
    /// Move the old anchor's folder to its new place, set anchor_dir to it, and run this. Every log is compared with what
    /// the folder holds; if one contradicts it, nothing is changed. The anchor gets a new id, so that no server goes on
    /// with a copy elsewhere.
    Adopt(Adopt),
}

#[derive(Debug, Args)]
pub(super) struct Adopt {
    /// Take a log that the folder does not hold as the database has it. A rollback from before now is then never noticed.
    #[arg(long)]
    from_database: bool,
}

pub(super) async fn run(command: Command, config: Config) -> CommandResult {
    let Command::Adopt(Adopt { from_database }) = command;
    super::data::ensure_present(&config).await?;
    let environment = Environment::system();
    let root = root_key();
    let logs = adopt_anchor(&config, &environment, root.as_deref(), from_database).await?;
    for log in &logs {
        if log.stays_frozen {
            outln!(
                "{}: FROZEN: this database was restored from a backup, and the folder holds nothing that tells what is missing. Next: \
                 samtycke recover {} --succeed --reason TEXT",
                log.origin,
                log.tenant
            );
            continue;
        }
        match (log.size, log.is_from_database) {
            (None, _) => outln!("{}: never signed", log.origin),
            (Some(size), false) => {
                outln!("{}: agrees with the anchor up to {size} leaves", log.origin);
            }
            (Some(size), true) => {
                outln!("{}: taken from the database at {size} leaves", log.origin);
            }
        }
    }
    outln!(
        "{} is the log anchor of this database now.",
        config.anchor_dir.display()
    );
    if logs.iter().any(|log| log.is_from_database) {
        errln!(
            "A rollback from before now cannot be noticed for the logs that were taken from the database."
        );
    }
    Ok(ExitCode::SUCCESS)
}
