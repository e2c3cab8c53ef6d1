//! Cases of rows 11, 21-25 and 27-32: the consent of a purpose and of the terminal.

use super::*;
use crate::testing::lasting;

pub(super) fn refusal_rows() -> Vec<Case> {
    let invalidated = || crate::testing::invalidated(None);
    vec![
        consent("21 refused", Reason::ConsentRefused).says(Refused),
        consent("21 refused half a year ago", Reason::ConsentRefused)
            .says(Refused)
            .after(181 * DAY)
            .may_ask(),
        consent("21 refused a little less ago", Reason::ConsentRefused)
            .says(Refused)
            .after(180 * DAY),
        consent("22 withdrawn", Reason::ConsentWithdrawn)
            .says(Given)
            .says(Withdrawn)
            .after(999 * DAY),
        consent("22 a no on a live yes", Reason::ConsentWithdrawn)
            .says(Given)
            .says(Refused),
        consent(
            "22 objected to what rests on consent",
            Reason::ConsentWithdrawn,
        )
        .says(Given)
        .says(Objected),
        consent(
            "22 objected to it, and took the objection back",
            Reason::ConsentWithdrawn,
        )
        .says(Given)
        .says(Objected)
        .says(ObjectionRetracted),
        consent(
            "25 objected before any yes, and took it back",
            Reason::ConsentMissing,
        )
        .says(Objected)
        .says(ObjectionRetracted)
        .may_ask(),
        consent(
            "32 took back an objection that was never raised",
            Reason::ConsentValid,
        )
        .says(Given)
        .says(ObjectionRetracted),
        consent("32 objected, then said yes", Reason::ConsentValid)
            .says(Objected)
            .says(Given),
        consent("23 invalidated", Reason::ConsentInvalidated)
            .says(Given)
            .happens(invalidated()),
        consent("23 revoked", Reason::ConsentRevoked)
            .says(Given)
            .happens(revoked()),
    ]
}

pub(super) fn prompt_rows() -> Vec<Case> {
    let by_recipient = |p: &mut Purpose| p.scope_type = ScopeType::Recipient;
    let used = || EventBody::from(ConsentUsed::of(main_cell(), event_id(1)));
    vec![
        consent("24 age unknown", Reason::AgeUnknown)
            .register(|p| p.age_rule = AgeRule::Iss)
            .says(Given)
            .may_ask(),
        consent("24 age unknown, maturity", Reason::AgeUnknown)
            .register(|p| p.age_rule = AgeRule::Maturity)
            .may_ask(),
        consent("24 the age band has run out", Reason::AgeUnknown)
            .register(|p| p.age_rule = AgeRule::Iss)
            .happens(aged(AgeBand::From16To17))
            .says(Given)
            .build(|state| state.age_until = Some(LATER))
            .may_ask(),
        consent(
            "24 the age band has run out, with a default",
            Reason::AgeUnknown,
        )
        .register(|p| {
            p.age_rule = AgeRule::Iss;
            p.age_default = Some(AgeBand::Adult);
        })
        .happens(aged(AgeBand::From16To17))
        .says(Given)
        .build(|state| state.age_until = Some(LATER))
        .may_ask(),
        consent("24 a default age that needs a guardian", Reason::AgeUnknown)
            .register(|p| {
                p.age_rule = AgeRule::Maturity;
                p.guardian_below = 15;
                p.age_default = Some(AgeBand::Fourteen);
            })
            .says(Given)
            .may_ask(),
        consent("25 nothing known", Reason::ConsentMissing).may_ask(),
        consent("25 deferred", Reason::ConsentDeferred)
            .says(Deferred)
            .may_ask(),
        consent("25 yes to another recipient", Reason::ScopeNotCovered)
            .register(by_recipient)
            .happens(says_of(Given, recipient("a")))
            .scope(recipient("b"))
            .may_ask(),
        consent("25 yes from before the scope", Reason::ScopeNotCovered)
            .register(by_recipient)
            .says(Given)
            .may_ask(),
        consent("25 no to another recipient", Reason::ConsentMissing)
            .register(by_recipient)
            .happens(says_of(Refused, recipient("a")))
            .scope(recipient("b"))
            .may_ask(),
        consent("27 expired", Reason::ConsentExpired)
            .register(|p| p.validity = Some(lasting("P12M")))
            .says(Given)
            .after(365 * DAY)
            .may_ask(),
        consent("27 used", Reason::ConsentUsed)
            .register(|p| p.single_use = true)
            .says(Given)
            .happens(used())
            .may_ask(),
        consent("29 not explicit", Reason::ExplicitConsentRequired)
            .register(|p| p.special_category = SpecialCategory::Possible)
            .says(Given)
            .may_ask(),
        consent("29 assurance too low", Reason::AssuranceTooLow)
            .register(|p| p.assurance_min = Assurance::Server)
            .event(says(Given), |e| e.assurance = Assurance::Prompted)
            .may_ask(),
        consent("30 the notice changed", Reason::NoticeStale)
            .says(Given)
            .notice(NoticeStanding::StaleConsent)
            .may_ask(),
        consent("30 a notice that nobody knows", Reason::NoticeStale)
            .says(Given)
            .notice(NoticeStanding::Unknown)
            .may_ask(),
        consent("30 no notice at all", Reason::NoticeStale)
            .event(says(Given), |e| e.notice = None)
            .may_ask(),
    ]
}

