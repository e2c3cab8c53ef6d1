use std::collections::BTreeSet;

use super::*;
use crate::{decide::Explain, testing::pid};

const TITLES: [(&str, &str); 2] = [("sv", "Nyhetsbrev"), ("en", "Newsletter")];

fn language(tag: &str) -> Language {
    Language::parse(tag).expect("a language tag")
}

fn of(reason: Reason) -> Verdict {
    Verdict {
        allow: reason.allows(),
        reason,
        row: 21.into(),
        ..Verdict::fail_closed(reason)
    }
}

#[test]
fn every_reason_is_explained_in_both_languages() {
    for (tag, title) in TITLES {
        let mut seen = BTreeSet::new();
        for reason in Reason::ALL {
            let text = in_words(&of(*reason), title, &language(tag));
            assert!(text.starts_with(title) && text.ends_with('.'), "{text}");
            assert!(text.contains("21)."), "the row is missing: {text}");
            assert!((60..420).contains(&text.len()), "{}: {text}", text.len());
            assert!(!text.contains(reason.as_str()), "{text}");
            assert!(seen.insert(text.clone()), "two reasons say: {text}");
        }
    }
}

#[test]
fn a_verdict_says_whether_it_allows() {
    for reason in Reason::ALL {
        let english = in_words(&of(*reason), "News", &language("en"));
        assert_eq!(english.starts_with("News: allowed,"), reason.allows());
        let swedish = in_words(&of(*reason), "Nytt", &language("sv-FI"));
        assert_eq!(swedish.starts_with("Nytt: tillåtet,"), reason.allows());
    }
}

#[test]
fn an_explanation_names_what_the_verdict_names() {
    let en = language("en");
    let denied = Verdict {
        dependency: Some(pid("ommej.appsvar")),
        ..of(Reason::DependencyDenied)
    };
    assert!(in_words(&denied, "Horizon", &en).contains("(ommej.appsvar)"));
    let processor = Verdict {
        controller: Some("Exempel AB".into()),
        controller_contact: Some("dpo@example.com".into()),
        ..of(Reason::NotController)
    };
    assert!(in_words(&processor, "Hosting", &en).contains("(Exempel AB, dpo@example.com)"));
    let until = Verdict {
        valid_until: Some(1_768_478_400_000),
        ..of(Reason::ConsentValid)
    };
    let text = in_words(&until, "News", &en);
    assert!(
        text.ends_with("by itself at 2026-01-15T12:00:00.000Z."),
        "{text}"
    );
}

#[test]
fn a_row_between_two_numbers_is_named_with_its_letter() {
    let mut verdict = Verdict {
        row: Row::MARKETING,
        ..of(Reason::ObjectedMarketing)
    };
    let sv = language("sv");
    assert!(in_words(&verdict, "Nyhetsbrev", &sv).contains("(rad 12b)"));
    // As a client reads it: the row is in the explanation.
    verdict.row = Row::default();
    assert!(!in_words(&verdict, "Nyhetsbrev", &sv).contains("rad"));
    verdict.explain = Some(Box::new(Explain {
        row: 12,
        part: Row::MARKETING.part,
        via: Vec::new(),
        event_id: None,
        notice: None,
    }));
    assert!(in_words(&verdict, "Nyhetsbrev", &sv).contains("(rad 12b)"));
}

#[test]
fn an_answer_about_the_past_promises_nothing() {
    let past = Verdict {
        historic: true,
        valid_until: Some(1_768_478_400_000),
        ..of(Reason::ConsentValid)
    };
    let text = in_words(&past, "News", &language("en"));
    assert!(text.ends_with("about the past and permits nothing now."));
}

#[test]
fn the_terminal_gate_is_explained_as_such() {
    let text = in_words(
        &of(Reason::TerminalConsentMissing),
        "Statistics",
        &language("en"),
    );
    assert!(text.contains("storing in or reading from the device"));
    assert!(text.contains("has not decided"));
}

/// docs/decisions.md shows the English words of every reason, and the numbered rules that tests cite.
#[test]
fn the_page_has_the_words_of_every_reason() {
    let page = include_str!("../../../../../docs/decisions.md");
    for reason in Reason::ALL {
        let reason = reason.without_terminal();
        let said = en::words(reason);
        let why = said.why.strip_prefix("because ").unwrap_or(said.why);
        let (first, rest) = why.split_at(1);
        let row = format!(
            "| `{reason}` | {}{rest}. | {} |",
            first.to_uppercase(),
            said.change
        );
        assert!(page.lines().any(|line| line == row), "missing: {row}");
    }
    for rule in 0..=24 {
        let begins = |line: &&str| line.starts_with(&format!("E{rule}. "));
        assert_eq!(page.lines().filter(begins).count(), 1, "E{rule}");
    }
}
