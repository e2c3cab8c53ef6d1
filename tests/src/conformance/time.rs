//! The effect of time on decisions.

use samtycke::decision::DecisionKind::{Given, Refused, Withdrawn};
use samtycke::reason::Reason;
use samtycke::wire::{CheckRequest, format_rfc3339};

use super::place::{about, decide, verdict};
use super::suite;

const NEWS: &str = "example.newsletter";
const STATISTICS: &str = "example.statistics";
const DAY: i64 = 24 * 60 * 60 * 1_000;

suite! {
    [clock] fn a_consent_runs_out(at) {
        let person = at.person();
        at.say(&person, 0, decide(STATISTICS, Given)).await;
        at.backend.advance(364 * DAY);
        assert_eq!(at.verdict(&person, STATISTICS).await, (true, Reason::ConsentValid, false));
        at.backend.advance(3 * DAY);
        assert_eq!(at.verdict(&person, STATISTICS).await, (false, Reason::ConsentExpired, true));
    }

    [clock] fn a_refusal_may_be_asked_again_after_half_a_year(at) {
        let person = at.person();
        at.deny(&person, decide(NEWS, Refused)).await;
        at.backend.advance(170 * DAY);
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentRefused, false));
        at.backend.advance(20 * DAY);
        assert_eq!(at.verdict(&person, NEWS).await, (false, Reason::ConsentRefused, true));
    }

    [clock] fn a_question_about_the_past(at) {
        let person = at.person();
        let before = at.backend.now();
        at.backend.advance(DAY);
        at.say(&person, 0, decide(NEWS, Given)).await;
        at.backend.advance(DAY);
        let between = at.backend.now();
        at.backend.advance(DAY);
        at.deny(&person, decide(NEWS, Withdrawn)).await;
        at.backend.advance(DAY);
        let then = |moment: i64| CheckRequest { as_of: Some(format_rfc3339(moment)), ..about(&person, NEWS) };
        assert_eq!(verdict(&at.client.check(&then(before)).await), (false, Reason::ConsentMissing, false));
        assert_eq!(verdict(&at.client.check(&then(between)).await), (true, Reason::ConsentValid, false));
        assert_eq!(verdict(&at.client.check(&then(at.backend.now())).await), (false, Reason::ConsentWithdrawn, false));
        let known = CheckRequest { known_at: Some(format_rfc3339(before)), ..then(between) };
        assert_eq!(verdict(&at.client.check(&known).await), (false, Reason::ConsentMissing, false));
    }

    /// A clock behind the time of recorded events is not trusted.
    [clock] fn a_clock_set_back_does_not_grant(at) {
        let person = at.person();
        at.say(&person, 0, decide(STATISTICS, Given)).await;
        at.backend.advance(-DAY);
        let back = at.ask(&person, STATISTICS).await;
        at.backend.advance(DAY);
        let again = at.ask(&person, STATISTICS).await;
        assert!(again.allow());
        assert_eq!(back.verdict().valid_until, again.verdict().valid_until);
        assert!(back.verdict().rely_ms <= again.verdict().rely_ms);
    }
}
