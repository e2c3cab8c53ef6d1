//! Events about the subject as a whole: restriction, erasure, signals, objections, links, contracts.

use super::*;

#[test]
fn restriction_and_its_lifting_are_ordered_like_decisions() {
    let stream = Stream::of([says(Given), restricted()]);
    let stale_yes = stream.clone().add(says(Given), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&stale_yes, &consent())),
        superseded(SupersededReason::StaleGrant)
    );
    let stale = stream.clone().add(unrestricted(), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&stale, &consent())),
        superseded(SupersededReason::StaleGrant)
    );
    assert_eq!(answer(&stale, &consent()).0, Reason::Restricted);
    let lifted = stream.then(unrestricted());
    assert_eq!(answer(&lifted, &consent()).0, Reason::ConsentValid);
}

#[test]
fn an_erased_subject_returns_with_nothing() {
    let erased = Stream::of([
        says(Given),
        aged(AgeBand::Adult),
        EventBody::from(SubjectErased {}),
    ]);
    let state = erased.state(&consent());
    assert_eq!(
        serde_json::to_string(&state).unwrap(),
        r#"{"s":3,"t":1768478403000,"e":true,"n":[3]}"#
    );
    let queued = erased.clone().add(says(Given), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&queued, &consent())),
        superseded(SupersededReason::SubjectErased)
    );
    let knowing = erased.clone().then(says(Given));
    assert_eq!(
        became(&last(&knowing, &consent())),
        superseded(SupersededReason::SubjectErased)
    );
    let no = erased.then(says(Withdrawn));
    assert_eq!(became(&last(&no, &consent())), (Outcome::Effective, None));
    assert_eq!(
        answer(&no, &consent()),
        (Reason::SubjectErased, StateWord::Erased)
    );
}

#[test]
fn of_two_parallel_uses_one_loses() {
    let mut world = consent();
    world.main().single_use = true;
    let used = || EventBody::from(ConsentUsed::of(main_cell(), event_id(1)));
    let first = Stream::of([says(Given), used()]);
    assert_eq!(last(&first, &world).outcome, Outcome::Effective);
    let second = first.clone().then(used());
    assert_eq!(
        became(&last(&second, &world)),
        superseded(SupersededReason::AlreadyUsed)
    );
    // A new grant allows a new use, and the old grant's id does not spend it.
    let renewed = first.then(says(Given));
    assert_eq!(answer(&renewed, &world).0, Reason::ConsentValid);
    assert_eq!(
        last(&renewed.then(used()), &world).outcome,
        Outcome::Superseded
    );
    let withdrawn = Stream::of([says(Given), says(Withdrawn), used()]);
    assert_eq!(last(&withdrawn, &world).outcome, Outcome::Superseded);
}

#[test]
fn a_signal_that_goes_off_in_an_old_submission_lifts_nothing() {
    let mut world = consent();
    world.main().third_party_sharing = true;
    let signals = |gpc| {
        Some(Signals {
            gpc,
            dnt: false,
            source: None,
        })
    };
    let on = Stream::of([says(Given)]).add(says(Deferred), |e| e.signals = signals(true));
    assert_eq!(answer(&on, &world).0, Reason::GpcOptOut);
    let stale_off = on.clone().add(says(Deferred), |e| {
        e.signals = signals(false);
        e.based_on = 1;
    });
    assert_eq!(answer(&stale_off, &world).0, Reason::GpcOptOut);
    let off = on
        .clone()
        .add(says(Deferred), |e| e.signals = signals(false));
    assert_eq!(answer(&off, &world).0, Reason::ConsentValid);
    let silent = on.clone().then(says(Deferred));
    assert_eq!(
        answer(&silent, &world).0,
        Reason::GpcOptOut,
        "silence is no signal"
    );
    let yes = EventBody::from(Decisions(vec![Decision {
        gpc_acknowledged: true,
        ..decision(P, Given)
    }]));
    let knowing = on.add(yes, |e| e.signals = signals(true));
    assert_eq!(answer(&knowing, &world).0, Reason::ConsentValid);
}

#[test]
fn an_objection_is_answered_retracted_and_ordered() {
    let mut world = World::of([purpose(P, CheckMode::Objection)]);
    let objected = Stream::of([says(Objected)]);
    assert_eq!(
        answer(&objected, &world),
        (Reason::ObjectionPending, StateWord::Objected)
    );
    let unseen = objected
        .clone()
        .then(says(Objected))
        .add(rejected(), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&unseen, &world)),
        superseded(SupersededReason::StaleGrant)
    );
    let stale = objected
        .clone()
        .add(says(ObjectionRetracted), |e| e.based_on = 0);
    assert_eq!(
        became(&last(&stale, &world)),
        superseded(SupersededReason::StaleGrant)
    );
    let upheld = objected
        .clone()
        .then(EventBody::from(ObjectionUpheld { cell: main_cell() }));
    assert_eq!(
        became(&last(&upheld.clone().then(rejected()), &world)),
        superseded(SupersededReason::NothingToChange)
    );
    assert_eq!(
        answer(&upheld.then(says(Objected)), &world).0,
        Reason::Objected
    );
    assert_eq!(
        answer(
            &objected.clone().then(rejected()).then(says(Objected)),
            &world
        )
        .0,
        Reason::ObjectionPending
    );
    world.main().direct_marketing = true;
    let applied = last(&objected, &world);
    assert_eq!(
        applied.decisions[0].state,
        StateWord::Upheld,
        "absolute at once"
    );
    assert_eq!(
        became(&last(&objected.then(rejected()), &world)),
        superseded(SupersededReason::NothingToChange)
    );
}

