//! Words that only the declaration page uses. The page describes what a site stores in its visitors' devices.

use serde::{Deserialize, Serialize};

use super::{LanguageWords, fill};
use crate::retention::CalendarDuration;

/// The declaration page's own words. The banner and the notices do not use them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclarationWords {
    /// Heading of the page.
    pub heading: String,
    /// Kind of storage: session storage, which ends with the tab.
    pub in_tab: String,
    /// Kind of storage: local storage of the browser.
    pub in_browser: String,
    /// Kind of use: a tracking pixel.
    pub pixel: String,
    /// Kind of use: reading what identifies the device.
    pub fingerprint: String,
    /// Title of the storage that records the choice.
    pub choice: String,
    /// What it records, when and how much.
    pub choice_text: String,
    /// Lifetime: until the tab is closed.
    pub until_closed: String,
    /// Lifetime: until every consent is withdrawn.
    pub until_withdrawn: String,
    /// The right to object (GDPR Art. 21).
    pub object: String,
    /// Where to object: `{contact}`.
    pub object_to: String,
    /// How to open the settings again; `{control}` is the control's label.
    pub how: String,
}

impl LanguageWords {
    /// A longest period in words: "högst 13 månader", "at most 13 months".
    pub fn at_most(&self, duration: CalendarDuration) -> String {
        let period = self.duration(duration);
        fill(&self.draft.retention.at_most, &[("period", &period)])
    }

    /// The sentence on how to open the settings again, with the label of their control.
    pub fn how_to_reopen(&self, control: &str) -> String {
        fill(&self.declaration.how, &[("control", control)])
    }

    /// The sentence on where to object, with names or addresses.
    pub fn object_to(&self, contacts: &[&str]) -> String {
        let isolated: Vec<String> = contacts.iter().map(|way| self.isolate(way)).collect();
        let contact = isolated.join(self.comma());
        fill(&self.declaration.object_to, &[("contact", &contact)])
    }
}
