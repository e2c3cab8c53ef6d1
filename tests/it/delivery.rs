//! Delivery of the banner's document and files to a page: encodings, languages, changes, files of earlier releases.

use reqwest::Method;
use samtycke_server::sdk::{self, earlier::KEPT_DAYS};
use samtycke_server::store::sdk::SdkFileRow;
use samtycke_tests::world::Answer;
use samtycke_tests::{World, both};
use serde_json::{Value, json};

use crate::process::{program, root, said};
use crate::support::{go_live, new_notice, raw, register, with_analysis};

const ANALYTICS: &str = "loomer.cookies-analys";
const MARKETING: &str = "omilon.sparningsbilder-marknadsforing";
const THIRD_PARTY: &str = "loomer.cookies-tredjepart";
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// A file that this build does not have.
const OLD: &str = "ui.0123abcdef.js";

async fn document(world: &World, key: &str, query: &str, headers: &[(&str, &str)]) -> Answer {
    let path = format!("/v1/banner/{key}{query}");
    raw(world, Method::GET, &path, headers, "").await
}

async fn file(world: &World, name: &str, headers: &[(&str, &str)]) -> Answer {
    raw(world, Method::GET, &format!("/sdk/{name}"), headers, "").await
}

/// A brotli response body, decompressed; panics on any other.
fn unpacked(bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    brotli::BrotliDecompress(&mut &bytes[..], &mut plain).expect("it is brotli");
    plain
}

fn vary(answer: &Answer) -> Vec<&str> {
    let all = answer.headers.get_all("vary").iter();
    all.filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(", "))
        .collect()
}

fn changes<'a>(document: &'a Value, notice: &str) -> &'a Value {
    let all = document["changes"].as_array().expect("a list");
    let since = &notice["sha256:".len()..][..8];
    let found = all.iter().find(|change| change["since"] == since);
    &found.expect("the notice is told")["purposes"]
}

/// Cookies and a recipient, as a controller adds them to its register.
const SERVICE: &str = "\n[[recipient]]\nid = \"pixla\"\nname = \"Pixla Ads LLC\"\nrole = \"controller\"\ncountry = \"US\"\ntransfer = \"scc\"\n\
    \n[[cookie]]\nname = \"_pixla\"\npurpose = \"loomer.cookies-analys\"\nlifetime = \"P6M\"\n";

