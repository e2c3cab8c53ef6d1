//! The key schedule: one root secret outside the database, and one wrapped random key per subject inside it.
//!
//! ```text
//! root (32 bytes: file, environment or KMS)
//!  +- HKDF -> KEK of a log and epoch -> wraps K_s, 32 random bytes per subject
//!  |                                     +- HKDF with the event id -> r_ctx, r_sub, body key
//!  +- HKDF -> signing seed of a log, lookup and MAC keys of a tenant
//! ```
//!
//! Deleting K_s destroys every opening of that subject and no others. Losing the root loses every opening. HKDF is RFC
//! 5869 with SHA-256 and no salt, as in WebCrypto; each function documents its `info` text.

use std::fmt;

use chacha20poly1305::{
    KeyInit, XChaCha20Poly1305,
    aead::{Aead, Payload},
};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use zeroize::Zeroize;

use crate::id::{EventId, LogId, SubjectId};

/// Length of an XChaCha20-Poly1305 nonce; bytes. At 192 bits, random nonces do not collide in practice.
pub const NONCE_BYTES: usize = 24;
/// Length of a wrapped subject key; bytes: nonce, key, tag.
pub const WRAPPED_BYTES: usize = NONCE_BYTES + 32 + 16;

/// 32 secret bytes. They are wiped on drop and never printed.
#[derive(Clone)]
pub struct Secret([u8; 32]);

impl Drop for Secret {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl Secret {
    /// Takes ownership of the bytes. They must be uniformly random or derived from such bytes.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        Self(bytes)
    }

    /// The secret bytes. The name makes each use visible in review.
    pub fn expose(&self) -> &[u8; 32] {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(withheld)")
    }
}

/// Decryption failed: another key, another owner or epoch, or changed bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("does not open under this key")]
pub struct OpenError;

/// The use of a key derived from the root. Each label gives a different key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Label {
    /// Wraps subject keys; one per log and KEK epoch.
    Kek,
    /// Ed25519 seed that signs a log's checkpoints; one per log and signing-key version.
    LogSigning,
    /// Keys the HMAC of identifiers ([`crate::pseudonym`]); one per tenant and lookup version.
    Lookup,
    /// MACs subject capabilities; one per tenant and version.
    Capability,
    /// MACs prompt tokens; one per tenant and version.
    Prompt,
    /// MACs positions and page cursors; one per tenant and version.
    Position,
    /// MACs request bodies for idempotency; one per tenant and version.
    Body,
    /// MACs the marks of erased subjects; one per tenant and version.
    ErasedMark,
    /// MACs the result of [`crate::pseudonym`] again, so that a lookup key alone finds no person in the table; one per
    /// tenant and version.
    Reference,
}

impl Label {
    fn as_str(self) -> &'static str {
        match self {
            Self::Kek => "kek",
            Self::LogSigning => "log-signing",
            Self::Lookup => "lookup",
            Self::Capability => "capability",
            Self::Prompt => "prompt",
            Self::Position => "position",
            Self::Body => "body-mac",
            Self::ErasedMark => "erased-mark",
            Self::Reference => "reference",
        }
    }
}

/// Derives a key of a log or tenant from the root secret: HKDF with info `samtycke/<label>/v1\n` | owner | epoch. The
/// epoch (or version) has eight bytes, most significant first. `owner` is a log id or tenant id.
pub fn derive(root: &Secret, label: Label, owner: &str, epoch: u64) -> Secret {
    let context = format!("samtycke/{}/v1\n", label.as_str());
    expand(
        root,
        &[context.as_bytes(), owner.as_bytes(), &epoch.to_be_bytes()],
    )
}

/// The key of one subject. Deleting every copy of it erases the subject.
#[derive(Debug, Clone)]
pub struct SubjectKey(Secret);

/// The keys of one event of a subject.
#[derive(Debug, Clone)]
pub struct EventKeys {
    /// Opens C_ctx.
    pub r_ctx: Secret,
    /// Opens C_sub.
    pub r_sub: Secret,
    body: Secret,
}

/// The place of a wrapped key. The ciphertext is bound to it, so that table rows cannot be swapped.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WrapPlace<'a> {
    /// The log's id.
    pub log: &'a LogId,
    /// The subject's id.
    pub subject: &'a SubjectId,
    /// The KEK epoch.
    pub epoch: u64,
}

impl WrapPlace<'_> {
    /// The encoding is unambiguous: log and subject ids contain no newline, and the epoch has a fixed length.
    fn associated(&self) -> Vec<u8> {
        let mut bytes = format!("samtycke/wrap/v1\n{}\n{}\n", self.log, self.subject).into_bytes();
        bytes.extend(self.epoch.to_be_bytes());
        bytes
    }
}

impl SubjectKey {
    /// Creates a new subject's key from 32 random bytes.
    pub fn from_bytes(random: [u8; 32]) -> Self {
        Self(Secret::from_bytes(random))
    }

