//! The name of a cell: a purpose and a scope.

use serde::{Deserialize, Serialize};

use crate::{id::PurposeId, scope::Scope};

/// One cell of one subject, as an event names it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CellRef {
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope of the decision.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
}
