//! Identifiers: parsed once, at the edge, into types that cannot hold anything else.
//!
//! None of them can carry an e-mail address, a telephone number or a personnummer: [`SubjectId`] has one fixed shape,
//! and the slugs refuse whatever looks like a person's number ([`looks_personal`]).

use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Why a text is not the identifier it was given as. The texts are shown to callers and never repeat the input.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdError {
    /// The text has characters, or a length, that the identifier cannot have.
    #[error("{0}")]
    Shape(&'static str),
    /// The text looks like an e-mail address, a telephone number or a personnummer.
    #[error(
        "looks like an e-mail address, a telephone number or a personnummer; samtycke never takes those here"
    )]
    Personal,
}

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident, $check:path, $pattern:literal, $length_max:tt) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        #[cfg_attr(
            feature = "openapi",
            schema(value_type = String, pattern = $pattern, max_length = $length_max)
        )]
        #[serde(try_from = "String", into = "String")]
        pub struct $name(Box<str>);

        impl $name {
            /// The shape as a regular expression (ECMA 262), for schemas. [`Self::parse`] refuses more: what is longer
            /// than [`Self::LENGTH_MAX`], and what looks like a person's number.
            pub const PATTERN: &str = $pattern;
            /// The longest; characters, all of which are ASCII.
            pub const LENGTH_MAX: usize = $length_max;

            /// Parses the identifier; the error says what is wrong without repeating the text.
            pub fn parse(text: &str) -> Result<Self, IdError> {
                $check(text)?;
                Ok(Self(text.into()))
            }

            /// The identifier as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = IdError;
            fn try_from(text: String) -> Result<Self, IdError> {
                Self::parse(&text)
            }
        }

        impl From<$name> for String {
            fn from(id: $name) -> Self {
                id.0.into()
            }
        }

        impl std::str::FromStr for $name {
            type Err = IdError;
            fn from_str(text: &str) -> Result<Self, IdError> {
                Self::parse(text)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    };
}

text_id!(
    /// A data controller's short name: `a-z0-9-`, 1-40 characters, begins with a letter.
    TenantId,
    check_tenant,
    "^[a-z][a-z0-9-]{0,39}$",
    40
);
text_id!(
    /// A site or app of a tenant: `a-z0-9.-`, 1-64 characters.
    SiteId,
    check_slug,
    "^[a-z0-9][a-z0-9.-]{0,63}$",
    64
);
text_id!(
    /// A site's public id, 12 lower-case hex digits: what its publishable keys begin with and its cookie's name ends in. It
    /// follows from log and site alone, so it outlives every key.
    PublicSiteId,
    check_public_site,
    "^[0-9a-f]{12}$",
    12
);
text_id!(
    /// A purpose of a register, such as `ommej.appsvar`: `a-z0-9.-`, 1-80 characters. Stable, never reused.
    PurposeId,
    check_purpose,
    "^[a-z0-9][a-z0-9-]*([.][a-z0-9-]+)*$",
    80
);
text_id!(
    /// One value of a scope: `a-z0-9._-`, 1-64 characters. No free text, so no names.
    ScopeValue,
    check_scope_value,
    "^[a-z0-9._-]{1,64}$",
    64
);
text_id!(
    /// A log's opaque id, as it stands in its origin: 26 characters of lower-case base32.
    LogId,
    check_log,
    "^[a-z2-7]{26}$",
    26
);
text_id!(
    /// A pseudonymous subject: `s_` and 22 characters of base64url (128 bits).
    SubjectId,
    check_subject,
    "^s_[A-Za-z0-9_-]{21}[AQgw]$",
    24
);
text_id!(
    /// A prompt that was shown once: `p_` and 22 characters of base64url (128 random bits).
    PromptId,
    check_prompt,
    "^p_[A-Za-z0-9_-]{21}[AQgw]$",
    24
);
text_id!(
    /// An event's id: a lower-case hyphenated UUID, version 7, made by the client. The idempotency identity, for ever.
    EventId,
    check_event_id,
    "^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$",
    36
);
text_id!(
    /// A notice's content address: `sha256:` and 64 lower-case hex digits of its manifest's hash.
    NoticeHash,
    check_notice_hash,
    "^sha256:[0-9a-f]{64}$",
    71
);
text_id!(
    /// A BCP 47 language tag as far as notices use it: `sv`, `en`, `sv-FI`.
    Language,
    check_language,
    "^[A-Za-z0-9]{2,3}(-[A-Za-z0-9]{2,4})*$",
    11
);

/// Context of [`SubjectId::from_capability`]; see ARCHITECTURE.md, "Subjects".
const SUBJECT_CONTEXT: &[u8] = b"samtycke/subject/v1\n";

