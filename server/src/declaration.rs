//! The page that declares what a site stores on and reads from its visitors' devices (LEK 9 kap. 28 §; law.md L19).
//!
//! Its data come from the live register and its texts from the site's current notice, so the page and the banner agree.
//! Rendering is pure. The page has no script and no inline style.

pub mod live;
pub mod routes;
mod words;

use maud::{DOCTYPE, Markup, html};
use samtycke_core::cookie;
use samtycke_core::id::PublicSiteId;
use samtycke_core::notice::{NoticeText, PurposeWords};
use samtycke_core::purpose::Category;
use samtycke_core::register::Terminal;
use samtycke_core::retention::CalendarDuration;

use self::words::Words;
use crate::page::StyleSheet;
use samtycke_core::wire::format_rfc3339;

/// The page's style sheet.
pub static STYLE: StyleSheet =
    StyleSheet::new("declaration", include_str!("declaration/style.css"));

/// Longest lifetime of the consent cookie.
const COOKIE_LIVES: CalendarDuration = CalendarDuration::of_months(13);

/// The page's contents.
#[derive(Debug, Clone)]
pub struct Declaration {
    /// Name of the site.
    pub site: String,
    /// Public id of the site, the last part of its cookie's name.
    pub site_id: PublicSiteId,
    /// Address of the site, for a link back.
    pub home: Option<String>,
    /// Text of the notice in the page's language.
    pub text: NoticeText,
    /// Languages of the notice; the page is available in each.
    pub languages: Vec<String>,
    /// Version of the notice.
    pub version: u64,
    /// When the notice went live; Unix milliseconds.
    pub since: i64,
    /// Purposes that use the terminal.
    pub entries: Vec<Entry>,
    /// Other purposes in the notice: they have other grounds than consent, so no banner asks about them.
    pub others: Vec<Entry>,
}

/// One purpose that uses the terminal.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Category of the purpose.
    pub category: Category,
    /// Title, description, data and the rest.
    pub words: PurposeWords,
    /// Cookies and other uses of the terminal.
    pub uses: Vec<Use>,
    /// Whether people can object to it (GDPR Art. 21).
    pub takes_objection: bool,
}

/// One cookie, or another use of the terminal.
#[derive(Debug, Clone)]
pub struct Use {
    /// Name of the cookie or storage entry.
    pub name: String,
    /// Lifetime in words.
    pub lifetime: String,
    /// Party that sets or reads it, in words.
    pub party: String,
    /// Kind of terminal use.
    pub terminal: Terminal,
}

/// Renders the whole page.
pub fn render(declaration: &Declaration) -> String {
    let text = &declaration.text;
    let language = text.language.as_str();
    let words = Words::of(language);
    let title = format!("{} – {}", words.own.heading, declaration.site);
    html! {
        (DOCTYPE)
        html lang=(language) dir=(words.direction) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
                link rel="icon" href="data:,";
                // Relative, because a site may serve this page below its own path.
                link rel="stylesheet" href={ ".." (STYLE.path()) };
                @for other in declaration.languages.iter().filter(|other| *other != language) {
                    link rel="alternate" hreflang=(other) href={ "?language=" (other) };
                }
            }
            body {
                (header(declaration, &words))
                main id="main" tabindex="-1" {
                    @for category in Category::ALL { (section(declaration, &words, category)) }
                    (others(declaration, &words))
                    section aria-labelledby="withdraw" {
                        h2 id="withdraw" { (text.labels.reopen) }
                        p { (text.withdraw) }
                        @if !text.purposes.is_empty() {
                            p { (words.all.how_to_reopen(&text.labels.reopen)) }
                        }
                        @if let Some(home) = &declaration.home {
                            p { a.go href=(home) rel="noreferrer" { (declaration.site) } }
                        }
                    }
                    (contact(text, &words))
                }
                footer { p {
                    (declaration.site) " · v" (declaration.version) " · "
                    time datetime=(format_rfc3339(declaration.since)) { (day(declaration.since)) }
                } }
            }
        }
    }
    .into_string()
}

fn header(declaration: &Declaration, words: &Words) -> Markup {
    let text = &declaration.text;
    html! {
        a.skip href="#main" { (words.own.heading) }
        header {
            div {
                p.who { (text.contact.controller) }
                h1 { (words.own.heading) }
                p.lead { (text.intro) }
                @if declaration.languages.len() > 1 {
                    ul.languages {
                        @for other in &declaration.languages {
                            li {
                                @let is_this = other == text.language.as_str();
                                a href={ "?language=" (other) } hreflang=(other) lang=(other)
                                    aria-current=[is_this.then_some("page")] { (words::own_name(other)) }
                            }
                        }
                    }
                }
            }
        }
    }
}

fn section(declaration: &Declaration, words: &Words, category: Category) -> Markup {
    let entries: Vec<&Entry> = declaration
        .entries
        .iter()
        .filter(|entry| entry.category == category)
        .collect();
    let is_necessary = category == Category::Necessary;
    let asks = !declaration.text.purposes.is_empty();
    let has_own = is_necessary && asks;
    html! {
        @if has_own || !entries.is_empty() {
            section aria-labelledby=(category.as_str()) {
                h2 id=(category.as_str()) {
                    (words.ui.categories.of(category))
                    @if is_necessary { " " span.always { (words.ui.always) } }
                }
                @if has_own { (own(declaration, words)) }
                @for entry in entries { (purpose(entry, declaration, words)) }
            }
        }
    }
}

