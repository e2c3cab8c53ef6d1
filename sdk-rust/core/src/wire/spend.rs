//! The request and response of a use.

use serde::{Deserialize, Serialize};

use super::CheckResponse;
use crate::id::{EventId, PurposeId, SubjectId};
use crate::scope::Scope;

/// `POST /v1/consents/{event}/use`: spends the consent of this event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UseRequest {
    /// The id of the use, made by the client: the idempotency key, for ever.
    pub event_id: EventId,
    /// The subject of the consent.
    pub subject: SubjectId,
    /// The purpose, whose consents are for a single use.
    pub purpose: PurposeId,
    /// The scope.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// A position that the verdict must include; a server that is behind it fails closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
}

impl UseRequest {
    /// A use of the subject's consent to this purpose and scope.
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

/// The response: 201 if this use spent the consent, 200 if it did not and nothing has changed. Only `used: true`
/// permits the operation, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct UseResponse {
    /// Whether this use spent the consent. Equals `allow`.
    pub used: bool,
    /// The verdict of a check for forwarding in the same transaction. `position` includes the use; if it succeeded,
    /// `seq` is its number within the subject's stream.
    #[serde(flatten)]
    pub check: CheckResponse,
    /// The use's id, if it succeeded.
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
