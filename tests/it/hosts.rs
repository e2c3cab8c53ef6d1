//! Sites that share a host or a company, and origins of apps, previews and non-ASCII hosts.

use reqwest::Method;
use samtycke_core::cookie::{self, Cookie, CookieError, MAX_AGE};
use samtycke_core::id::PublicSiteId;
use samtycke_server::clock::Clock as _;
use samtycke_server::store::subject::TallyRow;
use samtycke_tests::world::{Answer, Engine};
use samtycke_tests::{Tenancy, World, both};
use samtycke_tlog::note::VerifierKey;
use serde_json::{Value, json};

use crate::support::{self, Browser, new_notice, raw, register};

const ANALYTICS: &str = "loomer.cookies-analys";

/// Another site of the same controller, with its own notice and publishable key.
async fn site_beside(world: &World, t: &Tenancy, site: &str, origins: &[&str]) -> Tenancy {
    let body = json!({"site": site, "origins": origins});
    world
        .post("/v1/sites", &t.keys.operator, &body)
        .await
        .expect(201);
    let mut beside = t.clone();
    site.clone_into(&mut beside.site);
    origins[0].clone_into(&mut beside.web_origin);
    beside.keys.publishable = page_key(world, t, site).await;
    beside.notice = new_notice(world, &beside).await;
    beside
}

async fn page_key(world: &World, t: &Tenancy, site: &str) -> String {
    let body = json!({"role": "publishable", "site": site, "label": ""});
    let made = world.post("/v1/keys", &t.keys.operator, &body).await;
    made.expect(201).json["key"]
        .as_str()
        .expect("a key")
        .to_owned()
}

/// A browser's request with its site's key and from its site's origin.
async fn from_page(
    world: &World,
    t: &Tenancy,
    me: &Browser,
    path: &str,
    body: &Value,
    choice: &str,
) -> Answer {
    let headers = [
        ("sec-fetch-site", "same-origin"),
        ("samtycke-choice", choice),
    ];
    support::from_page(world, t, me, path, body, &headers).await
}

fn site_id(t: &Tenancy) -> PublicSiteId {
    PublicSiteId::of(&t.origin, &t.site.parse().expect("a site"))
}

fn set_cookie(answer: &Answer) -> Vec<String> {
    let values = answer.headers.get_all("set-cookie").iter();
    values
        .map(|value| value.to_str().expect("ASCII").to_owned())
        .collect()
}

async fn gives(world: &World, t: &Tenancy, me: &Browser) -> Answer {
    let body = world.consent(t, &me.subject, 0, &[(ANALYTICS, "given")]);
    from_page(world, t, me, "/v1/consents", &body, "1")
        .await
        .expect(201)
}

