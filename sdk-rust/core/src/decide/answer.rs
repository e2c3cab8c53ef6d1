//! The verdict of a check.

use serde::{Deserialize, Serialize};

use super::row::{Row, RowPart};
use crate::{
    id::{EventId, NoticeHash, PurposeId},
    reason::Reason,
    state::StateWord,
};

/// How long a denial may be kept; ms. A denial may be stale, an allow may not (consistency.md, C6).
pub const RELY_DENY_MS: u32 = 60_000;
/// The longest time that an allow may be kept; ms.
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

/// An obligation of the caller besides the verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Obligation {
    /// Tell the person about the changed notice.
    DeliverNotice,
    /// State in the register whether the data are of a special category.
    ClassifyData,
    /// Tell the young person, in a teen or adult variant, that a guardian's consent carries over and can be withdrawn.
    TellYoungPerson,
    /// Spend the single-use consent with `POST /v1/consents/{event}/use` before the data are used.
    UseOnce,
}

/// The verdict of a check, in the field order of the API; the caller adds `position`. A client ignores unknown fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// Whether the operation is allowed.
    pub allow: bool,
    /// Whether a prompt may be shown now; only with a denial.
    pub may_ask: bool,
    /// The reason.
    pub reason: Reason,
    /// The basis that decided; none if the verdict came before any basis.
    pub basis: Option<Basis>,
    /// The state of the cell that decided.
    pub state: StateWord,
    /// The subject's seq behind the verdict; 0 if nothing is known of the subject.
    pub seq: u64,
    /// When the permission expires by itself; Unix milliseconds here, RFC 3339 in JSON.
    #[serde(with = "rfc3339")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub valid_until: Option<i64>,
    /// How long the verdict may be relied on, counted from when the request was sent; ms.
    pub rely_ms: u32,
    /// Further obligations.
    pub obligations: Vec<Obligation>,
    /// The purpose that denies, if this one depends on it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dependency: Option<PurposeId>,
    /// The controller to ask instead, if the tenant is a processor: the customer that the check names, or the one that
    /// the register states.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controller: Option<String>,
    /// How that customer is reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub controller_contact: Option<String>,
    /// The purposes that this one was split into.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PurposeId>,
    /// Whether the check was about the past; then the verdict may not be relied on and permits no prompt.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub historic: bool,
    /// The explanation, if it was requested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explain: Option<Box<Explain>>,
    /// The row that decided. In JSON it is part of `explain`.
    #[serde(skip)]
    pub row: Row,
}

impl Verdict {
    /// The denial of a service that cannot decide. A reason that is not a fail-closed one becomes
    /// `FAILCLOSED_UNAVAILABLE`, so this never allows. Do not keep such a denial.
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
            controller_contact: None,
            parts: Vec::new(),
            historic: false,
            explain: None,
            row: Row::default(),
        }
    }
}

/// The explanation of a verdict.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Explain {
    /// The number of the row that decided.
    pub row: u8,
    /// The letter of the row, if it stands between two numbers: rows 12b and 12c.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub part: Option<RowPart>,
    /// The rows on the way that changed it: 5 (merged), 9 (dependencies allow), 11 (terminal gate open), 16 (contract
    /// or objection), 32 (consent to a campaign that advertises).
    pub via: Vec<u8>,
    /// The event behind the state that decided.
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
