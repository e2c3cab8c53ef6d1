//! Witnesses (C2SP tlog-witness): whom a log asks to cosign its checkpoints, and what becomes of the answers.
//!
//! All are asked at once, for at most [`COSIGN_WAIT`]. Whoever does not answer in time is left alone for a while, so that a
//! dead witness costs one wait now and then and not one for every checkpoint of every log.

mod ask;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use samtycke_core::bundle::policy::{Party, Policy};
use samtycke_core::id::LogId;
use samtycke_store::Store;
use samtycke_store::clock::Environment;
use samtycke_tlog::note::{Note, NoteSignature, VerifierKey};
use tokio::task::JoinSet;

use self::ask::Ask;

/// How long a checkpoint waits for its cosignatures. A proof waits 2 s for its checkpoint in all.
pub const COSIGN_WAIT: Duration = Duration::from_secs(1);
/// Requests to one witness at once, of all logs.
const REQUESTS_MAX: usize = 32;
/// How long a witness that did not answer is left alone at first; each further time doubles it.
const REST: Duration = Duration::from_secs(1);
/// How long it is left alone at most.
const REST_MAX: Duration = Duration::from_mins(1);

/// An answer over HTTP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body, of at most [`samtycke_tlog::witness::ANSWER_BYTES_MAX`] bytes.
    pub body: String,
}

/// An answer that is on its way. Error: why there is none.
pub type Coming<'a> = Pin<Box<dyn Future<Output = Result<Reply, String>> + Send + 'a>>;

/// Carries requests to witnesses, and counts what became of them.
pub trait Carrier: Send + Sync + 'static {
    /// `POST` of a text where there is a body, else `GET`.
    fn send(&self, url: String, body: Option<String>) -> Coming<'_>;

    /// A witness was asked, and this came of it.
    fn note(&self, witness: usize, outcome: Outcome);
}

/// What became of asking a witness.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// It has cosigned.
    Cosigned,
    /// No connection, or an error of its own (429, 5xx).
    Unreachable,
    /// No answer within [`COSIGN_WAIT`].
    Slow,
    /// Too many requests to it were under way already, or another server of this database was first.
    Busy,
    /// It does not know the log or its key, or takes the request for wrong.
    Refused,
    /// Its answer cannot be read, or its cosignature does not verify.
    Wrong,
    /// It says that it has cosigned a larger tree than the database has.
    Ahead,
    /// It says that the tree does not continue the one that it has cosigned.
    Contradicts,
}

impl Outcome {
    /// All outcomes, in their order.
    pub const ALL: [Self; 8] = [
        Self::Cosigned,
        Self::Unreachable,
        Self::Slow,
        Self::Busy,
        Self::Refused,
        Self::Wrong,
        Self::Ahead,
        Self::Contradicts,
    ];

    /// Its word in metrics.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Cosigned => "cosigned",
            Self::Unreachable => "unreachable",
            Self::Slow => "slow",
            Self::Busy => "busy",
            Self::Refused => "refused",
            Self::Wrong => "wrong",
            Self::Ahead => "ahead",
            Self::Contradicts => "contradicts",
        }
    }

    /// Whether the witness says something against the log.
    pub fn is_dispute(self) -> bool {
        matches!(self, Self::Ahead | Self::Contradicts)
    }
}

/// What came of asking about one checkpoint.
#[derive(Debug, Default)]
pub(super) struct Answers {
    /// Verified cosignatures.
    pub(super) lines: Vec<NoteSignature>,
    /// Witnesses that dispute the log, and what they say.
    pub(super) disputes: Vec<(usize, String)>,
}

/// What is known of a log at its witnesses, as long as this process lives.
#[derive(Debug, Default)]
pub(super) struct Known {
    /// The size that each witness cosigned last. One that is not here was not reached since the start, and is asked whatever
    /// is stored: it alone may know that database and anchor were rolled back together.
    sizes: Mutex<HashMap<usize, u64>>,
    /// Witnesses that have refused, so that it is logged once.
    refused: Mutex<HashSet<usize>>,
}

/// Why a witness is left alone, and until when.
#[derive(Debug, Clone, Copy, Default)]
struct Rest {
    failures: u32,
    until: Option<Instant>,
}

/// The witnesses of every log of this server.
pub struct Witnesses {
    policy: Policy,
    carrier: Arc<dyn Carrier>,
    environment: Environment,
    rests: Vec<Mutex<Rest>>,
    places: Vec<tokio::sync::Semaphore>,
    has_returned: AtomicBool,
    /// Logs about which a witness could not be asked now.
    again: Mutex<BTreeSet<LogId>>,
    short: Mutex<BTreeSet<LogId>>,
    disputed: Mutex<BTreeMap<LogId, BTreeSet<usize>>>,
}

