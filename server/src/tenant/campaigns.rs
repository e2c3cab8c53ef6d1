//! The campaigns of a tenant's pictures, film and sound, as its log published them.

use samtycke_core::campaign::{Campaign, Campaigns};
use samtycke_core::id::ScopeValue;
use samtycke_core::public_leaf::CampaignPublished;

use super::Tenant;
use crate::clock::UnixMs;

/// One publication of a campaign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CampaignVersion {
    /// Log index of its leaf.
    pub index: u64,
    /// When it was published, by the log's clock.
    pub at: UnixMs,
    /// What was published.
    pub published: CampaignPublished,
}

/// The campaigns in force after these publications, the oldest of which is first.
pub(super) fn in_force<'a>(versions: impl Iterator<Item = &'a CampaignVersion>) -> Campaigns {
    let mut campaigns = Campaigns::default();
    for version in versions {
        let published = &version.published;
        campaigns.publish(
            published.campaign.clone(),
            Campaign::from(published),
            version.at,
        );
    }
    campaigns
}

impl Tenant {
    /// The campaigns that were in force at a time, as this snapshot's log published them.
    pub fn campaigns_at(&self, at: UnixMs) -> Campaigns {
        in_force(self.campaign_versions.iter().take_while(|v| v.at <= at))
    }

    /// The publication of a campaign that is in force.
    pub fn campaign_version(&self, campaign: &ScopeValue) -> Option<&CampaignVersion> {
        let mut newest_first = self.campaign_versions.iter().rev();
        newest_first.find(|version| version.published.campaign == *campaign)
    }

    /// The number of registers, notices and campaigns that were published by a time. Two times with the same number
    /// have the same configuration.
    pub fn published_by(&self, at: UnixMs) -> usize {
        let publications = self.publications.iter().filter(|p| p.at <= at).count();
        let campaigns = self.campaign_versions.iter().filter(|v| v.at <= at).count();
        publications + campaigns
    }
}
