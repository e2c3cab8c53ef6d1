//! The pure heart of samtycke: its vocabulary, the decision function, the retention calendar, the Merkle log and its
//! proofs. No I/O, no clock, no chance, no runtime: a server, a replica, a browser's test vectors and an auditor who
//! replays history get the same answers from the same code.

pub mod decision;
pub mod id;
pub mod notice;
pub mod purpose;
pub mod register;
pub mod retention;
pub mod scope;
