//! The pure heart of samtycke: its vocabulary, the decision function, the retention calendar, the Merkle log and its
//! proofs. No I/O, no clock, no chance, no runtime: a server, a replica, a browser's test vectors and an auditor who
//! replays history get the same answers from the same code.

pub mod age;
mod calendar;
pub mod decide;
pub mod decision;
pub mod event;
pub mod id;
pub mod notice_standing;
pub mod purpose;
pub mod reason;
pub mod scope;
pub mod state;
#[cfg(test)]
mod testing;
