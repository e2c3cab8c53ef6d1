//! `POST /v1/links`: a link on which a person answers on their own phone.

use serde::{Deserialize, Serialize};

use crate::id::{NoticeHash, PurposeId, SubjectId};
use crate::notice::Variant;
use crate::scope::Scope;

/// The most purposes that one link asks about.
pub const LINK_PURPOSES_MAX: usize = 16;

/// `POST /v1/links`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct LinkRequest {
    /// The person who is asked.
    pub subject: SubjectId,
    /// The hash of a published notice that asks about each purpose.
    pub notice: NoticeHash,
    /// The purposes, each a question of its own; 1 to 16.
    pub purposes: Vec<PurposeId>,
    /// The scope of the answers: a campaign with medium and surface, or a recipient.
    #[serde(default, skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The variant of the text; absent means `adult`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// When an unanswered link ends (RFC 3339), at most 90 days ahead; absent: after 30 days.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}

/// The response to `POST /v1/links`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LinkResponse {
    /// The link's id, by which it is taken back.
    pub link: String,
    /// The address of the page. Who has it can answer: give it to the person alone.
    pub url: String,
    /// The address as a QR code, an SVG image.
    pub svg: String,
    /// When the link ends if it is not answered (RFC 3339).
    pub expires_at: String,
}
