//! A temporary folder that is removed with its owner.

use std::fs::DirBuilder;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};

use super::Failure;
use samtycke_server::clock::{SystemRng, random};

/// Where Linux keeps files in memory, so that no write waits for a disk.
const IN_MEMORY: &str = "/dev/shm";

/// A folder that only its owner can read; removed on drop.
pub(super) struct Scratch(PathBuf);

impl Scratch {
    /// Makes a folder, in memory if the system allows it. Its name begins with `kind`.
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

    /// The folder's path.
    pub(super) fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        remove(&self.0);
    }
}

/// Removes the folder, also for a process that exits without dropping it.
pub(super) fn remove(path: &Path) {
    // The system clears away what cannot be removed; the error cannot be reported.
    let _ = std::fs::remove_dir_all(path);
}

fn make(path: &Path) -> std::io::Result<()> {
    DirBuilder::new().mode(0o700).create(path)
}
