//! The check's question and answer.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::decide::{Op, Verdict};
use crate::decision::Signals;
use crate::id::{PurposeId, SubjectId};
use crate::scope::Scope;

/// Most questions in one batch, unless the server is set to fewer.
pub const CHECKS_MAX: usize = 100;

/// `POST /v1/check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// The person whose data it is: in an admin's view of a child's answers, the child.
    pub subject: SubjectId,
    /// For which purpose.
    pub purpose: PurposeId,
    /// What is to be done; absent means `process`.
    #[serde(default)]
    pub op: Op,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The item's retention anchors, by name: Unix milliseconds or RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// Browser signals that are on now.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// A position that the answer must include; anything older fails closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// The moment the question is about (RFC 3339); answered from events, and not to a publishable key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// What was known then (RFC 3339); absent means `as_of`. Not for a publishable key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_at: Option<String>,
    /// Also say which row of the table answered, and what it rests on.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explain: bool,
}

impl CheckRequest {
    /// Whether the subject's data may be processed for the purpose, and nothing more particular.
    pub fn about(subject: SubjectId, purpose: PurposeId) -> Self {
        Self {
            subject,
            purpose,
            op: Op::default(),
            scope: Scope::None,
            item: None,
            signals: None,
            at_least: None,
            as_of: None,
            known_at: None,
            explain: false,
        }
    }
}

/// The thing that is stored or read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// When its retention periods began, by anchor (`item.collected`, `contract.ended`); RFC 3339.
    #[serde(default)]
    pub anchors: BTreeMap<String, String>,
}

/// The answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckAnswer {
    /// The verdict.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The state it was answered from. Opaque; a later check can demand it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub position: Option<Arc<str>>,
}
