//! The JSON of the API's main bodies, shared by server and client. Names are fixed: fields are added, never renamed.
//!
//! Requests refuse unknown fields, so that a name cannot leak in; clients ignore unknown fields of answers.

mod check;
mod cookie;
mod history;
mod register;
mod spend;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::check::{CHECKS_MAX, CheckAnswer, CheckRequest, Item};
pub use self::cookie::{CookieAnswer, CookieCheckAnswer, CookieCheckRequest, CookieRequest};
pub use self::history::{HistoryAnswer, HistoryDecision, HistoryEvent, HistoryFact, HistoryUse};
pub use self::register::{RegisterAnswer, RegisteredPurpose};
pub use self::spend::{UseAnswer, UseRequest};
use crate::decision::{Decision, Method, Outcome, Signals, SupersededReason};
use crate::event::Actor;
use crate::id::{EventId, Language, NoticeHash, PurposeId, ScopeValue, SubjectId};
use crate::notice::Variant;
use crate::pseudonym::Domain;
use crate::scope::Scope;
use crate::state::{StateWord, SubjectState};

/// A time as the API writes it: RFC 3339 in UTC with milliseconds. Nothing beyond the year 9999, which no clock says.
///
/// ```
/// assert_eq!(samtycke_core::wire::instant(1_763_812_800_000), "2025-11-22T12:00:00.000Z");
/// ```
pub fn instant(unix_ms: i64) -> String {
    let instant = jiff::Timestamp::from_millisecond(unix_ms);
    instant.map_or_else(|_| String::new(), |instant| format!("{instant:.3}"))
}

/// The time behind a text of RFC 3339, if it is one; Unix milliseconds.
///
/// ```
/// assert_eq!(samtycke_core::wire::parse_instant("2025-11-22T13:00:00+01:00"), Some(1_763_812_800_000));
/// assert_eq!(samtycke_core::wire::parse_instant("yesterday"), None);
/// ```
pub fn parse_instant(text: &str) -> Option<i64> {
    (text.len() <= 40).then_some(())?;
    let instant = text.parse::<jiff::Timestamp>().ok()?;
    Some(instant.as_millisecond())
}

/// Most decisions in one submission: the five registers have at most 23 purposes; a scope can multiply them.
pub const DECISIONS_MAX: usize = 64;

/// `POST /v1/consents`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsentRequest {
    /// Made by the client; the idempotency identity, for ever.
    pub event_id: EventId,
    /// Whose decisions. A browser may leave it out: with a publishable key and the capability that it made itself, it is the one that
    /// the capability opens.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub subject: SubjectId,
    /// What was shown.
    pub notice: NoticeHash,
    /// In which language.
    pub language: Language,
    /// In which variant; absent means `adult`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// How it was said. `api` can only narrow.
    pub method: Method,
    /// The last `seq` of the subject that the client had seen; required where a decision is permissive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
    /// Events of the same offline queue that came before this one; at most 16.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<EventId>,
    /// What was said; 1 to 64.
    pub decisions: Vec<Decision>,
    /// When it was said, by the client's clock (RFC 3339). Evidence, never order.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<String>,
    /// Browser signals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// SHA-256 of what was really drawn; 64 lower-case hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ui_hash: Option<String>,
    /// Where: `web`, `app`, `paper`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<ScopeValue>,
    /// SHA-256 of evidence that the tenant keeps; 64 lower-case hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Who acted, where it was not the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
}

impl ConsentRequest {
    /// A consent with what every one needs. What is permissive also needs `based_on`.
    pub fn new(
        event_id: EventId,
        subject: SubjectId,
        notice: NoticeHash,
        language: Language,
        method: Method,
        decisions: Vec<Decision>,
    ) -> Self {
        Self {
            event_id,
            subject,
            notice,
            language,
            variant: None,
            method,
            based_on: None,
            after: Vec::new(),
            decisions,
            occurred_at: None,
            signals: None,
            ui_hash: None,
            surface: None,
            evidence: None,
            actor: None,
        }
    }
}

/// `POST /v1/withdrawals`. Nothing but the first three stands in the way of a no.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRequest {
    /// Made by the client; the idempotency identity, for ever.
    pub event_id: EventId,
    /// Whose decisions. A browser may leave it out: with a publishable key and the capability that it made itself, it is the one that
    /// the capability opens.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub subject: SubjectId,
    /// `withdrawn`, `refused` or `objected`; 1 to 64.
    pub decisions: Vec<Decision>,
    /// What was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// In which language.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// In which variant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// How it was said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// The last `seq` that the client had seen. A no acts whatever it says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
    /// Events of the same offline queue that came before this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<EventId>,
    /// When it was said (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<String>,
    /// Browser signals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// SHA-256 of what was really drawn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ui_hash: Option<String>,
    /// Where.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<ScopeValue>,
    /// SHA-256 of evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Who acted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
}

impl WithdrawalRequest {
    /// A withdrawal with what every one needs.
    pub fn new(event_id: EventId, subject: SubjectId, decisions: Vec<Decision>) -> Self {
        Self {
            event_id,
            subject,
            decisions,
            notice: None,
            language: None,
            variant: None,
            method: None,
            based_on: None,
            after: Vec::new(),
            occurred_at: None,
            signals: None,
            ui_hash: None,
            surface: None,
            evidence: None,
            actor: None,
        }
    }
}

