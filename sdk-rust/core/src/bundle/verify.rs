//! Verifies a bundle: openings, leaf, inclusion, signatures, cosignatures, notice text, erasure, in that order of
//! trust.
//!
//! The code is pure and works offline. A failed check makes the bundle invalid and ends verification. The verifier
//! records each unknown party or kind, and reports it only if no check fails. So an unknown witness cannot hide a
//! changed byte.

mod meaning;

use std::collections::{HashMap, HashSet};

use serde_json::Value;

use super::{
    Bundle, Erasure, Notice, Open, PROOFS_MAX, expires,
    policy::Policy,
    read_leaf,
    report::{Check, Cosignature, Level, Mark, Outcome, Reason, Report},
};
use crate::{
    json::{self, Limits},
    leaf::{Leaf, LeafKind, erased_mark},
};
use samtycke_tlog::{
    checkpoint::Checkpoint,
    cosignature,
    merkle::{Hash, verify_consistency, verify_inclusion},
    note::{Note, NoteSignature, VerifierKey},
    proof::TlogProof,
};

/// A checkpoint that the auditor already holds and trusts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// The trusted checkpoint.
    pub checkpoint: Checkpoint,
    /// The consistency proof between it and the bundle's first checkpoint, whichever is larger (RFC 9162, 2.1.4); empty
    /// for equal sizes. The proof may come from an untrusted source.
    pub consistency: Vec<Hash>,
}

/// Verifies a bundle against a policy and, for proof level 1, a checkpoint that the auditor already held.
pub fn verify(bundle: &[u8], policy: &Policy, held: Option<&Held>) -> Report {
    counted(bundle, policy, held).0
}

/// The same, with the number of signatures that were verified: nearly all of a verification's work.
pub(super) fn counted(bundle: &[u8], policy: &Policy, held: Option<&Held>) -> (Report, usize) {
    let mut verifier = Verifier::new(policy);
    let verdict = verifier.run(bundle, held);
    let outcome = match (verdict, verifier.unknown) {
        (Err(reason), _) => Outcome::Invalid { reason },
        (Ok(_), Some(reason)) => Outcome::Undecidable { reason },
        (Ok(verdict), None) => verdict,
    };
    let report = Report {
        outcome,
        ..verifier.report
    };
    (report, verifier.verified.len())
}

/// The result of one check; the error is the reason that the bundle is invalid.
type Step<T = ()> = Result<T, Reason>;

/// The proven position of a leaf.
struct Place {
    checkpoint: Checkpoint,
    index: u64,
}

struct Verifier<'a> {
    policy: &'a Policy,
    report: Report,
    /// The first check that the verifier could not decide.
    unknown: Option<Reason>,
    /// Every checkpoint verified so far.
    heads: Vec<Checkpoint>,
    held_is_consistent: bool,
    /// Whether a signature over a text verifies by a key: each is verified once, however many proofs repeat it.
    verified: HashMap<Signed<'a>, bool>,
}

/// A key of the policy, a checkpoint's text and a signature.
type Signed<'a> = (&'a VerifierKey, Box<str>, Box<[u8]>);

impl<'a> Verifier<'a> {
    fn new(policy: &'a Policy) -> Self {
        let report = Report {
            outcome: Outcome::Invalid {
                reason: Reason::Format,
            },
            kind: None,
            leaf_hash: None,
            origin: None,
            index: None,
            size: None,
            cosignatures: Vec::new(),
            event: None,
            ctx: None,
            sub: None,
            expires: None,
            contradiction: None,
            checks: Vec::new(),
        };
        Self {
            policy,
            report,
            unknown: None,
            heads: Vec::new(),
            held_is_consistent: false,
            verified: HashMap::new(),
        }
    }

    fn run(&mut self, bytes: &[u8], held: Option<&Held>) -> Step<Outcome> {
        let bundle = Bundle::parse(bytes).ok();
        let bundle = self.some("format", bundle, Reason::Format, "a samtycke-bundle/1")?;
        let leaf = self.leaf(&bundle.leaf)?;
        let (ctx, sub) = self.openings(leaf, &bundle.open)?;
        let salt = self.salt(leaf, bundle.salt.as_deref(), bundle.open.ctx.as_ref())?;
        self.expires(bundle.expires, ctx.as_ref(), sub.as_ref())?;
        self.notice(bundle.notice.as_ref(), ctx.as_ref())?;
        let place = self.proofs(&bundle.proofs, leaf, ctx.as_ref())?;
        let erased_at = match &bundle.erasure {
            Some(erasure) => Some(self.erasure(erasure, salt, leaf, &place)?),
            None => None,
        };
        if let Some(held) = held {
            self.held(held)?;
        }
        Ok(self.conclude(erased_at, ctx.is_some()))
    }

