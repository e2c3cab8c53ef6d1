//! Properties of a history: of registers, of the order in which events arrive, and of who may widen.

use super::*;
use crate::{
    decide::{PurposeLookup, Verdict},
    event::{Actor, RegisterHistory, Role, Verification, fold_by_history},
};

/// Registers of which each was live for the receipt of this many events.
const EVENTS_EACH: i64 = 3;

#[derive(Debug, Clone)]
struct Registers(Vec<World>);

impl RegisterHistory for Registers {
    fn at(&self, received_at: i64) -> &dyn PurposeLookup {
        let events = (received_at - T0) / 1_000;
        let index = usize::try_from(events / EVENTS_EACH).unwrap();
        &self.0[index.min(self.0.len() - 1)]
    }
}

/// The roles that permit nothing, with no evidence of a statement of the person's own.
fn strangers() -> impl Strategy<Value = Actor> {
    let roles = select(vec![
        Role::Guardian,
        Role::Authority,
        Role::Staff,
        Role::Controller,
        Role::System,
    ]);
    (roles, any::<bool>()).prop_map(|(role, named)| Actor {
        role,
        // Of nobody who is linked in these streams.
        reference: named.then(|| subject(99).to_string()),
        verification: named.then_some(Verification::Eid),
    })
}

/// A verdict without the number of the stream, which every event moves.
fn without_number(mut verdict: Verdict) -> Verdict {
    verdict.seq = 0;
    verdict
}

/// Two custodians' links, each before that custodian's word, and the child's own.
fn family() -> impl Strategy<Value = Vec<Occurrence>> {
    let link = |n| {
        let linked = GuardianLinked {
            guardian: subject(n),
            verification: Verification::Eid,
            holders: 2,
        };
        Occurrence::from(EventBody::from(linked))
    };
    let order = Just((0usize..5).collect::<Vec<_>>()).prop_shuffle();
    order.prop_map(move |order| {
        let mut linked = [false; 2];
        let mut events = Vec::new();
        for step in order {
            match step {
                0 => events.push(Occurrence::from(says(Given))),
                // The first of a custodian's two steps links, the second authorises.
                n => {
                    let custodian = n % 2;
                    let id = if custodian == 0 { 11 } else { 12 };
                    if linked[custodian] {
                        events.push(authorised(id));
                    } else {
                        linked[custodian] = true;
                        events.push(link(id));
                    }
                }
            }
        }
        events
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    /// E17: a state that was recorded event by event, stored and read back each time, equals the fold of its events,
    /// whatever registers there were and whatever was published since.
    #[test]
    fn the_live_state_is_the_fold_over_any_history_of_registers(
        events in streams(14), registers in vec(worlds(modes()), 1..6), later in vec(worlds(modes()), 0..3),
    ) {
        let registers = Registers(registers);
        let mut live = SubjectState::default();
        for event in &events {
            live.apply(event, registers.at(event.received_at));
            live = serde_json::from_str(&serde_json::to_string(&live).unwrap()).unwrap();
        }
        prop_assert_eq!(&live, &fold_by_history(&events, &registers));
        let reached = registers.0.len().saturating_mul(3);
        if events.len() < reached {
            let longer = Registers(registers.0.into_iter().chain(later).collect());
            prop_assert_eq!(&live, &fold_by_history(&events, &longer));
        }
    }

    /// E2: a grant, or an objection taken back, by an actor who may not, changes no answer.
    #[test]
    fn widening_by_another_never_changes_an_answer(
        events in streams(10), world in worlds(modes()), question in questions(), actor in strangers(),
        kind in select(vec![Given, Renewed, ObjectionRetracted]), scope in scopes(), explicit: bool,
    ) {
        let before = fold(&events, &world);
        let mut tried = event(before.seq + 1, says_of(kind, scope));
        tried.actor = actor;
        if let EventBody::Decisions(Decisions(all)) = &mut tried.body {
            all[0].explicit = explicit;
        }
        let mut after = before.clone();
        let applied = after.apply(&tried, &world);
        prop_assert_eq!(applied.outcome, Outcome::Superseded);
        prop_assert_eq!(&after.cells, &before.cells);
        let asks = |state| without_number(decide(&Context::new(&world), Some(state), &question, LATER));
        prop_assert_eq!(asks(&after), asks(&before));
    }

    /// E8: in whatever order two custodians are linked and grant, and the child does, it is one state: all granted. When
    /// one of them then loses custody, the other alone is enough.
    #[test]
    fn every_order_of_links_and_grants_gives_one_state(events in family()) {
        let mut world = World::of([purpose(P, CheckMode::Consent)]);
        world.main().age_rule = AgeRule::Maturity;
        let stream = events.into_iter().fold(Stream::of([aged(AgeBand::From7To12)]), Stream::then);
        let state = stream.state(&world);
        let linked: Vec<_> = state.guardians.iter().map(|g| g.id.clone()).collect();
        prop_assert_eq!(linked, vec![subject(11), subject(12)]);
        let mut granted: Vec<_> = state.cells[0].authorised.iter().map(|a| a.guardian.clone()).collect();
        granted.sort();
        prop_assert_eq!(granted, vec![subject(11), subject(12)]);
        prop_assert_eq!(check(&world, &state).reason, Reason::GuardianConsent);
        let left = stream.then(unlinked(12)).state(&world);
        prop_assert_eq!(check(&world, &left).reason, Reason::GuardianConsent);
    }
}
