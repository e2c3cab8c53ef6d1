//! Generates types of the crate `samtycke` from a register's purposes when a program is built.
//!
//! ```toml
//! # Cargo.toml
//! [dependencies]
//! samtycke = "0.1"
//!
//! [build-dependencies]
//! samtycke-build = "0.1" # of the same version
//! ```
//!
//! ```no_run
//! // build.rs, in `main`
//! samtycke_build::register("registers/ommej.toml").emit();
//! ```
//!
//! ```text
//! // src/main.rs
//! /// The purposes of our register.
//! pub mod purposes {
//!     samtycke::include_purposes!("ommej");
//! }
//!
//! fn store(consented: Consented<purposes::Appsvar, Store>, answer: &str) { .. }
//! ```
//!
//! Cargo rebuilds the program when the register changes. An unreadable register and an impossible name are build
//! errors, one for each wrong line. A purpose that was removed or retired is an error where the program uses it.
//! [`samtycke_core::register::rust`] describes which purposes have types.
//!
//! `samtycke register rust FILE` prints the source, for programs that keep it in the repository and build without this
//! crate. With `--check` the same command fails in CI when file and register differ.

use std::ffi::OsString;
use std::fmt;
use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};
use std::process::exit;

use samtycke_core::register::rust::{self, Names};
use samtycke_core::register::{Register, RegisterErrors};

/// The register in this file, a `samtycke.register/1`. The path is relative to the package, as in every build script. A
/// published crate has its register in the package, because `cargo package` includes nothing else; or it keeps the
/// types, from `samtycke register rust FILE > src/purposes.rs`.
///
/// Example: see [the crate](crate).
pub fn register(path: impl Into<PathBuf>) -> Types {
    Types {
        path: path.into(),
        names: Names::new(),
    }
}

/// A register whose types are generated.
///
/// Example: see [`Types::name`].
#[derive(Debug, Clone)]
#[must_use = "nothing is written before `emit`"]
pub struct Types {
    path: PathBuf,
    names: Names,
}

impl Types {
    /// Names the type of a purpose: where two ids give the same name, where an id gives none, or where another name is
    /// better known.
    ///
    /// ```no_run
    /// samtycke_build::register("registers/ommej.toml")
    ///     .name("ommej.horizon-admin", "AdminView")
    ///     .emit();
    /// ```
    pub fn name(mut self, id: &str, name: &str) -> Self {
        self.names.insert(id.to_owned(), name.to_owned());
        self
    }

    /// The source, and the register's id.
    ///
    /// ```
    /// let (id, source) = samtycke_build::register("../../registers/ommej.toml").source()?;
    /// assert_eq!(id, "ommej");
    /// assert!(source.contains("pub enum Appsvar {}"));
    /// # Ok::<(), samtycke_build::Errors>(())
    /// ```
    ///
    /// # Errors
    /// All errors, each with its place.
    pub fn source(&self) -> Result<(String, String), Errors> {
        let file = self.path.display();
        let bytes = std::fs::read(&self.path).map_err(|error| self.unread(&error))?;
        let in_lines = |RegisterErrors(errors): RegisterErrors| {
            let lines = errors.iter();
            Errors(
                lines
                    .map(|e| format!("{file}:{}: {}", e.line, e.message))
                    .collect(),
            )
        };
        let text = Register::text_of(bytes).map_err(in_lines)?;
        let register = Register::parse(&text).map_err(in_lines)?;
        let source = rust::source(&register, &self.names).map_err(|errors| {
            let names = errors.0.iter();
            Errors(
                names
                    .map(|error| format!("{file}: {error}, with .name(id, name) in build.rs"))
                    .collect(),
            )
        })?;
        Ok((register.tenant.to_string(), source))
    }

    /// Why the file could not be read. A file outside the package exists on its author's machine, and is missing from
    /// what `cargo package` packs.
    fn unread(&self, error: &std::io::Error) -> Errors {
        let file = self.path.display();
        let mut said = vec![format!("{file}: {error}")];
        if error.kind() == ErrorKind::NotFound && lies_outside(&self.path) {
            said.push(format!(
                "{file} lies outside this package, and no package holds what lies outside it. Put the register into the \
                 package; or keep the types in it: `samtycke register rust {file} > src/purposes.rs`, with \
                 `pub mod purposes;` in the crate and no call of samtycke_build"
            ));
        }
        Errors(said)
    }

    /// Writes `<id>.rs`, named after the register's `id`, where `samtycke::include_purposes!` finds it, and tells cargo
    /// to rebuild when the register changes. Call it from a build script.
    ///
    /// It reports all errors as build errors, and ends the script. Example: see [the crate](crate).
    pub fn emit(self) {
        let (said, written) = self.run(std::env::var_os("OUT_DIR"));
        print!("{said}");
        if !written {
            exit(1);
        }
    }

    /// The lines for cargo, and whether the types were written.
    fn run(&self, folder: Option<OsString>) -> (String, bool) {
        let watched = format!("cargo::rerun-if-changed={}\n", self.path.display());
        let made = self.source();
        match made.and_then(|(id, source)| write(folder, &id, &source)) {
            Ok(()) => (watched, true),
            Err(Errors(lines)) => {
                let lines = lines.iter().map(|line| format!("cargo::error={line}\n"));
                (watched + &lines.collect::<String>(), false)
            }
        }
    }
}

/// Whether a path leads out of the package by its text; a missing file has no canonical path.
fn lies_outside(path: &Path) -> bool {
    if path.is_absolute() {
        let package = std::env::var_os("CARGO_MANIFEST_DIR");
        return package.is_none_or(|package| !path.starts_with(package));
    }
    let mut depth = 0_i32;
    path.components().any(|part| {
        depth += match part {
            Component::ParentDir => -1,
            Component::Normal(_) => 1,
            _ => 0,
        };
        depth < 0
    })
}

fn write(folder: Option<OsString>, id: &str, source: &str) -> Result<(), Errors> {
    let failed = |why: String| Errors(vec![why]);
    let unset = "OUT_DIR is not set: this is for build scripts";
    let folder = folder.ok_or_else(|| failed(unset.to_owned()))?;
    let path = Path::new(&folder).join(format!("{id}.rs"));
    std::fs::write(&path, source).map_err(|error| failed(format!("{}: {error}", path.display())))
}

/// The reasons why a register has no types, one line each.
///
/// ```
/// let errors = samtycke_build::register("no-such-register.toml").source().unwrap_err();
/// assert!(errors.to_string().starts_with("no-such-register.toml: "));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Errors(pub Vec<String>);

impl fmt::Display for Errors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("\n"))
    }
}

impl std::error::Error for Errors {}

#[cfg(test)]
mod tests;
