use samtycke_core::campaign::LastDay;
use samtycke_core::decision::{Decision, SupersededReason};
use samtycke_core::event::kinds::SubjectRestricted;
use samtycke_core::event::opening::EventResult;
use samtycke_core::id::{EventId, LogId, NoticeHash};
use samtycke_core::public_leaf::NoticeInvalidated;
use serde_json::json;

use super::*;
use crate::position::Position;

fn act(body: EventBody, outcome: Outcome) -> AppendedEvent {
    let result = EventResult {
        outcome,
        reason: (outcome != Outcome::Effective).then_some(SupersededReason::NotEntitled),
        state: None,
    };
    AppendedEvent {
        event_id: EventId::from_parts(0, [1; 10]),
        position: Position::of(1, 7, &[7; 32]),
        seq: 1,
        leaf_hash: None,
        received_at: 0,
        results: vec![result; body.cells().result_count()],
        body,
        replayed: false,
    }
}

fn decisions(value: serde_json::Value) -> EventBody {
    let decisions: Vec<Decision> = serde_json::from_value(value).unwrap();
    Decisions(decisions).into()
}

fn purpose() -> PurposeId {
    PurposeId::parse("t.photo").unwrap()
}

fn web() -> Scope {
    let value = |text| ScopeValue::parse(text).unwrap();
    campaign_scope(&value("spring"), &value("photo"), &value("web"))
}

fn names_web(body: EventBody, outcome: Outcome) -> bool {
    names(&act(body, outcome), &purpose(), &web())
}

#[test]
fn a_withdrawal_of_all_scopes_names_every_place() {
    let all =
        decisions(json!([{"purpose": "t.photo", "decision": "withdrawn", "all_scopes": true}]));
    assert!(names_web(all, Outcome::Effective));
    let other =
        decisions(json!([{"purpose": "t.other", "decision": "withdrawn", "all_scopes": true}]));
    assert!(!names_web(other, Outcome::Effective));
}

#[test]
fn a_withdrawal_names_its_own_cell_only() {
    let of = |surface: &str, decision: &str| {
        let scope = json!({"campaign": "spring", "medium": "photo", "surface": surface});
        decisions(json!([
            {"purpose": "t.other", "decision": "withdrawn"},
            {"purpose": "t.photo", "decision": decision, "scope": scope},
        ]))
    };
    for decision in ["withdrawn", "refused", "objected"] {
        assert!(
            names_web(of("web", decision), Outcome::Effective),
            "{decision}"
        );
    }
    assert!(!names_web(of("print", "withdrawn"), Outcome::Effective));
    assert!(!names_web(of("web", "given"), Outcome::Effective));
    // A guardian who is not heard withdraws nothing.
    assert!(!names_web(of("web", "withdrawn"), Outcome::Superseded));
}

#[test]
fn a_restriction_names_every_place() {
    let restricted: SubjectRestricted =
        serde_json::from_value(json!({"cause": "accuracy"})).unwrap();
    assert!(names_web(restricted.into(), Outcome::Effective));
}

#[test]
fn a_publication_causes_its_sweeps_in_advance() {
    let published = |version| CampaignPublished {
        campaign: ScopeValue::parse("spring").unwrap(),
        version,
        ends_on: LastDay::parse("2026-06-30").unwrap(),
        media: Vec::new(),
        surfaces: Vec::new(),
        advertising: false,
    };
    let first = due_sweeps(&published(1), 7, 5);
    let end = LastDay::parse("2026-06-30").unwrap().ends_at();
    assert_eq!((first.len(), first[0].due_at), (1, end));
    let due: Vec<_> = due_sweeps(&published(2), 8, 5)
        .iter()
        .map(|row| row.due_at)
        .collect();
    assert_eq!(due, [end, 5]);
}

#[test]
fn what_is_published_may_cause_a_judgement() {
    let campaign = CampaignPublished {
        campaign: ScopeValue::parse("spring").unwrap(),
        version: 1,
        ends_on: LastDay::parse("2026-06-30").unwrap(),
        media: Vec::new(),
        surfaces: Vec::new(),
        advertising: false,
    };
    let invalidated = NoticeInvalidated {
        hash: NoticeHash::parse(&format!("sha256:{}", "0".repeat(64))).unwrap(),
        purposes: vec![purpose()],
        cause: "wrong".into(),
        effective_from: 0,
    };
    let due = |body: PublicBody, has_pictures| {
        let record = PublicRecord {
            log: LogId::from_bytes([1; 16]),
            at: 6,
            by: None,
            body,
        };
        let row = due_judgement(&record, 7, 5, has_pictures)?;
        Some((row.id, row.due_at, row.payload))
    };
    let midnight = LastDay::of_instant(5).ends_at();
    let daily = format!("assets.daily.{midnight}");
    assert_eq!(
        due(campaign.clone().into(), false),
        Some((daily, midnight, "{}".into())),
        "the first campaign begins the daily one"
    );
    assert_eq!(due(invalidated.clone().into(), false), None);
    let published = r#"{"published":{"index":7,"at":6}}"#;
    let at_once = Some(("assets.published.7".into(), 5, published.into()));
    assert_eq!(due(invalidated.into(), true), at_once);
    assert_eq!(due(campaign.into(), true), at_once, "it may advertise now");
}
