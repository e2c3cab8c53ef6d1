//! The fake server: a request in, a response or a problem out. `samtycke_core` decides, as it does for the server.

use reqwest::StatusCode;
use samtycke_core::decide::{Basis, PurposeLookup, Verdict};
use samtycke_core::event::Event;
use samtycke_core::id::{EventId, NoticeHash, SiteId, SubjectId};
use samtycke_core::json::{Limits, canonical, parse_strict};
use samtycke_core::keys::{Secret, mac};
use samtycke_core::live::judge;
use samtycke_core::position::Position;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::pseudonym::{identifier_hmac, normalise};
use samtycke_core::reason::Reason;
use samtycke_core::register::{Register, RegisterErrors};
use samtycke_core::submission::{self, Sender};
use samtycke_core::wire::{
    BatchAnswer, BatchRequest, CHECKS_MAX, CheckAnswer, CheckRequest, ConsentRequest,
    DecisionAnswer, DecisionsAnswer, HistoryAnswer, RecordAnswer, RegisterAnswer, SubjectAnswer,
    SubjectRequest, UseAnswer, UseRequest, WithdrawalReceipt, WithdrawalRequest, instant,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use super::fault::refused;
use super::log::{Answered, Before, Log, Place as Way, Receipt};
use super::request::Place;
use super::tenant::Tenant;
use crate::upstream::Incoming;

/// The longest body and its deepest nesting, as a server has by default, in bytes and levels.
const BODY_BYTES_MAX: usize = 64 * 1024;
const DEPTH_MAX: usize = 16;
/// A capability lives for an hour; milliseconds.
const CAPABILITY_MS: i64 = 60 * 60 * 1_000;
/// The name of the fake server's key in the log.
const KEY_ID: &str = "k_fake";

/// A tenant, its log, and the lookup of its subjects.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) tenant: Tenant,
    pub(super) log: Log,
    lookup_key: Secret,
}

/// A body and its status.
type Answer = Result<(StatusCode, Vec<u8>), Problem>;

impl Server {
    pub(super) fn new(
        register: Register,
        lookup_key: Secret,
        position_key: Secret,
        now: i64,
    ) -> Result<Self, RegisterErrors> {
        let tenant = Tenant::of(&register)?;
        let mut server = Self {
            tenant,
            log: Log::new(position_key),
            lookup_key,
        };
        server.publish_register(register, now)?;
        server.publish_notice(now);
        Ok(server)
    }

    pub(super) fn publish_register(
        &mut self,
        register: Register,
        now: i64,
    ) -> Result<(), RegisterErrors> {
        let at = self.log.published_at(now);
        self.tenant.publish_register(register, at)?;
        self.log.publish(at);
        Ok(())
    }

    pub(super) fn publish_notice(&mut self, now: i64) -> Option<NoticeHash> {
        let at = self.log.published_at(now);
        let hash = self.tenant.publish_notice(at)?;
        self.log.publish(at);
        Some(hash)
    }

    /// Processes a request.
    pub(super) fn answer(&mut self, place: &Place, body: Option<&[u8]>, now: i64) -> Incoming {
        let body = body.unwrap_or_default();
        let answer = match place {
            Place::Check => shaped(body).and_then(|(question, _)| ok(&self.check(&question, now)?)),
            Place::CheckBatch => shaped(body).and_then(|(batch, _)| ok(&self.batch(&batch, now)?)),
            Place::Consents => shaped(body).and_then(|(said, body)| self.record(said, &body, now)),
            Place::Withdrawals => {
                shaped(body).and_then(|(said, body)| self.withdraw(said, &body, now))
            }
            Place::Use(consent) => {
                shaped(body).and_then(|(request, body)| self.spend(consent, request, &body, now))
            }
            Place::Subjects => shaped(body).and_then(|(asked, _)| ok(&self.subject(asked, now)?)),
            Place::Decisions(subject) => ok(&self.decisions(subject.clone())),
            Place::History(subject) => ok(&HistoryAnswer {
                subject: subject.clone(),
                events: self.log.history(subject),
            }),
            Place::Register => self.register(),
            Place::Notice(site) => self.notice(site),
            Place::Proof => {
                // As a server answers a service key. The fake server has no log, and so no proof.
                Err(Problem::new(ProblemKind::Forbidden)
                    .detail("this takes a key of role auditor or dpo"))
            }
            Place::Nowhere => Err(ProblemKind::NotFound.into()),
        };
        match answer {
            Ok((status, body)) => Incoming {
                status: status.as_u16(),
                retry_after: None,
                body: Some(body),
            },
            Err(problem) => refused(&problem),
        }
    }

