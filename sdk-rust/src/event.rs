//! One call records what happened to a person, where nobody decides: a notice that was delivered, a contract, an age, a
//! guardian, a device that is the same person.
//!
//! ```no_run
//! use samtycke::core::age::AgeBand;
//! use samtycke::event::CivilDay;
//! use samtycke::record::Verification;
//! # use samtycke::{Client, id::SubjectId};
//! # use samtycke::purpose::{Many, Purpose, Unscoped};
//! # enum Accounts {}
//! # impl Purpose for Accounts {
//! #     const ID: &'static str = "example.accounts";
//! #     const EXPLICIT_CONSENT: bool = false;
//! #     type Scope = Unscoped;
//! #     type Uses = Many;
//! # }
//! # enum Orders {}
//! # impl Purpose for Orders {
//! #     const ID: &'static str = "example.orders";
//! #     const EXPLICIT_CONSENT: bool = false;
//! #     type Scope = Unscoped;
//! #     type Uses = Many;
//! # }
//!
//! # async fn example(
//! #     samtycke: Client, kim: SubjectId, phone: SubjectId, parent: SubjectId, app: samtycke::id::SiteId,
//! # ) -> Result<(), Box<dyn std::error::Error>> {
//! // The customer signed up, and the notice was sent along.
//! samtycke.contract_started::<(Accounts, Orders)>(&kim, "c-4711".parse()?).await?;
//! samtycke.told::<(Accounts, Orders)>(&kim, &app).language("sv").await?;
//! // The phone on which Kim has answered before is Kim's.
//! samtycke.linked(&kim, &phone).await?;
//! // Kim is a child, and a parent was identified.
//! samtycke.age_band(&kim, AgeBand::Thirteen, Verification::Eid).until(CivilDay::parse("2027-03-01")?).await?;
//! samtycke.guardian_linked(&kim, &parent, Verification::Eid).holders(2).await?;
//! // The last day of the contract.
//! samtycke.contract_ended(&kim, "c-4711".parse()?, CivilDay::parse("2026-06-30")?).await?;
//! # Ok(())
//! # }
//! ```
//!
//! [`Client::event`] takes a whole request, for every kind. Which key may record a kind is the server's rule: a service
//! key for the ones above and for a guardian's word, a data protection officer's key for restrictions, corrections and
//! the outcome of objections.
//!
//! A guardian's own word, `POST /v1/subjects/{child}/decisions`, has no call here: it takes a publishable key and the
//! capability of the guardian's own subject, which the guardian's browser holds and a back end does not. A back end that
//! heard a guardian records it as the event `guardian.authorised`, `guardian.declined` or `guardian.withdrawn`.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::pin::Pin;

use samtycke_core::actor::{Actor, Verification};
use samtycke_core::age::{AgeBand, Country};
use samtycke_core::id::{EventId, Language, PurposeId, ScopeValue, SubjectId};
use samtycke_core::notice::Variant;
use samtycke_core::wire::{
    AgeBandSetData, ContractEndedData, ContractStartedData, EventData, EventRequest, EventResponse,
    GuardianLinkedData, NoticeDeliveredData, SubjectLinkedData, format_rfc3339,
};

use crate::purpose::Purpose;
use crate::record::Shown;
use crate::{Client, Error, clock};

mod send;

pub use samtycke_core::civil_day::CivilDay;

/// One purpose, or up to eight as a tuple of their types. Example: see [the module](self).
pub trait Named: sealed::Ids {}

mod sealed {
    use samtycke_core::id::PurposeId;
    use samtycke_core::wire::EventData;

    use crate::{Client, Error};

    pub trait Ids {
        fn ids() -> Result<Vec<PurposeId>, Error>;
    }

    /// Data that may need the site's notice to be complete.
    pub trait Data: Send + 'static {
        fn complete(self, client: &Client)
        -> impl Future<Output = Result<EventData, Error>> + Send;
    }
}

use sealed::Data;

fn id<P: Purpose>() -> Result<PurposeId, Error> {
    P::ID.parse().map_err(|_| Error::PurposeId)
}

impl<P: Purpose> sealed::Ids for P {
    fn ids() -> Result<Vec<PurposeId>, Error> {
        Ok(vec![id::<P>()?])
    }
}
impl<P: Purpose> Named for P {}

macro_rules! tuples {
    ($(($($name:ident)+))+) => {
        $(
            impl<$($name: Purpose),+> sealed::Ids for ($($name,)+) {
                fn ids() -> Result<Vec<PurposeId>, Error> {
                    Ok(vec![$(id::<$name>()?),+])
                }
            }
            impl<$($name: Purpose),+> Named for ($($name,)+) {}
        )+
    };
}

tuples! {
    (A B)
    (A B C)
    (A B C D)
    (A B C D E)
    (A B C D E F)
    (A B C D E F G)
    (A B C D E F G H)
}

