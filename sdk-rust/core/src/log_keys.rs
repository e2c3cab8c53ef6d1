//! The keys that sign a log, as its public leaves say: the one that opened it, and those that were added and retired since.
//!
//! A key signs every tree that holds the leaf which adds it and not the leaf which retires it. So everybody who reads the
//! log knows which signatures a checkpoint of each size must have.

use crate::public_leaf::PublicBody;

/// A key that signs, or has signed, a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogKey {
    /// The verifier key, in the form of a C2SP policy.
    pub vkey: String,
    /// Index of the leaf that added it.
    pub added: u64,
    /// Index of the leaf that retired it, if it is.
    pub retired: Option<u64>,
}

/// The keys of one log, oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LogKeys(Vec<LogKey>);

impl LogKey {
    /// Whether it signs a tree of `size` leaves.
    pub fn signs(&self, size: u64) -> bool {
        self.added < size && self.retired.is_none_or(|retired| size <= retired)
    }
}

impl LogKeys {
    /// Takes note of the public leaf at `index`. The leaves come in their order; those of other kinds change nothing.
    pub fn note(&mut self, index: u64, body: &PublicBody) {
        let added = match body {
            PublicBody::SignerAdded(added) => Some(&added.vkey),
            PublicBody::LogOpened(opened) => Some(&opened.vkey),
            PublicBody::LogSucceeded(succeeded) => Some(&succeeded.vkey),
            PublicBody::SignerRetired(retired) => {
                let mut live = self.0.iter_mut().filter(|key| key.retired.is_none());
                if let Some(key) = live.find(|key| key.vkey == retired.vkey) {
                    key.retired = Some(index);
                }
                None
            }
            _ => None,
        };
        let Some(vkey) = added else { return };
        if self.live().all(|key| key.vkey != *vkey) {
            self.0.push(LogKey {
                vkey: vkey.clone(),
                added: index,
                retired: None,
            });
        }
    }

    /// Whether a public leaf adds or retires a key.
    pub fn concern(body: &PublicBody) -> bool {
        let mut keys = Self::default();
        keys.note(0, body);
        !keys.0.is_empty() || matches!(body, PublicBody::SignerRetired(_))
    }

    /// Every key that the log ever had, oldest first.
    pub fn all(&self) -> &[LogKey] {
        &self.0
    }

    /// The keys that sign a tree of `size` leaves, oldest first.
    pub fn of_size(&self, size: u64) -> impl Iterator<Item = &LogKey> {
        self.0.iter().filter(move |key| key.signs(size))
    }

    /// The keys that sign now, oldest first.
    pub fn live(&self) -> impl Iterator<Item = &LogKey> {
        self.0.iter().filter(|key| key.retired.is_none())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::public_leaf::{LogOpened, SignerAdded, SignerRetired};

    fn added(vkey: &str) -> PublicBody {
        SignerAdded { vkey: vkey.into() }.into()
    }

    fn retired(vkey: &str) -> PublicBody {
        SignerRetired { vkey: vkey.into() }.into()
    }

    fn opened(vkey: &str) -> PublicBody {
        let origin = "log.example/logs/a".to_owned();
        let vkey = vkey.to_owned();
        LogOpened { origin, vkey }.into()
    }

    fn signers(keys: &LogKeys, size: u64) -> Vec<&str> {
        keys.of_size(size).map(|key| key.vkey.as_str()).collect()
    }

    /// Protects an auditor with the old policy and one with the new: between the two leaves both keys sign.
    #[test]
    fn two_keys_sign_from_one_leaf_to_the_other() {
        let mut keys = LogKeys::default();
        keys.note(0, &opened("old"));
        keys.note(5, &added("new"));
        keys.note(9, &retired("old"));
        assert_eq!(signers(&keys, 0), Vec::<&str>::new());
        assert_eq!(signers(&keys, 1), ["old"]);
        assert_eq!(
            signers(&keys, 5),
            ["old"],
            "the leaf at 5 is not in a tree of 5"
        );
        assert_eq!(signers(&keys, 6), ["old", "new"]);
        assert_eq!(signers(&keys, 9), ["old", "new"]);
        assert_eq!(signers(&keys, 10), ["new"]);
        let live: Vec<&LogKey> = keys.live().collect();
        assert_eq!(live, [&keys.all()[1]]);
    }

    #[test]
    fn a_key_that_came_back_counts_from_its_newest_leaf() {
        let mut keys = LogKeys::default();
        keys.note(0, &opened("a"));
        keys.note(1, &added("b"));
        keys.note(2, &retired("a"));
        keys.note(3, &added("a"));
        keys.note(4, &retired("b"));
        assert_eq!(signers(&keys, 3), ["b"]);
        assert_eq!(signers(&keys, 9), ["a"]);
        keys.note(5, &retired("unknown"));
        assert_eq!(keys.all().len(), 3);
    }

    proptest! {
        /// Protects every checkpoint: what signs a tree does not depend on leaves that came later.
        #[test]
        fn a_tree_is_signed_by_what_it_holds(changes in prop::collection::vec((0..3_u8, any::<bool>()), 0..12)) {
            let mut keys = LogKeys::default();
            keys.note(0, &opened("k0"));
            let mut seen = vec![signers(&keys, 1).join(" ")];
            for (index, (key, adds)) in (1..).zip(&changes) {
                let name = format!("k{key}");
                let body = if *adds { added(&name) } else { retired(&name) };
                keys.note(index, &body);
                seen.push(signers(&keys, index + 1).join(" "));
            }
            for (size, then) in (1..).zip(&seen) {
                prop_assert_eq!(&signers(&keys, size).join(" "), then);
            }
        }
    }
}
