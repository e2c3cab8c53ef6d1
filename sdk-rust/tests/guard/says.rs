//! Tests that a permission says what for: its operation, its scope, and its time.

use samtycke::decision::{Decision, DecisionKind};
use samtycke::fake::example::{Film, Newsletter};
use samtycke::op::{Process, Read, Store};
use samtycke::purpose::Vendor;
use samtycke::reason::Reason;
use samtycke::{Cause, Consented, Denied};

use super::fake;

fn host(name: &str) -> Vendor {
    Vendor(name.parse().expect("a code"))
}

fn video(host: &str) -> Decision {
    Decision {
        scope: self::host(host).into(),
        ..Decision::about(
            "example.film".parse().expect("a purpose"),
            DecisionKind::Given,
        )
    }
}

/// Protects a person who consented to one place: data permitted for it are not used in another.
#[tokio::test]
async fn a_permission_for_one_scope_is_denied_in_another() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.say(&anna, video("filmhuset")).unwrap();
    let asked = fake
        .client()
        .require_in::<Film, Process>(&anna, host("filmhuset"));
    let consented = asked.await.unwrap();
    assert_eq!(consented.scope(), &host("filmhuset"));
    assert_eq!(
        consented.subject_and_scope(),
        Ok((&anna, &host("filmhuset")))
    );
    assert_eq!(consented.subject_for(&host("filmhuset")), Ok(&anna));
    let denied = consented.subject_for(&host("klippet")).unwrap_err();
    assert_eq!(denied.cause(), &Cause::OtherScope);
    assert_eq!(
        (denied.reason(), denied.may_ask(), denied.problem().status),
        (Reason::ScopeNotCovered, false, 403)
    );
}

/// A row's evidence says what the permission was for.
#[tokio::test]
async fn evidence_names_operation_and_scope() {
    let fake = fake();
    let anna = fake.subject("anna");
    fake.say(&anna, video("filmhuset")).unwrap();
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    let asked = samtycke.require_in::<Film, Process>(&anna, host("filmhuset"));
    let column = asked.await.unwrap().evidence().to_column();
    assert!(
        column.starts_with(
            r#"{"purpose":"example.film","op":"process","scope":{"vendor":"filmhuset"},"reason""#
        ),
        "{column}"
    );
    let asked = samtycke.require::<Newsletter, Read>(&anna);
    let column = asked.await.unwrap().evidence().to_column();
    assert!(
        column.starts_with(r#"{"purpose":"example.newsletter","op":"read","reason""#),
        "{column}"
    );
}

/// The function that uses the permission decides which one is asked for.
#[tokio::test]
async fn the_sink_says_what_is_asked() {
    fn store(consented: &Consented<Newsletter, Store>) -> Result<String, Denied> {
        Ok(consented.subject()?.as_str().to_owned())
    }
    let fake = fake();
    let anna = fake.subject("anna");
    fake.give(&anna, "example.newsletter").unwrap();
    let samtycke = fake.client();
    let stored = store(&samtycke.require(&anna).await.unwrap());
    assert_eq!(stored.unwrap(), anna.as_str());
}
