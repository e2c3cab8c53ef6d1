//! Tests the golden vectors in tests/vectors/cookie.json, which the browser's parser tests too, and values that must
//! never verify. `SAMTYCKE_BLESS=1 cargo test -p samtycke-core` rewrites the file. Review the difference by hand.

mod cases;

use serde_json::{Value, json};

use self::cases::cases;
use super::*;
use crate::purpose::Category;
use samtycke_tlog::note::NoteSigner;

const PATH: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/../../tests/vectors/cookie.json"
);
const ORIGIN: &str = "samtycke.example/logs/abcdefghijklmnopqrstuvwxyz";
const SITE: &str = "www.example.se";
const SEED: [u8; 32] = [7; 32];
const CAPABILITY: [u8; 32] = [3; 32];
/// 2026-11-21T12:00:00Z; Unix seconds.
const T: i64 = 1_795_262_400;

fn signer(origin: &str) -> NoteSigner {
    NoteSigner::from_seed(origin, KeyKind::Ed25519, &SEED).unwrap()
}

fn site_id() -> PublicSiteId {
    PublicSiteId::of(ORIGIN, &SITE.parse().unwrap())
}

fn entry(purpose: &str, category: Category, bits: u8) -> Entry {
    let word = Word::try_from(purpose.to_owned()).unwrap();
    Entry::try_from((word, category.letter(), bits)).unwrap()
}

fn payload() -> Payload {
    Payload {
        v: 1,
        origin: ORIGIN.into(),
        site: SITE.parse().unwrap(),
        site_id: site_id(),
        notice8: "9f86d081".into(),
        subject: SubjectId::from_capability(&CAPABILITY),
        seq: 3,
        iat: T,
        exp: T + 90 * 24 * 60 * 60,
        position: "AAAAAQAAAAAAASCmXo0vJ3yT5nKq7dWe".into(),
        purposes: vec![
            entry("example.statistics", Category::Statistics, 1),
            entry("example.advertising", Category::Marketing, 11),
            entry("example.language", Category::Preferences, 4),
        ],
    }
}

fn capability() -> String {
    samtycke_tlog::strict::to_base64url(&CAPABILITY)
}

fn token(change: impl FnOnce(&mut Payload)) -> String {
    let mut payload = payload();
    change(&mut payload);
    payload.seal(&signer(ORIGIN)).unwrap()
}

/// A purpose, and two services of another purpose.
fn services(bits: [u8; 2]) -> String {
    token(|payload| {
        payload.purposes.truncate(1);
        for (service, bits) in ["example.film/rullen", "example.film/spolen"]
            .into_iter()
            .zip(bits)
        {
            payload
                .purposes
                .push(entry(service, Category::Marketing, bits));
        }
    })
}

/// Signs any text as if it were a payload.
fn signed(text: &str) -> String {
    let payload = samtycke_tlog::strict::to_base64url(text.as_bytes());
    let signature = signer(ORIGIN).sign_apart(CONTEXT, &payload).unwrap();
    format!(
        "{payload}.{}",
        samtycke_tlog::strict::to_base64url(&signature)
    )
}

fn whole(token: &str) -> String {
    format!("g.12.{token}.{}", capability())
}

fn verify_at(value: &str, site: &str, now: i64) -> Result<Cookie, CookieError> {
    let vkey = signer(ORIGIN).verifier().clone();
    Cookie::verify(value, &vkey, &site.parse().unwrap(), now, MAX_AGE)
}

fn verify(value: &str) -> Result<Cookie, CookieError> {
    verify_at(value, SITE, T * 1_000 + 1)
}

fn vector(name: &str, value: &str, site: &str, now: i64) -> Value {
    let outcome = match verify_at(value, site, now) {
        Err(error) => json!({"denied": error.as_str()}),
        Ok(cookie) => {
            let mut words: Vec<Word> = Vec::new();
            for entry in &cookie.payload.purposes {
                let whole = Word::from(entry.purpose.clone());
                let word = Word {
                    vendor: entry.vendor.clone(),
                    ..whole.clone()
                };
                for word in [whole, word] {
                    if !words.contains(&word) {
                        words.push(word);
                    }
                }
            }
            let those = |is: &dyn Fn(&PurposeId, Option<&ScopeValue>) -> bool| -> Vec<&Word> {
                let all = words.iter();
                all.filter(|w| is(&w.purpose, w.vendor.as_ref())).collect()
            };
            json!({
                "payload": cookie.payload,
                "allowed": those(&|p, v| v.map_or_else(|| cookie.allows(p), |v| cookie.allows_vendor(p, v))),
                "allowed_under_gpc": those(&|p, v| {
                    v.map_or_else(|| cookie.allows_under_gpc(p), |v| cookie.allows_vendor_under_gpc(p, v))
                }),
                "withdrawn_since": those(&|p, v| {
                    v.map_or_else(|| cookie.withdrawn_since(p), |v| cookie.vendor_withdrawn_since(p, v))
                }),
            })
        }
    };
    let refusal = match Cookie::parse(value) {
        Ok(CookieValue::Refused(r)) => json!({"n": r.n, "day": r.day, "notice8": r.notice8}),
        _ => Value::Null,
    };
    json!({"name": name, "value": value, "site": site, "now_ms": now, "outcome": outcome, "refusal": refusal})
}

