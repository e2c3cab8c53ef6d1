//! The JSON of the API's main bodies, shared by server and client. Names are fixed: fields are added, never renamed.
//!
//! Requests reject unknown fields, so a person's name cannot slip in. Clients ignore unknown fields of responses.

mod check;
mod cookie;
mod event;
mod guardian;
mod history;
mod link;
mod media;
mod objection;
mod prompt;
mod register;
mod spend;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use self::check::{CHECKS_MAX, CheckRequest, CheckResponse, Item};
pub use self::cookie::{CookieCheckRequest, CookieCheckResponse, CookieRequest, CookieResponse};
#[cfg(feature = "openapi")]
pub use self::event::EventRequestSchema;
pub use self::event::{
    AgeBandSetData, CellResponse, ConsentInvalidatedData, ConsentRevokedData, ContractEndedData,
    ContractStartedData, CorrectionData, EventData, EventFrame, EventRequest, EventResponse,
    GuardianAuthorisedData, GuardianDeclinedData, GuardianLinkedData, GuardianUnlinkedData,
    GuardianWithdrawnData, NoticeDeliveredData, ObjectionRejectedData, ObjectionUpheldData,
    ReadData, SubjectLinkedData, SubjectRestrictedData, SubjectUnmergedData,
    SubjectUnrestrictedData, TermsAcceptedData,
};
pub use self::guardian::{GuardianDecision, GuardianDecisionRequest};
pub(crate) use self::history::facts;
pub use self::history::{HistoryDecision, HistoryEvent, HistoryFact, HistoryResponse, HistoryUse};
pub use self::link::{LINK_PURPOSES_MAX, LinkRequest, LinkResponse};
pub use self::media::{
    ASSET_PLACES_MAX, ASSET_SUBJECTS_MAX, AssetCheckRequest, AssetCheckResponse, AssetRequest,
    AssetResponse, Blocked, CAMPAIGN_VALUES_MAX, CampaignEndRequest, CampaignRequest,
    CampaignResponse, CampaignsResponse, Place, TakedownCause, TakedownDoneRequest,
    TakedownResponse, TakedownState, TakedownsResponse,
};
pub use self::objection::{ObjectionFilter, ObjectionResponse, ObjectionsResponse};
pub use self::prompt::{PromptRequest, PromptResponse};
pub use self::register::{RegisterResponse, RegisteredPurpose};
pub use self::spend::{UseRequest, UseResponse};
use crate::decide::PurposeLookup;
use crate::decision::{Decision, Method, Outcome, Signals, SupersededReason};
use crate::event::Actor;
use crate::id::{EventId, Language, NoticeHash, PurposeId, ScopeValue, SubjectId};
use crate::notice::Variant;
use crate::pseudonym::Domain;
use crate::scope::Scope;
use crate::state::{StateWord, SubjectState};

/// A time as the API writes it: RFC 3339 in UTC with milliseconds, up to the year 9999.
///
/// ```
/// assert_eq!(samtycke_core::wire::format_rfc3339(1_763_812_800_000), "2025-11-22T12:00:00.000Z");
/// ```
pub fn format_rfc3339(unix_ms: i64) -> String {
    let instant = jiff::Timestamp::from_millisecond(unix_ms);
    instant.map_or_else(|_| String::new(), |instant| format!("{instant:.3}"))
}

/// The time of an RFC 3339 text in Unix milliseconds, if it is one.
///
/// ```
/// assert_eq!(samtycke_core::wire::parse_rfc3339("2025-11-22T13:00:00+01:00"), Some(1_763_812_800_000));
/// assert_eq!(samtycke_core::wire::parse_rfc3339("yesterday"), None);
/// ```
pub fn parse_rfc3339(text: &str) -> Option<i64> {
    (text.len() <= 40).then_some(())?;
    let instant = text.parse::<jiff::Timestamp>().ok()?;
    Some(instant.as_millisecond())
}

/// The most decisions in one submission: the five registers have at most 23 purposes, and a scope can multiply them.
pub const DECISIONS_MAX: usize = 64;

