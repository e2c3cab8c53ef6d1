//! Strict JSON parsing and canonical JSON output. A body reaches a commitment only through these functions.
//!
//! [`parse_strict`] accepts the part of JSON that every implementation reads alike: unique ASCII keys, integers within
//! +-(2^53 - 1) (I-JSON, RFC 7493), strings in Unicode normalisation form C. [`canonical`] writes the result as JCS
//! (RFC 8785). Both Rust JCS crates silently turn 9007199254740993 into ...992, and `serde_json` keeps the last
//! duplicate key, so the strict parser precedes both.

use std::{borrow::Cow, cell::RefCell, fmt, fmt::Write as _};

use serde::{
    Serialize,
    de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Map, Number, Value};

/// The largest integer that JSON readers with IEEE 754 doubles agree on: 2^53 - 1.
pub const INTEGER_MAX: i64 = 9_007_199_254_740_991;

/// Limits on a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The maximum length; bytes.
    pub size_bytes_max: usize,
    /// The maximum nesting of objects and arrays; a scalar alone has depth 0.
    pub depth_max: usize,
}

/// 16 KiB, the longest body that a leaf commits to (log.md), and 16 levels: a body needs five.
impl Default for Limits {
    fn default() -> Self {
        Self {
            size_bytes_max: 16 * 1024,
            depth_max: 16,
        }
    }
}

/// Why a document is rejected. The names are stable: SDKs and tests switch on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonErrorKind {
    /// Not JSON (RFC 8259), not UTF-8, or followed by other bytes.
    Syntax,
    /// An object has a duplicate key.
    DuplicateKey,
    /// A number has a fraction or an exponent, or is `-0`.
    NotInteger,
    /// A number is beyond +-(2^53 - 1).
    NumberRange,
    /// A key has a character outside ASCII.
    KeyNotAscii,
    /// A string is not in Unicode normalisation form C.
    NotNfc,
    /// Objects and arrays are nested deeper than the limit.
    TooDeep,
    /// The document is longer than the limit.
    TooLarge,
}

impl JsonErrorKind {
    /// The error in words, for people.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "not valid JSON",
            Self::DuplicateKey => "a key occurs twice",
            Self::NotInteger => "a number is not an integer",
            Self::NumberRange => "a number is beyond 2^53 - 1",
            Self::KeyNotAscii => "a key is not ASCII",
            Self::NotNfc => "a string is not in Unicode normalisation form C",
            Self::TooDeep => "too many levels",
            Self::TooLarge => "too long",
        }
    }
}

/// Why a document was rejected, and where. It never repeats a value. A key that does not look like a field name is
/// shown as `?`, because it may contain an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JsonError {
    kind: JsonErrorKind,
    pointer: String,
    line: usize,
    column: usize,
}

impl JsonError {
    /// The reason for the rejection.
    pub fn kind(&self) -> JsonErrorKind {
        self.kind
    }

    /// A JSON pointer (RFC 6901) to the innermost value that was being parsed; empty for the document itself.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    /// The line, from 1; 0 if unknown.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column in bytes; 0 if unknown.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for JsonError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind.as_str())?;
        if !self.pointer.is_empty() {
            write!(f, " at {}", self.pointer)?;
        }
        if self.line > 0 {
            write!(f, " (line {}, column {})", self.line, self.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for JsonError {}

/// Parses one document strictly, in one pass. Errors: see [`JsonErrorKind`].
pub fn parse_strict(bytes: &[u8], limits: Limits) -> Result<Value, JsonError> {
    if bytes.len() > limits.size_bytes_max {
        return Err(JsonError {
            kind: JsonErrorKind::TooLarge,
            pointer: String::new(),
            line: 0,
            column: 0,
        });
    }
    let fault = Fault::default();
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let seed = Strict {
        fault: &fault,
        depth_left: limits.depth_max,
    };
    seed.deserialize(&mut reader)
        .and_then(|value| reader.end().map(|()| value))
        .map_err(|error| fault.into_error(&error))
}

/// The JCS bytes (RFC 8785) of a value that [`parse_strict`] returned or that follows its rules.
///
/// RFC 8785 writes a number beyond [`INTEGER_MAX`] as its nearest double, so do not pass one.
pub fn canonical(value: &Value) -> Vec<u8> {
    to_jcs(value)
}

/// The JCS bytes of a value whose keys are texts and whose numbers are integers.
pub(crate) fn to_jcs<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value)
        .expect("keys are texts, numbers are finite, and a Vec takes all bytes")
}

/// The value of a type that writes every one of its members, from JSON in exactly the form that it writes. `None` for
/// anything else: serde alone also takes a list for an object and an object for a word, as no other reader does.
pub(crate) fn read_as_written<T: Serialize + DeserializeOwned>(value: &Value) -> Option<T> {
    let read = T::deserialize(value).ok()?;
    (serde_json::to_value(&read).ok()? == *value).then_some(read)
}

/// Parses strict JSON. Returns the value only if the bytes are in canonical form, otherwise `None`.
pub fn parse_canonical(bytes: &[u8], limits: Limits) -> Result<Option<Value>, JsonError> {
    let value = parse_strict(bytes, limits)?;
    Ok((canonical(&value) == bytes).then_some(value))
}

/// The visitors' error, kept beside serde's, which can hold only a text. The pointer is built as the error propagates
/// outwards, so that a valid document costs nothing extra.
#[derive(Default)]
struct Fault {
    kind: RefCell<Option<JsonErrorKind>>,
    steps: RefCell<Vec<Step>>,
}

enum Step {
    Key(Box<str>),
    Index(usize),
}

impl Fault {
    fn raise<E: serde::de::Error>(&self, kind: JsonErrorKind) -> E {
        *self.kind.borrow_mut() = Some(kind);
        E::custom(kind.as_str())
    }

