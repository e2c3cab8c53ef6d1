//! Sets up a tenant as a customer does: register, site, notice, and a key for each role.

use std::sync::Arc;

use samtycke_core::id::{NoticeHash, SiteId};
use samtycke_core::register::Register;
use serde::{Deserialize, Serialize};

use super::{Failure, data};
use samtycke_server::admin::{self, KeyRequest, SiteRequest};
use samtycke_server::app::App;
use samtycke_server::register::{self, NoticeRequest};
use samtycke_server::tenant::{Role, Tenant};

/// What to set up.
pub(super) struct Wanted<'a> {
    /// The register, parsed.
    pub(super) register: &'a Register,
    /// The register's file.
    pub(super) toml: &'a str,
    /// Origins of the notice's site.
    pub(super) origins: Vec<String>,
    /// The notice.
    pub(super) notice: NoticeRequest,
    /// Label of the keys.
    pub(super) label: &'static str,
}

/// A tenant that has been set up.
pub(super) struct Ready {
    /// The tenant's current state.
    pub(super) tenant: Arc<Tenant>,
    /// The site.
    pub(super) site: SiteId,
    /// The notice in force on the site.
    pub(super) notice: NoticeHash,
    /// A key for each role.
    pub(super) keys: RoleKeys,
    /// The log.
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

/// Sets up a tenant through the code that the API's routes call.
pub(super) async fn provision(app: &Arc<App>, wanted: Wanted<'_>) -> Result<Ready, Failure> {
    let id = &wanted.register.tenant;
    let current = || data::tenant(app, id);
    let opened = admin::add_tenant(&app.admin, id.clone(), &wanted.register.controller).await?;
    let site = wanted.notice.site.clone();
    let request = SiteRequest {
        site: site.clone(),
        origins: wanted.origins,
    };
    admin::add_site(&app.admin, &opened, request, None).await?;
    // Before the register: each step reads the tenant anew, and the register is its largest part.
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
            vkey: tenant.vkey().to_owned(),
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
            expires: None,
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
