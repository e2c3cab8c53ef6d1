//! Permissions, and isolation between tenants. The source keeps the list of routes complete.

use std::collections::BTreeSet;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use reqwest::Method;
use samtycke_core::id::SubjectId;
use samtycke_server::tenant::Role;
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, both};
use serde_json::{Value, json};

use crate::support::{raw, register};

const ANALYTICS: &str = "loomer.cookies-analys";
const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";
/// The capability that every browser here sends; its subject is used by no other test.
const CAPABILITY: [u8; 32] = [9; 32];

/// A route, a well-formed request to it, and the roles that may send it.
struct Case {
    method: Method,
    pattern: &'static str,
    path: String,
    body: Option<String>,
    allowed: &'static [Role],
}

const EVERYBODY: &[Role] = &Role::ALL;
const SUBJECTS: &[Role] = &[Role::Service, Role::Dpo];
const PROOFS: &[Role] = &[Role::Auditor, Role::Dpo];
const DRAFTS: &[Role] = &[Role::Editor, Role::Publisher];
const READS: &[Role] = &[
    Role::Editor,
    Role::Publisher,
    Role::Dpo,
    Role::Auditor,
    Role::Service,
];
const ENDS: &[Role] = &[Role::Editor, Role::Publisher, Role::Service, Role::Dpo];
const SITES: &[Role] = &[Role::Operator, Role::Editor, Role::Publisher];
/// No key alone: a publishable key with the capability of a linked guardian.
const GUARDIANS: &[Role] = &[];
/// Only the instance's own key.
const INSTANCE: &[Role] = &[];

