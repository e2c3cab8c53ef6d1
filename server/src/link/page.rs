//! The page of a link: each question with its two answers, or the answer with its receipt. It has no script.

use maud::{DOCTYPE, Markup, html};
use samtycke_core::id::{EventId, Language};
use samtycke_core::notice::{NoticeText, PurposeWords, Variant};
use samtycke_core::wire::format_rfc3339;
use samtycke_core::words::{Direction, UiWords};

use super::status::{Cause, Status};
use super::words::Words;
use crate::page::StyleSheet;

/// The page's style sheet.
pub static STYLE: StyleSheet = StyleSheet::new("link", include_str!("style.css"));

/// From this many languages on their list is folded.
const LANGUAGES_FOLDED: usize = 6;

/// What the page shows.
#[derive(Debug)]
pub(super) struct Page {
    /// The last part of the page's address.
    pub path: String,
    /// The notice's text in the page's language.
    pub text: NoticeText,
    /// The languages that the page has.
    pub languages: Vec<Language>,
    /// What the answers are limited to; `None` for everything.
    pub limit: Option<Limit>,
    /// The questions, in order.
    pub questions: Vec<Question>,
    /// Whether a question can still be answered.
    pub is_open: bool,
}

/// What a question is limited to.
#[derive(Debug)]
pub(super) enum Limit {
    /// One recipient, vendor or site, by its name or code.
    One(String),
    /// A campaign's medium and surface.
    Campaign {
        /// The campaign's code.
        campaign: String,
        /// The medium's code, such as photo.
        medium: String,
        /// The surface's code, such as web.
        surface: String,
    },
}

/// The page's own words. A language without them has those in English, marked as English.
#[derive(Clone, Copy)]
struct Own {
    words: &'static Words,
    ui: Option<&'static UiWords>,
}

impl Own {
    fn of(language: &str, variant: Variant) -> Self {
        let is_own = ["sv", "en"].contains(&language.split('-').next().unwrap_or_default());
        let found = samtycke_core::words::language(language).filter(|_| !is_own);
        Self {
            words: Words::of(language, variant),
            ui: found.map(|found| &found.ui),
        }
    }

    /// A text of the page.
    fn say(self, text: &str) -> Markup {
        html! {
            @if self.ui.is_some() { bdi lang="en" dir="ltr" { (text) } } @else { (text) }
        }
    }

    /// A name that other pages have too, in all languages.
    fn name(self, own: &'static str, all: fn(&'static UiWords) -> &'static String) -> &'static str {
        self.ui.map_or(own, |ui| all(ui).as_str())
    }
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
    /// What was answered, and whether it counts.
    pub status: Status,
    /// When it was recorded; Unix milliseconds.
    pub at: i64,
    /// The event's id.
    pub event_id: EventId,
    /// SHA-256 of the event's leaf; hex.
    pub leaf_hash: String,
    /// Its index in the log.
    pub index: u64,
}

/// The title of a window, which stands in the browser's history and on a shared screen: it names no service.
pub(super) struct Title {
    /// The text.
    pub text: &'static str,
    /// Its language, where it is not the page's.
    pub language: Option<&'static str>,
}

/// Renders the page.
pub(super) fn render(page: &Page) -> String {
    let language = page.text.language.as_str();
    let own = Own::of(language, page.text.variant);
    let words = own.words;
    let body = html! {
        header { div {
            p.who { (page.text.contact.controller) }
            h1 { (page.text.title) }
            @if page.is_open && page.questions.iter().any(|question| question.answered.is_none()) {
                p.lead { (own.say(words.lead)) }
            }
            (languages(page))
        } }
        main id="main" tabindex="-1" {
            @for question in &page.questions { (asked(page, question, own)) }
            section aria-labelledby="keep" {
                h2 id="keep" { (own.name(words.contact, |ui| &ui.contact)) }
                p { (page.text.contact.controller) }
                @for line in [&page.text.contact.contact, &page.text.contact.dpo_contact].into_iter().flatten() {
                    p { (line) }
                }
                p { (page.text.withdraw) }
                p { (own.say(words.keep)) }
            }
            section aria-labelledby="rights" {
                h2 id="rights" { (own.say(words.rights)) }
                p { (page.text.rights) }
            }
        }
    };
    let title = Title {
        text: words.window,
        language: own.ui.map(|_| "en"),
    };
    document(language, &title, "..", &body)
}

/// A whole document. `root` leads from its address to the server's root.
pub(super) fn document(language: &str, title: &Title, root: &str, body: &Markup) -> String {
    let found = samtycke_core::words::language(language);
    let direction = match found.map(|found| found.direction) {
        Some(Direction::Rtl) => "rtl",
        Some(Direction::Ltr) | None => "ltr",
    };
    html! {
        (DOCTYPE)
        html lang=(language) dir=(direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="robots" content="noindex";
                title lang=[title.language] { (title.text) }
                link rel="icon" href="data:,";
                link rel="stylesheet" href={ (root) (STYLE.path()) };
            }
            body { (body) }
        }
    }
    .into_string()
}

