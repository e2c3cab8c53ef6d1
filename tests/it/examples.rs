//! The examples of the Rust client, driven as their programs drive them.

use axum::Router;
use samtycke::keys::Secret;
use samtycke_examples::place::Place;
use samtycke_examples::{audit, help_app, newsletter};
use samtycke_tests::{Tenancy, World, both};
use serde_json::{Value, json};

async fn place(world: &World, t: &Tenancy) -> Place {
    let log = t.log.parse().expect("a log");
    let tenant = world
        .server
        .app
        .tenants
        .by_log(&log)
        .await
        .expect("a read")
        .expect("the tenant");
    Place {
        base_url: world.server.base_url.clone(),
        site: t.site.parse().expect("a site"),
        service_key: t.keys.service.clone(),
        auditor_key: t.keys.auditor.clone(),
        lookup_key: Secret::from_bytes(*tenant.secrets.lookup.expose()),
        vkey: t.vkey.clone(),
    }
}

/// The help app, served as by its program.
struct Served {
    base_url: String,
    http: reqwest::Client,
}

impl Served {
    async fn start(app: Router) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self {
            base_url,
            http: samtycke_tests::world::client(),
        }
    }

    async fn post(&self, path: &str, session: &str, body: Value) -> (u16, Value) {
        let request = self
            .http
            .post(format!("{}{path}", self.base_url))
            .bearer_auth(session)
            .json(&body);
        answer(request).await
    }

    async fn get(&self, path: &str) -> (u16, Value) {
        answer(self.http.get(format!("{}{path}", self.base_url))).await
    }
}

async fn answer(request: reqwest::RequestBuilder) -> (u16, Value) {
    let response = request.send().await.expect("an answer");
    let status = response.status().as_u16();
    let text = response.text().await.expect("a body");
    (status, serde_json::from_str(&text).unwrap_or(Value::Null))
}

both! {
    /// Protects the children's help app: no answer is stored before consent or after a refusal. Staff see answers only
    /// while the child's own consent is live. If the server is down, the app returns 503 and does not guess.
    async fn a_help_app_cannot_store_an_answer_without_asking(world: World) {
        let mut world = world;
        let t = world.example("ommej").await;
        let served = Served::start(help_app::app(&place(&world, &t).await).expect("an app")).await;

        let (status, refused) = served.post("/account", "", json!({"email": "kim@example.com", "yes": false})).await;
        assert_eq!((status, &refused["reason"]), (403, &json!("CONSENT_MISSING")), "{refused}");
        let (status, opened) = served.post("/account", "", json!({"email": "kim@example.com", "yes": true})).await;
        assert_eq!(status, 201, "{opened}");
        let session = opened["session"].as_str().expect("a session");
        let view = format!("/admin/children/{}/answers", opened["child"].as_str().expect("a child"));
        let said = json!({"question": "How are you?", "answer": "So so"});

        let (status, refused) = served.post("/answers", session, said.clone()).await;
        assert_eq!((status, &refused["may_ask"]), (403, &json!(true)), "{refused}");
        let (status, recorded) = served.post("/consent", session, json!({"yes": true})).await;
        assert_eq!(status, 200, "{recorded}");
        let (status, _) = served.post("/answers", session, said.clone()).await;
        assert_eq!(status, 201);
        let (status, answers) = served.get(&view).await;
        assert_eq!((status, answers[0]["answer"].as_str()), (200, Some("So so")));
        let evidence: Value = serde_json::from_str(answers[0]["evidence"].as_str().expect("evidence")).expect("JSON");
        assert_eq!((&evidence["purpose"], &evidence["reason"]), (&json!("ommej.appsvar"), &json!("CONSENT_VALID")));

        // A withdrawal on another device is in force for the next answer.
        let child = opened["child"].as_str().expect("a child");
        world.withdraw(&t, child, &["ommej.appsvar"]).await.expect(201);
        let (status, refused) = served.post("/answers", session, said.clone()).await;
        assert_eq!((status, &refused["reason"]), (403, &json!("CONSENT_WITHDRAWN")), "{refused}");
        let (status, refused) = served.get(&view).await;
        assert_eq!((status, &refused["reason"]), (403, &json!("CONSENT_WITHDRAWN")), "{refused}");

        world.server.stop().await;
        let (status, refused) = served.post("/answers", session, said).await;
        assert_eq!((status, &refused["allow"]), (503, &json!(false)), "{refused}");
    }

    /// Protects the batch job: it writes only to people with a consent that they have not withdrawn.
    async fn a_newsletter_skips_subjects_without_consent(world: World) {
        let t = world.example("omilon").await;
        let place = place(&world, &t).await;
        let samtycke = place.client().expect("a client");
        let names: Vec<String> = (0..130).map(|i| format!("reader{i}@example.com")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let list = newsletter::readers(&samtycke, &names).await.expect("readers");
        for i in [3, 128, 129] {
            newsletter::subscribe(&samtycke, &place.site, &list[i]).await.expect("recorded");
        }
        newsletter::unsubscribe(&samtycke, &list[128]).await.expect("recorded");
        let written = std::sync::Mutex::new(Vec::new());
        let left_out = newsletter::send(&samtycke, list, |to| written.lock().expect("a lock").push(to.to_owned())).await;
        assert_eq!(written.into_inner().expect("a lock"), ["reader3@example.com", "reader129@example.com"]);
        assert_eq!(left_out.len(), 128);
        let why = |address: &str| left_out.iter().find(|(to, _)| to == address).map(|(_, reason)| reason.as_str());
        assert_eq!(why("reader128@example.com"), Some("CONSENT_WITHDRAWN"));
        assert_eq!(why("reader0@example.com"), Some("CONSENT_MISSING"));
    }

    /// Protects the auditor: the log's key is enough to check a proof, and a changed proof is rejected.
    async fn an_auditor_checks_a_proof_offline(world: World) {
        let t = world.example("ommej").await;
        let place = place(&world, &t).await;
        let person = world.subject().parse().expect("a subject");
        let event = audit::something_to_prove(&place, &person).await.expect("recorded");
        let file = audit::fetch(&place, &event).await.expect("a proof");
        drop(world);
        let (report, code) = audit::check(&file, &place.vkey).expect("a key");
        assert_eq!(code, 0, "{report}");
        let forged = String::from_utf8(file).expect("JSON").replacen("given", "taken", 1);
        let (report, code) = audit::check(forged.as_bytes(), &place.vkey).expect("a key");
        assert_ne!(code, 0, "{report}");
    }
}
