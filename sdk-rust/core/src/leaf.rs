//! The leaf: 82 bytes that state the kind of record and commit to the rest without revealing it.
//!
//! ```text
//! "samtycke/leaf/v1\n" (17) | kind (1) | C_ctx (32) | C_sub (32)
//! kind 0, 3:  C_x = HMAC-SHA256(r_x; "samtycke/<x>/v1\n" | bytes_x), r_x exactly 32 bytes
//! kind 1, 2, 4:  C_ctx = SHA-256(public bytes), C_sub = 32 zero bytes
//! ```
//!
//! `ctx` holds no data about a person: log, decisions, notice, hour. `sub` holds what singles a person out. Each opens
//! independently. Deleting the subject's key destroys both openings (see [`crate::keys`]); the leaf remains.

use hmac::Mac;
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use crate::keys::keyed;
use samtycke_tlog::merkle::{self, Hash};

/// The prefix of every leaf.
pub const LEAF_PREFIX: &[u8; 17] = b"samtycke/leaf/v1\n";
/// Length of a leaf; bytes: 17 + 1 + 32 + 32.
pub const LEAF_BYTES: usize = 82;
const CTX_CONTEXT: &[u8; 16] = b"samtycke/ctx/v1\n";
const SUB_CONTEXT: &[u8; 16] = b"samtycke/sub/v1\n";

/// The kind of record that a leaf holds. Every reader of the log can see it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LeafKind {
    /// 0: one submission of a subject.
    Event,
    /// 1: a notice or register version went live.
    Publication,
    /// 2: a signing key or the policy changed.
    KeyChange,
    /// 3: openings of named leaves were destroyed.
    Erasure,
    /// 4: the log continues another one.
    Succession,
}

impl LeafKind {
    /// The kind's byte in the leaf, 0 to 4.
    pub fn byte(self) -> u8 {
        match self {
            Self::Event => 0,
            Self::Publication => 1,
            Self::KeyChange => 2,
            Self::Erasure => 3,
            Self::Succession => 4,
        }
    }

    /// The kind of a byte; `None` for kinds that do not exist.
    pub fn from_byte(byte: u8) -> Option<Self> {
        match byte {
            0 => Some(Self::Event),
            1 => Some(Self::Publication),
            2 => Some(Self::KeyChange),
            3 => Some(Self::Erasure),
            4 => Some(Self::Succession),
            _ => None,
        }
    }

    /// Whether the commitment uses a random key. Public kinds hash their bytes without a key.
    pub fn is_hidden(self) -> bool {
        matches!(self, Self::Event | Self::Erasure)
    }

    /// The stable name in reports.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Event => "event",
            Self::Publication => "publication",
            Self::KeyChange => "key_change",
            Self::Erasure => "erasure",
            Self::Succession => "succession",
        }
    }
}

/// The bytes are not a leaf of this version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a samtycke/leaf/v1")]
pub struct LeafError;

/// One leaf of a log: its kind and two commitments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Leaf {
    kind: LeafKind,
    ctx: [u8; 32],
    sub: [u8; 32],
}

impl Leaf {
    /// A leaf of a hidden kind with these commitments; `None` for the public kinds.
    pub fn hidden(kind: LeafKind, ctx: [u8; 32], sub: [u8; 32]) -> Option<Self> {
        kind.is_hidden().then_some(Self { kind, ctx, sub })
    }

    /// A leaf of a public kind that commits to these bytes; `None` for the hidden kinds.
    pub fn public(kind: LeafKind, bytes: &[u8]) -> Option<Self> {
        (!kind.is_hidden()).then(|| Self {
            kind,
            ctx: Sha256::digest(bytes).into(),
            sub: [0; 32],
        })
    }

    /// Parses 82 bytes. Error: another length, prefix or kind, or a public kind with a second commitment.
    pub fn parse(bytes: &[u8]) -> Result<Self, LeafError> {
        let bytes: &[u8; LEAF_BYTES] = bytes.try_into().map_err(|_| LeafError)?;
        let (commitments, _) = bytes[18..].as_chunks::<32>();
        let leaf = Self {
            kind: LeafKind::from_byte(bytes[17]).ok_or(LeafError)?,
            ctx: commitments[0],
            sub: commitments[1],
        };
        let second_is_empty = leaf.sub == [0; 32];
        if bytes[..17] != *LEAF_PREFIX || leaf.kind.is_hidden() == second_is_empty {
            return Err(LeafError);
        }
        Ok(leaf)
    }

    /// The encoded leaf.
    pub fn to_bytes(&self) -> [u8; LEAF_BYTES] {
        let mut bytes = [0; LEAF_BYTES];
        bytes[..17].copy_from_slice(LEAF_PREFIX);
        bytes[17] = self.kind.byte();
        bytes[18..50].copy_from_slice(&self.ctx);
        bytes[50..].copy_from_slice(&self.sub);
        bytes
    }

    /// The leaf hash of RFC 6962: SHA-256(0x00 | leaf).
    pub fn hash(&self) -> Hash {
        merkle::leaf_hash(&self.to_bytes())
    }

    /// The kind of record.
    pub fn kind(&self) -> LeafKind {
        self.kind
    }

    /// Whether `r` and `bytes` open the first commitment of a hidden kind. The comparison runs in constant time.
    pub fn opens_ctx(&self, r: &[u8; 32], bytes: &[u8]) -> bool {
        self.kind.is_hidden() && equal(&self.ctx, &commit_ctx(r, bytes))
    }

