//! `samtycke keys epoch | use | rewrap | destroy`: the epochs of the root key.

use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use samtycke_core::id::TenantId;
use serde::{Deserialize, Serialize};

use super::console::Console;
use super::data::{ensure_present, tenant};
use super::{CommandResult, Failure, root_key};
use samtycke_server::app::App;
use samtycke_server::clock::Environment;
use samtycke_server::config::{Config, Database};
use samtycke_server::epochs::{ensure_unneeded, rewrap};
use samtycke_server::keyring::{Keyring, Missing, RootChange, change_roots};
use samtycke_server::store::Store;
use samtycke_server::tenant::Tenants;

/// Adds an epoch to root.key.
pub(super) fn add(config: &Config, is_unused: bool) -> CommandResult {
    let rng = Environment::system().rng;
    let folder = keys_folder(
        config,
        "add a line to it: the next epoch, and 64 random hex digits",
    )?;
    let epoch = change_roots(&folder, &*rng, |roots: &mut RootChange| {
        roots.add(is_unused, &*rng)
    })?;
    outln!("Epoch {epoch} is in {}.", folder.join("root.key").display());
    errln!("Export the keys now, and keep the copy apart: samtycke keys export FILE");
    if is_unused {
        errln!(
            "No server uses it yet. Give this root.key to every server and restart each; then: samtycke keys use {epoch}"
        );
    } else {
        errln!(
            "Restart the server, which wraps new keys under it from then on; then: samtycke keys rewrap"
        );
    }
    Ok(ExitCode::SUCCESS)
}

/// Puts an epoch of root.key into use.
pub(super) fn put_into_use(config: &Config, epoch: u64) -> CommandResult {
    let rng = Environment::system().rng;
    let folder = keys_folder(config, "take the word `unused` from its line there")?;
    change_roots(&folder, &*rng, |roots: &mut RootChange| {
        roots.put_into_use(epoch)
    })?;
    outln!(
        "Epoch {epoch} is in use. Give this root.key to every server and restart each; then: samtycke keys rewrap"
    );
    Ok(ExitCode::SUCCESS)
}

/// The folder of root.key. Error: the secrets come from the environment, where they are changed by hand.
fn keys_folder(config: &Config, by_hand: &str) -> Result<PathBuf, Failure> {
    if root_key().is_some() {
        return Err(Failure::new(format!(
            "the root secrets come from SAMTYCKE_ROOT_KEY; {by_hand}"
        )));
    }
    Ok(config.data_dir.join("keys"))
}

/// Which keys are wrapped anew.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Rewrap {
    /// The tenant; every one where there is none.
    pub(super) tenant: Option<TenantId>,
}

/// Wraps subjects' keys under the newest epoch.
pub(super) async fn rewrap_keys(
    asked: Rewrap,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    let keyring = &app.admin.keyring;
    let newest = keyring.epoch();
    ensure_has_read(&app.config.data_dir, newest)?;
    let tenants = match asked.tenant {
        Some(id) => vec![tenant(app, &id)?],
        None => app.tenants.all(),
    };
    for tenant in tenants {
        let (id, show) = (tenant.id.clone(), console.progress());
        let rng = &*app.admin.environment.rng;
        let shown = |looked| show(&format!("{id}: {looked} subjects"));
        let wrapped = rewrap(&app.store, &tenant, keyring, rng, shown).await?;
        console.line(format_args!(
            "{id}: {wrapped} keys wrapped anew; all are under epoch {newest}."
        ));
    }
    Ok(())
}

/// Fails if root.key has an epoch in use that this server does not have: it was not restarted.
fn ensure_has_read(data_dir: &Path, newest: u64) -> Result<(), Failure> {
    let rng = Environment::system().rng;
    let Ok(file) = Keyring::open(&data_dir.join("keys"), None, Missing::Refuse, &*rng) else {
        return Ok(());
    };
    if root_key().is_none() && file.epoch() > newest {
        return Err(Failure::new(format!(
            "root.key has epoch {}, and this server has read it before: restart it first",
            file.epoch()
        )));
    }
    Ok(())
}

/// Destroys an epoch that nothing needs.
pub(super) async fn destroy(config: Config, epoch: u64, backup: PathBuf) -> CommandResult {
    ensure_present(&config).await?;
    let environment = Environment::system();
    let keys = config.data_dir.join("keys");
    let rng = &*environment.rng;
    let keyring = Keyring::open(&keys, root_key().as_deref(), Missing::Refuse, rng)?;
    let refused = |why: &dyn std::fmt::Display| {
        Failure::new(format!("epoch {epoch} was not destroyed: {why}"))
    };
    keyring.may_destroy(epoch).map_err(|why| refused(&why))?;
    let store = match &config.database {
        Database::Sqlite(folder) => Store::sqlite(&folder.join("samtycke.db")).await?,
        Database::Postgres(url) => Store::postgres(url, 2, config.allow_unsafe_postgres).await?,
    };
    let clock = environment.clock.clone();
    let tenants = Tenants::without_states(store.clone(), Arc::new(keyring), clock);
    tenants.load_all().await?;
    let needed = ensure_unneeded(epoch, &store, &tenants, &backup).await;
    store.close().await;
    needed.map_err(|why| refused(&why))?;
    let folder = keys_folder(
        &config,
        &format!("nothing needs epoch {epoch}: remove its line there"),
    )?;
    change_roots(&folder, rng, |roots: &mut RootChange| roots.destroy(epoch))?;
    outln!(
        "Epoch {epoch} is destroyed. What only it opens can be opened by nobody: backups from before the keys were wrapped anew."
    );
    errln!(
        "Destroy it in every copy too: give this root.key to every server, export the keys again, and delete the older exports."
    );
    Ok(ExitCode::SUCCESS)
}
