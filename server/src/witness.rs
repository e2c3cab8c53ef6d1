//! The witnesses of this server: the file that names them, and how they are reached. What they are asked, and what becomes of
//! their answers, is in `samtycke_log::publish::witnesses`.

mod carrier;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use samtycke_core::bundle::policy::{Policy, PolicyError};
use samtycke_log::publish::witnesses::Witnesses;

use self::carrier::HttpCarrier;
use crate::clock::Environment;
use crate::config::Config;
use crate::metrics::Metrics;

/// Most witnesses. A note has at most 32 signature lines: the log's, these, and those of witnesses that were replaced.
pub const WITNESSES_MAX: usize = 16;

/// Why the witnesses cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WitnessError {
    /// The file cannot be read.
    #[error("witness_policy: {0} cannot be read: {1}")]
    File(PathBuf, std::io::Error),
    /// The file is no policy.
    #[error("witness_policy: {0}: {1}; the format is c2sp.org/tlog-policy")]
    Format(PathBuf, PolicyError),
    /// The policy is none of witnesses alone.
    #[error("witness_policy: {0}: {1}")]
    Content(PathBuf, String),
    /// No client can be made.
    #[error("witness_policy: no TLS: {0}")]
    Tls(String),
}

/// The file that names the witnesses.
#[derive(Debug, Clone)]
pub struct WitnessPolicy {
    /// The file's text: witnesses, groups and quorum. After a log's line it is that log's policy.
    pub text: String,
    /// The same, parsed.
    pub policy: Policy,
}

impl WitnessPolicy {
    /// Reads the file. Error: it has a log line, no witness, more than [`WITNESSES_MAX`], or one without a web address.
    pub fn read(path: &Path) -> Result<Self, WitnessError> {
        let text = std::fs::read_to_string(path);
        let text = text.map_err(|error| WitnessError::File(path.to_owned(), error))?;
        let policy = Policy::parse(&text);
        let policy = policy.map_err(|error| WitnessError::Format(path.to_owned(), error))?;
        check(&policy).map_err(|what| WitnessError::Content(path.to_owned(), what))?;
        Ok(Self { text, policy })
    }
}

fn check(policy: &Policy) -> Result<(), String> {
    if !policy.logs().is_empty() {
        return Err(
            "it has a log line; leave it out, because `samtycke policy TENANT` writes the line of each log".into(),
        );
    }
    if !(1..=WITNESSES_MAX).contains(&policy.witnesses().len()) {
        return Err(format!(
            "it names {} witnesses; name 1 to {WITNESSES_MAX}",
            policy.witnesses().len()
        ));
    }
    for witness in policy.witnesses() {
        let url = witness.url.as_deref().unwrap_or_default();
        let is_web = url
            .parse::<reqwest::Url>()
            .is_ok_and(|url| matches!(url.scheme(), "http" | "https") && url.query().is_none());
        if !is_web {
            return Err(format!(
                "witness {} has no web address; add its submission prefix, such as https://witness.example/, at the end of \
                 its line",
                witness.key.name()
            ));
        }
    }
    Ok(())
}

/// The witnesses that the settings name; `None` if they name none.
pub fn witnesses(
    config: &Config,
    environment: &Environment,
    metrics: &Metrics,
) -> Result<Option<Arc<Witnesses>>, WitnessError> {
    let Some(path) = &config.witness_policy else {
        return Ok(None);
    };
    let policy = WitnessPolicy::read(path)?.policy;
    let carrier = Arc::new(HttpCarrier::new(policy.witnesses(), metrics)?);
    let witnesses = Witnesses::new(policy, carrier, environment.clone());
    Ok(Some(Arc::new(witnesses)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use samtycke_tlog::note::{KeyKind, NoteSigner};

    fn key(kind: KeyKind, seed: u8) -> String {
        let signer = NoteSigner::from_seed(&format!("w{seed}.example"), kind, &[seed; 32]);
        signer.unwrap().verifier().to_string()
    }

    fn read(text: &str) -> Result<WitnessPolicy, String> {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), text).unwrap();
        WitnessPolicy::read(file.path()).map_err(|error| {
            let path = file.path().display().to_string();
            error.to_string().replace(&path, "FILE")
        })
    }

    /// Protects an operator from a policy that would be printed as another one than is asked for: each refusal says what to do.
    #[test]
    fn only_a_policy_of_witnesses_is_taken() {
        let w = key(KeyKind::CosignatureV1, 1);
        let good = format!("# ours\nwitness w {w} https://w.example/a\nquorum w\n");
        assert_eq!(read(&good).unwrap().text, good);
        let lines = (1..=17).map(|n| {
            let key = key(KeyKind::CosignatureV1, n);
            format!("witness w{n} {key} https://w.example\n")
        });
        let many = lines.collect::<Vec<_>>().concat();
        for (text, said) in [
            (
                format!("log {}\n{good}", key(KeyKind::Ed25519, 2)),
                "it has a log line",
            ),
            ("quorum none\n".to_owned(), "it names 0 witnesses"),
            (format!("{many}quorum w1\n"), "it names 17 witnesses"),
            (
                good.replace(" https://w.example/a", ""),
                "has no web address",
            ),
            (good.replace("https://", "ftp://"), "has no web address"),
            (good.replace("/a", "/a?b=c"), "has no web address"),
            (
                good.replace("quorum w", "quorum x"),
                "line 3: the quorum is not defined above",
            ),
        ] {
            let error = read(&text).unwrap_err();
            assert!(error.starts_with("witness_policy: FILE"), "{error}");
            assert!(error.contains(said), "{error}");
        }
    }
}
