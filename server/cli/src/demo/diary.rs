//! `/demo/day/{subject}`: one invented person's day, event by event, with the verdicts before and after each.
//!
//! Only the demo's own router has these pages, and only for the people of its script: a server keeps nobody's diary.

mod page;
mod words;

use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse as _, Response};
use samtycke_core::decide::{Op, Verdict};
use samtycke_core::event::Event;
use samtycke_core::event::opening::LoggedEvent;
use samtycke_core::id::{PurposeId, SubjectId, TenantId};
use samtycke_core::scope::Scope;
use samtycke_core::wire::{CheckRequest, HistoryEvent, HistoryFact, format_rfc3339};

use super::lives::Person;
use crate::{Failure, data};
use samtycke_server::app::App;
use samtycke_server::auth::Caller;
use samtycke_server::check;
use samtycke_server::home::Lang;
use samtycke_server::log::prove;
use samtycke_server::page::{StyleSheet, response};
use samtycke_server::tenant::{Role, Tenant};

/// Where the pages are.
pub(super) const PATH: &str = "/demo/day/";
const STYLE_PATH: &str = "/demo/day.css";
static STYLE: StyleSheet = StyleSheet::new("day", include_str!("diary/style.css"));

/// The diaries of a demo.
pub(super) struct Diaries {
    pub(super) app: Arc<App>,
    pub(super) people: Vec<Person>,
}

/// A day.
struct Diary<'a> {
    person: &'a Person,
    people: &'a [Person],
    tenant: Arc<Tenant>,
    moments: Vec<Moment>,
    /// The verdicts at the time of the request.
    now: Vec<(Cell, Verdict)>,
}

/// An event, with what it changed.
struct Moment {
    at: i64,
    kind: String,
    /// Whether a guardian, or an authority in a guardian's place, acted.
    by_guardian: bool,
    index: u64,
    facts: Vec<HistoryFact>,
    changes: Vec<Change>,
}

/// The verdicts about one purpose and scope before and after an event.
struct Change {
    cell: Cell,
    before: Verdict,
    after: Verdict,
}

type Cell = (PurposeId, Scope);

impl Diaries {
    /// The response to this address, if it is one of the diaries'.
    pub(super) async fn answer(&self, uri: &Uri, headers: &HeaderMap) -> Option<Response> {
        if uri.path() == STYLE_PATH {
            let media = [(header::CONTENT_TYPE, "text/css; charset=utf-8")];
            return Some((media, STYLE.css()).into_response());
        }
        let subject = uri.path().strip_prefix(PATH)?;
        let person = self.people.iter().find(|p| p.subject == subject)?;
        let mut query = uri.query().unwrap_or_default().split('&');
        let wished = query.find_map(|pair| pair.strip_prefix("lang="));
        let accepted = headers.get(header::ACCEPT_LANGUAGE);
        let accepted = accepted.and_then(|value| value.to_str().ok());
        let lang = Lang::choose(wished, accepted);
        Some(match self.diary(person).await {
            Ok(diary) => response(
                page::render(&diary, lang),
                HeaderValue::from_static("no-store"),
            ),
            Err(failure) => (StatusCode::SERVICE_UNAVAILABLE, failure.to_string()).into_response(),
        })
    }

    async fn diary<'a>(&'a self, person: &'a Person) -> Result<Diary<'a>, Failure> {
        let id: TenantId = person.tenant.parse().map_err(unreadable)?;
        let subject: SubjectId = person.subject.parse().map_err(unreadable)?;
        let tenant = data::tenant(&self.app, &id)?;
        let opened = prove::history(&self.app.store, &tenant, &subject).await?;
        let events: Vec<(Event, HistoryEvent)> = opened
            .into_iter()
            .map(|opened| {
                let LoggedEvent { event, results, .. } = opened.logged;
                let told = HistoryEvent::of(&event, &results, opened.row.idx, None);
                (event, told)
            })
            .collect();
        let named = cells(events.iter().flat_map(|(_, told)| &told.facts));
        let caller = Caller::control(tenant.clone(), Role::Dpo);
        let mut moments = Vec::new();
        for (i, (event, told)) in events.iter().enumerate() {
            let so_far = cells(events[..=i].iter().flat_map(|(_, told)| &told.facts));
            let of = [cells(&told.facts), so_far, named.clone()];
            let of = of.into_iter().find(|cells| !cells.is_empty());
            let of = of.unwrap_or_default();
            moments.push(Moment {
                at: event.received_at,
                kind: told.type_.clone(),
                by_guardian: event.actor.guardian().is_some(),
                index: told.index,
                changes: self.changes(&caller, event, &subject, &of).await?,
                facts: told.facts.clone(),
            });
        }
        let now = self.verdicts(&caller, &subject, &named, None).await?;
        Ok(Diary {
            person,
            people: &self.people,
            tenant,
            moments,
            now,
        })
    }

    /// What an event changed about these cells.
    async fn changes(
        &self,
        caller: &Caller,
        event: &Event,
        subject: &SubjectId,
        cells: &[Cell],
    ) -> Result<Vec<Change>, Failure> {
        let at = event.received_at;
        let before = self.verdicts(caller, subject, cells, Some(at - 1)).await?;
        let after = self.verdicts(caller, subject, cells, Some(at)).await?;
        let turns = before.into_iter().zip(after);
        let turns = turns.map(|((cell, before), (_, after))| Change {
            cell,
            before,
            after,
        });
        Ok(turns.collect())
    }

    async fn verdicts(
        &self,
        caller: &Caller,
        subject: &SubjectId,
        cells: &[Cell],
        as_of: Option<i64>,
    ) -> Result<Vec<(Cell, Verdict)>, Failure> {
        if cells.is_empty() {
            return Ok(Vec::new());
        }
        let questions: Vec<CheckRequest> = cells
            .iter()
            .map(|(purpose, scope)| CheckRequest {
                op: Op::Process,
                scope: scope.clone(),
                as_of: as_of.map(format_rfc3339),
                ..CheckRequest::about(subject.clone(), purpose.clone())
            })
            .collect();
        let answers = check::batch(&self.app.checks, caller, &questions).await?;
        let verdicts = answers.into_iter().map(|answer| answer.verdict);
        Ok(cells.iter().cloned().zip(verdicts).collect())
    }
}

/// The cells that the facts name, each once, in order.
fn cells<'a>(facts: impl IntoIterator<Item = &'a HistoryFact>) -> Vec<Cell> {
    let mut cells = Vec::new();
    for fact in facts {
        if let Some(purpose) = &fact.purpose {
            let cell = (purpose.clone(), fact.scope.clone());
            if !cells.contains(&cell) {
                cells.push(cell);
            }
        }
    }
    cells
}

fn unreadable(error: impl std::fmt::Display) -> Failure {
    Failure::new(error.to_string())
}
