//! The page of a link: each question with its two answers, or the answer with its receipt. It has no script.

use maud::{DOCTYPE, Markup, html};
use samtycke_core::id::{EventId, Language};
use samtycke_core::notice::{NoticeText, PurposeWords, Variant};
use samtycke_core::wire::format_rfc3339;
use samtycke_core::words::Direction;

use super::words::Words;
use crate::page::StyleSheet;

/// The page's style sheet.
pub static STYLE: StyleSheet = StyleSheet::new("link", include_str!("style.css"));

/// What the page shows.
#[derive(Debug)]
pub(super) struct Page {
    /// The last part of the page's address.
    pub path: String,
    /// The notice's text in the page's language.
    pub text: NoticeText,
    /// The languages that the page has.
    pub languages: Vec<Language>,
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// Whether a question can still be answered.
    pub is_open: bool,
}

/// One question.
#[derive(Debug)]
pub(super) struct Question {
    /// The purpose in the notice's words.
    pub words: PurposeWords,
    /// The answer that was given on this page.
    pub answered: Option<Answered>,
    /// Whether a grant stands that can be taken back.
    pub can_take_back: bool,
}

/// An answer that is on record.
#[derive(Debug)]
pub(super) struct Answered {
    /// Whether it granted.
    pub granted: bool,
    /// When it was recorded; Unix milliseconds.
    pub at: i64,
    /// The event's id.
    pub event_id: EventId,
    /// SHA-256 of the event's leaf; hex.
    pub leaf_hash: String,
    /// Its index in the log.
    pub index: u64,
}

/// Renders the page.
pub(super) fn render(page: &Page) -> String {
    let language = page.text.language.as_str();
    let words = Words::of(language, page.text.variant);
    let body = html! {
        header { div {
            p.who { (page.text.contact.controller) }
            h1 { (page.text.title) }
            p.lead { (page.text.intro) }
            p.lead { (words.lead) }
            (languages(page))
        } }
        main id="main" tabindex="-1" {
            @for question in &page.questions { (asked(page, question, words)) }
            section aria-labelledby="keep" {
                h2 id="keep" { (words.contact) }
                p { (page.text.contact.controller) }
                @for line in [&page.text.contact.contact, &page.text.contact.dpo_contact].into_iter().flatten() {
                    p { (line) }
                }
                p { (page.text.withdraw) }
                p { (words.keep) }
            }
            section aria-labelledby="rights" {
                h2 id="rights" { (words.rights) }
                p { (page.text.rights) }
            }
        }
    };
    document(language, words.window, words.direction, &body)
}

/// Renders the page of an address that is no valid link. It does not say which of the reasons applies.
pub(super) fn render_gone(language: &str) -> String {
    let words = Words::of(language, Variant::Adult);
    let language = if std::ptr::eq(words, Words::of("sv", Variant::Adult)) {
        "sv"
    } else {
        "en"
    };
    let body = html! {
        header { div {
            h1 { (words.gone) }
            p.lead { (words.gone_help) }
        } }
    };
    document(language, words.window, words.direction, &body)
}

fn document(language: &str, title: &str, direction: &str, body: &Markup) -> String {
    let direction = match samtycke_core::words::language(language).map(|found| found.direction) {
        Some(Direction::Rtl) => "rtl",
        Some(Direction::Ltr) | None => direction,
    };
    html! {
        (DOCTYPE)
        html lang=(language) dir=(direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title { (title) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href={ ".." (STYLE.path()) };
            }
            body { (body) }
        }
    }
    .into_string()
}

fn languages(page: &Page) -> Markup {
    let current = page.text.language.as_str();
    html! {
        @if page.languages.len() > 1 {
            ul.languages {
                @for language in &page.languages {
                    li { a href={ "?lang=" (language) } hreflang=(language) lang=(language)
                        aria-current=[(language.as_str() == current).then_some("page")] { (name_of(language)) } }
                }
            }
        }
    }
}

fn name_of(language: &Language) -> String {
    samtycke_core::words::language(language.as_str())
        .map_or_else(|| language.to_string(), |found| found.name.clone())
}

fn asked(page: &Page, question: &Question, words: &Words) -> Markup {
    let id = question.words.id.as_str();
    html! {
        article aria-labelledby=(id) {
            h2 id=(id) { (question.words.title) }
            p { (question.words.description) }
            (details(&question.words, words))
            @match &question.answered {
                None if page.is_open => {
                    form.answers method="post" {
                        (hidden(page, id))
                        button name="answer" value="no" { (words.no) }
                        button name="answer" value="yes" { (words.yes) }
                    }
                }
                None => { p.status { (words.closed) } }
                Some(answer) => { (answered(page, question, answer, words)) }
            }
        }
    }
}

fn hidden(page: &Page, purpose: &str) -> Markup {
    html! {
        input type="hidden" name="purpose" value=(purpose);
        input type="hidden" name="lang" value=(page.text.language);
    }
}

fn answered(page: &Page, question: &Question, answer: &Answered, words: &Words) -> Markup {
    let said = match (answer.granted, question.can_take_back) {
        (true, true) => words.said_yes,
        (true, false) => words.taken_back,
        (false, _) => words.said_no,
    };
    html! {
        p.status role="status" { (said) }
        dl.receipt aria-label=(words.receipt) {
            div { dt { (words.when) } dd { time datetime=(format_rfc3339(answer.at)) { (minute(answer.at)) } } }
            div { dt { (words.event) } dd { code { (answer.event_id) } } }
            div { dt { (words.leaf) } dd { code { (answer.index) " " (answer.leaf_hash) } } }
        }
        @if question.can_take_back {
            form.answers method="post" action={ (page.path) "/withdrawal" } {
                (hidden(page, question.words.id.as_str()))
                button { (words.take_back) }
            }
        }
    }
}

fn details(purpose: &PurposeWords, words: &Words) -> Markup {
    let lines = [
        (words.data, &purpose.data),
        (words.retention, &purpose.retention),
        (words.recipients, &purpose.recipients),
        (words.basis, &purpose.basis),
    ];
    html! {
        details {
            summary { (words.details) }
            dl {
                @for (name, text) in lines.into_iter().filter(|(_, text)| !text.is_empty()) {
                    div { dt { (name) } dd { (text) } }
                }
            }
        }
    }
}

/// `2026-11-30 14:05`, in Stockholm.
fn minute(at: i64) -> String {
    let zone = jiff::tz::TimeZone::get("Europe/Stockholm").unwrap_or(jiff::tz::TimeZone::UTC);
    let instant = jiff::Timestamp::from_millisecond(at).unwrap_or_default();
    instant
        .to_zoned(zone)
        .strftime("%Y-%m-%d %H:%M")
        .to_string()
}
