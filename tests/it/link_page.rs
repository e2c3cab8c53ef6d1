//! What a person reads on the page of a link: whether the answer counts, in whose words, and what a problem says.

use reqwest::Method;
use samtycke_server::config::Rate;
use samtycke_tests::audit;
use samtycke_tests::world::Answer;
use samtycke_tests::{Tenancy, World, both};
use serde_json::{Value, json};

use crate::support::{go_live, happened, new_notice, raw, register, with_analysis, without};

const FORWARD: &str = "loomer.vidareformedling-kontaktuppgifter";
const ANALYTICS: &str = "loomer.cookies-analys";
const TESTER: &str = "ommej.apptestare";
const FORM: &str = "application/x-www-form-urlencoded";
/// What a browser sends with a navigation.
const BROWSER: &str = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
/// What the purpose covers, as the register has it, and with more.
const CATEGORIES: &str = "data_categories_sv = [\"kontaktuppgifter\"]\ndata_subjects_sv = \"Användare\"\nlegal_basis_sv = \"Separat samtycke\"";
const WIDER: &str = "data_categories_sv = [\"kontaktuppgifter\", \"hälsa\"]\ndata_subjects_sv = \"Användare\"\nlegal_basis_sv = \"Separat samtycke\"";
/// One request, and no other for an hour.
const ONE: Rate = Rate {
    quota: 1,
    window_s: 3_600,
    burst: 1,
};

/// A link that asks `question`, and the path of its page.
async fn link(world: &World, t: &Tenancy, question: &Value) -> String {
    let made = world.post("/v1/links", &t.keys.service, question).await;
    let made = made.expect(201);
    let url = made.json["url"].as_str().expect("an address");
    url[url.find("/l/").expect("the page's path")..].to_owned()
}

/// A link that asks a customer whether one company may have the telephone number.
async fn forward(world: &World, t: &Tenancy, subject: &str) -> String {
    let question = json!({"subject": subject, "notice": t.notice, "purposes": [FORWARD], "scope": {"recipient": "bygg-7"}});
    link(world, t, &question).await
}

async fn open(world: &World, path: &str) -> Answer {
    let headers = [("accept", BROWSER), ("accept-language", "sv-SE,sv;q=0.9")];
    raw(world, Method::GET, path, &headers, "").await
}

async fn press(world: &World, path: &str, form: &str) -> Answer {
    let headers = [
        ("accept", BROWSER),
        ("accept-language", "sv-SE,sv;q=0.9"),
        ("content-type", FORM),
    ];
    raw(world, Method::POST, path, &headers, form).await
}

/// Answers and returns the page that the browser shows then.
async fn say(world: &World, path: &str, purpose: &str, answer: &str) -> String {
    let pressed = press(world, path, &format!("purpose={purpose}&answer={answer}")).await;
    pressed.expect(303);
    open(world, path).await.expect(200).text
}

/// Ommej with a notice in Swedish for every age, and its hash.
async fn for_every_age(world: &World) -> (Tenancy, String) {
    let t = world.example("ommej").await;
    let wish = json!({"site": t.site, "languages": ["sv"], "variants": ["adult", "teen", "child"]});
    let notice = world
        .post("/v1/notices", &t.keys.editor, &wish)
        .await
        .expect(201);
    let notice = notice.json["hash"].as_str().expect("a hash").to_owned();
    let publish = format!("/v1/notices/{notice}/publish");
    world
        .post(&publish, &t.keys.publisher, &json!({}))
        .await
        .expect(200);
    (t, notice)
}

/// The path of a page in one variant, for a person.
async fn variant(world: &World, t: &Tenancy, notice: &str, variant: &str, subject: &str) -> String {
    let question =
        json!({"subject": subject, "notice": notice, "purposes": [TESTER], "variant": variant});
    link(world, t, &question).await
}

/// A person whose age is not known, and the path of their page in one variant.
async fn child(world: &World, of_age: &str) -> (Tenancy, String, String) {
    let (t, notice) = for_every_age(world).await;
    let subject = world.subject();
    let path = variant(world, &t, &notice, of_age, &subject).await;
    (t, subject, path)
}

async fn is_twelve(world: &World, t: &Tenancy, subject: &str) {
    let age = json!({"band": "7_12", "verification": "eid"});
    happened(world, t, subject, "age.band_set", age)
        .await
        .expect(201);
}

#[track_caller]
fn has(page: &str, words: &str) {
    assert!(page.contains(words), "{words}: {page}");
}

#[track_caller]
fn has_not(page: &str, words: &str) {
    assert!(!page.contains(words), "{words}: {page}");
}

/// A problem as a person sees it: a page with the status of the problem.
#[track_caller]
fn problem(answer: &Answer, status: u16, words: &str) {
    assert_eq!(answer.status, status, "{}", answer.text);
    assert_eq!(answer.headers["content-type"], "text/html; charset=utf-8");
    assert_eq!(answer.headers["cache-control"], "no-store");
    has(&answer.text, "<html lang=\"sv\"");
    has(&answer.text, words);
    has_not(&answer.text, "<script");
}

