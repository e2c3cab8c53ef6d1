//! Reads a TOML document key by key, so that every error names its line.

use std::fmt;

use toml::de::{DeTable, DeValue};

use super::keys::Table;

/// One error in a register.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterError {
    /// Line of the file, counted from 1.
    pub line: u32,
    /// The error, with the likely intended spelling if that helps.
    pub message: String,
}

impl fmt::Display for RegisterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.message)
    }
}

/// All errors of a register, in the order of the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterErrors(pub Vec<RegisterError>);

impl fmt::Display for RegisterErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            let newline = if i == 0 { "" } else { "\n" };
            write!(f, "{newline}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for RegisterErrors {}

/// The line starts of a text, and the errors found so far.
pub(super) struct Complaints {
    starts: Vec<usize>,
    list: Vec<RegisterError>,
}

/// The most errors kept; more would repeat the same cause.
const COMPLAINTS_MAX: usize = 100;

impl Complaints {
    pub(super) fn about(text: &str) -> Self {
        let starts = std::iter::once(0)
            .chain(text.match_indices('\n').map(|(at, _)| at + 1))
            .collect();
        Self {
            starts,
            list: Vec::new(),
        }
    }

    pub(super) fn line(&self, offset: usize) -> u32 {
        let lines = self.starts.partition_point(|start| *start <= offset);
        u32::try_from(lines).unwrap_or(u32::MAX)
    }

    pub(super) fn add(&mut self, line: u32, message: impl Into<String>) {
        let message = message.into();
        let error = RegisterError { line, message };
        // Two getters that read the same wrong key report the same error.
        if self.list.len() < COMPLAINTS_MAX && !self.list.contains(&error) {
            self.list.push(error);
        }
    }

    /// The errors in the order of the file; `Ok` if there are none.
    pub(super) fn finish(mut self) -> Result<(), RegisterErrors> {
        if self.list.is_empty() {
            return Ok(());
        }
        self.list.sort_by_key(|error| error.line);
        Err(RegisterErrors(self.list))
    }
}

/// One table of the document. [`Section::only`] rejects unknown keys.
#[derive(Clone, Copy)]
pub(super) struct Section<'a> {
    table: &'a DeTable<'a>,
    /// The line on which the table begins.
    pub(super) line: u32,
}

impl<'a> Section<'a> {
    pub(super) fn root(table: &'a DeTable<'a>) -> Self {
        Self { table, line: 1 }
    }

    /// Rejects keys that the table does not have, and suggests the nearest known key.
    pub(super) fn only(&self, table: &Table, complaints: &mut Complaints) {
        let known = table.keys;
        for key in self.table.keys() {
            let name: &str = key.get_ref();
            if !known.contains(&name) {
                let hint = nearest(name, known.iter().copied())
                    .map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"));
                let line = complaints.line(key.span().start);
                complaints.add(line, format!("unknown key `{name}`{hint}"));
            }
        }
    }

    /// The line of a key, or of the table if the key is missing.
    pub(super) fn line_of(&self, key: &str, complaints: &Complaints) -> u32 {
        self.table
            .get_key_value(key)
            .map_or(self.line, |(key, _)| complaints.line(key.span().start))
    }

    /// A text that is not empty; `None` if the key is missing.
    pub(super) fn text(&self, key: &str, complaints: &mut Complaints) -> Option<String> {
        let text = self.any_text(key, complaints)?;
        if text.trim().is_empty() {
            complaints.add(
                self.line_of(key, complaints),
                format!("`{key}` may not be empty"),
            );
            return None;
        }
        Some(text)
    }

    /// As [`Section::text`], but a missing key is an error.
    pub(super) fn required(&self, key: &str, complaints: &mut Complaints) -> String {
        if !self.table.contains_key(key) {
            complaints.add(self.line, format!("`{key}` is missing"));
        }
        self.text(key, complaints).unwrap_or_default()
    }

    /// A text, possibly empty.
    pub(super) fn any_text(&self, key: &str, complaints: &mut Complaints) -> Option<String> {
        self.get(key, "a text", complaints, |value| {
            value.as_str().map(str::to_owned)
        })
    }

    pub(super) fn flag(&self, key: &str, complaints: &mut Complaints) -> Option<bool> {
        self.get(key, "true or false", complaints, DeValue::as_bool)
    }

    pub(super) fn number(&self, key: &str, complaints: &mut Complaints) -> Option<u32> {
        self.get(key, "a whole number", complaints, |value| {
            let number = value.as_integer()?;
            u32::from_str_radix(number.as_str(), number.radix()).ok()
        })
    }

    /// A text or a list of texts; an empty text is an empty list.
    pub(super) fn texts(&self, key: &str, complaints: &mut Complaints) -> Option<Vec<String>> {
        self.get(
            key,
            "a text or a list of texts",
            complaints,
            |value| match value {
                DeValue::String(text) if text.trim().is_empty() => Some(Vec::new()),
                DeValue::String(text) => Some(vec![text.to_string()]),
                DeValue::Array(items) => items
                    .iter()
                    .map(|item| item.get_ref().as_str().map(str::to_owned))
                    .collect(),
                _ => None,
            },
        )
    }

