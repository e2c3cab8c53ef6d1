//! The live register, as far as a program that checks has to agree with it.

use serde::{Deserialize, Serialize};

use crate::id::{NoticeHash, PurposeId, TenantId};
use crate::purpose::{Assurance, CheckMode, ConsentKind, Purpose, ScopeType, SpecialCategory};
use crate::register::Register;

/// `GET /v1/register` with `Accept: application/json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisterAnswer {
    /// Whose.
    pub tenant: TenantId,
    /// Its content hash: where it is the same, everything that is said of a purpose is.
    pub hash: NoticeHash,
    /// The number under which it was drafted.
    pub version: u64,
    /// Its purposes, in the order of the file.
    pub purposes: Vec<RegisteredPurpose>,
}

impl RegisterAnswer {
    /// What is said of a register that was drafted under this number.
    pub fn of(register: &Register, version: u64) -> Self {
        Self {
            tenant: register.tenant.clone(),
            hash: register.hash().clone(),
            version,
            purposes: register.purposes.iter().map(Into::into).collect(),
        }
    }

    /// What is said of a purpose; `None` where the register does not have it.
    pub fn purpose(&self, id: &PurposeId) -> Option<&RegisteredPurpose> {
        self.purposes.iter().find(|purpose| purpose.id == *id)
    }
}

/// One purpose of the live register.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct RegisteredPurpose {
    /// Its id.
    pub id: PurposeId,
    /// The rows of the decision table that answer a check.
    pub check_mode: CheckMode,
    /// What sort of consent is asked for.
    pub consent_kind: ConsentKind,
    /// Whether the data are of a special category (GDPR Art. 9).
    pub special_category: SpecialCategory,
    /// The ground of GDPR Art. 9(2) other than explicit consent, for example `9(2)(h)`; `null` where none is stated.
    pub art9_ground: Option<String>,
    /// What a decision, and so a check, must be limited to.
    pub scope_type: ScopeType,
    /// A consent is spent by one use.
    pub single_use: bool,
    /// The controller no longer processes for it: every check denies.
    pub retired: bool,
    /// The purposes that it was split into: it then denies, and they are asked instead.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<PurposeId>,
    /// The purposes that must be allowed too, asked of the same subject.
    pub depends_on: Vec<PurposeId>,
    /// The least assurance that a consent must have.
    pub assurance_min: Assurance,
    /// What the register leaves unsaid, by lint code; where it is not empty every check denies.
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
