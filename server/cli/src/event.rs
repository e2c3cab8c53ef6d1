//! `samtycke event`: records an event that is no person's own decision.

mod args;
mod children;
mod judged;
mod known;
mod read;

use std::fmt::Write as _;
use std::sync::Arc;

use samtycke_core::decision::{Outcome, SupersededReason};
use samtycke_core::id::{EventId, PurposeId, TenantId};
use samtycke_core::wire::{EventData, EventRequest, EventResponse};
use serde::{Deserialize, Serialize};

use self::args::Parts;
use super::console::Console;
use super::{Failure, data};
use samtycke_server::app::App;
use samtycke_server::auth::Caller;
use samtycke_server::clock::{Environment, random};
use samtycke_server::event;

/// The kinds, by who decides.
#[derive(Debug, clap::Subcommand)]
pub(super) enum Kind {
    #[command(flatten)]
    Known(known::Known),
    #[command(flatten)]
    Judged(judged::Judged),
    #[command(flatten)]
    Children(children::Children),
}

/// An event to record.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Record {
    tenant: Option<TenantId>,
    request: EventRequest,
    json: bool,
}

impl Kind {
    /// The event, with a new id where none is named.
    pub(super) fn record(self) -> Record {
        let parts = match self {
            Self::Known(kind) => kind.parts(),
            Self::Judged(kind) => kind.parts(),
            Self::Children(kind) => kind.parts(),
        };
        let Parts {
            about,
            data,
            actor,
            effective_from,
        } = parts;
        let environment = Environment::system();
        let new = || EventId::from_parts(environment.clock.now(), random(&*environment.rng));
        Record {
            tenant: about.tenant,
            request: EventRequest {
                based_on: about.based_on,
                occurred_at: about.occurred_at,
                evidence: about.evidence,
                actor,
                effective_from,
                ..EventRequest::new(about.event_id.unwrap_or_else(new), about.subject, data)
            },
            json: about.json,
        }
    }
}

/// Records the event as `POST /v1/events` does, in the role that its kind takes.
pub(super) async fn run(
    record: Record,
    app: &Arc<App>,
    console: &mut Console,
) -> Result<(), Failure> {
    let Record {
        tenant,
        request,
        json,
    } = record;
    let tenant = data::tenant_of(app, tenant.as_ref(), purpose_of(&request.data))?;
    let caller = Caller::control(tenant, event::role_of(&request.data));
    let body = serde_json::to_value(&request).map_err(|error| Failure::new(error.to_string()))?;
    let (kind, subject) = (request.data.word(), request.subject.clone());
    let recorded = event::record(&app.consents, &caller, request, &body).await?;
    if json {
        let json = serde_json::to_string_pretty(&recorded.answer);
        console.line(json.map_err(|error| Failure::new(error.to_string()))?);
        return Ok(());
    }
    let again = if recorded.replayed {
        "was recorded before"
    } else {
        "is recorded"
    };
    console.line(format_args!("{kind} {again} for {subject}"));
    console.text(text(&recorded.answer));
    Ok(())
}

/// A purpose that the event names, by which its tenant is found.
fn purpose_of(data: &EventData) -> Option<&PurposeId> {
    match data {
        EventData::NoticeDelivered(told) => told.purposes.first(),
        EventData::ContractStarted(started) => started.purposes.first(),
        EventData::ObjectionUpheld(of) => Some(&of.purpose),
        EventData::ObjectionRejected(of) => Some(&of.purpose),
        EventData::GuardianAuthorised(of) => Some(&of.purpose),
        EventData::GuardianDeclined(of) => Some(&of.purpose),
        EventData::GuardianWithdrawn(of) => Some(&of.purpose),
        EventData::ConsentInvalidated(of) => Some(&of.purpose),
        EventData::ConsentRevoked(of) => Some(&of.purpose),
        EventData::ContractEnded(_)
        | EventData::TermsAccepted(_)
        | EventData::AgeBandSet(_)
        | EventData::GuardianLinked(_)
        | EventData::GuardianUnlinked(_)
        | EventData::SubjectLinked(_)
        | EventData::SubjectUnmerged(_)
        | EventData::SubjectRestricted(_)
        | EventData::SubjectUnrestricted(_)
        | EventData::Correction(_) => None,
    }
}

/// The outcome in words, and where the event stands.
fn text(answer: &EventResponse) -> String {
    let mut text = String::new();
    for cell in &answer.cells {
        let mut name = cell.purpose.to_string();
        if !cell.scope.is_none() {
            name = format!("{name} for {}", cell.scope);
        }
        let state = cell.state.map(|state| format!(", {}", state.as_str()));
        let _ = writeln!(
            text,
            "  {name}: {}{}",
            in_words(cell.outcome, cell.reason),
            state.unwrap_or_default()
        );
    }
    if answer.cells.is_empty() {
        let _ = writeln!(text, "  {}", in_words(answer.outcome, answer.reason));
    }
    let mut facts = vec![("event", answer.event_id.to_string())];
    facts.extend(
        answer
            .seq
            .map(|seq| ("number", format!("{seq} of the subject"))),
    );
    facts.extend(
        answer
            .index
            .map(|index| ("leaf", format!("{index} of the log"))),
    );
    facts.extend(answer.leaf_hash.clone().map(|hash| ("leaf hash", hash)));
    for (name, value) in facts {
        let _ = writeln!(text, "  {name:10}  {value}");
    }
    text
}

fn in_words(outcome: Outcome, reason: Option<SupersededReason>) -> String {
    let why = reason.map_or("", because);
    match outcome {
        Outcome::Effective => "in force".to_owned(),
        Outcome::PendingGuardian => "waits for a guardian".to_owned(),
        Outcome::Superseded => format!("on record and without effect: {why}"),
        Outcome::NotApplicable => format!("on record, and does not apply: {why}"),
    }
}

fn because(reason: SupersededReason) -> &'static str {
    use SupersededReason as R;
    match reason {
        R::StaleGrant => {
            "a refusal, withdrawal or restriction came first; read it, and repeat the command with --based-on and its number"
        }
        R::LateGrant => "it arrived more than 30 days after it was said",
        R::AlreadyUsed => "the single use is spent",
        R::NotEntitled => "the actor may not decide this for the person",
        R::NothingToChange => "there is nothing that it changes",
        R::SubjectErased => "the subject is erased",
        R::ContractClosed => "the contract has ended; a new contract has a code of its own",
        R::StandingNo => "another person's refusal stands, and only that person can lift it",
        R::NoticeStale => "the notice no longer describes the purpose",
        R::PurposeRetired => "the purpose is retired",
        R::RegisterIncomplete => "the register's entry for the purpose is incomplete",
        R::BasisNotConsent => "the purpose does not rest on consent",
        R::BasisNotObjectable => "the purpose's legal basis allows no objection",
        R::NotController => "another controller decides",
    }
}
