//! The page's words: the notice says most, the banner's words name the rest, and what only this page says stands here.

use samtycke_core::register::Terminal;
use samtycke_core::words::{self, Direction, UiWords};

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) direction: &'static str,
    pub(super) ui: &'static UiWords,
    own: Option<&'static Own>,
}

/// What only this page says.
#[derive(Debug)]
pub(super) struct Own {
    heading: &'static str,
    storage: &'static str,
    pixel: &'static str,
    fingerprint: &'static str,
    pub(super) choice_title: &'static str,
    pub(super) choice_text: &'static str,
    pub(super) thirteen_months: &'static str,
    pub(super) until_closed: &'static str,
    pub(super) until_withdrawn: &'static str,
    pub(super) object: &'static str,
    pub(super) object_to: &'static str,
    how: [&'static str; 2],
}

const SV: Own = Own {
    heading: "Kakor och liknande teknik",
    storage: "lagring i webbläsaren",
    pixel: "spårningspixel",
    fingerprint: "läser av enheten",
    choice_title: "Ditt val",
    choice_text: "Kommer ihåg vad du har svarat, så att du slipper frågan på varje sida. Sparas när du har svarat, inte före. Har du sagt nej till allt innehåller kakan bara svaret, dagen och vilken text du såg.",
    thirteen_months: "högst 13 månader",
    until_closed: "tills du stänger fliken",
    until_withdrawn: "tills du tar tillbaka allt",
    object: "Du har rätt att invända mot detta när som helst.",
    object_to: "Hör av dig till",
    how: [
        "Så gör du: välj ”",
        "” på någon av webbplatsens sidor. Du kan också rensa kakorna i din webbläsare.",
    ],
};

const EN: Own = Own {
    heading: "Cookies and similar technology",
    storage: "storage in the browser",
    pixel: "tracking pixel",
    fingerprint: "reads the device",
    choice_title: "Your choice",
    choice_text: "Remembers what you answered, so that you are not asked on every page. Stored once you have answered, not before. If you said no to everything, the cookie holds only the answer, the day, and which text you saw.",
    thirteen_months: "at most 13 months",
    until_closed: "until you close the tab",
    until_withdrawn: "until you withdraw everything",
    object: "You have the right to object to this at any time.",
    object_to: "Contact",
    how: [
        "How: choose “",
        "” on any page of the site. You can also clear the cookies in your browser.",
    ],
};

impl Words {
    /// The words of this language; English where it has none.
    pub(super) fn of(language: &str) -> Self {
        let words = words::language(language)
            .or_else(|| words::language("en"))
            .expect("English is compiled in");
        Self {
            direction: match words.direction {
                Direction::Ltr => "ltr",
                Direction::Rtl => "rtl",
            },
            ui: &words.ui,
            own: match language {
                "sv" => Some(&SV),
                "en" => Some(&EN),
                _ => None,
            },
        }
    }

    pub(super) fn heading(&self) -> &'static str {
        self.own.map_or(self.ui.cookies.as_str(), |own| own.heading)
    }

    /// What only this page says, in English where that has not been translated.
    pub(super) fn own(&self) -> &'static Own {
        self.own.unwrap_or(&EN)
    }

    /// The language and direction of [`Words::own`], where they are not the page's.
    pub(super) fn own_lang(&self) -> Option<[&'static str; 2]> {
        self.own.is_none().then_some(["en", "ltr"])
    }
}

impl Own {
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

/// A language's name for itself.
pub(super) fn own_name(language: &str) -> &str {
    words::language(language).map_or(language, |words| words.name.as_str())
}
