//! The data of the day on which the formats were frozen (docs/formats.md): a SQLite folder and a PostgreSQL dump that
//! every later commit must open, verify, fold and answer alike.
//!
//! `SAMTYCKE_BLESS=1` writes them anew. After a release they are never written again: then a change is a migration, or a
//! new version of a kind.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use samtycke_core::bundle::verify::verify;
use samtycke_server::clock::Clock as _;
use samtycke_tests::world::new_database;
use samtycke_tests::{Engine, Tenancy, World, audit};
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Connection as _, Executor as _, PgConnection};
use tempfile::TempDir;

const ANALYTICS: &str = "loomer.cookies-analys";
const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";
/// The parts of a data folder that are kept besides the database.
const KEPT: [&str; 2] = ["keys", "anchor"];

fn place(engine: Engine) -> PathBuf {
    let name = match engine {
        Engine::Sqlite => "sqlite",
        Engine::Postgres => "postgres",
    };
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("vectors/frozen/v1")
        .join(name)
}

fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &to);
        } else if entry.file_name() != "lock" {
            std::fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// Checks that the frozen data must answer as they did.
fn questions(subject: &str, event: &str) -> Vec<Value> {
    vec![
        json!({"subject": subject, "purpose": ANALYTICS}),
        json!({"subject": subject, "purpose": FORWARD, "scope": {"recipient": "example-ab"}, "op": "forward"}),
        json!({"subject": subject, "purpose": FORWARD, "scope": {"recipient": "annat-ab"}, "op": "forward"}),
        json!({"subject": subject, "purpose": "loomer.does-not-exist"}),
        json!({"subject": subject, "purpose": ANALYTICS, "at_least": event}),
    ]
}

/// Every kind that a route writes, and every public leaf but a revoked site: four subjects, one of whom withdraws.
async fn fill(world: &World, t: &Tenancy) -> Vec<Value> {
    let mut bodies = Vec::new();
    for word in ["given", "refused", "given", "given"] {
        let subject = world.subject();
        let body = world.consent(t, &subject, 0, &[(ANALYTICS, word)]);
        let path = "/v1/consents";
        let key = &t.keys.service;
        world.post(path, key, &body).await.expect(201);
        bodies.push(body);
    }
    let last = bodies[3]["subject"].as_str().expect("a subject").to_owned();
    world.withdraw(t, &last, &[ANALYTICS]).await.expect(201);
    let spender = bodies[2]["subject"].as_str().expect("a subject").to_owned();
    for company in ["example-ab", "annat-ab"] {
        let mut body = world.consent(t, &spender, 1, &[(FORWARD, "given")]);
        body["decisions"][0]["scope"] = json!({"recipient": company});
        let given = world
            .post("/v1/consents", &t.keys.service, &body)
            .await
            .expect(201);
        if company == "example-ab" {
            let path = format!(
                "/v1/consents/{}/use",
                given.json["event_id"].as_str().expect("an id")
            );
            let usage = json!({
                "event_id": world.event_id(), "subject": spender, "purpose": FORWARD,
                "scope": {"recipient": company},
            });
            world.post(&path, &t.keys.service, &usage).await.expect(201);
        }
    }
    bodies
}

async fn answers(world: &World, service: &str, bodies: &[Value]) -> Vec<Value> {
    let mut answers = Vec::new();
    for body in bodies {
        // The same body again: the first answer again.
        let replay = world
            .post("/v1/consents", service, body)
            .await
            .expect(201)
            .json;
        let position = replay["position"].as_str().expect("a position").to_owned();
        let subject = body["subject"].as_str().expect("a subject");
        let mut checks = Vec::new();
        for question in questions(subject, &position) {
            checks.push(
                world
                    .post("/v1/check", service, &question)
                    .await
                    .expect(200)
                    .json,
            );
        }
        let path = format!("/v1/subjects/{subject}/history");
        let history = world.get(&path, service).await.expect(200).json;
        answers.push(json!({"replay": replay, "checks": checks, "history": history}));
    }
    answers
}

/// Writes the data of today.
async fn freeze(engine: Engine) {
    let mut world = World::start(engine).await;
    let t = world.example("loomer").await;
    let bodies = fill(&world, &t).await;
    let now = world.clock.now();
    let app = world.server.app.clone();
    let seen = audit::audit(&app, &t.log).await;
    audit::prove_all(&app, &t.log, &seen).await;
    let mut bundles = Vec::new();
    for body in &bodies {
        let path = format!(
            "/v1/events/{}/proof",
            body["event_id"].as_str().expect("an id")
        );
        bundles.push(world.get(&path, &t.keys.auditor).await.expect(200).text);
    }
    let expected = json!({
        "now": now, "log": t.log, "vkey": t.vkey, "service": t.keys.service, "size": seen.size,
        "root": hex::encode(audit::root_of(&seen.hashes)), "bodies": bodies, "bundles": bundles,
        "answers": answers(&world, &t.keys.service, &bodies).await,
    });
    drop(app);
    world.server.stop().await;
    let to = place(engine);
    let _ = std::fs::remove_dir_all(&to);
    for part in KEPT {
        copy_folder(&world.data_dir().join(part), &to.join(part));
    }
    match &world.postgres_url {
        None => copy_folder(&world.data_dir().join("db"), &to.join("db")),
        Some(url) => std::fs::write(to.join("dump.sql"), dump(url)).expect("written"),
    }
    let text = serde_json::to_string_pretty(&expected).expect("JSON");
    std::fs::write(to.join("expected.json"), text + "\n").expect("written");
}

/// The database as statements that any later PostgreSQL reads: without psql's own commands, settings and owners.
fn dump(url: &str) -> String {
    let program = std::env::var("SAMTYCKE_PG_DUMP").unwrap_or_else(|_| "pg_dump".into());
    let dumped = Command::new(program)
        .args(["--inserts", "--no-owner", "--no-privileges", url])
        .output()
        .expect("pg_dump runs: set SAMTYCKE_PG_DUMP to its path");
    assert!(
        dumped.status.success(),
        "{}",
        String::from_utf8_lossy(&dumped.stderr)
    );
    let text = String::from_utf8(dumped.stdout).expect("UTF-8");
    // Lines of a text column stay as they are, empty ones too.
    let is_ours = |line: &&str| !line.starts_with('\\') && !line.starts_with("SET ");
    let lines: Vec<&str> = text.lines().filter(is_ours).collect();
    lines.join("\n") + "\n"
}

async fn thaw(engine: Engine) -> (World, Value) {
    let from = place(engine);
    let text = std::fs::read_to_string(from.join("expected.json")).expect("frozen data");
    let expected: Value = serde_json::from_str(&text).expect("JSON");
    let folder = TempDir::new().expect("a folder");
    copy_folder(&from, folder.path());
    // Git keeps no permissions but one.
    for key in ["root.key", "instance.key"] {
        let secret = std::fs::Permissions::from_mode(0o600);
        std::fs::set_permissions(folder.path().join("keys").join(key), secret).expect("set");
    }
    let url = match engine {
        Engine::Sqlite => None,
        Engine::Postgres => {
            let url = new_database().await;
            let dump = std::fs::read_to_string(from.join("dump.sql")).expect("a dump");
            let mut database = PgConnection::connect(&url)
                .await
                .expect("PostgreSQL answers");
            database
                .execute(sqlx::raw_sql(AssertSqlSafe(dump)))
                .await
                .expect("the dump is read");
            Some(url)
        }
    };
    let now = expected["now"].as_i64().expect("a time");
    (World::open(engine, folder, url, now).await, expected)
}

async fn frozen_data_answer_as_they_did(engine: Engine) {
    if std::env::var_os("SAMTYCKE_BLESS").is_some() {
        freeze(engine).await;
    }
    let (world, expected) = thaw(engine).await;
    let text = |name: &str| expected[name].as_str().expect("a text").to_owned();
    let app = world.server.app.clone();
    // Recomputes every leaf, opening and state from the rows.
    let seen = audit::audit(&app, &text("log")).await;
    assert_eq!(json!(seen.size), expected["size"]);
    assert_eq!(hex::encode(audit::root_of(&seen.hashes)), text("root"));
    audit::prove_all(&app, &text("log"), &seen).await;
    let policy = audit::policy(&text("vkey"));
    for bundle in expected["bundles"].as_array().expect("bundles") {
        let report = verify(bundle.as_str().expect("a text").as_bytes(), &policy, None);
        assert_eq!(report.outcome.exit_code(), 0, "{report}");
    }
    let bodies = expected["bodies"].as_array().expect("bodies");
    let answers = answers(&world, &text("service"), bodies).await;
    let (mut now, mut then) = (json!(answers), expected["answers"].clone());
    // Positions are opaque, and each release may make them otherwise (docs/formats.md).
    without_positions(&mut now);
    without_positions(&mut then);
    assert_eq!(now, then);
}

fn without_positions(value: &mut Value) {
    match value {
        Value::Object(fields) => {
            fields.remove("position");
            fields.values_mut().for_each(without_positions);
        }
        Value::Array(items) => items.iter_mut().for_each(without_positions),
        _ => {}
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn frozen_sqlite_folder_answers_as_it_did() {
    frozen_data_answer_as_they_did(Engine::Sqlite).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn frozen_postgres_dump_answers_as_it_did() {
    frozen_data_answer_as_they_did(Engine::Postgres).await;
}
