//! The purposes of the five registers as types, made by `build.rs`. That they compile, with what their users may deny
//! denied, is a test of `samtycke-build`; that none of them is used warns of nothing.

macro_rules! registers {
    ($($(#[$doc:meta])* $module:ident $id:literal;)+) => {
        $(
            $(#[$doc])*
            #[deny(warnings, missing_docs, clippy::all, clippy::pedantic)]
            pub mod $module {
                samtycke::include_purposes!($id);
            }
        )+
    };
}

registers! {
    /// Björn Lundén.
    bjorn_lunden "bjorn-lunden";
    /// Loomer.
    loomer "loomer";
    /// Omilon.
    omilon "omilon";
    /// Ommej.
    ommej "ommej";
    /// The hosting supplier.
    supplier "supplier";
}

// As in a program that keeps its register to itself and uses none of it.
#[deny(warnings, dead_code, clippy::all, clippy::pedantic)]
#[expect(
    unreachable_pub,
    reason = "what is generated does not know who sees it"
)]
mod private {
    samtycke::include_purposes!("ommej");
}
