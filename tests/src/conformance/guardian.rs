//! Children and their guardians (rows 24, 26 and 28, E8 and E9): ages, custody, quorum, and refusals that stand.

use samtycke::core::actor::{Actor, Role, Verification};
use samtycke::core::age::AgeBand;
use samtycke::core::civil_day::CivilDay;
use samtycke::core::event::kinds::UnlinkCause;
use samtycke::decision::DecisionKind::{Given, Refused};
use samtycke::decision::{Method, Outcome, SupersededReason};
use samtycke::id::SubjectId;
use samtycke::reason::Reason;
use samtycke::scope::Scope;
use samtycke::wire::{
    AgeBandSetData, EventData, EventRequest, EventResponse, GuardianAuthorisedData,
    GuardianDeclinedData, GuardianLinkedData, GuardianUnlinkedData, GuardianWithdrawnData,
};

use super::place::{decide, happening, problem};
use super::{Place, suite};

const CLUB: &str = "example.club";
const COUNSEL: &str = "example.counsel";
const DAY: i64 = 24 * 60 * 60 * 1_000;

fn band(band: AgeBand) -> AgeBandSetData {
    AgeBandSetData {
        band,
        until: None,
        country: None,
        verification: Verification::Eid,
    }
}

fn linked(guardian: &SubjectId, holders: u8) -> GuardianLinkedData {
    GuardianLinkedData {
        guardian: guardian.clone(),
        verification: Verification::Eid,
        holders,
    }
}

async fn authorised(at: &Place, purpose: &str) -> GuardianAuthorisedData {
    GuardianAuthorisedData {
        purpose: purpose.parse().expect("a purpose"),
        scope: Scope::None,
        explicit: false,
        notice: at.notice().await,
        language: "sv".parse().expect("a language"),
        variant: None,
        method: Method::Eid,
    }
}

fn declined(purpose: &str) -> GuardianDeclinedData {
    GuardianDeclinedData {
        purpose: purpose.parse().expect("a purpose"),
        scope: Scope::None,
        all_scopes: false,
    }
}

fn word(
    child: &SubjectId,
    guardian: &SubjectId,
    based_on: u64,
    data: impl Into<EventData>,
) -> EventRequest {
    EventRequest {
        actor: Some(Actor {
            role: Role::Guardian,
            reference: Some(guardian.to_string()),
            verification: Some(Verification::Eid),
        }),
        evidence: Some("0".repeat(64)),
        ..happening(child, based_on, data)
    }
}

async fn says(
    at: &Place,
    child: &SubjectId,
    guardian: &SubjectId,
    based_on: u64,
    data: impl Into<EventData>,
) -> EventResponse {
    let request = word(child, guardian, based_on, data);
    at.client.event(&request).await.expect("recorded")
}

/// A child of eight, with one guardian or two: two or three events.
async fn family(at: &Place, guardians: &[SubjectId]) -> SubjectId {
    let child = at.person();
    at.happens(&child, 0, band(AgeBand::From7To12)).await;
    let holders = u8::try_from(guardians.len()).expect("one or two");
    for guardian in guardians {
        at.happens(&child, 0, linked(guardian, holders)).await;
    }
    child
}

