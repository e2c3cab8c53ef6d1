//! What a check answers.

use serde::{Deserialize, Serialize};

use crate::{
    id::{EventId, NoticeHash, PurposeId},
    reason::Reason,
    state::StateWord,
};

/// How long any no may be kept; ms. A no may be stale, a yes may not (consistency.md, C6).
pub const RELY_DENY_MS: u32 = 60_000;
/// The longest that a yes may be kept; ms.
pub const RELY_ALLOW_MS_MAX: u32 = 5_000;

/// The legal basis that decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// GDPR Art. 6(1)(a).
    Consent,
    /// GDPR Art. 6(1)(b).
    Contract,
    /// GDPR Art. 6(1)(c).
    LegalObligation,
    /// GDPR Art. 6(1)(f).
    LegitimateInterest,
}

/// What the asker owes somebody besides the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Obligation {
    /// Tell the person about the changed notice.
    DeliverNotice,
    /// Say in the register whether the data are of a special category.
    ClassifyData,
}

/// The answer to a check, in the field order of the API; the caller adds `position`. A client ignores fields that it
/// does not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// Whether it may be done.
    pub allow: bool,
    /// It may not, but a prompt may be shown now.
    pub may_ask: bool,
    /// Why.
    pub reason: Reason,
    /// The basis that decided; none where the answer was found before any was looked at.
    pub basis: Option<Basis>,
    /// The state that decided.
    pub state: StateWord,
    /// The subject's seq that the answer was given from; 0: nothing is known of the subject.
    pub seq: u64,
    /// When the permission runs out by itself; Unix milliseconds here, RFC 3339 in JSON.
    #[serde(with = "rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub valid_until: Option<i64>,
    /// How long the answer may be relied on, counted from when the question was sent; ms.
    pub rely_ms: u32,
    /// What is owed besides.
    pub obligations: Vec<Obligation>,
    /// The purpose that denies, where this one depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dependency: Option<PurposeId>,
    /// Who answers instead, where the tenant is a processor.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controller: Option<String>,
    /// The purposes that the asked one was split into.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PurposeId>,
    /// How it came about, where that was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain: Option<Box<Explain>>,
    /// The row that answered. In JSON it is part of `explain`.
    #[serde(skip)]
    pub row: u8,
}

impl Verdict {
    /// The no of a service that cannot know better. A reason that is not a fail-closed one becomes
    /// `FAILCLOSED_UNAVAILABLE`, so that this can never answer yes. Such a no is not to be kept.
    pub fn fail_closed(reason: Reason) -> Self {
        Self {
            allow: false,
            may_ask: false,
            reason: if reason.is_fail_closed() {
                reason
            } else {
                Reason::FailclosedUnavailable
            },
            basis: None,
            state: StateWord::Unknown,
            seq: 0,
            valid_until: None,
            rely_ms: 0,
            obligations: Vec::new(),
            dependency: None,
            controller: None,
            parts: Vec::new(),
            explain: None,
            row: 0,
        }
    }
}

/// How an answer came about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Explain {
    /// The row that answered.
    pub row: u8,
    /// The rows passed on the way that changed the way: 5 (merged), 9 (dependencies allow), 11 (terminal gate open),
    /// 16 (contract or objection).
    pub via: Vec<u8>,
    /// The event that made the state that decided.
    pub event_id: Option<EventId>,
    /// The notice that was answered or delivered.
    pub notice: Option<NoticeHash>,
}

/// Unix milliseconds in Rust, `2026-11-21T12:00:00.000Z` in JSON.
mod rfc3339 {
    use jiff::Timestamp;
    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    #[expect(
        clippy::ref_option,
        reason = "serde's `with` hands out a reference to the field"
    )]
    pub(super) fn serialize<S: Serializer>(ms: &Option<i64>, to: S) -> Result<S::Ok, S::Error> {
        match ms.and_then(|ms| Timestamp::from_millisecond(ms).ok()) {
            Some(instant) => to.collect_str(&format_args!("{instant:.3}")),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<i64>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else {
            return Ok(None);
        };
        let instant: Timestamp = text.parse().map_err(D::Error::custom)?;
        Ok(Some(instant.as_millisecond()))
    }
}
