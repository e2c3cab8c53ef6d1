//! The root secrets, and their file: one line for each.
//!
//! ```text
//! stable <64 hex digits>
//! 1 <64 hex digits>
//! 2 <64 hex digits> unused
//! ```
//!
//! What must never change is derived from the stable secret: references of pseudonyms, capabilities, positions, marks. What
//! is replaced now and then is derived from an epoch's: the keys that wrap subjects' keys, and those that sign logs. So an
//! epoch can be destroyed, and with it what only it opens, while everything else stays. A file without a stable line has its
//! lowest epoch in that place, and that epoch stays for ever.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use samtycke_core::keys::Secret;
use zeroize::Zeroizing;

use super::KeyringError;
use crate::clock::{Rng, random};

/// The word of the line with the stable secret.
const STABLE: &str = "stable";
/// The word after an epoch that no server uses yet.
const UNUSED: &str = "unused";

/// The root secrets by epoch, and the stable one.
#[derive(Clone)]
pub(super) struct Roots {
    stable: Option<Secret>,
    epochs: BTreeMap<u64, Epoch>,
}

#[derive(Clone)]
struct Epoch {
    secret: Secret,
    is_unused: bool,
}

/// Why a change of the root secrets is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EpochRefused {
    /// There is no such epoch.
    #[error("there is no such epoch")]
    Unknown,
    /// The epoch wraps new keys.
    #[error("it is the newest epoch in use; add another one first: samtycke keys epoch")]
    Newest,
    /// What never changes is derived from it.
    #[error(
        "root.key has no line `stable`, so what must never change is derived from its lowest epoch, which stays"
    )]
    Stable,
    /// An epoch waits to be used.
    #[error(
        "an epoch waits to be used already; give root.key to every server, then: samtycke keys use EPOCH"
    )]
    Waiting,
}

impl Roots {
    /// New secrets: a stable one, and epoch 1.
    pub(super) fn fresh(rng: &dyn Rng) -> Self {
        let stable = Some(Secret::from_bytes(random(rng)));
        let epochs = BTreeMap::from([(1, Epoch::new(rng, false))]);
        Self { stable, epochs }
    }

    /// Reads the file's text. `origin`: its name, for errors.
    pub(super) fn parse(origin: &str, text: &str) -> Result<Self, KeyringError> {
        let (mut stable, mut epochs) = (None, BTreeMap::<u64, Epoch>::new());
        let lines = text.lines().enumerate();
        for (number, line) in lines.filter(|(_, line)| !line.trim().is_empty()) {
            let bad = || KeyringError::Form {
                origin: origin.into(),
                line: number + 1,
            };
            let words: Vec<&str> = line.trim().split(' ').collect();
            let (name, digits, is_unused) = match words.as_slice() {
                [name, digits] => (*name, *digits, false),
                [name, digits, UNUSED] if *name != STABLE => (*name, *digits, true),
                _ => return Err(bad()),
            };
            let secret = secret(digits).ok_or_else(bad)?;
            if name == STABLE {
                if stable.is_some() || !epochs.is_empty() {
                    return Err(bad());
                }
                stable = Some(secret);
                continue;
            }
            let epoch: u64 = name.parse().map_err(|_| bad())?;
            let is_next = epochs.last_key_value().is_none_or(|(last, before)| {
                // What is used after what is not would be wrapped under by servers that were not asked to.
                *last < epoch && (is_unused || !before.is_unused)
            });
            if epoch == 0 || !is_next {
                return Err(bad());
            }
            epochs.insert(epoch, Epoch { secret, is_unused });
        }
        if epochs.values().all(|epoch| epoch.is_unused) {
            return Err(KeyringError::Empty(origin.into()));
        }
        Ok(Self { stable, epochs })
    }

