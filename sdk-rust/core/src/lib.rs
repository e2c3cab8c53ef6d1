//! The pure heart of samtycke: its vocabulary, the decision function, the retention calendar, the Merkle log and its
//! proofs. No I/O, no clock, no chance, no runtime: a server, a replica, a browser's test vectors and an auditor who
//! replays history get the same answers from the same code.

pub mod age;
pub mod bundle;
mod calendar;
pub mod checkpoint;
pub mod cosignature;
pub mod decide;
pub mod decision;
pub mod event;
pub mod id;
pub mod json;
pub mod keys;
pub mod leaf;
pub mod merkle;
pub mod note;
pub mod notice;
pub mod notice_standing;
pub mod problem;
pub mod proof;
pub mod pseudonym;
pub mod purpose;
pub mod reason;
pub mod register;
pub mod retention;
pub mod scope;
pub mod state;
mod strict;
#[cfg(test)]
mod testing;
pub mod tile;
pub mod wire;
