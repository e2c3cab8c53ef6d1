//! Names of countries (Unicode CLDR): of the EU and EEA, and of those that most recipients outside them are in.

/// A line for each language, its names in the order of the first line's codes.
const NAMES: &str = include_str!("../../languages/countries.txt");

/// What the country of this code is called in the language of this tag.
pub(super) fn name(language: &str, code: &str) -> Option<&'static str> {
    let mut lines = NAMES.lines();
    let at = lines.next()?.split(';').position(|known| known == code)?;
    let mut fields = lines
        .map(|line| line.split(';'))
        .find_map(|mut fields| (fields.next() == Some(language)).then_some(fields))?;
    // The tag was the first field, as `codes` is of the first line.
    fields.nth(at.checked_sub(1)?)
}
