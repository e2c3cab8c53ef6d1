//! The body and the answer of a use.

use serde::{Deserialize, Serialize};

use super::CheckAnswer;
use crate::id::{EventId, PurposeId, SubjectId};
use crate::scope::Scope;

/// `POST /v1/consents/{event}/use`: spends the consent that this event gave.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UseRequest {
    /// Of the use itself, made by the client; the idempotency identity, for ever.
    pub event_id: EventId,
    /// Whose consent.
    pub subject: SubjectId,
    /// To which purpose; one whose consents are spent by one use.
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// A position that the answer must include; anything older fails closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
}

impl UseRequest {
    /// A use of whatever the subject's consent to this purpose and scope is limited to.
    pub fn new(event_id: EventId, subject: SubjectId, purpose: PurposeId, scope: Scope) -> Self {
        Self {
            event_id,
            subject,
            purpose,
            scope,
            at_least: None,
        }
    }
}

/// The answer: 201 where the consent was spent by this use, 200 where it was not and nothing has changed. Only with
/// `used: true` may be done what was consented to, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UseAnswer {
    /// Whether this use passed. Equals `allow`.
    pub used: bool,
    /// What a check for forwarding answered in the same transaction; `position` includes the use, and where it passed
    /// `seq` is its number within the subject's stream.
    #[serde(flatten)]
    pub check: CheckAnswer,
    /// The use's id, where it passed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub event_id: Option<EventId>,
    /// Its index in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// SHA-256 of its leaf; hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaf_hash: Option<String>,
    /// When the log received it (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<String>,
}
