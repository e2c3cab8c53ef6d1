//! What commands need to find in a data folder, and how they list it.

use std::borrow::Cow;
use std::sync::Arc;

use samtycke_core::id::{PurposeId, TenantId};
use samtycke_core::screen::escaped;

use super::{Failure, root_key};
use samtycke_server::app::App;
use samtycke_server::config::{Config, Database};
use samtycke_server::keyring::ROOT_FILE;
use samtycke_server::store::Store;
use samtycke_server::tenant::Tenant;

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
        (_, true, false) => {
            return Err(Failure::new(format!(
                "{data_dir} holds no keys, and the database cannot be read without those that it was written with. \
                 Nothing was created.\n\
                 Bring them back from your copy: samtycke keys import FILE"
            )));
        }
        (Database::Sqlite(_), ..) => format!("{data_dir} holds no data"),
    };
    Err(Failure::new(format!(
        "{lacks}, and nothing was created. Set SAMTYCKE_DATA_DIR, or data_dir in the settings, to the right folder.\n\
         To start with this folder: samtycke tenant add TENANT 'NAME OF THE CONTROLLER'"
    )))
}

/// Why a command could not run in this process.
pub(super) enum Alone {
    /// Another process has the data open.
    InUse,
    /// It failed.
    Failed(Failure),
}

impl<E: Into<Failure>> From<E> for Alone {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
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

/// The tenant that was named, the only one, or the only one whose register has the purpose.
pub(super) fn tenant_of(
    app: &App,
    named: Option<&TenantId>,
    purpose: Option<&PurposeId>,
) -> Result<Arc<Tenant>, Failure> {
    if let Some(id) = named {
        return tenant(app, id);
    }
    let all = app.tenants.all();
    if let [only] = all.as_slice() {
        return Ok(only.clone());
    }
    let Some(purpose) = purpose else {
        return Err(Failure::new(
            "there are several tenants; name one with --tenant TENANT",
        ));
    };
    let has = |tenant: &&Arc<Tenant>| {
        let live = tenant.register.as_ref();
        live.is_some_and(|live| live.register.purpose(purpose).is_some())
    };
    let found: Vec<&Arc<Tenant>> = all.iter().filter(has).collect();
    if let [one] = found.as_slice() {
        return Ok((*one).clone());
    }
    let which = if found.is_empty() {
        format!("no live register has the purpose {purpose}")
    } else {
        let ids: Vec<&str> = found.iter().map(|tenant| tenant.id.as_str()).collect();
        format!("{} have the purpose {purpose}", ids.join(", "))
    };
    Err(Failure::new(format!(
        "{which}; name the tenant with --tenant TENANT"
    )))
}

/// Formats rows as columns, two spaces apart. Cells can come from outside: each keeps to its place.
pub(super) fn columns(rows: &[Vec<String>]) -> String {
    let rows: Vec<Vec<Cow<'_, str>>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| escaped(cell)).collect())
        .collect();
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |i: usize| {
        rows.iter()
            .filter_map(|row| row.get(i))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..count).map(|i| width(i).unwrap_or(0)).collect();
    let mut text = String::new();
    for row in &rows {
        let cells = row
            .iter()
            .zip(&widths)
            .map(|(cell, width)| format!("{cell:width$}"));
        text.push_str(cells.collect::<Vec<_>>().join("  ").trim_end());
        text.push('\n');
    }
    text
}
