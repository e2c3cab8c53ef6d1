//! A data folder opened for one command.

use std::sync::Arc;

use samtycke_core::id::TenantId;

use super::call::{Call, instead};
use super::{Failure, root_key};
use crate::app::{App, StartError};
use crate::clock::Nature;
use crate::config::Config;
use crate::tenant::Tenant;

/// Opens the data folder; where a server has it open, the failure says which calls do the same.
pub(super) async fn open(config: Config, calls: &[Call]) -> Result<Arc<App>, Failure> {
    super::serve::log(&config, Some("warn"));
    match App::start(config.clone(), Nature::system(), root_key()).await {
        Ok(app) => Ok(app),
        Err(StartError::InUse(_)) => Err(Failure::new(instead(&config, calls))),
        Err(error) => Err(error.into()),
    }
}

/// Does one thing with the data folder and closes it whatever comes of it, so that what was logged is published too.
pub(super) async fn with<T>(
    config: Config,
    calls: &[Call],
    work: impl AsyncFnOnce(&Arc<App>) -> Result<T, Failure>,
) -> Result<T, Failure> {
    let app = open(config, calls).await?;
    let done = work(&app).await;
    app.stop().await;
    done
}

/// The tenant as it is now.
pub(super) fn tenant(app: &App, id: &TenantId) -> Result<Arc<Tenant>, Failure> {
    let all = app.tenants.all();
    all.iter().find(|tenant| tenant.id == *id).cloned().ok_or_else(|| {
        let known: Vec<&str> = all.iter().map(|tenant| tenant.id.as_str()).collect();
        let known = if known.is_empty() { "none".to_owned() } else { known.join(", ") };
        Failure::new(format!(
            "there is no tenant {id} (there is: {known}); add it with: samtycke tenant add {id} 'NAME OF THE CONTROLLER'"
        ))
    })
}

/// Rows as columns, two spaces apart.
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
