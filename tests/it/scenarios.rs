//! Five controllers' lives, played through the HTTP API with a moved clock: what their registers and policies promise.
//! Where a register is incomplete, the scenario completes a copy of it by named changes.

mod bjorn_lunden;
mod loomer;
mod omilon;
mod ommej;
mod orders;
pub(crate) mod story;
mod supplier;

pub(crate) const DAY_MS: i64 = 86_400_000;
/// The SHA-256 of a text or a picture that the tenant keeps.
const SHA256: &str = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
/// The same as the name of a text, such as terms or a balancing test.
pub(crate) const TEXT: &str =
    "sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";
