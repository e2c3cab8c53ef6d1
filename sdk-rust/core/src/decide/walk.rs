//! The walk through the table: from the check, by the subject and the dependencies of the purpose, to the row that
//! decides, and to the verdict.

use super::{
    Context, Op, Question, Verdict,
    answer::{Basis, Explain, Obligation, RELY_ALLOW_MS_MAX, RELY_DENY_MS},
    retention::Stored,
    rows::{Evaluation, RowMatch, before_the_subject, earliest},
};
use crate::{
    id::PurposeId,
    purpose::{Purpose, ScopeType, SpecialCategory},
    reason::Reason,
    scope::Scope,
    state::{StateWord, SubjectState},
};

/// How deep purposes may depend on each other. Real registers need two; deeper chains are denied.
const DEPENDENCY_DEPTH_MAX: usize = 16;

/// Evaluates a check. `state` is the subject's, `None` if nothing is known of it; `now` is Unix milliseconds. The
/// state's own last event bounds `now` from below, unless the check is about the past.
pub fn decide(
    ctx: &Context<'_>,
    state: Option<&SubjectState>,
    question: &Question,
    now: i64,
) -> Verdict {
    let nothing = SubjectState::default();
    let asked = state.unwrap_or(&nothing);
    let mut walk = Walk {
        ctx,
        question,
        now,
        depth: 0,
        allowed: Vec::new(),
    };
    walk.purpose(asked, &question.purpose, &question.scope, true)
}

/// The walk through a purpose and its dependencies.
struct Walk<'a> {
    ctx: &'a Context<'a>,
    question: &'a Question,
    now: i64,
    /// The depth of the walk. A cycle exceeds every limit.
    depth: usize,
    /// Dependencies that allow, and until when.
    allowed: Vec<(PurposeId, Option<i64>, u32)>,
}

/// The limits that the dependencies put on a permission.
struct Bounds {
    valid_until: Option<i64>,
    rely_ms: u32,
}

