//! All problems of the API, in one list (RFC 9457).
//!
//! Every problem body carries `allow: false`, so a caller who reads nothing else fails closed. The texts name the wrong
//! field and a valid form; they never repeat what was sent.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::json::{JsonError, JsonErrorKind};

macro_rules! problems {
    ($($(#[$doc:meta])* $name:ident = $status:literal $reason:tt $title:literal;)*) => {
        /// A kind of problem. Clients switch on `reason`, which is stable; status and title are for people.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ProblemKind {
            $($(#[$doc])* #[serde(rename = $reason)] $name,)*
        }

        impl ProblemKind {
            /// Every kind, in the order of the documentation.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// HTTP status.
            pub fn status(self) -> u16 {
                match self { $(Self::$name => $status,)* }
            }

            /// Stable reason: SCREAMING_SNAKE_CASE.
            pub fn reason(self) -> &'static str {
                match self { $(Self::$name => $reason,)* }
            }

            /// The title, one sentence.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $title,)* }
            }
        }
    };
}

problems! {
    /// The body is not JSON.
    JsonSyntax = 400 "JSON_SYNTAX" "The body is not well-formed JSON";
    /// A duplicate key in one object; the usual parsers would silently keep the last.
    JsonDuplicateKey = 400 "JSON_DUPLICATE_KEY" "Duplicate key in object";
    /// Nested deeper than the limit.
    JsonTooDeep = 400 "JSON_TOO_DEEP" "The body is nested too deep";
    /// A number that is not an integer within +-(2^53-1), a key that is not ASCII, or a string that is not NFC.
    JsonNotCanonical = 422 "JSON_NOT_CANONICAL" "The body has numbers, keys or strings with more than one spelling";
    /// A field that is unknown, missing, or of the wrong shape.
    FieldInvalid = 422 "FIELD_INVALID" "A field is unknown, missing or not of the right shape";
    /// A query parameter or path segment of the wrong shape.
    ParameterInvalid = 400 "PARAMETER_INVALID" "A parameter is unknown, missing or not of the right shape";
    /// Not `application/json`.
    ContentTypeUnsupported = 415 "CONTENT_TYPE_UNSUPPORTED" "The content type must be application/json";
    /// The body is larger than the limit.
    BodyTooLarge = 413 "BODY_TOO_LARGE" "The body is too large";
    /// The body did not arrive in time.
    RequestTimeout = 408 "REQUEST_TIMEOUT" "The request did not arrive in time";
    /// A pseudonym or code looks like a personal number or an address.
    PersonalIdentifier = 422 "PERSONAL_IDENTIFIER" "A field looks like an e-mail address, a telephone number or a personnummer";
    /// No key, an unknown key or a revoked key.
    Unauthenticated = 401 "UNAUTHENTICATED" "A valid API key is needed";
    /// The key had an end, which has passed.
    KeyExpired = 401 "KEY_EXPIRED" "The API key has expired; ask the operator for another one";
    /// The key's role may not do this.
    Forbidden = 403 "FORBIDDEN" "This key may not do this";
    /// A publishable key was used from a page of another origin.
    OriginNotAllowed = 403 "ORIGIN_NOT_ALLOWED" "This key may not be used from this origin";
    /// No capability, or another subject's.
    CapabilityInvalid = 403 "CAPABILITY_INVALID" "A capability of this subject is needed";
    /// It does not exist, or belongs to another tenant.
    NotFound = 404 "NOT_FOUND" "Not found";
    /// The route exists, the method does not.
    MethodNotAllowed = 405 "METHOD_NOT_ALLOWED" "This method is not available here";
    /// The same `event_id` was sent with another body.
    EventIdReused = 422 "EVENT_ID_REUSED" "This event_id was used for another body";
    /// The notice was never published by this tenant.
    NoticeUnknown = 422 "NOTICE_UNKNOWN" "This tenant has not published this notice";
    /// The notice does not ask about this purpose.
    PurposeNotInNotice = 422 "PURPOSE_NOT_IN_NOTICE" "The notice does not ask about this purpose";
    /// The purpose is not in the register.
    PurposeUnknown = 422 "PURPOSE_UNKNOWN" "This purpose is not in the register";
    /// The purpose cannot be consented or objected to.
    PurposeNotAsked = 422 "PURPOSE_NOT_ASKED" "This purpose does not take this decision";
    /// Consent to the purpose is not for a single use.
    NotSingleUse = 422 "NOT_SINGLE_USE" "Consent to this purpose is not for a single use";
    /// The decision's scope is not of the type that the purpose has.
    ScopeMismatch = 422 "SCOPE_MISMATCH" "The scope is not of the type that this purpose has";
    /// The subject has reached the limit of scopes with decisions for this purpose.
    ScopesTooMany = 422 "SCOPES_TOO_MANY" "The subject has decisions on too many scopes of this purpose";
    /// The same purpose and scope occur twice in one event.
    CellRepeated = 422 "CELL_REPEATED" "Duplicate purpose and scope in one event";
    /// A grant without the method by which the person gave it.
    MethodInvalid = 422 "METHOD_INVALID" "This method cannot carry this decision";
    /// The actor may not make a permissive decision for the person.
    ActorCannotWiden = 422 "ACTOR_CANNOT_WIDEN" "Only the person, an entitled guardian or staff with evidence can grant";
    /// A signal was acknowledged that the event does not carry.
    GpcNotSignalled = 422 "GPC_NOT_SIGNALLED" "The event's own signals do not include GPC";
    /// An explicit decision was sent together with others, or its notice has no statement of its own for it.
    ExplicitNotAlone = 422 "EXPLICIT_NOT_ALONE" "An explicit decision needs a statement and an event of its own";
    /// The tenant has no such campaign, or it has ended.
    CampaignUnknown = 422 "CAMPAIGN_UNKNOWN" "There is no such campaign, or it has ended";
    /// No retention rule of the purpose uses the anchor, or the item has no anchor that one uses.
    AnchorUnknown = 422 "ANCHOR_UNKNOWN" "No retention rule of the purpose uses this anchor";
    /// A notice asks about a purpose that the register has changed, or that the register to be published changes.
    NoticeOutdated = 409 "NOTICE_OUTDATED" "A notice asks about a purpose that the register has changed";
    /// The prompt token is malformed, expired, used, or bound to another notice, site or subject.
    PromptInvalid = 422 "PROMPT_INVALID" "The prompt token is not valid for this decision";
    /// The link does not exist, has expired or was taken back.
    LinkInvalid = 404 "LINK_INVALID" "The link is not valid";
    /// The subject has been erased: a grant is refused.
    SubjectErased = 410 "SUBJECT_ERASED" "This subject has been erased";
    /// A position token of another log, or an altered one.
    PositionInvalid = 422 "POSITION_INVALID" "The position does not belong to this log";
    /// A consent cookie that this tenant's log has not signed for one of its sites, or that has expired.
    CookieInvalid = 422 "COOKIE_INVALID" "The consent cookie is not valid";
    /// No checkpoint covers the event yet.
    NotSealed = 503 "NOT_SEALED" "The event is not in a signed checkpoint yet";
    /// The register has errors that cannot be published.
    RegisterInvalid = 422 "REGISTER_INVALID" "The register cannot be read";
    /// There is no draft to publish, or another one than named.
    DraftMissing = 409 "DRAFT_MISSING" "There is no such draft";
    /// The notice does not match its texts or the register.
    NoticeInvalid = 422 "NOTICE_INVALID" "The notice does not match its texts or the register";
    /// The name is in use.
    Conflict = 409 "CONFLICT" "The name is in use";
    /// Too many requests.
    QuotaExceeded = 429 "QUOTA_EXCEEDED" "Too many requests";
    /// A queue is full, or a deadline passed before the work began. Nothing was done.
    Overloaded = 503 "FAILCLOSED_OVERLOAD" "The server is too busy; nothing was done";
    /// The database did not answer. It is unknown whether a write was done: retry with the same `event_id`.
    Unavailable = 503 "FAILCLOSED_UNAVAILABLE" "The database did not answer; retry with the same event_id";
    /// The log is frozen: the database is older than what was signed, or contradicts it.
    Recovering = 503 "FAILCLOSED_RECOVERING" "The log is frozen until it has been recovered";
    /// The server is starting or stopping.
    NotReady = 503 "FAILCLOSED_NOT_READY" "The server is not ready";
    /// A defect of the server.
    Internal = 500 "FAILCLOSED_INTERNAL" "The server failed; nothing was allowed";
}

/// A wrong field, parameter or header of a request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Violation {
    /// JSON pointer (RFC 6901) to the field, or the name of the parameter or header.
    pub field: String,
    /// What is wrong and a valid form; never the value.
    pub message: Cow<'static, str>,
}

