//! The pure heart of samtycke: its vocabulary, the decision function, the retention calendar, the Merkle log and its
//! proofs. No I/O, no clock, no chance, no runtime: a server, a replica, a browser's test vectors and an auditor who
//! replays history get the same answers from the same code.

pub mod bundle;
pub mod checkpoint;
pub mod cosignature;
pub mod age;
mod calendar;
pub mod decide;
pub mod decision;
pub mod event;
pub mod id;
pub mod problem;
pub mod json;
pub mod keys;
pub mod leaf;
pub mod merkle;
pub mod note;
pub mod proof;
pub mod pseudonym;
pub mod notice_standing;
pub mod purpose;
pub mod reason;
pub mod notice;
pub mod purpose;
pub mod register;
pub mod retention;
pub mod scope;
mod strict;
pub mod tile;
pub mod state;
pub mod wire;