    fn check(&self, question: &CheckRequest, now: i64) -> Result<CheckAnswer, Problem> {
        let demanded = self.demanded(question.at_least.as_deref())?;
        let answered = |verdict| CheckAnswer {
            verdict,
            position: Some(self.log.token(self.log.head()).into()),
        };
        let is_lost = demanded.is_some_and(|position| position > self.log.head());
        if question.is_historic() {
            let (as_of, known_at) = question.moments(now)?;
            if !is_lost {
                let then = self.tenant.at(known_at);
                let state = self
                    .log
                    .state_then(&question.subject, &then, known_at, as_of);
                return Ok(answered(judge(&then, question, Some(&state), as_of)?));
            }
        }
        if is_lost {
            return Ok(answered(Verdict::fail_closed(Reason::FailclosedTokenLost)));
        }
        let state = self.log.state(&question.subject);
        Ok(answered(judge(&self.tenant.now(), question, state, now)?))
    }

    fn batch(&self, batch: &BatchRequest, now: i64) -> Result<BatchAnswer, Problem> {
        if batch.checks.is_empty() || batch.checks.len() > CHECKS_MAX {
            let message = format!("must hold 1 to {CHECKS_MAX} questions");
            return Err(Problem::new(ProblemKind::FieldInvalid).field("/checks", message));
        }
        let questions = batch.checks.iter().enumerate();
        let verdicts = questions.map(|(i, question)| {
            let checked = self.check(question, now);
            checked.map_err(|problem| problem.within(&format!("/checks/{i}")))
        });
        Ok(BatchAnswer {
            verdicts: verdicts.collect::<Result<_, _>>()?,
        })
    }

    fn record(&mut self, said: ConsentRequest, body: &Value, now: i64) -> Answer {
        let body = canonical(body);
        if let Some(answer) = self.replay(&said.event_id, &body)? {
            return Ok(answer);
        }
        let live = self.tenant.now();
        let event = submission::consent(&live, Sender::Server, &said)?;
        let way = Way {
            site: Some(self.tenant.site().clone()),
        };
        self.admit(&live, &said.subject, &event)?;
        let receipt = self
            .log
            .record(&live, &said.subject, event, &said.after, way, now);
        let answer = self.recorded(&said.event_id, &receipt, None);
        self.keep(said.subject, said.event_id, receipt.seq, body, &answer)
    }

    fn admit(
        &self,
        purposes: &dyn PurposeLookup,
        subject: &SubjectId,
        event: &Event,
    ) -> Result<(), Problem> {
        let state = self.log.state(subject).cloned().unwrap_or_default();
        submission::admit(purposes, &state, event)
    }

    fn withdraw(&mut self, said: WithdrawalRequest, body: &Value, now: i64) -> Answer {
        let body = canonical(body);
        if let Some(answer) = self.replay(&said.event_id, &body)? {
            return Ok(answer);
        }
        let live = self.tenant.now();
        let event = submission::withdrawal(&live, Sender::Server, &said)?;
        let way = Way { site: None };
        self.admit(&live, &said.subject, &event)?;
        let receipt = self
            .log
            .record(&live, &said.subject, event, &said.after, way, now);
        let position = Some(self.log.token_at(receipt.index));
        let in_force = WithdrawalReceipt::of(position, receipt.received_at);
        let answer = self.recorded(&said.event_id, &receipt, Some(in_force));
        self.keep(said.subject, said.event_id, receipt.seq, body, &answer)
    }

    fn spend(&mut self, consent: &EventId, request: UseRequest, body: &Value, now: i64) -> Answer {
        // The path names the consent that is spent: the same body for another consent is another use.
        let identity = canonical(&json!({"use": body, "consent": consent}));
        if let Some(answer) = self.replay(&request.event_id, &identity)? {
            return Ok(answer);
        }
        let demanded = self.demanded(request.at_least.as_deref())?;
        let live = self.tenant.now();
        let event = submission::spending(&live, KEY_ID, consent, &request)?;
        let (verdict, receipt) = if demanded.is_some_and(|position| position > self.log.head()) {
            (Verdict::fail_closed(Reason::FailclosedTokenLost), None)
        } else {
            self.log.spend(&live, &request.subject, event, now)
        };
        let Some(receipt) = receipt else {
            return ok(&self.not_used(verdict));
        };
        let answer = self.used(&request.event_id, verdict, &receipt);
        let UseRequest {
            subject, event_id, ..
        } = request;
        self.keep(subject, event_id, receipt.seq, identity, &answer)
    }

    /// The subject of an identifier. It follows from the identifier, so a test can name it.
    fn subject(&self, asked: SubjectRequest, now: i64) -> Result<SubjectAnswer, Problem> {
        let hmac = match (asked.identifier_hmac, asked.identifier) {
            (Some(text), None) => {
                let mut bytes = [0; 32];
                let is_lower = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
                if !is_lower || hex::decode_to_slice(&text, &mut bytes).is_err() {
                    return Err(Problem::new(ProblemKind::FieldInvalid)
                        .field("/identifier_hmac", "must be 64 lower-case hex digits"));
                }
                bytes
            }
            (None, Some(identifier)) => {
                let normalised = normalise(asked.domain, &identifier).map_err(|error| {
                    Problem::new(ProblemKind::FieldInvalid).field("/identifier", error.to_string())
                })?;
                identifier_hmac(&self.lookup_key, asked.domain, &normalised)
            }
            _ => {
                return Err(Problem::new(ProblemKind::FieldInvalid).field(
                    "/identifier_hmac",
                    "exactly one of identifier_hmac and identifier must be given",
                ));
            }
        };
        let subject = self.subject_of(&hmac);
        let expires_at = now.saturating_add(CAPABILITY_MS);
        Ok(SubjectAnswer {
            capability: format!(
                "c_{}",
                hex::encode(mac(&self.lookup_key, subject.as_str().as_bytes()))
            ),
            subject,
            expires_at: instant(expires_at),
        })
    }

