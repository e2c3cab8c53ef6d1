//! Tests the drafts in each language: recipients, retention, and no leftover English.

use std::collections::BTreeSet;

use super::*;
use crate::words;

const EVERY_RULE: [&str; 12] = [
    "after(item.collected, P2Y)",
    "after(contract.ended, PARAM:x)",
    "after(fiscal_year.calendar_year_end, P7Y)",
    "range(cookie.set, P1D, P365D)",
    "range(item.created, P7D, P12M)",
    "min(incident.closed, P10Y)",
    "max(account.deregistered, P1Y)",
    "earliest(after(case.closed, P7D), after(file.received, P12M))",
    "latest(after(campaign.ended, P0D), after(consent.withdrawn, P0D))",
    "none",
    "hold(legal_requirement)",
    "while(purpose.active)",
];

fn everybody() -> DraftOptions {
    DraftOptions {
        about: About::Terminal,
        languages: words::tags()
            .map(|tag| Language::parse(tag).unwrap())
            .collect(),
        variants: vec![Variant::Adult, Variant::Teen, Variant::Child],
    }
}

fn drafted(register: &str, options: &DraftOptions) -> Vec<NoticeText> {
    let register = Register::parse(register).unwrap();
    draft_with(&register, &site(), options).texts
}

/// The English phrases of two or more words from which a draft is built.
fn english_phrases() -> BTreeSet<String> {
    fn walk(value: &serde_json::Value, out: &mut BTreeSet<String>) {
        match value {
            serde_json::Value::Object(map) => map.values().for_each(|value| walk(value, out)),
            serde_json::Value::String(text) => {
                let pieces = text.split(['{', '}', '.']).map(str::trim);
                let long = pieces.filter(|piece| piece.contains(' ') && piece.len() >= 8);
                out.extend(long.map(str::to_lowercase));
            }
            _ => {}
        }
    }
    let mut out = BTreeSet::new();
    let draft = &words::language("en").unwrap().draft;
    walk(&serde_json::to_value(draft).unwrap(), &mut out);
    out
}

fn fields(words: &PurposeWords) -> impl Iterator<Item = &str> {
    let cookies = words.cookies.iter();
    let cookies = cookies.flat_map(|cookie| [cookie.lifetime.as_str(), cookie.party.as_str()]);
    let own = [
        &words.title,
        &words.description,
        &words.data,
        &words.retention,
        &words.recipients,
        &words.basis,
    ];
    own.into_iter().map(String::as_str).chain(cookies)
}

#[test]
fn no_draft_falls_back_to_english() {
    let phrases = english_phrases();
    assert!(phrases.contains("the data were collected") && phrases.contains("not stored"));
    for (name, register) in samples::ALL {
        for text in drafted(register, &everybody()) {
            if text.language.as_str() == "en" {
                continue;
            }
            let all = text.purposes.iter().chain(&text.others).flat_map(fields);
            for field in all.chain([text.intro.as_str(), &text.withdraw, &text.rights]) {
                let lower = field.to_lowercase();
                let english = phrases.iter().find(|phrase| lower.contains(*phrase));
                assert_eq!(english, None, "{name} {}: {field}", text.language);
            }
        }
    }
}

#[test]
fn every_rule_is_said_in_every_language() {
    let phrases = english_phrases();
    for tag in words::tags() {
        let language = words::language(tag).unwrap();
        let mut all = BTreeSet::new();
        for rule in EVERY_RULE {
            let said = describe::rule(&crate::retention::Rule::parse(rule).unwrap(), language);
            assert!(!said.contains(['{', '}', '"']), "{tag} {said}");
            assert!(
                !said.starts_with(' ') && !said.ends_with(' '),
                "{tag} {said}"
            );
            let english = phrases.iter().find(|phrase| said.contains(*phrase));
            assert!(tag == "en" || english.is_none(), "{tag} {said}");
            assert!(all.insert(said.clone()), "{tag} says it twice: {said}");
        }
    }
}

