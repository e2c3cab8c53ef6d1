//! Positions: a write returns one, and a check can demand it (`at_least`; consistency.md C3).
//!
//! A token is base64url of epoch (u32) | index (u64) | the first 8 bytes of the leaf's hash | MAC (12 bytes of
//! HMAC-SHA256 under a key of the log): opaque, deterministic, 43 characters. A token of another log does not verify, so
//! it cannot pass for one of this log. The leaf's hash binds it to one tree: a log that was rolled back and has grown
//! again holds another leaf at that index.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq as _;

use crate::keys::{Secret, mac};

/// The first bytes of a leaf's hash. 64 bits tell two histories of one log apart; nobody gains by a collision, because
/// only the server makes tokens.
pub type LeafTag = [u8; 8];

/// A place in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Position {
    /// The log's epoch.
    pub epoch: u64,
    /// Index of the leaf.
    pub index: u64,
    /// The leaf at that index.
    pub leaf: LeafTag,
}

const CONTEXT: &[u8] = b"samtycke/position/v2\n";
/// Bytes before the MAC.
const PLACE_BYTES: usize = 20;

impl Position {
    /// The position of the leaf with this hash.
    pub fn of(epoch: u64, index: u64, leaf_hash: &[u8; 32]) -> Self {
        Self {
            epoch,
            index,
            leaf: std::array::from_fn(|i| leaf_hash[i]),
        }
    }

    /// Whether this position is earlier in the log's history than the other.
    pub fn is_before(&self, other: &Self) -> bool {
        (self.epoch, self.index) < (other.epoch, other.index)
    }

    /// The token of this position under the log's key.
    pub fn token(self, key: &Secret) -> String {
        let mut bytes = [0u8; PLACE_BYTES + 12];
        bytes[..4].copy_from_slice(&u32::try_from(self.epoch).unwrap_or(u32::MAX).to_be_bytes());
        bytes[4..12].copy_from_slice(&self.index.to_be_bytes());
        bytes[12..PLACE_BYTES].copy_from_slice(&self.leaf);
        let tag = tag(key, &bytes[..PLACE_BYTES]);
        bytes[PLACE_BYTES..].copy_from_slice(&tag[..12]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position of a token, if the token was made with this key.
    pub fn parse(token: &str, key: &Secret) -> Option<Self> {
        let bytes: [u8; PLACE_BYTES + 12] = URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
        let tag = tag(key, &bytes[..PLACE_BYTES]);
        let genuine: bool = bytes[PLACE_BYTES..].ct_eq(&tag[..12]).into();
        genuine.then(|| Self {
            epoch: u64::from(u32::from_be_bytes(
                bytes[..4].try_into().expect("four bytes"),
            )),
            index: u64::from_be_bytes(bytes[4..12].try_into().expect("eight bytes")),
            leaf: bytes[12..PLACE_BYTES].try_into().expect("eight bytes"),
        })
    }
}

fn tag(key: &Secret, place: &[u8]) -> [u8; 32] {
    let mut message = CONTEXT.to_vec();
    message.extend_from_slice(place);
    mac(key, &message)
}

#[cfg(test)]
mod tests {
    use super::Position;
    use crate::keys::Secret;

    fn key(byte: u8) -> Secret {
        Secret::from_bytes([byte; 32])
    }

    /// Protects C3: a token of another log, or an altered one, is not a position.
    #[test]
    fn only_the_log_that_made_a_token_accepts_it() {
        let position = Position::of(1, 73_894, &[9; 32]);
        let token = position.token(&key(1));
        assert_eq!(token.len(), 43);
        assert_eq!(Position::parse(&token, &key(1)), Some(position));
        assert_eq!(Position::parse(&token, &key(2)), None);
        for i in 0..token.len() {
            let mut altered = token.clone().into_bytes();
            altered[i] = if altered[i] == b'A' { b'B' } else { b'A' };
            let altered = String::from_utf8(altered).expect("ASCII");
            assert!(altered == token || Position::parse(&altered, &key(1)).is_none());
        }
    }
}
