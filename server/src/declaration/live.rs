//! A site's current declaration: uses of the terminal from the live register, texts from the current notice.

use std::sync::Arc;

use samtycke_core::id::{PurposeId, SiteId};
use samtycke_core::notice::{About, DraftOptions, NoticeText, PurposeWords, Variant, draft_with};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::{CheckMode, ConsentKind, Purpose};
use samtycke_core::register::Register;
use samtycke_core::words::{self, best};

use super::{Declaration, Entry, Use};
use crate::origin;
use crate::store::Store;
use crate::tenant::{Site, Tenant, Tenants};

/// Dependencies of the declaration page.
#[derive(Debug)]
pub struct Declarations {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
}

/// The declaration of a site, in the notice's language that best matches a list like `sv-SE,en;q=0.8`.
pub async fn declaration(
    declarations: &Declarations,
    tenant: &Tenant,
    site: &SiteId,
    wanted: &str,
) -> Result<Declaration, Problem> {
    let found = tenant.register.as_ref().zip(tenant.sites.get(site));
    let (live, shown_at) = found.ok_or(ProblemKind::NotFound)?;
    let hash = tenant.current_notice(site).ok_or(ProblemKind::NotFound)?;
    let notice = tenant.notices.get(hash).ok_or(ProblemKind::NotFound)?;
    let rows = declarations.store.notice_texts(&tenant.id, hash).await?;
    let mut texts = Vec::new();
    for row in rows {
        let text: NoticeText =
            serde_json::from_str(&row.body).map_err(|_| ProblemKind::Internal)?;
        if text.variant == Variant::Adult {
            texts.push(text);
        }
    }
    let languages: Vec<String> = texts.iter().map(|t| t.language.to_string()).collect();
    let available: Vec<&str> = languages.iter().map(String::as_str).collect();
    let own = live.register.language.as_str();
    let language = best(wanted, &available).unwrap_or(own);
    let found = texts
        .iter()
        .position(|text| text.language.as_str() == language);
    let at = found.unwrap_or(0);
    if texts.is_empty() {
        return Err(ProblemKind::NotFound.into());
    }
    let text = texts.swap_remove(at);
    let entries = entries(&live.register, site, &text);
    let others = others(&live.register, &text, &entries);
    let published = tenant.publications.iter().rev().find(|p| p.hash == *hash);
    Ok(Declaration {
        site: site.to_string(),
        site_id: tenant.public_id(site),
        home: home(shown_at),
        entries,
        others,
        text,
        languages,
        version: notice.version,
        since: published.map_or(0, |p| p.at),
    })
}

/// The site address that the page links back to: the last origin that is a website's and not a pattern.
fn home(site: &Site) -> Option<String> {
    let mut origins = site.origins.iter().rev();
    let leads = |o: &&String| origin::is_web(o) && !origin::is_pattern(o);
    origins.find(leads).cloned()
}

/// Every live purpose that uses the terminal, in the register's order.
fn entries(register: &Register, site: &SiteId, text: &NoticeText) -> Vec<Entry> {
    let options = DraftOptions {
        about: About::Terminal,
        languages: vec![text.language.clone()],
        variants: vec![text.variant],
    };
    let drafted = draft_with(register, site, &options).texts;
    let drafted = drafted.into_iter().next();
    let words = |text: &NoticeText, id: &PurposeId| -> Option<PurposeWords> {
        let mut all = text.purposes.iter().chain(&text.others);
        all.find(|words| words.id == *id).cloned()
    };
    let live = register
        .purposes
        .iter()
        .filter(|p| !p.retired && p.incomplete.is_empty());
    live.filter_map(|purpose| {
        let declared: Vec<_> = register.cookies_of(&purpose.id).collect();
        if declared.is_empty() && !uses_terminal(purpose) {
            return None;
        }
        // The register may have changed since the notice was published. Its cookies are current, but the notice's texts
        // are what people have seen.
        let fresh = drafted.as_ref().and_then(|text| words(text, &purpose.id));
        let mut shown = words(text, &purpose.id).or_else(|| fresh.clone())?;
        tell_of_objection(purpose, text.language.as_str(), &mut shown);
        let cookies = fresh.map_or_else(|| shown.cookies.clone(), |fresh| fresh.cookies);
        let uses = declared.iter().filter_map(|cookie| {
            let described = cookies.iter().find(|c| c.name == cookie.name)?;
            Some(Use {
                name: cookie.name.clone(),
                lifetime: described.lifetime.clone(),
                party: described.party.clone(),
                terminal: cookie.terminal,
            })
        });
        Some(Entry {
            category: register.category(&purpose.id),
            uses: uses.collect(),
            words: shown,
            takes_objection: purpose.check_mode.takes_objection(),
        })
    })
    .collect()
}

/// Purposes in the notice that need no question and use no terminal, if the register still contains them.
fn others(register: &Register, text: &NoticeText, entries: &[Entry]) -> Vec<Entry> {
    let is_told = |id: &PurposeId| entries.iter().any(|entry| entry.words.id == *id);
    let told = text.others.iter().filter(|words| !is_told(&words.id));
    told.filter_map(|words| {
        let purpose = register.purpose(&words.id).filter(|p| !p.retired)?;
        Some(Entry {
            category: register.category(&purpose.id),
            words: words.clone(),
            uses: Vec::new(),
            takes_objection: purpose.check_mode.takes_objection(),
        })
    })
    .collect()
}

/// Adds the further legal basis of a purpose. A banner asks only for consent, because it offers no way to object.
fn tell_of_objection(purpose: &Purpose, language: &str, shown: &mut PurposeWords) {
    let Some(basis) = words::language(language).map(|words| &words.draft.basis) else {
        return;
    };
    // A basis that differs from the drafted text was written by an editor, so it stays.
    let is_drafted = shown.basis == basis.consent;
    if is_drafted && purpose.check_mode == CheckMode::TerminalConsentAndObjection {
        shown
            .basis
            .clone_from(&basis.terminal_consent_and_objection);
    }
}

fn uses_terminal(purpose: &Purpose) -> bool {
    purpose.terminal_access || purpose.consent_kind == ConsentKind::Cookie
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn basis_after_consent_is_declared_unless_the_editor_wrote_it() {
        let register = Register::parse(include_str!("../../../registers/ommej.toml")).unwrap();
        let site = SiteId::parse("example.se").unwrap();
        for language in ["sv", "de", "ar"] {
            let options = DraftOptions {
                about: About::Terminal,
                languages: vec![language.parse().unwrap()],
                variants: vec![Variant::Adult],
            };
            let mut text = draft_with(&register, &site, &options).texts.remove(0);
            let basis = &words::language(language).unwrap().draft.basis;
            assert_eq!(text.purposes[0].basis, basis.consent);
            let told = &entries(&register, &site, &text)[0].words.basis;
            assert_eq!(*told, basis.terminal_consent_and_objection);

            text.purposes[0].basis = "own words".into();
            let told = &entries(&register, &site, &text)[0].words.basis;
            assert_eq!(told, "own words");
        }
    }
}
