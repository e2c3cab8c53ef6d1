//! The purposes of [`FakeConsent::example`](super::FakeConsent::example) as types, one of each sort that a program meets.
//! A program of its own makes such types from its own register, with `samtycke-build`.
//!
//! Example: see [`FakeConsent`](super::FakeConsent).

use crate::purpose::{Many, Once, Purpose, Recipient, Unscoped, Vendor};

macro_rules! purposes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, explicit $explicit:literal, $scope:ident, $uses:ident;)+) => {
        $(
            $(#[$doc])*
            ///
            /// Example: see [`FakeConsent`](super::FakeConsent).
            #[derive(Debug, Clone, Copy)]
            pub enum $name {}

            impl Purpose for $name {
                const ID: &'static str = $id;
                const EXPLICIT_CONSENT: bool = $explicit;
                type Scope = $scope;
                type Uses = $uses;
            }
        )+

        /// Every one of them: id, whether it takes explicit consent, and whether a yes is for one use.
        #[cfg(test)]
        pub(super) const ALL: &[(&str, bool, bool)] = &[
            $((
                $id,
                <$name as Purpose>::EXPLICIT_CONSENT,
                <<$name as Purpose>::Uses as crate::purpose::Count>::IS_ONCE,
            ),)+
        ];
    };
}

purposes! {
    /// What a customer has ordered: permitted by the contract, which the register says there is.
    Orders = "example.orders", explicit false, Unscoped, Many;
    /// Receipts that the law says must be kept.
    Bookkeeping = "example.bookkeeping", explicit false, Unscoped, Many;
    /// Legitimate interest: permitted to whoever was told of it and has not objected.
    Improvement = "example.improvement", explicit false, Unscoped, Many;
    /// A newsletter: consent.
    Newsletter = "example.newsletter", explicit false, Unscoped, Many;
    /// Counting visits with a cookie: consent that lives for a year.
    Statistics = "example.statistics", explicit false, Unscoped, Many;
    /// Passing a telephone number on to one recipient: consent that is spent by one use.
    Forwarding = "example.forwarding", explicit false, Recipient, Once;
    /// Data about health: explicit consent, asked about each time.
    Allergies = "example.allergies", explicit true, Unscoped, Many;
    /// Films that others keep: consent to each service by itself.
    Film = "example.film", explicit false, Vendor, Many;
}

#[cfg(test)]
mod tests {
    use samtycke_core::purpose::SpecialCategory;
    use samtycke_core::register::{EXAMPLE, Register};

    use super::*;

    /// Protects whoever starts from these types: they say what the register says.
    #[test]
    fn the_types_agree_with_the_register() {
        let register = Register::parse(EXAMPLE).unwrap();
        let ids: Vec<_> = register.purposes.iter().map(|p| p.id.as_str()).collect();
        assert_eq!(ids, ALL.iter().map(|(id, ..)| *id).collect::<Vec<_>>());
        for (purpose, (id, explicit, once)) in register.purposes.iter().zip(ALL) {
            let special = purpose.special_category != SpecialCategory::No;
            assert_eq!((special, purpose.single_use), (*explicit, *once), "{id}");
        }
    }
}
