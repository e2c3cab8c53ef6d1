//! The page's own words: few, because the notice says the rest.

use samtycke_core::purpose::Category;
use samtycke_core::register::Terminal;

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub struct Words {
    pub(super) direction: &'static str,
    pub(super) heading: &'static str,
    categories: [&'static str; 4],
    pub(super) always: &'static str,
    pub(super) data: &'static str,
    pub(super) retention: &'static str,
    pub(super) recipients: &'static str,
    pub(super) basis: &'static str,
    pub(super) cookie_name: &'static str,
    pub(super) cookie_lifetime: &'static str,
    pub(super) cookie_party: &'static str,
    pub(super) contact: &'static str,
    pub(super) policy: &'static str,
    storage: &'static str,
    pixel: &'static str,
    fingerprint: &'static str,
    /// Language of the words about samtycke's own cookie, where it is not the page's.
    pub(super) own_lang: Option<&'static str>,
    pub(super) own_title: &'static str,
    pub(super) own_text: &'static str,
    pub(super) thirteen_months: &'static str,
    pub(super) until_closed: &'static str,
    pub(super) until_withdrawn: &'static str,
    how: [&'static str; 2],
}

const SV: Words = Words {
    direction: "ltr",
    heading: "Kakor och liknande teknik",
    categories: ["Nödvändiga", "Inställningar", "Statistik", "Marknadsföring"],
    always: "alltid på",
    data: "Uppgifter",
    retention: "Lagringstid",
    recipients: "Mottagare",
    basis: "Rättslig grund",
    cookie_name: "Namn",
    cookie_lifetime: "Livslängd",
    cookie_party: "Sätts och läses av",
    contact: "Kontakt",
    policy: "Integritetspolicy",
    storage: "lagring i webbläsaren",
    pixel: "spårningspixel",
    fingerprint: "läser av enheten",
    own_lang: None,
    own_title: "Ditt val",
    own_text: "Kommer ihåg vad du har svarat, så att du slipper frågan på varje sida. Sparas när du har svarat, inte före. Har du sagt nej till allt innehåller kakan bara svaret, dagen och vilken text du såg.",
    thirteen_months: "högst 13 månader",
    until_closed: "tills du stänger fliken",
    until_withdrawn: "tills du tar tillbaka allt",
    how: [
        "Så gör du: välj ”",
        "” på någon av webbplatsens sidor. Du kan också rensa kakorna i din webbläsare.",
    ],
};

const EN: Words = Words {
    direction: "ltr",
    heading: "Cookies and similar technology",
    categories: ["Necessary", "Preferences", "Statistics", "Marketing"],
    always: "always on",
    data: "Data",
    retention: "Kept for",
    recipients: "Recipients",
    basis: "Legal basis",
    cookie_name: "Name",
    cookie_lifetime: "Lifetime",
    cookie_party: "Set and read by",
    contact: "Contact",
    policy: "Privacy policy",
    storage: "storage in the browser",
    pixel: "tracking pixel",
    fingerprint: "reads the device",
    own_lang: None,
    own_title: "Your choice",
    own_text: "Remembers what you answered, so that you are not asked on every page. Stored once you have answered, not before. If you said no to everything, the cookie holds only the answer, the day, and which text you saw.",
    thirteen_months: "at most 13 months",
    until_closed: "until you close the tab",
    until_withdrawn: "until you withdraw everything",
    how: [
        "How: choose “",
        "” on any page of the site. You can also clear the cookies in your browser.",
    ],
};

impl Words {
    /// The words of this language; English where there are none.
    pub fn of(language: &str) -> Self {
        match language {
            "sv" => SV,
            "en" => EN,
            _ => Self {
                own_lang: Some("en"),
                ..EN
            },
        }
    }

    pub(super) fn category(&self, category: Category) -> &str {
        match category {
            Category::Necessary => self.categories[0],
            Category::Preferences => self.categories[1],
            Category::Statistics => self.categories[2],
            Category::Marketing => self.categories[3],
        }
    }

    /// What to do, given what the control is called.
    pub(super) fn how(&self, control: &str) -> String {
        format!("{}{control}{}", self.how[0], self.how[1])
    }

    /// What it is, where it is no cookie.
    pub(super) fn kind(&self, terminal: Terminal) -> &str {
        match terminal {
            Terminal::Cookie => "",
            Terminal::Storage => self.storage,
            Terminal::Pixel => self.pixel,
            Terminal::Fingerprint => self.fingerprint,
            Terminal::Sdk => "SDK",
        }
    }
}

/// A language's name in itself.
pub(super) fn own_name(language: &str) -> &str {
    match language {
        "sv" => "Svenska",
        "en" => "English",
        other => other,
    }
}
