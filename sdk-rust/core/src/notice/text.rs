//! One text of a drafted notice: the register's words where it has any in this language, else those of the category.

use super::{
    About, Contact, CookieText, NoticeText, PurposeWords, Variant,
    describe::{self, Tongue},
    phrases,
};
use crate::{
    id::Language,
    purpose::{Category, CheckMode, Purpose},
    register::{Cookie, Lifetime, PurposeText, Register, Transfer},
    retention::Rule,
    words::{self, LanguageWords, fill},
};

/// A purpose with its words.
pub(super) type Entry<'a> = (&'a Purpose, &'a PurposeText);

/// A register as it speaks to somebody.
pub(super) struct Voice<'a> {
    register: &'a Register,
    about: About,
    words: &'static LanguageWords,
    /// The register's own language, where this is one.
    tongue: Option<Tongue>,
    /// Whether titles and descriptions are the register's.
    own: Option<Tongue>,
}

/// Whether a purpose is asked, and whether its category's title alone would not tell it from another.
#[derive(Clone, Copy)]
enum Role {
    Alone,
    /// One of several of its category: which.
    Among(usize),
    Told,
}

impl<'a> Voice<'a> {
    /// `None` where there are no words for this: an unknown language, a variant that it lacks, or a whole register in a
    /// language that registers are not written in.
    pub(super) fn of(
        register: &'a Register,
        about: About,
        language: &Language,
        variant: Variant,
    ) -> Option<Self> {
        let words = words::variant(language.as_str(), variant)?;
        let tongue = Tongue::of(language.as_str());
        // A policy's "analys" is no word for a child; what the register asks besides the terminal has no other.
        let own = tongue.filter(|_| about == About::Everything || variant == Variant::Adult);
        (about == About::Terminal || tongue.is_some()).then_some(Self {
            register,
            about,
            words,
            tongue,
            own,
        })
    }

    pub(super) fn text(&self, asked: &[Entry<'_>], others: &[Entry<'_>]) -> NoticeText {
        let (register, draft) = (self.register, &self.words.draft);
        let purposes: Vec<PurposeWords> = asked
            .iter()
            .map(|entry| self.purpose(*entry, self.role(entry.0, asked)))
            .collect();
        NoticeText {
            v: 1,
            language: self.words.language.clone(),
            variant: self.words.variant,
            title: draft.title.clone(),
            intro: self.intro(asked, &purposes),
            withdraw: draft.withdraw.clone(),
            labels: draft.labels.clone(),
            purposes,
            others: others
                .iter()
                .map(|entry| self.purpose(*entry, Role::Told))
                .collect(),
            contact: Contact {
                controller: register.controller.clone(),
                contact: register.contact.clone(),
                dpo_contact: register.dpo_contact.clone(),
                policy_url: register.policy_url.clone(),
            },
            rights: draft.rights.clone(),
        }
    }

