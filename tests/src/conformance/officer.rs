//! What a data protection officer decides: restrictions (row 7), consents that end (row 23), and corrections.

use samtycke::core::event::kinds::Fault;
use samtycke::decide::Op;
use samtycke::decision::DecisionKind::{Given, Withdrawn};
use samtycke::decision::{Outcome, SupersededReason};
use samtycke::reason::Reason;
use samtycke::scope::Scope;
use samtycke::state::StateWord;
use samtycke::wire::{
    CheckRequest, ConsentInvalidatedData, ConsentRevokedData, CorrectionData,
    SubjectRestrictedData, SubjectUnrestrictedData,
};

use super::place::{about, code, decide, event, recipient, verdict, within};
use super::suite;

const NEWS: &str = "example.newsletter";
const FORWARDING: &str = "example.forwarding";

suite! {
    fn a_restriction_stops_everything_but_what_a_law_keeps(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let restricted = SubjectRestrictedData { cause: code("disputed") };
        let recorded = at.decided(&person, 0, restricted).await;
        assert_eq!((recorded.outcome, recorded.seq), (Outcome::Effective, Some(2)));
        assert!(recorded.receipt.is_some());
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::Restricted, false));
        let reading = CheckRequest { op: Op::Read, ..about(&person, "example.bookkeeping") };
        let read = at.client.check(&reading).await;
        assert!(read.allow() || read.reason() == Reason::RetentionUnknown, "{read:?}");
        assert!(!at.ask(&person, "example.bookkeeping").await.allow());
        // A consent from after it is the person's own (GDPR Art. 18(2)).
        at.say(&person, 2, decide(NEWS, Given)).await;
        assert_eq!(at.reason(&person, NEWS).await, Reason::ConsentValid);
    }

    fn a_restriction_is_lifted_by_who_has_seen_it(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let restricted = || SubjectRestrictedData { cause: code("disputed") };
        let lifted = || SubjectUnrestrictedData { cause: code("settled") };
        at.decided(&person, 1, restricted()).await;
        let blind = at.decided(&person, 1, lifted()).await;
        assert_eq!((blind.outcome, blind.reason), (Outcome::Superseded, Some(SupersededReason::StaleGrant)));
        assert_eq!(at.reason(&person, NEWS).await, Reason::Restricted);
        assert_eq!(at.decided(&person, 3, lifted()).await.outcome, Outcome::Effective);
        assert_eq!(at.reason(&person, NEWS).await, Reason::ConsentValid);
    }

    fn a_consent_that_was_never_valid(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let invalid = ConsentInvalidatedData {
            purpose: NEWS.parse().expect("a purpose"),
            scope: Scope::None,
            all_scopes: false,
            cause: code("bundled"),
        };
        let recorded = at.decided(&person, 0, invalid).await;
        assert_eq!(recorded.cells[0].state, Some(StateWord::Invalidated));
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentInvalidated, false));
        at.say(&person, 2, decide(NEWS, Given)).await;
        assert_eq!(at.reason(&person, NEWS).await, Reason::ConsentValid);
    }

    fn a_consent_that_is_no_longer_relied_on_in_any_scope(at) {
        let person = at.person();
        for (seq, code) in ["smith-1", "smith-2"].into_iter().enumerate() {
            at.say(&person, seq as u64, within(FORWARDING, recipient(code), Given)).await;
        }
        let revoked = ConsentRevokedData {
            purpose: FORWARDING.parse().expect("a purpose"),
            scope: Scope::None,
            all_scopes: true,
            cause: code("ended"),
        };
        at.decided(&person, 0, revoked).await;
        for code in ["smith-1", "smith-2"] {
            let asked = CheckRequest { scope: recipient(code), ..about(&person, FORWARDING) };
            assert_eq!(verdict(&at.client.check(&asked).await), (false, Reason::ConsentRevoked, false));
        }
        // A grant in transit that had not seen it has no effect.
        let late = at.say(&person, 2, within(FORWARDING, recipient("smith-3"), Given)).await;
        assert_eq!(late.decisions[0].outcome, Outcome::Superseded);
    }

    fn a_withdrawal_outlasts_a_revocation(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        at.deny(&person, decide(NEWS, Withdrawn)).await;
        let revoked = ConsentRevokedData {
            purpose: NEWS.parse().expect("a purpose"),
            scope: Scope::None,
            all_scopes: false,
            cause: code("ended"),
        };
        at.decided(&person, 2, revoked).await;
        assert_eq!(at.reason(&person, NEWS).await, Reason::ConsentWithdrawn);
    }

    fn a_grant_that_was_recorded_for_someone_else(at) {
        let person = at.person();
        let given = at.say(&person, 0, decide(NEWS, Given)).await;
        let evidence = CorrectionData { corrects: given.event_id.clone(), fault: Fault::Evidence };
        assert_eq!(at.decided(&person, 1, evidence).await.receipt, None);
        assert_eq!(at.reason(&person, NEWS).await, Reason::ConsentValid);
        let wrong = CorrectionData { corrects: given.event_id, fault: Fault::WrongSubject };
        assert!(at.decided(&person, 2, wrong).await.receipt.is_some());
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentInvalidated, false));
        let unknown = CorrectionData { corrects: event(), fault: Fault::WrongSubject };
        let nothing = at.decided(&person, 3, unknown).await;
        assert_eq!((nothing.outcome, nothing.reason), (Outcome::Superseded, Some(SupersededReason::NothingToChange)));
    }
}
