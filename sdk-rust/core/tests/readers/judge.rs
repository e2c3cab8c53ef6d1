//! One question to both readers, and their answers in one form.

use std::{
    collections::BTreeSet,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_core::{
    bundle::{policy::Policy, report::Outcome, verify::verify},
    cookie::Cookie,
    id::SiteId,
};
use samtycke_tlog::note::VerifierKey;
use serde_json::{Value, json};

#[derive(Clone)]
pub(crate) enum Question {
    Bundle {
        bytes: Vec<u8>,
        vkey: String,
    },
    Cookie {
        value: String,
        vkey: String,
        site: &'static str,
        now_ms: i64,
    },
}

impl Question {
    /// As the browser's program has it. A bundle's bytes are base64, because some are no text.
    pub(crate) fn to_json(&self) -> Value {
        match self {
            Self::Bundle { bytes, vkey } => json!({"bundle": STANDARD.encode(bytes), "vkey": vkey}),
            Self::Cookie {
                value,
                vkey,
                site,
                now_ms,
            } => {
                json!({"cookie": value, "vkey": vkey, "site": site, "now_ms": now_ms})
            }
        }
    }

    /// As the vectors have it: a named bundle is a text.
    pub(crate) fn to_vector(&self) -> Value {
        let mut vector = self.to_json();
        if let Self::Bundle { bytes, .. } = self {
            vector["bundle"] = json!(std::str::from_utf8(bytes).expect("a text"));
        }
        vector
    }

    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Bundle { bytes, vkey } => format!("{vkey}\n{}", String::from_utf8_lossy(bytes)),
            Self::Cookie { value, .. } => {
                let payload = value
                    .split('.')
                    .find(|part| part.len() > 60)
                    .unwrap_or_default();
                let json = samtycke_tlog::strict::base64url(payload).unwrap_or_default();
                format!("{value}\n{}", String::from_utf8_lossy(&json))
            }
        }
    }
}

/// What samtycke-core says: an outcome with its reason, and what a valid input says.
pub(crate) fn judge(question: &Question) -> Value {
    match question {
        Question::Bundle { bytes, vkey } => bundle(bytes, vkey),
        Question::Cookie {
            value,
            vkey,
            site,
            now_ms,
        } => cookie(value, vkey, site, *now_ms),
    }
}

fn bundle(bytes: &[u8], vkey: &str) -> Value {
    // A policy's line splits at white space, so that a key with some would be read without it.
    let is_key = VerifierKey::parse(vkey).is_ok();
    let policy = Policy::parse(&format!("log {vkey}\nquorum none\n"));
    let Some(policy) = policy.ok().filter(|_| is_key) else {
        return json!({"outcome": "undecidable key", "said": []});
    };
    let report = verify(bytes, &policy, None);
    let word = |reason| serde_json::to_value(reason).expect("a word");
    let (outcome, is_shown) = match report.outcome {
        Outcome::Valid { .. } => ("valid".to_owned(), true),
        Outcome::ValidErased { .. } => ("valid_erased".to_owned(), true),
        Outcome::Invalid { reason } => (
            format!("invalid {}", word(reason).as_str().expect("a word")),
            false,
        ),
        Outcome::Undecidable { reason } => (
            format!("undecidable {}", word(reason).as_str().expect("a word")),
            false,
        ),
    };
    let summary = report.event.filter(|_| is_shown).map(|event| event.summary);
    let said = summary.map_or_else(
        || json!([]),
        |summary| serde_json::to_value(summary).expect("JSON"),
    );
    json!({"outcome": outcome, "said": said})
}

fn cookie(value: &str, vkey: &str, site: &str, now_ms: i64) -> Value {
    let denied = |reason: &str| json!({"outcome": reason, "said": ["|"]});
    // As the browser's: what can be refused without a key is.
    if let Err(error) = Cookie::parse(value) {
        return denied(error.as_str());
    }
    let site = SiteId::parse(site).expect("a site");
    let Ok(key) = VerifierKey::parse(vkey) else {
        let refused = matches!(
            Cookie::parse(value),
            Ok(samtycke_core::cookie::CookieValue::Refused(_))
        );
        return denied(if refused { "refused" } else { "key" });
    };
    let cookie = match Cookie::verify(value, &key, &site, now_ms, Duration::from_hours(24)) {
        Ok(cookie) => cookie,
        Err(error) => return denied(error.as_str()),
    };
    let entries = &cookie.payload().purposes;
    let words = |under_gpc: bool| -> BTreeSet<String> {
        let mut words = BTreeSet::new();
        for entry in entries {
            let purpose = &entry.purpose;
            let (whole, one) = match (&entry.vendor, under_gpc) {
                (None, false) => (cookie.allows(purpose), false),
                (None, true) => (cookie.allows_under_gpc(purpose), false),
                (Some(vendor), false) => (
                    cookie.allows(purpose),
                    cookie.allows_vendor(purpose, vendor),
                ),
                (Some(vendor), true) => (
                    cookie.allows_under_gpc(purpose),
                    cookie.allows_vendor_under_gpc(purpose, vendor),
                ),
            };
            if whole {
                words.insert(purpose.to_string());
            }
            if let Some(vendor) = entry.vendor.as_ref().filter(|_| one) {
                words.insert(format!("{purpose}/{vendor}"));
            }
        }
        words
    };
    let said: Vec<String> = words(false)
        .into_iter()
        .chain(["|".to_owned()])
        .chain(words(true))
        .collect();
    json!({"outcome": "valid", "said": said})
}

/// The browser's verifier, in Node.
pub(crate) struct Browser {
    child: Child,
    answers: BufReader<ChildStdout>,
}

impl Browser {
    pub(crate) fn start() -> Self {
        let program = concat!(env!("CARGO_MANIFEST_DIR"), "/../../sdk-js/test/reader.mjs");
        let mut child = Command::new("node")
            .arg(program)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Node runs: `tests/run.sh` installs it, or apt-get install nodejs");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        Self { child, answers }
    }

    /// The answers, in the order of the questions.
    pub(crate) fn ask(&mut self, questions: &[Question]) -> Vec<Value> {
        let lines: Vec<String> = questions
            .iter()
            .map(|question| question.to_json().to_string())
            .collect();
        let lines = lines.join("\n") + "\n";
        let mut input = self.child.stdin.take().expect("a pipe");
        // Both pipes are narrow: who only writes until the end would wait for a reader that waits too.
        let writer = std::thread::spawn(move || {
            input.write_all(lines.as_bytes()).expect("written");
            input
        });
        let answers = questions.iter().map(|question| {
            let mut line = String::new();
            let read = self.answers.read_line(&mut line).expect("an answer");
            assert!(
                read > 0,
                "the browser's program ended at {}",
                question.shown()
            );
            serde_json::from_str(&line).expect("JSON")
        });
        let answers = answers.collect();
        self.child.stdin = Some(writer.join().expect("it ends"));
        answers
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
