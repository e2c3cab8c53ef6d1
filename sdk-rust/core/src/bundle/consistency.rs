//! The JSON of `GET /v1/logs/{log}/consistency`, as an auditor keeps it in a file.

use serde_json::Value;

use crate::json::{self, Limits};
use samtycke_tlog::{merkle::Hash, strict};

/// The most bytes of such a file: 64 hashes, and room for members that a later server adds.
const CONSISTENCY_BYTES_MAX: usize = 16 * 1024;
/// The most hashes of a consistency proof between trees of up to 2^64 leaves (RFC 9162, section 2.1.4.1).
const HASHES_MAX: usize = 65;

/// Reads the proof's hashes; `None` for bytes that are not such an answer. Members other than `proof` are ignored: the
/// proof is verified against two checkpoints, and what else the answer says about itself proves nothing.
pub fn parse(bytes: &[u8]) -> Option<Vec<Hash>> {
    let limits = Limits {
        size_bytes_max: CONSISTENCY_BYTES_MAX,
        depth_max: 4,
    };
    let answer = json::parse_strict(bytes, limits).ok()?;
    let Value::Array(proof) = answer.as_object()?.get("proof")? else {
        return None;
    };
    let hash = |text: &Value| strict::base64_hash(text.as_str()?);
    let hashes: Vec<Hash> = proof.iter().map(hash).collect::<Option<_>>()?;
    (hashes.len() <= HASHES_MAX).then_some(hashes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects an auditor: one file is one proof, or none, to every reader.
    #[test]
    fn a_proof_has_one_form() {
        let hash = strict::to_base64(&[7; 32]);
        let good = format!("{{\"from\":1,\"to\":2,\"proof\":[\"{hash}\"],\"later\":null}}");
        assert_eq!(parse(good.as_bytes()), Some(vec![[7; 32]]));
        assert_eq!(parse(b"{\"proof\":[]}"), Some(Vec::new()));
        for bad in [
            format!("[[\"{hash}\"]]"),
            format!("{{\"proof\":\"{hash}\"}}"),
            format!("{{\"proof\":{{\"0\":\"{hash}\"}}}}"),
            format!("{{\"proof\":[],\"proof\":[\"{hash}\"]}}"),
            good.replace("\"from\":1", "\"from\":1.0"),
            good.replace('=', ""),
            format!(
                "{{\"proof\":[{}]}}",
                vec![format!("\"{hash}\""); 66].join(",")
            ),
            "{}".into(),
            "null".into(),
            String::new(),
        ] {
            assert_eq!(parse(bad.as_bytes()), None, "{bad}");
        }
    }
}
