//! Compares one purpose field by field; [`super::diff`] describes the change classes.

use serde::Serialize;

use super::{
    Change, Cookie, Effect, PurposeText,
    diff::Side,
    diff_lengths::{cookie_lines, cookies, retention},
};
use crate::{
    id::PurposeId,
    notice::ChangeClass,
    purpose::{Category, CheckMode, Purpose, Quorum, ScopeType},
    retention::CalendarDuration,
};

/// All differing fields of one purpose.
pub(super) fn compare(was: &Side<'_>, now: &Side<'_>) -> Vec<Change> {
    let mut out = Changes(Vec::new());
    texts(was.text, now.text, &mut out);
    let services = new_services(was, now);
    recipients(was, now, &services, &mut out);
    let categories = |side: &Side<'_>| split(&side.text.data_categories_sv);
    out.set(
        "source.data_categories_sv",
        &categories(was),
        &categories(now),
    );
    basis(was.purpose, now.purpose, &mut out);
    flags(was.purpose, now.purpose, &mut out);
    strictness(was.purpose, now.purpose, &mut out);
    retention(was, now, &mut out);
    let (of_services, rest): (Vec<&Cookie>, Vec<&Cookie>) = now.cookies.iter().partition(|c| {
        c.recipient
            .as_ref()
            .is_some_and(|id| services.contains(&id))
    });
    cookies(&was.cookies, &rest, &mut out);
    let path = "cookies of new services";
    out.with(
        path,
        "",
        &cookie_lines(&of_services),
        ChangeClass::MaterialNotice,
        Effect::Widens,
    );
    category(was.category, now.category, &mut out);
    out.0
}

/// New services of a purpose that is asked per service. They have no grants; grants to other services remain.
fn new_services<'a>(was: &Side<'_>, now: &Side<'a>) -> Vec<&'a String> {
    let by_service = |side: &Side<'_>| side.purpose.scope_type == ScopeType::Vendor;
    if !by_service(was) || !by_service(now) {
        return Vec::new();
    }
    let ids = now.text.recipients.iter();
    ids.filter(|id| !was.text.recipients.contains(id)).collect()
}

/// Declared recipients come first, in the order of their ids.
fn recipients(was: &Side<'_>, now: &Side<'_>, services: &[&String], out: &mut Changes) {
    let (mut rest, mut fresh) = (Vec::new(), Vec::new());
    for (at, recipient) in now.recipients.iter().enumerate() {
        let id = now.text.recipients.get(at);
        let is_new = id.is_some_and(|id| services.contains(&id));
        if is_new { &mut fresh } else { &mut rest }.push(recipient.clone());
    }
    out.set("recipients", &was.recipients, &rest);
    let fresh = fresh.join(", ");
    out.with(
        "new services",
        "",
        &fresh,
        ChangeClass::MaterialNotice,
        Effect::Widens,
    );
}

fn texts(was: &PurposeText, now: &PurposeText, out: &mut Changes) {
    use ChangeClass::{Editorial, MaterialNotice};
    let opt = |value: &Option<String>| value.clone().unwrap_or_default();
    let modes =
        |text: &PurposeText| -> Vec<String> { text.consent_mode.iter().map(json_word).collect() };
    out.text("source.title_sv", &was.title_sv, &now.title_sv, Editorial);
    out.text("analysis.title_en", &was.title_en, &now.title_en, Editorial);
    out.text(
        "source.purpose_sv",
        &was.purpose_sv.join("; "),
        &now.purpose_sv.join("; "),
        MaterialNotice,
    );
    out.text(
        "analysis.purpose_en",
        &opt(&was.purpose_en),
        &opt(&now.purpose_en),
        Editorial,
    );
    out.text(
        "source.data_subjects_sv",
        &was.data_subjects_sv.join(", "),
        &now.data_subjects_sv.join(", "),
        MaterialNotice,
    );
    out.text(
        "source.legal_basis_sv",
        &was.legal_basis_sv.join(", "),
        &now.legal_basis_sv.join(", "),
        MaterialNotice,
    );
    out.text(
        "source.retention_sv",
        &was.retention_sv.join("; "),
        &now.retention_sv.join("; "),
        MaterialNotice,
    );
    out.text(
        "analysis.consent_mode",
        &modes(was).join(", "),
        &modes(now).join(", "),
        MaterialNotice,
    );
}

