//! The Rust client: what a program that uses it may rely on.

use std::time::Duration;

use samtycke::bundle::{policy::Policy, verify::verify};
use samtycke::decision::{Decision, DecisionKind, Method};
use samtycke::id::{EventId, NoticeHash, PurposeId, SiteId, SubjectId};
use samtycke::op::Forward;
use samtycke::pseudonym::{Domain, IdentifierError};
use samtycke::purpose::Recipient;
use samtycke::reason::Reason;
use samtycke::wire::{CheckRequest, ConsentRequest, WithdrawalRequest};
use samtycke::{Builder, Checked, Client, Error, Transport};
use samtycke_tests::purposes::loomer::{
    CookiesAnalys, VidareformedlingKontaktuppgifter as Forwarding,
};
use samtycke_tests::{Tenancy, World, both};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

const PURPOSE: &str = "loomer.cookies-analys";

fn client(world: &World, key: &str) -> Client {
    Client::builder(&world.server.base_url, key)
        .build()
        .expect("a client")
}

fn purpose() -> PurposeId {
    PURPOSE.parse().expect("a purpose")
}

fn question(subject: &SubjectId) -> CheckRequest {
    CheckRequest::about(subject.clone(), purpose())
}

fn grant(t: &Tenancy, subject: &SubjectId) -> ConsentRequest {
    let said = Decision::about(purpose(), DecisionKind::Given);
    ConsentRequest {
        based_on: Some(0),
        ..ConsentRequest::new(
            samtycke::clock::event_id().expect("chance"),
            subject.clone(),
            t.notice.parse().expect("a hash"),
            "sv".parse().expect("a language"),
            Method::Button,
            vec![said],
        )
    }
}

fn withdrawal(subject: &SubjectId) -> WithdrawalRequest {
    let said = Decision::about(purpose(), DecisionKind::Withdrawn);
    WithdrawalRequest::new(
        samtycke::clock::event_id().expect("chance"),
        subject.clone(),
        vec![said],
    )
}

