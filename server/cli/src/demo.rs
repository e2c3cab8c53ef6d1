//! `samtycke demo`: five controllers with their own registers, and one day of invented people. The demo plays the day
//! through the code that handles requests, with a clock that it sets.
//!
//! It builds the data in `<data>/demo.part` and moves them into place when they are complete. A run that was
//! interrupted therefore leaves nothing that looks like a demo.

mod commands;
mod day;
mod diary;
mod file;
mod lives;
mod people;
mod play;
mod sites;

use std::path::{Path, PathBuf};

use self::file::{Demo, read_demo, write_demo};
use super::control::Control;
use super::{CommandResult, Failure, root_key, serve};
use samtycke_server::app::App;
use samtycke_server::clock::Environment;
use samtycke_server::config::{Config, Database};
use samtycke_server::home::state::Example;
use samtycke_server::http::common::log_panics_by_place;

/// Runs the demo and creates it first if it does not exist.
pub(super) async fn demo(mut config: Config) -> CommandResult {
    serve::log(&config, Some("warn"));
    log_panics_by_place();
    if matches!(config.database, Database::Postgres(_)) {
        return Err(Failure::new(
            "the demo keeps its data in a folder; unset database_url (SAMTYCKE_DATABASE_URL) to run it",
        ));
    }
    let folder = config.data_dir.clone();
    serve::all_in(&mut config, &folder);
    config.public_overview = true;
    let listener = serve::listen(&mut config)?;
    let mut demo = match read_demo(&config.data_dir)? {
        Some(demo) => {
            outln!(
                "The demo in {} exists already; delete the folder to start afresh.",
                config.data_dir.display()
            );
            demo
        }
        None => make(&config).await?,
    };
    demo.base_url.clone_from(&config.public_url);
    let stop = serve::Stop::on_signal()?;
    let app = App::start(config, Environment::system(), root_key()).await?;
    sites::ensure(&app, &mut demo).await?;
    write_demo(&app.config.data_dir, &demo)?;
    let control = Control::open(&app);
    let commands = commands::of(&demo)?;
    let addresses = sites::addresses(&app, &demo);
    commands::print(&app, &demo, &commands, &addresses);
    app.home.set_example(Example {
        commands,
        sites: addresses,
        people: demo.people.iter().map(lives::Person::on_the_page).collect(),
    });
    let router = sites::router(&app, &demo);
    serve::run(&app, router, listener, control, stop).await
}

/// Plays the day in a folder of its own, and moves it into place.
async fn make(config: &Config) -> Result<Demo, Failure> {
    const PART: &str = "demo.part";
    let data = &config.data_dir;
    let parts = ["db", "anchor", "keys"];
    if let Some(there) = parts
        .iter()
        .map(|part| data.join(part))
        .find(|path| path.exists())
    {
        return Err(Failure::new(format!(
            "{} exists without a demo.json: these data are not a demo.\n\
             Choose an empty folder: SAMTYCKE_DATA_DIR=demo samtycke demo",
            there.display()
        )));
    }
    std::fs::create_dir_all(data).map_err(|error| cannot(data, &error))?;
    // Held until the demo is complete, so that a second process does not remove its folder.
    let path = data.join("demo.lock");
    let lock = std::fs::File::create(&path).map_err(|error| cannot(&path, &error))?;
    if lock.try_lock().is_err() {
        return Err(Failure::new(format!(
            "another samtycke is creating a demo in {}",
            data.display()
        )));
    }
    let part = data.join(PART);
    if part.exists() {
        std::fs::remove_dir_all(&part).map_err(|error| cannot(&part, &error))?;
    }
    let mut seeding = config.clone();
    serve::all_in(&mut seeding, &part);
    let demo = play::play(seeding).await?;
    for name in parts {
        let (from, to): (PathBuf, PathBuf) = (part.join(name), data.join(name));
        std::fs::rename(&from, &to).map_err(|error| cannot(&to, &error))?;
    }
    write_demo(data, &demo)?;
    // The demo does not depend on the removal of these two.
    let _ = std::fs::remove_dir_all(&part);
    let _ = std::fs::remove_file(&path);
    Ok(demo)
}

fn cannot(path: &Path, error: &std::io::Error) -> Failure {
    Failure::new(format!("{}: {error}", path.display()))
}
