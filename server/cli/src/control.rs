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

use self::ask::{Asked, ask};
pub(crate) use self::serve::Control;
use super::console::{Console, Said, View, clear_progress, on_terminal};
use super::data::{Alone, ensure_present};
use super::work::Work;
use super::{CommandResult, Failure, root_key};
use samtycke_server::app::{App, StartError};
use samtycke_server::clock::Environment;
use samtycke_server::config::{Config, Database};

/// How often to look again while the folder is in use and no server takes the command. A server that starts and another
/// command need a moment.
const LOOKS: u32 = 100;
/// Time between two looks.
const LOOK_PAUSE: Duration = Duration::from_millis(100);

/// Runs the command, and prints what it says.
pub(super) async fn run(config: Config, work: Work) -> CommandResult {
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
    Err(in_use(&config))
}

/// Runs a command that needs the data and no server's parts: in the server that has them open, otherwise by `alone`, which
/// also works where a server would not start.
pub(super) async fn run_or_alone(
    config: Config,
    work: Work,
    alone: impl AsyncFn(&Config, &mut Console) -> Result<(), Alone>,
) -> CommandResult {
    let view = View::of(&config);
    let is_sqlite = matches!(config.database, Database::Sqlite(_));
    for _ in 0..LOOKS {
        if is_sqlite && let Asked::Done(said, failure) = ask(&config.data_dir, &view, &work).await?
        {
            return finish(&said, failure);
        }
        let mut console = Console::with_progress(view.clone(), on_terminal());
        match alone(&config, &mut console).await {
            Err(Alone::InUse) => tokio::time::sleep(LOOK_PAUSE).await,
            done => {
                clear_progress();
                let failure = match done {
                    Err(Alone::Failed(failure)) => Some(failure),
                    _ => None,
                };
                return finish(&console.said(), failure);
            }
        }
    }
    Err(in_use(&config))
}

fn in_use(config: &Config) -> Failure {
    Failure::new(format!(
        "{} is in use by another samtycke, which takes no commands at {}. Nothing was done.\n\
         A server takes commands once it has started. If that file was deleted, restart the server, or call its HTTP API.",
        config.data_dir.display(),
        config.data_dir.join(socket::NAME).display()
    ))
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
    failure.map_or(Ok(ExitCode::from(said.code())), Err)
}
