//! The live register, for programs.

use reqwest::Method;
use reqwest::header::HeaderValue;
use samtycke_core::register::Register;
use samtycke_core::wire::{RegisterResponse, RegisteredPurpose};
use samtycke_tests::both;
use samtycke_tests::world::Answer;

use crate::support::{go_live, raw, register, without};

const ANALYTICS: &str = "loomer.cookies-analys";

both! {
    /// Protects typed clients: with a service key they read every purpose's definition, and a hash that shows changes.
    /// A client that does not ask for JSON gets the file as it was imported.
    async fn a_client_reads_what_its_types_must_agree_with(world: World) {
        let t = world.example("loomer").await;
        let bearer = format!("Bearer {}", t.keys.service);
        let get = async |accept: &str| {
            let headers = [("authorization", bearer.as_str()), ("accept", accept)];
            raw(&world, Method::GET, "/v1/register", &headers, "").await.expect(200)
        };
        for accept in ["application/json", "application/toml;q=0.1, Application/JSON;q=0.9"] {
            let answer = get(accept).await;
            assert_eq!((&answer.headers["content-type"], &answer.headers["vary"]), (&HeaderValue::from_static("application/json"), &HeaderValue::from_static("accept")));
            let said: RegisterResponse = serde_json::from_str(&answer.text).expect("a register's answer");
            let file = Register::parse(&register("loomer")).expect("a register");
            assert_eq!((&said.hash, said.version), (file.hash(), 1));
            let expected: Vec<RegisteredPurpose> = file.purposes.iter().map(Into::into).collect();
            assert_eq!(said.purposes, expected);
            let once = said.purposes.iter().find(|p| p.single_use).expect("one that is used once");
            assert_eq!(once.id.as_str(), "loomer.vidareformedling-kontaktuppgifter");
            assert!(said.purpose(&"loomer.anvandningsdata".parse().expect("an id")).is_some_and(|p| !p.incomplete.is_empty()));
        }
        for accept in ["*/*", "application/toml", "text/html, application/jsonx"] {
            let answer = get(accept).await;
            assert_eq!((&answer.headers["content-type"], answer.text), (&HeaderValue::from_static("application/toml"), register("loomer")), "{accept}");
        }

        go_live(&world, &t, &without(&register("loomer"), ANALYTICS)).await;
        let now: RegisterResponse = serde_json::from_str(&get("application/json").await.text).expect("a register's answer");
        assert_eq!((now.version, now.purpose(&ANALYTICS.parse().expect("an id"))), (2, None), "what goes live is answered at once");
    }

    /// Protects people who save a register with a Windows editor: the error names the line and the remedy.
    async fn a_register_in_another_encoding_is_refused_with_its_line(world: World) {
        let t = world.example("loomer").await;
        let put = async |body: Vec<u8>| {
            let request = world.http.put(format!("{}/v1/register", world.server.base_url)).bearer_auth(&t.keys.editor);
            Answer::of(request.header("content-type", "application/toml").body(body).send().await.expect("an answer")).await
        };
        let answer = put(b"[register]\r\ncontroller = \"Bj\xf6rn AB\"\r\n".to_vec()).await.expect_problem(422, "REGISTER_INVALID");
        let said = &answer.json["violations"][0];
        assert_eq!(said["field"], "line 2");
        assert!(said["message"].as_str().expect("a text").ends_with("save the file as UTF-8"), "{said}");
        let windows = format!("\u{feff}{}", register("loomer").replace('\n', "\r\n"));
        put(windows.into_bytes()).await.expect(200);
    }

    /// E7: Do Not Track is an objection where the controller's register says that it is.
    async fn do_not_track_counts_where_the_register_says_so(world: World) {
        const MARKETING: &str = "ommej.direktmarknadsforing";
        let t = world.example("ommej").await;
        let subject = world.subject();
        let question = serde_json::json!({"subject": subject, "purpose": MARKETING, "signals": {"gpc": false, "dnt": true}});
        let reason = async || {
            let answer = world.post("/v1/check", &t.keys.service, &question).await.expect(200);
            answer.json["reason"].as_str().expect("a reason").to_owned()
        };
        assert_ne!(reason().await, "SIGNAL_OBJECTION");
        go_live(&world, &t, &format!("{}\n[tenant]\ndnt = true\n", register("ommej"))).await;
        assert_eq!(reason().await, "SIGNAL_OBJECTION");
    }
}
