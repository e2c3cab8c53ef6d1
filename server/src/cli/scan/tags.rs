//! The script tags of a page, as a browser has them: also those that a tag manager puts in.

use super::chromium::Chromium;
use super::visit::Tab;
use crate::cli::Failure;

/// A script tag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::cli) struct Tag {
    /// Its whole address.
    pub(in crate::cli) src: String,
    /// Its `integrity`, or nothing.
    pub(in crate::cli) integrity: String,
}

/// A browser that looks at tags.
pub(in crate::cli) struct TagVisit(Chromium);

impl TagVisit {
    /// A fresh one.
    pub(in crate::cli) async fn start() -> Result<Self, Failure> {
        Chromium::start().await.map(Self)
    }

    /// Goes there and lists its script tags.
    pub(in crate::cli) async fn tags(&mut self, url: &str) -> Result<Vec<Tag>, Failure> {
        let mut tab = Tab::open(&mut self.0).await?;
        tab.visit(url).await?;
        tab.tags().await
    }

    /// What is at an address, as text.
    pub(in crate::cli) async fn read(&mut self, url: &str) -> Result<String, Failure> {
        let mut tab = Tab::open(&mut self.0).await?;
        tab.visit(url).await?;
        tab.body().await
    }

    /// Ends the browser.
    pub(in crate::cli) async fn end(self) {
        self.0.end().await;
    }
}
