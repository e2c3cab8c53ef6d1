//! Tests every change to a bundle against the verifier's verdict.

mod world;

use serde_json::json;

use self::world::{ERASURE_AT, EVENT_AT, QUORUM, WORLD};
use super::{
    policy::Policy,
    report::{Level, Outcome, Reason, Report},
    verify::{Held, verify},
    *,
};
use samtycke_tlog::{
    checkpoint::Checkpoint,
    merkle::Hash,
    note::{KeyKind, Note, NoteSigner},
};

fn check(parts: Parts) -> Report {
    check_bundle(&Bundle::build(parts).unwrap())
}

fn check_bundle(bundle: &Bundle) -> Report {
    verify(&bundle.to_bytes(), &WORLD.policy(), None)
}

fn invalid(reason: Reason) -> Outcome {
    Outcome::Invalid { reason }
}

fn undecidable(reason: Reason) -> Outcome {
    Outcome::Undecidable { reason }
}

const VALID: Outcome = Outcome::Valid {
    level: Level::WitnessQuorum,
};

#[test]
fn a_full_bundle_is_valid_and_says_what_it_shows() {
    let report = check(WORLD.parts());
    assert_eq!(report.outcome, VALID, "{report}");
    assert_eq!(report.outcome.exit_code(), 0);
    assert_eq!(report.index, Some(EVENT_AT));
    assert_eq!(report.expires, Some(1_826_884_800_000));
    assert_eq!(report.cosignatures.len(), 2);
    let text = report.to_string();
    for said in [
        "VALID, proof level 2",
        "leaf 5 of 11",
        "ommej.appsvar",
        "s_Ag",
        "quorum",
    ] {
        assert!(text.contains(said), "{said} in {text}");
    }
    let machine = serde_json::to_value(&report).unwrap();
    assert_eq!(machine["outcome"], "valid");
    assert_eq!(machine["level"], 2);
    let bytes = Bundle::build(WORLD.parts()).unwrap().to_bytes();
    assert_eq!(Bundle::parse(&bytes).unwrap().to_bytes(), bytes);
}

/// The golden bundles that the browser's verifier tests too. `SAMTYCKE_BLESS=1` rewrites them. Review the difference:
/// people hold bundles in the old form.
#[test]
fn the_bundles_are_those_of_the_vectors() {
    let cases = [
        ("valid", WORLD.parts(), 0),
        ("erased", WORLD.erased_parts(), 3),
        ("publication", publication_parts(), 0),
    ];
    let policy = WORLD.policy_text(QUORUM);
    let mut vectors = json!({
        "source": "made by samtycke-core's bundle tests from the log in bundle/tests/world.rs; keys, log and hashes \
            are fixed",
        "policy": policy,
    });
    for (name, parts, exit_code) in cases {
        let bundle = Bundle::build(parts).unwrap().to_bytes();
        let outcome = verify(&bundle, &Policy::parse(&policy).unwrap(), None).outcome;
        assert_eq!(outcome.exit_code(), exit_code, "{name}");
        let bundle = String::from_utf8(bundle).unwrap();
        vectors[name] = json!({"bundle": bundle, "exit_code": exit_code});
    }
    let made = serde_json::to_string_pretty(&vectors).unwrap() + "\n";
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/vectors/bundle.json"
    );
    if std::env::var_os("SAMTYCKE_BLESS").is_some() {
        std::fs::write(path, &made).unwrap();
    }
    let golden = std::fs::read_to_string(path).unwrap();
    assert!(
        made == golden,
        "{path}: {}",
        first_difference(&golden, &made)
    );
}

/// The first difference of two texts, with a little context: whole bundles would fill the screen.
fn first_difference(golden: &str, made: &str) -> String {
    let at = golden.chars().zip(made.chars()).take_while(|(a, b)| a == b);
    let at = at.count();
    let near =
        |text: &str| -> String { text.chars().skip(at.saturating_sub(40)).take(100).collect() };
    format!(
        "at character {at} the file has {:?}, this code {:?}",
        near(golden),
        near(made)
    )
}

