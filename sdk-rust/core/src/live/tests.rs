//! Tests what a check may say about an item (R1, R2).

use std::collections::BTreeMap;

use super::*;
use crate::{
    decide::{Op, PurposeLookup},
    notice_standing::NoticeStanding,
    purpose::{CheckMode, Purpose},
    reason::Reason,
    retention::Params,
    testing::{LATER, P, T0, World, pid, purpose, subject},
    wire::Item,
};

struct Live(World);

impl PurposeLookup for Live {
    fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.0.purpose(id)
    }

    fn notice_standing(&self, id: &PurposeId, notice: &NoticeHash, at: i64) -> NoticeStanding {
        self.0.notice_standing(id, notice, at)
    }

    fn retention(&self, id: &PurposeId) -> Option<(&[Term], &Params)> {
        self.0.retention(id)
    }
}

impl TenantView for Live {
    fn manifest(&self, _: &NoticeHash) -> Option<&Manifest> {
        None
    }

    fn dnt_counts(&self) -> bool {
        false
    }

    fn has_asked(&self, _: &PurposeId) -> bool {
        false
    }
}

/// The reason of the verdict, or the code and the field of the problem.
fn read_item(rule: &str, anchors: &[(&str, &str)]) -> String {
    let world = World::of([purpose(P, CheckMode::LegalObligation)]).keeping(rule);
    read_item_of(&world, anchors)
}

fn read_item_of(world: &World, anchors: &[(&str, &str)]) -> String {
    let anchors: BTreeMap<String, String> = anchors
        .iter()
        .map(|(name, text)| ((*name).to_owned(), (*text).to_owned()))
        .collect();
    let question = CheckRequest {
        op: Op::Read,
        item: Some(Item { anchors }),
        ..CheckRequest::about(subject(1), pid(P))
    };
    match evaluate_check(&Live(world.clone()), &question, None, LATER) {
        Ok(verdict) => verdict.reason.as_str().to_owned(),
        Err(problem) => {
            let code = problem.kind.reason();
            let field = problem.violations.first().map(|v| v.field.clone());
            format!("{code} {}", field.unwrap_or_default())
        }
    }
}

const COLLECTED: &str = "after(item.collected, P60D)";

#[test]
fn an_anchor_that_no_rule_has_is_a_problem() {
    let unknown = "ANCHOR_UNKNOWN /item/anchors";
    for anchors in [
        vec![("item.colected", "2016-01-01")],
        vec![("demo.ended", "2016-01-01")],
        vec![
            ("item.collected", "2026-01-01"),
            ("demo.ended", "2016-01-01"),
        ],
        vec![],
    ] {
        assert_eq!(read_item(COLLECTED, &anchors), unknown, "{anchors:?}");
    }
    assert_eq!(read_item("none", &[]), unknown);
    let passed = read_item(COLLECTED, &[("item.collected", "2016-01-01")]);
    assert_eq!(passed, Reason::RetentionPassed.as_str());
    let kept = read_item(COLLECTED, &[("item.collected", "2026-01-01")]);
    assert_eq!(kept, Reason::LegalObligation.as_str());
}

#[test]
fn every_event_of_a_rule_is_an_anchor_of_it() {
    for (rule, name) in [
        ("after(latest(a.ended, b.ended), P1Y)", "b.ended"),
        ("earliest(after(a, P1Y), while(purpose.active))", "a"),
        (
            "after(fiscal_year.calendar_year_end, P7Y)",
            "fiscal_year.ended",
        ),
        ("max(account.deregistered, P1Y)", "account.closed"),
        ("hold(dispute)", "hold.dispute"),
        ("hold(dispute)", "hold.dispute.ended"),
    ] {
        let kept = read_item(rule, &[(name, "2026-01-14")]);
        assert_eq!(kept, Reason::LegalObligation.as_str(), "{rule} {name}");
    }
    assert!(read_item("hold(dispute)", &[("hold.disputed", "2026-01-14")]).starts_with("ANCHOR"));
}

/// A hold says for how long a law forbids the erasure, not when the item is due.
#[test]
fn a_hold_alone_dates_no_item() {
    let mut world = World::of([purpose(P, CheckMode::LegalObligation)]).keeping(COLLECTED);
    world.terms.push(crate::testing::term("hold(dispute)"));
    let ask = |anchors: &[(&str, &str)]| read_item_of(&world, anchors);
    let hold = ("hold.dispute.ended", "2016-01-01");
    assert!(ask(&[hold]).starts_with("ANCHOR_UNKNOWN"));
    let both = ask(&[hold, ("item.collected", "2016-01-01")]);
    assert_eq!(both, Reason::RetentionPassed.as_str());
}

#[test]
fn a_last_day_with_a_time_names_its_field() {
    let rule = "after(contract.ended, P1Y)";
    let midnight = read_item(rule, &[("contract.ended", "2026-06-30T22:00:00Z")]);
    assert_eq!(midnight, "FIELD_INVALID /item/anchors/contract.ended");
    let wrong = read_item(COLLECTED, &[("item.collected", "yesterday")]);
    assert_eq!(wrong, "FIELD_INVALID /item/anchors/item.collected");
}

#[test]
fn an_answer_about_the_past_is_not_relied_on() {
    let consent = Live(World::of([purpose(P, CheckMode::Consent)]));
    let law = Live(World::of([purpose(P, CheckMode::LegalObligation)]));
    let past = CheckRequest {
        as_of: Some("2026-01-15T12:00:00Z".to_owned()),
        ..CheckRequest::about(subject(1), pid(P))
    };
    let now = CheckRequest::about(subject(1), pid(P));
    let ask = |live: &Live, question: &CheckRequest| {
        let verdict = evaluate_check(live, question, None, T0).expect("a verdict");
        (verdict.allow, verdict.may_ask, verdict.rely_ms)
    };
    assert_eq!(ask(&consent, &now), (false, true, 60_000));
    assert_eq!(ask(&consent, &past), (false, false, 0));
    assert_eq!(ask(&law, &now), (true, false, 5_000));
    assert_eq!(ask(&law, &past), (true, false, 0));
}

#[test]
fn an_item_of_an_unknown_purpose_is_not_read() {
    let question = CheckRequest {
        item: Some(Item::default()),
        ..CheckRequest::about(subject(1), pid("t.gone"))
    };
    let verdict = evaluate_check(&Live(World::default()), &question, None, T0).expect("a verdict");
    assert_eq!(verdict.reason, Reason::PurposeUnknown);
}
