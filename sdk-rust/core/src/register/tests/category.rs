//! Tests categories: stated, derived and rejected ones, and their consequences.

use super::*;
use crate::purpose::Category;

fn stated(word: &str) -> String {
    with(
        "[[recipient]]",
        &format!("[categories]\n\"example.stats\" = \"{word}\"\n[[recipient]]"),
    )
}

fn of(text: &str) -> (Category, Vec<ConsentModeType>) {
    let (register, purpose) = (parse(text), id("example.stats"));
    (register.category(&purpose), register.consent_mode(&purpose))
}

#[test]
fn a_category_is_stated_or_follows_from_what_the_purpose_does() {
    use ConsentModeType::{
        AdPersonalization, AdStorage, AdUserData, AnalyticsStorage, FunctionalityStorage,
        PersonalizationStorage, SecurityStorage,
    };
    let ads = vec![AdStorage, AdUserData, AdPersonalization];
    let settings = vec![FunctionalityStorage, PersonalizationStorage];
    assert_eq!(of(CLEAN), (Category::Statistics, vec![AnalyticsStorage]));
    for flag in [
        "direct_marketing",
        "targeted_advertising",
        "third_party_sharing",
    ] {
        let text = with(
            "special_category = \"no\"\nrecipients",
            &format!("special_category = \"no\"\n{flag} = true\nrecipients"),
        );
        assert_eq!(of(&text), (Category::Marketing, ads.clone()), "{flag}");
    }
    assert_eq!(
        of(&stated("preferences")),
        (Category::Preferences, settings)
    );
    assert_eq!(of(&stated("marketing")), (Category::Marketing, ads));
    let unasked = |text: &str| {
        text.replace(
            "check_mode = \"consent\"",
            "check_mode = \"objection\"\nstrictly_necessary = true",
        )
    };
    let necessary = (Category::Necessary, vec![SecurityStorage]);
    assert_eq!(of(&unasked(CLEAN)), necessary);
    assert_eq!(of(&unasked(&stated("necessary"))), necessary);
    // The register's own consent types take precedence over the category.
    let own = stated("marketing").replace(
        "recipients = [\"mailer\"]",
        "consent_mode = [\"security_storage\"]",
    );
    assert_eq!(of(&own), (Category::Marketing, vec![SecurityStorage]));
    // A purpose that does not use the terminal unlocks no consent type. An unknown purpose gets the strictest category.
    let register = parse(CLEAN);
    assert_eq!(register.consent_mode(&id("example.sale")), []);
    assert_eq!(register.consent_mode(&id("example.none")), []);
    assert_eq!(register.category(&id("example.none")), Category::Marketing);
}

#[test]
fn an_invalid_category_is_refused_with_its_line() {
    for (text, expected) in [
        (
            stated("statistic"),
            "line 12: `example.stats` = \"statistic\": is not one of necessary, preferences, statistics, marketing (did you mean `statistics`?)",
        ),
        (
            stated("marketing").replace("\"example.stats\" =", "\"example.stast\" ="),
            "line 12: categories: `example.stast` is not a purpose of this file (did you mean `example.stats`?)",
        ),
        (
            stated("necessary"),
            "line 12: `example.stats` asks for consent, so it is not necessary",
        ),
    ] {
        let found = Register::parse(&text).unwrap_err().to_string();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_category_is_hashed_and_a_further_reaching_one_asks_again() {
    let of = |word: &str| parse(&stated(word));
    let (less, more) = (of("preferences"), of("marketing"));
    assert_ne!(less.hash(), more.hash());
    let class = |old: &Register, new: &Register| {
        let found = super::super::diff(old, new);
        let change = &found.changed[0].changes[0];
        assert_eq!(change.path, "categories");
        found.changed[0].class()
    };
    assert_eq!(
        class(&less, &more),
        crate::notice::ChangeClass::MaterialConsent
    );
    assert_eq!(
        class(&more, &less),
        crate::notice::ChangeClass::MaterialNotice
    );
    // Stating a category that already followed changes nothing.
    let plain = parse(CLEAN);
    assert_ne!(plain.hash(), of("statistics").hash());
    let found = super::super::diff(&plain, &of("statistics"));
    assert_eq!(found.changed[0].changes[0].path, "other");
}

#[test]
fn a_necessary_cookie_stands_under_a_necessary_purpose() {
    let text = with(
        "first_or_third_party = \"first\"",
        "strictly_necessary = true",
    );
    assert_eq!(codes(&text), ["necessary_cookie_misplaced"]);
    assert_eq!(parse(&text).incomplete().count(), 0);
    let told = text.replace(
        "check_mode = \"consent\"",
        "check_mode = \"legal_obligation\"\nstrictly_necessary = true",
    );
    assert_eq!(codes(&told), [""; 0]);
}

#[test]
fn letters_are_the_cookies() {
    let letters: String = Category::ALL.into_iter().map(Category::letter).collect();
    assert_eq!(letters, "npsm");
    for category in Category::ALL {
        assert_eq!(Category::from_letter(category.letter()), Some(category));
        let word = serde_json::to_value(category).unwrap();
        assert_eq!(word, category.as_str());
    }
    assert_eq!(Category::from_letter('x'), None);
}
