//! The layers of settings, and their errors.

use std::collections::BTreeMap;
use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use toml::de::{DeTable, DeValue};

/// The origin of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// The compiled defaults.
    Default,
    /// A file and a line in it; the first line is 1.
    File(PathBuf, usize),
    /// The environment variable with this name.
    Env(String),
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path, line) => write!(f, "{}:{line}", path.display()),
            Self::Env(name) => f.write_str(name),
        }
    }
}

/// One error in the settings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// Where the value was set.
    pub source: Source,
    /// The key, if the error concerns one.
    pub key: Option<String>,
    /// What is wrong and what is valid. It never repeats the value, which may be a password.
    pub message: String,
}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.source)?;
        if let Some(key) = &self.key {
            write!(f, "{key} ")?;
        }
        f.write_str(&self.message)
    }
}

/// All errors in the settings; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigErrors(pub Vec<ConfigError>);

impl fmt::Display for ConfigErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the settings cannot be used:")?;
        for error in &self.0 {
            write!(f, "\n  {error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for ConfigErrors {}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Value {
    Text(String),
    Integer(i64),
    Boolean(bool),
}

impl Value {
    /// The type's name in error messages.
    fn type_name(&self) -> &'static str {
        match self {
            Self::Text(_) => "a text",
            Self::Integer(_) => "a whole number",
            Self::Boolean(_) => "true or false",
        }
    }

    fn same_type(&self, other: &Self) -> bool {
        std::mem::discriminant(self) == std::mem::discriminant(other)
    }

    fn of_toml(value: &DeValue<'_>) -> Option<Self> {
        Some(match value {
            DeValue::String(text) => Self::Text(text.to_string()),
            DeValue::Boolean(boolean) => Self::Boolean(*boolean),
            DeValue::Integer(integer) => {
                Self::Integer(i64::from_str_radix(integer.as_str(), integer.radix()).ok()?)
            }
            DeValue::Float(_) | DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => {
                return None;
            }
        })
    }
}

/// A key, its value and the value's source.
#[derive(Debug, Clone)]
pub(super) struct Setting {
    pub(super) key: String,
    pub(super) value: Value,
    pub(super) source: Source,
}

/// The settings during loading. The defaults define the keys and their types.
pub(super) struct Layers {
    settings: Vec<Setting>,
    by_key: BTreeMap<String, usize>,
    errors: Vec<ConfigError>,
}

/// Whether this `SAMTYCKE_*` variable is no setting: test variables, the settings file's name, the root key, and the
/// switch that rewrites golden files.
fn is_not_a_setting(name: &str) -> bool {
    matches!(
        name,
        "SAMTYCKE_CONFIG"
            | "SAMTYCKE_ROOT_KEY"
            | "SAMTYCKE_KEY"
            | "SAMTYCKE_CHROMIUM"
            | "SAMTYCKE_BLESS"
    ) || name.starts_with("SAMTYCKE_TEST_")
}

impl Layers {
    pub(super) fn defaults() -> Self {
        let table = DeTable::parse(super::DEFAULTS)
            .expect("the compiled defaults are TOML: a unit test reads them");
        let mut flat = Vec::new();
        flatten(&mut flat, "", table.get_ref());
        let mut settings: Vec<(usize, Setting)> = flat
            .into_iter()
            .filter_map(|(key, at, value)| {
                Some((
                    at,
                    Setting {
                        key,
                        value: Value::of_toml(value)?,
                        source: Source::Default,
                    },
                ))
            })
            .collect();
        settings.sort_by_key(|(at, _)| *at);
        let settings: Vec<Setting> = settings.into_iter().map(|(_, setting)| setting).collect();
        let by_key = settings
            .iter()
            .enumerate()
            .map(|(i, s)| (s.key.clone(), i))
            .collect();
        Self {
            settings,
            by_key,
            errors: Vec::new(),
        }
    }

