//! The product's own words in each supported language: the words of the banner around a notice, the words of drafted
//! notices for which a register has none, and the words of the declaration page.
//!
//! Each language is one file, `languages/<tag>.json`, compiled in. A variant for younger readers is a second file with
//! only the differences. No native speaker has reviewed any of them; the authors wrote the Swedish and English.

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

/// The writing direction of a language.
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

/// The banner's words around a notice: `Words` of its contract, field by field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct UiWords {
    /// Titles of the categories.
    pub categories: ByCategory,
    /// Label of a category that is always on.
    pub always: String,
    /// Label of the button that unfolds a purpose.
    pub details: String,
    /// Heading of the kinds of data.
    pub data: String,
    /// Heading of the retention.
    pub retention: String,
    /// Heading of the recipients.
    pub recipients: String,
    /// Heading of the legal basis.
    pub basis: String,
    /// Heading of the table of cookies and other storage.
    pub cookies: String,
    /// Its first column: the name.
    pub cookie_name: String,
    /// Its second column: the lifetime.
    pub cookie_lifetime: String,
    /// Its third column: the party.
    pub cookie_party: String,
    /// Heading of the purposes that are described without a question.
    pub others: String,
    /// Heading of the controller's contact.
    pub contact: String,
    /// Link to the full policy.
    pub policy: String,
    /// Shown if the browser sends Global Privacy Control.
    pub gpc: String,
    /// The same message in two or three words.
    pub gpc_short: String,
    /// The purposes that "accept all" omits because of that signal: `{accept}` and `{purposes}`.
    pub gpc_left_out: String,
    /// Heading of the changes since the person's last answer.
    pub changed: String,
    /// Label of a purpose that the person was not asked about before.
    pub changed_new: String,
    /// The purposes that "refuse all" also withdraws: `{refuse}` and `{purposes}`.
    pub takes_back: String,
    /// Explains that a click by a program grants nothing.
    pub by_hand: String,
    /// Heading of the services of a purpose.
    pub vendors: String,
    /// Message: the choice was saved.
    pub saved: String,
    /// Message: a consent was withdrawn.
    pub withdrawn: String,
    /// Message: a choice could not be sent yet.
    pub pending: String,
    /// Shown in place of an embed: `{host}` and `{category}`.
    pub embed: String,
    /// Button that grants consent for the embed and shows it.
    pub embed_load: String,
    /// Link to the page of the embed.
    pub embed_link: String,
}

/// Sentences that state a purpose's legal basis and the right that follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BasisWords {
    /// Consent.
    pub consent: String,
    /// Consent to the use of the terminal, followed by processing on a legitimate interest. For a declaration, which
    /// also mentions the right to object. A banner asks only for the consent.
    pub terminal_consent_and_objection: String,
    /// Explicit consent (GDPR Art. 9(2)(a)).
    pub explicit_consent: String,
    /// Necessary for a service that the user requested.
    pub necessary: String,
}

/// Sentences of the first layer on other recipients of the data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SharedWords {
    /// A few recipients: `{names}`.
    pub named: String,
    /// More recipients: `{recipients}`, and the label of the `{settings}` that name them.
    pub counted: String,
    /// The number of recipients outside the EU and EEA: `{n}`.
    pub outside: String,
    /// The number of recipients, in every plural form of the language: `{n}`.
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
    /// Separator between two of several, spaces included.
    pub or: String,
    /// A duration that is not set.
    pub param: String,
    /// No storing at all.
    pub none: String,
    /// Longer where the law requires it.
    pub hold: String,
    /// Events by name, in the form that follows `after` and `until`.
    pub events: BTreeMap<String, String>,
}

/// Periods, each in every plural form of the language; `{n}` is the number.
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

/// The words of a drafted notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DraftWords {
    /// Heading.
    pub title: String,
    /// Introduction of a notice about the terminal: `{controller}` and `{categories}`.
    pub intro: String,
    /// Introduction of a notice without a question: `{controller}`.
    pub intro_none: String,
    /// Introduction of a notice about the whole register: `{controller}` and `{purposes}`. Only in the languages of
    /// registers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub intro_everything: Option<String>,
    /// Sentences after the introduction, on other recipients of the data.
    pub shared: SharedWords,
    /// The right to withdraw, for the first layer.
    pub withdraw: String,
    /// The other rights, and where to complain.
    pub rights: String,
    /// Labels of the controls.
    pub labels: Labels,
    /// Sentences on the legal bases.
    pub basis: BasisWords,
    /// The titles of purposes by category, for a register without titles in this language. A title differs from the
    /// category's name, which stands beside it.
    pub titles: ByCategory,
    /// The description of each category, in a sentence.
    pub descriptions: ByCategory,
    /// Kinds of data of a purpose that uses the terminal.
    pub data: String,
    /// The controller's title of a purpose: `{title}`.
    pub named: String,
    /// The controller's words in another language: `{title}`.
    pub quoted: String,
    /// The controller has stated nothing.
    pub not_stated: String,
    /// No recipient.
    pub nobody: String,
    /// Text after a recipient's country.
    pub outside_eea: String,
    /// A party other than the controller, without a name.
    pub third_party: String,
    /// A party other than the controller: `{name}`.
    pub third_party_named: String,
    /// Until the browser is closed.
    pub session: String,
    /// As long as the purpose remains.
    pub while_needed: String,
    /// No duration at all.
    pub same_day: String,
    /// Separator between the last two of several, spaces included.
    pub and: String,
    /// From `{min}` to `{max}`.
    pub range: String,
    /// Retention rules.
    pub retention: RetentionWords,
    /// Periods.
    pub units: UnitWords,
}

