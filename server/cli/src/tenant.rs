//! Adds, lists and revokes tenants.

use std::sync::Arc;

use samtycke_core::id::TenantId;

use super::console::Console;
use super::data::{columns, tenant};
use super::{Failure, TenantCommand};
use samtycke_server::admin::{self, KeyRequest};
use samtycke_server::app::App;
use samtycke_server::tenant::Role;

/// Longest name of a controller; characters, as over HTTP.
const CONTROLLER_CHARS_MAX: usize = 120;

pub(super) async fn run(
    command: TenantCommand,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    match command {
        TenantCommand::Add { tenant, controller } => add(tenant, &controller, app, console).await,
        TenantCommand::List => {
            list(app, console);
            Ok(())
        }
        TenantCommand::Revoke { tenant } => revoke(&tenant, app, console).await,
        TenantCommand::LookupKey { .. } => {
            Err(Failure::new("this command reads the data folder itself"))
        }
    }
}

/// Parses a controller's name.
pub(super) fn controller(text: &str) -> Result<String, String> {
    if matches!(text.chars().count(), 1..=CONTROLLER_CHARS_MAX) {
        Ok(text.to_owned())
    } else {
        Err(format!("must have 1 to {CONTROLLER_CHARS_MAX} characters"))
    }
}

async fn add(
    id: TenantId,
    controller: &str,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    let added = admin::add_tenant(&app.admin, id.clone(), controller).await?;
    let first = KeyRequest {
        role: Role::Operator,
        site: None,
        label: "first key".into(),
        expires: None,
    };
    let key = admin::add_key(&app.admin, &added, first, None).await?;
    console.line(format_args!("tenant  {id}, {controller}"));
    console.line(format_args!("log     {}", added.origin));
    if added.is_test() {
        console.line("test    permanently: nothing in this log is a real record");
    }
    console.line(format_args!("vkey    {}", added.vkey()));
    console.line(format_args!("key     {}", key.key.unwrap_or_default()));
    console.line("\nThis key has the role operator and creates all others. It is shown only now.");
    let keys = console.view.data_dir.join("keys");
    console.line(format_args!(
        "Keep a copy of {} away from this machine:",
        keys.display()
    ));
    console.line("without it, no entry of the log can be opened.");
    Ok(())
}

fn list(app: &App, console: &mut Console) {
    let mut rows = vec![
        ["TENANT", "CONTROLLER", "REGISTER", "SITES", "KEYS", "LOG"]
            .map(str::to_owned)
            .to_vec(),
    ];
    for tenant in app.tenants.all() {
        let register = tenant
            .register
            .as_ref()
            .map_or("-".to_owned(), |live| format!("v{}", live.version));
        rows.push(vec![
            tenant.id.to_string(),
            tenant.controller.clone(),
            register,
            tenant.sites.len().to_string(),
            tenant.keys.len().to_string(),
            tenant.origin.clone(),
        ]);
    }
    console.text(columns(&rows));
}

async fn revoke(id: &TenantId, app: &Arc<App>, console: &mut Console) -> Result<(), Failure> {
    let (mut keys, mut sites) = (0, 0);
    // Each change makes a new snapshot of the tenant; the next change starts from that one.
    while let Some(site) = tenant(app, id)?.sites.keys().min().cloned() {
        admin::revoke_site(&app.admin, &tenant(app, id)?, &site, None).await?;
        sites += 1;
    }
    while let Some(key) = tenant(app, id)?
        .keys
        .values()
        .map(|key| key.key_id.clone())
        .min()
    {
        admin::revoke_key(&app.admin, &tenant(app, id)?, &key, None).await?;
        keys += 1;
    }
    console.line(format_args!(
        "Revoked {keys} keys and {sites} sites of {id}: its data can no longer be read or written."
    ));
    console.line("The tenant itself is not removed in this version; its log stays public, and its proofs hold.");
    console.line(format_args!(
        "A new key gives access again: samtycke key add {id} operator"
    ));
    Ok(())
}
