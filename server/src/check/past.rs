//! Questions about another moment, answered from the events that were known then.

use std::sync::Arc;

use samtycke_core::event::{Event, fold_by_history};
use samtycke_core::id::SubjectId;
use samtycke_core::live::evaluate_check;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::service::MERGES_MAX;
use samtycke_core::state::SubjectState;
use samtycke_core::wire::{CheckRequest, CheckResponse};

use super::{Checks, demand, failed_closed};
use crate::auth::Caller;
use crate::clock::UnixMs;
use crate::log::history::HistoryPlace;
use crate::log::prove;
use crate::position::Position;
use crate::register::History;
use crate::tenant::{Role, Tenant};

/// What the historic questions of one request share: a place among those who read histories, the log's head, and what was
/// read for the question before. Ask about one subject after the other: only the last one's events are kept.
#[derive(Default)]
pub(super) struct Past<'a> {
    begun: Option<Begun<'a>>,
    events: Option<(SubjectId, Vec<Event>)>,
    state: Option<(Moments, SubjectState)>,
    /// The registers and notices that were live then.
    history: Option<History>,
}

struct Begun<'a> {
    place: HistoryPlace<'a>,
    tenant: Arc<Tenant>,
    position: Position,
    now: UnixMs,
}

/// The moment that a question is about, by whose register it is judged, and the one until which events count as known.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Moments {
    as_of: UnixMs,
    known_at: UnixMs,
}

/// Refuses a question about the past that comes from a page: it costs as much as its subject's stream is long, anyone can
/// make a subject with a long one, and no page needs it.
pub(super) fn may_ask(caller: &Caller, question: &CheckRequest) -> Result<(), Problem> {
    let field = if question.as_of.is_some() {
        "/as_of"
    } else {
        "/known_at"
    };
    let asked = caller.require_role(&[Role::Service, Role::Dpo]);
    asked.map_err(|problem| problem.field(field, "is not answered to a publishable key"))
}

impl<'a> Past<'a> {
    /// Answers a question, from what the one before has read where that fits.
    pub(super) async fn answer(
        &mut self,
        checks: &'a Checks,
        caller: &Caller,
        question: &CheckRequest,
        min_position: Option<Position>,
    ) -> Result<CheckResponse, Problem> {
        if self.begun.is_none() {
            self.begun = Some(Begun::now(checks, caller).await?);
        }
        let begun = self.begun.as_ref().ok_or(ProblemKind::Internal)?;
        let (as_of, known_at) = question.moments(begun.now)?;
        let tenant = begun.tenant.clone();
        let included = demand::included(&checks.store, &tenant, min_position, begun.position);
        if let Err(reason) = included.await? {
            return Ok(failed_closed(&tenant, reason));
        }
        let position = begun.position.token(&tenant.secrets.position);
        let mut history = self.history.take().unwrap_or_else(|| {
            // One tenant per request: what was read for a question before is of the same publications.
            History::of(tenant.clone())
        });
        let moments = Moments { as_of, known_at };
        let mut deciding = question.subject.clone();
        for _ in 0..MERGES_MAX {
            self.read(checks, &tenant, &deciding, &mut history).await?;
            // Row 5: where the subject was merged by then, the survivor's stream decides.
            match self.state_at(moments, &history).merged_into.clone() {
                Some(survivor) => deciding = survivor,
                None => break,
            }
        }
        let state = self.state_at(moments, &history);
        let state = state.clone();
        let then = history.judge(&checks.store, as_of).await?;
        let verdict = evaluate_check(then, question, Some(&state), as_of);
        self.history = Some(history);
        let verdict = verdict?;
        // A batch may fold a hundred times: others get their turn in between.
        tokio::task::yield_now().await;
        Ok(CheckResponse::of(verdict, position))
    }

    /// Reads a subject's events, unless they are those that were read last.
    async fn read(
        &mut self,
        checks: &Checks,
        tenant: &Tenant,
        subject: &SubjectId,
        history: &mut History,
    ) -> Result<(), Problem> {
        if self.events.as_ref().is_some_and(|(of, _)| of == subject) {
            return Ok(());
        }
        // The last one's are let go first: two histories at once are twice the memory.
        (self.events, self.state) = (None, None);
        if let Some(begun) = &self.begun {
            begun.place.note_read();
        }
        let events = prove::events(&checks.store, tenant, subject).await?;
        history.read_for(&checks.store, &events).await?;
        self.events = Some((subject.clone(), events));
        Ok(())
    }

    /// The state that the events which were seen lead to.
    fn state_at(&mut self, moments: Moments, history: &History) -> &SubjectState {
        let known = self.state.take().filter(|(at, _)| *at == moments);
        let events = self.events.as_ref().map(|(_, events)| events.as_slice());
        let (_, state) = self.state.insert(known.unwrap_or_else(|| {
            let seen = events.unwrap_or_default().iter();
            let seen = seen.filter(|event| event.is_seen(moments.known_at, moments.as_of));
            (moments, fold_by_history(seen, history))
        }));
        state
    }
}

impl<'a> Begun<'a> {
    /// The head before any event: a token must never promise more than the events it came with.
    async fn now(checks: &'a Checks, caller: &Caller) -> Result<Self, Problem> {
        let place = checks.histories.take(caller.sender(), &caller.tenant.log)?;
        let tenant = caller.current(&checks.tenants).await?;
        let head = checks.store.head(&tenant.log).await;
        let head = head?.ok_or(ProblemKind::Internal)?;
        Ok(Self {
            place,
            tenant,
            position: head.position(),
            now: checks.environment.clock.now(),
        })
    }
}
