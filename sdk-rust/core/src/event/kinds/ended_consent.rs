//! The public data of the two kinds by which the controller ends a consent.

use serde::{Deserialize, Serialize};

use crate::{
    event::{Fact, Summary},
    id::{PurposeId, ScopeValue},
    scope::Scope,
};

/// A consent that the controller ended, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EndedConsent {
    pub(super) purpose: PurposeId,
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub(super) scope: Scope,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) all_scopes: bool,
    pub(super) cause: ScopeValue,
}

impl EndedConsent {
    pub(super) fn summary(&self, what: &'static str) -> Summary {
        let fact = Fact::about(what, &self.purpose, &self.scope);
        let fact = if self.all_scopes {
            fact.with("all_scopes", "true")
        } else {
            fact
        };
        fact.with("cause", self.cause.as_str()).into()
    }
}