/// Rows 21 and 22 where several voices speak: none lifts the refusal of another.
pub(super) fn voice_rows() -> Vec<Case> {
    let refusal = |by: Option<u8>, withdrew| {
        move |cell: &mut Cell| {
            cell.refusals.push(VoiceRefusal {
                guardian: by.map(subject),
                seq: 4,
                at: T0,
                withdrew,
            });
        }
    };
    let granted = |name, reason, by, withdrew| {
        consent(name, reason).cell(CellState::Given, refusal(by, withdrew))
    };
    vec![
        granted(
            "21 the person's refusal beside a guardian's grant",
            Reason::ConsentRefused,
            None,
            false,
        ),
        granted(
            "21 the person's refusal, half a year ago",
            Reason::ConsentRefused,
            None,
            false,
        )
        .after(181 * DAY)
        .may_ask(),
        granted(
            "21 a guardian's refusal beside a grant",
            Reason::ConsentRefused,
            Some(12),
            false,
        ),
        granted(
            "21 a guardian's refusal, half a year ago",
            Reason::ConsentRefused,
            Some(12),
            false,
        )
        .after(181 * DAY),
        granted(
            "22 a guardian's withdrawal beside a grant",
            Reason::ConsentWithdrawn,
            Some(12),
            true,
        )
        .after(181 * DAY),
        granted(
            "32 a preventive service, and a guardian's refusal",
            Reason::ConsentValid,
            Some(12),
            false,
        )
        .register(|p| p.age_rule = AgeRule::IssPreventive),
    ]
}

