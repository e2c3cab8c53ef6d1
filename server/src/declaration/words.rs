//! The page's words: the notice says most, the banner's words name the rest, and the language has some for this page alone.

use samtycke_core::register::Terminal;
use samtycke_core::words::{self, DeclarationWords, Direction, LanguageWords, UiWords};

/// The words of one language.
#[derive(Debug, Clone, Copy)]
pub(super) struct Words {
    pub(super) direction: &'static str,
    pub(super) all: &'static LanguageWords,
    pub(super) ui: &'static UiWords,
    pub(super) own: &'static DeclarationWords,
}

impl Words {
    /// The words of this language; English where it has none.
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

    /// What it is, where it is no cookie.
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

/// A language's name for itself.
pub(super) fn own_name(language: &str) -> &str {
    words::language(language).map_or(language, |words| words.name.as_str())
}