#[test]
fn retention_is_said_as_people_say_it() {
    for (tag, rule, expected) in [
        ("sv", 0, "2 år efter att uppgiften samlades in"),
        ("sv", 3, "1–365 dagar efter att kakan senast sattes"),
        (
            "sv",
            4,
            "7 dagar till 12 månader efter att uppgiften skapades",
        ),
        ("de", 0, "2 Jahre, nachdem die Daten erhoben wurden"),
        ("fi", 0, "2 vuotta siitä, kun tiedot kerättiin"),
        ("fr", 0, "2 ans après la collecte des données"),
        ("el", 0, "2 έτη μετά τη συλλογή των δεδομένων"),
        ("ar", 0, "سنتان بعد جمع البيانات"),
        ("pl", 0, "2 lata od momentu, gdy dane zostały zebrane"),
        (
            "pl",
            3,
            "1–365 dni od momentu, gdy plik cookie został ostatnio zapisany",
        ),
        (
            "ar",
            3,
            "من يوم واحد إلى 365 يومًا بعد آخر مرة وُضع فيها ملف تعريف الارتباط",
        ),
        (
            "de",
            7,
            "7 Tage, nachdem der Fall abgeschlossen ist oder 12 Monate, nachdem die Datei eingegangen ist, je nachdem, was zuerst eintritt",
        ),
        (
            "sv",
            8,
            "tills kampanjen har avslutats och tills samtycket har återkallats, det som inträffar sist",
        ),
    ] {
        let rule = crate::retention::Rule::parse(EVERY_RULE[rule]).unwrap();
        let language = words::language(tag).unwrap();
        assert_eq!(describe::rule(&rule, language), expected, "{tag}");
    }
    // An event without a translation is quoted, and stays in one piece in right-to-left text.
    let unknown = crate::retention::Rule::parse("after(moon.risen, P1D)").unwrap();
    let said = |tag: &str| describe::rule(&unknown, words::language(tag).unwrap());
    assert_eq!(said("sv"), "1 dag efter att \"moon.risen\"");
    assert_eq!(said("ar"), "يوم واحد بعد \u{2068}\"moon.risen\"\u{2069}");
}

/// The law requires the controller, the purposes, the recipients and the way to withdraw. The layer says no more,
/// because it covers the page (WCAG 1.4.10).
#[test]
fn the_first_layer_is_short() {
    for (name, register) in samples::ALL {
        for text in drafted(register, &everybody()) {
            let [title, intro, withdraw] =
                [&text.title, &text.intro, &text.withdraw].map(|part| part.chars().count());
            let at = format!("{name} {} {:?}", text.language, text.variant);
            let max = match text.variant {
                Variant::Child => 390,
                _ => 330,
            };
            assert!(title + intro + withdraw <= max, "{at}: {}", text.intro);
            assert!(
                !text.intro.contains("  ") && text.intro.trim() == text.intro,
                "{at}"
            );
        }
    }
}

const SPOKEN: &str = "recipients_sv = [\"tredje part\"]";
const TITLE: &str = "title_en = \"Third-party cookies when external services are used\"";

/// Loomer's register, with these recipients for its third purpose.
fn with_recipients(recipients: &[(&str, &str, &str)]) -> String {
    let ids: Vec<String> = (0..recipients.len())
        .map(|at| format!("\"r{at}\""))
        .collect();
    let register = samples::LOOMER
        .replace(SPOKEN, "recipients_sv = []")
        .replace(
            TITLE,
            &format!("{TITLE}\nrecipients = [{}]", ids.join(", ")),
        );
    let declared = recipients.iter().zip(&ids).map(|((name, country, transfer), id)| {
        format!(
            "\n[[recipient]]\nid = {id}\nname = \"{name}\"\nrole = \"controller\"\ncountry = \"{country}\"\n\
             transfer = \"{transfer}\"\n"
        )
    });
    register + &declared.collect::<String>()
}

fn intro(register: &str, tag: &str) -> String {
    let options = DraftOptions {
        languages: vec![Language::parse(tag).unwrap()],
        variants: vec![Variant::Adult],
        ..everybody()
    };
    drafted(register, &options).remove(0).intro
}

const FILM: (&str, &str, &str) = ("Videohuset Ltd", "GB", "adequacy");
const ADS: (&str, &str, &str) = ("Pixla Inc.", "US", "scc");
const COUNTER: (&str, &str, &str) = ("Räkneverket AB", "SE", "none");

/// L18: a grant covers every recipient, so the first layer names them.
#[test]
fn the_first_layer_names_the_recipients_or_their_number() {
    let few = with_recipients(&[COUNTER, ADS]);
    for (tag, expected) in [
        (
            "sv",
            "Uppgifterna delas med Räkneverket AB och Pixla Inc. (utanför EU/EES).",
        ),
        (
            "en",
            "The data are shared with Räkneverket AB and Pixla Inc. (outside the EU/EEA).",
        ),
        (
            "de",
            "Die Daten werden mit Räkneverket AB und Pixla Inc. (außerhalb der EU/des EWR) geteilt.",
        ),
        (
            "ar",
            "مستلمو البيانات: \u{2068}Räkneverket AB\u{2069} و\u{2068}Pixla Inc.\u{2069} (خارج الاتحاد الأوروبي/المنطقة الاقتصادية الأوروبية).",
        ),
    ] {
        let intro = intro(&few, tag);
        assert!(intro.ends_with(expected), "{intro}");
    }
    let five = [
        FILM,
        ADS,
        COUNTER,
        ("Fyran AB", "SE", "none"),
        ("Femman AB", "FI", "none"),
    ];
    let many = with_recipients(&five);
    for (tag, expected) in [
        (
            "sv",
            "Uppgifterna delas med 5 mottagare (varav 2 utanför EU/EES). Du ser vilka under ”Välj själv”.",
        ),
        (
            "en",
            "The data are shared with 5 recipients (2 of them outside the EU/EEA). You can see them under “Choose”.",
        ),
        (
            "pl",
            "Dane otrzyma 5 odbiorców (w tym 2 poza UE/EOG). Zobaczysz ich, gdy klikniesz „Wybierz”.",
        ),
        (
            "ar",
            "تُشارَك البيانات مع 5 مستلمين (منهم 2 خارج الاتحاد الأوروبي/المنطقة الاقتصادية الأوروبية). تجدهم ضمن «اختيار».",
        ),
    ] {
        let intro = intro(&many, tag);
        assert!(intro.ends_with(expected), "{intro}");
    }
    for tag in words::tags() {
        let [few, many] = [&few, &many].map(|register| intro(register, tag));
        assert!(
            few.contains("Räkneverket AB") && few.contains("Pixla Inc."),
            "{few}"
        );
        assert!(
            !many.contains("Räkneverket AB") && many.contains('5') && many.contains('2'),
            "{many}"
        );
    }
    let nobody = samples::LOOMER.replace(SPOKEN, "recipients_sv = []");
    assert!(intro(&nobody, "sv").ends_with("för statistik och marknadsföring."));
}

