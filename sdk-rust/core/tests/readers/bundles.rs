//! Bundles that are well signed, whatever their openings say, and then changed in some places.

use std::sync::LazyLock;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_core::{
    id::LogId,
    json,
    leaf::{Leaf, LeafKind, commit_ctx, commit_sub, erased_mark, erasure_salt},
};
use samtycke_tlog::{
    checkpoint::Checkpoint,
    memory::MemoryTree,
    note::{KeyKind, Note, NoteSignature, NoteSigner},
    proof::TlogProof,
};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{dice::Dice, judge::Question};

/// What a leaf commits to.
#[derive(Clone)]
pub(crate) struct Openings {
    pub(crate) kind: LeafKind,
    pub(crate) ctx: String,
    /// Empty for a public leaf.
    pub(crate) sub: String,
}

/// The openings of every kind of event and of public leaf, from their golden files.
pub(crate) static GOOD: LazyLock<Vec<(String, Openings)>> = LazyLock::new(|| {
    let mut all = Vec::new();
    for folder in ["events", "leaves"] {
        let path = format!(
            "{}/../../tests/vectors/{folder}",
            env!("CARGO_MANIFEST_DIR")
        );
        let files = std::fs::read_dir(path).expect("the vectors");
        let mut files: Vec<_> = files.map(|file| file.expect("a file").path()).collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "json"));
        files.sort();
        for file in files {
            let text = std::fs::read_to_string(&file).expect("text");
            let vector: Value = serde_json::from_str(&text).expect("JSON");
            let text = |name: &str| vector[name].as_str().unwrap_or_default().to_owned();
            let kind = match vector["kind"].as_str() {
                Some("publication") => LeafKind::Publication,
                Some("succession") => LeafKind::Succession,
                Some(_) => LeafKind::KeyChange,
                None => LeafKind::Event,
            };
            let ctx = if kind == LeafKind::Event {
                text("ctx")
            } else {
                text("bytes")
            };
            let name = file
                .file_stem()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            all.push((
                name,
                Openings {
                    kind,
                    ctx,
                    sub: text("sub"),
                },
            ));
        }
    }
    all
});

const R_CTX: [u8; 32] = [3; 32];
const R_SUB: [u8; 32] = [4; 32];

/// The log of the golden files.
pub(crate) fn signer() -> NoteSigner {
    let log = LogId::parse("biacqaeabiacqaeabiacqaeaba").expect("a log");
    let origin = format!("samtycke.example/logs/{log}");
    NoteSigner::from_seed(&origin, KeyKind::Ed25519, &[1; 32]).expect("a name")
}

pub(crate) fn vkey() -> String {
    signer().verifier().to_string()
}

/// A text as strict JSON, if it is.
fn body(text: &str) -> Option<Value> {
    json::parse_strict(text.as_bytes(), json::Limits::default()).ok()
}

/// A bundle of these openings at a place of a small log.
pub(crate) fn built(of: &Openings, index: usize, size: usize, erased: bool) -> Value {
    let is_hidden = matches!(of.kind, LeafKind::Event | LeafKind::Erasure);
    let leaf = if is_hidden {
        let sub = commit_sub(&R_SUB, of.sub.as_bytes());
        Leaf::hidden(of.kind, commit_ctx(&R_CTX, of.ctx.as_bytes()), sub)
    } else {
        Leaf::public(of.kind, of.ctx.as_bytes())
    };
    let leaf = leaf.expect("a leaf");
    let mut tree = MemoryTree(
        (0..size)
            .map(|at| [u8::try_from(at).expect("small"); 32])
            .collect(),
    );
    tree.0[index] = leaf.hash();
    let salt = erasure_salt(&R_CTX);
    let erasure = (erased && index + 1 < size).then(|| {
        let mark = hex::encode(erased_mark(&salt, index as u64));
        let ctx = json!({"v": 1, "log": "biacqaeabiacqaeabiacqaeaba", "type": "erasure", "hour": 1, "erased": [mark]});
        let ctx = String::from_utf8(json::canonical(&ctx)).expect("text");
        let leaf = Leaf::hidden(LeafKind::Erasure, commit_ctx(&R_CTX, ctx.as_bytes()), [9; 32]);
        (leaf.expect("a leaf"), ctx)
    });
    if let Some((leaf, _)) = &erasure {
        tree.0[index + 1] = leaf.hash();
    }
    let proof = |index: usize| proof(&tree, index, &signer()).to_string();
    let expires = [&of.sub, &of.ctx]
        .into_iter()
        .find_map(|text| body(text)?.get("expires")?.as_i64());
    json!({
        "v": "samtycke-bundle/1",
        "leaf": hex::encode(leaf.to_bytes()),
        "open": {
            "ctx": {"r": is_hidden.then(|| hex::encode(R_CTX)), "bytes": of.ctx},
            "sub": is_hidden.then(|| json!({"r": hex::encode(R_SUB), "bytes": of.sub})),
        },
        "proofs": [proof(index)],
        "notice": null,
        "salt": (of.kind == LeafKind::Event).then(|| hex::encode(salt)),
        "erasure": erasure.map(|(leaf, ctx)| json!({
            "leaf": hex::encode(leaf.to_bytes()),
            "open": {"r": hex::encode(R_CTX), "bytes": ctx},
            "proof": proof(index + 1),
        })),
        "expires": expires,
    })
}

