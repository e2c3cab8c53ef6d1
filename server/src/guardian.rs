//! Guardians: who acts and reads for a child with the capability of the guardian's own subject (rule E8).
//!
//! A child of others, a subject that does not exist and a link that has ended are one answer. The link is found by the
//! guardian's own subject, so for the first two the same statement finds the same nothing, and no row of the child is
//! read. What is of a purpose that hears no guardians is left out, with every number that would tell that something is.

pub mod routes;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::actor::Verification;
use samtycke_core::decide::PurposeLookup as _;
use samtycke_core::event::Actor;
use samtycke_core::event::Role;
use samtycke_core::id::{PurposeId, SubjectId};
use samtycke_core::keys::mac;
use samtycke_core::problem::Problem;
use samtycke_core::scope::Scope;
use samtycke_core::state::{Cell, SubjectState};
use samtycke_core::submission::hears_guardian;
use samtycke_core::wire::{DecisionsResponse, HistoryEvent};

use crate::auth::capability_invalid;
use crate::clock::UnixMs;
use crate::store::Store;
use crate::tenant::Tenant;

/// Bytes of a token of a cell: too many to guess.
const TOKEN_BYTES: usize = 16;

/// A child, as a guardian of theirs meets it.
#[derive(Debug)]
pub struct Ward {
    guardian: SubjectId,
    verification: Verification,
    state: SubjectState,
}

/// The child whose guardian the caller is.
///
/// Error: `CAPABILITY_INVALID`, the same for every reason.
pub async fn entitled(
    store: &Store,
    tenant: &Tenant,
    guardian: &SubjectId,
    child: &SubjectId,
    now: UnixMs,
) -> Result<Ward, Problem> {
    // A link names one subject of the guardian's. Whoever has had a telephone linked to an account comes with either.
    let linked = store.linked_guardian(&tenant.log, guardian, child).await?;
    let guardian = linked.ok_or_else(capability_invalid)?;
    let state = store.state(&tenant.log, child).await?.unwrap_or_default();
    let verification = state.guardian_at(&guardian, now.max(state.at));
    let ward = verification.map(|verification| Ward {
        guardian,
        verification,
        state,
    });
    ward.filter(|ward| ward.is_heard_at_all(tenant))
        .ok_or_else(capability_invalid)
}

impl Ward {
    /// Whether the guardian decides and reads about a purpose.
    pub fn hears(&self, tenant: &Tenant, purpose: &PurposeId) -> bool {
        let purpose = tenant.purpose(purpose);
        purpose.is_some_and(|purpose| hears_guardian(purpose, self.verification))
    }

    fn is_heard_at_all(&self, tenant: &Tenant) -> bool {
        let mut purposes = tenant.register.iter().flat_map(|r| &r.register.purposes);
        purposes.any(|purpose| hears_guardian(purpose, self.verification))
    }

    /// The guardian as the actor of an event.
    pub fn actor(&self) -> Actor {
        Actor {
            role: Role::Guardian,
            reference: Some(self.guardian.to_string()),
            verification: Some(self.verification),
        }
    }

    /// The number of the stream that a guardian has seen who names the token of a cell; 0 if the cell has changed since.
    /// Where there is no cell, there is nothing to have seen.
    pub fn seen(
        &self,
        tenant: &Tenant,
        child: &SubjectId,
        (purpose, scope): (&PurposeId, &Scope),
        token: Option<&str>,
    ) -> u64 {
        let cell = self.state.cell_or_every(purpose, scope);
        let now = cell.map(|cell| self.token(tenant, child, cell));
        if now.as_deref() == token {
            self.state.seq
        } else {
            0
        }
    }

    /// What the child's cells are to the guardian.
    pub fn decisions(&self, tenant: &Tenant, child: SubjectId, now: UnixMs) -> DecisionsResponse {
        let mut answer = DecisionsResponse::of(child, &self.state, tenant, now);
        let child = answer.subject.clone();
        answer.seq = 0;
        answer.decisions.retain(|d| self.hears(tenant, &d.purpose));
        for decision in &mut answer.decisions {
            let cell = self.state.cell(&decision.purpose, &decision.scope);
            decision.token = cell.map(|cell| self.token(tenant, &child, cell));
            decision.seq = 0;
        }
        answer
    }

    /// The events about purposes that hear the guardian, counted without the others.
    pub fn heard(&self, tenant: &Tenant, events: Vec<HistoryEvent>) -> Vec<HistoryEvent> {
        let mut heard = Vec::new();
        for mut event in events {
            let hears = |purpose: &PurposeId| self.hears(tenant, purpose);
            event
                .facts
                .retain(|fact| fact.purpose.as_ref().is_some_and(hears));
            event.decisions.retain(|decision| hears(&decision.purpose));
            event.used = event.used.filter(|used| hears(&used.purpose));
            if !event.facts.is_empty() {
                event.seq = heard.len() as u64 + 1;
                heard.push(event);
            }
        }
        heard
    }

    /// What a guardian names to say that a cell was seen. It changes with everything that restricts the cell.
    fn token(&self, tenant: &Tenant, child: &SubjectId, cell: &Cell) -> String {
        let facts = (child, cell, &self.state.restrictive, self.state.restricted);
        let mut message = b"samtycke/guardian-cell/v1\n".to_vec();
        serde_json::to_writer(&mut message, &facts).expect("a cell is always JSON");
        let tag = mac(&tenant.secrets.position, &message);
        URL_SAFE_NO_PAD.encode(&tag[..TOKEN_BYTES])
    }
}
