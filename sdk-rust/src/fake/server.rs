//! The fake server: a request in, a response or a problem out. `samtycke_core` decides, as it does for the server.

use reqwest::StatusCode;
use reqwest::header::HeaderValue;
use samtycke_core::campaign::Campaign;
use samtycke_core::event::Event;
use samtycke_core::id::{EventId, NoticeHash, ScopeValue, SiteId, SubjectId};
use samtycke_core::json::{Limits, canonical, parse_strict};
use samtycke_core::keys::{Secret, mac};
use samtycke_core::live::evaluate_check;
use samtycke_core::position::Position;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::reason::Reason;
use samtycke_core::register::{Register, RegisterErrors};
use samtycke_core::service::{
    self, AppendedEvent, Posted, UseRejected, check_count, hmac_of, is_lost, use_body, within_batch,
};
use samtycke_core::submission::{self, Sender};
use samtycke_core::wire::{
    BatchRequest, BatchResponse, CHECKS_MAX, CheckRequest, CheckResponse, ConsentRequest,
    DecisionsResponse, HistoryResponse, RegisterResponse, SubjectRequest, SubjectResponse,
    UseRequest, WithdrawalRequest,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::event::KeyRole;
use super::fault::refused;
use super::log::{Answered, Log, Place as Way};
use super::request::Place;
use super::tenant::Tenant;
use crate::upstream::Incoming;

/// The longest body and its deepest nesting, as a server has by default, in bytes and levels.
const BODY_BYTES_MAX: usize = 64 * 1024;
const DEPTH_MAX: usize = 16;
/// The name of the fake server's key in the log.
pub(super) const KEY_ID: &str = "k_fake";
/// The row of the table by which a merged subject's check goes on with the survivor.
const MERGED_ROW: u8 = 5;

/// A tenant, its log, and the lookup of its subjects.
#[derive(Debug)]
pub(super) struct Server {
    pub(super) tenant: Tenant,
    pub(super) log: Log,
    lookup_key: Secret,
}

/// A body and its status.
pub(super) type Answer = Result<(StatusCode, Vec<u8>), Problem>;

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

    /// Whether the caller holds the notice that the place shows now, so that it is not sent again.
    pub(super) fn holds_current(&self, place: &Place, held: Option<&HeaderValue>) -> bool {
        let current = self.tenant.notice().map(|hash| format!("\"{hash}\""));
        matches!(place, Place::Notice(site) if site == self.tenant.site())
            && current.is_some_and(|etag| held.is_some_and(|held| held == etag.as_str()))
    }

    /// Makes a campaign live.
    pub(super) fn publish_campaign(&mut self, id: ScopeValue, campaign: Campaign, now: i64) {
        let at = self.log.published_at(now);
        self.tenant.publish_campaign(id, campaign, at);
        self.log.publish(at);
    }

    /// Processes a request.
    pub(super) fn answer(
        &mut self,
        place: &Place,
        role: KeyRole,
        body: Option<&[u8]>,
        now: i64,
    ) -> Incoming {
        let body = body.unwrap_or_default();
        let answer = match place {
            Place::Consents | Place::Use(_) if role == KeyRole::Dpo => {
                Err(not_for(KeyRole::Service))
            }
            Place::Events => {
                shaped(body).and_then(|(event, body)| self.event(role, event, &body, now))
            }
            Place::Check => shaped(body).and_then(|(question, _)| ok(&self.check(&question, now)?)),
            Place::CheckBatch => shaped(body).and_then(|(batch, _)| ok(&self.batch(&batch, now)?)),
            Place::Consents => shaped(body).and_then(|(said, body)| self.record(said, &body, now)),
            Place::Withdrawals => {
                shaped(body).and_then(|(said, body)| self.withdraw(said, &body, now))
            }
            Place::Use(consent) => {
                shaped(body).and_then(|(request, body)| self.spend(consent, request, &body, now))
            }
            Place::Subjects => shaped(body).and_then(|(asked, _)| ok(&self.subject(&asked, now)?)),
            Place::Decisions(subject) => ok(&self.decisions(subject.clone(), now)),
            Place::History(subject) => ok(&HistoryResponse {
                subject: subject.clone(),
                events: self.log.history(subject),
                frozen: false,
            }),
            Place::Objections(after) => ok(&self.objections(*after, now)),
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

    fn check(&self, question: &CheckRequest, now: i64) -> Result<CheckResponse, Problem> {
        let min_position = self.parse_min_position(question.at_least.as_deref())?;
        let head = self.log.head().token(self.log.position_key());
        let is_lost = is_lost(min_position, self.log.head());
        if question.is_historic() {
            let (as_of, known_at) = question.moments(now)?;
            if !is_lost {
                let then = self.tenant.at(as_of);
                let registers = self.tenant.history();
                let state = self
                    .log
                    .state_then(&question.subject, &registers, known_at, as_of);
                let verdict = evaluate_check(&then, question, Some(&state), as_of)?;
                return Ok(CheckResponse::of(verdict, head));
            }
        }
        if is_lost {
            return Ok(CheckResponse::failed_closed(
                Reason::FailclosedTokenLost,
                head,
            ));
        }
        let deciding = self.log.deciding(&question.subject);
        let state = self.log.state(&deciding);
        let mut verdict = evaluate_check(&self.tenant.now(), question, state, now)?;
        let is_merged = deciding != question.subject;
        if let Some(explain) = verdict.explain.as_mut().filter(|_| is_merged) {
            explain.via.insert(0, MERGED_ROW);
        }
        Ok(CheckResponse::of(verdict, head))
    }

    fn batch(&self, batch: &BatchRequest, now: i64) -> Result<BatchResponse, Problem> {
        check_count("/checks", "questions", batch.checks.len(), CHECKS_MAX)?;
        let questions = batch.checks.iter().enumerate();
        let verdicts =
            questions.map(|(i, question)| self.check(question, now).map_err(within_batch(i)));
        Ok(BatchResponse {
            verdicts: verdicts.collect::<Result<_, _>>()?,
        })
    }

    fn record(&mut self, said: ConsentRequest, body: &Value, now: i64) -> Answer {
        let judged = self.consent(&said);
        let site = Some(self.tenant.site().clone());
        let submitted = Submitted {
            event_id: said.event_id,
            subject: said.subject,
            after: said.after,
            way: Way { site },
        };
        let unheard = |event: &Event| ok(&service::unheard(event, now));
        let answer = |recorded: &AppendedEvent, key: &Secret| recorded.answer(Posted::Consent, key);
        self.submit(submitted, judged, body, now, unheard, answer)
    }

    fn consent(&self, said: &ConsentRequest) -> Result<Event, Problem> {
        let event = submission::consent(&self.tenant.now(), Sender::Server, said)?;
        if said.prompt.is_some() && event.body.direction().is_permissive() {
            // The double issues no prompts, so it knows none.
            return Err(Problem::new(ProblemKind::PromptInvalid)
                .field("/prompt", "must be one that this server has issued"));
        }
        Ok(event)
    }

    fn withdraw(&mut self, said: WithdrawalRequest, body: &Value, now: i64) -> Answer {
        let judged = submission::withdrawal(&self.tenant.now(), Sender::Server, &said);
        let submitted = Submitted {
            event_id: said.event_id,
            subject: said.subject,
            after: said.after,
            way: Way { site: None },
        };
        let unheard = |event: &Event| ok(&service::unheard(event, now));
        let answer =
            |recorded: &AppendedEvent, key: &Secret| recorded.answer(Posted::Withdrawal, key);
        self.submit(submitted, judged, body, now, unheard, answer)
    }

    /// Records a submission that was judged, unless it was recorded before. A guardian's word about a preventive service
    /// leaves no trace (rule E8).
    pub(super) fn submit<A: Serialize>(
        &mut self,
        submitted: Submitted,
        judged: Result<Event, Problem>,
        body: &Value,
        now: i64,
        unheard: impl Fn(&Event) -> Answer,
        answer: impl Fn(&AppendedEvent, &Secret) -> A,
    ) -> Answer {
        let live = self.tenant.now();
        if let Ok(event) = &judged
            && submission::is_unheard(&live, event)
        {
            return unheard(event);
        }
        let body = canonical(body);
        let Submitted {
            event_id,
            subject,
            after,
            way,
        } = submitted;
        if let Some(answer) = self.replay(&event_id, &body)? {
            return Ok(answer);
        }
        let recorded = self
            .log
            .record(&live, &subject, &judged?, &after, way, now)?;
        let answer = answer(&recorded, self.log.position_key());
        self.keep(&subject, event_id, recorded.seq, body, &answer)
    }

    fn spend(&mut self, consent: &EventId, request: UseRequest, body: &Value, now: i64) -> Answer {
        let identity = use_body(body, consent);
        if let Some(answer) = self.replay(&request.event_id, &identity)? {
            return Ok(answer);
        }
        let min_position = self.parse_min_position(request.at_least.as_deref())?;
        let live = self.tenant.now();
        let event = submission::spending(&live, KEY_ID, consent, &request)?;
        let spent = if is_lost(min_position, self.log.head()) {
            Err(Box::new(UseRejected::token_lost(self.log.head())))
        } else {
            self.log.spend(&live, &request.subject, &event, now)
        };
        let receipt = match spent {
            Ok(receipt) => receipt,
            Err(rejected) => return ok(&rejected.answer(self.log.position_key())),
        };
        let answer = receipt.use_answer(self.log.position_key())?;
        let UseRequest {
            subject, event_id, ..
        } = request;
        self.keep(&subject, event_id, receipt.seq, identity, &answer)
    }

    /// The subject of an identifier. It follows from the identifier, so a test can name it.
    fn subject(&self, asked: &SubjectRequest, now: i64) -> Result<SubjectResponse, Problem> {
        let hmac = hmac_of(&self.lookup_key, asked)?;
        let issue = |subject: &SubjectId, _until| {
            let mac = mac(&self.lookup_key, subject.as_str().as_bytes());
            format!("c_{}", hex::encode(mac))
        };
        Ok(SubjectResponse::of(self.subject_of(&hmac), now, issue))
    }

    pub(super) fn subject_of(&self, hmac: &[u8]) -> SubjectId {
        let bytes = mac(&self.lookup_key, hmac);
        let mut id = [0; 16];
        id.iter_mut().zip(bytes).for_each(|(to, from)| *to = from);
        SubjectId::from_bytes(id)
    }

    fn decisions(&self, subject: SubjectId, now: i64) -> DecisionsResponse {
        let state = self.log.state(&self.log.deciding(&subject));
        let state = state.cloned().unwrap_or_default();
        DecisionsResponse::of(subject, &state, &self.tenant.now(), now)
    }

    fn register(&self) -> Answer {
        let (register, version) = self.tenant.register().ok_or(ProblemKind::NotFound)?;
        ok(&RegisterResponse::of(register, version))
    }

    fn notice(&self, site: &SiteId) -> Answer {
        let document = self.tenant.document();
        let document = document.filter(|_| site == self.tenant.site());
        ok(&document.ok_or(ProblemKind::NotFound)?)
    }

    fn parse_min_position(&self, token: Option<&str>) -> Result<Option<Position>, Problem> {
        service::parse_min_position(token, self.log.position_key())
    }

    /// The first answer to an event that was recorded before, whatever has changed since.
    fn replay(
        &self,
        event: &EventId,
        body: &[u8],
    ) -> Result<Option<(StatusCode, Vec<u8>)>, Problem> {
        let answer = self.log.replay(event, body)?;
        Ok(answer.map(|answer| (StatusCode::CREATED, answer)))
    }

    fn keep(
        &mut self,
        subject: &SubjectId,
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
}

/// The identity of a submission, and where it was made.
pub(super) struct Submitted {
    pub(super) event_id: EventId,
    pub(super) subject: SubjectId,
    pub(super) after: Vec<EventId>,
    pub(super) way: Way,
}

/// The refusal of a key of another role, in a server's words.
pub(super) fn not_for(role: KeyRole) -> Problem {
    let role = role.as_str();
    Problem::new(ProblemKind::Forbidden).detail(format!("this takes a key of role {role}"))
}

pub(super) fn ok(answer: &impl Serialize) -> Answer {
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

/// The response to a caller that holds the current version.
pub(super) fn unchanged() -> Incoming {
    Incoming {
        status: 304,
        retry_after: None,
        body: Some(Vec::new()),
    }
}
