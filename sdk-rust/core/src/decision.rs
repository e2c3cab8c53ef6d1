//! A subject's decisions about purposes, and their outcomes.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{id::PurposeId, scope::Scope};

/// The kind of a decision about one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// A grant.
    Given,
    /// A renewed grant, to prolong it or for a new notice.
    Renewed,
    /// A refusal.
    Refused,
    /// Not now: neither a grant nor a refusal.
    Deferred,
    /// A withdrawal of consent (GDPR Art. 7(3)).
    Withdrawn,
    /// An objection to processing on legitimate interest (GDPR Art. 21).
    Objected,
    /// The withdrawal of an objection.
    ObjectionRetracted,
}

impl DecisionKind {
    /// Whether the decision restricts processing: accepted unconditionally, takes effect on receipt.
    pub fn is_restrictive(self) -> bool {
        matches!(self, Self::Refused | Self::Withdrawn | Self::Objected)
    }

    /// Whether the decision permits processing: a compare-and-set on what the client had seen.
    pub fn is_permissive(self) -> bool {
        matches!(self, Self::Given | Self::Renewed | Self::ObjectionRetracted)
    }

    /// The stable name in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Renewed => "renewed",
            Self::Refused => "refused",
            Self::Deferred => "deferred",
            Self::Withdrawn => "withdrawn",
            Self::Objected => "objected",
            Self::ObjectionRetracted => "objection_retracted",
        }
    }
}

/// One decision of a submission, about one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
// A generated Python client does not type-check if a field has the name of its type.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PurposeDecision))]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// The purpose.
    pub purpose: PurposeId,
    /// The kind of decision.
    pub decision: DecisionKind,
    /// The scope of the decision.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// Whether a restrictive decision applies to every scope of the purpose; then there is no `scope`.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all_scopes: bool,
    /// Whether it is a separate statement, not part of "accept all" (GDPR Art. 9(2)(a)).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explicit: bool,
    /// Whether the person granted after being shown that their browser signals an objection (GPC).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub gpc_acknowledged: bool,
}

impl Decision {
    /// A decision about a purpose without scope.
    pub fn about(purpose: PurposeId, decision: DecisionKind) -> Self {
        Self {
            purpose,
            decision,
            scope: Scope::None,
            all_scopes: false,
            explicit: false,
            gpc_acknowledged: false,
        }
    }
}

/// The outcome of a recorded decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// The decision is the current state.
    Effective,
    /// The decision is stored, but a later refusal or its age keeps it from taking effect: ask again.
    Superseded,
    /// The decision waits for a guardian.
    PendingGuardian,
    /// The decision is stored, but does not apply to the purpose's legal basis.
    NotApplicable,
}

/// Why an outcome is [`Outcome::Superseded`] or [`Outcome::NotApplicable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SupersededReason {
    /// A refusal or withdrawal that the client had not seen came first.
    StaleGrant,
    /// The decision was made more than 30 days before it arrived from a browser.
    LateGrant,
    /// The single use is already spent, or the named consent is not the current one.
    AlreadyUsed,
    /// The actor cannot decide this for the person: a guardian who is not linked or not heard about the purpose, or a
    /// role that never grants.
    NotEntitled,
    /// The event had nothing to change.
    NothingToChange,
    /// The subject is erased, so no grant can be recorded for it.
    SubjectErased,
    /// The contract has ended already. A new contract has a new id, and an end is never postponed.
    ContractClosed,
    /// Another person's refusal stands: only the one who refused can lift it.
    StandingNo,
    /// The cited notice no longer describes the purpose: ask again with the current one.
    NoticeStale,
    /// The controller no longer processes for the purpose.
    PurposeRetired,
    /// The register's entry for the purpose is incomplete or split, so no grant can count.
    RegisterIncomplete,
    /// Not applicable: the purpose does not rest on consent.
    BasisNotConsent,
    /// Not applicable: the purpose's legal basis allows no objection.
    BasisNotObjectable,
    /// Not applicable: the tenant is a processor, and the controller decides.
    NotController,
}

impl SupersededReason {
    /// Whether the outcome is [`Outcome::NotApplicable`].
    pub fn is_not_applicable(self) -> bool {
        matches!(
            self,
            Self::BasisNotConsent | Self::BasisNotObjectable | Self::NotController
        )
    }
}

/// How the person expressed the decision. There is no `implicit` (GDPR Art. 4(11)); `api` never expresses a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A separate button for the purpose.
    Button,
    /// Toggles and a "save" button.
    ToggleSave,
    /// A signature.
    Signature,
    /// A spoken statement that staff recorded.
    VerbalRecorded,
    /// A paper or web form.
    Form,
    /// An eID.
    Eid,
    /// A program; only for restrictive decisions.
    Api,
}

impl Method {
    /// Whether staff can record a person's statement that was made in this way.
    pub fn is_recorded_by_staff(self) -> bool {
        matches!(self, Self::Signature | Self::VerbalRecorded | Self::Form)
    }

    /// Whether what proves it lies with the controller and may reach the log late: a signed paper or a recording. A form
    /// is also a page's.
    pub fn is_on_paper(self) -> bool {
        matches!(self, Self::Signature | Self::VerbalRecorded)
    }
}

/// The signals of a person's browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Signals {
    /// Global Privacy Control: `Sec-GPC: 1`.
    #[serde(default)]
    pub gpc: bool,
    /// Do Not Track: `DNT: 1`.
    #[serde(default)]
    pub dnt: bool,
    /// The browser that sends the signals, so that a request by another browser without signals does not end them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SignalSource>,
}

/// A browser's id: 16 random bytes that it stores with its subject, as 22 characters of base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[A-Za-z0-9_-]{21}[AQgw]$", max_length = 22))]
#[serde(try_from = "String", into = "String")]
pub struct SignalSource([u8; 16]);

impl SignalSource {
    /// The browser id with these random bytes.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

impl From<SignalSource> for String {
    fn from(source: SignalSource) -> Self {
        URL_SAFE_NO_PAD.encode(source.0)
    }
}

impl TryFrom<String> for SignalSource {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok();
        let bytes = bytes.and_then(|bytes| bytes.try_into().ok());
        bytes.map(Self).ok_or("must be 22 characters of base64url")
    }
}
