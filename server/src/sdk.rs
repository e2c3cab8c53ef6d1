//! The banner's files as `sdk-js` built them, compiled in, so that the server needs neither Node nor further files.

pub mod earlier;
pub mod routes;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sha2::{Digest as _, Sha256};

/// One file of the banner.
#[derive(Debug, Clone, Copy)]
pub struct File {
    /// File name below `/sdk/`. A name with a hash always denotes the same contents.
    pub name: &'static str,
    /// Uncompressed contents.
    pub body: &'static [u8],
    /// Contents compressed with brotli; empty if that is not shorter.
    pub brotli: &'static [u8],
    /// Media type of the file.
    pub content_type: &'static str,
    /// Whether the name contains the hash.
    pub immutable: bool,
    /// Value for a tag's `integrity` (Subresource Integrity).
    pub integrity: &'static str,
}

// Defines `FILES`; the build of `sdk-js` writes it.
include!("../../sdk-js/dist/embed.rs");

/// The entity tag of each file, without quotes.
static TAGS: LazyLock<BTreeMap<&'static str, String>> = LazyLock::new(|| {
    let tag = |file: &File| tag_of(file.body);
    FILES.iter().map(|file| (file.name, tag(file))).collect()
});

/// A quarter of the SHA-256 of the contents, in hex: enough for versions of one file, and it is in every first visit.
pub fn tag_of(body: &[u8]) -> String {
    hex::encode(&Sha256::digest(body)[..8])
}

/// The file of this name.
pub fn file(name: &str) -> Option<&'static File> {
    FILES.iter().find(|file| file.name == name)
}

/// The entry file that a tag with `integrity` names: `banner.<hash>.js`.
pub fn pinned_entry() -> Option<&'static File> {
    FILES
        .iter()
        .find(|file| file.immutable && file.name.starts_with("banner."))
}

impl File {
    /// The file's entity tag, without quotes.
    pub fn tag(&self) -> &'static str {
        TAGS.get(self.name).map_or("", String::as_str)
    }
}
