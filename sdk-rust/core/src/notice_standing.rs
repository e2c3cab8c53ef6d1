//! The relation of the notice that a person answered to the live register, for one purpose.

use serde::{Deserialize, Serialize};

/// The standing of a notice for one purpose. Each publication gives its change a class per purpose; the standing sums
/// these classes from the cited notice to the live one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum NoticeStanding {
    /// The live notice, or one with only editorial changes since.
    Current,
    /// Another version with the same content for this purpose.
    Equivalent,
    /// A `material_notice` change since: people must be told (decision row 31).
    StaleNotice,
    /// A `material_consent` change since: people must be asked again (decision row 30).
    StaleConsent,
    /// The controller has declared every consent on it to this purpose invalid (decision row 23).
    Invalidated,
    /// The tenant never published it, or it does not name this purpose. No consent can rest on it.
    Unknown,
}

impl NoticeStanding {
    /// Whether a delivery of the notice tells the person anything of the purpose: it names it, and the controller has not
    /// declared it invalid.
    pub(crate) fn speaks(self) -> bool {
        match self {
            Self::Current | Self::Equivalent | Self::StaleNotice | Self::StaleConsent => true,
            Self::Invalidated | Self::Unknown => false,
        }
    }
}
