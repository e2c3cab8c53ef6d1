//! The purposes of [`FakeConsent::example`](super::FakeConsent::example) as types, one of each kind. A real program
//! generates such types from its own register, with `samtycke-build`.
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

        /// All purposes: id, whether the purpose needs explicit consent, and whether consent is for a single use.
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
    /// A customer's orders: permitted by contract, which the register asserts.
    Orders = "example.orders", explicit false, Unscoped, Many;
    /// Receipts that the law requires to keep.
    Bookkeeping = "example.bookkeeping", explicit false, Unscoped, Many;
    /// Legitimate interest: permitted for a person who was informed and has not objected.
    Improvement = "example.improvement", explicit false, Unscoped, Many;
    /// A newsletter: consent.
    Newsletter = "example.newsletter", explicit false, Unscoped, Many;
    /// Counting visits with a cookie: consent that lives for a year.
    Statistics = "example.statistics", explicit false, Unscoped, Many;
    /// Passing a telephone number to one recipient: single-use consent.
    Forwarding = "example.forwarding", explicit false, Recipient, Once;
    /// Health data: explicit consent, checked each time.
    Allergies = "example.allergies", explicit true, Unscoped, Many;
    /// Videos from other hosts: consent to each service by itself.
    Film = "example.film", explicit false, Vendor, Many;
}

#[cfg(test)]
mod tests {
    use samtycke_core::purpose::SpecialCategory;
    use samtycke_core::register::{EXAMPLE, Register};

    use super::*;

    /// The types say what the register says.
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