/// Every route that takes a key, with requests about the tenant's own data.
fn cases(world: &World, t: &Tenancy, subject: &str, event: &str) -> Vec<Case> {
    let case = |method, pattern: &'static str, allowed, body: Option<Value>| Case {
        path: pattern
            .replace("/{site}/notice", &format!("/{}/notice", t.site))
            .replace("/{site}", "/www.nobody.example")
            .replace("{hash}", &t.notice)
            .replace("{subject}", subject)
            .replace("{event}", event)
            .replace("{campaign}", "spring")
            .replace("{asset}", "spring-014")
            .replace("{takedown}", "t_AAAAAAAAAAAAAAAAAAAAAA")
            .replace("{key_id}", "k_000000000000")
            .replace("{link}", "l_0000000000000000"),
        method,
        pattern,
        body: body.map(|b| b.to_string()),
        allowed,
    };
    let (get, post, put, delete) = (Method::GET, Method::POST, Method::PUT, Method::DELETE);
    let check = json!({"subject": subject, "purpose": ANALYTICS});
    let no = json!({"event_id": world.event_id(), "subject": subject,
        "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
    let mut all = vec![
        case(post.clone(), "/v1/check", SUBJECTS, Some(check.clone())),
        case(
            post.clone(),
            "/v1/check/batch",
            SUBJECTS,
            Some(json!({"checks": [check]})),
        ),
        case(
            post.clone(),
            "/v1/cookie",
            &[Role::Publishable],
            Some(json!({"subject": SubjectId::from_capability(&CAPABILITY)})),
        ),
        case(
            post.clone(),
            "/v1/cookie/check",
            &[Role::Service],
            Some(json!({"cookie": "r.1.fu7.9f86d081", "purposes": [ANALYTICS]})),
        ),
        case(
            post.clone(),
            "/v1/consents",
            &[Role::Service],
            Some(world.consent(t, subject, 9, &[(ANALYTICS, "given")])),
        ),
        case(
            post.clone(),
            "/v1/consents/{event}/use",
            &[Role::Service],
            Some(json!({"event_id": world.event_id(), "subject": subject, "purpose": FORWARD})),
        ),
        case(
            post.clone(),
            "/v1/links",
            &[Role::Service],
            Some(json!({"subject": subject, "notice": t.notice, "purposes": [ANALYTICS]})),
        ),
        case(delete.clone(), "/v1/links/{link}", &[Role::Service], None),
        case(
            post.clone(),
            "/v1/prompts",
            &[Role::Service, Role::Publishable],
            Some(json!({"notice": t.notice, "language": "sv"})),
        ),
        case(get.clone(), "/v1/sites/{site}/notice", EVERYBODY, None),
        case(get.clone(), "/v1/notices/{hash}", EVERYBODY, None),
        case(
            get.clone(),
            "/v1/subjects/{subject}/decisions",
            SUBJECTS,
            None,
        ),
        case(
            get.clone(),
            "/v1/subjects/{subject}/history",
            SUBJECTS,
            None,
        ),
        case(get.clone(), "/v1/events/{event}/proof", PROOFS, None),
        case(post.clone(), "/v1/withdrawals", SUBJECTS, Some(no)),
        // The kind decides which of the two may send it.
        case(
            post.clone(),
            "/v1/events",
            &[Role::Service],
            Some(
                json!({"event_id": world.event_id(), "subject": subject, "kind": "terms.accepted",
                "data": {"terms": "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08", "version": "1"}}),
            ),
        ),
        case(
            post.clone(),
            "/v1/subjects/{subject}/decisions",
            GUARDIANS,
            Some(
                json!({"event_id": world.event_id(), "purpose": ANALYTICS, "decision": "withdrawn"}),
            ),
        ),
        case(get.clone(), "/v1/objections", SUBJECTS, None),
        case(
            post.clone(),
            "/v1/subjects",
            &[Role::Service],
            Some(json!({"identifier": "a-1", "domain": "account"})),
        ),
        case(get.clone(), "/v1/register", READS, None),
        case(
            post.clone(),
            "/v1/register/publish",
            &[Role::Publisher],
            Some(json!({})),
        ),
        case(
            post.clone(),
            "/v1/notices",
            DRAFTS,
            Some(json!({"site": t.site})),
        ),
        case(
            post.clone(),
            "/v1/notices/{hash}/publish",
            &[Role::Publisher],
            Some(json!({})),
        ),
        case(
            post.clone(),
            "/v1/notices/{hash}/invalidate",
            &[Role::Publisher, Role::Dpo],
            Some(json!({"purposes": [], "cause": "wrong"})),
        ),
        case(
            post.clone(),
            "/v1/keys",
            &[Role::Operator],
            Some(json!({"role": "auditor", "label": ""})),
        ),
        case(get.clone(), "/v1/keys", &[Role::Operator], None),
        case(delete.clone(), "/v1/keys/{key_id}", &[Role::Operator], None),
        case(
            post.clone(),
            "/v1/sites",
            &[Role::Operator],
            Some(json!({"site": "shop.example", "origins": []})),
        ),
        case(get.clone(), "/v1/sites", SITES, None),
        case(delete, "/v1/sites/{site}", &[Role::Operator], None),
        case(
            put.clone(),
            "/v1/sites/{site}",
            &[Role::Operator],
            Some(json!({"origins": ["https://evil.example"]})),
        ),
        case(
            post,
            "/v1/tenants",
            INSTANCE,
            Some(json!({"tenant": "another", "controller": "Another"})),
        ),
        case(get, "/v1/tenants", INSTANCE, None),
    ];
    all.extend(pictures(subject, &case));
    let mut draft = case(put, "/v1/register", DRAFTS, None);
    draft.body = Some(register("loomer"));
    all.push(draft);
    all
}

/// The routes for pictures, film and sound.
fn pictures(
    subject: &str,
    case: &impl Fn(Method, &'static str, &'static [Role], Option<Value>) -> Case,
) -> Vec<Case> {
    const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
    let campaign = json!({"ends_on": "2099-06-30", "media": ["photo"], "surfaces": ["web"], "advertising": false});
    let asset = json!({"sha256": SHA256, "subjects": [subject], "campaign": "spring", "purpose": ANALYTICS});
    let check = json!({"asset": "spring-014", "surface": "web", "medium": "photo"});
    vec![
        case(
            Method::PUT,
            "/v1/campaigns/{campaign}",
            &[Role::Publisher],
            Some(campaign),
        ),
        case(
            Method::POST,
            "/v1/campaigns/{campaign}/end",
            ENDS,
            Some(json!({"ends_on": "2099-06-29"})),
        ),
        case(Method::GET, "/v1/campaigns/{campaign}", READS, None),
        case(Method::GET, "/v1/campaigns", READS, None),
        case(
            Method::PUT,
            "/v1/assets/{asset}",
            &[Role::Service],
            Some(asset),
        ),
        case(Method::GET, "/v1/assets/{asset}", SUBJECTS, None),
        case(Method::POST, "/v1/assets/check", SUBJECTS, Some(check)),
        case(Method::DELETE, "/v1/assets/{asset}", SUBJECTS, None),
        case(Method::GET, "/v1/takedowns", SUBJECTS, None),
        case(
            Method::POST,
            "/v1/takedowns/{takedown}/done",
            SUBJECTS,
            Some(json!({"evidence": SHA256})),
        ),
    ]
}

fn key_of(t: &Tenancy, role: Role) -> &str {
    match role {
        Role::Publishable => &t.keys.publishable,
        Role::Service => &t.keys.service,
        Role::Editor => &t.keys.editor,
        Role::Publisher => &t.keys.publisher,
        Role::Dpo => &t.keys.dpo,
        Role::Auditor => &t.keys.auditor,
        Role::Operator => &t.keys.operator,
    }
}

async fn send(world: &World, case: &Case, key: &str, origin: &str) -> Answer {
    let bearer = format!("Bearer {key}");
    let capability = URL_SAFE_NO_PAD.encode(CAPABILITY);
    let media = if case.pattern == "/v1/register" {
        "application/toml"
    } else {
        "application/json"
    };
    let mut headers = vec![("content-type", media)];
    if !key.is_empty() {
        headers.push(("authorization", &bearer));
    }
    if key.starts_with("pk_") {
        headers.push(("origin", origin));
        headers.push(("samtycke-capability", &capability));
    }
    raw(
        world,
        case.method.clone(),
        &case.path,
        &headers,
        case.body.clone().unwrap_or_default(),
    )
    .await
}

/// The description's paths that take a key. It is generated from the routes themselves.
fn paths_with_a_key() -> BTreeSet<String> {
    let document: Value =
        serde_json::from_str(&samtycke_server::app::api_document()).expect("it is JSON");
    let paths = document["paths"].as_object().expect("paths");
    let takes_key = |operation: &Value| {
        operation["security"]
            .as_array()
            .is_some_and(|requirements| !requirements.is_empty())
    };
    paths
        .iter()
        .filter(|(_, item)| item.as_object().expect("methods").values().any(takes_key))
        .map(|(path, _)| path.clone())
        .collect()
}

both! {
    /// Protects invariant 9 and T6: every route, with a key of each role, with none, and with a revoked one. A route
    /// that is missing from the list fails the test.
    async fn each_role_may_do_what_the_matrix_says(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let given = world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let cases = cases(&world, &t, &subject, given.json["event_id"].as_str().expect("an id"));
        let listed: BTreeSet<String> = cases.iter().map(|c| c.pattern.to_owned()).collect();
        assert_eq!(paths_with_a_key(), listed, "every route that takes a key is walked");

        for case in &cases {
            let name = format!("{} {}", case.method, case.pattern);
            send(&world, case, "", "").await.expect_problem(401, "UNAUTHENTICATED");
            send(&world, case, "sk_service_made-up", "").await.expect_problem(401, "UNAUTHENTICATED");
            for role in Role::ALL {
                let answer = send(&world, case, key_of(&t, role), &t.web_origin).await;
                let status = answer.status.as_u16();
                let hidden = role == Role::Publishable && case.pattern.ends_with("/proof");
                let of_instance = case.pattern == "/v1/tenants";
                match (case.allowed.contains(&role), of_instance, hidden) {
                    (true, ..) => assert!(!matches!(status, 401 | 403 | 500..), "{name} as {role:?}: {}", answer.text),
                    (false, true, _) => assert_eq!(status, 401, "{name} as {role:?}: {}", answer.text),
                    (false, _, true) => assert_eq!(status, 404, "{name} as {role:?}: {}", answer.text),
                    (false, ..) => assert_eq!(status, 403, "{name} as {role:?}: {}", answer.text),
                }
            }
        }
    }

    /// Protects invariant 9: with another tenant's keys of every role, no route returns a tenant's data or changes it.
    async fn another_tenants_keys_find_nothing(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let subject = world.subject();
        let given = world.record(&t, &subject, 0, &[(ANALYTICS, "given")]).await.expect(201);
        let event = given.json["event_id"].as_str().expect("an id");
        let keys = world.get("/v1/keys", &t.keys.operator).await.expect(200);
        let key_id = keys.json[0]["key_id"].as_str().expect("a key's name");
        for mut case in cases(&world, &t, &subject, event) {
            case.path = case.path.replace("k_000000000000", key_id).replace("www.nobody.example", &t.site);
            if case.method == Method::PUT && case.pattern == "/v1/register" || case.pattern == "/v1/subjects" || case.pattern == "/v1/sites" && case.body.is_some() {
                continue; // these name nothing of the tenant: a register in its name is refused below
            }
            for role in Role::ALL {
                let answer = send(&world, &case, key_of(&other, role), &other.web_origin).await;
                let name = format!("{} {} as {role:?}: {}", case.method, case.pattern, answer.text);
                for theirs in [event, key_id, &t.site, &t.notice, &t.log, ANALYTICS, "CONSENT_VALID"] {
                    assert!(!answer.status.is_success() || !answer.text.contains(theirs), "{theirs}: {name}");
                }
                if answer.status == 200 && ["/v1/check", "/v1/consents/{event}/use"].contains(&case.pattern) {
                    assert_eq!(answer.json["reason"], "PURPOSE_UNKNOWN", "{name}");
                }
            }
        }
        let editor = format!("Bearer {}", other.keys.editor);
        let headers = [("content-type", "application/toml"), ("authorization", editor.as_str())];
        raw(&world, Method::PUT, "/v1/register", &headers, register("loomer")).await.expect_problem(422, "REGISTER_INVALID");
        let keys_now = world.get("/v1/keys", &t.keys.operator).await.expect(200);
        assert_eq!(keys_now.text, keys.text, "no key was added or revoked");
        let still = world.check(&t, &subject, ANALYTICS).await.expect(200);
        assert_eq!(still.json["reason"], "CONSENT_VALID", "and the consent stands");
    }

    /// Protects the edge case "two tenants share a subject string": each has its own state, history and numbers.
    async fn two_tenants_with_one_subject_never_meet(world: World) {
        let (a, b) = (world.example("loomer").await, world.example("omilon").await);
        let (purpose_a, purpose_b) = (ANALYTICS, "omilon.cookies-trafikmatning.trafik");
        let subject = world.subject();
        world.record(&a, &subject, 0, &[(purpose_a, "given")]).await.expect(201);
        world.withdraw(&a, &subject, &[purpose_a]).await.expect(201);
        let first = world.record(&b, &subject, 0, &[(purpose_b, "given")]).await.expect(201);
        assert_eq!((first.json["seq"].as_u64(), first.json["decisions"][0]["outcome"].as_str()), (Some(1), Some("effective")));
        let seen = world.get(&format!("/v1/subjects/{subject}/decisions"), &b.keys.service).await.expect(200);
        assert!(seen.text.contains(purpose_b) && !seen.text.contains(purpose_a), "{}", seen.text);
        assert_eq!(world.check(&a, &subject, purpose_a).await.json["reason"], "CONSENT_WITHDRAWN");
        assert_eq!(world.check(&b, &subject, purpose_b).await.json["reason"], "CONSENT_VALID");
    }

    /// Protects keys: a revoked key opens nothing once its revocation is acknowledged, and neither do a revoked site's
    /// publishable keys.
    async fn a_revoked_key_or_site_opens_nothing(world: World) {
        let t = world.example("loomer").await;
        let question = json!({"subject": world.subject(), "purpose": ANALYTICS});
        let made = world.post("/v1/keys", &t.keys.operator, &json!({"role": "service", "label": ""})).await.expect(201);
        let (key, id) = (made.json["key"].as_str().expect("a key"), made.json["key_id"].as_str().expect("its name"));
        world.post("/v1/check", key, &question).await.expect(200);
        world.send(Method::DELETE, &format!("/v1/keys/{id}"), &t.keys.operator, None).await.expect(204);
        world.post("/v1/check", key, &question).await.expect_problem(401, "UNAUTHENTICATED");
        let listed = world.get("/v1/keys", &t.keys.operator).await.expect(200).text;
        assert!(listed.contains(id) && !listed.contains(key), "kept by name, never shown again");

        let notice = format!("/v1/sites/{}/notice", t.site);
        world.get(&notice, &t.keys.publishable).await.expect(200);
        world.send(Method::DELETE, &format!("/v1/sites/{}", t.site), &t.keys.operator, None).await.expect(204);
        world.get(&notice, &t.keys.publishable).await.expect_problem(403, "ORIGIN_NOT_ALLOWED");
    }

    /// Protects what a key opens from its end on: the clock decides, at a server that has used the key before and after
    /// a restart, and the answer says that the key expired, which key, and how to get another one.
    async fn an_expired_key_opens_nothing(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let question = json!({"subject": world.subject(), "purpose": ANALYTICS});
        let add = json!({"role": "service", "label": "", "expires": "P90D"});
        let made = world.post("/v1/keys", &t.keys.operator, &add).await.expect(201);
        let (key, id) = (made.json["key"].as_str().expect("a key"), made.json["key_id"].as_str().expect("its name"));
        world.post("/v1/check", key, &question).await.expect(200);
        world.clock.advance(89 * 86_400_000);
        world.post("/v1/check", key, &question).await.expect(200);
        world.clock.advance(2 * 86_400_000);
        let refused = world.post("/v1/check", key, &question).await.expect_problem(401, "KEY_EXPIRED");
        assert!(refused.text.contains(id) && refused.text.contains("samtycke key add"), "{}", refused.text);
        world.post("/v1/check", &t.keys.service, &question).await.expect(200);
        world.restart().await;
        world.post("/v1/check", key, &question).await.expect_problem(401, "KEY_EXPIRED");
        let listed = world.get("/v1/keys", &t.keys.operator).await.expect(200);
        let listed = listed.json.as_array().expect("keys").iter().find(|key| key["key_id"] == id).expect("it");
        assert_eq!(listed["expires_at"], made.json["expires_at"]);
    }

    /// Protects pages: a site's expired publishable key is not found where a path names it, as a revoked one is.
    async fn an_expired_page_key_is_not_found(world: World) {
        let t = world.example("loomer").await;
        let add = json!({"role": "publishable", "site": t.site, "expires": "P1D"});
        let made = world.post("/v1/keys", &t.keys.operator, &add).await.expect(201);
        let key = made.json["key"].as_str().expect("a key");
        let page = format!("/declaration/{key}");
        let live = world.get(&page, "").await;
        world.clock.advance(2 * 86_400_000);
        let ended = world.get(&page, "").await;
        assert_eq!((live.status == 404, ended.status.as_u16()), (false, 404), "{}", ended.text);
        world.get(&format!("/v1/sites/{}/notice", t.site), key).await.expect_problem(401, "KEY_EXPIRED");
    }

    /// Protects operators from a mistyped end: a key's end is in the future, within ten years, and has a form.
    async fn a_keys_end_has_a_form(world: World) {
        let t = world.example("loomer").await;
        let (past, far) = (world.day(-1), world.day(3_700));
        for text in ["", "90", "P0D", "PT5M", "P11Y", "P99Y", "soon", "2027-02-30", past.as_str(), far.as_str()] {
            let add = json!({"role": "service", "expires": text});
            let refused = world.post("/v1/keys", &t.keys.operator, &add).await.expect_problem(422, "FIELD_INVALID");
            assert!(refused.text.contains("/expires"), "{text}: {}", refused.text);
        }
        let tomorrow = world.day(1);
        for text in [tomorrow.as_str(), "P1D", "P2W", "P1Y6M"] {
            let add = json!({"role": "service", "expires": text});
            world.post("/v1/keys", &t.keys.operator, &add).await.expect(201);
        }
    }
}
