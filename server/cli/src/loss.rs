//! `samtycke recover TENANT --accept-loss`: two operators accept what a succession of logs lost. Each acts with a key of their
//! own: whoever may use this command line could otherwise be both.

use std::sync::Arc;

use samtycke_core::id::TenantId;
use samtycke_core::wire::format_rfc3339;
use serde::{Deserialize, Serialize};

use super::console::Console;
use super::{Failure, data};
use samtycke_server::admin;
use samtycke_server::app::App;
use samtycke_server::auth::Caller;
use samtycke_server::tenant::Role;

/// What `samtycke recover --accept-loss` sends to whoever has the database open.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Acceptance {
    pub(super) tenant: TenantId,
    pub(super) proposal: Option<String>,
    pub(super) key: String,
}

pub(super) async fn run(
    asked: Acceptance,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    let named = data::tenant(app, &asked.tenant)?;
    let caller = Caller::identify(&app.tenants, asked.key.trim(), None).await?;
    if caller.tenant.id != named.id {
        return Err(Failure::new(format!(
            "the key belongs to another tenant than {}",
            asked.tenant
        )));
    }
    caller.require_role(&[Role::Operator])?;
    let tenant = caller.current(&app.tenants).await?;
    let by = caller.key.key_id.as_str();
    if let Some(proposal) = &asked.proposal {
        let lost = admin::accept_loss(&app.admin, &tenant, proposal, by).await?;
        console.text(format!(
            "Accepted for {}: {} lost for good. Checks may allow again. The log says who accepted it.\n",
            tenant.id,
            counted(lost)
        ));
        return Ok(());
    }
    let proposed = admin::propose_loss(&app.admin, &tenant, by)?;
    console.text(format!(
        "Proposed. Nothing has changed yet: every check of {} denies. {} lost, and withdrawals may be among them.\n  \
         proposal     {}\n  valid until  {}\n\
         Another operator confirms it with a key of their own: samtycke recover {} --accept-loss --proposal PROPOSAL\n",
        tenant.id,
        counted(proposed.lost),
        proposed.proposal,
        format_rfc3339(proposed.expires_at),
        tenant.id,
    ));
    Ok(())
}

fn counted(leaves: u64) -> String {
    match leaves {
        0 => "Nobody knows what is".to_owned(),
        1 => "1 signed leaf is".to_owned(),
        more => format!("{more} signed leaves are"),
    }
}
