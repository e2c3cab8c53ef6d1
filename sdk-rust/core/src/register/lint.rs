//! Findings about omissions and defects in a register. An error makes a purpose incomplete, so its checks deny. A
//! warning is for the editor. Neither changes the register.

use crate::id::PurposeId;

/// The severity of a finding: an error makes a purpose incomplete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// A warning for the editor.
    Warning,
    /// The purpose goes live incomplete.
    Error,
}

/// The kind of a finding. The codes are stable: they appear in [`crate::purpose::Purpose::incomplete`] and in golden
/// files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LintCode {
    /// The purpose states no check mode.
    CheckModeNotStated,
    /// A required parameter is not set.
    ParameterUnset,
    /// A purpose names a recipient that the register does not define.
    RecipientUnknown,
    /// A purpose is asked per service and names no service.
    VendorMissing,
    /// The services do not fit into a browser's cookie.
    VendorsTooMany,
    /// A cookie's lifetime is outside its purpose's range.
    CookieLifetime,
    /// Purposes depend on each other in a cycle.
    DependsOnCycle,
    /// A purpose that asks for consent claims to be strictly necessary.
    NecessaryConsent,
    /// The use of the terminal waits for a consent that no question can give.
    TerminalUnanswerable,
    /// The ground is another purpose's explicit consent, and no dependency needs explicit consent.
    Art9GroundDependsOn,
    /// A `while` rule has no end events.
    WhileUnbound,
    /// The text states a length that no rule has.
    LengthMissing,
    /// Pictures, film or sound are not limited to a campaign, or forwarding not to a recipient.
    ScopeMissing,
    /// A processor's purpose names no controller.
    ControllerUnnamed,
    /// Children can be among the persons, the data of a special category, and no impact assessment is named.
    DpiaMissing,
    /// The controller assumed something when it classified the purpose.
    Assumption,
    /// An age is assumed where none is known.
    AgeDefaultAssumed,
    /// The persons may not be free to refuse.
    Imbalance,
    /// A special category of data has no ground under GDPR Art. 9.
    Art9GroundMissing,
    /// The register does not state whether the data are of a special category.
    SpecialCategoryUnknown,
    /// Cookies rest on legitimate interest.
    CookieLegitimateInterest,
    /// A cookie is called strictly necessary under a purpose that is not.
    NecessaryCookieMisplaced,
    /// The basis is a contract, but the data also concern a person who is not party to it.
    ContractThirdParty,
    /// The purpose sends marketing by e-mail or text message without consent.
    MarketingWithoutConsent,
    /// The anchor of a retention rule was assumed.
    AnchorAssumed,
    /// A hold names no law.
    HoldWithoutLaw,
    /// Invoices are kept for less time than the Bookkeeping Act requires.
    InvoicesTooShort,
    /// One row contains two purposes.
    TwoPurposes,
    /// A transfer rests on the Privacy Shield.
    PrivacyShield,
    /// A law or authority has a new name.
    OutdatedName,
    /// The register asks for consent and has no policy address.
    PolicyUrlMissing,
    /// The register asks for consent and has no contact.
    ContactMissing,
    /// The register asks for consent and has no data protection officer's contact.
    DpoContactMissing,
}

