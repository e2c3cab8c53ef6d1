//! C2SP tlog-proof: a text that proves that a leaf is in a log. Source: <https://c2sp.org/tlog-proof>.

use std::fmt;

use crate::{
    merkle::Hash,
    note::{NOTE_BYTES_MAX, Note},
    strict,
};

const HEADER: &str = "c2sp.org/tlog-proof@v1";
/// A tree of 2^64 leaves has paths of 64 hashes.
const HASHES_MAX: usize = 64;
/// The longest extra data; bytes.
const EXTRA_BYTES_MAX: usize = 4096;
/// The note, 65 lines of 45 characters, and room for the header, the extra data and the index.
const PROOF_BYTES_MAX: usize = NOTE_BYTES_MAX + 16 * 1024;

/// The text is not a `c2sp.org/tlog-proof@v1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a tlog-proof@v1")]
pub struct ProofError;

/// An index, its inclusion proof and its checkpoint, parsed but not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// Opaque data that no signature covers. samtycke writes none, and rejects a bundle that has any.
    pub extra: Option<Vec<u8>>,
    /// The leaf's index, from 0.
    pub index: u64,
    /// From the leaf's sibling up to the root's child (RFC 6962, section 2.1.1).
    pub hashes: Vec<Hash>,
    /// The signed checkpoint.
    pub checkpoint: Note,
}

impl TlogProof {
    /// Parses a proof; each has one spelling.
    pub fn parse(text: &str) -> Result<Self, ProofError> {
        if text.len() > PROOF_BYTES_MAX {
            return Err(ProofError);
        }
        let (head, checkpoint) = text.split_once("\n\n").ok_or(ProofError)?;
        let mut lines = head.split('\n').peekable();
        if lines.next() != Some(HEADER) {
            return Err(ProofError);
        }
        let extra = lines
            .next_if(|line| line.starts_with("extra "))
            .map(|line| parse_extra(&line["extra ".len()..]))
            .transpose()?;
        let index = lines
            .next()
            .and_then(|line| line.strip_prefix("index "))
            .and_then(strict::decimal)
            .ok_or(ProofError)?;
        let hashes = lines
            .take(HASHES_MAX + 1)
            .map(|line| strict::base64_hash(line).ok_or(ProofError))
            .collect::<Result<Vec<_>, _>>()?;
        if hashes.len() > HASHES_MAX {
            return Err(ProofError);
        }
        let checkpoint = Note::parse(checkpoint).map_err(|_| ProofError)?;
        Ok(Self {
            extra,
            index,
            hashes,
            checkpoint,
        })
    }
}

fn parse_extra(text: &str) -> Result<Vec<u8>, ProofError> {
    strict::base64(text)
        .filter(|bytes| (1..=EXTRA_BYTES_MAX).contains(&bytes.len()))
        .ok_or(ProofError)
}

/// The whole text.
impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{HEADER}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", strict::to_base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        for hash in &self.hashes {
            writeln!(f, "{}", strict::to_base64(hash))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn example(extra: &str) -> String {
        let hash = strict::to_base64(&[7; 32]);
        let signature = strict::to_base64(&[9; 68]);
        format!(
            "{HEADER}\n{extra}index 73894\n{hash}\n{hash}\n\nexample.com/log\n109482\n{hash}\n\n\u{2014} example.com/log {signature}\n"
        )
    }

    #[test]
    fn a_proof_reads_and_writes() {
        for extra in ["", "extra aGk=\n"] {
            let text = example(extra);
            let proof = TlogProof::parse(&text).unwrap();
            assert_eq!(proof.index, 73894);
            assert_eq!(proof.hashes, [[7; 32]; 2]);
            assert_eq!(proof.extra.is_some(), !extra.is_empty());
            assert_eq!(proof.to_string(), text);
        }
        let bare = example("").replace(&format!("{}\n", strict::to_base64(&[7; 32])), "");
        // A tree of one leaf has no hashes. (The checkpoint's own text is not read here.)
        assert!(TlogProof::parse(&bare).is_ok());
    }

    #[test]
    fn second_spellings_are_refused() {
        let good = example("");
        for text in [
            good.replace("@v1", "@v2"),
            good.replace("index 73894", "index 073894"),
            good.replace("index 73894", "index  73894"),
            good.replace("index 73894\n", ""),
            good.replace("index", "extra aGk=\nextra aGk=\nindex"),
            good.replace("index", "extra \nindex"),
            good.replace("index", "extra aGl=\nindex"),
            good.replace("Bwc=\n", "Bwd=\n"),
            good.replacen("\n\n", "\n", 1),
            good.trim_end().to_owned(),
            format!("{good}\n"),
            good.replace('\n', "\r\n"),
            String::new(),
        ] {
            assert_eq!(TlogProof::parse(&text), Err(ProofError), "{text:?}");
        }
    }
}