    /// Encrypts the key under the log's KEK and returns nonce, ciphertext, tag ([`WRAPPED_BYTES`] in all). The nonce
    /// must be random and new. Associated data: `samtycke/wrap/v1\n` | log | `\n` | subject | `\n` | epoch in eight
    /// bytes.
    pub fn wrap(&self, kek: &Secret, nonce: &[u8; NONCE_BYTES], place: WrapPlace<'_>) -> Vec<u8> {
        seal(kek, nonce, &place.associated(), self.0.expose())
    }

    /// Decrypts the output of [`SubjectKey::wrap`]. Error: [`OpenError`].
    pub fn unwrap(kek: &Secret, wrapped: &[u8], place: WrapPlace<'_>) -> Result<Self, OpenError> {
        let mut bytes = open(kek, wrapped, &place.associated())?;
        let key = bytes.as_slice().try_into().map(Self::from_bytes);
        bytes.zeroize();
        key.map_err(|_| OpenError)
    }

    /// Whether it is the same key, however each was wrapped.
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.0.expose() == other.0.expose()
    }

    /// Derives the keys of one event: HKDF with info `samtycke/<x>/v1\n` | event id, where x is `r-ctx`, `r-sub` or
    /// `body-key`.
    pub fn event(&self, event: &EventId) -> EventKeys {
        let key = |context: &str| expand(&self.0, &[context.as_bytes(), event.as_str().as_bytes()]);
        EventKeys {
            r_ctx: key("samtycke/r-ctx/v1\n"),
            r_sub: key("samtycke/r-sub/v1\n"),
            body: key("samtycke/body-key/v1\n"),
        }
    }
}

impl EventKeys {
    /// Encrypts a body for the table and returns nonce, ciphertext, tag. The nonce must be random and new. Associated
    /// data: `samtycke/body/v1\n` | log | `\n` | event id.
    pub fn seal_body(
        &self,
        nonce: &[u8; NONCE_BYTES],
        log: &LogId,
        event: &EventId,
        body: &[u8],
    ) -> Vec<u8> {
        seal(&self.body, nonce, &body_associated(log, event), body)
    }

    /// Decrypts the output of [`EventKeys::seal_body`]. Error: [`OpenError`].
    pub fn open_body(
        &self,
        log: &LogId,
        event: &EventId,
        sealed: &[u8],
    ) -> Result<Vec<u8>, OpenError> {
        open(&self.body, sealed, &body_associated(log, event))
    }
}

fn body_associated(log: &LogId, event: &EventId) -> Vec<u8> {
    format!("samtycke/body/v1\n{log}\n{event}").into_bytes()
}

/// HMAC-SHA256 under a key of [`derive()`], for capabilities, tokens, cursors and marks. Every caller begins the
/// message with its own context.
pub fn mac(key: &Secret, message: &[u8]) -> [u8; 32] {
    keyed(key.expose())
        .chain_update(message)
        .finalize()
        .into_bytes()
        .into()
}

/// Compares a MAC with the result of [`mac`], in constant time.
pub fn mac_is_valid(key: &Secret, message: &[u8], claimed: &[u8]) -> bool {
    keyed(key.expose())
        .chain_update(message)
        .verify_slice(claimed)
        .is_ok()
}

/// HMAC-SHA256 under a 32-byte key: a secret or the key of a commitment.
pub(crate) fn keyed(key: &[u8; 32]) -> Hmac<Sha256> {
    <Hmac<Sha256> as hmac::KeyInit>::new_from_slice(key).expect("HMAC takes keys of any length")
}

fn expand(key: &Secret, info: &[&[u8]]) -> Secret {
    let mut derived = [0; 32];
    Hkdf::<Sha256>::new(None, key.expose())
        .expand_multi_info(info, &mut derived)
        .expect("32 bytes are below HKDF's limit of 255 * 32");
    Secret::from_bytes(derived)
}

fn seal(key: &Secret, nonce: &[u8; NONCE_BYTES], aad: &[u8], msg: &[u8]) -> Vec<u8> {
    let sealed = XChaCha20Poly1305::new(key.expose().into())
        .encrypt(nonce.into(), Payload { msg, aad })
        .expect("encryption fails only beyond 256 GB, and bodies are limited to 16 KiB");
    [nonce.as_slice(), &sealed].concat()
}

