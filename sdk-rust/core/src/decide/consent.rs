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
    retention::{add_calendar, grant_ends},
    scope::Scope,
    state::{Cell, CellState, ObjectionState, Standing, StateWord},
};

/// The result of the rows for the cell of the check.
pub(super) fn rows<'a>(case: &Evaluation<'a>) -> RowMatch<'a> {
    let cell = case.cell();
    let standing = cell.map(|cell| case.state.standing(cell, case.purpose, case.now));
    let found = standing_refusal(case)
        .or_else(|| age_unknown(case))
        .or_else(|| no_answer(case, standing));
    let found = match (found, cell, standing) {
        (Some(found), ..) => found,
        (None, Some(cell), Some(standing)) => live(case, cell, standing),
        // Row 25 has decided if there is no cell.
        (None, ..) => ask(25, Reason::ConsentMissing, CellState::Unknown),
    };
    RowMatch {
        may_ask: found.may_ask && can_be_answered(case),
        cell,
        ..found
    }
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

/// The denial of a campaign that the register does not have.
pub(super) fn campaign_unknown<'a>(case: &Evaluation<'_>) -> RowMatch<'a> {
    let said = case.cell().map_or(CellState::Unknown, |cell| cell.state);
    deny(25, Reason::ScopeNotCovered, said)
}

/// A grant to a campaign that is unknown or over is refused, so the person is not asked.
fn can_be_answered(case: &Evaluation<'_>) -> bool {
    let Scope::Campaign { campaign, .. } = case.scope else {
        return true;
    };
    let campaign = case.ctx.register.campaign(campaign);
    campaign.is_some_and(|campaign| case.now < campaign.ends_at)
}

/// Rows 21-23, of the cell of the check. Where only a purpose that this one depends on has the scope of the check, a
/// refusal of that scope from before counts too.
fn standing_refusal<'a>(case: &Evaluation<'a>) -> Option<RowMatch<'a>> {
    let own = case.cell();
    let as_asked = || case.state.cell(&case.purpose.id, case.asked);
    let found = own.and_then(|cell| refusal(case, cell));
    found.or_else(|| as_asked().and_then(|cell| refusal(case, cell)))
}

/// Rows 21-23, of one cell: its state, or the refusal of one voice that stands beside the grant of another (E8).
pub(super) fn refusal<'a>(case: &Evaluation<'a>, cell: &Cell) -> Option<RowMatch<'a>> {
    let withdrawn = || deny(22, Reason::ConsentWithdrawn, CellState::Withdrawn);
    let found = match case.state.standing(cell, case.purpose, case.now).state {
        CellState::Refused => refused(case, cell),
        CellState::Withdrawn => withdrawn(),
        CellState::Invalidated => deny(23, Reason::ConsentInvalidated, CellState::Invalidated),
        CellState::Revoked => deny(23, Reason::ConsentRevoked, CellState::Revoked),
        state if state.is_granted() && on_invalid_notice(case, cell) => {
            deny(23, Reason::ConsentInvalidated, CellState::Invalidated)
        }
        _ if objected_instead(case, cell) => withdrawn(),
        _ if cell
            .standing_refusals(case.purpose)
            .any(|voice| voice.withdrew) =>
        {
            withdrawn()
        }
        _ if cell.standing_refusals(case.purpose).next().is_some() => refused(case, cell),
        _ => return None,
    };
    Some(found)
}

/// Whether the controller has declared the consents on the cell's notice invalid.
fn on_invalid_notice(case: &Evaluation<'_>, cell: &Cell) -> bool {
    let known_at = case.state.standing(cell, case.purpose, case.now).known_at;
    let notice = cell.notice.as_ref();
    notice.is_some_and(|n| case.notice_standing(n, known_at) == NoticeStanding::Invalidated)
}

