//! Derives the stored pseudonym from the identifier by which a tenant knows a person.
//!
//! The SDK and the server run the same code, so an address typed in an app and one in a customer register map to the
//! same subject. The raw identifier goes no further than [`normalise`]. The stored value is HMAC-SHA256(K_lookup;
//! `samtycke/identifier/v1\n` | domain | `\n` | normalised), and the key belongs to the tenant.

use hmac::Mac;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

use crate::{
    id,
    keys::{Secret, keyed},
};

/// The longest e-mail address; bytes (RFC 5321, 4.5.3.1.3, less the angle brackets).
const EMAIL_BYTES_MAX: usize = 254;
/// The longest identifier of another type; bytes.
const OTHER_BYTES_MAX: usize = 128;
const CONTEXT: &[u8] = b"samtycke/identifier/v1\n";

/// The type of an identifier. The same text in two domains is two subjects.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Domain {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The tenant's own account id.
    Account,
    /// A device id of the tenant's app.
    Device,
}

impl Domain {
    /// The stable name in the API and in the HMAC.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Account => "account",
            Self::Device => "device",
        }
    }
}

/// Why an identifier is rejected. The texts never repeat it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum IdentifierError {
    /// The text is empty after trimming.
    #[error("the identifier is empty")]
    Empty,
    /// The identifier is longer than the domain's limit.
    #[error("the identifier is too long")]
    TooLong,
    /// The text is not an e-mail address with one `@`.
    #[error("not an e-mail address")]
    Email,
    /// The text is not a telephone number: write it with `+`, `00`, or a Swedish national `0`.
    #[error("not a telephone number with +, 00 or a Swedish 0")]
    Phone,
    /// The text contains a control character.
    #[error("the identifier has a control character in it")]
    Control,
    /// The text is an account or device id that resembles an e-mail address, a telephone number or a personnummer.
    #[error(
        "looks like an e-mail address, a telephone number or a personnummer; use its own domain, and never a personnummer"
    )]
    Personal,
}

/// The canonical form of an identifier, over which the HMAC is computed. ASCII white space around it is removed. Then:
///
/// - `email`: Unicode form C, lower case. One `@` with text on both sides, no white space, at most 254 bytes.
/// - `phone`: `+` and 8 to 15 digits (E.164). Spaces, `-`, `.`, `/`, brackets and `(0)` are removed; `00` becomes `+`;
///   a national `0` becomes `+46`.
/// - `account`, `device`: unchanged, at most 128 bytes; rejected if [`id::looks_personal`].
pub fn normalise(domain: Domain, identifier: &str) -> Result<String, IdentifierError> {
    let trimmed = identifier.trim_matches([' ', '\t', '\r', '\n']);
    if trimmed.is_empty() {
        return Err(IdentifierError::Empty);
    }
    if trimmed.contains(char::is_control) {
        return Err(IdentifierError::Control);
    }
    let bytes_max = match domain {
        Domain::Email => EMAIL_BYTES_MAX,
        Domain::Phone | Domain::Account | Domain::Device => OTHER_BYTES_MAX,
    };
    if trimmed.len() > bytes_max {
        return Err(IdentifierError::TooLong);
    }
    match domain {
        Domain::Email => normalise_email(trimmed),
        Domain::Phone => normalise_phone(trimmed),
        Domain::Account | Domain::Device if id::looks_personal(trimmed) => {
            Err(IdentifierError::Personal)
        }
        Domain::Account | Domain::Device => Ok(trimmed.to_owned()),
    }
}

fn normalise_email(text: &str) -> Result<String, IdentifierError> {
    // Lower case can leave form C, so form C is computed again.
    let composed: String = text.nfc().collect();
    let lower: String = composed.to_lowercase().nfc().collect();
    let Some((local, host)) = lower.split_once('@') else {
        return Err(IdentifierError::Email);
    };
    // JavaScript treats U+FEFF as white space and Rust does not.
    let spaced = lower.contains(|c: char| c.is_whitespace() || c == '\u{feff}');
    if local.is_empty() || host.is_empty() || host.contains('@') || spaced {
        return Err(IdentifierError::Email);
    }
    if lower.len() > EMAIL_BYTES_MAX {
        return Err(IdentifierError::TooLong);
    }
    Ok(lower)
}

