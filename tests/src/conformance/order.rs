//! The rules of order (docs/decisions.md), and of repeated requests.

use samtycke::decision::DecisionKind::{Given, Refused, Withdrawn};
use samtycke::decision::{Method, Outcome, SupersededReason};
use samtycke::reason::Reason;
use samtycke::wire::{ConsentRequest, RecordResponse, WithdrawalRequest, format_rfc3339};
use samtycke_core::event::{Actor, Role};

use super::place::{decide, event, problem};
use super::suite;

const NEWS: &str = "example.newsletter";
const DAY: i64 = 24 * 60 * 60 * 1_000;

fn became(recorded: &RecordResponse) -> (Outcome, Option<SupersededReason>) {
    let said = &recorded.decisions[0];
    (said.outcome, said.reason)
}

const STALE: (Outcome, Option<SupersededReason>) =
    (Outcome::Superseded, Some(SupersededReason::StaleGrant));
const EFFECTIVE: (Outcome, Option<SupersededReason>) = (Outcome::Effective, None);

suite! {
    fn a_grant_that_has_not_seen_a_refusal_has_no_effect(at) {
        let person = at.person();
        at.deny(&person, decide(NEWS, Withdrawn)).await;
        let late = at.say(&person, 0, decide(NEWS, Given)).await;
        assert_eq!(became(&late), STALE);
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentWithdrawn, false));
        let seen = at.say(&person, 1, decide(NEWS, Given)).await;
        assert_eq!(became(&seen), EFFECTIVE);
        assert!(at.ask(&person, NEWS).await.allow());
    }

    fn a_withdrawal_is_always_effective(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let blind = WithdrawalRequest { based_on: Some(0), ..WithdrawalRequest::new(event(), person.clone(), vec![decide(NEWS, Refused)]) };
        assert_eq!(became(&at.client.withdraw(&blind).await.expect("recorded")), EFFECTIVE);
        // A refusal after a grant withdraws it.
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentWithdrawn, false));
    }

    fn a_withdrawal_concerns_its_own_purpose_only(at) {
        let person = at.person();
        at.deny(&person, decide("example.statistics", Refused)).await;
        assert_eq!(became(&at.say(&person, 0, decide(NEWS, Given)).await), EFFECTIVE);
    }

    fn a_grant_after_its_queues_withdrawals_is_effective(at) {
        let person = at.person();
        let no = at.deny(&person, decide(NEWS, Withdrawn)).await;
        let said = ConsentRequest { after: vec![no.event_id], ..at.said(&person, 0, vec![decide(NEWS, Given)]).await };
        assert_eq!(became(&at.client.record(&said).await.expect("recorded")), EFFECTIVE);
        // A withdrawal from another device is not part of that queue.
        let own = at.deny(&person, decide(NEWS, Withdrawn)).await;
        at.deny(&person, decide(NEWS, Withdrawn)).await;
        let said = ConsentRequest { after: vec![own.event_id], ..at.said(&person, 2, vec![decide(NEWS, Given)]).await };
        assert_eq!(became(&at.client.record(&said).await.expect("recorded")), STALE);
    }

    fn after_ignores_foreign_and_unknown_events(at) {
        let (person, other) = (at.person(), at.person());
        at.deny(&person, decide(NEWS, Withdrawn)).await;
        let theirs = at.deny(&other, decide(NEWS, Withdrawn)).await;
        for after in [theirs.event_id, event()] {
            let said = ConsentRequest { after: vec![after], ..at.said(&person, 0, vec![decide(NEWS, Given)]).await };
            assert_eq!(became(&at.client.record(&said).await.expect("recorded")), STALE);
        }
    }

    /// What staff record with evidence may be late, such as a signed paper; a queue's grant may not, whatever its key
    /// (E20).
    fn only_a_signed_paper_may_arrive_a_month_late(at) {
        let late = || Some(format_rfc3339(at.backend.now() - 31 * DAY));
        let queued = at.person();
        let said = ConsentRequest { occurred_at: late(), ..at.said(&queued, 0, vec![decide(NEWS, Given)]).await };
        let recorded = at.client.record(&said).await.expect("recorded");
        assert_eq!(became(&recorded), (Outcome::Superseded, Some(SupersededReason::LateGrant)));
        assert!(!at.ask(&queued, NEWS).await.allow());

        let signed = at.person();
        let said = ConsentRequest {
            occurred_at: late(),
            actor: Some(Actor { role: Role::Staff, reference: Some("staff-17".to_owned()), verification: None }),
            method: Method::Signature,
            evidence: Some("0".repeat(64)),
            ..at.said(&signed, 0, vec![decide(NEWS, Given)]).await
        };
        assert_eq!(became(&at.client.record(&said).await.expect("recorded")), EFFECTIVE);
        assert!(at.ask(&signed, NEWS).await.allow());
    }

    fn what_is_sent_twice_is_answered_alike_and_recorded_once(at) {
        let person = at.person();
        let yes = at.said(&person, 0, vec![decide(NEWS, Given)]).await;
        let first = at.client.record(&yes).await.expect("recorded");
        let no = WithdrawalRequest::new(event(), person.clone(), vec![decide(NEWS, Withdrawn)]);
        let second = at.client.withdraw(&no).await.expect("recorded");
        assert_eq!(at.client.record(&yes).await.expect("again"), first);
        assert_eq!(at.client.withdraw(&no).await.expect("again"), second);
        assert_eq!(at.client.decisions(&person).await.expect("decisions").seq, 2);
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentWithdrawn, false));
    }

    fn an_events_id_is_good_for_one_body(at) {
        let person = at.person();
        let yes = at.said(&person, 0, vec![decide(NEWS, Given)]).await;
        at.client.record(&yes).await.expect("recorded");
        let other = ConsentRequest { based_on: Some(1), ..yes.clone() };
        let reused = ("EVENT_ID_REUSED".to_owned(), 422, Vec::new());
        assert_eq!(problem(&at.client.record(&other).await.expect_err("another body")), reused);
        let no = WithdrawalRequest::new(yes.event_id, person, vec![decide(NEWS, Withdrawn)]);
        assert_eq!(problem(&at.client.withdraw(&no).await.expect_err("another body")), reused);
    }
}