/// The answer to a submission: 201, or 200 where a withdrawal met an erased subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordAnswer {
    /// Its id.
    pub event_id: EventId,
    /// Number within the subject's stream; what the next submission is `based_on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// Index in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// What a check can demand as `at_least`. Opaque.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// SHA-256 of the leaf; hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaf_hash: Option<String>,
    /// When the log received it (RFC 3339).
    pub received_at: String,
    /// What became of each decision.
    pub decisions: Vec<DecisionAnswer>,
    /// On a withdrawal: from when it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<WithdrawalReceipt>,
    /// To a browser, while something is given: what it keeps in its cookie, as [`crate::cookie`] reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cookie: Option<String>,
}

/// What became of one decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionAnswer {
    /// About which purpose.
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Where the cell stands after it.
    pub state: StateWord,
    /// Whether it acts.
    pub outcome: Outcome,
    /// Why it does not: then ask again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
}

/// From when, and where, a withdrawal is in force (consistency contract, C7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WithdrawalReceipt {
    /// Its position.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// When it was durable (RFC 3339): in force at every server since.
    pub committed_at: String,
    /// When it is in force everywhere else at the latest (RFC 3339): the longest that a check may be relied on later.
    pub in_force_everywhere_by: String,
}

/// The longest that anybody may rely on an allow: an SDK replica's staleness bound (5 s) or `rely_ms` (5 s), whichever
/// is longer (consistency contract, C4 and C7); milliseconds.
pub const IN_FORCE_EVERYWHERE_MS: i64 = 5_000;

impl WithdrawalReceipt {
    /// The receipt of a no that was durable at this moment; Unix milliseconds.
    pub fn of(position: Option<String>, committed_at: i64) -> Self {
        Self {
            position,
            committed_at: instant(committed_at),
            in_force_everywhere_by: instant(committed_at.saturating_add(IN_FORCE_EVERYWHERE_MS)),
        }
    }
}

/// A choice that can be counted without a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// All that was asked was refused.
    #[default]
    Refused,
    /// Neither yes nor no.
    Deferred,
    /// The notice was shown.
    Shown,
    /// A page was seen on which a browser's signal, such as Global Privacy Control, was honoured.
    Signal,
}

impl Choice {
    /// The word in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Deferred => "deferred",
            Self::Shown => "shown",
            Self::Signal => "signal",
        }
    }
}

/// `POST /v1/banner/{key}/tallies`: a choice counted without any subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TallyRequest {
    /// What was shown.
    pub notice: NoticeHash,
    /// What was chosen.
    pub choice: Choice,
}

/// `GET /v1/sites/{site}/notice`: a notice with all its texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeDocument {
    /// Its content address: what a consent names.
    pub hash: NoticeHash,
    /// Its version on the site.
    pub version: u64,
    /// The manifest, whose canonical bytes hash to `hash`.
    pub manifest: serde_json::Value,
    /// The texts, by language and variant.
    pub texts: BTreeMap<String, BTreeMap<String, serde_json::Value>>,
}

/// `POST /v1/subjects`: exactly one of `identifier` and `identifier_hmac`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SubjectRequest {
    /// What sort of identifier.
    pub domain: Domain,
    /// HMAC made in the SDK; 64 lower-case hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier_hmac: Option<String>,
    /// The identifier itself: pseudonymised by the same HMAC and forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
}

/// Never prints what identifies somebody.
impl std::fmt::Debug for SubjectRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SubjectRequest")
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectAnswer {
    /// The pseudonymous subject.
    pub subject: SubjectId,
    /// Lets a browser or app act for this subject, for at most an hour.
    pub capability: String,
    /// When the capability ends (RFC 3339).
    pub expires_at: String,
}

/// `POST /v1/check/batch`: at most 100 questions, answered in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CheckBatchRequest))]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// The questions.
    pub checks: Vec<CheckRequest>,
}

/// The answers to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CheckBatchAnswer))]
pub struct BatchAnswer {
    /// One for each question.
    pub verdicts: Vec<CheckAnswer>,
}

/// One decision of a subject, as `GET /v1/subjects/{s}/decisions` answers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentDecision {
    /// About which purpose.
    pub purpose: PurposeId,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Where it stands.
    pub state: StateWord,
    /// The event that made it so, by its number in the subject's stream.
    pub seq: u64,
}

/// `GET /v1/subjects/{s}/decisions`: a subject's decisions as they stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionsAnswer {
    /// Whose.
    pub subject: SubjectId,
    /// Number of its last event; what the next submission is `based_on`.
    pub seq: u64,
    /// One for each cell.
    pub decisions: Vec<CurrentDecision>,
}

impl DecisionsAnswer {
    /// What is said of a subject with this state.
    pub fn of(subject: SubjectId, state: &SubjectState) -> Self {
        let decisions = state.cells.iter().map(|cell| CurrentDecision {
            purpose: cell.purpose.clone(),
            scope: cell.scope.clone(),
            state: cell
                .objection
                .map_or_else(|| StateWord::from(cell.state), |o| StateWord::from(o.state)),
            seq: cell.objection.map_or(cell.seq, |o| o.seq.max(cell.seq)),
        });
        Self {
            subject,
            seq: state.seq,
            decisions: decisions.collect(),
        }
    }
}
