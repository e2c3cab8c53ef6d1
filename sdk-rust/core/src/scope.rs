//! The scope that limits a decision.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{id::ScopeValue, purpose::ScopeType};

/// The scope that limits a decision. It matches exactly: a grant to company A does not count for company B.
///
/// In JSON: absent, `null` or `{}`, `{"recipient":".."}`, `{"campaign":"..","medium":"..","surface":".."}`,
/// `{"vendor":".."}` or `{"site":".."}`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(try_from = "Option<RawScope>", into = "Option<RawScope>")]
pub enum Scope {
    /// No limit.
    #[default]
    None,
    /// One recipient of the data.
    Recipient(ScopeValue),
    /// One campaign, medium (photo, film, sound) and surface (where it is shown).
    Campaign {
        /// The campaign's id.
        campaign: ScopeValue,
        /// The medium: photo, film or sound.
        medium: ScopeValue,
        /// The surface on which it is shown.
        surface: ScopeValue,
    },
    /// One vendor.
    Vendor(ScopeValue),
    /// One site.
    Site(ScopeValue),
}

impl Scope {
    /// The type of this scope.
    pub fn scope_type(&self) -> ScopeType {
        match self {
            Self::None => ScopeType::None,
            Self::Recipient(_) => ScopeType::Recipient,
            Self::Campaign { .. } => ScopeType::Campaign,
            Self::Vendor(_) => ScopeType::Vendor,
            Self::Site(_) => ScopeType::Site,
        }
    }

    /// Whether there is no scope.
    pub fn is_none(&self) -> bool {
        *self == Self::None
    }
}

/// `recipient:example-ab`, `campaign:autumn/photo/web`; empty for no scope.
impl fmt::Display for Scope {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::None => Ok(()),
            Self::Recipient(v) => write!(f, "recipient:{v}"),
            Self::Campaign {
                campaign,
                medium,
                surface,
            } => write!(f, "campaign:{campaign}/{medium}/{surface}"),
            Self::Vendor(v) => write!(f, "vendor:{v}"),
            Self::Site(v) => write!(f, "site:{v}"),
        }
    }
}

/// The schema of the JSON, which has one object for all five types.
#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Scope {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::Schema> {
        RawScope::schema()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Scope {
    fn schemas(schemas: &mut Vec<(String, utoipa::openapi::RefOr<utoipa::openapi::Schema>)>) {
        RawScope::schemas(schemas);
    }
}

/// The scope of a decision: none, one recipient, one vendor, one site, or a campaign with medium and surface.
#[derive(Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
struct RawScope {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    recipient: Option<ScopeValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    campaign: Option<ScopeValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    medium: Option<ScopeValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    surface: Option<ScopeValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    vendor: Option<ScopeValue>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    site: Option<ScopeValue>,
}

impl TryFrom<Option<RawScope>> for Scope {
    type Error = &'static str;

    fn try_from(raw: Option<RawScope>) -> Result<Self, &'static str> {
        let Some(raw) = raw else {
            return Ok(Self::None);
        };
        match (
            raw.recipient,
            raw.campaign,
            raw.medium,
            raw.surface,
            raw.vendor,
            raw.site,
        ) {
            // Programs that write all fields write an empty scope for none.
            (None, None, None, None, None, None) => Ok(Self::None),
            (Some(v), None, None, None, None, None) => Ok(Self::Recipient(v)),
            (None, Some(campaign), Some(medium), Some(surface), None, None) => Ok(Self::Campaign {
                campaign,
                medium,
                surface,
            }),
            (None, None, None, None, Some(v), None) => Ok(Self::Vendor(v)),
            (None, None, None, None, None, Some(v)) => Ok(Self::Site(v)),
            _ => Err(
                "a scope is one recipient, one vendor, one site, or a campaign with medium and surface",
            ),
        }
    }
}

impl From<Scope> for Option<RawScope> {
    fn from(scope: Scope) -> Self {
        let raw = match scope {
            Scope::None => return None,
            Scope::Recipient(v) => RawScope {
                recipient: Some(v),
                ..RawScope::default()
            },
            Scope::Campaign {
                campaign,
                medium,
                surface,
            } => RawScope {
                campaign: Some(campaign),
                medium: Some(medium),
                surface: Some(surface),
                ..RawScope::default()
            },
            Scope::Vendor(v) => RawScope {
                vendor: Some(v),
                ..RawScope::default()
            },
            Scope::Site(v) => RawScope {
                site: Some(v),
                ..RawScope::default()
            },
        };
        Some(raw)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_empty_scope_is_none_and_half_a_campaign_is_refused() {
        let of = |text| serde_json::from_str::<Scope>(text);
        for none in ["null", "{}", r#"{"recipient":null,"vendor":null}"#] {
            assert_eq!(of(none).unwrap(), Scope::None, "{none}");
        }
        assert_eq!(
            of(r#"{"recipient":"a","site":null}"#).unwrap().to_string(),
            "recipient:a"
        );
        for bad in [
            r#"{"campaign":"a"}"#,
            r#"{"medium":"photo","surface":"web"}"#,
            r#"{"recipient":"a","vendor":"b"}"#,
        ] {
            assert!(of(bad).is_err(), "{bad}");
        }
    }
}
