//! Legitimate interest (rows 18 to 20, E6), objections and their outcome, direct marketing (row 12b), and what a basis
//! does not hear (E3).

use samtycke::decision::DecisionKind::{Given, Objected, ObjectionRetracted, Withdrawn};
use samtycke::decision::{Outcome, SupersededReason};
use samtycke::reason::Reason;
use samtycke::state::StateWord;
use samtycke::wire::{
    ContractStartedData, NoticeDeliveredData, ObjectionRejectedData, ObjectionUpheldData,
};

use super::place::{code, decide};
use super::register::register;
use super::{Place, suite};

const IMPROVEMENT: &str = "example.improvement";
const NEWS: &str = "example.newsletter";
const OFFERS: &str = "example.offers";

async fn told(at: &Place, purpose: &str) -> NoticeDeliveredData {
    NoticeDeliveredData {
        notice: at.notice().await,
        purposes: vec![purpose.parse().expect("a purpose")],
        language: "sv".parse().expect("a language"),
        variant: None,
    }
}

fn upheld(purpose: &str) -> ObjectionUpheldData {
    ObjectionUpheldData {
        purpose: purpose.parse().expect("a purpose"),
        scope: samtycke::scope::Scope::None,
    }
}

fn rejected(purpose: &str) -> ObjectionRejectedData {
    ObjectionRejectedData {
        purpose: purpose.parse().expect("a purpose"),
        scope: samtycke::scope::Scope::None,
        grounds: code("fraud"),
        balancing_test: format!("sha256:{}", "2".repeat(64))
            .parse()
            .expect("a hash"),
    }
}