both! {
    /// Protects the main job through the client: ask, record, check, prove, withdraw.
    async fn asked_recorded_checked_proved_withdrawn(world: World) {
        let t = world.example("loomer").await;
        let service = client(&world, &t.keys.service);
        let subject: SubjectId = world.subject().parse().expect("a subject");
        let before = service.check(&question(&subject)).await;
        assert!(!before.allow() && before.may_ask(), "{before:?}");

        let said = grant(&t, &subject);
        let recorded = service.record(&said).await.expect("recorded");
        assert_eq!(service.record(&said).await, Ok(recorded.clone()), "once more is the same event");
        let after = CheckRequest { at_least: recorded.position, ..question(&subject) };
        let after = service.check(&after).await;
        assert!(after.allow(), "{after:?}");
        assert_eq!((after.reason(), after.error()), (Reason::ConsentValid, None));
        assert!(after.position().is_some());

        let bundle = client(&world, &t.keys.auditor).proof(&said.event_id).await.expect("a proof");
        let policy = Policy::parse(&format!("log {}\nquorum none\n", t.vkey)).expect("a policy");
        let report = verify(&bundle.to_bytes(), &policy, None);
        assert_eq!(report.outcome.exit_code(), 0, "{report}");

        let withdrawn = service.withdraw(&withdrawal(&subject)).await.expect("withdrawn");
        assert!(withdrawn.receipt.is_some());
        let end = service.check(&question(&subject)).await;
        assert_eq!((end.allow(), end.reason()), (false, Reason::ConsentWithdrawn));
        assert_eq!(service.history(&subject).await.expect("a history").events.len(), 2);
        assert_eq!(service.decisions(&subject).await.expect("decisions").seq, 2);
    }

    /// Protects the promise that the server never sees an identifier: both ways lead to one subject.
    async fn the_client_pseudonymises_as_the_server_does(world: World) {
        let t = world.example("loomer").await;
        let log = t.log.parse().expect("a log");
        let tenant = world.server.app.tenants.by_log(&log).await.expect("a read").expect("the tenant");
        let with_key = |builder: Builder| builder.lookup_key(tenant.secrets.lookup.clone()).build().expect("a client");
        let service = with_key(Client::builder(&world.server.base_url, &t.keys.service));
        for (domain, here, there) in [
            (Domain::Email, "Kim@Example.com", " kim@example.com "),
            (Domain::Phone, "070-174 06 05", "+46701740605"),
            (Domain::Account, "k-1042", "k-1042"),
        ] {
            let ours = service.subject(domain, here).await.expect("a subject");
            let body = json!({"domain": domain, "identifier": there});
            let theirs = world.post("/v1/subjects", &t.keys.service, &body).await.expect(200);
            assert_eq!(theirs.json["subject"], ours.subject.as_str(), "{}", domain.as_str());
        }
        // The capability lets the person's own browser or app act, and only for that person.
        let mine = service.subject(Domain::Email, "kim@example.com").await.expect("a subject");
        let app = client(&world, &t.keys.service).with_capability(&mine.capability).expect("a header");
        assert!(app.history(&mine.subject).await.expect("a history").events.is_empty());

        let refused = service.subject(Domain::Account, "19121212-1212").await;
        assert_eq!(refused, Err(Error::Identifier(IdentifierError::Personal)));
        let keyless = client(&world, &t.keys.service).subject(Domain::Email, "kim@example.com").await;
        assert_eq!(keyless, Err(Error::LookupKeyMissing));
    }

    /// Protects a program that records in one call: it names the notice that the site shows, and what it permits is for
    /// the recipient that the person named.
    async fn one_call_records_one_decision(world: World) {
        let t = world.example("loomer").await;
        let service = Client::builder(&world.server.base_url, &t.keys.service).language("sv").build().expect("a client");
        let kim: SubjectId = world.subject().parse().expect("a subject");
        let site: SiteId = t.site.parse().expect("a site");
        let painter = Recipient("painter-ab".parse().expect("a code"));
        let plumber = Recipient("plumber-ab".parse().expect("a code"));

        for use_number in 1..=2 {
            // The second time the server answers that the notice is unchanged.
            let given = service.given_in::<Forwarding>(&kim, &site, painter.clone()).await.expect("recorded");
            assert!(given.is_effective(), "{given:?}");
            let asked = service.require_in::<Forwarding, Forward>(&kim, painter.clone()).await;
            let spent = asked.expect("an allow").spend().await.expect("unused");
            let taken = if use_number == 1 { spent.take().map(|(person, _)| person) } else { spent.take_for(&plumber) };
            assert_eq!(taken.is_ok(), use_number == 1, "{taken:?}");
        }
        let history = service.history(&kim).await.expect("a history").events;
        assert_eq!(history[0].notice.as_ref().map(NoticeHash::as_str), Some(t.notice.as_str()));

        let asked = service.require_in::<Forwarding, Forward>(&kim, plumber).await.expect_err("another company");
        assert_eq!(asked.reason(), Reason::ScopeNotCovered);
        let withdrawn = service.withdrawn_in::<Forwarding>(&kim, painter).await.expect("recorded");
        assert!(withdrawn.is_effective() && withdrawn.response().receipt.is_some());
    }

    /// Protects a refusal made on another device: a grant by a program that has not seen it waits for a new question.
    async fn a_grant_over_an_unseen_refusal_asks_again(world: World) {
        let t = world.example("loomer").await;
        let kim = world.subject();
        world.withdraw(&t, &kim, &[PURPOSE]).await.expect(201);
        let kim: SubjectId = kim.parse().expect("a subject");
        let site: SiteId = t.site.parse().expect("a site");
        let service = client(&world, &t.keys.service);
        let said = || service.given::<CookiesAnalys>(&kim, &site).language("sv");
        assert!(said().await.expect("recorded").must_ask_again());
        assert!(said().await.expect("recorded").is_effective(), "the first response showed the refusal");
    }

    /// Protects batches: results come in the order of the questions, for any length.
    async fn a_batch_has_one_answer_for_each_question(world: World) {
        let t = world.example("loomer").await;
        let service = client(&world, &t.keys.service);
        let subjects: Vec<SubjectId> = (0..205).map(|_| world.subject().parse().expect("a subject")).collect();
        service.record(&grant(&t, &subjects[203])).await.expect("recorded");
        let questions: Vec<CheckRequest> = subjects.iter().map(question).collect();
        let checked = service.check_batch(&questions).await;
        let allowed: Vec<usize> = (0..checked.len()).filter(|i| checked[*i].allow()).collect();
        assert_eq!((checked.len(), allowed), (205, vec![203]));
        assert!(service.check_batch(&[]).await.is_empty());
        // A key that may not check is denied for each, and gets the reason once for all of them.
        let denied = client(&world, &t.keys.editor).check_batch(&questions[..3]).await;
        assert_eq!(denied.len(), 3);
        for checked in denied {
            let reason = checked.error().and_then(Error::kind).expect("a problem").reason();
            assert_eq!((checked.allow(), reason), (false, "FORBIDDEN"));
        }
    }

    /// Protects problems: the client returns them by reason, field by field, without any of the request's values.
    async fn a_problem_is_told_by_its_reason(world: World) {
        let t = world.example("loomer").await;
        let subject: SubjectId = world.subject().parse().expect("a subject");
        let unknown = ConsentRequest {
            notice: format!("sha256:{}", "0".repeat(64)).parse().expect("a hash"),
            ..grant(&t, &subject)
        };
        let error = client(&world, &t.keys.service).record(&unknown).await.expect_err("a problem");
        assert_eq!(error.kind().map(samtycke::problem::ProblemKind::reason), Some("NOTICE_UNKNOWN"));
        assert!(!error.is_transient());
        let stranger = client(&world, "sam_service_nobody").check(&question(&subject)).await;
        assert_eq!(stranger.reason(), Reason::FailclosedUnavailable);
        assert!(matches!(stranger.error(), Some(Error::Problem(problem)) if problem.reason == "UNAUTHENTICATED"));
        let missing = client(&world, &t.keys.auditor).proof(&samtycke::clock::event_id().expect("chance")).await;
        assert!(matches!(missing, Err(Error::Problem(problem)) if problem.status == 404));
    }
}