    fn conclude(&mut self, erased_at: Option<u64>, opened: bool) -> Outcome {
        let level = if self.policy.asks_witnesses() {
            Level::WitnessQuorum
        } else if self.held_is_consistent {
            Level::HeldCheckpoint
        } else {
            Level::LogSignature
        };
        let Some(erased_at) = erased_at else {
            if !opened {
                self.unknown("openings", Reason::NothingOpened);
            }
            return Outcome::Valid { level };
        };
        self.report.contradiction = opened.then_some(
            "the log claims to have destroyed these openings, and here they are; the person may have kept a copy",
        );
        Outcome::ValidErased { level, erased_at }
    }

    fn leaf(&mut self, text: &str) -> Step<Leaf> {
        let leaf = self.some("leaf", read_leaf(text), Reason::Leaf, "82 bytes of leaf/v1")?;
        self.report.kind = Some(leaf.kind().as_str());
        self.report.leaf_hash = Some(hex::encode(leaf.hash()));
        Ok(leaf)
    }

    /// Checks that the openings match the commitments of the leaf.
    fn openings(&mut self, leaf: Leaf, open: &Open) -> Step<(Option<Value>, Option<Value>)> {
        let mut ctx = None;
        if let Some(opening) = &open.ctx {
            let opens = opening.opens_ctx(leaf);
            self.expect("opening of ctx", opens, Reason::Opening, "what was decided")?;
            ctx = Some(self.body("body of ctx", &opening.bytes, leaf.kind())?);
        }
        let mut sub = None;
        if let Some(opening) = &open.sub {
            // The subject opening means nothing without the context opening.
            let opens = ctx.is_some() && opening.opens_sub(leaf);
            self.expect(
                "opening of sub",
                opens,
                Reason::Opening,
                "who decided, and when",
            )?;
            sub = Some(self.body("body of sub", &opening.bytes, leaf.kind())?);
        }
        match leaf.kind() {
            LeafKind::Event => self.event(open)?,
            LeafKind::Publication | LeafKind::KeyChange | LeafKind::Succession => {
                self.public(leaf.kind(), open)?;
            }
            LeafKind::Erasure => {}
        }
        self.report.ctx.clone_from(&ctx);
        self.report.sub.clone_from(&sub);
        Ok((ctx, sub))
    }

    fn body(&mut self, name: &'static str, bytes: &str, kind: LeafKind) -> Step<Value> {
        let body = json::parse_canonical(bytes.as_bytes(), Limits::default());
        let body = body.ok().flatten().filter(Value::is_object);
        let body = self.some(name, body, Reason::Body, "canonical JSON (RFC 8785)")?;
        if kind == LeafKind::Erasure && body["v"] != 1 {
            self.unknown(name, Reason::BodyVersion);
        }
        Ok(body)
    }

    fn expires(&mut self, claimed: Option<i64>, ctx: Option<&Value>, sub: Option<&Value>) -> Step {
        let holds = claimed == expires(ctx, sub);
        self.report.expires = claimed;
        self.expect(
            "expires",
            holds,
            Reason::Expires,
            "as the committed bodies say",
        )
    }

    /// Checks that the event cites this manifest and that the manifest lists this text.
    fn notice(&mut self, notice: Option<&Notice>, ctx: Option<&Value>) -> Step {
        let Some(notice) = notice else {
            return Ok(());
        };
        let holds = ctx.is_some_and(|ctx| notice.is_cited_by(ctx));
        self.expect(
            "notice",
            holds,
            Reason::Notice,
            "the text shown is the one the event cites",
        )
    }

    fn proofs(&mut self, proofs: &[String], leaf: Leaf, ctx: Option<&Value>) -> Step<Place> {
        let count = (1..=PROOFS_MAX).contains(&proofs.len());
        self.expect("proofs", count, Reason::Proof, "one to four")?;
        let log = match ctx {
            Some(ctx) if leaf.kind().is_hidden() || ctx.get("log").is_some() => {
                Some(ctx["log"].as_str().ok_or(Reason::Body)?)
            }
            _ => None,
        };
        let mut first: Option<Place> = None;
        for text in proofs {
            let place = self.proof(text, leaf, log)?;
            let same = first.as_ref().is_none_or(|first| {
                first.index == place.index && first.checkpoint.origin() == place.checkpoint.origin()
            });
            self.expect(
                "place",
                same,
                Reason::Place,
                "the log and index that all else names",
            )?;
            first.get_or_insert(place);
        }
        let place = first.ok_or(Reason::Proof)?;
        self.report.origin = Some(place.checkpoint.origin().to_owned());
        self.report.index = Some(place.index);
        self.report.size = Some(place.checkpoint.size());
        Ok(place)
    }

