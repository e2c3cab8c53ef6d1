//! Whole requests: events of every kind, and links.

use reqwest::Method;
use samtycke_core::event::kinds::Fault;
use samtycke_core::id::SubjectId;
use samtycke_core::state::StateWord;
use samtycke_core::wire::{EventData, EventRequest, EventResponse, LinkRequest, LinkResponse};

use crate::call::{Call, Route};
use crate::client::{NoHeard, json, read};
use crate::retry::Tries;
use crate::{Client, Error};

impl Client {
    /// Records an event of any kind that is no person's own decision. [`Self::told`], [`Self::contract_started`] and
    /// others record one with less.
    ///
    /// The client sends the request again when the response was lost; the event's id makes all attempts one event. After
    /// a restrictive event this process answers no check from an older grant.
    ///
    /// ```no_run
    /// use samtycke::wire::{EventRequest, SubjectRestrictedData};
    ///
    /// # async fn example(officer: samtycke::Client, kim: samtycke::id::SubjectId) -> Result<(), Box<dyn std::error::Error>> {
    /// // Kim disputes that the data are right (GDPR Art. 18(1)(a)).
    /// let restricted = SubjectRestrictedData { cause: "disputed".parse()? };
    /// let event = EventRequest::new(samtycke::clock::event_id()?, kim, restricted);
    /// let recorded = officer.event(&event).await?;
    /// println!("in force: {:?}", recorded.receipt);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`], and [`Self::record`].
    pub async fn event(&self, request: &EventRequest) -> Result<EventResponse, Error> {
        let narrows = !is_only_permissive(&request.data);
        let reuse = &self.inner.reuse;
        let _heard = narrows.then(|| NoHeard::new(reuse, &request.subject));
        let other = other_subject(&request.data);
        let _heard_of_other = other.map(|other| NoHeard::new(reuse, other));
        let tries = if narrows {
            Tries::of_withdrawal()
        } else {
            Tries::new(&self.inner.budget)
        };
        let call = Call::post("/v1/events", json(request)?, self.inner.deadline);
        let recorded: EventResponse = read(&self.send(call, tries).await?.0)?;
        let seen = &self.inner.seen;
        seen.saw(&request.subject, recorded.seq.unwrap_or(0));
        if let Some(other) = other {
            seen.saw(other, recorded.seq.unwrap_or(0));
        }
        let erased = Some(StateWord::Erased);
        if recorded.cells.iter().any(|cell| cell.state == erased) {
            seen.forget_subjects();
        }
        Ok(recorded)
    }

    /// Makes a link on which a person answers on their own phone, as an address and as a QR code; with a service key.
    /// Who has the address can answer: give it to the person alone. A link that nobody answers ends by itself.
    ///
    /// ```no_run
    /// use samtycke::wire::LinkRequest;
    ///
    /// # async fn example(samtycke: samtycke::Client, kim: samtycke::id::SubjectId) -> Result<(), Box<dyn std::error::Error>> {
    /// let notice = samtycke.notice(&"app.example.org".parse()?).await?;
    /// let link = samtycke.create_link(&LinkRequest {
    ///     subject: kim,
    ///     notice: notice.hash,
    ///     purposes: vec!["example.photos".parse()?],
    ///     scope: samtycke::scope::Scope::None,
    ///     variant: None,
    ///     expires_at: None,
    /// }).await?;
    /// println!("{} until {}", link.url, link.expires_at);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn create_link(&self, request: &LinkRequest) -> Result<LinkResponse, Error> {
        let call = Call::post("/v1/links", json(request)?, self.inner.deadline);
        read(&self.send(call, Tries::new(&self.inner.budget)).await?.0)
    }

    /// Takes a link back, by [`LinkResponse::link`]: it can no longer be answered. Answers that were given stay on
    /// record. Example: as [`Self::create_link`].
    ///
    /// # Errors
    /// See [`Error`]. A link that is unknown, or was taken back before, is the problem `NOT_FOUND`.
    pub async fn revoke_link(&self, link: &str) -> Result<(), Error> {
        let call = Call {
            method: Method::DELETE,
            route: Route::of("/v1/links/{link}", link),
            body: None,
            held: None,
            deadline: self.inner.deadline,
        };
        let tries = Tries::new(&self.inner.budget);
        self.send(call, tries).await.map(|_| ())
    }
}

/// Whether no verdict from before can be too generous after it.
fn is_only_permissive(data: &EventData) -> bool {
    match data {
        EventData::NoticeDelivered(_)
        | EventData::ObjectionRejected(_)
        | EventData::ContractStarted(_)
        | EventData::TermsAccepted(_)
        | EventData::GuardianAuthorised(_)
        | EventData::SubjectUnrestricted(_) => true,
        EventData::Correction(correction) => correction.fault == Fault::Evidence,
        EventData::ObjectionUpheld(_)
        | EventData::ContractEnded(_)
        | EventData::AgeBandSet(_)
        | EventData::GuardianLinked(_)
        | EventData::GuardianUnlinked(_)
        | EventData::GuardianDeclined(_)
        | EventData::GuardianWithdrawn(_)
        | EventData::ConsentInvalidated(_)
        | EventData::ConsentRevoked(_)
        | EventData::SubjectLinked(_)
        | EventData::SubjectUnmerged(_)
        | EventData::SubjectRestricted(_) => false,
    }
}

/// The other subject whose checks an event changes.
fn other_subject(data: &EventData) -> Option<&SubjectId> {
    match data {
        EventData::SubjectLinked(linked) => Some(&linked.from),
        EventData::SubjectUnmerged(unmerged) => Some(&unmerged.from),
        _ => None,
    }
}
