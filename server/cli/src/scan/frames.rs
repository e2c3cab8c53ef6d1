//! The protocol of the pipe: JSON texts, each ended by a NUL.

use serde_json::Value;

/// Largest message; bytes. A page's cookies and storage names stay far below it; the scan stops on a page that exceeds
/// it.
const MESSAGE_BYTES_MAX: usize = 64 * 1024 * 1024;

/// Collects received bytes until they form messages.
#[derive(Debug, Default)]
pub(super) struct Frames {
    held: Vec<u8>,
}

impl Frames {
    /// Adds bytes; `false` if they cannot become a valid message.
    pub(super) fn push(&mut self, bytes: &[u8]) -> bool {
        self.held.extend_from_slice(bytes);
        self.held.len() <= MESSAGE_BYTES_MAX
    }

    /// The next whole message. Invalid JSON is skipped: no caller waits for it by id.
    pub(super) fn next(&mut self) -> Option<Value> {
        loop {
            let end = self.held.iter().position(|byte| *byte == 0)?;
            let rest = self.held.split_off(end + 1);
            let message = std::mem::replace(&mut self.held, rest);
            if let Ok(value) = serde_json::from_slice(&message[..end]) {
                return Some(value);
            }
        }
    }
}

/// Encodes a message.
pub(super) fn frame(message: &Value) -> Vec<u8> {
    let mut bytes = message.to_string().into_bytes();
    bytes.push(0);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn messages_are_whole_however_they_are_cut() {
        let sent = [
            json!({"id": 1, "result": {"a": "\u{0}ö"}}),
            json!({"method": "x"}),
        ];
        let bytes: Vec<u8> = sent.iter().flat_map(frame).collect();
        for size in [1, 2, 7, bytes.len()] {
            let (mut frames, mut got) = (Frames::default(), Vec::new());
            for part in bytes.chunks(size) {
                assert!(frames.push(part));
                while let Some(message) = frames.next() {
                    got.push(message);
                }
            }
            assert_eq!(got, sent, "in parts of {size}");
        }
    }

    #[test]
    fn a_message_that_is_not_json_is_skipped() {
        let mut frames = Frames::default();
        frames.push(b"DevTools listening\0\0{\"id\":2}\0{\"id\"");
        assert_eq!(frames.next(), Some(json!({"id": 2})));
        assert_eq!(frames.next(), None);
    }
}
