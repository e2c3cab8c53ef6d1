//! C2SP tlog-witness: what a log sends to a witness, and what the witness answers. Source:
//! <https://c2sp.org/tlog-witness>.

use std::fmt;

use sha2::{Digest as _, Sha256};

use crate::{
    merkle::Hash,
    note::{Note, NoteSignature, SIGNATURES_MAX},
    strict,
};

/// The most hashes of a consistency proof in a request.
const PROOF_LINES_MAX: usize = 63;
/// The largest answer that is read; bytes. As many lines as a note may have, of 4 KB each: ML-DSA signatures have 3.5 KB.
pub const ANSWER_BYTES_MAX: usize = SIGNATURES_MAX * 4096;

/// The text is no message of this protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a message of c2sp.org/tlog-witness")]
pub struct WitnessError;

/// The body of `POST <prefix>/add-checkpoint`, parsed but not verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// Size of the checkpoint that the witness cosigned last, as far as the sender knows; 0 for none.
    pub old: u64,
    /// From `old` to the checkpoint's size (RFC 6962, section 2.1.2); empty where `old` is 0 or that size.
    pub proof: Vec<Hash>,
    /// The checkpoint, signed by its log.
    pub checkpoint: Note,
}

impl AddCheckpoint {
    /// Reads a request's body.
    pub fn parse(body: &str) -> Result<Self, WitnessError> {
        let (head, checkpoint) = body.split_once("\n\n").ok_or(WitnessError)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old "));
        let old = old.and_then(strict::decimal).ok_or(WitnessError)?;
        let proof = lines
            .take(PROOF_LINES_MAX + 1)
            .map(|line| strict::base64_hash(line).ok_or(WitnessError))
            .collect::<Result<Vec<_>, _>>()?;
        if proof.len() > PROOF_LINES_MAX {
            return Err(WitnessError);
        }
        let checkpoint = Note::parse(checkpoint).map_err(|_| WitnessError)?;
        Ok(Self {
            old,
            proof,
            checkpoint,
        })
    }
}

/// The whole body.
impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        for hash in &self.proof {
            writeln!(f, "{}", strict::to_base64(hash))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

/// The signature lines of an answer with status 200: at least one. Verify those of known keys, and ignore the others.
pub fn cosignatures(body: &str) -> Result<Vec<NoteSignature>, WitnessError> {
    let lines = body.strip_suffix('\n').ok_or(WitnessError)?;
    let lines = lines.split('\n').take(SIGNATURES_MAX + 1);
    let lines = lines.map(|line| NoteSignature::parse(line).map_err(|_| WitnessError));
    let lines = lines.collect::<Result<Vec<_>, _>>()?;
    if lines.len() > SIGNATURES_MAX {
        return Err(WitnessError);
    }
    Ok(lines)
}

/// The size in an answer with status 409: that of the checkpoint which the witness cosigned last. Nobody has signed it.
pub fn conflicting_size(body: &str) -> Result<u64, WitnessError> {
    let size = body.strip_suffix('\n').and_then(strict::decimal);
    size.ok_or(WitnessError)
}

/// Where a witness serves the checkpoint of this origin that it cosigned last, below its prefix, if it serves it.
pub fn newest_path(origin: &str) -> String {
    format!("{}/checkpoint", hex::encode(Sha256::digest(origin)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The specification's example, with one of its two signatures.
    const REQUEST: &str = "old 20852014\nPlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\njrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=\n5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=\n/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=\n\nexample.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n\n\u{2014} example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=\n";
    const ANSWER: &str = "\u{2014} witness.example/w1 CMp+6LWBU0anHGH5aNDTJkH/gj79sG+T6+iP2ThYN5krrDJbR1HDnucjL39QsZTSvVjyQLrdk3DXDqI5G2HgLatVs0pWh6Up69HVOw==\n";

    #[test]
    fn the_example_reads_and_writes() {
        let request = AddCheckpoint::parse(REQUEST).unwrap();
        assert_eq!((request.old, request.proof.len()), (20_852_014, 4));
        assert_eq!(request.to_string(), REQUEST);
        let first = AddCheckpoint {
            old: 0,
            proof: Vec::new(),
            ..request
        };
        assert!(
            first
                .to_string()
                .starts_with("old 0\n\nexample.com/behind-the-sofa\n")
        );
        assert_eq!(AddCheckpoint::parse(&first.to_string()), Ok(first));
        let lines = cosignatures(&format!("{ANSWER}{ANSWER}")).unwrap();
        assert_eq!((lines.len(), lines[0].name()), (2, "witness.example/w1"));
        assert_eq!(conflicting_size("20852014\n"), Ok(20_852_014));
        assert_eq!(
            newest_path(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855/checkpoint"
        );
    }

    #[test]
    fn other_spellings_are_refused() {
        for request in [
            REQUEST.replace("old 2", "old 02"),
            REQUEST.replace("old ", "Old "),
            REQUEST.replace("old ", "old  "),
            REQUEST.replacen("=\n\n", "=\n", 1),
            REQUEST.replace("kaw=", "kax="),
            REQUEST.trim_end().to_owned(),
            REQUEST.replacen(
                "PlRN",
                &format!(
                    "{}PlRN",
                    "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=\n".repeat(60)
                ),
                1,
            ),
            String::new(),
        ] {
            assert_eq!(
                AddCheckpoint::parse(&request),
                Err(WitnessError),
                "{request}"
            );
        }
        for answer in [
            "",
            "\n",
            ANSWER.trim_end(),
            "ok\n",
            &ANSWER.replace('\u{2014}', "-"),
            &ANSWER.replace('\n', "\r\n"),
            &ANSWER.repeat(SIGNATURES_MAX + 1),
        ] {
            assert_eq!(cosignatures(answer), Err(WitnessError), "{answer}");
        }
        for size in [
            "7",
            "07\n",
            "-1\n",
            " 7\n",
            "7\n\n",
            "18446744073709551616\n",
            "\n",
            "",
        ] {
            assert_eq!(conflicting_size(size), Err(WitnessError), "{size:?}");
        }
    }
}
