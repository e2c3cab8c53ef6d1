//! Registers: one controller's purposes, read from `samtycke.register/1` (docs/registers.md).
//!
//! A register that cannot be read at all is refused with every line that is wrong. One that can be read but leaves
//! something unsaid goes live with those purposes *incomplete*: [`Lint`] says which, and their checks deny. Nothing is
//! ever corrected silently.

mod bytes;
mod category;
mod diff;
mod diff_fields;
mod diff_lengths;
mod doc;
mod keys;
mod lint;
mod lint_checks;
mod lint_words;
mod read;
mod read_purpose;
mod render;
pub mod rust;
mod rust_doc;
mod rust_names;
#[cfg(test)]
pub(crate) mod tests;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use diff::{Change, Diff, Effect, PurposeChange, diff};
pub use doc::{RegisterError, RegisterErrors};
pub use lint::{Lint, LintCode, Severity};

use crate::{
    id::{Language, NoticeHash, PurposeId, TenantId},
    purpose::{Category, Purpose},
    retention::{CalendarDuration, Params, default_end_events},
};

/// The first line of every register.
pub const FORMAT: &str = "samtycke.register/1";

/// The register of a fictitious company, with one purpose of each kind: to try samtycke without an own register.
pub const EXAMPLE: &str = include_str!("register/example.toml");

/// What a register was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A table of processing activities (GDPR Art. 30).
    Art30Table,
    /// A privacy policy.
    PrivacyPolicy,
}

/// What a recipient is (GDPR Art. 4(7)-(8), 26).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecipientRole {
    /// Decides for itself.
    Controller,
    /// Acts for the controller, under an agreement (Art. 28).
    Processor,
    /// Decides together with the controller (Art. 26).
    Joint,
}

/// What a transfer out of the EU and EEA rests on (GDPR Chapter V).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Transfer {
    /// No transfer.
    #[default]
    None,
    /// An adequacy decision (Art. 45).
    Adequacy,
    /// Standard contractual clauses (Art. 46(2)(c)).
    Scc,
    /// Binding corporate rules (Art. 47).
    Bcr,
    /// A derogation (Art. 49).
    Derogation,
    /// Invalid since C-311/18: read, so that the lint can say so.
    PrivacyShield,
}

/// Somebody who receives personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// Short name that purposes refer to.
    pub id: String,
    /// Name.
    pub name: String,
    /// Role.
    pub role: RecipientRole,
    /// ISO 3166-1 alpha-2, where stated.
    pub country: Option<String>,
    /// Ground of a transfer.
    pub transfer: Transfer,
    /// Reference of the agreement, where there is one.
    pub agreement: Option<String>,
    /// Line of the file.
    pub line: u32,
}

/// How long a cookie lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// Until the browser ends its session.
    Session,
    /// From when it was last set.
    For(CalendarDuration),
}

/// Which way the terminal is used (LEK 9 kap. 28 §; EDPB 2/2023).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Terminal {
    /// An HTTP cookie.
    #[default]
    Cookie,
    /// `localStorage`, `sessionStorage`, IndexedDB or a cache.
    Storage,
    /// A tracking pixel or a decorated link.
    Pixel,
    /// Reading of what identifies the device.
    Fingerprint,
    /// A program library in an app.
    Sdk,
}

/// One cookie, or another use of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// Name.
    pub name: String,
    /// For which purpose.
    pub purpose: PurposeId,
    /// How long.
    pub lifetime: Lifetime,
    /// Set or read by a party other than the site.
    pub third_party: bool,
    /// Who that is: a [`Recipient`]'s id.
    pub recipient: Option<String>,
    /// Necessary for a service that the user has asked for.
    pub strictly_necessary: bool,
    /// In which way.
    pub terminal: Terminal,
    /// Line of the file.
    pub line: u32,
}

/// What a policy promises besides its purposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaviour {
    /// Short name.
    pub id: String,
    /// What it means.
    pub means_en: String,
    /// Line of the file.
    pub line: u32,
}

/// Google's consent types, for bridges in the browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConsentModeType {
    /// Storage for advertising.
    AdStorage,
    /// User data sent for advertising.
    AdUserData,
    /// Personalised advertising.
    AdPersonalization,
    /// Storage for analytics.
    AnalyticsStorage,
    /// Storage for functions such as language.
    FunctionalityStorage,
    /// Storage for personalisation.
    PersonalizationStorage,
    /// Storage for security.
    SecurityStorage,
}

/// How a purpose is shown: the controller's words as they stand, and a translation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PurposeText {
    /// Line of the file on which the purpose begins.
    pub line: u32,
    /// Row of the controller's table.
    pub row: Option<u32>,
    /// Derived from a policy rather than read from a table.
    pub derived: bool,
    /// Title.
    pub title_sv: String,
    /// Title in English.
    pub title_en: String,
    /// Purpose.
    pub purpose_sv: Vec<String>,
    /// Purpose in English.
    pub purpose_en: Option<String>,
    /// Kinds of data.
    pub data_categories_sv: Vec<String>,
    /// Kinds of data, in English.
    pub data_categories_en: Vec<String>,
    /// Whose data.
    pub data_subjects_sv: Vec<String>,
    /// Whose data, in English.
    pub data_subjects_en: Vec<String>,
    /// The legal basis in the controller's words; empty where none is stated.
    pub legal_basis_sv: Vec<String>,
    /// How long, in the controller's words.
    pub retention_sv: Vec<String>,
    /// Recipients in the controller's words.
    pub recipients_sv: Vec<String>,
    /// Recipients by [`Recipient`] id.
    pub recipients: Vec<String>,
    /// Google's consent types that follow this purpose.
    pub consent_mode: Vec<ConsentModeType>,
    /// A note of the machine reading; never the controller's words.
    pub note: Option<String>,
}

