//! Subjects: how an identifier becomes a pseudonym, and is forgotten.

pub mod history;
pub mod routes;

use std::sync::Arc;

use samtycke_core::id::SubjectId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::pseudonym::{identifier_hmac, normalise};
use samtycke_core::wire::{SubjectAnswer, SubjectRequest};

use crate::auth::{CAPABILITY_MS, Caller, issue};
use crate::clock::{Environment, random};
use crate::store::Store;
use crate::tenant::Tenants;
use crate::times;

/// What finding and reading subjects needs.
#[derive(Debug)]
pub struct Subjects {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Places for those who read histories.
    pub histories: Arc<history::HistoryPlaces>,
    /// Clock and random numbers.
    pub environment: Environment,
}

/// The subject behind an identifier, made where it is new; and a capability to act for it.
pub async fn resolve(
    subjects: &Subjects,
    caller: &Caller,
    request: SubjectRequest,
) -> Result<SubjectAnswer, Problem> {
    let tenant = caller.current(&subjects.tenants).await?;
    tenant.ensure_writable()?;
    let hmac = hmac(&tenant.secrets.lookup, request)?;
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
    let expires_at = subjects.environment.clock.now() + CAPABILITY_MS;
    let capability = issue(&tenant.secrets.capability, &subject, expires_at);
    Ok(SubjectAnswer {
        subject,
        capability,
        expires_at: times::text(expires_at),
    })
}

fn hmac(
    lookup: &samtycke_core::keys::Secret,
    request: SubjectRequest,
) -> Result<[u8; 32], Problem> {
    match (request.identifier_hmac, request.identifier) {
        (Some(hex), None) => {
            let mut bytes = [0; 32];
            let canonical = hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            if !canonical || hex::decode_to_slice(&hex, &mut bytes).is_err() {
                return Err(Problem::new(ProblemKind::FieldInvalid)
                    .field("/identifier_hmac", "must be 64 lower-case hex digits"));
            }
            Ok(bytes)
        }
        (None, Some(identifier)) => {
            let normalised = normalise(request.domain, &identifier).map_err(|error| {
                let kind = match error {
                    samtycke_core::pseudonym::IdentifierError::Personal => {
                        ProblemKind::PersonalIdentifier
                    }
                    _ => ProblemKind::FieldInvalid,
                };
                Problem::new(kind).field("/identifier", error.to_string())
            })?;
            Ok(identifier_hmac(lookup, request.domain, &normalised))
        }
        _ => Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/identifier_hmac",
            "exactly one of identifier_hmac and identifier must be given",
        )),
    }
}