    fn within(&self, step: Step) {
        self.steps.borrow_mut().push(step);
    }

    fn into_error(self, error: &serde_json::Error) -> JsonError {
        let out_of_range =
            error.is_syntax() && error.to_string().starts_with("number out of range");
        let kind = match self.kind.into_inner() {
            Some(kind) => kind,
            None if out_of_range => JsonErrorKind::NumberRange,
            None => JsonErrorKind::Syntax,
        };
        let mut pointer = String::new();
        for step in self.steps.into_inner().iter().rev() {
            let written = match step {
                Step::Key(key) if is_field_name(key) => write!(pointer, "/{key}"),
                Step::Key(_) => write!(pointer, "/?"),
                Step::Index(index) => write!(pointer, "/{index}"),
            };
            written.expect("writing to a String cannot fail");
        }
        JsonError {
            kind,
            pointer,
            line: error.line(),
            column: error.column(),
        }
    }
}

fn is_field_name(key: &str) -> bool {
    key.len() <= 32
        && key.starts_with(|c: char| c.is_ascii_lowercase())
        && key
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

#[derive(Clone, Copy)]
struct Strict<'a> {
    fault: &'a Fault,
    depth_left: usize,
}

impl Strict<'_> {
    fn deeper<E: serde::de::Error>(self) -> Result<Self, E> {
        match self.depth_left.checked_sub(1) {
            Some(depth_left) => Ok(Self { depth_left, ..self }),
            None => Err(self.fault.raise(JsonErrorKind::TooDeep)),
        }
    }

    fn text<E: serde::de::Error>(self, text: Cow<'_, str>) -> Result<Value, E> {
        if text.is_ascii() || unicode_normalization::is_nfc(&text) {
            Ok(Value::String(text.into_owned()))
        } else {
            Err(self.fault.raise(JsonErrorKind::NotNfc))
        }
    }
}

impl<'de> DeserializeSeed<'de> for Strict<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("strict JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Value, E> {
        if value <= INTEGER_MAX.unsigned_abs() {
            Ok(Value::Number(Number::from(value)))
        } else {
            Err(self.fault.raise(JsonErrorKind::NumberRange))
        }
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Value, E> {
        if value.unsigned_abs() <= INTEGER_MAX.unsigned_abs() {
            Ok(Value::Number(Number::from(value)))
        } else {
            Err(self.fault.raise(JsonErrorKind::NumberRange))
        }
    }

    /// `serde_json` passes a double for a fraction, an exponent, `-0`, and integers beyond 64 bits.
    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Value, E> {
        // 2^53 is exact as a double.
        let beyond = value.abs() >= 9_007_199_254_740_992.0;
        Err(self.fault.raise(if beyond {
            JsonErrorKind::NumberRange
        } else {
            JsonErrorKind::NotInteger
        }))
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<Value, E> {
        self.text(Cow::Borrowed(text))
    }

    fn visit_string<E: serde::de::Error>(self, text: String) -> Result<Value, E> {
        self.text(Cow::Owned(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut list = Vec::new();
        loop {
            match items.next_element_seed(inner) {
                Ok(Some(item)) => list.push(item),
                Ok(None) => return Ok(Value::Array(list)),
                Err(error) => {
                    self.fault.within(Step::Index(list.len()));
                    return Err(error);
                }
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut map = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if !key.is_ascii() {
                return Err(self.fault.raise(JsonErrorKind::KeyNotAscii));
            }
            if map.contains_key(&key) {
                self.fault.within(Step::Key(key.into()));
                return Err(self.fault.raise(JsonErrorKind::DuplicateKey));
            }
            match entries.next_value_seed(inner) {
                Ok(value) => map.insert(key, value),
                Err(error) => {
                    self.fault.within(Step::Key(key.into()));
                    return Err(error);
                }
            };
        }
        Ok(Value::Object(map))
    }

    fn visit_bytes<E: serde::de::Error>(self, _: &[u8]) -> Result<Value, E> {
        Err(E::custom("bytes are not JSON"))
    }
}

#[cfg(test)]
#[path = "json_tests.rs"]
mod tests;
