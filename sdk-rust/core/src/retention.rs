//! How long data may be kept: the rules of a register, and the calendar they are counted on.
//!
//! An anchor is an event's instant, in Unix milliseconds. It falls on a civil day in Europe/Stockholm; the duration is
//! added on the calendar, clamped to the month's end; the item may exist through the resulting day and is due at 00:00
//! local time the day after. Days, months and years are never converted into each other.

mod calendar;
mod duration;
mod evaluate;
mod parse;
mod rule;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use calendar::add_calendar;
pub use duration::{CalendarDuration, DurationError};
pub use evaluate::{erase_due, term_due};
pub use parse::RuleError;
pub use rule::{Anchor, Length, Rule};

use crate::purpose::{CheckMode, Purpose, RetentionRule};

/// When things happened, by the name of the event: Unix milliseconds. Where a thing can happen several times (several
/// contracts, several accounts) the caller gives the last.
///
/// `fiscal_year.calendar_year_end` may be given as itself or as `fiscal_year.ended`: either way it means 31 December of
/// the calendar year in which the fiscal year ended (bokföringslagen 7 kap. 2 §). A hold named `hold(reason)` is in
/// force from `hold.<reason>` until `hold.<reason>.ended`.
pub type Anchors = BTreeMap<String, i64>;

/// Values of the parameters that a controller has set. A range without a parameter of its own takes the value declared
/// under its anchor's name.
pub type Params = BTreeMap<String, CalendarDuration>;

/// One rule as it is evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// The rule.
    pub rule: Rule,
    /// Erasure is refused until the rule's own due date, as the Bookkeeping Act has it.
    pub hold: bool,
    /// For `while`: the events that end it.
    pub end_events: Vec<String>,
    /// For `range`: the parameter that says which duration inside the bounds was declared.
    pub declared: Option<String>,
}

impl Term {
    /// The term of a register's rule. `defaults` are the end events of a `while` that has none bound.
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

    /// The terms of a purpose for the controller's own data: rules that apply to a part or to a recipient are left
    /// out, and so is a rule that does not parse, which a register that was read by `Register::parse`
    /// never has.
    pub fn all_of(purpose: &Purpose) -> Vec<Self> {
        let defaults = default_end_events(purpose.check_mode);
        purpose
            .retention
            .iter()
            .filter(|rule| rule.applies_to.is_none())
            .filter_map(|rule| Self::of(rule, &defaults).ok())
            .collect()
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

/// The events that end `while(purpose.active)` where the register binds none, by the rows that the purpose runs through.
pub fn default_end_events(mode: CheckMode) -> Vec<&'static str> {
    let own: &[&str] = match mode {
        CheckMode::Consent => &["consent.withdrawn"],
        CheckMode::Objection => &["objection.upheld"],
        CheckMode::TerminalConsentAndObjection => &["consent.withdrawn", "objection.upheld"],
        CheckMode::Contract | CheckMode::ContractAndLegalObligation | CheckMode::Processor => {
            &["contract.ended"]
        }
        CheckMode::ContractOrObjection => &["contract.ended", "objection.upheld"],
        CheckMode::LegalObligation | CheckMode::NotStated => &[],
    };
    [own, &["account.closed", "purpose.retired"]].concat()
}

/// A hold in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The rule's reason.
    pub reason: String,
    /// When it ends, where that is known; Unix milliseconds.
    pub until: Option<i64>,
}

/// What a purpose's rules say about one item.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Retention {
    /// When the item must be gone: 00:00 in Stockholm, Unix milliseconds. `None` while an anchor has not happened, while
    /// a hold without a known end is in force, and under `none`, where nothing may have been stored.
    pub due: Option<i64>,
    /// Erasure is refused before this instant; `i64::MAX` while the anchor of a lower bound has not happened.
    pub erase_refused_before: Option<i64>,
    /// The hold in force, if any.
    pub hold: Option<Hold>,
    /// Nothing sets a date yet: a `while` goes on, or the anchor of a rule has not happened.
    pub open_ended: bool,
    /// Storing is denied.
    pub none: bool,
    /// Parameters that the rules need and that are not set. A rule that needs one sets no date, but a range falls back
    /// to its longest.
    pub missing: Vec<String>,
}

impl Retention {
    /// Whether the item should be gone by `now`.
    pub fn is_due(&self, now: i64) -> bool {
        self.due.is_some_and(|due| due <= now)
    }

    /// Whether a request for erasure must be refused at `now`.
    pub fn refuses_erasure(&self, now: i64) -> bool {
        self.hold.is_some() || self.erase_refused_before.is_some_and(|until| now < until)
    }
}
