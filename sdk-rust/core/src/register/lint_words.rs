//! Recognises Swedish words for the lint. Each list may cause false warnings: a warning costs an editor ten seconds and
//! changes nothing.

use crate::retention::CalendarDuration;

/// Families of activities, by the beginnings of Swedish words. Two parts of a purpose in different families are two
/// purposes; "utveckla och förbättra" is one.
const FAMILIES: &[(&str, &[&str])] = &[
    (
        "marketing",
        &[
            "marknadsför",
            "reklam",
            "annons",
            "erbjud",
            "nyhetsbrev",
            "kampanj",
        ],
    ),
    ("research", &["undersökning", "panel", "enkät", "forskning"]),
    (
        "personalisation",
        &["anpass", "rekommend", "relevant", "personlig", "profiler"],
    ),
    (
        "analytics",
        &["analys", "mät", "statistik", "uppfölj", "trafik", "trender"],
    ),
    (
        "function",
        &["prestanda", "funktion", "inställning", "ihåg", "språkval"],
    ),
    ("security", &["säkerhet", "missbruk", "bedräg"]),
    ("accounts", &["konto", "inlogg"]),
    ("development", &["utveckl", "förbättr", "vidareutveckl"]),
    ("recruitment", &["rekryter"]),
    ("support", &["support", "felsök", "kundtjänst"]),
    (
        "forwarding",
        &["vidareförmed", "lämna ut", "lämna kontakt", "dela med"],
    ),
];

/// Words for people other than the party to the contract.
const OTHERS: &[&str] = &[
    "barn",
    "anhörig",
    "närstående",
    "elev",
    "patient",
    "brukare",
    "förmånstagare",
    "tredje man",
];

/// The families of activities that a purpose's text names, in order of appearance, without repetition. Each part
/// between commas, semicolons and conjunctions counts once, by its first known word, so that "mäta hur marknadsföringen
/// fungerar" counts as measuring only.
pub(super) fn activities(purpose: &[String]) -> Vec<&'static str> {
    let mut found = Vec::new();
    for part in purpose.iter().flat_map(|text| parts(text)) {
        if let Some(family) = family(&part)
            && !found.contains(&family)
        {
            found.push(family);
        }
    }
    found
}

fn parts(text: &str) -> Vec<String> {
    let lower = outside_parentheses(text).to_lowercase();
    let mut parts = vec![lower];
    for separator in [",", ";", " samt ", " och ", " eller ", " + "] {
        parts = parts
            .iter()
            .flat_map(|part| part.split(separator).map(str::to_owned).collect::<Vec<_>>())
            .collect();
    }
    parts
}

fn outside_parentheses(text: &str) -> String {
    let mut depth = 0u32;
    text.chars()
        .filter(|c| {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

fn family(part: &str) -> Option<&'static str> {
    FAMILIES
        .iter()
        .filter_map(|(name, beginnings)| {
            let at = beginnings.iter().filter_map(|word| part.find(word)).min()?;
            Some((at, *name))
        })
        .min()
        .map(|(_, name)| name)
}

/// Finds other people in the data categories: a word that the data subjects lack. A person's role ("roll (ex
/// "förälder")") and text in parentheses are not data about another person.
pub(super) fn somebody_else(categories: &[String], subjects: &[String]) -> Option<&'static str> {
    let subjects = subjects.join(" ").to_lowercase();
    let categories = outside_parentheses(&categories.join(", ")).to_lowercase();
    OTHERS
        .iter()
        .find(|other| begins_word(&categories, other) && !begins_word(&subjects, other))
        .copied()
}

fn begins_word(text: &str, beginning: &str) -> bool {
    text.match_indices(beginning)
        .any(|(at, _)| !text[..at].ends_with(char::is_alphanumeric))
}

/// Words for persons who may not be free to refuse the controller.
const DEPENDENT: &[&str] = &[
    "kund",
    "anställ",
    "medarbetar",
    "personal",
    "elev",
    "patient",
    "brukare",
];

/// Finds persons who may depend on the controller among the data subjects.
pub(super) fn dependent(subjects: &[String]) -> Option<&'static str> {
    let subjects = subjects.join(" ").to_lowercase();
    let begins = |word: &&&str| begins_word(&subjects, word);
    DEPENDENT.iter().find(begins).copied()
}

/// Swedish number words up to twelve, as policies write them.
const NUMBERS: &[&str] = &[
    "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
];

/// The lengths that a text states: "1 år", "ett (1) år", "12 mån", "60 dagar".
pub(super) fn lengths_in(text: &str) -> Vec<CalendarDuration> {
    let lower = text.to_lowercase().replace(['(', ')', ',', '.', ';'], " ");
    let words: Vec<&str> = lower.split_whitespace().collect();
    let pairs = words.windows(2);
    pairs
        .filter_map(|pair| length(number(pair[0])?, pair[1]))
        .collect()
}

/// The last number of a word: of the range "1-365" the upper bound.
fn number(word: &str) -> Option<u16> {
    let last = word.rsplit(['-', '–']).next().unwrap_or(word);
    let written = || NUMBERS.iter().zip(1..).find(|(name, _)| **name == last);
    last.parse().ok().or_else(|| Some(written()?.1))
}

