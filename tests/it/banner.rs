//! The banner's routes: the document, the browser's choices, and the cookie that a controller's server verifies.

use std::time::Duration;

use reqwest::Method;
use samtycke_core::cookie::{self, Cookie, MAX_AGE};
use samtycke_core::id::{PublicSiteId, PurposeId, SiteId};
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, both, logged};
use samtycke_tlog::note::VerifierKey;
use serde_json::{Value, json};

use crate::support::{
    Browser, from_page, go_live, happened, new_notice, raw, register, verdict, with_analysis,
    without,
};

const ANALYTICS: &str = "loomer.cookies-analys";
const THIRD_PARTY: &str = "loomer.cookies-tredjepart";
const NECESSARY: &str = "loomer.cookies-nodvandiga.val";
const RELEVANCE: &str = "loomer.cookies-relevans";
const MARKETING: &str = "omilon.sparningsbilder-marknadsforing";

/// A `GET` of the document, as a page sends it.
async fn document(world: &World, key: &str, query: &str, headers: &[(&str, &str)]) -> Answer {
    raw(
        world,
        Method::GET,
        &format!("/v1/banner/{key}{query}"),
        headers,
        "",
    )
    .await
}

const FIRST_PARTY: &[(&str, &str)] = &[("sec-fetch-site", "same-origin"), ("samtycke-choice", "7")];

async fn gives(world: &World, t: &Tenancy, me: &Browser, based_on: u64, given: &[&str]) -> Answer {
    let decisions: Vec<_> = given.iter().map(|purpose| (*purpose, "given")).collect();
    let body = world.consent(t, &me.subject, based_on, &decisions);
    from_page(world, t, me, "/v1/consents", &body, &[])
        .await
        .expect(201)
}

async fn renewed(world: &World, t: &Tenancy, me: &Browser) -> Answer {
    let body = json!({"subject": me.subject});
    from_page(world, t, me, "/v1/cookie", &body, &[])
        .await
        .expect(200)
}

/// The token in a response, verified as any of the controller's servers could.
fn read(world: &World, t: &Tenancy, answer: &Answer) -> Cookie {
    let token = answer.json["cookie"].as_str().expect("a token");
    verify(world, t, token).expect("it verifies")
}

fn verify(
    world: &World,
    t: &Tenancy,
    value: &str,
) -> Result<Cookie, samtycke_core::cookie::CookieError> {
    use samtycke_server::clock::Clock as _;
    let vkey = VerifierKey::parse(&t.vkey).expect("the log's key");
    let site: SiteId = t.site.parse().expect("a site");
    Cookie::verify(value, &vkey, &site, world.clock.now(), MAX_AGE)
}

fn id(purpose: &str) -> PurposeId {
    purpose.parse().expect("a purpose's id")
}

fn may_ask(cookie: &Cookie, purpose: &str) -> bool {
    let entries = &cookie.payload().purposes;
    entries
        .iter()
        .any(|e| e.purpose.as_str() == purpose && e.may_ask)
}

fn ids(purposes: &Value) -> Vec<&str> {
    let all = purposes.as_array().expect("a list").iter();
    all.map(|p| p["id"].as_str().expect("an id")).collect()
}

/// The name of the site's cookie, derived from the log's key and the site's name.
fn cookie_name(t: &Tenancy) -> String {
    let site: SiteId = t.site.parse().expect("a site");
    cookie::name(&PublicSiteId::of(&t.origin, &site))
}

fn set_cookie(answer: &Answer) -> Option<&str> {
    let values: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert!(values.len() < 2, "one at most");
    values.first().map(|value| value.to_str().expect("ASCII"))
}

