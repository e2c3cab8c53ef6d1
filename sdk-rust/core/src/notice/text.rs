//! Drafts one text of a notice. It uses the register's words if they exist in this language, otherwise the category's
//! words.

use super::{
    About, Contact, CookieText, NoticeText, PurposeWords, Variant, describe,
    phrases::{self, Tongue},
};
use crate::{
    id::Language,
    purpose::{Category, CheckMode, Purpose},
    register::{Cookie, Lifetime, PurposeText, Recipient, Register, Transfer},
    retention::Rule,
    words::{self, LanguageWords, fill},
};

/// The most recipients that the first layer names. More names would hide the question.
const NAMED_MAX: usize = 3;

/// The countries of the EU and EEA.
const EEA: [&str; 30] = [
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IS",
    "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// A purpose with its texts from the register.
pub(super) type Entry<'a> = (&'a Purpose, &'a PurposeText);

/// A register, a language and a variant to draft in.
pub(super) struct Voice<'a> {
    register: &'a Register,
    about: About,
    words: &'static LanguageWords,
    /// The register language, if this is one.
    tongue: Option<Tongue>,
    /// Whether titles and descriptions come from the register.
    own: Option<Tongue>,
}

/// The role of a purpose in the text, and whether its category's title alone would be ambiguous.
#[derive(Clone, Copy)]
enum Role {
    Alone,
    /// One of several purposes of its category, by number.
    Among(usize),
    Told,
}

