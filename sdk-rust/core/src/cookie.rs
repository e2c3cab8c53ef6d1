//! The consent cookie: its forms in a browser, and offline verification by a controller's own server.
//!
//! A site's banner stores one first-party cookie, named by [`name`], in one of these forms:
//!
//! ```text
//! r.<n>.<day>.<notice8>                              a refusal of everything; it identifies no person
//! g.<n>.<payload>.<sig>.<capability>                 something is given; signed by the server
//! g.<n>.<payload>.<sig>.<capability>.<minus>         the same, less what was withdrawn here since
//! ```
//!
//! `payload` is base64url of compact JSON ([`Payload`]). `sig` is base64url of an Ed25519 signature by the tenant's log
//! key over `samtycke/cookie/v1\n` and the payload's base64url text. `n` counts the browser's choices. `minus` is a
//! list of indexes into the payload's purposes, joined by `-`. The browser sets both without a signature, and they can
//! only restrict. `capability` is the browser's secret: it gives access to its subject, so never log it.

mod payload;
mod value;

use std::{fmt, time::Duration};

pub use self::{
    payload::{Entry, Payload, Word},
    value::{COUNTER_MAX, CookieValue, Refusal, Signed},
};
use crate::id::{NoticeHash, PublicSiteId, PurposeId, ScopeValue, SiteId, SubjectId};
use samtycke_tlog::note::{KeyKind, VerifierKey};

/// The prefix of every site's cookie name. Its number is the version of the forms.
pub const NAME_PREFIX: &str = "samtycke-consent-1-";
/// The longest value that is parsed; bytes. Browsers store 4 096 for name, value and attributes together (RFC 6265bis,
/// section 5.6).
pub const VALUE_BYTES_MAX: usize = 4_096;
/// The longest lifetime of a cookie; seconds: 395 days, 13 months (the limit of the CNIL and the EDPB).
pub const LIFETIME_S_MAX: i64 = 395 * 24 * 60 * 60;
/// Up to this age browsers use a token without a request and then renew it in the background (docs/consistency.md).
pub const RENEW_AFTER: Duration = Duration::from_mins(15);
/// Beyond this age browsers renew a token before they use it (docs/consistency.md).
pub const MAX_AGE: Duration = Duration::from_hours(24);
/// How far the signer's clock may be ahead of the verifier's; milliseconds.
pub const AHEAD_MS_MAX: i64 = 5 * 60 * 1_000;

/// The context that precedes the payload in the signed bytes.
const CONTEXT: &str = "samtycke/cookie/v1\n";

/// The name of a site's cookie. Each site has its own name, because all sites on one host share cookies across ports
/// and paths.
pub fn name(site: &PublicSiteId) -> String {
    format!("{NAME_PREFIX}{site}")
}

/// Why a cookie grants nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
pub enum CookieError {
    /// The value is longer than [`VALUE_BYTES_MAX`].
    #[error("the cookie is too long")]
    TooLong,
    /// The value has none of the forms, or a non-canonical spelling of one.
    #[error("not a consent cookie")]
    Format,
    /// The person refused everything.
    #[error("everything has been refused")]
    Refused,
    /// The verifier key cannot sign cookies.
    #[error("not a key that signs cookies")]
    Key,
    /// The signature is not by this key over this payload.
    #[error("the signature does not verify")]
    Signature,
    /// This program does not know the version.
    #[error("an unknown version")]
    Version,
    /// The cookie was signed for another log, and so for another controller.
    #[error("signed for another log")]
    Origin,
    /// The cookie was signed for another site of the controller, or with another site's public id.
    #[error("signed for another site")]
    Site,
    /// The signing time is more than five minutes in the future.
    #[error("signed in the future")]
    Future,
    /// A grant in it has expired.
    #[error("has expired")]
    Expired,
    /// The cookie is older than the caller accepts.
    #[error("signed too long ago")]
    TooOld,
    /// The capability belongs to another subject.
    #[error("the capability is of another subject")]
    Capability,
}

