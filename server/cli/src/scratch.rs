//! A folder that goes when its owner does.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use super::Failure;
use samtycke_server::clock::{SystemRng, random};

/// Where Linux keeps files in memory: nothing waits for a disk there.
const IN_MEMORY: &str = "/dev/shm";

/// A folder that only its owner can look into; taken away when this is dropped.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// Makes one, in memory where the system has a place for that. Its name begins with `kind`.
    pub(super) fn new(kind: &str) -> Result<Self, Failure> {
        let name = format!("{kind}-{}", hex::encode(random::<8>(&SystemRng)));
        let path = Path::new(IN_MEMORY).join(&name);
        if make(&path).is_ok() {
            return Ok(Self(path));
        }
        let path = std::env::temp_dir().join(&name);
        make(&path).map_err(|error| Failure::new(format!("{}: {error}", path.display())))?;
        Ok(Self(path))
    }

    /// Where it is.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

/// Takes the folder away; where the process ends without dropping its owner.
pub(super) fn remove(path: &Path) {
    // What cannot be removed is the system's to clear away; there is nobody left to tell.
    let _ = std::fs::remove_dir_all(path);
}

fn make(path: &Path) -> std::io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)
}
