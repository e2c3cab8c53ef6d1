//! Properties that hold for every history.

mod history;

use proptest::{collection::vec, prelude::*, sample::select};

use super::*;
use crate::testing::lasting;
use crate::{
    age::AgeBand,
    decision::{Decision, DecisionKind, Outcome, Signals},
    event::{Event, EventBody, batch_order, fold, kinds::*},
    id::PurposeId,
    notice_standing::NoticeStanding,
    purpose::{AgeRule, Assurance, CheckMode, Purpose, Quorum, ScopeType, SpecialCategory},
    scope::Scope,
    state::{ObjectionState, SubjectState, VoiceRefusal, joint_seq, merge},
    testing::*,
};
use DecisionKind::{Deferred, Given, Objected, ObjectionRetracted, Refused, Renewed, Withdrawn};

const OTHER: &str = "t.other";

fn kinds() -> impl Strategy<Value = DecisionKind> {
    select(vec![
        Given,
        Given,
        Given,
        Renewed,
        Refused,
        Deferred,
        Withdrawn,
        Objected,
        ObjectionRetracted,
    ])
}

fn scopes() -> impl Strategy<Value = Scope> {
    select(vec![
        Scope::None,
        Scope::None,
        recipient("a"),
        recipient("b"),
    ])
}

prop_compose! {
    fn decisions()(id in select(vec![P, P, OTHER]), kind in kinds(), scope in scopes(), explicit: bool, gpc: bool) -> EventBody {
        EventBody::from(Decisions(vec![Decision { purpose: pid(id), decision: kind, scope, explicit, gpc_acknowledged: gpc, all_scopes: false }]))
    }
}

fn bands() -> impl Strategy<Value = AgeBand> {
    select(AgeBand::ALL.to_vec())
}

fn acts() -> impl Strategy<Value = Occurrence> {
    let guardian = 11u8..=13;
    let bodies = prop_oneof![
        8 => decisions(),
        1 => guardian.clone().prop_map(linked),
        1 => guardian.clone().prop_map(unlinked),
        2 => bands().prop_map(aged),
        1 => select(vec![
            EventBody::from(ObjectionUpheld { cell: main_cell() }),
            rejected(),
            invalidated(None),
            revoked(),
            EventBody::from(ConsentUsed::of(main_cell(), event_id(1))),
            delivered(2),
            contract_started("c"),
            contract_ended("c", "2026-01-14"),
            restricted(),
            unrestricted(),
            terms(9),
            EventBody::from(Correction { corrects: event_id(1), fault: Fault::WrongPurpose, effective_from: None }),
        ]),
        1 => linked_state().prop_map(|state| EventBody::SubjectLinked(SubjectLinked { from: subject(7), joined: Box::new((&state).into()) })),
    ];
    prop_oneof![
        14 => bodies.prop_map(Occurrence::from),
        2 => guardian.clone().prop_map(authorised),
        2 => (guardian, select(vec![Refused, Withdrawn])).prop_map(|(n, kind)| guardian_says(n, kind)),
    ]
}

/// The state of another subject, to be joined.
fn linked_state() -> impl Strategy<Value = SubjectState> {
    vec(decisions(), 0..4).prop_map(|acts| Stream::of(acts).state(&World::default()))
}

/// A stream whose senders have each seen a random part of it.
fn streams(most: usize) -> impl Strategy<Value = Vec<Event>> {
    let one = (
        acts(),
        0u64..20,
        vec(1u64..20, 0..3),
        1u8..=2,
        any::<Option<(bool, bool)>>(),
        0i64..40,
    );
    vec(one, 0..most).prop_map(|all| {
        let mut events = Vec::new();
        for (i, (act, seen, after_seqs, notice, signals, late)) in all.into_iter().enumerate() {
            let mut next = event(u64::try_from(i).unwrap() + 1, act.body);
            next.actor = act.actor;
            next.based_on = seen.min(next.seq - 1);
            next.after_seqs = after_seqs;
            next.notice = Some(v(notice));
            next.signals = signals.map(|(gpc, dnt)| Signals {
                gpc,
                dnt,
                source: None,
            });
            next.occurred_at = Some(next.received_at - late * DAY);
            events.push(next);
        }
        events
    })
}

fn modes() -> impl Strategy<Value = CheckMode> {
    select(vec![
        CheckMode::Consent,
        CheckMode::Objection,
        CheckMode::Contract,
        CheckMode::ContractOrObjection,
        CheckMode::ContractAndLegalObligation,
        CheckMode::LegalObligation,
        CheckMode::TerminalConsentAndObjection,
        CheckMode::Processor,
        CheckMode::NotStated,
    ])
}