fn length(count: u16, unit: &str) -> Option<CalendarDuration> {
    if unit.starts_with("år") {
        Some(CalendarDuration::of_years(count))
    } else if unit.starts_with("mån") {
        Some(CalendarDuration::of_months(count))
    } else if unit.starts_with("veck") {
        Some(CalendarDuration::of_days(count.saturating_mul(7)))
    } else if unit.starts_with("dag") || unit.starts_with("dygn") {
        Some(CalendarDuration::of_days(count))
    } else {
        None
    }
}

/// Whether data of these kinds allow sending e-mail or text messages; a postal address alone does not.
pub(super) fn can_be_mailed(categories: &[String]) -> bool {
    let text = categories.join(" ").to_lowercase();
    [
        "kontaktuppgift",
        "e-post",
        "epost",
        "email",
        "mejl",
        "telefon",
        "mobilnummer",
    ]
    .iter()
    .any(|word| text.contains(word))
}

/// Whether a text mentions a newsletter.
pub(super) fn is_newsletter(text: &str) -> bool {
    text.to_lowercase().contains("nyhetsbrev")
}

/// Whether the data include invoices or other vouchers under the Bookkeeping Act.
pub(super) fn has_invoices(categories: &[String], purpose: &[String]) -> bool {
    let categories = categories.join(" ").to_lowercase();
    let purpose = purpose.join(" ").to_lowercase();
    categories.contains("faktur")
        || categories.contains("verifikation")
        || begins_word(&purpose, "bokföring")
}

/// Whether a text names a law: by its number in Svensk författningssamling, or by a word such as "bokföringslagen".
pub(super) fn names_a_law(text: &str) -> bool {
    let number = text
        .as_bytes()
        .windows(6)
        .any(|w| w[0] == b'(' && w[1..5].iter().all(u8::is_ascii_digit) && w[5] == b':');
    let word = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| {
            ["lagen", "balken", "förordningen"]
                .iter()
                .any(|ending| word.len() > ending.len() && word.ends_with(ending))
        });
    number || word
}

/// Outdated names in law, and their replacements.
const OUTDATED: &[(&str, &str, &str)] = &[
    (
        "datainspektion",
        "Datainspektionen",
        "Integritetsskyddsmyndigheten (IMY)",
    ),
    (
        "personuppgiftslag",
        "personuppgiftslagen",
        "dataskyddsförordningen (GDPR)",
    ),
];

/// Finds the outdated names in a text, each with its replacement.
pub(super) fn outdated(text: &str) -> Vec<(&'static str, &'static str)> {
    let lower = text.to_lowercase();
    let found = OUTDATED.iter().filter(|(old, ..)| lower.contains(old));
    found.map(|(_, name, new)| (*name, *new)).collect()
}

/// Whether a text names the Privacy Shield.
pub(super) fn privacy_shield(text: &str) -> bool {
    let lower = text.to_lowercase();
    lower.contains("privacy shield") || lower.contains("privacy-shield")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> Vec<String> {
        vec![text.to_owned()]
    }

    #[test]
    fn two_purposes_are_told_from_one_with_many_words() {
        for (text, families) in [
            ("Produktutveckling, marknadsföring", 2),
            (
                "Delta i undersökning, panel eller erbjudande; få nyhetsbrev",
                2,
            ),
            ("Analys och uppföljning", 1),
            ("Utveckla och förbättra tjänsterna", 1),
            ("Mäta hur marknadsföringen fungerar", 1),
            ("Leverera varan/tjänsten", 0),
            ("Spara namn, adress och telefon", 0),
            ("Produktutveckling (t ex analys, marknadsföring)", 1),
            (
                "Säkerställa rättslig grund för personuppgiftsbehandlingen",
                0,
            ),
            (
                "Lämna kontaktuppgifter till ett företag som användaren väljer",
                1,
            ),
        ] {
            assert_eq!(activities(&list(text)).len(), families, "{text}");
        }
    }

    #[test]
    fn lengths_are_read_in_digits_and_words() {
        for (text, lengths) in [
            ("Högst ett (1) år efter avregistrerat konto", "P1Y"),
            ("1-365 dagar", "P365D"),
            ("7 dagar till 12 månader beroende på tjänst", "P7D P12M"),
            (
                "Under tid ärendet är öppet + 7 dagar, max 12 mån",
                "P7D P12M",
            ),
            ("två veckor", "P14D"),
            ("Så länge ändamålet består", ""),
            ("Avtalstiden", ""),
        ] {
            let found: Vec<String> = lengths_in(text).iter().map(ToString::to_string).collect();
            assert_eq!(found.join(" "), lengths, "{text}");
        }
    }

    #[test]
    fn laws_are_recognised_by_number_or_name() {
        assert!(names_a_law("bokföringslagen 7:2"));
        assert!(names_a_law("enligt lag (1999:1078)"));
        assert!(!names_a_law("Längre där lag kräver"));
        assert!(!names_a_law("lagen"));
        assert!(!names_a_law("each hold needs a named law and an end"));
    }

    #[test]
    fn people_outside_the_contract_are_noticed() {
        let others = |data: &str, whom: &str| somebody_else(&list(data), &list(whom));
        assert_eq!(others("Barnets svar om oro", "Kunder"), Some("barn"));
        assert_eq!(others("Barnets svar om oro", "Barn"), None);
        assert_eq!(others("roll (ex \"barn\")", "Kunder"), None);
        assert_eq!(others("elevnummer, relevans", "Kunder"), Some("elev"));
        assert_eq!(others("relevanta uppgifter", "Kunder"), None);
    }
}
