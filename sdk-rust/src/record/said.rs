//! A decision that was not sent yet, and what can be said about it.

use std::fmt;
use std::future::{Future, IntoFuture};
use std::marker::PhantomData;
use std::pin::Pin;

use samtycke_core::decision::{Decision, DecisionKind, Method, Signals};
use samtycke_core::event::Actor;
use samtycke_core::id::{EventId, Language, ScopeValue, SubjectId};
use samtycke_core::notice::Variant;
use samtycke_core::purpose::ScopeType;
use samtycke_core::scope::Scope;
use samtycke_core::wire::{ConsentRequest, WithdrawalRequest, format_rfc3339};

use super::{Recorded, Shown};
use crate::purpose::{Purpose, Typed as _};
use crate::{Client, Error, clock};

/// What both kinds of decision can say.
#[derive(Clone, Default)]
struct Said {
    event_id: Option<EventId>,
    language: Option<Result<Language, Error>>,
    variant: Option<Variant>,
    surface: Option<ScopeValue>,
    evidence: Option<String>,
    actor: Option<Actor>,
    signals: Option<Signals>,
    occurred_at: Option<String>,
}

macro_rules! sayings {
    () => {
        /// The event's id. Default: a new one for each call. Example: see [`Grant`].
        pub fn event_id(mut self, id: EventId) -> Self {
            self.said.event_id = Some(id);
            self
        }

        /// The language in which the notice was shown, such as `sv`. Example: see [`Grant`].
        pub fn language(mut self, tag: &str) -> Self {
            self.said.language = Some(tag.parse().map_err(|_| Error::Language));
            self
        }

        /// The variant that was shown. Default: adult. Example: see [`Grant`].
        pub fn variant(mut self, variant: Variant) -> Self {
            self.said.variant = Some(variant);
            self
        }

        /// The surface: `web`, `app` or `paper`. Example: see [`Grant`].
        pub fn surface(mut self, surface: ScopeValue) -> Self {
            self.said.surface = Some(surface);
            self
        }

        /// SHA-256 of the evidence that the tenant keeps, such as a signed paper: 64 lower-case hex digits. Example: see
        /// [`Grant`].
        pub fn evidence(mut self, sha256: &str) -> Self {
            self.said.evidence = Some(sha256.to_owned());
            self
        }

        /// Who spoke, if it was not the person. Example: see [`Grant`].
        pub fn actor(mut self, actor: Actor) -> Self {
            self.said.actor = Some(actor);
            self
        }

        /// The signals of the person's browser (GPC, DNT). Example: see [`Grant`].
        pub fn signals(mut self, signals: Signals) -> Self {
            self.said.signals = Some(signals);
            self
        }

        /// When the person decided, in Unix milliseconds, if it was not now. It is evidence and does not order events.
        /// Example: see [`Grant`].
        pub fn occurred_at(mut self, unix_ms: i64) -> Self {
            self.said.occurred_at = Some(format_rfc3339(unix_ms));
            self
        }
    };
}

/// A grant that was not sent yet; `.await` records it.
///
/// ```no_run
/// # use samtycke::decision::Method;
/// # use samtycke::purpose::{Purpose, Unscoped};
/// # async fn example<P: Purpose<Scope = Unscoped>>(
/// #     samtycke: samtycke::Client, kim: samtycke::id::SubjectId, app: samtycke::id::SiteId, paper_sha256: &str,
/// # ) -> Result<(), samtycke::Error> {
/// // A question of its own in the app, about data of a special category.
/// samtycke.given::<P>(&kim, &app).language("sv").explicit().await?;
///
/// // The same on signed paper.
/// let recorded = samtycke
///     .given::<P>(&kim, &app)
///     .language("sv")
///     .explicit()
///     .method(Method::Signature)
///     .evidence(paper_sha256)
///     .await?;
/// if recorded.must_ask_again() {
///     println!("a refusal came in between: show the question again");
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is recorded before this is awaited"]
pub struct Grant<P: Purpose> {
    client: Client,
    subject: SubjectId,
    shown: Shown,
    kind: DecisionKind,
    scope: Scope,
    is_explicit: bool,
    is_gpc_acknowledged: bool,
    method: Method,
    based_on: Option<u64>,
    said: Said,
    purpose: PhantomData<fn() -> P>,
}

