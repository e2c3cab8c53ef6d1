//! The sentences of a drafted notice, in plain Swedish and English. Yes and no are equally short, and neither is praised.

use super::{Labels, describe::Tongue};
use crate::purpose::CheckMode;

/// Heading.
pub(super) fn title(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Sv => "Vill du samtycka?",
        Tongue::En => "Do you consent?",
    }
}

/// What is asked, by whom, for what.
pub(super) fn intro(tongue: Tongue, controller: &str, titles: &[String]) -> String {
    let list = titles.join("; ");
    match (tongue, titles.is_empty()) {
        (Tongue::Sv, false) => format!(
            "{controller} ber om ditt samtycke till följande: {list}. Du väljer själv, och du kan säga ja till en del och nej till en annan."
        ),
        (Tongue::En, false) => format!(
            "{controller} asks for your consent to the following: {list}. The choice is yours, and you can say yes to one and no to another."
        ),
        (Tongue::Sv, true) => {
            format!("{controller} ber inte om samtycke till något, men informerar dig här.")
        }
        (Tongue::En, true) => format!("{controller} asks for no consent, but informs you here."),
    }
}

/// The right to withdraw, for the first layer.
pub(super) fn withdraw(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Sv => {
            "Du kan när som helst ta tillbaka ditt samtycke, lika enkelt som du gav det. Det som har gjorts dessförinnan påverkas inte."
        }
        Tongue::En => {
            "You can withdraw your consent at any time, as easily as you gave it. What was done before is not affected."
        }
    }
}

/// The other rights, and where to complain (GDPR Art. 13(2)).
pub(super) fn rights(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Sv => {
            "Du har rätt att få veta vilka uppgifter som behandlas om dig, att få dem rättade, raderade, begränsade eller överförda, och att invända. Är du missnöjd kan du klaga hos Integritetsskyddsmyndigheten (imy.se); om kakor hos Post- och telestyrelsen (pts.se)."
        }
        Tongue::En => {
            "You have the right to know which data about you are processed, to have them corrected, erased, restricted or transferred, and to object. If you are dissatisfied you can complain to the Swedish Authority for Privacy Protection (imy.se); about cookies to the Swedish Post and Telecom Authority (pts.se)."
        }
    }
}

/// Labels of the controls.
pub(super) fn labels(tongue: Tongue) -> Labels {
    let [accept, refuse, settings, save, close, reopen] = match tongue {
        Tongue::Sv => [
            "Godkänn alla",
            "Neka alla",
            "Välj själv",
            "Spara val",
            "Stäng utan att välja",
            "Samtycken och kakor",
        ],
        Tongue::En => [
            "Accept all",
            "Refuse all",
            "Choose",
            "Save choices",
            "Close without choosing",
            "Consents and cookies",
        ],
    }
    .map(str::to_owned);
    Labels {
        accept,
        refuse,
        settings,
        save,
        close,
        reopen,
    }
}

/// The basis in words, with the right that follows from it.
pub(super) fn basis(tongue: Tongue, mode: CheckMode) -> &'static str {
    match (tongue, mode) {
        (Tongue::Sv, CheckMode::Consent) => "Ditt samtycke. Utan det görs ingenting.",
        (Tongue::En, CheckMode::Consent) => "Your consent. Without it nothing is done.",
        (Tongue::Sv, CheckMode::TerminalConsentAndObjection) => {
            "Ditt samtycke till att lagra och läsa i din enhet; därefter en intresseavvägning, som du kan invända mot."
        }
        (Tongue::En, CheckMode::TerminalConsentAndObjection) => {
            "Your consent to storing in and reading from your device; after that a legitimate interest, to which you can object."
        }
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

/// The basis of a purpose whose data can be of a special category (GDPR Art. 9(2)(a)).
pub(super) fn explicit_consent(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Sv => "Ditt uttryckliga samtycke, som du ger för sig. Utan det görs ingenting.",
        Tongue::En => "Your explicit consent, given by itself. Without it nothing is done.",
    }
}

/// What stands where the controller has said nothing.
pub(super) fn not_stated(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Sv => "inte angivet",
        Tongue::En => "not stated",
    }
}

/// No recipient.
pub(super) fn nobody(tongue: Tongue) -> &'static str {
    match tongue {
        Tongue::Sv => "ingen annan är angiven",
        Tongue::En => "nobody else is stated",
    }
}
