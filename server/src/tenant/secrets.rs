//! The keys derived for one tenant.

use std::sync::Arc;

use samtycke_core::decision::SignalSource;
use samtycke_core::id::{LogId, SubjectId};
use samtycke_core::keys::{self, Label, Secret, SubjectKey, WrapPlace};
use samtycke_tlog::note::{KeyKind, NoteSigner, VerifierKey};

use crate::keyring::Keyring;
use crate::store::{StoreError, Stored};

/// Keys derived for one tenant, one for each use, so that a message made for one use is invalid for another.
#[derive(Debug)]
pub struct Secrets {
    keyring: Arc<Keyring>,
    /// The tenant's first log, whose name is in everything that must not change when a log is succeeded.
    first_log: LogId,
    log: LogId,
    /// Key for MACs of bodies.
    pub body: Secret,
    /// Key for position tokens.
    pub position: Secret,
    /// Key for capabilities.
    pub capability: Secret,
    /// Key for prompt tokens.
    pub prompt: Secret,
    /// Key for the references behind pseudonyms.
    pub reference: Secret,
    /// Lookup key, shared with the SDK, which makes pseudonyms with it.
    pub lookup: Secret,
    erased: Secret,
}

impl Secrets {
    /// Derives the keys of a tenant that has had one log.
    pub fn derive(keyring: Arc<Keyring>, log: LogId) -> Self {
        Self::of_successor(keyring, log.clone(), log)
    }

    /// Derives a tenant's keys. Only the signing key is `log`'s own: all others stay those of the tenant's first log, so that
    /// people, capabilities and tokens of before a succession are known after it.
    pub fn of_successor(keyring: Arc<Keyring>, first_log: LogId, log: LogId) -> Self {
        let one = |label| keys::derive(keyring.stable(), label, first_log.as_str(), 1);
        Self {
            body: one(Label::Body),
            position: one(Label::Position),
            capability: one(Label::Capability),
            prompt: one(Label::Prompt),
            reference: one(Label::Reference),
            lookup: one(Label::Lookup),
            erased: one(Label::ErasedMark),
            keyring,
            first_log,
            log,
        }
    }

    /// The signers that the keyring gives for the log with this origin: one for each epoch, oldest first.
    fn signers(&self, origin: &str) -> impl DoubleEndedIterator<Item = (Secret, NoteSigner)> {
        self.keyring.roots().map(move |(epoch, root)| {
            let seed = keys::derive(root, Label::LogSigning, self.log.as_str(), epoch);
            let signer = NoteSigner::from_seed(origin, KeyKind::Ed25519, seed.expose())
                .expect("an origin is a valid key name, and a derived seed a valid key");
            (seed, signer)
        })
    }

    /// The signer of the newest epoch in use: what a new log, or a log whose key is replaced, is signed with.
    pub fn newest_signer(&self, origin: &str) -> NoteSigner {
        let newest = self.keyring.epoch();
        let signers = self.keyring.roots().zip(self.signers(origin));
        let mut of_newest = signers.filter(|((epoch, _), _)| *epoch == newest);
        of_newest.next().expect("the newest epoch has a root").1.1
    }

    /// The signer with this verifier key, and its seed; `None` if no epoch of the keyring gives it.
    pub fn signer_of(&self, vkey: &str) -> Option<(Secret, NoteSigner)> {
        let (origin, _) = vkey.split_once('+')?;
        VerifierKey::parse(vkey).ok()?;
        let mut signers = self.signers(origin).rev();
        signers.find(|(_, signer)| signer.verifier().to_string() == vkey)
    }

    /// The epoch that gives this verifier key; `None` if none of the keyring does.
    pub fn signer_epoch(&self, vkey: &str) -> Option<u64> {
        let (origin, _) = vkey.split_once('+')?;
        VerifierKey::parse(vkey).ok()?;
        let mut signers = self.keyring.roots().zip(self.signers(origin));
        let found = signers.find(|(_, (_, signer))| signer.verifier().to_string() == vkey);
        found.map(|((epoch, _), _)| epoch)
    }

    /// Every verifier key that the keyring gives for the log with this origin, oldest first.
    pub fn own_keys(&self, origin: &str) -> Vec<VerifierKey> {
        let key = |(_, signer): (Secret, NoteSigner)| signer.verifier().clone();
        self.signers(origin).map(key).collect()
    }

    /// Wraps a subject's key under the newest epoch; returns the epoch and the wrapped key.
    pub fn wrap(&self, subject: &SubjectId, key: &SubjectKey, nonce: &[u8; 24]) -> (u64, Vec<u8>) {
        let epoch = self.keyring.epoch();
        let kek = self.kek(epoch).expect("the newest epoch has a root");
        (
            epoch,
            key.wrap(
                &kek,
                nonce,
                WrapPlace {
                    log: &self.first_log,
                    subject,
                    epoch,
                },
            ),
        )
    }

    /// Unwraps a subject's key. Error: the epoch's root secret is missing, or the key does not authenticate.
    pub fn unwrap(&self, subject: &SubjectId, epoch: u64, wrapped: &[u8]) -> Stored<SubjectKey> {
        let bad = || StoreError::Contradiction("a subject's key cannot be unwrapped".into());
        let kek = self.kek(epoch).ok_or_else(|| {
            StoreError::Contradiction(format!(
                "a subject's key is wrapped under epoch {epoch} of root.key, which this server lacks"
            ))
        })?;
        SubjectKey::unwrap(
            &kek,
            wrapped,
            WrapPlace {
                log: &self.first_log,
                subject,
                epoch,
            },
        )
        .map_err(|_| bad())
    }

    fn kek(&self, epoch: u64) -> Option<Secret> {
        let root = self.keyring.root(epoch)?;
        Some(keys::derive(
            root,
            Label::Kek,
            self.first_log.as_str(),
            epoch,
        ))
    }

    /// The mark of an erased subject.
    pub fn erased_mark(&self, subject: &SubjectId) -> [u8; 32] {
        keys::mac(
            &self.erased,
            format!("samtycke/erased/v1\n{subject}").as_bytes(),
        )
    }

    /// The mark of a subject's refusals while it has no stream.
    pub fn refusal_mark(&self, subject: &SubjectId) -> [u8; 32] {
        keys::mac(
            &self.erased,
            format!("samtycke/refusal/v1\n{subject}").as_bytes(),
        )
    }

    /// The browser behind a subject that it has made itself, as the source of its signals (rule E7): two browsers whose
    /// subjects are linked to one account are still told apart.
    pub fn signal_source(&self, subject: &SubjectId) -> SignalSource {
        let message = format!("samtycke/signal-source/v1\n{subject}");
        let mac = keys::mac(&self.erased, message.as_bytes());
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&mac[..16]);
        SignalSource::from_bytes(bytes)
    }

    /// The reference of an identifier that was pseudonymised with the lookup key.
    pub fn reference_of(&self, identifier_hmac: &[u8; 32]) -> [u8; 32] {
        let mut message = b"samtycke/reference/v1\n".to_vec();
        message.extend_from_slice(identifier_hmac);
        keys::mac(&self.reference, &message)
    }

    /// The MAC of a canonical body.
    pub fn body_mac(&self, body: &[u8]) -> [u8; 32] {
        let mut message = b"samtycke/body-identity/v1\n".to_vec();
        message.extend_from_slice(body);
        keys::mac(&self.body, &message)
    }
}
