//! The one way in which something is not permitted, whatever the reason.

use std::time::Duration;

use samtycke_core::decide::Verdict;
use samtycke_core::reason::Reason;
use serde::Serialize;

use crate::{Checked, Error};

/// It may not be done: because somebody said no, because nobody said yes, or because nobody could be asked.
///
/// There is no other outcome than this and a [`Consented`](crate::Consented): a server that is gone, a time-out, an answer
/// that cannot be read and a reason that this version does not know are all in here.
///
/// ```
/// use samtycke::{Cause, Denied};
///
/// fn answer_to(denied: &Denied) -> &'static str {
///     match denied.cause() {
///         _ if denied.may_ask() => "show the question",
///         Cause::Verdict(_) => "respect the no",
///         _ if denied.is_unavailable() => "try again later",
///         _ => "ask again",
///     }
/// }
/// ```
#[must_use = "what is denied must not be done"]
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{purpose}: {}", self.reason())]
pub struct Denied {
    purpose: &'static str,
    cause: Cause,
}

/// Why it may not be done. Example: see [`Denied`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The server's answer.
    Verdict(Box<Verdict>),
    /// There was no answer.
    Error(Error),
    /// The permission was kept for longer than it lives, or a no was heard in this process meanwhile. Ask anew.
    Outlived,
    /// The answer was yes, on a basis that is not explicit consent, where the purpose permits no other.
    NotExplicit,
    /// It was for one use, and has been used.
    Used,
    /// A no is waiting in this process's own queue to be sent.
    Queued,
    /// This program did not say whose data it is about: an error of its own, which the adapters for HTTP find.
    NoSubject,
}

impl Denied {
    pub(crate) fn new(purpose: &'static str, cause: Cause) -> Self {
        Self { purpose, cause }
    }

    /// What a check came to, where it was no.
    pub(crate) fn of(purpose: &'static str, checked: Checked) -> Self {
        let cause = match checked.into_result() {
            Ok(answer) => Cause::Verdict(Box::new(answer.verdict)),
            Err(error) => Cause::Error(error),
        };
        Self { purpose, cause }
    }

    /// For which purpose. Example: see [`Denied`].
    pub fn purpose(&self) -> &'static str {
        self.purpose
    }

    /// Why, in full. Example: see [`Denied`].
    pub fn cause(&self) -> &Cause {
        &self.cause
    }

    /// Why, as one stable word. Example: see [`Client::for_each_consented`](crate::Client::for_each_consented).
    pub fn reason(&self) -> Reason {
        match &self.cause {
            Cause::Verdict(verdict) => verdict.reason,
            Cause::Error(error) => error.denial(),
            Cause::Outlived => Reason::FailclosedPermissionEnded,
            Cause::NotExplicit => Reason::ExplicitConsentRequired,
            Cause::Used => Reason::ConsentUsed,
            Cause::Queued => Reason::ConsentWithdrawn,
            Cause::NoSubject => Reason::FailclosedNotReady,
        }
    }

    /// Whether the person may be asked now. Never after an error. Example: see [`Denied`].
    pub fn may_ask(&self) -> bool {
        matches!(&self.cause, Cause::Verdict(verdict) if verdict.may_ask)
    }

    /// Whether nobody said no: there was no answer to rely on, and there may be one later. HTTP's 503 rather than its 403.
    /// Example: see [`Denied`].
    pub fn is_unavailable(&self) -> bool {
        self.reason().is_fail_closed()
    }

    /// When to ask again, where the server was busy and said so.
    ///
    /// ```
    /// fn seconds(denied: &samtycke::Denied) -> Option<u64> {
    ///     denied.retry_after().map(|wait| wait.as_secs())
    /// }
    /// ```
    pub fn retry_after(&self) -> Option<Duration> {
        let Cause::Error(Error::Problem(problem)) = &self.cause else {
            return None;
        };
        let seconds = problem.retry_after_s.filter(|_| self.is_unavailable());
        seconds.map(|seconds| Duration::from_secs(seconds.into()))
    }

    /// The answer as a problem (RFC 9457) for whoever called this program: 403 where the answer is no, 503 where there is none,
    /// 500 where this program did not say whose data it is about. It holds the purpose and the reason, and nothing of the
    /// person.
    ///
    /// ```
    /// fn body(denied: &samtycke::Denied) -> (u16, String) {
    ///     let problem = denied.problem();
    ///     (problem.status, serde_json::to_string(&problem).unwrap_or_default())
    /// }
    /// ```
    pub fn problem(&self) -> DeniedProblem {
        let reason = self.reason();
        let (status, title) = if self.cause == Cause::NoSubject {
            (500, "This program did not say whose data it is about")
        } else if self.cause == Cause::Outlived {
            (
                503,
                "The permission had ended before it was used; ask again",
            )
        } else if self.is_unavailable() {
            (503, "Whether this is permitted could not be found out")
        } else {
            (403, "This is not permitted")
        };
        DeniedProblem {
            type_: format!(
                "https://samtycke.dev/problems/{}",
                reason.as_str().to_lowercase().replace('_', "-")
            ),
            title,
            status,
            reason,
            allow: false,
            may_ask: self.may_ask(),
            purpose: self.purpose,
        }
    }
}