    pub(super) fn file(&mut self, path: &Path) {
        let text = match std::fs::read_to_string(path) {
            Ok(text) => text,
            Err(error) => {
                let message = format!("cannot be read: {}", error.kind());
                return self.wrong(Source::File(path.to_owned(), 1), None, message);
            }
        };
        let line = |at: usize| {
            text.bytes()
                .take(at)
                .fold(0, |lines, byte| lines + usize::from(byte == b'\n'))
                + 1
        };
        let (table, errors) = DeTable::parse_recoverable(&text);
        for error in errors {
            let at = error.span().map_or(0, |span| span.start);
            self.wrong(
                Source::File(path.to_owned(), line(at)),
                None,
                format!("is not TOML: {}", error.message()),
            );
        }
        let mut flat = Vec::new();
        flatten(&mut flat, "", table.get_ref());
        for (key, at, value) in flat {
            let source = Source::File(path.to_owned(), line(at));
            let Some(&index) = self.by_key.get(&key) else {
                let message = unknown(&key, self.by_key.keys().map(String::as_str));
                self.wrong(source, Some(key), message);
                continue;
            };
            let expected = &self.settings[index].value;
            match Value::of_toml(value) {
                Some(value) if value.same_type(expected) => {
                    self.settings[index] = Setting { key, value, source };
                }
                _ => {
                    let message = format!("must be {}", expected.type_name());
                    self.wrong(source, Some(key), message);
                }
            }
        }
    }

    pub(super) fn env(&mut self, env: impl Iterator<Item = (String, String)>) {
        let mut ours: Vec<_> = env
            .filter(|(name, _)| name.starts_with("SAMTYCKE_") && !is_not_a_setting(name))
            .collect();
        ours.sort_unstable();
        for (name, text) in ours {
            let Some(&index) = self
                .by_key
                .iter()
                .find(|(key, _)| env_name(key) == name)
                .map(|(_, index)| index)
            else {
                let known: Vec<String> = self.by_key.keys().map(|key| env_name(key)).collect();
                let message = unknown(&name, known.iter().map(String::as_str));
                self.wrong(Source::Env(name), None, message);
                continue;
            };
            let setting = &mut self.settings[index];
            let value = match &setting.value {
                Value::Text(_) => Some(Value::Text(text)),
                Value::Integer(_) => text.parse().ok().map(Value::Integer),
                Value::Boolean(_) => text.parse().ok().map(Value::Boolean),
            };
            if let Some(value) = value {
                setting.value = value;
                setting.source = Source::Env(name);
            } else {
                let message = format!("must be {}", setting.value.type_name());
                let key = setting.key.clone();
                self.wrong(Source::Env(name), Some(key), message);
            }
        }
    }

    pub(super) fn finish(self) -> (Vec<Setting>, Vec<ConfigError>) {
        (self.settings, self.errors)
    }

    fn wrong(&mut self, source: Source, key: Option<String>, message: impl Into<String>) {
        self.errors.push(ConfigError {
            source,
            key,
            message: message.into(),
        });
    }

    fn setting(&self, key: &str) -> &Setting {
        let index = self
            .by_key
            .get(key)
            .expect("every key that is read is in the defaults: a unit test reads them");
        &self.settings[*index]
    }

    /// Reads a value with `read`, or records an error with the expected form.
    fn take<T>(
        &mut self,
        key: &str,
        expected: &str,
        read: impl FnOnce(&Value) -> Option<T>,
    ) -> Option<T> {
        let taken = read(&self.setting(key).value);
        if taken.is_none() {
            let source = self.setting(key).source.clone();
            self.wrong(source, Some(key.to_owned()), format!("must be {expected}"));
        }
        taken
    }

