//! Decisions to record, as [`crate::record`], with blocking methods.

use std::fmt;
use std::future::IntoFuture as _;
use std::sync::Arc;

use samtycke_core::id::SubjectId;

use super::{Client, Runtime};
use crate::purpose::{Purpose, Unscoped};
use crate::record::Shown;
use crate::{Error, Recorded};

macro_rules! waiting {
    ($($(#[$doc:meta])* $name:ident;)+) => {
        $(
            $(#[$doc])*
            #[must_use = "nothing is recorded before `wait`"]
            pub struct $name<P: Purpose> {
                said: crate::$name<P>,
                runtime: Arc<Runtime>,
            }

            impl<P: Purpose> $name<P> {
                fn new(said: crate::$name<P>, client: &Client) -> Self {
                    let runtime = client.runtime.clone();
                    Self { said, runtime }
                }

                /// Says more, with the methods of the async type. Example: see [`Client::given`].
                pub fn with(self, say: impl FnOnce(crate::$name<P>) -> crate::$name<P>) -> Self {
                    let said = say(self.said);
                    Self { said, ..self }
                }

                /// Records the decision and blocks until the response. Example: see [`Client::given`].
                ///
                /// # Errors
                /// See [`Error`].
                pub fn wait(self) -> Result<Recorded, Error> {
                    self.runtime.wait(self.said.into_future())
                }
            }

            impl<P: Purpose> fmt::Debug for $name<P> {
                fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    self.said.fmt(f)
                }
            }
        )+
    };
}

waiting! {
    /// A grant that was not sent yet, as [`samtycke::Grant`](crate::Grant). Example: see [`Client::given`].
    Grant;
    /// A withdrawal, refusal or objection that was not sent yet, as [`samtycke::Refusal`](crate::Refusal). Example: see
    /// [`Client::withdrawn`].
    Refusal;
}

impl Client {
    /// Records that the person consented, as [`Client::given`](crate::Client::given).
    ///
    /// ```no_run
    /// # use samtycke::purpose::{Purpose, Unscoped};
    /// # fn example<P: Purpose<Scope = Unscoped>>(
    /// #     samtycke: samtycke::blocking::Client, kim: samtycke::id::SubjectId, app: samtycke::id::SiteId,
    /// # ) -> Result<(), samtycke::Error> {
    /// samtycke.given::<P>(&kim, &app).with(|said| said.language("sv").explicit()).wait()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn given<P>(&self, subject: &SubjectId, shown: impl Into<Shown>) -> Grant<P>
    where
        P: Purpose<Scope = Unscoped>,
    {
        Grant::new(self.client.given(subject, shown), self)
    }

    /// As [`Client::given_in`](crate::Client::given_in). Example: as [`Self::given`].
    pub fn given_in<P: Purpose>(
        &self,
        subject: &SubjectId,
        shown: impl Into<Shown>,
        scope: P::Scope,
    ) -> Grant<P> {
        Grant::new(self.client.given_in(subject, shown, scope), self)
    }

    /// As [`Client::objection_retracted`](crate::Client::objection_retracted). Example: as [`Self::given`].
    pub fn objection_retracted<P>(&self, subject: &SubjectId, shown: impl Into<Shown>) -> Grant<P>
    where
        P: Purpose<Scope = Unscoped>,
    {
        Grant::new(self.client.objection_retracted(subject, shown), self)
    }

    /// Records that the person withdrew, as [`Client::withdrawn`](crate::Client::withdrawn).
    ///
    /// ```no_run
    /// # use samtycke::purpose::Purpose;
    /// # fn example<P: Purpose>(samtycke: samtycke::blocking::Client, kim: samtycke::id::SubjectId) -> Result<(), samtycke::Error> {
    /// samtycke.withdrawn::<P>(&kim).wait()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn withdrawn<P: Purpose>(&self, subject: &SubjectId) -> Refusal<P> {
        Refusal::new(self.client.withdrawn(subject), self)
    }

    /// As [`Client::withdrawn_in`](crate::Client::withdrawn_in). Example: as [`Self::withdrawn`].
    pub fn withdrawn_in<P: Purpose>(&self, subject: &SubjectId, scope: P::Scope) -> Refusal<P> {
        Refusal::new(self.client.withdrawn_in(subject, scope), self)
    }

    /// As [`Client::refused`](crate::Client::refused). Example: as [`Self::withdrawn`].
    pub fn refused<P: Purpose>(&self, subject: &SubjectId) -> Refusal<P> {
        Refusal::new(self.client.refused(subject), self)
    }

    /// As [`Client::refused_in`](crate::Client::refused_in). Example: as [`Self::withdrawn`].
    pub fn refused_in<P: Purpose>(&self, subject: &SubjectId, scope: P::Scope) -> Refusal<P> {
        Refusal::new(self.client.refused_in(subject, scope), self)
    }

    /// As [`Client::objected`](crate::Client::objected). Example: as [`Self::withdrawn`].
    pub fn objected<P: Purpose>(&self, subject: &SubjectId) -> Refusal<P> {
        Refusal::new(self.client.objected(subject), self)
    }
}
