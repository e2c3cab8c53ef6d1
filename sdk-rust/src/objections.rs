//! Objections that wait for the controller's decision (GDPR Art. 21(1)).

use samtycke_core::wire::ObjectionsResponse;

use crate::call::Route;
use crate::client::read;
use crate::{Client, Error};

impl Client {
    /// The next 1 000 objections that wait for a decision, the one that is due first first; with the key of the data
    /// protection officer or of a service. `after` is the [`ObjectionsResponse::next`] of the page before, and `None`
    /// for the first.
    ///
    /// Until an objection is decided, the processing rests and the person waits. They must be told within one month
    /// (GDPR Art. 12(3)). [`Self::event`] records the decision, as `objection.upheld` or `objection.rejected`.
    ///
    /// ```
    /// # use samtycke::decision::{Decision, DecisionKind};
    /// # use samtycke::fake::FakeConsent;
    /// # use samtycke::wire::WithdrawalRequest;
    /// # let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
    /// # runtime.block_on(async {
    /// # let fake = FakeConsent::example()?;
    /// # let kim = fake.subject("kim");
    /// # let objected = Decision::about("example.improvement".parse()?, DecisionKind::Objected);
    /// # let said = WithdrawalRequest::new(samtycke::clock::event_id()?, kim, vec![objected]);
    /// # fake.client().withdraw(&said).await?;
    /// # let officer = fake.dpo().build()?;
    /// let mut after = None;
    /// loop {
    ///     let page = officer.objections(after.as_deref()).await?;
    ///     for waiting in &page.objections {
    ///         let late = if waiting.overdue { ", overdue" } else { "" };
    ///         println!("{} about {}: by {}{late}", waiting.subject, waiting.purpose, waiting.due_on);
    ///     }
    /// #   assert_eq!(page.objections.len(), 1);
    ///     after = page.next;
    ///     if after.is_none() {
    ///         break;
    ///     }
    /// }
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// # }).unwrap();
    /// ```
    ///
    /// # Errors
    /// See [`Error`].
    pub async fn objections(&self, after: Option<&str>) -> Result<ObjectionsResponse, Error> {
        let route = match after {
            None => "/v1/objections?limit=1000".into(),
            Some(after) => {
                // What is no `next` of a page names no other route.
                let after: String = url_safe(after).collect();
                Route::of("/v1/objections?limit=1000&after={after}", &after)
            }
        };
        read(&self.get(route).await?)
    }
}

/// The characters of base64url, of which a server's `next` consists.
fn url_safe(text: &str) -> impl Iterator<Item = char> {
    let is_safe = |c: &char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    text.chars().filter(is_safe)
}
