//! The product's own words in every language that it speaks: what the banner shows around a notice, and what a notice
//! is drafted from where a register has no words of its own.
//!
//! Each language is one file, `languages/<tag>.json`, compiled in. A variant for younger readers is a second file that
//! holds only what differs. None has been reviewed by a native speaker; Swedish and English are the authors' own.

mod negotiate;
mod plural;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::OnceLock};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use negotiate::best;
pub use plural::Plural;

use crate::{
    id::Language,
    notice::{Labels, Variant},
    purpose::Category,
    retention::CalendarDuration,
};

/// Which way a language is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

/// One text for each category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ByCategory {
    /// [`Category::Necessary`].
    pub necessary: String,
    /// [`Category::Preferences`].
    pub preferences: String,
    /// [`Category::Statistics`].
    pub statistics: String,
    /// [`Category::Marketing`].
    pub marketing: String,
}

impl ByCategory {
    /// The text of this category.
    pub fn of(&self, category: Category) -> &str {
        match category {
            Category::Necessary => &self.necessary,
            Category::Preferences => &self.preferences,
            Category::Statistics => &self.statistics,
            Category::Marketing => &self.marketing,
        }
    }
}

/// What the banner shows around a notice: `Words` of its contract, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UiWords {
    /// Titles of the categories.
    pub categories: ByCategory,
    /// Label of what is always on.
    pub always: String,
    /// Unfolds a purpose.
    pub details: String,
    /// Kinds of data.
    pub data: String,
    /// How long.
    pub retention: String,
    /// Who else.
    pub recipients: String,
    /// On what ground.
    pub basis: String,
    /// Heading of the table of cookies and other storage.
    pub cookies: String,
    /// Its first column.
    pub cookie_name: String,
    /// Its second column.
    pub cookie_lifetime: String,
    /// Its third column.
    pub cookie_party: String,
    /// Heading of what is told without being asked.
    pub others: String,
    /// Heading of the controller's contact.
    pub contact: String,
    /// Link to the full policy.
    pub policy: String,
    /// Shown where the browser sends Global Privacy Control.
    pub gpc: String,
    /// The same in two or three words.
    pub gpc_short: String,
    /// What "accept all" leaves out because of that signal: `{accept}` and `{purposes}`.
    pub gpc_left_out: String,
    /// Heading of what changed since this person answered.
    pub changed: String,
    /// Label of a purpose that was not asked before.
    pub changed_new: String,
    /// What "refuse all" also withdraws: `{refuse}` and `{purposes}`.
    pub takes_back: String,
    /// Why a program's click gives nothing.
    pub by_hand: String,
    /// Heading of the services of a purpose.
    pub vendors: String,
    /// A choice was kept.
    pub saved: String,
    /// A consent was withdrawn.
    pub withdrawn: String,
    /// A choice could not be sent yet.
    pub pending: String,
    /// In place of an embed: `{host}` and `{category}`.
    pub embed: String,
    /// Consents to the embed and shows it.
    pub embed_load: String,
    /// Leads to what would be embedded.
    pub embed_link: String,
}

/// On what ground a purpose rests, in a sentence with the right that follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisWords {
    /// Consent.
    pub consent: String,
    /// Consent to the use of the terminal, and after it a legitimate interest.
    pub terminal_consent_and_objection: String,
    /// Explicit consent (GDPR Art. 9(2)(a)).
    pub explicit_consent: String,
    /// Necessary for a service that was asked for.
    pub necessary: String,
}

/// Periods, each in every form that the language has; `{n}` is the number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitWords {
    /// Years.
    pub year: BTreeMap<Plural, String>,
    /// Months.
    pub month: BTreeMap<Plural, String>,
    /// Weeks.
    pub week: BTreeMap<Plural, String>,
    /// Days.
    pub day: BTreeMap<Plural, String>,
}

/// What a notice is drafted from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftWords {
    /// Heading.
    pub title: String,
    /// Of a notice about the terminal: `{controller}` and `{categories}`.
    pub intro: String,
    /// Of a notice that asks nothing: `{controller}`.
    pub intro_none: String,
    /// Of a notice about everything: `{controller}` and `{purposes}`. Only languages that registers are written in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intro_everything: Option<String>,
    /// The right to withdraw, for the first layer.
    pub withdraw: String,
    /// The other rights, and where to complain.
    pub rights: String,
    /// Labels of the controls.
    pub labels: Labels,
    /// Grounds.
    pub basis: BasisWords,
    /// What each category does, in a sentence.
    pub descriptions: ByCategory,
    /// Kinds of data of a purpose that uses the terminal.
    pub data: String,
    /// What the controller calls a purpose: `{title}`.
    pub named: String,
    /// The controller has said nothing.
    pub not_stated: String,
    /// No recipient.
    pub nobody: String,
    /// After a recipient's country.
    pub outside_eea: String,
    /// Somebody else than the controller.
    pub third_party: String,
    /// Somebody else, by `{name}`.
    pub third_party_named: String,
    /// Until the browser is closed.
    pub session: String,
    /// As long as the purpose remains.
    pub while_needed: String,
    /// No time at all.
    pub same_day: String,
    /// Between the last two of several, spaces included.
    pub and: String,
    /// From `{min}` to `{max}`.
    pub range: String,
    /// Periods.
    pub units: UnitWords,
}