/// Context of [`PublicSiteId::of`]; see docs/banner.md, "Your backend".
const SITE_CONTEXT: &[u8] = b"samtycke/site/v1\n";

impl PublicSiteId {
    /// The public id of a site of the log with this origin: the first 48 bits of a hash. An origin has no line break, so
    /// no two pairs are hashed as the same bytes.
    pub fn of(log_origin: &str, site: &SiteId) -> Self {
        let digest = Sha256::new()
            .chain_update(SITE_CONTEXT)
            .chain_update(log_origin)
            .chain_update(b"\n")
            .chain_update(site.as_str())
            .finalize();
        Self(hex::encode(&digest[..6]).into())
    }
}

impl SubjectId {
    /// The subject of an anonymous browser, derived from the capability that the browser made. Knowing the id alone
    /// does not allow to read, change or claim it.
    pub fn from_capability(capability: &[u8; 32]) -> Self {
        let digest = Sha256::new()
            .chain_update(SUBJECT_CONTEXT)
            .chain_update(capability)
            .finalize();
        let mut bytes = [0; 16];
        bytes.copy_from_slice(&digest[..16]);
        Self::from_bytes(bytes)
    }

    /// The subject with these 128 bits.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(format!("s_{}", URL_SAFE_NO_PAD.encode(bytes)).into())
    }

    /// The 128 bits behind the id.
    pub fn to_bytes(&self) -> [u8; 16] {
        let mut bytes = [0; 16];
        if let Ok(decoded) = URL_SAFE_NO_PAD.decode(&self.0[2..])
            && decoded.len() == 16
        {
            bytes.copy_from_slice(&decoded);
        }
        bytes
    }
}

impl EventId {
    /// A version 7 UUID from the time (Unix milliseconds) and ten random bytes (RFC 9562, 5.7).
    pub fn from_parts(unix_ms: i64, random: [u8; 10]) -> Self {
        let ms = u64::try_from(unix_ms).unwrap_or(0).to_be_bytes();
        let mut b = [0u8; 16];
        b[..6].copy_from_slice(&ms[2..]);
        b[6..].copy_from_slice(&random);
        b[6] = 0x70 | (b[6] & 0x0f);
        b[8] = 0x80 | (b[8] & 0x3f);
        let h = hex::encode(b);
        Self(
            format!(
                "{}-{}-{}-{}-{}",
                &h[..8],
                &h[8..12],
                &h[12..16],
                &h[16..20],
                &h[20..]
            )
            .into(),
        )
    }
}

impl NoticeHash {
    /// The content address of a manifest's bytes.
    pub fn of(manifest: &[u8]) -> Self {
        Self(format!("sha256:{}", hex::encode(Sha256::digest(manifest))).into())
    }
}

impl LogId {
    /// The log id with these 128 bits.
    #[expect(
        clippy::missing_panics_doc,
        reason = "it cannot: five bits fit any integer"
    )]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
        let mut text = String::with_capacity(26);
        let mut value = u128::from_be_bytes(bytes);
        for _ in 0..26 {
            let digit = usize::try_from(value & 31).expect("five bits fit");
            text.push(char::from(ALPHABET[digit]));
            value >>= 5;
        }
        Self(text.into())
    }
}

fn shape(ok: bool, message: &'static str) -> Result<(), IdError> {
    if ok {
        Ok(())
    } else {
        Err(IdError::Shape(message))
    }
}

fn all(text: &str, extra: &[u8]) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || extra.contains(&b))
}

fn check_tenant(text: &str) -> Result<(), IdError> {
    personal(text)?;
    shape(
        matches!(text.len(), 1..=40) && all(text, b"-") && text.as_bytes()[0].is_ascii_lowercase(),
        "must be 1-40 characters of a-z, 0-9 and '-', beginning with a letter",
    )
}

fn check_slug(text: &str) -> Result<(), IdError> {
    personal(text)?;
    shape(
        matches!(text.len(), 1..=64) && all(text, b"-.") && !text.starts_with(['.', '-']),
        "must be 1-64 characters of a-z, 0-9, '.' and '-'",
    )
}

fn check_public_site(text: &str) -> Result<(), IdError> {
    let ok = text.len() == 12
        && text
            .bytes()
            .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    shape(ok, "must be 12 lower-case hex digits")
}

fn check_purpose(text: &str) -> Result<(), IdError> {
    personal(text)?;
    shape(
        matches!(text.len(), 1..=80)
            && all(text, b"-.")
            && !text.starts_with(['.', '-'])
            && !text.ends_with('.')
            && !text.contains(".."),
        "must be 1-80 characters of a-z, 0-9, '.' and '-'",
    )
}