suite! {
    fn who_was_told_and_says_nothing_does_not_object(at) {
        let person = at.person();
        assert_eq!(at.verdict(&person, IMPROVEMENT).await, (false, Reason::NotInformed, false));
        let recorded = at.happens(&person, 0, told(at, IMPROVEMENT).await).await;
        assert_eq!((recorded.outcome, recorded.receipt), (Outcome::Effective, None));
        assert_eq!(at.verdict(&person, IMPROVEMENT).await, (true, Reason::LegitimateInterest, false));
        let told = at.client.history(&person).await.expect("a history").events;
        assert_eq!((told[0].type_.as_str(), &told[0].site), ("notice.delivered", &Some(at.backend.site())));
    }

    fn an_objection_pauses_until_it_is_decided(at) {
        let person = at.person();
        at.happens(&person, 0, told(at, IMPROVEMENT).await).await;
        at.deny(&person, decide(IMPROVEMENT, Objected)).await;
        assert_eq!(at.verdict(&person, IMPROVEMENT).await, (false, Reason::ObjectionPending, false));
        // Who decides must have seen the objection.
        let blind = at.decided(&person, 1, rejected(IMPROVEMENT)).await;
        assert_eq!((blind.outcome, blind.reason), (Outcome::Superseded, Some(SupersededReason::StaleGrant)));
        assert_eq!(at.reason(&person, IMPROVEMENT).await, Reason::ObjectionPending);
        let seen = at.decided(&person, 3, rejected(IMPROVEMENT)).await;
        assert_eq!(seen.outcome, Outcome::Effective);
        assert_eq!(at.verdict(&person, IMPROVEMENT).await, (true, Reason::ObjectionRejected, false));
        // A person may object again.
        at.deny(&person, decide(IMPROVEMENT, Objected)).await;
        assert!(!at.ask(&person, IMPROVEMENT).await.allow());
    }

    fn an_upheld_objection_stops_and_can_be_taken_back(at) {
        let person = at.person();
        at.happens(&person, 0, told(at, IMPROVEMENT).await).await;
        at.deny(&person, decide(IMPROVEMENT, Objected)).await;
        let recorded = at.decided(&person, 0, upheld(IMPROVEMENT)).await;
        assert_eq!(recorded.cells[0].state, Some(StateWord::Upheld));
        assert!(recorded.receipt.is_some());
        assert_eq!(at.verdict(&person, IMPROVEMENT).await, (false, Reason::Objected, false));
        at.say(&person, 3, decide(IMPROVEMENT, ObjectionRetracted)).await;
        assert_eq!(at.reason(&person, IMPROVEMENT).await, Reason::LegitimateInterest);
    }

    fn a_verdict_without_an_objection_changes_nothing(at) {
        let person = at.person();
        let recorded = at.decided(&person, 0, rejected(IMPROVEMENT)).await;
        assert_eq!((recorded.outcome, recorded.reason), (Outcome::Superseded, Some(SupersededReason::NothingToChange)));
    }

    /// Row 12b.
    fn an_objection_to_marketing_is_absolute(at) {
        let person = at.person();
        at.happens(&person, 0, told(at, OFFERS).await).await;
        assert_eq!(at.verdict(&person, OFFERS).await, (true, Reason::LegitimateInterest, false));
        at.deny(&person, decide(OFFERS, Objected)).await;
        assert_eq!(at.verdict(&person, OFFERS).await, (false, Reason::ObjectedMarketing, false));
        at.decided(&person, 2, rejected(OFFERS)).await;
        assert_eq!(at.verdict(&person, OFFERS).await, (false, Reason::ObjectedMarketing, false));
    }

    /// Row 16.
    fn a_customer_needs_no_interest(at) {
        let person = at.person();
        let either = "example.either";
        at.happens(&person, 0, told(at, either).await).await;
        assert_eq!(at.reason(&person, either).await, Reason::LegitimateInterest);
        at.deny(&person, decide(either, Objected)).await;
        assert_eq!(at.reason(&person, either).await, Reason::ObjectionPending);
        let contract = ContractStartedData { contract: code("c-1"), purposes: vec![either.parse().expect("a purpose")] };
        at.happens(&person, 2, contract).await;
        assert_eq!(at.reason(&person, either).await, Reason::Contract);
    }

    fn a_basis_says_what_it_does_not_hear(at) {
        let person = at.person();
        let law = "example.bookkeeping";
        for (kind, reason) in [
            (Withdrawn, SupersededReason::BasisNotConsent),
            (Objected, SupersededReason::BasisNotObjectable),
        ] {
            let recorded = at.deny(&person, decide(law, kind)).await;
            let said = &recorded.decisions[0];
            assert_eq!((said.outcome, said.reason), (Outcome::NotApplicable, Some(reason)));
        }
        assert!(at.ask(&person, law).await.allow());
        assert_eq!(at.client.decisions(&person).await.expect("decisions").decisions, []);
    }

    /// Row 12c: a consent is not carried over to a basis that the person was not told of. It restores the register.
    fn a_consent_is_not_carried_to_another_basis(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let before = "check_mode = \"consent\"\nconsent_kind = \"panel_newsletter\"\nspecial_category = \"no\"\ndirect_marketing = true";
        let after = "check_mode = \"objection\"\nconsent_kind = \"none\"\nspecial_category = \"no\"\ndirect_marketing = true";
        let changed = register().replace(before, after);
        assert_ne!(changed, register());
        at.backend.publish(&changed).await;
        let untold = at.verdict(&person, NEWS).await;
        at.happens(&person, 1, told(at, NEWS).await).await;
        let told = at.verdict(&person, NEWS).await;
        at.backend.publish(&register()).await;
        assert_eq!(untold, (false, Reason::BasisChanged, false));
        assert_eq!(told, (true, Reason::LegitimateInterest, false));
    }

    /// Row 18: a change that needs consent needs a new delivery. It restores the register.
    fn a_material_change_must_be_told_again(at) {
        let person = at.person();
        at.happens(&person, 0, told(at, IMPROVEMENT).await).await;
        let before = "title_en = \"Making the shop better\"";
        let changed = register().replace(before, &format!("{before}\nthird_party_sharing = true"));
        assert_ne!(changed, register());
        at.backend.publish(&changed).await;
        let untold = at.verdict(&person, IMPROVEMENT).await;
        at.happens(&person, 1, told(at, IMPROVEMENT).await).await;
        let told = at.verdict(&person, IMPROVEMENT).await;
        at.backend.publish(&register()).await;
        assert_eq!(untold, (false, Reason::NotInformed, false));
        assert_eq!(told, (true, Reason::LegitimateInterest, false));
    }
}