impl CookieError {
    /// The stable name in the golden vectors and log lines.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TooLong => "too_long",
            Self::Format => "format",
            Self::Refused => "refused",
            Self::Key => "key",
            Self::Signature => "signature",
            Self::Version => "version",
            Self::Origin => "origin",
            Self::Site => "site",
            Self::Future => "future",
            Self::Expired => "expired",
            Self::TooOld => "too_old",
            Self::Capability => "capability",
        }
    }
}

/// A verified consent cookie. It denies everything that it does not grant.
#[derive(Clone, PartialEq, Eq)]
pub struct Cookie {
    payload: Payload,
    capability: Option<Box<str>>,
    minus: Vec<usize>,
}

impl Cookie {
    /// Parses a cookie's value: any of the three forms, or a bare `<payload>.<sig>`. It verifies nothing.
    pub fn parse(value: &str) -> Result<CookieValue, CookieError> {
        value::parse(value)
    }

    /// The value that counts in a `Cookie` header, which can contain several of one name. Of the valid forms the
    /// highest counter counts; between two equal counters the more restrictive value.
    pub fn in_header<'a>(header: &'a str, site: &PublicSiteId) -> Option<&'a str> {
        let own = name(site);
        let values = header.split(';').filter_map(|pair| {
            let (name, value) = pair.trim_matches([' ', '\t']).split_once('=')?;
            (name == own).then_some(value)
        });
        let ranked = values.filter_map(|value| Some((value::rank(value)?, value)));
        ranked.max_by_key(|(rank, _)| *rank).map(|(_, value)| value)
    }

    /// Parses and verifies a cookie's value offline. This log must have signed it for this site no longer than
    /// `max_age` before `now` (Unix milliseconds), and it must not have expired. Errors: see [`CookieError`]; a refusal
    /// is [`CookieError::Refused`]. Every error denies.
    pub fn verify(
        value: &str,
        vkey: &VerifierKey,
        site: &SiteId,
        now: i64,
        max_age: Duration,
    ) -> Result<Self, CookieError> {
        Self::verify_where(value, vkey, |signed_for| signed_for == site, now, max_age)
    }

    /// The same for a server of several sites of the controller; `is_site` decides which sites it accepts.
    pub fn verify_where(
        value: &str,
        vkey: &VerifierKey,
        is_site: impl Fn(&SiteId) -> bool,
        now: i64,
        max_age: Duration,
    ) -> Result<Self, CookieError> {
        let cookie = match Self::parse(value)? {
            CookieValue::Refused(_) => return Err(CookieError::Refused),
            CookieValue::Given(signed) => Self::open(signed, vkey)?,
        };
        let payload = &cookie.payload;
        if !is_site(&payload.site) {
            return Err(CookieError::Site);
        }
        let signed_at = payload.iat.saturating_mul(1_000);
        if signed_at > now.saturating_add(AHEAD_MS_MAX) {
            return Err(CookieError::Future);
        }
        if payload.exp.saturating_mul(1_000) <= now {
            return Err(CookieError::Expired);
        }
        let age = now.saturating_sub(signed_at);
        if age > i64::try_from(max_age.as_millis()).unwrap_or(i64::MAX) {
            return Err(CookieError::TooOld);
        }
        Ok(cookie)
    }

    /// Checks everything except the clock and the site. It verifies the signature first and parses nothing unsigned.
    fn open(signed: Signed, vkey: &VerifierKey) -> Result<Self, CookieError> {
        if vkey.kind() != KeyKind::Ed25519 {
            return Err(CookieError::Key);
        }
        vkey.verify_apart(CONTEXT, &signed.payload, &signed.signature)
            .map_err(|_| CookieError::Signature)?;
        let payload = Payload::decode(&signed.payload)?;
        if payload.origin != vkey.name() {
            return Err(CookieError::Origin);
        }
        if payload.site_id != PublicSiteId::of(&payload.origin, &payload.site) {
            return Err(CookieError::Site);
        }
        let opens = |capability| value::subject_of(capability).as_ref() == Some(&payload.subject);
        if !signed.capability.as_deref().is_none_or(opens) {
            return Err(CookieError::Capability);
        }
        if signed.minus.iter().any(|at| *at >= payload.purposes.len()) {
            return Err(CookieError::Format);
        }
        Ok(Self {
            payload,
            capability: signed.capability,
            minus: signed.minus,
        })
    }

    /// Whether the purpose is allowed, with each of its services, if the browser does not send Global Privacy Control.
    pub fn allows(&self, purpose: &PurposeId) -> bool {
        self.are_given(purpose, None, |_| true)
    }

    /// Whether the purpose is allowed, with each of its services, if the request has `Sec-GPC: 1`.
    pub fn allows_under_gpc(&self, purpose: &PurposeId) -> bool {
        self.are_given(purpose, None, |entry| !entry.gpc_denied)
    }

    /// Whether this service is allowed for the purpose. A grant to a purpose that is not asked per service covers each
    /// of its services.
    pub fn allows_vendor(&self, purpose: &PurposeId, vendor: &ScopeValue) -> bool {
        self.are_given(purpose, Some(vendor), |_| true)
    }

    /// The same if the request has `Sec-GPC: 1`.
    pub fn allows_vendor_under_gpc(&self, purpose: &PurposeId, vendor: &ScopeValue) -> bool {
        self.are_given(purpose, Some(vendor), |entry| !entry.gpc_denied)
    }

    /// Whether this browser withdrew the purpose, or one of its services, after the server signed the cookie.
    pub fn withdrawn_since(&self, purpose: &PurposeId) -> bool {
        self.about(purpose, None)
            .any(|(at, _)| self.minus.contains(&at))
    }

    /// The same for one service of the purpose.
    pub fn vendor_withdrawn_since(&self, purpose: &PurposeId, vendor: &ScopeValue) -> bool {
        self.about(purpose, Some(vendor))
            .any(|(at, _)| self.minus.contains(&at))
    }

    /// Whether there is at least one signed entry about it and every such entry allows.
    fn are_given(
        &self,
        purpose: &PurposeId,
        vendor: Option<&ScopeValue>,
        counts: impl Fn(&Entry) -> bool,
    ) -> bool {
        let mut about = self.about(purpose, vendor).peekable();
        about.peek().is_some()
            && about.all(|(at, entry)| entry.given && counts(entry) && !self.minus.contains(&at))
    }

    fn about<'a>(
        &'a self,
        purpose: &'a PurposeId,
        vendor: Option<&'a ScopeValue>,
    ) -> impl Iterator<Item = (usize, &'a Entry)> {
        let is_it = move |entry: &Entry| {
            let is_service = vendor.is_none() || entry.vendor.is_none();
            entry.purpose == *purpose && (is_service || entry.vendor.as_ref() == vendor)
        };
        let entries = self.payload.purposes.iter().enumerate();
        entries.filter(move |(_, entry)| is_it(entry))
    }

    /// The subject of the consent.
    pub fn subject(&self) -> &SubjectId {
        &self.payload.subject
    }

    /// The browser's secret, if the whole cookie was parsed. It acts for the subject: never log it.
    pub fn capability(&self) -> Option<&str> {
        self.capability.as_deref()
    }

    /// The payload, after verification of its signature.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }
}

/// Omits the capability.
impl fmt::Debug for Cookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Cookie")
            .field("payload", &self.payload)
            .field("minus", &self.minus)
            .finish_non_exhaustive()
    }
}

/// The first eight hex digits of a notice's hash, enough to distinguish a site's notices.
pub fn notice8(notice: &NoticeHash) -> &str {
    // The type guarantees `sha256:` and 64 digits.
    &notice.as_str()["sha256:".len()..][..8]
}

#[cfg(test)]
mod tests;
