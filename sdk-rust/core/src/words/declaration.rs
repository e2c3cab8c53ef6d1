//! What only the declaration page says: the page that tells what a site stores in its visitors' devices.

use serde::{Deserialize, Serialize};

use super::{LanguageWords, fill};
use crate::retention::CalendarDuration;

/// The declaration page's own words. Neither the banner nor a notice has them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeclarationWords {
    /// Heading of the page.
    pub heading: String,
    /// Kind of storage: of the tab, which forgets it when it is closed.
    pub in_tab: String,
    /// Kind of storage: of the browser.
    pub in_browser: String,
    /// Kind of use: an image that tells of a visit.
    pub pixel: String,
    /// Kind of use: reads what sets the device apart.
    pub fingerprint: String,
    /// Title of what remembers the choice.
    pub choice: String,
    /// What it remembers, when and how much.
    pub choice_text: String,
    /// Lifetime: until the tab is closed.
    pub until_closed: String,
    /// Lifetime: until every consent is withdrawn.
    pub until_withdrawn: String,
    /// The right to object (GDPR Art. 21).
    pub object: String,
    /// Whom to tell: `{contact}`.
    pub object_to: String,
    /// How to open the settings again: the label of the `{control}`.
    pub how: String,
}

impl LanguageWords {
    /// A longest period in words: "högst 13 månader", "at most 13 months".
    pub fn at_most(&self, duration: CalendarDuration) -> String {
        let period = self.duration(duration);
        fill(&self.draft.retention.at_most, &[("period", &period)])
    }

    /// How to open the settings again, given what their control is called.
    pub fn how_to_reopen(&self, control: &str) -> String {
        fill(&self.declaration.how, &[("control", control)])
    }

    /// Whom to tell that one objects, by names or addresses.
    pub fn object_to(&self, contacts: &[&str]) -> String {
        let isolated: Vec<String> = contacts.iter().map(|way| self.isolate(way)).collect();
        let contact = isolated.join(self.comma());
        fill(&self.declaration.object_to, &[("contact", &contact)])
    }
}
