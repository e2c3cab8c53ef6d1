//! Contracts (rows 14 to 17, E4), and the rules of events that no person decides.

use samtycke::core::civil_day::CivilDay;
use samtycke::decide::Op;
use samtycke::decision::{Outcome, SupersededReason};
use samtycke::id::SubjectId;
use samtycke::reason::Reason;
use samtycke::wire::{
    CheckRequest, ContractEndedData, ContractStartedData, EventResponse, NoticeDeliveredData,
    SubjectRestrictedData, TermsAcceptedData, format_rfc3339,
};

use super::place::{about, code, happening, problem, verdict, wrong};
use super::{Place, suite};

const AGREEMENT: &str = "example.agreement";
const DAY: i64 = 24 * 60 * 60 * 1_000;

fn started(contract: &str, purpose: &str) -> ContractStartedData {
    ContractStartedData {
        contract: code(contract),
        purposes: vec![purpose.parse().expect("a purpose")],
    }
}

fn ended(contract: &str, last_day: i64) -> ContractEndedData {
    ContractEndedData {
        contract: code(contract),
        last_day: CivilDay::of(last_day).to_string(),
    }
}

fn became(recorded: &EventResponse) -> (Outcome, Option<SupersededReason>) {
    (recorded.outcome, recorded.reason)
}

const EFFECTIVE: (Outcome, Option<SupersededReason>) = (Outcome::Effective, None);
const CLOSED: (Outcome, Option<SupersededReason>) =
    (Outcome::Superseded, Some(SupersededReason::ContractClosed));

async fn reading(at: &Place, person: &SubjectId) -> (bool, Reason, bool) {
    let question = CheckRequest {
        op: Op::Read,
        ..about(person, AGREEMENT)
    };
    verdict(&at.client.check(&question).await)
}

