//! The shapes of identifiers, and what they refuse.

use super::*;

/// Protects S28: numbers and addresses of people are refused as subject references and codes.
#[test]
fn personal_texts_are_recognised() {
    // The tax agency's own test numbers, which belong to nobody.
    for text in [
        "19900118-9811",
        "900118-9811",
        "199001189811",
        "someone@example.com",
        "+46 70 174 06 05",
        "0701740605",
        "192.0.2.7",
        "192-0-2-7",
        "192_0_2_7",
        "192.0.2.0/24",
        "192.0.2.7:443",
        "2001:db8::7",
        "[2001:db8::7]:443",
        "fe80::7%eth0",
        "::ffff:192.0.2.7",
    ] {
        assert!(looks_personal(text), "{text}");
        assert_eq!(SubjectId::parse(text), Err(IdError::Personal), "{text}");
    }
    for text in [
        "example-ab",
        "autumn-2026",
        "2026",
        "20261121",
        "loomer.se",
        "1.2.3",
        "v1.2.3.4",
        "256.1.1.1",
    ] {
        assert!(!looks_personal(text), "{text}");
    }
}

/// Protects S28: a recipient is named by a code, never by the address of a visitor; a site may be a machine's.
#[test]
fn an_address_is_no_scope_value() {
    assert_eq!(ScopeValue::parse("192.0.2.7"), Err(IdError::Personal));
    assert!(SiteId::parse("127.0.0.1").is_ok());
    assert!(SiteId::parse("19900118-9811").is_err());
}

/// Protects log lines: a number of a person is found wherever it stands.
#[test]
fn a_personnummer_is_found_within_a_text() {
    for text in [
        "19900118-9811",
        "900118-9811-19900118-9811",
        "ab-9001189811",
        "0-1990-01189811-f",
    ] {
        assert!(holds_personnummer(text), "{text}");
    }
    for text in [
        "",
        "4bf92f3577b34da6a3ce929d0e0e4736",
        "20261121",
        "9001189812",
    ] {
        assert!(!holds_personnummer(text), "{text}");
    }
}

/// A schema that promises what the parser refuses would be wrong in every generated client.
#[test]
fn what_a_pattern_makes_is_parsed() {
    use proptest::{
        strategy::{Strategy, ValueTree},
        string::string_regex,
        test_runner::TestRunner,
    };
    let mut runner = TestRunner::deterministic();
    let mut check = |pattern: &str, length_max: usize, parse: fn(&str) -> Option<IdError>| {
        let texts = string_regex(pattern.trim_matches(['^', '$'])).unwrap();
        let texts = texts.prop_filter("as long as the schema allows", |t| t.len() <= length_max);
        for _ in 0..50 {
            let text = texts.new_tree(&mut runner).unwrap().current();
            let error = parse(&text);
            assert!(
                matches!(error, None | Some(IdError::Personal)),
                "{text} of {pattern}"
            );
        }
    };
    macro_rules! check_all {
        ($($id:ident)*) => {
            $( check($id::PATTERN, $id::LENGTH_MAX, |text| $id::parse(text).err()); )*
        };
    }
    check_all!(TenantId SiteId PublicSiteId PurposeId ScopeValue LogId SubjectId EventId NoticeHash Language);
}

/// Protects sites on one host from each other: the public id follows from log and site, and from nothing else. The value
/// is the one that `printf 'samtycke/site/v1\n%s\n%s' ORIGIN SITE | sha256sum` prints.
#[test]
fn a_public_site_id_is_of_one_log_and_site() {
    let of = |origin: &str, site: &str| PublicSiteId::of(origin, &site.parse().unwrap());
    let mine = of(
        "samtycke.example/logs/abcdefghijklmnopqrstuvwxyz",
        "www.example.se",
    );
    assert_eq!(mine.as_str(), "51ae38adeed2");
    assert_eq!(PublicSiteId::parse(mine.as_str()), Ok(mine.clone()));
    assert_ne!(
        mine,
        of(
            "samtycke.example/logs/abcdefghijklmnopqrstuvwxyz",
            "shop.example.se"
        )
    );
    assert_ne!(
        mine,
        of(
            "samtycke.example/logs/bbcdefghijklmnopqrstuvwxyz",
            "www.example.se"
        )
    );
    for no in [
        "",
        "0123456789a",
        "0123456789abc",
        "0123456789AB",
        "0123456789ag",
    ] {
        assert!(PublicSiteId::parse(no).is_err(), "{no}");
    }
}

#[test]
fn a_subject_has_one_shape() {
    let id = SubjectId::from_capability(&[7; 32]);
    assert_eq!(SubjectId::parse(id.as_str()), Ok(id.clone()));
    assert_eq!(SubjectId::from_bytes(id.to_bytes()), id);
    assert!(SubjectId::parse("s_short").is_err());
    // 22 characters whose last has spare bits set are a second spelling of the same bytes: refused.
    assert!(SubjectId::parse("s_AAAAAAAAAAAAAAAAAAAAAB").is_err());
}

#[test]
fn an_event_id_is_a_lower_case_uuid_of_version_7() {
    let id = EventId::from_parts(1_795_348_800_000, [0xff; 10]);
    assert!(EventId::parse(id.as_str()).is_ok(), "{id}");
    assert!(EventId::parse("0197e7c2-7c1a-4abc-8abc-0123456789ab").is_err());
    assert!(EventId::parse(&id.as_str().to_uppercase()).is_err());
}
