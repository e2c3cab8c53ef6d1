//! What a guardian says about a child, with the capability of the guardian's own subject (rule E8).

use serde::{Deserialize, Serialize};

use crate::decision::{DecisionKind, Method};
use crate::id::{EventId, Language, NoticeHash, PurposeId};
use crate::notice::Variant;
use crate::scope::Scope;

/// What a guardian decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum GuardianDecision {
    /// Authorises the child's consent. It needs `notice`, `language` and `method`.
    Given,
    /// Declines.
    Refused,
    /// Withdraws.
    Withdrawn,
}

impl From<GuardianDecision> for DecisionKind {
    fn from(decision: GuardianDecision) -> Self {
        match decision {
            GuardianDecision::Given => Self::Given,
            GuardianDecision::Refused => Self::Refused,
            GuardianDecision::Withdrawn => Self::Withdrawn,
        }
    }
}

/// `POST /v1/subjects/{subject}/decisions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct GuardianDecisionRequest {
    /// Made by the client: the idempotency key, for ever.
    pub event_id: EventId,
    /// The purpose.
    pub purpose: PurposeId,
    /// What the guardian decides.
    pub decision: GuardianDecision,
    /// The scope.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Whether it is a separate statement (GDPR Art. 9(2)(a)).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explicit: bool,
    /// The hash of the notice that the guardian was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// The language that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The variant that was shown; absent means `adult`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// How the guardian decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// The `token` of the cell as the guardian saw it; absent where there was no such cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<String>,
}
