//! C2SP signed-note: a text, and lines with its signatures. Source: <https://c2sp.org/signed-note>.
//!
//! Two kinds of keys are known: Ed25519 note keys (`0x01`), which logs sign with, and Ed25519 cosignature keys (`0x04`,
//! see [`crate::cosignature`]), which witnesses sign with. Signatures verify by RFC 8032's cofactorless equation, the
//! set that ring and WebCrypto accept, less signatures whose first half has small order. Public keys of small order, or in
//! a second spelling, are refused where they are read.

use std::{borrow::Cow, fmt};

use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey};
use sha2::{Digest, Sha256};

use crate::{cosignature, strict};

/// The longest note that is read; bytes. Sixteen lines of ML-DSA cosignatures at 3.5 KB come to 56 KB.
pub const NOTE_BYTES_MAX: usize = 128 * 1024;
/// The most signature lines that are read; the specification asks for at least 16.
pub const SIGNATURES_MAX: usize = 32;
/// The start of a signature line: an em dash and a space.
const LINE_START: &str = "\u{2014} ";

/// Why a note, a key or a signature is rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// The text is not a note of this format, or is too long.
    #[error("not a signed note")]
    Format,
    /// A key name is empty, or has a space, a plus sign or a control character in it.
    #[error("not a key name")]
    KeyName,
    /// The text is not a verifier key `<name>+<key id>+<base64>`, or its id is not that of its name and key.
    #[error("not a verifier key")]
    VerifierKey,
    /// The public key has small order: one signature would verify for many messages.
    #[error("a weak public key")]
    WeakKey,
    /// A signature by a known key does not verify.
    #[error("a signature by a known key does not verify")]
    BadSignature,
    /// No known key has signed.
    #[error("no known key has signed")]
    NoKnownSignature,
}

/// What a key signs: the signature type of signed-note.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum KeyKind {
    /// `0x01`: Ed25519 over the note's text.
    Ed25519,
    /// `0x04`: timestamped Ed25519 cosignature over a checkpoint.
    CosignatureV1,
}

impl KeyKind {
    fn byte(self) -> u8 {
        match self {
            Self::Ed25519 => 0x01,
            Self::CosignatureV1 => 0x04,
        }
    }
}

/// A public key and its name.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct VerifierKey {
    name: Box<str>,
    kind: KeyKind,
    key: VerifyingKey,
    id: [u8; 4],
}

impl VerifierKey {
    /// A key from its parts. Errors: [`NoteError::KeyName`], [`NoteError::VerifierKey`] when the bytes are no point,
    /// [`NoteError::WeakKey`].
    pub fn new(name: &str, kind: KeyKind, public: &[u8; 32]) -> Result<Self, NoteError> {
        check_name(name)?;
        Ok(Self {
            name: name.into(),
            kind,
            key: read_public(public)?,
            id: key_id(name, kind, public),
        })
    }

    /// Reads `<name>+<key id in hex>+<base64(kind | public key)>`, the form in policy files. Errors as for
    /// [`VerifierKey::new`].
    pub fn parse(text: &str) -> Result<Self, NoteError> {
        let mut parts = text.splitn(3, '+');
        let mut next = || parts.next().ok_or(NoteError::VerifierKey);
        let (name, id, encoded) = (next()?, next()?, next()?);
        let bytes = strict::base64(encoded).ok_or(NoteError::VerifierKey)?;
        let (kind, public) = match bytes.split_first() {
            Some((0x01, public)) => (KeyKind::Ed25519, public),
            Some((0x04, public)) => (KeyKind::CosignatureV1, public),
            _ => return Err(NoteError::VerifierKey),
        };
        let public = public.try_into().map_err(|_| NoteError::VerifierKey)?;
        let key = Self::new(name, kind, public)?;
        if strict::hex_array(id) == Some(key.id) {
            Ok(key)
        } else {
            Err(NoteError::VerifierKey)
        }
    }

