//! The live register, as far as a program that checks must agree with it.

use serde::{Deserialize, Serialize};

use crate::id::{NoticeHash, PurposeId, TenantId};
use crate::purpose::{Assurance, CheckMode, ConsentKind, Purpose, ScopeType, SpecialCategory};
use crate::register::Register;

/// `GET /v1/register` with `Accept: application/json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterResponse {
    /// The tenant.
    pub tenant: TenantId,
    /// Its content hash: with an equal hash, every purpose is equal.
    pub hash: NoticeHash,
    /// The number under which it was drafted.
    pub version: u64,
    /// Its purposes, in the order of the file.
    pub purposes: Vec<RegisteredPurpose>,
}

impl RegisterResponse {
    /// The response for a register that was drafted under this number.
    pub fn of(register: &Register, version: u64) -> Self {
        Self {
            tenant: register.tenant.clone(),
            hash: register.hash().clone(),
            version,
            purposes: register.purposes.iter().map(Into::into).collect(),
        }
    }

    /// The facts of a purpose; `None` if the register does not have it.
    pub fn purpose(&self, id: &PurposeId) -> Option<&RegisteredPurpose> {
        self.purposes.iter().find(|purpose| purpose.id == *id)
    }
}

/// One purpose of the live register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisteredPurpose {
    /// The purpose's id.
    pub id: PurposeId,
    /// The check mode, which selects the rows of the decision table.
    pub check_mode: CheckMode,
    /// The kind of consent.
    pub consent_kind: ConsentKind,
    /// Whether the data are of a special category (GDPR Art. 9).
    pub special_category: SpecialCategory,
    /// The ground of GDPR Art. 9(2) other than explicit consent, for example `9(2)(h)`; `null` if none is stated.
    pub art9_ground: Option<String>,
    /// The scope type that a decision and a check must have.
    pub scope_type: ScopeType,
    /// Whether consent is for a single use.
    pub single_use: bool,
    /// Whether the controller no longer processes for it: every check is denied.
    pub retired: bool,
    /// The purposes that it was split into: it is denied, and they are checked instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PurposeId>,
    /// The purposes that must be allowed too, asked of the same subject.
    pub depends_on: Vec<PurposeId>,
    /// The lowest assurance that a consent must have.
    pub assurance_min: Assurance,
    /// The fields that the register lacks, by lint code; if there are any, every check is denied.
    pub incomplete: Vec<String>,
}

impl RegisteredPurpose {
    /// See [`CheckMode::needs_explicit_consent`].
    pub fn needs_explicit_consent(&self) -> bool {
        self.check_mode
            .needs_explicit_consent(self.special_category)
    }
}

impl From<&Purpose> for RegisteredPurpose {
    fn from(purpose: &Purpose) -> Self {
        Self {
            id: purpose.id.clone(),
            check_mode: purpose.check_mode,
            consent_kind: purpose.consent_kind,
            special_category: purpose.special_category,
            art9_ground: purpose.art9_ground.clone(),
            scope_type: purpose.scope_type,
            single_use: purpose.single_use,
            retired: purpose.retired,
            parts: purpose.parts.clone(),
            depends_on: purpose.depends_on.clone(),
            assurance_min: purpose.assurance_min,
            incomplete: purpose.incomplete.clone(),
        }
    }
}
