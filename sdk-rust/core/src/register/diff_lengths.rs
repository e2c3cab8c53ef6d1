//! Compares retention rules and cookie lifetimes. The earlier statement covers a shorter period. It does not cover a
//! longer period or one that cannot be compared.

use super::{
    Cookie, Effect, Lifetime,
    diff::Side,
    diff_fields::{Changes, json_word},
};
use crate::{notice::ChangeClass, retention::Rule};

pub(super) fn retention(was: &Side<'_>, now: &Side<'_>, out: &mut Changes) {
    let shown = |side: &Side<'_>| {
        side.rules
            .iter()
            .map(ToString::to_string)
            .collect::<Vec<_>>()
            .join("; ")
    };
    let capped = now.rules.len() >= was.rules.len()
        && now.rules[was.rules.len()..]
            .iter()
            .all(|rule| matches!(rule, Rule::Max(..)));
    let shorter = capped
        && was
            .rules
            .iter()
            .zip(&now.rules)
            .all(|(was, now)| rule_not_longer(now, was));
    let (class, effect) = if shorter {
        (ChangeClass::MaterialNotice, Effect::Narrows)
    } else {
        (ChangeClass::MaterialConsent, Effect::Widens)
    };
    out.with(
        "analysis.retention",
        &shown(was),
        &shown(now),
        class,
        effect,
    );
    let ends = |side: &Side<'_>| {
        let events = side
            .purpose
            .retention
            .iter()
            .flat_map(|rule| rule.end_events.clone());
        events.collect::<Vec<_>>().join(", ")
    };
    out.text(
        "analysis.retention.end_events",
        &ends(was),
        &ends(now),
        ChangeClass::MaterialNotice,
    );
    let holds = |side: &Side<'_>| {
        side.purpose
            .retention
            .iter()
            .filter(|rule| rule.hold)
            .count()
    };
    let more = holds(now) > holds(was);
    let class = if more {
        ChangeClass::MaterialConsent
    } else {
        ChangeClass::MaterialNotice
    };
    out.with(
        "analysis.retention.hold",
        &holds(was).to_string(),
        &holds(now).to_string(),
        class,
        Effect::Neutral,
    );
}

/// Whether a rule never keeps data longer than another, given the same events.
fn rule_not_longer(now: &Rule, was: &Rule) -> bool {
    let (a, b) = (now.durations(), was.durations());
    let same_but_length = std::mem::discriminant(now) == std::mem::discriminant(was)
        && now.anchors() == was.anchors()
        && now.params() == was.params()
        && a.len() == b.len();
    now == was
        || (same_but_length
            && !a.is_empty()
            && a.iter().zip(&b).all(|(a, b)| a.never_longer_than(b)))
}

pub(super) fn cookie_lines(cookies: &[&Cookie]) -> String {
    let lines = cookies.iter().map(|cookie| cookie_line(cookie));
    lines.collect::<Vec<_>>().join("; ")
}

pub(super) fn cookies(was: &[&Cookie], now: &[&Cookie], out: &mut Changes) {
    let allowed = |cookie: &&&Cookie| was.iter().any(|old| covers(old, cookie));
    let within = now.iter().filter(allowed).count() == now.len();
    let (class, effect) = if within {
        (ChangeClass::MaterialNotice, Effect::Narrows)
    } else {
        (ChangeClass::MaterialConsent, Effect::Widens)
    };
    out.with(
        "cookies",
        &cookie_lines(was),
        &cookie_lines(now),
        class,
        effect,
    );
}

/// Whether the statement about an old cookie also covers a new one.
fn covers(old: &Cookie, new: &Cookie) -> bool {
    let lifetime = match (new.lifetime, old.lifetime) {
        (Lifetime::Session, _) => true,
        (Lifetime::For(new), Lifetime::For(old)) => new.never_longer_than(&old),
        (Lifetime::For(_), Lifetime::Session) => false,
    };
    lifetime
        && old.name == new.name
        && old.recipient == new.recipient
        && old.third_party == new.third_party
        && old.terminal == new.terminal
        && old.strictly_necessary == new.strictly_necessary
}

fn cookie_line(cookie: &Cookie) -> String {
    let lifetime = match cookie.lifetime {
        Lifetime::Session => "session".to_owned(),
        Lifetime::For(duration) => duration.to_string(),
    };
    let party = if cookie.third_party {
        "third party"
    } else {
        "first party"
    };
    let necessary = if cookie.strictly_necessary {
        ", necessary"
    } else {
        ""
    };
    let who = cookie
        .recipient
        .as_ref()
        .map_or_else(String::new, |id| format!(", {id}"));
    let kind = json_word(&cookie.terminal);
    format!(
        "{} ({kind}, {lifetime}, {party}{who}{necessary})",
        cookie.name
    )
}
