//! What can go wrong with the queue itself. No error holds a person, a path or what was said.

use std::io::ErrorKind;

/// Why a [`Queue`](super::Queue) did not do what was asked.
///
/// Example: see [the module](super).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QueueError {
    /// Another queue, of this process or another, has the folder open.
    #[error("the queue's folder is in use")]
    InUse,
    /// The folder cannot be read or written. Nothing was changed.
    #[error("the queue's folder cannot be used: {0}")]
    Folder(ErrorKind),
    /// The yes could not be written down, and is not in the queue: ask again, or send it at once.
    #[error("nothing was queued: the queue cannot be written: {0}")]
    NotQueued(ErrorKind),
    /// The no could not be written down. It denies here from now on and is sent by the next flush, but it is lost if the
    /// process ends before. Give it to the queue again: the same `event_id` is the same no.
    #[error("the no is in force here, but not on disk: {0}")]
    NotDurable(ErrorKind),
    /// There is no room for another yes: [`GRANTS_MAX`](super::GRANTS_MAX), [`GRANT_BYTES_MAX`](super::GRANT_BYTES_MAX).
    #[error("nothing was queued: there is no room for another yes")]
    Full,
    /// The yes is longer than the server would take: [`ENTRY_BYTES_MAX`](super::ENTRY_BYTES_MAX).
    #[error("nothing was queued: the submission is too long")]
    TooLong,
    /// The server would be certain to refuse the yes. The text says which field is wrong and what would be right.
    #[error("nothing was queued: {0}")]
    Invalid(&'static str),
    /// Something else is in the queue under this `event_id`. The new submission was not taken, be it a yes or a no: a no
    /// denies here all the same until the process ends. Give it an id of its own.
    #[error("this event_id is in the queue with another body")]
    EventIdReused,
}
