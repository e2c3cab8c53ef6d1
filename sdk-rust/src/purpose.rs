//! Purposes as types: what the compiler knows about a purpose of the register.
//!
//! `samtycke-build` generates these types from the register when the program is built. A purpose that left the register
//! is then a compiler error. [`Client::register_agrees`](crate::Client::register_agrees) compares the program with the
//! live register, at start or in a test.

use samtycke_core::id::ScopeValue;
use samtycke_core::purpose::ScopeType;
use samtycke_core::scope::Scope;

/// One purpose of a register.
///
/// ```
/// use samtycke::purpose::{Many, Purpose, Unscoped};
///
/// /// Answers to questions in the app.
/// pub enum Answers {}
///
/// impl Purpose for Answers {
///     const ID: &'static str = "example.answers";
///     const EXPLICIT_CONSENT: bool = true;
///     type Scope = Unscoped;
///     type Uses = Many;
/// }
/// ```
pub trait Purpose: Send + Sync + 'static {
    /// The purpose's id in the register.
    const ID: &'static str;

    /// Whether only explicit consent permits the purpose (GDPR Art. 9(2)(a)), as for a special category without another
    /// ground. An allow on another basis is then a denial.
    const EXPLICIT_CONSENT: bool;

    /// The type of scope that a consent is limited to.
    type Scope: Limit;

    /// How often a consent can be used: [`Many`] or [`Once`].
    type Uses: Uses;
}

mod sealed {
    use samtycke_core::purpose::ScopeType;

    pub trait Typed {
        const SCOPE_TYPE: ScopeType;
    }

    pub trait Count {
        const IS_ONCE: bool;
    }
}

pub(crate) use sealed::{Count, Typed};

/// The scope types: [`Unscoped`], [`Recipient`], [`Campaign`], [`Vendor`] or [`Site`].
///
/// Example: see [`Client::require_in`](crate::Client::require_in).
pub trait Limit: Typed + Into<Scope> + Clone + Eq + Send + Sync + 'static {}

/// How often a consent can be used: [`Many`] or [`Once`].
///
/// Example: see [`Purpose`].
pub trait Uses: Count + Send + Sync + 'static {}

/// Any number of uses. Example: see [`Purpose`].
#[derive(Debug, Clone, Copy)]
pub enum Many {}

/// One use, which spends the consent. Example: see [`Consented::spend`](crate::Consented::spend).
#[derive(Debug, Clone, Copy)]
pub enum Once {}

impl Count for Many {
    const IS_ONCE: bool = false;
}
impl Count for Once {
    const IS_ONCE: bool = true;
}
impl Uses for Many {}
impl Uses for Once {}

/// A consent without a scope. Example: see [`Purpose`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unscoped;

/// A consent for one recipient of the data.
///
/// Example: see [`Client::require_in`](crate::Client::require_in).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient(pub ScopeValue);

/// A consent for one campaign, medium (photo, film, sound) and surface (where it is shown).
///
/// ```
/// use samtycke::purpose::Campaign;
/// use samtycke::scope::Scope;
///
/// let autumn = Campaign {
///     campaign: "autumn".parse()?,
///     medium: "photo".parse()?,
///     surface: "web".parse()?,
/// };
/// assert_eq!(Scope::from(autumn).to_string(), "campaign:autumn/photo/web");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Campaign {
    /// The campaign's id.
    pub campaign: ScopeValue,
    /// The medium: photo, film or sound.
    pub medium: ScopeValue,
    /// The surface on which it is shown.
    pub surface: ScopeValue,
}

/// A consent for one vendor. Example: as [`Recipient`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vendor(pub ScopeValue);

/// A consent for one site. Example: as [`Recipient`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site(pub ScopeValue);

macro_rules! limits {
    ($($name:ident, $scope_type:ident => |$limit:pat_param| $scope:expr;)+) => {
        $(
            impl Typed for $name {
                const SCOPE_TYPE: ScopeType = ScopeType::$scope_type;
            }
            impl Limit for $name {}
            impl From<$name> for Scope {
                fn from($limit: $name) -> Self { $scope }
            }
        )+
    };
}

limits! {
    Unscoped, None => |Unscoped| Self::None;
    Recipient, Recipient => |Recipient(value)| Self::Recipient(value);
    Vendor, Vendor => |Vendor(value)| Self::Vendor(value);
    Site, Site => |Site(value)| Self::Site(value);
    Campaign, Campaign => |Campaign { campaign, medium, surface }| Self::Campaign { campaign, medium, surface };
}
