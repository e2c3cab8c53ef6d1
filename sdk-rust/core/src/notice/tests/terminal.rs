//! Tests notices about the terminal, in every language and variant.

use super::*;
use crate::{id::ScopeValue, notice::ChangeClass, purpose::Category, words};

fn options(languages: &[&str], variants: &[Variant]) -> DraftOptions {
    DraftOptions {
        about: About::Terminal,
        languages: languages
            .iter()
            .map(|tag| Language::parse(tag).unwrap())
            .collect(),
        variants: variants.to_vec(),
    }
}

fn about_terminal(register: &str, languages: &[&str], variants: &[Variant]) -> Draft {
    let register = Register::parse(register).unwrap();
    draft_with(&register, &site(), &options(languages, variants))
}

/// Loomer's register with cookie lifetimes, and one purpose that is described and not asked for.
fn loomer_with_cookies() -> String {
    format!(
        "{}\n{}",
        samples::LOOMER,
        r#"
[categories]
"loomer.cookies-nodvandiga.val" = "preferences"
"loomer.cookies-tredjepart" = "marketing"

[[recipient]]
id = "ads"
name = "Annons & Co"
role = "controller"
country = "US"
transfer = "scc"

[[cookie]]
name = "_ads"
purpose = "loomer.cookies-tredjepart"
lifetime = "P13M"
first_or_third_party = "third"
recipient = "ads"

[[cookie]]
name = "visit"
purpose = "loomer.cookies-analys"
lifetime = "session"

[[cookie]]
name = "login"
purpose = "loomer.tillhandahalla-tjansterna"
lifetime = "P1D"
strictly_necessary = true
"#
    )
}

const ASKED: [&str; 4] = [
    "loomer.cookies-nodvandiga.val",
    "loomer.cookies-analys",
    "loomer.cookies-relevans",
    "loomer.cookies-tredjepart",
];
const TOLD: [&str; 1] = ["loomer.cookies-nodvandiga.konto-sakerhet"];

#[test]
fn every_language_drafts_a_notice_about_the_terminal() {
    let tags: Vec<&str> = words::tags().collect();
    let draft = about_terminal(samples::LOOMER, &tags, &[Variant::Adult]);
    assert_eq!((draft.texts.len(), draft.manifest.texts.len()), (32, 32));
    let asked: Vec<&str> = draft
        .manifest
        .purposes
        .iter()
        .map(|p| p.id.as_str())
        .collect();
    assert_eq!(asked, ASKED);
    for text in &draft.texts {
        let tag = text.language.as_str();
        let listed = &draft.manifest.texts[tag];
        assert_eq!(listed[&Variant::Adult], text.hash(), "{tag}");
        let told: Vec<&str> = text.others.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(told, TOLD, "{tag}");
        let ids: Vec<&str> = text.purposes.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ASKED, "{tag}");
        // L18: the first layer names the controller and the category.
        let category = words::language(tag)
            .unwrap()
            .category_list(&[Category::Statistics, Category::Marketing]);
        assert!(text.intro.contains(&category), "{tag} {}", text.intro);
        assert!(text.intro.contains(&text.contact.controller), "{tag}");
        let json = String::from_utf8(text.canonical_bytes()).unwrap();
        for place in [
            "{controller}",
            "{categories}",
            "{title}",
            "{name}",
            "{n}",
            "{min}",
        ] {
            assert!(!json.contains(place), "{tag} {place}");
        }
        // Three are statistics by default, and their titles differ.
        let titles: std::collections::BTreeSet<_> = text
            .purposes
            .iter()
            .map(|p| (&p.title, &p.description))
            .collect();
        assert_eq!(titles.len(), 4, "{tag}");
    }
    let again = about_terminal(samples::LOOMER, &tags, &[Variant::Adult]);
    assert_eq!(
        (again.manifest.hash(), again.texts),
        (draft.manifest.hash(), draft.texts)
    );
}

#[test]
fn terminal_uses_are_asked_and_necessary_ones_told() {
    let draft = about_terminal(&loomer_with_cookies(), &["sv", "de"], &[Variant::Adult]);
    let [sv, de] = draft.texts.as_slice() else {
        panic!("two texts");
    };
    assert!(
        sv.intro.contains("Loomer") && sv.intro.contains("lagra och läsa uppgifter på din enhet")
    );
    assert!(
        sv.intro
            .contains("inställningar, statistik och marknadsföring"),
        "{}",
        sv.intro
    );
    assert!(
        de.intro.contains("Einstellungen, Statistik und Marketing"),
        "{}",
        de.intro
    );
    // Swedish uses the register's words, German the category's.
    let titles = |text: &NoticeText| -> Vec<String> {
        text.purposes.iter().map(|p| p.title.clone()).collect()
    };
    assert_eq!(
        titles(sv),
        [
            "Kakor: val",
            "Kakor: analys",
            "Kakor: relevant information",
            "Kakor från tredje part"
        ]
    );
    assert_eq!(
        titles(de),
        [
            "Ihre Auswahl merken",
            "Besuche zählen 1",
            "Besuche zählen 2",
            "Werbung zeigen und messen"
        ]
    );
    assert_eq!(
        sv.purposes[1].cookies[0].lifetime,
        "tills du stänger webbläsaren"
    );
    let ads = &de.purposes[3].cookies[0];
    assert_eq!(
        (ads.name.as_str(), ads.lifetime.as_str(), ads.party.as_str()),
        ("_ads", "13 Monate", "Dritte: Annons & Co")
    );
    assert_eq!(
        de.purposes[1].retention,
        "solange der Zweck besteht; höchstens 1 Jahr, nachdem das Konto abgemeldet wurde; länger, wenn das Gesetz es verlangt"
    );
    // Necessary cookies of a purpose that rests on a contract are described with their own basis.
    for (text, title, basis) in [
        (sv, "Tillhandahålla tjänsterna", "bett om"),
        (de, "Worum Sie gebeten haben", "gebeten"),
    ] {
        let [told, session] = text.others.as_slice() else {
            panic!("two are told: {:?}", text.others);
        };
        assert_eq!(session.id.as_str(), TOLD[0]);
        assert_eq!(told.cookies[0].name, "login");
        assert_eq!(told.title, title);
        assert!(told.basis.contains(basis), "{}", told.basis);
    }
}

