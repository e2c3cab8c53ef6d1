//! Who records: the actor that a sender may name, and the assurance that its key gives.

use super::Sender;
use crate::{
    decision::Method,
    event::{Actor, Role, Verification},
    id::{ScopeValue, SubjectId},
    problem::{Problem, ProblemKind},
    purpose::Assurance,
};

/// Only the tenant's own servers can name another actor, and the name must be a pseudonym.
pub(super) fn actor(sender: Sender, actor: Option<&Actor>) -> Result<Actor, Problem> {
    let Some(actor) = actor else {
        return Ok(Actor::SUBJECT);
    };
    if sender == Sender::Person && *actor != Actor::SUBJECT {
        return Err(Problem::new(ProblemKind::Forbidden).field("/actor", "takes a service key"));
    }
    if let Some(reference) = &actor.reference
        && ScopeValue::parse(reference).is_err()
        && SubjectId::parse(reference).is_err()
    {
        return Err(Problem::new(ProblemKind::PersonalIdentifier).field(
            "/actor/ref",
            "must be a subject, or a code of a-z, 0-9, '.', '_' and '-'",
        ));
    }
    Ok(actor.clone())
}

/// The key decides; evidence of an eID or signature raises a server's assurance. What staff record is signed only if the
/// person proved their identity with an eID.
pub(super) fn assurance(
    sender: Sender,
    actor: Option<&Actor>,
    method: Option<Method>,
    evidence: bool,
) -> Assurance {
    let staff = actor.filter(|actor| actor.role == Role::Staff);
    let signed = match staff {
        Some(staff) => staff.verification == Some(Verification::Eid),
        None => matches!(method, Some(Method::Eid | Method::Signature)),
    };
    match sender {
        Sender::Person => Assurance::Browser,
        Sender::Server if signed && evidence => Assurance::Signed,
        Sender::Server => Assurance::Server,
    }
}
