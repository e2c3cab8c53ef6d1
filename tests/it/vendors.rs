//! A purpose that asks service by service: each grant, each refusal and each check is about one service.

use reqwest::Method;
use samtycke_core::cookie::{Cookie, MAX_AGE};
use samtycke_core::id::{PurposeId, ScopeValue, SiteId};
use samtycke_core::notice::{Draft, draft_from_register};
use samtycke_core::register::Register;
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, both};
use samtycke_tlog::note::VerifierKey;
use serde_json::{Value, json};

use crate::support::{Browser, go_live, new_notice, raw, register, with_analysis};

const ANALYTICS: &str = "loomer.cookies-analys";
const FILM: &str = "loomer.cookies-tredjepart";

/// The register with services for that purpose, and with a cookie of the first.
fn services(ids: &[&str]) -> String {
    let list: Vec<String> = ids.iter().map(|id| format!("\"{id}\"")).collect();
    let extra = format!(
        "scope_type = \"vendor\"\nrecipients = [{}]",
        list.join(", ")
    );
    let text = with_analysis(&register("loomer"), FILM, &extra);
    let rows = ids.iter().map(|id| {
        format!("[[recipient]]\nid = \"{id}\"\nname = \"{id} AB\"\nrole = \"processor\"\ncountry = \"SE\"\n\n")
    });
    let cookie = format!(
        "[[cookie]]\nname = \"rullen_id\"\npurpose = \"{FILM}\"\nlifetime = \"P30D\"\nrecipient = \"rullen\"\n\n"
    );
    let more: String = rows.chain([cookie]).collect();
    text.replacen("[[purpose]]\n", &format!("{more}[[purpose]]\n"), 1)
}

fn decision(vendor: &str, word: &str) -> Value {
    json!({"purpose": FILM, "scope": {"vendor": vendor}, "decision": word})
}

fn consent(world: &World, t: &Tenancy, based_on: u64, decisions: &Value) -> Value {
    json!({"event_id": world.event_id(), "notice": t.notice, "language": "sv", "method": "toggle_save",
        "based_on": based_on, "decisions": decisions})
}

async fn says(world: &World, t: &Tenancy, me: &Browser, path: &str, body: &Value) -> Answer {
    me.post(world, t, &t.web_origin, path, body).await
}

fn read(world: &World, t: &Tenancy, answer: &Answer) -> Cookie {
    use samtycke_server::clock::Clock as _;
    let vkey = VerifierKey::parse(&t.vkey).expect("the log's key");
    let site: SiteId = t.site.parse().expect("a site");
    let token = answer.json["cookie"].as_str().expect("a token");
    Cookie::verify(token, &vkey, &site, world.clock.now(), MAX_AGE).expect("it verifies")
}

/// Whether the services and the purpose as a whole are permitted, and whether the services may be asked about.
fn stand(cookie: &Cookie, vendors: &[&str]) -> (Vec<bool>, bool, Vec<bool>) {
    let film: PurposeId = FILM.parse().expect("a purpose");
    let id = |vendor: &&str| -> ScopeValue { vendor.parse().expect("a service") };
    let given = vendors.iter().map(|v| cookie.allows_vendor(&film, &id(v)));
    let entries = &cookie.payload().purposes;
    let may_ask = vendors.iter().map(|v| {
        let entry = entries.iter().find(|e| e.vendor == Some(id(v)));
        entry.expect("one for each service").may_ask
    });
    (given.collect(), cookie.allows(&film), may_ask.collect())
}