/// The data of [`Client::told`]. Example: see [`Event`].
#[derive(Clone)]
pub struct Told {
    shown: Shown,
    purposes: Result<Vec<PurposeId>, Error>,
    language: Option<Result<Language, Error>>,
    variant: Option<Variant>,
}

/// The data of [`Client::contract_started`]. Example: see [`Event`].
#[derive(Clone)]
pub struct Started {
    contract: ScopeValue,
    purposes: Result<Vec<PurposeId>, Error>,
}

/// An event that was not sent yet; `.await` records it. `D` is what it says.
///
/// ```no_run
/// # use samtycke::purpose::Purpose;
/// # async fn example<P: Purpose>(
/// #     samtycke: samtycke::Client, kim: samtycke::id::SubjectId, letter: samtycke::id::NoticeHash, sha256: &str,
/// #     handed_over: i64,
/// # ) -> Result<(), samtycke::Error> {
/// // On paper, in the shop, last week.
/// let told = samtycke.told::<P>(&kim, &letter).language("sv").evidence(sha256).occurred_at(handed_over).await?;
/// println!("{:?}", told.outcome);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is recorded before this is awaited"]
#[derive(Clone)]
pub struct Event<D> {
    client: Client,
    subject: SubjectId,
    id: Option<EventId>,
    based_on: Option<u64>,
    occurred_at: Option<String>,
    effective_from: Option<String>,
    evidence: Option<String>,
    actor: Option<Actor>,
    data: D,
}

impl Client {
    /// Records that a notice was delivered to the person, which tells of the purposes `P` (GDPR Art. 13 and 14).
    /// Legitimate interest may be relied on from then on. Example: see [the module](crate::event).
    pub fn told<P: Named>(&self, subject: &SubjectId, shown: impl Into<Shown>) -> Event<Told> {
        let told = Told {
            shown: shown.into(),
            purposes: P::ids(),
            language: None,
            variant: None,
        };
        Event::new(self, subject, told)
    }

    /// Records that a contract with the person began, which the purposes `P` rest on (GDPR Art. 6(1)(b)). `contract` is
    /// the tenant's opaque id. Example: see [the module](crate::event).
    pub fn contract_started<P: Named>(
        &self,
        subject: &SubjectId,
        contract: ScopeValue,
    ) -> Event<Started> {
        let purposes = P::ids();
        Event::new(self, subject, Started { contract, purposes })
    }

    /// Records that a contract ended or will end: `last_day` is the last day on which it lives. The earliest end that was
    /// ever recorded counts. Example: see [the module](crate::event).
    pub fn contract_ended(
        &self,
        subject: &SubjectId,
        contract: ScopeValue,
        last_day: CivilDay,
    ) -> Event<ContractEndedData> {
        let last_day = last_day.to_string();
        Event::new(self, subject, ContractEndedData { contract, last_day })
    }

    /// Records the person's age band, when it became known, rose or was corrected. No date of birth is taken. Example:
    /// see [the module](crate::event).
    pub fn age_band(
        &self,
        subject: &SubjectId,
        band: AgeBand,
        verification: Verification,
    ) -> Event<AgeBandSetData> {
        let set = AgeBandSetData {
            band,
            until: None,
            country: None,
            verification,
        };
        Event::new(self, subject, set)
    }

    /// Records that a person holds parental responsibility for the subject, alone unless [`Event::holders`] says
    /// otherwise (GDPR Art. 8). Example: see [the module](crate::event).
    pub fn guardian_linked(
        &self,
        subject: &SubjectId,
        guardian: &SubjectId,
        verification: Verification,
    ) -> Event<GuardianLinkedData> {
        let linked = GuardianLinkedData {
            guardian: guardian.clone(),
            verification,
            holders: 1,
        };
        Event::new(self, subject, linked)
    }

    /// Records that a device, or another account, is the same person as the account. Its checks are answered from the
    /// account from then on; refusals of both count, and grants of the device are not taken over. Example: see [the
    /// module](crate::event).
    pub fn linked(&self, account: &SubjectId, device: &SubjectId) -> Event<SubjectLinkedData> {
        let from = device.clone();
        Event::new(self, account, SubjectLinkedData { from })
    }
}

impl<D> Event<D> {
    fn new(client: &Client, subject: &SubjectId, data: D) -> Self {
        Self {
            client: client.clone(),
            subject: subject.clone(),
            id: None,
            based_on: None,
            occurred_at: None,
            effective_from: None,
            evidence: None,
            actor: None,
            data,
        }
    }

    /// The event's id. Default: a new one for each call. Example: see [`Event`].
    pub fn event_id(mut self, id: EventId) -> Self {
        self.id = Some(id);
        self
    }

    /// The person's newest event that the program knew. Default: the newest that this client has seen. Example: see
    /// [`Event`].
    pub fn based_on(mut self, seq: u64) -> Self {
        self.based_on = Some(seq);
        self
    }