fn normalise_phone(text: &str) -> Result<String, IdentifierError> {
    let is_separator = |c: char| matches!(c, ' ' | '-' | '.' | '/' | '(' | ')' | '\u{a0}');
    let international = text.starts_with('+') || text.starts_with("00");
    // "+46 (0)70 ..": the zero in brackets is for calls within the country.
    let text = if international {
        text.replacen("(0)", "", 1)
    } else {
        text.to_owned()
    };
    let bare = text.replace(is_separator, "");
    let digits = match (
        bare.strip_prefix('+'),
        bare.strip_prefix("00"),
        bare.strip_prefix('0'),
    ) {
        (Some(digits), ..) | (None, Some(digits), _) => digits.to_owned(),
        (None, None, Some(digits)) => format!("46{digits}"),
        (None, None, None) => return Err(IdentifierError::Phone),
    };
    let is_number = digits.bytes().all(|b| b.is_ascii_digit()) && !digits.starts_with('0');
    if is_number && (8..=15).contains(&digits.len()) {
        Ok(format!("+{digits}"))
    } else {
        Err(IdentifierError::Phone)
    }
}

/// The pseudonym's inner HMAC over the result of [`normalise`], under the tenant's lookup key
/// ([`crate::keys::Label::Lookup`]).
pub fn identifier_hmac(lookup_key: &Secret, domain: Domain, normalised: &str) -> [u8; 32] {
    keyed(lookup_key.expose())
        .chain_update(CONTEXT)
        .chain_update(domain.as_str())
        .chain_update(b"\n")
        .chain_update(normalised)
        .finalize()
        .into_bytes()
        .into()
}

#[cfg(test)]
mod tests {
    use serde_json::Value;

    use super::*;

    const VECTORS: &str = include_str!("../../../tests/vectors/pseudonym.json");

    /// S28: the vectors ensure that SDK and server derive the same pseudonym.
    #[test]
    fn identifiers_are_those_of_the_vectors() {
        let vectors: Value = serde_json::from_str(VECTORS).unwrap();
        let key =
            samtycke_tlog::strict::hex_array(vectors["lookup_key"].as_str().unwrap()).unwrap();
        let key = Secret::from_bytes(key);
        for case in vectors["cases"].as_array().unwrap() {
            let domain: Domain = serde_json::from_value(case["domain"].clone()).unwrap();
            let result = normalise(domain, case["identifier"].as_str().unwrap());
            if let Some(error) = case["error"].as_str() {
                assert_eq!(format!("{:?}", result.unwrap_err()), error, "{case}");
            } else {
                let normalised = result.unwrap();
                assert_eq!(normalised, case["normalised"].as_str().unwrap());
                let tag = identifier_hmac(&key, domain, &normalised);
                assert_eq!(hex::encode(tag), case["hmac"].as_str().unwrap(), "{case}");
                assert_eq!(normalise(domain, &normalised), Ok(normalised), "{case}");
            }
        }
    }

    #[test]
    fn too_long_is_refused_to_the_byte() {
        let email = |length: usize| format!("{}@b.se", "a".repeat(length - 5));
        assert!(normalise(Domain::Email, &email(254)).is_ok());
        assert_eq!(
            normalise(Domain::Email, &email(255)),
            Err(IdentifierError::TooLong)
        );
        assert!(normalise(Domain::Account, &"a".repeat(128)).is_ok());
        assert_eq!(
            normalise(Domain::Account, &"a".repeat(129)),
            Err(IdentifierError::TooLong)
        );
    }
}