/// One language in one variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageWords {
    /// Which.
    pub language: Language,
    /// For whom.
    #[serde(default)]
    pub variant: Variant,
    /// The language's name for itself.
    pub name: String,
    /// Which way it is written.
    pub direction: Direction,
    /// Whether somebody who grew up with the language has read it all.
    pub reviewed_by_native: bool,
    /// For the banner.
    pub ui: UiWords,
    /// For drafting.
    pub draft: DraftWords,
}

impl LanguageWords {
    /// A period in words: "13 månader", "1 year and 6 months".
    pub fn duration(&self, duration: CalendarDuration) -> String {
        let units = &self.draft.units;
        let units = [&units.year, &units.month, &units.week, &units.day];
        let parts: Vec<String> = duration
            .units()
            .into_iter()
            .zip(units)
            .filter(|(n, _)| *n > 0)
            .map(|(n, forms)| {
                let form = forms.get(&plural::plural(self.language.as_str(), n));
                let form = form.expect("the tests look for every form of every language");
                fill(form, &[("n", &n.to_string())])
            })
            .collect();
        if parts.is_empty() {
            return self.draft.same_day.clone();
        }
        parts.join(&self.draft.and)
    }

    /// The categories inside a sentence: "statistik och marknadsföring".
    pub fn category_list(&self, categories: &[Category]) -> String {
        let inside = |category: &Category| {
            let title = self.ui.categories.of(*category);
            // German nouns keep their capital.
            if self.language.as_str() == "de" {
                title.to_owned()
            } else {
                title.to_lowercase()
            }
        };
        // Arabic script has a comma of its own.
        let comma = match self.direction {
            Direction::Ltr => ", ",
            Direction::Rtl => "، ",
        };
        let list: Vec<String> = categories.iter().map(inside).collect();
        match list.as_slice() {
            [first @ .., last] if !first.is_empty() => {
                format!("{}{}{last}", first.join(comma), self.draft.and)
            }
            _ => list.concat(),
        }
    }
}

/// Puts values into the places of a sentence. A value is put in as it stands, braces included.
pub(crate) fn fill(template: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some(start) = rest.find('{') {
        filled.push_str(&rest[..start]);
        rest = &rest[start..];
        let place = rest.find('}').and_then(|end| {
            let known = values.iter().find(|(name, _)| *name == &rest[1..end])?;
            Some((known.1, end + 1))
        });
        let (text, taken) = place.unwrap_or(("{", 1));
        filled.push_str(text);
        rest = &rest[taken..];
    }
    filled + rest
}

/// The words of this language for adults, by its tag as the file has it: `sv`, `nb`.
pub fn language(tag: &str) -> Option<&'static LanguageWords> {
    variant(tag, Variant::Adult)
}

/// The words of this language for these readers, where there are any.
pub fn variant(tag: &str, variant: Variant) -> Option<&'static LanguageWords> {
    all()
        .iter()
        .find(|words| words.variant == variant && words.language.as_str() == tag)
}

/// The tags of every language, in alphabetical order.
pub fn tags() -> impl Iterator<Item = &'static str> {
    ADULT.iter().map(|(tag, _)| *tag)
}

/// Every language and variant, parsed once.
fn all() -> &'static [LanguageWords] {
    static ALL: OnceLock<Vec<LanguageWords>> = OnceLock::new();
    ALL.get_or_init(|| {
        let plain = ADULT.iter().map(|(_, text)| parse(text));
        let younger = YOUNGER.iter().map(|(tag, text)| {
            let base = ADULT.iter().find(|(other, _)| other == tag);
            let (_, base) = base.expect("a variant is of a language");
            let mut words = parse(base);
            overlay(&mut words, parse(text));
            words
        });
        plain
            .chain(younger)
            .map(|words| serde_json::from_value(words).expect("the tests read every file"))
            .collect()
    })
}

fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the tests read every file")
}

/// Lays what differs over what does not.
fn overlay(base: &mut Value, over: Value) {
    match (base, over) {
        (Value::Object(base), Value::Object(over)) => {
            for (key, value) in over {
                overlay(base.entry(key).or_insert(Value::Null), value);
            }
        }
        (base, over) => *base = over,
    }
}

macro_rules! files {
    ($($tag:literal),* $(,)?) => {
        &[$(($tag, include_str!(concat!("../languages/", $tag, ".json")))),*]
    };
}

/// The 24 official languages of the EU, those of its neighbours in the EEA, and the largest others of Sweden.
const ADULT: &[(&str, &str)] = files![
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "ga", "hr", "hu", "is",
    "it", "lt", "lv", "mt", "nb", "nl", "nn", "pl", "pt", "ro", "sk", "sl", "so", "sv", "ti", "uk",
];

/// Swedish for teenagers, and for children.
const YOUNGER: &[(&str, &str)] = &[
    ("sv", include_str!("../languages/sv-teen.json")),
    ("sv", include_str!("../languages/sv-child.json")),
];
