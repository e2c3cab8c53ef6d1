//! The root secrets, outside the database: without them nobody can open what the database holds, and nothing new can
//! be signed. Losing them loses every opening, so keeping a copy apart is part of setting a server up.
//!
//! `keys/root.key` holds one line per epoch: `<epoch> <64 hex digits>`. Every other key is derived from the newest,
//! or from the one whose epoch stands beside what it wraps; destroying an old line destroys what was wrapped under it.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use samtycke_core::keys::Secret;
use zeroize::Zeroizing;

use crate::clock::{Chance, random};

/// The file of root secrets, in the folder `keys/`.
pub const ROOT_FILE: &str = "root.key";
/// The key of the whole instance: it may add tenants. In the folder `keys/`.
pub const INSTANCE_FILE: &str = "instance.key";

/// Why there are no root secrets.
#[derive(Debug, thiserror::Error)]
pub enum KeyringError {
    /// The file cannot be read or written.
    #[error("{path}: {source}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The text has another form.
    #[error(
        "{origin}: line {line} must be '<epoch> <64 lower-case hex digits>', epochs growing from 1"
    )]
    Form {
        /// File or variable.
        origin: String,
        /// Which line.
        line: usize,
    },
    /// The file is missing although the database is not new.
    #[error(
        "{0} is missing, but the database holds logs that were written with it; restore it from your copy"
    )]
    Missing(PathBuf),
}

/// The root secrets by epoch.
pub struct Keyring {
    roots: BTreeMap<u64, Secret>,
    instance: Zeroizing<String>,
}

impl std::fmt::Debug for Keyring {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Keyring({} epochs)", self.roots.len())
    }
}

impl Keyring {
    /// Reads the root secrets from `SAMTYCKE_ROOT_KEY`'s text, else from the folder; makes them when both are missing
    /// and `may_create`.
    pub fn open(
        folder: &Path,
        from_environment: Option<&str>,
        may_create: bool,
        chance: &dyn Chance,
    ) -> Result<Self, KeyringError> {
        let instance = instance_key(folder, chance)?;
        if let Some(text) = from_environment {
            return Ok(Self {
                roots: parse("SAMTYCKE_ROOT_KEY", text)?,
                instance,
            });
        }
        let path = folder.join(ROOT_FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => Zeroizing::new(text),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                if !may_create {
                    return Err(KeyringError::Missing(path));
                }
                let text = Zeroizing::new(format!("1 {}\n", hex::encode(random::<32>(chance))));
                write_secret(&path, &text)?;
                text
            }
            Err(source) => return Err(KeyringError::File { path, source }),
        };
        Ok(Self {
            roots: parse(&path.display().to_string(), &text)?,
            instance,
        })
    }

    /// The epoch that new things are wrapped under.
    pub fn epoch(&self) -> u64 {
        *self
            .roots
            .last_key_value()
            .expect("a keyring is never empty")
            .0
    }

    /// The root secret of an epoch, unless it has been destroyed.
    pub fn root(&self, epoch: u64) -> Option<&Secret> {
        self.roots.get(&epoch)
    }

    /// The first root secret: what must never change with an epoch (pseudonyms, log keys) is derived from it.
    pub fn first(&self) -> &Secret {
        self.roots
            .first_key_value()
            .expect("a keyring is never empty")
            .1
    }

    /// The instance's key, with which tenants are added over HTTP.
    pub fn instance(&self) -> &str {
        &self.instance
    }
}

fn parse(origin: &str, text: &str) -> Result<BTreeMap<u64, Secret>, KeyringError> {
    let mut roots = BTreeMap::new();
    for (number, line) in text
        .lines()
        .enumerate()
        .filter(|(_, l)| !l.trim().is_empty())
    {
        let bad = || KeyringError::Form {
            origin: origin.into(),
            line: number + 1,
        };
        let (epoch, secret) = line.trim().split_once(' ').ok_or_else(bad)?;
        let epoch: u64 = epoch.parse().map_err(|_| bad())?;
        let mut root = Zeroizing::new([0; 32]);
        hex::decode_to_slice(secret, &mut root[..]).map_err(|_| bad())?;
        if epoch == 0
            || roots
                .last_key_value()
                .is_some_and(|(last, _)| *last >= epoch)
        {
            return Err(bad());
        }
        roots.insert(epoch, Secret::from_bytes(*root));
    }
    if roots.is_empty() {
        return Err(KeyringError::Form {
            origin: origin.into(),
            line: 1,
        });
    }
    Ok(roots)
}

fn instance_key(folder: &Path, chance: &dyn Chance) -> Result<Zeroizing<String>, KeyringError> {
    let path = folder.join(INSTANCE_FILE);
    match std::fs::read_to_string(&path) {
        Ok(text) => Ok(Zeroizing::new(text.trim().to_owned())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            let key = Zeroizing::new(format!("sk_instance_{}", hex::encode(random::<32>(chance))));
            write_secret(&path, &format!("{}\n", *key))?;
            Ok(key)
        }
        Err(source) => Err(KeyringError::File { path, source }),
    }
}

/// Writes a file that only its owner may read, durably, and never over another.
fn write_secret(path: &Path, text: &str) -> Result<(), KeyringError> {
    use std::os::unix::fs::OpenOptionsExt as _;
    let fail = |source| KeyringError::File {
        path: path.into(),
        source,
    };
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).map_err(fail)?;
    }
    let mut file = std::fs::OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .map_err(fail)?;
    file.write_all(text.as_bytes()).map_err(fail)?;
    file.sync_all().map_err(fail)
}