#[test]
fn a_correction_revokes_grants_and_keeps_refusals() {
    let wrong = |n| {
        EventBody::Correction(Correction {
            corrects: event_id(n),
            fault: Fault::WrongSubject,
            effective_from: None,
        })
    };
    let stream = Stream::of([says(Given), wrong(1)]);
    assert_eq!(answer(&stream, &consent()).0, Reason::ConsentInvalidated);
    let in_flight = stream.add(says(Given), |e| e.based_on = 1);
    assert_eq!(
        became(&last(&in_flight, &consent())),
        superseded(SupersededReason::StaleGrant)
    );
    let no = Stream::of([says(Refused), wrong(1)]);
    assert_eq!(answer(&no, &consent()).0, Reason::ConsentRefused);
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    // The child's own event was recorded wrongly, and a guardian's event followed it.
    let own = stream.then(says(Given)).then(authorised(11)).then(wrong(4));
    assert_eq!(answer(&own, &world).0, Reason::ConsentInvalidated);
    let detail = EventBody::from(Correction {
        corrects: event_id(1),
        fault: Fault::Evidence,
        effective_from: None,
    });
    assert_eq!(
        answer(&Stream::of([says(Given), detail]), &consent()).0,
        Reason::ConsentValid
    );
}

#[test]
fn a_device_with_a_higher_seq_links_to_an_account() {
    let world = consent();
    let mut device = Stream::of((0..8).map(|_| says(Given)))
        .then(says(Withdrawn))
        .state(&world);
    let mut account = Stream::of([says(Given)]).state(&world);
    let seq = joint_seq(&account, &device);
    assert_eq!(seq, 10);
    let device_before = device.clone();
    let mut link = event(
        seq,
        EventBody::from(SubjectLinked {
            from: subject(2),
            joined: Box::new((&device_before).into()),
        }),
    );
    link.received_at = LATER;
    account.apply(&link, &world);
    device.apply(
        &event(10, EventBody::from(SubjectMerged { into: subject(1) })),
        &world,
    );
    assert_eq!(
        (account.seq, check(&world, &account).reason),
        (10, Reason::ConsentWithdrawn)
    );
    // The sender has been offline since seq 9, by either stream's count. The refusal that survives is newer.
    let mut late = event(11, says(Given));
    late.based_on = 9;
    assert_eq!(
        account.clone().apply(&late, &world).reason,
        Some(SupersededReason::StaleGrant)
    );
    late.based_on = 10;
    assert_eq!(account.apply(&late, &world).outcome, Outcome::Effective);
    assert!(check(&world, &account).allow);
}

#[test]
fn merge_and_unmerge_keep_refusals_and_create_no_grant() {
    let world = consent();
    let mut one = Stream::of([says(Given)]).state(&world);
    let mut two = Stream::of([says(Given)]).state(&world);
    let link = EventBody::from(SubjectLinked {
        from: subject(2),
        joined: Box::new((&two).into()),
    });
    one.apply(&event(2, link), &world);
    two.apply(
        &event(2, EventBody::from(SubjectMerged { into: subject(1) })),
        &world,
    );
    one.apply(&event(3, says(Withdrawn)), &world);
    one.apply(&event(4, says(Given)), &world);
    let seq = joint_seq(&one, &two);
    let apart = |joined| {
        EventBody::SubjectUnmerged(SubjectUnmerged {
            from: subject(1),
            joined,
            cause: value("mistake"),
        })
    };
    two.apply(&event(seq, apart(Some(Box::new((&one).into())))), &world);
    one.apply(&event(seq, apart(None)), &world);
    assert_eq!((two.merged_into.clone(), two.seq), (None, 5));
    assert!(check(&world, &two).allow, "both had said yes");
    let mut queued = event(6, says(Given));
    queued.based_on = 4;
    assert_eq!(
        two.apply(&queued, &world).outcome,
        Outcome::Superseded,
        "the no of meanwhile blocks"
    );
    one.apply(&event(6, says(Withdrawn)), &world);
    assert!(!check(&world, &one).allow);
}

#[test]
fn a_stored_state_is_short_and_its_event_strict() {
    let mut world = consent();
    world.main().scope_type = crate::purpose::ScopeType::Recipient;
    let state = Stream::of([says_of(Given, recipient("a"))]).state(&world);
    assert_eq!(
        serde_json::to_string(&state).unwrap(),
        format!(
            r#"{{"s":1,"t":1768478401000,"c":[{{"p":"t.main","o":{{"recipient":"a"}},"s":"given","q":1,"t":1768478401000,"i":"{}","h":"{}","w":true}}]}}"#,
            event_id(1),
            v(1)
        )
    );
    let stored = serde_json::to_string(&event(1, linked(11))).unwrap();
    assert!(
        stored.contains(r#""act":{"guardian.linked":{"guardian":"#),
        "{stored}"
    );
    for (known, more) in [
        (r#""seq":1"#, r#""seq":1,"name":"x""#),
        (r#""role":"subject""#, r#""role":"subject","name":"x""#),
        (
            r#""verification":"eid""#,
            r#""verification":"eid","name":"x""#,
        ),
    ] {
        assert!(stored.contains(known), "{known}");
        let more = stored.replace(known, more);
        assert!(serde_json::from_str::<Event>(&more).is_err(), "{more}");
    }
}
