//! Compares the API with its description.

use std::collections::BTreeSet;

use reqwest::Method;
use samtycke_tests::schema::{DESCRIPTION, walk};
use samtycke_tests::world::Answer;
use samtycke_tests::{Engine, Tenancy, World};
use serde_json::Value;

use crate::support::{Browser, raw};

const ROLES: [&str; 7] = [
    "publishable",
    "service",
    "editor",
    "publisher",
    "dpo",
    "auditor",
    "operator",
];

fn key<'t>(t: &'t Tenancy, role: &str) -> &'t str {
    match role {
        "publishable" => &t.keys.publishable,
        "service" => &t.keys.service,
        "editor" => &t.keys.editor,
        "publisher" => &t.keys.publisher,
        "dpo" => &t.keys.dpo,
        "auditor" => &t.keys.auditor,
        _ => &t.keys.operator,
    }
}

/// The documented roles of a route; all if none is named.
fn documented(operation: &Value) -> BTreeSet<&str> {
    let mut roles = BTreeSet::new();
    for requirement in operation["security"].as_array().expect("who may call") {
        match requirement["key"].as_array().map(Vec::as_slice) {
            Some([]) => roles.extend(ROLES),
            Some(named) => roles.extend(named.iter().filter_map(Value::as_str)),
            None => {}
        }
    }
    roles
}

async fn document(world: &World) -> Value {
    world.get("/openapi.json", "").await.expect(200).json
}

/// The request in the route's own example, with a key of this role.
async fn by_example(world: &World, t: &Tenancy, at: (&str, &str, &Value), role: &str) -> Answer {
    let (path, method, operation) = at;
    let path = path
        .replace("{subject}", &Browser::new().subject)
        .replace("{event}", &world.event_id())
        .replace("{site}", "nowhere.example")
        .replace("{hash}", &t.notice)
        .replace("{campaign}", "spring")
        .replace("{asset}", "spring-014")
        .replace("{takedown}", "t_AAAAAAAAAAAAAAAAAAAAAA")
        .replace("{key_id}", "k_nobody");
    let content = operation["requestBody"]["content"].as_object();
    let (media, content) = content.and_then(|c| c.iter().next()).unzip();
    let body = match content {
        Some(content) if content["example"].is_object() => content["example"].to_string(),
        _ => String::new(),
    };
    let bearer = format!("Bearer {}", key(t, role));
    let headers = [
        ("authorization", bearer.as_str()),
        ("content-type", media.map_or("text/plain", String::as_str)),
        ("origin", t.web_origin.as_str()),
    ];
    let headers = if role == "publishable" {
        &headers[..]
    } else {
        &headers[..2]
    };
    let method: Method = method.to_ascii_uppercase().parse().expect("a method");
    raw(world, method, &path, headers, body).await
}

/// Protects T6 and the documentation together: a route accepts exactly its documented roles.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_route_takes_the_roles_that_it_says() {
    let world = World::start(Engine::Sqlite).await;
    let t = world.example("ommej").await;
    let document = document(&world).await;
    let mut refused = 0;
    for (path, item) in document["paths"].as_object().expect("paths") {
        for (method, operation) in item.as_object().expect("methods") {
            let security = operation["security"].as_array().expect("who may call");
            let at = (path.as_str(), method.as_str(), operation);
            if security.is_empty() {
                continue;
            }
            let roles = documented(operation);
            for role in ROLES {
                let answer = by_example(&world, &t, at, role).await;
                let reason = answer.json["reason"].as_str().unwrap_or_default();
                if security[0].get("instance").is_some() {
                    assert_eq!(reason, "UNAUTHENTICATED", "{method} {path} by {role}");
                    continue;
                }
                // The kind of an event says which of the route's roles may record it.
                let is_about_kind = answer.json["violations"][0]["field"] == "/kind";
                let takes = reason != "FORBIDDEN" || is_about_kind;
                assert_eq!(
                    takes,
                    roles.contains(role),
                    "{method} {path} by {role}: {}",
                    answer.text
                );
                refused += usize::from(!takes);
                // And the server understands the example as it is.
                let shape = [
                    "JSON_SYNTAX",
                    "JSON_NOT_CANONICAL",
                    "FIELD_INVALID",
                    "CONTENT_TYPE_UNSUPPORTED",
                ];
                // What another person has proposed is in no example.
                let is_proposal = answer.json["violations"][0]["field"] == "/proposal";
                assert!(
                    is_proposal || !shape.contains(&reason),
                    "{method} {path}: {}",
                    answer.text
                );
                let status = answer.status.as_u16().to_string();
                let told = operation["responses"]
                    .as_object()
                    .expect("answers")
                    .contains_key(&status);
                assert!(told, "{method} {path} answers {status}: {}", answer.text);
            }
            let nobody = world
                .send(
                    method.to_ascii_uppercase().parse().expect("a method"),
                    path,
                    "",
                    None,
                )
                .await;
            assert!(
                matches!(nobody.status.as_u16(), 401 | 404),
                "{method} {path}: {}",
                nobody.text
            );
        }
    }
    assert!(refused > 80, "{refused} refusals were seen");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_description_is_served_to_programs_and_people() {
    let world = World::start(Engine::Sqlite).await;
    let json = world.get("/openapi.json", "").await.expect(200);
    assert_eq!(json.headers["content-type"], "application/json");
    assert_eq!(json.headers["access-control-allow-origin"], "*");
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/openapi.json");
    assert_eq!(
        json.text,
        std::fs::read_to_string(golden).expect("docs/openapi.json")
    );
    let page = world.get("/docs", "").await.expect(200);
    assert_eq!(page.headers["content-type"], "text/html; charset=utf-8");
    let policy = page.headers["content-security-policy"]
        .to_str()
        .expect("ASCII");
    assert!(
        policy.starts_with("default-src 'none'; style-src 'self'"),
        "{policy}"
    );
    let css = page
        .text
        .split("href=\"/assets/")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    let css = world
        .get(&format!("/assets/{}", css.expect("a style sheet")), "")
        .await
        .expect(200);
    assert_eq!(css.headers["content-type"], "text/css; charset=utf-8");
}

/// Protects authors of clients: every example is valid under its own schema.
#[test]
fn every_example_is_what_its_schema_says() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    walk(
        &DESCRIPTION.document()["paths"],
        "/paths",
        &mut |pointer, node| {
            let (Some(example), Some(_)) = (node.get("example"), node.get("schema")) else {
                return;
            };
            seen += 1;
            if let Err(why) = DESCRIPTION.check(&format!("{pointer}/schema"), example) {
                wrong.push(why);
            }
        },
    );
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 20, "{seen} examples were seen");
}