impl<P: Purpose> Grant<P> {
    pub(super) fn new(
        client: &Client,
        subject: &SubjectId,
        shown: Shown,
        scope: P::Scope,
        kind: DecisionKind,
    ) -> Self {
        Self {
            client: client.clone(),
            subject: subject.clone(),
            shown,
            kind,
            scope: scope.into(),
            is_explicit: false,
            is_gpc_acknowledged: false,
            method: Method::Button,
            based_on: None,
            said: Said::default(),
            purpose: PhantomData,
        }
    }

    sayings!();

    /// The person answered a question of its own about this purpose, and not as part of "accept all" (GDPR Art.
    /// 9(2)(a)). Example: see [`Grant`].
    pub fn explicit(mut self) -> Self {
        self.is_explicit = true;
        self
    }

    /// How the person expressed it. Default: [`Method::Button`]. Example: see [`Grant`].
    pub fn method(mut self, method: Method) -> Self {
        self.method = method;
        self
    }

    /// The person consented after being shown that their browser signals an objection (GPC). Example: see [`Grant`].
    pub fn gpc_acknowledged(mut self) -> Self {
        self.is_gpc_acknowledged = true;
        self
    }

    /// The person's newest event when the question was drawn. Default: the newest that this client has seen. Example:
    /// see [`Grant`].
    pub fn based_on(mut self, seq: u64) -> Self {
        self.based_on = Some(seq);
        self
    }

    /// The request, complete and with its event's id: for a [`Queue`](crate::queue::Queue), for fields that have no
    /// method here, or to send the same event again after a time-out.
    ///
    /// ```no_run
    /// # use samtycke::purpose::{Purpose, Unscoped};
    /// # async fn example<P: Purpose<Scope = Unscoped>>(
    /// #     samtycke: samtycke::Client, kim: samtycke::id::SubjectId, app: samtycke::id::SiteId,
    /// # ) -> Result<(), samtycke::Error> {
    /// let request = samtycke.given::<P>(&kim, &app).request().await?;
    /// if samtycke.record(&request).await.is_err_and(|error| error.is_transient()) {
    ///     samtycke.record(&request).await?; // the same event, however often it arrives
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotExplicit`] and [`Error::Language`] before anything is sent; otherwise as [`Client::notice`].
    pub async fn request(self) -> Result<ConsentRequest, Error> {
        let is_grant = self.kind == DecisionKind::Given;
        if P::EXPLICIT_CONSENT && is_grant && !self.is_explicit {
            return Err(Error::NotExplicit);
        }
        let decision = Decision {
            scope: self.scope,
            explicit: self.is_explicit,
            gpc_acknowledged: self.is_gpc_acknowledged,
            ..Decision::about(P::ID.parse().map_err(|_| Error::PurposeId)?, self.kind)
        };
        let spoken = self.said.language.transpose()?;
        let (notice, language) = self.client.resolved(self.shown, spoken).await?;
        let inner = &self.client.inner;
        let based_on = self
            .based_on
            .unwrap_or_else(|| inner.seen.seq(&self.subject));
        let event_id = self.said.event_id.map_or_else(clock::event_id, Ok)?;
        Ok(ConsentRequest {
            variant: self.said.variant,
            based_on: Some(based_on),
            occurred_at: self.said.occurred_at,
            signals: self.said.signals,
            surface: self.said.surface,
            evidence: self.said.evidence,
            actor: self.said.actor,
            ..ConsentRequest::new(
                event_id,
                self.subject,
                notice,
                language,
                self.method,
                vec![decision],
            )
        })
    }
}

impl<P: Purpose> IntoFuture for Grant<P> {
    type Output = Result<Recorded, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let client = self.client.clone();
            let request = self.request().await?;
            Ok(Recorded(client.record(&request).await?))
        })
    }
}

/// A withdrawal, refusal or objection that was not sent yet; `.await` records it. It needs only the subject and the
/// purpose, and takes effect whatever the client had seen.
///
/// ```no_run
/// # use samtycke::decision::Method;
/// # use samtycke::purpose::Purpose;
/// # async fn example<P: Purpose>(samtycke: samtycke::Client, kim: samtycke::id::SubjectId) -> Result<(), samtycke::Error> {
/// let recorded = samtycke.withdrawn::<P>(&kim).method(Method::VerbalRecorded).await?;
/// println!("in force: {:?}", recorded.response().receipt);
/// # Ok(())
/// # }
/// ```
#[must_use = "nothing is recorded before this is awaited"]
pub struct Refusal<P: Purpose> {
    client: Client,
    subject: SubjectId,
    kind: DecisionKind,
    /// `None` is every scope.
    scope: Option<Scope>,
    method: Option<Method>,
    said: Said,
    purpose: PhantomData<fn() -> P>,
}

impl<P: Purpose> Refusal<P> {
    pub(super) fn new(
        client: &Client,
        subject: &SubjectId,
        kind: DecisionKind,
        scope: Option<Scope>,
    ) -> Self {
        Self {
            client: client.clone(),
            subject: subject.clone(),
            kind,
            scope,
            method: None,
            said: Said::default(),
            purpose: PhantomData,
        }
    }

