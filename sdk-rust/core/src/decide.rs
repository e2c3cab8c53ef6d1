//! The check: whether a purpose permits an operation on a person's data now.
//!
//! [`decide`] is a pure function, so a server and an auditor who replays history get the same verdict. It walks a table
//! of 32 rows and two between them, and the first row that matches decides. The register's `check_mode` selects the rows. The table is in
//! docs/decisions.md. The function uses only its arguments, and denies whatever it cannot establish from them.

mod age;
mod answer;
mod basis_changed;
mod consent;
mod objection;
mod question;
mod retention;
mod row;
mod rows;
mod signal;
mod spend;
#[cfg(test)]
mod tests;
mod walk;
mod words;

pub use self::{
    answer::{Basis, Explain, Obligation, RELY_ALLOW_MS_MAX, RELY_DENY_MS, Verdict},
    question::{Context, Customer, NoRegister, Op, PurposeLookup, Question},
    row::{Row, RowPart},
    spend::{decide_use, spend},
    walk::decide,
    words::in_words,
};
