use std::thread;

use samtycke::blocking::Client;
use samtycke::fake::FakeConsent;
use samtycke::fake::example::Newsletter;
use samtycke::op::{self, Process, Read, Store};
use samtycke::purpose::{Recipient, Unscoped};
use samtycke::reason::Reason;
use samtycke::register::Facts;
use samtycke::wire::{AssetCheckRequest, CheckRequest};
use samtycke::{Cause, Error};
use serde_json::json;

use crate::upstream::{CONSENT, gone, no, yes};
use crate::{Answers, Forward, News, Upstream, client, subject};

fn blocking(upstream: &Upstream) -> Client {
    Client::new(client(upstream)).expect("a thread")
}

fn question() -> CheckRequest {
    CheckRequest::about(subject(1), "example.news".parse().expect("a purpose"))
}

/// The main job works without a runtime: check, use, check again before the commit, denial.
#[test]
fn a_program_without_a_runtime_asks_and_is_answered() {
    let upstream = Upstream::start(yes);
    let samtycke = blocking(&upstream);
    assert!(samtycke.check(&question()).allow());

    let ask = samtycke.require::<Answers, Store>(&subject(1));
    let mut consented = ask.wait().expect("an allow");
    assert_eq!(consented.subject(), Ok(&subject(1)));
    assert_eq!(consented.evidence().reason, Reason::ConsentValid);
    consented.ensure_fresh().expect("still");
    let asked = upstream.asked();
    assert_eq!(asked[1].body["op"], "store");
    assert_eq!(asked[2].body["at_least"], "canaryposition");

    upstream.answer(no);
    let denied = consented.ensure_fresh().expect_err("a denial");
    assert_eq!(denied.reason(), Reason::ConsentWithdrawn);

    upstream.answer(gone);
    let denied = samtycke.require::<News, Process>(&subject(1)).wait();
    assert!(denied.expect_err("nobody answers").is_unavailable());
    assert!(!samtycke.check(&question()).allow());
}

#[test]
fn a_single_use_consent_is_spent_once() {
    let upstream = Upstream::start(yes);
    let samtycke = blocking(&upstream);
    let company = Recipient("example-ab".parse().expect("a recipient"));
    let ask = samtycke.require_in::<Forward, op::Forward>(&subject(1), company);
    let mut consented = ask.wait().expect("an allow");
    let spent = consented.spend().expect("unused").take();
    assert_eq!(spent.expect("young").0, subject(1));
    let again = consented.spend().expect_err("spent");
    assert_eq!(again.cause(), &Cause::Used);
    let paths: Vec<_> = upstream.asked().into_iter().map(|a| a.path).collect();
    assert_eq!(paths, ["/v1/check", &format!("/v1/consents/{CONSENT}/use")]);
}

#[test]
fn several_are_asked_about_at_once() {
    let upstream = Upstream::start(yes);
    let samtycke = blocking(&upstream);
    let both = samtycke.require_all::<(News, Answers), Read>(&subject(1));
    let (news, answers) = both.expect("two permissions");
    assert_eq!(news.subject(), answers.subject());

    upstream.answer(no);
    let all = samtycke.require_all::<(News, Answers), Read>(&subject(1));
    assert_eq!(all.expect_err("one no").purpose(), "example.answers");
    let people = vec![subject(1), subject(2)];
    let parted = samtycke.filter_consented::<News, Process, _>(people, Unscoped, |s| s);
    assert_eq!(parted.consented.len(), 1);
    assert_eq!(parted.denied[0].0, subject(2));
}

/// A job without a runtime, and a block that the permission cannot leave.
#[test]
fn a_job_and_a_block_hold_their_permission() {
    let upstream = Upstream::start(no);
    let samtycke = blocking(&upstream);
    let people = vec![subject(1), subject(2)];
    let written = std::cell::RefCell::new(Vec::new());
    let denied = samtycke.for_each_consented::<News, Process, _>(
        people,
        Unscoped,
        |s| s,
        |_, consented| {
            written.borrow_mut().push(consented.subject()?.clone());
            Ok(())
        },
    );
    assert_eq!(written.into_inner(), [subject(1)]);
    assert_eq!(denied[0].0, subject(2));

    upstream.answer(yes);
    let counted = samtycke.require::<News, Read>(&subject(1)).scoped(|held| {
        held.ensure_fresh()?;
        Ok(held.subject()?.clone())
    });
    assert_eq!(counted, Ok(subject(1)));
}

