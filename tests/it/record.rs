//! Recording: replay, order, time, scope.

use reqwest::Method;
use samtycke_tests::audit::audit;
use samtycke_tests::both;
use serde_json::json;

use crate::support::{
    at_once, go_live, history, outcome, raw, register, verdict, with_analysis, without,
};

const ANALYTICS: &str = "loomer.cookies-analys";
const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";
const HOUR_MS: i64 = 3_600_000;
const DAY_MS: i64 = 24 * HOUR_MS;

both! {
    /// Protects "state is the fold of the events": a withdrawal also stores what its sender had seen, which later
    /// decides about a signal that ends.
    async fn a_withdrawal_keeps_what_its_sender_had_seen(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let mut given = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
        given["signals"] = json!({"gpc": true});
        world.post("/v1/consents", &t.keys.service, &given).await.expect(201);
        let withdrawal = json!({"event_id": world.event_id(), "subject": subject, "based_on": 1,
            "signals": {"gpc": false}, "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        world.post("/v1/withdrawals", &t.keys.service, &withdrawal).await.expect(201);
        let states = audit(&world.server.app, &t.log).await.states;
        assert_eq!(states[&subject].gpc_since, None);
    }

    /// Protects decisions.md 2.4: the same event again gets the first response again, whatever happened in between,
    /// with any key and any spelling of its JSON. The same id with another body is an error.
    async fn the_same_event_again_is_the_first_answer_again(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
        let first = world.post("/v1/consents", &t.keys.service, &body).await.expect(201);
        assert!(!first.headers.contains_key("idempotent-replayed"));
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);

        let role = json!({"role": "service", "label": "another server"});
        let other = world.post("/v1/keys", &t.keys.operator, &role).await.expect(201);
        let other = other.json["key"].as_str().expect("a key");
        let again = world.post("/v1/consents", other, &body).await.expect(201);
        assert_eq!((again.text, &again.headers["idempotent-replayed"]), (first.text.clone(), &"true".parse().expect("a header")));

        let bearer = format!("Bearer {}", t.keys.service);
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        let spelt = serde_json::to_string_pretty(&body).expect("JSON");
        let again = raw(&world, Method::POST, "/v1/consents", &headers, spelt).await.expect(201);
        assert_eq!(again.text, first.text);

        let mut changed = body.clone();
        changed["language"] = "en".into();
        world.post("/v1/consents", &t.keys.service, &changed).await.expect_problem(422, "EVENT_ID_REUSED");
        let as_withdrawal = json!({"event_id": body["event_id"], "subject": subject,
            "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        world.post("/v1/withdrawals", &t.keys.service, &as_withdrawal).await.expect_problem(422, "EVENT_ID_REUSED");
        assert_eq!(history(&world, &t, &subject).await.len(), 2);
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "CONSENT_WITHDRAWN".into()));
    }

    /// Protects decisions.md 2.4, "for ever": a client that retries after a timeout gets the first response although
    /// the register has dropped the purpose since.
    async fn a_retry_is_answered_after_the_register_has_changed(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
        let first = world.post("/v1/consents", &t.keys.service, &body).await.expect(201);
        go_live(&world, &t, &without(&register("loomer"), ANALYTICS)).await;
        let again = world.post("/v1/consents", &t.keys.service, &body).await.expect(201);
        assert_eq!(again.text, first.text);
        let mut changed = body.clone();
        changed["language"] = "en".into();
        world.post("/v1/consents", &t.keys.service, &changed).await.expect_problem(422, "EVENT_ID_REUSED");
        let new = world.consent(&t, &subject, 1, &[(ANALYTICS, "given")]);
        world.post("/v1/consents", &t.keys.service, &new).await.expect_problem(422, "PURPOSE_UNKNOWN");
    }

    /// Protects against a double click: sixteen identical concurrent submissions are one event with one index.
    async fn sixteen_clicks_are_one_event(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
        let answers = at_once(&world, 16, "/v1/consents", &t.keys.service, &body).await;
        let first = &answers[0].text;
        assert!(answers.iter().all(|a| a.status == 201 && a.text == *first), "{answers:#?}");
        let replayed = answers.iter().filter(|a| a.headers.contains_key("idempotent-replayed")).count();
        assert_eq!(replayed, 15, "one of them was the first");
        assert_eq!(history(&world, &t, &subject).await.len(), 1);
    }

    /// Protects decisions.md 2.3: a grant whose sender had not seen the newest refusal is stored and does not act.
    async fn a_grant_that_missed_a_withdrawal_has_no_effect(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        let stale = world.record(&t, &subject, 1, &[(ANALYTICS, "given")]).await;
        assert_eq!(outcome(&stale), ("superseded", "STALE_GRANT"));
        assert_eq!(stale.json["decisions"][0]["state"], "withdrawn");
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "CONSENT_WITHDRAWN".into()));
        let seen = world.record(&t, &subject, 3, &[(ANALYTICS, "given")]).await;
        assert_eq!(outcome(&seen), ("effective", ""));
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (true, "CONSENT_VALID".into()));
    }

    /// Protects decisions.md 2.3, `after`: in one offline queue, refusal then grant grants, and grant then refusal
    /// refuses. The queue does not hide another sender's refusal, before or after its own. Another subject's event
    /// excuses nothing.
    async fn an_offline_queue_does_not_hide_another_devices_withdrawal(world: World) {
        let t = world.example("loomer").await;
        let no = |subject: &str| json!({"event_id": world.event_id(), "subject": subject,
            "decisions": [{"purpose": ANALYTICS, "decision": "refused"}]});
        let yes_after = |subject: &str, after: &serde_json::Value| {
            let mut yes = world.consent(&t, subject, 0, &[(ANALYTICS, "given")]);
            yes["after"] = json!([after["event_id"]]);
            yes
        };
        let send = async |path: &str, body: &serde_json::Value| world.post(path, &t.keys.service, body).await;

        let subject = world.subject();
        let first = no(&subject);
        send("/v1/withdrawals", &first).await.expect(201);
        assert_eq!(outcome(&send("/v1/consents", &yes_after(&subject, &first)).await), ("effective", ""));
        assert!(verdict(&world, &t, &subject, ANALYTICS).await.0, "no, then yes: yes");

        let subject = world.subject();
        let yes = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
        send("/v1/consents", &yes).await.expect(201);
        send("/v1/withdrawals", &no(&subject)).await.expect(201);
        assert!(!verdict(&world, &t, &subject, ANALYTICS).await.0, "yes, then no: no");

        for elsewhere_first in [true, false] {
            let subject = world.subject();
            let (own, elsewhere) = (no(&subject), no(&subject));
            let order = if elsewhere_first { [&elsewhere, &own] } else { [&own, &elsewhere] };
            for body in order {
                send("/v1/withdrawals", body).await.expect(201);
            }
            let yes = send("/v1/consents", &yes_after(&subject, &own)).await;
            assert_eq!(outcome(&yes), ("superseded", "STALE_GRANT"), "elsewhere first: {elsewhere_first}");
            assert!(!verdict(&world, &t, &subject, ANALYTICS).await.0);
        }

        let (subject, other) = (world.subject(), world.subject());
        let others = no(&other);
        send("/v1/withdrawals", &others).await.expect(201);
        send("/v1/withdrawals", &no(&subject)).await.expect(201);
        let yes = send("/v1/consents", &yes_after(&subject, &others)).await;
        assert_eq!(outcome(&yes), ("superseded", "STALE_GRANT"));
    }

    /// Protects decisions.md 2.2: a withdrawal made offline before a newer grant still acts on receipt.
    async fn an_old_withdrawal_that_arrives_late_is_effective(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let late = json!({"event_id": world.event_id(), "subject": subject, "based_on": 0,
            "occurred_at": "2020-01-01T00:00:00.000Z",
            "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        let answer = world.post("/v1/withdrawals", &t.keys.service, &late).await;
        assert_eq!(outcome(&answer), ("effective", ""));
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "CONSENT_WITHDRAWN".into()));
    }

    /// Protects decisions.md 2.5 and 2.1: a client's clock is evidence and never order, but a choice more than thirty
    /// days old no longer acts.
    async fn a_clients_clock_decides_nothing_but_age(world: World) {
        let t = world.example("loomer").await;
        let now = samtycke_server::clock::Clock::now(&*world.clock);
        let cases = [
            (2 * HOUR_MS, "effective", ""),
            (-3 * DAY_MS, "effective", ""),
            (-29 * DAY_MS, "effective", ""),
            (-31 * DAY_MS, "superseded", "LATE_GRANT"),
        ];
        for (offset, expected, reason) in cases {
            let subject = world.subject();
            let mut body = world.consent(&t, &subject, 0, &[(ANALYTICS, "given")]);
            body["occurred_at"] = samtycke_core::wire::format_rfc3339(now + offset).into();
            let answer = world.post("/v1/consents", &t.keys.service, &body).await;
            assert_eq!(outcome(&answer), (expected, reason), "{offset}");
            let received = answer.json["received_at"].as_str().and_then(samtycke_core::wire::parse_rfc3339).expect("a time");
            assert!((now..now + HOUR_MS).contains(&received), "the server's time, not the client's");
            assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await.0, expected == "effective");
        }
    }

    /// Protects decisions.md 2.1: when the server's clock steps back, the log's time stands still and order stays.
    async fn the_logs_time_never_goes_back(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let subject = world.subject();
        let first = world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.clock.advance(-2 * HOUR_MS);
        let second = world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        assert_eq!(second.json["received_at"], first.json["received_at"]);
        assert_eq!(second.json["seq"], 2);
        world.restart().await;
        let third = world.record(&t, &subject, 2, &[(ANALYTICS, "given")]).await.expect(201);
        assert_eq!(third.json["received_at"], first.json["received_at"], "a restart does not forget");
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (true, "CONSENT_VALID".into()));
    }

    /// Protects the end of a consent: an event from a clock that was years ahead gives no later grant a wrong time. Grants are
    /// refused while the clock is more than a day behind the log, withdrawals are taken, and all works when the clock is right.
    async fn a_clock_far_behind_the_log_takes_no_grant(world: World) {
        let t = world.example("loomer").await;
        let (subject, other) = (world.subject(), world.subject());
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.clock.advance(-30 * HOUR_MS);
        let refused = world.record(&t, &other, 0, &[(ANALYTICS, "given")]).await;
        refused.expect_problem(503, "FAILCLOSED_UNAVAILABLE");
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "CONSENT_WITHDRAWN".into()));
        world.clock.advance(30 * HOUR_MS);
        world.record(&t, &other, 0, &[(ANALYTICS, "given")]).await.expect(201);
        assert_eq!(verdict(&world, &t, &other, ANALYTICS).await, (true, "CONSENT_VALID".into()));
    }

    /// Protects the end of every consent of a log from a clock that is set years ahead while the server runs: no grant is taken,
    /// a withdrawal is, with the time that has passed; and when the clock is right again, nothing is left of it.
    async fn a_clock_that_jumps_ahead_dates_nothing(world: World) {
        let t = world.example("loomer").await;
        let (subject, other) = (world.subject(), world.subject());
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.record(&t, &other, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let before = samtycke_server::clock::Clock::now(&*world.clock);
        world.clock.jump(3_650 * DAY_MS);
        let refused = world.record(&t, &world.subject(), 0, &[(ANALYTICS, "given")]).await;
        refused.expect_problem(503, "FAILCLOSED_UNAVAILABLE");
        assert!(!verdict(&world, &t, &other, ANALYTICS).await.0, "a check goes by the later time");
        let withdrawn = world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        let received = withdrawn.json["received_at"].as_str().and_then(samtycke_core::wire::parse_rfc3339).expect("a time");
        assert!((before..before + HOUR_MS).contains(&received), "{}", withdrawn.text);
        world.clock.jump(-3_650 * DAY_MS);
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (false, "CONSENT_WITHDRAWN".into()));
        assert_eq!(verdict(&world, &t, &other, ANALYTICS).await, (true, "CONSENT_VALID".into()));
        let again = world.record(&t, &subject, 2, &[(ANALYTICS, "given")]).await.expect(201);
        let received = again.json["received_at"].as_str().and_then(samtycke_core::wire::parse_rfc3339).expect("a time");
        assert!((before..before + HOUR_MS).contains(&received), "{}", again.text);
    }

    /// Protects S1: a grant for one company never counts for another, nor without a company.
    async fn a_grant_to_one_recipient_denies_another(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let mut body = world.consent(&t, &subject, 0, &[(FORWARD, "given")]);
        world.post("/v1/consents", &t.keys.service, &body).await.expect_problem(422, "SCOPE_MISMATCH");
        body["decisions"][0]["scope"] = json!({"vendor": "example-a"});
        world.post("/v1/consents", &t.keys.service, &body).await.expect_problem(422, "SCOPE_MISMATCH");
        body["decisions"][0]["scope"] = json!({"recipient": "example-a"});
        assert_eq!(outcome(&world.post("/v1/consents", &t.keys.service, &body).await), ("effective", ""));

        let ask = async |scope: serde_json::Value| {
            let question = json!({"subject": subject, "purpose": FORWARD, "op": "forward", "scope": scope});
            let answer = world.post("/v1/check", &t.keys.service, &question).await.expect(200).json;
            (answer["allow"] == true, answer["reason"].as_str().expect("a reason").to_owned(), answer["rely_ms"].clone())
        };
        assert_eq!(ask(json!({"recipient": "example-a"})).await, (true, "CONSENT_VALID".into(), json!(0)));
        for other in [json!({"recipient": "example-b"}), json!(null), json!({"vendor": "example-a"})] {
            let (allow, reason, _) = ask(other.clone()).await;
            assert_eq!((allow, reason.as_str()), (false, "SCOPE_NOT_COVERED"), "{other}");
        }
        let no = json!({"event_id": world.event_id(), "subject": subject, "decisions":
            [{"purpose": FORWARD, "decision": "withdrawn", "scope": {"recipient": "example-b"}}]});
        world.post("/v1/withdrawals", &t.keys.service, &no).await.expect(201);
        assert!(ask(json!({"recipient": "example-a"})).await.0, "a no to one company is no no to another");
    }

    /// Protects decisions.md 1: each decision of one event is evaluated by itself, and a refusal in it acts whatever
    /// happens to the grant beside it.
    async fn the_decisions_of_one_event_are_judged_one_by_one(world: World) {
        let t = world.example("loomer").await;
        let (a, b) = (ANALYTICS, "loomer.cookies-tredjepart");
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(a, "given"), (b, "given")]).await.expect(201);
        world.withdraw(&t, &subject, &[a]).await.expect(201);
        let mixed = world.record(&t, &subject, 1, &[(a, "given"), (b, "refused")]).await.expect(201);
        let of = |i: usize| (mixed.json["decisions"][i]["outcome"].as_str().expect("an outcome").to_owned(),
            mixed.json["decisions"][i]["state"].as_str().expect("a state").to_owned());
        assert_eq!(of(0), ("superseded".into(), "withdrawn".into()));
        assert_eq!(of(1), ("effective".into(), "withdrawn".into()), "a no to a live consent is a withdrawal");
        assert_eq!(history(&world, &t, &subject).await.len(), 3, "one submission, one event");
    }

    /// Protects decisions.md 2.2: a refusal is accepted for purposes in any state: retired, incomplete, gone from the
    /// register.
    async fn a_withdrawal_is_accepted_whatever_the_register_says(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given"), ("loomer.cookies-tredjepart", "given")]).await.expect(201);
        let text = with_analysis(&register("loomer"), "loomer.cookies-tredjepart", "retired = true");
        go_live(&world, &t, &without(&text, ANALYTICS)).await;
        for purpose in [ANALYTICS, "loomer.cookies-tredjepart", "loomer.anvandningsdata", "loomer.analysera-utvardera"] {
            let answer = world.withdraw(&t, &subject, &[purpose]).await;
            assert_eq!(outcome(&answer), ("effective", ""), "{purpose}");
        }
        go_live(&world, &t, &register("loomer")).await;
        for purpose in [ANALYTICS, "loomer.cookies-tredjepart"] {
            assert_eq!(verdict(&world, &t, &subject, purpose).await, (false, "CONSENT_WITHDRAWN".into()));
        }
    }
}
