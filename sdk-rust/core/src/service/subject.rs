//! From an identifier to the reference that a backend finds the subject by.

use crate::{
    id::SubjectId,
    keys::Secret,
    problem::{Problem, ProblemKind},
    pseudonym::{IdentifierError, identifier_hmac, normalise},
    wire::{SubjectRequest, SubjectResponse, format_rfc3339},
};

/// How long a capability lives; milliseconds.
pub const CAPABILITY_MS: i64 = 60 * 60 * 1_000;

/// The HMAC of an identifier: as it was sent, or made of the identifier under the tenant's `lookup` key. The identifier
/// goes no further.
///
/// # Errors
/// [`ProblemKind::FieldInvalid`] where not exactly one of both was sent, or it is malformed;
/// [`ProblemKind::PersonalIdentifier`] where the identifier is one that must not be used.
pub fn hmac_of(lookup: &Secret, request: &SubjectRequest) -> Result<[u8; 32], Problem> {
    match (&request.identifier_hmac, &request.identifier) {
        (Some(hex), None) => from_hex(hex),
        (None, Some(identifier)) => {
            let normalised = normalise(request.domain, identifier).map_err(|error| {
                let kind = if error == IdentifierError::Personal {
                    ProblemKind::PersonalIdentifier
                } else {
                    ProblemKind::FieldInvalid
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

fn from_hex(hex: &str) -> Result<[u8; 32], Problem> {
    let mut bytes = [0; 32];
    let is_lower = hex.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    if !is_lower || hex::decode_to_slice(hex, &mut bytes).is_err() {
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/identifier_hmac", "must be 64 lower-case hex digits"));
    }
    Ok(bytes)
}

impl SubjectResponse {
    /// A subject, with the capability that `issue` makes for it until the moment it is given; `now` and that moment are
    /// Unix milliseconds.
    pub fn of(subject: SubjectId, now: i64, issue: impl FnOnce(&SubjectId, i64) -> String) -> Self {
        let expires_at = now.saturating_add(CAPABILITY_MS);
        Self {
            capability: issue(&subject, expires_at),
            subject,
            expires_at: format_rfc3339(expires_at),
        }
    }
}
