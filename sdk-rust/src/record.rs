//! One call records one decision.
//!
//! ```no_run
//! use samtycke::{Client, pseudonym::Domain};
//! # use samtycke::purpose::{Many, Purpose, Unscoped};
//! # enum News {}
//! # impl Purpose for News {
//! #     const ID: &'static str = "example.news";
//! #     const EXPLICIT_CONSENT: bool = false;
//! #     type Scope = Unscoped;
//! #     type Uses = Many;
//! # }
//!
//! # async fn example(samtycke: Client, app: samtycke::id::SiteId) -> Result<(), Box<dyn std::error::Error>> {
//! let kim = samtycke.subject(Domain::Email, "kim@example.com").await?.subject;
//! samtycke.given::<News>(&kim, &app).await?;
//! samtycke.withdrawn::<News>(&kim).await?;
//! # Ok(())
//! # }
//! ```
//!
//! The client makes the event's id, finds the notice that the site shows now, and says what it had seen of the subject.
//! What a decision needs besides is a method of [`Grant`] and [`Refusal`]: `explicit`, `language`, `method`,
//! `evidence`, `actor` and others.
//!
//! # What the client says of itself
//!
//! - **Notice.** With a site, the record names the notice that the site shows when the request is sent. Where the
//!   question was drawn in an earlier request, pass the notice that was drawn: its [`NoticeDocument`], or its hash.
//! - **Language.** That of [`Grant::language`], else of [`Builder::language`](crate::Builder::language), else the only
//!   one that the notice has. A program that shows several has to say which.
//! - **What it had seen.** A grant acts only if the client had seen the person's newest refusal. The client takes the
//!   newest event that one of its answers has shown, and 0 where none has. [`Recorded::must_ask_again`] tells when a
//!   refusal was in between; by then the client has seen it. Where the question was drawn in an earlier request, pass
//!   the number of then with [`Grant::based_on`].
//! - **Explicit.** A purpose that only explicit consent permits needs [`Grant::explicit`]. Without it nothing is sent,
//!   because such a grant could never count (GDPR Art. 9(2)(a)).

use std::sync::Arc;

use samtycke_core::decision::{DecisionKind, Outcome, SupersededReason};
use samtycke_core::id::{EventId, Language, NoticeHash, SiteId, SubjectId};
use samtycke_core::wire::{NoticeDocument, RecordResponse};

use crate::purpose::{Purpose, Unscoped};
use crate::{Client, Error};

mod said;

pub use self::said::{Grant, Refusal};
pub use samtycke_core::event::{Actor, Role, Verification};

/// The notice that a person answered: the current one of a site, or a certain one.
///
/// ```no_run
/// # use samtycke::purpose::{Purpose, Unscoped};
/// # async fn example<P: Purpose<Scope = Unscoped>>(
/// #     samtycke: samtycke::Client, kim: samtycke::id::SubjectId,
/// # ) -> Result<(), Box<dyn std::error::Error>> {
/// // The question is drawn, and its notice kept until the answer.
/// let drawn = samtycke.notice(&"app.example.org".parse()?).await?;
/// samtycke.given::<P>(&kim, &drawn).language("sv").await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown(Which);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Which {
    Current(SiteId),
    Certain(NoticeHash, Option<Language>),
}

impl From<&SiteId> for Shown {
    fn from(site: &SiteId) -> Self {
        Self(Which::Current(site.clone()))
    }
}

impl From<&NoticeHash> for Shown {
    fn from(hash: &NoticeHash) -> Self {
        Self(Which::Certain(hash.clone(), None))
    }
}

impl From<&NoticeDocument> for Shown {
    fn from(notice: &NoticeDocument) -> Self {
        Self(Which::Certain(notice.hash.clone(), only_language(notice)))
    }
}

/// The language of a notice that has one.
fn only_language(notice: &NoticeDocument) -> Option<Language> {
    let mut languages = notice.texts.keys();
    let only = languages.next().filter(|_| languages.next().is_none())?;
    only.parse().ok()
}

impl Client {
    /// Records that the person consented to the purpose `P`. `.await` sends it. Example: see [the module](crate::record).
    pub fn given<P>(&self, subject: &SubjectId, shown: impl Into<Shown>) -> Grant<P>
    where
        P: Purpose<Scope = Unscoped>,
    {
        self.given_in(subject, shown, Unscoped)
    }

