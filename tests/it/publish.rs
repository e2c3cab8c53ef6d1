//! Concurrent publications: each is compared with the version that was live right before it.

use std::sync::Arc;

use samtycke_core::notice::{Publication, PublicationKind};
use samtycke_server::admin;
use samtycke_server::register;
use samtycke_server::tenant::Tenant;
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, both};
use serde_json::{Value, json};

use crate::support::{go_live, new_notice, register as file, with_analysis, without};

const ANALYTICS: &str = "loomer.cookies-analys";
const FORWARDING: &str = "loomer.vidareformedling-kontaktuppgifter";

async fn tenant(world: &World, t: &Tenancy) -> Arc<Tenant> {
    let log = t.log.parse().expect("a log");
    let found = world.server.app.tenants.by_log(&log).await;
    found.expect("a read").expect("the tenant")
}

async fn draft(world: &World, t: &Tenancy, text: &str) -> u64 {
    let tenant = tenant(world, t).await;
    let drafted = register::draft(&world.server.app.registers, &tenant, text).await;
    drafted.expect("a draft").version
}

fn of(tenant: &Tenant, kind: PublicationKind) -> Vec<&Publication> {
    let all = tenant.publications.iter();
    all.filter(|publication| publication.kind == kind).collect()
}

/// The register with another category of data of one purpose, so that people must be asked again.
fn wider(text: &str) -> String {
    let at = text
        .find(&format!("id = \"{ANALYTICS}\""))
        .expect("a purpose");
    let (before, after) = text.split_at(at);
    format!(
        "{before}{}",
        after.replacen("[\"cookies\"]", "[\"cookies\", \"hälsa\"]", 1)
    )
}

/// Publishes a version of the register over the API.
async fn publishes(world: &World, t: &Tenancy, version: u64, body: Value) -> Answer {
    let mut body = body;
    body["version"] = json!(version);
    world
        .post("/v1/register/publish", &t.keys.publisher, &body)
        .await
}

async fn reason(world: &World, t: &Tenancy, subject: &str, purpose: &str) -> String {
    let answer = world.check(t, subject, purpose).await.expect(200);
    answer.json["reason"].as_str().expect("a reason").to_owned()
}

/// The purposes that the site's banner asks about.
async fn asked(world: &World, t: &Tenancy) -> String {
    let path = format!("/v1/banner/{}", t.keys.publishable);
    let document = world.get(&path, &t.keys.publishable).await.expect(200);
    document.json["purposes"].to_string()
}

/// Each names the previous one.
fn assert_chained(publications: &[&Publication]) {
    for pair in publications.windows(2) {
        assert_eq!(pair[1].previous.as_ref(), Some(&pair[0].hash));
    }
}

