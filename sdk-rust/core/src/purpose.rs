//! A purpose as the check uses it: the machine-readable part of one row of a controller's register.

use serde::{Deserialize, Serialize};

use crate::{
    actor::Verification,
    age::AgeBand,
    id::{PurposeId, ScopeValue},
    retention::CalendarDuration,
};

/// Legal basis as the controller states it (GDPR Art. 6(1)). It is shown and does not decide: see [`CheckMode`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum LegalBasis {
    /// Art. 6(1)(a).
    Consent,
    /// Art. 6(1)(b).
    Contract,
    /// Art. 6(1)(c).
    LegalObligation,
    /// Art. 6(1)(d).
    VitalInterests,
    /// Art. 6(1)(e).
    PublicTask,
    /// Art. 6(1)(f).
    LegitimateInterest,
    /// The controller has not stated one.
    NotStated,
}

/// The rows of the decision table that a purpose runs through. This alone decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum CheckMode {
    /// Rows 21-32.
    #[serde(rename = "consent")]
    Consent,
    /// Rows 18-20.
    #[serde(rename = "objection")]
    Objection,
    /// Rows 14-15 and 17.
    #[serde(rename = "contract")]
    Contract,
    /// Row 16: the contract if one exists, otherwise the objection.
    #[serde(rename = "contract_or_objection")]
    ContractOrObjection,
    /// The contract, and after it the obligation.
    #[serde(rename = "contract+legal_obligation")]
    ContractAndLegalObligation,
    /// Row 13.
    #[serde(rename = "legal_obligation")]
    LegalObligation,
    /// Row 11, then the objection.
    #[serde(rename = "terminal_consent+objection")]
    TerminalConsentAndObjection,
    /// Row 2: another controller answers.
    #[serde(rename = "processor")]
    Processor,
    /// Row 3: denied until the controller states one.
    #[serde(rename = "not_stated")]
    NotStated,
}

impl CheckMode {
    /// The mode as written in a register.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Consent => "consent",
            Self::Objection => "objection",
            Self::Contract => "contract",
            Self::ContractOrObjection => "contract_or_objection",
            Self::ContractAndLegalObligation => "contract+legal_obligation",
            Self::LegalObligation => "legal_obligation",
            Self::TerminalConsentAndObjection => "terminal_consent+objection",
            Self::Processor => "processor",
            Self::NotStated => "not_stated",
        }
    }

    /// Whether a grant can permit the processing itself under this mode; [`Purpose::asks_consent`] also knows the
    /// terminal.
    pub fn asks_consent(self) -> bool {
        matches!(self, Self::Consent | Self::TerminalConsentAndObjection)
    }

    /// Whether an objection (GDPR Art. 21) can be raised under this mode.
    pub fn takes_objection(self) -> bool {
        matches!(
            self,
            Self::Objection | Self::ContractOrObjection | Self::TerminalConsentAndObjection
        )
    }

    /// Whether a contract with the person can carry the processing under this mode.
    pub fn rests_on_contract(self) -> bool {
        matches!(
            self,
            Self::Contract
                | Self::ContractAndLegalObligation
                | Self::ContractOrObjection
                | Self::Processor
        )
    }

    /// Whether only explicit consent permits processing of such data (GDPR Art. 9(2)(a)). A stated ground of Art. 9(2)
    /// does not change that: where consent is asked, row 29 requires it to be explicit. Under every other mode consent
    /// does not permit: without a ground row 10 denies, and with one the mode's own basis decides. Under
    /// `terminal_consent+objection` that basis is legitimate interest, though the terminal's consent must be explicit
    /// too.
    pub fn needs_explicit_consent(self, data: SpecialCategory) -> bool {
        self == Self::Consent && data.needs_ground()
    }
}

/// The kind of consent, which selects defaults of validity and scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ConsentKind {
    /// No consent is involved.
    #[default]
    None,
    /// Storage in, or reading from, the terminal (LEK 9 kap. 28 §).
    Cookie,
    /// Picture, film or sound of a person.
    PhotoFilmAudio,
    /// Contact details forwarded to a named recipient, once.
    ForwardContactDetails,
    /// Survey panel and newsletter.
    PanelNewsletter,
    /// Creating an account in an app.
    AppSignup,
    /// Answers that can reveal a special category (GDPR Art. 9).
    SpecialCategoryAnswers,
    /// Testing of products.
    Tester,
    /// Membership of an advisory board.
    AdvisoryBoard,
}

/// The category on the first layer of a notice (law.md L18), one of four. They are ordered by how far they reach into a
/// person's life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Necessary for what the person requested; not asked.
    Necessary,
    /// Remembers preferences.
    Preferences,
    /// Statistics.
    Statistics,
    /// Marketing, or disclosure to others.
    Marketing,
}