pub(super) fn grant_rows() -> Vec<Case> {
    vec![
        consent("32 the age band has not run out", Reason::ConsentValid)
            .register(|p| p.age_rule = AgeRule::Iss)
            .happens(aged(AgeBand::From16To17))
            .says(Given)
            .build(|state| state.age_until = Some(LATER + 1)),
        consent("32 an adult by the purpose's default", Reason::ConsentValid)
            .register(|p| {
                p.age_rule = AgeRule::Maturity;
                p.age_default = Some(AgeBand::Adult);
            })
            .says(Given),
        consent("32 for one use", Reason::ConsentValid)
            .register(|p| p.single_use = true)
            .says(Given)
            .owing(&[Obligation::UseOnce]),
        consent("31 told of nothing yet", Reason::ConsentValid)
            .says(Renewed)
            .notice(NoticeStanding::StaleNotice)
            .owing(&[Obligation::DeliverNotice]),
        consent("32 told of the change", Reason::ConsentRenewed)
            .says(Renewed)
            .notice(NoticeStanding::StaleNotice)
            .happens(delivered(2)),
        consent("32 live", Reason::ConsentValid).says(Given),
        consent("32 live, with an end", Reason::ConsentValid)
            .register(|p| p.validity = Some(lasting("P12M")))
            .says(Given),
        consent("32 live, explicit", Reason::ConsentValid)
            .register(|p| p.special_category = SpecialCategory::Yes)
            .decides(|d| d.explicit = true)
            .op(Op::Store),
        consent("32 renewed", Reason::ConsentRenewed)
            .says(Given)
            .says(Renewed),
        consent(
            "32 another version with the same words",
            Reason::NoticeEquivalent,
        )
        .says(Given)
        .notice(NoticeStanding::Equivalent),
        consent("32 this recipient", Reason::ConsentValid)
            .register(|p| p.scope_type = ScopeType::Recipient)
            .happens(says_of(Given, recipient("a")))
            .scope(recipient("a"))
            .op(Op::Forward),
        consent("32 not classified", Reason::ConsentValid)
            .register(|p| p.special_category = SpecialCategory::Unknown)
            .says(Given)
            .owing(&[Obligation::ClassifyData]),
    ]
}

/// Row 11: the consent cases of rows 21-30, repeated as cookies.
pub(super) fn terminal_rows() -> Vec<Case> {
    let consent_rows = [
        refusal_rows(),
        prompt_rows(),
        campaign::end_rows(),
        guardian::guardian_rows(),
    ]
    .concat();
    let ground = |p: &mut Purpose| p.art9_ground = Some("9(2)(a)".into());
    let mut gated: Vec<Case> = Vec::new();
    for mut case in consent_rows {
        let as_terminal = case.reason.at_the_terminal();
        // If the purpose has its own objection, an objection is not a withdrawal.
        let objects = case.name.contains("objected");
        if as_terminal == case.reason || objects {
            continue;
        }
        case.name = Box::leak(format!("11 cookie: {}", case.name).into_boxed_str());
        (case.row, case.reason) = (11.into(), as_terminal);
        gated.push(case.register(|p| {
            p.check_mode = CheckMode::TerminalConsentAndObjection;
            ground(p);
        }));
    }
    let terminal = |p: &mut Purpose| p.terminal_access = true;
    gated.extend([
        cookie("20 cookie yes, no objection", Reason::LegitimateInterest).says(Given),
        cookie("19 cookie yes, objected", Reason::ObjectionPending)
            .says(Given)
            .says(Objected),
        cookie("11 no cookie, and objected", Reason::TerminalConsentMissing)
            .told()
            .says(Objected),
        cookie(
            "11 no cookie, and the objection taken back",
            Reason::TerminalConsentMissing,
        )
        .told()
        .says(Objected)
        .says(ObjectionRetracted)
        .may_ask(),
        cookie(
            "20 cookie under a changed notice",
            Reason::LegitimateInterest,
        )
        .says(Given)
        .notice(NoticeStanding::StaleNotice)
        .owing(&[Obligation::DeliverNotice]),
        cookie("20 cookie that is necessary", Reason::LegitimateInterest)
            .register(|p| p.strictly_necessary = true)
            .told(),
        case(
            "11 contract that reads the terminal",
            CheckMode::Contract,
            Reason::TerminalConsentMissing,
        )
        .register(terminal)
        .happens(contract("c1"))
        .may_ask(),
        case(
            "14 contract, necessary in the terminal",
            CheckMode::Contract,
            Reason::Contract,
        )
        .register(terminal)
        .register(|p| p.strictly_necessary = true)
        .happens(contract("c1")),
        case(
            "14 contract and a cookie yes",
            CheckMode::Contract,
            Reason::Contract,
        )
        .register(terminal)
        .happens(contract("c1"))
        .says(Given),
    ]);
    gated
}