impl LintCode {
    /// The stable code as text, as golden files have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CheckModeNotStated => "check_mode_not_stated",
            Self::ParameterUnset => "parameter_unset",
            Self::RecipientUnknown => "recipient_unknown",
            Self::VendorMissing => "vendor_missing",
            Self::VendorsTooMany => "vendors_too_many",
            Self::CookieLifetime => "cookie_lifetime",
            Self::DependsOnCycle => "depends_on_cycle",
            Self::NecessaryConsent => "necessary_consent",
            Self::TerminalUnanswerable => "terminal_unanswerable",
            Self::Art9GroundDependsOn => "art9_ground_depends_on",
            Self::WhileUnbound => "while_unbound",
            Self::LengthMissing => "length_missing",
            Self::ScopeMissing => "scope_missing",
            Self::ControllerUnnamed => "controller_unnamed",
            Self::DpiaMissing => "dpia_missing",
            Self::Assumption => "assumption",
            Self::AgeDefaultAssumed => "age_default_assumed",
            Self::Imbalance => "imbalance",
            Self::Art9GroundMissing => "art9_ground_missing",
            Self::SpecialCategoryUnknown => "special_category_unknown",
            Self::CookieLegitimateInterest => "cookie_legitimate_interest",
            Self::NecessaryCookieMisplaced => "necessary_cookie_misplaced",
            Self::ContractThirdParty => "contract_third_party",
            Self::MarketingWithoutConsent => "marketing_without_consent",
            Self::AnchorAssumed => "anchor_assumed",
            Self::HoldWithoutLaw => "hold_without_law",
            Self::InvoicesTooShort => "invoices_too_short",
            Self::TwoPurposes => "two_purposes",
            Self::PrivacyShield => "privacy_shield",
            Self::OutdatedName => "outdated_name",
            Self::PolicyUrlMissing => "policy_url_missing",
            Self::ContactMissing => "contact_missing",
            Self::DpoContactMissing => "dpo_contact_missing",
        }
    }

    /// Error or warning; fixed for each code.
    pub fn severity(self) -> Severity {
        match self {
            Self::CheckModeNotStated
            | Self::ParameterUnset
            | Self::RecipientUnknown
            | Self::VendorMissing
            | Self::VendorsTooMany
            | Self::CookieLifetime
            | Self::DependsOnCycle
            | Self::NecessaryConsent
            | Self::TerminalUnanswerable
            | Self::Art9GroundDependsOn => Severity::Error,
            Self::WhileUnbound
            | Self::LengthMissing
            | Self::ScopeMissing
            | Self::ControllerUnnamed
            | Self::DpiaMissing
            | Self::Assumption
            | Self::AgeDefaultAssumed
            | Self::Imbalance
            | Self::Art9GroundMissing
            | Self::SpecialCategoryUnknown
            | Self::CookieLegitimateInterest
            | Self::NecessaryCookieMisplaced
            | Self::ContractThirdParty
            | Self::MarketingWithoutConsent
            | Self::AnchorAssumed
            | Self::HoldWithoutLaw
            | Self::InvoicesTooShort
            | Self::TwoPurposes
            | Self::PrivacyShield
            | Self::OutdatedName
            | Self::PolicyUrlMissing
            | Self::ContactMissing
            | Self::DpoContactMissing => Severity::Warning,
        }
    }

    /// How to fix it, the same for every finding of the code.
    pub fn remedy(self) -> &'static str {
        match self {
            Self::CheckModeNotStated => {
                "decide the legal basis, then state check_mode; checks deny REGISTER_INCOMPLETE until then"
            }
            Self::ParameterUnset => "set it under [params], as an ISO 8601 duration such as P90D",
            Self::RecipientUnknown => {
                "declare it as a [[recipient]] with role, country and transfer"
            }
            Self::VendorMissing => {
                "name its services in recipients, each a [[recipient]] whose id is of a-z, 0-9, '.', '_' and '-'"
            }
            Self::VendorsTooMany => {
                "name fewer services, give them shorter ids, or ask for the purpose as a whole"
            }
            Self::CookieLifetime => "shorten the cookie's lifetime, or change the purpose's range",
            Self::DependsOnCycle => "remove one of the dependencies",
            Self::NecessaryConsent => {
                "what is strictly necessary is not asked: choose another check_mode, or do not call it strictly necessary"
            }
            Self::TerminalUnanswerable => {
                "the controller asks for its own use of the terminal: remove terminal_access, or state this controller's check_mode"
            }
            Self::Art9GroundDependsOn => {
                "name in depends_on a purpose of check_mode consent whose data are of a special category, or state another ground"
            }
            Self::LengthMissing => "add a rule for it: max(anchor, P1Y) where it is an upper bound",
            Self::ScopeMissing => {
                "set scope_type = \"campaign\" for pictures, film and sound, or \"recipient\" for forwarding"
            }
            Self::ControllerUnnamed => {
                "set controller_pointer, or name the customers as [[recipient]] with a contact: checks answer NOT_CONTROLLER with it"
            }
            Self::DpiaMissing => {
                "name the impact assessment in dpia (GDPR Art. 35): it is what the age rule and the classification rest on"
            }
            Self::Assumption => {
                "confirm it, or correct the keys that rest on it; then remove assumption"
            }
            Self::AgeDefaultAssumed => {
                "record age bands, or confirm that no child is among the persons (GDPR Art. 8)"
            }
            Self::Imbalance => {
                "show that a refusal costs nothing (GDPR recitals 42 and 43): consent under imbalance is not free"
            }
            Self::WhileUnbound => {
                "name the events that end it in end_events, or accept the default of its check mode"
            }
            Self::Art9GroundMissing => {
                "state art9_ground, or ask for explicit consent; checks deny ART9_GROUND_MISSING until then"
            }
            Self::SpecialCategoryUnknown => "set special_category to no, possible or yes",
            Self::CookieLegitimateInterest => {
                "storage in the terminal needs consent whatever the basis (LEK 9 kap. 28 §); \
                 legitimate interest then covers only what follows"
            }
            Self::NecessaryCookieMisplaced => {
                "declare it under a purpose of the category necessary, or do not call it strictly necessary"
            }
            Self::ContractThirdParty => {
                "state the basis towards that person, or let the purpose depend on that person's own consent (depends_on)"
            }
            Self::MarketingWithoutConsent => {
                "e-mail and text messages to natural persons normally need prior consent (marknadsföringslagen 19 §)"
            }
            Self::AnchorAssumed => "confirm the event that the period runs from",
            Self::HoldWithoutLaw => {
                "name the law in `law`, and record an end for each hold in force"
            }
            Self::InvoicesTooShort => {
                "vouchers are kept through the seventh year after the calendar year in which the fiscal year ended \
                 (bokföringslagen 7 kap. 2 §): add min(fiscal_year.calendar_year_end, P7Y) for them"
            }
            Self::TwoPurposes => "ask for each by itself: split the row with parts = [..]",
            Self::PrivacyShield => "invalid since C-311/18; state what the transfer rests on now",
            Self::OutdatedName => "correct the text at its source",
            Self::PolicyUrlMissing => {
                "set policy_url under [register]: the banner's first layer links to it (GDPR Art. 13)"
            }
            Self::ContactMissing => {
                "set contact under [register]: an address at which people reach the controller (GDPR Art. 13(1)(a))"
            }
            Self::DpoContactMissing => {
                "set dpo_contact under [register], or know that no officer has to be designated (GDPR Art. 13(1)(b), 37)"
            }
        }
    }
}

/// One finding of the lint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// The line in the file.
    pub line: u32,
    /// The purpose; `None` for the register as a whole.
    pub purpose: Option<PurposeId>,
    /// The kind of the finding.
    pub code: LintCode,
    /// The details of this finding. [`LintCode::remedy`] says how to fix it.
    pub message: String,
}
