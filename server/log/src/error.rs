//! Errors of signing and publishing.

use samtycke_store::StoreError;

/// Why a log could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The database did not answer, or its contents are inconsistent.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The anchor's folder is not readable or writable.
    #[error("the log anchor failed: {0}")]
    Anchor(#[from] std::io::Error),
    /// The database is older than the signed state, or it is another database. The log is frozen.
    #[error("the log is frozen: {0}")]
    RolledBack(String),
    /// Another server has moved the anchor, or has accepted a newer timeline of PostgreSQL than this server is on.
    #[error("{0}")]
    Replaced(&'static str),
    /// The log was closed before a head that covers the leaf was signed.
    #[error("the log was closed before this leaf was signed; nothing will prove it")]
    Closed,
    /// The signer rejected the head.
    #[error("the signer refused: {0}")]
    Signer(&'static str),
}
