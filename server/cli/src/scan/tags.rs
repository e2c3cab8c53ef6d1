//! The script tags of a page, as a browser has them: also those that a tag manager puts in.

use super::chromium::Chromium;
use super::visit::Tab;
use crate::Failure;

/// A script tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Tag {
    /// Its whole address.
    pub(crate) src: String,
    /// Its `integrity`, or nothing.
    pub(crate) integrity: String,
}

/// A browser that looks at tags.
pub(crate) struct TagVisit(Chromium);

impl TagVisit {
    /// A fresh one.
    pub(crate) async fn start() -> Result<Self, Failure> {
        Chromium::start().await.map(Self)
    }

    /// Goes there and lists its script tags.
    pub(crate) async fn tags(&mut self, url: &str) -> Result<Vec<Tag>, Failure> {
        let mut tab = Tab::open(&mut self.0).await?;
        tab.visit(url).await?;
        tab.tags().await
    }

    /// What is at an address, as text.
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
