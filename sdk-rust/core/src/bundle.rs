//! The proof bundle: one JSON file that proves one event offline, without trust in the server.
//!
//! ```text
//! {"v":"samtycke-bundle/1",
//!  "leaf":"<82 bytes, hex>",
//!  "open":{"ctx":null|{"r":null|"<hex>","bytes":"<JCS>"},"sub":null|{..}},
//!  "proofs":["c2sp.org/tlog-proof@v1\n.."],
//!  "notice":null|{"manifest":"<JCS>","text":{"language":"sv","variant":"adult","bytes":"<the text shown>"}},
//!  "salt":null|"<hex>",
//!  "erasure":null|{"leaf":"<hex>","open":{"r":"<hex>","bytes":"<JCS>"},"proof":".."},
//!  "expires":null|<Unix ms>}
//! ```
//!
//! Committed bytes are JSON strings. People can read them, and a verifier computes the HMAC of exactly those bytes
//! without canonicalising them again. Every field is present and is `null` without a value; an unknown field is an
//! error.
//!
//! **What covers what.** The checkpoint's signature covers origin, size and root. The root covers the leaf and its
//! index. The leaf covers both openings. ctx covers the notice's hash, which covers the manifest, which covers the
//! text. sub (or else ctx) covers `expires`. ctx's key covers `salt`; without it the erasure's list does. The erasure's
//! own leaf covers its list. Two things are not covered: JSON white space, and signature lines by keys that the
//! verifier's policy does not name. Such lines prove nothing, and the verifier ignores them as C2SP requires.

pub mod consistency;
pub mod policy;
pub mod report;
mod shown;
pub mod verify;

use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use crate::{
    json::{self, Limits},
    leaf::{Leaf, LeafKind, erasure_salt},
};
use samtycke_tlog::{proof::TlogProof, strict};

/// The largest bundle; bytes. It has room for a manifest and a text of 256 KiB each, four proofs, and JSON escapes.
pub const BUNDLE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The largest manifest or notice text; bytes.
pub const NOTICE_BYTES_MAX: usize = 256 * 1024;
/// The most proofs of one leaf. A log with a successor usually has two.
pub const PROOFS_MAX: usize = 4;

/// The bytes are not a bundle of this version; the text says why.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a samtycke-bundle/1: {0}")]
pub struct BundleError(String);

/// The value of the field `v`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleVersion))]
pub enum Version {
    /// The current version.
    #[default]
    #[serde(rename = "samtycke-bundle/1")]
    V1,
}

/// A proof bundle in its JSON form. [`verify::verify`] checks the texts inside; parsing does not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// The format version.
    pub v: Version,
    /// The leaf's 82 bytes; lower-case hex.
    pub leaf: String,
    /// The openings of the leaf's commitments, as far as the bundle shows them.
    pub open: Open,
    /// `c2sp.org/tlog-proof@v1` texts without extra data: one to four, all for this leaf at one index of one log.
    pub proofs: Vec<String>,
    /// The notice that the person was shown; `null` if ctx cites none or the bundle omits it.
    #[serde(deserialize_with = "present")]
    pub notice: Option<Notice>,
    /// The salt that finds an erasure of this event's openings: SHA-256("samtycke/erased/v1\n" | `r` of ctx);
    /// lower-case hex. `null` for the public kinds.
    #[serde(deserialize_with = "present")]
    pub salt: Option<String>,
    /// The proof that the openings were destroyed, with its time; `null` without an erasure.
    #[serde(deserialize_with = "present")]
    pub erasure: Option<Erasure>,
    /// When the consent expires; Unix milliseconds. It must equal `expires` in sub, else in ctx, else be `null`.
    #[serde(deserialize_with = "present")]
    pub expires: Option<i64>,
}

/// The openings of the two commitments.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleOpen))]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// What was decided; `null` if it is destroyed or withheld.
    #[serde(deserialize_with = "present")]
    pub ctx: Option<Opening>,
    /// Who decided; `null` if it is destroyed or withheld, and for the public kinds.
    #[serde(deserialize_with = "present")]
    pub sub: Option<Opening>,
}

/// One opening of a commitment: its key and its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleOpening))]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The commitment's 32-byte key; lower-case hex. `null` for the public kinds, whose bytes are hashed without a key.
    #[serde(deserialize_with = "present")]
    pub r: Option<String>,
    /// The committed bytes: JCS, at most 16 KiB.
    pub bytes: String,
}

/// The notice that the event cites.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleNotice))]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// The manifest's exact bytes, JCS. Their SHA-256 is the notice hash in ctx. The manifest has
    /// `"texts":{"sv":{"adult":"sha256:<hex>",..},..}`; the verifier ignores its other fields.
    pub manifest: String,
    /// The text that was shown.
    pub text: NoticeText,
}

