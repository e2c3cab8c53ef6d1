//! Properties of every kind.

use std::collections::BTreeSet;

use proptest::{
    collection::vec, option, prelude::*, sample::select, strategy::ValueTree,
    test_runner::TestRunner,
};

use super::*;
use crate::{
    actor::Verification,
    age::{AgeBand, Country},
    cell_ref::CellRef,
    decide::Obligation,
    decision::{Decision, DecisionKind, Signals},
    event::{Joined, kinds::*},
    purpose::{AgeRule, ScopeType},
    reason::Reason,
    scope::Scope,
    testing::{by_guardian, event_id, pid, recipient, says, value},
};

const PURPOSES: [&str; 3] = ["t.main", "t.other", "t.scoped"];

fn decision_kinds() -> impl Strategy<Value = DecisionKind> {
    use DecisionKind::{
        Deferred, Given, Objected, ObjectionRetracted, Refused, Renewed, Withdrawn,
    };
    select(vec![
        Given,
        Renewed,
        Refused,
        Deferred,
        Withdrawn,
        Objected,
        ObjectionRetracted,
    ])
}

fn cells() -> impl Strategy<Value = CellRef> {
    let scopes = vec![Scope::None, recipient("a"), Scope::Site(value("b"))];
    (select(PURPOSES.to_vec()), select(scopes)).prop_map(|(purpose, scope)| CellRef {
        purpose: pid(purpose),
        scope,
    })
}

prop_compose! {
    fn decisions()(cell in cells(), decision in decision_kinds(), explicit: bool, gpc_acknowledged: bool, all: bool) -> Decision {
        let all_scopes = all && decision.is_restrictive();
        let scope = if all_scopes { Scope::None } else { cell.scope };
        Decision { purpose: cell.purpose, decision, scope, all_scopes, explicit, gpc_acknowledged }
    }
}

fn joined() -> impl Strategy<Value = Joined> {
    vec(decisions(), 1..4).prop_map(|said| {
        let mut state = SubjectState::default();
        state.apply(&event(1, Decisions(said).into()), &World::default());
        Joined::from(&state)
    })
}

fn since() -> impl Strategy<Value = Option<i64>> {
    option::of(T0 - DAY..T0 + DAY)
}

fn bands() -> impl Strategy<Value = AgeBand> {
    select(AgeBand::ALL.to_vec())
}

