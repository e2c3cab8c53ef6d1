//! What a subject says about a purpose, and what becomes of it.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

use crate::{id::PurposeId, scope::Scope};

/// What the subject said about one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum DecisionKind {
    /// Yes.
    Given,
    /// Yes again, to prolong or to a new notice.
    Renewed,
    /// No.
    Refused,
    /// Not now: neither yes nor no.
    Deferred,
    /// No longer (GDPR Art. 7(3)).
    Withdrawn,
    /// Objects to processing on legitimate interest (GDPR Art. 21).
    Objected,
    /// Takes the objection back.
    ObjectionRetracted,
}

impl DecisionKind {
    /// Narrows what may be done: accepted unconditionally, acts on receipt.
    pub fn is_restrictive(self) -> bool {
        matches!(self, Self::Refused | Self::Withdrawn | Self::Objected)
    }

    /// Widens what may be done: compare-and-set on what the client had seen.
    pub fn is_permissive(self) -> bool {
        matches!(self, Self::Given | Self::Renewed | Self::ObjectionRetracted)
    }

    /// The word in the API.
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

/// One decision of a submission.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
// A generated Python client does not type-check if a field has the name of its type.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = PurposeDecision))]
#[serde(deny_unknown_fields)]
pub struct Decision {
    /// About which purpose.
    pub purpose: PurposeId,
    /// What was said.
    pub decision: DecisionKind,
    /// Limited to what.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// A restrictive decision about every scope of the purpose; then there is no `scope`. Not taken by a route yet.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all_scopes: bool,
    /// A statement of its own, not part of "accept all" (GDPR Art. 9(2)(a)).
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub explicit: bool,
    /// The person was shown that their browser signals an objection (GPC) and said yes all the same.
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

/// What became of a decision when it was recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is the state now.
    Effective,
    /// Stored, but a later no, or its age, keeps it from acting: ask again.
    Superseded,
    /// Waits for a guardian.
    PendingGuardian,
    /// Stored, but the purpose's legal basis does not hear it.
    NotApplicable,
}

/// Why an outcome is [`Outcome::Superseded`] or [`Outcome::NotApplicable`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum SupersededReason {
    /// A no that the client had not seen came first.
    StaleGrant,
    /// Given more than 30 days before it arrived.
    LateGrant,
    /// The single use was spent already, or the consent named is not the one that stands.
    AlreadyUsed,
    /// A guardian's act, by somebody who is not linked or about a purpose that no guardian has a say in.
    NotEntitled,
    /// There was nothing for the act to change.
    NothingToChange,
    /// The subject is erased, and nothing can be given in its name any more.
    SubjectErased,
    /// Not applicable: the purpose does not rest on consent.
    BasisNotConsent,
    /// Not applicable: nobody can object to what the purpose rests on.
    BasisNotObjectable,
    /// Not applicable: the tenant processes for another controller, who decides.
    NotController,
}

/// How the person expressed the decision. There is no `implicit` (GDPR Art. 4(11)); `api` is never a way to say yes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Method {
    /// A button of its own.
    Button,
    /// Toggles, then "save".
    ToggleSave,
    /// A signature.
    Signature,
    /// Said aloud and recorded by staff.
    VerbalRecorded,
    /// A paper or web form.
    Form,
    /// An eID.
    Eid,
    /// A program; only for decisions that narrow.
    Api,
}

/// A person's browser signals.
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
    /// The browser that sends them, so that another one's silence does not end them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<SignalSource>,
}

/// A browser, by 16 random bytes that it keeps with its subject: 22 characters of base64url.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[A-Za-z0-9_-]{21}[AQgw]$", max_length = 22))]
#[serde(try_from = "String", into = "String")]
pub struct SignalSource([u8; 16]);

impl SignalSource {
    /// Of these bytes.
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
