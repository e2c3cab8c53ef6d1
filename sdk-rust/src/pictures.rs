//! Pictures, film and sound: campaigns, the people in an asset, and places that must be cleared.

use reqwest::Method;
use samtycke_core::id::{ScopeValue, TakedownId};
use samtycke_core::wire::{
    AssetCheckRequest, AssetCheckResponse, AssetRequest, AssetResponse, CampaignRequest,
    CampaignResponse, TakedownDoneRequest, TakedownResponse, TakedownsResponse,
};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::call::{Call, Route};
use crate::client::{json, read};
use crate::retry::Tries;
use crate::{Client, Error};

impl Client {
    /// Checks whether an asset may be used on a surface now: only if each person in it permits it. Every call asks the
    /// server. An error means no.
    ///
    /// ```no_run
    /// # async fn example(samtycke: samtycke::Client) -> Result<(), Box<dyn std::error::Error>> {
    /// use samtycke::wire::AssetCheckRequest;
    /// let place = AssetCheckRequest::publishing("spring-014".parse()?, "photo".parse()?, "web".parse()?);
    /// let answer = samtycke.check_asset(&place).await?;
    /// for person in &answer.blocked_by {
    ///     println!("{} does not permit it: {}", person.subject, person.reason);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`]. A reason that this version does not know is one too.
    pub async fn check_asset(
        &self,
        request: &AssetCheckRequest,
    ) -> Result<AssetCheckResponse, Error> {
        let call = Call::post(
            "/v1/assets/check",
            json(request)?,
            self.inner.check_deadline,
        );
        let sent = self.send(call, Tries::new(&self.inner.budget)).await?;
        let answer: AssetCheckResponse = read(&sent.0)?;
        if answer.allow && !(answer.blocked_by.is_empty() && answer.reason.is_none()) {
            return Err(Error::Decode("an allow with a reason against it"));
        }
        Ok(answer)
    }

    /// Records who is in an asset and where it is used, in place of what was recorded before; with a service key.
    ///
    /// ```no_run
    /// # async fn example(samtycke: samtycke::Client, asset: samtycke::wire::AssetRequest) -> Result<(), Box<dyn std::error::Error>> {
    /// let recorded = samtycke.put_asset(&"spring-014".parse()?, &asset).await?;
    /// println!("{} people are in it", recorded.subjects.len());
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn put_asset(
        &self,
        asset: &ScopeValue,
        request: &AssetRequest,
    ) -> Result<AssetResponse, Error> {
        self.put(Route::of("/v1/assets/{asset}", asset.as_str()), request)
            .await
    }

    /// Publishes a campaign; with a publisher key.
    ///
    /// ```no_run
    /// # async fn example(publisher: samtycke::Client, spring: samtycke::wire::CampaignRequest) -> Result<(), Box<dyn std::error::Error>> {
    /// let live = publisher.put_campaign(&"spring".parse()?, &spring).await?;
    /// println!("through {}", live.ends_on);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn put_campaign(
        &self,
        campaign: &ScopeValue,
        request: &CampaignRequest,
    ) -> Result<CampaignResponse, Error> {
        let route = Route::of("/v1/campaigns/{campaign}", campaign.as_str());
        self.put(route, request).await
    }

    /// The first 1 000 places that must be cleared, the one that is due first first.
    ///
    /// ```no_run
    /// # async fn example(samtycke: samtycke::Client) -> Result<(), samtycke::Error> {
    /// for task in samtycke.takedowns().await?.takedowns {
    ///     println!("{} by {}: {}", task.asset, task.due_at, task.place.reference);
    /// }
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn takedowns(&self) -> Result<TakedownsResponse, Error> {
        read(&self.get("/v1/takedowns?limit=1000").await?)
    }

    /// Acknowledges that a place is cleared, with the SHA-256 of the evidence that the tenant keeps.
    ///
    /// ```no_run
    /// # async fn example(samtycke: samtycke::Client, task: samtycke::wire::TakedownResponse, sha256: String) -> Result<(), samtycke::Error> {
    /// let done = samtycke.finish_takedown(&task.takedown, sha256).await?;
    /// println!("cleared after {} days", done.age_days);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn finish_takedown(
        &self,
        takedown: &TakedownId,
        evidence: String,
    ) -> Result<TakedownResponse, Error> {
        let route = Route::of("/v1/takedowns/{takedown}/done", takedown.as_str());
        let body = json(&TakedownDoneRequest { evidence })?;
        let call = Call::post(route, body, self.inner.deadline);
        read(&self.send(call, Tries::new(&self.inner.budget)).await?.0)
    }

    /// Sends a whole resource. Sending it again changes nothing.
    async fn put<B: Serialize, A: DeserializeOwned>(
        &self,
        route: Route,
        body: &B,
    ) -> Result<A, Error> {
        let call = Call {
            method: Method::PUT,
            route,
            body: Some(json(body)?),
            deadline: self.inner.deadline,
            held: None,
        };
        read(&self.send(call, Tries::new(&self.inner.budget)).await?.0)
    }
}