fn languages(page: &Page) -> Markup {
    let current = page.text.language.as_str();
    let list = html! {
        ul.languages {
            @for language in &page.languages {
                li { a href={ "?lang=" (language) } hreflang=(language) lang=(language)
                    aria-current=[(language.as_str() == current).then_some("page")] { (name_of(language)) } }
            }
        }
    };
    html! {
        @match page.languages.len() {
            0 | 1 => {}
            // The questions are what the page is for: a long list folds.
            LANGUAGES_FOLDED.. => details.others { summary { (name_of(&page.text.language)) } (list) },
            _ => (list),
        }
    }
}

fn name_of(language: &Language) -> String {
    samtycke_core::words::language(language.as_str())
        .map_or_else(|| language.to_string(), |found| found.name.clone())
}

fn asked(page: &Page, question: &Question, own: Own) -> Markup {
    let words = own.words;
    let id = question.words.id.as_str();
    html! {
        article aria-labelledby=(id) {
            h2 id=(id) { (question.words.title) }
            p { (question.words.description) }
            (limited(page, own))
            (details(&question.words, own))
            @match &question.answered {
                None if page.is_open => {
                    form.answers method="post" action={ "?lang=" (page.text.language) } {
                        (hidden(page, id))
                        button name="answer" value="no" { (own.say(words.no)) }
                        button name="answer" value="yes" { (own.say(words.yes)) }
                    }
                }
                None => { p.status { (own.say(words.closed)) } }
                Some(answer) => { (answered(page, question, answer, own)) }
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

fn answered(page: &Page, question: &Question, answer: &Answered, own: Own) -> Markup {
    let words = own.words;
    html! {
        p.status role="status" { (own.say(said(answer.status, words))) }
        section.receipt {
            h3 { (own.say(words.receipt)) }
            dl {
                div { dt { (own.say(words.when)) } dd { time datetime=(format_rfc3339(answer.at)) { bdi { (minute(answer.at)) } } } }
                div { dt { (own.say(words.event)) } dd { code dir="ltr" { (answer.event_id) } } }
                div { dt { (own.say(words.leaf)) } dd { code dir="ltr" { (answer.index) " " (answer.leaf_hash) } } }
            }
        }
        @if question.can_take_back {
            form.answers method="post" action={ (page.path) "/withdrawal?lang=" (page.text.language) } {
                (hidden(page, question.words.id.as_str()))
                button { (own.say(words.take_back)) }
            }
        }
    }
}

fn said(status: Status, words: &'static Words) -> &'static str {
    match status {
        Status::Granted => words.said_yes,
        Status::AwaitsGuardian => words.awaits_guardian,
        Status::AwaitsAge => words.awaits_age,
        Status::TakenBack => words.taken_back,
        Status::Refused => words.said_no,
        Status::GrantedSince => words.granted_since,
        Status::WithoutEffect(Cause::OtherRefusal) => words.other_refusal,
        Status::WithoutEffect(Cause::NewerRefusal) => words.newer_refusal,
        Status::WithoutEffect(Cause::NoticeChanged) => words.notice_changed,
        Status::WithoutEffect(Cause::Ended) => words.ended,
        Status::WithoutEffect(Cause::Expired) => words.expired,
        Status::WithoutEffect(Cause::Other) => words.without_effect,
    }
}

/// What the answer is limited to: the company that receives the data, or the campaign that shows the picture.
fn limited(page: &Page, own: Own) -> Markup {
    let text = match &page.limit {
        None => return html! {},
        Some(Limit::One(name)) => html! { bdi { (name) } },
        Some(Limit::Campaign {
            campaign,
            medium,
            surface,
        }) => {
            let place = [own.words.of_code(medium), own.words.of_code(surface)];
            html! { bdi { (campaign) } " (" (own.say(&place.join(", "))) ")" }
        }
    };
    html! { p.limit { (own.say(own.words.only)) " " strong { (text) } } }
}

fn details(purpose: &PurposeWords, own: Own) -> Markup {
    let words = own.words;
    let lines = [
        (own.name(words.data, |ui| &ui.data), &purpose.data),
        (
            own.name(words.retention, |ui| &ui.retention),
            &purpose.retention,
        ),
        (
            own.name(words.recipients, |ui| &ui.recipients),
            &purpose.recipients,
        ),
        (own.name(words.basis, |ui| &ui.basis), &purpose.basis),
    ];
    html! {
        details {
            summary { (own.name(words.details, |ui| &ui.details)) }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects a reader whose language has no words of the page: a screen reader speaks them as English, from the left.
    #[test]
    fn words_in_english_are_marked_on_a_page_in_arabic() {
        let arabic = Own::of("ar", Variant::Adult);
        let said = arabic.say(arabic.words.yes).into_string();
        assert!(said.starts_with("<bdi lang=\"en\" dir=\"ltr\">"), "{said}");
        assert_eq!(arabic.name("Data", |ui| &ui.data), "البيانات");
        let swedish = Own::of("sv", Variant::Child);
        assert_eq!(swedish.say(swedish.words.yes).into_string(), "Ja");
    }
}