/// The words of one language in one variant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LanguageWords {
    /// The language's tag.
    pub language: Language,
    /// The readers of the variant.
    #[serde(default)]
    pub variant: Variant,
    /// The language's own name.
    pub name: String,
    /// The writing direction.
    pub direction: Direction,
    /// Whether a native speaker has reviewed all of it.
    pub reviewed_by_native: bool,
    /// Words of the banner.
    pub ui: UiWords,
    /// Words of the declaration page.
    pub declaration: DeclarationWords,
    /// Words of drafted notices.
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

    /// A range of periods in words: "1–365 dagar", "1 dag till 13 månader".
    pub(crate) fn range(&self, min: CalendarDuration, max: CalendarDuration) -> String {
        let units = &self.draft.units;
        let forms = [&units.year, &units.month, &units.week, &units.day];
        let [from, to] = [min, max].map(|length| length.units());
        let only = |units: [u16; 4]| {
            let mut counted = (0..4).filter(|at| units[*at] > 0);
            counted.next().filter(|_| counted.next().is_none())
        };
        // Between Arabic letters a dash between two numbers reverses their order.
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

    /// The categories as part of a sentence: "statistik och marknadsföring".
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

    /// Several items as part of a sentence: "a, b and c".
    pub(crate) fn list(&self, items: &[String]) -> String {
        match items {
            [first @ .., last] if !first.is_empty() => {
                format!("{}{}{last}", first.join(self.comma()), self.draft.and)
            }
            _ => items.concat(),
        }
    }

    /// The comma with its space; Arabic script has its own.
    pub(crate) fn comma(&self) -> &'static str {
        match self.direction {
            Direction::Ltr => ", ",
            Direction::Rtl => "، ",
        }
    }

    /// The semicolon with its space; Arabic script has its own.
    pub(crate) fn semicolon(&self) -> &'static str {
        match self.direction {
            Direction::Ltr => "; ",
            Direction::Rtl => "؛ ",
        }
    }

    /// Isolates a name or another foreign text inside a sentence. Without isolation its letters and the marks at its
    /// ends would be reordered in a right-to-left language.
    pub(crate) fn isolate(&self, text: &str) -> String {
        let is_own = |c: char| matches!(c, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fefc}');
        match self.direction {
            Direction::Rtl if text.chars().any(|c| c.is_alphanumeric() && !is_own(c)) => {
                format!("\u{2068}{text}\u{2069}")
            }
            _ => text.to_owned(),
        }
    }

    /// A country's name by its ISO 3166-1 code; the code itself if the language has no name for it.
    pub(crate) fn country<'a>(&self, code: &'a str) -> &'a str {
        countries::name(self.language.as_str(), code).unwrap_or(code)
    }

    /// A number of things in the plural form for `n`.
    pub(crate) fn counted(&self, forms: &BTreeMap<Plural, String>, n: u16) -> String {
        let form = forms.get(&plural::plural(self.language.as_str(), n));
        let form = form.expect("the tests look for every form of every language");
        fill(form, &[("n", &n.to_string())])
    }
}

/// Fills the placeholders of a sentence. Values are inserted unchanged, braces included.
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

/// The words of this language for adults, by its file's tag: `sv`, `nb`. `None` for an unknown tag.
pub fn language(tag: &str) -> Option<&'static LanguageWords> {
    variant(tag, Variant::Adult)
}

/// The words of this language in this variant; `None` if there are none.
pub fn variant(tag: &str, variant: Variant) -> Option<&'static LanguageWords> {
    all()
        .iter()
        .find(|words| words.variant == variant && words.language.as_str() == tag)
}

/// The tags of every language, in alphabetical order.
pub fn tags() -> impl Iterator<Item = &'static str> {
    ADULT.iter().map(|(tag, _)| *tag)
}

/// All languages and variants, parsed once.
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

/// Merges the differences of a variant into the base.
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

/// The 24 official languages of the EU, those of the other EEA countries, and other large languages of Sweden.
const ADULT: &[(&str, &str)] = files![
    "ar", "bg", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "ga", "hr", "hu", "is",
    "it", "lt", "lv", "mt", "nb", "nl", "nn", "pl", "pt", "ro", "sk", "sl", "so", "sv", "ti", "uk",
];

/// Swedish for teenagers, and for children.
const YOUNGER: &[(&str, &str)] = &[
    ("sv", include_str!("../languages/sv-teen.json")),
    ("sv", include_str!("../languages/sv-child.json")),
];