/// The register may repeat a declared recipient in free text. A cookie may name a recipient that its purpose does not.
#[test]
fn a_recipient_is_listed_once_and_with_its_country() {
    let spoken = "recipients_sv = [\"Pixla Inc. (USA)\", \"räkneverket ab\", \"myndigheter\"]";
    let register =
        with_recipients(&[ADS, COUNTER]).replace("recipients = [", "recipients = [\"r0\", ");
    let register = register.replacen("recipients_sv = []", spoken, 100);
    let third = |tag: &str| {
        let options = DraftOptions {
            languages: vec![Language::parse(tag).unwrap()],
            ..everybody()
        };
        drafted(&register, &options)[0].purposes[3].clone()
    };
    assert_eq!(
        third("sv").recipients,
        "Pixla Inc. (USA, utanför EU/EES), Räkneverket AB (Sverige), myndigheter"
    );
    assert_eq!(
        third("de").recipients,
        "Pixla Inc. (Vereinigte Staaten, außerhalb der EU/des EWR), Räkneverket AB (Schweden), „myndigheter“"
    );
    assert_eq!(
        third("fa").recipients,
        "\u{2068}Pixla Inc.\u{2069} (ایالات متحده، خارج از اتحادیهٔ اروپا/منطقهٔ اقتصادی اروپا)، \u{2068}Räkneverket AB\u{2069} (سوئد)، «\u{2068}myndigheter\u{2069}»"
    );
}

/// L19: the cookie table names the party that uses the cookie.
#[test]
fn a_cookie_names_the_recipient_of_the_register() {
    let register = with_recipients(&[])
        + r#"
[[recipient]]
id = "counter"
name = "Räkneverket Inc."
role = "processor"
country = "US"
transfer = "scc"

[[recipient]]
id = "film"
name = "Videohuset Ltd"
role = "controller"
country = "GB"
transfer = "adequacy"

[[cookie]]
name = "_ga"
purpose = "loomer.cookies-analys"
lifetime = "P13M"
first_or_third_party = "first"
recipient = "counter"

[[cookie]]
name = "film"
purpose = "loomer.cookies-analys"
lifetime = "session"
first_or_third_party = "third"
recipient = "film"

[[cookie]]
name = "own"
purpose = "loomer.cookies-analys"
lifetime = "session"
"#;
    for (tag, expected) in [
        (
            "sv",
            [
                "Räkneverket Inc.",
                "tredje part: Videohuset Ltd",
                "Loomer AB",
            ],
        ),
        (
            "ar",
            [
                "\u{2068}Räkneverket Inc.\u{2069}",
                "طرف ثالث: \u{2068}Videohuset Ltd\u{2069}",
                "\u{2068}Loomer AB\u{2069}",
            ],
        ),
    ] {
        let options = DraftOptions {
            languages: vec![Language::parse(tag).unwrap()],
            ..everybody()
        };
        let text = drafted(&register, &options).remove(0);
        let parties: Vec<&str> = text.purposes[1]
            .cookies
            .iter()
            .map(|c| c.party.as_str())
            .collect();
        assert_eq!(parties, expected);
        assert!(
            text.purposes[1].recipients.contains("Videohuset Ltd"),
            "{tag}"
        );
    }
}

/// A banner asks for consent even if the purpose then rests on a legitimate interest, because a banner has no way to
/// object.
#[test]
fn a_banner_tells_of_consent_alone() {
    for (name, register) in [("ommej", samples::OMMEJ), ("lunden", samples::BJORN_LUNDEN)] {
        for text in drafted(register, &everybody()) {
            let words = words::variant(text.language.as_str(), text.variant).unwrap();
            for purpose in &text.purposes {
                assert_eq!(purpose.basis, words.draft.basis.consent, "{name}");
            }
        }
        let whole = draft(register);
        let asked = whole.texts[0].purposes.iter();
        let mut asked = asked.filter(|purpose| purpose.basis.contains("intresseavvägning"));
        assert!(asked.next().is_some(), "{name}");
    }
}
