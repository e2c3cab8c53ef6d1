//! The folders of an installation: who may enter them, whose they are, and who uses them.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::Path;

/// Makes a folder that only its owner may enter, or takes the rights of everybody else from one that is there. What is in
/// it needs no rights of its own then: database, journal, anchor and lock files. A group's rights stay, for backups.
pub(crate) fn private_folder(path: &Path) -> io::Result<()> {
    let made = std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(path);
    made?;
    let mode = std::fs::metadata(path)?.permissions().mode();
    let others = mode & 0o007;
    if others == 0 {
        return Ok(());
    }
    let closed = std::fs::Permissions::from_mode(mode & 0o7770);
    if let Err(error) = std::fs::set_permissions(path, closed) {
        tracing::warn!(
            path = %path.display(), %error,
            "every user of this machine can read this folder; let nobody but the server's user enter it (chmod 700)"
        );
    }
    Ok(())
}

/// The user as whom this process must run to write into a folder, where it runs as root and another user owns the folder: what
/// root makes there, the server could not open afterwards. `None` where it may, and where there is no folder yet.
pub(crate) fn owner_instead_of_root(path: &Path) -> io::Result<Option<u32>> {
    let owner = match std::fs::metadata(path) {
        Ok(found) => found.uid(),
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    Ok((!may_write(own_uid()?, owner)).then_some(owner))
}

/// Everybody but root meets the system's own rights.
fn may_write(own: u32, owner: u32) -> bool {
    own != 0 || owner == 0
}

/// The user that this process acts as.
pub fn own_uid() -> io::Result<u32> {
    let (here, _there) = tokio::net::UnixStream::pair()?;
    Ok(here.peer_cred()?.uid())
}

/// What to do about a file or folder that this process may not use.
pub(crate) fn hint(error: &io::Error) -> &'static str {
    if error.kind() == ErrorKind::PermissionDenied {
        "; the folders of data, keys and log anchor, and all in them, must belong to the user that the server runs as, and \
         every command must be run as that user"
    } else {
        ""
    }
}

/// A folder that no other process uses.
#[derive(Debug)]
pub struct FolderLock(File);

impl FolderLock {
    /// Locks a folder; `None` if another process has. The folder itself is locked: a lock file could be deleted under a running
    /// server, and a second one would make it anew.
    pub(crate) fn of(folder: &Path) -> io::Result<Option<Self>> {
        let open = File::open(folder)?;
        match open.try_lock() {
            Ok(()) => Ok(Some(Self(open))),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Drop for FolderLock {
    /// Unlocks, and does not only close: a child process that was just being started holds a copy of the open file until it
    /// runs its program, and with it the lock.
    fn drop(&mut self) {
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects the next server from `is in use`: a child that is being started has a copy of the lock's file.
    #[test]
    fn a_lock_ends_though_a_copy_of_its_file_is_open() {
        let folder = tempfile::tempdir().unwrap();
        let lock = FolderLock::of(folder.path()).unwrap().expect("it is free");
        let copy = lock.0.try_clone().unwrap();
        assert!(
            FolderLock::of(folder.path()).unwrap().is_none(),
            "it is in use"
        );
        drop(lock);
        assert!(
            FolderLock::of(folder.path()).unwrap().is_some(),
            "it is free again"
        );
        drop(copy);
    }

    #[test]
    fn root_writes_only_into_its_own_folder() {
        assert!(may_write(0, 0) && may_write(1000, 1000));
        assert!(!may_write(0, 1000));
        assert!(
            may_write(1000, 0),
            "a group may have rights: the system decides"
        );
    }

    /// Protects an operator who types a command as root: it is told as whom to type it.
    #[tokio::test]
    async fn the_owner_of_a_folder_is_named_to_root() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(owner_instead_of_root(folder.path()).unwrap(), None);
        assert_eq!(
            owner_instead_of_root(&folder.path().join("none")).unwrap(),
            None
        );
        if own_uid().unwrap() == 0 {
            std::os::unix::fs::chown(folder.path(), Some(4711), None).unwrap();
            assert_eq!(owner_instead_of_root(folder.path()).unwrap(), Some(4711));
        }
    }
}