    /// Whether `r` and `bytes` open the second commitment of a hidden kind. The comparison runs in constant time.
    pub fn opens_sub(&self, r: &[u8; 32], bytes: &[u8]) -> bool {
        self.kind.is_hidden() && equal(&self.sub, &commit_sub(r, bytes))
    }

    /// Whether a public leaf commits to these bytes.
    pub fn opens_public(&self, bytes: &[u8]) -> bool {
        !self.kind.is_hidden() && equal(&self.ctx, &Sha256::digest(bytes).into())
    }
}

/// C_ctx of a hidden kind: HMAC-SHA256(r; "samtycke/ctx/v1\n" | bytes).
pub fn commit_ctx(r: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    commit(r, CTX_CONTEXT, bytes)
}

/// C_sub of a hidden kind: HMAC-SHA256(r; "samtycke/sub/v1\n" | bytes).
pub fn commit_sub(r: &[u8; 32], bytes: &[u8]) -> [u8; 32] {
    commit(r, SUB_CONTEXT, bytes)
}

fn commit(r: &[u8; 32], context: &[u8], bytes: &[u8]) -> [u8; 32] {
    keyed(r)
        .chain_update(context)
        .chain_update(bytes)
        .finalize()
        .into_bytes()
        .into()
}

fn equal(a: &[u8; 32], b: &[u8; 32]) -> bool {
    a.ct_eq(b).into()
}

/// The salt of an event, with which the holder of its bundle finds the erasure of its openings:
/// SHA-256("samtycke/erased/v1\n" | r_ctx). It derives from a committed value, so it needs no commitment of its own.
/// Deleting the subject's key destroys it; afterwards only holders of a bundle have it.
pub fn erasure_salt(r_ctx: &[u8; 32]) -> [u8; 32] {
    Sha256::new()
        .chain_update(b"samtycke/erased/v1\n")
        .chain_update(r_ctx)
        .finalize()
        .into()
}

/// The mark by which an erasure names a leaf: SHA-256(salt | index in eight bytes, most significant first). Only the
/// person's bundle has the salt, so other readers cannot tell which leaves were erased.
pub fn erased_mark(salt: &[u8; 32], index: u64) -> [u8; 32] {
    Sha256::new()
        .chain_update(salt)
        .chain_update(index.to_be_bytes())
        .finalize()
        .into()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use samtycke_tlog::strict::{hex, hex_array};

    const VECTORS: &str = include_str!("../../../tests/vectors/leaf.json");

    fn bytes32(value: &Value) -> [u8; 32] {
        hex_array(value.as_str().unwrap()).unwrap()
    }

    #[test]
    fn leaves_are_those_of_the_vectors() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        for case in vectors["leaves"].as_array().unwrap() {
            let kind = LeafKind::from_byte(u8::try_from(case["kind"].as_u64().unwrap()).unwrap());
            let kind = kind.unwrap();
            let ctx = case["ctx"].as_str().unwrap().as_bytes();
            let leaf = if kind.is_hidden() {
                let sub = case["sub"].as_str().unwrap().as_bytes();
                let (r_ctx, r_sub) = (bytes32(&case["r_ctx"]), bytes32(&case["r_sub"]));
                let leaf = Leaf::hidden(kind, commit_ctx(&r_ctx, ctx), commit_sub(&r_sub, sub));
                let leaf = leaf.unwrap();
                assert!(leaf.opens_ctx(&r_ctx, ctx) && leaf.opens_sub(&r_sub, sub));
                assert!(!leaf.opens_ctx(&r_sub, ctx) && !leaf.opens_ctx(&r_ctx, sub));
                assert!(!leaf.opens_sub(&r_ctx, sub) && !leaf.opens_public(ctx));
                leaf
            } else {
                let leaf = Leaf::public(kind, ctx).unwrap();
                assert!(leaf.opens_public(ctx) && !leaf.opens_public(b""));
                leaf
            };
            assert_eq!(
                hex(case["leaf"].as_str().unwrap()).unwrap(),
                leaf.to_bytes()
            );
            assert_eq!(leaf.hash(), bytes32(&case["leaf_hash"]));
            assert_eq!(Leaf::parse(&leaf.to_bytes()), Ok(leaf));
        }
        let mark = &vectors["erased_mark"];
        assert_eq!(
            erased_mark(&bytes32(&mark["salt"]), mark["index"].as_u64().unwrap()),
            bytes32(&mark["mark"])
        );
    }

    #[test]
    fn other_bytes_are_not_leaves() {
        let good = Leaf::hidden(LeafKind::Event, [1; 32], [2; 32]).unwrap();
        let good = good.to_bytes();
        let mut other_kind = good;
        other_kind[17] = 5;
        let mut other_prefix = good;
        other_prefix[15] = b'2';
        let mut public_with_sub = good;
        public_with_sub[17] = 1;
        for bytes in [
            &other_kind[..],
            &other_prefix,
            &public_with_sub,
            &good[1..],
            &[],
        ] {
            assert_eq!(Leaf::parse(bytes), Err(LeafError));
        }
        assert_eq!(Leaf::hidden(LeafKind::Publication, [0; 32], [0; 32]), None);
        assert_eq!(Leaf::public(LeafKind::Event, b""), None);
    }
}