both! {
    /// Protects a first visit's bytes: a client that accepts brotli gets the compressed copy, any other gets plain
    /// text. Each variant has its own version tag.
    async fn the_document_rests_compressed(world: World) {
        let t = world.example("loomer").await;
        let key = &t.keys.publishable;
        let plain = document(&world, key, "", &[("accept-encoding", "gzip, br;q=0")]).await.expect(200);
        assert!(!plain.headers.contains_key("content-encoding"));
        let path = format!("{}/v1/banner/{key}", world.server.base_url);
        let packed = world.http.get(path).header("accept-encoding", "gzip, br").send().await.expect("an answer");
        assert_eq!(packed.headers()["content-encoding"], "br");
        assert_eq!(packed.headers()["content-type"], "application/json");
        let etag = packed.headers()["etag"].to_str().expect("ASCII").to_owned();
        let bytes = packed.bytes().await.expect("a body");
        assert_eq!(unpacked(&bytes), plain.text.as_bytes());
        assert!(bytes.len() * 5 < plain.text.len() * 2, "{} of {}", bytes.len(), plain.text.len());
        assert_ne!(plain.headers["etag"], etag.as_str());
        let held = |tag: &str, encoding: &str| {
            let (tag, encoding) = (tag.to_owned(), encoding.to_owned());
            let world = &world;
            async move { document(world, key, "", &[("if-none-match", &tag), ("accept-encoding", &encoding)]).await.status }
        };
        assert_eq!(held(&etag, "br").await, 304);
        assert_eq!(held(&etag, "gzip").await, 200, "the other encoding is another version");
        assert_eq!(held(plain.headers["etag"].to_str().expect("ASCII"), "").await, 304);
    }

    /// Protects a preloaded address: an address without a language uses the browser's and tells caches so. An address
    /// with one of the notice's languages does not depend on the browser.
    async fn the_browser_decides_where_the_page_does_not(world: World) {
        let t = world.example("loomer").await;
        let key = &t.keys.publishable;
        for (query, accepted, language, negotiated) in [
            ("", "en-GB,en;q=0.9", "en", true), ("", "fi,sv;q=0.5,en;q=0.4", "sv", true), ("", "fi", "sv", true), ("", "", "sv", true),
            ("?language=sv", "en", "sv", false), ("?language=da", "en", "en", true), ("?language=da,en-US", "sv", "en", false),
        ] {
            let answer = document(&world, key, query, &[("accept-language", accepted)]).await.expect(200);
            assert_eq!(answer.json["language"], language, "{query} {accepted}");
            let mut expected = vec!["Accept-Encoding", "Origin"];
            if negotiated {
                expected.insert(0, "Accept-Language");
            }
            assert_eq!(vary(&answer), expected, "{query} {accepted}");
        }
    }

    /// Protects people who are asked again (law.md L20): changes since the text that they answered are listed in the
    /// page's language, and unchanged parts are not. A notice that needs no new answer stays quiet.
    async fn what_changed_is_told(world: World) {
        let text = register("loomer");
        let t = world.tenancy("loomer", &text).await;
        let key = &t.keys.publishable;
        assert_eq!(document(&world, key, "", &[]).await.json["changes"], json!([]), "the first notice");
        let first = t.notice.clone();

        let with_service = with_analysis(&text, ANALYTICS, "recipients = [\"pixla\"]") + SERVICE;
        go_live(&world, &t, &with_service).await;
        let second = new_notice(&world, &t).await;
        let sv = document(&world, key, "?language=sv", &[]).await.json;
        let [only] = &changes(&sv, &first).as_array().expect("a list")[..] else { panic!("{:#}", sv["changes"]) };
        assert_eq!((&only["id"], &only["kind"]), (&json!(ANALYTICS), &json!("changed")));
        let added = only["added"].to_string();
        assert!(added.contains(&format!("{}: Pixla Ads LLC (", sv["words"]["recipients"].as_str().expect("a label"))), "{added}");
        assert!(added.contains("_pixla (6 månader"), "{added}");
        assert_eq!(only["removed"], json!([]), "nobody was named before");
        let en = document(&world, key, "?language=en", &[]).await.json;
        assert!(changes(&en, &first)[0]["added"].to_string().contains("_pixla (6 months"), "{:#}", en["changes"]);

        // Then the recipient goes: fewer recipients need no new answer, so a person who answered the second text is not
        // asked.
        go_live(&world, &t, &with_service.replace("recipients = [\"pixla\"]\n", "")).await;
        new_notice(&world, &t).await;
        let third = document(&world, key, "", &[]).await.json;
        assert_eq!(third["prior_notices_accepted"], json!([&second["sha256:".len()..][..8]]), "{:#}", third["changes"]);
        let told = changes(&third, &first);
        assert!(!told.to_string().contains("Pixla Ads") && told.to_string().contains("_pixla"), "{told:#}");
    }

    /// Protects the same for a purpose that is asked for the first time, and for a change that no text shows.
    async fn a_new_purpose_and_a_silent_change_are_told(world: World) {
        let text = register("loomer");
        let t = world.tenancy("loomer", &crate::support::without(&text, THIRD_PARTY)).await;
        let first = t.notice.clone();
        go_live(&world, &t, &with_analysis(&text, ANALYTICS, "direct_marketing = true")).await;
        new_notice(&world, &t).await;
        let document = document(&world, &t.keys.publishable, "", &[]).await.json;
        let told: Vec<_> = changes(&document, &first).as_array().expect("a list").iter()
            .map(|change| (change["id"].clone(), change["kind"].clone())).collect();
        assert_eq!(told, [(json!(ANALYTICS), json!("changed")), (json!(THIRD_PARTY), json!("new"))]);
    }

    /// Protects pages in caches and tags that pin their file: a file of an earlier release stays available unchanged
    /// for exactly 400 days after the last server that has it.
    async fn files_of_earlier_releases_are_served(world: World) {
        let mut world = world;
        let now = { use samtycke_server::clock::Clock as _; world.clock.now() };
        let old = SdkFileRow {
            name: OLD.into(),
            content_type: "text/javascript; charset=utf-8".into(),
            body: b"export const old = 1;\n".to_vec(),
            brotli: b"packed".to_vec(),
            integrity: "sha384-x".into(),
            released_at: now,
        };
        file(&world, OLD, &[]).await.expect_problem(404, "NOT_FOUND");
        let mut tx = world.server.app.store.begin().await.expect("a transaction");
        tx.keep_sdk_file(&old).await.expect("kept");
        tx.commit().await.expect("committed");
        world.restart().await;
        let plain = file(&world, OLD, &[]).await.expect(200);
        assert_eq!(plain.text, "export const old = 1;\n");
        for (name, value) in [
            ("cache-control", "public, max-age=31536000, immutable"), ("content-type", "text/javascript; charset=utf-8"),
            ("access-control-allow-origin", "*"), ("cross-origin-resource-policy", "cross-origin"), ("vary", "Accept-Encoding"),
        ] {
            assert_eq!(plain.headers[name], value, "{name}");
        }
        let packed = file(&world, OLD, &[("accept-encoding", "br")]).await.expect(200);
        assert_eq!((packed.text.as_str(), &packed.headers["content-encoding"]), ("packed", &reqwest::header::HeaderValue::from_static("br")));
        let etag = packed.headers["etag"].to_str().expect("ASCII");
        file(&world, OLD, &[("accept-encoding", "br"), ("if-none-match", etag)]).await.expect(304);

        let stored = world.server.app.store.sdk_files().await.expect("a list");
        let own: Vec<&str> = sdk::FILES.iter().filter(|f| f.immutable).map(|f| f.name).collect();
        for name in own {
            assert!(stored.iter().any(|(n, at)| n == name && *at >= now), "{name} is kept for later releases");
        }

        world.clock.advance(KEPT_DAYS * DAY_MS - DAY_MS / 2);
        file(&world, OLD, &[]).await.expect(200);
        world.clock.advance(DAY_MS);
        file(&world, OLD, &[]).await.expect_problem(404, "NOT_FOUND");
        world.restart().await;
        let stored = world.server.app.store.sdk_files().await.expect("a list");
        assert!(!stored.iter().any(|(name, _)| name == OLD), "it is deleted");
    }

    /// Protects tenants that share a server: it does not publish whose registers it has and today's number of answers,
    /// unless the operator says so.
    async fn the_front_page_shows_tenants_only_where_that_is_set(world: World) {
        let mut world = world;
        let t = world.example("omilon").await;
        for lang in ["sv", "en"] {
            let page = world.get(&format!("/?lang={lang}"), "").await.expect(200).text;
            for hidden in [t.id.as_str(), t.log.as_str(), t.site.as_str(), MARKETING, "Omilon"] {
                assert!(!page.contains(hidden), "{hidden}");
            }
            assert!(page.contains("href=\"/docs\"") && page.contains("/checkpoint"));
        }
        world.restart_with(|config| config.public_overview = true).await;
        let page = world.get("/", "").await.expect(200).text;
        assert!(page.contains(&t.log) && page.contains(MARKETING));
    }
}

