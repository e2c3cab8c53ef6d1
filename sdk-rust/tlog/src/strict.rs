//! Texts with exactly one spelling: lower-case hex, canonical base64, and decimals without leading zeroes.
//!
//! These functions reject a second spelling of the same value, because a verifier that accepts two spellings accepts a
//! changed byte.

use base64::{
    Engine as _,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};

/// Bytes as lower-case hex; `None` for upper case, odd length or other characters.
pub fn hex(text: &str) -> Option<Vec<u8>> {
    if text.bytes().any(|b| b.is_ascii_uppercase()) {
        return None;
    }
    hex::decode(text).ok()
}

/// Exactly `N` bytes as lower-case hex.
pub fn hex_array<const N: usize>(text: &str) -> Option<[u8; N]> {
    hex(text)?.try_into().ok()
}

/// Standard base64 (RFC 4648, section 4) with its padding and without stray bits.
pub fn base64(text: &str) -> Option<Vec<u8>> {
    STANDARD.decode(text).ok()
}

/// A SHA-256 hash as base64.
pub fn base64_hash(text: &str) -> Option<[u8; 32]> {
    base64(text)?.try_into().ok()
}

/// Bytes as standard base64.
pub fn to_base64(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

/// base64url (RFC 4648, section 5) without padding and without stray bits.
pub fn base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}

/// Bytes as base64url without padding.
pub fn to_base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// An ASCII decimal without sign or leading zeroes, `0` itself excepted.
pub fn decimal(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    if !digits || text.is_empty() || (text.len() > 1 && text.starts_with('0')) {
        return None;
    }
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn second_spellings_are_refused() {
        assert_eq!(hex("00ff"), Some(vec![0, 255]));
        assert_eq!(hex("00FF"), None);
        assert_eq!(base64("AA=="), Some(vec![0]));
        for text in ["AB==", "AA=", "AA", "A A==", "AA==\n"] {
            assert_eq!(base64(text), None, "{text}");
        }
        assert_eq!(decimal("18446744073709551615"), Some(u64::MAX));
        for text in ["", "00", "01", "+1", "-0", "1 ", "18446744073709551616"] {
            assert_eq!(decimal(text), None, "{text}");
        }
    }
}
