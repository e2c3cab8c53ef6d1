//! The request and response of a check.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::decide::{Op, Verdict};
use crate::decision::Signals;
use crate::id::{PurposeId, ScopeValue, SubjectId};
use crate::scope::Scope;

/// The most checks in one batch; a server may be set to fewer.
pub const CHECKS_MAX: usize = 100;

/// `POST /v1/check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckRequest {
    /// The person whose data is processed: in a staff view of a child's answers, the child.
    pub subject: SubjectId,
    /// The purpose.
    pub purpose: PurposeId,
    /// The operation; absent means `process`.
    #[serde(default)]
    pub op: Op,
    /// The scope.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The item that is stored or read; absent: the check is about no item in particular.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Item>,
    /// The browser's signals at the time of the check.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// For a processor: the customer for whom the data are processed, by its id among the register's recipients. The
    /// answer names that customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on_behalf_of: Option<ScopeValue>,
    /// A position that the verdict must include; a server that is behind it fails closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
    /// The moment that the check is about (RFC 3339); answered from events, and not for a publishable key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<String>,
    /// The moment until which events count as known (RFC 3339); absent means `as_of`. Not for a publishable key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub known_at: Option<String>,
    /// Whether to return the row of the table and the evidence.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explain: bool,
}

impl CheckRequest {
    /// A check of a subject and a purpose, with no further field.
    pub fn about(subject: SubjectId, purpose: PurposeId) -> Self {
        Self {
            subject,
            purpose,
            op: Op::default(),
            scope: Scope::None,
            item: None,
            signals: None,
            on_behalf_of: None,
            at_least: None,
            as_of: None,
            known_at: None,
            explain: false,
        }
    }
}

/// The item that is stored or read.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// The days on which its retention periods began, by anchor (`item.collected`, `contract.ended`): `YYYY-MM-DD`, or
    /// RFC 3339 where the event is not a last day. At least one, and only names that a rule of the purpose uses.
    #[serde(default)]
    pub anchors: BTreeMap<String, String>,
}

/// The response to a check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CheckResponse {
    /// The verdict.
    #[serde(flatten)]
    pub verdict: Verdict,
    /// The position of the state behind the verdict. Opaque; a later check can demand it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub position: Option<Arc<str>>,
}