both! {
    /// Protects readers of the log's history, and people who must be asked again: a register that goes live in between
    /// is not skipped.
    async fn a_register_is_held_against_the_one_before_it(world: World) {
        let t = world.example("loomer").await;
        let app = &world.server.app;
        let two = draft(&world, &t, &without(&file("loomer"), ANALYTICS)).await;
        // As a caller sees it that read before the second went live.
        let seen = tenant(&world, &t).await;
        register::publish(&app.registers, &seen, Some(two), None).await.expect("live");
        let back = register::publish(&app.registers, &seen, Some(1), None).await.expect("live");
        let classes: Vec<_> = back.classes.keys().map(ToString::to_string).collect();
        assert_eq!(classes, [ANALYTICS], "against the second, not against itself");

        // And concurrently, in one batch or in two.
        for _ in 0..4 {
            let seen = tenant(&world, &t).await;
            let (one, other) = tokio::join!(register::publish(&app.registers, &seen, Some(1), None), register::publish(&app.registers, &seen, Some(two), None));
            one.and(other).expect("live");
        }
        let now = tenant(&world, &t).await;
        let registers = of(&now, PublicationKind::Register);
        assert_eq!(registers.len(), 11);
        assert_chained(&registers);
        let live = now.register.as_ref().expect("one").register.hash();
        assert_eq!(live, &registers[10].hash, "the last one is live");
    }

    async fn a_notice_is_held_against_the_one_before_it(world: World) {
        let t = world.example("loomer").await;
        let app = &world.server.app;
        let about = json!({"site": t.site, "about": "terminal"});
        let second = world.post("/v1/notices", &t.keys.editor, &about).await.expect(201);
        let second = second.json["hash"].as_str().expect("a hash").parse().expect("a hash");
        let first = t.notice.parse().expect("a hash");
        for _ in 0..4 {
            let seen = tenant(&world, &t).await;
            let (one, other) = tokio::join!(register::publish_notice(&app.registers, &seen, &first, None, None), register::publish_notice(&app.registers, &seen, &second, None, None));
            one.and(other).expect("live");
        }
        let now = tenant(&world, &t).await;
        assert_chained(&of(&now, PublicationKind::Notice));
        register::publish_notice(&app.registers, &now, &first, None, None).await.expect("live");
        let seen = tenant(&world, &t).await;
        register::publish_notice(&app.registers, &seen, &second, None, None).await.expect("live");
        let back = register::publish_notice(&app.registers, &seen, &first, None, None).await.expect("live");
        assert!(back.classes.keys().any(|id| id.as_str() == FORWARDING), "against the second, not against itself: {back:?}");
    }

    /// E19: the words of a notice tell of the register that it was stored for. After a change that needs consent it is
    /// published only once it is stored anew.
    async fn an_old_notice_is_not_published_after_a_change(world: World) {
        let t = world.example("loomer").await;
        let early = world.post("/v1/notices", &t.keys.editor, &json!({"site": t.site, "about": "terminal"})).await.expect(201);
        let version = draft(&world, &t, &wider(&file("loomer"))).await;
        publishes(&world, &t, version, json!({"unasked": true})).await.expect(200);
        let never_published = early.json["hash"].as_str().expect("a hash");
        for hash in [t.notice.as_str(), never_published] {
            let path = format!("/v1/notices/{hash}/publish");
            let refused = world.post(&path, &t.keys.publisher, &json!({})).await.expect_problem(409, "NOTICE_OUTDATED");
            let said = refused.json["violations"][0]["message"].as_str().expect("a text");
            assert!(said.contains(ANALYTICS), "{said}");
        }
        assert!(!asked(&world, &t).await.contains(ANALYTICS));
        new_notice(&world, &t).await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        // The register goes back, and so may the words that were made for it.
        publishes(&world, &t, 1, json!({"unasked": true})).await.expect(200);
        world.post(&format!("/v1/notices/{}/publish", t.notice), &t.keys.publisher, &json!({})).await.expect(200);
    }

    /// E19: a register that brings a notice which it outgrows is refused as a whole.
    async fn a_register_does_not_come_with_an_old_notice(world: World) {
        let t = world.example("loomer").await;
        let early = world.post("/v1/notices", &t.keys.editor, &json!({"site": t.site, "about": "terminal"})).await.expect(201);
        let version = draft(&world, &t, &wider(&file("loomer"))).await;
        for unasked in [false, true] {
            let with = json!({"notices": [early.json["hash"]], "unasked": unasked});
            let refused = publishes(&world, &t, version, with).await.expect_problem(409, "NOTICE_OUTDATED");
            assert_eq!(refused.json["violations"][0]["field"], "/notices/0", "{}", refused.text);
        }
        assert_eq!(of(&*tenant(&world, &t).await, PublicationKind::Register).len(), 1, "nothing was published");
        assert!(asked(&world, &t).await.contains(ANALYTICS));
    }

    async fn a_notice_that_the_register_contradicts_is_refused(world: World) {
        let t = world.example("loomer").await;
        go_live(&world, &t, &without(&file("loomer"), ANALYTICS)).await;
        let path = format!("/v1/notices/{}/publish", t.notice);
        world.post(&path, &t.keys.publisher, &json!({})).await.expect_problem(422, "NOTICE_INVALID");
    }

    /// Protects four-eyes publication: a key revoked while its publication waited publishes nothing.
    async fn a_key_that_was_revoked_meanwhile_publishes_nothing(world: World) {
        let t = world.example("loomer").await;
        let app = &world.server.app;
        let key = world.post("/v1/keys", &t.keys.operator, &json!({"role": "publisher"})).await.expect(201);
        let key_id = key.json["key_id"].as_str().expect("a name").to_owned();
        let seen = tenant(&world, &t).await;
        admin::revoke_key(&app.admin, &seen, &key_id, None).await.expect("revoked");
        let refused = register::publish(&app.registers, &seen, Some(1), Some(&key_id)).await.expect_err("refused");
        assert_eq!(refused.kind.reason(), "UNAUTHENTICATED");
        assert_eq!(of(&*tenant(&world, &t).await, PublicationKind::Register).len(), 1);
    }

    /// E19: a question that a register outgrows is not asked behind its back.
    async fn a_register_waits_for_the_notices_that_it_outdates(world: World) {
        let t = world.example("loomer").await;
        let version = draft(&world, &t, &wider(&file("loomer"))).await;
        let refused = publishes(&world, &t, version, json!({})).await.expect_problem(409, "NOTICE_OUTDATED");
        let said = refused.json["violations"][0]["message"].as_str().expect("a text");
        assert!(said.contains(ANALYTICS) && said.contains(t.site.as_str()), "{said}");
        assert_eq!(of(&*tenant(&world, &t).await, PublicationKind::Register).len(), 1);

        let notice = world.post("/v1/notices", &t.keys.editor, &json!({"site": t.site, "register_version": version})).await.expect(201);
        let hash = notice.json["hash"].as_str().expect("a hash");
        let published = publishes(&world, &t, version, json!({"notices": [hash]})).await.expect(200);
        assert_eq!(published.json["notices"][0]["hash"], hash);
        let shown = world.get(&format!("/v1/sites/{}/notice", t.site), &t.keys.editor).await.expect(200);
        assert_eq!(shown.json["hash"], hash);
        let again = format!("sha256:{}", "0".repeat(64));
        publishes(&world, &t, 1, json!({"notices": [again]})).await.expect_problem(422, "NOTICE_INVALID");
    }

    /// E19: without a new notice, no site asks about the purpose.
    async fn a_purpose_can_wait_unasked_for_its_notice(world: World) {
        let t = world.example("loomer").await;
        assert!(asked(&world, &t).await.contains(ANALYTICS));
        let version = draft(&world, &t, &wider(&file("loomer"))).await;
        publishes(&world, &t, version, json!({"unasked": true})).await.expect(200);
        assert!(!asked(&world, &t).await.contains(ANALYTICS));
        new_notice(&world, &t).await;
        assert!(asked(&world, &t).await.contains(ANALYTICS));
    }

    /// E19: a register that narrows is never kept from it.
    async fn a_register_that_narrows_goes_live_at_once(world: World) {
        let t = world.example("loomer").await;
        for narrower in ["depends_on = [\"loomer.stavja-missbruk\"]", "depends_on = [\"loomer.stavja-missbruk\"]\nretired = true"] {
            let text = with_analysis(&file("loomer"), ANALYTICS, narrower);
            let version = draft(&world, &t, &text).await;
            publishes(&world, &t, version, json!({})).await.expect(200);
        }
    }

    /// E16: an id that was dropped comes back with another meaning. The old consent does not cover it.
    async fn a_purpose_that_returns_with_another_meaning_is_asked_again(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        go_live(&world, &t, &without(&file("loomer"), ANALYTICS)).await;
        assert_eq!(reason(&world, &t, &subject, ANALYTICS).await, "PURPOSE_UNKNOWN");
        let version = draft(&world, &t, &wider(&file("loomer"))).await;
        publishes(&world, &t, version, json!({})).await.expect_problem(409, "NOTICE_OUTDATED");
        publishes(&world, &t, version, json!({"unasked": true})).await.expect(200);
        assert_eq!(reason(&world, &t, &subject, ANALYTICS).await, "NOTICE_STALE");
    }

    /// E16: the same meaning is not another one: people are told, and not asked again.
    async fn a_purpose_that_returns_unchanged_keeps_its_consents(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        go_live(&world, &t, &without(&file("loomer"), ANALYTICS)).await;
        go_live(&world, &t, &file("loomer")).await;
        let answer = world.check(&t, &subject, ANALYTICS).await.expect(200);
        assert_eq!((&answer.json["reason"], &answer.json["obligations"]), (&json!("CONSENT_VALID"), &json!(["deliver_notice"])));
    }

    /// E19: one leaf, no event per person, in force before it is acknowledged.
    async fn an_invalidated_notice_carries_no_consent(world: World) {
        const THIRD_PARTY: &str = "loomer.cookies-tredjepart";
        let t = world.example("loomer").await;
        let (subject, late) = (world.subject(), world.subject());
        let given = [(ANALYTICS, "given"), (THIRD_PARTY, "given")];
        let recorded = world.record(&t, &subject, 0, &given).await.expect(201);
        let path = format!("/v1/notices/{}/invalidate", t.notice);
        let body = json!({"purposes": [ANALYTICS], "cause": "the text named the wrong recipient"});
        let proposed = world.post(&path, &t.keys.dpo, &body).await.expect(202);
        assert_eq!(proposed.json["consents"], 1);
        assert_eq!(reason(&world, &t, &subject, ANALYTICS).await, "CONSENT_VALID", "a proposal changes nothing");
        let body = json!({"purposes": [ANALYTICS], "cause": body["cause"], "proposal": proposed.json["proposal"]});
        let answer = world.post(&path, &t.keys.publisher, &body).await.expect(200);
        assert_eq!((&answer.json["consents"], &answer.json["purposes"]), (&json!(1), &json!([ANALYTICS])));
        assert_eq!(reason(&world, &t, &subject, ANALYTICS).await, "CONSENT_INVALIDATED");
        assert_eq!(reason(&world, &t, &subject, THIRD_PARTY).await, "CONSENT_VALID");
        let check = world.check(&t, &subject, ANALYTICS).await.expect(200);
        assert_eq!(check.json["seq"], recorded.json["seq"], "no event of the person");
        assert!(!asked(&world, &t).await.contains(ANALYTICS));

        let republished = format!("/v1/notices/{}/publish", t.notice);
        world.post(&republished, &t.keys.publisher, &json!({})).await.expect(200);
        world.record(&t, &late, 0, &given).await.expect(201);
        assert_eq!(reason(&world, &t, &late, ANALYTICS).await, "CONSENT_VALID");
        assert_eq!(reason(&world, &t, &subject, ANALYTICS).await, "CONSENT_INVALIDATED");
    }

    /// E19: it takes two people, who say the same.
    async fn nobody_invalidates_a_notice_alone(world: World) {
        let t = world.example("loomer").await;
        let path = format!("/v1/notices/{}/invalidate", t.notice);
        let body = json!({"purposes": [ANALYTICS], "cause": "wrong"});
        let proposed = world.post(&path, &t.keys.dpo, &body).await.expect(202);
        let with = |change: &dyn Fn(&mut Value)| {
            let mut body = body.clone();
            body["proposal"] = proposed.json["proposal"].clone();
            change(&mut body);
            body
        };
        for (key, body) in [
            (&t.keys.publisher, body.clone()),
            (&t.keys.publisher, with(&|b| b["proposal"] = json!("AAAA"))),
            (&t.keys.publisher, with(&|b| b["cause"] = json!("another"))),
            (&t.keys.publisher, with(&|b| b["purposes"] = json!([ANALYTICS, FORWARDING]))),
            (&t.keys.publisher, with(&|b| b["effective_from"] = json!("2026-01-02T00:00:00Z"))),
            (&t.keys.dpo, with(&|_| {})),
        ] {
            let refused = world.post(&path, key, &body).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(refused.json["violations"][0]["field"], "/proposal", "{body}");
        }
        world.clock.advance(7 * 86_400_000);
        world.post(&path, &t.keys.publisher, &with(&|_| {})).await.expect_problem(422, "FIELD_INVALID");
    }

    /// E19: what one person proposed once, another confirms once. The consents of the time after are not theirs to end.
    async fn a_proposal_counts_once(world: World) {
        let t = world.example("loomer").await;
        let path = format!("/v1/notices/{}/invalidate", t.notice);
        let republished = format!("/v1/notices/{}/publish", t.notice);
        let mut body = json!({"purposes": [ANALYTICS], "cause": "wrong"});
        let proposal = async || world.post(&path, &t.keys.dpo, &json!({"purposes": [ANALYTICS], "cause": "wrong"})).await.expect(202).json["proposal"].clone();
        body["proposal"] = proposal().await;
        world.post(&path, &t.keys.publisher, &body).await.expect(200);
        let late = world.subject();
        for again in [false, true] {
            if again {
                body["proposal"] = proposal().await;
            }
            world.post(&republished, &t.keys.publisher, &json!({})).await.expect(200);
            world.record(&t, &late, u64::from(again), &[(ANALYTICS, "given")]).await.expect(201);
            let refused = world.post(&path, &t.keys.publisher, &body).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(refused.json["violations"][0]["field"], "/proposal", "{}", refused.text);
            assert_eq!(reason(&world, &t, &late, ANALYTICS).await, "CONSENT_VALID");
        }
    }

    async fn an_invalidation_that_names_nothing_real_is_refused(world: World) {
        let t = world.example("loomer").await;
        let path = format!("/v1/notices/{}/invalidate", t.notice);
        let good = json!({"purposes": [ANALYTICS], "cause": "wrong", "effective_from": "2026-01-02T00:00:00Z"});
        for (field, value, reason) in [
            ("purposes", json!([]), "FIELD_INVALID"),
            ("purposes", json!(["loomer.stavja-missbruk"]), "PURPOSE_NOT_IN_NOTICE"),
            ("cause", json!(" "), "FIELD_INVALID"),
            ("cause", json!("said by anna@example.com"), "PERSONAL_IDENTIFIER"),
            ("effective_from", json!("2999-01-01T00:00:00Z"), "FIELD_INVALID"),
            ("effective_from", json!("yesterday"), "FIELD_INVALID"),
        ] {
            let mut body = good.clone();
            body[field] = value;
            world.post(&path, &t.keys.dpo, &body).await.expect_problem(422, reason);
        }
        let unknown = format!("/v1/notices/sha256:{}/invalidate", "0".repeat(64));
        world.post(&unknown, &t.keys.publisher, &good).await.expect_problem(404, "NOT_FOUND");
    }

    /// E6: a person who is told can take back an objection, though nothing is asked.
    async fn an_objection_to_what_is_told_can_be_taken_back(world: World) {
        const DEMO: &str = "ommej.demo";
        let t = world.example("ommej").await;
        let subject = world.subject();
        let objection = json!({"event_id": world.event_id(), "subject": subject, "decisions": [{"purpose": DEMO, "decision": "objected"}]});
        let objected = world.post("/v1/withdrawals", &t.keys.service, &objection).await.expect(201);
        let seq = objected.json["seq"].as_u64().expect("a number");
        let back = world.record(&t, &subject, seq, &[(DEMO, "objection_retracted")]).await.expect(201);
        assert_eq!(back.json["decisions"][0]["outcome"], "effective", "{}", back.text);
        world.record(&t, &subject, seq + 1, &[("ommej.kop", "objection_retracted")]).await.expect_problem(422, "PURPOSE_NOT_ASKED");
    }

    /// E13: the terminal's question under a contract can be answered, and the gate then opens.
    async fn a_terminal_under_a_contract_is_asked_and_answered(world: World) {
        const SERVICES: &str = "loomer.tillhandahalla-tjansterna";
        let text = with_analysis(&file("loomer"), SERVICES, "terminal_access = true");
        let t = world.tenancy("loomer", &text).await;
        let subject = world.subject();
        assert!(asked(&world, &t).await.contains(SERVICES));
        assert_eq!(reason(&world, &t, &subject, SERVICES).await, "TERMINAL_CONSENT_MISSING");
        world.record(&t, &subject, 0, &[(SERVICES, "given")]).await.expect(201);
        assert_eq!(reason(&world, &t, &subject, SERVICES).await, "CONTRACT_MISSING");
    }
}
