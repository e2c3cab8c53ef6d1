//! Restrictive writes in flight, on the embedded database.

use std::sync::Arc;
use std::time::Duration;

use samtycke_core::event::EventBody;
use samtycke_core::id::SubjectId;
use samtycke_core::service::{MERGES_MAX, other_subject};

use super::{Job, Submission};
use crate::store::Store;
use crate::tenant::Tenant;

/// How long between attempts to read a state whose write ended in an unknown outcome; milliseconds.
const REREAD_INTERVAL_MS: u64 = 250;

/// A restrictive write in flight: its subject's checks deny from the moment it was received.
#[derive(Clone)]
pub struct Pending {
    tenant: Arc<Tenant>,
    /// The subject that the write names, and every subject whose state it may change.
    subjects: Vec<SubjectId>,
}

impl Pending {
    pub(super) fn begin(tenant: &Arc<Tenant>, job: &Job) -> Option<Self> {
        let Job::Event(submission) = job else {
            return None;
        };
        let is_restrictive = submission.event.body.direction().is_restrictive();
        is_restrictive.then(|| Self::mark(tenant, submission))?
    }

    /// A use whose commit did not answer: it may be spent, so the subject's checks deny until its state was read again.
    pub(super) fn after_unknown(tenant: &Arc<Tenant>, job: &Job) -> Option<Self> {
        let Job::Event(submission) = job else {
            return None;
        };
        let is_use = matches!(submission.event.body, EventBody::ConsentUsed(_));
        is_use.then(|| Self::mark(tenant, submission))?
    }

    fn mark(tenant: &Arc<Tenant>, submission: &Submission) -> Option<Self> {
        let hot = tenant.runtime.hot.as_ref()?;
        let mut subjects = vec![submission.subject.clone()];
        subjects.extend(other_subject(&submission.event.body).cloned());
        // A merged subject's writes change the state of the survivor.
        let mut next = hot.in_memory(&submission.subject);
        while let Some(survivor) = next.and_then(|state| state.merged_into.clone())
            && subjects.len() <= MERGES_MAX
        {
            next = hot.in_memory(&survivor);
            subjects.push(survivor);
        }
        for subject in &subjects {
            hot.begin_restrictive(subject);
        }
        Some(Self {
            tenant: tenant.clone(),
            subjects,
        })
    }

    pub(super) fn end(&self) {
        if let Some(hot) = &self.tenant.runtime.hot {
            for subject in &self.subjects {
                hot.end_restrictive(subject);
            }
        }
    }

    /// Keeps denying until the state could be read again.
    pub(super) async fn end_after_reading(self, store: Store) {
        for subject in &self.subjects {
            self.reread(&store, subject).await;
        }
        self.end();
    }

    async fn reread(&self, store: &Store, subject: &SubjectId) {
        let Some(hot) = &self.tenant.runtime.hot else {
            return;
        };
        loop {
            let ticket = hot.ticket(subject);
            match store.state(&self.tenant.log, subject).await {
                Ok(None) => return,
                Ok(Some(state)) => {
                    if hot.keep(subject, Arc::new(state), ticket) {
                        return;
                    }
                    // A write ended meanwhile, perhaps to this subject.
                    continue;
                }
                Err(_) => {}
            }
            tokio::time::sleep(Duration::from_millis(REREAD_INTERVAL_MS)).await;
        }
    }
}
