//! Tests verdicts that allow and still make no permission.

use samtycke::op::{Forward as ToForward, Process, Read};
use samtycke::purpose::{Recipient, Unscoped};
use samtycke::reason::Reason;
use samtycke::wire::CheckRequest;
use samtycke::{Cause, Denied};

use crate::upstream::{once, past, unheard_of, yes};
use crate::{Answers, Forward, News, Upstream, client, subject};

/// The cause of a denial by each of the ways to a permission.
async fn denials(upstream: &Upstream) -> Vec<Denied> {
    let samtycke = client(upstream);
    let person = subject(1);
    let one = samtycke.require::<News, Process>(&person).await;
    let all = samtycke.require_all::<(News, Answers), Read>(&person);
    let people = vec![subject(1), subject(2)];
    let bulk = samtycke.filter_consented::<News, Process, _>(people, Unscoped, |s| s);
    let mut bulk = bulk.await;
    assert_eq!(bulk.consented.len(), 0);
    let last = bulk.denied.pop().expect("a denial").1;
    vec![
        one.expect_err("a denial"),
        all.await.expect_err("a denial"),
        last,
    ]
}

/// Protects a program from acting today on what was permitted once (E18): such a verdict is readable, and permits
/// nothing.
#[tokio::test]
async fn a_verdict_about_the_past_makes_no_permission() {
    let upstream = Upstream::start(past);
    for denied in denials(&upstream).await {
        assert!(denied.is_unavailable() && !denied.may_ask(), "{denied:?}");
    }
    let question = CheckRequest::about(subject(1), "example.news".parse().expect("a purpose"));
    let checked = client(&upstream).check(&question).await;
    assert!(checked.allow(), "an auditor's question is answered");

    upstream.answer(yes);
    let samtycke = client(&upstream);
    let asked = samtycke.require::<News, Process>(&subject(1)).await;
    let mut consented = asked.expect("an allow");
    upstream.answer(past);
    assert!(consented.ensure_fresh().await.is_err());
}

/// Protects a person whose consent is for one use (E23) from a program that was built when it was for many.
#[tokio::test]
async fn an_allow_that_owes_a_use_is_none_for_many_uses() {
    let upstream = Upstream::start(once);
    for denied in denials(&upstream).await {
        assert_eq!(denied.cause(), &Cause::SingleUse);
        assert_eq!(denied.reason(), Reason::FailclosedNotReady);
        assert_eq!(denied.problem().status, 500);
    }
    let company = Recipient("example-ab".parse().expect("a recipient"));
    let samtycke = client(&upstream);
    let asked = samtycke.require_in::<Forward, ToForward>(&subject(1), company.clone());
    let mut consented = asked.await.expect("this type spends it");
    let spent = consented.spend().await.expect("unused");
    assert_eq!(spent.take(), Ok((subject(1), company)));
}

/// A later server's word may be a condition: an allow that this version cannot fulfil is none.
#[tokio::test]
async fn an_unknown_obligation_denies() {
    let upstream = Upstream::start(unheard_of);
    for denied in denials(&upstream).await {
        assert!(denied.is_unavailable() && !denied.may_ask(), "{denied:?}");
    }
}
