//! The root secrets, stored outside the database. Without them no database contents can be decrypted and nothing new
//! can be signed. If they are lost, all openings are lost, so a server's setup includes a separate copy.
//!
//! `keys/root.key` holds a stable secret, from which keys that must not change are derived, and one secret per epoch
//! (`roots`). Subjects' keys are wrapped under the newest one, and stored with its epoch for unwrapping. Destroying an
//! epoch destroys what it wrapped.

mod carried;
mod roots;

use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use samtycke_core::keys::Secret;
use zeroize::Zeroizing;

pub use self::carried::{CarriedKeys, SignedLog};
pub use self::roots::EpochRefused;
use self::roots::Roots;
use crate::clock::{Rng, random};
use crate::folder::{FolderLock, hint};

/// The file of root secrets, in the folder `keys/`.
pub const ROOT_FILE: &str = "root.key";
/// The file of the instance key, in the folder `keys/`. The key allows adding tenants.
pub const INSTANCE_FILE: &str = "instance.key";
/// Prefix of the instance key; 64 hex digits follow.
const INSTANCE_PREFIX: &str = "sk_instance_";

/// Errors of reading or making keys.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The file is not readable or writable.
    #[error("{path}: {source}{}", hint(source))]
    File {
        /// Path of the file.
        path: PathBuf,
        /// Cause.
        source: std::io::Error,
    },
    /// The text has an invalid form.
    #[error(
        "{origin}: line {line} must be 'stable <64 lower-case hex digits>' (at most once, before all others), or \
         '<epoch> <64 lower-case hex digits>', epochs growing from 1, with ' unused' after the last one where no server uses it yet"
    )]
    Form {
        /// Name of the file or the variable.
        origin: String,
        /// Line number, from 1.
        line: usize,
    },
    /// The text holds no key.
    #[error(
        "{0} is empty; restore it from your copy: without its keys nothing in the database can be read or signed"
    )]
    Empty(String),
    /// Other users of this machine may read the file.
    #[error(
        "{path} can be read by every user of this machine (mode {mode:03o}); run: chmod 600 {path}\n\
         Then consider who may have read it: with this file and the database, every record can be opened."
    )]
    Readable {
        /// Path of the file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// The file is missing although the database is not new.
    #[error(
        "{0} is missing, but the database holds logs that were written with it; restore it from your copy"
    )]
    Missing(PathBuf),
    /// The instance key is invalid. An empty key would let every caller in.
    #[error(
        "{0} must hold one line, 'sk_instance_<64 lower-case hex digits>'; restore it, or delete it and start again, which \
         makes a new one"
    )]
    Instance(PathBuf),
    /// A file of exported keys is changed or cut off.
    #[error(
        "{origin}: line {line} is changed or missing, so these keys cannot be trusted; use another copy"
    )]
    Carried {
        /// Name of the file.
        origin: String,
        /// Line number, from 1.
        line: usize,
    },
    /// A change of the root secrets is refused.
    #[error(transparent)]
    Refused(EpochRefused),
    /// The folder has other keys.
    #[error(
        "{0} holds another key, which was not overwritten; use a new data folder, or move the file away"
    )]
    Other(PathBuf),
}

/// What to do about a missing key file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missing {
    /// Make no key: for programs that only read beside a server.
    Refuse,
    /// Make an instance key but no root secrets, because the missing ones encrypt the database.
    MakeInstance,
    /// Make both: the database is new.
    MakeAll,
}

/// The root secrets by epoch.
pub struct Keyring {
    roots: Roots,
    instance: Option<Zeroizing<String>>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keyring({} epochs)", self.roots.all().count())
    }
}

