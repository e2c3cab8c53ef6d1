//! The register and its notice, and what happens to consents when they change. Each scenario restores them.

use samtycke::decision::DecisionKind::{Given, Withdrawn};
use samtycke::decision::Outcome;
use samtycke::reason::Reason;
use samtycke::register::Facts;

use super::place::{decide, problem};
use super::register::register;
use super::suite;

const NEWS: &str = "example.newsletter";

/// The facts of a program that was built with this tenant's register and uses no purpose.
const NOTHING: Facts = Facts {
    tenant: "example",
    hash: "",
    purposes: &[],
};

suite! {
    fn the_notice_that_a_site_shows(at) {
        let shown = at.client.notice(&at.backend.site()).await.expect("a notice");
        let languages: Vec<_> = shown.texts.keys().map(String::as_str).collect();
        assert_eq!(languages, ["en", "sv"]);
        assert_eq!(shown.texts["sv"]["adult"]["language"], "sv");
        let asked = shown.manifest["purposes"].as_array().expect("a list");
        assert!(asked.iter().any(|purpose| purpose["id"] == NEWS));
        let elsewhere = "elsewhere.example".parse().expect("a site");
        let error = at.client.notice(&elsewhere).await.expect_err("no such site");
        assert_eq!(problem(&error), ("NOT_FOUND".to_owned(), 404, Vec::new()));
    }

    fn a_program_can_compare_its_register(at) {
        at.client.register_agrees(&NOTHING).await.expect("it agrees");
        let others = Facts { tenant: "another", ..NOTHING };
        assert!(at.client.register_agrees(&others).await.is_err());
    }

    fn a_material_change_makes_an_old_grant_stale(at) {
        let person = at.person();
        let old = at.said(&person, 0, vec![decide(NEWS, Given)]).await;
        at.client.record(&old).await.expect("recorded");
        let shared = register().replace("direct_marketing = true", "direct_marketing = true\nthird_party_sharing = true");
        at.backend.publish(&shared).await;
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::NoticeStale, true));
        let renewed = at.say(&person, 1, decide(NEWS, Given)).await;
        assert_eq!(renewed.decisions[0].outcome, Outcome::Effective);
        assert_eq!(at.verdict(&person, NEWS).await, (true, Reason::ConsentValid, false));
        at.backend.publish(&register()).await;
    }

    fn words_that_changed_are_to_be_told(at) {
        let person = at.person();
        at.say(&person, 0, decide(NEWS, Given)).await;
        let reworded = register().replace("Skicka nyheter och erbjudanden", "Skicka nyheter, tips och erbjudanden");
        at.backend.publish(&reworded).await;
        let checked = at.ask(&person, NEWS).await;
        let owed = checked.verdict().obligations.clone();
        at.backend.publish(&register()).await;
        assert!(checked.allow() && !owed.is_empty(), "{checked:?}");
        assert!(at.verdict(&person, NEWS).await.0);
    }

    fn a_purpose_that_is_gone_denies_and_can_still_be_withdrawn(at) {
        let person = at.person();
        let yes = at.said(&person, 0, vec![decide("example.photos-gone", Given)]).await;
        let with = register().replace("example.signed", "example.photos-gone");
        at.backend.publish(&with).await;
        let yes = samtycke::wire::ConsentRequest { notice: at.notice().await, ..yes };
        let recorded = at.client.record(&yes).await.expect("recorded");
        at.backend.publish(&register()).await;
        assert_eq!(at.verdict(&person, "example.photos-gone").await, (false, Reason::PurposeUnknown, false));
        // As a new event it would be rejected; as a repetition it gets its first answer.
        assert_eq!(at.client.record(&yes).await.expect("again"), recorded);
        let no = at.deny(&person, decide("example.photos-gone", Withdrawn)).await;
        assert_eq!(no.seq, Some(2));
    }
}
