//! Tests several purposes and many people.

use std::cell::RefCell;

use samtycke::fake::example::{Allergies, Newsletter, Orders};
use samtycke::fake::{Fault, Route};
use samtycke::id::SubjectId;
use samtycke::op::{Process, Read};
use samtycke::purpose::Unscoped;
use samtycke::reason::Reason;

use super::{fake, ms, sent};

#[tokio::test]
async fn of_several_purposes_all_are_granted_or_none() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    let denied = samtycke
        .require_all::<(Newsletter, Allergies, Orders), Read>(&anna)
        .await
        .unwrap_err();
    assert_eq!(
        (denied.purpose(), denied.reason()),
        ("example.allergies", Reason::ConsentMissing)
    );
    fake.give(&anna, "example.allergies").unwrap();
    let (news, allergies, orders) = samtycke
        .require_all::<(Newsletter, Allergies, Orders), Read>(&anna)
        .await
        .unwrap();
    assert!(news.subject().is_ok() && allergies.subject().is_ok() && orders.subject().is_ok());
    assert_eq!(
        (sent(&fake, Route::CheckBatch), fake.requests().len()),
        (2, 2)
    );
    fake.fail(Fault::Garbage);
    let denied = samtycke
        .require_all::<(Newsletter, Orders), Read>(&anna)
        .await
        .unwrap_err();
    assert!(denied.is_unavailable());
}

/// A person can withdraw during a job: an item that is processed more than two seconds after its check is checked
/// again.
#[tokio::test]
async fn a_job_asks_again_about_those_whose_permission_has_ended() {
    let fake = fake();
    let people: Vec<SubjectId> = (0..5)
        .map(|i| fake.subject(&format!("reader-{i}")))
        .collect();
    for person in &people {
        fake.give(person, "example.newsletter").unwrap();
    }
    let written_to = RefCell::new(Vec::new());
    let denied = fake
        .client()
        .for_each_consented::<Newsletter, Process, _>(
            people.clone(),
            Unscoped,
            |p| p,
            async |person, consented| {
                assert_eq!(consented.subject()?, person);
                written_to.borrow_mut().push(person.clone());
                if *person == people[0] {
                    fake.withdraw(&people[4], "example.newsletter")
                        .expect("recorded");
                }
                fake.clock().advance(ms(700));
                Ok(())
            },
        )
        .await;
    assert_eq!(written_to.into_inner(), people[..4]);
    let denied: Vec<_> = denied
        .iter()
        .map(|(person, denied)| (person, denied.reason()))
        .collect();
    assert_eq!(denied, [(&people[4], Reason::ConsentWithdrawn)]);
    // Checked at 0 ms; processed at 0, 700 and 1 400; checked again at 2 100 and 2 800.
    assert_eq!(
        (sent(&fake, Route::CheckBatch), sent(&fake, Route::Check)),
        (1, 2)
    );
}

#[tokio::test]
async fn bulk_splits_in_hundreds_and_denies_a_lost_batch() {
    let fake = fake();
    let people: Vec<SubjectId> = (0..230)
        .map(|i| fake.subject(&format!("reader-{i}")))
        .collect();
    for person in people.iter().step_by(2) {
        fake.give(person, "example.newsletter").unwrap();
    }
    let samtycke = fake.client();
    let parted = samtycke
        .filter_consented::<Newsletter, Process, _>(people.clone(), Unscoped, |p| p)
        .await;
    let consented: Vec<_> = parted
        .consented
        .iter()
        .map(|(person, _)| person.clone())
        .collect();
    let expected: Vec<_> = people.iter().step_by(2).cloned().collect();
    assert_eq!(consented, expected);
    assert_eq!(
        (parted.denied.len(), sent(&fake, Route::CheckBatch)),
        (115, 3)
    );

    fake.fail(Fault::Garbage.on(Route::CheckBatch).times(1));
    let parted = samtycke
        .filter_consented::<Newsletter, Process, _>(people, Unscoped, |p| p)
        .await;
    let unavailable = parted
        .denied
        .iter()
        .filter(|(_, denied)| denied.is_unavailable());
    assert_eq!((parted.consented.len(), unavailable.count()), (65, 100));
}
