//! Named inputs for the vectors: what each reader took, or might take, otherwise than the other.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_core::{json, leaf::LeafKind, reason::Reason, state::StateWord};
use samtycke_tlog::strict;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    bundles::{self, GOOD, Openings, built, vkey, with_notice},
    cookies,
    judge::Question,
};

pub(crate) fn all() -> Vec<(String, Question)> {
    let mut all = Vec::new();
    for (name, of) in GOOD.iter() {
        all.push((format!("kind: {name}"), of_value(&built(of, 0, 1, false))));
        all.push((
            format!("kind: {name} in a larger tree"),
            of_value(&built(of, 2, 5, false)),
        ));
    }
    words(&mut all);
    documents(&mut all);
    bodies(&mut all);
    keys(&mut all);
    payloads(&mut all);
    all
}

fn of_value(bundle: &Value) -> Question {
    of_text(&bundle.to_string())
}

fn of_text(text: &str) -> Question {
    Question::Bundle {
        bytes: text.into(),
        vkey: vkey(),
    }
}

fn golden(name: &str) -> Openings {
    let (_, of) = GOOD
        .iter()
        .find(|(known, _)| known == name)
        .expect("a golden file");
    of.clone()
}

/// Whether a case stands in the file: the golden files have the kinds, and the lists of words have the words.
pub(crate) fn is_listed(name: &str) -> bool {
    !name.starts_with("kind: ") && !name.starts_with("word: ")
}

/// A signed bundle of an event whose opening was changed first.
fn body(name: &str, part: &str, change: impl Fn(&mut Value)) -> Question {
    let mut of = golden(name);
    let text = if part == "ctx" {
        &mut of.ctx
    } else {
        &mut of.sub
    };
    let mut value: Value = serde_json::from_str(text).expect("JSON");
    change(&mut value);
    *text = String::from_utf8(json::canonical(&value)).expect("text");
    of_value(&built(&of, 0, 1, false))
}

/// Every word of the lists that grow.
fn words(all: &mut Vec<(String, Question)>) {
    for reason in Reason::ALL {
        let of = body("consent.used.v1", "ctx", |ctx| {
            ctx["data"]["reason"] = json!(reason);
        });
        all.push((format!("word: a use because of {reason}"), of));
    }
    for state in StateWord::ALL {
        let of = body("decisions.v1", "ctx", |ctx| {
            ctx["results"][0]["state"] = json!(state);
        });
        all.push((
            format!("word: a result with the state {}", state.as_str()),
            of,
        ));
    }
}

/// The file itself.
fn documents(all: &mut Vec<(String, Question)>) {
    let good = built(&golden("decisions.v1"), 0, 1, false);
    let text = good.to_string();
    let mut refused = |name: &str, text: String| all.push((format!("bad: {name}"), of_text(&text)));
    let list = |value: &Value| {
        value
            .as_object()
            .expect("an object")
            .values()
            .cloned()
            .collect::<Value>()
    };
    let edit = |at: &str, value: Value| {
        let mut bundle = good.clone();
        *bundle.pointer_mut(at).expect("there") = value;
        bundle.to_string()
    };
    let with_expiry = edit("/expires", json!(1_826_884_800_000_i64));
    refused("a list for the bundle", list(&good).to_string());
    refused("a list for 'open'", edit("/open", list(&good["open"])));
    refused(
        "a list for an opening",
        edit("/open/ctx", list(&good["open"]["ctx"])),
    );
    let mut noticed = with_notice(None);
    noticed["notice"]["text"] = list(&noticed["notice"]["text"]);
    refused("a list for a notice's text", noticed.to_string());
    refused(
        "an object for the version",
        edit("/v", json!({"samtycke-bundle/1": null})),
    );
    refused(
        "a number with an exponent",
        with_expiry.replace("1826884800000", "1.8268848e12"),
    );
    refused(
        "a number with a fraction",
        with_expiry.replace("1826884800000", "1826884800000.0"),
    );
    refused(
        "a number below zero that is zero",
        with_expiry.replace("1826884800000", "-0"),
    );
    refused(
        "a number beyond 2^53",
        with_expiry.replace("1826884800000", "9007199254740993"),
    );
    refused(
        "a word for 'expires'",
        edit("/expires", json!("1826884800000")),
    );
    refused(
        "half a surrogate pair",
        text.replace("\"notice\":null", "\"notice\":\"\\ud800\""),
    );
    refused(
        "form D",
        edit(
            "/notice",
            json!({"manifest": "{}", "text": {"language": "a\u{30a}", "variant": "", "bytes": ""}}),
        ),
    );
    refused(
        "a key that is not ASCII",
        text.replacen('{', "{\"å\":1,", 1),
    );
    refused(
        "a key twice",
        text.replacen('{', "{\"v\":\"samtycke-bundle/1\",", 1),
    );
    refused("a byte order mark", format!("\u{feff}{text}"));
    refused(
        "an unknown member",
        text.replacen('{', "{\"more\":null,", 1),
    );
    refused("a missing member", text.replace("\"notice\":null,", ""));
    refused("another end", format!("{text}{{}}"));
    refused("no proof", edit("/proofs", json!([])));
    refused(
        "five proofs",
        edit("/proofs", json!(vec![good["proofs"][0].clone(); 5])),
    );
    refused(
        "upper-case hex",
        edit(
            "/salt",
            json!(good["salt"].as_str().expect("hex").to_uppercase()),
        ),
    );
    refused("a leading zero", text.replace("index 0", "index 00"));
    all.push((
        "good: white space".into(),
        of_text(&format!(
            " {}\t\r\n",
            serde_json::to_string_pretty(&good)
                .expect("JSON")
                .replace('\n', "\r\n")
        )),
    ));
    all.push((
        "good: an escape".into(),
        of_text(&text.replace("\"v\"", "\"\\u0076\"")),
    ));
    all.push(("good: a notice".into(), of_value(&with_notice(None))));
    all.push((
        "good: four proofs".into(),
        of_text(&edit("/proofs", json!(vec![good["proofs"][0].clone(); 4]))),
    ));
    all.push((
        "good: erased, with its openings".into(),
        of_value(&built(&golden("decisions.v1"), 1, 4, true)),
    ));
}

