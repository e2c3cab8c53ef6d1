//! Restrictive writes in flight, on the embedded database.

use std::sync::Arc;
use std::time::Duration;

use samtycke_core::event::EventBody;
use samtycke_core::id::SubjectId;

use super::Job;
use crate::store::Store;
use crate::tenant::Tenant;

/// How long between attempts to read a state whose write ended in an unknown outcome; milliseconds.
const REREAD_INTERVAL_MS: u64 = 250;

/// A restrictive write in flight: its subject's checks deny from the moment it was received.
#[derive(Clone)]
pub struct Pending {
    tenant: Arc<Tenant>,
    subject: SubjectId,
}

impl Pending {
    pub(super) fn begin(tenant: &Arc<Tenant>, job: &Job) -> Option<Self> {
        let Job::Event(submission) = job else {
            return None;
        };
        let is_restrictive = submission.event.body.direction().is_restrictive();
        is_restrictive.then(|| Self::mark(tenant, &submission.subject))?
    }

    /// A use whose commit did not answer: it may be spent, so the subject's checks deny until its state was read again.
    pub(super) fn after_unknown(tenant: &Arc<Tenant>, job: &Job) -> Option<Self> {
        let Job::Event(submission) = job else {
            return None;
        };
        let is_use = matches!(submission.event.body, EventBody::ConsentUsed(_));
        is_use.then(|| Self::mark(tenant, &submission.subject))?
    }

    fn mark(tenant: &Arc<Tenant>, subject: &SubjectId) -> Option<Self> {
        let hot = tenant.runtime.hot.as_ref()?;
        hot.begin_restrictive(subject);
        Some(Self {
            tenant: tenant.clone(),
            subject: subject.clone(),
        })
    }

    pub(super) fn end(&self) {
        if let Some(hot) = &self.tenant.runtime.hot {
            hot.end_restrictive(&self.subject);
        }
    }

    /// Keeps denying until the state could be read again.
    pub(super) async fn end_after_reading(self, store: Store) {
        loop {
            if let Ok(state) = store.state(&self.tenant.log, &self.subject).await {
                if let (Some(hot), Some(state)) = (&self.tenant.runtime.hot, state) {
                    hot.put(&self.subject, Arc::new(state));
                }
                return self.end();
            }
            tokio::time::sleep(Duration::from_millis(REREAD_INTERVAL_MS)).await;
        }
    }
}
