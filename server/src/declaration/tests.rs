//! The declaration page as a document.

use samtycke_core::notice::{About, DraftOptions, Variant, draft_with};
use samtycke_core::register::Register;
use samtycke_core::words::{language, tags};

use super::*;

const NASTY: &str = "<script>alert(1)</script>\"'&";

/// The page's own texts, with the name of its control.
fn own_words(tag: &str, control: &str, contact: &str) -> Vec<String> {
    let words = language(tag).expect("a language");
    let serde_json::Value::Object(own) = serde_json::to_value(&words.declaration).expect("JSON")
    else {
        panic!("words have names");
    };
    let plain = own.values().filter_map(|text| text.as_str());
    let plain = plain.filter(|text| !text.contains('{')).map(str::to_owned);
    let filled = [
        words.at_most(COOKIE_LIVES),
        words.how_to_reopen(control),
        words.object_to(&[contact]),
    ];
    plain.chain(filled).collect()
}

fn example(language: &str) -> Declaration {
    let register =
        Register::parse(include_str!("../../../registers/loomer.toml")).expect("a register");
    let site = "www.loomer.example".parse().expect("a site");
    let options = DraftOptions {
        about: About::Terminal,
        languages: vec![language.parse().expect("a language")],
        variants: vec![Variant::Adult],
    };
    let mut text = draft_with(&register, &site, &options).texts.remove(0);
    text.contact.contact = Some(NASTY.into());
    text.contact.policy_url = Some("javascript:alert(1)".into());
    let entry = |words: &PurposeWords, category| Entry {
        category,
        words: words.clone(),
        uses: vec![Use {
            name: NASTY.into(),
            lifetime: NASTY.into(),
            party: NASTY.into(),
            terminal: Terminal::Pixel,
        }],
        takes_objection: false,
    };
    let entries = text
        .purposes
        .iter()
        .zip(
            [Category::Statistics, Category::Marketing]
                .into_iter()
                .cycle(),
        )
        .map(|(words, category)| entry(words, category))
        .collect();
    Declaration {
        site: "www.loomer.example".into(),
        site_id: "0123456789ab".parse().expect("a public id"),
        home: Some("https://www.loomer.example".into()),
        text,
        languages: vec!["en".into(), "sv".into()],
        version: 3,
        since: 1_795_312_800_000,
        entries,
        others: Vec::new(),
    }
}

#[test]
fn everything_is_escaped_and_nothing_is_inline() {
    for language in ["sv", "en"] {
        let page = render(&example(language));
        for forbidden in ["<script", "style=\"", "javascript:", "onclick", "src="] {
            assert!(!page.contains(forbidden), "{forbidden}");
        }
        assert!(page.contains(&format!("<html lang=\"{language}\" dir=\"ltr\">")));
    }
}

/// Protects law.md L19: the page states purpose, lifetime, recipient and how to withdraw, and includes what samtycke
/// itself stores.
#[test]
fn it_says_what_the_law_asks_for() {
    let example = example("sv");
    let page = render(&example);
    for purpose in &example.text.purposes {
        assert!(page.contains(&purpose.title), "{}", purpose.id);
    }
    for said in [
        "samtycke-consent-1-0123456789ab",
        "samtycke-1:0123456789ab",
        "Lagringstid",
        "Sparas",
        "Mottagare",
        "Nödvändiga",
        "Statistik",
        "Marknadsföring",
        example.text.withdraw.as_str(),
        example.text.rights.as_str(),
        example.text.contact.controller.as_str(),
    ] {
        assert!(page.contains(said), "{said}");
    }
}

#[test]
fn a_site_that_asks_nothing_stores_no_choice() {
    let mut example = example("sv");
    example.text.purposes.clear();
    example.entries.clear();
    assert!(!render(&example).contains("samtycke-consent-1"));
}

/// Protects GDPR Art. 21(4): the page describes purposes based on legitimate interest in full, with the right to object
/// and the contact, and offers no objection to any other purpose.
#[test]
fn a_purpose_open_to_objection_says_how() {
    for (language, right) in [("sv", "rätt att invända"), ("en", "right to object")] {
        let mut example = example(language);
        example.text.rights.clear();
        assert!(!render(&example).contains(right));
        example.text.contact.contact = Some("kontakt@example.com".into());
        example.others = example.entries.split_off(1);
        example.others[0].takes_objection = true;
        let page = render(&example);
        assert_eq!(page.matches(right).count(), 1);
        assert!(page.contains("id=\"others\"") && page.contains(&example.others[0].words.title));
        let told = page.split(right).nth(1).expect("what follows");
        let told = told.split("</p>").next().expect("its paragraph");
        assert!(
            told.contains("kontakt@example.com") && told.contains("#contact"),
            "{told}"
        );
        assert!(page.contains("href=\"mailto:kontakt@example.com\""));
        example.text.contact.contact = None;
        let page = render(&example);
        let told = page.split(right).nth(1).expect("what follows");
        let told = told.split("</p>").next().expect("its paragraph");
        assert!(told.contains(&example.text.contact.controller), "{told}");
    }
}

/// Protects law.md L19 in every language: the page's own texts are in the page's language, and none is marked as
/// English.
#[test]
fn every_language_speaks_without_english() {
    let contact = "kontakt@example.com";
    for tag in tags() {
        let mut example = example(tag);
        example.languages = vec![tag.into()];
        example.text.contact.contact = Some(contact.into());
        let mut terminals = [
            Terminal::Storage,
            Terminal::Pixel,
            Terminal::Fingerprint,
            Terminal::Sdk,
            Terminal::Cookie,
        ]
        .into_iter()
        .cycle();
        for entry in &mut example.entries {
            entry.takes_objection = true;
            let used = entry.uses[0].clone();
            let of = |terminal| Use {
                terminal,
                ..used.clone()
            };
            entry.uses = terminals.by_ref().take(5).map(of).collect();
        }
        let page = render(&example);
        let control = &example.text.labels.reopen;
        for said in own_words(tag, control, contact) {
            assert!(page.contains(&said), "{tag} lacks {said}");
        }
        if tag == "en" {
            continue;
        }
        // Text that the controller wrote in English stays English.
        let written = serde_json::to_string(&example.text).expect("JSON");
        let heading = &language(tag).expect("a language").declaration.heading;
        assert!(page.contains(&format!("<h1>{heading}</h1>")), "{tag}");
        let english = own_words("en", control, contact);
        for english in english.iter().filter(|said| !written.contains(*said)) {
            assert!(!page.contains(english), "{tag}: {english}");
        }
        assert!(!page.contains("lang=\"en\""), "{tag}");
    }
}

/// The tab's storage and the browser's use the same name.
#[test]
fn one_name_in_two_places_says_which_is_which() {
    for (tag, tab, browser) in [
        ("sv", "lagring i fliken", "lagring i webbläsaren"),
        ("de", "Speicherung im Tab", "Speicherung im Browser"),
    ] {
        let page = render(&example(tag));
        let kinds: Vec<&str> = page
            .split("samtycke-1:0123456789ab</code><span class=\"kind\">")
            .skip(1)
            .map(|rest| rest.split('<').next().expect("the kind"))
            .collect();
        assert_eq!(kinds, [tab, browser]);
    }
}