    /// What is asked, by whom, for what; about the terminal by category (law.md L18).
    fn intro(&self, asked: &[Entry<'_>], purposes: &[PurposeWords]) -> String {
        let draft = &self.words.draft;
        let controller = ("controller", self.register.controller.as_str());
        if purposes.is_empty() {
            return fill(&draft.intro_none, &[controller]);
        }
        if self.about == About::Everything
            && let Some(template) = &draft.intro_everything
        {
            let titles: Vec<&str> = purposes.iter().map(|p| p.title.as_str()).collect();
            return fill(template, &[controller, ("purposes", &titles.join("; "))]);
        }
        let categories = asked.iter().map(|(p, _)| self.register.category(&p.id));
        let mut categories: Vec<Category> = categories.collect();
        categories.sort_unstable();
        categories.dedup();
        let list = self.words.category_list(&categories);
        fill(&draft.intro, &[controller, ("categories", &list)])
    }

    fn role(&self, purpose: &Purpose, asked: &[Entry<'_>]) -> Role {
        let category = |purpose: &Purpose| self.register.category(&purpose.id);
        let alike: Vec<_> = asked
            .iter()
            .filter(|(other, _)| category(other) == category(purpose))
            .collect();
        let at = alike.iter().position(|(other, _)| other.id == purpose.id);
        match at {
            Some(at) if alike.len() > 1 => Role::Among(at + 1),
            _ => Role::Alone,
        }
    }

    fn purpose(&self, entry: Entry<'_>, role: Role) -> PurposeWords {
        let (purpose, text) = entry;
        let (title, description, data) = match self.own {
            Some(tongue) => self.own_words(text, tongue),
            None => self.category_words(entry, role),
        };
        PurposeWords {
            id: purpose.id.clone(),
            title,
            description,
            data,
            retention: self.retention(purpose, text),
            recipients: self.recipients(text),
            basis: self.basis(purpose, role),
            cookies: self
                .register
                .cookies_of(&purpose.id)
                .map(|cookie| self.cookie(cookie))
                .collect(),
        }
    }

    fn own_words(&self, text: &PurposeText, tongue: Tongue) -> (String, String, String) {
        let stated = |list: &[String], separator: &str| match list {
            [] => self.words.draft.not_stated.clone(),
            list => list.join(separator),
        };
        match tongue {
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
                let description = text.purpose_en.clone();
                (
                    text.title_en.clone(),
                    description.unwrap_or_else(|| text.title_en.clone()),
                    stated(categories, ", "),
                )
            }
        }
    }

    /// Two questions of one category are told apart by number, and by what the controller calls them.
    fn category_words(&self, (purpose, text): Entry<'_>, role: Role) -> (String, String, String) {
        let (ui, draft) = (&self.words.ui, &self.words.draft);
        let category = match role {
            Role::Told => Category::Necessary,
            _ => self.register.category(&purpose.id),
        };
        let mut title = ui.categories.of(category).to_owned();
        let mut description = draft.descriptions.of(category).to_owned();
        if let Role::Among(number) = role {
            let name = match self.tongue {
                Some(Tongue::Sv) => &text.title_sv,
                _ => &text.title_en,
            };
            title = format!("{title} {number}");
            description = format!("{description} {}", fill(&draft.named, &[("title", name)]));
        }
        (title, description, draft.data.clone())
    }

    fn basis(&self, purpose: &Purpose, role: Role) -> String {
        let words = &self.words.draft.basis;
        let mode = purpose.check_mode;
        let basis = match (self.about, role, self.tongue) {
            _ if mode == CheckMode::Consent && purpose.special_category.needs_ground() => {
                &words.explicit_consent
            }
            (About::Terminal, Role::Told, _) => &words.necessary,
            (About::Everything, _, Some(tongue)) => phrases::basis(words, tongue, mode),
            _ if mode == CheckMode::TerminalConsentAndObjection => {
                &words.terminal_consent_and_objection
            }
            _ => &words.consent,
        };
        basis.to_owned()
    }

    /// The controller's own words in Swedish; elsewhere the rules, as far as they are about the controller's own data.
    fn retention(&self, purpose: &Purpose, text: &PurposeText) -> String {
        if self.own == Some(Tongue::Sv) && !text.retention_sv.is_empty() {
            return text.retention_sv.join("; ");
        }
        let rules: Vec<String> = purpose
            .retention
            .iter()
            .filter(|rule| rule.applies_to.is_none())
            .filter_map(|rule| Rule::parse(&rule.rule).ok())
            .map(|rule| self.rule(&rule))
            .collect();
        if rules.is_empty() {
            self.words.draft.not_stated.clone()
        } else {
            rules.join("; ")
        }
    }

    /// The rules that cookies follow are said in every language, the rest in English where there is nothing nearer:
    /// to leave out a period that is stated would be worse.
    fn rule(&self, rule: &Rule) -> String {
        let draft = &self.words.draft;
        match (self.tongue, rule) {
            (Some(tongue), rule) => describe::rule(rule, tongue),
            (None, Rule::While(_)) => draft.while_needed.clone(),
            (None, Rule::Range(_, min, max)) => {
                let [min, max] = [min, max].map(|length| self.words.duration(*length));
                fill(&draft.range, &[("min", &min), ("max", &max)])
            }
            (None, rule) => describe::rule(rule, Tongue::En),
        }
    }

    fn recipients(&self, text: &PurposeText) -> String {
        let draft = &self.words.draft;
        let declared = text
            .recipients
            .iter()
            .filter_map(|id| self.register.recipient(id));
        let named = declared.map(|recipient| match (&recipient.country, recipient.transfer) {
            (Some(country), Transfer::None) => format!("{} ({country})", recipient.name),
            (Some(country), _) => format!("{} ({country}, {})", recipient.name, draft.outside_eea),
            (None, _) => recipient.name.clone(),
        });
        let stated = text
            .recipients_sv
            .iter()
            .chain(&self.register.recipients_sv);
        let list: Vec<String> = named.chain(stated.cloned()).collect();
        if list.is_empty() {
            draft.nobody.clone()
        } else {
            list.join(", ")
        }
    }

    fn cookie(&self, cookie: &Cookie) -> CookieText {
        let draft = &self.words.draft;
        let who = cookie.recipient.as_deref();
        let who = who.and_then(|id| self.register.recipient(id));
        CookieText {
            name: cookie.name.clone(),
            lifetime: match cookie.lifetime {
                Lifetime::Session => draft.session.clone(),
                Lifetime::For(duration) => self.words.duration(duration),
            },
            party: match (cookie.third_party, who) {
                (true, Some(who)) => fill(&draft.third_party_named, &[("name", &who.name)]),
                (true, None) => draft.third_party.clone(),
                (false, _) => self.register.controller.clone(),
            },
        }
    }
}
