//! Three programs that check before they process. Each runs against `make demo`, which prints where its demo.json is:
//!
//! ```text
//! cargo run -p samtycke-examples --bin help-app   -- demo.json
//! cargo run -p samtycke-examples --bin newsletter -- demo.json
//! cargo run -p samtycke-examples --bin auditor    -- demo.json
//! ```
//!
//! They are a library, so the tests run the same code as the programs.

pub mod audit;
pub mod help_app;
pub mod newsletter;
pub mod place;

/// The purposes of Ommej's register, as types: a help app for children.
pub mod ommej {
    samtycke::include_purposes!("ommej");
}

/// The purposes of Omilon's register, as types: surveys, panels and a newsletter.
pub mod omilon {
    samtycke::include_purposes!("omilon");
}
