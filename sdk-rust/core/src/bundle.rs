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
//! Committed bytes travel as JSON strings: people can read them, and a verifier takes the HMAC of exactly those bytes
//! and never re-canonicalises. Every field is present, `null` where there is nothing; an unknown field is an error.
//!
//! **What covers what.** The checkpoint's signature covers origin, size and root; the root covers the leaf and its
//! index; the leaf covers both openings; ctx covers the notice's hash, which covers the manifest, which covers the text;
//! sub (or else ctx) covers `expires`; ctx's key covers `salt`, or else the erasure's list does; the erasure's own leaf
//! covers its list. Not covered: signature lines by keys that
//! the verifier's policy does not name (they prove nothing and are ignored, as C2SP asks), and JSON white space.

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

/// The longest bundle; bytes. A manifest and a text of 256 KiB each, four proofs, and the escapes of JSON.
pub const BUNDLE_BYTES_MAX: usize = 2 * 1024 * 1024;
/// The longest manifest or notice text; bytes.
pub const NOTICE_BYTES_MAX: usize = 256 * 1024;
/// The most proofs of one leaf: two are usual when a log has a successor.
pub const PROOFS_MAX: usize = 4;

/// The bytes are not a bundle of this version.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a samtycke-bundle/1: {0}")]
pub struct BundleError(String);

/// The one value of the field `v`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleVersion))]
pub enum Version {
    /// This version.
    #[default]
    #[serde(rename = "samtycke-bundle/1")]
    V1,
}

/// A proof bundle as it is in JSON. Texts are checked by [`verify::verify`], not here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Bundle {
    /// Format version.
    pub v: Version,
    /// The leaf's 82 bytes; lower-case hex.
    pub leaf: String,
    /// What the leaf commits to, as far as it is shown.
    pub open: Open,
    /// `c2sp.org/tlog-proof@v1` texts without extra data: one to four, all of this leaf at one index of one log.
    pub proofs: Vec<String>,
    /// The notice that the person was shown; `null` when ctx cites none, or the bundle leaves it out.
    #[serde(deserialize_with = "present")]
    pub notice: Option<Notice>,
    /// What finds the erasure of this event's openings, should there be one: SHA-256("samtycke/erased/v1\n" | `r` of
    /// ctx); lower-case hex. `null` for the public kinds.
    #[serde(deserialize_with = "present")]
    pub salt: Option<String>,
    /// That the openings were destroyed, and when.
    #[serde(deserialize_with = "present")]
    pub erasure: Option<Erasure>,
    /// When the consent runs out; Unix ms. Equals `expires` in sub, else in ctx, else `null`: nothing else is valid.
    #[serde(deserialize_with = "present")]
    pub expires: Option<i64>,
}

/// The openings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleOpen))]
#[serde(deny_unknown_fields)]
pub struct Open {
    /// What was decided; `null` when it is destroyed or withheld.
    #[serde(deserialize_with = "present")]
    pub ctx: Option<Opening>,
    /// Who decided; `null` when it is destroyed or withheld, and for the public kinds.
    #[serde(deserialize_with = "present")]
    pub sub: Option<Opening>,
}

/// One opening of a commitment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleOpening))]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The commitment's 32-byte key; lower-case hex. `null` for the public kinds, whose bytes are hashed openly.
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
    /// The manifest's exact bytes, JCS. Its SHA-256 is the notice hash in ctx. It has
    /// `"texts":{"sv":{"adult":"sha256:<hex>",..},..}`, and more that is not looked at.
    pub manifest: String,
    /// The one text that was shown.
    pub text: NoticeText,
}

/// A text of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleNoticeText))]
#[serde(deny_unknown_fields)]
pub struct NoticeText {
    /// Language; equals ctx's.
    pub language: String,
    /// Variant; equals ctx's.
    pub variant: String,
    /// The exact bytes of the text document, in Unicode form C. Their SHA-256 stands in the manifest.
    pub bytes: String,
}

/// The erasure of this leaf's openings: another leaf, of kind 3, of the same log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(as = BundleErasure))]
#[serde(deny_unknown_fields)]
pub struct Erasure {
    /// The erasure's 82 bytes; lower-case hex.
    pub leaf: String,
    /// Its ctx, which has `"erased":["<hex of SHA-256(salt | index)>",..]`.
    pub open: Opening,
    /// Its `c2sp.org/tlog-proof@v1`.
    pub proof: String,
}

/// What [`Bundle::build`] puts together.
#[derive(Debug, Clone)]
pub struct Parts {
    /// The leaf.
    pub leaf: Leaf,
    /// Opening of ctx; without `r` for a public kind.
    pub ctx: Option<(Option<[u8; 32]>, String)>,
    /// Opening of sub.
    pub sub: Option<([u8; 32], String)>,
    /// Proofs of the leaf.
    pub proofs: Vec<TlogProof>,
    /// The notice that ctx cites.
    pub notice: Option<Notice>,
    /// What finds the event's erasure, where ctx is not opened; else it follows from ctx's key.
    pub salt: Option<[u8; 32]>,
    /// The erasure of the leaf's openings.
    pub erasure: Option<ErasureParts>,
}

/// An erasure in [`Parts`].
#[derive(Debug, Clone)]
pub struct ErasureParts {
    /// The erasure's leaf.
    pub leaf: Leaf,
    /// Opening of its ctx.
    pub ctx: ([u8; 32], String),
    /// Its proof.
    pub proof: TlogProof,
}

impl Bundle {
    /// A bundle from its parts. `expires` is what the opened bodies say. Error: a body is not strict JSON.
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

    /// Reads a bundle strictly: size, duplicate keys, unknown and missing fields. It proves nothing yet.
    pub fn parse(bytes: &[u8]) -> Result<Self, BundleError> {
        let limits = Limits {
            size_bytes_max: BUNDLE_BYTES_MAX,
            depth_max: 4,
        };
        let value =
            json::parse_strict(bytes, limits).map_err(|error| BundleError(error.to_string()))?;
        // serde's own message can repeat a value; which field it was is said by the path of a strict reader.
        Self::deserialize(value)
            .map_err(|_| BundleError("a field is missing, unknown or of another type".into()))
    }

    /// The bundle's bytes: JCS, so that two servers make the same file.
    pub fn to_bytes(&self) -> Vec<u8> {
        json::to_jcs(self)
    }
}

/// What `expires` must be for these bodies.
fn expires(ctx: Option<&Value>, sub: Option<&Value>) -> Option<i64> {
    [sub, ctx]
        .into_iter()
        .flatten()
        .find_map(|body| body.get("expires")?.as_i64())
}

/// Makes an optional field one that has to be there: a bundle has one spelling of "nothing".
fn present<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer)
}

/// The bytes of a leaf in hex.
fn read_leaf(text: &str) -> Option<Leaf> {
    Leaf::parse(&strict::hex(text)?).ok()
}

#[cfg(test)]
mod tests;