#[test]
fn two_questions_of_one_category_are_told_apart() {
    let draft = about_terminal(
        samples::LOOMER,
        &["fr", "sv"],
        &[Variant::Adult, Variant::Child],
    );
    let [fr, adult, child] = draft.texts.as_slice() else {
        panic!("French has no variant for children");
    };
    assert_eq!(fr.purposes[1].title, "Compter les visites 2");
    let english =
        "« Cookies and similar technology in web and app: relevance of information sent »";
    assert!(
        fr.purposes[2].description.contains(english),
        "{}",
        fr.purposes[2].description
    );
    assert_eq!(adult.purposes[2].title, "Kakor: relevant information");
    assert_eq!(child.purposes[2].title, "Se hur många som kommer hit 3");
    assert!(
        child.purposes[2]
            .description
            .contains("”Kakor: relevant information”")
    );
}

/// L16: plain words, and refusing is as easy as accepting.
#[test]
fn younger_readers_are_spoken_to_in_their_words() {
    let younger = [Variant::Teen, Variant::Child];
    let draft = about_terminal(samples::OMMEJ, &["sv", "en"], &younger);
    assert_eq!(draft.texts.len(), 2);
    assert_eq!(draft.manifest.texts["sv"].len(), 2);
    for text in &draft.texts {
        assert!(text.intro.contains("lika ok"), "{}", text.intro);
        assert!(text.labels.accept.starts_with("Ja") && text.labels.refuse.starts_with("Nej"));
        let all = format!("{} {} {}", text.title, text.intro, text.withdraw);
        assert!(!all.contains("samtyck"), "{all}");
        let words: Vec<&str> = all.split_whitespace().collect();
        let sentences = all.matches(['.', '?']).count();
        assert!(words.len() / sentences <= 12, "long sentences: {all}");
    }
    // The whole register too, so that an app for children can ask in plain words.
    let everything = DraftOptions {
        about: About::Everything,
        ..options(
            &["sv", "de"],
            &[Variant::Adult, Variant::Teen, Variant::Child],
        )
    };
    let register = Register::parse(samples::OMMEJ).unwrap();
    let whole = draft_with(&register, &site(), &everything);
    assert_eq!(
        whole.texts.len(),
        3,
        "German has no words for a whole register"
    );
    let expected = draft_from_register(&register, &site());
    assert_eq!(whole.texts[0], expected.texts[0]);
    assert_eq!(
        whole.texts[2].purposes.len(),
        expected.texts[0].purposes.len()
    );
}

#[test]
fn scopes_and_refusals_to_draft() {
    // A banner never asks for a forwarding. Each language is drafted once.
    let draft = about_terminal(
        samples::LOOMER,
        &["sv", "sv", "xx"],
        &[Variant::Adult, Variant::Adult],
    );
    assert_eq!(draft.texts.len(), 1);
    let scoped = samples::LOOMER.replace(
        "consent_kind = \"cookie\"",
        "consent_kind = \"cookie\"\nscope_type = \"site\"",
    );
    let none = about_terminal(&scoped, &["sv", "fi"], &[Variant::Adult]);
    assert_eq!(none.manifest.purposes, []);
    assert!(
        none.texts[0].intro.contains("ber inte om samtycke"),
        "{}",
        none.texts[0].intro
    );
    assert!(none.texts[1].intro.contains("Loomer"));
}

/// A grant covers every service that the notice names, and the manifest records them.
#[test]
fn a_notice_names_every_service() {
    let services =
        "scope_type = \"vendor\"\nrecipients = [\"rullen\", \"spolen\", \"pixla\", \"fyra\"]";
    let rows: Vec<String> = ["rullen", "spolen", "pixla", "fyra"]
        .iter()
        .map(|id| {
            format!("[[recipient]]\nid = \"{id}\"\nname = \"{id} AB\"\nrole = \"processor\"\n\n")
        })
        .collect();
    let text = samples::LOOMER
        .replace(
            "consent_kind = \"cookie\"",
            &format!("consent_kind = \"cookie\"\n{services}"),
        )
        .replacen(
            "[[purpose]]\n",
            &format!("{}[[purpose]]\n", rows.concat()),
            1,
        );
    let draft = about_terminal(&text, &["sv", "en", "fi"], &[Variant::Adult]);
    assert_eq!(draft.texts.len(), 3);
    for asked in &draft.manifest.purposes {
        let ids: Vec<&str> = asked.vendors.iter().map(ScopeValue::as_str).collect();
        assert_eq!(ids, ["rullen", "spolen", "pixla", "fyra"]);
        for text in &draft.texts {
            let words = text.purposes.iter().find(|p| p.id == asked.id).unwrap();
            for id in &ids {
                assert!(words.recipients.contains(&format!("{id} AB")), "{words:?}");
            }
        }
    }
    let fewer = text.replace("\"pixla\", \"fyra\"]", "\"pixla\"]");
    let before = about_terminal(&fewer, &["sv", "en", "fi"], &[Variant::Adult]);
    let classes = draft.manifest.changes_since(&before.manifest);
    assert!(!classes.is_empty() && classes.values().all(|c| *c == ChangeClass::MaterialNotice));
}
