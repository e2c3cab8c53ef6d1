//! Tests that every language is complete, contains no English by accident, and is selected correctly.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Every text of a language by its path, such as `ui.categories.statistics`.
fn texts(words: &LanguageWords) -> BTreeMap<String, String> {
    fn walk(path: &str, value: &Value, out: &mut BTreeMap<String, String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    walk(&format!("{path}.{key}"), value, out);
                }
            }
            Value::String(text) => {
                out.insert(path.to_owned(), text.clone());
            }
            _ => {}
        }
    }
    let mut out = BTreeMap::new();
    let all = serde_json::to_value(words).unwrap();
    for part in ["ui", "declaration", "draft"] {
        walk(part, &all[part], &mut out);
    }
    out
}

/// Whether the path needs every plural form of the language.
fn is_counted(path: &str) -> bool {
    path.starts_with("draft.units.") || path.starts_with("draft.shared.recipients.")
}

fn places(text: &str) -> BTreeSet<&str> {
    let after = text.split('{').skip(1);
    after.map(|rest| rest.split('}').next().unwrap()).collect()
}

#[test]
fn there_are_32_languages_and_two_younger_variants() {
    assert_eq!(tags().count(), 32);
    let sorted: BTreeSet<&str> = tags().collect();
    assert!(sorted.iter().copied().eq(tags()));
    let official = "bg cs da de el en es et fi fr ga hr hu it lt lv mt nl pl pt ro sk sl sv";
    let others = "nb nn is uk ar so fa ti";
    for tag in official.split(' ').chain(others.split(' ')) {
        let words = language(tag).unwrap_or_else(|| panic!("no {tag}"));
        assert_eq!(
            (words.language.as_str(), words.variant),
            (tag, Variant::Adult)
        );
        assert!(!words.reviewed_by_native, "{tag}");
        let rtl = words.direction == Direction::Rtl;
        assert_eq!(rtl, ["ar", "fa"].contains(&tag), "{tag}");
    }
    assert_eq!(all().len(), 34);
    for younger in [Variant::Teen, Variant::Child] {
        assert_eq!(variant("sv", younger).unwrap().variant, younger);
        assert!(variant("en", younger).is_none());
    }
    assert!(language("xx").is_none() && language("sv-teen").is_none());
}

#[test]
fn every_language_says_everything_and_keeps_its_places() {
    let english = texts(language("en").unwrap());
    for words in all() {
        let at = (words.language.as_str(), words.variant);
        let mine = texts(words);
        for (path, text) in &mine {
            assert!(!text.trim().is_empty(), "{at:?} {path}");
            if is_counted(path) {
                assert!(places(text).is_subset(&["n"].into()), "{at:?} {path}");
                continue;
            }
            let expected = places(&english[path]);
            assert_eq!(places(text), expected, "{at:?} {path}");
        }
        for path in english.keys() {
            let own = is_counted(path) || path == "draft.intro_everything";
            assert!(own || mine.contains_key(path), "{at:?} lacks {path}");
        }
        let rights = &words.draft.rights;
        assert!(
            rights.contains("imy.se") && rights.contains("pts.se"),
            "{at:?}"
        );
    }
}

/// Words that other languages share with English.
const SHARED: &[&str] = &[
    "cs:Marketing",
    "de:Marketing",
    "de:Name",
    "es:Marketing",
    "fr:Contact",
    "fr:Marketing",
    "fr:Services",
    "hr:Marketing",
    "hu:Marketing",
    "it:Marketing",
    "mt:Data",
    "nl:Contact",
    "nl:Marketing",
    "nl:{n} week",
    "pl:Marketing",
    "pt:Marketing",
    "ro:Contact",
    "ro:Marketing",
    "sk:Marketing",
];

#[test]
fn nothing_is_left_in_english() {
    let english: BTreeSet<String> = texts(language("en").unwrap()).into_values().collect();
    let mut shared = BTreeSet::new();
    for words in all().iter().filter(|words| words.language.as_str() != "en") {
        for (path, text) in texts(words) {
            // Languages share their quotation marks.
            if english.contains(&text) && path != "draft.quoted" {
                let found = format!("{}:{text}", words.language);
                assert!(
                    SHARED.contains(&found.as_str()),
                    "{path} is English: {found}"
                );
                shared.insert(found);
            }
        }
    }
    let unneeded: Vec<_> = SHARED.iter().filter(|s| !shared.contains(**s)).collect();
    assert!(unneeded.is_empty(), "listed for nothing: {unneeded:?}");
}

/// B2: accept and refuse have about the same length in every language and fit on a button.
#[test]
fn accept_and_refuse_have_equal_weight() {
    for words in all() {
        let labels = &words.draft.labels;
        let [yes, no] = [&labels.accept, &labels.refuse].map(|label| label.chars().count());
        let at = (&words.language, &labels.accept, &labels.refuse);
        assert!(yes.abs_diff(no) <= 4 && yes.max(no) <= 22, "{at:?}");
    }
}

