//! The page's drawings: one small square per purpose, and the mark.
//!
//! Squares differ by shape as well as colour, so that they are readable in print, in forced colours, and for readers
//! with colour blindness.

use maud::{Markup, html};

use crate::home::words::Words;
use crate::home::{Purpose, State};

/// The ground of a purpose, shown by the square's shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Live, based on consent.
    Consent,
    /// Live, based on something other than consent.
    Other,
    /// Decided by another controller.
    Processor,
    /// Denied until the register is complete.
    Incomplete,
    /// Retired.
    Retired,
}

/// In the order of drawing and counting.
pub(super) const GROUNDS: [Ground; 5] = [
    Ground::Consent,
    Ground::Other,
    Ground::Processor,
    Ground::Incomplete,
    Ground::Retired,
];

impl Ground {
    pub(super) fn of(purpose: &Purpose) -> Self {
        match purpose.state {
            State::Incomplete { .. } => Self::Incomplete,
            State::Retired => Self::Retired,
            State::Processor { .. } => Self::Processor,
            State::TenantView => match purpose.check_mode.as_str() {
                "consent" | "terminal_consent+objection" => Self::Consent,
                _ => Self::Other,
            },
        }
    }

    fn href(self) -> &'static str {
        match self {
            Self::Consent => "#g-c",
            Self::Other => "#g-o",
            Self::Processor => "#g-p",
            Self::Incomplete => "#g-i",
            Self::Retired => "#g-r",
        }
    }

    /// The ground's name in the legend and in counts.
    pub(super) fn name(self, w: &'static Words) -> &'static str {
        match self {
            Self::Consent => w.ground_consent,
            Self::Other => w.ground_other,
            Self::Processor => w.ground_processor,
            Self::Incomplete => w.ground_incomplete,
            Self::Retired => w.ground_retired,
        }
    }

    /// The ground's text about the state of one purpose.
    pub(super) fn state(self, w: &'static Words) -> &'static str {
        match self {
            Self::Consent | Self::Other => w.state_live,
            Self::Processor => w.state_processor,
            Self::Incomplete => w.state_incomplete,
            Self::Retired => w.state_retired,
        }
    }

    /// The square without text; callers put the word beside it.
    pub(super) fn icon(self) -> Markup {
        html! { svg.g viewBox="0 0 14 14" width="14" height="14" aria-hidden="true" { use href=(self.href()) {} } }
    }
}

/// The five shapes, defined once and drawn by reference.
pub(super) fn symbols() -> Markup {
    html! {
        svg width="0" height="0" aria-hidden="true" class="defs" {
            defs {
                g id="g-c" { rect.g-c x="1" y="1" width="12" height="12" rx="2" {} }
                g id="g-o" { rect.g-o x="1.75" y="1.75" width="10.5" height="10.5" rx="1.5" {} }
                g id="g-p" {
                    rect.g-p x="1.75" y="1.75" width="10.5" height="10.5" rx="1.5" {}
                    circle.g-c cx="7" cy="7" r="2" {}
                }
                g id="g-i" {
                    rect.g-i x="1.75" y="1.75" width="10.5" height="10.5" rx="1.5" {}
                    path.g-i d="M3.5 10.5l7-7" {}
                }
                g id="g-r" { rect.g-r x="1.75" y="1.75" width="10.5" height="10.5" rx="1.5" {} }
            }
        }
    }
}

/// Distance between squares in SVG user units; half as much again on wide screens.
const STEP: usize = 16;

/// One square per purpose, sorted by ground, so that rows compare like bars. Every drawing leaves room for `most`
/// squares, so that all have the same scale.
pub(super) fn squares(purposes: &[Purpose], most: usize) -> Markup {
    let mut grounds: Vec<Ground> = purposes.iter().map(Ground::of).collect();
    grounds.sort_by_key(|g| GROUNDS.iter().position(|o| o == g));
    let width = most.max(grounds.len()).max(1) * STEP;
    html! {
        svg.squares viewBox={ "0 0 " (width) " 14" } width=(width + width / 2) height="21" aria-hidden="true" {
            @for (i, ground) in grounds.iter().enumerate() {
                use href=(ground.href()) x=(i * STEP) {}
            }
        }
    }
}

/// The mark: a consent and a refusal of the same size.
pub(super) fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 28 14" width="34" height="17" aria-hidden="true" {
            circle.mark-yes cx="7" cy="7" r="6" {}
            circle.mark-no cx="21" cy="7" r="5" {}
        }
    }
}
