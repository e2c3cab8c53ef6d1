//! Purposes as types: what the compiler knows about a row of the register.
//!
//! Nobody writes these by hand. `samtycke-build` makes them from the register when the program is built, so that a purpose
//! which the register no longer has is a compiler error, and [`Client::register_agrees`](crate::Client::register_agrees)
//! says at start, or in a test, where the program and the live register part ways.

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
    /// Its id in the register.
    const ID: &'static str;

    /// Whether nothing but explicit consent permits it (GDPR Art. 9(2)(a)): data of a special category, without another
    /// ground. A yes on any other basis is then taken for a no.
    const EXPLICIT_CONSENT: bool;

    /// What a yes is limited to.
    type Scope: Limit;

    /// Whether a yes is spent by using it: [`Many`] or [`Once`].
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

/// What a yes can be limited to: [`Unscoped`], [`Recipient`], [`Campaign`], [`Vendor`] or [`Site`].
///
/// Example: see [`Client::require_in`](crate::Client::require_in).
pub trait Limit: Typed + Into<Scope> + Clone + Send + Sync + 'static {}

/// How often a yes can be used: [`Many`] or [`Once`].
///
/// Example: see [`Purpose`].
pub trait Uses: Count + Send + Sync + 'static {}

/// As often as it stands. Example: see [`Purpose`].
#[derive(Debug, Clone, Copy)]
pub enum Many {}

/// Once: the first use spends it. Example: see [`Consented::spend`](crate::Consented::spend).
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

/// Limited to nothing. Example: see [`Purpose`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Unscoped;

/// Limited to one recipient of the data.
///
/// Example: see [`Client::require_in`](crate::Client::require_in).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient(pub ScopeValue);

/// Limited to one campaign, medium (photo, film, sound) and surface (where it is shown).
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
    /// Campaign.
    pub campaign: ScopeValue,
    /// Medium.
    pub medium: ScopeValue,
    /// Surface.
    pub surface: ScopeValue,
}

/// Limited to one vendor. Example: as [`Recipient`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vendor(pub ScopeValue);

/// Limited to one site. Example: as [`Recipient`].
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
