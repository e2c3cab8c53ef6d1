//! Generates Rust source from a register: one type for each purpose, so that the compiler knows the controller's
//! decisions.
//!
//! `samtycke-build` generates it during a program's build, and `samtycke register rust` prints it. The same register
//! and names produce the same bytes. `rustfmt` leaves them unchanged, and clippy's `pedantic` lints report nothing.
//!
//! # Which purposes get a type
//!
//! | purpose | type | why |
//! |---|---|---|
//! | complete | yes | |
//! | incomplete, or `not_stated` | yes | its checks deny until the controller completes it, which needs no new build |
//! | `processor` | no | another controller decides, so no check here can ever allow it |
//! | retired | no | using it must not compile |
//! | split into parts | no | the parts have types |
//!
//! A list at the top of the source names each purpose without a type, and the reason. If a law still allows reading
//! data of a retired purpose, the program asks for it by id.
//!
//! ```
//! use std::collections::BTreeMap;
//! use samtycke_core::register::{Register, rust};
//!
//! # let text = std::fs::read_to_string("../../registers/ommej.toml")?;
//! let register = Register::parse(&text)?;
//! let names = BTreeMap::from([("ommej.horizon-admin".to_owned(), "AdminView".to_owned())]);
//! let source = rust::source(&register, &names)?;
//! assert!(source.contains("pub enum Appsvar {}"));
//! assert!(source.contains("pub enum AdminView {}"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

use std::fmt::{self, Write as _};

pub use super::rust_names::{NameError, NameErrors, Names};
use super::{Register, rust_doc, rust_names};
use crate::{
    id::PurposeId,
    purpose::{CheckMode, Purpose, ScopeType},
};

/// The longest line that `rustfmt` produces by default; characters.
const WIDTH: usize = 100;

/// Why a purpose gets no type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Untyped {
    /// The tenant is a processor; another controller decides (GDPR Art. 28).
    Processor,
    /// The controller no longer processes for this purpose.
    Retired,
    /// The register split the purpose into these parts.
    Split(Vec<PurposeId>),
}

impl Untyped {
    /// The reason, if the purpose gets no type.
    fn of(purpose: &Purpose) -> Option<Self> {
        if !purpose.parts.is_empty() {
            Some(Self::Split(purpose.parts.clone()))
        } else if purpose.retired {
            Some(Self::Retired)
        } else if purpose.check_mode == CheckMode::Processor {
            Some(Self::Processor)
        } else {
            None
        }
    }
}

impl fmt::Display for Untyped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Processor => f.write_str("another controller's register answers"),
            Self::Retired => f.write_str("retired"),
            Self::Split(parts) => {
                let parts: Vec<&str> = parts.iter().map(PurposeId::as_str).collect();
                write!(f, "split into {}", parts.join(", "))
            }
        }
    }
}

/// Generates the source: a type for each purpose, and `REGISTER`, the facts that a program can compare with the live
/// register. It is the text of a module and refers to the crate `samtycke`. Unused items cause no warnings.
///
/// `names` are the type names that the program chooses, by purpose id. Other names derive from the ids, without their
/// first part: `ommej.horizon-admin` becomes `HorizonAdmin`.
///
/// # Errors
/// All invalid names, together.
pub fn source(register: &Register, names: &Names) -> Result<String, NameErrors> {
    let typed: Vec<(&Purpose, String)> = rust_names::typed(register, names, Untyped::of)?;
    let mut out = String::new();
    head(&mut out, register);
    if typed.is_empty() {
        line(&mut out, "use ::samtycke::register;");
    } else {
        line(&mut out, "use ::samtycke::{purpose, register};");
    }
    for (purpose, name) in &typed {
        out.push('\n');
        item(&mut out, purpose, name);
    }
    out.push('\n');
    facts(&mut out, register, &typed);
    Ok(out)
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

/// Writes comments, not module documentation: included text may not begin with inner doc comments.
fn head(out: &mut String, register: &Register) {
    let controller = rust_doc::plain(&register.controller);
    let tenant = &register.tenant;
    let _ = writeln!(
        out,
        "// The purposes of {controller}, from its register `{tenant}`. Made by samtycke: change the register, not this."
    );
    let untyped = register.purposes.iter();
    let untyped: Vec<_> = untyped
        .filter_map(|purpose| Some((purpose, Untyped::of(purpose)?)))
        .collect();
    if !untyped.is_empty() {
        line(out, "//");
        line(out, "// Every check of these denies, so they have no type:");
    }
    for (purpose, why) in untyped {
        let _ = writeln!(out, "//   {}: {why}", purpose.id);
    }
    out.push('\n');
}

fn item(out: &mut String, purpose: &Purpose, name: &str) {
    for doc in rust_doc::lines(purpose, WIDTH) {
        line(out, &doc);
    }
    let scope = match purpose.scope_type {
        ScopeType::None => "Unscoped",
        ScopeType::Recipient => "Recipient",
        ScopeType::Campaign => "Campaign",
        ScopeType::Vendor => "Vendor",
        ScopeType::Site => "Site",
    };
    let uses = if purpose.single_use { "Once" } else { "Many" };
    let explicit = purpose.needs_explicit_consent();
    line(out, "#[derive(Debug, Clone, Copy)]");
    let _ = writeln!(out, "pub enum {name} {{}}\n");
    let _ = writeln!(out, "impl purpose::Purpose for {name} {{");
    text_constant(out, purpose.id.as_str());
    let _ = writeln!(out, "    const EXPLICIT_CONSENT: bool = {explicit};");
    let _ = writeln!(out, "    type Scope = purpose::{scope};");
    let _ = writeln!(out, "    type Uses = purpose::{uses};");
    line(out, "}");
}

fn text_constant(out: &mut String, id: &str) {
    let whole = format!("    const ID: &'static str = \"{id}\";");
    if whole.len() <= WIDTH {
        line(out, &whole);
    } else {
        let _ = writeln!(out, "    const ID: &'static str =\n        \"{id}\";");
    }
}

fn facts(out: &mut String, register: &Register, typed: &[(&Purpose, String)]) {
    out.push_str(
        "/// The register as this was made from it, for `Client::register_agrees`.\n\
         #[rustfmt::skip] // a purpose a line, whatever its name\n\
         pub const REGISTER: register::Facts = register::Facts {\n",
    );
    let _ = writeln!(out, "    tenant: \"{}\",", register.tenant);
    let _ = writeln!(out, "    hash: \"{}\",", register.hash());
    if typed.is_empty() {
        line(out, "    purposes: &[],");
    } else {
        line(out, "    purposes: &[");
        for (purpose, name) in typed {
            fact(out, purpose, name);
        }
        line(out, "    ],");
    }
    line(out, "};\n");
    line(
        out,
        "// A purpose that the program does not use is nothing to warn of.",
    );
    line(out, "const _: register::Facts = REGISTER;");
}

fn fact(out: &mut String, purpose: &Purpose, name: &str) {
    let mode = match purpose.check_mode {
        CheckMode::Consent => "Consent",
        CheckMode::Objection => "Objection",
        CheckMode::Contract => "Contract",
        CheckMode::ContractOrObjection => "ContractOrObjection",
        CheckMode::ContractAndLegalObligation => "ContractAndLegalObligation",
        CheckMode::LegalObligation => "LegalObligation",
        CheckMode::TerminalConsentAndObjection => "TerminalConsentAndObjection",
        CheckMode::Processor => "Processor",
        CheckMode::NotStated => "NotStated",
    };
    let _ = writeln!(
        out,
        "        register::Fact::of::<{name}>(register::CheckMode::{mode}),"
    );
}