impl<'a> Voice<'a> {
    /// `None` without words for the request: an unknown language, a missing variant, or a notice about the whole
    /// register in a language in which registers are not written.
    pub(super) fn of(
        register: &'a Register,
        about: About,
        language: &Language,
        variant: Variant,
    ) -> Option<Self> {
        let words = words::variant(language.as_str(), variant)?;
        let tongue = Tongue::of(language.as_str());
        // A policy's "analys" means nothing to a child. Purposes outside the terminal have only the register's words.
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
            intro: self.intro(asked, &purposes) + &self.shared(asked),
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

    /// States the controller, the purposes, and, for the terminal, the categories (law.md L18).
    fn intro(&self, asked: &[Entry<'_>], purposes: &[PurposeWords]) -> String {
        let draft = &self.words.draft;
        let controller = self.words.isolate(&self.register.controller);
        let controller = ("controller", controller.as_str());
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

    /// States who else receives the data after "accept all": the names of a few recipients, or the number of many.
    /// Empty without recipients.
    fn shared(&self, asked: &[Entry<'_>]) -> String {
        let (words, shared) = (self.words, &self.words.draft.shared);
        let mut all: Vec<Receiver<'_>> = Vec::new();
        for entry in asked {
            for receiver in self.receivers(*entry) {
                if !all.iter().any(|known| known.is_same(receiver)) {
                    all.push(receiver);
                }
            }
        }
        let number = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
        let sentence = if all.is_empty() {
            return String::new();
        } else if all.len() <= NAMED_MAX {
            let names: Vec<String> = all.iter().map(|one| self.receiver(*one, false)).collect();
            let names = words.list(&names);
            // Free text fits into no sentence but its own.
            if all.iter().any(|one| one.is_spoken) {
                let stop = shared.named.chars().next_back().unwrap_or('.');
                format!("{}: {names}{stop}", words.ui.recipients)
            } else {
                fill(&shared.named, &[("names", &names)])
            }
        } else {
            let mut recipients = words.counted(&shared.recipients, number(all.len()));
            let outside = all.iter().filter(|one| one.is_outside_eea).count();
            if outside > 0 {
                let outside = number(outside).to_string();
                let outside = fill(&shared.outside, &[("n", &outside)]);
                recipients = format!("{recipients} ({outside})");
            }
            let settings = words.draft.labels.settings.as_str();
            fill(
                &shared.counted,
                &[("recipients", &recipients), ("settings", settings)],
            )
        };
        format!(" {sentence}")
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
            Some(Tongue::Sv) => self.swedish_words(text),
            Some(Tongue::En) => self.english_words(entry, role),
            None => self.category_words(entry, role),
        };
        PurposeWords {
            id: purpose.id.clone(),
            title,
            description,
            data,
            retention: self.retention(purpose, text),
            recipients: self.recipients(entry),
            basis: self.basis(purpose, role),
            cookies: self
                .register
                .cookies_of(&purpose.id)
                .map(|cookie| self.cookie(cookie))
                .collect(),
        }
    }

    fn swedish_words(&self, text: &PurposeText) -> (String, String, String) {
        (
            text.title_sv.clone(),
            self.stated(&text.purpose_sv, "; "),
            self.stated(&text.data_categories_sv, ", "),
        )
    }

    /// The register may lack English words. For the terminal the category's words fill the gap; elsewhere the title and
    /// the Swedish words do.
    fn english_words(&self, entry: Entry<'_>, role: Role) -> (String, String, String) {
        let (purpose, text) = entry;
        let draft = &self.words.draft;
        let is_about_terminal = self.about == About::Terminal;
        let of_category = draft.descriptions.of(self.category(purpose, role));
        let description = match &text.purpose_en {
            Some(stated) => stated.clone(),
            None if is_about_terminal => of_category.to_owned(),
            None => text.title_en.clone(),
        };
        let data = match text.data_categories_en.as_slice() {
            [] if is_about_terminal => draft.data.clone(),
            [] => self.stated(&text.data_categories_sv, ", "),
            stated => stated.join(", "),
        };
        (text.title_en.clone(), description, data)
    }

    fn stated(&self, list: &[String], separator: &str) -> String {
        match list {
            [] => self.words.draft.not_stated.clone(),
            list => list.join(separator),
        }
    }

    fn category(&self, purpose: &Purpose, role: Role) -> Category {
        match role {
            Role::Told => Category::Necessary,
            _ => self.register.category(&purpose.id),
        }
    }

    /// A number and the controller's own title distinguish two purposes of one category.
    fn category_words(&self, (purpose, text): Entry<'_>, role: Role) -> (String, String, String) {
        let draft = &self.words.draft;
        let category = self.category(purpose, role);
        let mut title = draft.titles.of(category).to_owned();
        let mut description = draft.descriptions.of(category).to_owned();
        if let Role::Among(number) = role {
            let name = match self.tongue {
                Some(Tongue::Sv) => &text.title_sv,
                _ => &text.title_en,
            };
            title = format!("{title} {number}");
            let name = self.words.isolate(name);
            description = format!("{description} {}", fill(&draft.named, &[("title", &name)]));
        }
        (title, description, draft.data.clone())
    }

    fn basis(&self, purpose: &Purpose, role: Role) -> String {
        let words = &self.words.draft.basis;
        let mode = purpose.check_mode;
        if let (About::Everything, Some(tongue)) = (self.about, self.tongue)
            && purpose.asks_for_the_terminal()
            && mode != CheckMode::TerminalConsentAndObjection
        {
            return phrases::terminal(tongue).to_owned() + phrases::basis(words, tongue, mode);
        }
        let basis = match (self.about, role, self.tongue) {
            _ if mode == CheckMode::Consent && purpose.special_category.needs_ground() => {
                &words.explicit_consent
            }
            (About::Terminal, Role::Told, _) => &words.necessary,
            (About::Everything, _, Some(tongue)) => phrases::basis(words, tongue, mode),
            // A banner asks only for the use of the terminal. It does not ask for processing that then rests on another
            // basis.
            _ => &words.consent,
        };
        basis.to_owned()
    }

    /// The controller's own words in Swedish; in other languages the retention rules for the controller's own data.
    fn retention(&self, purpose: &Purpose, text: &PurposeText) -> String {
        if self.own == Some(Tongue::Sv) && !text.retention_sv.is_empty() {
            return text.retention_sv.join("; ");
        }
        let rules: Vec<String> = purpose
            .retention
            .iter()
            .filter(|rule| rule.applies_to.is_none())
            .filter_map(|rule| Rule::parse(&rule.rule).ok())
            .map(|rule| describe::rule(&rule, self.words))
            .collect();
        if rules.is_empty() {
            self.words.draft.not_stated.clone()
        } else {
            rules.join(self.words.semicolon())
        }
    }

    fn recipients(&self, entry: Entry<'_>) -> String {
        let all = self.receivers(entry);
        let list: Vec<String> = all.iter().map(|one| self.receiver(*one, true)).collect();
        if list.is_empty() {
            self.words.draft.nobody.clone()
        } else {
            list.join(self.words.comma())
        }
    }

    /// The recipients of a purpose, without duplicates: its declared recipients, those of its cookies, and those in the
    /// register's free text.
    fn receivers<'e>(&'e self, (purpose, text): Entry<'e>) -> Vec<Receiver<'e>> {
        let cookies = self.register.cookies_of(&purpose.id);
        let ids = text.recipients.iter();
        let ids = ids.chain(cookies.filter_map(|cookie| cookie.recipient.as_ref()));
        let declared = ids.filter_map(|id| self.register.recipient(id));
        let spoken = text.recipients_sv.iter();
        let spoken = spoken.chain(&self.register.recipients_sv);
        let mut all: Vec<Receiver<'_>> = Vec::new();
        for receiver in declared
            .map(Receiver::declared)
            .chain(spoken.map(|name| Receiver::spoken(name)))
        {
            if !all.iter().any(|known| known.is_same(receiver)) {
                all.push(receiver);
            }
        }
        all
    }

    fn receiver(&self, receiver: Receiver<'_>, with_country: bool) -> String {
        let country = receiver.country.filter(|_| with_country);
        let mut about: Vec<&str> = country.into_iter().collect();
        if let Some(code) = about.first_mut() {
            *code = self.words.country(code);
        }
        if receiver.is_outside_eea {
            about.push(&self.words.draft.outside_eea);
        }
        let name = match receiver.name {
            name if receiver.is_spoken => self.spoken(name),
            name => self.words.isolate(name),
        };
        if about.is_empty() {
            name
        } else {
            format!("{name} ({})", about.join(self.words.comma()))
        }
    }

    /// The register's words on a recipient: as they are in Swedish, otherwise quoted.
    fn spoken(&self, text: &str) -> String {
        let draft = &self.words.draft;
        let swedish = words::language("sv").expect("Swedish is compiled in");
        if text == swedish.draft.third_party {
            return draft.third_party.clone();
        }
        if self.tongue == Some(Tongue::Sv) {
            return text.to_owned();
        }
        fill(&draft.quoted, &[("title", &self.words.isolate(text))])
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
                (true, Some(who)) => {
                    let name = self.words.isolate(&who.name);
                    fill(&draft.third_party_named, &[("name", &name)])
                }
                (true, None) => draft.third_party.clone(),
                (false, Some(who)) => self.words.isolate(&who.name),
                (false, None) => self.words.isolate(&self.register.controller),
            },
        }
    }
}

/// A recipient of the data.
#[derive(Clone, Copy)]
struct Receiver<'a> {
    name: &'a str,
    country: Option<&'a str>,
    is_outside_eea: bool,
    /// Whether it comes from the register's free text.
    is_spoken: bool,
}

impl<'a> Receiver<'a> {
    fn declared(recipient: &'a Recipient) -> Self {
        let country = recipient.country.as_deref();
        Self {
            name: &recipient.name,
            country,
            is_outside_eea: recipient.transfer != Transfer::None
                || country.is_some_and(|code| !EEA.contains(&code)),
            is_spoken: false,
        }
    }

    fn spoken(name: &'a str) -> Self {
        Self {
            name,
            country: None,
            is_outside_eea: false,
            is_spoken: true,
        }
    }

    /// The register's free text may add a remark in brackets to the name of a declared recipient.
    fn is_same(self, other: Receiver<'_>) -> bool {
        let bare = |name: &str| {
            let name = name.split(" (").next().unwrap_or(name);
            name.trim().trim_end_matches('.').to_lowercase()
        };
        if self.is_spoken || other.is_spoken {
            bare(self.name) == bare(other.name)
        } else {
            self.name == other.name
        }
    }
}