fn basis(was: &Purpose, now: &Purpose, out: &mut Changes) {
    use ChangeClass::MaterialConsent;
    let bases = |p: &Purpose| {
        p.legal_basis
            .iter()
            .map(json_word)
            .collect::<Vec<_>>()
            .join(", ")
    };
    out.text(
        "analysis.legal_basis",
        &bases(was),
        &bases(now),
        MaterialConsent,
    );
    let mode = if was.check_mode == now.check_mode {
        Effect::Neutral
    } else {
        match now.check_mode {
            CheckMode::Consent | CheckMode::NotStated | CheckMode::Processor => Effect::Narrows,
            _ => Effect::Widens,
        }
    };
    out.with(
        "analysis.check_mode",
        was.check_mode.as_str(),
        now.check_mode.as_str(),
        MaterialConsent,
        mode,
    );
    let scope = (json_word(&was.scope_type), json_word(&now.scope_type));
    out.with(
        "analysis.scope_type",
        &scope.0,
        &scope.1,
        MaterialConsent,
        Effect::Narrows,
    );
    let kind = (json_word(&was.consent_kind), json_word(&now.consent_kind));
    out.text("analysis.consent_kind", &kind.0, &kind.1, MaterialConsent);
    let stricter = match (
        was.special_category.needs_ground(),
        now.special_category.needs_ground(),
    ) {
        (false, true) => Effect::Narrows,
        (true, false) => Effect::Widens,
        _ => Effect::Neutral,
    };
    let special = (
        json_word(&was.special_category),
        json_word(&now.special_category),
    );
    out.with(
        "analysis.special_category",
        &special.0,
        &special.1,
        MaterialConsent,
        stricter,
    );
    let ground = |p: &Purpose| p.art9_ground.clone().unwrap_or_default();
    out.text(
        "analysis.art9_ground",
        &ground(was),
        &ground(now),
        MaterialConsent,
    );
}

fn flags(was: &Purpose, now: &Purpose, out: &mut Changes) {
    use ChangeClass::{Editorial, MaterialConsent, MaterialNotice};
    use Effect::{Narrows, Neutral, Widens};
    // Path, before, after, then class and effect of turning it on, and of turning it off.
    for (path, was, now, on, off) in [
        (
            "analysis.direct_marketing",
            was.direct_marketing,
            now.direct_marketing,
            (MaterialConsent, Neutral),
            (MaterialNotice, Neutral),
        ),
        (
            "analysis.third_party_sharing",
            was.third_party_sharing,
            now.third_party_sharing,
            (MaterialConsent, Neutral),
            (MaterialNotice, Neutral),
        ),
        (
            "analysis.targeted_advertising",
            was.targeted_advertising,
            now.targeted_advertising,
            (MaterialConsent, Neutral),
            (MaterialNotice, Neutral),
        ),
        (
            "analysis.terminal_access",
            was.terminal_access,
            now.terminal_access,
            (MaterialConsent, Narrows),
            (MaterialConsent, Widens),
        ),
        (
            "analysis.strictly_necessary",
            was.strictly_necessary,
            now.strictly_necessary,
            (MaterialConsent, Widens),
            (MaterialNotice, Narrows),
        ),
        (
            "analysis.contract_asserted",
            was.contract_asserted,
            now.contract_asserted,
            (MaterialConsent, Widens),
            (MaterialNotice, Narrows),
        ),
        (
            "analysis.single_use",
            was.single_use,
            now.single_use,
            (MaterialNotice, Narrows),
            (MaterialConsent, Widens),
        ),
        (
            "analysis.imbalance",
            was.imbalance,
            now.imbalance,
            (MaterialNotice, Neutral),
            (MaterialNotice, Neutral),
        ),
        (
            "analysis.retired",
            was.retired,
            now.retired,
            (MaterialNotice, Narrows),
            (MaterialConsent, Widens),
        ),
        (
            "parts",
            !was.parts.is_empty(),
            !now.parts.is_empty(),
            (MaterialConsent, Narrows),
            (MaterialConsent, Widens),
        ),
        (
            "incomplete",
            !was.incomplete.is_empty(),
            !now.incomplete.is_empty(),
            (Editorial, Narrows),
            (Editorial, Widens),
        ),
    ] {
        let (class, effect) = if now { on } else { off };
        out.with(path, &was.to_string(), &now.to_string(), class, effect);
    }
}

