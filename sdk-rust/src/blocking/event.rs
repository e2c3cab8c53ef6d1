//! Events, links and objections, as [`crate::event`], with blocking methods.

use std::fmt;
use std::future::IntoFuture;
use std::sync::Arc;

use samtycke_core::actor::Verification;
use samtycke_core::age::AgeBand;
use samtycke_core::id::{ScopeValue, SubjectId};
use samtycke_core::wire::{
    AgeBandSetData, ContractEndedData, EventRequest, EventResponse, GuardianLinkedData,
    LinkRequest, LinkResponse, ObjectionsResponse, SubjectLinkedData,
};

use super::{Client, Runtime};
use crate::Error;
use crate::event::{CivilDay, Named, Started, Told};
use crate::record::Shown;

/// An event that was not sent yet, as [`samtycke::Event`](crate::Event). Example: see [`Client::told`].
#[must_use = "nothing is recorded before `wait`"]
pub struct Event<D> {
    event: crate::Event<D>,
    runtime: Arc<Runtime>,
}

impl<D> Event<D>
where
    crate::Event<D>: IntoFuture<Output = Result<EventResponse, Error>>,
{
    fn new(event: crate::Event<D>, client: &Client) -> Self {
        let runtime = client.runtime.clone();
        Self { event, runtime }
    }

    /// Says more, with the methods of the async type. Example: see [`Client::told`].
    pub fn with(self, say: impl FnOnce(crate::Event<D>) -> crate::Event<D>) -> Self {
        let event = say(self.event);
        Self { event, ..self }
    }

    /// Records the event and blocks until the response. Example: see [`Client::told`].
    ///
    /// # Errors
    /// See [`Error`].
    pub fn wait(self) -> Result<EventResponse, Error> {
        self.runtime.wait(self.event.into_future())
    }
}

impl<D> fmt::Debug for Event<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.event.fmt(f)
    }
}

impl Client {
    /// Records an event of any kind, as [`Client::event`](crate::Client::event). Example: see there.
    ///
    /// # Errors
    /// As [`Client::event`](crate::Client::event).
    pub fn event(&self, request: &EventRequest) -> Result<EventResponse, Error> {
        self.runtime.wait(self.client.event(request))
    }

    /// Makes a link, as [`Client::create_link`](crate::Client::create_link). Example: see there.
    ///
    /// # Errors
    /// As [`Client::create_link`](crate::Client::create_link).
    pub fn create_link(&self, request: &LinkRequest) -> Result<LinkResponse, Error> {
        self.runtime.wait(self.client.create_link(request))
    }

    /// Takes a link back, as [`Client::revoke_link`](crate::Client::revoke_link). Example: see there.
    ///
    /// # Errors
    /// As [`Client::revoke_link`](crate::Client::revoke_link).
    pub fn revoke_link(&self, link: &str) -> Result<(), Error> {
        self.runtime.wait(self.client.revoke_link(link))
    }

    /// A page of the objections that wait for a decision, as [`Client::objections`](crate::Client::objections). Example:
    /// see there.
    ///
    /// # Errors
    /// As [`Client::objections`](crate::Client::objections).
    pub fn objections(&self, after: Option<&str>) -> Result<ObjectionsResponse, Error> {
        self.runtime.wait(self.client.objections(after))
    }

    /// Records that a notice was delivered, as [`Client::told`](crate::Client::told).
    ///
    /// ```no_run
    /// # use samtycke::purpose::Purpose;
    /// # fn example<P: Purpose>(
    /// #     samtycke: samtycke::blocking::Client, kim: samtycke::id::SubjectId, app: samtycke::id::SiteId,
    /// # ) -> Result<(), samtycke::Error> {
    /// samtycke.told::<P>(&kim, &app).with(|told| told.language("sv")).wait()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn told<P: Named>(&self, subject: &SubjectId, shown: impl Into<Shown>) -> Event<Told> {
        Event::new(self.client.told::<P>(subject, shown), self)
    }

    /// As [`Client::contract_started`](crate::Client::contract_started). Example: as [`Self::told`].
    pub fn contract_started<P: Named>(
        &self,
        subject: &SubjectId,
        contract: ScopeValue,
    ) -> Event<Started> {
        Event::new(self.client.contract_started::<P>(subject, contract), self)
    }

    /// As [`Client::contract_ended`](crate::Client::contract_ended). Example: as [`Self::told`].
    pub fn contract_ended(
        &self,
        subject: &SubjectId,
        contract: ScopeValue,
        last_day: CivilDay,
    ) -> Event<ContractEndedData> {
        let ended = self.client.contract_ended(subject, contract, last_day);
        Event::new(ended, self)
    }

    /// As [`Client::age_band`](crate::Client::age_band). Example: as [`Self::told`].
    pub fn age_band(
        &self,
        subject: &SubjectId,
        band: AgeBand,
        verification: Verification,
    ) -> Event<AgeBandSetData> {
        Event::new(self.client.age_band(subject, band, verification), self)
    }

    /// As [`Client::guardian_linked`](crate::Client::guardian_linked). Example: as [`Self::told`].
    pub fn guardian_linked(
        &self,
        subject: &SubjectId,
        guardian: &SubjectId,
        verification: Verification,
    ) -> Event<GuardianLinkedData> {
        let linked = self.client.guardian_linked(subject, guardian, verification);
        Event::new(linked, self)
    }

    /// As [`Client::linked`](crate::Client::linked). Example: as [`Self::told`].
    pub fn linked(&self, account: &SubjectId, device: &SubjectId) -> Event<SubjectLinkedData> {
        Event::new(self.client.linked(account, device), self)
    }
}
