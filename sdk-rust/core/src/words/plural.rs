//! Selects a noun's form after a number, by the language's rule (Unicode CLDR, cardinals). It supports whole numbers
//! from one.

use serde::{Deserialize, Serialize};

/// The plural form of a noun. Each language uses some of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Plural {
    /// In Latvian after 10, 11 and 20.
    Zero,
    /// One; in some languages also 21 or 31.
    One,
    /// Two.
    Two,
    /// A few.
    Few,
    /// Many, as the language defines it.
    Many,
    /// Every other number.
    Other,
}

/// The plural form after `n` in this language.
pub(super) fn plural(language: &str, n: u16) -> Plural {
    let (tens, units) = (n % 100, n % 10);
    let teens = (11..=19).contains(&tens);
    match language {
        "cs" | "sk" => match n {
            1 => Plural::One,
            2..=4 => Plural::Few,
            _ => Plural::Other,
        },
        "pl" => match n {
            1 => Plural::One,
            _ if !teens && (2..=4).contains(&units) => Plural::Few,
            _ => Plural::Many,
        },
        "uk" | "hr" => match units {
            1 if !teens => Plural::One,
            2..=4 if !teens => Plural::Few,
            _ if language == "uk" => Plural::Many,
            _ => Plural::Other,
        },
        "sl" => match tens {
            1 => Plural::One,
            2 => Plural::Two,
            3 | 4 => Plural::Few,
            _ => Plural::Other,
        },
        "lt" => match units {
            0 => Plural::Other,
            _ if teens => Plural::Other,
            1 => Plural::One,
            _ => Plural::Few,
        },
        "lv" => match units {
            0 => Plural::Zero,
            _ if teens => Plural::Zero,
            1 => Plural::One,
            _ => Plural::Other,
        },
        "ro" => match n {
            1 => Plural::One,
            _ if (1..=19).contains(&tens) => Plural::Few,
            _ => Plural::Other,
        },
        "ga" => match n {
            1 => Plural::One,
            2 => Plural::Two,
            3..=6 => Plural::Few,
            7..=10 => Plural::Many,
            _ => Plural::Other,
        },
        "mt" => match n {
            1 => Plural::One,
            2 => Plural::Two,
            _ if (3..=10).contains(&tens) => Plural::Few,
            _ if teens => Plural::Many,
            _ => Plural::Other,
        },
        "ar" => match n {
            1 => Plural::One,
            2 => Plural::Two,
            _ if (3..=10).contains(&tens) => Plural::Few,
            _ if tens >= 11 => Plural::Many,
            _ => Plural::Other,
        },
        "is" if units == 1 && !teens => Plural::One,
        _ if n == 1 => Plural::One,
        _ => Plural::Other,
    }
}