impl fmt::Debug for Witnesses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Witnesses({})", self.policy.witnesses().len())
    }
}

impl Witnesses {
    /// The witnesses of a policy, each of which has a URL.
    pub fn new(policy: Policy, carrier: Arc<dyn Carrier>, environment: Environment) -> Self {
        let each = policy.witnesses();
        Self {
            rests: each.iter().map(|_| Mutex::default()).collect(),
            places: each
                .iter()
                .map(|_| tokio::sync::Semaphore::new(REQUESTS_MAX))
                .collect(),
            policy,
            carrier,
            environment,
            has_returned: AtomicBool::new(false),
            again: Mutex::default(),
            short: Mutex::default(),
            disputed: Mutex::default(),
        }
    }

    /// Number of logs whose newest checkpoint has no quorum of witnesses.
    pub fn short_count(&self) -> usize {
        lock(&self.short).len()
    }

    /// Number of logs that a witness disputes, without evidence.
    pub fn disputed_count(&self) -> usize {
        lock(&self.disputed).len()
    }

    /// The logs to publish again now: those about which a witness had no place; all that are short once a witness has
    /// returned, else one of them as soon as a witness that did not answer may be asked again.
    pub(super) fn due(&self) -> BTreeSet<LogId> {
        let mut due = std::mem::take(&mut *lock(&self.again));
        let short = lock(&self.short);
        if self.has_returned.swap(false, Ordering::SeqCst) {
            due.extend(short.iter().cloned());
            return due;
        }
        let now = self.environment.clock.monotonic();
        let is_over = |rest: &Mutex<Rest>| lock(rest).until.is_some_and(|until| until <= now);
        let may_ask = self.rests.iter().any(is_over);
        due.extend(short.iter().take(usize::from(may_ask)).cloned());
        due
    }

    /// The note's cosignatures, by index in the policy. They verify.
    fn cosigned(&self, note: &Note) -> HashSet<usize> {
        let mut found = HashSet::new();
        for line in note.signatures() {
            for (index, witness) in self.policy.witnesses().iter().enumerate() {
                let claims = witness.key.claims(line);
                if claims && witness.key.verify(note.text(), line.signature()).is_ok() {
                    found.insert(index);
                }
            }
        }
        found
    }

    /// Whether a note has a quorum of witnesses; where none is asked for, every note has.
    pub(super) fn is_met(&self, note: &str) -> bool {
        let note = Note::parse(note);
        note.is_ok_and(|note| self.policy.quorum_is_met(&self.cosigned(&note)))
    }

    /// Notes whether the newest checkpoint of a log has its quorum.
    pub(super) fn note_quorum(&self, log: &LogId, is_met: bool) {
        let mut short = lock(&self.short);
        if is_met && short.remove(log) {
            tracing::info!(%log, "the log's checkpoint has its quorum of witnesses again");
        } else if !is_met && short.insert(log.clone()) {
            tracing::warn!(
                %log,
                "a checkpoint was published without its quorum of witnesses; its proofs are undecidable for whoever asks for \
                 one, until the missing witnesses have cosigned; look at samtycke_witness_requests_total for who is missing"
            );
        }
    }

    /// Notes that this log's witnesses were asked, and whether any of those asked disputes it.
    pub(super) fn note_disputes(&self, log: &LogId, answers: &Answers) {
        let mut disputed = lock(&self.disputed);
        let of_log = disputed.entry(log.clone()).or_default();
        for line in &answers.lines {
            if let Some(index) = self.index_of(line) {
                of_log.remove(&index);
            }
        }
        for (index, what) in &answers.disputes {
            if of_log.insert(*index) {
                let witness = self.witness(*index).key.name();
                tracing::error!(
                    %log, witness, what,
                    "a witness disputes the log and shows no signature of ours that proves it; compare the log with backups and \
                     with checkpoints that auditors hold, and ask the witness's operator for what it has cosigned"
                );
            }
        }
        if of_log.is_empty() {
            disputed.remove(log);
        }
    }

    fn index_of(&self, line: &NoteSignature) -> Option<usize> {
        let mut all = self.policy.witnesses().iter();
        all.position(|witness| witness.key.claims(line))
    }

    pub(super) fn witness(&self, index: usize) -> &Party {
        &self.policy.witnesses()[index]
    }

    /// The witness's key for a cosignature that it has made.
    pub(super) fn key_of(&self, line: &NoteSignature) -> Option<&VerifierKey> {
        self.index_of(line).map(|index| &self.witness(index).key)
    }