    /// The key's name: a log's origin, or a witness's name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first four bytes of SHA-256(name | newline | kind | public key).
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The kind of text that it signs.
    pub fn kind(&self) -> KeyKind {
        self.kind
    }

    /// The public key (RFC 8032).
    pub fn public(&self) -> [u8; 32] {
        self.key.to_bytes()
    }

    /// Whether a signature line names this key.
    pub fn claims(&self, line: &NoteSignature) -> bool {
        *self.name == *line.name && self.id == line.id
    }

    /// Verifies a signature over a note's text, whatever name its line bears. Error: [`NoteError::BadSignature`].
    pub fn verify(&self, text: &str, signature: &[u8]) -> Result<(), NoteError> {
        let (message, signature): (Cow<'_, [u8]>, _) = match self.kind {
            KeyKind::Ed25519 => (text.as_bytes().into(), signature),
            KeyKind::CosignatureV1 => {
                let (time, signature) =
                    cosignature::split(signature).ok_or(NoteError::BadSignature)?;
                (cosignature::message(time, text).into(), signature)
            }
        };
        verify(&self.key, &message, signature)
    }

    /// Verifies a signature of [`NoteSigner::sign_apart`]. Errors: [`NoteError::Format`] for a message that it would
    /// not sign, [`NoteError::BadSignature`].
    pub fn verify_apart(
        &self,
        context: &str,
        message: &str,
        signature: &[u8],
    ) -> Result<(), NoteError> {
        let bytes = apart(self.kind, context, message)?;
        verify(&self.key, &bytes, signature)
    }
}

/// `<name>+<key id in hex>+<base64(kind | public key)>`.
impl fmt::Display for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = vec![self.kind.byte()];
        bytes.extend(self.key.as_bytes());
        let encoded = strict::to_base64(&bytes);
        write!(f, "{}+{}+{encoded}", self.name, hex::encode(self.id))
    }
}

impl fmt::Debug for VerifierKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VerifierKey({self})")
    }
}

/// A private key and its name. The bytes are wiped when it is dropped.
pub struct NoteSigner {
    public: VerifierKey,
    secret: SigningKey,
}

impl NoteSigner {
    /// A signer from the 32-byte seed of RFC 8032. Error: [`NoteError::KeyName`].
    pub fn from_seed(name: &str, kind: KeyKind, seed: &[u8; 32]) -> Result<Self, NoteError> {
        let secret = SigningKey::from_bytes(seed);
        let public = VerifierKey::new(name, kind, secret.verifying_key().as_bytes())?;
        Ok(Self { public, secret })
    }

    /// The public half, for policy files.
    pub fn verifier(&self) -> &VerifierKey {
        &self.public
    }

    /// Signs a note's text with an [`KeyKind::Ed25519`] key. Error: [`NoteError::Format`] when the text is not one
    /// that a note can have, or the key signs cosignatures.
    pub fn sign(&self, text: &str) -> Result<NoteSignature, NoteError> {
        if self.public.kind != KeyKind::Ed25519 || !is_text(text) {
            return Err(NoteError::Format);
        }
        Ok(self.line(self.secret.sign(text.as_bytes()).to_vec()))
    }

    /// Signs a message that is not a note, with an [`KeyKind::Ed25519`] key. The signed bytes are the context, which
    /// ends with a newline and names the kind of message, and then the message. Every note ends with a newline and no
    /// such message does, so neither can pass for the other. Error: [`NoteError::Format`].
    pub fn sign_apart(&self, context: &str, message: &str) -> Result<[u8; 64], NoteError> {
        let bytes = apart(self.public.kind, context, message)?;
        Ok(self.secret.sign(&bytes).to_bytes())
    }

