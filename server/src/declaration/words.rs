//! The page's texts: most come from the notice, some from the banner's words, and a few exist for this page only.

use samtycke_core::register::Terminal;
use samtycke_core::words::{self, DeclarationWords, Direction, LanguageWords, UiWords};

/// The texts of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) direction: &'static str,
    pub(super) all: &'static LanguageWords,
    pub(super) ui: &'static UiWords,
    pub(super) own: &'static DeclarationWords,
}

impl Words {
    /// The texts of a language; falls back to English.
    pub(super) fn of(language: &str) -> Self {
        let all = words::language(language)
            .or_else(|| words::language("en"))
            .expect("English is compiled in");
        Self {
            direction: match all.direction {
                Direction::Ltr => "ltr",
                Direction::Rtl => "rtl",
            },
            all,
            ui: &all.ui,
            own: &all.declaration,
        }
    }

    /// The kind of terminal use, for uses other than cookies.
    pub(super) fn kind(&self, terminal: Terminal) -> &'static str {
        match terminal {
            Terminal::Cookie => "",
            Terminal::Storage => &self.own.in_browser,
            Terminal::Pixel => &self.own.pixel,
            Terminal::Fingerprint => &self.own.fingerprint,
            Terminal::Sdk => "SDK",
        }
    }
}

/// A language's own name for itself.
pub(super) fn own_name(language: &str) -> &str {
    words::language(language).map_or(language, |words| words.name.as_str())
}