/// What was committed to.
fn bodies(all: &mut Vec<(String, Question)>) {
    let mut add = |name: &str, question: Question| all.push((name.to_owned(), question));
    let decided = |change: fn(&mut Value)| body("decisions.v1", "ctx", change);
    let by = |change: fn(&mut Value)| body("decisions.v1", "sub", change);
    add(
        "bad: a purpose that is none",
        decided(|ctx| ctx["data"]["decisions"][0]["purpose"] = json!("t..main")),
    );
    add(
        "bad: a purpose that looks like a person",
        decided(|ctx| ctx["data"]["decisions"][0]["purpose"] = json!("19900118-9811")),
    );
    add(
        "bad: a decision that is none",
        decided(|ctx| ctx["data"]["decisions"][0]["decision"] = json!("agreed")),
    );
    add(
        "bad: a flag that is not set",
        decided(|ctx| ctx["data"]["decisions"][0]["explicit"] = json!(false)),
    );
    add(
        "bad: an empty scope",
        decided(|ctx| ctx["data"]["decisions"][0]["scope"] = json!({})),
    );
    add(
        "bad: two scopes",
        decided(|ctx| ctx["data"]["decisions"][0]["scope"] = json!({"vendor": "a", "site": "b"})),
    );
    add(
        "bad: no decision",
        decided(|ctx| {
            ctx["data"]["decisions"] = json!([]);
            ctx["results"] = json!([]);
        }),
    );
    add(
        "bad: a result too many",
        decided(|ctx| {
            let more = ctx["results"][0].clone();
            ctx["results"].as_array_mut().expect("a list").push(more);
        }),
    );
    add(
        "bad: an outcome that is none",
        decided(|ctx| ctx["results"][0]["outcome"] = json!("done")),
    );
    add(
        "bad: a language that is none",
        decided(|ctx| ctx["language"] = json!("swedish")),
    );
    add(
        "bad: null for what is absent",
        decided(|ctx| ctx["site"] = Value::Null),
    );
    add(
        "bad: a log that is none",
        decided(|ctx| ctx["log"] = json!("log")),
    );
    add(
        "bad: a subject that is none",
        by(|sub| sub["subject"] = json!("anna")),
    );
    add(
        "bad: a subject in a second spelling",
        by(|sub| sub["subject"] = json!("s_AAAAAAAAAAAAAAAAAAAAAB")),
    );
    add(
        "bad: an event id of another version",
        by(|sub| sub["event_id"] = json!("019bc186-de00-4000-8000-000000000001")),
    );
    add(
        "bad: a word for 'expires' of the person",
        by(|sub| sub["expires"] = json!("soon")),
    );
    add(
        "bad: an actor who goes without saying",
        by(|sub| sub["actor"] = json!({"role": "subject"})),
    );
    add(
        "bad: an empty list",
        by(|sub| sub["after_seqs"] = json!([])),
    );
    add("bad: another hour", by(|sub| sub["received_at"] = json!(0)));
    add(
        "bad: a person in the tenant's stream",
        decided(|ctx| ctx["stream"] = json!("tenant")),
    );
    add(
        "unknown: a later version",
        decided(|ctx| ctx["v"] = json!(2)),
    );
    add(
        "unknown: another kind",
        decided(|ctx| ctx["type"] = json!("consent.lent")),
    );
    add("unknown: a draft", {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../tests/vectors/events/draft/subject.erased.v1.json"
        );
        let text = std::fs::read_to_string(path).expect("the draft");
        let vector: Value = serde_json::from_str(&text).expect("JSON");
        let text = |name: &str| vector[name].as_str().expect("text").to_owned();
        of_value(&built(
            &Openings {
                kind: LeafKind::Event,
                ctx: text("ctx"),
                sub: text("sub"),
            },
            0,
            1,
            false,
        ))
    });
    add(
        "good: several purposes of one notice",
        body("notice.delivered.v1", "ctx", |ctx| {
            ctx["data"]["purposes"] = json!(["t.main", "t.other"]);
        }),
    );
    add(
        "bad: a purpose twice",
        body("notice.delivered.v1", "ctx", |ctx| {
            ctx["data"]["purposes"] = json!(["t.main", "t.main"]);
        }),
    );
}

