//! Pictures, film and sound: campaigns, assets, checks of an asset, and take-downs.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::campaign::LastDay;
use crate::decide::Op;
use crate::id::{PurposeId, ScopeValue, SubjectId, TakedownId};
use crate::reason::Reason;

/// The most media, and the most surfaces, of one campaign.
pub const CAMPAIGN_VALUES_MAX: usize = 32;
/// The most people in one asset: a school's class photos and a stadium's stand. 500 ids are 14 kB of a body.
pub const ASSET_SUBJECTS_MAX: usize = 500;
/// The most places of use of one asset; 100 are at most 16 kB of a body.
pub const ASSET_PLACES_MAX: usize = 100;

/// `PUT /v1/campaigns/{campaign}`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CampaignRequest {
    /// The last day, in Stockholm. There is no campaign without an end.
    pub ends_on: LastDay,
    /// The media that it uses, such as photo, film, sound; 1 to 32.
    pub media: Vec<ScopeValue>,
    /// The surfaces on which it is shown, such as web, print; 1 to 32.
    pub surfaces: Vec<ScopeValue>,
    /// Whether it advertises: then only consent permits it (lag 1978:800, 1 §).
    pub advertising: bool,
}

/// `POST /v1/campaigns/{campaign}/end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CampaignEndRequest {
    /// The new last day, in Stockholm; not later than the present one. Yesterday ends the campaign now.
    pub ends_on: LastDay,
}

/// A campaign as it is in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CampaignResponse {
    /// The campaign.
    pub campaign: ScopeValue,
    /// The version, counted from 1.
    pub version: u32,
    /// The last day, in Stockholm.
    pub ends_on: LastDay,
    /// The first instant after the last day (RFC 3339).
    pub ends_at: String,
    /// Whether it is over.
    pub ended: bool,
    /// The media that it uses, ordered.
    pub media: Vec<ScopeValue>,
    /// The surfaces on which it is shown, ordered.
    pub surfaces: Vec<ScopeValue>,
    /// Whether it advertises.
    pub advertising: bool,
    /// When this version was published (RFC 3339).
    pub published_at: String,
    /// The log index of this version's leaf.
    pub index: u64,
}

/// `GET /v1/campaigns`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CampaignsResponse {
    /// The campaigns, by name.
    pub campaigns: Vec<CampaignResponse>,
}

/// A place of use.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The surface, one of the campaign's.
    pub surface: ScopeValue,
    /// The tenant's own code of the place; no address, no text.
    #[serde(rename = "ref")]
    pub reference: ScopeValue,
}

/// `PUT /v1/assets/{asset}`: replaces what is known of the asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssetRequest {
    /// SHA-256 of the file; 64 lower-case hex digits.
    pub sha256: String,
    /// The people in it; 1 to 500.
    pub subjects: Vec<SubjectId>,
    /// The campaign that it is for.
    pub campaign: ScopeValue,
    /// The purpose that the people are asked about.
    pub purpose: PurposeId,
    /// The medium of the file, one of the campaign's; absent: it may be any of them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<ScopeValue>,
    /// Where it is used; at most 100.
    #[serde(default)]
    pub places: Vec<Place>,
}

/// An asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssetResponse {
    /// The tenant's own code of the asset.
    pub asset: ScopeValue,
    /// SHA-256 of the file.
    pub sha256: String,
    /// The people in it, ordered.
    pub subjects: Vec<SubjectId>,
    /// The campaign that it is for.
    pub campaign: ScopeValue,
    /// The purpose that the people are asked about.
    pub purpose: PurposeId,
    /// The medium of the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub medium: Option<ScopeValue>,
    /// Where it is used, ordered.
    pub places: Vec<Place>,
}

/// `POST /v1/assets/check`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct AssetCheckRequest {
    /// The asset.
    pub asset: ScopeValue,
    /// The surface on which it is to be shown.
    pub surface: ScopeValue,
    /// The medium in which it is shown; the asset's, if that names one.
    pub medium: ScopeValue,
    /// The operation; absent: `publish`.
    #[serde(default = "publish")]
    pub op: Op,
    /// A position that the verdict must include; a server that is behind it fails closed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least: Option<String>,
}

fn publish() -> Op {
    Op::Publish
}

