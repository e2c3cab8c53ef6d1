//! A tenant with everything that a customer sets up: register, site, notice, and a key of each role.

use std::sync::Arc;

use samtycke_core::id::{NoticeHash, SiteId};
use samtycke_core::register::Register;
use serde::{Deserialize, Serialize};

use super::{Failure, control};
use samtycke_server::admin::{self, KeyRequest, SiteRequest};
use samtycke_server::app::App;
use samtycke_server::register::{self, NoticeRequest};
use samtycke_server::tenant::{Role, Tenant};

/// What is to be set up.
pub(super) struct Wanted<'a> {
    /// The register, parsed.
    pub(super) register: &'a Register,
    /// The register's file.
    pub(super) toml: &'a str,
    /// The origins of the site that the notice is for.
    pub(super) origins: Vec<String>,
    /// The notice.
    pub(super) notice: NoticeRequest,
    /// What the keys are for.
    pub(super) label: &'static str,
}

/// A tenant that is ready.
pub(super) struct Ready {
    /// It, as it is now.
    pub(super) tenant: Arc<Tenant>,
    /// Its site.
    pub(super) site: SiteId,
    /// The notice in force on it.
    pub(super) notice: NoticeHash,
    /// A key of each role.
    pub(super) keys: RoleKeys,
    /// Its log.
    pub(super) log: LogOf,
}

/// A tenant's keys, by role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct RoleKeys {
    pub(super) publishable: String,
    pub(super) service: String,
    pub(super) editor: String,
    pub(super) publisher: String,
    pub(super) dpo: String,
    pub(super) auditor: String,
    pub(super) operator: String,
}

/// A tenant's log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LogOf {
    /// Its id.
    pub(super) id: String,
    /// Its origin.
    pub(super) origin: String,
    /// Its verifier key.
    pub(super) vkey: String,
}

/// Sets a tenant up, by the code that the API's routes call.
pub(super) async fn set_up(app: &Arc<App>, wanted: Wanted<'_>) -> Result<Ready, Failure> {
    let id = &wanted.register.tenant;
    let current = || control::tenant(app, id);
    let opened = admin::add_tenant(&app.admin, id.clone(), &wanted.register.controller).await?;
    let site = wanted.notice.site.clone();
    let request = SiteRequest {
        site: site.clone(),
        origins: wanted.origins,
    };
    admin::add_site(&app.admin, &opened, request, None).await?;
    // Before the register: each step reads the tenant anew, and a register is the longest part of that.
    let keys = role_keys(app, &current, &site, wanted.label).await?;
    register::draft(&app.registers, &*current()?, wanted.toml).await?;
    register::publish(&app.registers, &current()?, None, None).await?;
    let notice = register::add_notice(&app.registers, &*current()?, wanted.notice).await?;
    register::publish_notice(&app.registers, &current()?, &notice.hash, None, None).await?;
    let tenant = current()?;
    Ok(Ready {
        site,
        notice: notice.hash,
        keys,
        log: LogOf {
            id: tenant.log.to_string(),
            origin: tenant.origin.clone(),
            vkey: app.publisher.verifier_key(&tenant),
        },
        tenant,
    })
}

type Current<'a> = &'a dyn Fn() -> Result<Arc<Tenant>, Failure>;

async fn role_keys(
    app: &Arc<App>,
    current: Current<'_>,
    site: &SiteId,
    label: &str,
) -> Result<RoleKeys, Failure> {
    let key = async |role: Role| -> Result<String, Failure> {
        let request = KeyRequest {
            role,
            site: (role == Role::Publishable).then(|| site.clone()),
            label: label.into(),
        };
        let added = admin::add_key(&app.admin, &current()?, request, None).await?;
        added
            .key
            .ok_or_else(|| Failure::new("a new key was not shown"))
    };
    Ok(RoleKeys {
        publishable: key(Role::Publishable).await?,
        service: key(Role::Service).await?,
        editor: key(Role::Editor).await?,
        publisher: key(Role::Publisher).await?,
        dpo: key(Role::Dpo).await?,
        auditor: key(Role::Auditor).await?,
        operator: key(Role::Operator).await?,
    })
}
