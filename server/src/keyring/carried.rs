//! The keys in one file, to be kept apart from the data. The file says which logs they sign, so that it can be checked years
//! later without a server and without the database.
//!
//! ```text
//! samtycke-keys/1
//! root stable <64 hex digits>
//! root <epoch> <64 hex digits>
//! instance sk_instance_<64 hex digits>
//! log <tenant> <verifier key>
//! sha256 <hex of all lines before>
//! ```

use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;

use samtycke_core::id::{LogId, TenantId};
use samtycke_core::keys::{self, Label};
use samtycke_log::verifier_key;
use samtycke_tlog::note::VerifierKey;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

use super::{
    INSTANCE_FILE, Keyring, KeyringError, ROOT_FILE, Roots, is_instance_key, read, write_secret,
};
use crate::clock::Rng;

/// The first line.
const FORM: &str = "samtycke-keys/1";

/// Keys, and the logs that they sign.
pub struct CarriedKeys {
    keyring: Arc<Keyring>,
    logs: Vec<(TenantId, String)>,
}

impl std::fmt::Debug for CarriedKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CarriedKeys({} logs)", self.logs.len())
    }
}

/// Whether a key signs a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedLog {
    /// The log's tenant.
    pub tenant: TenantId,
    /// The verifier key that the file or the log names.
    pub vkey: String,
    /// Whether the root secrets give that key.
    pub fits: bool,
}

impl CarriedKeys {
    /// The keys of a keyring with the logs that they should sign: each tenant, and the verifier keys that its log names.
    pub fn of(keyring: Arc<Keyring>, logs: Vec<(TenantId, String)>) -> Self {
        Self { keyring, logs }
    }

    /// The file's text.
    pub fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(format!("{FORM}\n"));
        for line in self.keyring.roots.to_text().lines() {
            let _ = writeln!(text, "root {line}");
        }
        if let Some(instance) = self.keyring.instance() {
            let _ = writeln!(text, "instance {instance}");
        }
        for (tenant, vkey) in &self.logs {
            let _ = writeln!(text, "log {tenant} {vkey}");
        }
        let sum = hex::encode(Sha256::digest(text.as_bytes()));
        let _ = writeln!(text, "sha256 {sum}");
        text
    }

    /// Reads the file's text. Error: a line is changed, missing, or of no known form.
    pub fn read(origin: &str, text: &str) -> Result<Self, KeyringError> {
        let bad = |line: usize| KeyringError::Carried {
            origin: origin.into(),
            line,
        };
        let count = text.lines().count();
        let (body, sum) = text.trim_end().rsplit_once('\n').ok_or_else(|| bad(1))?;
        let is_whole = sum
            .strip_prefix("sha256 ")
            .is_some_and(|sum| sum == hex::encode(Sha256::digest(format!("{body}\n").as_bytes())));
        if !is_whole {
            return Err(bad(count));
        }
        let (mut roots, mut instance, mut logs) = (Zeroizing::new(String::new()), None, Vec::new());
        for (number, line) in body.lines().enumerate() {
            let number = number + 1;
            let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
            match word {
                FORM if number == 1 => {}
                "root" => {
                    let _ = writeln!(roots, "{rest}");
                }
                "instance" if instance.is_none() && is_instance_key(rest) => {
                    instance = Some(Zeroizing::new(rest.to_owned()));
                }
                "log" => {
                    let (tenant, vkey) = rest.split_once(' ').ok_or_else(|| bad(number))?;
                    let tenant = tenant.parse().map_err(|_| bad(number))?;
                    logs.push((tenant, vkey.to_owned()));
                }
                _ => return Err(bad(number)),
            }
        }
        let roots = Roots::parse(origin, &roots)?;
        let keyring = Arc::new(Keyring { roots, instance });
        Ok(Self { keyring, logs })
    }

    /// Whether these keys sign each log. It needs neither a server nor the database: the log's id is in the name of its
    /// verifier key, and the key follows from the root secret.
    pub fn check(&self) -> Vec<SignedLog> {
        let signed = |(tenant, vkey): &(TenantId, String)| SignedLog {
            tenant: tenant.clone(),
            vkey: vkey.clone(),
            fits: signs(&self.keyring, vkey),
        };
        self.logs.iter().map(signed).collect()
    }

    /// Writes the keys into a folder that has none, or has the same.
    ///
    /// # Errors
    /// The folder has other keys, which are never overwritten.
    pub fn write_into(&self, folder: &Path, rng: &dyn Rng) -> Result<(), KeyringError> {
        let roots = self.keyring.roots.to_text();
        let instance = self.keyring.instance();
        let instance = instance.map(|key| Zeroizing::new(format!("{key}\n")));
        let files = [(ROOT_FILE, Some(roots)), (INSTANCE_FILE, instance)];
        let files = files.map(|(name, text)| (folder.join(name), text));
        // Both before either: half of two sets of keys is no set.
        for (path, text) in &files {
            let Some(text) = text else { continue };
            if read(path)?.is_some_and(|known| known.trim() != text.trim()) {
                return Err(KeyringError::Other(path.clone()));
            }
        }
        for (path, text) in &files {
            if let Some(text) = text.as_ref().filter(|_| !path.exists()) {
                write_secret(path, text, rng)?;
            }
        }
        Ok(())
    }
}