/// Protects readers of the documentation: the program accepts each of its commands, and those of the installation do in
/// order what the text says.
#[test]
fn the_documented_commands_are_right() {
    let docs = std::fs::read_to_string(root().join("docs/banner.md")).expect("the documentation");
    let shells = docs
        .split("```sh\n")
        .skip(1)
        .map(|rest| rest.split("```").next().expect("its end"));
    let commands: Vec<String> = shells
        .flat_map(str::lines)
        .map(|line| line.trim().to_owned())
        // Drops the indentation before the fence that ends a block in a list.
        .filter(|line| !line.is_empty())
        .collect();
    assert!(commands.len() >= 11, "{commands:#?}");
    let data = tempfile::tempdir().expect("a folder");
    let register = data.path().join("mine.toml");
    let example = include_str!("../../sdk-rust/core/src/register/example.toml");
    let text = example.replace("\"example", "\"mine");
    std::fs::write(&register, text).expect("a file");
    for command in &commands {
        let command = command.replace("registers/mine.toml", &register.display().to_string());
        let command = command.replace("pk_…", "pk_0123456789ab_x");
        let arguments = words(&command);
        let visits = command.contains("scan") || command.contains("--check");
        // Commands that visit a page are only parsed here: no server answers at these addresses.
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).skip(1).collect();
        let arguments = if visits {
            [&arguments[..], &["--help"]].concat()
        } else {
            arguments
        };
        let mut program = program(&arguments);
        let (code, printed, errors) = said(
            program
                .env("SAMTYCKE_DATA_DIR", data.path())
                .output()
                .expect("it runs"),
        );
        assert_eq!(code, 0, "{command}\n{printed}{errors}");
        if command.contains("embed") && !visits {
            assert!(
                printed.contains("data-key=\"pk_0123456789ab_x\"")
                    && printed.contains("samtycke-allowed-0123456789ab"),
                "{printed}"
            );
        }
    }
}