/// A problem that can be sent (RFC 9457 `application/problem+json`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The kind.
    pub kind: ProblemKind,
    /// The detail of this request, for people.
    pub detail: Option<Cow<'static, str>>,
    /// The wrong fields.
    pub violations: Vec<Violation>,
    /// When to retry, in seconds.
    pub retry_after_s: Option<u32>,
    /// Names of the rate-limit policies that were exceeded.
    pub violated_policies: Vec<Cow<'static, str>>,
}

impl Problem {
    /// A problem of this kind.
    pub fn new(kind: ProblemKind) -> Self {
        Self {
            kind,
            detail: None,
            violations: Vec::new(),
            retry_after_s: None,
            violated_policies: Vec::new(),
        }
    }

    /// Adds a detail of this request. It must not hold anything that identifies a person.
    #[must_use]
    pub fn detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Adds a wrong field.
    #[must_use]
    pub fn field(
        mut self,
        field: impl Into<String>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        self.violations.push(Violation {
            field: field.into(),
            message: message.into(),
        });
        self
    }

    /// The problem of a part of a request as one of the whole: prefixes its JSON pointers with this place.
    #[must_use]
    pub fn within(mut self, place: &str) -> Self {
        for violation in &mut self.violations {
            if violation.field.starts_with('/') {
                violation.field.insert_str(0, place);
            }
        }
        self
    }