/// The JSON of a denial: `application/problem+json`. Example: see [`Denied::problem`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeniedProblem {
    /// A URI that names the reason.
    #[serde(rename = "type")]
    pub type_: String,
    /// One sentence.
    pub title: &'static str,
    /// HTTP status: 403, 503 or 500.
    pub status: u16,
    /// Why, as one stable word.
    pub reason: Reason,
    /// Always false.
    pub allow: bool,
    /// Whether the person may be asked now.
    pub may_ask: bool,
    /// For which purpose.
    pub purpose: &'static str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Transport;

    fn said(reason: Reason, may_ask: bool) -> Denied {
        let verdict = Verdict {
            reason,
            may_ask,
            ..Verdict::fail_closed(Reason::FailclosedUnavailable)
        };
        Denied::new("example.news", Cause::Verdict(Box::new(verdict)))
    }

    /// Protects what a caller's caller sees: a no is a 403, no answer is a 503, and neither says whose.
    #[test]
    fn a_refusal_answers_403_and_a_missing_verdict_503() {
        let no = said(Reason::ConsentWithdrawn, false).problem();
        assert_eq!((no.status, no.allow), (403, false));
        assert_eq!(
            serde_json::to_string(&no).unwrap(),
            r#"{"type":"https://samtycke.dev/problems/consent-withdrawn","title":"This is not permitted","status":403,"reason":"CONSENT_WITHDRAWN","allow":false,"may_ask":false,"purpose":"example.news"}"#
        );
        assert!(said(Reason::ConsentMissing, true).problem().may_ask);
        let cause = Cause::Error(Transport::TimedOut.into());
        let gone = Denied::new("example.news", cause);
        assert_eq!((gone.problem().status, gone.may_ask()), (503, false));
        assert_eq!(gone.to_string(), "example.news: FAILCLOSED_UNAVAILABLE");
    }

    /// Protects whoever looks for what is wrong: a permission that was kept for too long is no server's fault.
    #[test]
    fn a_permission_that_has_ended_is_called_so() {
        let problem = Denied::new("example.news", Cause::Outlived).problem();
        assert_eq!(
            (problem.status, problem.reason),
            (503, Reason::FailclosedPermissionEnded)
        );
        assert!(problem.title.contains("had ended"), "{}", problem.title);
    }

    /// Protects invariant 8: no cause has a reason that allows.
    #[test]
    fn every_cause_has_a_reason_that_denies() {
        let causes = [
            Cause::Error(Transport::Broken.into()),
            Cause::Outlived,
            Cause::NotExplicit,
            Cause::Used,
            Cause::Queued,
            Cause::NoSubject,
        ];
        for cause in causes {
            let denied = Denied::new("example.news", cause);
            assert!(!denied.reason().allows(), "{denied:?}");
            assert!(!denied.may_ask(), "{denied:?}");
        }
    }
}