impl Keyring {
    /// Reads the root secrets from the text of `SAMTYCKE_ROOT_KEY`, otherwise from the folder, and the instance key
    /// from the folder. `missing` decides what happens to absent files.
    pub fn open(
        folder: &Path,
        from_environment: Option<&str>,
        missing: Missing,
        rng: &dyn Rng,
    ) -> Result<Self, KeyringError> {
        // The root secrets first: if they are invalid, no instance key is made either.
        let roots = match from_environment {
            Some(text) => Roots::parse("SAMTYCKE_ROOT_KEY", text)?,
            None => root_file(folder, missing == Missing::MakeAll, rng)?,
        };
        let instance = instance_file(folder, missing != Missing::Refuse, rng)?;
        Ok(Self { roots, instance })
    }

    /// Whether an epoch may be destroyed, as far as the secrets themselves say.
    pub fn may_destroy(&self, epoch: u64) -> Result<(), EpochRefused> {
        self.roots.may_destroy(epoch)
    }

    /// The epoch under which new keys are wrapped.
    pub fn epoch(&self) -> u64 {
        self.roots.newest()
    }

    /// The root secret of an epoch; `None` if it was destroyed, or was added elsewhere.
    pub fn root(&self, epoch: u64) -> Option<&Secret> {
        self.roots.root(epoch)
    }

    /// Every root secret with its epoch, oldest first. The last may be one that nothing is wrapped under yet.
    pub fn roots(&self) -> impl DoubleEndedIterator<Item = (u64, &Secret)> {
        self.roots.all()
    }

    /// The secret from which keys are derived that must not change with the epoch: of pseudonyms, capabilities, positions and
    /// marks.
    pub fn stable(&self) -> &Secret {
        self.roots.stable()
    }

    /// The instance key, which authorises adding tenants over HTTP. Never empty.
    pub fn instance(&self) -> Option<&str> {
        self.instance.as_ref().map(|key| key.as_str())
    }
}

fn root_file(folder: &Path, may_create: bool, rng: &dyn Rng) -> Result<Roots, KeyringError> {
    let path = folder.join(ROOT_FILE);
    match read(&path)? {
        Some(text) => Roots::parse(&path.display().to_string(), &text),
        None if may_create => {
            let roots = Roots::fresh(rng);
            write_secret(&path, &roots.to_text(), rng)?;
            Ok(roots)
        }
        None => Err(KeyringError::Missing(path)),
    }
}

/// Changes the root secrets in their folder, durably and at once: whoever reads the file reads the old one or the new one.
/// Error: there is no file, or the change is refused.
pub fn change_roots<T>(
    folder: &Path,
    rng: &dyn Rng,
    change: impl FnOnce(&mut RootChange) -> Result<T, EpochRefused>,
) -> Result<T, KeyringError> {
    let path = folder.join(ROOT_FILE);
    let failed = |source| KeyringError::File {
        path: path.clone(),
        source,
    };
    let lock = FolderLock::of(folder).map_err(failed)?;
    let _lock = lock.ok_or_else(|| failed(ErrorKind::ResourceBusy.into()))?;
    let mut roots = RootChange(root_file(folder, false, rng)?);
    let done = change(&mut roots).map_err(KeyringError::Refused)?;
    let part = path.with_extension(format!("{}.part", hex::encode(random::<8>(rng))));
    let written = write_part(&part, &roots.0.to_text())
        .and_then(|()| std::fs::rename(&part, &path))
        .and_then(|()| std::fs::File::open(folder)?.sync_all());
    let _ = std::fs::remove_file(&part);
    written.map_err(failed)?;
    Ok(done)
}

/// The root secrets that are being changed.
pub struct RootChange(Roots);

impl std::fmt::Debug for RootChange {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RootChange")
    }
}

impl RootChange {
    /// Adds an epoch, and returns its number. Nothing is wrapped under one that `is_unused`.
    pub fn add(&mut self, is_unused: bool, rng: &dyn Rng) -> Result<u64, EpochRefused> {
        self.0.add(is_unused, rng)
    }

    /// Puts an epoch into use.
    pub fn put_into_use(&mut self, epoch: u64) -> Result<(), EpochRefused> {
        self.0.put_into_use(epoch)
    }

