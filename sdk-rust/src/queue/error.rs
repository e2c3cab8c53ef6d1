//! Errors of the queue itself. No error holds a person, a path or a decision.

use std::io::ErrorKind;

/// Why a [`Queue`](super::Queue) rejected a call.
///
/// Example: see [the module](super).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueueError {
    /// Another queue, of this process or another, has opened the folder.
    #[error("the queue's folder is in use")]
    InUse,
    /// The folder cannot be read or written. Nothing was changed.
    #[error("the queue's folder cannot be used: {0}")]
    Folder(ErrorKind),
    /// The grant could not be written and is not in the queue: ask again, or send it at once.
    #[error("nothing was queued: the queue cannot be written: {0}")]
    NotQueued(ErrorKind),
    /// The withdrawal could not be written. It denies here from now on and the next flush sends it, but it is lost if
    /// the process ends before. Queue it again: the same `event_id` is the same withdrawal.
    #[error("the withdrawal is in force here, but not on disk: {0}")]
    NotDurable(ErrorKind),
    /// No room for another grant: [`GRANTS_MAX`](super::GRANTS_MAX), [`GRANT_BYTES_MAX`](super::GRANT_BYTES_MAX).
    #[error("nothing was queued: there is no room for another grant")]
    Full,
    /// The grant is longer than the server accepts: [`ENTRY_BYTES_MAX`](super::ENTRY_BYTES_MAX).
    #[error("nothing was queued: the submission is too long")]
    TooLong,
    /// The server would certainly reject the grant. The text names the field and what would be valid.
    #[error("nothing was queued: {0}")]
    Invalid(&'static str),
    /// Another submission is in the queue under this `event_id`. The new one was not taken; a withdrawal denies here
    /// all the same until the process ends. Give it another id.
    #[error("this event_id is in the queue with another body")]
    EventIdReused,
}