    pub(super) fn subject_of(&self, hmac: &[u8]) -> SubjectId {
        let bytes = mac(&self.lookup_key, hmac);
        let mut id = [0; 16];
        id.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        SubjectId::from_bytes(id)
    }

    fn decisions(&self, subject: SubjectId) -> DecisionsAnswer {
        let state = self.log.state(&subject).cloned().unwrap_or_default();
        DecisionsAnswer::of(subject, &state)
    }

    fn register(&self) -> Answer {
        let (register, version) = self.tenant.register().ok_or(ProblemKind::NotFound)?;
        ok(&RegisterAnswer::of(register, version))
    }

    fn notice(&self, site: &SiteId) -> Answer {
        let document = self.tenant.document();
        let document = document.filter(|_| site == self.tenant.site());
        ok(&document.ok_or(ProblemKind::NotFound)?)
    }

    fn demanded(&self, token: Option<&str>) -> Result<Option<Position>, Problem> {
        let Some(token) = token else { return Ok(None) };
        let position = self.log.position(token).ok_or_else(|| {
            Problem::new(ProblemKind::PositionInvalid).field(
                "/at_least",
                "must be a position that this tenant's log has answered",
            )
        })?;
        Ok(Some(position))
    }

    /// The first answer to an event that was recorded before, whatever has changed since.
    fn replay(
        &self,
        event: &EventId,
        body: &[u8],
    ) -> Result<Option<(StatusCode, Vec<u8>)>, Problem> {
        match self.log.before(event, body) {
            Before::Nothing => Ok(None),
            Before::Same(answer) => Ok(Some((StatusCode::CREATED, answer))),
            Before::Another => Err(ProblemKind::EventIdReused.into()),
        }
    }

    fn keep(
        &mut self,
        subject: SubjectId,
        event: EventId,
        seq: u64,
        body: Vec<u8>,
        answer: &impl Serialize,
    ) -> Answer {
        let answer = serde_json::to_vec(answer).map_err(|_| ProblemKind::Internal)?;
        let answered = Answered {
            body,
            answer: answer.clone(),
        };
        self.log.keep(subject, seq, event, answered);
        Ok((StatusCode::CREATED, answer))
    }

    fn recorded(
        &self,
        event: &EventId,
        receipt: &Receipt,
        in_force: Option<WithdrawalReceipt>,
    ) -> RecordAnswer {
        RecordAnswer {
            event_id: event.clone(),
            seq: Some(receipt.seq),
            index: Some(receipt.index),
            position: Some(self.log.token_at(receipt.index)),
            leaf_hash: None,
            received_at: instant(receipt.received_at),
            decisions: DecisionAnswer::each(&receipt.body, &receipt.results),
            receipt: in_force,
            cookie: None,
        }
    }

    fn not_used(&self, verdict: Verdict) -> UseAnswer {
        UseAnswer {
            used: false,
            check: CheckAnswer {
                verdict,
                position: Some(self.log.token(self.log.head()).into()),
            },
            event_id: None,
            index: None,
            leaf_hash: None,
            received_at: None,
        }
    }

    fn used(&self, event: &EventId, verdict: Verdict, receipt: &Receipt) -> UseAnswer {
        UseAnswer {
            used: true,
            check: CheckAnswer {
                verdict: Verdict {
                    basis: Some(Basis::Consent),
                    seq: receipt.seq,
                    rely_ms: 0,
                    ..verdict
                },
                position: Some(self.log.token_at(receipt.index).into()),
            },
            event_id: Some(event.clone()),
            index: Some(receipt.index),
            leaf_hash: None,
            received_at: Some(instant(receipt.received_at)),
        }
    }
}

fn ok(answer: &impl Serialize) -> Answer {
    let body = serde_json::to_vec(answer).map_err(|_| ProblemKind::Internal)?;
    Ok((StatusCode::OK, body))
}

/// A body of a known shape, and the same as parsed JSON.
fn shaped<T: DeserializeOwned>(body: &[u8]) -> Result<(T, Value), Problem> {
    let limits = Limits {
        size_bytes_max: BODY_BYTES_MAX,
        depth_max: DEPTH_MAX,
    };
    let value = parse_strict(body, limits)?;
    // A client's own types always have the shape, so the problem names no field.
    let shaped = T::deserialize(&value).map_err(|_| ProblemKind::FieldInvalid)?;
    Ok((shaped, value))
}
