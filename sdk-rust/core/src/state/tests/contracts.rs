//! Contracts, rule E4.

use super::*;
use proptest::prelude::*;

fn world() -> World {
    World::of([purpose(P, CheckMode::Contract)])
}

fn on(state: &SubjectState, at: &str) -> Reason {
    let now = crate::wire::parse_rfc3339(at).unwrap();
    check_at(&world(), state, now).reason
}

#[test]
fn a_contract_lives_through_its_last_day() {
    let stream = Stream::of([contract_started("c"), contract_ended("c", "2026-06-30")]);
    let state = stream.state(&world());
    assert_eq!(on(&state, "2026-06-30T21:59:59.999Z"), Reason::Contract);
    assert_eq!(on(&state, "2026-06-30T22:00:00Z"), Reason::ContractEnded);
    assert_eq!(state.contracts[0].last_day(), Some(day("2026-06-30")));
}

#[test]
fn a_contract_begins_when_its_event_says() {
    let start = EventBody::from(ContractStarted {
        contract: value("c"),
        purposes: vec![pid(P)],
        effective_from: Some(T0 + DAY),
    });
    let state = Stream::of([start]).state(&world());
    let reason = |at| check_at(&world(), &state, at).reason;
    assert_eq!(reason(T0 + DAY - 1), Reason::ContractMissing);
    assert_eq!(reason(T0 + DAY), Reason::Contract);
    assert_eq!(state.contracts[0].started_seq, 1);
}

#[test]
fn an_end_is_remembered_without_a_start() {
    let ended = Stream::of([contract_ended("c", "2026-01-10")]);
    assert_eq!(became(&last(&ended, &world())), (Outcome::Effective, None));
    let started = ended.then(contract_started("c"));
    assert_eq!(
        became(&last(&started, &world())),
        superseded(SupersededReason::ContractClosed)
    );
    assert_eq!(answer(&started, &world()).0, Reason::ContractEnded);
}

#[test]
fn a_late_repeat_of_the_start_revives_nothing() {
    let stream = Stream::of([contract_started("c"), contract_ended("c", "2026-01-10")]);
    let repeated = stream.add(contract_started("c"), |e| e.based_on = 0);
    assert_eq!(
        became(&last(&repeated, &world())),
        superseded(SupersededReason::ContractClosed)
    );
    assert_eq!(answer(&repeated, &world()).0, Reason::ContractEnded);
}

#[test]
fn an_end_is_never_postponed() {
    let stream = Stream::of([contract_started("c"), contract_ended("c", "2026-01-10")]);
    let later = stream.clone().then(contract_ended("c", "2027-01-10"));
    assert_eq!(
        became(&last(&later, &world())),
        superseded(SupersededReason::ContractClosed)
    );
    assert_eq!(answer(&later, &world()).0, Reason::ContractEnded);
    let earlier = stream.then(contract_ended("c", "2026-01-09"));
    assert_eq!(last(&earlier, &world()).outcome, Outcome::Effective);
}

#[test]
fn a_new_contract_has_a_new_id() {
    let stream = Stream::of([
        contract_started("c"),
        contract_ended("c", "2026-01-10"),
        contract_started("d"),
    ]);
    assert_eq!(answer(&stream, &world()).0, Reason::Contract);
}

#[test]
fn a_contract_carries_only_the_purposes_it_names() {
    let none = serde_json::json!({"contract.started": {"contract": "c", "purposes": []}});
    assert!(serde_json::from_value::<EventBody>(none).is_err());
    let other = EventBody::from(ContractStarted {
        contract: value("c"),
        purposes: vec![pid("t.other")],
        effective_from: None,
    });
    assert_eq!(
        answer(&Stream::of([other]), &world()).0,
        Reason::ContractMissing
    );
}

/// Starts and ends of one contract.
fn contract_events() -> impl Strategy<Value = EventBody> {
    let ends = (1u8..28).prop_map(|d| contract_ended("c", &format!("2026-02-{d:02}")));
    let purposes = proptest::sample::select(vec![vec![P], vec!["t.other"], vec![P, "t.other"]]);
    let starts = (purposes, 0i64..400).prop_map(|(ids, days)| {
        EventBody::from(ContractStarted {
            contract: value("c"),
            purposes: ids.into_iter().map(pid).collect(),
            effective_from: Some(T0 + days * DAY),
        })
    });
    prop_oneof![starts, ends]
}

proptest! {
    /// E4: whatever the order of delivery, a contract carries what any start named, from the earliest start to the
    /// earliest end.
    #[test]
    fn every_order_of_contract_events_gives_one_state(
        orders in proptest::collection::vec(contract_events(), 1..6)
            .prop_flat_map(|events| (Just(events.clone()), Just(events).prop_shuffle())),
    ) {
        let plain = |events: Vec<EventBody>| {
            let mut contract = Stream::of(events).state(&world()).contracts[0].clone();
            contract.started_seq = 0;
            contract
        };
        prop_assert_eq!(plain(orders.0), plain(orders.1));
    }
}

#[test]
fn a_repeated_start_is_no_new_contract() {
    let start = |at: i64, purposes: &[&str]| {
        EventBody::from(ContractStarted {
            contract: value("c"),
            purposes: purposes.iter().map(|id| pid(id)).collect(),
            effective_from: Some(at),
        })
    };
    let orders = [
        [start(T0, &[P]), start(T0 + 400 * DAY, &["t.other"])],
        [start(T0 + 400 * DAY, &[P]), start(T0, &["t.other"])],
    ];
    for order in orders {
        let state = Stream::of(order).state(&world());
        let contract = &state.contracts[0];
        assert_eq!(contract.purposes, [pid(P), pid("t.other")]);
        assert_eq!((contract.started_at, contract.started_seq), (Some(T0), 1));
        assert_eq!(
            check_at(&world(), &state, T0 + DAY).reason,
            Reason::Contract
        );
    }
}

/// Rows 12c and 14: only a contract that the person concluded after the refusal lifts it.
#[test]
fn a_contract_from_before_lifts_no_refusal() {
    let before = World::of([purpose(P, CheckMode::Consent)]);
    let started_at = |stream: &Stream, id: &str, at: i64| {
        let start = EventBody::from(ContractStarted {
            contract: value(id),
            purposes: vec![pid(P)],
            effective_from: Some(at),
        });
        let mut state = stream.state(&before);
        state.apply(&event(state.seq + 1, start), &world());
        check_at(&world(), &state, LATER).reason
    };
    let withdrew = Stream::of([says(Given), says(Withdrawn)]);
    assert_eq!(
        started_at(&withdrew, "c", T0 - 400 * DAY),
        Reason::ConsentWithdrawn
    );
    assert_eq!(started_at(&withdrew, "c", T0 + 10_000), Reason::Contract);
    let imported = Stream::of([contract_started("c"), says(Given), says(Withdrawn)]);
    assert_eq!(
        started_at(&imported, "c", T0 + 10_000),
        Reason::ConsentWithdrawn
    );
}
