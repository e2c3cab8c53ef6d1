//! Decisions that people make on their own devices: without the program under test, and without its faults.

use samtycke_core::decision::{Decision, DecisionKind, Method};
use samtycke_core::id::{EventId, PurposeId, SubjectId};
use samtycke_core::problem::ProblemBody;
use samtycke_core::wire::{ConsentRequest, RecordResponse, WithdrawalRequest};
use serde::Serialize;

use super::FakeConsent;
use super::event::KeyRole;
use super::request::Place;
use crate::Error;
use crate::sync::lock;

impl FakeConsent {
    /// Records a grant to the site's notice, in a statement of its own where the purpose needs one. For a purpose with
    /// a scope see [`Self::say`]. Example: see [the module](super).
    ///
    /// # Errors
    /// The server's problem.
    pub fn give(&self, subject: &SubjectId, purpose: &str) -> Result<RecordResponse, Error> {
        self.say_of(subject, purpose, DecisionKind::Given)
    }

    /// Records a withdrawal. Example: see [the module](super).
    ///
    /// # Errors
    /// The server's problem.
    pub fn withdraw(&self, subject: &SubjectId, purpose: &str) -> Result<RecordResponse, Error> {
        self.say_of(subject, purpose, DecisionKind::Withdrawn)
    }

    /// Records a refusal. Example: as [`Self::withdraw`].
    ///
    /// # Errors
    /// The server's problem.
    pub fn refuse(&self, subject: &SubjectId, purpose: &str) -> Result<RecordResponse, Error> {
        self.say_of(subject, purpose, DecisionKind::Refused)
    }

    /// Records an objection (GDPR Art. 21). Example: as [`Self::withdraw`].
    ///
    /// # Errors
    /// The server's problem.
    pub fn object(&self, subject: &SubjectId, purpose: &str) -> Result<RecordResponse, Error> {
        self.say_of(subject, purpose, DecisionKind::Objected)
    }

    /// Records a decision of a person who has seen all earlier decisions.
    ///
    /// ```
    /// use samtycke::decision::{Decision, DecisionKind};
    /// # use samtycke::fake::FakeConsent;
    /// # use samtycke::scope::Scope;
    /// let fake = FakeConsent::example()?;
    /// let yes = Decision {
    ///     scope: Scope::Recipient("tradesman-7".parse()?),
    ///     ..Decision::about("example.forwarding".parse()?, DecisionKind::Given)
    /// };
    /// fake.say(&fake.subject("anna"), yes)?;
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    /// The server's problem.
    pub fn say(&self, subject: &SubjectId, decision: Decision) -> Result<RecordResponse, Error> {
        let event_id = crate::clock::event_id()?;
        if decision.decision.is_restrictive() {
            let said = WithdrawalRequest::new(event_id, subject.clone(), vec![decision]);
            return self.post(&Place::Withdrawals, &said);
        }
        let said = self.consent(event_id, subject, decision)?;
        self.post(&Place::Consents, &said)
    }

    fn say_of(
        &self,
        subject: &SubjectId,
        purpose: &str,
        kind: DecisionKind,
    ) -> Result<RecordResponse, Error> {
        let purpose: PurposeId = purpose.parse().map_err(|_| Error::PurposeId)?;
        let explicit = kind.is_permissive() && self.asks_for_itself(&purpose);
        let said = Decision {
            explicit,
            ..Decision::about(purpose, kind)
        };
        self.say(subject, said)
    }

    fn asks_for_itself(&self, purpose: &PurposeId) -> bool {
        lock(&self.0.server).tenant.asks_for_itself(purpose)
    }

    fn consent(
        &self,
        event_id: EventId,
        subject: &SubjectId,
        decision: Decision,
    ) -> Result<ConsentRequest, Error> {
        let server = lock(&self.0.server);
        let nothing = Error::Decode("no notice is shown that could be answered");
        let (notice, language) = server.tenant.shown().ok_or(nothing)?;
        let state = server.log.state(&server.log.deciding(subject));
        Ok(ConsentRequest {
            based_on: Some(state.map_or(0, |state| state.seq)),
            ..ConsentRequest::new(
                event_id,
                subject.clone(),
                notice,
                language,
                Method::Button,
                vec![decision],
            )
        })
    }

    fn post(&self, place: &Place, body: &impl Serialize) -> Result<RecordResponse, Error> {
        let unreadable = |_| Error::Decode("not the JSON that this version knows");
        let body = serde_json::to_vec(body).map_err(unreadable)?;
        let now = self.0.clock.unix_ms();
        let incoming = lock(&self.0.server).answer(place, KeyRole::Service, Some(&body), now);
        let answer = incoming.body.unwrap_or_default();
        if matches!(incoming.status, 200 | 201) {
            return serde_json::from_slice(&answer).map_err(unreadable);
        }
        let problem: ProblemBody = serde_json::from_slice(&answer).map_err(unreadable)?;
        Err(Error::Problem(Box::new(problem)))
    }
}
