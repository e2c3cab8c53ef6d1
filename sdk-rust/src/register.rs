//! A register's purposes as types, and whether the live register still is what they were made from.
//!
//! # From a register to types
//!
//! `samtycke-build` makes them when the program is built (`samtycke register rust FILE` prints the same, for who would
//! rather keep the source):
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
//! A purpose that the register no longer has, or has retired, no longer compiles. A register that goes live after the
//! program was built is compared when it starts, or by a test in CI:
//!
//! ```no_run
//! # mod purposes {
//! #     use samtycke::register::Facts;
//! #     pub const REGISTER: Facts = Facts { tenant: "ommej", hash: "sha256:..", purposes: &[] };
//! # }
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let samtycke = samtycke::Client::builder("https://samtycke.example", "sam_service_..").build()?;
//! if let Err(disagreement) = samtycke.register_agrees(&purposes::REGISTER).await {
//!     eprintln!("{disagreement}"); // ommej.appsvar: limited to nothing, and now to one recipient
//! }
//! # Ok(())
//! # }
//! ```

pub use samtycke_core::purpose::{CheckMode, ScopeType};

pub use crate::agreement::{Difference, Disagreement};
use crate::purpose::{Count as _, Purpose, Typed as _};

/// The purposes that `samtycke-build` made when the program was built, of the register with this id.
///
/// It stands in a module of its own: see [`register`](crate::register).
#[macro_export]
macro_rules! include_purposes {
    ($id:literal) => {
        include!(concat!(env!("OUT_DIR"), "/", $id, ".rs"));
    };
}

/// A register as a program was built with it. It is generated. Example: see [the module](self).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Facts {
    /// The tenant that it belongs to.
    pub tenant: &'static str,
    /// Its content hash, for whoever looks for that version. It is not compared: a corrected text changes it too.
    pub hash: &'static str,
    /// The purposes that have a type.
    pub purposes: &'static [Fact],
}

/// What a program was built to believe of one purpose. Example: see [`Fact::of`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fact {
    /// Its id.
    pub id: &'static str,
    /// The rows of the decision table that answer a check.
    pub check_mode: CheckMode,
    /// Whether nothing but explicit consent permits it: [`Purpose::EXPLICIT_CONSENT`].
    pub explicit_consent: bool,
    /// What a yes is limited to: [`Purpose::Scope`].
    pub scope_type: ScopeType,
    /// Whether a yes is spent by one use: [`Purpose::Uses`].
    pub single_use: bool,
}

impl Fact {
    /// What a type says of its purpose, and the check mode, which it does not say.
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