    fn take_text<T>(
        &mut self,
        key: &str,
        expected: &str,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Option<T> {
        self.take(key, expected, |value| match value {
            Value::Text(text) => read(text),
            Value::Integer(_) | Value::Boolean(_) => None,
        })
    }

    pub(super) fn text(&mut self, key: &str) -> Option<String> {
        self.take_text(key, "a text", |text| Some(text.to_owned()))
    }

    pub(super) fn path(&mut self, key: &str, expected: &str) -> Option<PathBuf> {
        self.take_text(key, expected, |text| {
            (!text.is_empty()).then(|| text.into())
        })
    }

    pub(super) fn parsed<T: std::str::FromStr>(&mut self, key: &str, expected: &str) -> Option<T> {
        self.take_text(key, expected, |text| text.parse().ok())
    }

    pub(super) fn one_of<T: Copy>(&mut self, key: &str, known: &[(&str, T)]) -> Option<T> {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        self.take_text(key, &names.join(" or "), |text| {
            known
                .iter()
                .find(|(name, _)| *name == text)
                .map(|(_, value)| *value)
        })
    }

    pub(super) fn boolean(&mut self, key: &str) -> Option<bool> {
        self.take(key, "true or false", |value| match value {
            Value::Boolean(boolean) => Some(*boolean),
            Value::Text(_) | Value::Integer(_) => None,
        })
    }

    pub(super) fn number<T: TryFrom<i64>>(
        &mut self,
        key: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<T> {
        let expected = format!("a whole number from {} to {}", range.start(), range.end());
        self.take(key, &expected, |value| match value {
            Value::Integer(number) if range.contains(number) => T::try_from(*number).ok(),
            Value::Integer(_) | Value::Text(_) | Value::Boolean(_) => None,
        })
    }

    pub(super) fn millis(
        &mut self,
        key: &str,
        range: std::ops::RangeInclusive<i64>,
    ) -> Option<Duration> {
        self.number::<u64>(key, range).map(Duration::from_millis)
    }

    /// Reads a URL with one of these schemes; empty gives `None`.
    pub(super) fn url(&mut self, key: &str, schemes: &[&str]) -> Option<String> {
        let expected = format!(
            "empty, or an address that begins with {}://",
            schemes.join(":// or ")
        );
        self.take_text(key, &expected, |text| match text.split_once("://") {
            Some((scheme, rest)) if schemes.contains(&scheme) && !rest.is_empty() => {
                Some(text.to_owned())
            }
            None if text.is_empty() => Some(String::new()),
            _ => None,
        })
    }

    /// Reads scheme and authority of a web address, without a trailing slash; empty gives `None`.
    pub(super) fn origin(&mut self, key: &str) -> Option<String> {
        let expected = "empty, or https://host or http://host with an optional port and no path";
        self.take_text(key, expected, |text| {
            if text.is_empty() {
                return Some(String::new());
            }
            let text = text.strip_suffix('/').unwrap_or(text);
            let rest = text
                .strip_prefix("https://")
                .or_else(|| text.strip_prefix("http://"))?;
            let plain = !rest.is_empty() && !rest.contains(['/', '?', '#', '@', ' ']);
            plain.then(|| text.to_owned())
        })
    }

    /// Reads a host name: what C2SP allows in an origin, without characters that need escaping.
    pub(super) fn host(&mut self, key: &str) -> Option<String> {
        let expected = "a host name: lower-case letters, digits, hyphens and dots";
        self.take_text(key, expected, |text| {
            let allowed =
                |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'.';
            let plain = !text.is_empty() && text.len() <= 253 && text.bytes().all(allowed);
            plain.then(|| text.to_owned())
        })
    }
}

/// `limits.body_bytes_max` -> `SAMTYCKE_LIMITS__BODY_BYTES_MAX`.
fn env_name(key: &str) -> String {
    format!("SAMTYCKE_{}", key.replace('.', "__").to_uppercase())
}

/// Collects every leaf with its dotted key and its offset.
fn flatten<'t, 'i>(
    into: &mut Vec<(String, usize, &'t DeValue<'i>)>,
    prefix: &str,
    table: &'t DeTable<'i>,
) {
    for (name, value) in table {
        let key = format!("{prefix}{}", name.get_ref());
        match value.get_ref() {
            DeValue::Table(inner) => flatten(into, &format!("{key}."), inner),
            leaf => into.push((key, name.span().start, leaf)),
        }
    }
}

fn unknown<'a>(name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let nearest = known.map(|k| (distance(name, k), k)).min();
    match nearest {
        // A name with more than half of its letters wrong is not a misspelling.
        Some((distance, nearest)) if distance * 2 <= name.len() => {
            format!("is not known; did you mean {nearest}?")
        }
        _ => "is not known; `samtycke config print` prints the known ones".to_owned(),
    }
}

/// Levenshtein distance, for names of a few dozen bytes.
fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.bytes().enumerate() {
            let change = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = change.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
