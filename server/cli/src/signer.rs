//! `samtycke signer`: the keys that sign a tenant's log.

use std::sync::Arc;

use samtycke_core::id::TenantId;
use serde::{Deserialize, Serialize};

use super::Failure;
use super::console::Console;
use super::data::tenant;
use samtycke_server::admin;
use samtycke_server::app::App;

#[derive(Debug, clap::Subcommand, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Command {
    /// Add the key of the newest root secret: from now on it signs every checkpoint, beside the keys that do already.
    ///
    /// Give everybody who verifies proofs the new policy, and retire the old key when they have it. Every server needs the
    /// root.key with the new secret first.
    Add(Of),
    /// List the keys that sign a tenant's log, and those that did.
    List(Of),
    /// Retire every key but the newest: from now on only that one signs.
    ///
    /// Policies without the new key no longer accept new proofs. Proofs from before stay what they are.
    Retire(Of),
}

#[derive(Debug, Clone, clap::Args, Serialize, Deserialize)]
pub(super) struct Of {
    /// The tenant's short name.
    tenant: TenantId,
}

pub(super) async fn run(
    command: Command,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    match command {
        Command::Add(Of { tenant: id }) => {
            let vkey = admin::add_signer(&app.admin, &tenant(app, &id)?).await?;
            console.line(&vkey);
            console.note(format_args!(
                "It signs every checkpoint from now on, beside the keys that did before.\n\
                 Next: give everybody who verifies proofs, and every witness, what `samtycke policy {id}` prints;\n\
                 when they have it: samtycke signer retire {id}"
            ));
        }
        Command::List(Of { tenant: id }) => {
            for key in tenant(app, &id)?.log_keys.all() {
                let standing = match key.retired {
                    None => format!("signs since leaf {}", key.added),
                    Some(at) => format!("signed from leaf {} to leaf {at}", key.added),
                };
                console.line(format_args!("{}\n    {standing}", key.vkey));
            }
        }
        Command::Retire(Of { tenant: id }) => {
            let retired = admin::retire_signers(&app.admin, &tenant(app, &id)?).await?;
            for vkey in retired {
                console.line(vkey);
            }
            console.note(format_args!(
                "Retired: only the newest key signs from now on. `samtycke policy {id}` prints the policy without it.\n\
                 Browsers get new consent cookies at their next visit; until then a check by cookie asks again."
            ));
        }
    }
    Ok(())
}
