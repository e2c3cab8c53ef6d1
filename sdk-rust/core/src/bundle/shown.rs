//! Compares what a bundle shows with the commitments of its leaf.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{NOTICE_BYTES_MAX, Notice, Opening};
use crate::{
    id::NoticeHash,
    json::{self, Limits},
    leaf::Leaf,
};
use samtycke_tlog::strict;

impl Opening {
    /// Whether it opens the leaf's first commitment. Hidden kinds need a key; public kinds must have none.
    pub(super) fn opens_ctx(&self, leaf: Leaf) -> bool {
        let bytes = self.bytes.as_bytes();
        match &self.r {
            Some(r) => strict::hex_array(r).is_some_and(|r| leaf.opens_ctx(&r, bytes)),
            None => leaf.opens_public(bytes),
        }
    }

    /// Whether it opens the leaf's second commitment.
    pub(super) fn opens_sub(&self, leaf: Leaf) -> bool {
        let r = self.r.as_deref().and_then(strict::hex_array);
        r.is_some_and(|r| leaf.opens_sub(&r, self.bytes.as_bytes()))
    }
}

impl Notice {
    /// Whether ctx cites this manifest, language and variant, and the manifest lists this text for them.
    pub(super) fn is_cited_by(&self, ctx: &Value) -> bool {
        let text = &self.text;
        let cited = ctx["notice"] == NoticeHash::of(self.manifest.as_bytes()).as_str()
            && ctx["language"] == *text.language
            && ctx["variant"] == *text.variant;
        let limits = Limits {
            size_bytes_max: NOTICE_BYTES_MAX,
            ..Limits::default()
        };
        let Ok(Some(manifest)) = json::parse_canonical(self.manifest.as_bytes(), limits) else {
            return false;
        };
        let hash = format!("sha256:{}", hex::encode(Sha256::digest(&text.bytes)));
        // The strict parser rejects duplicate keys, so each language and variant has exactly one text.
        let listed = manifest["texts"][&text.language][&text.variant] == *hash;
        cited && listed && text.bytes.len() <= NOTICE_BYTES_MAX
    }
}
