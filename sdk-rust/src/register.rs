//! A register's purposes as types, and the comparison with the live register.
//!
//! # From a register to types
//!
//! `samtycke-build` generates the types when the program is built. `samtycke register rust FILE` prints the same
//! source, for programs that keep it:
//!
//! ```text
//! // build.rs, in `main`
//! samtycke_build::register("registers/ommej.toml").emit();
//!
//! // src/main.rs
//! /// The purposes of our register.
//! pub mod purposes {
//!     samtycke::include_purposes!("ommej");
//! }
//! ```
//!
//! # When the register changes
//!
//! A purpose that was removed or retired no longer compiles. A register that goes live after the build is compared when
//! the program starts, or by a test in CI:
//!
//! ```no_run
//! # mod purposes {
//! #     use samtycke::register::Facts;
//! #     pub const REGISTER: Facts = Facts { tenant: "ommej", hash: "sha256:..", purposes: &[] };
//! # }
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let samtycke = samtycke::Client::builder("https://samtycke.example", "sk_service_..").build()?;
//! if let Err(disagreement) = samtycke.register_agrees(&purposes::REGISTER).await {
//!     eprintln!("{disagreement}"); // ommej.appsvar: limited to nothing, and now to one recipient
//! }
//! # Ok(())
//! # }
//! ```

pub use samtycke_core::purpose::{CheckMode, ScopeType};

pub use crate::agreement::{Difference, Disagreement};
use crate::purpose::{Count as _, Purpose, Typed as _};

/// Includes the purposes that `samtycke-build` generated from the register with this id.
///
/// Put it into its own module: see [`register`](crate::register).
#[macro_export]
macro_rules! include_purposes {
    ($id:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $id, ".rs"));
    };
}

/// The register that a program was built with. It is generated. Example: see [the module](self).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The register's tenant.
    pub tenant: &'static str,
    /// The register's content hash, to find that version. It is not compared, because a corrected text changes it too.
    pub hash: &'static str,
    /// The purposes that have a type.
    pub purposes: &'static [Fact],
}

/// What a program was built to expect of one purpose. Example: see [`Fact::of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// The purpose's id.
    pub id: &'static str,
    /// The check mode, which selects the rows of the decision table.
    pub check_mode: CheckMode,
    /// Whether only explicit consent permits it: [`Purpose::EXPLICIT_CONSENT`].
    pub explicit_consent: bool,
    /// The scope type: [`Purpose::Scope`].
    pub scope_type: ScopeType,
    /// Whether consent is for a single use: [`Purpose::Uses`].
    pub single_use: bool,
}

impl Fact {
    /// The facts of a type, and the check mode, which the type does not hold.
    ///
    /// ```
    /// use samtycke::purpose::{Once, Purpose, Recipient};
    /// use samtycke::register::{CheckMode, Fact, ScopeType};
    ///
    /// enum Forward {}
    ///
    /// impl Purpose for Forward {
    ///     const ID: &'static str = "example.forward";
    ///     const EXPLICIT_CONSENT: bool = false;
    ///     type Scope = Recipient;
    ///     type Uses = Once;
    /// }
    ///
    /// const FACT: Fact = Fact::of::<Forward>(CheckMode::Consent);
    /// assert_eq!((FACT.scope_type, FACT.single_use), (ScopeType::Recipient, true));
    /// ```
    pub const fn of<P: Purpose>(check_mode: CheckMode) -> Self {
        Self {
            id: P::ID,
            check_mode,
            explicit_consent: P::EXPLICIT_CONSENT,
            scope_type: P::Scope::SCOPE_TYPE,
            single_use: P::Uses::IS_ONCE,
        }
    }
}
