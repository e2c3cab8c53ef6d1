//! A log of twelve leaves for the bundle tests.

use std::{collections::BTreeMap, sync::LazyLock};

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::{
    bundle::{ErasureParts, Notice, NoticeText, Parts, policy::Policy},
    decision::{Decision, DecisionKind, Outcome},
    event::{
        EventBody,
        kinds::Decisions,
        opening::{DisplayContext, EventResult, LoggedEvent, Openings, Stream},
    },
    id::{EventId, Language, LogId, NoticeHash, PurposeId, SiteId, SubjectId},
    json,
    keys::SubjectKey,
    leaf::{Leaf, LeafKind, commit_ctx, commit_sub, erased_mark, erasure_salt},
    public_leaf::{NoticePublished, PublicBody, PublicRecord},
    state::StateWord,
};
use samtycke_tlog::{
    checkpoint::Checkpoint,
    memory::MemoryTree,
    note::{KeyKind, Note, NoteSigner},
    proof::TlogProof,
};

pub(super) const EVENT_AT: u64 = 5;
pub(super) const ERASURE_AT: u64 = 9;
pub(super) const QUORUM: &str = "group any-of-two any A B\nquorum any-of-two";

/// A log of twelve leaves: a publication at 2, an event at 5, the erasure of the event at 9, and other leaves.
pub(super) struct World {
    pub(super) origin: String,
    pub(super) log: NoteSigner,
    pub(super) witnesses: [NoteSigner; 2],
    pub(super) tree: MemoryTree,
    pub(super) leaves: Vec<Leaf>,
    pub(super) event: Opened,
    pub(super) erasure: Opened,
    pub(super) publication: String,
    pub(super) notice: Notice,
}

/// A hidden leaf with its openings.
pub(super) struct Opened {
    pub(super) leaf: Leaf,
    pub(super) ctx: ([u8; 32], String),
    pub(super) sub: ([u8; 32], String),
}

fn jcs(value: &Value) -> String {
    String::from_utf8(json::canonical(value)).unwrap()
}

/// A person's explicit grant, which expires a year later.
fn opened_event(log: &LogId, notice: &NoticeHash, change: impl Fn(String) -> String) -> Opened {
    let purpose = PurposeId::parse("ommej.appsvar").unwrap();
    let said = Decision {
        explicit: true,
        ..Decision::about(purpose, DecisionKind::Given)
    };
    let mut event = crate::testing::event(1, EventBody::from(Decisions(vec![said])));
    event.event_id = event_id(7);
    event.received_at = 1_795_348_800_000;
    event.notice = Some(notice.clone());
    event.language = Some(Language::parse("sv").unwrap());
    let logged = LoggedEvent {
        log: log.clone(),
        stream: Stream::Subject(SubjectId::from_bytes([2; 16])),
        prev: None,
        event,
        display: DisplayContext {
            site: Some(SiteId::parse("ommej.se").unwrap()),
            variant: Some("adult".into()),
            ..DisplayContext::default()
        },
        expires: Some(1_826_884_800_000),
        results: vec![EventResult {
            outcome: Outcome::Effective,
            reason: None,
            state: Some(StateWord::Given),
        }],
    };
    let Openings { ctx, sub } = logged.write();
    let text = |bytes| change(String::from_utf8(bytes).unwrap());
    committed(LeafKind::Event, 7, text(ctx), text(sub))
}

fn event_id(seed: u8) -> EventId {
    EventId::from_parts(1_795_348_800_000, [seed; 10])
}

fn opened(kind: LeafKind, seed: u8, ctx: &Value, sub: &Value) -> Opened {
    committed(kind, seed, jcs(ctx), jcs(sub))
}

fn committed(kind: LeafKind, seed: u8, ctx: String, sub: String) -> Opened {
    let id = event_id(seed);
    let keys = SubjectKey::from_bytes([seed; 32]).event(&id);
    let (r_ctx, r_sub) = (*keys.r_ctx.expose(), *keys.r_sub.expose());
    let commitments = (
        commit_ctx(&r_ctx, ctx.as_bytes()),
        commit_sub(&r_sub, sub.as_bytes()),
    );
    Opened {
        leaf: Leaf::hidden(kind, commitments.0, commitments.1).unwrap(),
        ctx: (r_ctx, ctx),
        sub: (r_sub, sub),
    }
}

pub(super) static WORLD: LazyLock<World> = LazyLock::new(|| world("-", "-"));

/// The bundle of the event, with `from` replaced by `to` in both openings.
pub(super) fn changed_event(from: &str, to: &str) -> Parts {
    world(from, to).parts()
}

