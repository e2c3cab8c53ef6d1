//! Rows 21-32: the standing of a consent. A standing refusal comes before everything that would permit a prompt.

use super::{
    answer::Basis,
    rows::{Evaluation, RowMatch, earliest},
};
use crate::{
    age::AgeBand,
    notice_standing::NoticeStanding,
    purpose::{AgeRule, CheckMode},
    reason::Reason,
    retention::add_calendar,
    scope::Scope,
    state::{Cell, CellState, ObjectionState, Standing, StateWord},
};

/// The result of the rows for the cell of the check.
pub(super) fn rows<'a>(case: &Evaluation<'a>) -> RowMatch<'a> {
    let cell = case.cell();
    let standing = cell.map(|cell| case.state.standing(cell, case.purpose));
    let found = standing_refusal(case, cell, standing)
        .or_else(|| age_unknown(case))
        .or_else(|| no_answer(case, standing));
    let found = match (found, cell, standing) {
        (Some(found), ..) => found,
        (None, Some(cell), Some(standing)) => live(case, cell, standing),
        // Row 25 has decided if there is no cell.
        (None, ..) => ask(25, Reason::ConsentMissing, CellState::Unknown),
    };
    RowMatch { cell, ..found }
}

fn deny<'a>(row: u8, reason: Reason, state: CellState) -> RowMatch<'a> {
    RowMatch::new(row, reason, Some(Basis::Consent), StateWord::from(state))
}

fn ask<'a>(row: u8, reason: Reason, state: CellState) -> RowMatch<'a> {
    RowMatch {
        may_ask: true,
        ..deny(row, reason, state)
    }
}

/// Rows 21-23.
fn standing_refusal<'a>(
    case: &Evaluation<'a>,
    cell: Option<&Cell>,
    standing: Option<Standing>,
) -> Option<RowMatch<'a>> {
    let (cell, standing) = (cell?, standing?);
    let found = match standing.state {
        CellState::Refused => {
            let again = add_calendar(cell.at, &case.purpose.reask_after);
            RowMatch {
                may_ask: case.now >= again,
                ..deny(21, Reason::ConsentRefused, CellState::Refused)
            }
        }
        CellState::Withdrawn => deny(22, Reason::ConsentWithdrawn, CellState::Withdrawn),
        CellState::Invalidated => deny(23, Reason::ConsentInvalidated, CellState::Invalidated),
        CellState::Revoked => deny(23, Reason::ConsentRevoked, CellState::Revoked),
        state if state.is_granted() && on_invalid_notice(case, cell, standing) => {
            deny(23, Reason::ConsentInvalidated, CellState::Invalidated)
        }
        _ if objected_instead(case, cell) => {
            deny(22, Reason::ConsentWithdrawn, CellState::Withdrawn)
        }
        _ => return None,
    };
    Some(found)
}

/// Whether the controller has declared the consents on the cell's notice invalid.
fn on_invalid_notice(case: &Evaluation<'_>, cell: &Cell, standing: Standing) -> bool {
    let notice = cell.notice.as_ref();
    notice.is_some_and(|n| case.notice_standing(n, standing.from) == NoticeStanding::Invalidated)
}

/// An objection to a purpose that rests on consent alone is a withdrawal. Retracting or rejecting the objection does
/// not restore the grant: that takes a new one.
fn objected_instead(case: &Evaluation<'_>, cell: &Cell) -> bool {
    let stands = |state| matches!(state, ObjectionState::Objected | ObjectionState::Upheld);
    let ended = |state| stands(state) || cell.state.is_granted();
    case.purpose.check_mode == CheckMode::Consent
        && cell
            .objection
            .is_some_and(|o| ended(o.state) && o.seq >= cell.seq)
}

/// Row 24.
fn age_unknown<'a>(case: &Evaluation<'a>) -> Option<RowMatch<'a>> {
    let asks_age = matches!(case.purpose.age_rule, AgeRule::Iss | AgeRule::Maturity);
    let said = || case.cell().map_or(CellState::Unknown, |c| c.state);
    (asks_age && case.state.age_band.is_none()).then(|| ask(24, Reason::AgeUnknown, said()))
}