/// A server that answers every request with these bytes after this time, and then closes the connection.
async fn impostor(answer: impl Into<Vec<u8>>, after: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let answer = answer.into();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = vec![0; 64 * 1024];
                let _ = stream.read(&mut request).await;
                tokio::time::sleep(after).await;
                let _ = stream.write_all(&answer).await;
            });
        }
    });
    format!("http://{address}")
}

fn http(status: &str, media: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status}\r\ncontent-type: {media}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

fn verdict(allow: &str, reason: &str) -> String {
    format!(
        r#"{{"allow":{allow},"may_ask":false,"reason":"{reason}","basis":"consent","state":"given","seq":1,
            "valid_until":null,"rely_ms":0,"obligations":[],"position":null}}"#
    )
}

async fn asked(base_url: &str) -> Checked {
    let client = Client::builder(base_url, "sam_service_k")
        .check_deadline(Duration::from_millis(300))
        .build()
        .expect("a client");
    let question = question(&SubjectId::from_bytes([7; 16]));
    let batch = client.check_batch(std::slice::from_ref(&question)).await;
    assert!(batch.len() == 1 && !batch[0].allow(), "{batch:?}");
    client.check(&question).await
}

/// Protects invariant 8 in the client: whatever a server, or a stand-in for it, sends, only an explicit allow allows.
#[tokio::test]
async fn an_answer_that_is_not_an_allow_denies() {
    let ok = |body: &str| http("200 OK", "application/json", body);
    let grant = impostor(ok(&verdict("true", "CONSENT_VALID")), Duration::ZERO).await;
    assert!(asked(&grant).await.allow(), "the impostor is believed");
    let half = ok(&verdict("true", "CONSENT_VALID"));
    let endless = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n{\"all";
    for answer in [
        ok(&verdict("true", "CONSENT_PRESUMED")),
        ok(&verdict("true", "CONSENT_WITHDRAWN")),
        ok(&verdict("\"true\"", "CONSENT_VALID")),
        ok(r#"{"allow":true}"#),
        ok("true"),
        ok(""),
        ok("<html>welcome</html>"),
        half[..half.len() - 30].to_owned(),
        http(
            "202 Accepted",
            "application/json",
            &verdict("true", "CONSENT_VALID"),
        ),
        http(
            "500 Oh",
            "application/json",
            &verdict("true", "CONSENT_VALID"),
        ),
        http("502 Bad Gateway", "text/html", "<html>"),
        "HTTP/1.1 302 Found\r\nlocation: /elsewhere\r\ncontent-length: 0\r\n\r\n".to_owned(),
        endless.to_owned(),
        "SSH-2.0-OpenSSH_9.2\r\n".to_owned(),
        String::new(),
    ] {
        let checked = asked(&impostor(answer.clone(), Duration::ZERO).await).await;
        assert!(!checked.allow() && !checked.may_ask(), "{answer}");
        assert!(checked.reason().is_fail_closed(), "{answer}");
        assert!(checked.error().is_some(), "{answer}");
        assert_eq!(checked.rely(), Duration::ZERO, "{answer}");
    }
}

#[tokio::test]
async fn an_absent_or_slow_server_denies_in_time() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let gone = format!("http://{}", listener.local_addr().expect("an address"));
    drop(listener);
    let checked = asked(&gone).await;
    assert_eq!(checked.error(), Some(&Error::Transport(Transport::Connect)));
    let late = http(
        "200 OK",
        "application/json",
        &verdict("true", "CONSENT_VALID"),
    );
    let slow = impostor(late, Duration::from_mins(1)).await;
    let asking = tokio::time::timeout(Duration::from_secs(10), asked(&slow));
    let checked = asking.await.expect("an answer long before the server's");
    assert!(!checked.allow());
    assert_eq!(
        checked.error(),
        Some(&Error::Transport(Transport::TimedOut))
    );
}

/// Protects the promise that no log line contains personal data or a key.
#[tokio::test]
async fn errors_name_neither_key_nor_subject() {
    let subject = SubjectId::from_bytes([7; 16]);
    let base_url = impostor(String::new(), Duration::ZERO).await;
    let client = Client::builder(&base_url, "sam_service_k")
        .build()
        .expect("a client");
    let error = client.history(&subject).await.expect_err("no answer");
    let event = EventId::from_parts(0, [0; 10]);
    let proof = client.proof(&event).await.expect_err("no answer");
    for text in [
        format!("{error}"),
        format!("{error:?}"),
        format!("{proof:?}"),
        format!("{client:?}"),
    ] {
        for secret in ["sam_service_k", subject.as_str(), event.as_str()] {
            assert!(!text.contains(secret), "{text}");
        }
    }
    assert!(error.is_transient());
}
