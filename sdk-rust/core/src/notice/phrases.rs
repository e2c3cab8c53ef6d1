//! Phrases for the legal bases that only a notice about the whole register names, in the languages of registers.

use crate::{purpose::CheckMode, words::BasisWords};

/// The languages in which registers are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    Sv,
    En,
}

impl Tongue {
    /// The register language with this tag, if any.
    pub(super) fn of(tag: &str) -> Option<Self> {
        match tag {
            "sv" => Some(Self::Sv),
            "en" => Some(Self::En),
            _ => None,
        }
    }
}

/// What comes before the basis where the terminal is used: its consent.
pub(super) fn terminal(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Sv => {
            "Ditt samtycke till att lagra och läsa uppgifter på din enhet. Därefter gäller: "
        }
        Tongue::En => {
            "Your consent to storing and reading data on your device. After that applies: "
        }
    }
}

/// The basis in words, with the right that follows from it.
pub(super) fn basis(words: &BasisWords, tongue: Tongue, mode: CheckMode) -> &str {
    match (tongue, mode) {
        (_, CheckMode::Consent) => &words.consent,
        (_, CheckMode::TerminalConsentAndObjection) => &words.terminal_consent_and_objection,
        (Tongue::Sv, CheckMode::Objection) => "Intresseavvägning. Du kan invända.",
        (Tongue::En, CheckMode::Objection) => "Legitimate interest. You can object.",
        (Tongue::Sv, CheckMode::Contract) => "Avtal med dig.",
        (Tongue::En, CheckMode::Contract) => "A contract with you.",
        (Tongue::Sv, CheckMode::ContractOrObjection) => {
            "Avtal med dig, eller utan avtal en intresseavvägning som du kan invända mot."
        }
        (Tongue::En, CheckMode::ContractOrObjection) => {
            "A contract with you, or without one a legitimate interest to which you can object."
        }
        (Tongue::Sv, CheckMode::ContractAndLegalObligation) => {
            "Avtal med dig, och därefter en rättslig förpliktelse."
        }
        (Tongue::En, CheckMode::ContractAndLegalObligation) => {
            "A contract with you, and after it a legal obligation."
        }
        (Tongue::Sv, CheckMode::LegalObligation) => "Rättslig förpliktelse.",
        (Tongue::En, CheckMode::LegalObligation) => "A legal obligation.",
        (Tongue::Sv, CheckMode::Processor) => {
            "Vi behandlar uppgifterna för någon annans räkning, som svarar för dem."
        }
        (Tongue::En, CheckMode::Processor) => {
            "We process the data on behalf of somebody else, who answers for them."
        }
        (Tongue::Sv, CheckMode::NotStated) => "Inte angiven.",
        (Tongue::En, CheckMode::NotStated) => "Not stated.",
    }
}