/// Changes every byte of a bundle with each of `masks` and with one bit in turn. (0x20 toggles upper and lower case.)
/// The format guarantees that no changed bundle is valid. If the policy names every key, none is undecidable either.
fn flip_every_byte(bytes: &[u8], masks: &[u8]) {
    const TURNS: [u8; 8] = [0x01, 0x02, 0x04, 0x08, 0x10, 0x40, 0x80, 0x0d];
    let policy = WORLD.policy();
    for at in 0..bytes.len() {
        for mask in masks.iter().chain([&TURNS[at % TURNS.len()]]) {
            let mut changed = bytes.to_vec();
            changed[at] ^= mask;
            let report = verify(&changed, &policy, None);
            let around = at.saturating_sub(40)..(at + 40).min(bytes.len());
            assert_eq!(
                report.outcome.exit_code(),
                1,
                "byte {at} ^ {mask:#04x} near {:?}: {report}",
                String::from_utf8_lossy(&changed[around])
            );
        }
    }
}

#[test]
fn no_changed_byte_of_a_bundle_is_valid() {
    let bytes = Bundle::build(WORLD.parts()).unwrap().to_bytes();
    flip_every_byte(&bytes, &[0x01, 0x20]);
}

#[test]
fn no_changed_byte_of_an_erased_or_public_bundle_is_valid() {
    let bytes = Bundle::build(WORLD.erased_parts()).unwrap().to_bytes();
    flip_every_byte(&bytes, &[0x20]);
    let bytes = Bundle::build(publication_parts()).unwrap().to_bytes();
    flip_every_byte(&bytes, &[0x20]);
}

fn publication_parts() -> Parts {
    Parts {
        leaf: WORLD.leaves[2],
        ctx: Some((None, WORLD.publication.clone())),
        sub: None,
        proofs: vec![WORLD.proof(2, 12)],
        notice: None,
        salt: None,
        erasure: None,
    }
}

#[test]
fn a_publication_is_valid_with_its_public_bytes() {
    assert_eq!(check(publication_parts()).outcome, VALID);
    let mut with_key = publication_parts();
    with_key.ctx = Some((Some([0; 32]), WORLD.publication.clone()));
    assert_eq!(check(with_key).outcome, invalid(Reason::Opening));
}

#[test]
fn every_byte_can_be_cut_off() {
    let bytes = Bundle::build(WORLD.parts()).unwrap().to_bytes();
    for length in 0..bytes.len() {
        let report = verify(&bytes[..length], &WORLD.policy(), None);
        assert_eq!(report.outcome, invalid(Reason::Format));
    }
}

