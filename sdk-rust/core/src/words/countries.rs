//! Names of countries (Unicode CLDR): the EU and EEA, and the countries of most recipients outside them.

/// One line per language, with names in the order of the codes on the first line.
const NAMES: &str = include_str!("../../languages/countries.txt");

/// The name of the country with this code in the language with this tag.
pub(super) fn name(language: &str, code: &str) -> Option<&'static str> {
    let mut lines = NAMES.lines();
    let at = lines.next()?.split(';').position(|known| known == code)?;
    let mut fields = lines
        .map(|line| line.split(';'))
        .find_map(|mut fields| (fields.next() == Some(language)).then_some(fields))?;
    // The iterator already consumed the tag, as `codes` consumed it on the first line.
    fields.nth(at.checked_sub(1)?)
}
