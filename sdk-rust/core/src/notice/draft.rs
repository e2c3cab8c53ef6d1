//! Drafts a default notice from a register. It is usable as it is; an editor who knows the readers should revise it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    Button, Layout, Manifest, ManifestPurpose, NoticeText, Variant,
    text::{Entry, Voice},
};
use crate::{
    id::{Language, SiteId},
    purpose::{ConsentKind, Purpose, ScopeType},
    register::Register,
};

/// A manifest and its texts, one for each language and variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The manifest.
    pub manifest: Manifest,
    /// The texts.
    pub texts: Vec<NoticeText>,
}

/// The subject of a notice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum About {
    /// The whole register.
    #[default]
    Everything,
    /// Storing in the terminal and reading from it: the questions of a banner (LEK 9 kap. 28 §).
    Terminal,
}

/// Options for the draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftOptions {
    /// The subject of the notice.
    pub about: About,
    /// The languages. A language without a draft is left out: a notice about the whole register uses the register's own
    /// words, which are in Swedish and English.
    pub languages: Vec<Language>,
    /// The variants. A variant that a language lacks is left out for that language.
    pub variants: Vec<Variant>,
}

impl Default for DraftOptions {
    /// The whole register, in Swedish and English, for adults.
    fn default() -> Self {
        let language = |tag| Language::parse(tag).expect("a language tag");
        Self {
            about: About::Everything,
            languages: ["sv", "en"].map(language).into(),
            variants: vec![Variant::Adult],
        }
    }
}

/// Drafts a notice about the whole register in Swedish and English, for adults.
pub fn draft_from_register(register: &Register, site: &SiteId) -> Draft {
    draft_with(register, site, &DraftOptions::default())
}

/// Drafts a notice. It omits retired and incomplete purposes, which deny every check. A split purpose appears as its
/// parts. A notice about the whole register asks for the purposes whose check a consent can permit, and describes the
/// others. A notice about the terminal asks for those of them that use the terminal and need no scope other than a
/// service. It describes the purposes that use the terminal without consent.
pub fn draft_with(register: &Register, site: &SiteId, options: &DraftOptions) -> Draft {
    let (asked, others) = select(register, options.about);
    let mut texts: Vec<NoticeText> = Vec::new();
    for language in &options.languages {
        for variant in &options.variants {
            let known = |text: &NoticeText| text.language == *language && text.variant == *variant;
            if texts.iter().any(known) {
                continue;
            }
            if let Some(voice) = Voice::of(register, options.about, language, *variant) {
                texts.push(voice.text(&asked, &others));
            }
        }
    }
    let manifest = manifest(register, site, &asked, &others, &texts);
    Draft { manifest, texts }
}

/// Selects the purposes to ask for and the purposes to describe.
fn select(register: &Register, about: About) -> (Vec<Entry<'_>>, Vec<Entry<'_>>) {
    let live = register.entries().filter(|(purpose, _)| {
        !purpose.retired && purpose.incomplete.is_empty() && purpose.parts.is_empty()
    });
    let (mut asked, mut others): (Vec<_>, Vec<_>) =
        live.partition(|(purpose, _)| purpose.asks_consent());
    if about == About::Terminal {
        asked.retain(|(purpose, _)| asks_the_terminal(purpose));
        others.retain(|(purpose, _)| needs_the_terminal(register, purpose));
    }
    (asked, others)
}

/// Whether a banner can ask for it. It must use the terminal, and its grant must need no recipient, campaign or site,
/// or cover each of its services.
fn asks_the_terminal(purpose: &Purpose) -> bool {
    let uses = purpose.consent_kind == ConsentKind::Cookie || purpose.terminal_access;
    uses && matches!(purpose.scope_type, ScopeType::None | ScopeType::Vendor)
}

/// Whether it uses the terminal only for what the person requested.
fn needs_the_terminal(register: &Register, purpose: &Purpose) -> bool {
    let cookies: Vec<_> = register.cookies_of(&purpose.id).collect();
    let uses = purpose.terminal_access || !cookies.is_empty();
    purpose.is_necessary() && uses || cookies.iter().any(|cookie| cookie.strictly_necessary)
}

fn manifest(
    register: &Register,
    site: &SiteId,
    asked: &[Entry<'_>],
    others: &[Entry<'_>],
    texts: &[NoticeText],
) -> Manifest {
    let mut hashes: BTreeMap<String, BTreeMap<_, _>> = BTreeMap::new();
    for text in texts {
        let variants = hashes.entry(text.language.to_string()).or_default();
        variants.insert(text.variant, text.hash());
    }
    let purposes = asked.iter().map(|(purpose, _)| ManifestPurpose {
        id: purpose.id.clone(),
        check_mode: purpose.check_mode,
        scope_type: purpose.scope_type,
        vendors: purpose.vendors.clone(),
    });
    let own_statement = asked
        .iter()
        .filter(|(purpose, _)| purpose.special_category.needs_ground())
        .map(|(purpose, _)| purpose.id.clone());
    Manifest {
        v: 1,
        tenant: register.tenant.clone(),
        site: site.clone(),
        purposes: purposes.collect(),
        told: others
            .iter()
            .map(|(purpose, _)| purpose.id.clone())
            .collect(),
        layout: Layout {
            buttons: vec![Button::Refuse, Button::Accept, Button::Settings],
            own_statement: own_statement.collect(),
        },
        texts: hashes,
    }
}
