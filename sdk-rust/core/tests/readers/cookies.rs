//! Consent cookies that are well signed, whatever they say, and then changed in some places.

use samtycke_core::id::{PublicSiteId, SiteId, SubjectId};
use samtycke_tlog::{note::NoteSigner, strict};
use serde_json::{Value, json};

use super::{bundles, dice::Dice, judge::Question};

pub(crate) const SITE: &str = "www.example.se";
pub(crate) const NOW_S: i64 = 1_795_262_400;
const CAPABILITY: [u8; 32] = [3; 32];
/// The members in the order in which a payload has them.
const ORDER: [&str; 11] = [
    "v", "o", "s", "i", "n", "sub", "seq", "iat", "exp", "pos", "p",
];

pub(crate) fn payload() -> Value {
    let origin = bundles::signer().verifier().name().to_owned();
    json!({
        "v": 1, "o": origin, "s": SITE,
        "i": PublicSiteId::of(&origin, &SiteId::parse(SITE).expect("a site")).as_str(),
        "n": "01234567", "sub": SubjectId::from_capability(&CAPABILITY).as_str(), "seq": 3,
        "iat": NOW_S - 60, "exp": NOW_S + 1000, "pos": "opaque",
        "p": [["example.statistics", "s", 1], ["example.advertising/one", "m", 3], ["example.advertising/two", "m", 1]],
    })
}

/// A payload's text in its one order; members that are none of it come last.
pub(crate) fn written(payload: &Value) -> String {
    let Some(map) = payload.as_object() else {
        return payload.to_string();
    };
    let known = ORDER
        .iter()
        .filter_map(|name| Some((*name, map.get(*name)?)));
    let others = map
        .iter()
        .filter(|(name, _)| !ORDER.contains(&name.as_str()));
    let others = others.map(|(name, value)| (name.as_str(), value));
    let members: Vec<String> = known
        .chain(others)
        .map(|(name, value)| format!("{}:{value}", json!(name)))
        .collect();
    format!("{{{}}}", members.join(","))
}

/// A cookie with this payload, signed.
pub(crate) fn sealed(signer: &NoteSigner, json: &str) -> String {
    let payload = strict::to_base64url(json.as_bytes());
    let signature = signer
        .sign_apart("samtycke/cookie/v1\n", &payload)
        .expect("a payload");
    format!(
        "g.2.{payload}.{}.{}",
        strict::to_base64url(&signature),
        strict::to_base64url(&CAPABILITY)
    )
}

pub(crate) fn question(value: String) -> Question {
    Question::Cookie {
        value,
        vkey: bundles::vkey(),
        site: SITE,
        now_ms: NOW_S * 1000,
    }
}

/// Any cookie: good, or changed before or after it was signed.
pub(crate) fn any(dice: &mut Dice) -> Question {
    let mut payload = payload();
    if dice.one_in(2) {
        dice.change(&mut payload);
    }
    let mut json = written(&payload);
    if dice.one_in(5) {
        let mut bytes = json.into_bytes();
        dice.spoil(&mut bytes);
        json = String::from_utf8_lossy(&bytes).into_owned();
    }
    // An empty payload is none that can be signed.
    json = if json.is_empty() { "0".into() } else { json };
    let mut value = sealed(&bundles::signer(), &json);
    if dice.one_in(4) {
        value = match dice.below(5) {
            0 => value
                .trim_start_matches("g.2.")
                .rsplit_once('.')
                .expect("a capability")
                .0
                .to_owned(),
            1 => "r.1.fxz.01234567".into(),
            _ => format!(
                "{value}.{}",
                dice.pick(&[
                    "0",
                    "0-1",
                    "1-0-2",
                    "3",
                    "0-0",
                    "",
                    "01",
                    "64",
                    "18446744073709551616"
                ])
            ),
        };
    }
    if dice.one_in(8) {
        value = dice.near(&value);
    }
    if dice.one_in(50) {
        value = "å".repeat(dice.pick(&[2_048, 2_049, 4_097]));
    }
    question(value)
}