    fn proof(&mut self, text: &str, leaf: Leaf, log: Option<&str>) -> Step<Place> {
        let proof = TlogProof::parse(text).ok().filter(|p| p.extra.is_none());
        let proof = self.some("proof", proof, Reason::Proof, "c2sp.org/tlog-proof@v1")?;
        let checkpoint = Checkpoint::parse(proof.checkpoint.text()).ok();
        let checkpoint = checkpoint.filter(|c| c.extensions().next().is_none());
        let shows = "C2SP tlog-checkpoint";
        let checkpoint = self.some("checkpoint", checkpoint, Reason::Checkpoint, shows)?;
        let same_log = log.is_none_or(|log| log == checkpoint.log());
        self.expect(
            "log",
            same_log,
            Reason::Place,
            "the log that the event names",
        )?;
        let (size, root) = (checkpoint.size(), checkpoint.root());
        let included = verify_inclusion(&leaf.hash(), proof.index, size, &proof.hashes, root);
        let shows = format!("leaf {} of {size}", proof.index);
        self.expect("inclusion", included.is_ok(), Reason::Inclusion, &shows)?;
        self.signatures(&proof.checkpoint, &checkpoint)?;
        self.head(&checkpoint)?;
        Ok(Place {
            checkpoint,
            index: proof.index,
        })
    }

    /// Detects a split view: two different signed trees of the same size.
    fn head(&mut self, checkpoint: &Checkpoint) -> Step {
        let differs = |other: &Checkpoint| {
            other.origin() == checkpoint.origin()
                && other.size() == checkpoint.size()
                && other.root() != checkpoint.root()
        };
        let single = !self.heads.iter().any(differs);
        self.heads.push(checkpoint.clone());
        self.expect(
            "one view",
            single,
            Reason::SplitView,
            "no second tree of this size",
        )
    }

    /// Checks the checkpoint's signature and its cosignatures. Every line by a known key must verify. A line whose
    /// label differs from its known key's was changed. Other lines are ignored, as signed-note requires.
    fn signatures(&mut self, note: &Note, checkpoint: &Checkpoint) -> Step {
        let policy = self.policy;
        let mut log_signed = false;
        let mut cosigned = HashSet::new();
        for line in note.signatures() {
            let log = policy.logs().iter().find(|log| log.key.claims(line));
            let mut witnesses = policy.witnesses().iter().zip(0..);
            if let Some(log) = log {
                let verified = self.verify(&log.key, note.text(), line);
                self.step("signature of the log", verified, log.key.name())?;
                let own = log.key.name() == checkpoint.origin();
                self.expect("origin", own, Reason::Place, "the log signs for itself")?;
                log_signed = true;
            } else if let Some((witness, index)) =
                witnesses.find(|(witness, _)| witness.key.claims(line))
            {
                let verified = self.verify(&witness.key, note.text(), line);
                let unix_seconds = cosignature::time(line.signature()).unwrap_or_default();
                let shows = format!("{} at {unix_seconds} s since 1970", witness.key.name());
                self.step("cosignature", verified, &shows)?;
                self.cosigned(witness.key.name(), unix_seconds);
                cosigned.insert(index);
            } else if self.is_mislabelled(note.text(), line) {
                self.step("signature line", Err(Reason::Signature), "")?;
            }
        }
        if !log_signed {
            self.unknown("signature of the log", Reason::UnknownLog);
        }
        if !policy.quorum_is_met(&cosigned) {
            self.unknown("quorum", Reason::QuorumShort);
        } else if policy.asks_witnesses() {
            self.expect("quorum", true, Reason::QuorumShort, "met")?;
        }
        Ok(())
    }

    fn verify(&mut self, key: &'a VerifierKey, text: &str, line: &NoteSignature) -> Step {
        let signed = (key, text.into(), line.signature().into());
        let holds = self.verified.entry(signed);
        let holds = holds.or_insert_with(|| key.verify(text, line.signature()).is_ok());
        if *holds {
            Ok(())
        } else {
            Err(Reason::Signature)
        }
    }