suite! {
    fn an_age_that_matters_must_be_known(at) {
        let child = at.person();
        at.say(&child, 0, decide(CLUB, Given)).await;
        assert_eq!(at.verdict(&child, CLUB).await, (false, Reason::AgeUnknown, true));
        at.happens(&child, 1, band(AgeBand::Adult)).await;
        assert_eq!(at.verdict(&child, CLUB).await, (true, Reason::ConsentValid, false));
    }

    fn a_guardian_authorises_what_a_child_wants(at) {
        let parent = at.person();
        let child = family(at, std::slice::from_ref(&parent)).await;
        let wish = at.say(&child, 2, decide(CLUB, Given)).await;
        assert_eq!(wish.decisions[0].outcome, Outcome::PendingGuardian);
        assert_eq!(at.verdict(&child, CLUB).await, (false, Reason::GuardianPending, false));
        let recorded = says(at, &child, &parent, 3, authorised(at, CLUB).await).await;
        assert_eq!((recorded.outcome, recorded.cells.len()), (Outcome::Effective, 1));
        assert_eq!(at.verdict(&child, CLUB).await, (true, Reason::GuardianConsent, false));
        let withdrawn = GuardianWithdrawnData {
            purpose: CLUB.parse().expect("a purpose"),
            scope: Scope::None,
            all_scopes: false,
        };
        let recorded = says(at, &child, &parent, 0, withdrawn).await;
        assert!(recorded.receipt.is_some());
        assert_eq!(at.verdict(&child, CLUB).await, (false, Reason::ConsentWithdrawn, false));
    }

    fn two_with_custody_authorise_together(at) {
        let parents = [at.person(), at.person()];
        let child = family(at, &parents).await;
        at.say(&child, 3, decide(CLUB, Given)).await;
        let first = says(at, &child, &parents[0], 4, authorised(at, CLUB).await).await;
        assert_eq!(first.outcome, Outcome::PendingGuardian);
        assert_eq!(at.reason(&child, CLUB).await, Reason::GuardianPending);
        let second = says(at, &child, &parents[1], 5, authorised(at, CLUB).await).await;
        assert_eq!(second.outcome, Outcome::Effective);
        assert_eq!(at.reason(&child, CLUB).await, Reason::GuardianConsent);
    }

    fn one_guardians_refusal_stands_against_the_other(at) {
        let parents = [at.person(), at.person()];
        let child = family(at, &parents).await;
        at.say(&child, 3, decide(CLUB, Given)).await;
        says(at, &child, &parents[0], 0, declined(CLUB)).await;
        assert_eq!(at.verdict(&child, CLUB).await, (false, Reason::ConsentRefused, false));
        let other = says(at, &child, &parents[1], 5, authorised(at, CLUB).await).await;
        assert_eq!((other.outcome, other.reason), (Outcome::Superseded, Some(SupersededReason::StandingNo)));
        let wish = at.say(&child, 6, decide(CLUB, Given)).await;
        assert_eq!(wish.decisions[0].reason, Some(SupersededReason::StandingNo));
        // Who refused can change their mind.
        says(at, &child, &parents[0], 7, authorised(at, CLUB).await).await;
        assert_ne!(at.reason(&child, CLUB).await, Reason::ConsentRefused);
    }

    fn a_childs_own_refusal_stands_against_guardians(at) {
        let parent = at.person();
        let child = family(at, std::slice::from_ref(&parent)).await;
        at.deny(&child, decide(CLUB, Refused)).await;
        let recorded = says(at, &child, &parent, 3, authorised(at, CLUB).await).await;
        assert_eq!(recorded.reason, Some(SupersededReason::StandingNo));
        assert_eq!(at.reason(&child, CLUB).await, Reason::ConsentRefused);
    }

    fn a_stranger_authorises_nothing(at) {
        let (parent, stranger) = (at.person(), at.person());
        let child = family(at, std::slice::from_ref(&parent)).await;
        let request = word(&child, &stranger, 2, authorised(at, CLUB).await);
        let error = at.client.event(&request).await.expect_err("not linked");
        assert_eq!(problem(&error).0, "ACTOR_CANNOT_WIDEN");
        let anonymous = happening(&child, 2, declined(CLUB));
        let error = at.client.event(&anonymous).await.expect_err("whose word?");
        assert_eq!(problem(&error), ("FIELD_INVALID".to_owned(), 422, vec!["/actor".to_owned()]));
    }

    fn a_wrong_link_never_entitled(at) {
        let parent = at.person();
        let child = family(at, std::slice::from_ref(&parent)).await;
        at.say(&child, 2, decide(CLUB, Given)).await;
        says(at, &child, &parent, 3, authorised(at, CLUB).await).await;
        let wrong = |cause| GuardianUnlinkedData { guardian: parent.clone(), cause, holders: 1 };
        assert!(at.happens(&child, 0, wrong(UnlinkCause::LinkWrong)).await.receipt.is_some());
        assert_eq!(at.verdict(&child, CLUB).await, (false, Reason::ConsentInvalidated, false));
        let again = at.happens(&child, 0, wrong(UnlinkCause::CustodyEnded)).await;
        assert_eq!((again.outcome, again.reason), (Outcome::Superseded, Some(SupersededReason::NothingToChange)));
    }

    fn a_guardians_grant_ends_with_custody(at) {
        let parent = at.person();
        let child = family(at, std::slice::from_ref(&parent)).await;
        at.say(&child, 2, decide(CLUB, Given)).await;
        says(at, &child, &parent, 3, authorised(at, CLUB).await).await;
        let ended = GuardianUnlinkedData { guardian: parent.clone(), cause: UnlinkCause::CustodyEnded, holders: 1 };
        at.happens(&child, 0, ended).await;
        assert_eq!(at.verdict(&child, CLUB).await, (false, Reason::GuardianPending, false));
    }

    /// Row 28.
    fn who_comes_of_age_is_asked(at) {
        let parent = at.person();
        let child = family(at, std::slice::from_ref(&parent)).await;
        says(at, &child, &parent, 2, authorised(at, CLUB).await).await;
        at.say(&child, 3, decide(CLUB, Given)).await;
        assert!(at.ask(&child, CLUB).await.allow());
        at.happens(&child, 4, band(AgeBand::From16To17)).await;
        assert_eq!(at.reason(&child, CLUB).await, Reason::GuardianConsentCarried);
        at.happens(&child, 5, band(AgeBand::Adult)).await;
        assert_eq!(at.verdict(&child, CLUB).await, (false, Reason::AgedOut, true));
    }

    fn a_lower_age_is_a_correction_that_must_be_seen(at) {
        let child = at.person();
        at.happens(&child, 0, band(AgeBand::Adult)).await;
        at.say(&child, 1, decide(CLUB, Given)).await;
        at.happens(&child, 0, band(AgeBand::Thirteen)).await;
        assert_eq!(at.reason(&child, CLUB).await, Reason::ConsentInvalidated, "a child could not decide alone");
        let blind = at.happens(&child, 2, band(AgeBand::Adult)).await;
        assert_eq!((blind.outcome, blind.reason), (Outcome::Superseded, Some(SupersededReason::StaleGrant)));
        assert_eq!(at.reason(&child, CLUB).await, Reason::ConsentInvalidated);
    }

    [clock] fn an_age_band_runs_out(at) {
        let child = at.person();
        let until = CivilDay::of(at.backend.now() + 30 * DAY);
        let set = AgeBandSetData { until: Some(until.to_string()), ..band(AgeBand::From16To17) };
        at.happens(&child, 0, set).await;
        at.say(&child, 1, decide(CLUB, Given)).await;
        let checked = at.ask(&child, CLUB).await;
        assert_eq!((checked.reason(), checked.verdict().valid_until), (Reason::ConsentValid, Some(until.start())));
        at.backend.advance(32 * DAY);
        assert_eq!(at.verdict(&child, CLUB).await, (false, Reason::AgeUnknown, true));
    }

    /// E8: a guardian must not learn that the child has asked for help.
    fn a_guardians_word_about_counsel_leaves_no_trace(at) {
        let parent = at.person();
        let child = family(at, std::slice::from_ref(&parent)).await;
        at.say(&child, 2, decide(COUNSEL, Given)).await;
        let strangers = at.person();
        for subject in [&child, &strangers] {
            let recorded = says(at, subject, &parent, 0, declined(COUNSEL)).await;
            assert_eq!((recorded.seq, recorded.position, recorded.receipt), (None, None, None));
            assert_eq!((recorded.outcome, recorded.reason), (Outcome::Superseded, Some(SupersededReason::NotEntitled)));
        }
        assert_eq!(at.verdict(&child, COUNSEL).await, (true, Reason::ConsentValid, false));
        assert_eq!(at.client.history(&child).await.expect("a history").events.len(), 3);
        assert_eq!(at.client.history(&strangers).await.expect("a history").events, []);
    }
}
