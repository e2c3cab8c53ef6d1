//! A controller's log, with the data that a reader needs to verify it independently.

use maud::{Markup, html};

use crate::home::chart;
use crate::home::format::{self, segment};
use crate::home::words::Words;
use crate::home::{Controller, Page, Publication, PublicationKind};

/// Size, root, key and checkpoint, the day's growth, and the latest publications.
pub(super) fn panel(controller: &Controller, page: Page) -> Markup {
    let w = page.w;
    let log = &controller.log;
    let anchor = segment(&controller.tenant);
    html! {
        div.log {
            div.facts-log {
                h3 { (w.log_title) }
                p.total { strong { (page.f.count(log.size)) } " " span.label { (w.log_size) } }
                dl.hashes {
                    dt { (w.log_origin) } dd { code { (log.origin) } }
                    dt { (w.log_root) } dd { code { (log.root) } }
                    dt { (w.log_signed) } dd { (format::time(log.checkpoint_at)) }
                    dt { (w.log_key) } @for vkey in &log.vkeys { dd { code { (vkey) } } }
                }
                p {
                    a.go href={ "/v1/logs/" (segment(&log.id)) "/checkpoint" } {
                        (w.log_checkpoint) span.hidden { " " (w.log_of) " " (controller.name) }
                    }
                }
            }
            div.news {
                (chart::figure(&format!("{anchor}-growth"), w.growth, &log.growth, page))
                h3 { (w.publications) }
                @if controller.publications.is_empty() {
                    p { (w.no_publications) }
                } @else {
                    ol.publications {
                        @for publication in &controller.publications { (publication_item(publication, page)) }
                    }
                }
            }
        }
    }
}

fn publication_item(publication: &Publication, page: Page) -> Markup {
    let w = page.w;
    let kind = match publication.kind {
        PublicationKind::Notice => w.kind_notice,
        PublicationKind::Register => w.kind_register,
        PublicationKind::Invalidation => w.kind_invalidation,
    };
    html! {
        li {
            p {
                strong { (kind) ", " (w.version_n) " " (publication.version) } " · "
                (format::time(publication.at)) " · " (w.leaf) " " (page.f.count(publication.index))
            }
            p.change { (change(&publication.change, w)) }
            p { code { (publication.hash) } }
        }
    }
}

/// The text of a change class. An unknown class is shown unchanged.
fn change<'a>(class: &'a str, w: &'static Words) -> &'a str {
    match class {
        "" => w.change_first,
        "editorial" => w.change_editorial,
        "material_notice" => w.change_notice,
        "material_consent" => w.change_consent,
        other => other,
    }
}
