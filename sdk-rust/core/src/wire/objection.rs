//! Objections that wait for the controller's decision.

use serde::{Deserialize, Serialize};

use crate::id::{PurposeId, SubjectId};
use crate::scope::Scope;

/// Which objections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ObjectionFilter {
    /// The controller has neither upheld nor rejected it.
    #[default]
    Open,
}

/// An objection that the controller has neither upheld nor rejected (GDPR Art. 21(1)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObjectionResponse {
    /// The person.
    pub subject: SubjectId,
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// When it was received (RFC 3339).
    pub received_at: String,
    /// The last day on which the person must be told what was decided (GDPR Art. 12(3)), such as `2027-03-01`.
    pub due_on: String,
    /// Whether that day has passed.
    pub overdue: bool,
}

/// `GET /v1/objections`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ObjectionsResponse {
    /// The objections, the one that is due first first.
    pub objections: Vec<ObjectionResponse>,
    /// Where the next page begins: the parameter `after`. Absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}
