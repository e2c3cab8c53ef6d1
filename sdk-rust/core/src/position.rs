//! Positions: a write returns one, and a check can demand it (`at_least`; consistency.md C3).
//!
//! A token is base64url of epoch (u32) | index (u64) | MAC (12 bytes of HMAC-SHA256 under a key of the log): opaque,
//! deterministic, 32 characters. A token of another log does not verify, so it cannot pass for one of this log.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use subtle::ConstantTimeEq as _;

use crate::keys::{Secret, mac};

/// A place in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The log's epoch.
    pub epoch: u64,
    /// Index of the leaf.
    pub index: u64,
}

const CONTEXT: &[u8] = b"samtycke/position/v1\n";

impl Position {
    /// The token of this position under the log's key.
    pub fn token(self, key: &Secret) -> String {
        let mut bytes = [0u8; 24];
        bytes[..4].copy_from_slice(&u32::try_from(self.epoch).unwrap_or(u32::MAX).to_be_bytes());
        bytes[4..12].copy_from_slice(&self.index.to_be_bytes());
        let tag = tag(key, &bytes[..12]);
        bytes[12..].copy_from_slice(&tag[..12]);
        URL_SAFE_NO_PAD.encode(bytes)
    }

    /// The position of a token, if the token was made with this key.
    pub fn parse(token: &str, key: &Secret) -> Option<Self> {
        let bytes: [u8; 24] = URL_SAFE_NO_PAD.decode(token).ok()?.try_into().ok()?;
        let tag = tag(key, &bytes[..12]);
        let genuine: bool = bytes[12..].ct_eq(&tag[..12]).into();
        genuine.then(|| Self {
            epoch: u64::from(u32::from_be_bytes(
                bytes[..4].try_into().expect("four bytes"),
            )),
            index: u64::from_be_bytes(bytes[4..12].try_into().expect("eight bytes")),
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
        let position = Position {
            epoch: 1,
            index: 73_894,
        };
        let token = position.token(&key(1));
        assert_eq!(token.len(), 32);
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
