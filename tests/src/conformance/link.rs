//! Two subjects that are one person (row 5, E22): linking, what a merged subject says, and unmerging.

use samtycke::decision::DecisionKind::{Deferred, Given, Objected, Withdrawn};
use samtycke::decision::{Outcome, SupersededReason};
use samtycke::reason::Reason;
use samtycke::state::StateWord;
use samtycke::wire::{
    CheckRequest, ContractStartedData, SubjectLinkedData, SubjectUnmergedData, format_rfc3339,
};

use super::place::{about, code, decide, happening, problem, verdict, wrong};
use super::suite;

const NEWS: &str = "example.newsletter";
const AGREEMENT: &str = "example.agreement";
const DAY: i64 = 24 * 60 * 60 * 1_000;

suite! {
    fn nothing_is_granted_from_a_merged_device(at) {
        let (account, device) = (at.person(), at.person());
        at.say(&device, 0, decide(NEWS, Given)).await;
        let contract = ContractStartedData { contract: code("c-1"), purposes: vec![AGREEMENT.parse().expect("a purpose")] };
        at.happens(&device, 1, contract).await;
        let recorded = at.happens(&account, 0, SubjectLinkedData { from: device.clone() }).await;
        assert_eq!((recorded.outcome, recorded.cells.len()), (Outcome::Effective, 0));
        assert!(recorded.receipt.is_some());
        for subject in [&account, &device] {
            assert_eq!(at.verdict(subject, NEWS).await, (false, Reason::ConsentMissing, true));
            assert_eq!(at.reason(subject, AGREEMENT).await, Reason::ContractMissing);
        }
    }

    fn a_refusal_on_either_side_counts(at) {
        for account_refused in [true, false] {
            let (account, device) = (at.person(), at.person());
            let (refused, granted) = if account_refused { (&account, &device) } else { (&device, &account) };
            at.say(granted, 0, decide(NEWS, Given)).await;
            at.say(refused, 0, decide(NEWS, Given)).await;
            at.deny(refused, decide(NEWS, Withdrawn)).await;
            at.happens(&account, 2, SubjectLinkedData { from: device.clone() }).await;
            for subject in [&account, &device] {
                assert_eq!(at.reason(subject, NEWS).await, Reason::ConsentWithdrawn, "{account_refused}");
            }
        }
    }

    fn a_silent_device_changes_nothing(at) {
        let (account, device) = (at.person(), at.person());
        at.say(&account, 0, decide(NEWS, Given)).await;
        at.say(&device, 0, decide(NEWS, Deferred)).await;
        at.happens(&account, 1, SubjectLinkedData { from: device.clone() }).await;
        assert_eq!(at.verdict(&account, NEWS).await, (true, Reason::ConsentValid, false));
        assert_eq!(at.verdict(&device, NEWS).await, (true, Reason::ConsentValid, false));
    }

    fn what_a_merged_device_says_its_person_says(at) {
        let (account, device) = (at.person(), at.person());
        at.say(&account, 0, decide(NEWS, Given)).await;
        let linked = at.happens(&account, 1, SubjectLinkedData { from: device.clone() }).await;
        let no = at.deny(&device, decide(NEWS, Withdrawn)).await;
        assert_eq!(no.seq, linked.seq.map(|seq| seq + 1));
        for subject in [&account, &device] {
            assert_eq!(at.verdict(subject, NEWS).await, (false, Reason::ConsentWithdrawn, false));
            let known = at.client.decisions(subject).await.expect("decisions");
            assert_eq!((known.subject.clone(), known.seq), (subject.clone(), no.seq.expect("one")));
            assert_eq!(known.decisions[0].state, StateWord::Withdrawn);
        }
        let yes = at.say(&device, no.seq.expect("one"), decide(NEWS, Given)).await;
        assert_eq!(yes.decisions[0].outcome, Outcome::Effective);
        assert!(at.ask(&account, NEWS).await.allow());
        let types = async |subject| {
            let events = at.client.history(subject).await.expect("a history").events;
            events.into_iter().map(|event| event.type_).collect::<Vec<_>>()
        };
        assert_eq!(types(&account).await, ["decisions", "subject.linked", "decisions", "decisions"]);
        assert_eq!(types(&device).await, ["subject.merged"]);
    }

    fn a_grant_in_transit_does_not_lift_a_joined_refusal(at) {
        let (account, device) = (at.person(), at.person());
        at.deny(&device, decide(NEWS, Withdrawn)).await;
        at.happens(&account, 0, SubjectLinkedData { from: device.clone() }).await;
        let late = at.say(&account, 0, decide(NEWS, Given)).await;
        assert_eq!(late.decisions[0].reason, Some(SupersededReason::StaleGrant));
    }

    fn an_explanation_names_the_merge(at) {
        let (account, device) = (at.person(), at.person());
        at.say(&account, 0, decide(NEWS, Given)).await;
        at.happens(&account, 1, SubjectLinkedData { from: device.clone() }).await;
        let via = async |subject| {
            let asked = CheckRequest { explain: true, ..about(subject, NEWS) };
            let checked = at.client.check(&asked).await;
            checked.verdict().explain.clone().expect("an explanation").via
        };
        assert_eq!(via(&device).await, [5]);
        assert!(via(&account).await.is_empty());
    }

    fn two_people_are_parted_again(at) {
        let (account, device) = (at.person(), at.person());
        at.say(&account, 0, decide(NEWS, Given)).await;
        at.say(&device, 0, decide(NEWS, Given)).await;
        at.happens(&account, 1, SubjectLinkedData { from: device.clone() }).await;
        let linked = at.client.decisions(&account).await.expect("decisions").seq;
        at.deny(&device, decide(NEWS, Withdrawn)).await;
        let parted = SubjectUnmergedData { from: device.clone(), cause: code("shared-phone") };
        let recorded = at.decided(&account, linked, parted.clone()).await;
        assert_eq!(recorded.outcome, Outcome::Effective);
        // The refusal may have been either person's.
        assert_eq!(at.reason(&account, NEWS).await, Reason::ConsentWithdrawn);
        assert_eq!(at.reason(&device, NEWS).await, Reason::ConsentWithdrawn);
        let seq = at.client.decisions(&device).await.expect("decisions").seq;
        at.say(&device, seq, decide(NEWS, Given)).await;
        assert!(at.ask(&device, NEWS).await.allow());
        assert!(!at.ask(&account, NEWS).await.allow(), "each speaks for itself now");
        let error = at.officer.event(&happening(&account, 99, parted)).await.expect_err("not merged");
        assert_eq!(problem(&error).1, 422);
    }

    fn a_device_has_one_account(at) {
        let (account, other, device) = (at.person(), at.person(), at.person());
        let link = || SubjectLinkedData { from: device.clone() };
        at.happens(&account, 0, link()).await;
        let error = at.client.event(&happening(&other, 0, link())).await.expect_err("linked already");
        assert_eq!(problem(&error), wrong("CONFLICT", 409, "/data/from"));
        let own = SubjectLinkedData { from: account.clone() };
        let error = at.client.event(&happening(&account, 0, own)).await.expect_err("itself");
        assert_eq!(problem(&error), wrong("FIELD_INVALID", 422, "/data/from"));
        let back = SubjectLinkedData { from: account.clone() };
        let error = at.client.event(&happening(&device, 0, back)).await.expect_err("a circle");
        assert_eq!(problem(&error), wrong("FIELD_INVALID", 422, "/data/from"));
        let never = SubjectUnmergedData { from: other.clone(), cause: code("mistake") };
        let error = at.officer.event(&happening(&account, 0, never)).await.expect_err("never linked");
        assert_eq!(problem(&error), wrong("FIELD_INVALID", 422, "/data/from"));
    }

    fn merges_are_followed_to_the_last_account(at) {
        let people: Vec<_> = (0..4).map(|_| at.person()).collect();
        for pair in people.windows(2) {
            at.happens(&pair[1], 0, SubjectLinkedData { from: pair[0].clone() }).await;
        }
        at.deny(&people[0], decide("example.offers", Objected)).await;
        assert_eq!(at.reason(&people[3], "example.offers").await, Reason::ObjectedMarketing);
    }

    [clock] fn the_past_knows_no_later_merge(at) {
        let (account, device) = (at.person(), at.person());
        at.say(&device, 0, decide(NEWS, Given)).await;
        at.backend.advance(DAY);
        let before = at.backend.now();
        at.backend.advance(DAY);
        at.happens(&account, 0, SubjectLinkedData { from: device.clone() }).await;
        at.backend.advance(DAY);
        let then = |moment: i64| CheckRequest { as_of: Some(format_rfc3339(moment)), ..about(&device, NEWS) };
        assert_eq!(verdict(&at.client.check(&then(before)).await), (true, Reason::ConsentValid, false));
        assert_eq!(verdict(&at.client.check(&then(at.backend.now())).await), (false, Reason::ConsentMissing, false));
    }
}
