//! `samtycke notice invalidate`: two people end every consent on a wrong notice (rule E19). Each acts with a key of their
//! own: whoever may use this command line could otherwise be both.

use std::sync::Arc;

use samtycke_core::id::{NoticeHash, PurposeId, TenantId};
use serde::{Deserialize, Serialize};

use super::console::Console;
use super::{Failure, arguments, data};
use samtycke_server::app::App;
use samtycke_server::auth::Caller;
use samtycke_server::register::{self, InvalidateRequest, Invalidated, Proposed};
use samtycke_server::tenant::Role;

/// Arguments of `samtycke notice invalidate`.
#[derive(Debug, clap::Args, Serialize, Deserialize)]
pub(super) struct Invalidate {
    /// The tenant's short name.
    tenant: TenantId,
    /// The notice: sha256: and 64 hex digits.
    notice: NoticeHash,
    /// A purpose that the notice asks about. Repeat it for each.
    #[arg(long = "purpose", value_name = "PURPOSE", required = true)]
    purposes: Vec<PurposeId>,
    /// Why, in at most 200 characters. Everybody can read it in the log: name no person.
    #[arg(long, value_name = "TEXT")]
    cause: String,
    /// Since when the notice was wrong, such as 2026-11-21T12:00:00Z; default: now.
    #[arg(long, value_name = "TIME", value_parser = arguments::time)]
    effective_from: Option<String>,
    /// What the data protection officer was answered for the same arguments, at most 7 days ago. Without it, the command
    /// proposes.
    #[arg(long)]
    proposal: Option<String>,
    /// The key of who runs the command: the data protection officer's to propose, a publisher's to confirm. Better in
    /// the variable: other users of the machine can read arguments.
    #[arg(long, env = "SAMTYCKE_KEY", hide_env_values = true)]
    key: Option<String>,
    /// Print the answer of the API, for programs.
    #[arg(long)]
    json: bool,
}

pub(super) async fn run(
    args: Invalidate,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    let named = data::tenant(app, &args.tenant)?;
    let key = args.key.ok_or_else(|| {
        Failure::new(
            "set SAMTYCKE_KEY to the data protection officer's key, or a publisher's to confirm",
        )
    })?;
    let caller = Caller::identify(&app.tenants, key.trim(), None).await?;
    if caller.tenant.log != named.log {
        return Err(Failure::new(format!(
            "the key belongs to another tenant than {}",
            args.tenant
        )));
    }
    let tenant = caller.current(&app.tenants).await?;
    let by = caller.key.key_id.as_str();
    let is_confirmed = args.proposal.is_some();
    let request = InvalidateRequest {
        purposes: args.purposes,
        cause: args.cause,
        effective_from: args.effective_from,
        proposal: args.proposal,
    };
    let registers = &app.registers;
    if is_confirmed {
        caller.require_role(&[Role::Publisher])?;
        let done = register::confirm(registers, &tenant, &args.notice, request, by).await?;
        return print(&done, confirmed, args.json, console);
    }
    caller.require_role(&[Role::Dpo])?;
    let proposed = register::propose(registers, &tenant, &args.notice, request, by).await?;
    print(&proposed, proposal, args.json, console)
}

fn print<T: Serialize>(
    answer: &T,
    in_words: fn(&T) -> String,
    json: bool,
    console: &mut Console,
) -> Result<(), Failure> {
    if json {
        let json = serde_json::to_string_pretty(answer);
        console.line(json.map_err(|error| Failure::new(error.to_string()))?);
    } else {
        console.text(in_words(answer));
    }
    Ok(())
}

fn proposal(proposed: &Proposed) -> String {
    format!(
        "Proposed. Nothing has changed yet; it would end {} on {}:\n{}  proposal     {}\n  valid until  {}\n\
         A publisher confirms it with the same arguments and --proposal.\n",
        consents(proposed.consents),
        proposed.hash,
        list(&proposed.purposes),
        proposed.proposal,
        proposed.expires_at
    )
}

fn confirmed(done: &Invalidated) -> String {
    format!(
        "Invalidated {} on {}:\n{}  leaf         {} of the log\n  leaf hash    {}\n",
        consents(done.consents),
        done.hash,
        list(&done.purposes),
        done.index,
        done.leaf_hash
    )
}

fn consents(count: u64) -> String {
    if count == 1 {
        "1 consent".to_owned()
    } else {
        format!("{count} consents")
    }
}

fn list(purposes: &[PurposeId]) -> String {
    let line = |purpose: &PurposeId| format!("  {purpose}\n");
    purposes.iter().map(line).collect()
}