    /// Adds when to retry.
    #[must_use]
    pub fn retry_after(mut self, seconds: u32) -> Self {
        self.retry_after_s = Some(seconds);
        self
    }

    /// Adds the name of an exceeded rate-limit policy.
    #[must_use]
    pub fn violated_policy(mut self, policy: impl Into<Cow<'static, str>>) -> Self {
        self.violated_policies.push(policy.into());
        self
    }

    /// The body. Only `request_id` tells two equal problems apart.
    pub fn body(&self, request_id: Option<&str>) -> ProblemBody {
        let type_ = if self.kind == ProblemKind::QuotaExceeded {
            "https://iana.org/assignments/http-problem-types#quota-exceeded".into()
        } else {
            format!(
                "https://samtycke.dev/problems/{}",
                self.kind.reason().to_lowercase().replace('_', "-")
            )
        };
        ProblemBody {
            type_,
            title: self.kind.title().into(),
            status: self.kind.status(),
            detail: self.detail.as_ref().map(|d| d.clone().into_owned()),
            instance: request_id.map(|id| format!("urn:request:{id}")),
            reason: self.kind.reason().into(),
            allow: false,
            violations: self.violations.clone(),
            violated_policies: self.violated_policies.clone(),
            retry_after_s: self.retry_after_s,
        }
    }
}

impl From<ProblemKind> for Problem {
    fn from(kind: ProblemKind) -> Self {
        Self::new(kind)
    }
}

impl From<JsonError> for Problem {
    fn from(error: JsonError) -> Self {
        let kind = match error.kind() {
            JsonErrorKind::Syntax => ProblemKind::JsonSyntax,
            JsonErrorKind::DuplicateKey => ProblemKind::JsonDuplicateKey,
            JsonErrorKind::TooDeep => ProblemKind::JsonTooDeep,
            JsonErrorKind::TooLarge => ProblemKind::BodyTooLarge,
            JsonErrorKind::NotInteger
            | JsonErrorKind::NumberRange
            | JsonErrorKind::KeyNotAscii
            | JsonErrorKind::NotNfc => ProblemKind::JsonNotCanonical,
        };
        let place = format!("line {} column {}", error.line(), error.column());
        Self::new(kind)
            .detail(place)
            .field(error.pointer().to_owned(), error.kind().as_str())
    }
}

impl std::fmt::Display for Problem {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.kind.reason(), self.kind.title())?;
        if let Some(detail) = &self.detail {
            write!(f, " ({detail})")?;
        }
        for violation in &self.violations {
            write!(f, "; {}: {}", violation.field, violation.message)?;
        }
        Ok(())
    }
}

impl std::error::Error for Problem {}

/// The JSON body of a problem.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ProblemBody {
    /// A URI of the kind.
    #[serde(rename = "type")]
    pub type_: String,
    /// The title, one sentence.
    pub title: String,
    /// HTTP status.
    pub status: u16,
    /// The detail of this request.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
    /// The request's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance: Option<String>,
    /// Stable reason: [`ProblemKind::reason`].
    #[cfg_attr(feature = "openapi", schema(value_type = ProblemKind))]
    pub reason: String,
    /// Always false: a problem permits nothing.
    pub allow: bool,
    /// The wrong fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub violations: Vec<Violation>,
    /// Names of the rate-limit policies that were exceeded (draft-ietf-httpapi-ratelimit-headers).
    #[serde(
        default,
        rename = "violated-policies",
        skip_serializing_if = "Vec::is_empty"
    )]
    pub violated_policies: Vec<Cow<'static, str>>,
    /// When to retry, in seconds. It is sent in the header `Retry-After`; the client puts it here.
    #[serde(skip)]
    pub retry_after_s: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Both SDKs can switch on the reason: no two kinds share one.
    #[test]
    fn reasons_are_unique_and_every_problem_denies() {
        let mut seen = std::collections::BTreeSet::new();
        for kind in ProblemKind::ALL {
            assert!(seen.insert(kind.reason()), "{}", kind.reason());
            assert!((400..=599).contains(&kind.status()));
            assert!(!Problem::new(*kind).body(None).allow);
        }
    }
}
