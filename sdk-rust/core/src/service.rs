//! The rules of the service that no database, clock or HTTP has a part in: what is answered to whom.
//!
//! The server and the double of it in the Rust client's tests are two backends of this code: each says what it holds, and
//! this says what is answered. A rule that stands here cannot differ between the two.

mod answer;
mod bounds;
mod link;
mod record;
mod replay;
mod subject;

pub use self::answer::{
    AppendedEvent, Posted, UseRejected, already_erased, event_already_erased, event_unheard,
    unheard,
};
pub use self::bounds::{check_count, is_lost, parse_min_position, within_batch};
pub use self::link::{MERGES_MAX, Pair, other_subject, pair};
pub use self::record::{Accepted, admit_erased, record, spend, spend_of_erased};
pub use self::replay::{after_seqs, replay_of, use_body};
pub use self::subject::{CAPABILITY_MS, hmac_of};

#[cfg(test)]
mod tests;
