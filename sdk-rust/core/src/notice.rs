//! Notices: what a person is shown before deciding, and when an earlier decision has been overtaken.
//!
//! A notice is known by the hash of its [`Manifest`]: purposes, layout, and the hash of each text. The version number
//! stands in the [`Publication`] and not in the manifest, so that a notice with an earlier one's content is that notice.

mod describe;
mod draft;
mod phrases;
mod text;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(crate) use describe::in_english;
pub use draft::{About, Draft, DraftOptions, draft_from_register, draft_with};

pub use crate::notice_standing::NoticeStanding;

use crate::{
    id::{Language, NoticeHash, PurposeId, ScopeValue, SiteId, TenantId},
    purpose::{CheckMode, ScopeType},
};

/// How much a change matters to a person who has consented. Ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeClass {
    /// Wording only.
    Editorial,
    /// Worth telling: the consent lives, and the new notice is delivered.
    MaterialNotice,
    /// The consent does not cover it: ask again.
    MaterialConsent,
}

impl ChangeClass {
    /// The class as text.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Editorial => "editorial",
            Self::MaterialNotice => "material_notice",
            Self::MaterialConsent => "material_consent",
        }
    }
}

/// Whom a text is written for (GDPR Art. 12(1), recital 58).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Variant {
    /// Adults.
    #[default]
    Adult,
    /// Teenagers.
    Teen,
    /// Children.
    Child,
}

impl Variant {
    /// The word for it, as JSON and the database have it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Teen => "teen",
            Self::Child => "child",
        }
    }
}

/// A button of the first layer. All are the same element, size and weight (law.md B2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Button {
    /// No to everything that is asked.
    Refuse,
    /// Yes to everything that is asked, other than what needs a statement of its own.
    Accept,
    /// Choose one by one.
    Settings,
}

/// How a notice is laid out, as far as it matters to what was consented to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// Buttons of the first layer, in order.
    pub buttons: Vec<Button>,
    /// Purposes that are never part of "accept all" (GDPR Art. 9(2)(a)).
    pub own_statement: Vec<PurposeId>,
}

/// A purpose of a notice, as far as it matters to what was asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ManifestPurpose {
    /// Which.
    pub id: PurposeId,
    /// How it is checked.
    pub check_mode: CheckMode,
    /// What a decision is limited to.
    pub scope_type: ScopeType,
    /// Under [`ScopeType::Vendor`], the services that are asked: their texts name each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vendors: Vec<ScopeValue>,
}

/// Everything that a notice consists of, by hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Version of this format: 1.
    pub v: u32,
    /// Whose notice.
    pub tenant: TenantId,
    /// For which site.
    pub site: SiteId,
    /// The purposes that are asked, in order.
    pub purposes: Vec<ManifestPurpose>,
    /// The purposes that the notice tells of without asking, in order. No draft has any yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<PurposeId>,
    /// Layout.
    pub layout: Layout,
    /// Hash of each text, by language and variant.
    pub texts: BTreeMap<String, BTreeMap<Variant, NoticeHash>>,
}

impl Manifest {
    /// RFC 8785 bytes: what is hashed, stored and put into proof bundles.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        canonical(self)
    }

    /// The notice's content address.
    pub fn hash(&self) -> NoticeHash {
        NoticeHash::of(&self.canonical_bytes())
    }

    /// What changed since the notice before on the same site, as far as a program can tell: a purpose that is asked in
    /// another way needs consent again; new words are worth telling, until an editor says that they are editorial. A
    /// service more is asked by itself, and leaves the others' answers as they are.
    pub fn changes_since(&self, before: &Self) -> BTreeMap<PurposeId, ChangeClass> {
        let words = before.texts != self.texts;
        let class = |purpose: &ManifestPurpose| {
            let was = before.purposes.iter().find(|p| p.id == purpose.id);
            match was {
                Some(was)
                    if was.check_mode != purpose.check_mode
                        || was.scope_type != purpose.scope_type =>
                {
                    Some(ChangeClass::MaterialConsent)
                }
                Some(was) if was == purpose => words.then_some(ChangeClass::MaterialNotice),
                _ => Some(ChangeClass::MaterialNotice),
            }
        };
        let changes = self.purposes.iter();
        changes
            .filter_map(|purpose| Some((purpose.id.clone(), class(purpose)?)))
            .collect()
    }
}

/// Who is behind a notice (GDPR Art. 13(1)(a)-(b)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
// A generated Python client does not type-check if a field has the name of its type.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ContactDetails))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The controller.
    pub controller: String,
    /// Where to turn.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The data protection officer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpo_contact: Option<String>,
    /// The full policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_url: Option<String>,
}

/// A cookie as it is declared (law.md L19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CookieText {
    /// Name.
    pub name: String,
    /// How long it lives, in words.
    pub lifetime: String,
    /// Who sets or reads it, in words.
    pub party: String,
}

