//! The product's own words in every language that it speaks: what the banner shows around a notice, and what a notice
//! is drafted from where a register has no words of its own, and what the declaration page says besides.
//!
//! Each language is one file, `languages/<tag>.json`, compiled in. A variant for younger readers is a second file that
//! holds only what differs. None has been reviewed by a native speaker; Swedish and English are the authors' own.

mod countries;
mod declaration;
mod negotiate;
mod plural;
#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::OnceLock};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use declaration::DeclarationWords;
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
    /// Consent to the use of the terminal, and after it a legitimate interest: for a declaration, where objecting is
    /// told of too. A banner asks for the consent alone.
    pub terminal_consent_and_objection: String,
    /// Explicit consent (GDPR Art. 9(2)(a)).
    pub explicit_consent: String,
    /// Necessary for a service that was asked for.
    pub necessary: String,
}

/// Who else gets the data, in a sentence of the first layer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedWords {
    /// A few: `{names}`.
    pub named: String,
    /// More than a few: `{recipients}`, and the label of the `{settings}` that name them.
    pub counted: String,
    /// How many of them are outside the EU and EEA: `{n}`.
    pub outside: String,
    /// Their number, in every form that the language has: `{n}`.
    pub recipients: BTreeMap<Plural, String>,
}

/// Retention rules in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RetentionWords {
    /// `{length}` after `{event}`.
    pub after: String,
    /// Until `{event}`.
    pub until: String,
    /// At least `{period}`.
    pub at_least: String,
    /// At most `{period}`.
    pub at_most: String,
    /// `{rules}`, whichever comes first.
    pub first: String,
    /// `{rules}`, whichever comes last.
    pub last: String,
    /// Between two of several, spaces included.
    pub or: String,
    /// A length that is not set.
    pub param: String,
    /// Not at all.
    pub none: String,
    /// Longer where the law requires it.
    pub hold: String,
    /// Events by name, in the form that `after` and `until` take.
    pub events: BTreeMap<String, String>,
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
    /// After the introduction: who else gets the data.
    pub shared: SharedWords,
    /// The right to withdraw, for the first layer.
    pub withdraw: String,
    /// The other rights, and where to complain.
    pub rights: String,
    /// Labels of the controls.
    pub labels: Labels,
    /// Grounds.
    pub basis: BasisWords,
    /// What to call a purpose of each category where the register has no title in this language. Never the category's
    /// own name, which stands beside it.
    pub titles: ByCategory,
    /// What each category does, in a sentence.
    pub descriptions: ByCategory,
    /// Kinds of data of a purpose that uses the terminal.
    pub data: String,
    /// What the controller calls a purpose: `{title}`.
    pub named: String,
    /// Words of the controller's in another language: `{title}`.
    pub quoted: String,
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
    /// Retention rules.
    pub retention: RetentionWords,
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
    /// Whether a native speaker has read it all.
    pub reviewed_by_native: bool,
    /// For the banner.
    pub ui: UiWords,
    /// For the declaration page.
    pub declaration: DeclarationWords,
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
            .map(|(n, forms)| self.counted(forms, n))
            .collect();
        if parts.is_empty() {
            return self.draft.same_day.clone();
        }
        parts.join(&self.draft.and)
    }

    /// From one period to another: "1–365 dagar", "1 dag till 13 månader".
    pub(crate) fn range(&self, min: CalendarDuration, max: CalendarDuration) -> String {
        let units = &self.draft.units;
        let forms = [&units.year, &units.month, &units.week, &units.day];
        let [from, to] = [min, max].map(|length| length.units());
        let only = |units: [u16; 4]| {
            let mut counted = (0..4).filter(|at| units[*at] > 0);
            counted.next().filter(|_| counted.next().is_none())
        };
        // Between Arabic letters a dash between two numbers turns them round.
        let is_ltr = self.direction == Direction::Ltr;
        if let Some(at) = only(to).filter(|at| is_ltr && only(from) == Some(*at))
            && let Some(form) = forms[at].get(&plural::plural(self.language.as_str(), to[at]))
            && form.contains("{n}")
        {
            return fill(form, &[("n", &format!("{}–{}", from[at], to[at]))]);
        }
        let [min, max] = [min, max].map(|length| self.duration(length));
        fill(&self.draft.range, &[("min", &min), ("max", &max)])
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
        self.list(&categories.iter().map(inside).collect::<Vec<_>>())
    }

    /// Several things inside a sentence: "a, b and c".
    pub(crate) fn list(&self, items: &[String]) -> String {
        match items {
            [first @ .., last] if !first.is_empty() => {
                format!("{}{}{last}", first.join(self.comma()), self.draft.and)
            }
            _ => items.concat(),
        }
    }

    /// Arabic script has a comma of its own.
    pub(crate) fn comma(&self) -> &'static str {
        match self.direction {
            Direction::Ltr => ", ",
            Direction::Rtl => "، ",
        }
    }

    /// And a semicolon.
    pub(crate) fn semicolon(&self) -> &'static str {
        match self.direction {
            Direction::Ltr => "; ",
            Direction::Rtl => "؛ ",
        }
    }

    /// A name or another text that is not the language's own, fit to stand in a sentence. In a language that is written
    /// from right to left its letters, and the marks at its ends, would else take the places of their neighbours.
    pub(crate) fn isolate(&self, text: &str) -> String {
        let is_own = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}');
        match self.direction {
            Direction::Rtl if text.chars().any(|c| c.is_alphanumeric() && !is_own(c)) => {
                format!("\u{2068}{text}\u{2069}")
            }
            _ => text.to_owned(),
        }
    }

    /// A country by its code of ISO 3166-1; the code itself where the language has no name for it here.
    pub(crate) fn country<'a>(&self, code: &'a str) -> &'a str {
        countries::name(self.language.as_str(), code).unwrap_or(code)
    }

    /// A number of things in the form that the language has for it.
    pub(crate) fn counted(&self, forms: &BTreeMap<Plural, String>, n: u16) -> String {
        let form = forms.get(&plural::plural(self.language.as_str(), n));
        let form = form.expect("the tests look for every form of every language");
        fill(form, &[("n", &n.to_string())])
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