fn check_scope_value(text: &str) -> Result<(), IdError> {
    personal(text)?;
    shape(
        matches!(text.len(), 1..=64) && all(text, b"-._"),
        "must be 1-64 characters of a-z, 0-9, '.', '_' and '-'",
    )
}

fn check_log(text: &str) -> Result<(), IdError> {
    let ok = text.len() == 26
        && text
            .bytes()
            .all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b));
    shape(ok, "must be 26 characters of lower-case base32")
}

fn check_subject(text: &str) -> Result<(), IdError> {
    check_128_bits(text, "s_", "must be 's_' and 22 characters of base64url")
}

fn check_prompt(text: &str) -> Result<(), IdError> {
    check_128_bits(text, "p_", "must be 'p_' and 22 characters of base64url")
}

fn check_128_bits(text: &str, prefix: &str, message: &'static str) -> Result<(), IdError> {
    let Some(rest) = text.strip_prefix(prefix) else {
        personal(text)?;
        return Err(IdError::Shape(message));
    };
    shape(
        rest.len() == 22
            && URL_SAFE_NO_PAD
                .decode(rest)
                .is_ok_and(|bytes| bytes.len() == 16),
        message,
    )
}

fn check_event_id(text: &str) -> Result<(), IdError> {
    let b = text.as_bytes();
    let ok = b.len() == 36
        && b.iter().enumerate().all(|(i, c)| match i {
            8 | 13 | 18 | 23 => *c == b'-',
            _ => c.is_ascii_digit() || (b'a'..=b'f').contains(c),
        })
        && b[14] == b'7'
        && matches!(b[19], b'8' | b'9' | b'a' | b'b');
    shape(
        ok,
        "must be a lower-case UUID of version 7; docs/event-ids.md makes one in Swift, Kotlin and .NET",
    )
}

fn check_notice_hash(text: &str) -> Result<(), IdError> {
    let ok = text.strip_prefix("sha256:").is_some_and(|h| {
        h.len() == 64
            && h.bytes()
                .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
    });
    shape(ok, "must be 'sha256:' and 64 lower-case hex digits")
}

fn check_language(text: &str) -> Result<(), IdError> {
    let ok = text.len() <= 11
        && text.split('-').enumerate().all(|(i, part)| {
            part.bytes().all(|b| b.is_ascii_alphanumeric())
                && if i == 0 {
                    matches!(part.len(), 2..=3)
                } else {
                    matches!(part.len(), 2..=4)
                }
        });
    shape(ok, "must be a language tag such as 'sv' or 'en'")
}

fn personal(text: &str) -> Result<(), IdError> {
    if looks_personal(text) {
        Err(IdError::Personal)
    } else {
        Ok(())
    }
}

/// Whether a text looks like an e-mail address, a telephone number or a Swedish personnummer (10 or 12 digits with a
/// valid date and Luhn check digit; GDPR Art. 87, dataskyddslagen 3 kap. 10 §). Used to refuse such a text where a
/// pseudonym or a code is expected; a text that merely resembles one is refused too, which costs a rename.
pub fn looks_personal(text: &str) -> bool {
    let text = text.trim();
    if text.contains('@') {
        return true;
    }
    let telephone = text.starts_with('+') || text.starts_with("00") || text.starts_with('0');
    let digits: Vec<u8> = text
        .bytes()
        .filter(u8::is_ascii_digit)
        .map(|b| b - b'0')
        .collect();
    let others = text
        .bytes()
        .filter(|b| !b.is_ascii_digit())
        .all(|b| b" -+()/.".contains(&b));
    if !others {
        return false;
    }
    (telephone && matches!(digits.len(), 7..=15)) || is_personnummer(&digits)
}

fn is_personnummer(digits: &[u8]) -> bool {
    let ten = match digits.len() {
        10 => digits,
        12 if matches!(digits[..2], [1, 8 | 9] | [2, 0]) => &digits[2..],
        _ => return false,
    };
    let month = ten[2] * 10 + ten[3];
    // Coordination numbers add 60 to the day (folkbokföringslagen 18 a §).
    let day = ten[4] * 10 + ten[5];
    let date = matches!(month, 1..=12) && matches!(day, 1..=31 | 61..=91);
    let luhn: u8 = ten
        .iter()
        .enumerate()
        .map(|(i, d)| {
            let doubled = if i % 2 == 0 { d * 2 } else { *d };
            doubled / 10 + doubled % 10
        })
        .sum();
    date && luhn.is_multiple_of(10)
}

#[cfg(test)]
mod tests;
