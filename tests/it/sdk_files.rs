//! Files for websites: the banner's files and the declaration.

use reqwest::Method;
use samtycke_server::sdk;
use samtycke_tests::{Engine, World, both};

use crate::support::{raw, register};

/// A browser that accepts brotli gets it, one that refuses it does not, and neither ever gets the other's copy.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_file_is_served_as_its_name_promises() {
    let world = World::start(Engine::Sqlite).await;
    for file in sdk::FILES {
        let path = format!("/sdk/{}", file.name);
        let get = async |accept: &str, held: &str| {
            let headers = [("accept-encoding", accept), ("if-none-match", held)];
            raw(&world, Method::GET, &path, &headers, "").await
        };
        let plain = get("gzip, br;q=0", "\"none\"").await.expect(200);
        assert_eq!(plain.text.as_bytes(), file.body, "{}", file.name);
        assert!(!plain.headers.contains_key("content-encoding"));
        let packed = get("gzip, br", "\"none\"").await.expect(200);
        let is_packed = packed.headers.contains_key("content-encoding");
        assert_eq!(is_packed, !file.brotli.is_empty(), "{}", file.name);
        if is_packed {
            assert_eq!(packed.headers["content-encoding"], "br");
            assert_eq!(
                packed.headers["content-length"],
                file.brotli.len().to_string()
            );
            assert_ne!(packed.headers["etag"], plain.headers["etag"]);
        }
        for (name, value) in [
            ("content-type", file.content_type),
            ("vary", "Accept-Encoding"),
            ("access-control-allow-origin", "*"),
            ("cross-origin-resource-policy", "cross-origin"),
            ("x-content-type-options", "nosniff"),
        ] {
            assert_eq!(plain.headers[name], value, "{} {name}", file.name);
        }
        let cache = if file.immutable {
            "public, max-age=31536000, immutable"
        } else {
            "public, max-age=600, stale-while-revalidate=86400"
        };
        assert_eq!(plain.headers["cache-control"], cache, "{}", file.name);
        let etag = packed.headers["etag"].to_str().expect("ASCII");
        let same = get("br", &format!("\"x\", W/{etag}")).await.expect(304);
        assert!(same.text.is_empty() && !same.headers.contains_key("content-type"));
        assert_eq!(same.headers["etag"], etag);
    }
    raw(&world, Method::GET, "/sdk/nothing.js", &[], "")
        .await
        .expect_problem(404, "NOT_FOUND");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_signal_is_answered_for() {
    let world = World::start(Engine::Sqlite).await;
    let said = world.get("/.well-known/gpc.json", "").await.expect(200);
    assert_eq!(said.headers["content-type"], "application/json");
    assert_eq!(said.text, r#"{"gpc":true,"lastUpdate":"2026-11-22"}"#);
}

/// One declared cookie, as a controller adds it to its register.
const COOKIE: &str =
    "\n[[cookie]]\nname = \"_declared\"\npurpose = \"loomer.cookies-analys\"\nlifetime = \"P6M\"\n";

both! {
    /// Protects law.md L19: the site's publishable key makes the declaration public. It matches the live register and
    /// the notice, and a key of another role gets nothing.
    async fn a_site_declares_what_it_stores(world: World) {
        let t = world.tenancy("loomer", &format!("{}{COOKIE}", register("loomer"))).await;
        let path = format!("/declaration/{}", t.keys.publishable);
        let sv = world.get(&format!("{path}?lang=sv-SE"), "").await.expect(200);
        assert_eq!(sv.headers["content-type"], "text/html; charset=utf-8");
        let policy = sv.headers["content-security-policy"].to_str().expect("ASCII");
        assert!(policy.starts_with("default-src 'none'; style-src 'self'"), "{policy}");
        for said in ["<html lang=\"sv\"", "_declared", "6 månader", "Kakor: analys", "samtycke-consent-1", "Loomer AB"] {
            assert!(sv.text.contains(said), "{said}: {}", sv.text);
        }
        for query in ["?language=sv-SE", "?language=fi,sv", "?lang=sv&language=sv", "?language=da"] {
            let browser = [("accept-language", "sv;q=0.9,en;q=0.1")];
            let page = raw(&world, Method::GET, &format!("{path}{query}"), &browser, "").await.expect(200);
            assert!(page.text.contains("<html lang=\"sv\""), "{query}");
        }
        let english = raw(&world, Method::GET, &format!("{path}?language=en"), &[("accept-language", "sv")], "").await.expect(200);
        assert!(english.text.contains("<html lang=\"en\"") && english.text.contains("href=\"?language=sv\""));
        let css = sv.text.split("href=\"../assets/").nth(1).and_then(|rest| rest.split('"').next()).expect("a style sheet");
        world.get(&format!("/assets/{css}"), "").await.expect(200);
        let en = raw(&world, Method::GET, &path, &[("accept-language", "fi,en-GB;q=0.8")], "").await.expect(200);
        assert!(en.text.contains("<html lang=\"en\"") && en.text.contains("6 months"), "{}", en.text);
        assert_eq!(en.headers["vary"], "Accept-Language");
        for no in [&t.keys.service, &t.keys.operator, &"pk_0123456789ab_made-up".to_owned()] {
            world.get(&format!("/declaration/{no}"), "").await.expect_problem(404, "NOT_FOUND");
        }
    }
}
