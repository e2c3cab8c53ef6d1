//! `samtycke keys`: the root secrets in a file of their own. They are read beside a running server and change nothing there.

use std::fs::{self, File, OpenOptions};
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use samtycke_core::id::TenantId;

use super::data::ensure_present;
use super::{CommandResult, Failure, epochs, root_key};
use samtycke_server::clock::Environment;
use samtycke_server::config::{Config, Database};
use samtycke_server::keyring::{CarriedKeys, Keyring, KeyringError, Missing};
use samtycke_server::log::keys_of;
use samtycke_server::store::Store;

#[derive(Debug, clap::Subcommand)]
pub(super) enum Command {
    /// Write the root secrets, the instance key and the logs' verifier keys into one file.
    ///
    /// Whoever has the file and a backup can read every event and sign for every log: keep it apart from both, on paper in a
    /// safe or with another provider.
    Export {
        /// The file to write, which must not exist.
        file: PathBuf,
    },
    /// Bring exported keys into the data folder, which must have no others.
    Import {
        /// The exported file.
        file: PathBuf,
    },
    /// Add an epoch to root.key: a new secret, under which subjects' keys are wrapped from then on.
    ///
    /// Keys that were wrapped before stay where they are until `keys rewrap`.
    Epoch {
        /// For several servers: none uses it until `keys use`, so that every one can be given the file first.
        #[arg(long)]
        unused: bool,
    },
    /// Put an epoch into use that every server has in its root.key.
    Use {
        /// The epoch's number.
        epoch: u64,
    },
    /// Wrap the keys of living subjects under the newest epoch, beside running servers. It may be stopped and run again.
    Rewrap {
        /// The tenant's short name; default: every tenant.
        tenant: Option<TenantId>,
    },
    /// Destroy an epoch that nothing needs any more, and with it what backups hold of people who were erased since.
    Destroy {
        /// The epoch's number.
        epoch: u64,
        /// A backup from after `keys rewrap`: the one that would be restored.
        #[arg(long, value_name = "FILE")]
        backup: PathBuf,
    },
    /// Check that the keys sign the logs: those of an exported file, without any server or database, or those in use.
    Check {
        /// The exported file; default: the keys of the data folder, against the logs in the database.
        file: Option<PathBuf>,
    },
}

impl From<KeyringError> for Failure {
    fn from(error: KeyringError) -> Self {
        Self::new(error.to_string())
    }
}

pub(super) async fn run(command: Command, config: Config) -> CommandResult {
    let environment = Environment::system();
    match command {
        Command::Export { file } => {
            let keys = in_use(&config).await?;
            say(&keys)?;
            write_private(&file, &keys.to_text())?;
            outln!("{}: the keys, readable only by you.", file.display());
            outln!("Keep it apart from every backup. Check it each year: samtycke keys check FILE");
        }
        Command::Import { file } => {
            let keys = read(&file)?;
            say(&keys)?;
            let folder = config.data_dir.join("keys");
            keys.write_into(&folder, &*environment.rng)?;
            outln!("The keys are in {}.", folder.display());
        }
        Command::Epoch { unused } => return epochs::add(&config, unused),
        Command::Use { epoch } => return epochs::put_into_use(&config, epoch),
        Command::Destroy { epoch, backup } => {
            return epochs::destroy(config, epoch, backup).await;
        }
        Command::Rewrap { .. } => return Err(Failure::new("this command runs in the server")),
        Command::Check { file } => {
            let keys = match file {
                Some(file) => read(&file)?,
                None => in_use(&config).await?,
            };
            say(&keys)?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Says of each log whether the keys sign it. Error: they do not sign one of them.
fn say(keys: &CarriedKeys) -> Result<(), Failure> {
    let logs = keys.check();
    for log in &logs {
        let fits = if log.fits { "signs" } else { "DOES NOT SIGN" };
        outln!("{fits} {} {}", log.tenant, log.vkey);
    }
    match logs.iter().find(|log| !log.fits) {
        None => Ok(()),
        Some(log) => Err(Failure::new(format!(
            "these are not the keys of the log of {}: with them nothing of it can be opened or signed. Use the copy that was \
             made with it",
            log.tenant
        ))),
    }
}

fn read(file: &Path) -> Result<CarriedKeys, Failure> {
    let name = file.display().to_string();
    let text =
        fs::read_to_string(file).map_err(|error| Failure::new(format!("{name}: {error}")))?;
    Ok(CarriedKeys::read(&name, &text)?)
}

/// The keys of these settings, with the logs of their database.
async fn in_use(config: &Config) -> Result<CarriedKeys, Failure> {
    ensure_present(config).await?;
    let rng = Environment::system().rng;
    let folder = config.data_dir.join("keys");
    let keyring = Keyring::open(&folder, root_key().as_deref(), Missing::Refuse, &*rng)?;
    let store = match &config.database {
        Database::Sqlite(folder) => Store::sqlite(&folder.join("samtycke.db")).await?,
        Database::Postgres(url) => Store::postgres(url, 2, config.allow_unsafe_postgres).await?,
    };
    let logs = logs(&store).await;
    Ok(CarriedKeys::of(Arc::new(keyring), logs?))
}

/// Each tenant with the verifier keys that sign its log.
async fn logs(store: &Store) -> Result<Vec<(TenantId, String)>, Failure> {
    let mut logs = Vec::new();
    for tenant in store.tenants().await? {
        let id = tenant.tenant;
        let head = store.head(&tenant.log).await?;
        let keys = keys_of(store, &tenant.log, head.map_or(0, |head| head.size)).await;
        let keys = keys.ok().filter(|keys| keys.live().next().is_some());
        let Some(keys) = keys else {
            return Err(Failure::new(format!(
                "the log of {id} does not name its key; samtycke fsck {id} says more"
            )));
        };
        logs.extend(keys.live().map(|key| (id.clone(), key.vkey.clone())));
    }
    Ok(logs)
}

/// Writes a file that only its owner can read, durably; never over another.
fn write_private(file: &Path, text: &str) -> Result<(), Failure> {
    let mut options = OpenOptions::new();
    let opened = options.write(true).create_new(true).mode(0o600).open(file);
    let written = opened.and_then(|mut open: File| {
        open.write_all(text.as_bytes())?;
        open.sync_all()
    });
    written.map_err(|error| Failure::new(format!("{}: {error}", file.display())))
}
