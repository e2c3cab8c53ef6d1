//! Sites and keys.

use std::process::ExitCode;

use serde_json::json;

use super::call::{Call, Key};
use super::control::{columns, tenant, with};
use super::{Done, KeyCommand, SiteCommand};
use crate::admin::{self, KeyRequest, SiteRequest};
use crate::config::Config;
use crate::tenant::Role;

const OPERATOR: Key = Key::Of(Role::Operator);

pub(super) async fn sites(command: SiteCommand, config: Config) -> Done {
    match command {
        SiteCommand::Add { site, origins } => {
            let call = Call::post(
                "/v1/sites",
                OPERATOR,
                json!({"site": site.site, "origins": origins}),
            );
            with(config, &[call], async |app| {
                let request = SiteRequest {
                    site: site.site.clone(),
                    origins,
                };
                let added =
                    admin::add_site(app, &tenant(app, &site.tenant)?, request, None).await?;
                let origins = if added.origins.is_empty() {
                    "no web origin".into()
                } else {
                    added.origins.join(", ")
                };
                println!("site {} of {}: {origins}", added.site, site.tenant);
                println!("Next: samtycke notice draft {} {}", site.tenant, added.site);
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        SiteCommand::List { tenant: id } => {
            with(config, &[Call::get("/v1/sites", OPERATOR)], async |app| {
                let mut rows = vec![
                    ["SITE", "ORIGINS", "SINCE", "REVOKED"]
                        .map(str::to_owned)
                        .to_vec(),
                ];
                for site in admin::sites(app, &*tenant(app, &id)?).await? {
                    rows.push(vec![
                        site.site.to_string(),
                        if site.origins.is_empty() {
                            "-".into()
                        } else {
                            site.origins.join(" ")
                        },
                        site.created_at,
                        site.revoked_at.unwrap_or_default(),
                    ]);
                }
                print!("{}", columns(&rows));
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        // It needs no data folder: cli.rs runs it.
        SiteCommand::Embed(_) => Ok(ExitCode::SUCCESS),
        SiteCommand::Revoke(site) => {
            let call = Call::delete(format!("/v1/sites/{}", site.site), OPERATOR);
            with(config, &[call], async |app| {
                admin::revoke_site(app, &tenant(app, &site.tenant)?, &site.site, None).await?;
                println!("site {} of {} is revoked", site.site, site.tenant);
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
    }
}

pub(super) async fn keys(command: KeyCommand, config: Config) -> Done {
    match command {
        KeyCommand::Add {
            tenant: id,
            role,
            site,
            label,
        } => {
            let request = KeyRequest { role, site, label };
            let body = serde_json::to_value(&request).expect("a request is JSON");
            with(
                config,
                &[Call::post("/v1/keys", OPERATOR, body)],
                async |app| {
                    let added = admin::add_key(app, &tenant(app, &id)?, request, None).await?;
                    // The key goes alone to standard output, so that a script can take it.
                    println!("{}", added.key.unwrap_or_default());
                    eprintln!(
                        "{} of {id}, role {}. The key is shown only now; its hash is kept.",
                        added.key_id, added.role
                    );
                    Ok(ExitCode::SUCCESS)
                },
            )
            .await
        }
        KeyCommand::List { tenant: id } => {
            with(config, &[Call::get("/v1/keys", OPERATOR)], async |app| {
                let heads = ["KEY", "ROLE", "SITE", "LABEL", "SINCE", "REVOKED"];
                let mut rows = vec![heads.map(str::to_owned).to_vec()];
                for key in admin::keys(app, &*tenant(app, &id)?).await? {
                    rows.push(vec![
                        key.key_id,
                        key.role,
                        key.site.map_or("-".into(), |site| site.to_string()),
                        if key.label.is_empty() {
                            "-".into()
                        } else {
                            key.label
                        },
                        key.created_at,
                        key.revoked_at.unwrap_or_default(),
                    ]);
                }
                print!("{}", columns(&rows));
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        KeyCommand::Revoke { tenant: id, key_id } => {
            let call = Call::delete(format!("/v1/keys/{key_id}"), OPERATOR);
            with(config, &[call], async |app| {
                admin::revoke_key(app, &tenant(app, &id)?, &key_id, None).await?;
                println!("key {key_id} of {id} is revoked");
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
    }
}