    /// The same for a purpose whose consent is limited to a scope.
    ///
    /// ```no_run
    /// # use samtycke::{Client, id::{SiteId, SubjectId}};
    /// # use samtycke::purpose::{Once, Purpose, Recipient};
    /// # enum ForwardContact {}
    /// # impl Purpose for ForwardContact {
    /// #     const ID: &'static str = "example.forward-contact";
    /// #     const EXPLICIT_CONSENT: bool = false;
    /// #     type Scope = Recipient;
    /// #     type Uses = Once;
    /// # }
    /// # async fn example(samtycke: Client, kim: SubjectId, app: SiteId) -> Result<(), Box<dyn std::error::Error>> {
    /// let painter = Recipient("painter-ab".parse()?);
    /// samtycke.given_in::<ForwardContact>(&kim, &app, painter).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn given_in<P: Purpose>(
        &self,
        subject: &SubjectId,
        shown: impl Into<Shown>,
        scope: P::Scope,
    ) -> Grant<P> {
        Grant::new(self, subject, shown.into(), scope, DecisionKind::Given)
    }

    /// Records that the person takes back an objection to the purpose `P`. Example: as [`Self::given`].
    pub fn objection_retracted<P>(&self, subject: &SubjectId, shown: impl Into<Shown>) -> Grant<P>
    where
        P: Purpose<Scope = Unscoped>,
    {
        let kind = DecisionKind::ObjectionRetracted;
        Grant::new(self, subject, shown.into(), Unscoped, kind)
    }

    /// Records that the person withdrew consent to the purpose `P` (GDPR Art. 7(3)), for every scope if it has scopes.
    /// Example: see [the module](crate::record).
    pub fn withdrawn<P: Purpose>(&self, subject: &SubjectId) -> Refusal<P> {
        Refusal::new(self, subject, DecisionKind::Withdrawn, None)
    }

    /// The same for one scope.
    ///
    /// ```no_run
    /// # use samtycke::purpose::{Purpose, Recipient};
    /// # async fn example<P: Purpose<Scope = Recipient>>(
    /// #     samtycke: samtycke::Client, kim: samtycke::id::SubjectId,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// samtycke.withdrawn_in::<P>(&kim, Recipient("painter-ab".parse()?)).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn withdrawn_in<P: Purpose>(&self, subject: &SubjectId, scope: P::Scope) -> Refusal<P> {
        Refusal::new(self, subject, DecisionKind::Withdrawn, Some(scope.into()))
    }

    /// Records that the person refused the purpose `P`, for every scope if it has scopes. Example: as
    /// [`Self::withdrawn`].
    pub fn refused<P: Purpose>(&self, subject: &SubjectId) -> Refusal<P> {
        Refusal::new(self, subject, DecisionKind::Refused, None)
    }

    /// The same for one scope. Example: as [`Self::withdrawn_in`].
    pub fn refused_in<P: Purpose>(&self, subject: &SubjectId, scope: P::Scope) -> Refusal<P> {
        Refusal::new(self, subject, DecisionKind::Refused, Some(scope.into()))
    }

    /// Records that the person objects to the purpose `P` (GDPR Art. 21). Example: as [`Self::withdrawn`].
    pub fn objected<P: Purpose>(&self, subject: &SubjectId) -> Refusal<P> {
        Refusal::new(self, subject, DecisionKind::Objected, None)
    }

    /// The notice that was shown, and the language: the one that was said, else the program's, else the notice's only one.
    pub(crate) async fn resolved(
        &self,
        shown: Shown,
        spoken: Option<Language>,
    ) -> Result<(NoticeHash, Language), Error> {
        let (notice, only) = match shown.0 {
            Which::Certain(hash, only) => (hash, only),
            Which::Current(site) => {
                let notice = self.current(&site).await?;
                (notice.hash.clone(), only_language(&notice))
            }
        };
        let language = spoken.or_else(|| self.inner.language.clone()).or(only);
        Ok((notice, language.ok_or(Error::Language)?))
    }

    /// The notice that the site shows now. A notice that this client holds already is not sent again.
    async fn current(&self, site: &SiteId) -> Result<Arc<NoticeDocument>, Error> {
        let seen = &self.inner.seen;
        let held = seen.notice(site);
        let hash = held.as_ref().map(|held| &held.hash);
        let Some(newer) = self.notice_unless(site, hash).await? else {
            return held.ok_or(Error::Decode("unchanged, and nothing is held"));
        };
        let newer = Arc::new(newer);
        seen.shown(site.clone(), newer.clone());
        Ok(newer)
    }
}

/// The record of one decision, and whether it took effect.
///
/// Example: see [`Grant`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recorded(RecordResponse);

impl Recorded {
    /// Whether the decision is the current state. Example: as [`Self::must_ask_again`].
    pub fn is_effective(&self) -> bool {
        self.outcome() == Some(Outcome::Effective)
    }

    /// Whether the grant is stored without effect and the person may be asked again: a refusal that this client had not
    /// seen came first, the grant arrived too late, or the notice is out of date. Example: see [`Grant`].
    pub fn must_ask_again(&self) -> bool {
        let again = matches!(
            self.reason(),
            Some(
                SupersededReason::StaleGrant
                    | SupersededReason::LateGrant
                    | SupersededReason::NoticeStale
            )
        );
        again && self.outcome() == Some(Outcome::Superseded)
    }

    /// The outcome; `None` for an erased subject, of whom nothing is recorded. Example: as [`Self::must_ask_again`].
    pub fn outcome(&self) -> Option<Outcome> {
        Some(self.0.decisions.first()?.outcome)
    }

    /// Why the decision did not take effect, if it did not. Example: as [`Self::must_ask_again`].
    pub fn reason(&self) -> Option<SupersededReason> {
        self.0.decisions.first()?.reason
    }

    /// The event, for [`Client::proof`]. Example: see [`Client::proof`].
    pub fn event_id(&self) -> &EventId {
        &self.0.event_id
    }

    /// The position that a check can demand. Example: see [`Ask::at_least`](crate::Ask::at_least).
    pub fn position(&self) -> Option<&str> {
        self.0.position.as_deref()
    }

    /// The whole response. Example: see [`Refusal`].
    pub fn response(&self) -> &RecordResponse {
        &self.0
    }

    /// The whole response. Example: as [`Self::response`].
    pub fn into_response(self) -> RecordResponse {
        self.0
    }
}
