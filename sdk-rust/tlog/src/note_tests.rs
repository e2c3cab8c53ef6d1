//! RFC 8032's vectors, Go's documented note, a cosigned checkpoint made by another program, and their neighbours.

use serde_json::Value;

use super::*;
use crate::strict::{hex, hex_array};

const VECTORS: &str = include_str!("../../../tests/vectors/note.json");

fn vectors() -> Value {
    serde_json::from_str(VECTORS).unwrap()
}

fn bytes32(value: &Value) -> [u8; 32] {
    hex_array(value.as_str().unwrap()).unwrap()
}

#[test]
fn the_vectors_of_rfc_8032_section_7_1() {
    for case in vectors()["ed25519"].as_array().unwrap() {
        let (seed, public) = (bytes32(&case["seed"]), bytes32(&case["public"]));
        let message = hex(case["message"].as_str().unwrap()).unwrap();
        let signature = hex(case["signature"].as_str().unwrap()).unwrap();
        assert_eq!(ed25519_public(&seed), public);
        assert_eq!(ed25519_sign(&seed, &message), *signature);
        assert_eq!(ed25519_verify(&public, &message, &signature), Ok(()));
        for at in [0, 31, 32, 63] {
            let mut changed = signature.clone();
            changed[at] ^= 0x01;
            assert!(ed25519_verify(&public, &message, &changed).is_err());
        }
        let mut longer = message.clone();
        longer.push(0);
        assert!(ed25519_verify(&public, &longer, &signature).is_err());
        assert!(ed25519_verify(&public, &message, &signature[..63]).is_err());
    }
}

/// Protects verifiers: under a key of small order one signature verifies for many messages.
#[test]
fn weak_keys_are_refused_wherever_a_key_is_read() {
    for public in vectors()["weak_public_keys"].as_array().unwrap() {
        let public = bytes32(public);
        assert_eq!(
            ed25519_verify(&public, b"", &[0; 64]),
            Err(NoteError::WeakKey)
        );
        assert_eq!(
            VerifierKey::new("a", KeyKind::Ed25519, &public),
            Err(NoteError::WeakKey)
        );
    }
}

#[test]
fn the_note_in_go_s_documentation_verifies() {
    let vectors = vectors();
    let vkey = vectors["go"]["vkey"].as_str().unwrap();
    let key = VerifierKey::parse(vkey).unwrap();
    assert_eq!(key.to_string(), vkey);
    let text = vectors["go"]["note"].as_str().unwrap();
    let note = Note::parse(text).unwrap();
    assert_eq!(note.to_string(), text);
    assert_eq!(note.verify(std::slice::from_ref(&key)), Ok(vec![&key]));
}

fn cosigned() -> (NoteSigner, NoteSigner, String, Note) {
    let case = &vectors()["checkpoint"];
    let text = case["text"].as_str().unwrap();
    let origin = text.lines().next().unwrap();
    let log = NoteSigner::from_seed(origin, KeyKind::Ed25519, &bytes32(&case["log_seed"])).unwrap();
    let witness = NoteSigner::from_seed(
        "witness.example/w1",
        KeyKind::CosignatureV1,
        &bytes32(&case["witness_seed"]),
    )
    .unwrap();
    assert_eq!(log.verifier().to_string(), case["log_vkey"]);
    assert_eq!(witness.verifier().to_string(), case["witness_vkey"]);
    let lines = vec![
        log.sign(text).unwrap(),
        witness
            .cosign(text, case["time_unix_seconds"].as_u64().unwrap())
            .unwrap(),
    ];
    let note = Note::new(text, lines).unwrap();
    assert_eq!(note.to_string(), case["note"].as_str().unwrap());
    (log, witness, text.to_owned(), note)
}

#[test]
fn a_cosigned_checkpoint_is_what_another_program_made() {
    let (log, witness, _, note) = cosigned();
    let keys = [log.verifier().clone(), witness.verifier().clone()];
    assert_eq!(note.verify(&keys), Ok(vec![&keys[0], &keys[1]]));
    let time = cosignature::time(note.signatures()[1].signature());
    assert_eq!(time, Some(1_795_348_800));
    assert_eq!(Note::parse(&note.to_string()), Ok(note));
}

