//! The signed payload of the consent cookie.

use std::{collections::HashSet, fmt};

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{CONTEXT, CookieError, VALUE_BYTES_MAX};
use crate::{
    id::{IdError, PublicSiteId, PurposeId, ScopeValue, SiteId, SubjectId},
    json::{self, Limits},
    purpose::Category,
    scope::Scope,
};
use samtycke_tlog::{note::NoteSigner, strict};

/// The only format version that the server reads and writes.
const VERSION: u32 = 1;
/// Levels of a payload: the object, the list of purposes, an entry. One more would be refused by its type.
const DEPTH_MAX: usize = 4;
/// The last second of the year 9999; Unix seconds. A double counts its milliseconds exactly.
const TIME_S_MAX: i64 = 253_402_300_799;

/// The subject of one cookie entry: a purpose of the site's notice, or one service of a purpose that is asked per
/// service. As text: `<purpose>` or `<purpose>/<service>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Word {
    /// The purpose.
    pub purpose: PurposeId,
    /// The service; absent if the purpose is not asked per service.
    pub vendor: Option<ScopeValue>,
}

impl Word {
    /// The scope of a decision about it.
    pub fn scope(&self) -> Scope {
        self.vendor.clone().map_or(Scope::None, Scope::Vendor)
    }
}

impl From<PurposeId> for Word {
    fn from(purpose: PurposeId) -> Self {
        Self {
            purpose,
            vendor: None,
        }
    }
}

impl TryFrom<String> for Word {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        let (purpose, vendor) = match text.split_once('/') {
            Some((purpose, vendor)) => (purpose, Some(ScopeValue::parse(vendor)?)),
            None => (text.as_str(), None),
        };
        Ok(Self {
            purpose: PurposeId::parse(purpose)?,
            vendor,
        })
    }
}

impl From<Word> for String {
    fn from(word: Word) -> Self {
        word.to_string()
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.purpose)?;
        self.vendor.iter().try_for_each(|v| write!(f, "/{v}"))
    }
}

/// One entry of the cookie. In JSON: `["<purpose>","<letter>",<bits>]`, or `["<purpose>/<service>","<letter>",<bits>]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Word, char, u8)", into = "(Word, char, u8)")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four answers about one purpose, each by itself: the bits of its number"
)]
pub struct Entry {
    /// The purpose.
    pub purpose: PurposeId,
    /// The service, if the purpose is asked per service.
    pub vendor: Option<ScopeValue>,
    /// The purpose and service that the entry is about.
    pub category: Category,
    /// The check allows the use. Bit 1.
    pub given: bool,
    /// The check denies the use while the browser sends Global Privacy Control. Bit 2.
    pub gpc_denied: bool,
    /// The site may ask the person about it now. Bit 4.
    pub may_ask: bool,
    /// Google's consent types follow this entry. Bit 8.
    pub google: bool,
}

impl TryFrom<(Word, char, u8)> for Entry {
    type Error = &'static str;

    fn try_from((word, letter, bits): (Word, char, u8)) -> Result<Self, Self::Error> {
        if bits > 15 {
            return Err("only the bits 1, 2, 4 and 8 are known");
        }
        Ok(Self {
            purpose: word.purpose,
            vendor: word.vendor,
            category: Category::from_letter(letter).ok_or("a category is n, p, s or m")?,
            given: bits & 1 != 0,
            gpc_denied: bits & 2 != 0,
            may_ask: bits & 4 != 0,
            google: bits & 8 != 0,
        })
    }
}

impl From<Entry> for (Word, char, u8) {
    fn from(entry: Entry) -> Self {
        let bits = u8::from(entry.given)
            | u8::from(entry.gpc_denied) << 1
            | u8::from(entry.may_ask) << 2
            | u8::from(entry.google) << 3;
        let word = Word {
            purpose: entry.purpose,
            vendor: entry.vendor,
        };
        (word, entry.category.letter(), bits)
    }
}

/// The subject's consent at the time of the request. Field names are short because browsers send the cookie with every
/// request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// Version of this format: 1.
    pub v: u32,
    /// The log's origin, which identifies the controller.
    #[serde(rename = "o")]
    pub origin: String,
    /// The site.
    #[serde(rename = "s")]
    pub site: SiteId,
    /// The site's public id in that log. The browser compares it without computing a hash.
    #[serde(rename = "i")]
    pub site_id: PublicSiteId,
    /// First eight hex digits of the site's notice that the person answered last.
    #[serde(rename = "n")]
    pub notice8: String,
    /// The subject.
    #[serde(rename = "sub")]
    pub subject: SubjectId,
    /// Sequence number of the subject's last event.
    pub seq: u64,
    /// When the server signed it; Unix seconds.
    pub iat: i64,
    /// When the first of the grants expires; Unix seconds.
    pub exp: i64,
    /// The log position; a check can require it as `at_least`.
    #[serde(rename = "pos")]
    pub position: String,
    /// The purposes of the site's notice, in its order. A purpose that is asked per service has one entry per service.
    #[serde(rename = "p")]
    pub purposes: Vec<Entry>,
}

impl Payload {
    /// Signs the payload with the log's key and returns `<payload>.<sig>`. Errors: [`CookieError::Key`] for a key that
    /// signs only cosignatures; [`CookieError::TooLong`] if a browser would not store the value.
    pub fn seal(&self, signer: &NoteSigner) -> Result<String, CookieError> {
        let payload = strict::to_base64url(&self.to_json());
        let signature = signer
            .sign_apart(CONTEXT, &payload)
            .map_err(|_| CookieError::Key)?;
        let sealed = format!("{payload}.{}", strict::to_base64url(&signature));
        // Leaves room for the name, the counter and the capability.
        if sealed.len() > VALUE_BYTES_MAX - 256 {
            return Err(CookieError::TooLong);
        }
        Ok(sealed)
    }

    /// Decodes the payload's base64url text. Each payload has one valid spelling (docs/grammar.md).
    pub(super) fn decode(text: &str) -> Result<Self, CookieError> {
        let json = strict::base64url(text).ok_or(CookieError::Format)?;
        let limits = Limits {
            size_bytes_max: VALUE_BYTES_MAX,
            depth_max: DEPTH_MAX,
        };
        let value = json::parse_strict(&json, limits).map_err(|_| CookieError::Format)?;
        match value.get("v").and_then(Value::as_u64) {
            Some(version) if version == u64::from(VERSION) => {}
            Some(_) => return Err(CookieError::Version),
            None => return Err(CookieError::Format),
        }
        let payload: Self = json::read_as_written(&value).ok_or(CookieError::Format)?;
        if payload.to_json() == json && payload.is_plausible() {
            Ok(payload)
        } else {
            Err(CookieError::Format)
        }
    }

    /// What the server never writes otherwise: eight digits of the notice, times within the calendar, and each purpose
    /// and service once. Two entries about one could disagree.
    fn is_plausible(&self) -> bool {
        let is_time = |at: i64| (0..=TIME_S_MAX).contains(&at);
        let is_notice = self.notice8.len() == 8 && strict::hex(&self.notice8).is_some();
        let mut words = HashSet::new();
        let mut each = self.purposes.iter();
        is_notice
            && is_time(self.iat)
            && is_time(self.exp)
            && each.all(|entry| words.insert((&entry.purpose, &entry.vendor)))
    }

    fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers in a list are plain JSON")
    }
}
