//! A default notice from a register: decent as it stands, and meant to be edited by somebody who knows the readers.

use std::collections::BTreeMap;

use super::{
    Button, Contact, CookieText, Layout, Manifest, ManifestPurpose, NoticeText, PurposeWords,
    Variant,
    describe::{self, Tongue},
    phrases,
};
use crate::{
    id::{Language, SiteId},
    purpose::{CheckMode, Purpose},
    register::{Cookie, Lifetime, PurposeText, Register, Transfer},
    retention::Rule,
};

/// A manifest, and the texts that it names, adults' variant, one per language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The manifest.
    pub manifest: Manifest,
    /// The texts.
    pub texts: Vec<NoticeText>,
}

/// Drafts a notice in Swedish and English. Asked are the complete purposes whose check can be permitted by a consent,
/// parts rather than their row; the other complete purposes are told. A purpose that is retired or incomplete denies
/// every check, so nothing is said of it.
pub fn draft_from_register(register: &Register, site: &SiteId) -> Draft {
    let live: Vec<_> = register
        .entries()
        .filter(|(purpose, _)| {
            !purpose.retired && purpose.incomplete.is_empty() && purpose.parts.is_empty()
        })
        .collect();
    let (asked, others): (Vec<_>, Vec<_>) = live
        .into_iter()
        .partition(|(purpose, _)| purpose.check_mode.asks_consent());
    let texts: Vec<NoticeText> = [Tongue::Sv, Tongue::En]
        .into_iter()
        .map(|tongue| text(register, tongue, &asked, &others))
        .collect();
    let hashes = texts.iter().map(|text| {
        let variants = BTreeMap::from([(text.variant, text.hash())]);
        (text.language.to_string(), variants)
    });
    let manifest = Manifest {
        v: 1,
        tenant: register.tenant.clone(),
        site: site.clone(),
        purposes: asked
            .iter()
            .map(|(purpose, _)| ManifestPurpose {
                id: purpose.id.clone(),
                check_mode: purpose.check_mode,
                scope_type: purpose.scope_type,
            })
            .collect(),
        layout: Layout {
            buttons: vec![Button::Refuse, Button::Accept, Button::Settings],
            own_statement: asked
                .iter()
                .filter(|(purpose, _)| purpose.special_category.needs_ground())
                .map(|(purpose, _)| purpose.id.clone())
                .collect(),
        },
        texts: hashes.collect(),
    };
    Draft { manifest, texts }
}

type Entry<'a> = (&'a Purpose, &'a PurposeText);

