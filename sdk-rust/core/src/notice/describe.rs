//! Retention rules in plain words, for a reader who knows no grammar.

use crate::{
    retention::{Anchor, Length, Rule},
    words::{self, LanguageWords},
};

/// The languages that registers are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tongue {
    Sv,
    En,
}

impl Tongue {
    /// The register's language of this tag, if it is one.
    pub(super) fn of(tag: &str) -> Option<Self> {
        match tag {
            "sv" => Some(Self::Sv),
            "en" => Some(Self::En),
            _ => None,
        }
    }

    fn words(self) -> &'static LanguageWords {
        let tag = match self {
            Self::Sv => "sv",
            Self::En => "en",
        };
        words::language(tag).expect("both are languages of the product")
    }
}

/// Events in words: what follows "after" and "efter att".
const EVENTS: &[(&str, &str, &str)] = &[
    (
        "contract.ended",
        "avtalet har upphört",
        "the contract has ended",
    ),
    (
        "customer.ended",
        "kundrelationen har upphört",
        "the customer relation has ended",
    ),
    (
        "item.collected",
        "uppgiften samlades in",
        "the data were collected",
    ),
    (
        "item.created",
        "uppgiften skapades",
        "the data were created",
    ),
    (
        "fiscal_year.calendar_year_end",
        "det kalenderår då räkenskapsåret avslutades",
        "the calendar year in which the fiscal year ended",
    ),
    (
        "recruitment.closed",
        "rekryteringen har avslutats",
        "the recruitment has ended",
    ),
    (
        "request.closed",
        "begäran har avslutats",
        "the request was closed",
    ),
    (
        "incident.closed",
        "incidenten har avslutats",
        "the incident was closed",
    ),
    ("case.closed", "ärendet har stängts", "the case was closed"),
    ("file.received", "filen togs emot", "the file was received"),
    (
        "file.downloaded",
        "filen laddades ned",
        "the file was downloaded",
    ),
    (
        "campaign.ended",
        "kampanjen har avslutats",
        "the campaign has ended",
    ),
    (
        "consent.withdrawn",
        "samtycket har återkallats",
        "consent was withdrawn",
    ),
    (
        "account.deregistered",
        "kontot har avregistrerats",
        "the account was deregistered",
    ),
    (
        "analysis.completed",
        "analysen har slutförts",
        "the analysis was completed",
    ),
    (
        "service.fully_ended",
        "tjänsten har avslutats",
        "the service has ended",
    ),
    (
        "contract.obligations_ended",
        "avtalets skyldigheter har upphört",
        "the obligations of the contract have ended",
    ),
    (
        "erasure.requested",
        "radering har begärts",
        "erasure was requested",
    ),
    (
        "cookie.set",
        "kakan senast sattes",
        "the cookie was last set",
    ),
];

/// A rule in one clause of English.
pub(crate) fn in_english(rule: &Rule) -> String {
    self::rule(rule, Tongue::En)
}

/// A rule in one clause.
pub(super) fn rule(rule: &Rule, tongue: Tongue) -> String {
    let sv = tongue == Tongue::Sv;
    let after =
        |anchor: &Anchor, length: &Length| span(anchor, &length_words(length, tongue), tongue);
    match rule {
        Rule::After(anchor, length) => after(anchor, length),
        Rule::Min(a, l) if sv => format!("minst {}", after(a, l)),
        Rule::Min(a, l) => format!("at least {}", after(a, l)),
        Rule::Max(a, l) if sv => format!("högst {}", after(a, l)),
        Rule::Max(a, l) => format!("at most {}", after(a, l)),
        Rule::Range(a, min, max) => {
            let joiner = if sv { "till" } else { "to" };
            let words = format!(
                "{} {joiner} {}",
                tongue.words().duration(*min),
                tongue.words().duration(*max)
            );
            span(a, &words, tongue)
        }
        Rule::While(_) if sv => "så länge ändamålet består".to_owned(),
        Rule::While(_) => "as long as the purpose remains".to_owned(),
        Rule::Earliest(rules) | Rule::Latest(rules) => {
            let first = matches!(rule, Rule::Earliest(_));
            let list: Vec<String> = rules.iter().map(|r| self::rule(r, tongue)).collect();
            let (joiner, which) = match (sv, first) {
                (true, true) => (" eller ", "det som inträffar först"),
                (true, false) => (" och ", "det som inträffar sist"),
                (false, true) => (" or ", "whichever comes first"),
                (false, false) => (" and ", "whichever comes last"),
            };
            format!("{}, {which}", list.join(joiner))
        }
        Rule::None if sv => "sparas inte".to_owned(),
        Rule::None => "not stored".to_owned(),
        Rule::Hold(_) if sv => "längre om lag kräver det".to_owned(),
        Rule::Hold(_) => "longer where the law requires it".to_owned(),
    }
}

fn span(anchor: &Anchor, length: &str, tongue: Tongue) -> String {
    let event = anchor_words(anchor, tongue);
    // A year is not a clause: "efter det kalenderår ..", not "efter att det kalenderår ..".
    let plain = matches!(anchor, Anchor::Name(name) if name.ends_with("calendar_year_end"));
    match (tongue, length.is_empty()) {
        (Tongue::Sv, true) => format!("tills {event}"),
        (Tongue::En, true) => format!("until {event}"),
        (Tongue::Sv, false) if plain => format!("{length} efter {event}"),
        (Tongue::Sv, false) => format!("{length} efter att {event}"),
        (Tongue::En, false) => format!("{length} after {event}"),
    }
}

fn anchor_words(anchor: &Anchor, tongue: Tongue) -> String {
    match anchor {
        Anchor::Name(name) => {
            let known = EVENTS.iter().find(|(event, ..)| event == name);
            match (known, tongue) {
                (Some((_, sv, _)), Tongue::Sv) => (*sv).to_owned(),
                (Some((_, _, en)), Tongue::En) => (*en).to_owned(),
                (None, _) => format!("\"{name}\""),
            }
        }
        Anchor::Earliest(list) | Anchor::Latest(list) => {
            let words: Vec<String> = list.iter().map(|a| anchor_words(a, tongue)).collect();
            let and = matches!(anchor, Anchor::Latest(_));
            words.join(match (tongue, and) {
                (Tongue::Sv, true) => " och ",
                (Tongue::Sv, false) => " eller ",
                (Tongue::En, true) => " and ",
                (Tongue::En, false) => " or ",
            })
        }
    }
}

fn length_words(length: &Length, tongue: Tongue) -> String {
    match (length, tongue) {
        (Length::Fixed(fixed), _) if fixed.is_zero() => String::new(),
        (Length::Fixed(fixed), _) => tongue.words().duration(*fixed),
        (Length::Param(_), Tongue::Sv) => "en viss tid".to_owned(),
        (Length::Param(_), Tongue::En) => "a certain time".to_owned(),
    }
}
