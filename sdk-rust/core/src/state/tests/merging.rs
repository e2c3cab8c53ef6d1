//! Linking and merging: rule E22.

use super::*;
use crate::decision::SignalSource;

fn silent() -> SubjectState {
    Stream::of([terms(9)]).state(&consent())
}

fn said(kinds: &[DecisionKind]) -> SubjectState {
    Stream::of(kinds.iter().map(|kind| says(*kind))).state(&consent())
}

fn reason(state: &SubjectState) -> Reason {
    check(&consent(), state).reason
}

/// The survivor after the link event, as the log writes and reads it.
fn linked_with(account: &SubjectState, device: &SubjectState, world: &World) -> SubjectState {
    let mut account = account.clone();
    let link = EventBody::from(SubjectLinked {
        from: subject(2),
        joined: Box::new(device.into()),
    });
    let seq = joint_seq(&account, device);
    account.apply(&event(seq, link), world);
    account
}

#[test]
fn a_silent_device_changes_nothing_for_the_account() {
    let account = said(&[Given]);
    let linked = linked_with(&account, &silent(), &consent());
    assert_eq!(reason(&linked), Reason::ConsentValid);
    assert_eq!(linked.cells, account.cells);
}

#[test]
fn a_consent_of_the_device_is_not_taken() {
    let linked = linked_with(&silent(), &said(&[Given]), &consent());
    assert_eq!(reason(&linked), Reason::ConsentMissing);
}

#[test]
fn of_a_consent_and_a_refusal_the_refusal_survives() {
    for (account, device) in [(&[Given], &[Refused]), (&[Refused], &[Given])] {
        let linked = linked_with(&said(account), &said(device), &consent());
        assert_eq!(reason(&linked), Reason::ConsentRefused);
    }
    let linked = linked_with(&silent(), &said(&[Refused]), &consent());
    assert_eq!(reason(&linked), Reason::ConsentRefused);
}

#[test]
fn a_deferral_on_the_device_takes_no_consent_back() {
    let linked = linked_with(&said(&[Given]), &said(&[Deferred]), &consent());
    assert_eq!(reason(&linked), Reason::ConsentValid);
}

#[test]
fn contracts_and_deliveries_of_the_device_are_not_taken() {
    let world = World::of([purpose(P, CheckMode::Contract)]);
    let device = Stream::of([contract_started("c"), delivered(1)]).state(&world);
    let linked = linked_with(&silent(), &device, &world);
    assert_eq!(check(&world, &linked).reason, Reason::ContractMissing);
    assert_eq!(linked.deliveries, []);
    let back = linked_with(&device, &silent(), &world);
    assert_eq!(check(&world, &back).reason, Reason::Contract);
    assert_eq!(back.deliveries, device.deliveries);
}

#[test]
fn an_objection_of_the_device_survives() {
    let world = World::of([purpose(P, CheckMode::Objection)]);
    let account = Stream::of([delivered(1)]).state(&world);
    let device = Stream::of([says(Objected)]).state(&world);
    let linked = linked_with(&account, &device, &world);
    assert_eq!(check(&world, &linked).reason, Reason::ObjectionPending);
    let retracted = Stream::of([says(Objected), says(ObjectionRetracted)]).state(&world);
    let account = Stream::of([says(Objected)]).state(&world);
    let linked = linked_with(&account, &retracted, &world);
    assert_eq!(check(&world, &linked).reason, Reason::ObjectionPending);
}

#[test]
fn restriction_and_erasure_survive() {
    let restricted = Stream::of([says(Given), restricted()]).state(&consent());
    let linked = linked_with(&said(&[Given]), &restricted, &consent());
    assert_eq!(reason(&linked), Reason::Restricted);
    let erased = Stream::of([EventBody::from(SubjectErased {})]).state(&consent());
    assert_eq!(
        reason(&merge(&said(&[Given]), &erased)),
        Reason::SubjectErased
    );
}

#[test]
fn a_signal_of_the_device_survives_with_its_browser() {
    let mut world = consent();
    world.main().third_party_sharing = true;
    let signal = |gpc| {
        Some(Signals {
            gpc,
            dnt: false,
            source: Some(SignalSource::from_bytes([1; 16])),
        })
    };
    let device = Stream::default().add(says(Deferred), |e| e.signals = signal(true));
    let mut linked = linked_with(&said(&[Given]), &device.state(&world), &world);
    assert_eq!(check(&world, &linked).reason, Reason::GpcOptOut);
    let mut off = event(linked.seq + 1, says(Deferred));
    off.signals = signal(false);
    linked.apply(&off, &world);
    assert_eq!(check(&world, &linked).reason, Reason::ConsentValid);
}

#[test]
fn a_guardians_refusal_keeps_its_voice() {
    let (world, stream) = child(AgeBand::From7To12, Quorum::Any);
    let device = stream
        .clone()
        .then(guardian_says(12, Refused))
        .state(&world);
    let mut linked = linked_with(&stream.state(&world), &device, &world);
    let mut yes = event(linked.seq + 1, says(Given));
    yes.actor = by_guardian(11);
    assert_eq!(
        became(&linked.apply(&yes, &world)),
        superseded(SupersededReason::StandingNo)
    );
}

#[test]
fn a_childs_age_survives_and_an_adults_is_not_taken() {
    let mut world = consent();
    world.main().age_rule = AgeRule::Iss;
    let known = |band| Stream::of([aged(band)]).state(&world);
    let linked = linked_with(&said(&[Given]), &known(AgeBand::Adult), &world);
    assert_eq!(linked.age_band, None);
    let linked = linked_with(&known(AgeBand::Adult), &known(AgeBand::From7To12), &world);
    assert_eq!(linked.age_band, Some(AgeBand::From7To12));
    assert!(linked.age_until.is_some());
}

#[test]
fn of_two_grants_the_earlier_end_of_the_campaign_counts() {
    let until = |end| {
        let mut state = said(&[Given]);
        state.cells[0].campaign_end = end;
        state
    };
    for (account, device, expected) in [
        (Some(T0 + 9), Some(T0 + 5), Some(T0 + 5)),
        (Some(T0 + 5), Some(T0 + 9), Some(T0 + 5)),
        (None, Some(T0 + 5), Some(T0 + 5)),
        (Some(T0 + 5), None, Some(T0 + 5)),
        (None, None, None),
    ] {
        let linked = linked_with(&until(account), &until(device), &consent());
        assert_eq!(linked.cells[0].campaign_end, expected);
    }
}

/// A withdrawal of every scope stands in a cell without scope, and is as new as the link.
#[test]
fn a_withdrawal_of_all_scopes_by_the_device_survives() {
    let mut world = consent();
    world.main().scope_type = crate::purpose::ScopeType::Recipient;
    let scope = recipient("a");
    let every = || {
        EventBody::from(Decisions(vec![Decision {
            all_scopes: true,
            ..decision(P, Withdrawn)
        }]))
    };
    let given = Stream::of([says_of(Given, scope.clone())]).state(&world);
    let given_again = Stream::of([every(), says_of(Given, scope.clone())]).state(&world);
    let device = Stream::of([every()]).state(&world);
    for account in [given, given_again] {
        let linked = linked_with(&account, &device, &world);
        let cell = linked.cell_or_every(&pid(P), &scope).unwrap();
        assert_eq!(cell.state, CellState::Withdrawn);
    }
}
