//! `samtycke why`: the check of a subject and a purpose, explained in words.

mod words;

use std::sync::Arc;

use samtycke_core::decide::{Basis, Explain, Obligation, Op, Verdict};
use samtycke_core::id::{EventId, NoticeHash, PurposeId, SubjectId, TenantId};
use samtycke_core::scope::Scope;
use samtycke_core::wire::{CheckRequest, CheckResponse, format_rfc3339, parse_rfc3339};
use serde::{Deserialize, Serialize};

use self::words::in_words;
use super::Failure;
use super::console::Console;
use super::control;
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
            answer: &answer,
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
        return control::tenant(app, id);
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

/// The answer, with what its text needs.
struct Answer<'a> {
    args: &'a Args,
    tenant: &'a Tenant,
    answer: &'a CheckResponse,
    since: Option<Since>,
    colours: bool,
}

/// Width of the words; characters.
const WIDTH: usize = 88;

impl Answer<'_> {
    /// The verdict, what it means, and then what it rests on.
    fn text(&self) -> String {
        let verdict = &self.answer.verdict;
        let mut text = format!("{}  {}\n\n", self.coloured(verdict), verdict.reason);
        for paragraph in in_words(verdict, self.title()).lines() {
            text.push_str(&wrapped(paragraph));
        }
        text.push('\n');
        for (name, value) in self.facts() {
            text.push_str(&format!("  {name:9}  {value}\n"));
        }
        text
    }

    fn coloured(&self, verdict: &Verdict) -> String {
        let (word, colour) = if verdict.allow {
            ("ALLOW", 32)
        } else {
            ("DENY", 31)
        };
        if self.colours {
            format!("\x1b[1;{colour}m{word}\x1b[0m")
        } else {
            word.to_owned()
        }
    }

    /// The purpose in the controller's words.
    fn title(&self) -> &str {
        let live = self.tenant.register.as_ref();
        let purpose = live.and_then(|live| live.register.purpose(&self.args.purpose));
        let title = purpose.map(|purpose| purpose.title_en.as_str());
        let title = title.filter(|title| !title.is_empty());
        title.unwrap_or(self.args.purpose.as_str())
    }

    fn facts(&self) -> Vec<(&'static str, String)> {
        let CheckResponse { verdict, position } = self.answer;
        let mut facts = vec![
            (
                "tenant",
                format!("{}, {}", self.tenant.id, self.tenant.controller),
            ),
            ("subject", self.subject()),
            ("purpose", self.purpose()),
        ];
        let mut fact = |name, value: Option<String>| facts.extend(value.map(|value| (name, value)));
        fact("as of", self.args.as_of.clone());
        let explain = verdict.explain.as_deref();
        fact("row", explain.map(row));
        fact(
            "basis",
            verdict.basis.map(|basis| article(basis).to_owned()),
        );
        fact("state", Some(verdict.state.as_str().to_owned()));
        fact(
            "since",
            explain
                .and_then(|explain| explain.event_id.as_ref())
                .map(|id| self.event(id)),
        );
        fact(
            "notice",
            explain
                .and_then(|explain| explain.notice.as_ref())
                .map(|hash| self.notice(hash)),
        );
        fact("until", verdict.valid_until.map(format_rfc3339));
        fact(
            "first",
            verdict
                .dependency
                .as_ref()
                .map(|id| format!("{id} is denied: samtycke why {} {id}", self.args.subject)),
        );
        fact("ask", verdict.controller.clone());
        let parts: Vec<&str> = verdict.parts.iter().map(PurposeId::as_str).collect();
        fact("parts", (!parts.is_empty()).then(|| parts.join(", ")));
        for owed in &verdict.obligations {
            fact("duty", Some(duty(*owed).to_owned()));
        }
        if verdict.may_ask {
            fact("prompt", Some("the person may be asked now".to_owned()));
        }
        fact("position", position.as_ref().map(ToString::to_string));
        facts
    }

    fn subject(&self) -> String {
        let subject = &self.args.subject;
        match self.answer.verdict.seq {
            0 => format!("{subject}, of whom nothing is recorded"),
            1 => format!("{subject}, with 1 event"),
            seq => format!("{subject}, with {seq} events"),
        }
    }

    fn purpose(&self) -> String {
        let Args {
            purpose, op, scope, ..
        } = self.args;
        let op = serde_json::to_value(op).unwrap_or_default();
        let mut text = format!("{purpose}, operation {}", op.as_str().unwrap_or("process"));
        if let Some(scope) = scope.as_ref().filter(|scope| !scope.is_none()) {
            text = format!("{text}, for {scope}");
        }
        text
    }

    fn event(&self, id: &EventId) -> String {
        match &self.since {
            Some(since) => format!(
                "{}, event {id}: number {} of the subject, leaf {} of the log",
                format_rfc3339(since.received_at),
                since.seq,
                since.index
            ),
            None => format!("event {id}"),
        }
    }

    fn notice(&self, hash: &NoticeHash) -> String {
        match self.tenant.notices.get(hash) {
            Some(notice) => format!("version {} of {}, {hash}", notice.version, notice.site),
            None => hash.to_string(),
        }
    }
}

fn row(explain: &Explain) -> String {
    let via: Vec<String> = explain.via.iter().map(ToString::to_string).collect();
    match via.as_slice() {
        [] => format!("{} of the decision table", explain.row),
        [one] => format!("{} of the decision table, by way of row {one}", explain.row),
        all => format!(
            "{} of the decision table, by way of rows {}",
            explain.row,
            all.join(" and ")
        ),
    }
}

fn article(basis: Basis) -> &'static str {
    match basis {
        Basis::Consent => "consent, GDPR Art. 6(1)(a)",
        Basis::Contract => "contract, GDPR Art. 6(1)(b)",
        Basis::LegalObligation => "legal obligation, GDPR Art. 6(1)(c)",
        Basis::LegitimateInterest => "legitimate interest, GDPR Art. 6(1)(f)",
    }
}

fn duty(owed: Obligation) -> &'static str {
    match owed {
        Obligation::DeliverNotice => "tell the person about the changed notice",
        Obligation::ClassifyData => {
            "state in the register whether the data are of a special category"
        }
        Obligation::TellYoungPerson => {
            "tell the young person that a guardian's consent carries over and can be withdrawn"
        }
        Obligation::UseOnce => "spend the consent before the data are used",
    }
}

/// The paragraph in lines of at most [`WIDTH`] characters.
fn wrapped(paragraph: &str) -> String {
    let (mut text, mut width) = (String::new(), 0);
    for word in paragraph.split_whitespace() {
        let length = word.chars().count();
        if width > 0 && width + 1 + length > WIDTH {
            text.push('\n');
            width = 0;
        } else if width > 0 {
            text.push(' ');
            width += 1;
        }
        text.push_str(word);
        width += length;
    }
    text.push('\n');
    text
}
