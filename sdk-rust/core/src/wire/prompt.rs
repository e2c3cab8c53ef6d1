//! Bodies of `POST /v1/prompts`.

use serde::{Deserialize, Serialize};

use crate::id::{Language, NoticeHash, SubjectId};
use crate::notice::Variant;

/// `POST /v1/prompts`: what is shown to a person now. A consent with the prompt must name the same view.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PromptRequest {
    /// The hash of the shown notice, which also fixes its layout.
    pub notice: NoticeHash,
    /// The language that is shown.
    pub language: Language,
    /// The variant that is shown; absent means `adult`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variant: Option<Variant>,
    /// With a service key: the person who is asked. A page leaves it out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
}

/// The response to `POST /v1/prompts`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct PromptResponse {
    /// The token, for `prompt` of one consent. Opaque.
    pub prompt: String,
    /// When it expires (RFC 3339). A page is not told, to save bytes of a first visit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<String>,
}
