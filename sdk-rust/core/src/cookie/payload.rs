//! What the server signs.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{CONTEXT, CookieError, VALUE_BYTES_MAX};
use crate::{
    id::{IdError, PublicSiteId, PurposeId, ScopeValue, SiteId, SubjectId},
    purpose::Category,
    scope::Scope,
};
use samtycke_tlog::{note::NoteSigner, strict};

/// The version that is written and read.
const VERSION: u32 = 1;

/// What one answer is about: a purpose of the site's notice, or one service of it where each is asked by itself. As text:
/// `<purpose>` or `<purpose>/<service>`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Word {
    /// Which purpose.
    pub purpose: PurposeId,
    /// Which of its services.
    pub vendor: Option<ScopeValue>,
}

impl Word {
    /// What a decision about it is limited to.
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

/// One answer. In JSON: `["<purpose>","<letter>",<bits>]`, or `["<purpose>/<service>","<letter>",<bits>]`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "(Word, char, u8)", into = "(Word, char, u8)")]
#[expect(
    clippy::struct_excessive_bools,
    reason = "four answers about one purpose, each by itself: the bits of its number"
)]
pub struct Entry {
    /// Which purpose.
    pub purpose: PurposeId,
    /// Which of its services, where each is asked by itself.
    pub vendor: Option<ScopeValue>,
    /// What it is about.
    pub category: Category,
    /// The check allows it. Bit 1.
    pub given: bool,
    /// It does not while the browser sends Global Privacy Control. Bit 2.
    pub gpc_denied: bool,
    /// The person may be asked about it now. Bit 4.
    pub may_ask: bool,
    /// Google's consent types follow it. Bit 8.
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

/// What stood when the server was asked. Names are short, because a browser sends it with every request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Payload {
    /// Version of this format: 1.
    pub v: u32,
    /// The log's origin: which controller.
    #[serde(rename = "o")]
    pub origin: String,
    /// On which site.
    #[serde(rename = "s")]
    pub site: SiteId,
    /// The public id of that site of that log, by which a browser knows its own without a hash.
    #[serde(rename = "i")]
    pub site_id: PublicSiteId,
    /// First eight hex digits of the site's notice that the person answered last.
    #[serde(rename = "n")]
    pub notice8: String,
    /// Whose.
    #[serde(rename = "sub")]
    pub subject: SubjectId,
    /// Number of the subject's last event.
    pub seq: u64,
    /// When it was signed; Unix seconds.
    pub iat: i64,
    /// When the first of what is given runs out; Unix seconds.
    pub exp: i64,
    /// Where in the log; a check can demand it as `at_least`.
    #[serde(rename = "pos")]
    pub position: String,
    /// The purposes that the site's notice asks about, in its order; of one whose services are asked by themselves, these.
    #[serde(rename = "p")]
    pub purposes: Vec<Entry>,
}

impl Payload {
    /// `<payload>.<sig>`, signed with the log's key. Errors: [`CookieError::Key`] for a key that signs nothing but
    /// cosignatures, [`CookieError::TooLong`] when a browser would not keep it.
    pub fn seal(&self, signer: &NoteSigner) -> Result<String, CookieError> {
        let payload = strict::to_base64url(&self.to_json());
        let signature = signer
            .sign_apart(CONTEXT, &payload)
            .map_err(|_| CookieError::Key)?;
        let sealed = format!("{payload}.{}", strict::to_base64url(&signature));
        // Around it: the name, the counter and the capability.
        if sealed.len() > VALUE_BYTES_MAX - 256 {
            return Err(CookieError::TooLong);
        }
        Ok(sealed)
    }

    /// Reads the payload's base64url text. There is one spelling of each.
    pub(super) fn decode(text: &str) -> Result<Self, CookieError> {
        let json = strict::base64url(text).ok_or(CookieError::Format)?;
        let version: Version = serde_json::from_slice(&json).map_err(|_| CookieError::Format)?;
        if version.v != VERSION {
            return Err(CookieError::Version);
        }
        let payload: Self = serde_json::from_slice(&json).map_err(|_| CookieError::Format)?;
        if payload.to_json() == json {
            Ok(payload)
        } else {
            Err(CookieError::Format)
        }
    }

    fn to_json(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("texts and numbers in a list are plain JSON")
    }
}

/// What every version has, and may have more of.
#[derive(Deserialize)]
struct Version {
    v: u32,
}
