//! How the notice that a person answered relates to the present register, for one purpose.

use serde::{Deserialize, Serialize};

/// The standing of a notice for one purpose. Publications give each change a class per purpose; this is their sum from
/// the cited notice up to the live one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeStanding {
    /// The live notice, or only editorial changes since.
    Current,
    /// Another version, with the same content for this purpose.
    Equivalent,
    /// A `material_notice` change since: people must be told (decision row 31).
    StaleNotice,
    /// A `material_consent` change since: people must be asked again (decision row 30).
    StaleConsent,
    /// The tenant never published it, or it does not name this purpose. No consent rests on it.
    Unknown,
}