    /// A text parsed by `read`; its error becomes an error at the key's line.
    pub(super) fn parsed<T, E: fmt::Display>(
        &self,
        key: &str,
        complaints: &mut Complaints,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        let text = self.text(key, complaints)?;
        match read(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                let line = self.line_of(key, complaints);
                complaints.add(line, format!("`{key}` = \"{text}\": {error}"));
                None
            }
        }
    }

    /// A list of texts, each parsed by `read`.
    pub(super) fn parsed_list<T, E: fmt::Display>(
        &self,
        key: &str,
        complaints: &mut Complaints,
        read: impl Fn(&str) -> Result<T, E>,
    ) -> Vec<T> {
        let line = self.line_of(key, complaints);
        let mut values = Vec::new();
        for text in self.texts(key, complaints).unwrap_or_default() {
            match read(&text) {
                Ok(value) => values.push(value),
                Err(error) => complaints.add(line, format!("`{key}` has \"{text}\": {error}")),
            }
        }
        values
    }

    /// A value of a serde enum.
    pub(super) fn word<T: serde::de::DeserializeOwned>(
        &self,
        key: &str,
        known: &[&str],
        complaints: &mut Complaints,
    ) -> Option<T> {
        self.parsed(key, complaints, |text| word(text, known))
    }

    /// A table inside this one.
    pub(super) fn table(&self, key: &str, complaints: &mut Complaints) -> Option<Section<'a>> {
        let line = self.line_of(key, complaints);
        let table = self.table.get(key)?;
        let table = table.get_ref().as_table();
        if table.is_none() {
            complaints.add(line, format!("`{key}` must be a table"));
        }
        table.map(|table| Section { table, line })
    }

    /// An array of tables inside this one.
    pub(super) fn tables(&self, key: &str, complaints: &mut Complaints) -> Vec<Section<'a>> {
        let Some(value) = self.table.get(key) else {
            return Vec::new();
        };
        let line = self.line_of(key, complaints);
        let Some(items) = value.get_ref().as_array() else {
            complaints.add(line, format!("`{key}` must be written [[{key}]]"));
            return Vec::new();
        };
        let mut sections = Vec::new();
        for item in items {
            let line = complaints.line(item.span().start);
            match item.get_ref() {
                DeValue::Table(table) => sections.push(Section { table, line }),
                _ => complaints.add(line, format!("`{key}` must be written [[{key}]]")),
            }
        }
        sections
    }

    /// The keys of the table.
    pub(super) fn keys(&self) -> Vec<String> {
        self.table
            .keys()
            .map(|key| key.get_ref().to_string())
            .collect()
    }

    fn get<T>(
        &self,
        key: &str,
        what: &str,
        complaints: &mut Complaints,
        read: impl FnOnce(&DeValue<'a>) -> Option<T>,
    ) -> Option<T> {
        let value = self.table.get(key)?;
        let read = read(value.get_ref());
        if read.is_none() {
            let line = self.line_of(key, complaints);
            complaints.add(line, format!("`{key}` must be {what}"));
        }
        read
    }
}

/// Parses a value of a serde enum; the error lists the values or suggests the nearest.
pub(super) fn word<T: serde::de::DeserializeOwned>(
    text: &str,
    known: &[&str],
) -> Result<T, String> {
    serde_json::from_value(serde_json::Value::from(text)).map_err(|_| {
        let list = known.join(", ");
        match nearest(text, known.iter().copied()) {
            Some(near) => format!("is not one of {list} (did you mean `{near}`?)"),
            None => format!("is not one of {list}"),
        }
    })
}

/// The candidate nearest to `name`, if it is close enough for a typing error.
pub(super) fn nearest<'c>(name: &str, known: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    known
        .map(|candidate| (distance(name, candidate), candidate))
        .min_by_key(|(distance, _)| *distance)
        .filter(|(distance, candidate)| *distance <= 1 + candidate.chars().count() / 3)
        .map(|(_, candidate)| candidate)
}

/// The Levenshtein distance: how many characters to insert, delete or replace.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let replace = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = replace.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}

/// The document as JSON, for the content hash and the diff. Registers have no floats or dates.
pub(super) fn to_json(value: &DeValue<'_>) -> serde_json::Value {
    use serde_json::Value;
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .ok()
            .map_or(Value::Null, Value::from),
        DeValue::Array(items) => items.iter().map(|item| to_json(item.get_ref())).collect(),
        DeValue::Table(table) => Value::Object(table_json(table)),
        // The getter that reads the key rejects it with its line: no key of a register takes a float or a date.
        DeValue::Float(_) | DeValue::Datetime(_) => Value::Null,
    }
}

/// The same for a whole table.
pub(super) fn table_json(table: &DeTable<'_>) -> serde_json::Map<String, serde_json::Value> {
    table
        .iter()
        .map(|(key, value)| (key.get_ref().to_string(), to_json(value.get_ref())))
        .collect()
}

/// Rejects texts with a NUL character. TOML allows it, but PostgreSQL cannot store it.
pub(super) fn refuse_nul(table: &DeTable<'_>, complaints: &mut Complaints) {
    for (key, value) in table {
        let mut values = vec![value];
        while let Some(value) = values.pop() {
            match value.get_ref() {
                DeValue::String(text) if text.contains('\0') => {
                    let line = complaints.line(value.span().start);
                    let name = key.get_ref();
                    complaints.add(line, format!("`{name}` must not hold the character U+0000"));
                }
                DeValue::Array(list) => values.extend(list.iter()),
                DeValue::Table(table) => refuse_nul(table, complaints),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_of_the_pen_is_recognised() {
        let known = ["check_mode", "consent_kind", "single_use"];
        assert_eq!(nearest("chekc_mode", known.into_iter()), Some("check_mode"));
        assert_eq!(
            nearest("consentkind", known.into_iter()),
            Some("consent_kind")
        );
        assert_eq!(nearest("colour", known.into_iter()), None);
        assert_eq!(distance("kitten", "sitting"), 3);
    }

    #[test]
    fn lines_are_counted_from_one() {
        let complaints = Complaints::about("a\nbc\n\nd");
        let lines: Vec<u32> = [0, 1, 2, 4, 5, 6].map(|at| complaints.line(at)).into();
        assert_eq!(lines, [1, 1, 2, 2, 3, 4]);
    }
}
