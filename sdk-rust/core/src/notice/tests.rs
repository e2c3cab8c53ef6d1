//! Tests notices drafted from the registers, and stale notices.

mod languages;
mod terminal;

use super::*;
use crate::register::{Register, tests as samples};

fn site() -> SiteId {
    SiteId::parse("example.se").unwrap()
}

fn draft(text: &str) -> Draft {
    draft_from_register(&Register::parse(text).unwrap(), &site())
}

#[test]
fn every_register_gives_a_notice_in_two_languages() {
    for (name, text) in samples::ALL {
        let draft = draft(text);
        assert_eq!(draft.texts.len(), 2, "{name}");
        for text in &draft.texts {
            let listed = &draft.manifest.texts[text.language.as_str()];
            assert_eq!(listed[&Variant::Adult], text.hash(), "{name}");
            assert!(text.canonical_bytes().len() < 64 * 1024);
            for words in text.purposes.iter().chain(&text.others) {
                for word in [
                    &words.title,
                    &words.description,
                    &words.data,
                    &words.retention,
                    &words.basis,
                ] {
                    assert!(!word.trim().is_empty(), "{name} {}", words.id);
                }
            }
        }
        let again = super::draft_from_register(&Register::parse(text).unwrap(), &site());
        assert_eq!(again.manifest.hash(), draft.manifest.hash());
    }
}

/// A published notice keeps its hash, so drafting it again must give the same notice.
#[test]
fn default_drafts_do_not_move() {
    let hashes = [
        "f29955b55b2d4e40",
        "893c0b950091fc5b",
        "853d3c3a815ef69e",
        "22b48c594fc85d49",
        "9e60aa996d1e3b55",
    ];
    let drafted =
        samples::ALL.map(|(_, text)| draft(text).manifest.hash().as_str()[7..23].to_owned());
    assert_eq!(drafted, hashes);
}

#[test]
fn consent_is_asked_and_other_bases_only_told() {
    let ommej = draft(samples::OMMEJ);
    let ids = |list: &[PurposeWords]| list.iter().map(|w| w.id.to_string()).collect::<Vec<_>>();
    assert_eq!(
        ids(&ommej.texts[0].purposes),
        [
            "ommej.webbplatsbesok",
            "ommej.appkonto",
            "ommej.appsvar",
            "ommej.apptestare",
            "ommej.advisory-boards"
        ]
    );
    assert_eq!(ommej.texts[0].others.len(), 16);
    // "Accept all" never covers answers and health data.
    let own: Vec<&str> = ommej
        .manifest
        .layout
        .own_statement
        .iter()
        .map(PurposeId::as_str)
        .collect();
    assert_eq!(own, ["ommej.appsvar", "ommej.apptestare"]);
    let answers = &ommej.texts[0].purposes[2];
    assert!(answers.basis.contains("uttryckliga"), "{}", answers.basis);
    // Incomplete purposes deny every check, so a notice leaves them out.
    let loomer = draft(samples::LOOMER);
    assert!(!ids(&loomer.texts[0].others).contains(&"loomer.stavja-missbruk".to_owned()));
}

#[test]
fn retention_is_said_in_words() {
    let lunden = draft(samples::BJORN_LUNDEN);
    let said = |language: usize, id: &str| {
        let text = &lunden.texts[language];
        let mut all = text.purposes.iter().chain(&text.others);
        all.find(|w| w.id.as_str() == id).unwrap().retention.clone()
    };
    assert_eq!(said(0, "bjorn-lunden.kundreskontra"), "Avtalstiden + 1 år");
    assert_eq!(
        said(1, "bjorn-lunden.kundreskontra"),
        "1 year after the contract has ended"
    );
    assert_eq!(
        said(1, "bjorn-lunden.kundfiler"),
        "7 days after the case was closed or 12 months after the file was received, whichever comes first"
    );
    assert_eq!(
        said(1, "bjorn-lunden.foto-film-ljud"),
        "until the campaign has ended or until consent was withdrawn, whichever comes first"
    );
    assert_eq!(said(1, "bjorn-lunden.fjarrstyrning"), "not stored");
    assert_eq!(
        said(1, "bjorn-lunden.webbplatsbesok"),
        "1–365 days after the cookie was last set"
    );
    assert_eq!(
        said(1, "bjorn-lunden.leverantorsreskontra"),
        "7 years after the calendar year in which the fiscal year ended"
    );
}