    /// The file's text.
    pub(super) fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::new());
        if let Some(stable) = &self.stable {
            let digits = Zeroizing::new(hex::encode(stable.expose()));
            let _ = writeln!(text, "{STABLE} {}", *digits);
        }
        for (epoch, root) in &self.epochs {
            let digits = Zeroizing::new(hex::encode(root.secret.expose()));
            let unused = if root.is_unused { " unused" } else { "" };
            let _ = writeln!(text, "{epoch} {}{unused}", *digits);
        }
        text
    }

    /// The secret of what never changes.
    pub(super) fn stable(&self) -> &Secret {
        let lowest = self.epochs.first_key_value();
        let lowest = || &lowest.expect("there is an epoch").1.secret;
        self.stable.as_ref().unwrap_or_else(lowest)
    }

    /// The newest epoch in use.
    pub(super) fn newest(&self) -> u64 {
        let mut used = self.epochs.iter().rev().filter(|(_, root)| !root.is_unused);
        *used.next().expect("an epoch is in use").0
    }

    /// An epoch's secret, whether it is in use or not.
    pub(super) fn root(&self, epoch: u64) -> Option<&Secret> {
        self.epochs.get(&epoch).map(|root| &root.secret)
    }

    /// The secrets of all epochs, oldest first.
    pub(super) fn all(&self) -> impl DoubleEndedIterator<Item = (u64, &Secret)> {
        self.epochs
            .iter()
            .map(|(epoch, root)| (*epoch, &root.secret))
    }

    /// Adds an epoch, and returns its number.
    pub(super) fn add(&mut self, is_unused: bool, rng: &dyn Rng) -> Result<u64, EpochRefused> {
        if self.epochs.values().any(|epoch| epoch.is_unused) {
            return Err(EpochRefused::Waiting);
        }
        let next = self.newest() + 1;
        self.epochs.insert(next, Epoch::new(rng, is_unused));
        Ok(next)
    }

    /// Puts an epoch into use.
    pub(super) fn put_into_use(&mut self, epoch: u64) -> Result<(), EpochRefused> {
        let root = self.epochs.get_mut(&epoch).ok_or(EpochRefused::Unknown)?;
        root.is_unused = false;
        Ok(())
    }

    /// Whether an epoch may be destroyed, as far as the secrets themselves say.
    pub(super) fn may_destroy(&self, epoch: u64) -> Result<(), EpochRefused> {
        let lowest = self.epochs.first_key_value().map(|(lowest, _)| *lowest);
        match self.epochs.get(&epoch) {
            None => Err(EpochRefused::Unknown),
            Some(_) if epoch == self.newest() => Err(EpochRefused::Newest),
            Some(_) if self.stable.is_none() && lowest == Some(epoch) => Err(EpochRefused::Stable),
            Some(_) => Ok(()),
        }
    }

    /// Destroys an epoch.
    pub(super) fn destroy(&mut self, epoch: u64) -> Result<(), EpochRefused> {
        self.may_destroy(epoch)?;
        self.epochs.remove(&epoch);
        Ok(())
    }
}

impl Epoch {
    fn new(rng: &dyn Rng, is_unused: bool) -> Self {
        let secret = Secret::from_bytes(random(rng));
        Self { secret, is_unused }
    }
}

fn secret(digits: &str) -> Option<Secret> {
    let mut bytes = Zeroizing::new([0; 32]);
    hex::decode_to_slice(digits, &mut bytes[..]).ok()?;
    let is_lower = !digits.bytes().any(|byte| byte.is_ascii_uppercase());
    is_lower.then(|| Secret::from_bytes(*bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::SystemRng;

    fn read(text: &str) -> Result<Roots, KeyringError> {
        Roots::parse("root.key", text)
    }

    fn digits(byte: &str) -> String {
        byte.repeat(32)
    }

    /// Protects what was recorded: the secrets of a file are read back as they were written, at each step of an epoch's life.
    #[test]
    fn an_epoch_lives_from_its_first_line_to_its_last() {
        let mut roots = Roots::fresh(&SystemRng);
        let stable = *roots.stable().expose();
        let again = |roots: &Roots| read(&roots.to_text()).unwrap();
        assert_eq!((roots.newest(), again(&roots).newest()), (1, 1));
        assert_eq!(roots.add(true, &SystemRng), Ok(2));
        assert_eq!(again(&roots).newest(), 1, "no server uses it yet");
        assert!(
            again(&roots).root(2).is_some(),
            "but each can open what others wrap under it"
        );
        assert_eq!(roots.add(true, &SystemRng), Err(EpochRefused::Waiting));
        assert_eq!(roots.put_into_use(3), Err(EpochRefused::Unknown));
        roots.put_into_use(2).unwrap();
        assert_eq!(again(&roots).newest(), 2);
        assert_eq!(roots.destroy(2), Err(EpochRefused::Newest));
        roots.destroy(1).unwrap();
        let last = again(&roots);
        assert_eq!((last.newest(), last.root(1).is_none()), (2, true));
        assert_eq!(last.stable().expose(), &stable, "it never changes");
        assert!(last.all().all(|(_, root)| root.expose() != &stable));
    }

    #[test]
    fn the_lowest_epoch_is_the_stable_secret_of_a_file_without_one() {
        let text = format!("1 {}\n2 {}\n", digits("0a"), digits("0b"));
        let mut roots = read(&text).unwrap();
        assert_eq!(roots.stable().expose(), &[0x0a; 32]);
        assert_eq!(roots.destroy(1), Err(EpochRefused::Stable));
        assert_eq!(*roots.to_text(), text);
    }

    /// Protects from a file that was put together by hand: a line in the wrong place is refused, and no secret is printed.
    #[test]
    fn a_line_in_the_wrong_place_is_refused() {
        let (a, b) = (digits("5a"), digits("6b"));
        for text in [
            format!("1 {a}\nstable {b}\n"),
            format!("stable {a}\nstable {b}\n1 {a}\n"),
            format!("stable {a} unused\n1 {b}\n"),
            format!("1 {a} unused\n2 {b}\n"),
            format!("1 {a}\n1 {b}\n"),
            format!("2 {a}\n1 {b}\n"),
            format!("0 {a}\n"),
            format!("1 {a} later\n"),
            format!("1  {a}\n"),
            format!("1 {}\n", a.to_uppercase()),
            format!("stable {a}\n"),
            format!("1 {a} unused\n"),
            String::new(),
        ] {
            let error = read(&text)
                .err()
                .unwrap_or_else(|| panic!("{text}"))
                .to_string();
            assert!(
                !error.contains(&a[..8]) && !error.contains(&b[..8]),
                "{error}"
            );
        }
    }
}
