//! `POST /v1/events` at the fake server, and the roles of its two keys.

use reqwest::header::HeaderValue;
use samtycke_core::event::Event;
use samtycke_core::keys::Secret;
use samtycke_core::problem::Problem;
use samtycke_core::service::{AppendedEvent, event_unheard};
use samtycke_core::submission::event_of_kind;
use samtycke_core::wire::{EventData, EventRequest};
use serde_json::Value;

use super::log::Place as Way;
use super::server::{Answer, KEY_ID, Server, Submitted, not_for, ok};

/// The key of a data protection officer.
pub(super) const DPO_KEY: &str = "sam_dpo_fake";

/// The role of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeyRole {
    /// A server of the tenant.
    Service,
    /// The tenant's data protection officer.
    Dpo,
}

impl KeyRole {
    /// The role of the key in an `Authorization` header.
    pub(super) fn of(key: &HeaderValue) -> Self {
        let presented = key.to_str().ok();
        match presented.and_then(|key| key.strip_prefix("Bearer ")) {
            Some(DPO_KEY) => Self::Dpo,
            _ => Self::Service,
        }
    }

    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Dpo => "dpo",
        }
    }

    /// The role that a kind of event takes (rule E1): what restricts by the controller's own judgement, or lifts such a
    /// restriction, is for its data protection officer.
    pub(super) fn for_kind(data: &EventData) -> Self {
        match data {
            EventData::ObjectionUpheld(_)
            | EventData::ObjectionRejected(_)
            | EventData::ConsentInvalidated(_)
            | EventData::ConsentRevoked(_)
            | EventData::SubjectUnmerged(_)
            | EventData::SubjectRestricted(_)
            | EventData::SubjectUnrestricted(_)
            | EventData::Correction(_) => Self::Dpo,
            EventData::NoticeDelivered(_)
            | EventData::ContractStarted(_)
            | EventData::ContractEnded(_)
            | EventData::TermsAccepted(_)
            | EventData::AgeBandSet(_)
            | EventData::GuardianLinked(_)
            | EventData::GuardianUnlinked(_)
            | EventData::GuardianAuthorised(_)
            | EventData::GuardianDeclined(_)
            | EventData::GuardianWithdrawn(_)
            | EventData::SubjectLinked(_) => Self::Service,
        }
    }
}

impl Server {
    /// Records an event that is no person's own decision.
    pub(super) fn event(
        &mut self,
        role: KeyRole,
        request: EventRequest,
        body: &Value,
        now: i64,
    ) -> Answer {
        let wanted = KeyRole::for_kind(&request.data);
        if role != wanted {
            let field = format!("takes a key of role {}", wanted.as_str());
            return Err(not_for(wanted).field("/kind", field));
        }
        let judged: Result<Event, Problem> = event_of_kind(&self.tenant.now(), KEY_ID, &request);
        let has_notice = judged.as_ref().is_ok_and(|event| event.notice.is_some());
        let site = has_notice.then(|| self.tenant.site().clone());
        let submitted = Submitted {
            event_id: request.event_id,
            subject: request.subject,
            after: request.after,
            way: Way { site },
        };
        let unheard = |event: &Event| ok(&event_unheard(event, now));
        let answer = |recorded: &AppendedEvent, key: &Secret| recorded.event_answer(key);
        self.submit(submitted, judged, body, now, unheard, answer)
    }
}
