//! Checks: verdicts of the register alone, batches, positions, guards, uses.

use std::time::Duration;

use samtycke::decide::Basis;
use samtycke::decision::DecisionKind::{Given, Withdrawn};
use samtycke::fake::FakeConsent;
use samtycke::fake::example::{Allergies, Forwarding, Newsletter, Orders};
use samtycke::id::PurposeId;
use samtycke::op::{self, Process, Read, Store};
use samtycke::pseudonym::Domain;
use samtycke::purpose::{Once, Purpose, Recipient, Unscoped};
use samtycke::reason::Reason;
use samtycke::wire::{CheckRequest, Item, format_rfc3339};
use samtycke::{Cause, Error};

use super::place::{about, decide, event, explicitly, problem, recipient, verdict, within, wrong};
use super::suite;

const NEWS: &str = "example.newsletter";

/// A program's mistake: the register says that a consent to the newsletter is good for many uses.
enum OnceOnly {}

impl Purpose for OnceOnly {
    const ID: &'static str = NEWS;
    const EXPLICIT_CONSENT: bool = false;
    type Scope = Unscoped;
    type Uses = Once;
}

suite! {
    fn verdicts_without_any_event(at) {
        let person = at.person();
        for (purpose, expected, basis) in [
            ("example.orders", (true, Reason::ContractAsserted, false), Some(Basis::Contract)),
            ("example.bookkeeping", (true, Reason::LegalObligation, false), Some(Basis::LegalObligation)),
            ("example.unheard-of", (false, Reason::PurposeUnknown, false), None),
            ("example.retired", (false, Reason::PurposeRetired, false), None),
            ("example.unstated", (false, Reason::RegisterIncomplete, false), None),
        ] {
            let checked = at.ask(&person, purpose).await;
            assert_eq!((verdict(&checked), checked.verdict().basis), (expected, basis), "{purpose}");
        }
    }

    fn what_depends_on_something_that_is_denied(at) {
        let person = at.person();
        at.say(&person, 0, decide("example.digest", Given)).await;
        let checked = at.ask(&person, "example.digest").await;
        assert_eq!(verdict(&checked), (false, Reason::DependencyDenied, false));
        assert_eq!(checked.verdict().dependency.as_ref().map(PurposeId::as_str), Some(NEWS));
        at.say(&person, 1, decide(NEWS, Given)).await;
        assert!(at.ask(&person, "example.digest").await.allow());
    }

    fn a_question_about_an_item(at) {
        let person = at.person();
        let statistics = "example.statistics";
        at.say(&person, 0, decide(statistics, Given)).await;
        let collected = |text: String| CheckRequest {
            item: Some(Item { anchors: [("item.collected".to_owned(), text)].into() }),
            ..about(&person, statistics)
        };
        let day = 24 * 60 * 60 * 1_000;
        let fresh = at.client.check(&collected(format_rfc3339(at.backend.now() - day))).await;
        assert_eq!(verdict(&fresh), (true, Reason::ConsentValid, false));
        let old = at.client.check(&collected(format_rfc3339(at.backend.now() - 100 * day))).await;
        assert_eq!(verdict(&old), (false, Reason::RetentionPassed, false));
        let wrong_time = at.client.check(&collected("yesterday".to_owned())).await;
        let error = wrong_time.error().expect("a problem");
        assert_eq!(problem(error), wrong("FIELD_INVALID", 422, "/item/anchors/item.collected"));
        let no_anchor = at.client.check(&CheckRequest { item: Some(Item::default()), ..about(&person, statistics) }).await;
        assert_eq!(problem(no_anchor.error().expect("a problem")), wrong("ANCHOR_UNKNOWN", 422, "/item/anchors"));
    }

    fn an_answer_that_explains_itself(at) {
        let person = at.person();
        let said = at.say(&person, 0, decide(NEWS, Given)).await;
        let asked = CheckRequest { explain: true, ..about(&person, NEWS) };
        let checked = at.client.check(&asked).await;
        let explained = checked.verdict().explain.clone().expect("an explanation");
        assert_eq!((explained.row, explained.event_id), (32, Some(said.event_id)));
        assert_eq!(explained.notice, Some(at.notice().await));
        assert_eq!(at.ask(&person, NEWS).await.verdict().explain, None);
    }

    fn a_batch_is_answered_in_order_each_by_itself(at) {
        let (one, other) = (at.person(), at.person());
        at.say(&one, 0, decide(NEWS, Given)).await;
        let asked = [about(&one, NEWS), about(&other, NEWS), about(&one, "example.unheard-of"), about(&one, NEWS)];
        let checked = at.client.check_batch(&asked).await;
        let reasons: Vec<_> = checked.iter().map(samtycke::Checked::reason).collect();
        assert_eq!(reasons, [
            Reason::ConsentValid, Reason::ConsentMissing, Reason::PurposeUnknown, Reason::ConsentValid,
        ]);
    }

    fn a_question_that_cannot_be_read_denies_its_whole_batch(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let asked = [
            about(&person, NEWS),
            CheckRequest { at_least: Some("nowhere".to_owned()), ..about(&person, NEWS) },
        ];
        for checked in at.client.check_batch(&asked).await {
            let error = checked.error().expect("a problem");
            assert_eq!(problem(error), wrong("POSITION_INVALID", 422, "/checks/1/at_least"));
            assert!(!checked.allow() && checked.reason().is_fail_closed());
        }
    }

    fn a_position_demands_what_it_stands_for(at) {
        let person = at.person();
        let said = at.say(&person, 0, decide(NEWS, Given)).await;
        let least = |position: Option<String>| CheckRequest { at_least: position, ..about(&person, NEWS) };
        let checked = at.client.check(&least(said.position.clone())).await;
        assert!(checked.allow());
        let seen = checked.position().map(str::to_owned);
        let no = at.deny(&person, decide(NEWS, Withdrawn)).await;
        for position in [said.position, seen, no.position.clone()] {
            assert_eq!(verdict(&at.client.check(&least(position)).await), (false, Reason::ConsentWithdrawn, false));
        }
        let checked = at.ask(&person, NEWS).await;
        assert!(checked.position().is_some());
    }

    fn a_position_of_another_log_is_none(at) {
        let person = at.person();
        let elsewhere = FakeConsent::example().expect("the example");
        let theirs = elsewhere.give(&person, NEWS).expect("recorded").position;
        for position in [theirs.expect("a position"), "AAAA".to_owned(), String::new()] {
            let asked = CheckRequest { at_least: Some(position), ..about(&person, NEWS) };
            let checked = at.client.check(&asked).await;
            assert_eq!(problem(checked.error().expect("a problem")), wrong("POSITION_INVALID", 422, "/at_least"));
        }
    }

    fn a_check_without_time_denies(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let hurried = at.backend.builder().check_deadline(Duration::ZERO).build().expect("a client");
        let denied = hurried.require::<Newsletter, Process>(&person).await.expect_err("no time");
        assert!(denied.is_unavailable() && !denied.may_ask());
        assert_eq!(denied.problem().status, 503);
    }

    fn a_permission_is_granted_kept_fresh_and_taken_away(at) {
        let person = at.person();
        at.say(&person, 0, explicitly("example.allergies")).await;
        let mut consented = at.client.require::<Allergies, Store>(&person).await.expect("granted");
        assert_eq!(consented.subject(), Ok(&person));
        consented.ensure_fresh().await.expect("still granted");
        let evidence = consented.evidence();
        assert_eq!((evidence.reason, evidence.seq), (Reason::ConsentValid, 1));
        at.deny(&person, decide("example.allergies", Withdrawn)).await;
        let denied = at.client.require::<Allergies, Process>(&person).await.expect_err("withdrawn");
        assert_eq!((denied.reason(), denied.problem().status), (Reason::ConsentWithdrawn, 403));
    }

    fn several_permissions_are_granted_together_or_not_at_all(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        assert!(at.client.require_all::<(Newsletter, Orders), Read>(&person).await.is_ok());
        let denied = at.client.require_all::<(Newsletter, Allergies), Read>(&person).await.expect_err("one is denied");
        assert_eq!(denied.purpose(), "example.allergies");
    }

    fn many_people_are_parted(at) {
        let people: Vec<_> = (0..3).map(|_| at.person()).collect();
        at.say(&people[1], 0, decide(NEWS, Given)).await;
        let parted = at.client.filter_consented::<Newsletter, Process, _>(people.clone(), Unscoped, |p| p).await;
        let consented: Vec<_> = parted.consented.iter().map(|(person, _)| person).collect();
        assert_eq!((consented, parted.denied.len()), (vec![&people[1]], 2));
    }

    fn a_consent_for_one_use_is_used_once(at) {
        let person = at.person();
        let smith = || Recipient("smith-1".parse().expect("a code"));
        let yes = at.say(&person, 0, within("example.forwarding", recipient("smith-1"), Given)).await;
        let mut first = at.client.require_in::<Forwarding, op::Forward>(&person, smith()).await.expect("granted");
        let mut second = at.client.require_in::<Forwarding, op::Forward>(&person, smith()).await.expect("granted");
        assert_eq!(first.spend().await.expect("used").take(), Ok((person.clone(), smith())));
        assert_eq!(second.spend().await.expect_err("used").reason(), Reason::ConsentUsed);
        let denied = at.client.require_in::<Forwarding, op::Forward>(&person, smith()).await.expect_err("used");
        assert_eq!((denied.reason(), denied.may_ask()), (Reason::ConsentUsed, true));
        let events = at.client.history(&person).await.expect("a history").events;
        let used = events.iter().find(|e| e.type_ == "consent.used").and_then(|e| e.used.clone()).expect("a use");
        assert_eq!((used.consent, used.scope), (yes.event_id, recipient("smith-1")));
        let decisions = at.client.decisions(&person).await.expect("decisions");
        assert_eq!(decisions.seq, 2);
    }

    fn a_use_after_a_withdrawal_is_rejected(at) {
        let person = at.person();
        let smith = || Recipient("smith-1".parse().expect("a code"));
        at.say(&person, 0, within("example.forwarding", recipient("smith-1"), Given)).await;
        let other_program = at.backend.builder().build().expect("a client");
        let mut consented = other_program.require_in::<Forwarding, op::Forward>(&person, smith()).await.expect("granted");
        at.deny(&person, within("example.forwarding", recipient("smith-1"), Withdrawn)).await;
        assert_eq!(consented.spend().await.expect_err("withdrawn").reason(), Reason::ConsentWithdrawn);
    }

    fn what_is_used_as_often_as_it_stands_cannot_be_used_up(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let mut consented = at.client.require::<OnceOnly, op::Forward>(&person).await.expect("granted");
        let denied = consented.spend().await.expect_err("a mistake");
        let Cause::Error(error) = denied.cause() else { panic!("{denied:?}") };
        assert_eq!(problem(error), wrong("NOT_SINGLE_USE", 422, "/purpose"));
    }

    fn identifiers_lead_to_subjects(at) {
        let subject = async |domain, text: &str| at.client.subject(domain, text).await.expect("a subject").subject;
        let one = subject(Domain::Email, "Kim@Example.com").await;
        assert_eq!(subject(Domain::Email, " kim@example.com").await, one);
        assert_ne!(subject(Domain::Email, "kim.b@example.com").await, one);
        assert_ne!(subject(Domain::Account, "k-1").await, subject(Domain::Device, "k-1").await);
        let refused = at.client.subject(Domain::Account, "19121212-1212").await;
        assert!(matches!(refused, Err(Error::Identifier(_))));
        assert!(at.client.subject(Domain::Email, "kim@example.com").await.expect("a subject").capability.starts_with("c_"));
    }

    fn a_service_key_gets_no_proof(at) {
        let said = at.say(&at.person(), 0, decide(NEWS, Given)).await;
        for id in [said.event_id, event()] {
            let error = at.client.proof(&id).await.expect_err("not for a service key");
            assert_eq!(problem(&error), ("FORBIDDEN".to_owned(), 403, Vec::new()));
        }
    }
}