/// A body of a random kind with all of its fields.
fn bodies() -> impl Strategy<Value = EventBody> {
    let someone = || (1u8..4).prop_map(subject);
    let purposes = || {
        let some = proptest::sample::subsequence(PURPOSES.to_vec(), 1..=3);
        some.prop_map(|ids| ids.into_iter().map(pid).collect::<Vec<_>>())
    };
    let code = || select(vec!["a-1", "b-2"]).prop_map(value);
    let days = || select(vec!["2026-01-10", "2026-06-30"]).prop_map(crate::testing::day);
    let contract = || select(vec!["c-1", "c-2"]).prop_map(value);
    let first: Vec<BoxedStrategy<EventBody>> = vec![
        vec(decisions(), 1..4)
            .prop_map(|d| Decisions(d).into())
            .boxed(),
        (
            someone(),
            select(vec![Verification::Eid, Verification::SelfDeclared]),
        )
            .prop_map(|(guardian, verification)| {
                GuardianLinked {
                    guardian,
                    verification,
                    holders: 2,
                }
                .into()
            })
            .boxed(),
        (
            someone(),
            select(vec![UnlinkCause::CustodyEnded, UnlinkCause::LinkWrong]),
        )
            .prop_map(|(guardian, cause)| {
                GuardianUnlinked {
                    guardian,
                    cause,
                    holders: 1,
                }
                .into()
            })
            .boxed(),
        cells()
            .prop_map(|cell| ObjectionUpheld { cell }.into())
            .boxed(),
        cells()
            .prop_map(|cell| {
                ObjectionRejected {
                    cell,
                    grounds: value("fraud"),
                    balancing_test: v(8),
                }
                .into()
            })
            .boxed(),
        (cells(), code(), any::<bool>(), since())
            .prop_map(|(cell, cause, all_scopes, effective_from)| {
                ConsentInvalidated {
                    cell,
                    all_scopes,
                    cause,
                    effective_from,
                }
                .into()
            })
            .boxed(),
        (cells(), code(), any::<bool>())
            .prop_map(|(cell, cause, all_scopes)| {
                ConsentRevoked {
                    cell,
                    all_scopes,
                    cause,
                }
                .into()
            })
            .boxed(),
        (cells(), 1u64..4, since(), any::<bool>())
            .prop_map(|(cell, consent, valid_until, owes)| {
                let used = ConsentUsed {
                    reason: if owes {
                        Reason::GuardianConsent
                    } else {
                        Reason::ConsentValid
                    },
                    obligations: if owes {
                        vec![Obligation::DeliverNotice]
                    } else {
                        vec![]
                    },
                    valid_until,
                    ..ConsentUsed::of(cell, event_id(consent))
                };
                used.into()
            })
            .boxed(),
        (1u8..4).prop_map(crate::testing::terms).boxed(),
        (
            bands(),
            option::of(days()),
            option::of(Just(Country::parse("SE").unwrap())),
        )
            .prop_map(|(band, until, country)| {
                AgeBandSet {
                    band,
                    until,
                    country,
                    verification: Verification::EmailConfirmed,
                }
                .into()
            })
            .boxed(),
    ];
    let second: Vec<BoxedStrategy<EventBody>> = vec![
        (1u8..4, purposes())
            .prop_map(|(n, purposes)| {
                NoticeDelivered {
                    notice: v(n),
                    purposes,
                    language: Language::parse("sv").unwrap(),
                    variant: crate::notice::Variant::Teen,
                }
                .into()
            })
            .boxed(),
        (contract(), purposes(), since())
            .prop_map(|(contract, purposes, effective_from)| {
                ContractStarted {
                    contract,
                    purposes,
                    effective_from,
                }
                .into()
            })
            .boxed(),
        (contract(), days())
            .prop_map(|(contract, last_day)| ContractEnded { contract, last_day }.into())
            .boxed(),
        (someone(), joined())
            .prop_map(|(from, joined)| {
                SubjectLinked {
                    from,
                    joined: Box::new(joined),
                }
                .into()
            })
            .boxed(),
        someone()
            .prop_map(|into| SubjectMerged { into }.into())
            .boxed(),
        (someone(), option::of(joined().prop_map(Box::new)), code())
            .prop_map(|(from, joined, cause)| {
                SubjectUnmerged {
                    from,
                    joined,
                    cause,
                }
                .into()
            })
            .boxed(),
        code()
            .prop_map(|cause| SubjectRestricted { cause }.into())
            .boxed(),
        code()
            .prop_map(|cause| SubjectUnrestricted { cause }.into())
            .boxed(),
        Just(SubjectErased {}.into()).boxed(),
        (
            1u64..4,
            select(vec![
                Fault::WrongSubject,
                Fault::WrongPurpose,
                Fault::Evidence,
            ]),
            since(),
        )
            .prop_map(|(corrects, fault, effective_from)| {
                Correction {
                    corrects: event_id(corrects),
                    fault,
                    effective_from,
                }
                .into()
            })
            .boxed(),
    ];
    let all = first.into_iter().chain(second).map(|each| (1, each));
    proptest::strategy::Union::new_weighted(all.collect())
}

