//! What can be read beside a running server: it changes nothing, so it takes no lock.

use std::process::ExitCode;

use samtycke_core::id::TenantId;
use samtycke_core::keys::Secret;

use super::{Done, Failure, root_key};
use crate::clock::Nature;
use crate::config::{Config, Database};
use crate::keyring::{Keyring, ROOT_FILE};
use crate::log::publish::verifier_of;
use crate::store::Store;
use crate::store::control::TenantRow;
use crate::tenant::Secrets;

/// Prints the policy of a tenant's log.
pub(super) async fn policy(config: Config, tenant: TenantId) -> Done {
    let (store, keyring, row) = look(&config, &tenant).await?;
    let head = store.head(&row.log).await?;
    let head = head.ok_or_else(|| Failure::new("the tenant has no log"))?;
    println!(
        "# The log of {tenant}, {}. Hand this file to whoever verifies its proofs.",
        row.controller
    );
    println!(
        "log {} {}/v1/logs/{}/",
        verifier_of(&keyring, &row.log, &head.origin),
        config.public_url,
        row.log
    );
    println!("quorum none");
    Ok(ExitCode::SUCCESS)
}

/// Prints the key that the SDK pseudonymises identifiers with.
pub(super) async fn lookup_key(config: Config, tenant: TenantId) -> Done {
    let (_, keyring, row) = look(&config, &tenant).await?;
    let secrets = Secrets::derive(std::sync::Arc::new(keyring), row.log);
    let lookup: &Secret = &secrets.lookup;
    println!("{}", hex::encode(lookup.expose()));
    eprintln!(
        "This is a secret of {tenant}: with it and the database, guesses of e-mail addresses and numbers can be tested.\n\
         Give it to the tenant's own servers alone, as they hold their other secrets, and never to a browser or an app."
    );
    Ok(ExitCode::SUCCESS)
}

async fn look(config: &Config, tenant: &TenantId) -> Result<(Store, Keyring, TenantRow), Failure> {
    let keys = config.data_dir.join("keys");
    let root = root_key();
    let has_keys = root.is_some() || keys.join(ROOT_FILE).exists();
    let store = match &config.database {
        Database::Sqlite(folder) => {
            let file = folder.join("samtycke.db");
            if !file.exists() || !has_keys {
                return Err(Failure::new(format!(
                    "{} holds no data; SAMTYCKE_DATA_DIR says where they are",
                    config.data_dir.display()
                )));
            }
            Store::sqlite(&file).await?
        }
        Database::Postgres(url) => Store::postgres(url, 2, config.allow_unsafe_postgres).await?,
    };
    let keyring = Keyring::open(&keys, root.as_deref(), false, &*Nature::system().chance)
        .map_err(|error| Failure::new(error.to_string()))?;
    let row = store.tenant(tenant.as_str()).await?;
    let row = row.ok_or_else(|| {
        Failure::new(format!(
            "there is no tenant {tenant}; samtycke tenant list shows those there are"
        ))
    })?;
    Ok((store, keyring, row))
}