#[test]
fn unknown_lines_are_ignored_and_known_bad_ones_are_not() {
    let (log, witness, text, note) = cosigned();
    let key = log.verifier().clone();
    assert_eq!(note.verify(std::slice::from_ref(&key)), Ok(vec![&key]));
    assert_eq!(note.verify(&[]), Err(NoteError::NoKnownSignature));
    let [by_log, by_witness] = note.signatures() else {
        panic!("two lines")
    };
    let mut bad = by_log.clone();
    bad.signature[0] ^= 1;
    // One good line does not excuse a bad one by the same key.
    let both = Note::new(&text, vec![by_log.clone(), bad.clone()]).unwrap();
    assert_eq!(
        both.verify(std::slice::from_ref(&key)),
        Err(NoteError::BadSignature)
    );
    // The same name with another id, and the same id with another name, are other keys.
    let mut other_id = bad.clone();
    other_id.id[0] ^= 1;
    let mut other_name = bad;
    other_name.name = "somebody.example".into();
    let lines = vec![other_id, other_name, by_log.clone()];
    let ignoring = Note::new(&text, lines).unwrap();
    assert_eq!(ignoring.verify(std::slice::from_ref(&key)), Ok(vec![&key]));
    let twice = Note::new(&text, vec![by_log.clone(), by_log.clone()]).unwrap();
    assert_eq!(twice.verify(std::slice::from_ref(&key)), Ok(vec![&key]));
    // A cosignature whose time was changed says something that the witness did not.
    let mut later = by_witness.clone();
    later.signature[7] ^= 1;
    let later = Note::new(&text, vec![later]).unwrap();
    assert_eq!(
        later.verify(&[witness.verifier().clone()]),
        Err(NoteError::BadSignature)
    );
}

#[test]
fn a_key_signs_only_its_own_kind_of_text() {
    let (log, witness, text, _) = cosigned();
    assert_eq!(log.cosign(&text, 1), Err(NoteError::Format));
    assert_eq!(witness.sign(&text), Err(NoteError::Format));
    assert_eq!(witness.cosign(&text, 1 << 63), Err(NoteError::Format));
    assert_eq!(log.sign("no newline"), Err(NoteError::Format));
    assert_eq!(log.sign("a\tb\n"), Err(NoteError::Format));
    assert!(!format!("{log:?}").contains("0101"));
}

#[test]
fn names_and_keys_are_strict() {
    for name in ["", "a b", "a+b", "a\u{a0}b", "a\nb", "a\u{2003}b"] {
        assert_eq!(check_name(name), Err(NoteError::KeyName), "{name:?}");
    }
    let vectors = vectors();
    let vkey = vectors["go"]["vkey"].as_str().unwrap();
    for text in [
        vkey.replace("c74f20a3", "c74f20a4"),
        vkey.replace("c74f20a3", "C74F20A3"),
        vkey.replace("PeterNeumann", "PeterNewmann"),
        vkey.replace("+ARpc", "+AhpC"),
        vkey[..vkey.len() - 4].to_owned(),
        format!("{vkey}="),
        String::new(),
    ] {
        assert_eq!(
            VerifierKey::parse(&text),
            Err(NoteError::VerifierKey),
            "{text}"
        );
    }
}

#[test]
fn notes_of_another_shape_are_refused() {
    let (_, _, text, note) = cosigned();
    let good = note.to_string();
    let line = note.signatures()[0].to_string();
    for bad in [
        good.trim_end().to_owned(),
        format!("{good}\n"),
        format!("{text}\n"),
        text.clone(),
        good.replace("\n\n", "\n"),
        good.replace('\u{2014}', "-"),
        good.replace("\u{2014} ", "\u{2014}  "),
        good.replace('\n', "\r\n"),
        good.replace("=\n", "\n"),
        good.replacen("consent", "con\tsent", 1),
        format!("{text}\n{}", format!("{line}\n").repeat(SIGNATURES_MAX + 1)),
        format!("{}{good}", "a\n".repeat(NOTE_BYTES_MAX)),
        format!("{text}\n\u{2014} a AAAAAA==\n"),
    ] {
        assert_eq!(Note::parse(&bad), Err(NoteError::Format), "{bad:.80}");
    }
    let many = format!("{text}\n{}", format!("{line}\n").repeat(SIGNATURES_MAX));
    assert!(Note::parse(&many).is_ok());
    // A text may have empty lines: the last one separates.
    assert!(Note::parse(&format!("a\n\nb\n\n{line}\n")).is_ok());
}

/// Protects the separation of what a log's key signs: a message that is no note never verifies as a note, under another
/// context, or by a key that cosigns.
#[test]
fn a_message_apart_is_never_a_note() {
    let signer = NoteSigner::from_seed("example.com/log", KeyKind::Ed25519, &[7; 32]).unwrap();
    let signature = signer.sign_apart("example/v1\n", "abc").unwrap();
    let key = signer.verifier();
    assert_eq!(key.verify_apart("example/v1\n", "abc", &signature), Ok(()));
    for (context, message) in [("example/v2\n", "abc"), ("example/v1\n", "abd")] {
        assert_eq!(
            key.verify_apart(context, message, &signature),
            Err(NoteError::BadSignature)
        );
    }
    for (context, message) in [
        ("example/v1", "abc"),
        ("example/v1\n", ""),
        ("a\n", "abc\n"),
    ] {
        assert_eq!(signer.sign_apart(context, message), Err(NoteError::Format));
    }
    let witness = NoteSigner::from_seed("witness", KeyKind::CosignatureV1, &[7; 32]).unwrap();
    assert_eq!(witness.sign_apart("a\n", "b"), Err(NoteError::Format));
}
