//! The check: may I process this, for this person, for this purpose, now? Memory, else the store, else no.

pub(crate) mod demand;
mod past;
pub mod routes;

use samtycke_core::id::SubjectId;
use samtycke_core::live::evaluate_check;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::reason::Reason;
use samtycke_core::service::{self, MERGES_MAX, check_count, within_batch};
use samtycke_core::state::SubjectState;
use samtycke_core::wire::{CheckRequest, CheckResponse};
use std::sync::Arc;

use self::past::Past;
use crate::auth::Caller;
use crate::clock::{Environment, UnixMs};
use crate::hot::{HotStates, Known, Ticket};
use crate::log::history::HistoryPlaces;
use crate::metrics::{Counter, Metrics};
use crate::position::Position;
use crate::store::Store;
use crate::tenant::{Tenant, Tenants};

/// What checking needs.
#[derive(Debug)]
pub struct Checks {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Places for those who read histories.
    pub histories: Arc<HistoryPlaces>,
    /// Most questions of a batch.
    pub batch_max: usize,
    /// Counts the answers.
    pub outcomes: Outcomes,
    /// Clock and random numbers.
    pub environment: Environment,
}

/// Counts answers by what they are. A fail-closed denial has a counter for its reason, because each means another fault.
#[derive(Debug)]
pub struct Outcomes {
    allow: Counter,
    deny: Counter,
    fail_closed: Counter,
    /// By reason, for those that a check gives.
    reasons: Vec<(Reason, Counter)>,
}

impl Outcomes {
    /// Counters of this server.
    pub fn new(metrics: &Metrics) -> Self {
        let of = |outcome| {
            let help = "Answered checks.";
            metrics.counter("samtycke_checks_total", help, &[("outcome", outcome)])
        };
        let reason = |reason: Reason| {
            let help = "Checks that failed closed, by reason.";
            let labels = [("reason", reason.as_str())];
            let counter = metrics.counter("samtycke_checks_fail_closed_total", help, &labels);
            (reason, counter)
        };
        Self {
            allow: of("allow"),
            deny: of("deny"),
            fail_closed: of("fail_closed"),
            reasons: [
                Reason::FailclosedRecovering,
                Reason::FailclosedUnavailable,
                Reason::FailclosedTokenLost,
            ]
            .into_iter()
            .map(reason)
            .collect(),
        }
    }

    /// Counts an answer. A question that this server could not answer denies as well.
    fn count(&self, answer: &Result<CheckResponse, Problem>) {
        let answer = match answer {
            Ok(answer) => answer,
            Err(problem) => {
                if problem.kind.status() >= 500 {
                    self.count_failed(Reason::FailclosedUnavailable);
                }
                return;
            }
        };
        if answer.verdict.allow {
            self.allow.increment();
        } else if answer.verdict.reason.is_fail_closed() {
            self.count_failed(answer.verdict.reason);
        } else {
            self.deny.increment();
        }
    }

    fn count_failed(&self, reason: Reason) {
        self.fail_closed.increment();
        if let Some((_, counter)) = self.reasons.iter().find(|(known, _)| *known == reason) {
            counter.increment();
        }
    }
}

/// Answers one question.
pub async fn check(
    checks: &Checks,
    caller: &Caller,
    question: &CheckRequest,
) -> Result<CheckResponse, Problem> {
    let answer = answer(checks, caller, question, &mut Past::default()).await;
    checks.outcomes.count(&answer);
    answer
}

async fn answer<'a>(
    checks: &'a Checks,
    caller: &Caller,
    question: &CheckRequest,
    past: &mut Past<'a>,
) -> Result<CheckResponse, Problem> {
    let now = checks.environment.clock.now();
    if question.is_historic() {
        past::may_ask(caller, question)?;
    }
    let min_position = parse_min_position(&caller.tenant, question.at_least.as_deref())?;
    // Before anything else, and for questions about the past too: a copy that was rolled back has forgotten withdrawals,
    // and "as of a moment ago" would rest on it as much as "now".
    if caller.tenant.denies_all() {
        return Ok(failed_closed(&caller.tenant, Reason::FailclosedRecovering));
    }
    if question.is_historic() {
        let answered = past.answer(checks, caller, question, min_position).await?;
        // Its reads may have been the first on another primary, which no log has been compared on yet.
        if answered.verdict.allow && caller.tenant.denies_all() {
            return Ok(failed_closed(&caller.tenant, Reason::FailclosedRecovering));
        }
        return Ok(answered);
    }
    if let Some(hot) = &caller.tenant.runtime.hot {
        let read = embedded(hot, &checks.store, &caller.tenant, &question.subject).await?;
        let read = demand::held_against(&checks.store, &caller.tenant, min_position, read).await?;
        return answered(&caller.tenant, question, read, now);
    }
    let (tenant, look) = at_primary(checks, caller, &question.subject, min_position).await?;
    answered(&tenant, question, look, now)
}

