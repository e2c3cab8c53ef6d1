//! The result of a check. There is always one, and everything but a readable allow denies.

use std::sync::Arc;
use std::time::Duration;

use samtycke_core::decide::{RELY_ALLOW_MS_MAX, Verdict};
use samtycke_core::reason::Reason;
use samtycke_core::wire::CheckResponse;
use serde_json::Value;

use crate::Error;
use crate::clock::Moment;

/// The result of a check. It allows only where a server answered so, with a reason that allows.
///
/// ```no_run
/// # async fn example(samtycke: samtycke::Client, question: samtycke::wire::CheckRequest) {
/// let checked = samtycke.check(&question).await;
/// if checked.allow() {
///     println!("allowed: {}, for {:?}", checked.reason(), checked.rely());
/// } else if checked.may_ask() {
///     println!("may ask the person");
/// } else if let Some(error) = checked.error() {
///     println!("denied without a verdict: {error}");
/// }
/// # }
/// ```
#[must_use = "a check whose result is not read permits nothing"]
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checked {
    answer: CheckResponse,
    error: Option<Error>,
    /// When the answered request was sent; `rely` counts from then. `None` without a response.
    sent: Option<Moment>,
    /// Whether the verdict is about the past (E18); such an allow permits nothing now.
    is_historic: bool,
}

impl Checked {
    /// Whether the operation is allowed. Example: see [`Checked`].
    pub fn allow(&self) -> bool {
        self.answer.verdict.allow
    }

    /// Whether the person may be asked now; `false` after an error. Example: see [`Checked`].
    pub fn may_ask(&self) -> bool {
        self.answer.verdict.may_ask
    }

    /// The reason; after an error one that begins with `FAILCLOSED_`. Example: see [`Checked`].
    pub fn reason(&self) -> Reason {
        self.answer.verdict.reason
    }

    /// How long the verdict may be relied on, counted from when the request was sent. Zero: for this one operation
    /// only. Example: see [`Checked`].
    pub fn rely(&self) -> Duration {
        let ms = self.answer.verdict.rely_ms;
        Duration::from_millis(u64::from(if self.allow() {
            ms.min(RELY_ALLOW_MS_MAX)
        } else {
            ms
        }))
    }

    /// The position of the state behind the verdict. A later check can demand it with `at_least`. Example: see
    /// [`Ask::at_least`](crate::Ask::at_least).
    pub fn position(&self) -> Option<&str> {
        self.answer.position.as_deref()
    }

    /// The whole verdict; after an error one that only denies. Example: see [`Checked`].
    pub fn verdict(&self) -> &Verdict {
        &self.answer.verdict
    }

    /// The error, if the check got no verdict. Example: see [`Checked`].
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// The verdict as the server gave it, or the error.
    ///
    /// # Errors
    /// The error of [`Self::error`]. Example: see [`Checked`].
    pub fn into_result(self) -> Result<CheckResponse, Error> {
        match self.error {
            None => Ok(self.answer),
            Some(error) => Err(error),
        }
    }

    /// When the answered request was sent.
    pub(crate) fn sent(&self) -> Option<Moment> {
        self.sent
    }

    /// Whether the verdict may be reused: an allow, within the time it may be relied on.
    pub(crate) fn lives(&self, now: Moment) -> bool {
        let is_within = self.sent.is_some_and(|sent| now.since(sent) < self.rely());
        let until = self.answer.verdict.valid_until;
        self.allow()
            && !self.is_historic
            && is_within
            && until.is_none_or(|until| now.unix_ms < until)
    }

    /// Whether the verdict is about the past.
    pub(crate) fn is_historic(&self) -> bool {
        self.is_historic
    }

    pub(crate) fn shared_position(&self) -> Option<Arc<str>> {
        self.answer.position.clone()
    }

    pub(crate) fn denied(error: Error) -> Self {
        let verdict = Verdict::fail_closed(error.denial());
        Self {
            answer: CheckResponse {
                verdict,
                position: None,
            },
            error: Some(error),
            sent: None,
            is_historic: false,
        }
    }

    /// The denial by a restrictive decision that waits in the queue.
    pub(crate) fn refused_here(now: Moment) -> Self {
        let mut verdict = Verdict::fail_closed(Reason::FailclosedUnavailable);
        verdict.reason = Reason::ConsentWithdrawn;
        Self {
            answer: CheckResponse {
                verdict,
                position: None,
            },
            error: None,
            sent: Some(now),
            is_historic: false,
        }
    }

    /// Reads one verdict. An allow whose reason contradicts it denies, and so does one that also permits a prompt.
    pub(crate) fn read(json: Value, sent: Moment) -> Self {
        let is_historic = json
            .get("historic")
            .is_some_and(|value| !matches!(value, Value::Null | Value::Bool(false)));
        let Ok(answer) = serde_json::from_value::<CheckResponse>(json) else {
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
            is_historic,
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

    /// Protects invariant 8: only a complete, known and coherent allow permits.
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
            ("basis", json!("presumed")),
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

    /// Protects C6: no response prolongs an allow beyond the maximum.
    #[test]
    fn an_allow_is_relied_on_up_to_the_maximum_only() {
        let yes = with("rely_ms", json!(86_400_000));
        assert_eq!(
            yes.rely(),
            Duration::from_millis(u64::from(RELY_ALLOW_MS_MAX))
        );
    }
}
