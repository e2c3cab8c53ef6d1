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
        "c361ed84e1d0c9c9",
        "7cc08f4f2555b262",
        "11038f66230907f3",
        "f0be3138ca362c08",
        "301c4d100afc3fba",
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
            "ommej.svar-till-verksamhet",
            "ommej.apptestare",
            "ommej.advisory-boards.produktutveckling",
            "ommej.advisory-boards.marknadsforing"
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
    assert_eq!(
        own,
        [
            "ommej.appsvar",
            "ommej.svar-till-verksamhet",
            "ommej.apptestare"
        ]
    );
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
        effective_from: None,
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

/// E6: an old notice says nothing of what the register has changed since, however often it is published again.
#[test]
fn republishing_tells_nothing_of_the_register() {
    use ChangeClass::MaterialNotice;
    let x = "example.x";
    let history = [
        published(1, "a", &[]),
        register("r", &[(x, MaterialNotice)]),
        published(2, "b", &[]),
        published(1, "a", &[]),
    ];
    let cited = NoticeHash::of(b"a");
    let standing = standing(&history, 1, &cited, &samples::id(x));
    assert_eq!(standing, NoticeStanding::StaleNotice);
}

fn invalidation(content: &str, purposes: &[&str]) -> Publication {
    let classes: Vec<_> = purposes
        .iter()
        .map(|id| (*id, ChangeClass::MaterialConsent))
        .collect();
    Publication {
        kind: PublicationKind::Invalidation,
        site: None,
        effective_from: Some(0),
        ..published(0, content, &classes)
    }
}

/// E19: of that notice and purpose, and until the notice is published again.
#[test]
fn consents_on_an_invalidated_notice_are_invalid() {
    let (x, y) = ("example.x", "example.y");
    let mut history = vec![
        published(1, "a", &[]),
        published(2, "b", &[]),
        invalidation("a", &[x]),
    ];
    let stand = |list: &[Publication], known: usize, cited: &[u8], purpose: &str| {
        standing(list, known, &NoticeHash::of(cited), &samples::id(purpose))
    };
    assert_eq!(stand(&history, 1, b"a", x), NoticeStanding::Invalidated);
    assert_eq!(
        stand(&history, 3, b"a", x),
        NoticeStanding::Invalidated,
        "a late citation"
    );
    assert_eq!(stand(&history, 1, b"a", y), NoticeStanding::Current);
    assert_eq!(stand(&history, 2, b"b", x), NoticeStanding::Current);
    history.push(published(1, "a", &[]));
    assert_eq!(stand(&history, 1, b"a", x), NoticeStanding::Invalidated);
    assert_eq!(stand(&history, 4, b"a", x), NoticeStanding::Current);
}

#[test]
fn a_draft_names_what_it_tells() {
    for (name, text) in samples::ALL {
        let draft = draft(text);
        let told: Vec<_> = draft.texts[0].others.iter().map(|w| &w.id).collect();
        assert_eq!(draft.manifest.told.iter().collect::<Vec<_>>(), told);
        for id in told {
            assert!(
                draft.manifest.asked(id).is_none() && draft.manifest.names(id),
                "{name}"
            );
        }
    }
}

fn manifest(asked: &[&str], told: &[&str]) -> Manifest {
    let purposes = asked.iter().map(|id| ManifestPurpose {
        id: samples::id(id),
        check_mode: CheckMode::Consent,
        scope_type: ScopeType::None,
        vendors: Vec::new(),
    });
    Manifest {
        v: 1,
        tenant: TenantId::parse("example").unwrap(),
        site: site(),
        purposes: purposes.collect(),
        told: told.iter().map(|id| samples::id(id)).collect(),
        layout: Layout {
            buttons: Vec::new(),
            own_statement: Vec::new(),
        },
        texts: BTreeMap::new(),
    }
}

/// E6: asked and told are classed, and a purpose that a notice drops is told of.
#[test]
fn a_notice_is_classed_by_what_it_asks_and_tells() {
    use ChangeClass::{MaterialConsent, MaterialNotice};
    let x = "example.x";
    for (before, after, class) in [
        ((&[x][..], &[][..]), (&[x][..], &[][..]), None),
        ((&[], &[x]), (&[], &[x]), None),
        ((&[x], &[]), (&[], &[]), Some(MaterialNotice)),
        ((&[], &[x]), (&[], &[]), Some(MaterialNotice)),
        ((&[], &[]), (&[], &[x]), Some(MaterialNotice)),
        ((&[], &[]), (&[x], &[]), Some(MaterialNotice)),
        ((&[x], &[]), (&[], &[x]), Some(MaterialConsent)),
        ((&[], &[x]), (&[x], &[]), Some(MaterialNotice)),
    ] {
        let (was, now) = (manifest(before.0, before.1), manifest(after.0, after.1));
        let found = now.changes_since(&was).get(&samples::id(x)).copied();
        assert_eq!(found, class, "{before:?} to {after:?}");
        let mut reworded = now.clone();
        let words = BTreeMap::from([(Variant::Adult, NoticeHash::of(b"words"))]);
        reworded.texts.insert("sv".into(), words);
        let least = class.or(now.names(&samples::id(x)).then_some(MaterialNotice));
        let found = reworded.changes_since(&was).get(&samples::id(x)).copied();
        assert_eq!(found, least, "in other words, {before:?} to {after:?}");
    }
}

/// E13: whatever the processing rests on, the terminal's consent is asked.
#[test]
fn the_terminal_is_asked_under_every_basis() {
    for mode in [
        "objection",
        "contract",
        "contract_or_objection",
        "contract+legal_obligation",
        "legal_obligation",
        "terminal_consent+objection",
    ] {
        let text = samples::LOOMER.replacen(
            "check_mode = \"contract\"",
            &format!("check_mode = \"{mode}\"\nterminal_access = true"),
            1,
        );
        let id = samples::id("loomer.tillhandahalla-tjansterna");
        let asks = |text: &str| draft(text).manifest.asked(&id).is_some();
        assert!(asks(&text), "{mode}");
        let texts = draft(&text).texts;
        let words = texts[1].purposes.iter().find(|words| words.id == id);
        let basis = &words.expect("it is asked").basis;
        assert!(basis.starts_with("Your consent to storing"), "{basis}");
        let necessary = text.replacen(
            "terminal_access = true",
            "terminal_access = true\nstrictly_necessary = true",
            1,
        );
        assert!(!asks(&necessary), "{mode}, strictly necessary");
    }
}
