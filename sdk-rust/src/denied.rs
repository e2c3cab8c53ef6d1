//! The denial: the one outcome beside a permission.

use std::time::Duration;

use samtycke_core::decide::Verdict;
use samtycke_core::reason::Reason;
use serde::Serialize;

use crate::{Checked, Error};

/// Processing is denied: by a refusal, for want of consent, or because there is no verdict.
///
/// The only other outcome is a [`Consented`](crate::Consented). An unreachable server, a time-out, an unreadable
/// response and an unknown reason are all denials.
///
/// ```
/// use samtycke::{Cause, Denied};
///
/// fn answer_to(denied: &Denied) -> &'static str {
///     match denied.cause() {
///         _ if denied.may_ask() => "show the question",
///         Cause::Verdict(_) => "respect the refusal",
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

/// The cause of a denial. Example: see [`Denied`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Cause {
    /// The server's verdict.
    Verdict(Box<Verdict>),
    /// The request failed.
    Error(Error),
    /// The permission was held for longer than it lives, or this process learned of a refusal in the meantime. Check
    /// again.
    Outlived,
    /// The verdict allowed on a basis that is not explicit consent, and the purpose permits no other.
    NotExplicit,
    /// The consent was for a single use, and is spent.
    Used,
    /// The permission is for another recipient, campaign, medium, surface, vendor or site.
    OtherScope,
    /// The consent is for a single use, and the program's type of the purpose permits any number. The program was built
    /// with another register: see [`Client::register_agrees`](crate::Client::register_agrees).
    SingleUse,
    /// A restrictive decision waits in this process's own queue.
    Queued,
    /// This program did not name the person whose data it processes. The HTTP adapters report this error of the program
    /// itself.
    NoSubject,
}

impl Denied {
    pub(crate) fn new(purpose: &'static str, cause: Cause) -> Self {
        Self { purpose, cause }
    }

    /// The cause in a result that denies.
    pub(crate) fn of(purpose: &'static str, checked: Checked) -> Self {
        let cause = match checked.into_result() {
            Ok(answer) => Cause::Verdict(Box::new(answer.verdict)),
            Err(error) => Cause::Error(error),
        };
        Self { purpose, cause }
    }

    /// The purpose that was denied. Example: see [`Denied`].
    pub fn purpose(&self) -> &'static str {
        self.purpose
    }

    /// The cause, with its details. Example: see [`Denied`].
    pub fn cause(&self) -> &Cause {
        &self.cause
    }

    /// The reason as one stable word. Example: see [`Client::for_each_consented`](crate::Client::for_each_consented).
    pub fn reason(&self) -> Reason {
        match &self.cause {
            Cause::Verdict(verdict) => verdict.reason,
            Cause::Error(error) => error.denial(),
            Cause::Outlived => Reason::FailclosedPermissionEnded,
            Cause::NotExplicit => Reason::ExplicitConsentRequired,
            Cause::Used => Reason::ConsentUsed,
            Cause::Queued => Reason::ConsentWithdrawn,
            Cause::OtherScope => Reason::ScopeNotCovered,
            Cause::NoSubject | Cause::SingleUse => Reason::FailclosedNotReady,
        }
    }

    /// Whether the person may be asked now; `false` after an error. Example: see [`Denied`].
    pub fn may_ask(&self) -> bool {
        matches!(&self.cause, Cause::Verdict(verdict) if verdict.may_ask)
    }

    /// Whether there was no verdict, so a later check may allow: HTTP status 503 rather than 403. Example: see
    /// [`Denied`].
    pub fn is_unavailable(&self) -> bool {
        self.reason().is_fail_closed()
    }

    /// When to check again, if a busy server said so.
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

    /// The denial as a problem (RFC 9457) for the caller of this program. The status is 403 for a denial by verdict,
    /// 503 for a missing verdict, and 500 if this program did not name the person or was built with another register. It holds the purpose and the reason,
    /// and nothing about the person.
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
        } else if self.cause == Cause::SingleUse {
            (500, "This program was built with another register")
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

/// The JSON body of a denial, `application/problem+json`. Example: see [`Denied::problem`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DeniedProblem {
    /// A URI that names the reason.
    #[serde(rename = "type")]
    pub type_: String,
    /// A title of one sentence.
    pub title: &'static str,
    /// HTTP status: 403, 503 or 500.
    pub status: u16,
    /// The reason as one stable word.
    pub reason: Reason,
    /// `false` in every denial.
    pub allow: bool,
    /// Whether the person may be asked now.
    pub may_ask: bool,
    /// The purpose that was denied.
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

    /// A refusal answers 403, a missing verdict 503, and neither names the person.
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

    /// A permission that was held for too long is not reported as a fault of the server.
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
            Cause::OtherScope,
            Cause::SingleUse,
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