#[test]
fn every_number_finds_its_form_and_every_form_its_number() {
    for words in all() {
        let tag = words.language.as_str();
        let needed: BTreeSet<Plural> = (1..=1000).map(|n| plural::plural(tag, n)).collect();
        let units = &words.draft.units;
        let recipients = &words.draft.shared.recipients;
        for forms in [
            &units.year,
            &units.month,
            &units.week,
            &units.day,
            recipients,
        ] {
            let given: BTreeSet<Plural> = forms.keys().copied().collect();
            assert_eq!(given, needed, "{tag}");
            // A form that several numbers share contains the number.
            for (form, text) in forms {
                let numbers = (1..=1000).filter(|n| plural::plural(tag, *n) == *form);
                assert!(numbers.count() == 1 || text.contains("{n}"), "{tag} {text}");
            }
        }
    }
}

#[test]
fn durations_are_said_as_people_say_them() {
    let said = |tag: &str, iso: &str| {
        let duration = CalendarDuration::parse(iso).unwrap();
        language(tag).unwrap().duration(duration)
    };
    for (tag, iso, expected) in [
        ("sv", "P13M", "13 månader"),
        ("sv", "P1Y6M", "1 år och 6 månader"),
        ("en", "P1D", "1 day"),
        ("en", "P0D", "the same day"),
        ("pl", "P2M", "2 miesiące"),
        ("pl", "P13M", "13 miesięcy"),
        ("pl", "P22D", "22 dni"),
        ("cs", "P5D", "5 dní"),
        ("uk", "P21D", "21 день"),
        ("uk", "P11D", "11 днів"),
        ("hr", "P22Y", "22 godine"),
        ("sl", "P102D", "102 dneva"),
        ("lt", "P30D", "30 dienų"),
        ("lt", "P13M", "13 mėnesių"),
        ("lv", "P21D", "21 diena"),
        ("lv", "P20D", "20 dienu"),
        ("ro", "P13M", "13 luni"),
        ("ro", "P30D", "30 de zile"),
        ("ga", "P7Y", "7 mbliana"),
        ("mt", "P13M", "13-il xahar"),
        ("ar", "P1Y", "سنة واحدة"),
        ("ar", "P13M", "13 شهرًا"),
        ("is", "P31D", "31 dagur"),
    ] {
        assert_eq!(said(tag, iso), expected, "{tag} {iso}");
    }
}

#[test]
fn the_declaration_says_how_long_at_most_and_whom_to_tell() {
    let thirteen = CalendarDuration::of_months(13);
    let said = |tag: &str| language(tag).unwrap().at_most(thirteen);
    assert_eq!(said("sv"), "högst 13 månader");
    assert_eq!(said("en"), "at most 13 months");
    assert_eq!(said("pl"), "najwyżej 13 miesięcy");
    let told = |tag: &str| {
        let words = language(tag).unwrap();
        words.object_to(&["{contact}", "kontakt@example.com"])
    };
    assert_eq!(told("sv"), "Hör av dig till {contact}, kontakt@example.com");
    let persian = told("fa");
    assert!(
        persian.contains("\u{2068}kontakt@example.com\u{2069}") && !persian.contains(','),
        "{persian}"
    );
    for words in all() {
        let at = (&words.language, words.variant);
        assert!(words.how_to_reopen("{n}").contains("{n}"), "{at:?}");
        // The words of each pair must differ.
        let own = &words.declaration;
        assert_ne!(own.in_tab, own.in_browser, "{at:?}");
        assert_ne!(own.until_closed, own.until_withdrawn, "{at:?}");
    }
}

#[test]
fn categories_stand_in_a_sentence() {
    use Category::{Marketing, Preferences, Statistics};
    let list =
        |tag: &str, categories: &[Category]| language(tag).unwrap().category_list(categories);
    assert_eq!(list("sv", &[Statistics]), "statistik");
    assert_eq!(
        list("sv", &[Preferences, Statistics, Marketing]),
        "inställningar, statistik och marknadsföring"
    );
    assert_eq!(
        list("de", &[Statistics, Marketing]),
        "Statistik und Marketing"
    );
    assert_eq!(list("sv", &[]), "");
    let arabic = list("ar", &[Preferences, Statistics, Marketing]);
    assert!(arabic.contains('،') && !arabic.contains(','), "{arabic}");
}

