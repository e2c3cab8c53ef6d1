//! What the page shows of a site now: uses of the terminal from the live register, words from the notice in force.

use samtycke_core::id::{PurposeId, SiteId};
use samtycke_core::notice::{NoticeText, PurposeWords, Variant, draft_from_register};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::purpose::{ConsentKind, Purpose};
use samtycke_core::register::Register;

use super::{Declaration, Entry, Use};
use crate::app::App;
use crate::tenant::Tenant;

/// The declaration of a site, in the first of these languages that its notice has.
pub async fn declaration(
    app: &App,
    tenant: &Tenant,
    site: &SiteId,
    wanted: &[&str],
) -> Result<Declaration, Problem> {
    let found = tenant.register.as_ref().zip(tenant.sites.get(site));
    let (live, shown_at) = found.ok_or(ProblemKind::NotFound)?;
    let hash = tenant.current_notice(site).ok_or(ProblemKind::NotFound)?;
    let notice = tenant.notices.get(hash).ok_or(ProblemKind::NotFound)?;
    let rows = app
        .store
        .notice_texts(&tenant.id, hash)
        .await
        .map_err(|e| app.failed(&e))?;
    let mut texts = Vec::new();
    for row in rows {
        let text: NoticeText =
            serde_json::from_str(&row.body).map_err(|_| ProblemKind::Internal)?;
        if text.variant == Variant::Adult {
            texts.push(text);
        }
    }
    let languages: Vec<String> = texts.iter().map(|t| t.language.to_string()).collect();
    let language = choose(&languages, wanted, live.register.language.as_str());
    let text = texts
        .into_iter()
        .find(|text| Some(text.language.as_str()) == language.as_deref())
        .ok_or(ProblemKind::NotFound)?;
    let published = tenant.publications.iter().rev().find(|p| p.hash == *hash);
    Ok(Declaration {
        site: site.to_string(),
        home: shown_at.origins.last().cloned(),
        entries: entries(&live.register, site, &text),
        text,
        languages,
        version: notice.version,
        since: published.map_or(0, |p| p.at),
    })
}

/// The first wanted language that is there, each shortened from its end until it is (RFC 4647, 3.4); else the
/// register's, else the first.
fn choose(languages: &[String], wanted: &[&str], own: &str) -> Option<String> {
    let has = |tag: &str| {
        languages
            .iter()
            .find(|l| l.eq_ignore_ascii_case(tag))
            .cloned()
    };
    let looked_up = wanted.iter().find_map(|range| {
        let mut range = range.trim();
        loop {
            if let Some(found) = has(range) {
                return Some(found);
            }
            range = range.rsplit_once('-')?.0;
        }
    });
    looked_up
        .or_else(|| has(own))
        .or_else(|| languages.first().cloned())
}

/// Every live purpose that uses the terminal, in the register's order.
fn entries(register: &Register, site: &SiteId, text: &NoticeText) -> Vec<Entry> {
    let drafted = draft_from_register(register, site).texts;
    let drafted = drafted.into_iter().find(|d| d.language == text.language);
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
        // The register may have changed since the notice was published: its cookies are the true ones, the notice's
        // words the ones that people have seen.
        let fresh = drafted.as_ref().and_then(|text| words(text, &purpose.id));
        let shown = words(text, &purpose.id).or_else(|| fresh.clone())?;
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
        })
    })
    .collect()
}

fn uses_terminal(purpose: &Purpose) -> bool {
    purpose.terminal_access || purpose.consent_kind == ConsentKind::Cookie
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_is_looked_up() {
        let has = ["en".to_owned(), "pt".to_owned(), "sv".to_owned()];
        let chosen = |wanted: &[&str]| choose(&has, wanted, "sv").unwrap_or_default();
        assert_eq!(chosen(&["sv-SE", "en"]), "sv");
        assert_eq!(chosen(&["zh-Hant-TW", "pt-BR"]), "pt");
        assert_eq!(chosen(&["EN-gb"]), "en");
        assert_eq!(chosen(&["zh", ""]), "sv", "the register's own");
        assert_eq!(choose(&has, &[], "fi").as_deref(), Some("en"), "the first");
        assert_eq!(choose(&[], &["sv"], "sv"), None);
    }
}
