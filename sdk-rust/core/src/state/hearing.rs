//! Which decisions a purpose hears, and which grants it takes, by the register of the receipt.

use super::ApplyContext;
use crate::{
    decision::{DecisionKind, SupersededReason},
    notice_standing::NoticeStanding,
    purpose::{CheckMode, Purpose, ScopeType},
};

/// Whether an objection can be raised, and retracted. To direct marketing it can whatever the basis (GDPR Art.
/// 21(2)-(3)).
pub(crate) fn takes_objection(purpose: &Purpose) -> bool {
    purpose.check_mode.takes_objection() || purpose.direct_marketing
}

/// What a refusal means for the purpose (rule E3). Where nothing is asked that could be refused or withdrawn, but the
/// person may object, any clear no is an objection, whatever the word (GDPR Art. 21).
pub(crate) fn meant(purpose: Option<&Purpose>, decision: DecisionKind) -> DecisionKind {
    let objects = |p: &Purpose| takes_objection(p) && !p.asks_consent();
    match decision {
        DecisionKind::Refused | DecisionKind::Withdrawn if purpose.is_some_and(objects) => {
            DecisionKind::Objected
        }
        said => said,
    }
}

/// Whether the purpose's basis hears a refusal, withdrawal or objection, as [`meant`] understands it (rule E3).
///
/// Where only consent permits, an objection counts as a refusal. A purpose that is not in the register hears everything,
/// and so does one without a stated basis.
pub(crate) fn hears(
    purpose: Option<&Purpose>,
    decision: DecisionKind,
) -> Result<(), SupersededReason> {
    let Some(purpose) = purpose else {
        return Ok(());
    };
    let decision = meant(Some(purpose), decision);
    if decision == DecisionKind::Objected && takes_objection(purpose) {
        return Ok(());
    }
    match (purpose.check_mode, decision) {
        (CheckMode::Processor, _) => Err(SupersededReason::NotController),
        (CheckMode::NotStated | CheckMode::Consent, _) => Ok(()),
        (_, DecisionKind::Objected) => Err(SupersededReason::BasisNotObjectable),
        _ if purpose.asks_consent() => Ok(()),
        _ => Err(SupersededReason::BasisNotConsent),
    }
}

/// Whether a decision without a scope concerns every scope of the purpose.
pub(crate) fn lacks_scope(purpose: Option<&Purpose>, scope: ScopeType) -> bool {
    scope == ScopeType::None && purpose.is_some_and(|p| p.scope_type != ScopeType::None)
}

/// Whether a grant can count (rule E19): the register still has the purpose, complete and in one piece, and the notice
/// describes what it is today.
pub(crate) fn takes_grants(
    cx: &ApplyContext<'_>,
    purpose: Option<&Purpose>,
) -> Result<(), SupersededReason> {
    let Some(purpose) = purpose else {
        return Ok(());
    };
    if purpose.retired {
        return Err(SupersededReason::PurposeRetired);
    }
    let incomplete = !purpose.incomplete.is_empty() || !purpose.parts.is_empty();
    if incomplete || purpose.check_mode == CheckMode::NotStated {
        return Err(SupersededReason::RegisterIncomplete);
    }
    // No route takes a grant without a notice; the check denies one (row 30).
    let Some(notice) = cx.notice else {
        return Ok(());
    };
    let standing = cx
        .purposes
        .notice_standing(&purpose.id, notice, cx.received_at);
    match standing {
        NoticeStanding::StaleConsent | NoticeStanding::Unknown | NoticeStanding::Invalidated => {
            Err(SupersededReason::NoticeStale)
        }
        NoticeStanding::Current | NoticeStanding::Equivalent | NoticeStanding::StaleNotice => {
            Ok(())
        }
    }
}
