//! The check over HTTP: reasons, batches, positions, past moments, two servers.

use samtycke_core::keys::Secret;
use samtycke_server::home::{Lang, Verdict, first_answer};
use samtycke_server::position::Position;
use samtycke_tests::world::Answer;
use samtycke_tests::{Engine, Tenancy, World, audit, both};
use serde_json::{Value, json};

use crate::support::{go_live, new_notice, register, verdict, with_analysis};

const ANALYTICS: &str = "loomer.cookies-analys";
const FIVE: [&str; 5] = ["ommej", "bjorn-lunden", "loomer", "omilon", "supplier"];

async fn ask(world: &World, t: &Tenancy, question: &Value) -> Answer {
    world.post("/v1/check", &t.keys.service, question).await
}

/// A question that demands a position; about the past or about now.
fn demand(world: &World, subject: &str, at_least: &Value, past: bool) -> Value {
    let mut question = json!({"subject": subject, "purpose": ANALYTICS, "at_least": at_least});
    if past {
        let now = samtycke_server::clock::Clock::now(&*world.clock);
        question["as_of"] = samtycke_core::wire::format_rfc3339(now).into();
    }
    question
}

both! {
    /// Protects the page at `/` and the five registers: for each of the 87 purposes the page shows the verdict for an
    /// unknown person, and every check mode gives the reason of its row.
    async fn the_page_says_what_a_check_answers_about_a_stranger(world: World) {
        let (mut asked, mut world) = (0, world);
        world.restart_with(|config| config.public_overview = true).await;
        for name in FIVE {
            world.example(name).await;
        }
        let view = samtycke_server::home::state::view(&world.server.app.home, Lang::En).await.expect("a view");
        for controller in &view.controllers {
            let id = controller.tenant.parse().expect("a tenant");
            let tenant = world.server.app.tenants.all().into_iter().find(|t| t.id == id).expect("the tenant");
            for shown in &controller.purposes {
                let question = serde_json::from_value(json!({"subject": world.subject(), "purpose": shown.id})).expect("a question");
                let real = samtycke_core::live::evaluate_check(&*tenant, &question, None, 0).expect("a verdict");
                let page = first_answer(shown);
                let word = match (real.allow, real.may_ask) {
                    (true, _) => Verdict::Yes,
                    (false, true) => Verdict::Ask,
                    (false, false) => Verdict::No,
                };
                assert_eq!((page.reason, page.verdict), (real.reason.as_str(), word), "{}", shown.id);
                asked += 1;
            }
        }
        assert_eq!(asked, 87);
    }

    /// Protects decisions.md 4: the reason of each check mode over HTTP, in a response small enough for a hot path.
    async fn each_check_mode_answers_its_own_reason(world: World) {
        let (loomer, ommej) = (world.example("loomer").await, world.example("ommej").await);
        let subject = world.subject();
        let cases = [
            (&ommej, "ommej.molnlagring", "NOT_CONTROLLER"),
            (&loomer, "loomer.anvandningsdata", "REGISTER_INCOMPLETE"),
            (&loomer, "loomer.nobody-knows", "PURPOSE_UNKNOWN"),
            (&loomer, "loomer.tillhandahalla-tjansterna", "CONTRACT_MISSING"),
            (&loomer, "loomer.analysera-utvardera", "NOT_INFORMED"),
            (&ommej, "ommej.kontakt-telefon-chatt", "NOT_INFORMED"),
            (&ommej, "ommej.webbplatsbesok", "TERMINAL_CONSENT_MISSING"),
            (&ommej, "ommej.horizon-admin", "DEPENDENCY_DENIED"),
            (&ommej, "ommej.apptestare", "AGE_UNKNOWN"),
            (&loomer, ANALYTICS, "CONSENT_MISSING"),
        ];
        for (t, purpose, reason) in cases {
            let answer = world.check(t, &subject, purpose).await.expect(200);
            assert_eq!((answer.json["allow"].as_bool(), answer.json["reason"].as_str()), (Some(false), Some(reason)), "{purpose}");
            assert_eq!(answer.json["rely_ms"], 60_000, "a no may be kept for a minute");
        }
        let omilon = world.example("omilon").await;
        assert_eq!(verdict(&world, &omilon, &subject, "omilon.fakturainformation").await, (true, "LEGAL_OBLIGATION".into()));

        world.record(&loomer, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let plain = world.check(&loomer, &subject, ANALYTICS).await.expect(200);
        assert!(plain.text.len() < 250, "{} bytes: {}", plain.text.len(), plain.text);
        assert!(plain.json["rely_ms"].as_u64().expect("a number") <= 5_000);
        world.withdraw(&loomer, &subject, &["loomer.analysera-utvardera"]).await.expect(201);
        let (allow, _) = verdict(&world, &loomer, &subject, "loomer.analysera-utvardera").await;
        assert!(!allow, "an objection to what rests on legitimate interest stands");
    }

    /// Protects `rely_ms` (decisions.md 4): a consent about a special category, or for forwarding, is checked each
    /// time.
    async fn a_sensitive_allow_may_not_be_kept(world: World) {
        let t = world.example("ommej").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[("ommej.appsvar", "given")]).await.expect(201);
        world.record(&t, &subject, 1, &[("ommej.appkonto", "given")]).await.expect(201);
        let rely = async |purpose: &str, op: &str| {
            let answer = ask(&world, &t, &json!({"subject": subject, "purpose": purpose, "op": op})).await.expect(200);
            assert_eq!(answer.json["allow"], true, "{}", answer.text);
            answer.json["rely_ms"].as_u64().expect("a number")
        };
        assert_eq!(rely("ommej.appsvar", "read").await, 0);
        assert_eq!(rely("ommej.appkonto", "forward").await, 0);
        assert_eq!(rely("ommej.appkonto", "process").await, 5_000);
    }

    /// Protects batches: results come in the order of the questions, each as if asked alone. Too many, none, or an
    /// invalid question are refused with a pointer into the batch.
    async fn a_batch_is_many_checks_in_order(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let purposes = ["loomer.nobody-knows", ANALYTICS, "loomer.cookies-tredjepart", ANALYTICS];
        let question = |purpose: &str| json!({"subject": subject, "purpose": purpose});
        let batch = async |checks: Vec<Value>| world.post("/v1/check/batch", &t.keys.service, &json!({"checks": checks})).await;
        let answer = batch(purposes.map(question).to_vec()).await.expect(200);
        for (i, purpose) in purposes.iter().enumerate() {
            let alone = world.check(&t, &subject, purpose).await.expect(200);
            assert_eq!(answer.json["verdicts"][i], alone.json, "{purpose}");
        }
        assert_eq!(answer.json["verdicts"].as_array().expect("a list").len(), 4);
        batch(vec![question(ANALYTICS); 100]).await.expect(200);
        for wrong in [vec![question(ANALYTICS); 101], Vec::new()] {
            let answer = batch(wrong).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(answer.json["violations"][0]["field"], "/checks");
        }
        let mut forged = question(ANALYTICS);
        forged["at_least"] = "AAAA".into();
        let answer = batch(vec![question(ANALYTICS), forged]).await.expect_problem(422, "POSITION_INVALID");
        assert_eq!(answer.json["violations"][0]["field"], "/checks/1/at_least");
        let answer = batch(vec![question(ANALYTICS), json!({"subject": subject})]).await.expect_problem(422, "FIELD_INVALID");
        assert_eq!(answer.json["violations"][0]["field"], "/checks/1/purpose");
    }

    /// Protects `explain`: it names the row, the event and the notice that decided; without it these are left out.
    async fn explain_names_the_row_the_event_and_the_notice(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let given = world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let answer = ask(&world, &t, &json!({"subject": subject, "purpose": ANALYTICS, "explain": true})).await.expect(200);
        let explain = &answer.json["explain"];
        assert_eq!((&explain["row"], &explain["event_id"], &explain["notice"]),
            (&json!(32), &given.json["event_id"], &json!(t.notice)), "{}", answer.text);
        assert!(world.check(&t, &subject, ANALYTICS).await.json.get("explain").is_none());
    }

    /// Protects C3: a position is honoured, and one of another log or a forged one is refused, also in checks of the past.
    async fn a_position_is_honoured_or_refused(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let subject = world.subject();
        let given = world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let foreign = world.check(&other, &subject, "omilon.statistik").await.expect(200);
        let index = given.json["index"].as_u64().expect("an index");
        let forged = Position::of(1, index, &[0; 32]).token(&Secret::from_bytes([7; 32]));
        for past in [false, true] {
            let question = |at_least: &Value| demand(&world, &subject, at_least, past);
            let answer = ask(&world, &t, &question(&given.json["position"])).await.expect(200);
            assert_eq!((&answer.json["allow"], &answer.json["position"]), (&json!(true), &given.json["position"]), "past: {past}");
            for bad in [&foreign.json["position"], &json!(forged), &json!("")] {
                ask(&world, &t, &question(bad)).await.expect_problem(422, "POSITION_INVALID");
            }
        }
        // An earlier position, whose leaf the log still holds.
        world.record(&t, &world.subject(), 0, &[(ANALYTICS, "given")]).await.expect(201);
        for past in [false, true] {
            let answer = ask(&world, &t, &demand(&world, &subject, &given.json["position"], past)).await.expect(200);
            assert_eq!(answer.json["allow"], true, "past: {past}");
        }
    }

    /// Protects C3: a genuine position of this epoch that the log does not hold, beyond its end or with another leaf, tells
    /// that it lost something acknowledged. The check denies, and so does every later one.
    async fn a_position_that_the_log_lost_freezes_it(world: World) {
        for (i, name) in ["loomer", "omilon", "ommej"].into_iter().enumerate() {
            let (t, other) = (world.example(name).await, world.subject());
            let tenant = audit::tenant(&world.server.app, &t.log).await;
            let (head, _) = tenant.runtime.head();
            let lost = [
                Position::of(head.epoch, head.index + 1, &[0; 32]),
                Position::of(head.epoch, head.index, &[9; 32]),
                Position::of(head.epoch, head.index - 1, &[9; 32]),
            ];
            let token = json!(lost[i].token(&tenant.secrets.position));
            let asked = ask(&world, &t, &demand(&world, &other, &token, i == 2)).await.expect(200);
            assert_eq!((asked.json["allow"].as_bool(), asked.json["reason"].as_str(), asked.json["rely_ms"].as_u64()),
                (Some(false), Some("FAILCLOSED_TOKEN_LOST"), Some(0)), "{name}");
            let later = world.check(&t, &other, ANALYTICS).await.expect(200);
            assert_eq!(later.json["reason"], "FAILCLOSED_RECOVERING", "{name}");
        }
    }

    /// Protects a log that a recovery has moved to a new epoch: an older token denies, and freezes nothing.
    async fn a_position_of_another_epoch_only_denies(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let tenant = audit::tenant(&world.server.app, &t.log).await;
        let (head, _) = tenant.runtime.head();
        let earlier = json!(Position { epoch: head.epoch - 1, ..head }.token(&tenant.secrets.position));
        let asked = ask(&world, &t, &demand(&world, &subject, &earlier, false)).await.expect(200);
        assert_eq!(asked.json["reason"], "FAILCLOSED_TOKEN_LOST");
        assert_eq!(world.check(&t, &subject, ANALYTICS).await.json["allow"], true);
    }

    /// Protects checks of the past (E17): they use the events known at that time, and the register of the moment that they
    /// are about, whatever came later. The current verdict does not use them.
    async fn the_past_is_answered_from_what_was_known_then(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let now = || samtycke_core::wire::format_rfc3339(samtycke_server::clock::Clock::now(&*world.clock));
        world.clock.advance(60_000);
        let before = now();
        world.clock.advance(60_000);
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        world.clock.advance(60_000);
        let given = now();
        world.clock.advance(60_000);
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        world.clock.advance(60_000);
        let withdrawn = now();
        world.clock.advance(60_000);
        go_live(&world, &t, &with_analysis(&register("loomer"), ANALYTICS, "retired = true")).await;
        world.clock.advance(60_000);

        let then = async |field: &str, at: &str| {
            let answer = ask(&world, &t, &json!({"subject": subject, "purpose": ANALYTICS, field: at})).await.expect(200);
            answer.json["reason"].as_str().expect("a reason").to_owned()
        };
        assert_eq!(then("as_of", &before).await, "CONSENT_MISSING");
        assert_eq!(then("as_of", &given).await, "CONSENT_VALID");
        assert_eq!(then("as_of", &withdrawn).await, "CONSENT_WITHDRAWN");
        assert_eq!(then("known_at", &withdrawn).await, "PURPOSE_RETIRED", "the events known then, by the register of now");
        assert_eq!(then("as_of", &now()).await, "PURPOSE_RETIRED");
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await.1, "PURPOSE_RETIRED");
        assert_eq!(then("as_of", "2001-01-01T00:00:00Z").await, "PURPOSE_UNKNOWN", "there was no register");
        let wrong = json!({"subject": subject, "purpose": ANALYTICS, "as_of": "then"});
        let answer = ask(&world, &t, &wrong).await.expect_problem(422, "FIELD_INVALID");
        assert_eq!(answer.json["violations"][0]["field"], "/as_of");
    }

    /// Protects decisions.md 2.2: a narrower register is in force before its publication is acknowledged. A register
    /// that only adds words leaves consents unchanged.
    async fn a_register_is_in_force_when_its_publication_is_answered(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let words = format!("# reviewed\n{}", register("loomer"));
        let retired = with_analysis(&register("loomer"), ANALYTICS, "retired = true");
        // A retired purpose that returns needs a new consent.
        for (text, expected) in [(words, "CONSENT_VALID"), (retired, "PURPOSE_RETIRED"), (register("loomer"), "NOTICE_STALE")] {
            go_live(&world, &t, &text).await;
            assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await.1, expected);
        }
    }

    /// Protects rows 30-32: a notice that asks for something else makes a consent stale; showing the old notice again
    /// makes it count again.
    async fn a_notice_that_asks_anew_makes_the_answer_stale(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let words = register("loomer").replacen("title_en = \"", "title_en = \"Now: ", 1);
        go_live(&world, &t, &words).await;
        let changed = world.post("/v1/notices", &t.keys.editor, &json!({"site": t.site})).await.expect(201);
        let hash = changed.json["hash"].as_str().expect("a hash");
        let publish = async |hash: &str, body: Value| {
            world.post(&format!("/v1/notices/{hash}/publish"), &t.keys.publisher, &body).await.expect(200)
        };
        publish(hash, json!({"classes": {ANALYTICS: "material_consent"}})).await;
        let stale = world.check(&t, &subject, ANALYTICS).await.expect(200);
        assert_eq!((stale.json["reason"].as_str(), stale.json["may_ask"].as_bool()), (Some("NOTICE_STALE"), Some(true)));
        publish(&t.notice, json!({"classes": {}})).await;
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await, (true, "NOTICE_EQUIVALENT".into()));
    }

    /// Protects C1 on PostgreSQL: every server at once sees what one server acknowledged: withdrawals, registers,
    /// notices, revoked keys and sites, in each direction.
    async fn two_servers_are_one(world: World) {
        if world.engine == Engine::Sqlite {
            // The embedded database has one server; a command-line test covers the refusal of a second.
            return;
        }
        let t = world.example("loomer").await;
        let second = world.second_server().await;
        let subject = world.subject();
        let there = async |path: &str, key: &str, body: &Value| {
            second.send(&world.http, reqwest::Method::POST, path, key, Some(body)).await
        };
        let question = json!({"subject": subject, "purpose": ANALYTICS});
        let reason = async || there("/v1/check", &t.keys.service, &question).await.expect(200).json["reason"].clone();
        assert_eq!(reason().await, "CONSENT_MISSING");
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        assert_eq!(reason().await, "CONSENT_VALID");
        world.withdraw(&t, &subject, &[ANALYTICS]).await.expect(201);
        assert_eq!(reason().await, "CONSENT_WITHDRAWN");
        there("/v1/consents", &t.keys.service, &world.consent(&t, &subject, 2, &[(ANALYTICS, "given")])).await.expect(201);
        assert_eq!(verdict(&world, &t, &subject, ANALYTICS).await.1, "CONSENT_VALID");

        go_live(&world, &t, &with_analysis(&register("loomer"), ANALYTICS, "retired = true")).await;
        assert_eq!(reason().await, "PURPOSE_RETIRED");
        go_live(&world, &t, &register("loomer")).await;
        let notice = new_notice(&world, &t).await;
        let mut body = world.consent(&t, &subject, 3, &[(ANALYTICS, "given")]);
        body["notice"] = notice.into();
        there("/v1/consents", &t.keys.service, &body).await.expect(201);

        let role = json!({"role": "service", "label": ""});
        let made = there("/v1/keys", &t.keys.operator, &role).await.expect(201);
        let (key, id) = (made.json["key"].as_str().expect("a key"), made.json["key_id"].as_str().expect("its name"));
        world.post("/v1/check", key, &question).await.expect(200);
        world.send(reqwest::Method::DELETE, &format!("/v1/keys/{id}"), &t.keys.operator, None).await.expect(204);
        there("/v1/check", key, &question).await.expect_problem(401, "UNAUTHENTICATED");

        let notice = format!("/v1/sites/{}/notice", t.site);
        let shown = async || second.send(&world.http, reqwest::Method::GET, &notice, &t.keys.publishable, None).await;
        shown().await.expect(200);
        world.send(reqwest::Method::DELETE, &format!("/v1/sites/{}", t.site), &t.keys.operator, None).await.expect(204);
        shown().await.expect_problem(403, "ORIGIN_NOT_ALLOWED");
    }
}
