//! Why a log could not be signed or published.

use samtycke_store::StoreError;

/// Why a log could not be published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// The database did not answer, or contradicts itself.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The anchor's folder cannot be read or written.
    #[error("the log anchor failed: {0}")]
    Anchor(#[from] std::io::Error),
    /// The database is older than what was signed, or another one: the log is frozen.
    #[error("the log is frozen: {0}")]
    RolledBack(String),
    /// The signer refused.
    #[error("the signer refused: {0}")]
    Signer(&'static str),
}