/// What is known of a subject now, for whoever judges several purposes by one state; and the tenant to judge by.
pub async fn look(
    checks: &Checks,
    caller: &Caller,
    subject: &SubjectId,
    min_position: Option<Position>,
) -> Result<(Arc<Tenant>, StateRead), Problem> {
    let tenant = &caller.tenant;
    if tenant.denies_all() {
        return Ok((
            tenant.clone(),
            StateRead::FailClosed(Reason::FailclosedRecovering),
        ));
    }
    if let Some(hot) = &tenant.runtime.hot {
        let read = embedded(hot, &checks.store, tenant, subject).await?;
        let read = demand::held_against(&checks.store, tenant, min_position, read).await?;
        return Ok((tenant.clone(), read));
    }
    at_primary(checks, caller, subject, min_position).await
}

/// Answers many questions, in order. Each is judged by itself.
pub async fn batch(
    checks: &Checks,
    caller: &Caller,
    questions: &[CheckRequest],
) -> Result<Vec<CheckResponse>, Problem> {
    check_count("/checks", "questions", questions.len(), checks.batch_max)?;
    let mut answers: Vec<_> = questions.iter().map(|_| None).collect();
    let mut past = Past::default();
    for i in in_turn(questions) {
        let answer = answer(checks, caller, &questions[i], &mut past).await;
        checks.outcomes.count(&answer);
        answers[i] = Some(answer.map_err(within_batch(i))?);
    }
    Ok(answers.into_iter().flatten().collect())
}

/// The order in which questions are worked on: those about now as they were asked, then those about the past, one subject
/// and moment after the other, so that each history is read once.
fn in_turn(questions: &[CheckRequest]) -> Vec<usize> {
    let key = |i: &usize| {
        let question = &questions[*i];
        let historic = question.is_historic();
        historic.then_some((&question.subject, &question.known_at, &question.as_of))
    };
    let mut order: Vec<_> = (0..questions.len()).collect();
    order.sort_by(|a, b| key(a).cmp(&key(b)));
    order
}

/// The row of the table by which a merged subject's check goes on with the survivor.
const MERGED_ROW: u8 = 5;

/// What a check found before it judges.
#[derive(Debug)]
pub enum StateRead {
    /// A state that may be relied on.
    Available {
        /// The state that decides, if there is any: the subject's own, or that of the subject that it was merged into.
        state: Option<Arc<SubjectState>>,
        /// Whether the subject was merged into another (row 5).
        is_merged: bool,
        /// The log's newest leaf at that time.
        head: Position,
        /// Its token.
        position: Arc<str>,
    },
    /// None: every check denies for this reason.
    FailClosed(Reason),
}

fn answered(
    tenant: &Tenant,
    question: &CheckRequest,
    look: StateRead,
    now: UnixMs,
) -> Result<CheckResponse, Problem> {
    match look {
        StateRead::FailClosed(reason) => Ok(failed_closed(tenant, reason)),
        StateRead::Available {
            state,
            is_merged,
            position,
            ..
        } => {
            let mut verdict = evaluate_check(tenant, question, state.as_deref(), now)?;
            if let Some(explain) = verdict.explain.as_mut().filter(|_| is_merged) {
                explain.via.insert(0, MERGED_ROW);
            }
            Ok(CheckResponse::of(verdict, position))
        }
    }
}

async fn embedded(
    hot: &HotStates,
    store: &Store,
    tenant: &Tenant,
    subject: &SubjectId,
) -> Result<StateRead, Problem> {
    // The order matters. Pending first: a write that is no longer pending is in the state that is read next. The head
    // before the state: a token must never promise more than the state it came with.
    let mut deciding = subject.clone();
    for merges in 0..=MERGES_MAX {
        if hot.is_pending(&deciding) {
            return Ok(StateRead::FailClosed(Reason::FailclosedUnavailable));
        }
        let (head, position) = tenant.runtime.head();
        let state = match hot.get(&deciding) {
            Known::State(state) => Some(state),
            Known::Nothing => None,
            Known::AskDatabase(ticket) => {
                match evicted(hot, store, tenant, &deciding, head, ticket).await? {
                    Ok(state) => state,
                    Err(reason) => return Ok(StateRead::FailClosed(reason)),
                }
            }
        };
        match merged_into(state.as_deref()) {
            Some(survivor) => deciding = survivor,
            None => {
                return Ok(StateRead::Available {
                    state,
                    is_merged: merges > 0,
                    head,
                    position,
                });
            }
        }
    }
    Ok(StateRead::FailClosed(Reason::FailclosedUnavailable))
}