    /// Destroys an epoch, and with it everything that only it opens.
    pub fn destroy(&mut self, epoch: u64) -> Result<(), EpochRefused> {
        self.0.destroy(epoch)
    }
}

fn instance_file(
    folder: &Path,
    may_create: bool,
    rng: &dyn Rng,
) -> Result<Option<Zeroizing<String>>, KeyringError> {
    let path = folder.join(INSTANCE_FILE);
    if let Some(text) = read(&path)? {
        let key = text.trim();
        if !is_instance_key(key) {
            return Err(KeyringError::Instance(path));
        }
        return Ok(Some(Zeroizing::new(key.to_owned())));
    }
    if !may_create {
        return Ok(None);
    }
    let secret = Zeroizing::new(hex::encode(random::<32>(rng)));
    let key = Zeroizing::new(format!("{INSTANCE_PREFIX}{}", *secret));
    write_secret(&path, &format!("{}\n", *key), rng)?;
    Ok(Some(key))
}

fn is_instance_key(text: &str) -> bool {
    let is_digit = |byte: u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    text.strip_prefix(INSTANCE_PREFIX)
        .is_some_and(|secret| secret.len() == 64 && secret.bytes().all(is_digit))
}

fn read(path: &Path) -> Result<Option<Zeroizing<String>>, KeyringError> {
    match std::fs::read_to_string(path) {
        Ok(text) => {
            ensure_private(path)?;
            Ok(Some(Zeroizing::new(text)))
        }
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(KeyringError::File {
            path: path.into(),
            source,
        }),
    }
}

/// Refuses a file that every user may read. A group may: orchestrators hand secrets to a process by its group.
fn ensure_private(path: &Path) -> Result<(), KeyringError> {
    use std::os::unix::fs::PermissionsExt as _;
    let metadata = std::fs::metadata(path).map_err(|source| KeyringError::File {
        path: path.into(),
        source,
    })?;
    let mode = metadata.permissions().mode() & 0o777;
    if mode & 0o004 == 0 {
        return Ok(());
    }
    Err(KeyringError::Readable {
        path: path.into(),
        mode,
    })
}

/// Writes a file durably and atomically, readable only by its owner. It never overwrites a file.
fn write_secret(path: &Path, text: &str, rng: &dyn Rng) -> Result<(), KeyringError> {
    // A unique name: two processes that start at once must not write to one file.
    let part = path.with_extension(format!("{}.part", hex::encode(random::<8>(rng))));
    let written = write_part(&part, text).and_then(|()| put_in_place(&part, path));
    // After a rename the name is gone; after a hard link or a failed write the file is useless.
    let _ = std::fs::remove_file(&part);
    written.map_err(|source| KeyringError::File {
        path: path.into(),
        source,
    })
}

