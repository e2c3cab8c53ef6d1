//! The bar chart of a log's growth, drawn on the server: an SVG with title and description, and the same numbers as a
//! table.

use maud::{Markup, html};

use crate::home::{Hour, Page, format};

/// Width of one bar with its gap; the style sheet stretches the drawing.
const STEP: i64 = 10;
const BAR: i64 = 7;
const HEIGHT: i64 = 100;

/// Adds up the hours of several logs by start time.
pub(super) fn sum<'a>(logs: impl Iterator<Item = &'a [Hour]>) -> Vec<Hour> {
    let mut total = std::collections::BTreeMap::<i64, i64>::new();
    for hour in logs.flatten() {
        let leaves = total.entry(hour.starts_at).or_default();
        *leaves = leaves.saturating_add(hour.leaves);
    }
    total
        .into_iter()
        .map(|(starts_at, leaves)| Hour { starts_at, leaves })
        .collect()
}

/// A figure with chart and table. `id` must be unique on the page; `title` is its visible caption and accessible name.
pub(super) fn figure(id: &str, title: &str, hours: &[Hour], page: Page) -> Markup {
    let w = page.w;
    let peak = hours.iter().map(|h| h.leaves).max().unwrap_or(0);
    let total = hours
        .iter()
        .fold(0_i64, |sum, h| sum.saturating_add(h.leaves));
    let first = hours
        .first()
        .map(|h| format::hour(h.starts_at))
        .unwrap_or_default();
    let middle = hours
        .get(hours.len() / 2)
        .map(|h| format::hour(h.starts_at))
        .unwrap_or_default();
    html! {
        figure.growth {
            figcaption { span { (title) } span.peak { (w.growth_peak) " " (page.f.count(peak)) } }
            @if peak > 0 {
                (bars(id, title, hours, peak, total, page))
                div.axis aria-hidden="true" { span { (first) } span { (middle) } span { (w.now) } }
                details {
                    summary { (w.growth_table) }
                    (table(title, hours, page))
                }
            } @else {
                p { (w.growth_none) }
            }
        }
    }
}

fn bars(id: &str, title: &str, hours: &[Hour], peak: i64, total: i64, page: Page) -> Markup {
    let w = page.w;
    let count = i64::try_from(hours.len()).unwrap_or(i64::MAX);
    let width = count
        .saturating_mul(STEP)
        .saturating_sub(STEP - BAR)
        .max(BAR);
    html! {
        svg.bars viewBox={ "0 0 " (width) " " (HEIGHT) } preserveAspectRatio="none" role="img"
            aria-labelledby={ (id) "-t " (id) "-d" } {
            title id={ (id) "-t" } { (title) }
            desc id={ (id) "-d" } {
                (w.growth_desc) " " (page.f.count(peak)) ". "
                (w.growth_total) " " (page.f.count(total)) ". " (w.growth_last)
            }
            @for (i, hour) in (0_i64..).zip(hours) {
                @let height = bar_height(hour.leaves, peak);
                @let class = (i + 1 == count).then_some("now");
                rect x=(i * STEP) y=(HEIGHT - height) width=(BAR) height=(height) class=[class] {}
            }
        }
    }
}

/// The height of a bar. An hour without leaves gets a hairline, so that its place stays visible.
fn bar_height(leaves: i64, peak: i64) -> i64 {
    let scaled = i128::from(leaves.max(0)) * i128::from(HEIGHT) / i128::from(peak.max(1));
    i64::try_from(scaled).unwrap_or(HEIGHT).clamp(1, HEIGHT)
}

fn table(title: &str, hours: &[Hour], page: Page) -> Markup {
    let w = page.w;
    html! {
        table.hours {
            caption.hidden { (title) }
            thead { tr { th scope="col" { (w.col_hour) } th scope="col" { (w.col_events) } } }
            tbody {
                @for hour in hours {
                    tr { th scope="row" { (format::hour(hour.starts_at)) } td { (page.f.count(hour.leaves)) } }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heights_stay_in_the_drawing() {
        assert_eq!(bar_height(0, 50), 1);
        assert_eq!(bar_height(50, 50), HEIGHT);
        assert_eq!(bar_height(25, 50), 50);
        assert_eq!(bar_height(i64::MAX, i64::MAX), HEIGHT);
        assert_eq!(bar_height(-5, 0), 1);
    }

    #[test]
    fn logs_add_up_by_hour() {
        let a = [
            Hour {
                starts_at: 0,
                leaves: 1,
            },
            Hour {
                starts_at: 10,
                leaves: 2,
            },
        ];
        let b = [Hour {
            starts_at: 10,
            leaves: 5,
        }];
        let both = sum([a.as_slice(), b.as_slice()].into_iter());
        assert_eq!(
            both,
            [
                Hour {
                    starts_at: 0,
                    leaves: 1
                },
                Hour {
                    starts_at: 10,
                    leaves: 7
                }
            ]
        );
    }
}
