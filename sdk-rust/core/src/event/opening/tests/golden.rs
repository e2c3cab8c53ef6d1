//! The golden bytes of every kind. `SAMTYCKE_BLESS=1` rewrites them. For a kind that is not a draft, do that only
//! before the first release.

use std::{collections::BTreeSet, fs, path::PathBuf};

use serde_json::json;

use super::*;

/// The kinds that no route writes yet. The first version of every other kind is frozen (E0).
const DRAFTS: [&str; 1] = ["subject.erased"];

fn folder() -> PathBuf {
    PathBuf::from(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/vectors/events"
    ))
}

fn name_of(body: &EventBody) -> String {
    let (name, version) = (body.type_name(), body.version());
    if DRAFTS.contains(&name) {
        format!("draft/{name}.v{version}.json")
    } else {
        format!("{name}.v{version}.json")
    }
}

fn vector_of(body: EventBody) -> String {
    let logged = logged(body);
    let openings = logged.write();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    let vector = json!({
        "event": logged.event,
        "summary": logged.event.body.summary(),
        "ctx": text(openings.ctx),
        "sub": text(openings.sub),
    });
    serde_json::to_string_pretty(&vector).unwrap() + "\n"
}

#[test]
fn every_kind_is_written_as_in_its_file() {
    for (body, _) in examples() {
        let path = folder().join(name_of(&body));
        let made = vector_of(body);
        if std::env::var_os("SAMTYCKE_BLESS").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &made).unwrap();
        }
        let golden = fs::read_to_string(&path).unwrap_or_default();
        assert!(golden == made, "{} is not what is written", path.display());
    }
}

#[test]
fn every_kind_is_read_from_its_file() {
    for (body, _) in examples() {
        let text = fs::read_to_string(folder().join(name_of(&body))).unwrap();
        let vector: Value = serde_json::from_str(&text).unwrap();
        let bytes = |name: &str| vector[name].as_str().unwrap().as_bytes().to_vec();
        let openings = Openings {
            ctx: bytes("ctx"),
            sub: bytes("sub"),
        };
        let read = LoggedEvent::read(&openings).unwrap();
        assert_eq!(serde_json::to_value(&read.event).unwrap(), vector["event"]);
        let context = Context::read(&openings.ctx).unwrap();
        assert_eq!(
            serde_json::to_value(&context.summary).unwrap(),
            vector["summary"]
        );
    }
}

#[test]
fn no_file_is_left_of_a_kind_that_is_gone() {
    let kinds: BTreeSet<_> = examples().iter().map(|(body, _)| name_of(body)).collect();
    let mut found = BTreeSet::new();
    for (folder, prefix) in [(folder(), ""), (folder().join("draft"), "draft/")] {
        for entry in fs::read_dir(folder).unwrap() {
            let entry = entry.unwrap();
            if entry.file_type().unwrap().is_file() {
                found.insert(format!("{prefix}{}", entry.file_name().to_string_lossy()));
            }
        }
    }
    assert_eq!(found, kinds);
}
