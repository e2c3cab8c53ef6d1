//! The bodies about the consent cookie.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::CheckAnswer;
use crate::{cookie::Word, id::SubjectId};

/// `POST /v1/cookie`: what stands for a browser now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CookieRequest {
    /// The browser's subject. A browser may leave it out: with a publishable key and the capability that it made itself, it is the one that
    /// the capability opens.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub subject: SubjectId,
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CookieAnswer {
    /// `<payload>.<sig>`; `null` where nothing is given any more.
    pub cookie: Option<String>,
    /// Number of the subject's last event; what the next submission is `based_on`.
    pub seq: u64,
    /// Whether the person may be asked about something now. After a withdrawal nobody is.
    pub may_ask: bool,
}

/// `POST /v1/cookie/check`: a browser's cookie, checked against what stands now.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CookieCheckRequest {
    /// The cookie's whole value, or its `<payload>.<sig>`.
    pub cookie: String,
    /// What is asked about; 1 to 100: `<purpose>`, or `<purpose>/<service>`. A purpose that is asked service by service is
    /// allowed where each of them is.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub purposes: Vec<Word>,
}

/// Without the cookie, which can hold its browser's capability.
impl fmt::Debug for CookieCheckRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CookieCheckRequest")
            .field("purposes", &self.purposes)
            .finish_non_exhaustive()
    }
}

/// The answer to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CookieCheckAnswer {
    /// Whose cookie it is; absent where everything was refused, since a refusal identifies nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// One for each purpose, in order.
    pub verdicts: Vec<CheckAnswer>,
}
