//! Runs a command on the data of its folder: in the server that has them open, if there is one, otherwise here.
//!
//! SQLite has one process. A server therefore listens on a Unix domain socket in the data folder, and a command sends
//! its work there. On PostgreSQL each command uses the database.

mod ask;
mod message;
mod serve;
mod socket;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use samtycke_core::id::TenantId;

use self::ask::{Asked, ask};
pub(crate) use self::serve::Control;
use super::console::{Console, Said, View};
use super::work::Work;
use super::{CommandResult, Failure, root_key};
use samtycke_server::app::{App, StartError};
use samtycke_server::clock::Environment;
use samtycke_server::config::{Config, Database};
use samtycke_server::keyring::ROOT_FILE;
use samtycke_server::store::Store;
use samtycke_server::tenant::Tenant;

/// How often to look again while the folder is in use and no server takes the command. A server that starts and another
/// command need a moment.
const LOOKS: u32 = 100;
/// Time between two looks.
const LOOK_PAUSE: Duration = Duration::from_millis(100);

/// Runs the command, and prints what it says.
pub(super) async fn run(config: Config, work: Work) -> CommandResult {
    super::serve::log(&config, Some("warn"));
    let view = View::of(&config);
    let is_sqlite = matches!(config.database, Database::Sqlite(_));
    for _ in 0..LOOKS {
        if is_sqlite && let Asked::Done(said, failure) = ask(&config.data_dir, &view, &work).await?
        {
            return finish(&said, failure);
        }
        if !work.creates_data() {
            ensure_present(&config).await?;
        }
        match App::start(config.clone(), Environment::system(), root_key()).await {
            Ok(app) => return here(&app, view, work).await,
            Err(StartError::InUse(_)) => tokio::time::sleep(LOOK_PAUSE).await,
            Err(error) => return Err(error.into()),
        }
    }
    let data_dir = config.data_dir.display();
    Err(Failure::new(format!(
        "{data_dir} is in use by another samtycke, which takes no commands at {}. Nothing was done.\n\
         A server takes commands once it has started. If that file was deleted, restart the server, or call its HTTP API.",
        config.data_dir.join(socket::NAME).display()
    )))
}

/// Runs the command in this process. Closes the data in every case, so that logged events are also published.
async fn here(app: &Arc<App>, view: View, work: Work) -> CommandResult {
    let mut console = Console::new(view);
    let done = work.run(app, &mut console).await;
    app.stop().await;
    finish(&console.said(), done.err())
}

fn finish(said: &Said, failure: Option<Failure>) -> CommandResult {
    said.print();
    failure.map_or(Ok(ExitCode::SUCCESS), Err)
}

/// Fails if no server has kept data there. The folder is then most likely the wrong one, and a new database with new
/// keys would hide that.
pub(super) async fn ensure_present(config: &Config) -> Result<(), Failure> {
    let keys = config.data_dir.join("keys").join(ROOT_FILE);
    let has_keys = root_key().is_some() || keys.exists();
    let has_data = match &config.database {
        Database::Sqlite(folder) => folder.join("samtycke.db").exists(),
        Database::Postgres(url) => {
            let store = Store::postgres(url, 1, config.allow_unsafe_postgres).await?;
            let has_schema = store.has_schema().await;
            store.close().await;
            has_schema?
        }
    };
    let data_dir = config.data_dir.display();
    let lacks = match (&config.database, has_data, has_keys) {
        (_, true, true) => return Ok(()),
        (Database::Postgres(_), false, _) => "the database holds no data".to_owned(),
        (Database::Postgres(_), true, false) => format!("{data_dir} holds no keys"),
        (Database::Sqlite(_), ..) => format!("{data_dir} holds no data"),
    };
    Err(Failure::new(format!(
        "{lacks}, and nothing was created. Set SAMTYCKE_DATA_DIR, or data_dir in the settings, to the right folder.\n\
         To start with this folder: samtycke tenant add TENANT 'NAME OF THE CONTROLLER'"
    )))
}

/// The tenant's current state.
pub(super) fn tenant(app: &App, id: &TenantId) -> Result<Arc<Tenant>, Failure> {
    let all = app.tenants.all();
    all.iter().find(|tenant| tenant.id == *id).cloned().ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|tenant| tenant.id.as_str()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Failure::new(format!(
            "there is no tenant {id} (known: {known}); add it with: samtycke tenant add {id} 'NAME OF THE CONTROLLER'"
        ))
    })
}

/// Formats rows as columns, two spaces apart.
pub(super) fn columns(rows: &[Vec<String>]) -> String {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |i: usize| {
        rows.iter()
            .filter_map(|row| row.get(i))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..count).map(|i| width(i).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
