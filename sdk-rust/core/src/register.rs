//! Registers: one controller's purposes, parsed from `samtycke.register/1` (docs/registers.md).
//!
//! A register that cannot be parsed is rejected with an error for every wrong line. A register that can be parsed but
//! omits something goes live with those purposes *incomplete*: [`Lint`] names them, and their checks deny. The parser
//! never corrects anything silently.

mod bytes;
mod category;
mod diff;
mod diff_fields;
mod diff_lengths;
mod doc;
mod keys;
mod lint;
mod lint_checks;
mod lint_persons;
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
    decide::Customer,
    id::{Language, NoticeHash, PurposeId, ScopeValue, TenantId},
    purpose::{Category, Purpose},
    retention::{CalendarDuration, Params, default_end_events},
};

/// The `format` value on the first line of every register.
pub const FORMAT: &str = "samtycke.register/1";

/// The register of a fictitious company, with one purpose of each kind, for trying samtycke without your own register.
pub const EXAMPLE: &str = include_str!("register/example.toml");

/// The type of document that a register was derived from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SourceKind {
    /// A table of processing activities (GDPR Art. 30).
    Art30Table,
    /// A privacy policy.
    PrivacyPolicy,
}

/// The role of a recipient (GDPR Art. 4(7)-(8), 26).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecipientRole {
    /// A separate controller.
    Controller,
    /// A processor that acts for the controller, under an agreement (Art. 28).
    Processor,
    /// A joint controller (Art. 26).
    Joint,
}

/// The ground of a transfer out of the EU and EEA (GDPR Chapter V).
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
    /// The Privacy Shield, invalid since C-311/18. It is parsed so that the lint can report it.
    PrivacyShield,
}

/// A recipient of personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipient {
    /// The short name by which purposes refer to it.
    pub id: String,
    /// The recipient's name.
    pub name: String,
    /// How to reach it, for a person whom this controller sends on to it.
    pub contact: Option<String>,
    /// Its role.
    pub role: RecipientRole,
    /// Its country, ISO 3166-1 alpha-2, if stated.
    pub country: Option<String>,
    /// The ground of a transfer.
    pub transfer: Transfer,
    /// The reference of the agreement, if there is one.
    pub agreement: Option<String>,
    /// Its line in the file.
    pub line: u32,
}

/// The lifetime of a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lifetime {
    /// Until the browser ends its session.
    Session,
    /// This long after it was last set.
    For(CalendarDuration),
}

/// How a site uses the terminal (LEK 9 kap. 28 §; EDPB 2/2023).
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
    /// Reading information that identifies the device.
    Fingerprint,
    /// A software library in an app.
    Sdk,
}

/// One cookie or another use of the terminal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cookie {
    /// The cookie's name.
    pub name: String,
    /// The purpose that it serves.
    pub purpose: PurposeId,
    /// Its lifetime.
    pub lifetime: Lifetime,
    /// Whether a party other than the site sets or reads it.
    pub third_party: bool,
    /// That party: a [`Recipient`]'s id.
    pub recipient: Option<String>,
    /// Whether it is necessary for a service that the user has requested.
    pub strictly_necessary: bool,
    /// The type of use.
    pub terminal: Terminal,
    /// Its line in the file.
    pub line: u32,
}

/// A promise of a policy besides its purposes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Behaviour {
    /// The promise's short name.
    pub id: String,
    /// The promise in words.
    pub means_en: String,
    /// The policy's own words, quoted; in the register's language.
    pub words_sv: Vec<String>,
    /// Its line in the file.
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
    /// Storage for functionality such as language.
    FunctionalityStorage,
    /// Storage for personalisation.
    PersonalizationStorage,
    /// Storage for security.
    SecurityStorage,
}

/// The texts of a purpose: the controller's own words and a translation.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PurposeText {
    /// The line in the file on which the purpose begins.
    pub line: u32,
    /// The row of the controller's table.
    pub row: Option<u32>,
    /// Whether the purpose was derived from a policy and not from a table.
    pub derived: bool,
    /// Title in the register's language.
    pub title_sv: String,
    /// Title in English.
    pub title_en: String,
    /// Description of the purpose in the register's language.
    pub purpose_sv: Vec<String>,
    /// Description of the purpose in English.
    pub purpose_en: Option<String>,
    /// Kinds of data in the register's language.
    pub data_categories_sv: Vec<String>,
    /// Kinds of data, in English.
    pub data_categories_en: Vec<String>,
    /// Data subjects, in the register's language.
    pub data_subjects_sv: Vec<String>,
    /// Data subjects, in English.
    pub data_subjects_en: Vec<String>,
    /// The legal basis in the controller's words; empty if none is stated.
    pub legal_basis_sv: Vec<String>,
    /// The retention in the controller's words.
    pub retention_sv: Vec<String>,
    /// Recipients in the controller's words.
    pub recipients_sv: Vec<String>,
    /// Recipients by [`Recipient`] id.
    pub recipients: Vec<String>,
    /// Google's consent types that follow this purpose.
    pub consent_mode: Vec<ConsentModeType>,
    /// A note on how the source was read into the register; not the controller's words.
    pub note: Option<String>,
}

