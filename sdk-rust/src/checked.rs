//! The answer to a check, as a caller meets it: there is always one, and whatever is not a readable yes is a no.

use std::sync::Arc;
use std::time::Duration;

use samtycke_core::decide::{RELY_ALLOW_MS_MAX, Verdict};
use samtycke_core::reason::Reason;
use samtycke_core::wire::CheckAnswer;
use serde_json::Value;

use crate::Error;
use crate::clock::Moment;

/// What a check came to. It allows only where a server answered so, with a reason that allows.
///
/// ```no_run
/// # async fn example(samtycke: samtycke::Client, question: samtycke::wire::CheckRequest) {
/// let checked = samtycke.check(&question).await;
/// if checked.allow() {
///     println!("yes, because {}, for {:?}", checked.reason(), checked.rely());
/// } else if checked.may_ask() {
///     println!("nobody has said no: ask");
/// } else if let Some(error) = checked.error() {
///     println!("no, because nobody could be asked: {error}");
/// }
/// # }
/// ```
#[must_use = "a check that nobody looks at permits nothing"]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    answer: CheckAnswer,
    error: Option<Error>,
    /// When the question was sent: from then on `rely` counts. None where there was no answer.
    sent: Option<Moment>,
}

impl Checked {
    /// Whether it may be done. Example: see [`Checked`].
    pub fn allow(&self) -> bool {
        self.answer.verdict.allow
    }

    /// It may not, but the person may be asked now. Never after an error. Example: see [`Checked`].
    pub fn may_ask(&self) -> bool {
        self.answer.verdict.may_ask
    }

    /// Why. After an error a reason of the `FAILCLOSED_` kind. Example: see [`Checked`].
    pub fn reason(&self) -> Reason {
        self.answer.verdict.reason
    }

    /// How long the answer may be relied on, counted from when the question was sent. Zero: for this one act only. Example: see [`Checked`].
    pub fn rely(&self) -> Duration {
        let ms = self.answer.verdict.rely_ms;
        Duration::from_millis(u64::from(if self.allow() {
            ms.min(RELY_ALLOW_MS_MAX)
        } else {
            ms
        }))
    }

    /// The state that it was answered from; a later check can demand it as `at_least`. Example: see [`Ask::at_least`](crate::Ask::at_least).
    pub fn position(&self) -> Option<&str> {
        self.answer.position.as_deref()
    }

    /// The verdict in full; after an error one that denies and says nothing else. Example: see [`Checked`].
    pub fn verdict(&self) -> &Verdict {
        &self.answer.verdict
    }

    /// Why there was no answer, where there was none. Example: see [`Checked`].
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// The answer as it was given, or the error.
    ///
    /// # Errors
    /// As [`Self::error`]. Example: see [`Checked`].
    pub fn into_result(self) -> Result<CheckAnswer, Error> {
        match self.error {
            None => Ok(self.answer),
            Some(error) => Err(error),
        }
    }

    /// When the question was sent, where it was answered.
    pub(crate) fn sent(&self) -> Option<Moment> {
        self.sent
    }

    /// Whether it may be used again: a yes, while it may be relied on.
    pub(crate) fn lives(&self, now: Moment) -> bool {
        let is_within = self.sent.is_some_and(|sent| now.since(sent) < self.rely());
        let until = self.answer.verdict.valid_until;
        self.allow() && is_within && until.is_none_or(|until| now.unix_ms < until)
    }

    pub(crate) fn shared_position(&self) -> Option<Arc<str>> {
        self.answer.position.clone()
    }

    pub(crate) fn denied(error: Error) -> Self {
        let verdict = Verdict::fail_closed(error.denial());
        Self {
            answer: CheckAnswer {
                verdict,
                position: None,
            },
            error: Some(error),
            sent: None,
        }
    }

    /// The no that is waiting in this process to be sent.
    pub(crate) fn refused_here(now: Moment) -> Self {
        let mut verdict = Verdict::fail_closed(Reason::FailclosedUnavailable);
        verdict.reason = Reason::ConsentWithdrawn;
        Self {
            answer: CheckAnswer {
                verdict,
                position: None,
            },
            error: None,
            sent: Some(now),
        }
    }

    /// Reads one answer. A yes that its reason contradicts is a no, and so is one that may also be asked about.
    pub(crate) fn read(json: Value, sent: Moment) -> Self {
        let Ok(answer) = serde_json::from_value::<CheckAnswer>(json) else {
            return Self::denied(Error::Decode("not a verdict that this version knows"));
        };
        let verdict = &answer.verdict;
        if verdict.allow != verdict.reason.allows() || (verdict.allow && verdict.may_ask) {
            return Self::denied(Error::Decode("the verdict contradicts its reason"));
        }
        Self {
            answer,
            error: None,
            sent: Some(sent),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn yes() -> Value {
        json!({
            "allow": true, "may_ask": false, "reason": "CONSENT_VALID", "basis": "consent", "state": "given", "seq": 1,
            "valid_until": null, "rely_ms": 0, "obligations": [], "position": "p",
        })
    }

    fn read(json: Value) -> Checked {
        let sent = Moment {
            monotonic: Duration::ZERO,
            unix_ms: 0,
        };
        Checked::read(json, sent)
    }

    fn with(field: &str, value: Value) -> Checked {
        let mut json = yes();
        json[field] = value;
        read(json)
    }

    /// Protects invariant 8: only a whole, known and coherent yes is a yes.
    #[test]
    fn an_unreadable_verdict_denies() {
        assert!(read(yes()).allow());
        assert!(with("added_later", json!(1)).allow(), "fields are added");
        for (field, value) in [
            ("reason", json!("CONSENT_PRESUMED")),
            ("reason", json!("CONSENT_WITHDRAWN")),
            ("reason", json!("FAILCLOSED_CLOCK")),
            ("allow", json!("true")),
            ("allow", json!(1)),
            ("allow", Value::Null),
            ("may_ask", json!(true)),
            ("state", json!("presumed")),
            ("rely_ms", json!(-1)),
            ("obligations", json!(["pay"])),
        ] {
            let checked = with(field, value.clone());
            assert!(!checked.allow() && !checked.may_ask(), "{field}: {value}");
            assert!(checked.reason().is_fail_closed(), "{field}: {value}");
            assert!(matches!(checked.error(), Some(Error::Decode(_))));
            assert_eq!(checked.rely(), Duration::ZERO);
        }
        for json in [json!(null), json!([]), json!(true), json!({"allow": true})] {
            assert!(!read(json).allow());
        }
    }

    /// Protects C6: no answer makes a yes last longer than any may.
    #[test]
    fn an_allow_is_relied_on_up_to_the_maximum_only() {
        let yes = with("rely_ms", json!(86_400_000));
        assert_eq!(
            yes.rely(),
            Duration::from_millis(u64::from(RELY_ALLOW_MS_MAX))
        );
    }
}
