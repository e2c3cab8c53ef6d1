//! Describes retention rules in plain words for readers who do not know the rule syntax.

use crate::{
    retention::{Anchor, Length, Rule},
    words::{self, LanguageWords, fill},
};

/// Describes a rule in one English clause.
pub(crate) fn in_english(rule: &Rule) -> String {
    let english = words::language("en").expect("English is compiled in");
    self::rule(rule, english)
}

/// Describes a rule in one clause.
pub(super) fn rule(rule: &Rule, words: &LanguageWords) -> String {
    let (draft, said) = (&words.draft, &words.draft.retention);
    let bound = |template: &str, anchor: &Anchor, length: &Length| {
        let period = after(anchor, &length_words(length, words), words);
        fill(template, &[("period", &period)])
    };
    match rule {
        Rule::After(anchor, length) => after(anchor, &length_words(length, words), words),
        Rule::Min(anchor, length) => bound(&said.at_least, anchor, length),
        Rule::Max(anchor, length) => bound(&said.at_most, anchor, length),
        Rule::Range(anchor, min, max) => after(anchor, &words.range(*min, *max), words),
        Rule::While(_) => draft.while_needed.clone(),
        Rule::Earliest(rules) => alternatives(rules, &said.or, &said.first, words),
        Rule::Latest(rules) => alternatives(rules, &draft.and, &said.last, words),
        Rule::None => said.none.clone(),
        Rule::Hold(_) => said.hold.clone(),
    }
}

fn alternatives(rules: &[Rule], joiner: &str, which: &str, words: &LanguageWords) -> String {
    let list: Vec<String> = rules.iter().map(|r| self::rule(r, words)).collect();
    fill(which, &[("rules", &list.join(joiner))])
}

/// Without a length the period ends with the event.
fn after(anchor: &Anchor, length: &str, words: &LanguageWords) -> String {
    let said = &words.draft.retention;
    let event = anchor_words(anchor, words);
    let template = if length.is_empty() {
        &said.until
    } else {
        &said.after
    };
    fill(template, &[("length", length), ("event", &event)])
}

fn anchor_words(anchor: &Anchor, words: &LanguageWords) -> String {
    let (draft, said) = (&words.draft, &words.draft.retention);
    match anchor {
        Anchor::Name(name) => match said.events.get(name) {
            Some(event) => event.clone(),
            None => words.isolate(&format!("\"{name}\"")),
        },
        Anchor::Earliest(list) | Anchor::Latest(list) => {
            let events: Vec<String> = list.iter().map(|a| anchor_words(a, words)).collect();
            events.join(match anchor {
                Anchor::Latest(_) => &draft.and,
                _ => &said.or,
            })
        }
    }
}

fn length_words(length: &Length, words: &LanguageWords) -> String {
    match length {
        Length::Fixed(fixed) if fixed.is_zero() => String::new(),
        Length::Fixed(fixed) => words.duration(*fixed),
        Length::Param(_) => words.draft.retention.param.clone(),
    }
}
