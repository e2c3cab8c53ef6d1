//! One controller's section: its register as a table, or as a list of cards on narrow screens.
//!
//! The style sheet turns the rows into blocks there, and some browsers then ignore the table's semantics. The ARIA
//! roles restore them.

use maud::{Markup, html};

use crate::home::answer::{self, Verdict, first_answer};
use crate::home::format::{segment, soften};
use crate::home::glyph::Ground;
use crate::home::{Controller, Page, Purpose, Special, State, Today, log};

/// The whole section of a controller.
pub(super) fn section(controller: &Controller, page: Page) -> Markup {
    let w = page.w;
    let anchor = segment(&controller.tenant);
    html! {
        section.controller id=(anchor) aria-labelledby={ (anchor) "-h" } {
            h2 id={ (anchor) "-h" } { (controller.name) }
            (facts(controller, page))
            h3 id={ (anchor) "-p" } { (w.purposes_title) }
            p.note { (w.translation_note) " " (w.today_note) }
            (table(controller, &anchor, page))
            @if controller.purposes.iter().any(|p| p.today == Today::Withheld) {
                p.note { (w.withheld_note) }
            }
            (log::panel(controller, page))
            p.back { a href="#top" { (w.to_top) } }
        }
    }
}

fn facts(controller: &Controller, page: Page) -> Markup {
    let w = page.w;
    html! {
        dl.about {
            div { dt { (w.site) } dd { (controller.site) } }
            div { dt { (w.tenant) } dd { code { (controller.tenant) } } }
            div {
                dt { (w.register) ", " (w.version_n) " " (controller.register_version) }
                dd { code { (controller.register_hash) } }
            }
            div {
                dt { (w.notice) }
                dd {
                    @match &controller.notice_hash {
                        Some(hash) => code { (hash) },
                        None => (w.no_notice),
                    }
                }
            }
            @if let Some(served) = controller.served {
                div { dt { (w.served) } dd { (page.f.count(served)) } }
            }
        }
        @for site in &controller.quota_reached {
            p.note role="alert" { strong { (site) } ": " (w.quota_reached) }
        }
    }
}

fn table(controller: &Controller, anchor: &str, page: Page) -> Markup {
    let w = page.w;
    let heads = [w.col_purpose, w.col_basis, w.col_answer, w.col_retention];
    html! {
        table.purposes role="table" aria-labelledby={ (anchor) "-p " (anchor) "-h" } {
            thead role="rowgroup" {
                tr role="row" {
                    @for head in heads { th scope="col" role="columnheader" { (head) } }
                    @for head in [w.col_given, w.col_refused, w.col_withdrawn] {
                        th.n scope="col" role="columnheader" { (head) }
                    }
                }
            }
            tbody role="rowgroup" {
                @for purpose in &controller.purposes { (row(purpose, page)) }
            }
        }
    }
}

fn row(purpose: &Purpose, page: Page) -> Markup {
    let w = page.w;
    let ground = Ground::of(purpose);
    html! {
        tr role="row" {
            th scope="row" role="rowheader" {
                span.title { (soften(page.title(purpose))) }
                code { (purpose.id) }
                span.marks {
                    span { (ground.icon()) " " (ground.state(w)) }
                    @if let Some(text) = special(purpose, page) { span.special { (text) } }
                }
            }
            td role="cell" data-l=(w.col_basis) {
                @if page.basis(purpose).is_empty() { span.none { (w.not_stated) } } @else { (page.basis(purpose)) }
            }
            td role="cell" data-l=(w.col_answer) { (answer_cell(purpose, page)) }
            td role="cell" data-l=(w.col_retention) lang=[retention_lang(purpose, page)] {
                @if purpose.retention_sv.is_empty() { span.none { (w.not_stated) } }
                @for text in &purpose.retention_sv { span.line { (text) } }
            }
            (counts(purpose, page))
        }
    }
}

fn special(purpose: &Purpose, page: Page) -> Option<&'static str> {
    match purpose.special {
        Special::No => None,
        Special::Unknown => Some(page.w.special_unknown),
        Special::Possible => Some(page.w.special_possible),
        Special::Yes => Some(page.w.special_yes),
    }
}

fn retention_lang(purpose: &Purpose, page: Page) -> Option<&'static str> {
    if purpose.retention_sv.is_empty() {
        None
    } else {
        page.swedish()
    }
}

fn answer_cell(purpose: &Purpose, page: Page) -> Markup {
    let w = page.w;
    let first = first_answer(purpose);
    let (class, word) = match first.verdict {
        Verdict::Yes => ("v yes", w.verdict_yes),
        Verdict::Ask => ("v ask", w.verdict_ask),
        Verdict::No => ("v no", w.verdict_no),
    };
    html! {
        span class=(class) { (word) } " "
        code { (first.reason) }
        span.line {
            (answer::sentence(purpose, w))
            @if first.reason == "DEPENDENCY_DENIED" {
                @for id in &purpose.depends_on { " " code { (id) } }
                "."
            }
            @match &purpose.state {
                State::Incomplete { why } => {
                    @for (i, code) in why.iter().enumerate() {
                        @let (text, detail) = answer::why(code, w);
                        @if i > 0 { "," } " " (text)
                        @if let Some(detail) = detail { " (" code { (detail) } ")" }
                    }
                    "."
                }
                State::Processor { pointer } if !pointer.is_empty() => { " " (pointer) }
                _ => {}
            }
        }
    }
}

/// Three cells of equal weight: the page shows refusals as prominently as consents.
fn counts(purpose: &Purpose, page: Page) -> Markup {
    let w = page.w;
    let cell = |label: &str, inner: Markup| {
        html! { td.n role="cell" data-l=(label) { (inner) } }
    };
    let all = |text: &str| {
        html! { td.n role="cell" colspan="3" data-l=(w.today) { span.none { (text) } } }
    };
    match purpose.today {
        Today::Counts {
            given,
            refused,
            withdrawn,
        } => html! {
            (cell(w.col_given, html! { (page.f.count(given)) }))
            (cell(w.col_refused, html! { (page.f.count(refused)) }))
            (cell(w.col_withdrawn, html! { (page.f.count(withdrawn)) }))
        },
        Today::NotAsked => all(w.not_asked),
        Today::Withheld => all(w.withheld),
    }
}