fn purposes_of(modes: impl Strategy<Value = CheckMode>) -> impl Strategy<Value = Purpose> {
    let rules = select(vec![
        AgeRule::None,
        AgeRule::Iss,
        AgeRule::IssPreventive,
        AgeRule::Maturity,
    ]);
    let classes = select(vec![
        SpecialCategory::No,
        SpecialCategory::Unknown,
        SpecialCategory::Yes,
    ]);
    let validity = select(vec![None, Some("P0D"), Some("P1D"), Some("P12M")]);
    (modes, rules, classes, validity, any::<[bool; 8]>()).prop_map(
        |(mode, rule, class, validity, on)| {
            let mut p = purpose(P, mode);
            p.age_rule = rule;
            p.special_category = class;
            p.validity = validity.map(lasting);
            p.art9_ground = on[0].then(|| "9(2)(h)".into());
            p.direct_marketing = on[1];
            p.third_party_sharing = on[2];
            p.single_use = on[3];
            p.guardian_quorum = if on[4] { Quorum::All } else { Quorum::Any };
            p.scope_type = if on[5] {
                ScopeType::Recipient
            } else {
                ScopeType::None
            };
            p.assurance_min = if on[6] {
                Assurance::Server
            } else {
                Assurance::Browser
            };
            p.terminal_access = on[7];
            p
        },
    )
}

fn worlds(modes: impl Strategy<Value = CheckMode>) -> impl Strategy<Value = World> {
    let standings = select(vec![
        NoticeStanding::Current,
        NoticeStanding::Equivalent,
        NoticeStanding::StaleNotice,
        NoticeStanding::StaleConsent,
        NoticeStanding::Unknown,
    ]);
    (purposes_of(modes), standings).prop_map(|(purpose, standing)| {
        let mut world = World::of([purpose]);
        world.notices.insert(v(1), standing);
        world
    })
}