/// The banner shows both side by side.
#[test]
fn no_title_is_the_name_of_its_category() {
    for words in all() {
        for category in [
            Category::Necessary,
            Category::Preferences,
            Category::Statistics,
            Category::Marketing,
        ] {
            let (name, draft) = (words.ui.categories.of(category), &words.draft);
            let [title, description] =
                [&draft.titles, &draft.descriptions].map(|texts| texts.of(category));
            let at = (&words.language, words.variant, name, title);
            assert_ne!(title.to_lowercase(), name.to_lowercase(), "{at:?}");
            assert_ne!(title, description.trim_end_matches(['.', '።']), "{at:?}");
        }
    }
}

#[test]
fn countries_have_names_in_every_language() {
    for tag in tags() {
        for code in [
            "AT", "SE", "NO", "IS", "LI", "US", "GB", "CH", "IN", "CN", "ZA",
        ] {
            let name = language(tag).unwrap().country(code);
            assert!(name.len() > 2 && name != code, "{tag} {code} {name}");
        }
    }
    let said = |tag: &str, code: &'static str| language(tag).unwrap().country(code);
    assert_eq!(
        (said("sv", "US"), said("sv", "ZA"), said("de", "AT")),
        ("USA", "Sydafrika", "Österreich")
    );
    assert_eq!(said("en", "GB"), "United Kingdom");
    for unknown in ["XX", "codes", "sv", "", "us"] {
        assert_eq!(said("sv", unknown), unknown);
    }
}

#[test]
fn foreign_names_stay_together_from_right_to_left() {
    let isolated = |tag: &str, text: &str| language(tag).unwrap().isolate(text);
    assert_eq!(isolated("ar", "Pixla Inc."), "\u{2068}Pixla Inc.\u{2069}");
    assert_eq!(isolated("fa", "_ga_*"), "\u{2068}_ga_*\u{2069}");
    assert_eq!(isolated("ar", "漢字"), "\u{2068}漢字\u{2069}");
    assert_eq!(isolated("ar", "شركة"), "شركة");
    assert_eq!(isolated("sv", "Pixla Inc."), "Pixla Inc.");
}

#[test]
fn values_are_put_in_once() {
    let values = [("a", "{b}"), ("b", "x")];
    assert_eq!(fill("{a}-{b}-{c}-{", &values), "{b}-x-{c}-{");
}

#[test]
fn the_nearest_language_is_found() {
    let all: Vec<&str> = tags().collect();
    for (requested, expected) in [
        ("sv-SE,en;q=0.8", Some("sv")),
        ("en;q=0.8, sv;q=0.9", Some("sv")),
        ("en;q=0.8, sv;q=0.8", Some("en")),
        ("xx, de-Latn-DE-1996", Some("de")),
        ("no", Some("nb")),
        ("no-NO, en", Some("nb")),
        ("NB-no", Some("nb")),
        ("de-x-private", Some("de")),
        ("sv;q=0, fi", Some("fi")),
        ("sv;q=0.000,fi;q=0.001", Some("fi")),
        ("sv;q=2, fi", Some("fi")),
        ("*", None),
        ("", None),
        (";q=1,,", None),
        ("x", None),
        ("svx", None),
    ] {
        assert_eq!(best(requested, &all), expected, "{requested}");
    }
    // The spellings of themes, templates and programs.
    for (requested, expected) in [
        ("sv_SE,en", Some("sv")),
        ("sv_SE", Some("sv")),
        ("SV", Some("sv")),
        ("sv-SE-x-fi", Some("sv")),
        ("sv_SE_x_fi", Some("sv")),
        ("nb_NO", Some("nb")),
        ("NN_no", Some("nn")),
        ("no_NO", Some("nb")),
        ("de_DE.UTF-8@euro", Some("de")),
        ("zh-Hans-CN", Some("zh-Hans")),
        ("zh_Hans_CN", Some("zh-Hans")),
        ("zh_TW,sv_FI;q=0.5", Some("sv")),
        ("_", None),
        ("_SE", None),
        (".UTF-8", None),
    ] {
        let all = ["de", "en", "nb", "nn", "sv", "zh-Hans"];
        assert_eq!(best(requested, &all), expected, "{requested}");
    }
    assert_eq!(best("no", &["en", "nn"]), Some("nn"));
    assert_eq!(best("no", &["no", "nb"]), Some("no"));
    assert_eq!(best("sv-FI", &["sv", "sv-FI"]), Some("sv-FI"));
    assert_eq!(best("SV-fi", &["sv-FI"]), Some("sv-FI"));
    assert_eq!(best("sv", &["sv-FI"]), None);
    assert_eq!(best("sv", &[]), None);
    let long = "q,".repeat(10_000) + "sv";
    assert_eq!(best(&long, &all), None);
}

proptest::proptest! {
    #[test]
    fn any_header_is_survived(header in ".{0,80}") {
        let all: Vec<&str> = tags().collect();
        let found = best(&header, &all);
        proptest::prop_assert!(found.is_none_or(|tag| all.contains(&tag)));
    }
}
