//! `POST /v1/events`: every kind of event that is not a person's own decision.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

use super::WithdrawalReceipt;
use crate::actor::{Actor, Verification};
use crate::age::{AgeBand, Country};
use crate::decision::{Method, Outcome, SupersededReason};
use crate::event::kinds::{Fault, UnlinkCause};
use crate::id::{EventId, Language, NoticeHash, PurposeId, ScopeValue, SubjectId};
use crate::notice::Variant;
use crate::scope::Scope;
use crate::state::StateWord;

/// Reads the data of one kind. The server reads with JSON pointers in its errors.
pub trait ReadData {
    /// The error of data with another shape.
    type Error;

    /// Reads `data` as the type of its kind.
    ///
    /// # Errors
    /// The data do not have the shape.
    fn read<T: DeserializeOwned>(&self, data: Value) -> Result<T, Self::Error>;
}

macro_rules! recorded_kinds {
    ($(
        $(#[$doc:meta])*
        $kind:ident = $word:literal, $data:ident, $request:ident {
            $( $(#[$field_meta:meta])* $field:ident: $of:ty, )*
        }
    )+) => {
        $(
            $(#[$doc])*
            #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
            #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
            #[serde(deny_unknown_fields)]
            pub struct $data { $( $(#[$field_meta])* pub $field: $of, )* }

            impl From<$data> for EventData {
                fn from(data: $data) -> Self {
                    Self::$kind(data)
                }
            }

            #[doc = concat!("`POST /v1/events` with the kind `", $word, "`.")]
            #[cfg(feature = "openapi")]
            #[derive(utoipa::ToSchema)]
            #[expect(dead_code, reason = "it is the schema of a request, and never a value")]
            pub struct $request {
                /// Made by the client: the idempotency key, for ever.
                event_id: EventId,
                /// The subject whose stream the event stands in.
                subject: SubjectId,
                #[doc = concat!("`", $word, "`.")]
                #[schema(example = $word)]
                kind: String,
                /// The data of the kind.
                data: $data,
                /// The last `seq` of the subject that the client had seen. A permissive event takes effect only if it
                /// had seen every restrictive one.
                based_on: Option<u64>,
                /// Earlier events of the same offline queue; at most 16.
                after: Option<Vec<EventId>>,
                /// When it happened, by the client's clock (RFC 3339). It is evidence and does not order events.
                occurred_at: Option<String>,
                /// When it takes effect (RFC 3339); only for the kinds that can be dated back.
                effective_from: Option<String>,
                /// The actor. Absent: the tenant itself.
                actor: Option<Actor>,
                /// SHA-256 of evidence that the tenant keeps; 64 lower-case hex digits.
                evidence: Option<String>,
            }
        )+

        /// The kind of an event, and its data.
        #[derive(Debug, Clone, PartialEq, Eq, Serialize)]
        #[serde(tag = "kind", content = "data")]
        pub enum EventData {
            $( #[doc = concat!("See [`", stringify!($data), "`].")] #[serde(rename = $word)] $kind($data), )+
        }

        impl EventData {
            /// The words of all kinds, in the order of the documentation.
            pub const WORDS: &'static [&'static str] = &[$( $word, )+];

            /// The kind's word.
            pub fn word(&self) -> &'static str {
                match self { $( Self::$kind(_) => $word, )+ }
            }

            /// Reads the data of the kind with this word; `None` if there is no such kind.
            ///
            /// # Errors
            /// The reader's, if the data do not have the kind's shape.
            pub fn read<R: ReadData>(word: &str, data: Value, reader: &R) -> Result<Option<Self>, R::Error> {
                match word {
                    $( $word => reader.read::<$data>(data).map(|data| Some(Self::$kind(data))), )+
                    _ => Ok(None),
                }
            }
        }

        /// `POST /v1/events`, one schema for each kind.
        #[cfg(feature = "openapi")]
        #[derive(utoipa::ToSchema)]
        #[schema(as = EventRequest)]
        #[serde(untagged)]
        pub enum EventRequestSchema {
            $( #[doc = concat!("`", $word, "`.")] $kind($request), )+
        }
    };
}

recorded_kinds! {
    /// A notice was delivered to the person, so that legitimate interest may be relied on (GDPR Art. 13, 14).
    NoticeDelivered = "notice.delivered", NoticeDeliveredData, NoticeDeliveredRequest {
        /// The hash of a published notice that tells of, or asks about, each purpose.
        notice: NoticeHash,
        /// The purposes that the person was told of; 1 to 64.
        purposes: Vec<PurposeId>,
        /// The language that was delivered.
        language: Language,
        /// The variant that was delivered; absent means `adult`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        variant: Option<Variant>,
    }

    /// The controller accepted an objection (GDPR Art. 21(1)).
    ObjectionUpheld = "objection.upheld", ObjectionUpheldData, ObjectionUpheldRequest {
        /// The purpose.
        purpose: PurposeId,
        /// The scope.
        #[serde(default, skip_serializing_if = "Scope::is_none")]
        scope: Scope,
    }

    /// The controller rejected an objection on compelling grounds (GDPR Art. 21(1)).
    ObjectionRejected = "objection.rejected", ObjectionRejectedData, ObjectionRejectedRequest {
        /// The purpose.
        purpose: PurposeId,
        /// The scope.
        #[serde(default, skip_serializing_if = "Scope::is_none")]
        scope: Scope,
        /// The code of the grounds in the tenant's own list.
        grounds: ScopeValue,
        /// SHA-256 of the text of the balancing test, which the tenant keeps.
        balancing_test: NoticeHash,
    }

    /// A contract with the person began (GDPR Art. 6(1)(b)).
    ContractStarted = "contract.started", ContractStartedData, ContractStartedRequest {
        /// The tenant's opaque id of the contract.
        contract: ScopeValue,
        /// The purposes that the contract carries, all of which rest on contract; 1 to 64.
        purposes: Vec<PurposeId>,
    }

    /// A contract ended or will end. The earliest end ever recorded counts.
    ContractEnded = "contract.ended", ContractEndedData, ContractEndedRequest {
        /// The tenant's opaque id of the contract.
        contract: ScopeValue,
        /// The last day on which it lives, in Stockholm: `2026-06-30`.
        last_day: String,
    }

    /// The person accepted terms. This is not consent (GDPR Art. 7(2)) and starts no contract.
    TermsAccepted = "terms.accepted", TermsAcceptedData, TermsAcceptedRequest {
        /// SHA-256 of the terms.
        terms: NoticeHash,
        /// The version of the terms, as the tenant names it.
        version: ScopeValue,
    }

    /// The person's age band became known, rose, or was corrected. No date of birth is taken.
    AgeBandSet = "age.band_set", AgeBandSetData, AgeBandSetRequest {
        /// The age band.
        band: AgeBand,
        /// The first day on which the band may be wrong: `2027-03-01`. Absent: after the band's own width.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<String>,
        /// The country of residence, whose law sets the age of digital consent (GDPR Art. 8(1)).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        country: Option<Country>,
        /// How the age was verified.
        verification: Verification,
    }

    /// A person holds parental responsibility for the subject.
    GuardianLinked = "guardian.linked", GuardianLinkedData, GuardianLinkedRequest {
        /// The guardian's subject.
        guardian: SubjectId,
        /// How parental responsibility was verified.
        verification: Verification,
        /// How many persons hold custody: 1 or 2.
        holders: u8,
    }

    /// Custody ended, or the link was wrong.
    GuardianUnlinked = "guardian.unlinked", GuardianUnlinkedData, GuardianUnlinkedRequest {
        /// The guardian's subject.
        guardian: SubjectId,
        /// Why the link ends: `link_wrong` also invalidates what the guardian authorised.
        cause: UnlinkCause,
        /// How many persons hold custody from now on: 1 or 2.
        holders: u8,
    }

    /// A guardian authorised the child's consent. `actor` names the guardian.
    GuardianAuthorised = "guardian.authorised", GuardianAuthorisedData, GuardianAuthorisedRequest {
        /// The purpose.
        purpose: PurposeId,
        /// The scope.
        #[serde(default, skip_serializing_if = "Scope::is_none")]
        scope: Scope,
        /// Whether it is a separate statement (GDPR Art. 9(2)(a)).
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        explicit: bool,
        /// The hash of the notice that the guardian was shown.
        notice: NoticeHash,
        /// The language that was shown.
        language: Language,
        /// The variant that was shown; absent means `adult`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        variant: Option<Variant>,
        /// How the guardian decided.
        method: Method,
    }

    /// A guardian declined to authorise. `actor` names the guardian.
    GuardianDeclined = "guardian.declined", GuardianDeclinedData, GuardianDeclinedRequest {
        /// The purpose.
        purpose: PurposeId,
        /// The scope.
        #[serde(default, skip_serializing_if = "Scope::is_none")]
        scope: Scope,
        /// Whether it applies to every scope of the purpose; then there is no `scope`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        all_scopes: bool,
    }

    /// A guardian withdrew a consent. `actor` names the guardian.
    GuardianWithdrawn = "guardian.withdrawn", GuardianWithdrawnData, GuardianWithdrawnRequest {
        /// The purpose.
        purpose: PurposeId,
        /// The scope.
        #[serde(default, skip_serializing_if = "Scope::is_none")]
        scope: Scope,
        /// Whether it applies to every scope of the purpose; then there is no `scope`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        all_scopes: bool,
    }

    /// The consent was never valid, so the processing was unlawful too.
    ConsentInvalidated = "consent.invalidated", ConsentInvalidatedData, ConsentInvalidatedRequest {
        /// The purpose.
        purpose: PurposeId,
        /// The scope.
        #[serde(default, skip_serializing_if = "Scope::is_none")]
        scope: Scope,
        /// Whether it applies to every scope of the purpose; then there is no `scope`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        all_scopes: bool,
        /// The code of the cause in the tenant's own list.
        cause: ScopeValue,
    }

    /// The controller no longer relies on the consent. Past processing stays lawful.
    ConsentRevoked = "consent.revoked", ConsentRevokedData, ConsentRevokedRequest {
        /// The purpose.
        purpose: PurposeId,
        /// The scope.
        #[serde(default, skip_serializing_if = "Scope::is_none")]
        scope: Scope,
        /// Whether it applies to every scope of the purpose; then there is no `scope`.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        all_scopes: bool,
        /// The code of the cause in the tenant's own list.
        cause: ScopeValue,
    }

    /// Another subject, such as a device, is the same person. Its checks are answered from this subject from now on.
    SubjectLinked = "subject.linked", SubjectLinkedData, SubjectLinkedRequest {
        /// The device or account that is taken in.
        from: SubjectId,
    }

    /// The two subjects are different people after all.
    SubjectUnmerged = "subject.unmerged", SubjectUnmergedData, SubjectUnmergedRequest {
        /// The subject that had been taken in.
        from: SubjectId,
        /// The code of the cause in the tenant's own list.
        cause: ScopeValue,
    }

    /// Processing is restricted (GDPR Art. 18).
    SubjectRestricted = "subject.restricted", SubjectRestrictedData, SubjectRestrictedRequest {
        /// The code of the cause in the tenant's own list.
        cause: ScopeValue,
    }

    /// The restriction is lifted (GDPR Art. 18(3)).
    SubjectUnrestricted = "subject.unrestricted", SubjectUnrestrictedData, SubjectUnrestrictedRequest {
        /// The code of the cause in the tenant's own list.
        cause: ScopeValue,
    }

    /// An earlier event was recorded wrongly (GDPR Art. 16). It can end grants and never makes one.
    Correction = "correction", CorrectionData, CorrectionRequest {
        /// The event that was wrong.
        corrects: EventId,
        /// What was wrong in it.
        fault: Fault,
    }
}

/// `POST /v1/events`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EventRequest {
    /// Made by the client: the idempotency key, for ever.
    pub event_id: EventId,
    /// The subject whose stream the event stands in.
    pub subject: SubjectId,
    /// What happened.
    #[serde(flatten)]
    pub data: EventData,
    /// The last `seq` of the subject that the client had seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub based_on: Option<u64>,
    /// Earlier events of the same offline queue; at most 16.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<EventId>,
    /// When it happened, by the client's clock (RFC 3339). It is evidence and does not order events.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub occurred_at: Option<String>,
    /// When it takes effect (RFC 3339); only for the kinds that can be dated back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<String>,
    /// The actor. Absent: the tenant itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<Actor>,
    /// SHA-256 of evidence that the tenant keeps; 64 lower-case hex digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

impl EventRequest {
    /// An event with the required fields.
    pub fn new(event_id: EventId, subject: SubjectId, data: impl Into<EventData>) -> Self {
        Self {
            event_id,
            subject,
            data: data.into(),
            based_on: None,
            after: Vec::new(),
            occurred_at: None,
            effective_from: None,
            actor: None,
            evidence: None,
        }
    }
}

/// The fields that every kind has, and its data unread.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventFrame {
    event_id: EventId,
    subject: SubjectId,
    /// The kind's word.
    pub kind: String,
    /// The data of the kind.
    #[serde(default)]
    pub data: serde_json::Map<String, Value>,
    #[serde(default)]
    based_on: Option<u64>,
    #[serde(default)]
    after: Vec<EventId>,
    #[serde(default)]
    occurred_at: Option<String>,
    #[serde(default)]
    effective_from: Option<String>,
    #[serde(default)]
    actor: Option<Actor>,
    #[serde(default)]
    evidence: Option<String>,
}

impl EventFrame {
    /// The request with the data that were read.
    pub fn with(self, data: EventData) -> EventRequest {
        EventRequest {
            event_id: self.event_id,
            subject: self.subject,
            data,
            based_on: self.based_on,
            after: self.after,
            occurred_at: self.occurred_at,
            effective_from: self.effective_from,
            actor: self.actor,
            evidence: self.evidence,
        }
    }
}

struct AsJson;

impl ReadData for AsJson {
    type Error = serde_json::Error;

    fn read<T: DeserializeOwned>(&self, data: Value) -> Result<T, serde_json::Error> {
        serde_json::from_value(data)
    }
}

impl<'de> Deserialize<'de> for EventRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let frame = EventFrame::deserialize(deserializer)?;
        let data = Value::Object(frame.data.clone());
        let data = EventData::read(&frame.kind, data, &AsJson).map_err(D::Error::custom)?;
        let data = data.ok_or_else(|| D::Error::unknown_variant(&frame.kind, EventData::WORDS))?;
        Ok(frame.with(data))
    }
}

/// The response to an event: 201, or 200 if a restrictive event met an erased subject.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct EventResponse {
    /// The event's id.
    pub event_id: EventId,
    /// The event's number within the subject's stream.
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
    /// Whether the event took effect.
    pub outcome: Outcome,
    /// Why it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
    /// The outcome for each purpose that the event names.
    pub cells: Vec<CellResponse>,
    /// With a restrictive event: when it is in force.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub receipt: Option<WithdrawalReceipt>,
}

/// The outcome of an event for one purpose and scope.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CellResponse {
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The state after it, if the kind changes the state of single cells.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<StateWord>,
    /// Whether the event took effect for it.
    pub outcome: Outcome,
    /// Why it did not.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<SupersededReason>,
}
