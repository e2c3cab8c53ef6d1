//! A page's script tags as the browser has them, including those that a tag manager adds.

use super::chromium::Chromium;
use super::visit::Tab;
use crate::Failure;

/// A script tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Its full address.
    pub(crate) src: String,
    /// Its `integrity`, or empty.
    pub(crate) integrity: String,
}

/// A browser that lists tags.
pub(crate) struct TagVisit(Chromium);

impl TagVisit {
    /// Starts a browser with a fresh profile.
    pub(crate) async fn start() -> Result<Self, Failure> {
        Chromium::start().await.map(Self)
    }

    /// Visits a page and lists its script tags.
    pub(crate) async fn tags(&mut self, url: &str) -> Result<Vec<Tag>, Failure> {
        let mut tab = Tab::open(&mut self.0).await?;
        tab.visit(url).await?;
        tab.tags().await
    }

    /// Fetches an address as text.
    pub(crate) async fn read(&mut self, url: &str) -> Result<String, Failure> {
        let mut tab = Tab::open(&mut self.0).await?;
        tab.visit(url).await?;
        tab.body().await
    }

    /// Ends the browser.
    pub(crate) async fn end(self) {
        self.0.end().await;
    }
}