fn write_part(part: &Path, text: &str) -> io::Result<()> {
    use std::os::unix::fs::OpenOptionsExt as _;
    if let Some(folder) = part.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(part)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

/// Gives a durable file its final name, unless a file has that name.
fn put_in_place(part: &Path, path: &Path) -> io::Result<()> {
    match std::fs::hard_link(part, path) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::AlreadyExists => return Err(error),
        // For file systems without hard links.
        Err(_) if !path.exists() => std::fs::rename(part, path)?,
        Err(error) => return Err(error),
    }
    let folder = path.parent().unwrap_or(Path::new("."));
    std::fs::File::open(folder)?.sync_all()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRng;

    fn open(folder: &Path, missing: Missing) -> Result<Keyring, KeyringError> {
        Keyring::open(folder, None, missing, &SystemRng)
    }

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[test]
    fn keys_are_made_once_and_read_again() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let keys = folder.path().join("keys");
        let made = open(&keys, Missing::MakeAll).unwrap();
        assert_eq!(names(&keys), [INSTANCE_FILE, ROOT_FILE]);
        for name in names(&keys) {
            let mode = std::fs::metadata(keys.join(&name))
                .unwrap()
                .permissions()
                .mode();
            assert_eq!(mode & 0o777, 0o600, "{name}");
        }
        let read = open(&keys, Missing::Refuse).unwrap();
        assert_eq!(read.instance(), made.instance());
        assert_eq!(read.stable().expose(), made.stable().expose());
        assert!(is_instance_key(made.instance().unwrap()));
    }

    /// Protects every tenant from an `Authorization: Bearer` header with an empty token.
    #[test]
    fn an_instance_key_of_another_form_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        open(folder.path(), Missing::MakeAll).unwrap();
        let path = folder.path().join(INSTANCE_FILE);
        let good = std::fs::read_to_string(&path).unwrap();
        let half = &good[..good.len() / 2];
        let capitals = good.to_uppercase();
        for bad in [
            "",
            "\n",
            "  \n",
            "sk_instance_\n",
            half,
            &capitals,
            "changeme",
        ] {
            std::fs::write(&path, bad).unwrap();
            let error = open(folder.path(), Missing::MakeAll).unwrap_err();
            assert!(
                matches!(error, KeyringError::Instance(_)),
                "{bad:?}: {error}"
            );
            assert!(error.to_string().contains(INSTANCE_FILE), "{error}");
        }
        std::fs::write(&path, format!("\n{good}\n")).unwrap();
        assert!(open(folder.path(), Missing::Refuse).is_ok());
    }

    /// Protects every record: the root key in another form, empty or open to all is refused with what to do.
    #[test]
    fn a_root_key_of_another_form_is_refused() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        open(folder.path(), Missing::MakeAll).unwrap();
        let path = folder.path().join(ROOT_FILE);
        let good = std::fs::read_to_string(&path).unwrap();
        for (bad, says) in [
            ("", "is empty"),
            ("\n \n", "is empty"),
            (&good.to_uppercase(), "lower-case"),
            (&good[..40], "lower-case"),
            (&format!("\u{feff}{good}"), "lower-case"),
            (&format!("{good}{good}"), "epochs growing"),
        ] {
            std::fs::write(&path, bad).unwrap();
            let error = open(folder.path(), Missing::MakeAll).unwrap_err();
            assert!(error.to_string().contains(says), "{bad:?}: {error}");
            assert!(
                !error.to_string().contains(&good[10..30]),
                "no key is printed"
            );
        }
        std::fs::write(&path, good.replace('\n', "\r\n")).unwrap();
        assert!(
            open(folder.path(), Missing::Refuse).is_ok(),
            "line ends do not matter"
        );
        for (mode, is_open) in [
            (0o600, true),
            (0o400, true),
            (0o640, true),
            (0o644, false),
            (0o604, false),
        ] {
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(mode)).unwrap();
            let opened = open(folder.path(), Missing::Refuse);
            assert_eq!(opened.is_ok(), is_open, "{mode:o}");
        }
        let error = open(folder.path(), Missing::Refuse).unwrap_err();
        assert!(error.to_string().contains("chmod 600"), "{error}");
    }

    #[test]
    fn a_read_only_command_creates_no_key() {
        let folder = tempfile::tempdir().unwrap();
        let error = open(folder.path(), Missing::Refuse).unwrap_err();
        assert!(matches!(error, KeyringError::Missing(_)), "{error}");
        let error = open(folder.path(), Missing::MakeInstance).unwrap_err();
        assert!(matches!(error, KeyringError::Missing(_)), "{error}");
        let root = format!("1 {}", "07".repeat(32));
        let read = Keyring::open(folder.path(), Some(&root), Missing::Refuse, &SystemRng);
        assert_eq!(read.unwrap().instance(), None);
        assert_eq!(names(folder.path()), [""; 0]);
    }

    /// Protects the next start from a partial key file after a full disk.
    #[test]
    fn a_key_that_cannot_be_written_leaves_no_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(ROOT_FILE);
        std::fs::write(&path, "another's").unwrap();
        assert!(write_secret(&path, "mine", &SystemRng).is_err());
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "another's");
        assert_eq!(names(folder.path()), [ROOT_FILE]);
    }
}