impl AssetCheckRequest {
    /// Whether the asset may be published there now.
    pub fn publishing(asset: ScopeValue, medium: ScopeValue, surface: ScopeValue) -> Self {
        Self {
            asset,
            surface,
            medium,
            op: Op::Publish,
            at_least: None,
        }
    }
}

/// A person who does not permit the use of an asset.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Blocked {
    /// The person.
    pub subject: SubjectId,
    /// Why.
    pub reason: Reason,
}

/// The verdict on an asset. Ask before each publication: it may not be kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct AssetCheckResponse {
    /// Whether every person in it permits it.
    pub allow: bool,
    /// Why it is denied without regard to any person: `ASSET_UNKNOWN`, or a service that cannot decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The people who do not permit it.
    pub blocked_by: Vec<Blocked>,
    /// The position of the states behind the verdict. Opaque; a later check can demand it.
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub position: Option<Arc<str>>,
}

impl AssetCheckResponse {
    /// A denial of the asset as a whole. A reason that allows becomes `FAILCLOSED_UNAVAILABLE`.
    pub fn denied(reason: Reason, position: Arc<str>) -> Self {
        let reason = if reason.allows() {
            Reason::FailclosedUnavailable
        } else {
            reason
        };
        Self {
            allow: false,
            reason: Some(reason),
            blocked_by: Vec::new(),
            position: Some(position),
        }
    }
}

/// Why a place of use must be cleared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TakedownCause {
    /// A person in it no longer permits it.
    Person,
    /// The campaign ended, or the end that stood when the person consented has come.
    CampaignEnded,
    /// The campaign no longer has the surface or medium.
    CampaignNarrowed,
    /// The asset was recorded with a person and a place, and the person does not permit it.
    AssetRecorded,
    /// A register or notice was published, or a notice declared invalid, and a person's permission ended with it.
    Publication,
    /// A person's permission ended by time alone: a consent expired, an age was passed.
    Time,
}

impl TakedownCause {
    /// Every cause.
    pub const ALL: [Self; 6] = [
        Self::Person,
        Self::CampaignEnded,
        Self::CampaignNarrowed,
        Self::AssetRecorded,
        Self::Publication,
        Self::Time,
    ];

    /// The word in the API.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::CampaignEnded => "campaign_ended",
            Self::CampaignNarrowed => "campaign_narrowed",
            Self::AssetRecorded => "asset_recorded",
            Self::Publication => "publication",
            Self::Time => "time",
        }
    }
}

impl std::str::FromStr for TakedownCause {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|cause| cause.as_str() == text)
            .ok_or(())
    }
}

/// Whether a take-down is acknowledged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum TakedownState {
    /// The place is still to be cleared.
    #[default]
    Open,
    /// The controller has said that it is cleared, with evidence.
    Done,
}

/// A place of use that must be cleared.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakedownResponse {
    /// Its id.
    pub takedown: TakedownId,
    /// Whether it is done.
    pub state: TakedownState,
    /// The asset.
    pub asset: ScopeValue,
    /// The place of use.
    pub place: Place,
    /// Why.
    pub cause: TakedownCause,
    /// The person whose decision or consent it is about, if it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// What a check of that person answered when the task was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Reason>,
    /// The log index of the event or public leaf that caused it; where none did, of the newest leaf when it was opened.
    pub index: u64,
    /// When the cause happened, such as a withdrawal or a campaign's end; where time alone did, when the service noticed
    /// (RFC 3339).
    pub opened_at: String,
    /// When the place must be cleared (RFC 3339).
    pub due_at: String,
    /// Whole days since it was opened; until it was done, where it is.
    pub age_days: u32,
    /// Whether it is open and past its due date.
    pub overdue: bool,
    /// When it was done (RFC 3339).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub done_at: Option<String>,
    /// SHA-256 of the evidence that the tenant keeps.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
}

/// `GET /v1/takedowns`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct TakedownsResponse {
    /// The take-downs, the one that is due first first.
    pub takedowns: Vec<TakedownResponse>,
    /// Where the next page begins: the parameter `after`. Absent on the last page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

/// `POST /v1/takedowns/{takedown}/done`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TakedownDoneRequest {
    /// SHA-256 of the evidence that the tenant keeps, such as a screenshot; 64 lower-case hex digits.
    pub evidence: String,
}
