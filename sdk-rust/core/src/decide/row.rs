//! The rows of the table.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A row of the decision table: its number, and a letter if it stands between two numbers. It prints as `12` or `12b`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Row {
    /// The number; 0 if the table was not asked.
    pub number: u8,
    /// The letter.
    pub part: Option<RowPart>,
}

/// The letter of a row that stands between two numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum RowPart {
    /// Row 12b: an objection to direct marketing.
    B,
    /// Row 12c: the purpose no longer rests on consent.
    C,
}

impl Row {
    pub(super) const MARKETING: Self = Self::between(12, RowPart::B);
    pub(super) const BASIS_CHANGED: Self = Self::between(12, RowPart::C);

    const fn between(number: u8, part: RowPart) -> Self {
        Self {
            number,
            part: Some(part),
        }
    }
}

impl From<u8> for Row {
    fn from(number: u8) -> Self {
        Self { number, part: None }
    }
}

impl PartialEq<u8> for Row {
    fn eq(&self, number: &u8) -> bool {
        *self == Self::from(*number)
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let letter = match self.part {
            None => "",
            Some(RowPart::B) => "b",
            Some(RowPart::C) => "c",
        };
        write!(f, "{}{letter}", self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_between_two_numbers_has_a_letter() {
        assert_eq!(Row::MARKETING.to_string(), "12b");
        assert_eq!(Row::BASIS_CHANGED.to_string(), "12c");
        assert_eq!(Row::from(12).to_string(), "12");
        assert!(Row::from(12) == 12 && Row::MARKETING != 12);
        assert!(Row::from(12) < Row::MARKETING && Row::BASIS_CHANGED < Row::from(13));
    }
}
