//! What a register leaves unsaid, or says in a way that will not hold. Errors make a purpose incomplete: its checks deny.
//! Warnings are read by a person. Neither changes a word of the register.

use crate::id::PurposeId;

/// Whether a finding keeps a purpose from being complete.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Read by a person.
    Warning,
    /// The purpose goes live incomplete.
    Error,
}

/// What was found. The codes are stable: they stand in [`crate::purpose::Purpose::incomplete`] and in golden files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LintCode {
    /// No check mode.
    CheckModeNotStated,
    /// A required parameter is not set.
    ParameterUnset,
    /// A recipient that the register does not have.
    RecipientUnknown,
    /// A purpose that is asked service by service and names none.
    VendorMissing,
    /// More services than a browser's cookie has room for.
    VendorsTooMany,
    /// A cookie that lives outside its purpose's range.
    CookieLifetime,
    /// Purposes that depend on each other in a circle.
    DependsOnCycle,
    /// A `while` whose end events are not bound.
    WhileUnbound,
    /// Special category without a ground of Art. 9.
    Art9GroundMissing,
    /// Nobody has said whether the data are of a special category.
    SpecialCategoryUnknown,
    /// Cookies on legitimate interest.
    CookieLegitimateInterest,
    /// A cookie called strictly necessary under a purpose that is not.
    NecessaryCookieMisplaced,
    /// Contract as basis for data about a person who is not party to it.
    ContractThirdParty,
    /// Marketing by e-mail or text message without consent.
    MarketingWithoutConsent,
    /// The anchor of a retention rule was assumed.
    AnchorAssumed,
    /// A hold that names no law.
    HoldWithoutLaw,
    /// Invoices kept shorter than the Bookkeeping Act wants.
    InvoicesTooShort,
    /// Two purposes in one row.
    TwoPurposes,
    /// The privacy shield as a transfer mechanism.
    PrivacyShield,
    /// A law or authority that has another name now.
    OutdatedName,
    /// People are asked, and nowhere is there more to read.
    PolicyUrlMissing,
    /// People are asked, and not told whom to turn to.
    ContactMissing,
    /// People are asked, and not told who the data protection officer is.
    DpoContactMissing,
}

impl LintCode {
    /// The code as text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::CheckModeNotStated => "check_mode_not_stated",
            Self::ParameterUnset => "parameter_unset",
            Self::RecipientUnknown => "recipient_unknown",
            Self::VendorMissing => "vendor_missing",
            Self::VendorsTooMany => "vendors_too_many",
            Self::CookieLifetime => "cookie_lifetime",
            Self::DependsOnCycle => "depends_on_cycle",
            Self::WhileUnbound => "while_unbound",
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

    /// Error or warning.
    pub fn severity(self) -> Severity {
        match self {
            Self::CheckModeNotStated
            | Self::ParameterUnset
            | Self::RecipientUnknown
            | Self::VendorMissing
            | Self::VendorsTooMany
            | Self::CookieLifetime
            | Self::DependsOnCycle => Severity::Error,
            Self::WhileUnbound
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

    /// What to do about it, the same for every finding of the code.
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

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lint {
    /// Line of the file.
    pub line: u32,
    /// Which purpose; `None` for the register as a whole.
    pub purpose: Option<PurposeId>,
    /// What.
    pub code: LintCode,
    /// What exactly, here. What to do stands in [`LintCode::remedy`].
    pub message: String,
}