/// One purpose in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PurposeWords {
    /// Which.
    pub id: PurposeId,
    /// Title.
    pub title: String,
    /// What the data are used for.
    pub description: String,
    /// Which kinds of data.
    pub data: String,
    /// How long they are kept.
    pub retention: String,
    /// Who receives them, third countries included.
    pub recipients: String,
    /// The basis, and the right that follows from it.
    pub basis: String,
    /// Cookies and other uses of the terminal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cookies: Vec<CookieText>,
}

/// Labels of the controls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Yes to all.
    pub accept: String,
    /// No to all.
    pub refuse: String,
    /// One by one.
    pub settings: String,
    /// Saves the choices of the settings.
    pub save: String,
    /// Neither yes nor no.
    pub close: String,
    /// The control on every page that leads back to the settings.
    pub reopen: String,
}

/// A notice in one language and variant: everything that is shown (law.md L3, L18, L19, S27).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoticeText {
    /// Version of this format: 1.
    pub v: u32,
    /// Language.
    pub language: Language,
    /// Variant.
    pub variant: Variant,
    /// Heading.
    pub title: String,
    /// What is asked, by whom, and which categories.
    pub intro: String,
    /// The right to withdraw, said in the first layer.
    pub withdraw: String,
    /// Labels.
    pub labels: Labels,
    /// What is asked.
    pub purposes: Vec<PurposeWords>,
    /// What is not asked, for information.
    pub others: Vec<PurposeWords>,
    /// Who is behind it.
    pub contact: Contact,
    /// The other rights, and where to complain.
    pub rights: String,
}

impl NoticeText {
    /// RFC 8785 bytes.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        canonical(self)
    }

    /// The text's content address, as the manifest names it.
    pub fn hash(&self) -> NoticeHash {
        NoticeHash::of(&self.canonical_bytes())
    }
}

/// What is published.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PublicationKind {
    /// A notice.
    Notice,
    /// A register.
    Register,
}

/// A publication: what a leaf of kind 1 says ([`crate::public_leaf`]), so that a text is provably older than the consents
/// that cite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Notice or register.
    pub kind: PublicationKind,
    /// For which site; a register has none.
    pub site: Option<SiteId>,
    /// Content address.
    pub hash: NoticeHash,
    /// Counted from 1 for each site, and for the register.
    pub version: u32,
    /// How much changed since the previous, per purpose; a purpose that is not named did not change.
    pub classes: BTreeMap<PurposeId, ChangeClass>,
    /// The one before, if any.
    pub previous: Option<NoticeHash>,
    /// When it went live, by the log's clock; Unix milliseconds.
    pub at: i64,
    /// The key that published it.
    pub by: Option<String>,
}

impl Publication {
    fn class(&self, purpose: &PurposeId) -> ChangeClass {
        self.classes
            .get(purpose)
            .copied()
            .unwrap_or(ChangeClass::Editorial)
    }
}

/// How a consent's notice stands for one purpose.
///
/// `publications` are the tenant's, in the order of the log; those of the cited notice's site and of the register count.
/// `known` is how many of
/// them stood there when the consent was recorded. A change of the register that needs consent again is not undone by
/// publishing the old notice again.
pub fn standing(
    publications: &[Publication],
    known: usize,
    cited: &NoticeHash,
    purpose: &PurposeId,
) -> NoticeStanding {
    let known = known.min(publications.len());
    let site = publications
        .iter()
        .find(|p| p.hash == *cited)
        .and_then(|p| p.site.as_ref());
    let is_notice = |p: &&Publication| p.kind == PublicationKind::Notice && p.site.as_ref() == site;
    let is_cited = |p: &Publication| p.kind == PublicationKind::Notice && p.hash == *cited;
    let Some(at) = publications[..known].iter().rposition(is_cited) else {
        return NoticeStanding::Unknown;
    };
    let later = &publications[at + 1..];
    let worst = |kind: PublicationKind| {
        let of_kind = later
            .iter()
            .filter(|p| p.kind == kind && (p.site.is_none() || p.site.as_ref() == site));
        let classes = of_kind.map(|p| p.class(purpose));
        classes.max().unwrap_or(ChangeClass::Editorial)
    };
    let by_register = worst(PublicationKind::Register);
    if by_register == ChangeClass::MaterialConsent {
        return NoticeStanding::StaleConsent;
    }
    let republished = later
        .iter()
        .rfind(is_notice)
        .is_some_and(|last| last.hash == *cited);
    let superseded = later.iter().filter(is_notice).any(|p| p.hash != *cited);
    if republished && superseded {
        return NoticeStanding::Equivalent;
    }
    match worst(PublicationKind::Notice).max(by_register) {
        ChangeClass::MaterialConsent => NoticeStanding::StaleConsent,
        ChangeClass::MaterialNotice => NoticeStanding::StaleNotice,
        ChangeClass::Editorial => NoticeStanding::Current,
    }
}

fn canonical(value: &impl Serialize) -> Vec<u8> {
    serde_json_canonicalizer::to_vec(value)
        .expect("notices and publications have text keys and small whole numbers only")
}

#[cfg(test)]
mod tests;
