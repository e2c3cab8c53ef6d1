//! Cases of campaigns: their end, and the consent that advertising needs (E10).

use super::*;

fn known(mut case: Case, ends_at: i64, advertising: bool) -> Case {
    let campaign = crate::campaign::Campaign {
        advertising,
        ..campaign_until(ends_at)
    };
    case.world.campaigns.insert(value("spring"), campaign);
    case
}

/// A consent of the campaign's scope, of which the cell says that the campaign ends then.
fn photo(name: &'static str, reason: Reason, ends_at: Option<i64>) -> Case {
    consent(name, reason)
        .register(|p| p.scope_type = ScopeType::Campaign)
        .scope(campaign("spring"))
        .happens(says_of(Given, campaign("spring")))
        .build(|state| state.cells[0].campaign_end = ends_at)
}

pub(super) fn end_rows() -> Vec<Case> {
    let (over, running) = (LATER, LATER + DAY);
    vec![
        photo(
            "25 a campaign without any end",
            Reason::ScopeNotCovered,
            None,
        ),
        consent("25 a campaign that is unknown", Reason::ScopeNotCovered)
            .register(|p| p.scope_type = ScopeType::Campaign)
            .scope(campaign("spring")),
        known(
            photo(
                "27 the campaign's planned end",
                Reason::ConsentExpired,
                None,
            ),
            over,
            false,
        ),
        photo(
            "27 the campaign's end at the grant",
            Reason::ConsentExpired,
            Some(over),
        ),
        known(
            photo(
                "27 the campaign goes on longer than was said",
                Reason::ConsentExpired,
                Some(over),
            ),
            running,
            false,
        )
        .may_ask(),
    ]
}

pub(super) fn advertising_rows() -> Vec<Case> {
    let (over, running) = (LATER, LATER + DAY);
    let interest = |name, reason| {
        objection(name, reason)
            .register(|p| p.scope_type = ScopeType::Campaign)
            .scope(campaign("spring"))
            .told()
    };
    let consents = |case: Case| case.happens(says_of(Given, campaign("spring")));
    vec![
        photo(
            "32 the campaign is gone, and its end is known",
            Reason::ConsentValid,
            Some(running),
        ),
        known(
            photo("32 the campaign goes on", Reason::ConsentValid, None),
            running,
            true,
        ),
        interest(
            "25 interest in an unknown campaign",
            Reason::ScopeNotCovered,
        ),
        known(
            interest(
                "20 a campaign that does not advertise",
                Reason::LegitimateInterest,
            ),
            running,
            false,
        ),
        known(
            interest("25 advertising without consent", Reason::ConsentMissing).may_ask(),
            running,
            true,
        ),
        known(
            interest("21 advertising that was refused", Reason::ConsentRefused)
                .happens(says_of(Refused, campaign("spring"))),
            running,
            true,
        ),
        known(
            interest("25 advertising, and objected", Reason::ConsentMissing)
                .happens(says_of(Objected, campaign("spring"))),
            running,
            true,
        ),
        known(
            consents(interest(
                "22 advertising, withdrawn",
                Reason::ConsentWithdrawn,
            ))
            .happens(says_of(Withdrawn, campaign("spring"))),
            running,
            true,
        ),
        known(
            consents(interest(
                "20 advertising with consent",
                Reason::LegitimateInterest,
            )),
            running,
            true,
        ),
        known(
            consents(interest(
                "27 advertising that is over",
                Reason::ConsentExpired,
            )),
            over,
            true,
        ),
        known(
            consents(interest(
                "19 advertising with consent, objected",
                Reason::ObjectionPending,
            ))
            .happens(says_of(Objected, campaign("spring"))),
            running,
            true,
        ),
        known(
            case(
                "25 advertising under a contract",
                CheckMode::Contract,
                Reason::ConsentMissing,
            )
            .register(|p| p.scope_type = ScopeType::Campaign)
            .scope(campaign("spring"))
            .happens(contract("c1"))
            .may_ask(),
            running,
            true,
        ),
    ]
}
