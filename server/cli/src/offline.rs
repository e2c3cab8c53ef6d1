//! Commands that read beside a running server. They change nothing, so they take no lock.

use std::process::ExitCode;

use samtycke_core::id::{LogId, TenantId};
use samtycke_core::keys::Secret;

use super::{CommandResult, Failure, root_key};
use samtycke_server::clock::Environment;
use samtycke_server::config::{Config, Database};
use samtycke_server::keyring::{Keyring, Missing};
use samtycke_server::log::keys_of;
use samtycke_server::store::Store;
use samtycke_server::store::control::TenantRow;
use samtycke_server::tenant::Secrets;
use samtycke_server::witness::WitnessPolicy;

/// Prints the policy of a tenant's log: its keys, and the witnesses of the settings.
pub(super) async fn policy(config: Config, tenant: TenantId) -> CommandResult {
    let (store, _, row) = look(&config, &tenant).await?;
    outln!(
        "# The log of {tenant}, {}. Give this file to those who verify its proofs.",
        row.controller
    );
    let closed = store.successions(&tenant).await?;
    let mut logs: Vec<LogId> = closed.into_iter().map(|row| row.log).collect();
    logs.push(row.log.clone());
    for log in &logs {
        let head = store.head(log).await?;
        let head = head.ok_or_else(|| Failure::new("the tenant has no log"))?;
        if *log != row.log {
            outln!("# Closed: entries of it were lost. Its proofs stay valid.");
        }
        let keys = keys_of(&store, log, head.size).await?;
        for key in keys.all() {
            let line = format!("log {} {}/v1/logs/{log}/", key.vkey, config.public_url);
            match key.retired {
                None => outln!("{line}"),
                // In force it would let whoever has a leaked key sign for the log.
                Some(at) => outln!(
                    "# Retired at leaf {at}. Only for proofs from before, and only if that key has not leaked:\n# {line}"
                ),
            }
        }
    }
    match &config.witness_policy {
        None => outln!("quorum none"),
        Some(path) => {
            let witnesses = WitnessPolicy::read(path);
            let witnesses = witnesses.map_err(|error| Failure::new(error.to_string()))?;
            out!("{}", witnesses.text);
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Prints the key with which the SDK pseudonymises identifiers.
pub(super) async fn lookup_key(config: Config, tenant: TenantId) -> CommandResult {
    let (store, keyring, row) = look(&config, &tenant).await?;
    let closed = store.successions(&tenant).await?;
    let first = closed.into_iter().next().map_or(row.log, |row| row.log);
    let secrets = Secrets::derive(std::sync::Arc::new(keyring), first);
    let lookup: &Secret = &secrets.lookup;
    outln!("{}", hex::encode(lookup.expose()));
    errln!(
        "This is a secret of {tenant}: with it and the database, guessed e-mail addresses and numbers can be tested.\n\
         Give it only to the tenant's own servers, stored as their other secrets are, and never to a browser or an app."
    );
    Ok(ExitCode::SUCCESS)
}

async fn look(config: &Config, tenant: &TenantId) -> Result<(Store, Keyring, TenantRow), Failure> {
    super::data::ensure_present(config).await?;
    let store = match &config.database {
        Database::Sqlite(folder) => Store::sqlite(&folder.join("samtycke.db")).await?,
        Database::Postgres(url) => Store::postgres(url, 2, config.allow_unsafe_postgres).await?,
    };
    let keys = config.data_dir.join("keys");
    let environment = Environment::system();
    let keyring = Keyring::open(
        &keys,
        root_key().as_deref(),
        Missing::Refuse,
        &*environment.rng,
    )
    .map_err(|error| Failure::new(error.to_string()))?;
    let row = store.tenant(tenant.as_str()).await?;
    let row = row.ok_or_else(|| {
        Failure::new(format!(
            "there is no tenant {tenant}; samtycke tenant list shows all tenants"
        ))
    })?;
    Ok((store, keyring, row))
}
