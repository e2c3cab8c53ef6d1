//! Adds, lists and revokes tenants.

use std::process::ExitCode;

use samtycke_core::id::TenantId;
use serde_json::json;

use super::call::{Call, Key};
use super::control::{columns, tenant, with, with_new};
use super::{CommandResult, Failure, TenantCommand};
use samtycke_server::admin::{self, KeyRequest};
use samtycke_server::config::Config;
use samtycke_server::tenant::Role;

/// Longest name of a controller; characters, as over HTTP.
const CONTROLLER_CHARS_MAX: usize = 120;

pub(super) async fn run(command: TenantCommand, config: Config) -> CommandResult {
    match command {
        TenantCommand::Add { tenant, controller } => add(config, tenant, &controller).await,
        TenantCommand::List => list(config).await,
        TenantCommand::Revoke { tenant } => revoke(config, &tenant).await,
        TenantCommand::LookupKey { tenant } => super::offline::lookup_key(config, tenant).await,
    }
}

async fn add(config: Config, id: TenantId, controller: &str) -> CommandResult {
    if !matches!(controller.chars().count(), 1..=CONTROLLER_CHARS_MAX) {
        return Err(Failure::new(format!(
            "the name must have 1 to {CONTROLLER_CHARS_MAX} characters"
        )));
    }
    let body = json!({"tenant": id, "controller": controller});
    let calls = [Call::post("/v1/tenants", Key::Instance, body)];
    with_new(config, &calls, async |app| {
        let added = admin::add_tenant(&app.admin, id.clone(), controller).await?;
        let first = KeyRequest {
            role: Role::Operator,
            site: None,
            label: "first key".into(),
        };
        let key = admin::add_key(&app.admin, &added, first, None).await?;
        outln!("tenant  {id}, {controller}");
        outln!("log     {}", added.origin);
        if added.is_test() {
            outln!("test    permanently: nothing in this log is a real record");
        }
        outln!("vkey    {}", app.publisher.verifier_key(&added));
        outln!("key     {}", key.key.unwrap_or_default());
        outln!("\nThis key has the role operator and creates all others. It is shown only now.");
        outln!(
            "Keep a copy of {} away from this machine:",
            app.config.data_dir.join("keys").display()
        );
        outln!("without it, no entry of the log can be opened.");
        Ok(ExitCode::SUCCESS)
    })
    .await
}

async fn list(config: Config) -> CommandResult {
    with(
        config,
        &[Call::get("/v1/tenants", Key::Instance)],
        async |app| {
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
            out!("{}", columns(&rows));
            Ok(ExitCode::SUCCESS)
        },
    )
    .await
}

async fn revoke(config: Config, id: &TenantId) -> CommandResult {
    let operator = Key::Of(Role::Operator);
    let calls = [
        Call::get("/v1/sites", operator),
        Call::delete("/v1/sites/SITE", operator),
        Call::get("/v1/keys", operator),
        Call::delete("/v1/keys/KEY_ID", operator),
    ];
    with(config, &calls, async |app| {
        let (mut keys, mut sites) = (0, 0);
        // Each change makes a new snapshot of the tenant; the next change starts from that one.
        while let Some(site) = tenant(app, id)?.sites.keys().min().cloned() {
            admin::revoke_site(&app.admin, &tenant(app, id)?, &site, None).await?;
            sites += 1;
        }
        while let Some(key) = tenant(app, id)?.keys.values().map(|key| key.key_id.clone()).min() {
            admin::revoke_key(&app.admin, &tenant(app, id)?, &key, None).await?;
            keys += 1;
        }
        outln!("Revoked {keys} keys and {sites} sites of {id}: its data can no longer be read or written.");
        outln!("The tenant itself is not removed in this version; its log stays public, and its proofs hold.");
        outln!("A new key gives access again: samtycke key add {id} operator");
        Ok(ExitCode::SUCCESS)
    })
    .await
}