    sayings!();

    /// How the person expressed it. Example: see [`Refusal`].
    pub fn method(mut self, method: Method) -> Self {
        self.method = Some(method);
        self
    }

    /// The request, complete and with its event's id: for a [`Queue`](crate::queue::Queue), which delivers it when there
    /// is a network. Nothing is sent.
    ///
    /// ```no_run
    /// # use samtycke::purpose::Purpose;
    /// # fn example<P: Purpose>(
    /// #     samtycke: samtycke::Client, kim: samtycke::id::SubjectId, queue: samtycke::queue::Queue,
    /// # ) -> Result<(), Box<dyn std::error::Error>> {
    /// queue.withdraw(samtycke.withdrawn::<P>(&kim).request()?)?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// [`Error::Rng`] and [`Error::Language`].
    pub fn request(self) -> Result<WithdrawalRequest, Error> {
        let decision = Decision {
            all_scopes: self.scope.is_none() && P::Scope::SCOPE_TYPE != ScopeType::None,
            scope: self.scope.unwrap_or_default(),
            ..Decision::about(P::ID.parse().map_err(|_| Error::PurposeId)?, self.kind)
        };
        let event_id = self.said.event_id.map_or_else(clock::event_id, Ok)?;
        Ok(WithdrawalRequest {
            language: self.said.language.transpose()?,
            variant: self.said.variant,
            method: self.method,
            occurred_at: self.said.occurred_at,
            signals: self.said.signals,
            surface: self.said.surface,
            evidence: self.said.evidence,
            actor: self.said.actor,
            ..WithdrawalRequest::new(event_id, self.subject, vec![decision])
        })
    }
}

impl<P: Purpose> IntoFuture for Refusal<P> {
    type Output = Result<Recorded, Error>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move {
            let client = self.client.clone();
            let request = self.request()?;
            Ok(Recorded(client.withdraw(&request).await?))
        })
    }
}

impl<P: Purpose> fmt::Debug for Grant<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Grant")
            .field("purpose", &P::ID)
            .finish_non_exhaustive()
    }
}

impl<P: Purpose> fmt::Debug for Refusal<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refusal")
            .field("purpose", &P::ID)
            .finish_non_exhaustive()
    }
}
