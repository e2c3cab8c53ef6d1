//! Evaluates a purpose's retention rules for one item.
//!
//! Order: hold and `min`, then `max`, then `earliest`, `after` and `range`, then `while`. Of several rules of the same
//! rank the earliest due date counts; a register uses `latest` to mean the last.

use jiff::civil::Date;

use super::{
    Anchor, Anchors, CalendarDuration, Hold, Length, Params, Retention, Rule, Term,
    calendar::{due_after, starts},
    known::CONSENT_INVALIDATED,
    rule::YEAR_END,
};

/// Computes when an item falls due under a purpose's terms, and what prevents its erasure.
pub fn erase_due(terms: &[Term], anchors: &Anchors, params: &Params, now: i64) -> Retention {
    let mut view = View {
        anchors,
        params,
        missing: Vec::new(),
    };
    let mut out = Retention::default();
    let (mut base, mut cap, mut bound_by_while) = (None, None, None);
    let mut refused_before = None;
    for term in terms {
        match &term.rule {
            Rule::None => out.none = true,
            Rule::Hold(reason) => {
                if let Some(hold) = view.hold(reason, now) {
                    out.hold = Some(longer(out.hold.take(), hold));
                }
            }
            Rule::Min(anchor, length) => {
                let until = view.after(anchor, length).unwrap_or(i64::MAX);
                refused_before = refused_before.max(Some(until));
            }
            Rule::Max(anchor, length) => cap = first(cap, view.after(anchor, length)),
            Rule::While(_) => bound_by_while = first(bound_by_while, view.ends(term)),
            rule => {
                let due = view.due(rule, term);
                base = first(base, due);
                if term.hold {
                    refused_before = refused_before.max(Some(due.unwrap_or(i64::MAX)));
                }
            }
        }
    }
    // A `while` sets a date only if no rule of a higher rank has set one.
    let due = first(base.or(bound_by_while), cap);
    out.open_ended = due.is_none() && !out.none && out.hold.is_none();
    out.erase_refused_before = refused_before;
    out.due = match (refused_before, &out.hold) {
        _ if out.none => None,
        (Some(i64::MAX), _) | (_, Some(Hold { until: None, .. })) => None,
        (refused, hold) => {
            let held = hold.as_ref().and_then(|hold| hold.until);
            due.map(|due| due.max(refused.unwrap_or(due)).max(held.unwrap_or(due)))
        }
    };
    out.missing = view.missing;
    out
}

/// Computes when one term alone falls due, for a list of a register's rules.
pub fn term_due(term: &Term, anchors: &Anchors, params: &Params) -> Option<i64> {
    let mut view = View {
        anchors,
        params,
        missing: Vec::new(),
    };
    view.due(&term.rule, term)
}

struct View<'a> {
    anchors: &'a Anchors,
    params: &'a Params,
    missing: Vec<String>,
}

impl View<'_> {
    fn due(&mut self, rule: &Rule, term: &Term) -> Option<i64> {
        match rule {
            Rule::After(anchor, length) | Rule::Min(anchor, length) | Rule::Max(anchor, length) => {
                self.after(anchor, length)
            }
            Rule::Range(anchor, min, max) => {
                let day = self.day(anchor);
                let length = self.declared(anchor, term, *min, *max);
                day.map(|day| due_after(length.added_to(day)))
            }
            Rule::Earliest(rules) => {
                let dues: Vec<_> = rules.iter().map(|rule| self.due(rule, term)).collect();
                dues.into_iter().flatten().min()
            }
            Rule::Latest(rules) => {
                let dues: Vec<_> = rules.iter().map(|rule| self.due(rule, term)).collect();
                dues.into_iter()
                    .collect::<Option<Vec<_>>>()?
                    .into_iter()
                    .max()
            }
            Rule::While(_) => self.ends(term),
            Rule::None | Rule::Hold(_) => None,
        }
    }

    fn after(&mut self, anchor: &Anchor, length: &Length) -> Option<i64> {
        let day = self.day(anchor);
        let length = match length {
            Length::Fixed(duration) => *duration,
            Length::Param(name) => *self.param(name)?,
        };
        day.map(|day| due_after(length.added_to(day)))
    }

    /// The duration declared for a range, clamped to its bounds; the upper bound if none is declared.
    fn declared(
        &mut self,
        anchor: &Anchor,
        term: &Term,
        min: CalendarDuration,
        max: CalendarDuration,
    ) -> CalendarDuration {
        let name = match (&term.declared, anchor) {
            (Some(name), _) | (None, Anchor::Name(name)) => name.as_str(),
            (None, _) => return max,
        };
        match self.param(name) {
            Some(value) if !value.never_longer_than(&max) => max,
            Some(value) if !min.never_longer_than(value) => min,
            Some(value) => *value,
            None => max,
        }
    }

    fn param(&mut self, name: &str) -> Option<&CalendarDuration> {
        let value = self.params.get(name);
        if value.is_none() && !self.missing.iter().any(|other| other == name) {
            self.missing.push(name.to_owned());
        }
        value
    }

    /// The first bound end event; the item may exist through its day. What rested on an invalid consent was never
    /// lawful, so it is due at once (GDPR Art. 17(1)(d)).
    fn ends(&self, term: &Term) -> Option<i64> {
        let due = |event: &String| {
            let day = self.event(event)?;
            Some(if event == CONSENT_INVALIDATED {
                starts(day)
            } else {
                due_after(day)
            })
        };
        term.end_events.iter().filter_map(due).min()
    }

    fn hold(&self, reason: &str, now: i64) -> Option<Hold> {
        let began = starts(self.anchors.get(&format!("hold.{reason}"))?);
        let until = self.anchors.get(&format!("hold.{reason}.ended"));
        let until = until.map(due_after);
        let in_force = began <= now && until.is_none_or(|end| now < end);
        in_force.then(|| Hold {
            reason: reason.to_owned(),
            until,
        })
    }

    fn day(&self, anchor: &Anchor) -> Option<Date> {
        match anchor {
            Anchor::Name(name) => self.event(name),
            Anchor::Earliest(anchors) => anchors.iter().filter_map(|a| self.day(a)).min(),
            Anchor::Latest(anchors) => anchors
                .iter()
                .map(|a| self.day(a))
                .collect::<Option<Vec<_>>>()?
                .into_iter()
                .max(),
        }
    }

    fn event(&self, name: &str) -> Option<Date> {
        let Some(prefix) = name.strip_suffix(YEAR_END) else {
            return self.anchors.get(name);
        };
        let ended = self
            .anchors
            .get(name)
            .or_else(|| self.anchors.get(&format!("{prefix}.ended")))?;
        Some(Date::new(ended.year(), 12, 31).expect("every year has a 31 December"))
    }
}

fn first(a: Option<i64>, b: Option<i64>) -> Option<i64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// The longer of two holds; one without a known end is longer than all others.
fn longer(a: Option<Hold>, b: Hold) -> Hold {
    match a {
        Some(a)
            if a.until
                .is_none_or(|end| b.until.is_some_and(|other| end >= other)) =>
        {
            a
        }
        _ => b,
    }
}
