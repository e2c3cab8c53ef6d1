//! Unique type names, derived from purpose ids or chosen by the program.

use std::collections::BTreeMap;
use std::fmt;

use super::{Register, doc::nearest, rust::Untyped};
use crate::{id::PurposeId, purpose::Purpose};

/// The type names that a program chooses, by purpose id.
pub type Names = BTreeMap<String, String>;

/// Why a purpose cannot have the chosen or derived type name.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// Two purposes have the same type name.
    #[error(
        "`{first}` and `{second}` would both be the type `{name}`: give one of them another name"
    )]
    Taken {
        /// The purpose that comes first in the register.
        first: PurposeId,
        /// The second purpose.
        second: PurposeId,
        /// The shared type name.
        name: String,
    },
    /// The name is not in the camel case of a type, or is a Rust keyword.
    #[error(
        "`{id}` would be the type `{name}`, which is no name of one (a capital letter, then letters and digits): give it another name"
    )]
    Shape {
        /// The purpose.
        id: PurposeId,
        /// The rejected type name.
        name: String,
    },
    /// The id that the program named is not a purpose of the register.
    #[error("`{id}` cannot be the type `{name}`: it is no purpose of this register{}", did_you_mean(.near.as_deref()))]
    Unknown {
        /// The unknown id.
        id: String,
        /// The chosen type name.
        name: String,
        /// The most similar purpose of the register, if any.
        near: Option<String>,
    },
    /// The named purpose gets no type.
    #[error(
        "`{id}` cannot be the type `{name}`: every check of it denies ({why}), so it has no type"
    )]
    Untyped {
        /// The purpose.
        id: PurposeId,
        /// The chosen type name.
        name: String,
        /// Why the purpose gets no type.
        why: Untyped,
    },
}

fn did_you_mean(near: Option<&str>) -> String {
    near.map_or_else(String::new, |near| format!(" (did you mean `{near}`?)"))
}

/// All invalid names. As text, one on each line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NameErrors(pub Vec<NameError>);

impl fmt::Display for NameErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, error) in self.0.iter().enumerate() {
            let newline = if i == 0 { "" } else { "\n" };
            write!(f, "{newline}{error}")?;
        }
        Ok(())
    }
}

impl std::error::Error for NameErrors {}

/// The purposes that get a type, with their names, in the order of the file.
pub(super) fn typed<'a>(
    register: &'a Register,
    names: &Names,
    untyped: impl Fn(&Purpose) -> Option<Untyped>,
) -> Result<Vec<(&'a Purpose, String)>, NameErrors> {
    let mut errors = Vec::new();
    for (id, name) in names {
        let found = register.purposes.iter().find(|p| p.id.as_str() == id);
        let name = name.clone();
        match found.map(|purpose| (purpose, untyped(purpose))) {
            None => {
                let known = register.purposes.iter().map(|p| p.id.as_str());
                let near = nearest(id, known).map(str::to_owned);
                let id = id.clone();
                errors.push(NameError::Unknown { id, name, near });
            }
            Some((purpose, Some(why))) => {
                let id = purpose.id.clone();
                errors.push(NameError::Untyped { id, name, why });
            }
            Some((_, None)) => {}
        }
    }
    let mut typed = Vec::new();
    let mut taken: BTreeMap<String, &PurposeId> = BTreeMap::new();
    for purpose in &register.purposes {
        if untyped(purpose).is_some() {
            continue;
        }
        let id = purpose.id.clone();
        let chosen = names.get(id.as_str()).cloned();
        let name = chosen.unwrap_or_else(|| from_id(id.as_str()));
        if !is_type_name(&name) {
            errors.push(NameError::Shape { id, name });
        } else if let Some(first) = taken.insert(name.clone(), &purpose.id) {
            let (first, second) = (first.clone(), id);
            errors.push(NameError::Taken {
                first,
                second,
                name,
            });
        } else {
            typed.push((purpose, name));
        }
    }
    if errors.is_empty() {
        Ok(typed)
    } else {
        Err(NameErrors(errors))
    }
}

/// Derives a name from an id: `ommej.horizon-admin` becomes `HorizonAdmin`, and a part `x.y.z` becomes `YZ`. The first
/// part of an id is the same in the whole register, so it is omitted.
fn from_id(id: &str) -> String {
    let own = id.split_once('.').map_or(id, |(_, own)| own);
    let words = own.split(['-', '.']);
    words.flat_map(capitalised).collect()
}

fn capitalised(word: &str) -> impl Iterator<Item = char> {
    let mut letters = word.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters)
}

/// Whether the name is valid for a type. `Self` is the only keyword that looks like a type name.
fn is_type_name(name: &str) -> bool {
    name.starts_with(|first: char| first.is_ascii_uppercase())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && name != "Self"
}