/// The key that is trusted: a small order makes one signature hold for everything.
fn keys(all: &mut Vec<(String, Question)>) {
    let text = built(&golden("decisions.v1"), 0, 1, false).to_string();
    let own = vkey();
    let (name, _) = own.split_once('+').expect("a name");
    let mut add = |what: &str, public: [u8; 32]| {
        let encoded = [&[1], &public[..]].concat();
        let id = Sha256::new()
            .chain_update(name)
            .chain_update("\n")
            .chain_update(&encoded)
            .finalize();
        let id = &id[..4];
        // Signed by nobody: R is the neutral point, S is zero.
        let mut line = id.to_vec();
        line.extend([1].iter().chain(&[0; 63]));
        let line = format!("{name} {}", STANDARD.encode(line));
        let forged: Value = serde_json::from_str(&text).expect("JSON");
        let proof = forged["proofs"][0].as_str().expect("text");
        let kept = proof.rsplit_once('\u{2014}').expect("a line").0;
        let mut bundle = forged.clone();
        bundle["proofs"][0] = json!(format!("{kept}\u{2014} {line}\n"));
        let vkey = format!("{name}+{}+{}", hex::encode(id), STANDARD.encode(&encoded));
        all.push((
            format!("bad key: {what}"),
            Question::Bundle {
                bytes: bundle.to_string().into(),
                vkey,
            },
        ));
    };
    let point = |hex: &str| strict::hex_array(hex).expect("32 bytes");
    let little = |first: u8, last: u8| {
        let mut bytes = [0; 32];
        (bytes[0], bytes[31]) = (first, last);
        bytes
    };
    add("the neutral point", little(1, 0));
    add("the neutral point with a sign", little(1, 0x80));
    add("order 4", little(0, 0));
    add("order 4 with a sign", little(0, 0x80));
    add(
        "order 2",
        point("ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    );
    add(
        "order 8",
        point("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"),
    );
    add(
        "order 8, the other",
        point("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"),
    );
    add(
        "a second spelling of zero",
        point("edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    );
    add(
        "a second spelling of a point",
        point("f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"),
    );
    add("no point", little(2, 0));
    all.push((
        "bad key: white space in it".into(),
        Question::Bundle {
            bytes: text.clone().into(),
            vkey: format!("{own} "),
        },
    ));
    all.push((
        "bad key: another's id".into(),
        Question::Bundle {
            bytes: text.into(),
            vkey: own.replacen('+', "+0", 1),
        },
    ));
}

/// The consent cookie.
fn payloads(all: &mut Vec<(String, Question)>) {
    let signer = bundles::signer();
    let good = cookies::payload();
    let mut add = |name: &str, json: String| {
        all.push((
            name.to_owned(),
            cookies::question(cookies::sealed(&signer, &json)),
        ));
    };
    let with = |name: &str, value: Value| {
        let mut payload = good.clone();
        payload[name] = value;
        cookies::written(&payload)
    };
    add("good: a cookie", cookies::written(&good));
    add(
        "bad cookie: a purpose twice",
        with("p", json!([["t.main", "s", 1], ["t.main", "s", 0]])),
    );
    add(
        "bad cookie: a purpose that is none",
        with("p", json!([["t..main", "s", 1]])),
    );
    add(
        "bad cookie: a purpose that looks like a person",
        with("p", json!([["19900118-9811", "s", 1]])),
    );
    add(
        "bad cookie: a subject that is none",
        with("sub", json!("anna")),
    );
    add(
        "bad cookie: a site that is none",
        with("s", json!("www.Example.se")),
    );
    add(
        "bad cookie: a notice that is none",
        with("n", json!("0123456g")),
    );
    add(
        "bad cookie: a time after the calendar",
        with("exp", json!(253_402_300_800_i64)),
    );
    add("bad cookie: form D", with("pos", json!("a\u{30a}")));
    add(
        "bad cookie: a number in another spelling",
        cookies::written(&good).replace("\"seq\":3", "\"seq\":3.0"),
    );
    add(
        "bad cookie: a member twice",
        cookies::written(&good).replace("\"seq\":3", "\"seq\":3,\"seq\":3"),
    );
    add(
        "bad cookie: a list",
        good.as_object()
            .expect("an object")
            .values()
            .cloned()
            .collect::<Value>()
            .to_string(),
    );
    add("bad cookie: a later version", with("v", json!(2)));
    add("bad cookie: a version below zero", with("v", json!(-1)));
}
