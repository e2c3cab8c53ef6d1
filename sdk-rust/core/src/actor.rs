//! The actor of an event and the verification of their identity.

use serde::{Deserialize, Serialize};

use crate::id::SubjectId;

/// The role of the actor in an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The data subject.
    Subject,
    /// A holder of parental responsibility.
    Guardian,
    /// Staff of the tenant, for example with a paper consent.
    Staff,
    /// The tenant itself.
    Controller,
    /// A supervisory authority or a court.
    Authority,
    /// The samtycke service itself.
    System,
}

/// How the controller verified the actor's identity, or a guardian's standing (GDPR Art. 8(2)). In ascending order of
/// strength.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// The actor's own statement.
    #[default]
    SelfDeclared,
    /// The actor answered a message to a known address.
    EmailConfirmed,
    /// An electronic identity (eID).
    Eid,
}

impl Verification {
    /// The stable name in the log and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SelfDeclared => "self_declared",
            Self::EmailConfirmed => "email_confirmed",
            Self::Eid => "eid",
        }
    }
}

/// The actor of an event, with role and verification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// The role.
    pub role: Role,
    /// A pseudonym: the guardian's subject id, or the id of the key that staff used. Never a name.
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// How the identity was verified; absent if it was not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
}

impl Actor {
    /// The data subject, without a verification.
    pub const SUBJECT: Self = Self {
        role: Role::Subject,
        reference: None,
        verification: None,
    };

    /// The subject id in whose place a guardian acts: of a holder of parental responsibility, or of an authority that
    /// decides for the child (föräldrabalken 6 kap. 8-10 §§, lagen (1990:52) om vård av unga); `None` for other roles.
    /// Only a linked id is a guardian's.
    pub fn guardian(&self) -> Option<SubjectId> {
        match (self.role, &self.reference) {
            (Role::Guardian | Role::Authority, Some(reference)) => SubjectId::parse(reference).ok(),
            _ => None,
        }
    }
}
