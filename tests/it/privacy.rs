//! Identifiers are nowhere in the clear: no table, file, log line, metric or proof contains one.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use reqwest::Method;
use samtycke_tests::{Engine, World, both, logged};
use serde_json::json;
use sqlx::{AssertSqlSafe, Connection as _, PgConnection, SqliteConnection};

use crate::support::{proof, raw};

const ANALYTICS: &str = "loomer.cookies-analys";
const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";
const AGENT: &str =
    "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0 Zanzibar/7.31";
const EMAIL: &str = "zanzibar.nobody@example.com";
const PHONE: &str = "+46701740605";
const PERSONNUMMER: &str = "191212121212";
const ADDRESS: &str = "192.0.2.171";

/// The text in plain, in hex of both cases, and inside base64 at every offset.
fn forms(text: &str) -> Vec<String> {
    let mut forms = vec![text.to_owned(), hex::encode(text), hex::encode_upper(text)];
    for skip in 0..3 {
        let whole = &text.as_bytes()[skip..];
        let whole = &whole[..whole.len() / 3 * 3];
        forms.push(STANDARD_NO_PAD.encode(whole));
        forms.push(URL_SAFE_NO_PAD.encode(whole));
    }
    forms
}

/// Every row of every table, as the database prints it; bytes in hex.
async fn tables(world: &World) -> String {
    let rows: Vec<(String,)> = match world.engine {
        Engine::Sqlite => {
            let file = format!(
                "sqlite://{}",
                world.data_dir().join("db/samtycke.db").display()
            );
            let mut db = SqliteConnection::connect(&file)
                .await
                .expect("the database");
            let names: Vec<(String,)> =
                sqlx::query_as("select name from sqlite_master where type = 'table'")
                    .fetch_all(&mut db)
                    .await
                    .expect("tables");
            let mut rows = Vec::new();
            for (name,) in names {
                let columns: Vec<(String,)> =
                    sqlx::query_as("select name from pragma_table_info($1)")
                        .bind(&name)
                        .fetch_all(&mut db)
                        .await
                        .expect("columns");
                let quoted: Vec<String> = columns
                    .iter()
                    .map(|(c,)| format!("quote(\"{c}\")"))
                    .collect();
                let sql = format!(
                    "select '{name} ' || {} from \"{name}\"",
                    quoted.join(" || ' ' || ")
                );
                rows.extend(
                    sqlx::query_as::<_, (String,)>(AssertSqlSafe(sql))
                        .fetch_all(&mut db)
                        .await
                        .expect("rows"),
                );
            }
            rows
        }
        Engine::Postgres => {
            let url = world.postgres_url.as_deref().expect("a database");
            let mut db = PgConnection::connect(url).await.expect("the database");
            let names: Vec<(String,)> =
                sqlx::query_as("select tablename::text from pg_tables where schemaname = 'public'")
                    .fetch_all(&mut db)
                    .await
                    .expect("tables");
            let mut rows = Vec::new();
            for (name,) in names {
                let sql = format!("select '{name} ' || to_jsonb(t)::text from \"{name}\" t");
                rows.extend(
                    sqlx::query_as::<_, (String,)>(AssertSqlSafe(sql))
                        .fetch_all(&mut db)
                        .await
                        .expect("rows"),
                );
            }
            rows
        }
    };
    rows.into_iter()
        .map(|(row,)| row)
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every byte of every file below a folder.
fn files(folder: &Path, into: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            files(&path, into);
        } else {
            into.extend(std::fs::read(&path).unwrap_or_default());
        }
    }
}