/// `POST /v1/consents`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ConsentRequest {
    /// Made by the client: the idempotency key, for ever.
    pub event_id: EventId,
    /// The subject of the decisions. A browser may leave it out: with a publishable key and a capability that it made
    /// itself, it is the capability's subject.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub subject: SubjectId,
    /// The hash of the shown notice.
    pub notice: NoticeHash,
    /// The language that was shown.
    pub language: Language,
    /// The variant that was shown; absent means `adult`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// How the decision was made. `api` can only restrict.
    pub method: Method,
    /// The last `seq` of the subject that the client had seen; required with a permissive decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
    /// Earlier events of the same offline queue; at most 16.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<EventId>,
    /// The decisions; 1 to 64.
    pub decisions: Vec<Decision>,
    /// When the decision was made, by the client's clock (RFC 3339). It is evidence and does not order events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<String>,
    /// Browser signals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// SHA-256 of the rendered notice; 64 lower-case hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ui_hash: Option<String>,
    /// The surface: `web`, `app`, `paper`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<ScopeValue>,
    /// SHA-256 of evidence that the tenant keeps; 64 lower-case hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The actor, if it was not the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// The prompt that the person answered, from `POST /v1/prompts`. A refusal ignores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
}

impl ConsentRequest {
    /// A consent with the required fields. A permissive decision also needs `based_on`.
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
            prompt: None,
        }
    }
}

/// `POST /v1/withdrawals`. A withdrawal needs only the first three fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WithdrawalRequest {
    /// Made by the client: the idempotency key, for ever.
    pub event_id: EventId,
    /// The subject of the decisions. A browser may leave it out: with a publishable key and a capability that it made
    /// itself, it is the capability's subject.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub subject: SubjectId,
    /// `withdrawn`, `refused` or `objected`; 1 to 64.
    pub decisions: Vec<Decision>,
    /// The hash of the shown notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeHash>,
    /// The language that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub language: Option<Language>,
    /// The variant that was shown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// How the decision was made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub method: Option<Method>,
    /// The last `seq` that the client had seen. A withdrawal takes effect whatever it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
    /// Earlier events of the same offline queue.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<EventId>,
    /// When the decision was made (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<String>,
    /// Browser signals.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signals: Option<Signals>,
    /// SHA-256 of the rendered notice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ui_hash: Option<String>,
    /// The surface.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub surface: Option<ScopeValue>,
    /// SHA-256 of evidence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// The actor, if it was not the subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// Accepted and ignored, so that one body fits both routes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt: Option<String>,
}

impl WithdrawalRequest {
    /// A withdrawal with the required fields.
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
            prompt: None,
        }
    }
}

/// The response to a submission: 201, or 200 for a refusal that has no leaf, because its subject is erased or, from a page,
/// unknown to the log.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RecordResponse {
    /// The event's id.
    pub event_id: EventId,
    /// The event's number within the subject's stream; the next submission's `based_on`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
    /// Index in the log.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub index: Option<u64>,
    /// The position that a check can demand as `at_least`. Opaque.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// SHA-256 of the leaf; hex.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leaf_hash: Option<String>,
    /// When the log received it (RFC 3339).
    pub received_at: String,
    /// The outcome of each decision.
    pub decisions: Vec<DecisionResponse>,
    /// With a withdrawal: when it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<WithdrawalReceipt>,
    /// For a browser with a grant: the consent cookie, as [`crate::cookie`] reads it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cookie: Option<String>,
}

/// The outcome of one decision.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionResponse {
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The state of the cell after it.
    pub state: StateWord,
    /// Whether the decision took effect.
    pub outcome: Outcome,
    /// Why it did not: then ask again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
}

/// When and where a withdrawal is in force (consistency contract, C7).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct WithdrawalReceipt {
    /// The position of the withdrawal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<String>,
    /// When it was durable (RFC 3339): every server answers by it since.
    pub committed_at: String,
    /// When it is in force everywhere at the latest (RFC 3339): the longest time for which an earlier allow may be
    /// relied on.
    pub in_force_everywhere_by: String,
}

/// The longest time for which an allow may be relied on, in milliseconds: the longer of an SDK replica's staleness
/// bound (5 s) and `rely_ms` (5 s) (consistency contract, C4 and C7).
pub const IN_FORCE_EVERYWHERE_MS: i64 = 5_000;

