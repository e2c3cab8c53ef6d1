//! How the notice that a person answered relates to what the register says today, seen from one purpose.

use serde::{Deserialize, Serialize};

/// Where a notice stands for one purpose. Publications give each change a class per purpose; this is their sum from the
/// cited notice up to the live one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeStanding {
    /// It is the live one, or only editorial changes have come since.
    Current,
    /// Another version, with the same content for this purpose.
    Equivalent,
    /// A `material_notice` change came since: people are to be told (decision row 31).
    StaleNotice,
    /// A `material_consent` change came since: people are to be asked again (decision row 30).
    StaleConsent,
    /// The tenant never published it, or it does not speak of this purpose. Nothing rests on it.
    Unknown,
}