/// One controller's register.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// The tenant that it belongs to.
    pub tenant: TenantId,
    /// The controller's name.
    pub controller: String,
    /// Language of the `_sv` texts' source.
    pub language: Language,
    /// What it was read from.
    pub source_kind: SourceKind,
    /// Heading of the source.
    pub source_title: Option<String>,
    /// Version of the policy, in the controller's words.
    pub policy_version: Option<String>,
    /// Where to turn, for the notice (GDPR Art. 13(1)(a)).
    pub contact: Option<String>,
    /// The data protection officer's contact (Art. 13(1)(b)).
    pub dpo_contact: Option<String>,
    /// Address of the full policy.
    pub policy_url: Option<String>,
    /// A note on the register as a whole.
    pub note: Option<String>,
    /// Whether the source names recipients at all.
    pub recipients_stated: bool,
    /// Recipients of all purposes, in the controller's words.
    pub recipients_sv: Vec<String>,
    /// Purposes, in the order of the file.
    pub purposes: Vec<Purpose>,
    /// Texts of the purposes, in the same order.
    pub texts: Vec<PurposeText>,
    /// Recipients.
    pub recipients: Vec<Recipient>,
    /// Cookies and other uses of the terminal.
    pub cookies: Vec<Cookie>,
    /// What the policy promises.
    pub behaviours: Vec<Behaviour>,
    /// Parameters that the controller has set.
    pub params: Params,
    /// The categories that the controller has stated; for every purpose there is [`Register::category`].
    pub categories: BTreeMap<PurposeId, Category>,
    /// What the lint says, errors and warnings, in the order of the file.
    pub lints: Vec<Lint>,
    /// Content hash: see [`Register::hash`].
    hash: NoticeHash,
    /// The document as JSON, for the diff.
    content: serde_json::Value,
    index: BTreeMap<PurposeId, usize>,
}

impl Register {
    /// The text of a register's file, or the line that is no UTF-8 and what to do about it.
    ///
    /// ```
    /// use samtycke_core::register::Register;
    /// let windows_1252 = b"[register]\ncontroller = \"Bj\xf6rn AB\"".to_vec();
    /// let errors = Register::text_of(windows_1252).unwrap_err();
    /// assert_eq!(errors.0[0].line, 2);
    /// ```
    pub fn text_of(file: Vec<u8>) -> Result<String, RegisterErrors> {
        bytes::text(file)
    }

    /// Reads a register, or says about every line that is wrong why.
    pub fn parse(text: &str) -> Result<Self, RegisterErrors> {
        read::register(text)
    }

    /// The purpose with this id.
    pub fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.index.get(id).map(|at| &self.purposes[*at])
    }

    /// How the purpose with this id is shown.
    pub fn text(&self, id: &PurposeId) -> Option<&PurposeText> {
        self.index.get(id).map(|at| &self.texts[*at])
    }

    /// Purposes and their texts, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = (&Purpose, &PurposeText)> {
        self.purposes.iter().zip(&self.texts)
    }

    /// The recipient with this id.
    pub fn recipient(&self, id: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|recipient| recipient.id == id)
    }

    /// The cookies of a purpose.
    pub fn cookies_of<'a>(&'a self, id: &'a PurposeId) -> impl Iterator<Item = &'a Cookie> {
        self.cookies
            .iter()
            .filter(move |cookie| cookie.purpose == *id)
    }

    /// The events that end each `while` of a purpose: as bound, or the default of its check mode.
    pub fn end_events(&self, purpose: &Purpose) -> Vec<String> {
        let bound: Vec<String> = purpose
            .retention
            .iter()
            .flat_map(|rule| rule.end_events.iter().cloned())
            .collect();
        if bound.is_empty() {
            let defaults = default_end_events(purpose.check_mode);
            defaults.into_iter().map(str::to_owned).collect()
        } else {
            bound
        }
    }

    /// SHA-256 of the content: the parsed document written as canonical JSON (RFC 8785). Comments, white space, the
    /// order of keys and the way a string is quoted do not change it; any value does, a note too.
    pub fn hash(&self) -> &NoticeHash {
        &self.hash
    }

    /// The bytes that [`Register::hash`] hashes.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        read::canonical(&self.content)
    }

    /// The purposes that go live incomplete, with the codes of the errors.
    pub fn incomplete(&self) -> impl Iterator<Item = (&PurposeId, &[String])> {
        self.purposes
            .iter()
            .filter(|purpose| !purpose.incomplete.is_empty())
            .map(|purpose| (&purpose.id, purpose.incomplete.as_slice()))
    }

    /// The lint as plain text, with this file name, as `samtycke register import` prints it.
    pub fn lint_report(&self, file: &str) -> String {
        render::lints(self, file)
    }
}