both! {
    /// Protects the document: it contains what the site's published notice asks, in the requested language and for the
    /// requested readers. It never asks for consent limited to one recipient, which a banner cannot ask for.
    async fn the_document_is_what_the_site_asks(world: World) {
        let t = world.example("loomer").await;
        let key = &t.keys.publishable;
        let answer = document(&world, key, "", &[]).await.expect(200);
        let d = &answer.json;
        assert_eq!(answer.headers["cache-control"], "public, max-age=300, stale-while-revalidate=86400");
        assert_eq!((d["v"].as_u64(), d["tenant"].as_str(), d["site"].as_str()), (Some(1), Some("loomer"), Some(t.site.as_str())));
        assert_eq!((d["notice"].as_str(), d["version"].as_u64()), (Some(t.notice.as_str()), Some(1)));
        assert_eq!(d["log"], json!({"origin": t.origin, "vkey": t.vkey}));
        assert_eq!(ids(&d["purposes"]), [NECESSARY, ANALYTICS, RELEVANCE, THIRD_PARTY]);
        assert_eq!((d["language"].as_str(), d["variant"].as_str(), d["direction"].as_str()), (Some("sv"), Some("adult"), Some("ltr")));
        assert_eq!(d["text"]["language"], "sv", "the register's language");
        assert_eq!((&d["languages"], &d["prior_notices_accepted"]), (&json!(["en", "sv"]), &json!([])));
        let analytics = &d["purposes"][1];
        assert_eq!((analytics["category"].as_str(), analytics["gpc"].as_bool()), (Some("statistics"), Some(false)));
        assert_eq!(analytics["consent_mode"], json!(["analytics_storage"]));
        assert_eq!(d["words"]["categories"]["statistics"], "Statistik");
        assert_eq!(analytics["reask_s"], 181 * 24 * 60 * 60, "six months are 181 days at the least");

        for (query, language) in [("?language=en-GB,sv", "en"), ("?language=da,fi", "sv"), ("?language=sv-SE&variant=child", "sv")] {
            let answer = document(&world, key, query, &[]).await.expect(200);
            assert_eq!((answer.json["language"].as_str(), answer.json["text"]["language"].as_str()), (Some(language), Some(language)));
            assert_eq!(answer.json["variant"], "adult", "there is no text for children");
        }
        for query in ["?lang=sv", "?variant=robot"] {
            document(&world, key, query, &[]).await.expect_problem(400, "PARAMETER_INVALID");
        }
    }

    /// Protects readers: a notice about the terminal alone can be drafted, published and served in any language of the
    /// product and for young readers, with the product's own words. A request that no text matches is refused.
    async fn a_notice_about_the_terminal_speaks_many_languages(world: World) {
        let t = world.example("loomer").await;
        let add = async |more: Value| {
            let mut body = json!({"site": t.site});
            body.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
            world.post("/v1/notices", &t.keys.editor, &body).await
        };
        let wish = json!({"about": "terminal", "languages": ["sv", "ar", "en"], "variants": ["adult", "child"]});
        let added = add(wish).await.expect(201);
        assert_eq!(added.json["purposes"], json!([NECESSARY, ANALYTICS, RELEVANCE, THIRD_PARTY]), "{}", added.text);
        let path = format!("/v1/notices/{}/publish", added.json["hash"].as_str().expect("a hash"));
        world.post(&path, &t.keys.publisher, &json!({})).await.expect(200);
        let get = async |query: &str| document(&world, &t.keys.publishable, query, &[]).await.expect(200).json;
        let arabic = get("?language=ar-SY&variant=child").await;
        assert_eq!((arabic["language"].as_str(), arabic["variant"].as_str(), arabic["direction"].as_str()), (Some("ar"), Some("adult"), Some("rtl")));
        assert_eq!(arabic["languages"], json!(["ar", "en", "sv"]));
        let (child, adult) = (get("?variant=child").await, get("").await);
        assert_eq!((child["variant"].as_str(), &child["languages"]), (Some("child"), &json!(["sv"])));
        assert_ne!(child["text"]["intro"], adult["text"]["intro"]);
        assert_ne!(arabic["words"]["details"], adult["words"]["details"]);
        for (field, wish) in [
            ("/languages/1", json!({"languages": ["sv", "ar"]})), ("/languages/0", json!({"about": "terminal", "languages": ["xx"]})),
            ("/languages", json!({"languages": []})), ("/variants/1", json!({"about": "terminal", "languages": ["en"], "variants": ["adult", "teen"]})),
            ("/variants", json!({"variants": []})),
        ] {
            let refused = add(wish).await.expect_problem(422, "FIELD_INVALID");
            assert_eq!(refused.json["violations"][0]["field"], field);
        }
    }

    /// Protects keys: a key that is not a publishable key of a live site is not found, and the response does not reveal
    /// a secret key as one. A revoked key or site gets no document from that moment.
    async fn only_a_publishable_key_finds_a_document(world: World) {
        let t = world.example("loomer").await;
        let k = &t.keys;
        for key in [&k.service, &k.editor, &k.publisher, &k.dpo, &k.auditor, &k.operator, "pk_0123456789ab_none", "pk_", "x"] {
            document(&world, key, "", &[]).await.expect_problem(404, "NOT_FOUND");
        }
        document(&world, &format!("pk_{}", "x".repeat(200)), "", &[]).await.expect_problem(404, "NOT_FOUND");
        document(&world, &k.publishable, "", &[]).await.expect(200);
        world.send(Method::DELETE, &format!("/v1/sites/{}", t.site), &k.operator, None).await.expect(204);
        document(&world, &k.publishable, "", &[]).await.expect_problem(404, "NOT_FOUND");
    }

    /// Protects readers and caches: only pages of the site's origins may read the document, and an unchanged document
    /// is not sent again.
    async fn pages_of_the_site_may_read_the_document(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let key = &t.keys.publishable;
        let mine = document(&world, key, "", &[("origin", &t.web_origin)]).await.expect(200);
        assert_eq!(mine.headers["access-control-allow-origin"], t.web_origin.as_str());
        for (name, origin) in [("another controller's", other.web_origin.as_str()), ("none", "null")] {
            let answer = document(&world, key, "", &[("origin", origin)]).await.expect(200);
            assert!(!answer.headers.contains_key("access-control-allow-origin"), "{name}");
            assert!(answer.headers.get_all("vary").iter().any(|vary| vary == "Origin"), "{name}");
        }
        let plain = document(&world, key, "", &[]).await.expect(200);
        assert!(plain.headers.get_all("vary").iter().any(|vary| vary == "Origin"), "a shared cache must not hand this one to a page");
        let etag = plain.headers["etag"].to_str().expect("ASCII").to_owned();
        for held in [etag.clone(), format!("W/{etag}"), format!("\"x\", {etag}")] {
            let answer = document(&world, key, "", &[("if-none-match", &held), ("origin", &t.web_origin)]).await.expect(304);
            assert_eq!((answer.text.as_str(), answer.headers["etag"].to_str().ok()), ("", Some(etag.as_str())));
            assert_eq!(answer.headers["access-control-allow-origin"], t.web_origin.as_str());
        }
        assert_ne!(document(&world, key, "?language=en", &[]).await.headers["etag"], etag.as_str());
        go_live(&world, &t, &with_analysis(&register("loomer"), ANALYTICS, "direct_marketing = true")).await;
        new_notice(&world, &t).await;
        let changed = document(&world, key, "", &[("if-none-match", &etag)]).await.expect(200);
        assert_eq!(changed.json["purposes"][1]["gpc"], true, "a new register acts at once");
        assert_eq!(changed.json["purposes"][1]["category"], "marketing");
    }

    /// Protects people from needless questions, and from missing ones: an earlier notice stays accepted until a change
    /// needs a new consent.
    async fn an_earlier_notice_is_quiet_until_what_is_asked_changes(world: World) {
        let t = world.example("loomer").await;
        let quiet = async || document(&world, &t.keys.publishable, "", &[]).await.expect(200).json["prior_notices_accepted"].clone();
        let short = |hash: &str| hash[7..15].to_owned();
        let publish = async |hash: &str, classes: Value| {
            let path = format!("/v1/notices/{hash}/publish");
            world.post(&path, &t.keys.publisher, &json!({"classes": classes})).await.expect(200);
        };
        let draft = async || {
            let added = world.post("/v1/notices", &t.keys.editor, &json!({"site": t.site})).await.expect(201);
            added.json["hash"].as_str().expect("a hash").to_owned()
        };
        let words = |first: &str| register("loomer").replacen("title_en = \"", &format!("title_en = \"{first} "), 1);
        go_live(&world, &t, &words("Now:")).await;
        let second = draft().await;
        publish(&second, json!({ANALYTICS: "editorial"})).await;
        assert_eq!(quiet().await, json!([short(&t.notice)]));
        go_live(&world, &t, &words("Later:")).await;
        let third = draft().await;
        publish(&third, json!({THIRD_PARTY: "material_consent"})).await;
        assert_eq!(quiet().await, json!([]), "what is asked has changed");
        publish(&second, json!({})).await;
        assert_eq!(quiet().await, json!([short(&third)]), "the first was answered before the change");
    }

    /// Protects the controller's own server: the tenant's log signs what a browser granted. The server can verify it
    /// without a call, and cannot find what was not granted.
    async fn a_token_says_what_was_given(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let me = Browser::new();
        let recorded = gives(&world, &t, &me, 0, &[ANALYTICS]).await;
        let cookie = read(&world, &t, &recorded);
        assert!(cookie.allows(&id(ANALYTICS)) && cookie.allows_under_gpc(&id(ANALYTICS)));
        assert!(!cookie.allows(&id(THIRD_PARTY)) && may_ask(&cookie, THIRD_PARTY));
        let payload = cookie.payload();
        assert_eq!((payload.seq, payload.subject.as_str(), payload.notice8.as_str()), (1, me.subject.as_str(), &t.notice[7..15]));
        assert_eq!(payload.purposes.len(), 4, "one for each purpose that the site asks about");
        assert_eq!(payload.exp / 60 - payload.iat / 60, 365 * 24 * 60, "a cookie's consent lives for a year");

        let again = renewed(&world, &t, &me).await;
        assert_eq!((again.json["seq"].as_u64(), read(&world, &t, &again).payload().purposes.clone()), (Some(1), payload.purposes.clone()));
        let token = recorded.json["cookie"].as_str().expect("a token");
        assert!(verify(&world, &other, token).is_err(), "another controller's key opens nothing");
        let whole = format!("g.1.{token}.{}.1", me.capability);
        assert!(!verify(&world, &t, &whole).expect("it verifies").allows(&id(ANALYTICS)), "withdrawn in the browser since");
        world.clock.advance(i64::try_from(MAX_AGE.as_millis()).expect("a day") + 1_000);
        assert!(verify(&world, &t, token).is_err(), "a day later it has to be renewed");

        let by_service = world.record(&t, &me.subject, 1, &[(THIRD_PARTY, "given")]).await.expect(201);
        assert!(by_service.json.get("cookie").is_none(), "only browsers keep one");
        assert!(read(&world, &t, &renewed(&world, &t, &me).await).allows(&id(THIRD_PARTY)));
    }

    /// Protects withdrawal: a refusal recorded elsewhere, such as by staff, is in the next renewal. A person who
    /// withdrew everything is not asked again.
    async fn a_withdrawal_from_elsewhere_is_in_the_next_renewal(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        gives(&world, &t, &me, 0, &[NECESSARY, ANALYTICS, RELEVANCE, THIRD_PARTY]).await;
        world.withdraw(&t, &me.subject, &[ANALYTICS]).await.expect(201);
        let cookie = read(&world, &t, &renewed(&world, &t, &me).await);
        assert!(!cookie.allows(&id(ANALYTICS)) && cookie.allows(&id(THIRD_PARTY)));
        assert!(!may_ask(&cookie, ANALYTICS), "who has withdrawn is not asked");
        world.withdraw(&t, &me.subject, &[NECESSARY, RELEVANCE, THIRD_PARTY]).await.expect(201);
        let nothing = renewed(&world, &t, &me).await;
        assert_eq!(nothing.json, json!({"cookie": null, "seq": 3, "may_ask": false}));
        let stranger = Browser::new();
        assert_eq!(renewed(&world, &t, &stranger).await.json, json!({"cookie": null, "seq": 0, "may_ask": true}));
    }

    /// Protects consent's scope: after a change that needs new consent, the token omits the old grant and the person
    /// may be asked. The earliest expiry bounds the token.
    async fn a_purpose_that_needs_new_consent_is_asked(world: World) {
        let text = with_analysis(&register("loomer"), THIRD_PARTY, "validity = \"P30D\"");
        let t = world.tenancy("loomer", &text).await;
        let me = Browser::new();
        let first = read(&world, &t, &gives(&world, &t, &me, 0, &[ANALYTICS, THIRD_PARTY]).await);
        let days = (first.payload().exp - first.payload().iat) / (24 * 60 * 60);
        assert!((29..=30).contains(&days), "the first to run out bounds it: {days}");
        go_live(&world, &t, &text.replacen("title_en = \"", "title_en = \"Now: ", 1)).await;
        let added = world.post("/v1/notices", &t.keys.editor, &json!({"site": t.site})).await.expect(201);
        let path = format!("/v1/notices/{}/publish", added.json["hash"].as_str().expect("a hash"));
        world.post(&path, &t.keys.publisher, &json!({"classes": {ANALYTICS: "material_consent"}})).await.expect(200);
        let cookie = read(&world, &t, &renewed(&world, &t, &me).await);
        assert!(!cookie.allows(&id(ANALYTICS)) && may_ask(&cookie, ANALYTICS));
        assert!(cookie.allows(&id(THIRD_PARTY)) && !may_ask(&cookie, THIRD_PARTY));
    }

    /// Protects the signal (decisions.md, row 12): a grant for marketing is denied while the browser sends GPC, unless
    /// it was given in sight of the signal.
    async fn gpc_denies_marketing_unless_it_was_seen(world: World) {
        let t = world.example("omilon").await;
        let me = Browser::new();
        let cookie = read(&world, &t, &gives(&world, &t, &me, 0, &[MARKETING]).await);
        assert!(cookie.allows(&id(MARKETING)) && !cookie.allows_under_gpc(&id(MARKETING)));
        let mut seen = world.consent(&t, &me.subject, 1, &[(MARKETING, "given")]);
        seen["decisions"][0]["gpc_acknowledged"] = true.into();
        seen["signals"] = json!({"gpc": true});
        let answer = from_page(&world, &t, &me, "/v1/consents", &seen, &[]).await.expect(201);
        assert!(read(&world, &t, &answer).allows_under_gpc(&id(MARKETING)));
    }

    /// Protects the signal of one browser from the silence of another that is linked to the same account: each ends its
    /// own only, and an acknowledgement covers the browser that has seen it (rule E7).
    async fn a_browser_ends_its_own_signal_only(world: World) {
        let t = world.example("omilon").await;
        let account = world.subject();
        let (signalling, silent) = (Browser::new(), Browser::new());
        let says = async |me: &Browser, after: u64, gpc: bool, acknowledged: bool| {
            let mut said = world.consent(&t, &me.subject, after, &[(MARKETING, "given")]);
            said["signals"] = json!({"gpc": gpc});
            if acknowledged {
                said["decisions"][0]["gpc_acknowledged"] = true.into();
            }
            from_page(&world, &t, me, "/v1/consents", &said, &[]).await.expect(201)
        };
        let account_reason = async || verdict(&world, &t, &account, MARKETING).await.1;
        world.record(&t, &account, 0, &[(MARKETING, "given")]).await.expect(201);
        says(&signalling, 0, true, false).await;
        says(&silent, 0, false, false).await;
        for browser in [&signalling, &silent] {
            happened(&world, &t, &account, "subject.linked", json!({"from": browser.subject})).await.expect(201);
        }
        assert_eq!(account_reason().await, "GPC_OPT_OUT");
        let newest = async || renewed(&world, &t, &silent).await.json["seq"].as_u64().expect("a number");
        says(&silent, newest().await, false, false).await;
        assert_eq!(account_reason().await, "GPC_OPT_OUT", "another browser's silence ends nothing");
        let acknowledged = says(&signalling, newest().await, true, true).await;
        assert!(read(&world, &t, &acknowledged).allows_under_gpc(&id(MARKETING)));
        assert_eq!(account_reason().await, "CONSENT_VALID");
        let elsewhere = renewed(&world, &t, &silent).await;
        assert!(!read(&world, &t, &elsewhere).allows_under_gpc(&id(MARKETING)), "it has not seen a signal");
    }

    /// Protects the first-party cookie: a page of the same origin gets it with every response that changes its content,
    /// in the agreed form. No other caller ever gets one.
    async fn the_cookie_is_set_for_pages_of_the_same_origin_only(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        let consent = |based_on| world.consent(&t, &me.subject, based_on, &[(ANALYTICS, "given"), (THIRD_PARTY, "given")]);
        let given = from_page(&world, &t, &me, "/v1/consents", &consent(0), FIRST_PARTY).await.expect(201);
        let token = given.json["cookie"].as_str().expect("a token");
        let name = cookie_name(&t);
        let expected = format!("{name}=g.7.{token}.{}; Path=/; SameSite=Lax; Max-Age=34128000", me.capability);
        assert_eq!(set_cookie(&given), Some(expected.as_str()));

        let renew = json!({"subject": me.subject});
        assert!(set_cookie(&from_page(&world, &t, &me, "/v1/cookie", &renew, FIRST_PARTY).await.expect(200)).is_some());
        for headers in [
            &[][..], &[("sec-fetch-site", "same-origin")], &[("samtycke-choice", "7")],
            &[("sec-fetch-site", "cross-site"), ("samtycke-choice", "7")], &[("sec-fetch-site", "same-site"), ("samtycke-choice", "7")],
            &[("sec-fetch-site", "same-origin"), ("samtycke-choice", "0")], &[("sec-fetch-site", "same-origin"), ("samtycke-choice", "07")],
            &[("sec-fetch-site", "same-origin"), ("samtycke-choice", "2147483649")], &[("sec-fetch-site", "same-origin"), ("samtycke-choice", "x; y")],
        ] {
            let answer = from_page(&world, &t, &me, "/v1/cookie", &renew, headers).await.expect(200);
            assert_eq!(set_cookie(&answer), None, "{headers:?}");
        }

        let no = |purpose: &str| json!({"event_id": world.event_id(), "subject": me.subject,
            "decisions": [{"purpose": purpose, "decision": "withdrawn"}]});
        let less = from_page(&world, &t, &me, "/v1/withdrawals", &no(ANALYTICS), FIRST_PARTY).await.expect(201);
        assert!(!read(&world, &t, &less).allows(&id(ANALYTICS)));
        assert!(set_cookie(&less).is_some_and(|c| c.starts_with(&format!("{name}=g.7."))));
        let nothing = from_page(&world, &t, &me, "/v1/withdrawals", &no(THIRD_PARTY), FIRST_PARTY).await.expect(201);
        assert!(nothing.json.get("cookie").is_none());
        let refusal = |answer: &Answer| {
            let cookie = set_cookie(answer).expect("one").to_owned();
            let value = cookie.strip_prefix(&format!("{name}=")).and_then(|c| c.split(';').next()).expect("a value");
            let parts: Vec<_> = value.split('.').map(str::to_owned).collect();
            assert_eq!((parts.len(), parts[0].as_str(), parts[1].as_str(), parts[3].as_str()), (4, "r", "7", &t.notice[7..15]));
            assert!(Cookie::parse(value).is_ok() && !cookie.contains(&me.subject) && !cookie.contains(&me.capability));
        };
        refusal(&nothing);
        let tally = |choice: &str| json!({"notice": t.notice, "choice": choice});
        let tallies = format!("/v1/banner/{}/tallies", t.keys.publishable);
        refusal(&from_page(&world, &t, &me, &tallies, &tally("refused"), FIRST_PARTY).await.expect(204));
        for choice in ["deferred", "signal"] {
            assert_eq!(set_cookie(&from_page(&world, &t, &me, &tallies, &tally(choice), FIRST_PARTY).await.expect(204)), None);
        }
        let by_service = [("authorization", format!("Bearer {}", t.keys.service)), ("content-type", "application/json".into())];
        let mut headers: Vec<(&str, &str)> = by_service.iter().map(|(n, v)| (*n, v.as_str())).collect();
        headers.extend_from_slice(FIRST_PARTY);
        let answer = raw(&world, Method::POST, "/v1/consents", &headers, consent(3).to_string()).await.expect(201);
        assert_eq!(set_cookie(&answer), None, "no browser sent it");
    }

    /// Protects a controller's server: a cookie is checked against the current state. Purposes withdrawn since are
    /// denied. A cookie that is another controller's, altered or expired is a problem, which denies.
    async fn a_cookie_is_checked_against_what_stands(world: World) {
        let (t, other) = (world.example("loomer").await, world.example("omilon").await);
        let me = Browser::new();
        let recorded = gives(&world, &t, &me, 0, &[ANALYTICS, THIRD_PARTY]).await;
        let token = recorded.json["cookie"].as_str().expect("a token");
        let check = async |t: &Tenancy, cookie: &str| {
            let body = json!({"cookie": cookie, "purposes": [ANALYTICS, THIRD_PARTY]});
            world.post("/v1/cookie/check", &t.keys.service, &body).await
        };
        let reasons = |answer: &Answer| -> Vec<(bool, String)> {
            let all = answer.json["verdicts"].as_array().expect("a list").iter();
            all.map(|v| (v["allow"] == true, v["reason"].as_str().expect("a reason").to_owned())).collect()
        };
        let (yes, no) = ((true, "CONSENT_VALID".to_owned()), |reason: &str| (false, reason.to_owned()));
        let bare = check(&t, token).await.expect(200);
        assert_eq!(bare.json["subject"], me.subject.as_str());
        assert_eq!(reasons(&bare), [yes.clone(), yes.clone()]);
        assert!(bare.json["verdicts"][0]["position"].is_string(), "as every check");
        let whole = check(&t, &format!("g.3.{token}.{}.1", me.capability)).await.expect(200);
        assert_eq!(reasons(&whole), [no("CONSENT_WITHDRAWN"), yes.clone()], "purposes 1 and 2 of three");
        assert_eq!(whole.json["verdicts"][0]["may_ask"], false);
        let refused = check(&t, "r.3.fu7.9f86d081").await.expect(200);
        assert_eq!(reasons(&refused), [no("CONSENT_REFUSED"), no("CONSENT_REFUSED")]);
        assert!(refused.json.get("subject").is_none());

        let thief = Browser::new();
        let flipped = if token.starts_with('e') { token.replacen('e', "f", 1) } else { token.replacen(&token[..1], "e", 1) };
        for (name, t, cookie) in [
            ("another controller's", &other, token.to_owned()), ("altered", &t, flipped), ("nothing", &t, String::new()),
            ("another's capability", &t, format!("g.3.{token}.{}", thief.capability)), ("made up", &t, "a.b".to_owned()),
        ] {
            let refused = check(t, &cookie).await;
            assert_eq!((name, refused.status.as_u16(), refused.json["reason"].as_str()), (name, 422, Some("COOKIE_INVALID")));
            assert_eq!(refused.json["allow"], false, "{name}");
        }
        world.withdraw(&t, &me.subject, &[ANALYTICS]).await.expect(201);
        assert_eq!(reasons(&check(&t, token).await.expect(200)), [no("CONSENT_WITHDRAWN"), yes], "not what was signed, but what stands");
        let none = json!({"cookie": token, "purposes": []});
        world.post("/v1/cookie/check", &t.keys.service, &none).await.expect_problem(422, "FIELD_INVALID");
        world.clock.advance(400 * 24 * 60 * 60 * 1_000);
        check(&t, token).await.expect_problem(422, "COOKIE_INVALID");
        world.send(Method::DELETE, &format!("/v1/sites/{}", t.site), &t.keys.operator, None).await.expect(204);
        check(&t, token).await.expect_problem(422, "COOKIE_INVALID");
    }

    /// Protects T7: a caller without a subject's capability gets no token for it, with any key.
    async fn a_token_takes_the_capability(world: World) {
        let t = world.example("loomer").await;
        let (me, you) = (Browser::new(), Browser::new());
        gives(&world, &t, &me, 0, &[ANALYTICS]).await;
        let body = json!({"subject": me.subject});
        from_page(&world, &t, &you, "/v1/cookie", &body, &[]).await.expect_problem(403, "CAPABILITY_INVALID");
        for key in [&t.keys.service, &t.keys.dpo] {
            world.post("/v1/cookie", key, &body).await.expect_problem(403, "FORBIDDEN");
        }
        let near = json!({"cookie": "a.b", "purposes": [ANALYTICS]});
        from_page(&world, &t, &me, "/v1/cookie/check", &near, &[]).await.expect_problem(403, "FORBIDDEN");
    }

    /// Protects the register's authority: a dropped purpose is neither asked about nor in any token.
    async fn a_purpose_dropped_from_the_register_is_not_asked(world: World) {
        let t = world.example("loomer").await;
        let me = Browser::new();
        gives(&world, &t, &me, 0, &[ANALYTICS, THIRD_PARTY]).await;
        go_live(&world, &t, &without(&register("loomer"), ANALYTICS)).await;
        let answer = document(&world, &t.keys.publishable, "", &[]).await.expect(200);
        assert_eq!(ids(&answer.json["purposes"]), [NECESSARY, RELEVANCE, THIRD_PARTY]);
        let cookie = read(&world, &t, &renewed(&world, &t, &me).await);
        assert!(!cookie.allows(&id(ANALYTICS)) && cookie.allows(&id(THIRD_PARTY)));
        new_notice(&world, &t).await;
        assert_eq!(read(&world, &t, &renewed(&world, &t, &me).await).payload().purposes.len(), 3);
    }

    /// Protects people's secrets: no log line contains a capability or a cookie, after any operation with them.
    async fn capability_and_cookie_are_in_no_log_line(world: World) {
        logged::install();
        let t = world.example("loomer").await;
        let me = Browser::new();
        let recorded = gives(&world, &t, &me, 0, &[ANALYTICS]).await;
        let token = recorded.json["cookie"].as_str().expect("a token");
        let whole = format!("g.1.{token}.{}", me.capability);
        for (key, cookie) in [(&t.keys.service, whole.as_str()), (&t.keys.service, &whole[..200]), (&t.keys.dpo, whole.as_str())] {
            world.post("/v1/cookie/check", key, &json!({"cookie": cookie, "purposes": [ANALYTICS]})).await;
        }
        from_page(&world, &t, &me, "/v1/cookie", &json!({"subject": me.subject}), FIRST_PARTY).await.expect(200);
        let cookie = format!("{}={whole}", cookie_name(&t));
        from_page(&world, &t, &me, "/v1/cookie", &json!({"subject": me.subject, "x": whole}), &[("cookie", &cookie)]).await.expect(422);
        tokio::time::timeout(Duration::from_secs(5), renewed(&world, &t, &me)).await.expect("in time");
        let lines = logged::lines();
        assert!(lines.lines().count() > 5, "log lines were kept");
        let (payload, signature) = token.split_once('.').expect("two parts");
        for secret in [me.capability.as_str(), payload, signature] {
            assert!(!lines.contains(secret), "{secret} was logged");
        }
    }
}
