//! The category of a purpose, and its consequences for bridges in the browser.

use super::{ConsentModeType, Register};
use crate::{
    id::PurposeId,
    purpose::{Category, Purpose},
};

impl Register {
    /// The category that a first layer names for this purpose: as `[categories]` states, otherwise derived from the
    /// purpose. An unknown purpose is marketing, the category that needs consent most strictly.
    pub fn category(&self, id: &PurposeId) -> Category {
        match (self.categories.get(id), self.purpose(id)) {
            (Some(stated), _) => *stated,
            (None, Some(purpose)) => by_nature(purpose),
            (None, None) => Category::Marketing,
        }
    }

    /// Google's consent types that follow this purpose: as the register states, otherwise by category. A purpose that
    /// does not use the terminal has none, so consent to photographs does not unlock statistics.
    pub fn consent_mode(&self, id: &PurposeId) -> Vec<ConsentModeType> {
        let (Some(purpose), Some(text)) = (self.purpose(id), self.text(id)) else {
            return Vec::new();
        };
        if !text.consent_mode.is_empty() {
            return text.consent_mode.clone();
        }
        if !purpose.terminal_access {
            return Vec::new();
        }
        by_category(self.category(id)).to_vec()
    }
}

fn by_nature(purpose: &Purpose) -> Category {
    if purpose.direct_marketing || purpose.targeted_advertising || purpose.third_party_sharing {
        Category::Marketing
    } else if purpose.is_necessary() {
        Category::Necessary
    } else {
        Category::Statistics
    }
}

fn by_category(category: Category) -> &'static [ConsentModeType] {
    match category {
        Category::Necessary => &[ConsentModeType::SecurityStorage],
        Category::Preferences => &[
            ConsentModeType::FunctionalityStorage,
            ConsentModeType::PersonalizationStorage,
        ],
        Category::Statistics => &[ConsentModeType::AnalyticsStorage],
        Category::Marketing => &[
            ConsentModeType::AdStorage,
            ConsentModeType::AdUserData,
            ConsentModeType::AdPersonalization,
        ],
    }
}