impl Category {
    /// The four, in order.
    pub const ALL: [Self; 4] = [
        Self::Necessary,
        Self::Preferences,
        Self::Statistics,
        Self::Marketing,
    ];

    /// The category as written in a register.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Necessary => "necessary",
            Self::Preferences => "preferences",
            Self::Statistics => "statistics",
            Self::Marketing => "marketing",
        }
    }

    /// The letter of the category in a browser's cookie.
    pub fn letter(self) -> char {
        match self {
            Self::Necessary => 'n',
            Self::Preferences => 'p',
            Self::Statistics => 's',
            Self::Marketing => 'm',
        }
    }

    /// The category with this letter.
    pub fn from_letter(letter: char) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|category| category.letter() == letter)
    }
}

/// The value of [`Purpose::art9_ground`] that names the explicit consent to a purpose of [`Purpose::depends_on`] (GDPR
/// Art. 9(2)(a)) as the ground.
pub const ART9_DEPENDS_ON: &str = "depends_on";

/// Whether the data are of a special category (GDPR Art. 9).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum SpecialCategory {
    /// No.
    No,
    /// The controller has not classified the data: a warning, and the obligation `classify_data`.
    #[default]
    Unknown,
    /// Possibly: treated as `Yes`.
    Possible,
    /// Yes.
    Yes,
}

impl SpecialCategory {
    /// `Yes` and `Possible`: explicit consent or another ground of Art. 9(2) is needed.
    pub fn needs_ground(self) -> bool {
        matches!(self, Self::Yes | Self::Possible)
    }
}

/// The age rule of a purpose (GDPR Art. 8, recital 38; law.md L10-L16).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum AgeRule {
    /// No age rule.
    #[default]
    None,
    /// Information society service offered directly to a child: guardian below 13 in Sweden.
    Iss,
    /// Preventive or counselling service for a child: no guardian, no age rule, and a guardian must not learn of it.
    IssPreventive,
    /// Outside such services: guardian below a set age, with the child's own assent from 7.
    Maturity,
}

/// How many guardians must authorise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Quorum {
    /// Every linked guardian (föräldrabalken 6:11, 6:13).
    All,
    /// One linked guardian.
    Any,
}

/// The scope that a decision about this purpose must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ScopeType {
    /// No scope.
    #[default]
    None,
    /// One recipient.
    Recipient,
    /// One campaign, medium and surface.
    Campaign,
    /// One vendor.
    Vendor,
    /// One site.
    Site,
}

impl ScopeType {
    /// The type as written in a register.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Recipient => "recipient",
            Self::Campaign => "campaign",
            Self::Vendor => "vendor",
            Self::Site => "site",
        }
    }
}

/// How strongly the recording key binds a decision to the person who made it. Ordered.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Assurance {
    /// A publishable key: any program can have recorded it.
    #[default]
    Browser,
    /// Bound to a signed prompt.
    Prompted,
    /// A service key: the tenant's own server vouches for it.
    Server,
    /// eID, or signature evidence.
    Signed,
}

/// One retention rule of a purpose, as the register has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionRule {
    /// The rule, in the grammar of docs/registers.md; [`crate::retention::Rule::parse`] parses it.
    pub rule: String,
    /// The controller's words.
    pub text_sv: Option<String>,
    /// The part of the data that the rule is about, if it is not all.
    pub applies_to: Option<String>,
    /// The parameter that the controller must set, if the words leave it open.
    pub param: Option<String>,
    /// What was assumed when the words were interpreted.
    pub assumption: Option<String>,
    /// How often an open-ended rule is to be reviewed; ISO 8601.
    pub review_every: Option<String>,
    /// Whether the rule holds data against erasure.
    pub hold: bool,
    /// The events that end a `while`, if the controller has named them; otherwise
    /// [`crate::retention::default_end_events`] apply.
    pub end_events: Vec<String>,
}