both! {
    /// Protects the choice of one service: its grant is in the record, the check and the cookie by name. It grants
    /// neither another service nor the purpose as a whole.
    async fn a_grant_to_one_service_denies_another(world: World) {
        let t = world.tenancy("loomer", &services(&["rullen", "spolen"])).await;
        let document = raw(&world, Method::GET, &format!("/v1/banner/{}?language=sv", t.keys.publishable), &[], "").await.expect(200).json;
        let film = document["purposes"].as_array().expect("a list").iter().find(|p| p["id"] == FILM).expect("it is asked");
        assert_eq!(film["vendors"], json!([{"id": "rullen", "name": "rullen AB"}, {"id": "spolen", "name": "spolen AB"}]));
        assert_eq!(film["terminal"][0]["vendor"], "rullen");
        let told = document["text"]["purposes"].as_array().expect("a list").iter().find(|p| p["id"] == FILM).expect("words");
        for name in ["rullen AB", "spolen AB"] {
            assert!(told["recipients"].as_str().is_some_and(|r| r.contains(name)), "{told}");
        }

        let me = Browser::new();
        let body = consent(&world, &t, 0, &json!([decision("rullen", "given"), decision("spolen", "refused")]));
        let recorded = says(&world, &t, &me, "/v1/consents", &body).await.expect(201);
        let cookie = read(&world, &t, &recorded);
        assert_eq!(stand(&cookie, &["rullen", "spolen"]), (vec![true, false], false, vec![false, false]));
        let signed: Vec<_> = cookie.payload().purposes.iter().map(|e| (e.purpose.as_str(), e.vendor.is_some())).collect();
        assert_eq!(signed.iter().filter(|e| **e == (FILM, true)).count(), 2, "{signed:?}");

        let ask = async |scope: Value| {
            let question = json!({"subject": me.subject, "purpose": FILM, "scope": scope});
            world.post("/v1/check", &t.keys.service, &question).await.expect(200).json["allow"] == true
        };
        assert!(ask(json!({"vendor": "rullen"})).await);
        assert!(!ask(json!({"vendor": "spolen"})).await && !ask(Value::Null).await);

        let words = [format!("{FILM}/rullen"), format!("{FILM}/spolen"), FILM.to_owned(), ANALYTICS.to_owned()];
        let checked = async |value: &str| -> Vec<bool> {
            let body = json!({"cookie": value, "purposes": words});
            let answer = world.post("/v1/cookie/check", &t.keys.service, &body).await.expect(200);
            answer.json["verdicts"].as_array().expect("a list").iter().map(|v| v["allow"] == true).collect()
        };
        let token = recorded.json["cookie"].as_str().expect("a token").to_owned();
        assert_eq!(checked(&token).await, [true, false, false, false]);

        let both = consent(&world, &t, 1, &json!([decision("spolen", "given")]));
        let whole = says(&world, &t, &me, "/v1/consents", &both).await.expect(201);
        assert!(stand(&read(&world, &t, &whole), &["rullen", "spolen"]).1, "with each of them the purpose");
        let token = whole.json["cookie"].as_str().expect("a token").to_owned();
        assert_eq!(checked(&token).await, [true, true, true, false]);
        let at = read(&world, &t, &whole).payload().purposes.iter().position(|e| e.vendor.is_some()).expect("the first service");
        assert_eq!(checked(&format!("g.3.{token}.{}.{at}", me.capability)).await, [false, true, false, false], "withdrawn here since");

        let no = json!({"event_id": world.event_id(), "decisions": [decision("rullen", "withdrawn")]});
        let left = says(&world, &t, &me, "/v1/withdrawals", &no).await.expect(201);
        assert_eq!(stand(&read(&world, &t, &left), &["rullen", "spolen"]), (vec![false, true], false, vec![false, false]));
        assert_eq!(checked(&token).await, [false, true, false, false], "not what was signed, but what stands");
    }

    /// Protects the text that people read: a grant is accepted only for services that the notice names and the register
    /// has.
    async fn a_grant_to_an_unnamed_service_is_refused(world: World) {
        let t = world.tenancy("loomer", &services(&["rullen", "spolen"])).await;
        let me = Browser::new();
        let yes = async |vendor: &str| {
            says(&world, &t, &me, "/v1/consents", &consent(&world, &t, 0, &json!([decision(vendor, "given")]))).await
        };
        let problem = yes("other").await.expect_problem(422, "PURPOSE_NOT_IN_NOTICE");
        assert_eq!(problem.json["violations"][0]["field"], "/decisions/0/scope");
        let whole = consent(&world, &t, 0, &json!([{"purpose": FILM, "decision": "given"}]));
        says(&world, &t, &me, "/v1/consents", &whole).await.expect_problem(422, "SCOPE_MISMATCH");
        go_live(&world, &t, &services(&["spolen"])).await;
        yes("rullen").await.expect_problem(422, "PURPOSE_NOT_IN_NOTICE");
        yes("spolen").await.expect(201);
        let no = json!({"event_id": world.event_id(), "decisions": [decision("rullen", "withdrawn")]});
        says(&world, &t, &me, "/v1/withdrawals", &no).await.expect(201);
    }

    /// Protects the register's authority: a custom notice names only the register's services.
    async fn a_notice_names_services_of_the_register_alone(world: World) {
        let text = services(&["rullen", "spolen"]);
        let t = world.tenancy("loomer", &text).await;
        let site: SiteId = t.site.parse().expect("a site");
        let mut draft = draft_from_register(&Register::parse(&text).expect("a register"), &site);
        let at = draft.manifest.purposes.iter().position(|p| p.id.as_str() == FILM).expect("it is asked");
        let add = async |draft: &Draft| {
            let body = json!({"site": t.site, "manifest": draft.manifest, "texts": draft.texts});
            world.post("/v1/notices", &t.keys.editor, &body).await
        };
        draft.manifest.purposes[at].vendors.pop();
        add(&draft).await.expect(201);
        draft.manifest.purposes[at].vendors.push("other".parse().expect("an id"));
        let problem = add(&draft).await.expect_problem(422, "NOTICE_INVALID");
        assert_eq!(problem.json["violations"][0]["field"], format!("/manifest/purposes/{at}/vendors"));
    }

    /// Protects both those who are asked and those who are not: a new service is a new question, listed as a change,
    /// and leaves the decisions about the others unchanged.
    async fn a_new_service_is_asked_and_the_others_stand(world: World) {
        let t = world.tenancy("loomer", &services(&["rullen"])).await;
        let me = Browser::new();
        let body = consent(&world, &t, 0, &json!([decision("rullen", "given")]));
        let before = says(&world, &t, &me, "/v1/consents", &body).await.expect(201);
        assert!(stand(&read(&world, &t, &before), &["rullen"]).1);
        go_live(&world, &t, &services(&["rullen", "spolen"])).await;
        let renew = async || says(&world, &t, &me, "/v1/cookie", &json!({})).await.expect(200);
        assert_eq!(stand(&read(&world, &t, &renew().await), &["rullen"]), (vec![true], true, vec![false]), "no notice names it yet");
        new_notice(&world, &t).await;
        let cookie = read(&world, &t, &renew().await);
        assert_eq!(stand(&cookie, &["rullen", "spolen"]), (vec![true, false], false, vec![false, true]));
        let document = raw(&world, Method::GET, &format!("/v1/banner/{}?language=sv", t.keys.publishable), &[], "").await.expect(200).json;
        assert_eq!(document["prior_notices_accepted"], json!([]), "who said no before has not said it to this one");
        let change = &document["changes"][0]["purposes"][0];
        assert_eq!((change["id"].as_str(), change["kind"].as_str()), (Some(FILM), Some("changed")));
        assert!(change["added"].to_string().contains("spolen AB"), "{change}");
        assert_eq!(document["changes"][0]["since"], cookie.payload().notice8, "the browser knows since when");
        let mut body = consent(&world, &t, 1, &json!([decision("spolen", "given")]));
        body["notice"] = document["notice"].clone();
        let now = read(&world, &t, &says(&world, &t, &me, "/v1/consents", &body).await.expect(201));
        assert_eq!(stand(&now, &["rullen", "spolen"]), (vec![true, true], true, vec![false, false]));
        let notice = document["notice"].as_str().expect("a hash");
        assert_eq!(now.payload().notice8, notice["sha256:".len()..][..8]);
    }
}