/// Row 21. Asking the person again cannot lift another person's refusal.
fn refused<'a>(case: &Evaluation<'_>, cell: &Cell) -> RowMatch<'a> {
    let last = cell
        .standing_refusals(case.purpose)
        .map(|voice| voice.at)
        .max();
    let last = last.map_or(cell.from(), |at| at.max(cell.from()));
    let again = add_calendar(last, &case.purpose.reask_after);
    let own = cell
        .standing_refusals(case.purpose)
        .all(|voice| voice.guardian.is_none());
    RowMatch {
        may_ask: own && case.now >= again,
        ..deny(21, Reason::ConsentRefused, CellState::Refused)
    }
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
    let standing = |cell| case.state.standing(cell, case.purpose, case.now).state;
    let said = || case.cell().map_or(CellState::Unknown, standing);
    (asks_age(case) && case.age_band().is_none()).then(|| ask(24, Reason::AgeUnknown, said()))
}

/// Rows 25-26.
fn no_answer<'a>(case: &Evaluation<'a>, standing: Option<Standing>) -> Option<RowMatch<'a>> {
    let fits = case.scope.scope_type() == case.purpose.scope_type;
    let state = standing.map_or(CellState::Unknown, |s| s.state);
    if let Scope::Campaign { .. } = case.scope
        && campaign_end(case).is_none()
    {
        return Some(campaign_unknown(case));
    }
    match state {
        CellState::Deferred => Some(ask(25, Reason::ConsentDeferred, state)),
        CellState::PendingGuardian if fits => Some(deny(26, Reason::GuardianPending, state)),
        CellState::Given | CellState::Renewed if fits => None,
        _ if live_elsewhere(case) => Some(ask(25, Reason::ScopeNotCovered, state)),
        _ => Some(ask(25, Reason::ConsentMissing, state)),
    }
}

fn live_elsewhere(case: &Evaluation<'_>) -> bool {
    case.of_purpose().any(|cell| {
        case.state
            .standing(cell, case.purpose, case.now)
            .state
            .is_granted()
    })
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
    let adult = case.age_band() == Some(AgeBand::Adult);
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
        case.notice_standing(n, standing.known_at)
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
        tell_young_person: standing.by_guardian
            && case.state.needs_guardian(purpose, case.now) == Some(false)
            && !case.young_person_told(standing.from),
        notice,
        ..deny(row, reason, standing.state)
    }
}

fn grant_reason(case: &Evaluation<'_>, standing: Standing) -> Reason {
    match (standing.by_guardian, standing.state) {
        (true, _) if case.state.needs_guardian(case.purpose, case.now) == Some(true) => {
            Reason::GuardianConsent
        }
        (true, _) => Reason::GuardianConsentCarried,
        (false, CellState::Renewed) => Reason::ConsentRenewed,
        (false, _) => Reason::ConsentValid,
    }
}

/// Whether the change since the consent has been delivered.
fn told_since(case: &Evaluation<'_>) -> bool {
    matches!(
        case.delivered(),
        Some(NoticeStanding::Current | NoticeStanding::Equivalent)
    )
}

/// The end of the validity, of the campaign or of what is known of the age, whichever is first.
fn valid_until(case: &Evaluation<'_>, cell: &Cell, standing: Standing) -> Option<i64> {
    let age = case.state.age_until.filter(|_| asks_age(case));
    earliest(
        grant_ends(case.ctx.register, case.purpose, cell, standing.from),
        age,
    )
}

fn asks_age(case: &Evaluation<'_>) -> bool {
    matches!(case.purpose.age_rule, AgeRule::Iss | AgeRule::Maturity)
}

/// The end of the campaign: as it stood when the consent was given, or as it is now, whichever is first.
fn campaign_end(case: &Evaluation<'_>) -> Option<i64> {
    let Scope::Campaign { campaign, .. } = case.scope else {
        return None;
    };
    let live = case.ctx.register.campaign(campaign).map(|c| c.ends_at);
    earliest(case.cell().and_then(|cell| cell.campaign_end), live)
}