/// A log may hold kinds that are newer than the auditor's program. The verifier reports them and does not call them
/// forgeries.
#[test]
fn a_kind_or_version_that_is_unknown_is_undecidable() {
    for (from, to) in [
        (r#""type":"decisions""#, r#""type":"decisions.lifted""#),
        (r#""v":1"#, r#""v":2"#),
    ] {
        let report = check(world::changed_event(from, to));
        assert_eq!(report.outcome, undecidable(Reason::BodyVersion), "{report}");
        assert_eq!(report.event, None);
    }
}

#[test]
fn a_body_with_an_unknown_field_is_invalid() {
    let report = check(world::changed_event(
        r#""variant":"adult""#,
        r#""variant":"adult","variants":[]"#,
    ));
    assert_eq!(report.outcome, invalid(Reason::Body), "{report}");
}

/// The holder of a bundle uses the salt to find the erasure of its openings, so the salt must be correct before an
/// erasure.
#[test]
fn the_salt_is_the_one_that_the_key_gives() {
    let good = Bundle::build(WORLD.parts()).unwrap();
    for salt in [None, Some("00".repeat(32)), Some("00".into())] {
        let changed = Bundle {
            salt,
            ..good.clone()
        };
        assert_eq!(check_bundle(&changed).outcome, invalid(Reason::Salt));
    }
    let public = Bundle::build(publication_parts()).unwrap();
    assert_eq!(public.salt, None);
    let salted = Bundle {
        salt: good.salt,
        ..public
    };
    assert_eq!(check_bundle(&salted).outcome, invalid(Reason::Salt));
}

#[test]
fn the_report_says_what_was_decided() {
    let event = check(WORLD.parts()).event.unwrap();
    let said = serde_json::to_value(&event.summary).unwrap();
    assert_eq!(
        said,
        json!([{"what": "given", "purpose": "ommej.appsvar", "details": {"explicit": "true"}}])
    );
}

#[test]
fn parts_that_may_be_left_out() {
    let mut parts = WORLD.parts();
    parts.notice = None;
    assert_eq!(check(parts.clone()).outcome, VALID);
    parts.sub = None;
    let report = check(parts.clone());
    assert_eq!((report.outcome, report.expires), (VALID, None));
    parts.ctx = None;
    parts.salt = WORLD.erased_parts().salt;
    assert_eq!(
        check(parts.clone()).outcome,
        undecidable(Reason::NothingOpened)
    );
    parts.sub = WORLD.parts().sub;
    assert_eq!(check(parts).outcome, invalid(Reason::Opening));
}

#[test]
fn an_erased_leaf_is_valid_and_erased() {
    let report = check(WORLD.erased_parts());
    let erased = Outcome::ValidErased {
        level: Level::WitnessQuorum,
        erased_at: ERASURE_AT,
    };
    assert_eq!(report.outcome, erased, "{report}");
    assert_eq!(report.outcome.exit_code(), 3);
    assert_eq!(report.contradiction, None);
    // A surviving copy of the openings contradicts the log's record, and the report says so.
    let mut kept = WORLD.parts();
    kept.erasure = WORLD.erased_parts().erasure;
    let report = check(kept);
    assert_eq!(report.outcome, erased);
    assert!(report.contradiction.is_some() && report.to_string().contains("CONTRADICTION"));
    // The erasure does not list another leaf.
    let mut other = WORLD.erased_parts();
    other.leaf = WORLD.leaves[6];
    other.proofs = vec![WORLD.proof(6, 11)];
    assert_eq!(check(other).outcome, invalid(Reason::Erasure));
    // The erasure leaf is not a valid erasure.
    let mut other = WORLD.erased_parts();
    other.erasure.as_mut().unwrap().leaf = WORLD.event.leaf;
    assert_eq!(check(other).outcome, invalid(Reason::Erasure));
}

/// The verifier reports unknown parties as undecidable and not as forgeries.
#[test]
fn unknown_logs_and_short_quorums_are_undecidable() {
    let bytes = Bundle::build(WORLD.parts()).unwrap().to_bytes();
    let outcome = |policy: &Policy| verify(&bytes, policy, None).outcome;
    let nobody = Policy::parse("quorum none\n").unwrap();
    assert_eq!(outcome(&nobody), undecidable(Reason::UnknownLog));
    let log_only = format!("log {}\nquorum none\n", WORLD.log.verifier());
    assert_eq!(
        outcome(&Policy::parse(&log_only).unwrap()),
        Outcome::Valid {
            level: Level::LogSignature
        }
    );
    let stranger = NoteSigner::from_seed("w3.example", KeyKind::CosignatureV1, &[13; 32]).unwrap();
    let strict = format!(
        "log {}\nwitness C {}\nquorum C\n",
        WORLD.log.verifier(),
        stranger.verifier()
    );
    let report = verify(&bytes, &Policy::parse(&strict).unwrap(), None);
    assert_eq!(report.outcome, undecidable(Reason::QuorumShort));
    assert_eq!(report.outcome.exit_code(), 2);
    // An unknown witness does not hide a changed byte.
    let mut changed = Bundle::build(WORLD.parts()).unwrap();
    changed.expires = None;
    let report = verify(&changed.to_bytes(), &Policy::parse(&strict).unwrap(), None);
    assert_eq!(report.outcome, invalid(Reason::Expires));
    // A known log signed a checkpoint for another log's origin.
    let text = Checkpoint::new("other.example/logs/x", 11, WORLD.tree.root(11)).unwrap();
    let mut parts = publication_parts();
    parts.proofs = vec![TlogProof {
        checkpoint: Note::new(
            &text.to_string(),
            vec![WORLD.log.sign(&text.to_string()).unwrap()],
        )
        .unwrap(),
        ..WORLD.proof(2, 11)
    }];
    assert_eq!(check(parts).outcome, invalid(Reason::Place));
}

/// Protects auditors and servers from a small file that costs a second: signatures of strangers are not verified, and
/// what is repeated is verified once. (With 64 witnesses in the policy each such line cost 65 verifications in each of
/// five proofs, 10 000 in all.)
#[test]
fn a_bundle_costs_few_verifications() {
    let witnesses: Vec<String> = (0..64)
        .map(|n| {
            let name = format!("policy{n}.example");
            let key = NoteSigner::from_seed(&name, KeyKind::CosignatureV1, &[n; 32]).unwrap();
            format!("witness W{n} {}", key.verifier())
        })
        .collect();
    let witnesses = witnesses.join("\n");
    let policy = format!("log {}\n{witnesses}\nquorum none\n", WORLD.log.verifier());
    let policy = Policy::parse(&policy).unwrap();
    let crowded = |index, size| {
        let text = WORLD.head(size).to_string();
        let mut lines = vec![WORLD.log.sign(&text).unwrap()];
        for n in 0..31 {
            let name = format!("stranger{n}.example");
            let key = NoteSigner::from_seed(&name, KeyKind::CosignatureV1, &[100 + n; 32]).unwrap();
            lines.push(key.cosign(&text, 1).unwrap());
        }
        TlogProof {
            checkpoint: Note::new(&text, lines).unwrap(),
            ..WORLD.proof(index, size)
        }
    };
    let mut parts = WORLD.erased_parts();
    parts.proofs = vec![crowded(EVENT_AT, 12); 4];
    if let Some(erasure) = &mut parts.erasure {
        erasure.proof = crowded(ERASURE_AT, 12);
    }
    let bytes = Bundle::build(parts).unwrap().to_bytes();
    let (report, verifications) = super::verify::counted(&bytes, &policy, None);
    assert_eq!(report.outcome.exit_code(), 3, "{report}");
    assert_eq!(
        verifications, 1,
        "the log's own signature, which all five repeat"
    );
}

#[test]
fn several_proofs_must_agree() {
    let mut parts = WORLD.parts();
    parts.proofs.push(WORLD.proof(EVENT_AT, 12));
    assert_eq!(check(parts.clone()).outcome, VALID);
    parts.proofs.push(WORLD.proof(6, 12));
    assert_eq!(check(parts.clone()).outcome, invalid(Reason::Inclusion));
    parts.proofs.clear();
    assert_eq!(check(parts.clone()).outcome, invalid(Reason::Proof));
    // The log signed another tree of eleven leaves that also contains the event: a split view.
    let mut other = WORLD.tree.clone();
    other.0[0] = [0; 32];
    let head = Checkpoint::new(&WORLD.origin, 11, other.root(11)).unwrap();
    let forked = TlogProof {
        extra: None,
        index: EVENT_AT,
        hashes: other.inclusion(EVENT_AT, 11).unwrap(),
        checkpoint: WORLD.signed(&head),
    };
    parts.proofs = vec![WORLD.proof(EVENT_AT, 11), forked];
    assert_eq!(check(parts).outcome, invalid(Reason::SplitView));
}

#[test]
fn uncovered_members_are_refused_or_ignored() {
    let mut extra = WORLD.parts();
    extra.proofs[0].extra = Some(b"hi".to_vec());
    assert_eq!(check(extra).outcome, invalid(Reason::Proof));
    let mut extended = WORLD.parts();
    let text = format!("{}extension\n", WORLD.head(11));
    extended.proofs[0].checkpoint = Note::new(&text, vec![WORLD.log.sign(&text).unwrap()]).unwrap();
    assert_eq!(check(extended).outcome, invalid(Reason::Checkpoint));
    // A line by a key outside the policy proves nothing and changes nothing.
    let mut stranger = WORLD.parts();
    let note = &stranger.proofs[0].checkpoint;
    let other = NoteSigner::from_seed(&WORLD.origin, KeyKind::Ed25519, &[99; 32]).unwrap();
    let mut lines = note.signatures().to_vec();
    lines.push(other.sign(note.text()).unwrap());
    stranger.proofs[0].checkpoint = Note::new(note.text(), lines).unwrap();
    assert_eq!(check(stranger).outcome, VALID);
    let mut bundle = Bundle::build(WORLD.parts()).unwrap();
    bundle.leaf = bundle.leaf.to_uppercase();
    assert_eq!(check_bundle(&bundle).outcome, invalid(Reason::Leaf));
}

#[test]
fn a_notice_must_be_the_one_that_was_shown() {
    type Change = fn(&mut Notice);
    let changes: [Change; 4] = [
        |notice| notice.text.bytes.push(' '),
        |notice| notice.text.language = "en".into(),
        |notice| {
            notice.text.language = "en".into();
            notice.text.bytes = "other".into();
        },
        |notice| notice.manifest = notice.manifest.replace("\"texts\"", "\"textz\""),
    ];
    for change in changes {
        let mut parts = WORLD.parts();
        change(parts.notice.as_mut().unwrap());
        assert_eq!(check(parts).outcome, invalid(Reason::Notice));
    }
    let mut uncited = publication_parts();
    uncited.notice = WORLD.parts().notice;
    assert_eq!(check(uncited).outcome, invalid(Reason::Notice));
}

#[test]
fn a_held_checkpoint_raises_the_level_or_the_alarm() {
    let bytes = Bundle::build(WORLD.parts()).unwrap().to_bytes();
    let log_only = WORLD.policy_with("quorum none");
    let outcome = |checkpoint: Checkpoint, consistency: Vec<Hash>| {
        let held = Held {
            checkpoint,
            consistency,
        };
        verify(&bytes, &log_only, Some(&held)).outcome
    };
    let level_1 = Outcome::Valid {
        level: Level::HeldCheckpoint,
    };
    let tree = &WORLD.tree;
    assert_eq!(
        outcome(WORLD.head(6), tree.consistency(6, 11).unwrap()),
        level_1
    );
    assert_eq!(
        outcome(WORLD.head(12), tree.consistency(11, 12).unwrap()),
        level_1
    );
    assert_eq!(outcome(WORLD.head(11), vec![]), level_1);
    // Every tree continues the empty one: holding it proves nothing.
    let level_0 = Outcome::Valid {
        level: Level::LogSignature,
    };
    assert_eq!(outcome(WORLD.head(0), vec![]), level_0);
    let inconsistent = invalid(Reason::HeldInconsistent);
    assert_eq!(
        outcome(WORLD.head(6), tree.consistency(7, 11).unwrap()),
        inconsistent
    );
    let other = Checkpoint::new(&WORLD.origin, 11, [0; 32]).unwrap();
    assert_eq!(outcome(other, vec![]), inconsistent);
    let unrelated = undecidable(Reason::HeldUnrelated);
    assert_eq!(outcome(WORLD.head(6), vec![]), unrelated);
    let other = Checkpoint::new("other.example/logs/x", 11, tree.root(11)).unwrap();
    assert_eq!(outcome(other, vec![]), unrelated);
}

#[test]
fn missing_and_unknown_fields_are_refused() {
    let bytes = Bundle::build(WORLD.parts()).unwrap().to_bytes();
    let good: Value = serde_json::from_slice(&bytes).unwrap();
    for field in [
        "v", "leaf", "open", "proofs", "notice", "salt", "erasure", "expires",
    ] {
        let mut bundle = good.clone();
        bundle.as_object_mut().unwrap().remove(field);
        assert!(Bundle::parse(&json::canonical(&bundle)).is_err(), "{field}");
    }
    for (field, value) in [
        ("more", json!(1)),
        ("v", json!("samtycke-bundle/2")),
        ("expires", json!("1")),
    ] {
        let mut bundle = good.clone();
        bundle[field] = value;
        let error = Bundle::parse(&json::canonical(&bundle)).unwrap_err();
        assert!(!error.to_string().contains("s_Ag"));
    }
    let mut bundle = good;
    bundle["open"].as_object_mut().unwrap().remove("sub");
    assert!(Bundle::parse(&json::canonical(&bundle)).is_err());
}
