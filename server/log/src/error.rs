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
    /// A key that the log names is not in this server's keyring: every head needs its signature.
    #[error(
        "this server cannot sign with the log's key {0}: its root.key lacks the epoch that the key comes from; bring it the \
         root.key of the server where the key was added, and start it again"
    )]
    UnknownSigner(String),
    /// The signer rejected the head.
    #[error("the signer refused: {0}")]
    Signer(&'static str),
}
