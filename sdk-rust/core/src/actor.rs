//! Who acted in an event, and how their identity was verified.

use serde::{Deserialize, Serialize};

use crate::id::SubjectId;

/// Who acted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person the data are about.
    Subject,
    /// A holder of parental responsibility.
    Guardian,
    /// Staff of the tenant, for example with a paper consent in hand.
    Staff,
    /// The tenant itself.
    Controller,
    /// A supervisory authority or a court.
    Authority,
    /// The service.
    System,
}

/// How the actor's identity, or a guardian's standing, was verified (GDPR Art. 8(2)). Ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Verification {
    /// Their own word.
    SelfDeclared,
    /// A message to a known address was answered.
    EmailConfirmed,
    /// An eID.
    Eid,
}

impl Verification {
    /// The word in the log and the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::SelfDeclared => "self_declared",
            Self::EmailConfirmed => "email_confirmed",
            Self::Eid => "eid",
        }
    }
}

/// Who acted, and how we know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Actor {
    /// In which role.
    pub role: Role,
    /// A pseudonym: the guardian's subject id, or the id of the key that staff used. Never a name.
    #[serde(default, rename = "ref", skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// How the identity was verified.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
}

impl Actor {
    /// The person themself.
    pub const SUBJECT: Self = Self {
        role: Role::Subject,
        reference: None,
        verification: None,
    };

    /// The guardian who acted, where a guardian did.
    pub fn guardian(&self) -> Option<SubjectId> {
        match (self.role, &self.reference) {
            (Role::Guardian, Some(reference)) => SubjectId::parse(reference).ok(),
            _ => None,
        }
    }
}
