//! `GET /v1/objections` at the fake server.

use samtycke_core::wire::{ObjectionResponse, ObjectionsResponse, format_rfc3339};

use super::server::Server;

/// Objections of one page, as the client asks for them.
const PAGE: usize = 1_000;

impl Server {
    /// The objections that wait for a decision, after so many, the one that is due first first.
    pub(super) fn objections(&self, after: usize, now: i64) -> ObjectionsResponse {
        let register = self.tenant.now();
        let mut waiting = Vec::new();
        for (subject, state) in self.log.states() {
            // The subject that it was merged into has what is left.
            if state.merged_into.is_some() {
                continue;
            }
            let undecided = state.undecided_objections(&register).into_iter();
            waiting.extend(undecided.map(|objection| (subject, objection)));
        }
        waiting.sort_by_cached_key(|(subject, objection)| {
            let scope = objection.scope.to_string();
            (
                objection.overdue_from,
                (*subject).clone(),
                objection.purpose.clone(),
                scope,
            )
        });
        let end = after.saturating_add(PAGE);
        let next = (waiting.len() > end).then(|| end.to_string());
        let page = waiting.into_iter().skip(after).take(PAGE);
        let objections = page.map(|(subject, objection)| ObjectionResponse {
            subject: subject.clone(),
            received_at: format_rfc3339(objection.received_at),
            due_on: objection.due_on.to_string(),
            overdue: objection.is_overdue(now),
            purpose: objection.purpose,
            scope: objection.scope,
        });
        ObjectionsResponse {
            objections: objections.collect(),
            next,
        }
    }
}