/// One controller's register.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// The tenant that owns the register.
    pub tenant: TenantId,
    /// The controller's name.
    pub controller: String,
    /// Language of the source of the `_sv` texts.
    pub language: Language,
    /// The type of the source document.
    pub source_kind: SourceKind,
    /// Heading of the source document.
    pub source_title: Option<String>,
    /// Version of the policy, in the controller's words.
    pub policy_version: Option<String>,
    /// The contact address for the notice (GDPR Art. 13(1)(a)).
    pub contact: Option<String>,
    /// The data protection officer's contact (Art. 13(1)(b)).
    pub dpo_contact: Option<String>,
    /// Address of the full policy.
    pub policy_url: Option<String>,
    /// A note on the register as a whole.
    pub note: Option<String>,
    /// Whether the source names any recipients.
    pub recipients_stated: bool,
    /// Recipients of all purposes, in the controller's words.
    pub recipients_sv: Vec<String>,
    /// Whether a browser's Do Not Track counts as an objection, as GPC does (decision row 12).
    pub dnt: bool,
    /// The purposes, in the order of the file.
    pub purposes: Vec<Purpose>,
    /// The texts of the purposes, in the same order.
    pub texts: Vec<PurposeText>,
    /// The declared recipients.
    pub recipients: Vec<Recipient>,
    /// Cookies and other uses of the terminal.
    pub cookies: Vec<Cookie>,
    /// The promises of the policy.
    pub behaviours: Vec<Behaviour>,
    /// The parameter values that the controller has set.
    pub params: Params,
    /// The categories that the controller has stated; [`Register::category`] returns one for every purpose.
    pub categories: BTreeMap<PurposeId, Category>,
    /// The findings of the lint, errors and warnings, in the order of the file.
    pub lints: Vec<Lint>,
    /// The content hash: see [`Register::hash`].
    hash: NoticeHash,
    /// The document as JSON, for the diff.
    content: serde_json::Value,
    index: BTreeMap<PurposeId, usize>,
}

impl Register {
    /// Decodes a register file. Errors: each line that is not UTF-8, with a fix.
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

    /// Parses a register. Errors: each wrong line, with the reason.
    pub fn parse(text: &str) -> Result<Self, RegisterErrors> {
        read::register(text)
    }

    /// The purpose with this id; `None` if the register does not have it.
    pub fn purpose(&self, id: &PurposeId) -> Option<&Purpose> {
        self.index.get(id).map(|at| &self.purposes[*at])
    }

    /// The customer on whose behalf the tenant processes: the recipient with this id (rule E12).
    pub fn customer(&self, id: &ScopeValue) -> Option<Customer<'_>> {
        let known = self.recipients.iter().find(|r| r.id == id.as_str())?;
        Some(Customer {
            name: &known.name,
            contact: known.contact.as_deref(),
        })
    }

    /// The texts of the purpose with this id; `None` if the register does not have it.
    pub fn text(&self, id: &PurposeId) -> Option<&PurposeText> {
        self.index.get(id).map(|at| &self.texts[*at])
    }

    /// The purposes and their texts, in the order of the file.
    pub fn entries(&self) -> impl Iterator<Item = (&Purpose, &PurposeText)> {
        self.purposes.iter().zip(&self.texts)
    }

    /// The recipient with this id; `None` if the register does not declare it.
    pub fn recipient(&self, id: &str) -> Option<&Recipient> {
        self.recipients.iter().find(|recipient| recipient.id == id)
    }

    /// Name and contact of a recipient, for a check that another controller has to answer; `None` if the register does
    /// not declare it.
    pub fn recipient_contact(&self, id: &ScopeValue) -> Option<(&str, Option<&str>)> {
        let recipient = self.recipient(id.as_str())?;
        Some((&recipient.name, recipient.contact.as_deref()))
    }

    /// The cookies of a purpose, in the order of the file.
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
            let defaults = default_end_events(purpose);
            defaults.into_iter().map(str::to_owned).collect()
        } else {
            bound
        }
    }

    /// SHA-256 of the content: the parsed document as canonical JSON (RFC 8785). Comments, white space, key order and
    /// string quoting do not change it. Every value does, including notes.
    pub fn hash(&self) -> &NoticeHash {
        &self.hash
    }

    /// The bytes that [`Register::hash`] hashes.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        read::canonical(&self.content)
    }

    /// The purposes that go live incomplete, with the codes of their errors.
    pub fn incomplete(&self) -> impl Iterator<Item = (&PurposeId, &[String])> {
        self.purposes
            .iter()
            .filter(|purpose| !purpose.incomplete.is_empty())
            .map(|purpose| (&purpose.id, purpose.incomplete.as_slice()))
    }

    /// The findings as plain text with this file name, as `samtycke register import` prints them.
    pub fn lint_report(&self, file: &str) -> String {
        render::lints(self, file)
    }
}
