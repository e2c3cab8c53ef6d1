//! What an event tells the state besides its body.

use crate::{
    actor::Actor,
    decide::PurposeLookup,
    decision::{Method, Signals},
    id::{EventId, NoticeHash},
    purpose::Assurance,
    scope::Scope,
};

/// The event that is being applied, without its body, and the register that was live when it was received.
#[derive(Clone, Copy)]
pub struct ApplyContext<'a> {
    /// Order within the subject's stream.
    pub seq: u64,
    /// When the server received it; Unix milliseconds.
    pub received_at: i64,
    /// When the client says that it happened; Unix milliseconds.
    pub occurred_at: Option<i64>,
    /// When it took effect in the world; Unix milliseconds.
    pub effective_at: i64,
    /// The client's id of the submission.
    pub event_id: &'a EventId,
    /// The actor.
    pub actor: &'a Actor,
    /// How strongly it is bound to the person.
    pub assurance: Assurance,
    /// The notice that was shown.
    pub notice: Option<&'a NoticeHash>,
    /// How the person expressed it.
    pub method: Option<Method>,
    /// The seq that the client had seen; 0 for none.
    pub based_on: u64,
    /// The seqs of earlier events of the client's own offline queue.
    pub after_seqs: &'a [u64],
    /// The browser's signals.
    pub signals: Option<Signals>,
    /// The register.
    pub purposes: &'a dyn PurposeLookup,
}

impl ApplyContext<'_> {
    /// When the campaign of a scope ends, as it is published now; Unix milliseconds. `None` for other scopes.
    pub(crate) fn campaign_end(&self, scope: &Scope) -> Option<i64> {
        let Scope::Campaign { campaign, .. } = scope else {
            return None;
        };
        self.purposes.campaign(campaign).map(|c| c.ends_at)
    }
}
