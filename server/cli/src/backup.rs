//! `samtycke backup`, `restore` and `move`: copies of a whole database.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::console::{Console, Progress, clear_progress, on_terminal};
use super::data::{Alone, ensure_present};
use super::{CommandResult, Failure};
use samtycke_server::app::{App, StartError, open_store};
use samtycke_server::backup::{self, CopyError, Manifest};
use samtycke_server::clock::Environment;
use samtycke_server::config::{Config, Database};
use samtycke_server::keyring::ROOT_FILE;
use samtycke_server::store::Store;

/// Arguments of `samtycke backup`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args, Serialize, Deserialize)]
pub(super) struct Args {
    /// The file to write, which must not exist.
    pub(super) file: PathBuf,
}

/// Arguments of `samtycke restore`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
pub(super) struct RestoreArgs {
    /// The backup.
    file: PathBuf,
}

/// Arguments of `samtycke move`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args)]
pub(super) struct MoveArgs {
    /// Where the data go: `postgres://USER:PASSWORD@HOST/DATABASE`, or `sqlite` for the data folder.
    #[arg(long)]
    to: String,
}

impl From<CopyError> for Failure {
    fn from(error: CopyError) -> Self {
        Self::new(error.to_string())
    }
}

/// Backs up in a server.
pub(super) async fn run(args: Args, app: &Arc<App>, console: &mut Console) -> Result<(), Failure> {
    write(&app.store, &args.file, console).await
}

/// Backs up the data of a stopped server, or of a PostgreSQL.
pub(super) async fn alone(
    config: &Config,
    args: &Args,
    console: &mut Console,
) -> Result<(), Alone> {
    ensure_present(config).await?;
    let (store, _lock) = match open_store(config).await {
        Err(StartError::InUse(_)) => return Err(Alone::InUse),
        opened => opened?,
    };
    store.migrate().await?;
    let written = write(&store, &args.file, console).await;
    store.close().await;
    Ok(written?)
}

async fn write(store: &Store, file: &Path, console: &mut Console) -> Result<(), Failure> {
    let now = Environment::system().clock.now();
    let shown = Some(console.progress());
    let show = show(shown.as_ref(), "backup");
    let manifest = backup::backup(store, file, now, &show).await?;
    console.line(format_args!(
        "{}: {}, verified.",
        file.display(),
        said(&manifest)
    ));
    for log in &manifest.logs {
        console.line(format_args!("  log {} with {} leaves", log.log, log.size));
    }
    console.line(format_args!(
        "No key is in it: without keys/{ROOT_FILE} nobody can open an event of it. Keep that file in another place."
    ));
    Ok(())
}

/// What is in it. Not the number of rows: signed heads come by themselves.
fn said(manifest: &Manifest) -> String {
    let logs = match manifest.logs.len() {
        1 => "1 log".to_owned(),
        count => format!("{count} logs"),
    };
    format!("{} tables, {logs}", manifest.tables.len())
}

/// Brings a backup into the empty database of these settings.
pub(super) async fn restore(config: Config, args: RestoreArgs) -> CommandResult {
    let (store, _lock) = open_store(&config).await?;
    store.migrate().await?;
    let shown = on_terminal();
    let scratch = &config.data_dir;
    let restored = backup::restore(
        &args.file,
        &store,
        scratch,
        &show(shown.as_ref(), "restore"),
    )
    .await;
    store.close().await;
    clear_progress();
    let manifest = restored?;
    outln!(
        "{} from {}, verified.",
        said(&manifest),
        args.file.display()
    );
    for log in &manifest.logs {
        outln!("  log {} with {} leaves", log.log, log.size);
    }
    let root = config.data_dir.join("keys").join(ROOT_FILE);
    if !root.exists() && super::root_key().is_none() {
        outln!("Next: put your copy of {ROOT_FILE} at {}", root.display());
    }
    outln!(
        "Next: samtycke fsck --all, then samtycke serve. A log that has grown since the backup stays frozen until the log \
         anchor in {} has been replayed.",
        config.anchor_dir.display()
    );
    Ok(std::process::ExitCode::SUCCESS)
}

/// Moves the data of these settings to another engine.
pub(super) async fn shift(config: Config, args: MoveArgs) -> CommandResult {
    ensure_present(&config).await?;
    let database = match args.to.as_str() {
        "sqlite" => Database::Sqlite(config.data_dir.join("db")),
        url if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
            Database::Postgres(url.to_owned())
        }
        _ => {
            return Err(Failure::new(
                "--to must be a postgres:// address, or sqlite for the data folder",
            ));
        }
    };
    if matches!(database, Database::Sqlite(_)) == matches!(config.database, Database::Sqlite(_)) {
        return Err(Failure::new(
            "the data are on that engine already; samtycke backup and restore copy within one",
        ));
    }
    let named = named(&database);
    let mut config = config;
    // One connection each: every other session of samtycke is then somebody else's.
    config.database_connections_max = 1;
    let mut target = config.clone();
    target.database = database;
    // On SQLite the lock of the data folder keeps every server away, whichever end it is.
    let (from, _from_lock) = open_store(&config).await?;
    let (into, _into_lock) = open_store(&target).await?;
    let shown = on_terminal();
    let moved = async {
        from.migrate().await?;
        into.migrate().await?;
        backup::shift(&from, &into, &named, &show(shown.as_ref(), "move")).await
    }
    .await;
    from.close().await;
    into.close().await;
    clear_progress();
    let moved = moved?;
    outln!(
        "{} rows and {} logs moved to {named}, verified.",
        moved.rows,
        moved.logs
    );
    outln!("The old database is marked and serves no more; it is as it was otherwise.");
    outln!(
        "Next: {}, then samtycke serve",
        match target.database {
            Database::Postgres(_) => "set database_url to the new address",
            Database::Sqlite(_) => "remove database_url from the settings",
        }
    );
    Ok(std::process::ExitCode::SUCCESS)
}

/// A database by what may be shown: no user and no password.
fn named(database: &Database) -> String {
    match database {
        Database::Sqlite(folder) => folder.display().to_string(),
        Database::Postgres(url) => {
            let rest = url.rsplit_once('@').map_or_else(
                || url.split_once("://").map_or(url.as_str(), |(_, rest)| rest),
                |(_, host)| host,
            );
            let place = rest.split('?').next().unwrap_or(rest);
            format!("postgres://{place}")
        }
    }
}

fn show(shown: Option<&Progress>, what: &'static str) -> impl Fn(&str) + Send + Sync + use<> {
    let shown = shown.cloned();
    move |table| {
        if let Some(show) = &shown {
            show(&format!("{what}: {table}"));
        }
    }
}