/// The text of a notice in one language and variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleNoticeText))]
#[serde(deny_unknown_fields)]
pub struct NoticeText {
    /// The language; equals ctx's.
    pub language: String,
    /// The variant; equals ctx's.
    pub variant: String,
    /// The exact bytes of the text document, in Unicode form C. The manifest lists their SHA-256.
    pub bytes: String,
}

/// The erasure of this leaf's openings: another leaf, of kind 3, in the same log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleErasure))]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The erasure leaf's 82 bytes; lower-case hex.
    pub leaf: String,
    /// The opening of its ctx, which has `"erased":["<hex of SHA-256(salt | index)>",..]`.
    pub open: Opening,
    /// The erasure leaf's `c2sp.org/tlog-proof@v1`.
    pub proof: String,
}

/// The parts from which [`Bundle::build`] builds a bundle.
#[derive(Debug, Clone)]
pub struct Parts {
    /// The leaf that the bundle proves.
    pub leaf: Leaf,
    /// The opening of ctx; without `r` for a public kind.
    pub ctx: Option<(Option<[u8; 32]>, String)>,
    /// The opening of sub; `None` for a public kind, or if it is destroyed or withheld.
    pub sub: Option<([u8; 32], String)>,
    /// Inclusion proofs of the leaf, at most [`PROOFS_MAX`].
    pub proofs: Vec<TlogProof>,
    /// The notice that ctx cites.
    pub notice: Option<Notice>,
    /// The salt of the event's erasure, if ctx is not opened; otherwise it derives from ctx's key.
    pub salt: Option<[u8; 32]>,
    /// The erasure of the leaf's openings.
    pub erasure: Option<ErasureParts>,
}

/// An erasure in [`Parts`].
#[derive(Debug, Clone)]
pub struct ErasureParts {
    /// The erasure's leaf.
    pub leaf: Leaf,
    /// The opening of its ctx.
    pub ctx: ([u8; 32], String),
    /// Its inclusion proof.
    pub proof: TlogProof,
}

impl Bundle {
    /// Builds a bundle from its parts and derives `expires` from the opened bodies. Error: a body is not strict JSON.
    pub fn build(parts: Parts) -> Result<Self, BundleError> {
        let r_ctx = parts.ctx.as_ref().and_then(|(r, _)| r.as_ref());
        let salt = match parts.leaf.kind() {
            LeafKind::Event => r_ctx.map(erasure_salt).or(parts.salt),
            LeafKind::Publication
            | LeafKind::KeyChange
            | LeafKind::Erasure
            | LeafKind::Succession => None,
        };
        let ctx = parts.ctx.map(|(r, bytes)| Opening {
            r: r.map(hex::encode),
            bytes,
        });
        let sub = parts.sub.map(|(r, bytes)| Opening {
            r: Some(hex::encode(r)),
            bytes,
        });
        let read = |opening: &Option<Opening>| -> Result<Option<Value>, BundleError> {
            opening
                .as_ref()
                .map(|o| json::parse_strict(o.bytes.as_bytes(), Limits::default()))
                .transpose()
                .map_err(|error| BundleError(error.to_string()))
        };
        let expires = expires(read(&ctx)?.as_ref(), read(&sub)?.as_ref());
        Ok(Self {
            v: Version::V1,
            leaf: hex::encode(parts.leaf.to_bytes()),
            open: Open { ctx, sub },
            proofs: parts.proofs.iter().map(TlogProof::to_string).collect(),
            notice: parts.notice,
            salt: salt.map(hex::encode),
            erasure: parts.erasure.map(|erasure| Erasure {
                leaf: hex::encode(erasure.leaf.to_bytes()),
                open: Opening {
                    r: Some(hex::encode(erasure.ctx.0)),
                    bytes: erasure.ctx.1,
                },
                proof: erasure.proof.to_string(),
            }),
            expires,
        })
    }

    /// Parses a bundle strictly. Errors: size, duplicate keys, unknown and missing fields. It does not verify the
    /// bundle.
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        let limits = Limits {
            size_bytes_max: BUNDLE_BYTES_MAX,
            depth_max: 4,
        };
        let value =
            json::parse_strict(bytes, limits).map_err(|error| BundleError(error.to_string()))?;
        json::read_as_written(&value)
            .ok_or_else(|| BundleError("a field is missing, unknown or of another type".into()))
    }

    /// The bundle's bytes in JCS, so that two servers write the same file.
    pub fn to_bytes(&self) -> Vec<u8> {
        json::to_jcs(self)
    }
}

/// The value that `expires` must have for these bodies.
fn expires(ctx: Option<&Value>, sub: Option<&Value>) -> Option<i64> {
    [sub, ctx]
        .into_iter()
        .flatten()
        .find_map(|body| body.get("expires")?.as_i64())
}

/// Requires an optional field to be present: a bundle writes an absent value as `null`.
fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer)
}

/// Decodes the hex bytes of a leaf.
fn read_leaf(text: &str) -> Option<Leaf> {
    Leaf::parse(&strict::hex(text)?).ok()
}

#[cfg(test)]
mod tests;
