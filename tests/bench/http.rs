//! The minimum of HTTP/1.1 for a load generator: requests rendered once, responses read to their end. A client that
//! costs more than the server would measure itself.

use super::Fallible;

/// Largest accepted response; bytes. Ours are below 2 KiB.
pub(crate) const ANSWER_BYTES_MAX: usize = 16 * 1024;

/// A whole request.
pub(crate) fn post(path: &str, key: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "POST {path} HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Where a response ends, and whether it succeeded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Answered {
    /// Bytes of the head.
    pub(crate) head: usize,
    /// Bytes of head and body.
    pub(crate) total: usize,
    /// Whether its status is 200 or 201.
    pub(crate) is_success: bool,
}

/// The header with the length of a response.
const LENGTH: &[u8] = b"\r\ncontent-length: ";

/// Parses a response's head; `None` until the whole response has arrived.
pub(crate) fn answered(bytes: &[u8]) -> Fallible<Option<Answered>> {
    let Some(head) = find(bytes, b"\r\n\r\n").map(|at| at + 4) else {
        return if bytes.len() < ANSWER_BYTES_MAX {
            Ok(None)
        } else {
            Err("an answer without an end".into())
        };
    };
    // hyper writes names in lower case, and always a length for bodies known in full.
    let at = find(&bytes[..head], LENGTH).ok_or("an answer without a length")? + LENGTH.len();
    let digits = bytes[at..].iter().take_while(|b| b.is_ascii_digit());
    let length = digits.fold(0, |sum, digit| sum * 10 + usize::from(digit - b'0'));
    let total = head + length;
    let is_success = bytes.starts_with(b"HTTP/1.1 20");
    Ok((bytes.len() >= total).then_some(Answered {
        head,
        total,
        is_success,
    }))
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    // Both searched texts begin with a carriage return, of which a head has a dozen.
    let mut from = 0;
    while let Some(at) = bytes[from..].iter().position(|b| *b == wanted[0]) {
        if bytes[from + at..].starts_with(wanted) {
            return Some(from + at);
        }
        from += at + 1;
    }
    None
}
