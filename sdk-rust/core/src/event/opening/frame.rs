//! The fields that the openings of every kind have.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Actor, DisplayContext, EventResult, LoggedEvent, OpeningError, Stream, hour_of};
use crate::{
    decision::{Method, Signals},
    device::Device,
    event::{Event, EventBody},
    id::{EventId, Language, LogId, NoticeHash, PromptId, ScopeValue, SiteId, SubjectId},
    purpose::Assurance,
};
use samtycke_tlog::strict;

/// The name of a [`Stream`] variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum StreamWord {
    Subject,
    Tenant,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct CtxFrame {
    pub(super) v: u8,
    #[serde(rename = "type")]
    pub(super) type_: String,
    pub(super) log: LogId,
    pub(super) stream: StreamWord,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) site: Option<SiteId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) notice: Option<NoticeHash>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<Language>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) variant: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) method: Option<Method>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) surface: Option<ScopeValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) ui_hash: Option<String>,
    pub(super) assurance: Assurance,
    pub(super) hour: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<Value>,
    pub(super) results: Vec<EventResult>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SubFrame {
    pub(super) v: u8,
    #[serde(rename = "type")]
    pub(super) type_: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) subject: Option<SubjectId>,
    pub(super) event_id: EventId,
    pub(super) seq: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) prev: Option<String>,
    pub(super) received_at: i64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) occurred_at: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) based_on: Option<u64>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) after_seqs: Vec<u64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) actor: Option<Actor>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) signals: Option<Signals>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) device: Option<Device>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) evidence: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) prompt: Option<PromptId>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) expires: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) data: Option<Value>,
}

impl CtxFrame {
    pub(super) fn of(logged: &LoggedEvent, data: Option<Value>) -> Self {
        let (event, display) = (&logged.event, &logged.display);
        Self {
            v: event.body.version(),
            type_: event.body.type_name().to_owned(),
            log: logged.log.clone(),
            stream: match &logged.stream {
                Stream::Subject(_) => StreamWord::Subject,
                Stream::Tenant => StreamWord::Tenant,
            },
            site: display.site.clone(),
            notice: event.notice.clone(),
            language: event.language.clone(),
            variant: display.variant.clone(),
            method: event.method,
            surface: display.surface.clone(),
            ui_hash: display.ui_hash.clone(),
            assurance: event.assurance,
            hour: hour_of(event.received_at),
            data,
            results: logged.results.clone(),
        }
    }
}

impl SubFrame {
    pub(super) fn of(logged: &LoggedEvent, data: Option<Value>) -> Self {
        let (event, display) = (&logged.event, &logged.display);
        Self {
            v: event.body.version(),
            type_: event.body.type_name().to_owned(),
            subject: match &logged.stream {
                Stream::Subject(subject) => Some(subject.clone()),
                Stream::Tenant => None,
            },
            event_id: event.event_id.clone(),
            seq: event.seq,
            prev: logged.prev.map(hex::encode),
            received_at: event.received_at,
            occurred_at: event.occurred_at,
            based_on: (event.based_on > 0).then_some(event.based_on),
            after_seqs: event.after_seqs.clone(),
            actor: (event.actor != Actor::SUBJECT).then(|| event.actor.clone()),
            signals: event.signals,
            device: display.device,
            evidence: display.evidence.clone(),
            prompt: display.prompt.clone(),
            expires: logged.expires,
            data,
        }
    }

    /// Combines both frames and the body into an event.
    pub(super) fn with(self, ctx: CtxFrame, body: EventBody) -> Result<LoggedEvent, OpeningError> {
        if ctx.hour != hour_of(self.received_at) {
            return Err(OpeningError::Mismatch("the time"));
        }
        let stream = match (ctx.stream, self.subject) {
            (StreamWord::Subject, Some(subject)) => Stream::Subject(subject),
            (StreamWord::Tenant, None) => Stream::Tenant,
            (StreamWord::Subject, None) | (StreamWord::Tenant, Some(_)) => {
                return Err(OpeningError::Mismatch("the stream"));
            }
        };
        let prev = match &self.prev {
            None => None,
            Some(hash) => {
                let hash = strict::hex_array(hash);
                Some(hash.ok_or(OpeningError::Field(super::Part::Sub))?)
            }
        };
        // Canonical form omits fields that have their default value.
        if self.based_on == Some(0) || self.actor == Some(Actor::SUBJECT) {
            return Err(OpeningError::Form(super::Part::Sub));
        }
        Ok(LoggedEvent {
            log: ctx.log,
            stream,
            prev,
            event: Event {
                seq: self.seq,
                received_at: self.received_at,
                occurred_at: self.occurred_at,
                event_id: self.event_id,
                actor: self.actor.unwrap_or(Actor::SUBJECT),
                assurance: ctx.assurance,
                notice: ctx.notice,
                language: ctx.language,
                method: ctx.method,
                based_on: self.based_on.unwrap_or(0),
                after_seqs: self.after_seqs,
                signals: self.signals,
                body,
            },
            display: DisplayContext {
                site: ctx.site,
                variant: ctx.variant,
                surface: ctx.surface,
                ui_hash: ctx.ui_hash,
                evidence: self.evidence,
                prompt: self.prompt,
                device: self.device,
            },
            expires: self.expires,
            results: ctx.results,
        })
    }
}