    /// Cosigns a checkpoint's text at a time (seconds since 1970) with a [`KeyKind::CosignatureV1`] key. Error:
    /// [`NoteError::Format`] as for [`NoteSigner::sign`], and beyond 2^63 - 1 seconds.
    pub fn cosign(&self, text: &str, unix_seconds: u64) -> Result<NoteSignature, NoteError> {
        let in_range = i64::try_from(unix_seconds).is_ok();
        if self.public.kind != KeyKind::CosignatureV1 || !is_text(text) || !in_range {
            return Err(NoteError::Format);
        }
        let signature = self.secret.sign(&cosignature::message(unix_seconds, text));
        let mut bytes = unix_seconds.to_be_bytes().to_vec();
        bytes.extend(signature.to_bytes());
        Ok(self.line(bytes))
    }

    fn line(&self, signature: Vec<u8>) -> NoteSignature {
        NoteSignature {
            name: self.public.name.clone(),
            id: self.public.id,
            signature,
        }
    }
}

impl fmt::Debug for NoteSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "NoteSigner({}, secret withheld)", self.public)
    }
}

/// A signature line: a name, a key id, and the bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    name: Box<str>,
    id: [u8; 4],
    signature: Vec<u8>,
}

impl NoteSignature {
    /// The name on the line.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The key id on the line.
    pub fn id(&self) -> [u8; 4] {
        self.id
    }

    /// The signature's bytes, after the key id.
    pub fn signature(&self) -> &[u8] {
        &self.signature
    }

    /// Reads one line without its newline. Error: [`NoteError::Format`].
    pub fn parse(line: &str) -> Result<Self, NoteError> {
        let rest = line.strip_prefix(LINE_START).ok_or(NoteError::Format)?;
        let (name, encoded) = rest.split_once(' ').ok_or(NoteError::Format)?;
        check_name(name).map_err(|_| NoteError::Format)?;
        let bytes = strict::base64(encoded).ok_or(NoteError::Format)?;
        let (id, signature) = bytes.split_first_chunk::<4>().ok_or(NoteError::Format)?;
        if signature.is_empty() {
            return Err(NoteError::Format);
        }
        Ok(Self {
            name: name.into(),
            id: *id,
            signature: signature.to_vec(),
        })
    }
}

/// The line, without its newline.
impl fmt::Display for NoteSignature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let bytes = [self.id.as_slice(), &self.signature].concat();
        let encoded = strict::to_base64(&bytes);
        write!(f, "{LINE_START}{} {encoded}", self.name)
    }
}

/// A text and its signature lines, parsed but not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    text: Box<str>,
    signatures: Vec<NoteSignature>,
}

impl Note {
    /// A note from its parts. Error: [`NoteError::Format`] for a text that a note cannot have, and for no signatures or
    /// more than [`SIGNATURES_MAX`].
    pub fn new(text: &str, signatures: Vec<NoteSignature>) -> Result<Self, NoteError> {
        if !is_text(text) || !(1..=SIGNATURES_MAX).contains(&signatures.len()) {
            return Err(NoteError::Format);
        }
        Ok(Self {
            text: text.into(),
            signatures,
        })
    }

    /// Reads a note. Error: [`NoteError::Format`].
    pub fn parse(note: &str) -> Result<Self, NoteError> {
        if note.len() > NOTE_BYTES_MAX {
            return Err(NoteError::Format);
        }
        let (text, lines) = note.rsplit_once("\n\n").ok_or(NoteError::Format)?;
        let lines = lines.strip_suffix('\n').ok_or(NoteError::Format)?;
        let signatures = lines
            .split('\n')
            .take(SIGNATURES_MAX + 1)
            .map(NoteSignature::parse)
            .collect::<Result<_, _>>()?;
        Self::new(&format!("{text}\n"), signatures)
    }

    /// The signed text with its last newline. Trust it only after [`Note::verify`].
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The signature lines in their order.
    pub fn signatures(&self) -> &[NoteSignature] {
        &self.signatures
    }