/// L18, B2: accept and refuse stand in the same layer, refuse comes first, and the layer states the right to withdraw.
#[test]
fn the_first_layer_is_fair() {
    for text in draft(samples::OMMEJ).texts {
        assert!(!text.withdraw.is_empty() && text.intro.contains(&text.contact.controller));
        let (yes, no) = (
            text.labels.accept.chars().count(),
            text.labels.refuse.chars().count(),
        );
        assert!(
            yes.abs_diff(no) <= 4,
            "{} / {}",
            text.labels.accept,
            text.labels.refuse
        );
        assert!(text.rights.contains("imy.se"));
    }
    let layout = draft(samples::OMMEJ).manifest.layout;
    assert_eq!(
        layout.buttons,
        [Button::Refuse, Button::Accept, Button::Settings]
    );
}

#[test]
fn manifests_are_canonical_json() {
    let manifest = draft(samples::LOOMER).manifest;
    let bytes = manifest.canonical_bytes();
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with("{\"layout\":{\"buttons\":[\"refuse\",\"accept\",\"settings\"]"));
    let back: Manifest = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(
        (back.hash(), NoticeHash::of(&bytes)),
        (manifest.hash(), manifest.hash())
    );
}

fn published(version: u32, content: &str, classes: &[(&str, ChangeClass)]) -> Publication {
    Publication {
        kind: PublicationKind::Notice,
        site: Some(site()),
        hash: NoticeHash::of(content.as_bytes()),
        version,
        classes: classes
            .iter()
            .map(|(id, class)| (samples::id(id), *class))
            .collect(),
        previous: None,
        at: 0,
        by: None,
    }
}

fn register(content: &str, classes: &[(&str, ChangeClass)]) -> Publication {
    Publication {
        kind: PublicationKind::Register,
        site: None,
        ..published(1, content, classes)
    }
}

#[test]
fn a_consent_stands_or_falls_with_what_was_published_since() {
    use ChangeClass::{Editorial, MaterialConsent, MaterialNotice};
    use NoticeStanding::{Current, Equivalent, StaleConsent, StaleNotice, Unknown};
    let x = "example.x";
    let stand = |list: &[Publication], known: usize, cited: &str| {
        standing(
            list,
            known,
            &NoticeHash::of(cited.as_bytes()),
            &samples::id(x),
        )
    };
    let first = published(1, "a", &[]);
    let after = |class| vec![first.clone(), published(2, "b", &[(x, class)])];
    assert_eq!(stand(std::slice::from_ref(&first), 1, "a"), Current);
    assert_eq!(stand(&after(Editorial), 1, "a"), Current);
    assert_eq!(stand(&after(MaterialNotice), 1, "a"), StaleNotice);
    assert_eq!(stand(&after(MaterialConsent), 1, "a"), StaleConsent);
    assert_eq!(stand(&after(MaterialConsent), 2, "b"), Current);
    // A late citation of a notice is as stale as a timely one.
    assert_eq!(stand(&after(MaterialConsent), 2, "a"), StaleConsent);
    assert_eq!(stand(&after(Editorial), 1, "b"), Unknown);
    assert_eq!(stand(&after(Editorial), 99, "c"), Unknown);
    // A change of another purpose does not affect this one.
    let other = [
        first.clone(),
        published(2, "b", &[("example.y", MaterialConsent)]),
    ];
    assert_eq!(stand(&other, 1, "a"), Current);

    // Version 3 with the content of version 1.
    let mut back = after(MaterialConsent);
    back.push(published(3, "a", &[(x, MaterialConsent)]));
    assert_eq!(stand(&back, 1, "a"), Equivalent);
    assert_eq!(stand(&back, 2, "b"), StaleConsent);
    assert_eq!(stand(&back, 3, "a"), Current);
    // The most significant of several changes counts.
    let two = [
        first.clone(),
        published(2, "b", &[(x, MaterialConsent)]),
        published(3, "c", &[(x, Editorial)]),
    ];
    assert_eq!(stand(&two, 1, "a"), StaleConsent);

    // Publishing the same notice again does not undo a register change that needs consent again.
    let changed = [
        first.clone(),
        register("r", &[(x, MaterialConsent)]),
        published(2, "a", &[]),
    ];
    assert_eq!(stand(&changed, 1, "a"), StaleConsent);
    assert_eq!(stand(&changed, 3, "a"), Current);
    let told = [first, register("r", &[(x, MaterialNotice)])];
    assert_eq!(stand(&told, 1, "a"), StaleNotice);
}
