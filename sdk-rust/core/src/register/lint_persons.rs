//! Findings about the persons behind a purpose: what they can answer, how old and how free they are, and what the
//! controller assumed of them.

use super::{
    LintCode, PurposeText, Register, diff_fields::json_word, lint_words::dependent,
    read_purpose::Source,
};
use crate::{
    id::PurposeId,
    purpose::{ART9_DEPENDS_ON, AgeRule, CheckMode, ConsentKind, Purpose, ScopeType},
};

/// What the use of the terminal waits for must be something that a person can answer.
pub(super) fn terminal(
    purpose: &Purpose,
    source: &Source,
    at: &mut impl FnMut(u32, LintCode, String),
) {
    if purpose.strictly_necessary && purpose.check_mode == CheckMode::Consent {
        let message = "it asks for consent and is called strictly necessary".to_owned();
        at(
            source.strictly_necessary_line,
            LintCode::NecessaryConsent,
            message,
        );
    }
    let waits = purpose.terminal_access && !purpose.strictly_necessary;
    if waits && purpose.check_mode == CheckMode::Processor {
        let message = "it uses the terminal for another controller, so no notice of this one asks";
        at(
            source.terminal_access_line,
            LintCode::TerminalUnanswerable,
            message.to_owned(),
        );
    }
}

/// What the controller has decided or assumed about the data and the age of the persons.
pub(super) fn classified(
    register: &Register,
    purpose: &Purpose,
    source: &Source,
    at: &mut impl FnMut(u32, LintCode, String),
) {
    let explicit = |id: &PurposeId| {
        let other = register.purpose(id);
        other.is_some_and(Purpose::needs_explicit_consent)
    };
    if purpose.art9_ground.as_deref() == Some(ART9_DEPENDS_ON)
        && !purpose.depends_on.iter().any(explicit)
    {
        let message = "the ground is the explicit consent to another purpose, and depends_on names none that needs it";
        at(
            source.art9_ground_line,
            LintCode::Art9GroundDependsOn,
            message.to_owned(),
        );
    }
    let ages = purpose.age_rule != AgeRule::None;
    if purpose.special_category.needs_ground() && ages && purpose.dpia.is_none() {
        let message = "children can be among the persons and the data of a special category; no impact assessment is named";
        at(
            source.special_category_line,
            LintCode::DpiaMissing,
            message.to_owned(),
        );
    }
    if let Some(assumption) = &purpose.assumption {
        at(
            source.assumption_line,
            LintCode::Assumption,
            assumption.clone(),
        );
    }
    if let Some(band) = purpose.age_default {
        let message = format!(
            "a person whose age is unknown counts as {}",
            json_word(&band)
        );
        at(
            source.age_default_line,
            LintCode::AgeDefaultAssumed,
            message,
        );
    }
}

/// Who decides, how freely, and about what.
pub(super) fn persons(
    purpose: &Purpose,
    text: &PurposeText,
    source: &Source,
    at: &mut impl FnMut(u32, LintCode, String),
) {
    let scope = match purpose.consent_kind {
        ConsentKind::PhotoFilmAudio => ScopeType::Campaign,
        ConsentKind::ForwardContactDetails => ScopeType::Recipient,
        _ => purpose.scope_type,
    };
    if purpose.scope_type != scope && purpose.parts.is_empty() {
        let message = format!(
            "one decision covers every {}: its scope is {}",
            scope.as_str(),
            purpose.scope_type.as_str()
        );
        at(source.scope_type_line, LintCode::ScopeMissing, message);
    }
    if purpose.check_mode == CheckMode::Processor
        && purpose.controller_pointer.is_none()
        && text.recipients.is_empty()
    {
        let message = "another controller has to answer, and none is named".to_owned();
        at(source.check_mode_line, LintCode::ControllerUnnamed, message);
    }
    if purpose.imbalance {
        let message = "the controller states that the persons may not be free to refuse".to_owned();
        at(source.imbalance_line, LintCode::Imbalance, message);
    } else if purpose.consent_kind == ConsentKind::PhotoFilmAudio
        && let Some(who) = dependent(&text.data_subjects_sv)
    {
        let message = format!(
            "\"{}\" ({who}..) may depend on the controller who takes pictures of them",
            text.data_subjects_sv.join(", ")
        );
        at(source.purpose_line, LintCode::Imbalance, message);
    }
}