impl WithdrawalReceipt {
    /// The receipt of a withdrawal that was durable at this time, in Unix milliseconds.
    pub fn of(position: Option<String>, committed_at: i64) -> Self {
        Self {
            position,
            committed_at: format_rfc3339(committed_at),
            in_force_everywhere_by: format_rfc3339(
                committed_at.saturating_add(IN_FORCE_EVERYWHERE_MS),
            ),
        }
    }
}

/// An action that is counted without a subject.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Choice {
    /// The person refused everything.
    #[default]
    Refused,
    /// The person closed the question without an answer.
    Deferred,
    /// A page on which a browser's signal, such as Global Privacy Control, was applied.
    Signal,
}

impl Choice {
    /// The word in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Deferred => "deferred",
            Self::Signal => "signal",
        }
    }
}

/// `POST /v1/banner/{key}/tallies`: an action, counted without a subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TallyRequest {
    /// The hash of the shown notice.
    pub notice: NoticeHash,
    /// The action.
    pub choice: Choice,
}

/// `GET /v1/sites/{site}/notice`: a notice with all its texts.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct NoticeDocument {
    /// Its hash, which a consent names.
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
    /// The type of the identifier.
    pub domain: Domain,
    /// The HMAC of the identifier, made by the client; 64 lower-case hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier_hmac: Option<String>,
    /// The identifier itself: the server computes the same HMAC and forgets it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub identifier: Option<String>,
}

/// Does not print the identifier.
impl std::fmt::Debug for SubjectRequest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SubjectRequest")
            .field("domain", &self.domain)
            .finish_non_exhaustive()
    }
}

/// The response to `POST /v1/subjects`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SubjectResponse {
    /// The pseudonymous subject.
    pub subject: SubjectId,
    /// Lets a browser or app act for this subject, for one hour at most.
    pub capability: String,
    /// When the capability expires (RFC 3339).
    pub expires_at: String,
}

/// `POST /v1/check/batch`: at most 100 checks, answered in order.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CheckBatchRequest))]
#[serde(deny_unknown_fields)]
pub struct BatchRequest {
    /// The checks.
    pub checks: Vec<CheckRequest>,
}

/// The response to `POST /v1/check/batch`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = CheckBatchResponse))]
pub struct BatchResponse {
    /// One for each check.
    pub verdicts: Vec<CheckResponse>,
}

/// One decision of a subject in `GET /v1/subjects/{s}/decisions`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CurrentDecision {
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The state of the cell, as a check of the purpose answers it.
    pub state: StateWord,
    /// Whether the consent was for a single use, which is spent.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub spent: bool,
    /// The event behind the state, by its number in the subject's stream. 0 to a guardian.
    pub seq: u64,
    /// To a guardian: the `based_on` of the guardian's next decision about this cell. Opaque; it changes with the cell.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token: Option<String>,
}

/// `GET /v1/subjects/{s}/decisions`: a subject's current decisions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DecisionsResponse {
    /// The subject.
    pub subject: SubjectId,
    /// The number of the subject's last event; the next submission's `based_on`. 0 to a guardian, whom the numbers would
    /// tell of events that are not theirs to see.
    pub seq: u64,
    /// One for each cell.
    pub decisions: Vec<CurrentDecision>,
    /// True while the log is frozen: its database has gone back, so withdrawals may be missing here. Nothing of this may be
    /// relied on, and every check denies.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub frozen: bool,
}

impl DecisionsResponse {
    /// The response for a subject with this state, in the words of a check at `now` (Unix milliseconds).
    pub fn of(
        subject: SubjectId,
        state: &SubjectState,
        purposes: &dyn PurposeLookup,
        now: i64,
    ) -> Self {
        // A clock that steps back revives nothing.
        let now = now.max(state.at);
        let decisions = state.cells.iter().map(|cell| CurrentDecision {
            purpose: cell.purpose.clone(),
            scope: cell.scope.clone(),
            state: state.word(cell, purposes, now),
            spent: cell.used,
            seq: cell.objection.map_or(cell.seq, |o| o.seq.max(cell.seq)),
            token: None,
        });
        Self {
            subject,
            seq: state.seq,
            decisions: decisions.collect(),
            frozen: false,
        }
    }
}