fn text(
    register: &Register,
    tongue: Tongue,
    asked: &[Entry<'_>],
    others: &[Entry<'_>],
) -> NoticeText {
    let tag = match tongue {
        Tongue::Sv => "sv",
        Tongue::En => "en",
    };
    let words = |entries: &[Entry<'_>]| -> Vec<PurposeWords> {
        entries
            .iter()
            .map(|entry| purpose(register, tongue, *entry))
            .collect()
    };
    let purposes = words(asked);
    let titles: Vec<String> = purposes.iter().map(|words| words.title.clone()).collect();
    NoticeText {
        v: 1,
        language: Language::parse(tag).expect("sv and en are language tags"),
        variant: Variant::Adult,
        title: phrases::title(tongue).to_owned(),
        intro: phrases::intro(tongue, &register.controller, &titles),
        withdraw: phrases::withdraw(tongue).to_owned(),
        labels: phrases::labels(tongue),
        purposes,
        others: words(others),
        contact: Contact {
            controller: register.controller.clone(),
            contact: register.contact.clone(),
            dpo_contact: register.dpo_contact.clone(),
            policy_url: register.policy_url.clone(),
        },
        rights: phrases::rights(tongue).to_owned(),
    }
}

fn purpose(register: &Register, tongue: Tongue, (purpose, text): Entry<'_>) -> PurposeWords {
    let stated = |list: &[String], separator: &str| match list {
        [] => phrases::not_stated(tongue).to_owned(),
        list => list.join(separator),
    };
    let (title, description, data) = match tongue {
        Tongue::Sv => (
            text.title_sv.clone(),
            stated(&text.purpose_sv, "; "),
            stated(&text.data_categories_sv, ", "),
        ),
        Tongue::En => {
            let categories = if text.data_categories_en.is_empty() {
                &text.data_categories_sv
            } else {
                &text.data_categories_en
            };
            let description = text
                .purpose_en
                .clone()
                .unwrap_or_else(|| text.title_en.clone());
            (text.title_en.clone(), description, stated(categories, ", "))
        }
    };
    PurposeWords {
        id: purpose.id.clone(),
        title,
        description,
        data,
        retention: retention(purpose, text, tongue),
        recipients: recipients(register, text, tongue),
        basis: basis(purpose, tongue),
        cookies: register
            .cookies_of(&purpose.id)
            .map(|c| cookie(register, c, tongue))
            .collect(),
    }
}

fn basis(purpose: &Purpose, tongue: Tongue) -> String {
    let explicit =
        purpose.check_mode == CheckMode::Consent && purpose.special_category.needs_ground();
    let basis = if explicit {
        phrases::explicit_consent(tongue)
    } else {
        phrases::basis(tongue, purpose.check_mode)
    };
    basis.to_owned()
}

/// The controller's own words in Swedish; in English the rules, as far as they are about the controller's own data.
fn retention(purpose: &Purpose, text: &PurposeText, tongue: Tongue) -> String {
    if tongue == Tongue::Sv && !text.retention_sv.is_empty() {
        return text.retention_sv.join("; ");
    }
    let rules: Vec<String> = purpose
        .retention
        .iter()
        .filter(|rule| rule.applies_to.is_none())
        .filter_map(|rule| Rule::parse(&rule.rule).ok())
        .map(|rule| describe::rule(&rule, tongue))
        .collect();
    if rules.is_empty() {
        phrases::not_stated(tongue).to_owned()
    } else {
        rules.join("; ")
    }
}

fn recipients(register: &Register, text: &PurposeText, tongue: Tongue) -> String {
    let declared = text
        .recipients
        .iter()
        .filter_map(|id| register.recipient(id));
    let mut list: Vec<String> = declared
        .map(|recipient| match (&recipient.country, recipient.transfer) {
            (Some(country), Transfer::None) => format!("{} ({country})", recipient.name),
            (Some(country), _) if tongue == Tongue::Sv => {
                format!("{} ({country}, utanför EU/EES)", recipient.name)
            }
            (Some(country), _) => format!("{} ({country}, outside the EU/EEA)", recipient.name),
            (None, _) => recipient.name.clone(),
        })
        .collect();
    list.extend(
        text.recipients_sv
            .iter()
            .chain(&register.recipients_sv)
            .cloned(),
    );
    if list.is_empty() {
        phrases::nobody(tongue).to_owned()
    } else {
        list.join(", ")
    }
}

fn cookie(register: &Register, cookie: &Cookie, tongue: Tongue) -> CookieText {
    let sv = tongue == Tongue::Sv;
    let who = cookie
        .recipient
        .as_deref()
        .and_then(|id| register.recipient(id))
        .map(|recipient| recipient.name.clone());
    CookieText {
        name: cookie.name.clone(),
        lifetime: match cookie.lifetime {
            Lifetime::Session if sv => "tills du stänger webbläsaren".to_owned(),
            Lifetime::Session => "until you close the browser".to_owned(),
            Lifetime::For(duration) => describe::duration(duration, tongue),
        },
        party: match (cookie.third_party, who) {
            (true, Some(who)) if sv => format!("tredje part: {who}"),
            (true, Some(who)) => format!("third party: {who}"),
            (true, None) if sv => "tredje part".to_owned(),
            (true, None) => "third party".to_owned(),
            (false, _) => register.controller.clone(),
        },
    }
}
