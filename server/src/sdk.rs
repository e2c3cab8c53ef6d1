//! The banner's files as `sdk-js` built them, compiled in: the binary needs no Node and no second thing to deploy.

pub mod earlier;
pub mod routes;

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

/// Each file's own entity tag, without the quotes.
static TAGS: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let tag = |file: &File| tag_of(file.body);
    FILES.iter().map(|file| (file.name, tag(file))).collect()
});

/// Half of the SHA-256 of what is tagged.
pub fn tag_of(body: &[u8]) -> String {
    hex::encode(&Sha256::digest(body)[..16])
}

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
    /// Its entity tag, without the quotes.
    pub fn tag(&self) -> &'static str {
        TAGS.get(self.name).map_or("", String::as_str)
    }
}