impl Walk<'_> {
    /// The moment of the check for a state: never before its last event, unless the check is about the past.
    fn moment(&self, state: &SubjectState) -> i64 {
        if self.question.historic {
            self.now
        } else {
            self.now.max(state.at)
        }
    }

    fn purpose(
        &mut self,
        asked: &SubjectState,
        id: &PurposeId,
        scope: &Scope,
        is_asked: bool,
    ) -> Verdict {
        let ctx = self.ctx;
        // Row 1.
        let Some(purpose) = ctx.register.purpose(id) else {
            let found = RowMatch::new(1, Reason::PurposeUnknown, None, StateWord::Unknown);
            return self.answer(&found, asked, None, &[], None);
        };
        let mut via = Vec::new();
        let mut state = asked;
        let stored = |state| Stored {
            ctx,
            purpose,
            state,
            scope,
            op: self.question.op,
            is_asked,
            now: self.moment(state),
        };
        let before = before_the_subject(&stored(
            asked
                .merged_into
                .as_ref()
                .and(ctx.survivor)
                .unwrap_or(asked),
        ));
        if before.is_none() && asked.merged_into.is_some() {
            // Row 5. The caller follows the merges; without the survivor's state nothing permits.
            let Some(survivor) = ctx.survivor.filter(|s| s.merged_into.is_none()) else {
                let found =
                    RowMatch::new(5, Reason::FailclosedUnavailable, None, StateWord::Unknown);
                return self.answer(&found, asked, Some(purpose), &[], None);
            };
            state = survivor;
            via.push(5);
        }
        let now = self.moment(state);
        let case = Evaluation {
            ctx,
            purpose,
            state,
            question: self.question,
            asked: scope,
            scope: if self.passes_on(purpose, scope) {
                &Scope::None
            } else {
                scope
            },
            stored: stored(state),
            now,
        };
        if let Some(found) = before
            .or_else(|| case.subject())
            .or_else(|| case.stored.row())
        {
            return self.answer(&found, state, Some(purpose), &via, None);
        }
        let bounds = match self.dependencies(asked, purpose) {
            Ok(bounds) => bounds,
            Err(denied) => {
                let found = RowMatch::new(9, Reason::DependencyDenied, None, StateWord::Unknown);
                let mut verdict = self.answer(&found, state, Some(purpose), &via, None);
                verdict.dependency = Some(denied);
                return verdict;
            }
        };
        if !purpose.depends_on.is_empty() {
            via.push(9);
        }
        let found = case.bases(&mut via);
        self.answer(&found, state, Some(purpose), &via, Some(&bounds))
    }

    /// Whether the check's scope is for a purpose that this one, which has no scope, depends on.
    fn passes_on(&self, purpose: &Purpose, scope: &Scope) -> bool {
        if purpose.scope_type != ScopeType::None || scope.is_none() {
            return false;
        }
        let mut below: Vec<&PurposeId> = purpose.depends_on.iter().collect();
        let mut at = 0;
        while let Some(id) = below.get(at) {
            at += 1;
            let Some(found) = self.ctx.register.purpose(id) else {
                continue;
            };
            if found.scope_type == scope.scope_type() {
                return true;
            }
            for id in &found.depends_on {
                if !below.contains(&id) {
                    below.push(id);
                }
            }
        }
        false
    }

    /// Row 9: the same subject and operation. A cycle and a chain that is too deep are denied.
    fn dependencies(
        &mut self,
        asked: &SubjectState,
        purpose: &Purpose,
    ) -> Result<Bounds, PurposeId> {
        let mut bounds = Bounds {
            valid_until: None,
            rely_ms: RELY_ALLOW_MS_MAX,
        };
        if purpose.depends_on.is_empty() {
            return Ok(bounds);
        }
        self.depth += 1;
        for id in &purpose.depends_on {
            let (until, rely_ms) = self.dependency(asked, id).ok_or_else(|| id.clone())?;
            bounds.valid_until = earliest(bounds.valid_until, until);
            bounds.rely_ms = bounds.rely_ms.min(rely_ms);
        }
        self.depth -= 1;
        Ok(bounds)
    }

    fn dependency(&mut self, asked: &SubjectState, id: &PurposeId) -> Option<(Option<i64>, u32)> {
        if let Some((_, until, rely_ms)) = self.allowed.iter().find(|(known, ..)| known == id) {
            return Some((*until, *rely_ms));
        }
        if self.depth > DEPENDENCY_DEPTH_MAX {
            return None;
        }
        let of_type = self.ctx.register.purpose(id)?.scope_type;
        let question = self.question;
        let none = Scope::None;
        let scope = if question.scope.scope_type() == of_type {
            &question.scope
        } else {
            &none
        };
        let verdict = self.purpose(asked, id, scope, false);
        if !verdict.allow {
            return None;
        }
        self.allowed
            .push((id.clone(), verdict.valid_until, verdict.rely_ms));
        Some((verdict.valid_until, verdict.rely_ms))
    }

    /// The controller whom a processor's caller must ask, and how to reach it. A customer that the register does not
    /// have is not replaced by another controller.
    fn controller(&self, purpose: &Purpose) -> (Option<String>, Option<String>) {
        let Some(id) = &self.question.on_behalf_of else {
            return (purpose.controller_pointer.clone(), None);
        };
        self.ctx.register.customer(id).map_or((None, None), |it| {
            (Some(it.name.to_owned()), it.contact.map(str::to_owned))
        })
    }

    fn answer(
        &self,
        found: &RowMatch<'_>,
        state: &SubjectState,
        purpose: Option<&Purpose>,
        via: &[u8],
        bounds: Option<&Bounds>,
    ) -> Verdict {
        let allow = found.reason.allows();
        let historic = self.question.historic;
        let valid_until = earliest(found.valid_until, bounds.and_then(|b| b.valid_until));
        let valid_until = valid_until.filter(|_| allow);
        let now = self.moment(state);
        let explain = || {
            let of_cell = found.cell;
            Box::new(Explain {
                row: found.row.number,
                part: found.row.part,
                via: via.to_vec(),
                event_id: of_cell.and_then(|c| c.event_id.clone()),
                notice: found
                    .notice
                    .or(of_cell.and_then(|c| c.notice.as_ref()))
                    .cloned(),
            })
        };
        let rely_ms = match purpose {
            _ if found.reason.is_fail_closed() || historic => 0,
            Some(purpose) if allow => {
                let most = bounds.map_or(RELY_ALLOW_MS_MAX, |b| b.rely_ms);
                rely_ms(purpose, self.question.op, most, valid_until, now)
            }
            _ => RELY_DENY_MS,
        };
        let (controller, controller_contact) = purpose
            .filter(|_| found.row == 2)
            .map_or((None, None), |p| self.controller(p));
        let parts = purpose
            .filter(|_| found.row == 3)
            .map_or_else(Vec::new, |p| p.parts.clone());
        Verdict {
            allow,
            may_ask: found.may_ask && !historic,
            reason: found.reason,
            basis: found.basis,
            state: found.state,
            seq: state.seq,
            valid_until,
            rely_ms,
            obligations: purpose
                .filter(|_| allow)
                .map_or_else(Vec::new, |p| obligations(found, p)),
            dependency: None,
            controller,
            controller_contact,
            parts,
            historic,
            explain: self.question.explain.then(explain),
            row: found.row,
        }
    }
}

fn rely_ms(purpose: &Purpose, op: Op, most: u32, valid_until: Option<i64>, now: i64) -> u32 {
    let asked_each_time = purpose.special_category.needs_ground()
        || purpose.single_use
        || matches!(op, Op::Forward | Op::Publish);
    if asked_each_time {
        return 0;
    }
    let left = valid_until.map_or(i64::from(most), |until| until.saturating_sub(now).max(0));
    u32::try_from(left).map_or(most, |left| left.min(most))
}

fn obligations(found: &RowMatch<'_>, purpose: &Purpose) -> Vec<Obligation> {
    let mut owed = Vec::new();
    if found.deliver_notice {
        owed.push(Obligation::DeliverNotice);
    }
    if purpose.special_category == SpecialCategory::Unknown {
        owed.push(Obligation::ClassifyData);
    }
    if found.tell_young_person {
        owed.push(Obligation::TellYoungPerson);
    }
    if purpose.single_use && found.basis == Some(Basis::Consent) {
        owed.push(Obligation::UseOnce);
    }
    owed
}