fn open(key: &Secret, sealed: &[u8], aad: &[u8]) -> Result<Vec<u8>, OpenError> {
    let (nonce, msg) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(OpenError)?;
    XChaCha20Poly1305::new(key.expose().into())
        .decrypt(nonce.into(), Payload { msg, aad })
        .map_err(|_| OpenError)
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;
    use samtycke_tlog::strict::{hex, hex_array};

    const VECTORS: &str = include_str!("../../../tests/vectors/leaf.json");

    fn secret(value: &Value) -> Secret {
        Secret::from_bytes(hex_array(value.as_str().unwrap()).unwrap())
    }

    fn ids() -> (LogId, SubjectId, EventId) {
        (
            LogId::from_bytes([1; 16]),
            SubjectId::from_bytes([2; 16]),
            EventId::from_parts(1_795_348_800_000, [3; 10]),
        )
    }

    #[test]
    fn derived_keys_are_those_of_the_vectors() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let keys = &vectors["keys"];
        let root = secret(&keys["root"]);
        for case in keys["derived"].as_array().unwrap() {
            let label = [
                Label::Kek,
                Label::LogSigning,
                Label::Lookup,
                Label::Capability,
                Label::Prompt,
                Label::Position,
                Label::Body,
                Label::ErasedMark,
            ]
            .into_iter()
            .find(|label| label.as_str() == case["label"])
            .unwrap();
            let owner = case["owner"].as_str().unwrap();
            let key = derive(&root, label, owner, case["epoch"].as_u64().unwrap());
            assert_eq!(key.expose(), secret(&case["key"]).expose(), "{label:?}");
        }
        let subject = SubjectKey(secret(&keys["subject_key"]));
        let event = EventId::parse(keys["event_id"].as_str().unwrap()).unwrap();
        let event = subject.event(&event);
        assert_eq!(event.r_ctx.expose(), secret(&keys["r_ctx"]).expose());
        assert_eq!(event.r_sub.expose(), secret(&keys["r_sub"]).expose());
        assert_eq!(event.body.expose(), secret(&keys["body_key"]).expose());
    }

    /// draft-irtf-cfrg-xchacha-03, A.3.1.
    #[test]
    fn the_cipher_is_xchacha20_poly1305() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let case = &vectors["xchacha20poly1305"];
        let bytes = |name: &str| hex(case[name].as_str().unwrap()).unwrap();
        let key = secret(&case["key"]);
        let nonce = bytes("nonce").try_into().unwrap();
        let sealed = seal(&key, &nonce, &bytes("aad"), &bytes("plaintext"));
        assert_eq!(sealed[24..], [bytes("ciphertext"), bytes("tag")].concat());
    }

    /// A row of the key table that was moved to another subject, log or epoch cannot be decrypted.
    #[test]
    fn a_wrapped_key_opens_only_in_its_place() {
        let (log, subject, _) = ids();
        let kek = Secret::from_bytes([4; 32]);
        let place = WrapPlace {
            log: &log,
            subject: &subject,
            epoch: 7,
        };
        let key = SubjectKey::from_bytes([5; 32]);
        let wrapped = key.wrap(&kek, &[6; NONCE_BYTES], place);
        assert_eq!(wrapped.len(), WRAPPED_BYTES);
        let opened = SubjectKey::unwrap(&kek, &wrapped, place).unwrap();
        assert_eq!(opened.0.expose(), &[5; 32]);

        let other_log = LogId::from_bytes([9; 16]);
        let other_subject = SubjectId::from_bytes([9; 16]);
        for elsewhere in [
            WrapPlace {
                log: &other_log,
                ..place
            },
            WrapPlace {
                subject: &other_subject,
                ..place
            },
            WrapPlace { epoch: 8, ..place },
        ] {
            assert!(SubjectKey::unwrap(&kek, &wrapped, elsewhere).is_err());
        }
        assert!(SubjectKey::unwrap(&Secret::from_bytes([0; 32]), &wrapped, place).is_err());
        for at in 0..wrapped.len() {
            let mut changed = wrapped.clone();
            changed[at] ^= 1;
            assert!(SubjectKey::unwrap(&kek, &changed, place).is_err());
        }
        assert!(SubjectKey::unwrap(&kek, &wrapped[..20], place).is_err());
    }

    #[test]
    fn a_body_opens_only_for_its_event_and_log() {
        let (log, _, event) = ids();
        let keys = SubjectKey::from_bytes([5; 32]).event(&event);
        let sealed = keys.seal_body(&[6; NONCE_BYTES], &log, &event, b"{}");
        assert_eq!(keys.open_body(&log, &event, &sealed).unwrap(), b"{}");
        let other_event = EventId::from_parts(1_795_348_800_000, [4; 10]);
        let other_log = LogId::from_bytes([9; 16]);
        assert!(keys.open_body(&log, &other_event, &sealed).is_err());
        assert!(keys.open_body(&other_log, &event, &sealed).is_err());
        let other_keys = SubjectKey::from_bytes([5; 32]).event(&other_event);
        assert!(other_keys.open_body(&log, &event, &sealed).is_err());
    }

    #[test]
    fn secrets_are_not_printed_and_macs_are_bound() {
        let key = Secret::from_bytes([0xab; 32]);
        assert!(!format!("{key:?} {:?}", SubjectKey(key.clone())).contains("171"));
        let tag = mac(&key, b"a");
        assert!(mac_is_valid(&key, b"a", &tag));
        assert!(!mac_is_valid(&key, b"b", &tag));
        assert!(!mac_is_valid(&key, b"a", &tag[..31]));
    }
}
