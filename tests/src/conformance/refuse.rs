//! Rejected submissions, with reason and field. The first wrong field is named.

use samtycke::decision::DecisionKind::{Deferred, Given, ObjectionRetracted, Refused, Withdrawn};
use samtycke::decision::Method;
use samtycke::notice::Variant;
use samtycke::scope::Scope;
use samtycke::wire::{CheckRequest, ConsentRequest, WithdrawalRequest};
use samtycke_core::event::{Actor, Role};

use super::place::{about, decide, event, problem, recipient, within, wrong};
use super::suite;

const NEWS: &str = "example.newsletter";

/// Sends a valid consent with one change, and returns the problem.
macro_rules! refused {
    ($at:ident, { $($field:ident: $value:expr),+ $(,)? }) => {{
        let person = $at.person();
        let good = $at.said(&person, 0, vec![decide(NEWS, Given)]).await;
        let said = ConsentRequest { $($field: $value,)+ ..good };
        let error = $at.client.record(&said).await.expect_err("refused");
        assert!(!error.is_transient());
        assert_eq!($at.client.decisions(&person).await.expect("decisions").seq, 0, "nothing was recorded");
        problem(&error)
    }};
}

suite! {
    fn an_unpublished_notice(at) {
        let unheard_of = format!("sha256:{}", "0".repeat(64)).parse().expect("a hash");
        assert_eq!(refused!(at, { notice: unheard_of }), wrong("NOTICE_UNKNOWN", 422, "/notice"));
    }

    fn a_text_that_the_notice_does_not_have(at) {
        let fi = "fi".parse().expect("a language");
        assert_eq!(refused!(at, { language: fi }), wrong("FIELD_INVALID", 422, "/language"));
        assert_eq!(refused!(at, { variant: Some(Variant::Child) }), wrong("FIELD_INVALID", 422, "/language"));
    }

    fn a_grant_without_based_on(at) {
        assert_eq!(refused!(at, { based_on: None }), wrong("FIELD_INVALID", 422, "/based_on"));
        // A future event cannot have been seen: such a grant would pass every later refusal.
        assert_eq!(refused!(at, { based_on: Some(1) }), wrong("FIELD_INVALID", 422, "/based_on"));
        // A restrictive decision needs no `based_on`.
        let person = at.person();
        let said = ConsentRequest { based_on: None, ..at.said(&person, 0, vec![decide(NEWS, Deferred)]).await };
        at.client.record(&said).await.expect("recorded");
    }

    fn a_grant_by_a_program(at) {
        assert_eq!(refused!(at, { method: Method::Api }), wrong("METHOD_INVALID", 422, "/method"));
        let person = at.person();
        let said = ConsentRequest { method: Method::Api, ..at.said(&person, 0, vec![decide(NEWS, Refused)]).await };
        at.client.record(&said).await.expect("api can narrow");
    }

    fn empty_excess_and_duplicate_decisions(at) {
        assert_eq!(refused!(at, { decisions: Vec::new() }), wrong("FIELD_INVALID", 422, "/decisions"));
        let many = (0..65).map(|i| within("example.forwarding", recipient(&format!("r-{i}")), Given)).collect();
        assert_eq!(refused!(at, { decisions: many }), wrong("FIELD_INVALID", 422, "/decisions"));
        let twice = vec![decide(NEWS, Given), decide(NEWS, Refused)];
        assert_eq!(refused!(at, { decisions: twice }), wrong("CELL_REPEATED", 422, "/decisions/1"));
    }

    fn a_purpose_that_the_notice_does_not_ask_about(at) {
        let unheard_of = vec![decide(NEWS, Given), decide("example.unheard-of", Given)];
        assert_eq!(refused!(at, { decisions: unheard_of }), wrong("PURPOSE_UNKNOWN", 422, "/decisions/1/purpose"));
        for purpose in ["example.orders", "example.retired"] {
            let said = vec![decide(purpose, Given)];
            assert_eq!(refused!(at, { decisions: said }), wrong("PURPOSE_NOT_IN_NOTICE", 422, "/decisions/0/purpose"));
        }
        let retracted = vec![decide("example.statistics", ObjectionRetracted)];
        assert_eq!(refused!(at, { decisions: retracted }), wrong("PURPOSE_NOT_ASKED", 422, "/decisions/0/decision"));
    }

    fn a_scope_of_another_type(at) {
        let none = vec![decide("example.forwarding", Given)];
        assert_eq!(refused!(at, { decisions: none }), wrong("SCOPE_MISMATCH", 422, "/decisions/0/scope"));
        let one = vec![within(NEWS, recipient("smith-1"), Given)];
        assert_eq!(refused!(at, { decisions: one }), wrong("SCOPE_MISMATCH", 422, "/decisions/0/scope"));
    }

    fn fields_of_the_wrong_shape(at) {
        let text = || Some("yesterday".to_owned());
        assert_eq!(refused!(at, { occurred_at: text() }), wrong("FIELD_INVALID", 422, "/occurred_at"));
        assert_eq!(refused!(at, { ui_hash: text() }), wrong("FIELD_INVALID", 422, "/ui_hash"));
        assert_eq!(refused!(at, { evidence: Some("A".repeat(64)) }), wrong("FIELD_INVALID", 422, "/evidence"));
        let many = (0..17).map(|_| event()).collect();
        assert_eq!(refused!(at, { after: many }), wrong("FIELD_INVALID", 422, "/after"));
    }

    fn a_person_where_a_code_belongs(at) {
        let somebody = Actor { role: Role::Staff, reference: Some("nobody@example.com".to_owned()), verification: None };
        assert_eq!(refused!(at, { actor: Some(somebody), method: Method::Form, evidence: Some("0".repeat(64)) }), wrong("PERSONAL_IDENTIFIER", 422, "/actor/ref"));
    }

    fn a_text_with_two_spellings(at) {
        // An a with a ring above it, as two characters.
        let decomposed = Some("a\u{30a}".to_owned());
        assert_eq!(refused!(at, { occurred_at: decomposed }), wrong("JSON_NOT_CANONICAL", 422, "/occurred_at"));
    }

    fn a_withdrawal_that_is_none(at) {
        let person = at.person();
        let send = async |decisions| {
            let said = WithdrawalRequest::new(event(), person.clone(), decisions);
            problem(&at.client.withdraw(&said).await.expect_err("refused"))
        };
        let host = Scope::Vendor("filmhuset".parse().expect("a code"));
        assert_eq!(send(vec![decide(NEWS, Given)]).await, wrong("FIELD_INVALID", 422, "/decisions/0/decision"));
        assert_eq!(send(Vec::new()).await, wrong("FIELD_INVALID", 422, "/decisions"));
        assert_eq!(send(vec![decide("example.unheard-of", Withdrawn)]).await, wrong("PURPOSE_UNKNOWN", 422, "/decisions/0/purpose"));
        assert_eq!(send(vec![within("example.forwarding", host, Withdrawn)]).await, wrong("SCOPE_MISMATCH", 422, "/decisions/0/scope"));
    }

    fn a_question_of_the_wrong_shape(at) {
        let person = at.person();
        for (asked, field) in [
            (CheckRequest { as_of: Some("yesterday".to_owned()), ..about(&person, NEWS) }, "/as_of"),
            (CheckRequest { known_at: Some("yesterday".to_owned()), ..about(&person, NEWS) }, "/known_at"),
        ] {
            let checked = at.client.check(&asked).await;
            assert_eq!(problem(checked.error().expect("a problem")), wrong("FIELD_INVALID", 422, field));
        }
    }
}