    /// When it happened, in Unix milliseconds, if it was not now. It is evidence and does not order events. Example: see
    /// [`Event`].
    pub fn occurred_at(mut self, unix_ms: i64) -> Self {
        self.occurred_at = Some(format_rfc3339(unix_ms));
        self
    }

    /// SHA-256 of the evidence that the tenant keeps: 64 lower-case hex digits. Example: see [`Event`].
    pub fn evidence(mut self, sha256: &str) -> Self {
        self.evidence = Some(sha256.to_owned());
        self
    }

    /// The actor, if it was not the tenant. Example: see [`Event`].
    pub fn actor(mut self, actor: Actor) -> Self {
        self.actor = Some(actor);
        self
    }
}

impl Event<Told> {
    /// The language in which the notice was delivered, such as `sv`. Default: as for a grant, see
    /// [`record`](crate::record). Example: see [`Event`].
    pub fn language(mut self, tag: &str) -> Self {
        self.data.language = Some(tag.parse().map_err(|_| Error::Language));
        self
    }

    /// The variant that was delivered. Default: adult. Example: see [`Event`].
    pub fn variant(mut self, variant: Variant) -> Self {
        self.data.variant = Some(variant);
        self
    }
}

impl Event<Started> {
    /// When the contract began, in Unix milliseconds, if it was earlier than now. Example: see [`Event`].
    pub fn effective_from(mut self, unix_ms: i64) -> Self {
        self.effective_from = Some(format_rfc3339(unix_ms));
        self
    }
}

impl Event<AgeBandSetData> {
    /// The first day on which the band may be wrong, such as a birthday. Default: after the band's own width. Example:
    /// see [the module](self).
    pub fn until(mut self, day: CivilDay) -> Self {
        self.data.until = Some(day.to_string());
        self
    }

    /// The country of residence, whose law sets the age of digital consent (GDPR Art. 8(1)). Example: see [`Event`].
    pub fn country(mut self, country: Country) -> Self {
        self.data.country = Some(country);
        self
    }
}

impl Event<GuardianLinkedData> {
    /// How many persons hold custody: 1 or 2. Example: see [the module](self).
    pub fn holders(mut self, holders: u8) -> Self {
        self.data.holders = holders;
        self
    }
}

impl Data for Told {
    async fn complete(self, client: &Client) -> Result<EventData, Error> {
        let purposes = self.purposes?;
        let language = self.language.transpose()?;
        let (notice, language) = client.resolved(self.shown, language).await?;
        Ok(NoticeDeliveredData {
            notice,
            purposes,
            language,
            variant: self.variant,
        }
        .into())
    }
}

impl Data for Started {
    async fn complete(self, _: &Client) -> Result<EventData, Error> {
        Ok(ContractStartedData {
            contract: self.contract,
            purposes: self.purposes?,
        }
        .into())
    }
}

macro_rules! complete {
    ($($data:ident)+) => {
        $(
            impl Data for $data {
                async fn complete(self, _: &Client) -> Result<EventData, Error> {
                    Ok(self.into())
                }
            }
        )+
    };
}

complete! { ContractEndedData AgeBandSetData GuardianLinkedData SubjectLinkedData }

impl<D: Data> Event<D> {
    /// The request, complete and with its event's id: to send the same event again after a time-out.
    ///
    /// ```no_run
    /// # use samtycke::event::CivilDay;
    /// # async fn example(
    /// #     samtycke: samtycke::Client, kim: samtycke::id::SubjectId, contract: samtycke::id::ScopeValue, day: CivilDay,
    /// # ) -> Result<(), samtycke::Error> {
    /// let request = samtycke.contract_ended(&kim, contract, day).request().await?;
    /// if samtycke.event(&request).await.is_err_and(|error| error.is_transient()) {
    ///     samtycke.event(&request).await?; // the same event, however often it arrives
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Language`] and [`Error::Rng`] before anything is sent; otherwise as [`Client::notice`].
    pub async fn request(self) -> Result<EventRequest, Error> {
        let seen = self.client.inner.seen.seq(&self.subject);
        let event_id = self.id.map_or_else(clock::event_id, Ok)?;
        let data = self.data.complete(&self.client).await?;
        Ok(EventRequest {
            based_on: Some(self.based_on.unwrap_or(seen)),
            occurred_at: self.occurred_at,
            effective_from: self.effective_from,
            actor: self.actor,
            evidence: self.evidence,
            ..EventRequest::new(event_id, self.subject, data)
        })
    }
}

impl<D: Data> IntoFuture for Event<D> {
    type Output = Result<EventResponse, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let client = self.client.clone();
            let request = self.request().await?;
            client.event(&request).await
        })
    }
}

impl<D> fmt::Debug for Event<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Event").finish_non_exhaustive()
    }
}