    /// Asks every witness whose cosignature the note lacks, and every one that was not reached since the start. Takes at
    /// most twice [`COSIGN_WAIT`]: for a place and for the answer.
    pub(super) async fn ask(
        self: &Arc<Self>,
        store: &Store,
        log: &LogId,
        known: &Arc<Known>,
        note: &str,
    ) -> Answers {
        let mut answers = Answers::default();
        let Ok(parsed) = Note::parse(note) else {
            return answers;
        };
        let has = self.cosigned(&parsed);
        let reached: HashSet<usize> = lock(&known.sizes).keys().copied().collect();
        let (mut asked, mut lines) = (JoinSet::new(), Vec::new());
        for index in 0..self.policy.witnesses().len() {
            if (has.contains(&index) && reached.contains(&index)) || !self.may_ask(index) {
                continue;
            }
            let ask = Ask {
                witnesses: self.clone(),
                index,
                store: store.clone(),
                log: log.clone(),
                known: known.clone(),
                note: parsed.clone(),
            };
            asked.spawn(async move { (index, ask.within(COSIGN_WAIT).await) });
        }
        while let Some(done) = asked.join_next().await {
            let Ok((index, answer)) = done else { continue };
            self.settle(index, answer.outcome);
            self.say_refused(log, known, index, &answer.said, answer.outcome);
            if answer.outcome == Outcome::Busy {
                lock(&self.again).insert(log.clone());
            }
            if answer.outcome.is_dispute() {
                answers.disputes.push((index, answer.said));
            }
            lines.extend(answer.line.map(|line| (index, line)));
        }
        // As the policy has them, whoever was first.
        lines.sort_by_key(|(index, _)| *index);
        answers.lines = lines.into_iter().map(|(_, line)| line).collect();
        answers
    }

    fn say_refused(&self, log: &LogId, known: &Known, index: usize, said: &str, outcome: Outcome) {
        let mut refused = lock(&known.refused);
        if !matches!(outcome, Outcome::Refused | Outcome::Wrong) {
            refused.remove(&index);
        } else if refused.insert(index) {
            let witness = self.witness(index).key.name();
            tracing::warn!(
                %log, witness, said,
                "a witness does not cosign the log; give its operator the log's line of `samtycke policy TENANT`, and compare the \
                 witness's key with the one in witness_policy"
            );
        }
    }

    /// Whether a witness may be asked now. One that did not answer is asked by one request at a time.
    fn may_ask(&self, index: usize) -> bool {
        let now = self.environment.clock.monotonic();
        let mut rest = lock(&self.rests[index]);
        match rest.until {
            None => true,
            Some(until) if until <= now => {
                rest.until = Some(now + 2 * COSIGN_WAIT);
                true
            }
            Some(_) => false,
        }
    }

    fn settle(&self, index: usize, outcome: Outcome) {
        self.carrier.note(index, outcome);
        let witness = self.witness(index).key.name();
        let mut rest = lock(&self.rests[index]);
        match outcome {
            Outcome::Busy => {}
            Outcome::Unreachable | Outcome::Slow => {
                let pause = REST.saturating_mul(1 << rest.failures.min(6)).min(REST_MAX);
                rest.until = Some(self.environment.clock.monotonic() + pause);
                rest.failures += 1;
                if rest.failures == 1 {
                    tracing::warn!(
                        witness,
                        outcome = outcome.as_str(),
                        "a witness does not answer; checkpoints are published with the others' cosignatures, and it is asked \
                         again within a minute"
                    );
                }
            }
            Outcome::Cosigned
            | Outcome::Refused
            | Outcome::Wrong
            | Outcome::Ahead
            | Outcome::Contradicts => {
                if rest.failures > 0 {
                    tracing::info!(witness, "a witness answers again");
                    self.has_returned.store(true, Ordering::SeqCst);
                }
                *rest = Rest::default();
            }
        }
    }

    /// The checkpoint of this origin that a witness says it has cosigned last, unverified; `None` where it shows none.
    pub(super) async fn newest(&self, index: usize, origin: &str) -> Option<Note> {
        let path = samtycke_tlog::witness::newest_path(origin);
        let answer = self.carrier.send(self.url(index, &path), None);
        let reply = tokio::time::timeout(COSIGN_WAIT, answer).await.ok()?.ok()?;
        if reply.status != 200 {
            return None;
        }
        Note::parse(&reply.body).ok()
    }

    fn url(&self, index: usize, path: &str) -> String {
        let url = self.witness(index).url.as_deref().unwrap_or_default();
        format!("{}/{path}", url.trim_end_matches('/'))
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
