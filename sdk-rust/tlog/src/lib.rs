//! The tree of a transparency log and the formats around it: RFC 6962 and RFC 9162 trees, and the C2SP formats for
//! signed notes, checkpoints, cosignatures, tiles and proofs. It does not know what the leaves hold. No I/O, no clock,
//! no random numbers.
//!
//! | to | look in |
//! |---|---|
//! | hash leaves, keep a tree, make and verify proofs | [`merkle`] |
//! | keep a small tree in memory | [`memory`] |
//! | name, write and read tiles | [`tile`] |
//! | sign tree heads, and read those of others | [`checkpoint`], [`note`], [`cosignature`] |
//! | write and read an offline inclusion proof | [`proof`] |
//! | ask a witness to cosign a tree head | [`witness`] |
//! | parse texts that have exactly one spelling | [`strict`] |

pub mod checkpoint;
pub mod cosignature;
pub mod memory;
pub mod merkle;
pub mod note;
pub mod proof;
pub mod strict;
pub mod tile;
pub mod witness;
