//! A notice as it is handed in: with its texts, or as a wish for a draft.

use samtycke_core::id::{Language, SiteId};
use samtycke_core::notice::{
    About, Draft, DraftOptions, Manifest, NoticeText, Variant, draft_with,
};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::register::Register;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The most languages of one draft: twice as many as there are.
const LANGUAGES_MAX: usize = 64;

/// A notice as it is handed in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeRequest {
    /// For which site.
    pub site: SiteId,
    /// Its manifest and texts; absent: drafted from the live register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<Manifest>,
    /// The texts that the manifest names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<NoticeText>,
    /// What a draft is about; absent: everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// The languages of a draft; absent: Swedish and English. A draft about everything speaks no others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub languages: Option<Vec<Language>>,
    /// For whom a draft is; absent: adults. Swedish alone speaks to others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variants: Option<Vec<Variant>>,
}

impl NoticeRequest {
    /// The notice that the live register makes, about everything.
    pub fn draft(site: SiteId) -> Self {
        Self {
            site,
            manifest: None,
            texts: Vec::new(),
            about: None,
            languages: None,
            variants: None,
        }
    }

    /// What was handed in, or what the register drafts.
    pub(super) fn into_draft(self, register: &Register) -> Result<Draft, Problem> {
        if let Some(manifest) = self.manifest {
            if self.about.is_some() || self.languages.is_some() || self.variants.is_some() {
                return Err(Problem::new(ProblemKind::FieldInvalid).field(
                    "/manifest",
                    "comes with its texts alone; about, languages and variants are for a draft",
                ));
            }
            return Ok(Draft {
                manifest,
                texts: self.texts,
            });
        }
        let default = DraftOptions::default();
        let options = DraftOptions {
            about: self.about.unwrap_or_default(),
            languages: self.languages.unwrap_or(default.languages),
            variants: self.variants.unwrap_or(default.variants),
        };
        check_length("/languages", options.languages.len(), LANGUAGES_MAX)?;
        check_length("/variants", options.variants.len(), 3)?;
        let draft = draft_with(register, &self.site, &options);
        check_spoken(&options, &draft.texts)?;
        Ok(draft)
    }
}

fn check_length(field: &'static str, length: usize, max: usize) -> Result<(), Problem> {
    if (1..=max).contains(&length) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::FieldInvalid).field(field, format!("must hold 1 to {max}")))
}

/// A wish that no text meets is refused, instead of being found out by its readers.
fn check_spoken(options: &DraftOptions, texts: &[NoticeText]) -> Result<(), Problem> {
    for (i, language) in options.languages.iter().enumerate() {
        if !texts.iter().any(|text| text.language == *language) {
            return Err(Problem::new(ProblemKind::FieldInvalid).field(
                format!("/languages/{i}"),
                "must be a language that can be drafted for one of the variants; about everything, sv and en can",
            ));
        }
    }
    for (i, variant) in options.variants.iter().enumerate() {
        if !texts.iter().any(|text| text.variant == *variant) {
            return Err(Problem::new(ProblemKind::FieldInvalid).field(
                format!("/variants/{i}"),
                "must be a variant that one of the languages has; teen and child exist in sv",
            ));
        }
    }
    Ok(())
}
