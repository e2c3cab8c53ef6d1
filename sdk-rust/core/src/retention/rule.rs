//! The retention grammar: the types of rules and their text form.

use std::fmt;

use super::{CalendarDuration, anchors::canonical};

/// The name suffix that moves an anchor to 31 December of its year.
pub(super) const YEAR_END: &str = ".calendar_year_end";

/// One retention rule. [`Rule::parse`] reads it; `Display` writes it in canonical form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// `after(anchor, dur)`: erase when the duration after the anchor has passed.
    After(Anchor, Length),
    /// `range(anchor, min, max)`: as `after`, with a duration inside the bounds that each item declares.
    Range(Anchor, CalendarDuration, CalendarDuration),
    /// `min(anchor, dur)`: erasure is refused before this time.
    Min(Anchor, Length),
    /// `max(anchor, dur)`: the upper bound for all other rules except holds and `min`.
    Max(Anchor, Length),
    /// `while(cond)`: keep until a bound end event.
    While(String),
    /// `earliest(..)`: the first due date of several rules.
    Earliest(Vec<Rule>),
    /// `latest(..)`: the last due date of several rules.
    Latest(Vec<Rule>),
    /// `none`: storing is denied.
    None,
    /// `hold(reason)`: nothing is erased while the hold is in force.
    Hold(String),
}

/// The start of a duration: a named event, or the first or last of several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Anchor {
    /// A named event, such as `contract.ended`.
    Name(String),
    /// The first of these events to happen.
    Earliest(Vec<Anchor>),
    /// The last of these events, once all have happened.
    Latest(Vec<Anchor>),
}

/// A duration, or a parameter that the controller must set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Length {
    /// A stated duration.
    Fixed(CalendarDuration),
    /// `PARAM:name`, a parameter of the register.
    Param(String),
}

impl Rule {
    /// The parameters that the rule needs, in order, without repetition.
    pub fn params(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.each_length(&mut |length| {
            if let Length::Param(name) = length
                && !names.contains(&name.as_str())
            {
                names.push(name.as_str());
            }
        });
        names
    }

    /// The durations that the rule states, in order.
    pub fn durations(&self) -> Vec<CalendarDuration> {
        match self {
            Self::Range(_, min, max) => vec![*min, *max],
            Self::Earliest(rules) | Self::Latest(rules) => {
                rules.iter().flat_map(Self::durations).collect()
            }
            Self::After(_, Length::Fixed(d))
            | Self::Min(_, Length::Fixed(d))
            | Self::Max(_, Length::Fixed(d)) => vec![*d],
            _ => Vec::new(),
        }
    }

    /// The events from which the rule's durations run, in order, without repetition. A `while` has none of its own.
    pub fn anchors(&self) -> Vec<&str> {
        let mut names = Vec::new();
        self.each_anchor(&mut |name| {
            if !names.contains(&name) {
                names.push(name);
            }
        });
        names
    }

    /// Whether the rule uses an event: as an anchor, as an end of its `while`, or as the start or end of a hold.
    pub(super) fn hears(&self, name: &str, end_events: &[String]) -> bool {
        match self {
            Self::After(anchor, _)
            | Self::Min(anchor, _)
            | Self::Max(anchor, _)
            | Self::Range(anchor, ..) => anchor.hears(name),
            Self::While(_) => end_events.iter().any(|event| canonical(event) == name),
            Self::Earliest(rules) | Self::Latest(rules) => {
                rules.iter().any(|rule| rule.hears(name, end_events))
            }
            Self::Hold(reason) => {
                name.strip_prefix(super::anchors::HOLD_PREFIX)
                    .is_some_and(|rest| {
                        rest.strip_prefix(reason.as_str())
                            .is_some_and(|end| end.is_empty() || end == ".ended")
                    })
            }
            Self::None => false,
        }
    }

    /// Whether a `while` is part of the rule.
    pub(super) fn has_while(&self) -> bool {
        match self {
            Self::While(_) => true,
            Self::Earliest(rules) | Self::Latest(rules) => rules.iter().any(Self::has_while),
            _ => false,
        }
    }

    fn each_length<'a>(&'a self, f: &mut impl FnMut(&'a Length)) {
        match self {
            Self::After(_, length) | Self::Min(_, length) | Self::Max(_, length) => f(length),
            Self::Earliest(rules) | Self::Latest(rules) => {
                for rule in rules {
                    rule.each_length(f);
                }
            }
            Self::Range(..) | Self::While(_) | Self::None | Self::Hold(_) => {}
        }
    }

    fn each_anchor<'a>(&'a self, f: &mut impl FnMut(&'a str)) {
        match self {
            Self::After(anchor, _)
            | Self::Min(anchor, _)
            | Self::Max(anchor, _)
            | Self::Range(anchor, ..) => anchor.each_name(f),
            Self::Earliest(rules) | Self::Latest(rules) => {
                for rule in rules {
                    rule.each_anchor(f);
                }
            }
            Self::While(_) | Self::None | Self::Hold(_) => {}
        }
    }
}

impl Anchor {
    fn hears(&self, event: &str) -> bool {
        match self {
            Self::Name(name) => {
                let year = name.strip_suffix(YEAR_END);
                canonical(name) == event
                    || year.is_some_and(|of| event.strip_suffix(".ended") == Some(of))
            }
            Self::Earliest(anchors) | Self::Latest(anchors) => {
                anchors.iter().any(|anchor| anchor.hears(event))
            }
        }
    }

    fn each_name<'a>(&'a self, f: &mut impl FnMut(&'a str)) {
        match self {
            Self::Name(name) => f(name),
            Self::Earliest(anchors) | Self::Latest(anchors) => {
                for anchor in anchors {
                    anchor.each_name(f);
                }
            }
        }
    }
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::After(anchor, length) => write!(f, "after({anchor}, {length})"),
            Self::Range(anchor, min, max) => write!(f, "range({anchor}, {min}, {max})"),
            Self::Min(anchor, length) => write!(f, "min({anchor}, {length})"),
            Self::Max(anchor, length) => write!(f, "max({anchor}, {length})"),
            Self::While(condition) => write!(f, "while({condition})"),
            Self::Earliest(rules) => list(f, "earliest", rules),
            Self::Latest(rules) => list(f, "latest", rules),
            Self::None => f.write_str("none"),
            Self::Hold(reason) => write!(f, "hold({reason})"),
        }
    }
}

impl fmt::Display for Anchor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name(name) => f.write_str(name),
            Self::Earliest(anchors) => list(f, "earliest", anchors),
            Self::Latest(anchors) => list(f, "latest", anchors),
        }
    }
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fixed(duration) => duration.fmt(f),
            Self::Param(name) => write!(f, "PARAM:{name}"),
        }
    }
}

fn list<T: fmt::Display>(f: &mut fmt::Formatter<'_>, name: &str, items: &[T]) -> fmt::Result {
    write!(f, "{name}(")?;
    for (i, item) in items.iter().enumerate() {
        let comma = if i == 0 { "" } else { ", " };
        write!(f, "{comma}{item}")?;
    }
    f.write_str(")")
}