/// Purposes without a question, each with its ground.
fn others(declaration: &Declaration, words: &Words) -> Markup {
    html! {
        @if !declaration.others.is_empty() {
            section aria-labelledby="others" {
                h2 id="others" { (words.ui.others) }
                @for entry in &declaration.others { (purpose(entry, declaration, words)) }
            }
        }
    }
}

/// How and where to object (GDPR Art. 21(4): stated explicitly, and apart from other information).
fn objection(declaration: &Declaration, words: &Words) -> Markup {
    let contact = &declaration.text.contact;
    let to = [&contact.contact, &contact.dpo_contact];
    let mut to: Vec<&str> = to.into_iter().flatten().map(String::as_str).collect();
    if to.is_empty() {
        to.push(&contact.controller);
    }
    html! {
        p.object {
            strong { (words.own.object) } " "
            a href="#contact" { (words.all.object_to(&to)) }
        }
    }
}

fn purpose(entry: &Entry, declaration: &Declaration, words: &Words) -> Markup {
    let own = &entry.words;
    let facts = [
        (&words.ui.data, &own.data),
        (&words.ui.retention, &own.retention),
        (&words.ui.recipients, &own.recipients),
        (&words.ui.basis, &own.basis),
    ];
    html! {
        article {
            h3 { (own.title) }
            @if own.description != own.title { p { (own.description) } }
            @if !entry.uses.is_empty() {
                (table(entry.uses.iter().map(|used| (used, words.kind(used.terminal))), words))
            }
            dl {
                @for (label, value) in facts {
                    div { dt { (label) } dd { (value) } }
                }
            }
            @if entry.takes_objection { (objection(declaration, words)) }
        }
    }
}

/// What samtycke itself stores to remember the decision.
fn own(declaration: &Declaration, words: &Words) -> Markup {
    let own = words.own;
    let mine = |name: &str, lifetime: &str, terminal| Use {
        name: name.to_owned(),
        lifetime: lifetime.to_owned(),
        party: declaration.text.contact.controller.clone(),
        terminal,
    };
    let cookie = cookie::name(&declaration.site_id);
    let longest = words.all.at_most(COOKIE_LIVES);
    // The same name in the tab's storage and in the browser's.
    let kept = format!("samtycke-1:{}", declaration.site_id);
    let rows = [
        (mine(&cookie, &longest, Terminal::Cookie), ""),
        (
            mine(&kept, &own.until_closed, Terminal::Storage),
            own.in_tab.as_str(),
        ),
        (
            mine(&kept, &own.until_withdrawn, Terminal::Storage),
            own.in_browser.as_str(),
        ),
    ];
    html! {
        article {
            h3 { (own.choice) }
            p { (own.choice_text) }
            (table(rows.iter().map(|(used, kind)| (used, *kind)), words))
        }
    }
}

/// A table of terminal uses, with the kind of each use that is not a cookie.
fn table<'a>(rows: impl Iterator<Item = (&'a Use, &'a str)>, words: &Words) -> Markup {
    html! {
        table role="table" {
            thead role="rowgroup" { tr role="row" {
                @for head in [&words.ui.cookie_name, &words.ui.cookie_lifetime, &words.ui.cookie_party] {
                    th role="columnheader" scope="col" { (head) }
                }
            } }
            tbody role="rowgroup" {
                @for (used, kind) in rows {
                    tr role="row" {
                        th role="rowheader" scope="row" {
                            code translate="no" dir="ltr" { (used.name) }
                            span.kind { (kind) }
                        }
                        td role="cell" data-l=(words.ui.cookie_lifetime) { (used.lifetime) }
                        td role="cell" data-l=(words.ui.cookie_party) { (used.party) }
                    }
                }
            }
        }
    }
}

fn contact(text: &NoticeText, words: &Words) -> Markup {
    let contact = &text.contact;
    let ways = [&contact.contact, &contact.dpo_contact];
    html! {
        section aria-labelledby="contact" {
            h2 id="contact" { (words.ui.contact) }
            p { (contact.controller) }
            @for way in ways.into_iter().flatten() { p { (address(way)) } }
            @if let Some(url) = &contact.policy_url {
                // An address with another scheme could run a script or open a program.
                @if url.starts_with("https://") { p { a href=(url) rel="noreferrer" { (words.ui.policy) } } }
            }
            p { (text.rights) }
        }
    }
}

/// A contact; a link if it is an address.
fn address(way: &str) -> Markup {
    let is_plain = !way.contains(|c: char| c.is_whitespace() || "<>\"'".contains(c));
    html! {
        @if is_plain && way.starts_with("https://") { a href=(way) rel="noreferrer" { (way) } }
        @else if is_plain && way.contains('@') && !way.contains(':') { a href={ "mailto:" (way) } { (way) } }
        @else { (way) }
    }
}

fn day(ms: i64) -> String {
    format_rfc3339(ms).chars().take(10).collect()
}

#[cfg(test)]
mod tests;
