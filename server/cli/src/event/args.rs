//! What several kinds of `samtycke event` take.

use samtycke_core::actor::{Actor, Role, Verification};
use samtycke_core::id::{EventId, PurposeId, SubjectId, TenantId};
use samtycke_core::scope::Scope;
use samtycke_core::wire::EventData;

use super::read;
use crate::arguments;

/// What every kind takes.
#[derive(Debug, clap::Args)]
pub(crate) struct About {
    /// The subject, such as s_JxKq3mYlTn2v0cWb8ZpR4A.
    pub(super) subject: SubjectId,
    /// The tenant's short name; default: the only tenant, or the only one whose register has the purpose.
    #[arg(long)]
    pub(super) tenant: Option<TenantId>,
    /// The last event number of the subject that you have seen, as `samtycke why` and this command print it. Only with it
    /// does an event that permits something take effect after a refusal.
    #[arg(long, value_name = "NUMBER")]
    pub(super) based_on: Option<u64>,
    /// When it happened, such as 2026-11-21T12:00:00Z. It is evidence and does not order events.
    #[arg(long, value_name = "TIME", value_parser = arguments::time)]
    pub(super) occurred_at: Option<String>,
    /// SHA-256 of evidence that you keep, such as a signed form; 64 lower-case hex digits.
    #[arg(long, value_name = "SHA256")]
    pub(super) evidence: Option<String>,
    /// The event's id, to send the same event again after a failure; default: a new one.
    #[arg(long, value_name = "ID")]
    pub(super) event_id: Option<EventId>,
    /// Print the answer of the API, for programs.
    #[arg(long)]
    pub(super) json: bool,
}

/// Who acted for the tenant.
#[derive(Debug, clap::Args)]
pub(crate) struct By {
    /// Who acted: controller, staff, authority or system, and after a colon a code or a subject; never a name. Default: the
    /// tenant itself.
    #[arg(long, value_name = "ROLE[:CODE]", value_parser = read::actor)]
    pub(super) actor: Option<Actor>,
}

/// When it takes effect.
#[derive(Debug, clap::Args)]
pub(crate) struct From {
    /// When it takes effect, such as 2026-11-01T00:00:00Z; default: now.
    #[arg(long, value_name = "TIME", value_parser = arguments::time)]
    pub(super) effective_from: Option<String>,
}

/// A purpose and its scope.
#[derive(Debug, clap::Args)]
pub(crate) struct Cell {
    /// The purpose, such as ommej.appkonto.
    #[arg(long)]
    pub(super) purpose: PurposeId,
    /// The scope, as the API takes it, such as '{"vendor":"matomo"}'.
    #[arg(long, value_name = "JSON", value_parser = arguments::scope)]
    pub(super) scope: Option<Scope>,
}

/// A purpose and its scope, or all its scopes.
#[derive(Debug, clap::Args)]
pub(crate) struct Cells {
    #[command(flatten)]
    pub(super) cell: Cell,
    /// It applies to every scope of the purpose.
    #[arg(long, conflicts_with = "scope")]
    pub(super) all_scopes: bool,
}

/// Who decides for a child.
#[derive(Debug, clap::Args)]
pub(crate) struct Guardian {
    /// The guardian's subject.
    #[arg(long = "guardian", value_name = "SUBJECT")]
    pub(super) subject_of: SubjectId,
    /// How the guardian's identity was verified: `self_declared`, `email_confirmed` or eid.
    #[arg(long, value_name = "HOW", value_parser = read::verification)]
    pub(super) verification: Option<Verification>,
    /// The guardian is an authority or a court that decides for the child.
    #[arg(long)]
    pub(super) authority: bool,
}

/// An event as the arguments say it.
pub(crate) struct Parts {
    pub(super) about: About,
    pub(super) data: EventData,
    pub(super) actor: Option<Actor>,
    pub(super) effective_from: Option<String>,
}

impl Parts {
    pub(super) fn new(about: About, by: By, data: impl Into<EventData>) -> Self {
        Self {
            about,
            data: data.into(),
            actor: by.actor,
            effective_from: None,
        }
    }

    pub(super) fn by_guardian(
        about: About,
        guardian: Guardian,
        data: impl Into<EventData>,
    ) -> Self {
        let actor = Some(guardian.actor());
        Self::new(about, By { actor }, data)
    }

    pub(super) fn from(self, effective_from: Option<String>) -> Self {
        Self {
            effective_from,
            ..self
        }
    }
}

impl Guardian {
    fn actor(self) -> Actor {
        Actor {
            role: if self.authority {
                Role::Authority
            } else {
                Role::Guardian
            },
            reference: Some(self.subject_of.to_string()),
            verification: self.verification,
        }
    }
}