suite! {
    fn a_contract_carries_what_it_names(at) {
        let person = at.person();
        assert_eq!(at.reason(&person, AGREEMENT).await, Reason::ContractMissing);
        let recorded = at.happens(&person, 0, started("c-1", AGREEMENT)).await;
        assert_eq!((recorded.seq, became(&recorded), &recorded.receipt), (Some(1), EFFECTIVE, &None));
        let cells: Vec<_> = recorded.cells.iter().map(|cell| (cell.purpose.as_str(), cell.outcome)).collect();
        assert_eq!(cells, [(AGREEMENT, Outcome::Effective)]);
        assert_eq!(at.verdict(&person, AGREEMENT).await, (true, Reason::Contract, false));
        assert_eq!(at.reason(&person, "example.either").await, Reason::NotInformed);
    }

    fn the_data_of_an_ended_contract_are_only_read(at) {
        let person = at.person();
        at.happens(&person, 0, started("c-1", AGREEMENT)).await;
        let recorded = at.happens(&person, 0, ended("c-1", at.backend.now() - 3 * DAY)).await;
        assert_eq!(became(&recorded), EFFECTIVE);
        assert!(recorded.receipt.is_some());
        assert_eq!(at.verdict(&person, AGREEMENT).await, (false, Reason::ContractEnded, false));
        assert_eq!(reading(at, &person).await, (true, Reason::ContractRetention, false));
    }

    [clock] fn a_contract_lives_through_its_last_day(at) {
        let person = at.person();
        at.happens(&person, 0, started("c-1", AGREEMENT)).await;
        let last = at.backend.now() + 2 * DAY;
        at.happens(&person, 1, ended("c-1", last)).await;
        let checked = at.ask(&person, AGREEMENT).await;
        assert_eq!(verdict(&checked), (true, Reason::Contract, false));
        assert_eq!(checked.verdict().valid_until, Some(CivilDay::of(last).end()));
        at.backend.advance(4 * DAY);
        assert_eq!(at.reason(&person, AGREEMENT).await, Reason::ContractEnded);
        at.backend.advance(400 * DAY);
        assert_eq!(reading(at, &person).await, (false, Reason::ContractEnded, false));
    }

    fn the_earliest_end_ever_said_counts(at) {
        let person = at.person();
        let now = at.backend.now();
        assert_eq!(became(&at.happens(&person, 0, ended("c-1", now + DAY)).await), EFFECTIVE);
        assert_eq!(became(&at.happens(&person, 0, ended("c-1", now - 3 * DAY)).await), EFFECTIVE);
        assert_eq!(became(&at.happens(&person, 0, ended("c-1", now + 9 * DAY)).await), CLOSED);
        assert_eq!(became(&at.happens(&person, 3, started("c-1", AGREEMENT)).await), CLOSED);
        assert!(!at.ask(&person, AGREEMENT).await.allow());
        // A new contract has a new id.
        assert_eq!(became(&at.happens(&person, 4, started("c-2", AGREEMENT)).await), EFFECTIVE);
        assert_eq!(at.reason(&person, AGREEMENT).await, Reason::Contract);
    }

    fn a_law_stands_behind_the_contract(at) {
        let person = at.person();
        let lawful = "example.lawful";
        assert_eq!(at.verdict(&person, lawful).await, (true, Reason::LegalObligation, false));
        at.happens(&person, 0, started("c-1", lawful)).await;
        assert_eq!(at.reason(&person, lawful).await, Reason::Contract);
    }

    fn a_contract_that_began_earlier(at) {
        let person = at.person();
        let now = at.backend.now();
        let mut early = happening(&person, 0, started("c-1", AGREEMENT));
        early.effective_from = Some(format_rfc3339(now - 9 * DAY));
        at.client.event(&early).await.expect("recorded");
        assert!(at.ask(&person, AGREEMENT).await.allow());
        let mut terms = happening(&person, 1, terms());
        terms.effective_from = early.effective_from;
        let error = at.client.event(&terms).await.expect_err("not dated back");
        assert_eq!(problem(&error), wrong("FIELD_INVALID", 422, "/effective_from"));
    }

    fn accepted_terms_are_no_consent_and_no_contract(at) {
        let person = at.person();
        assert_eq!(became(&at.happens(&person, 0, terms()).await), EFFECTIVE);
        assert_eq!(at.reason(&person, AGREEMENT).await, Reason::ContractMissing);
        assert_eq!(at.reason(&person, "example.newsletter").await, Reason::ConsentMissing);
    }

    fn a_kind_takes_a_key_of_its_role(at) {
        let person = at.person();
        let restricted = happening(&person, 0, SubjectRestrictedData { cause: code("disputed") });
        let error = at.client.event(&restricted).await.expect_err("for a dpo key");
        assert_eq!(problem(&error), wrong("FORBIDDEN", 403, "/kind"));
        let contract = happening(&person, 0, started("c-1", AGREEMENT));
        let error = at.officer.event(&contract).await.expect_err("for a service key");
        assert_eq!(problem(&error), wrong("FORBIDDEN", 403, "/kind"));
        assert_eq!(at.client.history(&person).await.expect("a history").events, []);
    }

    fn an_event_sent_twice_is_one_event(at) {
        let person = at.person();
        let request = happening(&person, 0, started("c-1", AGREEMENT));
        let first = at.client.event(&request).await.expect("recorded");
        at.happens(&person, 1, ended("c-1", at.backend.now() - 3 * DAY)).await;
        assert_eq!(at.client.event(&request).await.expect("again"), first);
        let mut other = request.clone();
        other.based_on = Some(1);
        let error = at.client.event(&other).await.expect_err("another body");
        assert_eq!(problem(&error), ("EVENT_ID_REUSED".to_owned(), 422, Vec::new()));
    }

    fn an_event_names_its_wrong_field(at) {
        let person = at.person();
        let told = NoticeDeliveredData {
            notice: format!("sha256:{}", "0".repeat(64)).parse().expect("a hash"),
            purposes: vec!["example.improvement".parse().expect("a purpose")],
            language: "sv".parse().expect("a language"),
            variant: None,
        };
        let day = ContractEndedData { contract: code("c-1"), last_day: "30 June".to_owned() };
        for (request, expected) in [
            (happening(&person, 0, started("c-1", "example.newsletter")), wrong("PURPOSE_NOT_ASKED", 422, "/data/purposes/0")),
            (happening(&person, 0, started("c-1", "example.unheard-of")), wrong("PURPOSE_UNKNOWN", 422, "/data/purposes/0")),
            (happening(&person, 0, told), wrong("NOTICE_UNKNOWN", 422, "/data/notice")),
            (happening(&person, 0, day), wrong("FIELD_INVALID", 422, "/data/last_day")),
        ] {
            assert_eq!(problem(&at.client.event(&request).await.expect_err("wrong")), expected);
        }
    }
}

fn terms() -> TermsAcceptedData {
    TermsAcceptedData {
        terms: format!("sha256:{}", "1".repeat(64))
            .parse()
            .expect("a hash"),
        version: code("2026-1"),
    }
}