/// One call records one decision here too, and the notice and the register can be read.
#[test]
fn a_program_without_a_runtime_records() {
    let fake = FakeConsent::example().expect("the example");
    let samtycke = Client::new(fake.client()).expect("a thread");
    let anna = fake.subject("anna");
    let notice = samtycke.notice(&fake.site()).expect("a notice");
    let given = samtycke.given::<Newsletter>(&anna, &notice);
    let given = given.with(|said| said.language("sv")).wait();
    assert!(given.expect("recorded").is_effective());
    let asked = samtycke.require::<Newsletter, Process>(&anna).wait();
    assert!(asked.is_ok());
    let withdrawn = samtycke.withdrawn::<Newsletter>(&anna).wait();
    assert!(withdrawn.expect("recorded").is_effective());
    let register = Facts {
        tenant: "example",
        hash: "",
        purposes: &[],
    };
    assert_eq!(samtycke.register_agrees(&register), Ok(()));
}

/// Failures are returned as errors, and an invalid request is not sent.
#[test]
fn a_failure_is_an_error_and_no_panic() {
    let upstream = Upstream::start(gone);
    let samtycke = blocking(&upstream);
    let history = samtycke.history(&subject(1)).expect_err("gone");
    assert!(history.is_transient());
    assert!(samtycke.decisions(&subject(1)).is_err());
    assert!(samtycke.proof(&CONSENT.parse().expect("an id")).is_err());
    let domain = samtycke::pseudonym::Domain::Email;
    let subject = samtycke.subject(domain, "nobody@example.com");
    assert_eq!(subject, Err(Error::LookupKeyMissing));
}

/// One client serves all threads of a program.
#[test]
fn many_threads_ask_at_once() {
    let upstream = Upstream::start(yes);
    let samtycke = blocking(&upstream);
    thread::scope(|scope| {
        for number in 0..16 {
            let samtycke = &samtycke;
            scope.spawn(move || {
                for _ in 0..8 {
                    let ask = samtycke.require::<News, Process>(&subject(number));
                    let consented = ask.wait().expect("an allow");
                    assert_eq!(consented.subject(), Ok(&subject(number)));
                }
            });
        }
    });
    assert_eq!(samtycke.counts().allowed, 16 * 8);
}

/// Calls from async code neither panic nor block forever: on the runtime's own thread, often enough to use up a task's
/// budget, and on a blocking thread.
async fn called_from_a_runtime() {
    let upstream = Upstream::start(yes);
    let samtycke = blocking(&upstream);
    for _ in 0..300 {
        assert!(samtycke.check(&question()).allow());
    }
    let elsewhere = samtycke.clone();
    let checked = tokio::task::spawn_blocking(move || elsewhere.check(&question()));
    assert!(checked.await.expect("no panic").allow());
    drop(samtycke);
}

#[tokio::test]
async fn it_can_be_called_from_a_runtime_of_one_thread() {
    tokio::spawn(called_from_a_runtime())
        .await
        .expect("no panic");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_can_be_called_from_a_runtime_of_several() {
    tokio::spawn(called_from_a_runtime())
        .await
        .expect("no panic");
}

/// What happened is recorded without a runtime too.
#[test]
fn an_event_is_recorded_without_a_runtime() {
    let fake = FakeConsent::example().expect("the example");
    let samtycke = Client::new(fake.client()).expect("a thread");
    let kim = fake.subject("kim");
    let told = samtycke.told::<Newsletter>(&kim, &fake.site());
    let told = told.with(|told| told.language("sv")).wait();
    assert_eq!(told.expect("recorded").seq, Some(1));
    let device = fake.subject("device");
    samtycke.linked(&kim, &device).wait().expect("linked");
    let known = samtycke.decisions(&device).expect("an answer");
    assert_eq!(known.seq, 2);
    assert_eq!(samtycke.objections(None).expect("a page").objections, []);
}

/// An asset's verdict and its places reach a program without a runtime.
#[test]
fn pictures_are_asked_about_without_a_runtime() {
    let upstream = Upstream::start(|path| match path {
        "/v1/assets/check" => (
            200,
            json!({"allow": false, "reason": "ASSET_UNKNOWN", "blocked_by": []}),
        ),
        "/v1/takedowns" => (200, json!({"takedowns": []})),
        _ => (404, json!({})),
    });
    let samtycke = blocking(&upstream);
    let code = |code: &str| code.parse().expect("a code");
    let web = AssetCheckRequest::publishing(code("spring-014"), code("photo"), code("web"));
    let verdict = samtycke.check_asset(&web).expect("a verdict");
    assert_eq!(
        (verdict.allow, verdict.reason),
        (false, Some(Reason::AssetUnknown))
    );
    assert_eq!(samtycke.takedowns().expect("tasks").takedowns, []);
}