    /// The known keys that have signed, each once. Lines by other keys are ignored, even under a known name or id.
    /// Errors: [`NoteError::BadSignature`] when a known key's line does not verify, [`NoteError::NoKnownSignature`].
    pub fn verify<'k>(&self, known: &'k [VerifierKey]) -> Result<Vec<&'k VerifierKey>, NoteError> {
        let mut signed: Vec<&VerifierKey> = Vec::new();
        for line in &self.signatures {
            for key in known.iter().filter(|key| key.claims(line)) {
                key.verify(&self.text, &line.signature)?;
                if !signed.contains(&key) {
                    signed.push(key);
                }
            }
        }
        if signed.is_empty() {
            Err(NoteError::NoKnownSignature)
        } else {
            Ok(signed)
        }
    }
}

/// The whole note as text.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", self.text)?;
        self.signatures
            .iter()
            .try_for_each(|line| writeln!(f, "{line}"))
    }
}

/// Checks a key name. Error: [`NoteError::KeyName`].
pub fn check_name(name: &str) -> Result<(), NoteError> {
    let refused = |c: char| c.is_whitespace() || c == '+' || c < ' ';
    if name.is_empty() || name.contains(refused) {
        Err(NoteError::KeyName)
    } else {
        Ok(())
    }
}

/// The public key of a seed (RFC 8032, section 5.1.5).
pub fn ed25519_public(seed: &[u8; 32]) -> [u8; 32] {
    SigningKey::from_bytes(seed).verifying_key().to_bytes()
}

/// Signs bytes with a seed (RFC 8032, section 5.1.6).
pub fn ed25519_sign(seed: &[u8; 32], message: &[u8]) -> [u8; 64] {
    SigningKey::from_bytes(seed).sign(message).to_bytes()
}

/// Verifies a signature over bytes (RFC 8032, section 5.1.7, without cofactor). Errors: [`NoteError::VerifierKey`] when
/// the key is no point, [`NoteError::WeakKey`], [`NoteError::BadSignature`].
pub fn ed25519_verify(
    public: &[u8; 32],
    message: &[u8],
    signature: &[u8],
) -> Result<(), NoteError> {
    verify(&read_public(public)?, message, signature)
}

fn read_public(public: &[u8; 32]) -> Result<VerifyingKey, NoteError> {
    // RFC 8032, section 5.1.3: a y coordinate of p or more is no second spelling of a smaller one.
    let is_reduced = public[31] & 0x7f != 0x7f
        || public[1..31].iter().any(|byte| *byte != 0xff)
        || public[0] < 0xed;
    if !is_reduced {
        return Err(NoteError::VerifierKey);
    }
    let key = VerifyingKey::from_bytes(public).map_err(|_| NoteError::VerifierKey)?;
    if key.is_weak() {
        return Err(NoteError::WeakKey);
    }
    Ok(key)
}

fn verify(key: &VerifyingKey, message: &[u8], signature: &[u8]) -> Result<(), NoteError> {
    let signature = Signature::from_slice(signature).map_err(|_| NoteError::BadSignature)?;
    // Strict: no signature whose first half is a point of small order, which no honest signer makes.
    key.verify_strict(message, &signature)
        .map_err(|_| NoteError::BadSignature)
}

/// The signed bytes of a message that is not a note.
fn apart(kind: KeyKind, context: &str, message: &str) -> Result<Vec<u8>, NoteError> {
    let is_note = message.is_empty() || message.ends_with('\n');
    if kind != KeyKind::Ed25519 || !context.ends_with('\n') || is_note {
        return Err(NoteError::Format);
    }
    Ok([context.as_bytes(), message.as_bytes()].concat())
}

fn key_id(name: &str, kind: KeyKind, public: &[u8; 32]) -> [u8; 4] {
    let digest = Sha256::new()
        .chain_update(name)
        .chain_update([b'\n', kind.byte()])
        .chain_update(public)
        .finalize();
    [digest[0], digest[1], digest[2], digest[3]]
}

fn is_text(text: &str) -> bool {
    text.len() <= NOTE_BYTES_MAX
        && text.ends_with('\n')
        && !text.contains(|c: char| c < ' ' && c != '\n')
}

#[cfg(test)]
#[path = "note_tests.rs"]
mod tests;