both! {
    /// Protects sites that share a host (cookies do not separate ports and paths): each site stores its choice under a
    /// name of its own. The name is in its keys and outlives them. A grant at one site permits nothing at another.
    async fn sites_on_one_host_have_cookies_of_their_own(world: World) {
        let first = world.example("loomer").await;
        let second = site_beside(&world, &first, "shop.loomer.example", &["http://localhost:9002"]).await;
        let other = world.example("omilon").await;
        let all = [&first, &second, &other];
        let ids: Vec<String> = all.iter().map(|t| site_id(t).to_string()).collect();
        for (t, id) in all.iter().zip(&ids) {
            let rotated = page_key(&world, t, &t.site).await;
            for key in [&t.keys.publishable, &rotated] {
                assert_eq!(key.strip_prefix("pk_").and_then(|rest| rest.split_once('_')).map(|(id, _)| id), Some(id.as_str()), "{key}");
                assert_eq!(key.len(), 3 + 12 + 1 + 43);
                let document = raw(&world, Method::GET, &format!("/v1/banner/{key}"), &[], "").await.expect(200);
                assert_eq!(document.json["site_id"], id.as_str());
                assert_eq!((&document.json["changes"], &document.json["cookie_domains"]), (&json!([]), &json!([])));
                assert_eq!(document.json["purposes"][0]["vendors"], json!([]));
            }
        }
        assert!(ids[0] != ids[1] && ids[1] != ids[2] && ids[0] != ids[2]);

        let me = Browser::new();
        let given = gives(&world, &first, &me).await;
        let name = cookie::name(&site_id(&first));
        let set = set_cookie(&given);
        assert!(set.len() == 1 && set[0].starts_with(&format!("{name}=g.1.")), "{set:?}");
        let token = given.json["cookie"].as_str().expect("a token");
        let header = format!("{name}=g.1.{token}.{}", me.capability);
        assert!(Cookie::in_header(&header, &site_id(&first)).is_some());
        let read = |t: &Tenancy| {
            let vkey = VerifierKey::parse(&t.vkey).expect("a key");
            Cookie::verify(token, &vkey, &t.site.parse().expect("a site"), world.clock.now(), MAX_AGE)
        };
        assert!(read(&first).is_ok_and(|cookie| cookie.allows(&ANALYTICS.parse().expect("a purpose"))));
        assert_eq!(read(&first).expect("it verifies").payload().site_id, site_id(&first));
        assert_eq!(read(&second), Err(CookieError::Site));
        assert_eq!(read(&other), Err(CookieError::Signature));
        for t in [&second, &other] {
            assert_eq!(Cookie::in_header(&header, &site_id(t)), None);
        }
        let none = from_page(&world, &second, &Browser::new(), "/v1/cookie", &json!({}), "1").await.expect(200);
        assert_eq!((&none.json["cookie"], none.json["may_ask"].as_bool()), (&Value::Null, Some(true)), "the second asks by itself");
    }

    /// Protects content other than Google's from waiting for Google: the token lists the purposes that Google's tags
    /// use.
    async fn a_token_says_what_google_follows(world: World) {
        let t = world.example("loomer").await;
        let token = gives(&world, &t, &Browser::new()).await;
        let cookie = Cookie::parse(token.json["cookie"].as_str().expect("a token")).expect("a cookie");
        assert!(matches!(cookie, cookie::CookieValue::Given(_)));
        let document = raw(&world, Method::GET, &format!("/v1/banner/{}", t.keys.publishable), &[], "").await.expect(200);
        let follow: Vec<bool> = document.json["purposes"].as_array().expect("a list").iter()
            .map(|purpose| purpose["consent_mode"].as_array().expect("a list").iter().any(|kind| {
                // What a page itself stores does not wait, whatever Google calls it.
                ["ad_storage", "ad_user_data", "ad_personalization", "analytics_storage"].iter().any(|of| kind == of)
            })).collect();
        let vkey = VerifierKey::parse(&t.vkey).expect("a key");
        let value = token.json["cookie"].as_str().expect("a token");
        let read = Cookie::verify(value, &vkey, &t.site.parse().expect("a site"), world.clock.now(), MAX_AGE).expect("it verifies");
        let told: Vec<bool> = read.payload().purposes.iter().map(|entry| entry.google).collect();
        assert_eq!(told, follow);
        assert!(told.contains(&true), "{told:?}");
    }

    /// Protects browsers without WebCrypto: the server accepts a request with only what the browser knows, and accepts
    /// no other caller that way.
    async fn a_browser_may_leave_its_subject_out(world: World) {
        let t = world.example("loomer").await;
        let (me, you) = (Browser::new(), Browser::new());
        let without = |mut body: Value| {
            body.as_object_mut().expect("an object").remove("subject").expect("it had one");
            body
        };
        let consent = world.consent(&t, &me.subject, 0, &[(ANALYTICS, "given")]);
        let given = from_page(&world, &t, &me, "/v1/consents", &without(consent.clone()), "1").await.expect(201);
        assert_eq!(world.check(&t, &me.subject, ANALYTICS).await.json["allow"], true, "it is the capability's");
        let again = from_page(&world, &t, &me, "/v1/consents", &without(consent.clone()), "1").await.expect(201);
        let named = from_page(&world, &t, &me, "/v1/consents", &consent, "1").await.expect(201);
        for answer in [&again, &named] {
            assert_eq!((&answer.json["index"], &answer.headers["idempotent-replayed"]), (&given.json["index"], &"true".parse().expect("a value")));
        }
        from_page(&world, &t, &you, "/v1/consents", &without(consent.clone()), "1").await.expect_problem(422, "EVENT_ID_REUSED");

        let renewed = from_page(&world, &t, &me, "/v1/cookie", &json!({}), "1").await.expect(200);
        assert_eq!(renewed.json["seq"], 1);
        let no = json!({"event_id": world.event_id(), "decisions": [{"purpose": ANALYTICS, "decision": "withdrawn"}]});
        from_page(&world, &t, &me, "/v1/withdrawals", &no, "1").await.expect(201);
        assert_eq!(world.check(&t, &me.subject, ANALYTICS).await.json["reason"], "CONSENT_WITHDRAWN");

        let made = world.post("/v1/subjects", &t.keys.service, &json!({"identifier": "customer-7", "domain": "account"})).await.expect(200);
        let lent = made.json["capability"].as_str().expect("one").to_owned();
        for capability in ["", "AAAA", me.subject.as_str(), lent.as_str(), &format!("{}A", me.capability)] {
            let nobody = Browser { capability: capability.to_owned(), subject: String::new() };
            for (path, body) in [("/v1/consents", without(consent.clone())), ("/v1/withdrawals", no.clone()), ("/v1/cookie", json!({}))] {
                let refused = from_page(&world, &t, &nobody, path, &body, "1").await.expect_problem(422, "FIELD_INVALID");
                assert_eq!(refused.json["violations"][0]["field"], "/subject", "{path} {capability}");
            }
        }
        let null = from_page(&world, &t, &me, "/v1/cookie", &json!({"subject": null}), "1").await;
        null.expect_problem(422, "FIELD_INVALID");
        for (path, body) in [("/v1/consents", without(consent)), ("/v1/withdrawals", no)] {
            world.post(path, &t.keys.service, &body).await.expect_problem(422, "FIELD_INVALID");
        }
    }

    /// Protects a page's first moments: a counted event needs no preflight, so it has no key in a header and no such
    /// content type. It counts only for the key's site and from its pages.
    async fn choices_are_counted_without_a_preflight(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let tally = |choice: &str| json!({"notice": t.notice, "choice": choice}).to_string();
        let path = format!("/v1/banner/{}/tallies", t.keys.publishable);
        let count = async |path: &str, media: &str, origin: &str, body: String| {
            raw(&world, Method::POST, path, &[("content-type", media), ("origin", origin)], body).await
        };
        for (choice, media) in [("deferred", "text/plain;charset=UTF-8"), ("refused", "application/json"),
            ("signal", "text/plain"), ("signal", "application/json; charset=utf-8")] {
            let counted = count(&path, media, &t.web_origin, tally(choice)).await.expect(204);
            assert_eq!(counted.headers["access-control-allow-origin"], t.web_origin.as_str());
            assert!(set_cookie(&counted).is_empty(), "no counter was said");
        }
        let tenant = world.server.app.tenants.all().into_iter().find(|x| x.id.as_str() == "loomer").expect("it");
        let rows = world.server.app.store.tallies(&tenant.log, 0).await.expect("counts");
        let mut counts: Vec<(String, u64)> = Vec::new();
        for TallyRow { site, notice, choice, count: n, .. } in rows {
            assert_eq!((site.as_str(), notice.as_str()), (t.site.as_str(), t.notice.as_str()));
            // The hour may have changed meanwhile.
            match counts.iter_mut().find(|(known, _)| *known == choice) {
                Some((_, sum)) => *sum += n,
                None => counts.push((choice, n)),
            }
        }
        counts.sort();
        let wanted = [("deferred", 1), ("refused", 1), ("signal", 2)];
        assert_eq!(counts, wanted.map(|(choice, n)| (choice.to_owned(), n)));

        for key in ["pk_0123456789ab_none", "x", t.keys.service.as_str(), t.keys.operator.as_str()] {
            let path = format!("/v1/banner/{key}/tallies");
            count(&path, "text/plain", &t.web_origin, tally("deferred")).await.expect_problem(404, "NOT_FOUND");
        }
        for origin in ["https://evil.example", "null", &other.web_origin] {
            count(&path, "text/plain", origin, tally("deferred")).await.expect_problem(403, "ORIGIN_NOT_ALLOWED");
        }
        raw(&world, Method::POST, &path, &[("content-type", "text/plain")], tally("deferred")).await.expect_problem(403, "ORIGIN_NOT_ALLOWED");
        let foreign = json!({"notice": other.notice, "choice": "deferred"}).to_string();
        count(&path, "text/plain", &t.web_origin, foreign).await.expect_problem(422, "NOTICE_UNKNOWN");
        for media in ["application/x-www-form-urlencoded", "multipart/form-data", ""] {
            count(&path, media, &t.web_origin, tally("deferred")).await.expect_problem(415, "CONTENT_TYPE_UNSUPPORTED");
        }
        count(&path, "text/plain", &t.web_origin, tally("shown")).await.expect_problem(422, "FIELD_INVALID");
        count(&path, "text/plain", &t.web_origin, tally("given")).await.expect_problem(422, "FIELD_INVALID");
        count(&path, "text/plain", &t.web_origin, "deferred".into()).await.expect_problem(400, "JSON_SYNTAX");
        count("/v1/tallies", "application/json", &t.web_origin, tally("deferred")).await.expect_problem(404, "NOT_FOUND");
        world.send(Method::DELETE, &format!("/v1/sites/{}", t.site), &t.keys.operator, None).await.expect(204);
        count(&path, "text/plain", &t.web_origin, tally("deferred")).await.expect_problem(404, "NOT_FOUND");
    }

    /// Protects sites below a path and companies with several hosts: the server sets the cookie where the page asks,
    /// within the site's own origins. An address that it cannot use does not fail the request.
    async fn a_cookie_lies_where_the_page_says(world: World) {
        let t = world.example("loomer").await;
        let hosts = ["https://example.test", "https://www.example.test", "https://shop.example.test:8443", "https://github.io", "https://x.github.io"];
        let company = site_beside(&world, &t, "company", &hosts).await;
        let document = raw(&world, Method::GET, &format!("/v1/banner/{}", company.keys.publishable), &[], "").await.expect(200);
        assert_eq!(document.json["cookie_domains"], json!(["example.test"]));
        let me = Browser::new();
        gives(&world, &company, &me).await;
        let laid = async |choice: &str| {
            let answer = from_page(&world, &company, &me, "/v1/cookie", &json!({}), choice).await.expect(200);
            let set = set_cookie(&answer);
            assert_eq!(set.len(), 1, "{choice}");
            let (_, attributes) = set[0].split_once("; ").expect("attributes");
            attributes.replace("; SameSite=Lax; Max-Age=34128000", "")
        };
        for (choice, attributes) in [
            ("7", "Path=/"),
            ("7; path=/a/", "Path=/a/"),
            ("7; domain=example.test", "Path=/; Domain=example.test"),
            ("7; path=/~me/b_c; domain=example.test", "Path=/~me/b_c; Domain=example.test"),
            ("7; path=/a b", "Path=/"), ("7; path=a", "Path=/"), ("7; path=/%3B", "Path=/"),
            ("7; domain=www.example.test", "Path=/"), ("7; domain=.example.test", "Path=/"), ("7; domain=EXAMPLE.test", "Path=/"),
            ("7; domain=github.io", "Path=/"), ("7; domain=test", "Path=/"), ("7; domain=evil.test; path=/a/", "Path=/a/"),
        ] {
            assert_eq!(laid(choice).await, attributes, "{choice}");
        }
        let tally = json!({"notice": company.notice, "choice": "refused"});
        let path = format!("/v1/banner/{}/tallies", company.keys.publishable);
        let refused = from_page(&world, &company, &me, &path, &tally, "9; path=/a/; domain=example.test").await.expect(204);
        let set = set_cookie(&refused);
        assert!(set[0].starts_with(&format!("{}=r.9.", cookie::name(&site_id(&company)))), "{set:?}");
        assert!(set[0].contains("; Path=/a/; ") && set[0].contains("; Domain=example.test"), "{set:?}");
    }

    /// Protects people who set up sites: origins are stored as browsers and apps send them and compared exactly. A
    /// refusal says what is wrong and what would be right.
    async fn origins_are_kept_as_they_are_sent(world: World) {
        let t = world.example("loomer").await;
        let written = ["capacitor://localhost", "tauri://localhost", "http://tauri.localhost", "https://localhost", "ionic://localhost",
            "https://blåbär.example", "https://www.example.com/", "https://WWW.example.com"];
        let sent = ["capacitor://localhost", "tauri://localhost", "http://tauri.localhost", "https://localhost", "ionic://localhost",
            "https://xn--blbr-noae.example", "https://www.example.com"];
        let mut app = site_beside(&world, &t, "app", &written).await;
        let listed = world.get("/v1/sites", &t.keys.operator).await.expect(200);
        let row = listed.json.as_array().expect("sites").iter().find(|row| row["site"] == "app").expect("it").clone();
        assert_eq!(row["origins"], json!(sent), "each once");
        let mut reaches = async |origin: &str| {
            origin.clone_into(&mut app.web_origin);
            let preflight = [("origin", origin), ("access-control-request-method", "POST")];
            let asked = raw(&world, Method::OPTIONS, "/v1/cookie", &preflight, "").await.expect(204);
            let told = asked.headers.contains_key("access-control-allow-origin");
            let answer = from_page(&world, &app, &Browser::new(), "/v1/cookie", &json!({}), "1").await;
            assert_eq!(answer.status.is_success(), told, "{origin}: {}", answer.text);
            told
        };
        for origin in sent {
            assert!(reaches(origin).await, "{origin}");
        }
        for origin in ["capacitor://evil", "capacitor://localhost.evil", "evil://localhost", "http://localhost", "https://tauri.localhost",
            "Capacitor://localhost", "https://www.example.com/", "https://blaabaer.example", "null"] {
            assert!(!reaches(origin).await, "{origin}");
        }
        for (origin, says) in [
            ("null", "sandboxed"), ("shop.example.org", "no scheme"), ("file:///x", "scheme whose pages"), ("chrome-extension://abc", "scheme whose pages"),
            ("https://www.example.com/shop", "leave out path"), ("https://me@example.com", "user"), ("https://a_b.example", "no host"),
            ("https://example.com:0443", "port"), ("https://*.example.com", "test tenant"),
        ] {
            let body = json!({"site": "no", "origins": ["https://a.example", origin]});
            let refused = world.post("/v1/sites", &t.keys.operator, &body).await.expect_problem(422, "FIELD_INVALID");
            let violation = &refused.json["violations"][0];
            assert_eq!(violation["field"], "/origins/1", "{origin}");
            let message = violation["message"].as_str().expect("a message");
            assert!(message.contains(says) && !message.contains(origin), "{origin}: {message}");
        }
    }

    /// Protects real records from test ones: a tenant whose id says test has that in its log's name for ever. Only its
    /// sites may have patterns as origins, and its pages' keys tell every banner.
    async fn a_test_tenant_is_one_for_ever(world: World) {
        let real = world.example("loomer").await;
        let toml = register("loomer").replacen("id = \"loomer\"", "id = \"loomer-test\"", 1);
        let mut test = world.tenancy("loomer-test", &toml).await;
        assert!(test.origin.contains("/test-logs/") && !real.origin.contains("test"), "{} {}", test.origin, real.origin);
        let log = samtycke_tests::audit::tenant(&world.server.app, &test.log).await;
        world.server.app.publisher.publish(&log).await.expect("published");
        let checkpoint = world.get(&format!("/v1/logs/{}/checkpoint", test.log), "").await.expect(200);
        assert!(checkpoint.text.starts_with(&format!("{}\n", test.origin)), "{}", checkpoint.text);
        let prefix = format!("pk_test_{}_", site_id(&test));
        assert!(test.keys.publishable.starts_with(&prefix) && test.keys.service.starts_with("sk_service_"));

        let previews = ["https://*--shop.netlify.app", "https://*.preview.example.test", "https://shop.example.test"];
        test = site_beside(&world, &test, "previews", &previews).await;
        assert!(test.keys.publishable.starts_with("pk_test_"));
        for (origin, yes) in [
            ("https://pr-123--shop.netlify.app", true), ("https://a.preview.example.test", true), ("https://shop.example.test", true),
            ("https://shop.netlify.app", false), ("https://a.b.preview.example.test", false), ("http://a.preview.example.test", false),
            ("https://a.preview.example.test.evil.test", false), ("https://preview.example.test", false), ("https://*.preview.example.test", false),
        ] {
            origin.clone_into(&mut test.web_origin);
            let preflight = [("origin", origin), ("access-control-request-method", "POST")];
            let asked = raw(&world, Method::OPTIONS, "/v1/cookie", &preflight, "").await.expect(204);
            assert_eq!(asked.headers.contains_key("access-control-allow-origin"), yes, "{origin}");
            let document = raw(&world, Method::GET, &format!("/v1/banner/{}", test.keys.publishable), &[("origin", origin)], "").await.expect(200);
            assert_eq!(document.headers.contains_key("access-control-allow-origin"), yes, "{origin}");
            let answer = from_page(&world, &test, &Browser::new(), "/v1/cookie", &json!({}), "1").await;
            assert_eq!(answer.status.as_u16(), if yes { 200 } else { 403 }, "{origin}: {}", answer.text);
        }
        let me = Browser::new();
        "https://shop.example.test".clone_into(&mut test.web_origin);
        let given = gives(&world, &test, &me).await;
        let vkey = VerifierKey::parse(&test.vkey).expect("a key");
        let token = given.json["cookie"].as_str().expect("a token");
        let cookie = Cookie::verify(token, &vkey, &test.site.parse().expect("a site"), world.clock.now(), MAX_AGE).expect("it verifies");
        assert!(cookie.payload().origin.contains("/test-logs/"), "the cookie says it too");

        for wide in ["https://*", "https://*.app", "https://*.*.netlify.app", "https://www.*.example.test", "capacitor://*"] {
            let body = json!({"site": "wide", "origins": [wide]});
            world.post("/v1/sites", &test.keys.operator, &body).await.expect_problem(422, "FIELD_INVALID");
        }
        let body = json!({"site": "previews", "origins": [previews[0]]});
        let refused = world.post("/v1/sites", &real.keys.operator, &body).await.expect_problem(422, "FIELD_INVALID");
        assert!(refused.json["violations"][0]["message"].as_str().is_some_and(|m| m.contains("-test")), "{}", refused.text);
    }

    /// Protects a site that moves: its origins change on every server at once, its keys and people's choices stay, and
    /// the log records the change.
    async fn a_sites_origins_change_at_every_server_at_once(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        gives(&world, &t, &me).await;
        let servers = match world.engine {
            Engine::Postgres => vec![world.second_server().await],
            Engine::Sqlite => Vec::new(),
        };
        let bases: Vec<String> = std::iter::once(&world.server).chain(&servers).map(|server| server.base_url.clone()).collect();
        let good = async |base: &str, origin: &str| {
            let renew = world.http.post(format!("{base}/v1/cookie")).bearer_auth(&t.keys.publishable)
                .header("origin", origin).header("samtycke-capability", &me.capability).json(&json!({}));
            let renewed = Answer::of(renew.send().await.expect("an answer")).await.status.as_u16();
            let tally = world.http.post(format!("{base}/v1/banner/{}/tallies", t.keys.publishable)).header("origin", origin)
                .json(&json!({"notice": t.notice, "choice": "deferred"}));
            let counted = Answer::of(tally.send().await.expect("an answer")).await.status.as_u16();
            let no = world.http.post(format!("{base}/v1/withdrawals")).bearer_auth(&t.keys.publishable)
                .header("origin", origin).header("samtycke-capability", &me.capability)
                .json(&json!({"event_id": world.event_id(), "decisions": [{"purpose": "loomer.cookies-tredjepart", "decision": "refused"}]}));
            let refused = Answer::of(no.send().await.expect("an answer")).await.status.as_u16();
            match (renewed, counted, refused) {
                (200, 204, 201) => true,
                (403, 403, 403) => false,
                other => panic!("{origin} at {base}: {other:?}"),
            }
        };
        let path = format!("/v1/sites/{}", t.site);
        let set = async |origins: &[&str]| {
            world.send(Method::PUT, &path, &t.keys.operator, Some(&json!({"origins": origins}))).await
        };
        let (old, new) = (t.web_origin.as_str(), "https://new.loomer.example");
        for base in &bases {
            assert!(good(base, old).await && !good(base, new).await, "{base}");
        }
        for (origins, yes, no) in [(&[old, "https://new.loomer.example/"][..], &[old, new][..], &[][..]), (&[new], &[new], &[old]), (&[old], &[old], &[new])] {
            let changed = set(origins).await.expect(200);
            assert_eq!(changed.json["origins"], json!(yes));
            // First the server that did not make the change.
            for base in bases.iter().rev() {
                for origin in no {
                    assert!(!good(base, origin).await, "{origin} at {base}");
                }
                for origin in yes {
                    assert!(good(base, origin).await, "{origin} at {base}");
                }
            }
        }
        let document = raw(&world, Method::GET, &format!("/v1/banner/{}", t.keys.publishable), &[], "").await.expect(200);
        assert_eq!(document.json["notice"], t.notice.as_str(), "the notice stands");
        assert_eq!(world.check(&t, &me.subject, ANALYTICS).await.json["allow"], true, "what was said stands");

        let tenant = || world.server.app.tenants.all().into_iter().find(|x| x.id.as_str() == "loomer").expect("it");
        let before = tenant().config_version;
        set(&[old]).await.expect(200);
        assert_eq!(tenant().config_version, before, "what changes nothing is not logged");
        for (origins, field) in [(&[old, "https://new.loomer.example/shop"][..], "/origins/1"), (&["null"], "/origins/0"), (&["https://*.loomer.example"], "/origins/0")] {
            let refused = set(origins).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(refused.json["violations"][0]["field"], field);
        }
        let many: Vec<String> = (0..17).map(|i| format!("https://h{i}.loomer.example")).collect();
        set(&many.iter().map(String::as_str).collect::<Vec<_>>()).await.expect_problem(422, "FIELD_INVALID");
        for key in [&t.keys.editor, &t.keys.service, &t.keys.dpo] {
            world.send(Method::PUT, &path, key, Some(&json!({"origins": [new]}))).await.expect_problem(403, "FORBIDDEN");
        }
        world.send(Method::PUT, "/v1/sites/nowhere.example", &t.keys.operator, Some(&json!({"origins": []}))).await.expect_problem(404, "NOT_FOUND");
        assert!(good(&bases[0], old).await, "and it is as it was");
        for mut server in servers {
            server.stop().await;
        }
    }
}