prop_compose! {
    /// A numbered event whose sender has seen a random part of the stream.
    fn events()(
        body in bodies(), seen in 0u64..12, after_seqs in vec(1u64..12, 0..3), late in option::of(0i64..40),
        gpc in option::of((any::<bool>(), any::<bool>(), option::of(any::<[u8; 16]>()))), by in option::of(1u8..4),
        notice in option::of(1u8..3),
    ) -> Event {
        let mut next = event(1, body);
        next.based_on = seen;
        next.after_seqs = after_seqs;
        next.occurred_at = late.map(|days| next.received_at - days * DAY);
        next.signals = gpc.map(|(gpc, dnt, source)| Signals { gpc, dnt, source: source.map(SignalSource::from_bytes) });
        next.actor = by.map_or(Actor::SUBJECT, by_guardian);
        next.notice = notice.map(v);
        next
    }
}

/// Three registers: one with three purposes, one in which none of them rests on consent, and one without them.
fn registers() -> Vec<World> {
    let mode = |mode| {
        let mut world = World::of(PURPOSES.map(|id| purpose(id, mode)));
        for purpose in world.purposes.values_mut() {
            purpose.age_rule = AgeRule::Iss;
        }
        world.purposes.get_mut(&pid("t.scoped")).unwrap().scope_type = ScopeType::Recipient;
        world
    };
    let mut preventive = mode(CheckMode::Objection);
    for purpose in preventive.purposes.values_mut() {
        purpose.age_rule = AgeRule::IssPreventive;
    }
    vec![mode(CheckMode::Consent), preventive, World::default()]
}

/// Guards the properties below: they would prove nothing about a kind that [`bodies`] omits.
#[test]
fn the_properties_are_about_every_kind() {
    let mut runner = TestRunner::deterministic();
    let mut drawn = BTreeSet::new();
    for _ in 0..1_000 {
        drawn.insert(
            bodies()
                .new_tree(&mut runner)
                .unwrap()
                .current()
                .type_name(),
        );
    }
    assert_eq!(drawn, EventBody::TYPES.iter().copied().collect());
}

proptest! {
    #[test]
    fn an_event_is_what_its_two_parts_join_to(body in bodies()) {
        let (public, private) = body.clone().split();
        let (joined, written) = public.join(private.clone()).unwrap();
        prop_assert_eq!(joined, body);
        prop_assert_eq!(written, private);
    }

    #[test]
    fn an_event_is_read_as_it_was_written(event in events()) {
        let mut logged = logged(event.body.clone());
        logged.event = event;
        let openings = logged.write();
        let read = LoggedEvent::read(&openings).unwrap();
        prop_assert_eq!(read.write(), openings.clone());
        let context = Context::read(&openings.ctx).unwrap();
        prop_assert_eq!(&context.summary, &logged.event.body.summary());
        prop_assert!(!context.summary.0.is_empty());
        prop_assert_eq!(read, logged);
    }

    /// The register may change between any two events. Each event is applied with the register that was live on
    /// receipt.
    #[test]
    fn a_log_that_is_read_folds_to_the_state_that_wrote_it(
        stream in vec((events(), 0usize..3), 1..10),
    ) {
        let registers = registers();
        let (mut live, mut replayed) = (SubjectState::default(), SubjectState::default());
        for (event, register) in stream {
            let event = Event { seq: live.seq + 1, ..event };
            let applied = live.apply(&event, &registers[register]);
            let logged = LoggedEvent { results: applied.results(), event, ..logged(says(DecisionKind::Given)) };
            let read = LoggedEvent::read(&logged.write()).unwrap();
            prop_assert_eq!(&read.event, &logged.event);
            prop_assert_eq!(replayed.apply(&read.event, &registers[register]).results(), read.results);
        }
        prop_assert_eq!(live, replayed);
    }

    /// The public data contain no subject id and no time.
    #[test]
    fn what_is_public_names_no_subject_and_no_time(body in bodies()) {
        let text = Context::read(&logged(body).write().ctx).map(|context| serde_json::to_string(&context).unwrap()).unwrap();
        prop_assert!(!text.contains("\"s_") && !text.contains("17684"), "{}", text);
    }
}