both! {
    /// Protects invariant 4, S11 and T8: an address, a number, a user agent and a client's address are sent through
    /// every route that takes one, and through others. Afterwards no table, file, log line, metric or proof contains
    /// them.
    async fn personal_identifiers_are_stored_nowhere(world: World) {
        logged::install();
        let t = world.example("loomer").await;
        let key = format!("Bearer {}", t.keys.service);
        let headers = [("authorization", key.as_str()), ("content-type", "application/json"), ("user-agent", AGENT),
            ("x-forwarded-for", ADDRESS), ("forwarded", "for=192.0.2.171"), ("x-request-id", PERSONNUMMER),
            ("referer", "https://shop.example/?mail=zanzibar.nobody@example.com"), ("cookie", "mail=zanzibar.nobody@example.com")];
        let send = async |path: &str, body: serde_json::Value| raw(&world, Method::POST, path, &headers, body.to_string()).await;

        let mut subjects = Vec::new();
        for (domain, identifier) in [("email", EMAIL), ("phone", PHONE)] {
            let answer = send("/v1/subjects", json!({"identifier": identifier, "domain": domain})).await.expect(200);
            subjects.push(answer.json["subject"].as_str().expect("one").to_owned());
        }
        let mut answers = Vec::new();
        let mut proofs = String::new();
        for subject in &subjects {
            let given = send("/v1/consents", world.consent(&t, subject, 0, &[(ANALYTICS, "given")])).await.expect(201);
            let bundle = proof(&world, &t, &given).await;
            assert!(bundle.contains("firefox"), "the user agent was read: {bundle}");
            proofs.push_str(&bundle);
            let no = json!({"event_id": world.event_id(), "subject": subject,
                "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
            send("/v1/withdrawals", no).await.expect(201);
        }
        let tallies = format!("/v1/banner/{}/tallies", t.keys.publishable);
        for personal in [EMAIL, PHONE, PERSONNUMMER, AGENT, ADDRESS] {
            let consent = world.consent(&t, &subjects[0], 9, &[(ANALYTICS, "given")]);
            let used = json!({"event_id": world.event_id(), "subject": subjects[0], "purpose": FORWARD});
            for field in ["subject", "purpose", "scope", "at_least", "event_id", "note"] {
                let mut body = used.clone();
                body[field] = personal.into();
                answers.push(send(&format!("/v1/consents/{}/use", world.event_id()), body).await.text);
            }
            let recipient = json!({"recipient": personal});
            let body = json!({"event_id": world.event_id(), "subject": subjects[0], "purpose": FORWARD, "scope": recipient});
            answers.push(send(&format!("/v1/consents/{}/use", world.event_id()), body).await.text);
            for field in ["subject", "surface", "language", "ui_hash", "evidence", "actor", "note", "occurred_at", "event_id"] {
                let mut body = consent.clone();
                body[field] = personal.into();
                for path in ["/v1/consents", "/v1/withdrawals", "/v1/check", &tallies, "/v1/subjects"] {
                    answers.push(send(path, body.clone()).await.text);
                }
            }
            answers.push(send("/v1/subjects", json!({"identifier": personal, "domain": "account"})).await.text);
            answers.push(send("/v1/check/batch", json!({"checks": [{"subject": personal, "purpose": ANALYTICS}]})).await.text);
            answers.push(send("/v1/keys", json!({"role": "service", "label": personal})).await.text);
            if !personal.contains(' ') {
                let path = format!("/v1/subjects/{personal}/history?mail={personal}");
                answers.push(world.get(&path, &t.keys.dpo).await.text);
            }
        }

        let mut stored = Vec::new();
        files(&world.data_dir(), &mut stored);
        let places = [
            ("a table", tables(&world).await),
            ("a file", String::from_utf8_lossy(&stored).into_owned()),
            ("a log line", logged::lines()),
            ("a metric", world.get("/metrics", "").await.text),
            ("a proof", proofs),
            ("an answer", answers.join("\n")),
        ];
        assert!(places[0].1.contains(&subjects[0]), "the tables were read");
        assert!(places[2].1.lines().count() > 5, "log lines were kept");
        for text in [EMAIL, PHONE, &PHONE[1..], PERSONNUMMER, AGENT, "Zanzibar", "zanzibar", ADDRESS] {
            for form in forms(text) {
                for (place, content) in &places {
                    assert!(!content.contains(&form), "{text} is in {place} as {form}");
                }
            }
        }
    }
}