both! {
    /// Protects a person whose yes does not count: the notice was changed while the page was open.
    async fn a_yes_on_a_changed_notice_is_not_shown_as_a_yes(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let path = forward(&world, &t, &subject).await;
        let text = register("loomer");
        let wider = text.replace(CATEGORIES, WIDER);
        assert_ne!(wider, text);
        go_live(&world, &t, &wider).await;
        let shown = say(&world, &path, FORWARD, "yes").await;
        has(&shown, "svaret gäller inte");
        has_not(&shown, "Du har svarat ja.");
        has_not(&shown, "Ta tillbaka mitt ja");
    }

    /// Protects a person whom every check denies: the purpose was retired, or left the register, after the yes.
    async fn a_yes_that_every_check_denies_is_not_shown_as_a_yes(world: World) {
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        has(&say(&world, &path, FORWARD, "yes").await, "Du har svarat ja.");
        let loomer = register("loomer");
        for over in [with_analysis(&loomer, FORWARD, "retired = true"), without(&loomer, FORWARD)] {
            go_live(&world, &t, &over).await;
            let shown = open(&world, &path).await.expect(200).text;
            has(&shown, "svaret gäller inte längre");
            has_not(&shown, "Du har svarat ja.");
        }
    }

    /// Protects a person from a question whose yes could never count: a link proves nothing about who answers.
    async fn a_link_does_not_ask_for_more_assurance_than_it_has(world: World) {
        let text = with_analysis(&register("loomer"), FORWARD, "assurance_min = \"server\"");
        let t = world.tenancy("loomer", &text).await;
        let question = json!({"subject": world.subject(), "notice": t.notice, "purposes": [FORWARD], "scope": {"recipient": "bygg-7"}});
        let refused = world.post("/v1/links", &t.keys.service, &question).await.expect_problem(422, "FIELD_INVALID");
        assert_eq!(refused.json["violations"][0]["field"], "/purposes/0", "{}", refused.text);
    }

    /// Protects a child whose guardian has refused: the child is not told that it is a yes.
    async fn a_yes_against_a_guardians_no_is_not_shown_as_a_yes(world: World) {
        let (t, subject, path) = child(&world, "child").await;
        is_twelve(&world, &t, &subject).await;
        let guardian = world.subject();
        let linked = json!({"guardian": guardian, "verification": "eid", "holders": 1});
        happened(&world, &t, &subject, "guardian.linked", linked).await.expect(201);
        let actor = json!({"role": "guardian", "ref": guardian, "verification": "eid"});
        let no = json!({"event_id": world.event_id(), "subject": subject, "actor": actor,
            "decisions": [{"purpose": TESTER, "decision": "refused"}]});
        world.post("/v1/withdrawals", &t.keys.service, &no).await.expect(201);
        let shown = say(&world, &path, TESTER, "yes").await;
        has(&shown, "har sagt nej, så det blir nej");
        has_not(&shown, "Du sa ja.</p>");
    }

    async fn a_childs_yes_says_that_a_guardian_must_agree(world: World) {
        let (t, subject, path) = child(&world, "child").await;
        is_twelve(&world, &t, &subject).await;
        let shown = say(&world, &path, TESTER, "yes").await;
        has(&shown, "måste en förälder eller någon annan som bestämmer för dig också säga ja");
        has(&shown, "Jag har ändrat mig");
        let check = world.check(&t, &subject, TESTER).await.expect(200);
        assert_eq!(check.json["reason"], "GUARDIAN_PENDING");
    }

    async fn a_yes_without_a_known_age_is_not_shown_as_counting(world: World) {
        let (t, subject, path) = child(&world, "teen").await;
        let shown = say(&world, &path, TESTER, "yes").await;
        has(&shown, "vet inte hur gammal du är");
        let check = world.check(&t, &subject, TESTER).await.expect(200);
        assert_eq!(check.json["reason"], "AGE_UNKNOWN");
    }

    /// Protects a person whose consent has expired: the page no longer says that it stands, and not that they ended it.
    async fn an_expired_yes_is_not_shown_as_taken_back(world: World) {
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        has(&say(&world, &path, FORWARD, "yes").await, "Du har svarat ja.");
        world.clock.advance(400 * 24 * 60 * 60 * 1_000);
        let shown = open(&world, &path).await.expect(200).text;
        has(&shown, "svaret gäller inte längre");
        has_not(&shown, "har tagit tillbaka");
    }

    async fn a_grant_elsewhere_is_shown_after_a_no(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let (first, second) = (forward(&world, &t, &subject).await, forward(&world, &t, &subject).await);
        has(&say(&world, &first, FORWARD, "no").await, "Du har svarat nej.");
        say(&world, &second, FORWARD, "yes").await;
        has(&open(&world, &first).await.expect(200).text, "det gäller nu");
    }

    /// Protects a person who takes a consent back: the browser's next request, relative to the form's, finds the page.
    async fn the_page_after_a_withdrawal_is_found(world: World) {
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        say(&world, &path, FORWARD, "yes").await;
        let form = format!("purpose={FORWARD}&lang=sv");
        let taken = press(&world, &format!("{path}/withdrawal"), &form).await.expect(303);
        let from = format!("{}{path}/withdrawal", world.server.base_url);
        let from = reqwest::Url::parse(&from).expect("an address");
        let to = from.join(taken.headers["location"].to_str().expect("text")).expect("an address");
        assert_eq!((to.path(), to.query()), (path.as_str(), Some("lang=sv")));
        has(&open(&world, to.path()).await.expect(200).text, "har tagit tillbaka det");
    }

    async fn each_age_has_words_of_its_own(world: World) {
        let (t, notice) = for_every_age(&world).await;
        for (of_age, yes, lead) in [
            ("adult", "Ja, jag samtycker", "Du behöver inte svara"),
            ("teen", "Ja, det går bra", "Det är du som bestämmer"),
            ("child", ">Ja</button>", "be någon läsa för dig"),
        ] {
            let path = variant(&world, &t, &notice, of_age, &world.subject()).await;
            let shown = open(&world, &path).await.expect(200).text;
            has(&shown, "<html lang=\"sv\"");
            has(&shown, yes);
            has(&shown, lead);
            has_not(&shown, "bdi lang=\"en\"");
        }
    }

    /// Protects a reader of a language in which the page has no words of its own: a screen reader speaks those in English as
    /// English, from the left, and the notice's as Arabic.
    async fn english_words_are_marked_on_a_page_in_arabic(world: World) {
        let t = world.example("loomer").await;
        let wish = json!({"site": t.site, "about": "terminal", "languages": ["sv", "ar", "en"]});
        let notice = world.post("/v1/notices", &t.keys.editor, &wish).await.expect(201);
        let notice = notice.json["hash"].as_str().expect("a hash").to_owned();
        let publish = format!("/v1/notices/{notice}/publish");
        world.post(&publish, &t.keys.publisher, &json!({})).await.expect(200);
        let question = json!({"subject": world.subject(), "notice": notice, "purposes": [ANALYTICS]});
        let path = link(&world, &t, &question).await;
        let shown = open(&world, &format!("{path}?lang=ar")).await.expect(200).text;
        has(&shown, "<html lang=\"ar\" dir=\"rtl\"");
        has(&shown, "<title lang=\"en\">A question for you</title>");
        has(&shown, "value=\"yes\"><bdi lang=\"en\" dir=\"ltr\">Yes, I consent</bdi>");
        has(&shown, "value=\"no\"><bdi lang=\"en\" dir=\"ltr\">No, I do not consent</bdi>");
        let english = open(&world, &format!("{path}?lang=en")).await.expect(200).text;
        has(&english, "<html lang=\"en\" dir=\"ltr\"");
        has(&english, "value=\"yes\">Yes, I consent</button>");
    }

    async fn a_form_without_an_answer_is_a_page(world: World) {
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        problem(&press(&world, &path, &format!("purpose={FORWARD}")).await, 400, "Svaret kom inte fram");
        problem(&press(&world, &path, "answer=yes").await, 400, "Svaret kom inte fram");
    }

    async fn a_body_that_is_too_large_is_a_page(world: World) {
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        let form = format!("purpose={FORWARD}&answer=yes&lang={}", "s".repeat(70_000));
        problem(&press(&world, &path, &form).await, 413, "Svaret kom inte fram");
    }

    async fn a_method_that_the_page_does_not_have_is_a_page(world: World) {
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        let headers = [("accept", BROWSER), ("accept-language", "sv")];
        problem(&raw(&world, Method::PUT, &path, &headers, "").await, 405, "Svaret kom inte fram");
    }

    async fn too_many_requests_are_a_page_that_says_when(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        world.restart_with(|config| config.limits.rate.public = ONE).await;
        open(&world, &path).await.expect(200);
        let refused = open(&world, &path).await;
        assert!(refused.headers.contains_key("retry-after"), "{}", refused.text);
        problem(&refused, 429, "Vänta lite");
    }

    async fn a_frozen_log_is_a_page(world: World) {
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        audit::tenant(&world.server.app, &t.log).await.runtime.freeze();
        let pressed = press(&world, &path, &format!("purpose={FORWARD}&answer=yes")).await;
        problem(&pressed, 503, "Det gick inte just nu");
    }

    async fn an_overloaded_server_is_a_page(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        world.restart_with(|config| config.limits.in_flight_max = 0).await;
        problem(&open(&world, &path).await, 503, "Det gick inte just nu");
    }

    /// Protects programs: who asks for JSON gets RFC 9457 at a page's address too.
    async fn a_program_gets_json(world: World) {
        world.example("loomer").await;
        let gone = raw(&world, Method::GET, "/l/AAAA", &[("accept", "application/json")], "").await;
        gone.expect_problem(404, "LINK_INVALID");
        problem(&open(&world, "/l/AAAA").await, 404, "Länken gäller inte");
    }

    /// Protects a person who answers a link that was made before the notice was replaced by an equal one.
    async fn a_yes_on_an_equal_notice_counts(world: World) {
        let t = world.example("loomer").await;
        let path = forward(&world, &t, &world.subject()).await;
        new_notice(&world, &t).await;
        has(&say(&world, &path, FORWARD, "yes").await, "Du har svarat ja.");
    }
}
