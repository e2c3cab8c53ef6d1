//! A submitted notice: with its texts, or as options for a draft.

use samtycke_core::id::{Language, SiteId};
use samtycke_core::notice::{
    About, Draft, DraftOptions, Manifest, NoticeText, Variant, draft_with,
};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::register::Register;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Most languages of one draft: twice the number of supported languages.
const LANGUAGES_MAX: usize = 64;

/// A submitted notice, or the options of a draft.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoticeRequest {
    /// Site that shows the notice.
    pub site: SiteId,
    /// Version of the register that the notice is for, to be published together with it; absent: the live one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub register_version: Option<u64>,
    /// Manifest of the notice; absent: the server drafts the notice from the register.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub manifest: Option<Manifest>,
    /// The texts that the manifest names.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<NoticeText>,
    /// Scope of a draft; absent: everything.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<About>,
    /// Languages of a draft; absent: Swedish and English. A draft about everything supports no others.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub languages: Option<Vec<Language>>,
    /// Audiences of a draft; absent: adults. Only Swedish has texts for other audiences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variants: Option<Vec<Variant>>,
}

impl NoticeRequest {
    /// A request for a draft about everything, made from the live register.
    pub fn draft(site: SiteId) -> Self {
        Self {
            site,
            register_version: None,
            manifest: None,
            texts: Vec::new(),
            about: None,
            languages: None,
            variants: None,
        }
    }

    /// The submitted notice, or a draft made from the register.
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

/// Checks that the draft has a text for each requested language and variant. Otherwise a missing text would show only
/// after publication.
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
