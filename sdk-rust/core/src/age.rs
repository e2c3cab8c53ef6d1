//! Age bands: samtycke stores only a band, never a date of birth.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An age band. Its borders are the ages at which a rule changes its result: 7 (own assent), 13 to 16 (GDPR Art. 8(1)
/// and the Member States' laws), 15 (the default of `maturity`), 18 (majority). Coarser bands would make a rule
/// undecidable. Finer bands would reveal more about a child than any rule needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub enum AgeBand {
    /// 0 to 6 years.
    #[serde(rename = "under_7")]
    Under7,
    /// 7 to 12 years.
    #[serde(rename = "7_12")]
    From7To12,
    /// 13 years.
    #[serde(rename = "13")]
    Thirteen,
    /// 14 years.
    #[serde(rename = "14")]
    Fourteen,
    /// 15 years.
    #[serde(rename = "15")]
    Fifteen,
    /// 16 and 17 years.
    #[serde(rename = "16_17")]
    From16To17,
    /// 18 years and older.
    #[serde(rename = "adult")]
    Adult,
}

impl AgeBand {
    /// All bands, youngest first.
    pub const ALL: [Self; 7] = [
        Self::Under7,
        Self::From7To12,
        Self::Thirteen,
        Self::Fourteen,
        Self::Fifteen,
        Self::From16To17,
        Self::Adult,
    ];

    /// The youngest age in the band; years.
    pub fn youngest(self) -> u8 {
        match self {
            Self::Under7 => 0,
            Self::From7To12 => 7,
            Self::Thirteen => 13,
            Self::Fourteen => 14,
            Self::Fifteen => 15,
            Self::From16To17 => 16,
            Self::Adult => 18,
        }
    }

    /// How many years the band is wide. Everyone has left it that long after it was set. `None` for [`Self::Adult`],
    /// which lasts.
    pub fn width_years(self) -> Option<u8> {
        match self {
            Self::Under7 => Some(7),
            Self::From7To12 => Some(6),
            Self::Thirteen | Self::Fourteen | Self::Fifteen => Some(1),
            Self::From16To17 => Some(2),
            Self::Adult => None,
        }
    }

    /// How many years after leaving the band a person is 18 at the earliest; `None` for [`Self::Adult`].
    pub fn years_to_majority(self) -> Option<u8> {
        let next = Self::ALL.into_iter().find(|band| *band > self)?;
        Some(Self::Adult.youngest() - next.youngest())
    }

    /// Whether a person in the band may be below `age`. The result is exact at the borders; inside a band it errs
    /// towards asking a guardian.
    pub fn may_be_below(self, age: u8) -> bool {
        self.youngest() < age
    }

    /// The band of an age in whole years.
    pub fn of_age(years: u8) -> Self {
        match years {
            0..=6 => Self::Under7,
            7..=12 => Self::From7To12,
            13 => Self::Thirteen,
            14 => Self::Fourteen,
            15 => Self::Fifteen,
            16 | 17 => Self::From16To17,
            18.. => Self::Adult,
        }
    }
}

/// The age from which a child must assent in addition to the guardian's grant, under the rule `maturity`; years.
pub const ASSENT_FROM_YEARS: u8 = 7;

/// A country of residence: two capital letters (ISO 3166-1 alpha-2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[cfg_attr(feature = "openapi", schema(value_type = String, pattern = "^[A-Z]{2}$"))]
#[serde(try_from = "String", into = "String")]
pub struct Country([u8; 2]);

impl Country {
    /// Parses the code. Error: what the code must look like.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        match text.as_bytes() {
            [a, b] if a.is_ascii_uppercase() && b.is_ascii_uppercase() => Ok(Self([*a, *b])),
            _ => Err("must be two capital letters of ISO 3166-1"),
        }
    }

    /// The age from which a child can consent alone to an information society service offered directly to it (GDPR Art.
    /// 8(1)), by the law of its country of residence; years. Countries outside the table have the regulation's default
    /// of 16 years. If a country has announced a higher age, the table has that age, which errs towards asking a
    /// guardian. Check a primary source before you cite a line in public.
    pub fn digital_consent_age(self) -> u8 {
        match &self.0 {
            b"BE" | b"EE" | b"FI" | b"GB" | b"IS" | b"LV" | b"MT" | b"PT" | b"SE" => 13,
            b"AT" | b"BG" | b"CY" | b"ES" | b"IT" | b"LT" => 14,
            b"CZ" | b"DK" | b"FR" | b"GR" | b"NO" | b"SI" => 15,
            _ => 16,
        }
    }
}

impl TryFrom<String> for Country {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Self, &'static str> {
        Self::parse(&text)
    }
}

impl From<Country> for String {
    fn from(country: Country) -> Self {
        country.to_string()
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", char::from(self.0[0]), char::from(self.0[1]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_threshold_that_a_rule_uses_falls_on_a_border() {
        for threshold in [7, 13, 14, 15, 16, 18] {
            for years in 0..=30 {
                assert_eq!(
                    AgeBand::of_age(years).may_be_below(threshold),
                    years < threshold,
                    "{years} years, threshold {threshold}"
                );
            }
        }
    }

    #[test]
    fn a_country_that_is_not_in_the_table_has_the_regulations_age() {
        let age = |code| Country::parse(code).unwrap().digital_consent_age();
        assert_eq!(
            (age("SE"), age("ES"), age("FR"), age("DE")),
            (13, 14, 15, 16)
        );
        assert!(Country::parse("se").is_err());
        assert!(Country::parse("SWE").is_err());
    }
}