#[test]
fn the_vectors_are_what_the_cases_say() {
    let lines: Vec<String> = cases()
        .iter()
        .map(|(name, value, site, now)| format!("  {}", vector(name, value, site, *now)))
        .collect();
    let text = format!(
        "{{\"format\":\"samtycke.cookie-vectors/2\",\"vkey\":\"{}\",\"site_id\":\"{}\",\"name\":\"{}\",\"capability\":\"{}\",\"max_age_s\":{},\"cases\":[\n{}\n]}}\n",
        signer(ORIGIN).verifier(),
        site_id(),
        name(&site_id()),
        capability(),
        MAX_AGE.as_secs(),
        lines.join(",\n")
    );
    if std::env::var_os("SAMTYCKE_BLESS").is_some() {
        std::fs::write(PATH, &text).unwrap();
    }
    let golden = std::fs::read_to_string(PATH).expect("tests/vectors/cookie.json is committed");
    assert!(
        golden == text,
        "cases and vectors differ; SAMTYCKE_BLESS=1 writes them anew"
    );
}

/// Checks the vectors themselves: the test states by hand why each case is denied.
#[test]
fn cases_are_denied_for_what_is_wrong_with_them() {
    let by_name = |name: &str| {
        let cases = cases();
        let (_, value, site, now) = cases.into_iter().find(|c| c.0 == name).unwrap();
        verify_at(&value, site, now)
    };
    for (name, error) in [
        ("a refusal", CookieError::Refused),
        ("a second past a day", CookieError::TooOld),
        ("more than five minutes ahead", CookieError::Future),
        ("expires now", CookieError::Expired),
        ("another site", CookieError::Site),
        ("another log", CookieError::Origin),
        ("another site's public id", CookieError::Site),
        ("no public id", CookieError::Format),
        ("an unknown bit", CookieError::Format),
        ("another key", CookieError::Signature),
        ("another version", CookieError::Version),
        ("another's capability", CookieError::Capability),
        ("an unknown field", CookieError::Format),
        ("white space", CookieError::Format),
        ("too long", CookieError::TooLong),
    ] {
        assert_eq!(by_name(name), Err(error), "{name}");
    }
    for name in ["a bare token", "a whole cookie", "a day old to the second"] {
        assert!(by_name(name).is_ok(), "{name}");
    }
    let tampered: Vec<_> = cases()
        .into_iter()
        .filter(|c| c.0.starts_with("tampered"))
        .collect();
    assert_eq!(tampered.len(), 11, "one for each field");
    for (name, value, site, now) in tampered {
        assert_eq!(
            verify_at(&value, site, now),
            Err(CookieError::Signature),
            "{name}"
        );
    }
}

/// No flipped bit of the payload, the signature or the capability verifies.
#[test]
fn every_flipped_bit_denies() {
    let value = whole(&token(|_| {}));
    let begins = "g.12.".len();
    for at in begins..value.len() {
        for bit in 0..7 {
            let mut bytes = value.clone().into_bytes();
            bytes[at] ^= 1 << bit;
            let changed = String::from_utf8(bytes).expect("seven bits are ASCII");
            assert!(verify(&changed).is_err(), "bit {bit} of byte {at}");
        }
    }
}

#[test]
fn a_local_withdrawal_overrides_the_cookie() {
    let (statistics, advertising, language, unknown) = (
        "example.statistics".parse().unwrap(),
        "example.advertising".parse().unwrap(),
        "example.language".parse().unwrap(),
        "example.unknown".parse().unwrap(),
    );
    let cookie = verify(&whole(&token(|_| {}))).unwrap();
    assert!(cookie.allows(&statistics) && cookie.allows_under_gpc(&statistics));
    assert!(cookie.allows(&advertising) && !cookie.allows_under_gpc(&advertising));
    assert!(!cookie.allows(&language) && !cookie.allows(&unknown));
    let less = verify(&format!("{}.0", whole(&token(|_| {})))).unwrap();
    assert!(!less.allows(&statistics) && less.withdrawn_since(&statistics));
    assert!(less.allows(&advertising));
}

#[test]
fn a_word_has_a_purpose_and_at_most_one_service() {
    let json = String::from_utf8(serde_json::to_vec(&payload()).unwrap()).unwrap();
    for word in [
        "/rullen",
        "example.film/",
        "example.film/a/b",
        "example.film/A",
        "/",
        "",
    ] {
        assert!(Word::try_from(word.to_owned()).is_err(), "{word}");
        let value = signed(&json.replacen("example.language", word, 1));
        assert_eq!(verify(&value), Err(CookieError::Format), "{word}");
    }
    let word = Word::try_from("example.film/rullen".to_owned()).unwrap();
    assert_eq!(word.to_string(), "example.film/rullen");
    assert_eq!(word.scope().to_string(), "vendor:rullen");
}