fn world(from: &str, to: &str) -> World {
    let log_id = LogId::from_bytes([1; 16]);
    let origin = format!("samtycke.example/logs/{log_id}");
    let bytes = "{\"title\":\"Får vi?\",\"body\":\"Om \\\"svar\\\" …\"}".to_owned();
    let manifest = jcs(&json!({
        "purposes": ["ommej.appsvar"],
        "texts": {
            "sv": {"adult": format!("sha256:{}", hex::encode(Sha256::digest(&bytes)))},
            "en": {"adult": format!("sha256:{}", hex::encode(Sha256::digest(b"other")))},
        },
    }));
    let notice_hash = NoticeHash::of(manifest.as_bytes());
    let event = opened_event(&log_id, &notice_hash, |text| text.replace(from, to));
    let salt = erasure_salt(&event.ctx.0);
    let erasure = opened(
        LeafKind::Erasure,
        8,
        &json!({"v": 1, "log": log_id.as_str(), "type": "erasure", "hour": 498_800,
            "erased": [hex::encode(erased_mark(&salt, 1)), hex::encode(erased_mark(&salt, EVENT_AT))]}),
        &json!({"v": 1}),
    );
    let published = PublicRecord {
        log: log_id.clone(),
        at: 1_795_348_700_000,
        by: None,
        body: PublicBody::from(NoticePublished {
            site: SiteId::parse("ommej.se").unwrap(),
            hash: notice_hash,
            version: 1,
            classes: BTreeMap::new(),
            previous: None,
        }),
    };
    let publication = published.write().replace(from, to);
    let leaves: Vec<Leaf> = (0..12)
        .map(|i| match i {
            2 => Leaf::public(LeafKind::Publication, publication.as_bytes()).unwrap(),
            EVENT_AT => event.leaf,
            ERASURE_AT => erasure.leaf,
            _ => Leaf::hidden(LeafKind::Event, [u8::try_from(i).unwrap(); 32], [9; 32]).unwrap(),
        })
        .collect();
    let witness = |n: u8| {
        NoteSigner::from_seed(&format!("w{n}.example"), KeyKind::CosignatureV1, &[n; 32]).unwrap()
    };
    World {
        log: NoteSigner::from_seed(&origin, KeyKind::Ed25519, &[1; 32]).unwrap(),
        origin,
        witnesses: [witness(11), witness(12)],
        tree: MemoryTree(leaves.iter().map(Leaf::hash).collect()),
        leaves,
        event,
        erasure,
        publication,
        notice: Notice {
            manifest,
            text: NoticeText {
                language: "sv".into(),
                variant: "adult".into(),
                bytes,
            },
        },
    }
}

impl World {
    pub(super) fn head(&self, size: u64) -> Checkpoint {
        Checkpoint::new(&self.origin, size, self.tree.root(size)).unwrap()
    }

    pub(super) fn signed(&self, checkpoint: &Checkpoint) -> Note {
        let text = checkpoint.to_string();
        let mut lines = vec![self.log.sign(&text).unwrap()];
        for witness in &self.witnesses {
            lines.push(witness.cosign(&text, 1_795_348_801).unwrap());
        }
        Note::new(&text, lines).unwrap()
    }

    pub(super) fn proof(&self, index: u64, size: u64) -> TlogProof {
        TlogProof {
            extra: None,
            index,
            hashes: self.tree.inclusion(index, size).unwrap(),
            checkpoint: self.signed(&self.head(size)),
        }
    }

    pub(super) fn policy_text(&self, quorum: &str) -> String {
        let [a, b] = &self.witnesses;
        format!(
            "log {}\nwitness A {}\nwitness B {}\n{quorum}\n",
            self.log.verifier(),
            a.verifier(),
            b.verifier()
        )
    }

    pub(super) fn policy_with(&self, quorum: &str) -> Policy {
        Policy::parse(&self.policy_text(quorum)).unwrap()
    }

    pub(super) fn policy(&self) -> Policy {
        self.policy_with(QUORUM)
    }

    pub(super) fn parts(&self) -> Parts {
        Parts {
            leaf: self.event.leaf,
            ctx: Some((Some(self.event.ctx.0), self.event.ctx.1.clone())),
            sub: Some(self.event.sub.clone()),
            proofs: vec![self.proof(EVENT_AT, 11)],
            notice: Some(self.notice.clone()),
            salt: None,
            erasure: None,
        }
    }

    pub(super) fn erased_parts(&self) -> Parts {
        Parts {
            ctx: None,
            sub: None,
            notice: None,
            salt: Some(erasure_salt(&self.event.ctx.0)),
            erasure: Some(ErasureParts {
                leaf: self.erasure.leaf,
                ctx: self.erasure.ctx.clone(),
                proof: self.proof(ERASURE_AT, 12),
            }),
            ..self.parts()
        }
    }
}
