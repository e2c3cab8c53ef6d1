//! The page's few drawings: one small square per purpose, and the mark.
//!
//! A square differs by shape and not only by colour, so that it reads in print, in forced colours, and for those who do
//! not tell teal from red.

use maud::{Markup, html};

use crate::home::words::Words;
use crate::home::{Purpose, State};

/// What a purpose rests on, as the overview tells it: what the square's shape stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Ground {
    /// Live, and a consent is asked for.
    Consent,
    /// Live, on something else than consent.
    Other,
    /// Answered by another controller.
    Processor,
    /// Denied until the register says more.
    Incomplete,
    /// Ended.
    Retired,
}

/// In the order they are drawn and counted.
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
            State::Live => match purpose.check_mode.as_str() {
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

    /// What it is called in the legend and in a tally.
    pub(super) fn name(self, w: &'static Words) -> &'static str {
        match self {
            Self::Consent => w.ground_consent,
            Self::Other => w.ground_other,
            Self::Processor => w.ground_processor,
            Self::Incomplete => w.ground_incomplete,
            Self::Retired => w.ground_retired,
        }
    }

    /// What it says about the state of one purpose.
    pub(super) fn state(self, w: &'static Words) -> &'static str {
        match self {
            Self::Consent | Self::Other => w.state_live,
            Self::Processor => w.state_processor,
            Self::Incomplete => w.state_incomplete,
            Self::Retired => w.state_retired,
        }
    }

    /// The square alone; the word always stands beside it.
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

/// Distance from one square to the next in SVG user units; drawn half as large again where there is room.
const STEP: usize = 16;

/// One square per purpose, sorted by what it rests on, so that rows compare like bars; `most` is the number of
/// squares that every drawing leaves room for, which gives them one scale.
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

/// The mark: a yes and a no of the same size.
pub(super) fn mark() -> Markup {
    html! {
        svg.mark viewBox="0 0 28 14" width="34" height="17" aria-hidden="true" {
            circle.mark-yes cx="7" cy="7" r="6" {}
            circle.mark-no cx="21" cy="7" r="5" {}
        }
    }
}