    /// Whether a line belongs to a known key but has a changed label: the key's name or id, with the other one changed.
    /// It does if the signature still verifies, or if the name and the first 30 bits of the id match. (The sixth base64
    /// character holds the last two bits of the id and the first four of the signature, so one changed character can
    /// damage both. Another key of the same name, for example during a key rotation, matches with a probability of
    /// 2^-30.) A line with neither the name nor the id of a known key is a stranger's, and costs no verification.
    fn is_mislabelled(&mut self, text: &str, line: &NoteSignature) -> bool {
        let id = |id| u32::from_be_bytes(id) >> 2;
        let policy = self.policy;
        let mut parties = policy.logs().iter().chain(policy.witnesses());
        parties.any(|party| {
            let (same_name, same_id) =
                (party.key.name() == line.name(), party.key.id() == line.id());
            let near = same_name && id(party.key.id()) == id(line.id());
            near || ((same_name || same_id) && self.verify(&party.key, text, line).is_ok())
        })
    }

    fn cosigned(&mut self, witness: &str, unix_seconds: u64) {
        let cosignature = Cosignature {
            witness: witness.to_owned(),
            unix_seconds,
        };
        if !self.report.cosignatures.contains(&cosignature) {
            self.report.cosignatures.push(cosignature);
        }
    }

    /// Checks that a later leaf of the same log records the destruction of this leaf's openings. Returns its index.
    fn erasure(
        &mut self,
        erasure: &Erasure,
        salt: Option<[u8; 32]>,
        erased: Leaf,
        at: &Place,
    ) -> Step<u64> {
        let leaf = read_leaf(&erasure.leaf);
        let leaf = leaf.filter(|leaf| leaf.kind() == LeafKind::Erasure);
        let leaf = self.some("erasure's leaf", leaf, Reason::Erasure, "a leaf of kind 3")?;
        let opens = erasure.open.opens_ctx(leaf);
        self.expect(
            "erasure's opening",
            opens,
            Reason::Erasure,
            "what was erased",
        )?;
        let body = self.body("erasure's body", &erasure.open.bytes, leaf.kind())?;
        let salt = salt.ok_or(Reason::Erasure)?;
        let listed = erased.kind() == LeafKind::Event
            && body["erased"].as_array().is_some_and(|list| {
                list.contains(&Value::String(hex::encode(erased_mark(&salt, at.index))))
            });
        self.expect(
            "erasure's list",
            listed,
            Reason::Erasure,
            "this leaf is in it",
        )?;
        let log = body["log"].as_str().ok_or(Reason::Body)?;
        let place = self.proof(&erasure.proof, leaf, Some(log))?;
        let later = place.checkpoint.origin() == at.checkpoint.origin() && place.index > at.index;
        self.expect(
            "erasure's place",
            later,
            Reason::Erasure,
            "later in the same log",
        )?;
        Ok(place.index)
    }

    /// Checks that the first proof's tree is consistent with the tree that the auditor holds.
    fn held(&mut self, held: &Held) -> Step {
        const NAME: &str = "held checkpoint";
        let ours = self.heads.first().ok_or(Reason::Proof)?;
        let (old, new) = if ours.size() < held.checkpoint.size() {
            (ours, &held.checkpoint)
        } else {
            (&held.checkpoint, ours)
        };
        let needs_proof = old.size() > 0 && old.size() < new.size();
        if old.origin() != new.origin() || (needs_proof && held.consistency.is_empty()) {
            self.unknown(NAME, Reason::HeldUnrelated);
            return Ok(());
        }
        let consistent = verify_consistency(
            old.size(),
            new.size(),
            &held.consistency,
            old.root(),
            new.root(),
        );
        // Every tree continues the empty one, so that it says nothing about this one.
        self.held_is_consistent = consistent.is_ok() && held.checkpoint.size() > 0;
        let reason = Reason::HeldInconsistent;
        self.expect(NAME, consistent.is_ok(), reason, "one history")
    }

    fn expect(&mut self, name: &'static str, holds: bool, reason: Reason, shows: &str) -> Step {
        self.step(name, if holds { Ok(()) } else { Err(reason) }, shows)
    }

    fn some<T>(
        &mut self,
        name: &'static str,
        found: Option<T>,
        reason: Reason,
        shows: &str,
    ) -> Step<T> {
        self.step(name, found.ok_or(reason), shows)
    }

    fn step<T>(&mut self, name: &'static str, result: Step<T>, shows: &str) -> Step<T> {
        let (mark, shows) = match &result {
            Ok(_) => (Mark::Holds, shows.to_owned()),
            Err(reason) => (Mark::Fails, reason.to_string()),
        };
        self.report.checks.push(Check { name, mark, shows });
        result
    }

    fn unknown(&mut self, name: &'static str, reason: Reason) {
        self.report.checks.push(Check {
            name,
            mark: Mark::Open,
            shows: reason.to_string(),
        });
        self.unknown.get_or_insert(reason);
    }
}
