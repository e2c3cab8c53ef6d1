//! C2SP tlog-cosignature, the Ed25519 kind: what a witness signs. Source: <https://c2sp.org/tlog-cosignature>.
//!
//! A cosignature says that, at its time, the largest tree of this origin which the witness had seen consistent with all
//! it saw before had this size and root.

/// The eight bytes of time and the 64 of signature.
const LENGTH: usize = 8 + 64;

/// What is signed: a header, the time in seconds since 1970, and the checkpoint's whole text.
pub(crate) fn message(unix_seconds: u64, text: &str) -> Vec<u8> {
    format!("cosignature/v1\ntime {unix_seconds}\n{text}").into_bytes()
}

/// The time and the Ed25519 signature in a cosignature's bytes; `None` for another length, or a time beyond 2^63 - 1.
pub(crate) fn split(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let (time, signature) = bytes.split_first_chunk::<8>()?;
    let time = u64::from_be_bytes(*time);
    (bytes.len() == LENGTH && i64::try_from(time).is_ok()).then_some((time, signature))
}

/// The time of a cosignature, in seconds since 1970, from a signature line's bytes. Believe it only when the line
/// verifies.
pub fn time(signature: &[u8]) -> Option<u64> {
    split(signature).map(|(time, _)| time)
}
