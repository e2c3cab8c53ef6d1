//! Notices: what a person is shown before a decision, and when a newer notice makes the decision stale.
//!
//! The hash of its [`Manifest`] identifies a notice: purposes, layout, and the hash of each text. The version number
//! stands in the [`Publication`] and not in the manifest. So a notice with the content of an earlier one is the same
//! notice.

mod describe;
mod draft;
mod phrases;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

pub(crate) use describe::in_english;
pub use draft::{About, Draft, DraftOptions, draft_from_register, draft_with};

pub use crate::notice_standing::NoticeStanding;

use crate::{
    id::{Language, NoticeHash, PurposeId, ScopeValue, SiteId, TenantId},
    purpose::{CheckMode, ScopeType},
};

/// How much a change matters to a person who has consented, in ascending order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ChangeClass {
    /// Only the wording changed.
    Editorial,
    /// People must be told: the consent remains, and the new notice is delivered.
    MaterialNotice,
    /// The consent does not cover the change: ask again.
    MaterialConsent,
}

impl ChangeClass {
    /// The stable name in the API and the log.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Editorial => "editorial",
            Self::MaterialNotice => "material_notice",
            Self::MaterialConsent => "material_consent",
        }
    }
}

/// The readers of a text (GDPR Art. 12(1), recital 58).
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
    /// The stable name in JSON and in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Adult => "adult",
            Self::Teen => "teen",
            Self::Child => "child",
        }
    }
}

/// A button of the first layer. All have the same element, size and weight (law.md B2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Button {
    /// Refuses everything that the notice asks for.
    Refuse,
    /// Grants everything that the notice asks for, except purposes that need a separate statement.
    Accept,
    /// Opens the individual choices.
    Settings,
}

/// The layout of a notice, as far as it affects the consent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Layout {
    /// The buttons of the first layer, in order.
    pub buttons: Vec<Button>,
    /// Purposes that "accept all" never covers (GDPR Art. 9(2)(a)).
    pub own_statement: Vec<PurposeId>,
}

/// A purpose of a notice, as far as it affects the question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ManifestPurpose {
    /// The purpose.
    pub id: PurposeId,
    /// Its check mode.
    pub check_mode: CheckMode,
    /// The scope type of a decision.
    pub scope_type: ScopeType,
    /// Under [`ScopeType::Vendor`], the services that the notice asks for: its texts name each of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub vendors: Vec<ScopeValue>,
}

/// The content of a notice, with texts by hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// The version of this format: 1.
    pub v: u32,
    /// The tenant.
    pub tenant: TenantId,
    /// The site.
    pub site: SiteId,
    /// The purposes that the notice asks for, in order.
    pub purposes: Vec<ManifestPurpose>,
    /// The purposes that the notice describes without asking, in order. None of them is in `purposes`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<PurposeId>,
    /// The layout.
    pub layout: Layout,
    /// The hash of each text, by language and variant.
    pub texts: BTreeMap<String, BTreeMap<Variant, NoticeHash>>,
}

impl Manifest {
    /// The RFC 8785 bytes: they are hashed, stored and put into proof bundles.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        canonical(self)
    }

    /// The notice's content address: the hash of [`Self::canonical_bytes`].
    pub fn hash(&self) -> NoticeHash {
        NoticeHash::of(&self.canonical_bytes())
    }

    /// Whether the notice asks for the purpose or tells of it, so that a person who was shown it knows of the purpose.
    pub fn names(&self, purpose: &PurposeId) -> bool {
        self.asked(purpose).is_some() || self.told.contains(purpose)
    }

    /// Whether a person who was shown the notice may have decided about the purpose under this type of scope. What is only
    /// told names no type.
    pub fn names_under(&self, purpose: &PurposeId, scope: ScopeType) -> bool {
        let asked = self.asked(purpose);
        asked.is_some_and(|asked| asked.scope_type == scope) || self.told.contains(purpose)
    }

    /// The question about a purpose, if the notice asks for it.
    pub fn asked(&self, purpose: &PurposeId) -> Option<&ManifestPurpose> {
        self.purposes.iter().find(|asked| asked.id == *purpose)
    }

    /// The changes since the previous notice on the same site, as far as a program can tell, of purposes that either
    /// notice asks or tells. New words need a notice unless an editor classes them as editorial.
    pub fn changes_since(&self, before: &Self) -> BTreeMap<PurposeId, ChangeClass> {
        let mut changes = self.changed_questions(before);
        if before.texts != self.texts {
            for purpose in self.named() {
                changes
                    .entry(purpose.clone())
                    .or_insert(ChangeClass::MaterialNotice);
            }
        }
        changes
    }

    /// The changes of what is asked and told, whatever the words. An added service has its own question and leaves
    /// other answers unchanged.
    pub fn changed_questions(&self, before: &Self) -> BTreeMap<PurposeId, ChangeClass> {
        let named: BTreeSet<&PurposeId> = self.named().chain(before.named()).collect();
        let changes = named.into_iter();
        changes
            .filter_map(|id| Some((id.clone(), self.changed_question(before, id)?)))
            .collect()
    }

    fn changed_question(&self, before: &Self, id: &PurposeId) -> Option<ChangeClass> {
        use ChangeClass::{MaterialConsent, MaterialNotice};
        match (before.asked(id), self.asked(id)) {
            (Some(was), Some(now)) if was == now => None,
            (Some(was), Some(now))
                if was.check_mode == now.check_mode && was.scope_type == now.scope_type =>
            {
                Some(MaterialNotice)
            }
            (Some(_), Some(_)) => Some(MaterialConsent),
            // What was asked no longer rests on the answer. A grant must not carry over to a basis that the person
            // never chose, and what the old notice said of withdrawing it is wrong (GDPR Art. 7(3), 13(2)(c)).
            (Some(_), None) if self.told.contains(id) => Some(MaterialConsent),
            (None, None) if before.told.contains(id) && self.told.contains(id) => None,
            // Asked for the first time: there is no grant that could become stale, and an objection stands. Added to
            // what is told. Or dropped: no text shows any more how to withdraw a grant that lives on.
            _ => Some(MaterialNotice),
        }
    }

    /// The purposes that the notice asks for, then those that it tells of.
    pub fn named(&self) -> impl Iterator<Item = &PurposeId> {
        self.purposes.iter().map(|p| &p.id).chain(&self.told)
    }
}

