//! The lock that keeps a data folder to one process.

use std::fs::{File, TryLockError};
use std::path::Path;

/// A lock on a folder itself: a lock file could be deleted under a running server, and a second one would make it anew.
///
/// It is released when this is dropped, and not only closed. A program that is being started has copies of all open files
/// of this process until its own begins, and the system keeps a lock that was only closed as long as a copy is open: the
/// next who opens the folder would find it in use by nobody.
#[derive(Debug)]
pub struct DataLock(File);

impl DataLock {
    /// Locks the folder. `None`: another process, or another server in this one, has it.
    pub fn try_take(folder: &Path) -> std::io::Result<Option<Self>> {
        let file = File::open(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Self(file))),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Drop for DataLock {
    fn drop(&mut self) {
        // If it fails, closing the file releases the lock as soon as no copy is open.
        let _ = self.0.unlock();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects a server that is stopped and started at once: it does not find its own folder in use because a program
    /// that was being started meanwhile still had a copy of the lock's file.
    #[test]
    fn a_copy_of_the_file_keeps_no_lock() {
        let folder = tempfile::tempdir().expect("a folder");
        let take = || DataLock::try_take(folder.path()).expect("readable");
        let lock = take().expect("free");
        let copy = lock.0.try_clone().expect("a copy");
        assert!(take().is_none(), "it is taken");
        drop(lock);
        assert!(take().is_some(), "and free again, with the copy open");
        drop(copy);
    }
}