fn proof(tree: &MemoryTree, index: usize, signer: &NoteSigner) -> TlogProof {
    let size = tree.0.len() as u64;
    let head = Checkpoint::new(signer.verifier().name(), size, tree.root(size)).expect("a head");
    let text = head.to_string();
    TlogProof {
        extra: None,
        index: index as u64,
        hashes: tree.inclusion(index as u64, size).expect("within"),
        checkpoint: Note::new(&text, vec![signer.sign(&text).expect("a note")]).expect("a note"),
    }
}

/// A bundle with a notice, which an event of its own cites.
pub(crate) fn with_notice(chance: Option<&mut Dice>) -> Value {
    let shown = "Får vi?";
    let named = |bytes: &[u8]| format!("sha256:{}", hex::encode(Sha256::digest(bytes)));
    let mut manifest =
        json!({"purposes": ["t.main"], "texts": {"sv": {"adult": named(shown.as_bytes())}}});
    if let Some(dice) = chance {
        dice.change(&mut manifest);
    }
    let manifest = String::from_utf8(json::canonical(&manifest)).expect("text");
    let (_, decided) = GOOD
        .iter()
        .find(|(name, _)| name == "decisions.v1")
        .expect("decisions");
    let mut ctx = body(&decided.ctx).expect("JSON");
    ctx["notice"] = json!(named(manifest.as_bytes()));
    ctx["language"] = json!("sv");
    ctx["variant"] = json!("adult");
    let of = Openings {
        ctx: String::from_utf8(json::canonical(&ctx)).expect("text"),
        ..decided.clone()
    };
    let mut bundle = built(&of, 0, 1, false);
    bundle["notice"] = json!({"manifest": manifest, "text": {"language": "sv", "variant": "adult", "bytes": shown}});
    bundle
}

/// Any bundle and key: good, or changed before or after it was signed, or both.
pub(crate) fn any(dice: &mut Dice) -> Question {
    let (_, good) = &GOOD[dice.below(GOOD.len())];
    let mut of = good.clone();
    if dice.one_in(20) {
        of.kind = dice.pick(&[
            LeafKind::Event,
            LeafKind::Publication,
            LeafKind::KeyChange,
            LeafKind::Erasure,
            LeafKind::Succession,
        ]);
    }
    for _ in 0..dice.pick(&[0, 0, 1, 1, 1, 2]) {
        let part = if dice.one_in(3) && !of.sub.is_empty() {
            &mut of.sub
        } else {
            &mut of.ctx
        };
        changed_body(dice, part);
    }
    let size = 1 + dice.below(5);
    let (index, erased) = (dice.below(size), dice.one_in(6));
    let mut bundle = if dice.one_in(12) {
        with_notice(Some(dice))
    } else {
        built(&of, index, size, erased)
    };
    if dice.one_in(12) {
        bundle["open"]["sub"] = Value::Null;
        bundle["expires"] = Value::Null;
    }
    if dice.one_in(4) {
        dice.change(&mut bundle);
    }
    if dice.one_in(10) {
        changed_proof(dice, &mut bundle);
    }
    let mut bytes = if dice.one_in(3) {
        serde_json::to_vec_pretty(&bundle).expect("JSON")
    } else {
        serde_json::to_vec(&bundle).expect("JSON")
    };
    if dice.one_in(5) {
        dice.spoil(&mut bytes);
    }
    let vkey = if dice.one_in(15) {
        dice.near(&vkey())
    } else {
        vkey()
    };
    Question::Bundle { bytes, vkey }
}

/// Changes a body, and writes it as canonical JSON, or nearly so.
fn changed_body(dice: &mut Dice, text: &mut String) {
    if dice.one_in(12) {
        let mut bytes = std::mem::take(text).into_bytes();
        dice.spoil(&mut bytes);
        *text = String::from_utf8_lossy(&bytes).into_owned();
    } else if let Some(mut value) = body(text) {
        dice.change(&mut value);
        *text = String::from_utf8(json::canonical(&value)).expect("text");
    }
}

/// Changes the text of a proof: a line, a signature, another's signature beside the log's.
fn changed_proof(dice: &mut Dice, bundle: &mut Value) {
    let Some(text) = bundle["proofs"][0].as_str().map(str::to_owned) else {
        return;
    };
    let changed = match dice.below(5) {
        0 => dice.near(&text),
        1 => format!("{text}{}\n", stranger(dice)),
        2 => text.replacen("\n\n", &format!("\n{}\n\n", STANDARD.encode([5; 32])), 1),
        3 => text.replace(
            "index ",
            &format!("extra {}\nindex ", STANDARD.encode([5; 9])),
        ),
        _ => {
            let mut bytes = text.into_bytes();
            dice.spoil(&mut bytes);
            String::from_utf8_lossy(&bytes).into_owned()
        }
    };
    if bundle["proofs"].is_array() {
        bundle["proofs"][0] = json!(changed);
    }
}

/// A signature line that proves nothing.
fn stranger(dice: &mut Dice) -> NoteSignature {
    let name = dice.pick(&[
        "samtycke.example/logs/biacqaeabiacqaeabiacqaeaba",
        "other.example",
    ]);
    let signature = vec![u8::try_from(dice.below(256)).expect("a byte"); dice.pick(&[60, 68, 69])];
    NoteSignature::parse(&format!("\u{2014} {name} {}", STANDARD.encode(signature)))
        .expect("a line")
}
