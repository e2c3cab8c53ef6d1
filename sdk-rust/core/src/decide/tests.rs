//! The decision table as a table of cases: every row, every reason.

mod bounds;
mod cases;
mod order;
mod properties;
mod retention;
mod vectors;

use std::collections::BTreeSet;

use cases::{Case, RetentionStanding};

use super::row::Row;
use super::*;
use crate::{
    purpose::SpecialCategory,
    reason::Reason,
    testing::{P, pid},
};

#[test]
fn every_case_is_answered_as_the_table_says() {
    for case in cases::all() {
        let verdict = case.verdict();
        let got = (verdict.row, verdict.reason, verdict.may_ask);
        assert_eq!(got, (case.row, case.reason, case.may_ask), "{}", case.name);
        assert_eq!(verdict.allow, case.reason.allows(), "{}", case.name);
        assert!(!(verdict.allow && verdict.may_ask), "{}", case.name);
        assert_eq!(verdict.obligations, case.obligations, "{}", case.name);
    }
}

#[test]
fn every_row_is_reached() {
    let mut reached = BTreeSet::new();
    for case in cases::all() {
        let verdict = case.explained();
        reached.insert(verdict.row);
        reached.extend(verdict.explain.unwrap().via.into_iter().map(Row::from));
    }
    let between = [Row::MARKETING, Row::BASIS_CHANGED];
    assert_eq!(reached, (1..=32).map(Row::from).chain(between).collect());
}

/// What only a server, a client or a replica can find; the one that a merged subject without survivor gets is also found here.
const FOUND_ELSEWHERE: [Reason; 11] = [
    Reason::AssetUnknown,
    Reason::FailclosedRecovering,
    Reason::FailclosedStaleReplica,
    Reason::FailclosedPermissionEnded,
    Reason::FailclosedLeaseLost,
    Reason::FailclosedTokenTimeout,
    Reason::FailclosedTokenLost,
    Reason::FailclosedOverload,
    Reason::FailclosedNotReady,
    Reason::FailclosedSignature,
    Reason::FailclosedClock,
];

#[test]
fn every_reason_is_given_by_some_case() {
    let given: BTreeSet<_> = cases::all().iter().map(|c| c.verdict().reason).collect();
    let expected: BTreeSet<_> = Reason::ALL
        .iter()
        .copied()
        .filter(|r| !FOUND_ELSEWHERE.contains(r))
        .collect();
    let missing: Vec<_> = expected.difference(&given).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// Protects programs that were built with a register: the table treats "only explicit consent" as they do. Where the
/// data need a ground, consent is the basis of an allow exactly where they expect it; row 29 requires it to be
/// explicit.
#[test]
fn explicit_purposes_are_permitted_by_consent_only() {
    let (mut by_consent, mut otherwise) = (0, 0);
    for case in cases::all() {
        for data in [SpecialCategory::Possible, SpecialCategory::Yes] {
            for ground in [None, Some("9(2)(h)")] {
                let mut case = case.clone();
                let Some(purpose) = case.world.purposes.get_mut(&pid(P)) else {
                    continue;
                };
                purpose.special_category = data;
                purpose.art9_ground = ground.map(str::to_owned);
                let expected = purpose.needs_explicit_consent();
                let verdict = case.verdict();
                if !verdict.allow {
                    continue;
                }
                let rests_on_consent = verdict.basis == Some(Basis::Consent);
                assert_eq!(rests_on_consent, expected, "{} {ground:?}", case.name);
                by_consent += u32::from(expected);
                otherwise += u32::from(!expected);
            }
        }
    }
    assert!(
        by_consent > 3 && otherwise > 10,
        "{by_consent}, {otherwise}"
    );
}

#[test]
fn names_of_cases_are_unique() {
    let all = cases::all();
    let names: BTreeSet<_> = all.iter().map(|c| c.name).collect();
    assert_eq!(names.len(), all.len());
}

#[test]
fn a_verdict_has_the_api_fields_in_order_and_is_short() {
    for case in cases::all() {
        let json = serde_json::to_string(&case.verdict()).unwrap();
        assert!(json.len() < 250, "{}: {json}", case.name);
        let back: Verdict = serde_json::from_str(&json).unwrap();
        let row = case.verdict().row;
        assert_eq!(Verdict { row, ..back }, case.verdict(), "{}", case.name);
    }
    let live = cases::all()
        .into_iter()
        .find(|c| c.name == "32 live, with an end")
        .unwrap();
    assert_eq!(
        serde_json::to_string(&live.verdict()).unwrap(),
        r#"{"allow":true,"may_ask":false,"reason":"CONSENT_VALID","basis":"consent","state":"given","seq":1,"#
            .to_owned()
            + r#""valid_until":"2027-01-15T12:00:01.000Z","rely_ms":5000,"obligations":[]}"#
    );
}

#[test]
fn a_client_ignores_fields_that_it_does_not_know() {
    let json = serde_json::to_string(&Verdict::fail_closed(Reason::FailclosedOverload)).unwrap();
    let more = json.replacen('{', r#"{"position":"p","new_field":[1],"#, 1);
    assert!(!serde_json::from_str::<Verdict>(&more).unwrap().allow);
}

#[test]
fn failing_closed_always_denies() {
    for reason in Reason::ALL {
        let verdict = Verdict::fail_closed(*reason);
        assert!(!verdict.allow && !verdict.may_ask && !verdict.reason.allows());
        assert_eq!(verdict.rely_ms, 0);
    }
}

#[test]
fn a_denial_may_be_kept_for_a_minute() {
    for case in cases::all() {
        let verdict = case.verdict();
        if !verdict.allow && !verdict.reason.is_fail_closed() {
            assert_eq!(verdict.rely_ms, 60_000, "{}", case.name);
            assert_eq!(verdict.valid_until, None, "{}", case.name);
        }
    }
}

/// A case is a pure function of its parts: asking about the past gives the same answer where no clock stepped back. It
/// may not be relied on, and permits no prompt (E18).
#[test]
fn an_answer_about_the_past_is_not_relied_on() {
    for case in cases::all() {
        let question = Question {
            historic: true,
            ..case.question.clone()
        };
        let now = case.verdict();
        let historic = Case { question, ..case };
        let expected = Verdict {
            rely_ms: 0,
            may_ask: false,
            historic: true,
            ..now
        };
        assert_eq!(historic.verdict(), expected, "{}", historic.name);
        let json = serde_json::to_value(historic.verdict()).unwrap();
        assert_eq!(json["historic"], true, "{}", historic.name);
    }
}

/// What `GET /v1/subjects/{s}/decisions` calls a cell of a consent is what a check of it says.
#[test]
fn the_list_of_decisions_uses_the_words_of_the_check() {
    let mut words = BTreeSet::new();
    for case in cases::all() {
        let (verdict, state, question) = (case.verdict(), case.state(), &case.question);
        let purpose = case.world.purposes.get(&question.purpose);
        let by_consent =
            purpose.is_some_and(|p| p.check_mode == crate::purpose::CheckMode::Consent);
        let cell = state.cell(&question.purpose, &question.scope);
        let is_own = case.survivor.is_none() && verdict.row.number > 20;
        let Some(cell) = cell.filter(|_| by_consent && is_own) else {
            continue;
        };
        let word = state.word(cell, &case.world(), case.now.max(state.at));
        assert_eq!(word, verdict.state, "{}", case.name);
        words.insert(word.as_str());
    }
    for expected in [
        "expired",
        "stale",
        "pending_guardian",
        "refused",
        "withdrawn",
        "requested",
    ] {
        assert!(words.contains(expected), "{expected}: {words:?}");
    }
}