/// The words of a command; a quoted one may contain spaces.
fn words(command: &str) -> Vec<String> {
    let parts = command.split('"').enumerate();
    let words = parts.flat_map(|(i, part)| match i % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

/// Protects pages that pin a release: the check distinguishes a current tag, one that follows the server, one behind
/// but still served, and one whose file is missing, by text and by exit code.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_pages_tag_is_checked() {
    let world = World::start(samtycke_tests::Engine::Sqlite).await;
    let now = {
        use samtycke_server::clock::Clock as _;
        world.clock.now()
    };
    let old = "banner.0123abcdef.js";
    let mut tx = world.server.app.store.begin().await.expect("a transaction");
    let row = SdkFileRow {
        name: old.into(),
        content_type: "text/javascript".into(),
        body: b"export const old = 1;\n".to_vec(),
        brotli: Vec::new(),
        integrity: "sha384-x".into(),
        released_at: now,
    };
    tx.keep_sdk_file(&row).await.expect("kept");
    tx.commit().await.expect("committed");
    let entry = sdk::pinned_entry().expect("an entry");
    let pinned = format!("{}\" integrity=\"{}", entry.name, entry.integrity);
    for (src, code, words) in [
        (pinned.as_str(), 0, "is of the server's release"),
        ("banner.js", 0, "follows the server"),
        (old, 1, "earlier release"),
        ("banner.ffffffffff.js", 3, "not on the server"),
        ("guard.js", 3, "no samtycke tag"),
    ] {
        let html = format!(
            "<!doctype html><title>x</title><script type=\"module\" src=\"{}/sdk/{src}\"></script>",
            world.server.base_url
        );
        let html: &'static str = html.leak();
        let router = axum::Router::new().route(
            "/",
            axum::routing::get(async move || ([("content-type", "text/html")], html)),
        );
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
            .await
            .expect("a port");
        let url = format!("http://{}/", listener.local_addr().expect("an address"));
        tokio::spawn(async move { axum::serve(listener, router).await });
        let command = program(&["site", "embed", "--check", &url]);
        let output = tokio::process::Command::from(command)
            .output()
            .await
            .expect("it runs");
        let (found, printed, errors) = said(output);
        assert_eq!(found, code, "{src}: {printed}{errors}");
        assert!(printed.contains(words), "{src}: {printed}");
    }
}
