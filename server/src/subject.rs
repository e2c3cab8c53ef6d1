//! Subjects: how an identifier becomes a pseudonym, and is forgotten.

pub mod routes;

use std::sync::Arc;

use samtycke_core::id::SubjectId;
use samtycke_core::problem::Problem;
use samtycke_core::service::hmac_of;
use samtycke_core::wire::{SubjectRequest, SubjectResponse};

use crate::auth::{Caller, issue};
use crate::clock::{Environment, random};
use crate::log::history::HistoryPlaces;
use crate::store::Store;
use crate::tenant::Tenants;

/// What finding and reading subjects needs.
#[derive(Debug)]
pub struct Subjects {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Places for those who read histories.
    pub histories: Arc<HistoryPlaces>,
    /// Clock and random numbers.
    pub environment: Environment,
}

/// The subject behind an identifier, made where it is new; and a capability to act for it.
pub async fn resolve(
    subjects: &Subjects,
    caller: &Caller,
    request: SubjectRequest,
) -> Result<SubjectResponse, Problem> {
    let tenant = caller.current(&subjects.tenants).await?;
    tenant.ensure_writable()?;
    let hmac = hmac_of(&tenant.secrets.lookup, &request)?;
    let reference = tenant.secrets.reference_of(&hmac);
    let known = subjects.store.pseudonym(&tenant.log, &reference).await?;
    let subject = if let Some(subject) = known {
        subject
    } else {
        let new = SubjectId::from_bytes(random(&*subjects.environment.rng));
        let (subject, _) = subjects
            .store
            .map_pseudonym(&tenant.log, &reference, &new)
            .await?;
        subject
    };
    let now = subjects.environment.clock.now();
    let issue = |subject: &_, until| issue(&tenant.secrets.capability, subject, until);
    Ok(SubjectResponse::of(subject, now, issue))
}
