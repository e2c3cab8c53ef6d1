//! The check: may this be done, for this purpose, with this person's data, now?
//!
//! [`decide`] is a pure function, so a server, a replica and an auditor who replays history give the same answer. It
//! walks a table of 32 rows and the first that matches answers; the register's `check_mode` alone chooses the rows.
//! The table stands in docs/decisions.md. It asks nobody and knows nothing but its arguments, and whatever it cannot
//! establish from them is a no.

mod answer;
mod consent;
mod question;
mod rows;
mod spend;
#[cfg(test)]
mod tests;
mod walk;

pub use self::{
    answer::{Basis, Explain, Obligation, RELY_ALLOW_MS_MAX, RELY_DENY_MS, Verdict},
    question::{Context, NoRegister, Op, PurposeLookup, Question, RetentionStanding},
    spend::{decide_use, spend},
    walk::decide,
};
