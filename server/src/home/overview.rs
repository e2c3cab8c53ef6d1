//! The first screen: what samtycke is, totals, and the controllers side by side.

use maud::{Markup, html};

use crate::home::chart;
use crate::home::format::{self, segment};
use crate::home::glyph::{self, GROUNDS, Ground};
use crate::home::{Controller, HomeView, Lang, Page, Purpose, Today};

/// Headline, two sentences, the totals, and the growth of all logs.
pub(super) fn hero(view: &HomeView, page: Page) -> Markup {
    let w = page.w;
    let purposes = || view.controllers.iter().flat_map(|c| &c.purposes);
    let on_consent = purposes()
        .filter(|p| Ground::of(p) == Ground::Consent)
        .count();
    let facts = [
        (view.controllers.len().to_string(), w.fact_controllers),
        (purposes().count().to_string(), w.fact_purposes),
        (on_consent.to_string(), w.fact_consent),
        (page.f.count(decisions(purposes())), w.fact_today),
    ];
    let size = view
        .controllers
        .iter()
        .fold(0_i64, |sum, c| sum.saturating_add(c.log.size));
    let growth = chart::sum(view.controllers.iter().map(|c| c.log.growth.as_slice()));
    html! {
        section.hero aria-labelledby="h" {
            div.says {
                h1 id="h" { (w.headline) }
                p.lead { (w.what_it_does) " " (w.how_it_proves) }
                dl.facts {
                    @for (number, name) in facts { div { dt { (name) } dd { (number) } } }
                }
            }
            div.ledger {
                p.total { span.label { (w.all_logs) } " " strong { (page.f.count(size)) } }
                (chart::figure("all", w.growth_all, &growth, page))
                p.reload { (w.reload) " " (format::time(view.rendered_at)) "." }
            }
        }
    }
}

/// What samtycke is, with links to further reading: the whole page if tenants are not public.
pub(super) fn plain(page: Page) -> Markup {
    let w = page.w;
    html! {
        section.hero aria-labelledby="h" {
            div.says {
                h1 id="h" { (w.headline) }
                p.lead { (w.what_it_does) " " (w.how_it_proves) }
                p { (w.plain_checkpoint) " " code translate="no" { "/v1/logs/{log}/checkpoint" } }
                p { a href="/docs" { (w.plain_docs) } }
            }
        }
    }
}

/// Every controller as a row of squares, one per purpose.
pub(super) fn controllers(view: &HomeView, page: Page) -> Markup {
    let w = page.w;
    let title = if view.controllers.len() == 5 {
        w.overview_title
    } else {
        w.overview_title_n
    };
    let purposes = || view.controllers.iter().flat_map(|c| &c.purposes);
    let on_consent = purposes()
        .filter(|p| Ground::of(p) == Ground::Consent)
        .count();
    let most = view
        .controllers
        .iter()
        .map(|c| c.purposes.len())
        .max()
        .unwrap_or(0);
    let used: Vec<Ground> = GROUNDS
        .into_iter()
        .filter(|g| {
            view.controllers
                .iter()
                .flat_map(|c| &c.purposes)
                .any(|p| Ground::of(p) == *g)
        })
        .collect();
    html! {
        section.overview id="controllers" aria-labelledby="controllers-h" {
            h2 id="controllers-h" { (title) }
            p.lead {
                (w.overview_text) " " (on_consent) " " (w.overview_of) " " (purposes().count()) " " (w.overview_consent)
            }
            ul.legend aria-label=(w.legend) {
                @for ground in used { li { (ground.icon()) " " (ground.name(w)) } }
            }
            ul.rows {
                @for controller in &view.controllers { (row(controller, most, page)) }
            }
        }
    }
}

/// On a demo: the people whose day can be followed, with their controller.
pub(super) fn people(view: &HomeView, page: Page) -> Markup {
    let w = page.w;
    let at = |tenant: &str| {
        let controller = view.controllers.iter().find(|c| c.tenant == tenant);
        controller.map_or_else(String::new, |c| c.name.clone())
    };
    html! {
        @if !view.people.is_empty() {
            section.overview id="people" aria-labelledby="people-h" {
                h2 id="people-h" { (w.people_title) }
                p.lead { (w.people_text) }
                ul.people {
                    @for person in &view.people {
                        @let (name, about) = match page.lang {
                            Lang::Sv => (&person.name_sv, &person.about_sv),
                            Lang::En => (&person.name_en, &person.about_en),
                        };
                        li {
                            h3 { a href={ (person.href) "?lang=" (page.lang.as_str()) } { (name) } }
                            p.site { (at(&person.tenant)) }
                            p { (about) }
                        }
                    }
                }
            }
        }
    }
}

fn row(controller: &Controller, most: usize, page: Page) -> Markup {
    let w = page.w;
    let tally: Vec<(usize, Ground)> = GROUNDS
        .into_iter()
        .map(|g| {
            (
                controller
                    .purposes
                    .iter()
                    .filter(|p| Ground::of(p) == g)
                    .count(),
                g,
            )
        })
        .filter(|(n, _)| *n > 0)
        .collect();
    html! {
        li.row {
            div.who {
                h3 { a href={ "#" (segment(&controller.tenant)) } { (controller.name) } }
                p.site {
                    @match &controller.visit {
                        Some(address) => a href=(address) { (controller.site) },
                        None => (controller.site),
                    }
                }
            }
            div.what {
                (glyph::squares(&controller.purposes, most))
                p.tally {
                    strong { (controller.purposes.len()) " " (w.fact_purposes) } ": "
                    @for (i, (n, ground)) in tally.iter().enumerate() {
                        @if i > 0 { ", " }
                        span.nowrap { (n) " " (ground.name(w)) }
                    }
                }
            }
            p.size { strong { (page.f.count(controller.log.size)) } " " span { (w.log_size) } }
        }
    }
}

fn decisions<'a>(purposes: impl Iterator<Item = &'a Purpose>) -> i64 {
    purposes.fold(0_i64, |sum, p| match p.today {
        Today::Counts {
            given,
            refused,
            withdrawn,
        } => sum
            .saturating_add(given)
            .saturating_add(refused)
            .saturating_add(withdrawn),
        Today::NotAsked | Today::Withheld => sum,
    })
}
