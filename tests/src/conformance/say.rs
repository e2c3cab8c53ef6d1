//! Every kind of decision, and the verdict after it.

use samtycke::decision::DecisionKind::{
    Deferred, Given, Objected, ObjectionRetracted, Refused, Renewed, Withdrawn,
};
use samtycke::decision::{Decision, Method, Outcome, Signals};
use samtycke::id::Language;
use samtycke::reason::Reason;
use samtycke::scope::Scope;
use samtycke::state::StateWord;
use samtycke::wire::{CheckRequest, ConsentRequest, format_rfc3339};
use samtycke_core::campaign::{LastDay, campaign_scope};

use super::place::{about, code, decide, event, explicitly, problem, recipient, verdict, within};
use super::suite;

const NEWS: &str = "example.newsletter";
const PHOTOS: &str = "example.photos";

suite! {
    fn an_unknown_subject_may_be_asked(at) {
        let person = at.person();
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentMissing, true));
        let decisions = at.client.decisions(&person).await.expect("decisions");
        assert_eq!((decisions.seq, decisions.decisions.len()), (0, 0));
        assert_eq!(at.client.history(&person).await.expect("a history").events, []);
    }

    fn given(at) {
        let person = at.person();
        let recorded = at.say(&person, 0, decide(NEWS, Given)).await;
        assert_eq!((recorded.seq, recorded.receipt, recorded.cookie), (Some(1), None, None));
        let said = &recorded.decisions[0];
        assert_eq!((said.state, said.outcome, said.reason), (StateWord::Given, Outcome::Effective, None));
        let checked = at.ask(&person, NEWS).await;
        assert_eq!(verdict(&checked), (true, Reason::ConsentValid, false));
        let found = checked.verdict();
        assert_eq!((found.seq, found.state, found.rely_ms), (1, StateWord::Given, 5_000));
        assert_eq!((found.valid_until, found.obligations.len()), (None, 0));
    }

    fn renewed(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let recorded = at.say(&person, 1, decide(NEWS, Renewed)).await;
        assert_eq!(recorded.decisions[0].state, StateWord::Renewed);
        assert_eq!(at.verdict(&person, NEWS).await, (true, Reason::ConsentRenewed, false));
    }

    fn refused(at) {
        let person = at.person();
        at.deny(&person, decide(NEWS, Refused)).await;
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentRefused, false));
    }

    fn deferred(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Deferred)).await;
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentDeferred, true));
    }

    fn withdrawn(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let recorded = at.deny(&person, decide(NEWS, Withdrawn)).await;
        let receipt = recorded.receipt.expect("a receipt");
        assert_eq!((recorded.seq, &receipt.position), (Some(2), &recorded.position));
        assert_eq!(receipt.committed_at, recorded.received_at);
        assert!(receipt.in_force_everywhere_by > receipt.committed_at);
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentWithdrawn, false));
    }

    /// An objection to a purpose on consent is a withdrawal.
    fn objected_to_a_consent(at) {
        let person = at.person();
        let statistics = "example.statistics";
        at.say(&person, 0, decide(statistics, Given)).await;
        at.deny(&person, decide(statistics, Objected)).await;
        assert_eq!(at.verdict(&person, statistics).await, (false, Reason::ConsentWithdrawn, false));
    }

    fn objected_and_retracted(at) {
        let person = at.person();
        let player = "example.player";
        assert_eq!(at.verdict(&person, player).await, (false, Reason::TerminalConsentMissing, true));
        at.say(&person, 0, decide(player, Given)).await;
        assert_eq!(at.verdict(&person, player).await, (true, Reason::LegitimateInterest, false));
        at.deny(&person, decide(player, Objected)).await;
        assert!(!at.ask(&person, player).await.allow());
        let retracted = at.say(&person, 2, decide(player, ObjectionRetracted)).await;
        assert_eq!(retracted.decisions[0].outcome, Outcome::Effective);
        assert_eq!(at.verdict(&person, player).await, (true, Reason::LegitimateInterest, false));
    }

    fn who_was_not_told_has_not_been_asked_to_object(at) {
        let person = at.person();
        assert_eq!(at.verdict(&person, "example.improvement").await, (false, Reason::NotInformed, false));
        at.deny(&person, decide("example.improvement", Objected)).await;
        assert_eq!(at.verdict(&person, "example.improvement").await, (false, Reason::NotInformed, false));
    }

    fn explicit_consent(at) {
        let person = at.person();
        let allergies = "example.allergies";
        at.say(&person, 0, decide(allergies, Given)).await;
        assert_eq!(at.verdict(&person, allergies).await, (false, Reason::ExplicitConsentRequired, true));
        at.say(&person, 1, explicitly(allergies)).await;
        let checked = at.ask(&person, allergies).await;
        assert_eq!(verdict(&checked), (true, Reason::ConsentValid, false));
        assert_eq!(checked.verdict().rely_ms, 0, "it is asked each time");
        assert!(checked.verdict().valid_until.is_some());
    }

    fn several_decisions_in_one_event(at) {
        let person = at.person();
        let said = vec![decide(NEWS, Given), decide("example.statistics", Refused), decide("example.digest", Deferred)];
        let said = at.said(&person, 0, said).await;
        let recorded = at.client.record(&said).await.expect("recorded");
        let states: Vec<_> = recorded.decisions.iter().map(|d| d.state).collect();
        assert_eq!(states, [StateWord::Given, StateWord::Refused, StateWord::Deferred]);
        let stands = at.client.decisions(&person).await.expect("decisions");
        let stands: Vec<_> = stands.decisions.iter().map(|d| (d.purpose.as_str(), d.state, d.seq)).collect();
        assert_eq!(stands, [
            ("example.digest", StateWord::Deferred, 1),
            (NEWS, StateWord::Given, 1),
            ("example.statistics", StateWord::Refused, 1),
        ]);
    }

    fn a_grant_to_one_recipient(at) {
        let person = at.person();
        let forwarding = "example.forwarding";
        at.say(&person, 0, within(forwarding, recipient("smith-1"), Given)).await;
        let to = |code| CheckRequest { scope: recipient(code), ..about(&person, forwarding) };
        assert_eq!(verdict(&at.client.check(&to("smith-1")).await), (true, Reason::ConsentValid, false));
        assert_eq!(verdict(&at.client.check(&to("smith-2")).await), (false, Reason::ScopeNotCovered, true));
        assert_eq!(at.verdict(&person, forwarding).await, (false, Reason::ScopeNotCovered, true));
    }

    fn a_grant_to_one_campaign(at) {
        let person = at.person();
        let on = |surface: &str| Scope::Campaign {
            campaign: "autumn".parse().expect("a code"),
            medium: "photo".parse().expect("a code"),
            surface: surface.parse().expect("a code"),
        };
        let asked = |surface| CheckRequest { scope: on(surface), ..about(&person, PHOTOS) };
        let early = at.said(&person, 0, vec![within(PHOTOS, on("web"), Given)]).await;
        let error = at.client.record(&early).await.expect_err("no campaign");
        assert_eq!(problem(&error).0, "CAMPAIGN_UNKNOWN");
        assert_eq!(verdict(&at.client.check(&asked("web")).await), (false, Reason::ScopeNotCovered, false));
        let ends_on = LastDay::of_instant(at.backend.now() + 9 * 86_400_000);
        at.backend.publish_campaign(&code("autumn"), ends_on).await;
        at.say(&person, 0, within(PHOTOS, on("web"), Given)).await;
        assert!(at.client.check(&asked("web")).await.allow());
        assert!(!at.client.check(&asked("print")).await.allow());
    }

    [clock] fn a_grant_ends_with_its_campaign(at) {
        let person = at.person();
        let scope = campaign_scope(&code("winter"), &code("photo"), &code("web"));
        let ends_on = LastDay::of_instant(at.backend.now());
        at.backend.publish_campaign(&code("winter"), ends_on).await;
        at.say(&person, 0, within(PHOTOS, scope.clone(), Given)).await;
        let asked = CheckRequest { scope, ..about(&person, PHOTOS) };
        at.backend.advance(60_000);
        let then = at.backend.now();
        let checked = at.client.check(&asked).await;
        assert_eq!(verdict(&checked), (true, Reason::ConsentValid, false));
        assert_eq!(checked.verdict().valid_until, Some(ends_on.ends_at()));
        at.backend.advance(2 * 86_400_000);
        assert_eq!(verdict(&at.client.check(&asked).await), (false, Reason::ConsentExpired, false));
        // What was known of the campaign then answers about then.
        let past = CheckRequest { as_of: Some(format_rfc3339(then)), ..asked };
        assert!(at.client.check(&past).await.allow());
    }

    /// Only evidence of an eID gives this assurance.
    fn assurance(at) {
        let person = at.person();
        let signed = "example.signed";
        at.say(&person, 0, decide(signed, Given)).await;
        assert_eq!(at.verdict(&person, signed).await, (false, Reason::AssuranceTooLow, true));
        let said = ConsentRequest {
            method: Method::Eid,
            evidence: Some("0".repeat(64)),
            ..at.said(&person, 1, vec![decide(signed, Given)]).await
        };
        at.client.record(&said).await.expect("recorded");
        assert_eq!(at.verdict(&person, signed).await, (true, Reason::ConsentValid, false));
    }

    fn a_browser_that_signals_an_objection(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let signals = Some(Signals { gpc: true, dnt: false, source: None });
        let asked = CheckRequest { signals, ..about(&person, NEWS) };
        assert_eq!(verdict(&at.client.check(&asked).await), (false, Reason::GpcOptOut, false));
        assert!(at.ask(&person, NEWS).await.allow(), "the signal came with the question");
        let said = ConsentRequest {
            signals,
            ..at.said(&person, 1, vec![Decision { gpc_acknowledged: true, ..decide(NEWS, Given) }]).await
        };
        at.client.record(&said).await.expect("recorded");
        assert!(at.client.check(&asked).await.allow(), "said with the signal in view");
    }

    fn a_history_tells_everything_in_order(at) {
        let person = at.person();
        let yes = at.said(&person, 0, vec![decide(NEWS, Given)]).await;
        at.client.record(&yes).await.expect("recorded");
        let no = at.deny(&person, decide(NEWS, Withdrawn)).await;
        let events = at.client.history(&person).await.expect("a history").events;
        let told: Vec<_> = events.iter().map(|e| (e.seq, e.type_.as_str(), &e.event_id, e.decisions[0].state)).collect();
        assert_eq!(told, [
            (1, "decisions", &yes.event_id, StateWord::Given),
            (2, "decisions", &no.event_id, StateWord::Withdrawn),
        ]);
        assert_eq!((&events[0].notice, &events[1].notice), (&Some(yes.notice), &None));
        assert_eq!((&events[0].site, &events[1].site), (&Some(at.backend.site()), &None));
        assert_eq!((events[1].index, Some(&events[1].received_at)), (no.index.expect("one"), Some(&no.received_at)));
        assert!(events.iter().all(|e| e.used.is_none() && e.occurred_at.is_none()));
    }

    fn a_notice_in_every_language_that_it_has(at) {
        let person = at.person();
        for language in ["sv", "en"] {
            let language: Language = language.parse().expect("a language");
            let said = ConsentRequest { language, event_id: event(), ..at.said(&person, 0, vec![decide(NEWS, Given)]).await };
            at.client.record(&said).await.expect("recorded");
        }
    }
}
