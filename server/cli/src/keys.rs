//! Sites and keys.

use std::sync::Arc;

use samtycke_core::id::{SiteId, TenantId};
use samtycke_core::wire::parse_rfc3339;

use super::console::Console;
use super::data::{columns, tenant};
use super::{Failure, KeyCommand, SiteCommand};
use samtycke_server::admin::{self, KeyRequest, SiteChange, SiteRequest};
use samtycke_server::app::App;
use samtycke_server::origin;
use samtycke_server::tenant::Tenant;

pub(super) async fn sites(
    command: SiteCommand,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    match command {
        SiteCommand::Add { site, origins } => {
            let request = SiteRequest {
                site: site.site,
                origins,
            };
            let of = tenant(app, &site.tenant)?;
            let added = admin::add_site(&app.admin, &of, request, None).await?;
            console.line(format_args!(
                "site {} of {}: {}",
                added.site,
                site.tenant,
                listed(&added.origins)
            ));
            console.line(format_args!(
                "Next: samtycke notice draft {} {}",
                site.tenant, added.site
            ));
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
            let current = tenant(app, &site.tenant)?;
            let request = SiteChange {
                origins: change.of(&current, &site.site)?,
            };
            let set = admin::set_site(&app.admin, &current, &site.site, request, None).await?;
            console.line(format_args!(
                "site {} of {}: {}",
                set.site,
                site.tenant,
                listed(&set.origins)
            ));
        }
        SiteCommand::List { tenant: id } => list_sites(&id, app, console).await?,
        SiteCommand::Embed(_) => return Err(Failure::new("this command needs no data folder")),
        SiteCommand::Revoke(site) => {
            let of = tenant(app, &site.tenant)?;
            admin::revoke_site(&app.admin, &of, &site.site, None).await?;
            console.line(format_args!(
                "site {} of {} is revoked",
                site.site, site.tenant
            ));
        }
    }
    Ok(())
}

async fn list_sites(id: &TenantId, app: &App, console: &mut Console) -> Result<(), Failure> {
    let heads = ["SITE", "ORIGINS", "SINCE", "REVOKED"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    for site in admin::sites(&app.admin, &*tenant(app, id)?).await? {
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
    console.text(columns(&rows));
    Ok(())
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
}

fn listed(origins: &[String]) -> String {
    if origins.is_empty() {
        "no origin".into()
    } else {
        origins.join(", ")
    }
}

pub(super) async fn keys(
    command: KeyCommand,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    match command {
        KeyCommand::Add {
            tenant: id,
            role,
            site,
            label,
            expires,
        } => {
            let request = KeyRequest {
                role,
                site,
                label,
                expires,
            };
            let added = admin::add_key(&app.admin, &tenant(app, &id)?, request, None).await?;
            // Only the key goes to standard output, so that a script can read it.
            let key = added.key.unwrap_or_default();
            console.line(&key);
            console.note(format_args!(
                "{} of {id}, role {}. The key is shown only now; the server keeps only its hash.",
                added.key_id, added.role
            ));
            if let Some(end) = added.expires_at {
                console.note(format_args!("It expires at {end}."));
            }
            if key.starts_with("pk_test_") {
                console.note(
                    "This is a test tenant's key: its banners accept clicks from programs, and its records are not real.",
                );
            }
        }
        KeyCommand::List { tenant: id } => list_keys(&id, app, console).await?,
        KeyCommand::Revoke { tenant: id, key_id } => {
            admin::revoke_key(&app.admin, &tenant(app, &id)?, &key_id, None).await?;
            console.line(format_args!("key {key_id} of {id} is revoked"));
        }
    }
    Ok(())
}

async fn list_keys(id: &TenantId, app: &App, console: &mut Console) -> Result<(), Failure> {
    let heads = ["KEY", "ROLE", "SINCE", "USED", "ENDS", "FOR"];
    let mut rows = vec![heads.map(str::to_owned).to_vec()];
    let now = app.admin.environment.clock.now();
    let (mut ending, mut unused) = (Vec::new(), Vec::new());
    for key in admin::keys(&app.admin, &*tenant(app, id)?).await? {
        let end = key.expires_at.as_deref().and_then(parse_rfc3339);
        if admin::ends_soon(end, now) && key.revoked_at.is_none() {
            let verb = if end <= Some(now) {
                "expired"
            } else {
                "expires"
            };
            let end = key.expires_at.as_deref().unwrap_or_default();
            ending.push(format!("{} {verb} at {end}", key.key_id));
        }
        if key.unused {
            unused.push(key.key_id.clone());
        }
        let none = || "-".to_owned();
        let ends = match (&key.revoked_at, &key.expires_at) {
            (Some(_), _) => "revoked".into(),
            (None, Some(_)) if end <= Some(now) => "expired".into(),
            (None, expires_at) => expires_at.as_deref().map_or_else(none, day),
        };
        let site = key.site.map(|site| site.to_string());
        let label = Some(key.label).filter(|label| !label.is_empty());
        // One column for both, so that a line fits a terminal of 80 columns.
        let about: Vec<String> = site.into_iter().chain(label).collect();
        rows.push(vec![
            key.key_id,
            key.role,
            day(&key.created_at),
            key.last_used_on.unwrap_or_else(none),
            ends,
            if about.is_empty() {
                none()
            } else {
                about.join(", ")
            },
        ]);
    }
    console.text(columns(&rows));
    for key in ending {
        console.note(format_args!(
            "{key}; another one: samtycke key add {id} ROLE"
        ));
    }
    for key in unused {
        console.note(format_args!(
            "{key} was not used for 90 days; if nobody needs it: samtycke key revoke {id} {key}"
        ));
    }
    Ok(())
}

/// The day of a time (RFC 3339), UTC.
fn day(time: &str) -> String {
    time.split('T').next().unwrap_or_default().to_owned()
}