/// Whether a keyring gives this verifier key.
fn signs(keyring: &Keyring, vkey: &str) -> bool {
    let Ok(key) = VerifierKey::parse(vkey) else {
        return false;
    };
    let log = key.name().rsplit('/').next().unwrap_or_default();
    let Ok(log) = log.parse::<LogId>() else {
        return false;
    };
    vkeys_of(keyring, key.name(), &log).any(|own| own == vkey)
}

/// The verifier keys that a keyring gives for the log with this origin: one for each epoch.
fn vkeys_of(keyring: &Keyring, origin: &str, log: &LogId) -> impl Iterator<Item = String> {
    keyring.roots().map(move |(epoch, root)| {
        let seed = keys::derive(root, Label::LogSigning, log.as_str(), epoch);
        verifier_key(origin, &seed)
    })
}

#[cfg(test)]
mod tests {
    use super::super::Missing;
    use super::*;
    use crate::clock::SystemRng;

    fn carried() -> CarriedKeys {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Keyring::open(folder.path(), None, Missing::MakeAll, &SystemRng).unwrap();
        let keyring = Arc::new(keyring);
        let log = LogId::from_bytes([7; 16]);
        let vkey = vkeys_of(&keyring, &format!("log.example/logs/{log}"), &log).next();
        CarriedKeys::of(keyring, vec![("mine".parse().unwrap(), vkey.unwrap())])
    }

    #[test]
    fn carried_keys_are_read_back_and_sign_their_logs() {
        let keys = carried();
        let read = CarriedKeys::read("file", &keys.to_text()).unwrap();
        assert_eq!(*read.to_text(), *keys.to_text());
        assert!(read.check().iter().all(|log| log.fits) && read.check().len() == 1);
        let other = CarriedKeys::of(carried().keyring, read.logs.clone());
        assert!(
            !other.check()[0].fits,
            "another root secret signs another log"
        );
    }

    /// Protects a copy on paper or on an old stick: each changed or lost line is noticed before it is needed.
    #[test]
    fn carried_keys_with_a_changed_line_are_refused() {
        let text = carried().to_text().to_string();
        for (i, line) in text.lines().enumerate() {
            let lost = text.replace(&format!("{line}\n"), "");
            assert!(CarriedKeys::read("file", &lost).is_err(), "line {i} lost");
            let changed = text.replacen(line, &line.replace(['a', '1', '/'], "b"), 1);
            if changed != text {
                assert!(
                    CarriedKeys::read("file", &changed).is_err(),
                    "line {i} changed"
                );
            }
        }
        assert!(CarriedKeys::read("file", "").is_err());
    }

    #[test]
    fn carried_keys_never_overwrite_others() {
        let (keys, folder) = (carried(), tempfile::tempdir().unwrap());
        keys.write_into(folder.path(), &SystemRng).unwrap();
        keys.write_into(folder.path(), &SystemRng).unwrap();
        let read = Keyring::open(folder.path(), None, Missing::Refuse, &SystemRng).unwrap();
        assert_eq!(read.stable().expose(), keys.keyring.stable().expose());
        assert_eq!(read.instance(), keys.keyring.instance());
        let before = std::fs::read_to_string(folder.path().join(ROOT_FILE)).unwrap();
        let refused = carried().write_into(folder.path(), &SystemRng).unwrap_err();
        assert!(refused.to_string().contains(ROOT_FILE), "{refused}");
        assert_eq!(
            std::fs::read_to_string(folder.path().join(ROOT_FILE)).unwrap(),
            before
        );
    }
}
