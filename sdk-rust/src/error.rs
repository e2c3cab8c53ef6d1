//! Errors of a request. No error holds a key, an identifier or an address.

use samtycke_core::problem::{ProblemBody, ProblemKind};
use samtycke_core::pseudonym::IdentifierError;
use samtycke_core::reason::Reason;

/// Why a request got no result.
///
/// ```
/// use samtycke::{Error, Transport};
///
/// let error = Error::from(Transport::TimedOut);
/// assert!(error.is_transient());
/// assert_eq!(error.to_string(), "the server did not answer in time");
/// ```
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The server answered a problem. Switch on [`ProblemBody::reason`], which is stable.
    #[error("{}: {}", .0.reason, .0.title)]
    Problem(Box<ProblemBody>),
    /// It is unknown whether the server processed the request. A write may be sent again with the same `event_id`.
    #[error(transparent)]
    Transport(#[from] Transport),
    /// The client cannot read the server's response.
    #[error("the answer cannot be read: {0}")]
    Decode(&'static str),
    /// The identifier cannot be pseudonymised; nothing was sent.
    #[error(transparent)]
    Identifier(#[from] IdentifierError),
    /// The client was built without a lookup key; nothing was sent.
    #[error(
        "identifiers are pseudonymised with a lookup key, and the client was built without one"
    )]
    LookupKeyMissing,
    /// The operating system has no source of randomness, so an event cannot get its own id; nothing was sent.
    #[error("the operating system has no source of randomness")]
    Rng,
    /// The purpose permits explicit consent only, and the grant was not recorded as one: ask in a question of its own,
    /// and call `explicit()`. Nothing was sent.
    #[error(
        "the purpose needs explicit consent: ask in a question of its own, and call `explicit()`"
    )]
    NotExplicit,
    /// It is not known in which language the notice was shown, or the tag is not valid. Nothing was recorded.
    #[error(
        "the language of the notice is not known: call `language(\"sv\")`, here or on the builder"
    )]
    Language,
    /// A hand-written purpose type has an invalid id; nothing was sent.
    #[error("the purpose's id is not valid")]
    PurposeId,
}

/// Why a request has no response. The host, the path and the operating system's message are left out, because they end
/// up in log lines and a path can name a subject. Example: see [`Error`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Transport {
    /// The client could not connect; nothing was sent.
    #[error("no connection to the server")]
    Connect,
    /// The deadline passed.
    #[error("the server did not answer in time")]
    TimedOut,
    /// The connection broke, or the response was not HTTP.
    #[error("the connection to the server broke")]
    Broken,
}

impl Error {
    /// Whether the same request may succeed later: after a transport error, and where the server is busy, starting or
    /// recovering. Example: see [`Error`].
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Transport(_) => true,
            Self::Problem(problem) => matches!(problem.status, 408 | 429 | 500 | 502..=504),
            Self::Decode(_)
            | Self::Identifier(_)
            | Self::LookupKeyMissing
            | Self::Rng
            | Self::NotExplicit
            | Self::Language
            | Self::PurposeId => false,
        }
    }

    /// The kind of problem that the server answered, if this version knows it.
    ///
    /// ```
    /// use samtycke::{Error, problem::{Problem, ProblemKind}};
    ///
    /// let error = Error::Problem(Box::new(Problem::new(ProblemKind::NoticeUnknown).body(None)));
    /// assert_eq!(error.kind(), Some(ProblemKind::NoticeUnknown), "the page has been open for too long: show it anew");
    /// ```
    pub fn kind(&self) -> Option<ProblemKind> {
        let Self::Problem(problem) = self else {
            return None;
        };
        let mut kinds = ProblemKind::ALL.iter();
        kinds.find(|kind| kind.reason() == problem.reason).copied()
    }

    /// The reason that a check is denied with after this error.
    pub(crate) fn denial(&self) -> Reason {
        let Self::Problem(problem) = self else {
            return Reason::FailclosedUnavailable;
        };
        if problem.status == 429 {
            return Reason::FailclosedOverload;
        }
        let mut reasons = Reason::ALL.iter().filter(|reason| reason.is_fail_closed());
        let same = reasons.find(|reason| reason.as_str() == problem.reason);
        same.copied().unwrap_or(Reason::FailclosedUnavailable)
    }
}

impl From<reqwest::Error> for Transport {
    fn from(error: reqwest::Error) -> Self {
        // A time-out while connecting is both. For a retry it matters that nothing was sent.
        if error.is_connect() {
            Self::Connect
        } else if error.is_timeout() {
            Self::TimedOut
        } else {
            Self::Broken
        }
    }
}

#[cfg(test)]
mod tests {
    use samtycke_core::problem::Problem;

    use super::*;

    fn problem(kind: ProblemKind) -> Error {
        Error::Problem(Box::new(Problem::new(kind).body(None)))
    }

    /// Protects invariant 8: every kind of problem is a fail-closed denial.
    #[test]
    fn every_problem_is_a_denial() {
        for kind in ProblemKind::ALL {
            let error = problem(*kind);
            assert!(error.denial().is_fail_closed(), "{error}");
            assert_eq!(error.kind(), Some(*kind));
        }
        let denial = |kind| problem(kind).denial();
        assert_eq!(
            denial(ProblemKind::Recovering),
            Reason::FailclosedRecovering
        );
        assert_eq!(
            denial(ProblemKind::QuotaExceeded),
            Reason::FailclosedOverload
        );
        assert_eq!(
            denial(ProblemKind::Forbidden),
            Reason::FailclosedUnavailable
        );
    }

    #[test]
    fn temporary_faults_are_transient() {
        assert!(problem(ProblemKind::Overloaded).is_transient());
        assert!(Error::from(Transport::TimedOut).is_transient());
        assert!(!problem(ProblemKind::FieldInvalid).is_transient());
        assert!(!Error::Decode("no JSON").is_transient());
    }
}
