//! `samtycke why`: the check of a subject and a purpose, explained in words.

mod text;
mod words;

use std::sync::Arc;

use samtycke_core::decide::{Explain, Op};
use samtycke_core::id::{EventId, PurposeId, SubjectId, TenantId};
use samtycke_core::scope::Scope;
use samtycke_core::wire::{CheckRequest, parse_rfc3339};
use serde::{Deserialize, Serialize};

use self::text::Answer;
use super::Failure;
use super::console::Console;
use super::data;
use super::notice::word;
use samtycke_server::app::App;
use samtycke_server::auth::Caller;
use samtycke_server::check;
use samtycke_server::log::prove;
use samtycke_server::tenant::{Role, Tenant};

/// Arguments of `samtycke why`.
#[derive(Debug, Clone, PartialEq, Eq, clap::Args, Serialize, Deserialize)]
pub(super) struct Args {
    /// The subject, such as s_JxKq3mYlTn2v0cWb8ZpR4A.
    subject: SubjectId,
    /// The purpose, such as ommej.appkonto.
    purpose: PurposeId,
    /// The tenant's short name; default: the only tenant whose register has the purpose.
    #[arg(long)]
    tenant: Option<TenantId>,
    /// The operation: store, read, process, forward, publish or view.
    #[arg(long, value_parser = op, default_value = "process")]
    op: Op,
    /// The scope, as the API takes it, such as '{"vendor":"matomo"}'.
    #[arg(long, value_name = "JSON", value_parser = scope)]
    scope: Option<Scope>,
    /// The moment that the question is about, such as 2026-11-21T12:00:00Z; default: now.
    #[arg(long, value_name = "TIME", value_parser = time)]
    as_of: Option<String>,
    /// Print the answer of the API, for programs.
    #[arg(long)]
    json: bool,
}

fn op(text: &str) -> Result<Op, String> {
    word(text).ok_or_else(|| "must be store, read, process, forward, publish or view".to_owned())
}

fn scope(text: &str) -> Result<Scope, String> {
    serde_json::from_str(text)
        .map_err(|error| format!("must be a scope, such as {{\"vendor\":\"matomo\"}}: {error}"))
}

fn time(text: &str) -> Result<String, String> {
    match parse_rfc3339(text) {
        Some(_) => Ok(text.to_owned()),
        None => Err("must be a time of RFC 3339, such as 2026-11-21T12:00:00Z".to_owned()),
    }
}

pub(super) async fn run(args: Args, app: &Arc<App>, console: &mut Console) -> Result<(), Failure> {
    let tenant = tenant_of(app, &args)?;
    let question = CheckRequest {
        op: args.op,
        scope: args.scope.clone().unwrap_or_default(),
        as_of: args.as_of.clone(),
        explain: true,
        ..CheckRequest::about(args.subject.clone(), args.purpose.clone())
    };
    // The role that may ask about every subject and every moment.
    let caller = Caller::control(tenant.clone(), Role::Dpo);
    let answer = check::check(&app.checks, &caller, &question).await?;
    if args.json {
        let json = serde_json::to_string_pretty(&answer);
        console.line(json.map_err(|error| Failure::new(error.to_string()))?);
        return Ok(());
    }
    let since = match answer.verdict.explain.as_deref() {
        Some(Explain {
            event_id: Some(event),
            ..
        }) => event_of(app, &tenant, event).await?,
        _ => None,
    };
    let colours = console.view.colours;
    console.text(
        Answer {
            args: &args,
            tenant: &tenant,
            response: &answer,
            since,
            colours,
        }
        .text(),
    );
    Ok(())
}

/// The tenant that was named, or the only one whose register has the purpose.
fn tenant_of(app: &App, args: &Args) -> Result<Arc<Tenant>, Failure> {
    if let Some(id) = &args.tenant {
        return data::tenant(app, id);
    }
    let all = app.tenants.all();
    if let [only] = all.as_slice() {
        return Ok(only.clone());
    }
    let has = |tenant: &&Arc<Tenant>| {
        let live = tenant.register.as_ref();
        live.is_some_and(|live| live.register.purpose(&args.purpose).is_some())
    };
    let found: Vec<&Arc<Tenant>> = all.iter().filter(has).collect();
    if let [one] = found.as_slice() {
        return Ok((*one).clone());
    }
    let purpose = &args.purpose;
    let which = if found.is_empty() {
        format!("no live register has the purpose {purpose}")
    } else {
        let ids: Vec<&str> = found.iter().map(|tenant| tenant.id.as_str()).collect();
        format!("{} have the purpose {purpose}", ids.join(", "))
    };
    Err(Failure::new(format!(
        "{which}; name the tenant with --tenant TENANT"
    )))
}

/// The event behind a verdict.
struct Since {
    received_at: i64,
    index: u64,
    seq: u64,
}

async fn event_of(app: &App, tenant: &Tenant, event: &EventId) -> Result<Option<Since>, Failure> {
    let Some(index) = app.store.event_index(&tenant.log, event).await? else {
        return Ok(None);
    };
    let opened = prove::open(&app.store, tenant, index).await?;
    Ok(opened.map(|opened| Since {
        received_at: opened.logged.event.received_at,
        index,
        seq: opened.logged.event.seq,
    }))
}
