//! Sites and keys.

use std::process::ExitCode;

use samtycke_core::id::SiteId;
use serde_json::json;

use super::call::{Call, Key};
use super::control::{columns, tenant, with};
use super::{CommandResult, Failure, KeyCommand, SiteCommand};
use samtycke_server::admin::{self, KeyRequest, SiteChange, SiteRequest};
use samtycke_server::config::Config;
use samtycke_server::origin;
use samtycke_server::tenant::{Role, Tenant};

const OPERATOR: Key = Key::Of(Role::Operator);

pub(super) async fn sites(command: SiteCommand, config: Config) -> CommandResult {
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
                    admin::add_site(&app.admin, &tenant(app, &site.tenant)?, request, None).await?;
                outln!(
                    "site {} of {}: {}",
                    added.site,
                    site.tenant,
                    listed(&added.origins)
                );
                outln!("Next: samtycke notice draft {} {}", site.tenant, added.site);
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        SiteCommand::Set {
            site,
            origins,
            add,
            remove,
        } => {
            let change = Origins {
                all: origins,
                add,
                remove,
            };
            with(config, &change.calls(&site.site), async |app| {
                let current = tenant(app, &site.tenant)?;
                let request = SiteChange {
                    origins: change.of(&current, &site.site)?,
                };
                let set = admin::set_site(&app.admin, &current, &site.site, request, None).await?;
                outln!(
                    "site {} of {}: {}",
                    set.site,
                    site.tenant,
                    listed(&set.origins)
                );
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
                for site in admin::sites(&app.admin, &*tenant(app, &id)?).await? {
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
                out!("{}", columns(&rows));
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        // This command needs no data folder: `lib.rs` runs it.
        SiteCommand::Embed(_) => Ok(ExitCode::SUCCESS),
        SiteCommand::Revoke(site) => {
            let call = Call::delete(format!("/v1/sites/{}", site.site), OPERATOR);
            with(config, &[call], async |app| {
                admin::revoke_site(&app.admin, &tenant(app, &site.tenant)?, &site.site, None)
                    .await?;
                outln!("site {} of {} is revoked", site.site, site.tenant);
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
    }
}

/// A change to a site's origins.
struct Origins {
    /// The whole new list, if it is not empty.
    all: Vec<String>,
    add: Vec<String>,
    remove: Vec<String>,
}

impl Origins {
    /// The site's origins after the change.
    fn of(&self, tenant: &Tenant, site: &SiteId) -> Result<Vec<String>, Failure> {
        let known = tenant.sites.get(site).ok_or_else(|| {
            let id = &tenant.id;
            Failure::new(format!(
                "there is no site {site} of {id}; add it with: samtycke site add {id} {site} --origin ..."
            ))
        })?;
        if !self.all.is_empty() {
            return Ok(self.all.clone());
        }
        let mut origins = known.origins.clone();
        for text in &self.remove {
            // The stored spelling may differ from the one that was typed when the origin was added.
            let kept = origin::registered(text, true).unwrap_or_else(|_| text.clone());
            let at = origins.iter().position(|origin| *origin == kept);
            let at = at.ok_or_else(|| {
                let has = listed(&known.origins);
                Failure::new(format!(
                    "{kept} is not an origin of {site}, which has {has}"
                ))
            })?;
            origins.remove(at);
        }
        origins.extend(self.add.iter().cloned());
        Ok(origins)
    }

    /// The equivalent calls.
    fn calls(&self, site: &SiteId) -> Vec<Call> {
        let path = format!("/v1/sites/{site}");
        if !self.all.is_empty() {
            return vec![Call::put(path, OPERATOR, json!({"origins": self.all}))];
        }
        let mut origins = vec!["EVERY OTHER ORIGIN THAT IT HAS".to_owned()];
        origins.extend(self.add.iter().cloned());
        vec![
            Call::get("/v1/sites", OPERATOR),
            Call::put(path, OPERATOR, json!({"origins": origins})),
        ]
    }
}

fn listed(origins: &[String]) -> String {
    if origins.is_empty() {
        "no origin".into()
    } else {
        origins.join(", ")
    }
}

pub(super) async fn keys(command: KeyCommand, config: Config) -> CommandResult {
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
                    let added = admin::add_key(&app.admin, &tenant(app, &id)?, request, None).await?;
                    // Only the key goes to standard output, so that a script can read it.
                    let key = added.key.unwrap_or_default();
                    outln!("{key}");
                    errln!(
                        "{} of {id}, role {}. The key is shown only now; the server keeps only its hash.",
                        added.key_id, added.role
                    );
                    if key.starts_with("pk_test_") {
                        errln!(
                            "This is a test tenant's key: its banners accept clicks from programs, and its records are not real."
                        );
                    }
                    Ok(ExitCode::SUCCESS)
                },
            )
            .await
        }
        KeyCommand::List { tenant: id } => {
            with(config, &[Call::get("/v1/keys", OPERATOR)], async |app| {
                let heads = ["KEY", "ROLE", "SITE", "LABEL", "SINCE", "REVOKED"];
                let mut rows = vec![heads.map(str::to_owned).to_vec()];
                for key in admin::keys(&app.admin, &*tenant(app, &id)?).await? {
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
                out!("{}", columns(&rows));
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
        KeyCommand::Revoke { tenant: id, key_id } => {
            let call = Call::delete(format!("/v1/keys/{key_id}"), OPERATOR);
            with(config, &[call], async |app| {
                admin::revoke_key(&app.admin, &tenant(app, &id)?, &key_id, None).await?;
                outln!("key {key_id} of {id} is revoked");
                Ok(ExitCode::SUCCESS)
            })
            .await
        }
    }
}