/// Reads a state that is not in memory. It contains every write that was acknowledged before this read: a commit is in
/// the file before its acknowledgement. The position stays the one that memory knew before.
async fn evicted(
    hot: &HotStates,
    store: &Store,
    tenant: &Tenant,
    subject: &SubjectId,
    head: Position,
    ticket: Ticket,
) -> Result<Result<Option<Arc<SubjectState>>, Reason>, Problem> {
    let Some(row) = store.check_row(&tenant.log, subject).await? else {
        return Err(ProblemKind::Internal.into());
    };
    let has_other_leaf = row.position != head && !head.is_before(&row.position);
    if has_other_leaf {
        has_gone_back(tenant);
        return Ok(Err(Reason::FailclosedRecovering));
    }
    let state = row.state.map(Arc::new);
    if let Some(state) = &state {
        hot.keep(subject, state.clone(), ticket);
    }
    Ok(Ok(state))
}

/// Under a running server the database went back: it may have forgotten a withdrawal.
fn has_gone_back(tenant: &Tenant) {
    tenant.runtime.freeze();
    tracing::error!(log = %tenant.log, "the database has gone back; the log is frozen and every check denies");
}

fn merged_into(state: Option<&SubjectState>) -> Option<SubjectId> {
    state?.merged_into.clone()
}

async fn at_primary(
    checks: &Checks,
    caller: &Caller,
    subject: &SubjectId,
    min_position: Option<Position>,
) -> Result<(Arc<Tenant>, StateRead), Problem> {
    let mut deciding = subject.clone();
    for merges in 0..=MERGES_MAX {
        let row = row_at_primary(checks, caller, &deciding, min_position).await?;
        let (tenant, row) = match row {
            (tenant, Ok(row)) => (tenant, row),
            (tenant, Err(reason)) => return Ok((tenant, StateRead::FailClosed(reason))),
        };
        let (state, head, position) = row;
        if let Some(survivor) = merged_into(state.as_ref()) {
            deciding = survivor;
            continue;
        }
        let read = StateRead::Available {
            state: state.map(Arc::new),
            is_merged: merges > 0,
            head,
            position,
        };
        return Ok((tenant, read));
    }
    let unavailable = StateRead::FailClosed(Reason::FailclosedUnavailable);
    Ok((caller.tenant.clone(), unavailable))
}

/// A subject's own state at the primary and the token of its position, or why every check denies.
type RowRead = Result<(Option<SubjectState>, Position, Arc<str>), Reason>;

async fn row_at_primary(
    checks: &Checks,
    caller: &Caller,
    subject: &SubjectId,
    min_position: Option<Position>,
) -> Result<(Arc<Tenant>, RowRead), Problem> {
    let tenant = &caller.tenant;
    let (seen, _) = tenant.runtime.head();
    let row = match checks.store.check_row(&tenant.log, subject).await {
        Ok(Some(row)) => row,
        Ok(None) => return Err(ProblemKind::Internal.into()),
        Err(error) => return Err(error.into()),
    };
    let head = HeadRead {
        seen,
        position: row.position,
        config_version: row.config_version,
    };
    let (tenant, token) = head.place(checks, caller, min_position).await?;
    Ok((tenant, token.map(|token| (row.state, row.position, token))))
}

/// The head of a log as a statement at the primary read it together with states.
#[derive(Debug, Clone, Copy)]
pub(crate) struct HeadRead {
    /// The newest position that this server knew before it read.
    pub(crate) seen: Position,
    /// The position of the log's newest leaf.
    pub(crate) position: Position,
    /// Version of everything that is published.
    pub(crate) config_version: u64,
}

impl HeadRead {
    /// The tenant to judge by and the position of what was read, or why nothing may rest on it.
    pub(crate) async fn place(
        self,
        checks: &Checks,
        caller: &Caller,
        min_position: Option<Position>,
    ) -> Result<(Arc<Tenant>, Result<Arc<str>, Reason>), Problem> {
        // Another server may have changed register, notices or keys: what is judged by must be at least as new as the state.
        let tenant = caller
            .at_config_version(&checks.tenants, self.config_version)
            .await?;
        if tenant.log != caller.tenant.log {
            // The log was closed. What was read is of no log any more; the next question goes to its successor.
            return Ok((tenant, Err(Reason::FailclosedRecovering)));
        }
        let position = self.position;
        let has_other_leaf = !self.seen.is_before(&position) && self.seen != position;
        if has_other_leaf && tenant.runtime.has_head() {
            has_gone_back(&tenant);
            return Ok((tenant, Err(Reason::FailclosedRecovering)));
        }
        if let Err(reason) =
            demand::included(&checks.store, &tenant, min_position, position).await?
        {
            return Ok((tenant, Err(reason)));
        }
        tenant.runtime.advance(position, &tenant.secrets);
        let token = position.token(&tenant.secrets.position).into();
        Ok((tenant, Ok(token)))
    }
}

/// The position behind `at_least`, where one is demanded.
pub(crate) fn parse_min_position(
    tenant: &Tenant,
    at_least: Option<&str>,
) -> Result<Option<Position>, Problem> {
    service::parse_min_position(at_least, &tenant.secrets.position)
}

pub(crate) fn failed_closed(tenant: &Tenant, reason: Reason) -> CheckResponse {
    let (_, token) = tenant.runtime.head();
    CheckResponse::failed_closed(reason, token)
}
