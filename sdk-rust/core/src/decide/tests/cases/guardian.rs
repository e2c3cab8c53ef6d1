//! Cases of rows 24-28 in which guardians decide.

use super::*;

pub(super) fn guardian_rows() -> Vec<Case> {
    use AgeRule::{Iss, IssPreventive, Maturity};
    let declined = || guardian_says(12, Refused);
    let withdrawn = || guardian_says(12, Withdrawn);
    let ten = AgeBand::From7To12;
    let both = |case: Case| {
        case.says(Given)
            .happens(authorised(11))
            .happens(authorised(12))
    };
    let young = |name, reason| consent(name, reason).child(Iss, ten);
    vec![
        young("26 no guardian has answered", Reason::GuardianPending).says(Given),
        young("25 waiting from before the scope", Reason::ConsentMissing)
            .register(|p| p.scope_type = ScopeType::Recipient)
            .says(Given)
            .may_ask(),
        young("26 one of two guardians", Reason::GuardianPending)
            .says(Given)
            .happens(authorised(11)),
        both(young("32 both guardians", Reason::GuardianConsent)),
        young("32 one of two is enough", Reason::GuardianConsent)
            .register(|p| p.guardian_quorum = Quorum::Any)
            .says(Given)
            .happens(authorised(11)),
        young("21 one guardian declined", Reason::ConsentRefused)
            .says(Given)
            .happens(authorised(11))
            .happens(declined()),
        both(young("22 one guardian withdrew", Reason::ConsentWithdrawn)).happens(withdrawn()),
        both(young("22 the child withdrew", Reason::ConsentWithdrawn)).says(Withdrawn),
        young("32 custody of one ended", Reason::GuardianConsent)
            .says(Given)
            .happens(authorised(11))
            .happens(unlinked(12)),
        both(young("26 a third guardian came", Reason::GuardianPending)).happens(linked(13)),
        both(young(
            "32 turned 13 and said so itself",
            Reason::ConsentValid,
        ))
        .happens(aged(AgeBand::Thirteen))
        .says(Given),
        both(young("28 turned 18", Reason::AgedOut))
            .happens(aged(AgeBand::Adult))
            .may_ask(),
        both(young("32 turned 18 and renewed", Reason::ConsentRenewed))
            .happens(aged(AgeBand::Adult))
            .says(Renewed),
        young("25 turned 13 while it waited", Reason::ConsentMissing)
            .says(Given)
            .happens(aged(AgeBand::Thirteen))
            .may_ask(),
        consent("32 old enough", Reason::ConsentValid)
            .child(Iss, AgeBand::Thirteen)
            .says(Given),
        consent("23 age corrected down", Reason::ConsentInvalidated)
            .child(Iss, AgeBand::Thirteen)
            .says(Given)
            .happens(aged(ten)),
        consent("26 age learned later", Reason::GuardianPending)
            .register(|p| p.age_rule = Iss)
            .says(Given)
            .happens(aged(ten)),
        consent("26 fourteen, in France", Reason::GuardianPending)
            .register(|p| p.age_rule = Iss)
            .happens(EventBody::from(AgeBandSet {
                band: AgeBand::Fourteen,
                until: None,
                verification: crate::actor::Verification::Eid,
                country: Some(crate::age::Country::parse("FR").unwrap()),
            }))
            .says(Given),
        consent("32 a preventive service asks nobody", Reason::ConsentValid)
            .child(IssPreventive, ten)
            .says(Given),
        consent(
            "32 a preventive service hears no guardian",
            Reason::ConsentValid,
        )
        .child(IssPreventive, ten)
        .says(Given)
        .happens(withdrawn()),
        consent(
            "25 maturity: the child's assent is missing",
            Reason::ConsentMissing,
        )
        .child(Maturity, AgeBand::Thirteen)
        .happens(authorised(11))
        .happens(authorised(12))
        .may_ask(),
        consent(
            "32 maturity: under 7 without assent",
            Reason::GuardianConsent,
        )
        .child(Maturity, AgeBand::Under7)
        .happens(authorised(11))
        .happens(authorised(12)),
        both(
            consent("32 maturity: both and the child", Reason::GuardianConsent)
                .child(Maturity, AgeBand::Fourteen),
        ),
        consent("32 maturity: fifteen", Reason::ConsentValid)
            .child(Maturity, AgeBand::Fifteen)
            .says(Given),
    ]
}

/// A guardian's consent that goes on, and whether the young person was told so (E9).
pub(super) fn carried_rows() -> Vec<Case> {
    let carried = |name| {
        consent(name, Reason::GuardianConsentCarried)
            .child(AgeRule::Iss, AgeBand::From7To12)
            .says(Given)
            .happens(authorised(11))
            .happens(authorised(12))
            .happens(aged(AgeBand::Thirteen))
            .build(|state| state.age_until = Some(T0 + 20_000 + 365 * DAY))
    };
    let owes = |case: Case| case.owing(&[Obligation::TellYoungPerson]);
    let mut of_else =
        carried("32 turned 13, told of something else").delivered(2, 30_000, Variant::Teen);
    of_else.world.notices.insert(v(2), NoticeStanding::Unknown);
    vec![
        owes(carried("32 turned 13")),
        carried("32 turned 13, and was told").delivered(2, 30_000, Variant::Teen),
        carried("32 turned 13, and was told as an adult").delivered(2, 30_000, Variant::Adult),
        owes(carried("32 turned 13, told as a child").delivered(2, 30_000, Variant::Child)),
        owes(carried("32 turned 13, told before").delivered(2, 19_000, Variant::Teen)),
        owes(of_else),
    ]
}
