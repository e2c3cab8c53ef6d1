//! The bodies about the consent cookie.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::CheckResponse;
use crate::{cookie::Word, id::SubjectId};

/// `POST /v1/cookie`: the browser's cookie as of now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CookieRequest {
    /// The browser's subject. A browser may leave it out: with a publishable key and a capability that it made itself,
    /// it is the capability's subject.
    #[cfg_attr(feature = "openapi", schema(required = false))]
    pub subject: SubjectId,
}

/// The response to `POST /v1/cookie`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CookieResponse {
    /// `<payload>.<sig>`; `null` if nothing is granted.
    pub cookie: Option<String>,
    /// The number of the subject's last event; the next submission's `based_on`.
    pub seq: u64,
    /// Whether the person may be asked for a purpose now; never after a withdrawal.
    pub may_ask: bool,
}

/// `POST /v1/cookie/check`: checks a browser's cookie against the current state.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CookieCheckRequest {
    /// The cookie's whole value, or its `<payload>.<sig>`.
    pub cookie: String,
    /// The purposes to check; 1 to 100: `<purpose>`, or `<purpose>/<service>`. A purpose that is asked per service is
    /// allowed if each service is.
    #[cfg_attr(feature = "openapi", schema(value_type = Vec<String>))]
    pub purposes: Vec<Word>,
}

/// Leaves the cookie out, which can hold the browser's capability.
impl fmt::Debug for CookieCheckRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CookieCheckRequest")
            .field("purposes", &self.purposes)
            .finish_non_exhaustive()
    }
}

/// The response to `POST /v1/cookie/check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CookieCheckResponse {
    /// The cookie's subject; absent for a refusal of everything, which names no subject.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// One for each purpose, in order.
    pub verdicts: Vec<CheckResponse>,
}