fn questions() -> impl Strategy<Value = Question> {
    let ops = select(vec![
        Op::Store,
        Op::Read,
        Op::Process,
        Op::Forward,
        Op::Publish,
        Op::View,
    ]);
    (
        select(vec![P, P, P, OTHER]),
        scopes(),
        ops,
        any::<Option<bool>>(),
        any::<bool>(),
    )
        .prop_map(|(id, scope, op, gpc, historic)| Question {
            purpose: pid(id),
            scope,
            op,
            signals: gpc.map(|gpc| Signals {
                gpc,
                ..Signals::default()
            }),
            on_behalf_of: None,
            historic,
            explain: true,
        })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    /// (a) Submissions about one cell arrive in any order, some of them twice. (The server answers a duplicate from the
    /// first result, so only the first is applied.) If the check then allows, a grant took effect whose sender had seen
    /// every earlier restrictive event or named it as its own, and no restrictive event followed it.
    #[test]
    fn an_unseen_withdrawal_denies_in_any_order_of_arrival(
        said in vec((kinds(), 0u64..8, vec(0usize..8, 0..3)), 1..10),
        order in vec(any::<prop::sample::Index>(), 1..25),
    ) {
        let world = World::of([purpose(P, CheckMode::Consent)]);
        let mut state = SubjectState::default();
        let mut seq_of = vec![None; said.len()];
        let mut last_no = 0;
        let mut last_yes = None;
        let mut nos = Vec::new();
        let mut next = 0;
        for pick in order {
            let which = pick.index(said.len());
            if seq_of[which].is_some() {
                continue;
            }
            next += 1;
            seq_of[which] = Some(next);
            let (kind, based_on, after) = &said[which];
            let mut one = event(next, says(*kind));
            one.based_on = *based_on;
            one.after_seqs = after.iter().filter_map(|i| *seq_of.get(*i)?).collect();
            let applied = state.apply(&one, &world);
            if matches!(kind, Refused | Withdrawn | Objected) {
                prop_assert_eq!(applied.outcome, Outcome::Effective);
                last_no = next;
                nos.push(next);
            }
            if matches!(kind, Given | Renewed) && applied.outcome == Outcome::Effective {
                let seen = |no: &u64| *no <= one.based_on || one.after_seqs.contains(no);
                prop_assert!(nos.iter().all(seen), "an unseen no before an effective yes");
                last_yes = Some(next);
            }
        }
        if check(&world, &state).allow {
            prop_assert!(last_yes.is_some_and(|yes| yes > last_no));
        }
    }

    /// (b) The state equals the fold, wherever the fold is interrupted to store the state and read it back.
    #[test]
    fn the_state_is_the_fold_of_the_events(
        events in streams(12), world in worlds(modes()), cut in 0usize..12,
    ) {
        let cut = cut.min(events.len());
        let stored = serde_json::to_string(&fold(&events[..cut], &world)).unwrap();
        let mut state: SubjectState = serde_json::from_str(&stored).unwrap();
        for event in &events[cut..] {
            let read: Event = serde_json::from_str(&serde_json::to_string(event).unwrap()).unwrap();
            prop_assert_eq!(&read, event);
            state.apply(&read, &world);
        }
        prop_assert_eq!(state, fold(&events, &world));
    }

    /// (c) Under consent an allow rests on an effective grant in exactly that cell, without a later refusal.
    #[test]
    fn an_allow_by_consent_has_a_grant_in_its_cell(
        events in streams(10), world in worlds(Just(CheckMode::Consent)), question in questions(),
    ) {
        let state = fold(&events, &world);
        let verdict = decide(&Context::new(&world), Some(&state), &question, LATER);
        if verdict.allow {
            let here = |purpose: &PurposeId, scope: &Scope| {
                *purpose == question.purpose && *scope == question.scope
            };
            let mut replay = SubjectState::default();
            let (mut yes, mut no) = (0, 0);
            for event in &events {
                let applied = replay.apply(event, &world);
                if applied.outcome == Outcome::Superseded {
                    continue;
                }
                match &event.body {
                    EventBody::Decisions(Decisions(all)) => {
                        for said in all.iter().filter(|d| here(&d.purpose, &d.scope)) {
                            match said.decision {
                                Given | Renewed => yes = event.seq,
                                Refused | Withdrawn | Objected => no = event.seq,
                                Deferred | ObjectionRetracted => {}
                            }
                        }
                    }
                    EventBody::ConsentInvalidated(ConsentInvalidated { cell, .. })
                    | EventBody::ConsentRevoked(ConsentRevoked { cell, .. })
                        if here(&cell.purpose, &cell.scope) =>
                    {
                        no = event.seq;
                    }
                    _ => {}
                }
            }
            prop_assert!(yes > no, "yes {yes}, no {no}");
        }
    }

    /// (d), (e) No check panics, and every verdict keeps the guarantees of the page.
    #[test]
    fn every_answer_keeps_its_promises(
        events in streams(10), world in worlds(modes()), question in questions(),
        after in select(vec![0, 1_000, 40_000, 400 * DAY, i64::MAX / 2, i64::MIN]),
        retention in select(vec![RetentionStanding::Open, RetentionStanding::NonePermitted, RetentionStanding::Passed]),
        age_until in select(vec![None, Some(T0), Some(T0 + 42_000), Some(T0 + 700 * DAY)]),
    ) {
        let world = World { terms: cases::rules(retention), ..world };
        let state = SubjectState { age_until, ..fold(&events, &world) };
        let item = cases::an_item(retention);
        let ctx = Context { item: Some(&item), ..Context::new(&world) };
        let now = T0.saturating_add(after);
        let verdict = decide(&ctx, Some(&state), &question, now);
        prop_assert_eq!(verdict.allow, verdict.reason.allows());
        prop_assert!(!(verdict.allow && verdict.may_ask));
        prop_assert_eq!(verdict.seq, state.seq);
        prop_assert!((1..=32).contains(&verdict.row.number));
        prop_assert_eq!(verdict.historic, question.historic);
        prop_assert!(!question.historic || verdict.rely_ms == 0 && !verdict.may_ask);
        let effective = if question.historic { now } else { now.max(state.at) };
        if let Some(until) = verdict.valid_until {
            prop_assert!(verdict.allow && until > effective);
            prop_assert!(effective + i64::from(verdict.rely_ms) <= until);
        }
        if verdict.allow {
            prop_assert!(verdict.rely_ms <= 5_000);
            prop_assert!(world.purpose(&question.purpose).is_some());
        } else {
            prop_assert!(verdict.obligations.is_empty());
        }
        let nobody = decide(&ctx, None, &question, now);
        prop_assert_eq!(nobody.seq, 0);
        if matches!(world.purposes[&pid(P)].check_mode, CheckMode::Consent | CheckMode::Objection) {
            prop_assert!(!nobody.allow);
        }
    }

    /// An allow never comes from a state in which a refusal stands: the person, or the guardian who refused, has granted
    /// since, concluded a contract, or taken the refusal back. A law may still require storing and reading.
    #[test]
    fn a_standing_refusal_allows_nothing(
        events in streams(10), world in worlds(modes()), question in questions(),
        refused in any::<Option<(bool, bool)>>(),
    ) {
        let mut state = fold(&events, &world);
        if let Some((by_guardian, withdrew)) = refused {
            let seq = state.seq + 1;
            for cell in &mut state.cells {
                let guardian = by_guardian.then(|| subject(11));
                cell.refusals.push(VoiceRefusal { guardian, seq, at: T0, withdrew });
            }
        }
        let verdict = decide(&Context::new(&world), Some(&state), &question, LATER);
        let purpose = &world.purposes[&pid(P)];
        let by_law = matches!(purpose.check_mode, CheckMode::LegalObligation | CheckMode::ContractAndLegalObligation)
            && matches!(question.op, Op::Store | Op::Read);
        if !verdict.allow || by_law {
            return Ok(());
        }
        let heard = |voice: &&VoiceRefusal| voice.guardian.is_none() || purpose.age_rule != AgeRule::IssPreventive;
        let Some(cell) = state.cell(&question.purpose, &question.scope) else {
            return Ok(());
        };
        let voices = cell.refusals.iter().filter(heard).map(|voice| voice.seq).max();
        let no = voices.max(cell.state.is_refused().then_some(cell.seq));
        if let Some(no) = no {
            let taken_back = cell.objection.is_some_and(|o| o.state == ObjectionState::Retracted && o.seq > no);
            let concluded = state.contracts.iter().any(|contract| contract.started_seq > no);
            prop_assert!(taken_back || concluded, "{:?}", verdict);
            prop_assert!(!matches!(verdict.basis, Some(Basis::Consent)));
        }
    }

    /// (f) A stored state is read back unchanged, and an unknown field in it is an error.
    #[test]
    fn a_state_survives_its_own_text(events in streams(12), world in worlds(modes())) {
        let state = fold(&events, &world);
        let text = serde_json::to_string(&state).unwrap();
        prop_assert_eq!(&serde_json::from_str::<SubjectState>(&text).unwrap(), &state);
        let more = text.replacen('{', r#"{"name":"x","#, 1).replace(",}", "}");
        prop_assert!(serde_json::from_str::<SubjectState>(&more).is_err());
    }

    /// Joining two subjects allows by consent only what the survivor allowed. Every restrictive event of either subject blocks
    /// the grants that were in transit to the other.
    #[test]
    fn joining_never_makes_a_grant(
        a in streams(8), b in streams(8), world in worlds(Just(CheckMode::Consent)), scope in scopes(),
    ) {
        // One notice and one band, so that the two subjects differ only in their decisions.
        let world = World { notices: [].into(), ..world };
        let keep = |events: Vec<Event>| -> Vec<Event> {
            events.into_iter().filter(|e| !matches!(e.body, EventBody::AgeBandSet(AgeBandSet { .. }) | EventBody::SubjectLinked(SubjectLinked { .. }))).collect()
        };
        let (a, b) = (fold(&keep(a), &world), fold(&keep(b), &world));
        let question = Question { scope, ..Question::about(pid(P)) };
        let allows = |s: &SubjectState| decide(&Context::new(&world), Some(s), &question, LATER).allow;
        let joined = merge(&a, &b);
        prop_assert_eq!(joined.seq, joint_seq(&a, &b));
        if allows(&joined) {
            prop_assert!(allows(&a));
        }
        for cell in a.cells.iter().chain(&b.cells).filter(|c| c.state.is_refused()) {
            let kept = joined.cell(&cell.purpose, &cell.scope).unwrap();
            prop_assert!(kept.state.is_refused());
            prop_assert!(kept.restrictive.block(a.seq.max(b.seq), &[]));
        }
    }

    /// After erasure no submission restores a consent.
    #[test]
    fn the_erased_stay_erased(
        before in streams(8), after in streams(8), world in worlds(modes()), question in questions(),
    ) {
        let mut state = fold(&before, &world);
        let erased = event(state.seq + 1, EventBody::from(SubjectErased {}));
        state.apply(&erased, &world);
        let mark = state.clone();
        for (i, mut event) in after.into_iter().enumerate() {
            event.seq = erased.seq + 1 + u64::try_from(i).unwrap();
            event.based_on = event.seq;
            state.apply(&event, &world);
        }
        prop_assert_eq!(SubjectState { seq: mark.seq, at: mark.at, ..state.clone() }, mark);
        let verdict = decide(&Context::new(&world), Some(&state), &question, LATER);
        prop_assert!(!verdict.allow || verdict.reason == Reason::LegalHoldOnly);
    }

    /// A batch applies restrictive events first, and neither loses nor duplicates an event.
    #[test]
    fn a_batch_applies_restrictive_events_first(all in vec(acts(), 0..8)) {
        let refs: Vec<&EventBody> = all.iter().map(|act| &act.body).collect();
        let order = batch_order(&refs);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        prop_assert_eq!(sorted, (0..all.len()).collect::<Vec<_>>());
        for pair in order.windows(2) {
            let (x, y) = (all[pair[0]].body.direction().is_restrictive(), all[pair[1]].body.direction().is_restrictive());
            prop_assert!(x >= y && (x != y || pair[0] < pair[1]));
        }
    }
}
