//! The summary of an event for histories, `samtycke verify` and receipts. It is plain data; each of them words it in
//! the reader's language.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::{cell_ref::CellRef, decision::Decision, id::PurposeId, scope::Scope};

/// The content of an event, from its public data alone. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Summary(pub Vec<Fact>);

/// One statement of an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Fact {
    /// A stable word for the decision or action.
    pub what: &'static str,
    /// The purpose.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub purpose: Option<PurposeId>,
    /// The scope.
    #[serde(skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Further details; stable names, with words or codes as values.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub details: BTreeMap<&'static str, String>,
}

impl Fact {
    /// A summary about the subject as a whole.
    pub fn plain(what: &'static str) -> Self {
        Self {
            what,
            purpose: None,
            scope: Scope::None,
            details: BTreeMap::new(),
        }
    }

    /// A summary about a purpose and scope.
    pub fn about(what: &'static str, purpose: &PurposeId, scope: &Scope) -> Self {
        Self {
            purpose: Some(purpose.clone()),
            scope: scope.clone(),
            ..Self::plain(what)
        }
    }

    /// Adds one detail.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.details.insert(name, value.into());
        self
    }
}

impl From<Fact> for Summary {
    fn from(fact: Fact) -> Self {
        Self(vec![fact])
    }
}

impl From<&Decision> for Fact {
    fn from(decision: &Decision) -> Self {
        let mut fact = Self::about(
            decision.decision.as_str(),
            &decision.purpose,
            &decision.scope,
        );
        for (name, is_set) in [
            ("all_scopes", decision.all_scopes),
            ("explicit", decision.explicit),
            ("gpc_acknowledged", decision.gpc_acknowledged),
        ] {
            if is_set {
                fact = fact.with(name, "true");
            }
        }
        fact
    }
}

impl Summary {
    /// A summary with one fact about a single cell.
    pub fn of_cell(what: &'static str, cell: &CellRef) -> Self {
        Fact::about(what, &cell.purpose, &cell.scope).into()
    }
}