/// The controller behind a notice (GDPR Art. 13(1)(a)-(b)).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
// A generated Python client does not type-check if a field has the name of its type.
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema), schema(as = ContactDetails))]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The controller's name.
    pub controller: String,
    /// The contact address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contact: Option<String>,
    /// The data protection officer's contact address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dpo_contact: Option<String>,
    /// The address of the full policy.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub policy_url: Option<String>,
}

/// A declared cookie (law.md L19).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct CookieText {
    /// The cookie's name.
    pub name: String,
    /// The lifetime, in words.
    pub lifetime: String,
    /// The party that sets or reads it, in words.
    pub party: String,
}

/// One purpose in the words of a notice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct PurposeWords {
    /// The purpose.
    pub id: PurposeId,
    /// The purpose's title.
    pub title: String,
    /// The use of the data.
    pub description: String,
    /// The kinds of data.
    pub data: String,
    /// How long the data are kept.
    pub retention: String,
    /// The recipients, including third countries.
    pub recipients: String,
    /// The legal basis, and the right that follows from it.
    pub basis: String,
    /// The purpose's cookies and other uses of the terminal.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cookies: Vec<CookieText>,
}

/// The labels of the controls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// Accepts everything.
    pub accept: String,
    /// Refuses everything.
    pub refuse: String,
    /// Opens the individual choices.
    pub settings: String,
    /// Saves the choices made in the settings.
    pub save: String,
    /// Postpones the decision: neither a grant nor a refusal.
    pub close: String,
    /// Opens the settings again, from every page.
    pub reopen: String,
}

/// A notice in one language and variant, with everything that the person is shown (law.md L3, L18, L19, S27).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct NoticeText {
    /// The version of this format: 1.
    pub v: u32,
    /// The language of the text.
    pub language: Language,
    /// The readers of the text.
    pub variant: Variant,
    /// The heading of the first layer.
    pub title: String,
    /// The controller, the question and the categories.
    pub intro: String,
    /// The right to withdraw, stated in the first layer.
    pub withdraw: String,
    /// The labels of the controls.
    pub labels: Labels,
    /// The purposes that the notice asks for.
    pub purposes: Vec<PurposeWords>,
    /// The purposes that the notice only describes.
    pub others: Vec<PurposeWords>,
    /// The controller and its contacts.
    pub contact: Contact,
    /// The other rights, and where to complain.
    pub rights: String,
}

impl NoticeText {
    /// The RFC 8785 bytes: the manifest lists their hash.
    pub fn canonical_bytes(&self) -> Vec<u8> {
        canonical(self)
    }

    /// The text's content address, which the manifest lists.
    pub fn hash(&self) -> NoticeHash {
        NoticeHash::of(&self.canonical_bytes())
    }
}

/// The kind of published content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum PublicationKind {
    /// A notice.
    Notice,
    /// A register.
    Register,
    /// A declaration that every consent on a notice to some purposes is invalid.
    Invalidation,
}

/// A publication, the content of a leaf of kind 1 ([`crate::public_leaf`]). It proves that a text is older than the
/// consents that cite it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Publication {
    /// Whether it is a notice, a register, or the invalidation of a notice.
    pub kind: PublicationKind,
    /// The site of a notice; nothing else has one.
    pub site: Option<SiteId>,
    /// The content address.
    pub hash: NoticeHash,
    /// The version, counted from 1 for each site, and for the register; 0 for an invalidation.
    pub version: u32,
    /// Since when the invalidated notice was wrong; Unix milliseconds, never later than `at`.
    pub effective_from: Option<i64>,
    /// The class of the change since the previous publication, per purpose; an absent purpose did not change.
    /// An invalidation has its purposes here, as `material_consent`.
    pub classes: BTreeMap<PurposeId, ChangeClass>,
    /// The previous publication's content address, if any.
    pub previous: Option<NoticeHash>,
    /// When it went live, by the log's clock; Unix milliseconds.
    pub at: i64,
    /// The id of the key that published it.
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

/// The standing of a consent's notice for one purpose.
///
/// `publications` are the tenant's, in the order of the log. Those of the cited notice's site and of the register
/// count. `known` is their number when the consent was recorded. Publishing the old notice again does not undo a
/// change of the register: its words do not tell of it.
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
    let invalidates = |p: &Publication| {
        p.kind == PublicationKind::Invalidation
            && p.hash == *cited
            && p.classes.contains_key(purpose)
    };
    if later.iter().any(invalidates) {
        return NoticeStanding::Invalidated;
    }
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
    if republished && superseded && by_register == ChangeClass::Editorial {
        return NoticeStanding::Equivalent;
    }
    let by_notice = if republished {
        // The notices in between are undone.
        ChangeClass::Editorial
    } else {
        worst(PublicationKind::Notice)
    };
    match by_notice.max(by_register) {
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
