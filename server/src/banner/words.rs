//! The product's own words, and what a purpose is about.

use samtycke_core::cookie::Category;
use samtycke_core::purpose::Purpose;
use samtycke_core::register::ConsentModeType;
use samtycke_core::register::Register;
use serde_json::Value;

/// A language's direction and words.
pub(super) fn language(_tag: &str) -> (&'static str, Value) {
    ("ltr", serde_json::json!({}))
}

/// What a purpose is about.
pub(super) fn category(_register: &Register, purpose: &Purpose) -> Category {
    let advertises =
        purpose.direct_marketing || purpose.targeted_advertising || purpose.third_party_sharing;
    if advertises {
        Category::Marketing
    } else {
        Category::Statistics
    }
}

/// Google's consent types that follow a purpose.
pub(super) fn consent_mode(register: &Register, purpose: &Purpose) -> Vec<ConsentModeType> {
    let said = register.text(&purpose.id).map(|t| t.consent_mode.clone());
    said.unwrap_or_default()
}