/// A grant to one service does not count for another. The purpose is granted only with all of its services.
#[test]
fn a_purpose_is_given_with_each_of_its_services() {
    let film: PurposeId = "example.film".parse().unwrap();
    let service = |id: &str| ScopeValue::parse(id).unwrap();
    let (rullen, spolen, other) = (service("rullen"), service("spolen"), service("other"));
    let one = verify(&whole(&services([1, 0]))).unwrap();
    assert!(one.allows_vendor(&film, &rullen) && !one.allows_vendor(&film, &spolen));
    assert!(!one.allows(&film) && !one.allows_vendor(&film, &other));
    let both = verify(&whole(&services([1, 3]))).unwrap();
    assert!(both.allows(&film) && !both.allows_under_gpc(&film));
    assert!(both.allows_vendor_under_gpc(&film, &rullen));
    assert!(!both.allows_vendor_under_gpc(&film, &spolen) && !both.allows_vendor(&film, &other));
    let less = verify(&format!("{}.1", whole(&services([1, 1])))).unwrap();
    assert!(!less.allows(&film) && less.withdrawn_since(&film));
    assert!(!less.allows_vendor(&film, &rullen) && less.vendor_withdrawn_since(&film, &rullen));
    assert!(less.allows_vendor(&film, &spolen) && !less.vendor_withdrawn_since(&film, &spolen));
    let statistics = "example.statistics".parse().unwrap();
    assert!(
        less.allows_vendor(&statistics, &other),
        "a grant to the whole covers each"
    );
}

/// The capability acts for a person, so no debug output contains it, verified or not.
#[test]
fn the_capability_is_never_printed() {
    let value = whole(&token(|_| {}));
    let cookie = verify(&value).unwrap();
    assert_eq!(cookie.capability(), Some(capability().as_str()));
    let printed = format!("{cookie:?} {:?}", Cookie::parse(&value).unwrap());
    assert!(!printed.contains(&capability()[..12]), "{printed}");
    let (_, sig) = value.split_once(".ey").unwrap().1.split_once('.').unwrap();
    assert!(!printed.contains(&sig[..12]), "{printed}");
}

/// Of two cookies with the same name the newest choice counts; between two of equal age the refusal counts.
#[test]
fn of_several_cookies_the_newest_counts() {
    let given = whole(&token(|_| {}));
    let (less, refused) = (format!("{given}.0"), "r.12.fu7.9f86d081");
    let own = name(&site_id());
    let other = name(&PublicSiteId::of(
        ORIGIN,
        &"shop.example.se".parse().unwrap(),
    ));
    let newest = |values: &[&str]| {
        let pairs: Vec<String> = values.iter().map(|v| format!("{own}={v}")).collect();
        let foreign = format!(
            "x{own}=r.99.fu7.9f86d081; {other}=r.99.fu7.9f86d081; {NAME_PREFIX}=r.99.fu7.9f86d081"
        );
        let header = format!("a=1; {} ;{foreign}", pairs.join("; "));
        Cookie::in_header(&header, &site_id()).map(str::to_owned)
    };
    assert_eq!(newest(&[&given]).as_ref(), Some(&given));
    assert_eq!(newest(&[&less, &given]).as_ref(), Some(&less));
    assert_eq!(newest(&[refused, &given, &less]).as_deref(), Some(refused));
    assert_eq!(
        newest(&["r.11.fu7.9f86d081", &given]).as_ref(),
        Some(&given)
    );
    assert_eq!(newest(&["made up", &given]).as_ref(), Some(&given));
    assert_eq!(newest(&["made up", "r.1"]), None);
    assert_eq!(newest(&[]), None);
}

#[test]
fn a_refusal_is_written_as_it_is_read() {
    for text in ["r.1.0.9f86d081", "r.2147483648.fu7.00000000"] {
        let Ok(CookieValue::Refused(refusal)) = Cookie::parse(text) else {
            panic!("{text} is a refusal");
        };
        assert_eq!(refusal.to_string(), text);
    }
}

#[test]
fn a_cookie_too_large_for_a_browser_is_not_sealed() {
    let mut long = payload();
    long.purposes = vec![entry(&format!("a.{}", "b".repeat(70)), Category::Marketing, 1); 64];
    assert_eq!(long.seal(&signer(ORIGIN)), Err(CookieError::TooLong));
    let witness = NoteSigner::from_seed("witness", KeyKind::CosignatureV1, &SEED).unwrap();
    assert_eq!(payload().seal(&witness), Err(CookieError::Key));
    let site = SITE.parse().unwrap();
    let denied = Cookie::verify(
        &token(|_| {}),
        witness.verifier(),
        &site,
        T * 1_000,
        MAX_AGE,
    );
    assert_eq!(denied, Err(CookieError::Key));
}
