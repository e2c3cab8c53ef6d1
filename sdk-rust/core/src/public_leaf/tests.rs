use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::json;

use super::*;
use crate::testing::{T0, pid, v};

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/vectors/leaves"
    ))
}

/// One of each type, with every field filled in, in the order of the list.
fn examples() -> Vec<PublicRecord> {
    let site = || SiteId::parse("example.se").unwrap();
    let value = |text| ScopeValue::parse(text).unwrap();
    let classes = || BTreeMap::from([(pid("t.main"), ChangeClass::MaterialConsent)]);
    let bodies: Vec<PublicBody> = vec![
        LogOpened {
            origin: "example.se/logs/biacqaeabiacqaeabiacqaeaba".into(),
            vkey: "example.se/logs/biacqaeabiacqaeabiacqaeaba+01234567+AAAA".into(),
        }
        .into(),
        LogSucceeded {
            origin: "example.se/logs/biacqaeabiacqaeabiacqaeaba".into(),
            vkey: "example.se/logs/biacqaeabiacqaeabiacqaeaba+01234567+AAAA".into(),
            predecessor: Predecessor {
                log: LogId::from_bytes([9; 16]),
                origin: "example.se/logs/beeqscijbeeqscijbeeqscijbe".into(),
                size: 94,
                root: "0a".repeat(32),
            },
            kept: 53,
            cause: SuccessionCause::EntriesLost,
            reason: "the disk failed, and the newest backup was of the day before".into(),
        }
        .into(),
        LossAccepted {
            proposed_by: "k_0c".into(),
            lost: 41,
        }
        .into(),
        SignerAdded {
            vkey: "consent.example.com/logs/aaaaaaaaaaaaaaaaaaaaaaaaaa+00000002+key".into(),
        }
        .into(),
        SignerRetired {
            vkey: "consent.example.com/logs/aaaaaaaaaaaaaaaaaaaaaaaaaa+00000000+key".into(),
        }
        .into(),
        RegisterPublished {
            hash: v(2),
            version: 2,
            classes: classes(),
            previous: Some(v(1)),
        }
        .into(),
        NoticePublished {
            site: site(),
            hash: v(2),
            version: 2,
            classes: classes(),
            previous: Some(v(1)),
        }
        .into(),
        CampaignPublished {
            campaign: value("spring"),
            version: 2,
            ends_on: LastDay::parse("2026-06-30").unwrap(),
            media: vec![value("film"), value("photo")],
            surfaces: vec![value("print"), value("web")],
            advertising: true,
        }
        .into(),
        NoticeInvalidated {
            hash: v(2),
            purposes: vec![pid("t.main"), pid("t.other")],
            cause: "the text named the wrong recipient".into(),
            effective_from: T0 - 1,
        }
        .into(),
        KeyAdded {
            key_id: "k_0a".into(),
            role: "publishable".into(),
            site: Some(site()),
            expires_at: None,
        }
        .into(),
        KeyRevoked {
            key_id: "k_0a".into(),
        }
        .into(),
        SiteAdded {
            site: site(),
            origins: vec!["https://example.se".into()],
        }
        .into(),
        SiteChanged {
            site: site(),
            origins: vec!["https://www.example.se".into()],
        }
        .into(),
        SiteRevoked { site: site() }.into(),
    ];
    let record = |body| PublicRecord {
        log: LogId::from_bytes([1; 16]),
        at: T0,
        by: Some("k_0b".into()),
        body,
    };
    bodies.into_iter().map(record).collect()
}

#[test]
fn every_type_has_an_example() {
    let examples = examples();
    let shown: Vec<_> = examples.iter().map(|each| each.body.type_name()).collect();
    assert_eq!(shown, PublicBody::TYPES);
}

/// Protects the leaves of keys without an end: the optional member changes none of their bytes.
#[test]
fn a_keys_end_is_written_only_where_it_has_one() {
    let key = |expires_at| PublicRecord {
        log: LogId::from_bytes([1; 16]),
        at: T0,
        by: None,
        body: KeyAdded {
            key_id: "k_0a".into(),
            role: "service".into(),
            site: None,
            expires_at,
        }
        .into(),
    };
    assert!(!key(None).write().contains("expires_at"));
    let ends = key(Some(T0 + 1));
    assert!(ends.write().contains(&format!("\"expires_at\":{}", T0 + 1)));
    assert_eq!(PublicRecord::read(ends.write().as_bytes()), Ok(ends));
}

/// `SAMTYCKE_BLESS=1` writes the files anew.
#[test]
fn every_type_is_written_and_read_as_in_its_file() {
    let mut names = BTreeSet::new();
    for record in examples() {
        let name = format!(
            "{}.v{}.json",
            record.body.type_name(),
            record.body.version()
        );
        let path = folder().join(&name);
        let vector = json!({"kind": record.body.leaf_kind().as_str(), "bytes": record.write()});
        let made = serde_json::to_string_pretty(&vector).unwrap() + "\n";
        if std::env::var_os("SAMTYCKE_BLESS").is_some() {
            fs::create_dir_all(folder()).unwrap();
            fs::write(&path, &made).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert!(golden == made, "{name} is not what is written");
        assert_eq!(
            PublicRecord::read(record.write().as_bytes()).as_ref(),
            Ok(&record)
        );
        names.insert(name);
    }
    let files = fs::read_dir(folder()).unwrap();
    let files = files.map(|file| file.unwrap().file_name().into_string().unwrap());
    assert_eq!(files.collect::<BTreeSet<_>>(), names);
}

fn changed(change: impl FnOnce(&mut Value)) -> Result<PublicRecord, OpeningError> {
    let mut value: Value = serde_json::from_str(&examples()[2].write()).unwrap();
    change(&mut value);
    PublicRecord::read(&json::canonical(&value))
}

#[test]
fn an_unknown_type_or_version_is_an_error_of_its_own() {
    let unknown = changed(|value| value["type"] = json!("campaign.opened"));
    assert!(unknown.unwrap_err().is_unknown());
    let newer = changed(|value| value["v"] = json!(2));
    assert!(newer.unwrap_err().is_unknown());
}

#[test]
fn an_unknown_field_or_a_second_spelling_is_refused() {
    let field = Err(OpeningError::Field(Part::Ctx));
    assert_eq!(changed(|value| value["more"] = json!(1)), field);
    assert_eq!(changed(|value| value["data"]["more"] = json!(1)), field);
    let null = changed(|value| value["by"] = Value::Null);
    assert_eq!(null, Err(OpeningError::Form(Part::Ctx)));
}