/// One purpose, validated, and complete as far as the register says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a yes or no of its own in the register"
)]
pub struct Purpose {
    /// Stable id.
    pub id: PurposeId,
    /// Title in the controller's words.
    pub title_sv: String,
    /// Title in English.
    pub title_en: String,
    /// Stated bases.
    pub legal_basis: Vec<LegalBasis>,
    /// Rows of the decision table.
    pub check_mode: CheckMode,
    /// Sort of consent.
    pub consent_kind: ConsentKind,
    /// Special category of data.
    pub special_category: SpecialCategory,
    /// The ground of GDPR Art. 9(2) other than explicit consent, for example `9(2)(h)`.
    pub art9_ground: Option<String>,
    /// Age rule.
    pub age_rule: AgeRule,
    /// Guardian needed below this age under [`AgeRule::Maturity`] (default 15) or [`AgeRule::Iss`] (default 13); years.
    pub guardian_below: u8,
    /// How many guardians.
    pub guardian_quorum: Quorum,
    /// The weakest verification of a linked guardian whose decisions count.
    pub guardian_verification_min: Verification,
    /// The age band to assume for a subject whose band is unknown, if the controller states one. It is an assumption.
    pub age_default: Option<AgeBand>,
    /// Purposes that must be allowed too, asked of the same subject.
    pub depends_on: Vec<PurposeId>,
    /// Direct marketing: an objection is absolute (GDPR Art. 21(2)-(3)).
    pub direct_marketing: bool,
    /// Data are shared with third parties (decision row 12).
    pub third_party_sharing: bool,
    /// Used to target advertising (decision row 12).
    pub targeted_advertising: bool,
    /// Stores in, or reads from, the terminal (LEK 9 kap. 28 §).
    pub terminal_access: bool,
    /// Necessary for a service that the user has asked for: lifts the terminal gate.
    pub strictly_necessary: bool,
    /// The contract is asserted by the tenant's own call rather than recorded as events (row 14, CONTRACT_ASSERTED).
    pub contract_asserted: bool,
    /// The scope type of decisions.
    pub scope_type: ScopeType,
    /// The services that are asked one by one, under [`ScopeType::Vendor`]: its recipients' ids.
    pub vendors: Vec<ScopeValue>,
    /// A consent is for a single use.
    pub single_use: bool,
    /// How long a consent lives; `None`: until it is withdrawn.
    pub validity: Option<CalendarDuration>,
    /// How long after a refusal the person may not be asked again.
    pub reask_after: CalendarDuration,
    /// The lowest assurance that a consent must have.
    pub assurance_min: Assurance,
    /// The controller no longer processes for this purpose.
    pub retired: bool,
    /// The purposes that a row was split into; the row itself then denies and lists them.
    pub parts: Vec<PurposeId>,
    /// For a processor: the controller, in its words or as a tenant id.
    pub controller_pointer: Option<String>,
    /// Where the controller's data protection impact assessment is kept (GDPR Art. 35), as a reference of its own.
    pub dpia: Option<String>,
    /// What the controller assumed when it classified the purpose; shown by the lint.
    pub assumption: Option<String>,
    /// The persons may not be free to refuse, such as employees (recital 43); shown by the lint.
    pub imbalance: bool,
    /// Why the purpose is incomplete and denies REGISTER_INCOMPLETE: codes of lint errors. Empty if complete.
    pub incomplete: Vec<String>,
    /// Retention rules.
    pub retention: Vec<RetentionRule>,
}

impl Purpose {
    /// Whether a grant can permit anything: the processing itself, or the use of the terminal that comes before it. A
    /// question about such a purpose can be asked and answered, whatever its check mode.
    pub fn asks_consent(&self) -> bool {
        self.check_mode == CheckMode::Consent
            || self.asks_for_the_terminal()
            || self.asks_for_advertising()
    }

    /// Whether a consent of its own is asked where a campaign is advertising, whatever the basis: a picture of a person
    /// in advertising needs it (lag 1978:800, 1 §).
    pub fn asks_for_advertising(&self) -> bool {
        self.scope_type == ScopeType::Campaign && !self.is_decided_before_the_basis()
    }

    /// Whether the use of the terminal needs a consent of its own, whatever the basis of the processing (row 11; LEK 9
    /// kap. 28 §). A processor's check ends at row 2, and a purpose without a check mode at row 3, before any question.
    pub fn asks_for_the_terminal(&self) -> bool {
        let uses =
            self.terminal_access || self.check_mode == CheckMode::TerminalConsentAndObjection;
        uses && !self.strictly_necessary && !self.is_decided_before_the_basis()
    }

    /// Whether consent is the basis itself, or the check ends before any question.
    fn is_decided_before_the_basis(&self) -> bool {
        matches!(
            self.check_mode,
            CheckMode::Consent | CheckMode::Processor | CheckMode::NotStated
        )
    }

    /// Whether it uses the terminal only for a service that the user requested, so consent is not asked.
    pub fn is_necessary(&self) -> bool {
        self.strictly_necessary && self.check_mode != CheckMode::Consent
    }

    /// See [`CheckMode::needs_explicit_consent`].
    pub fn needs_explicit_consent(&self) -> bool {
        self.check_mode
            .needs_explicit_consent(self.special_category)
    }

    /// Whether an Art. 9 ground is missing for everything but consent (row 10).
    ///
    /// The ground [`ART9_DEPENDS_ON`] is another purpose's explicit consent, which row 9 has required by then.
    pub fn lacks_art9_ground(&self) -> bool {
        self.special_category.needs_ground() && self.art9_ground.is_none()
    }
}