/// Rows 25-26.
fn no_answer<'a>(case: &Evaluation<'a>, standing: Option<Standing>) -> Option<RowMatch<'a>> {
    let fits = case.scope.scope_type() == case.purpose.scope_type;
    let state = standing.map_or(CellState::Unknown, |s| s.state);
    match state {
        CellState::Deferred => Some(ask(25, Reason::ConsentDeferred, state)),
        CellState::PendingGuardian if fits => Some(deny(26, Reason::GuardianPending, state)),
        CellState::Given | CellState::Renewed if fits => None,
        _ if live_elsewhere(case) => Some(ask(25, Reason::ScopeNotCovered, state)),
        _ => Some(ask(25, Reason::ConsentMissing, state)),
    }
}

fn live_elsewhere(case: &Evaluation<'_>) -> bool {
    case.of_purpose()
        .any(|cell| case.state.standing(cell, case.purpose).state.is_granted())
}

/// Rows 27-32.
fn live<'a>(case: &Evaluation<'a>, cell: &'a Cell, standing: Standing) -> RowMatch<'a> {
    let purpose = case.purpose;
    let until = valid_until(case, cell, standing);
    if until.is_some_and(|end| case.now >= end) {
        return ask(27, Reason::ConsentExpired, CellState::Expired);
    }
    if purpose.single_use && cell.used {
        return ask(27, Reason::ConsentUsed, standing.state);
    }
    let adult = case.state.age_band == Some(AgeBand::Adult);
    if standing.by_guardian && adult {
        return ask(28, Reason::AgedOut, standing.state);
    }
    if purpose.special_category.needs_ground() && !standing.explicit {
        return ask(29, Reason::ExplicitConsentRequired, standing.state);
    }
    if standing.assurance < purpose.assurance_min {
        return ask(29, Reason::AssuranceTooLow, standing.state);
    }
    let notice = cell.notice.as_ref();
    let mut row = 32;
    let mut reason = grant_reason(case, standing);
    match notice.map_or(NoticeStanding::Unknown, |n| {
        case.notice_standing(n, standing.from)
    }) {
        NoticeStanding::StaleConsent | NoticeStanding::Unknown => {
            return ask(30, Reason::NoticeStale, CellState::Stale);
        }
        NoticeStanding::Invalidated => {
            return deny(23, Reason::ConsentInvalidated, CellState::Invalidated);
        }
        NoticeStanding::StaleNotice if !told_since(case) => {
            row = 31;
            reason = Reason::ConsentValid;
        }
        NoticeStanding::Equivalent if !standing.by_guardian => reason = Reason::NoticeEquivalent,
        NoticeStanding::Current | NoticeStanding::Equivalent | NoticeStanding::StaleNotice => {}
    }
    RowMatch {
        valid_until: until,
        deliver_notice: row == 31,
        notice,
        ..deny(row, reason, standing.state)
    }
}

fn grant_reason(case: &Evaluation<'_>, standing: Standing) -> Reason {
    match (standing.by_guardian, standing.state) {
        (true, _) if case.state.needs_guardian(case.purpose) == Some(true) => {
            Reason::GuardianConsent
        }
        (true, _) => Reason::GuardianConsentCarried,
        (false, CellState::Renewed) => Reason::ConsentRenewed,
        (false, _) => Reason::ConsentValid,
    }
}

/// Whether the change since the consent has been delivered.
fn told_since(case: &Evaluation<'_>) -> bool {
    let told = case.state.delivered(&case.purpose.id);
    let standing = told.map(|notice| case.notice_standing(notice, i64::MAX));
    matches!(
        standing,
        Some(NoticeStanding::Current | NoticeStanding::Equivalent)
    )
}

/// The end of the validity or of the campaign, whichever is first.
fn valid_until(case: &Evaluation<'_>, cell: &Cell, standing: Standing) -> Option<i64> {
    let validity = case.purpose.validity.as_ref();
    let own = validity.map(|duration| add_calendar(standing.from, duration));
    let Scope::Campaign { campaign, .. } = &cell.scope else {
        return own;
    };
    let live = case.ctx.register.campaign(campaign).map(|c| c.ends_at);
    earliest(own, earliest(cell.campaign_end, live))
}
