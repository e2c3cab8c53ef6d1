//! What the page promises as a document.

use samtycke_core::notice::draft_from_register;
use samtycke_core::register::Register;

use super::*;

const NASTY: &str = "<script>alert(1)</script>\"'&";

fn example(language: &str) -> Declaration {
    let register =
        Register::parse(include_str!("../../../registers/loomer.toml")).expect("a register");
    let site = "www.loomer.example".parse().expect("a site");
    let texts = draft_from_register(&register, &site).texts;
    let mut text = texts
        .into_iter()
        .find(|text| text.language.as_str() == language)
        .expect("both languages are drafted");
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

/// Protects law.md L19: purpose, lifetime, who, and how to take it back stand on the page, and what samtycke itself
/// stores is not left out.
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

/// Protects GDPR Art. 21(4): what rests on legitimate interest is told in full, with the right to object and whom to tell,
/// and nothing else claims that one could object.
#[test]
fn what_can_be_objected_to_says_how() {
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
        assert!(render(&example).contains(&format!("{}.", example.text.contact.controller)));
    }
}
