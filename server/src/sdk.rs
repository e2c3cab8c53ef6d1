//! The banner's files as `sdk-js` built them, compiled in: the binary needs no Node and no second thing to deploy.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// One file of the banner.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// Its name below `/sdk/`. A name with a hash in it never means anything else.
    pub name: &'static str,
    /// As it is.
    pub body: &'static [u8],
    /// The same compressed; empty where that is no shorter.
    pub brotli: &'static [u8],
    /// Its media type.
    pub content_type: &'static str,
    /// Whether its name holds its hash.
    pub immutable: bool,
    /// For `integrity=""` of a tag (Subresource Integrity).
    pub integrity: &'static str,
}

// `FILES`, as the build of `sdk-js` wrote it down.
include!("../../sdk-js/dist/embed.rs");

/// Each file's own entity tag, without the quotes: half of its SHA-256.
static TAGS: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let tag = |file: &File| hex::encode(&Sha256::digest(file.body)[..16]);
    FILES.iter().map(|file| (file.name, tag(file))).collect()
});

/// The file of this name.
pub fn file(name: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.name == name)
}

/// The entry that a tag with `integrity` names: `banner.<hash>.js`.
pub fn pinned_entry() -> Option<&'static File> {
    FILES
        .iter()
        .find(|file| file.immutable && file.name.starts_with("banner."))
}

impl File {
    /// The entity tag of one encoding of it: the two are different bytes, so a strong tag tells them apart (RFC 9110,
    /// 8.8.3.3).
    pub fn etag(&self, is_brotli: bool) -> String {
        let tag = TAGS.get(self.name).map_or("", String::as_str);
        let encoding = if is_brotli { "-br" } else { "" };
        format!("\"{tag}{encoding}\"")
    }
}
