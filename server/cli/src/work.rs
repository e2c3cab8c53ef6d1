//! The commands that need the data, as values. A command runs in the process that has the database open: the server, if
//! one has, otherwise the command's own.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::console::Console;
use super::{Failure, KeyCommand, NoticeCommand, SiteCommand, TenantCommand};
use super::{
    backup, epochs, event, fsck, keys, loss, notice, objections, register, signer, tenant, why,
};
use samtycke_server::app::App;

/// A command and its arguments. Files are read before: the server may run in another folder.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Work {
    Tenant(TenantCommand),
    Site(SiteCommand),
    Key(KeyCommand),
    Notice(NoticeCommand),
    Import(register::Import),
    Publish(register::Publish),
    Why(why::Args),
    Event(Box<event::Record>),
    Objections(objections::Args),
    Fsck(fsck::Args),
    Backup(backup::Args),
    AcceptLoss(loss::Acceptance),
    Signer(signer::Command),
    Rewrap(epochs::Rewrap),
}

impl Work {
    /// Runs the command.
    pub(super) async fn run(self, app: &Arc<App>, console: &mut Console) -> Result<(), Failure> {
        match self {
            Self::Tenant(command) => tenant::run(command, app, console).await,
            Self::Site(command) => keys::sites(command, app, console).await,
            Self::Key(command) => keys::keys(command, app, console).await,
            Self::Notice(command) => notice::run(command, app, console).await,
            Self::Import(import) => register::import(import, app, console).await,
            Self::Publish(publish) => register::publish(publish, app, console).await,
            Self::Why(args) => why::run(args, app, console).await,
            Self::Event(record) => event::run(*record, app, console).await,
            Self::Objections(args) => objections::run(args, app, console).await,
            Self::Fsck(args) => fsck::run(args, app, console).await,
            Self::Backup(args) => backup::run(args, app, console).await,
            Self::Signer(command) => signer::run(command, app, console).await,
            Self::Rewrap(asked) => epochs::rewrap_keys(asked, app, console).await,
            Self::AcceptLoss(asked) => loss::run(asked, app, console).await,
        }
    }

    /// The command's first word, for the log. Arguments stay out of it: some name subjects.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Tenant(_) => "tenant",
            Self::Site(_) => "site",
            Self::Key(_) => "key",
            Self::Notice(_) => "notice",
            Self::Import(_) | Self::Publish(_) => "register",
            Self::Why(_) => "why",
            Self::Event(_) => "event",
            Self::Objections(_) => "objections",
            Self::Fsck(_) => "fsck",
            Self::Backup(_) => "backup",
            Self::AcceptLoss(_) => "recover",
            Self::Signer(_) => "signer",
            Self::Rewrap(_) => "keys",
        }
    }

    /// Whether the command may create the data folder.
    pub(super) fn creates_data(&self) -> bool {
        matches!(self, Self::Tenant(TenantCommand::Add { .. }))
    }
}
