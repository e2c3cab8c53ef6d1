//! Cookie values of every form, valid and invalid.

use super::*;

/// Each case: name, value, site, now in ms.
pub(super) fn cases() -> Vec<(&'static str, String, &'static str, i64)> {
    let now = T * 1_000 + 1;
    let ordinary = token(|_| {});
    let json = String::from_utf8(serde_json::to_vec(&payload()).unwrap()).unwrap();
    let (text, sig) = ordinary.split_once('.').unwrap();
    let other = signer("other.example/logs/abcdefghijklmnopqrstuvwxyz");
    let other_key = NoteSigner::from_seed(ORIGIN, KeyKind::Ed25519, &[8; 32]).unwrap();
    let thief = samtycke_tlog::strict::to_base64url(&[4; 32]);
    let tampered = |from: &str, to: &str| {
        let changed = json.replacen(from, to, 1);
        assert_ne!(changed, json, "{from} stands in the payload");
        format!(
            "{}.{sig}",
            samtycke_tlog::strict::to_base64url(changed.as_bytes())
        )
    };
    let day_ms = 24 * 60 * 60 * 1_000;
    let mut cases = vec![
        ("a bare token", ordinary.clone(), SITE, now),
        ("a whole cookie", whole(&ordinary), SITE, now),
        (
            "one withdrawn here",
            format!("{}.0", whole(&ordinary)),
            SITE,
            now,
        ),
        (
            "two withdrawn here",
            format!("{}.1-0", whole(&ordinary)),
            SITE,
            now,
        ),
        ("a refusal", "r.2.fu7.9f86d081".to_owned(), SITE, now),
        (
            "a day old to the second",
            ordinary.clone(),
            SITE,
            T * 1_000 + day_ms,
        ),
        (
            "a second past a day",
            ordinary.clone(),
            SITE,
            T * 1_000 + day_ms + 1_000,
        ),
        (
            "five minutes ahead",
            token(|p| p.iat = T + 300),
            SITE,
            T * 1_000,
        ),
        (
            "more than five minutes ahead",
            token(|p| p.iat = T + 301),
            SITE,
            T * 1_000,
        ),
        (
            "expires in a second",
            token(|p| p.exp = T + 1),
            SITE,
            T * 1_000,
        ),
        ("expires now", token(|p| p.exp = T), SITE, T * 1_000),
        ("another site", ordinary.clone(), "shop.example.se", now),
        (
            "another log's name, the same key",
            payload().seal(&other).unwrap(),
            SITE,
            now,
        ),
        (
            "another log",
            token(|p| p.origin = other.verifier().name().into()),
            SITE,
            now,
        ),
        (
            "another key",
            payload().seal(&other_key).unwrap(),
            SITE,
            now,
        ),
        (
            "another site's public id",
            token(|p| p.site_id = PublicSiteId::of(ORIGIN, &"shop.example.se".parse().unwrap())),
            SITE,
            now,
        ),
        (
            "no public id",
            signed(&json.replacen(&format!("\"i\":\"{}\",", site_id()), "", 1)),
            SITE,
            now,
        ),
        ("another version", token(|p| p.v = 2), SITE, now),
        (
            "another's capability",
            format!("g.12.{ordinary}.{thief}"),
            SITE,
            now,
        ),
        (
            "an index beyond the purposes",
            format!("{}.3", whole(&ordinary)),
            SITE,
            now,
        ),
        (
            "an index twice",
            format!("{}.1-1", whole(&ordinary)),
            SITE,
            now,
        ),
        (
            "an unknown field",
            signed(&json.replacen("{\"v\"", "{\"x\":1,\"v\"", 1)),
            SITE,
            now,
        ),
        (
            "white space",
            signed(&json.replacen("{\"v\"", "{ \"v\"", 1)),
            SITE,
            now,
        ),
        (
            "an unknown category",
            signed(&json.replacen("\"s\",1", "\"x\",1", 1)),
            SITE,
            now,
        ),
        (
            "an unknown bit",
            signed(&json.replacen("\"s\",1", "\"s\",17", 1)),
            SITE,
            now,
        ),
        ("one of two services", services([1, 0]), SITE, now),
        ("two services", services([1, 3]), SITE, now),
        (
            "two services, one withdrawn here",
            format!("{}.1", whole(&services([1, 1]))),
            SITE,
            now,
        ),
        ("not JSON", signed("yes"), SITE, now),
    ];
    for (name, from, to) in [
        ("tampered: v", "\"v\":1", "\"v\":0"),
        ("tampered: o", "samtycke.example", "samtycke.invalid"),
        ("tampered: s", SITE, "www.example.fi"),
        ("tampered: i", "\"i\":\"", "\"i\":\"0"),
        ("tampered: n", "9f86d081", "9f86d082"),
        ("tampered: sub", "\"sub\":\"s_", "\"sub\":\"s_A"),
        ("tampered: seq", "\"seq\":3", "\"seq\":4"),
        ("tampered: iat", "\"iat\":1795", "\"iat\":1796"),
        ("tampered: exp", "\"exp\":18", "\"exp\":19"),
        ("tampered: pos", "AAAAAQ", "AAAAAg"),
        ("tampered: p", "\"p\",4", "\"p\",5"),
    ] {
        cases.push((name, tampered(from, to), SITE, now));
    }
    for (name, value) in [
        ("empty", String::new()),
        ("one part", text.to_owned()),
        ("a counter of 0", format!("g.0.{ordinary}.{}", capability())),
        (
            "a counter with a leading zero",
            format!("g.01.{ordinary}.{}", capability()),
        ),
        (
            "a counter too large",
            format!("g.2147483649.{ordinary}.{}", capability()),
        ),
        ("no capability", format!("g.1.{ordinary}")),
        ("a short capability", format!("g.1.{ordinary}.AAAA")),
        ("padding", format!("{text}=.{sig}")),
        (
            "a refusal with a long day",
            "r.1.1000000.9f86d081".to_owned(),
        ),
        (
            "a refusal with a day in capitals",
            "r.1.FU7.9f86d081".to_owned(),
        ),
        ("a refusal with capitals", "r.1.fu7.9F86D081".to_owned()),
        ("a refusal without a notice", "r.1.fu7".to_owned()),
        ("an unknown form", "x.1.fu7.9f86d081".to_owned()),
        ("too long", "A".repeat(VALUE_BYTES_MAX + 1)),
    ] {
        cases.push((name, value, SITE, now));
    }
    cases
}
