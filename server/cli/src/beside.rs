//! Commands that run in a server or alone, also where a server would not start.

use super::control::run_or_alone;
use super::work::Work;
use super::{CommandResult, Failure, backup, fsck};
use samtycke_server::config::Config;

/// `samtycke fsck`.
pub(super) async fn look(config: Config, args: fsck::Args) -> CommandResult {
    let work = Work::Fsck(args.clone());
    run_or_alone(config, work, async |config, console| {
        fsck::alone(config, &args, console).await
    })
    .await
}

/// `samtycke backup`.
pub(super) async fn back_up(config: Config, mut args: backup::Args) -> CommandResult {
    // The server may run in another folder.
    let absolute = std::path::absolute(&args.file);
    args.file =
        absolute.map_err(|error| Failure::new(format!("{}: {error}", args.file.display())))?;
    let work = Work::Backup(args.clone());
    run_or_alone(config, work, async |config, console| {
        backup::alone(config, &args, console).await
    })
    .await
}
