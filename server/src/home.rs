//! The page at `/`: what samtycke is, and the state of every controller's register and log at one time.
//!
//! Rendering is pure: [`render`] takes a [`HomeView`] of plain data and returns the whole document. The page has no
//! script and no inline style, so that [`crate::page::CSP`] can forbid both. It shows the state at `rendered_at`; a
//! reload shows a newer one. The caller decides whether the page shows tenants: a demo does, another server only if its
//! settings say so. The view must contain only public data. Two fields need care for that, [`Log::size`] and
//! [`Purpose::today`]; see their documentation.

mod answer;
mod chart;
mod controller;
mod format;
mod gauges;
mod glyph;
mod log;
mod overview;
pub mod routes;
pub mod state;
mod view;
mod words;

use maud::{DOCTYPE, Markup, html};

pub(crate) use answer::PARTS;
pub use answer::{Answer, Verdict, first_answer};
pub use view::{
    Commands, Controller, HomeView, Hour, Lang, Link, Log, Person, Publication, PublicationKind,
    Purpose, Special, State, Today,
};

use crate::home::format::Format;
use crate::home::words::Words;
use crate::page::StyleSheet;

/// The page's style sheet.
pub static STYLE: StyleSheet = StyleSheet::new("home", include_str!("home/style.css"));

/// The mark of samtycke as an icon: two answers of the same size, side by side. A `data:` URL, because a page without
/// other resources should not need a request for it.
const ICON: &str = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Crect \
                    width='32' height='32' rx='7' fill='%2312343b'/%3E%3Ccircle cx='11' cy='16' r='5' \
                    fill='%23f0c660'/%3E%3Ccircle cx='21' cy='16' r='4' fill='none' stroke='%23f0c660' \
                    stroke-width='2'/%3E%3C/svg%3E";

/// Language, texts and formats, which every part of the page needs.
#[derive(Clone, Copy)]
struct Page {
    lang: Lang,
    w: &'static Words,
    f: Format,
}

impl Page {
    fn title(self, purpose: &Purpose) -> &str {
        match self.lang {
            Lang::Sv => &purpose.title_sv,
            Lang::En => &purpose.title_en,
        }
    }

    fn basis(self, purpose: &Purpose) -> &str {
        match self.lang {
            Lang::Sv => &purpose.basis_sv,
            Lang::En => &purpose.basis_en,
        }
    }

    /// `sv` for Swedish text on a page in another language (WCAG 3.1.2).
    fn swedish(self) -> Option<&'static str> {
        (self.lang == Lang::En).then_some("sv")
    }
}

/// The whole document.
pub fn render(view: &HomeView) -> String {
    let page = Page {
        lang: view.lang,
        w: view.lang.words(),
        f: Format::new(view.lang),
    };
    let w = page.w;
    let other = view.lang.other().as_str();
    html! {
        (DOCTYPE)
        html lang=(view.lang.as_str()) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="description" content=(w.what_it_does);
                title { (view.service) " – " (w.tagline) }
                link rel="stylesheet" href=(STYLE.path());
                link rel="icon" href=(ICON);
                link rel="alternate" hreflang=(other) href={ "?lang=" (other) };
            }
            body id="top" {
                (glyph::symbols())
                a.skip href="#main" { (w.skip) }
                (masthead(view, page))
                main id="main" tabindex="-1" {
                    @if view.shows_tenants {
                        div.band { (overview::hero(view, page)) }
                        (overview::controllers(view, page))
                        (overview::people(view, page))
                        (commands(&view.commands, page))
                        @for controller in &view.controllers { (controller::section(controller, page)) }
                    } @else {
                        div.band { (overview::plain(page)) }
                    }
                }
                (footer(view, page))
            }
        }
    }
    .into_string()
}

fn masthead(view: &HomeView, page: Page) -> Markup {
    let w = page.w;
    let other = page.lang.other().as_str();
    html! {
        header.band { div.masthead {
            a.brand href={ "?lang=" (page.lang.as_str()) } { (glyph::mark()) span { (view.service) } }
            span.version { (w.version) " " (view.version) }
            nav.places aria-label=(w.nav_page) {
                ul {
                    @if view.shows_tenants {
                        li { a href="#controllers" { (w.nav_controllers) } }
                        @if !view.people.is_empty() { li { a href="#people" { (w.nav_people) } } }
                        li { a href="#try" { (w.nav_try) } }
                    }
                    li {
                        a href={ "?lang=" (other) } lang=(other) hreflang=(other) { (w.other_language) }
                    }
                }
            }
        } }
    }
}

fn commands(commands: &Commands, page: Page) -> Markup {
    let w = page.w;
    let steps = [
        (w.record_title, w.record_text, &commands.record),
        (w.check_title, w.check_text, &commands.check),
        (w.prove_title, w.prove_text, &commands.prove),
    ];
    html! {
        section.try id="try" aria-labelledby="try-h" {
            h2 id="try-h" { (w.try_title) }
            p.lead { (w.try_text) }
            ol.steps {
                @for (title, text, command) in steps {
                    li {
                        h3 { (title) }
                        p { (text) }
                        pre translate="no" { code { (command) } }
                    }
                }
            }
        }
    }
}

fn footer(view: &HomeView, page: Page) -> Markup {
    html! {
        footer.foot {
            p { (page.w.limits) }
            @if !view.links.is_empty() {
                nav aria-label=(page.w.nav_more) {
                    ul {
                        @for link in &view.links {
                            @let text = match page.lang {
                                Lang::Sv => &link.text_sv,
                                Lang::En => &link.text_en,
                            };
                            li { a href=(link.href) { (text) } }
                        }
                    }
                }
            }
            p.version {
                (view.service) " " (view.version) " · " (page.w.shown_at) " " (format::time(view.rendered_at))
            }
        }
    }
}

#[cfg(test)]
mod tests;
