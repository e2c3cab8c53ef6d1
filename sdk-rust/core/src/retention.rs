//! Retention: the rules of a register and the calendar that they use.
//!
//! An anchor is a civil day in Europe/Stockholm. The duration is added on the calendar and clamped to the month's end.
//! The item may exist through the resulting day and is due at 00:00 local time the day after, also where that is a
//! Sunday or a holiday. Days, months and years are never converted into each other. Deadlines of Union law are counted
//! otherwise: see [`deadline`].

mod anchors;
mod calendar;
mod deadline;
mod duration;
mod evaluate;
mod known;
mod parse;
mod rule;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub(crate) use anchors::HOLD_PREFIX;
pub use anchors::{AnchorError, Anchors};
pub use calendar::add_calendar;
pub(crate) use calendar::{day_of, due_after};
pub(crate) use calendar::{day_of as day_from_instant, due_after as first_instant_after};
pub use deadline::{UndecidedObjection, deadline, is_public_holiday, is_working_day};
pub use duration::{CalendarDuration, DurationError};
pub use evaluate::{erase_due, term_due};
pub use known::default_end_events;
pub(crate) use known::{CONTRACT_ENDED, grant_ends};
pub use parse::RuleError;
pub use rule::{Anchor, Length, Rule};

use crate::purpose::{Purpose, RetentionRule};

/// The parameter values that a controller has set. A range without its own parameter uses the value declared under its
/// anchor's name.
pub type Params = BTreeMap<String, CalendarDuration>;

/// One rule with the data that its evaluation needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The rule.
    pub rule: Rule,
    /// Whether erasure is refused until the rule's own due date, as the Bookkeeping Act requires.
    pub hold: bool,
    /// For `while`: the events that end it.
    pub end_events: Vec<String>,
    /// For `range`: the parameter with the declared duration.
    pub declared: Option<String>,
}

impl Term {
    /// The term of a register's rule. `defaults` are the end events of a `while` without bound events. Error: the rule
    /// does not parse.
    pub fn of(rule: &RetentionRule, defaults: &[&str]) -> Result<Self, RuleError> {
        let end_events = if rule.end_events.is_empty() {
            defaults.iter().map(ToString::to_string).collect()
        } else {
            rule.end_events.clone()
        };
        Ok(Self {
            rule: Rule::parse(&rule.rule)?,
            hold: rule.hold,
            end_events,
            declared: rule.param.clone(),
        })
    }

    /// The terms of a purpose for the controller's own data. It omits rules for a part or a recipient. It also omits
    /// rules that do not parse; a register from `Register::parse` has none.
    pub fn all_of(purpose: &Purpose) -> Vec<Self> {
        let defaults = default_end_events(purpose);
        purpose
            .retention
            .iter()
            .filter(|rule| rule.applies_to.is_none())
            .filter_map(|rule| Self::of(rule, &defaults).ok())
            .collect()
    }

    /// Whether the term uses an event of this name.
    pub fn hears(&self, name: &str) -> bool {
        self.rule.hears(anchors::canonical(name), &self.end_events)
    }

    /// The names of the events that the term uses, for a message.
    pub fn heard(&self) -> Vec<String> {
        let mut names: Vec<String> = self.rule.anchors().into_iter().map(String::from).collect();
        if self.rule.has_while() {
            names.extend(self.end_events.iter().cloned());
        }
        names
    }
}

impl From<Rule> for Term {
    fn from(rule: Rule) -> Self {
        Self {
            rule,
            hold: false,
            end_events: Vec::new(),
            declared: None,
        }
    }
}

/// A hold that is in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The rule's reason.
    pub reason: String,
    /// When it ends, if known; Unix milliseconds.
    pub until: Option<i64>,
}

/// The result of a purpose's rules for one item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Retention {
    /// When the item must be erased: 00:00 in Stockholm, Unix milliseconds. `None` while an anchor has not happened,
    /// while a hold without a known end is in force, and under `none`, which allows no storing.
    pub due: Option<i64>,
    /// Erasure is refused before this instant; Unix milliseconds. `i64::MAX` while the anchor of a lower bound has not
    /// happened.
    pub erase_refused_before: Option<i64>,
    /// The hold in force, if any.
    pub hold: Option<Hold>,
    /// Whether no rule sets a date yet: a `while` continues, or the anchor of a rule has not happened.
    pub open_ended: bool,
    /// Whether storing is denied.
    pub none: bool,
    /// The parameters that the rules need and that are not set. A rule without its parameter sets no date; a range uses
    /// its longest duration.
    pub missing: Vec<String>,
}

impl Retention {
    /// Whether the item must be erased by `now`; Unix milliseconds.
    pub fn is_due(&self, now: i64) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    /// Whether a request for erasure must be refused at `now`; Unix milliseconds.
    pub fn refuses_erasure(&self, now: i64) -> bool {
        self.hold.is_some() || self.erase_refused_before.is_some_and(|until| now < until)
    }
}