fn strictness(was: &Purpose, now: &Purpose, out: &mut Changes) {
    use ChangeClass::{Editorial, MaterialConsent, MaterialNotice};
    use Effect::{Narrows, Neutral, Widens};
    let more = |stricter: bool| if stricter { Narrows } else { Widens };
    guardians(was, now, out);
    let ids =
        |list: &[PurposeId]| -> Vec<String> { list.iter().map(ToString::to_string).collect() };
    let (old, new) = (ids(&was.depends_on), ids(&now.depends_on));
    let lost = old.iter().any(|id| !new.contains(id));
    let class = if lost {
        MaterialConsent
    } else {
        MaterialNotice
    };
    out.with(
        "analysis.depends_on",
        &old.join(", "),
        &new.join(", "),
        class,
        more(!lost),
    );
    out.text(
        "analysis.age_rule",
        &json_word(&was.age_rule),
        &json_word(&now.age_rule),
        MaterialConsent,
    );
    let (a, b) = (json_word(&was.assurance_min), json_word(&now.assurance_min));
    out.with(
        "analysis.assurance_min",
        &a,
        &b,
        Editorial,
        more(now.assurance_min > was.assurance_min),
    );
    let opt = |value: &Option<String>| value.clone().unwrap_or_default();
    out.text(
        "analysis.controller_pointer",
        &opt(&was.controller_pointer),
        &opt(&now.controller_pointer),
        Editorial,
    );
    let (a, b) = (was.validity, now.validity);
    let shorter = b.is_some_and(|b| a.is_none_or(|a| b.never_longer_than(&a)));
    let class = if shorter {
        MaterialNotice
    } else {
        MaterialConsent
    };
    out.with(
        "analysis.validity",
        &lifetime(a),
        &lifetime(b),
        class,
        more(shorter),
    );
    out.with(
        "analysis.reask_after",
        &was.reask_after.to_string(),
        &now.reask_after.to_string(),
        Editorial,
        Neutral,
    );
}

/// Whose word counts for a child. Fewer or weaker guardians permit what the earlier rule did not, so those who
/// consented under it are asked again.
fn guardians(was: &Purpose, now: &Purpose, out: &mut Changes) {
    let mut rule = |path, old: &str, new: &str, stricter: bool| {
        let (class, effect) = if stricter {
            (ChangeClass::MaterialNotice, Effect::Narrows)
        } else {
            (ChangeClass::MaterialConsent, Effect::Widens)
        };
        out.with(path, old, new, class, effect);
    };
    let (a, b) = (was.guardian_below, now.guardian_below);
    rule(
        "analysis.guardian_below",
        &a.to_string(),
        &b.to_string(),
        b > a,
    );
    rule(
        "analysis.guardian_quorum",
        &json_word(&was.guardian_quorum),
        &json_word(&now.guardian_quorum),
        now.guardian_quorum == Quorum::All,
    );
    let (a, b) = (was.guardian_verification_min, now.guardian_verification_min);
    rule(
        "analysis.guardian_verification_min",
        a.as_str(),
        b.as_str(),
        b > a,
    );
    let band = |p: &Purpose| p.age_default.map(|band| json_word(&band));
    let (a, b) = (band(was), band(now));
    rule(
        "analysis.age_default",
        &a.unwrap_or_default(),
        b.as_deref().unwrap_or_default(),
        b.is_none(),
    );
}

/// People consent to a category such as "statistics" by its name. A category that reaches further needs a new question.
fn category(was: Category, now: Category, out: &mut Changes) {
    let class = if now > was {
        ChangeClass::MaterialConsent
    } else {
        ChangeClass::MaterialNotice
    };
    out.text("categories", was.as_str(), now.as_str(), class);
}

fn lifetime(validity: Option<CalendarDuration>) -> String {
    validity.map_or_else(|| "until withdrawn".into(), |d| d.to_string())
}

/// An enum value as the file spells it.
pub(super) fn json_word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}

/// Splits lists, written as a list or with commas, so that they are compared item by item.
fn split(list: &[String]) -> Vec<String> {
    let items = list.iter().flat_map(|text| text.split([',', '.']));
    items
        .map(|item| item.trim().to_lowercase())
        .filter(|item| !item.is_empty())
        .collect()
}

/// Changes found so far.
#[derive(Default)]
pub(super) struct Changes(pub(super) Vec<Change>);

impl Changes {
    pub(super) fn with(
        &mut self,
        path: &'static str,
        old: &str,
        new: &str,
        class: ChangeClass,
        effect: Effect,
    ) {
        if old != new {
            let (old, new) = (old.to_owned(), new.to_owned());
            self.0.push(Change {
                path,
                old,
                new,
                class,
                effect,
            });
        }
    }

    pub(super) fn text(&mut self, path: &'static str, old: &str, new: &str, class: ChangeClass) {
        self.with(path, old, new, class, Effect::Neutral);
    }

    /// Compares a set that people consented to: a new item needs consent again, a removed item is announced.
    fn set(&mut self, path: &'static str, old: &[String], new: &[String]) {
        let grew = new.iter().any(|item| !old.contains(item));
        let shrank = old.iter().any(|item| !new.contains(item));
        let (class, effect) = match (grew, shrank) {
            (true, _) => (ChangeClass::MaterialConsent, Effect::Widens),
            (false, true) => (ChangeClass::MaterialNotice, Effect::Narrows),
            (false, false) => (ChangeClass::Editorial, Effect::Neutral),
        };
        self.with(path, &old.join(", "), &new.join(", "), class, effect);
    }
}
