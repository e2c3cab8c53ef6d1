//! `samtycke why`: the check of a subject and a purpose, explained in words.

mod text;

use std::sync::Arc;

use samtycke_core::decide::{Explain, Op};
use samtycke_core::id::{EventId, Language, PurposeId, SubjectId, TenantId};
use samtycke_core::scope::Scope;
use samtycke_core::wire::CheckRequest;
use serde::{Deserialize, Serialize};

use self::text::Answer;
use super::Failure;
use super::arguments::{scope, time, word};
use super::console::Console;
use super::data;
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
    /// Language of the explanation: sv for Swedish, otherwise English.
    #[arg(long, default_value = "en")]
    language: Language,
    /// Print the answer of the API, for programs.
    #[arg(long)]
    json: bool,
}

fn op(text: &str) -> Result<Op, String> {
    word(text).ok_or_else(|| "must be store, read, process, forward, publish or view".to_owned())
}

pub(super) async fn run(args: Args, app: &Arc<App>, console: &mut Console) -> Result<(), Failure> {
    let tenant = data::tenant_of(app, args.tenant.as_ref(), Some(&args.purpose))?;
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

/// The event behind a verdict.
struct Since {
    received_at: i64,
    index: u64,
    seq: u64,
}

async fn event_of(app: &App, tenant: &Tenant, event: &EventId) -> Result<Option<Since>, Failure> {
    let Some((place, _)) = prove::find(&app.store, tenant, event).await? else {
        return Ok(None);
    };
    let opened = prove::open(&app.store, tenant, &place).await?;
    Ok(opened.map(|opened| Since {
        received_at: opened.logged.event.received_at,
        index: place.index,
        seq: opened.logged.event.seq,
    }))
}
