//! Pictures, film and sound, with blocking methods.

use samtycke_core::id::{ScopeValue, TakedownId};
use samtycke_core::wire::{
    AssetCheckRequest, AssetCheckResponse, AssetRequest, AssetResponse, CampaignRequest,
    CampaignResponse, TakedownResponse, TakedownsResponse,
};

use super::Client;
use crate::Error;

impl Client {
    /// Checks whether an asset may be used on a surface now, as [`Client::check_asset`](crate::Client::check_asset).
    ///
    /// ```no_run
    /// # fn example(samtycke: samtycke::blocking::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use samtycke::wire::AssetCheckRequest;
    /// let place = AssetCheckRequest::publishing("spring-014".parse()?, "photo".parse()?, "web".parse()?);
    /// println!("{}", samtycke.check_asset(&place)?.allow);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// As [`Client::check_asset`](crate::Client::check_asset).
    pub fn check_asset(&self, request: &AssetCheckRequest) -> Result<AssetCheckResponse, Error> {
        self.runtime.wait(self.client.check_asset(request))
    }

    /// Records who is in an asset, as [`Client::put_asset`](crate::Client::put_asset). Example: see there.
    ///
    /// # Errors
    /// As [`Client::put_asset`](crate::Client::put_asset).
    pub fn put_asset(
        &self,
        asset: &ScopeValue,
        request: &AssetRequest,
    ) -> Result<AssetResponse, Error> {
        self.runtime.wait(self.client.put_asset(asset, request))
    }

    /// Publishes a campaign, as [`Client::put_campaign`](crate::Client::put_campaign). Example: see there.
    ///
    /// # Errors
    /// As [`Client::put_campaign`](crate::Client::put_campaign).
    pub fn put_campaign(
        &self,
        campaign: &ScopeValue,
        request: &CampaignRequest,
    ) -> Result<CampaignResponse, Error> {
        let put = self.client.put_campaign(campaign, request);
        self.runtime.wait(put)
    }

    /// The places that must be cleared, as [`Client::takedowns`](crate::Client::takedowns). Example: see there.
    ///
    /// # Errors
    /// As [`Client::takedowns`](crate::Client::takedowns).
    pub fn takedowns(&self) -> Result<TakedownsResponse, Error> {
        self.runtime.wait(self.client.takedowns())
    }

    /// Acknowledges that a place is cleared, as [`Client::finish_takedown`](crate::Client::finish_takedown). Example:
    /// see there.
    ///
    /// # Errors
    /// As [`Client::finish_takedown`](crate::Client::finish_takedown).
    pub fn finish_takedown(
        &self,
        takedown: &TakedownId,
        evidence: String,
    ) -> Result<TakedownResponse, Error> {
        let done = self.client.finish_takedown(takedown, evidence);
        self.runtime.wait(done)
    }
}
