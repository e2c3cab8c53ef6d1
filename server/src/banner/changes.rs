//! The changes in the purposes that a banner asks about, since a notice that users may have answered. They come from
//! the two published texts, in the language of the page.

use std::collections::HashSet;

use samtycke_core::cookie::notice8;
use samtycke_core::id::{NoticeHash, PurposeId, SiteId};
use samtycke_core::notice::{
    ChangeClass, Manifest, NoticeText, Publication, PublicationKind, PurposeWords,
};
use samtycke_core::words::LanguageWords;
use serde::Serialize;
use utoipa::ToSchema;

/// Most earlier notices that are compared. Users who answered an older notice are asked about every purpose.
const NOTICES_MAX: usize = 20;
/// Longest line, in characters, so that the banner stays short.
const LINE_CHARS_MAX: usize = 300;

/// Changes since one earlier notice, for the purposes that the banner asks about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct NoticeChanges {
    /// First eight hex digits of the earlier notice's hash.
    pub since: String,
    /// New or changed purposes, in the notice's order.
    pub purposes: Vec<PurposeChange>,
}

/// The change of one purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PurposeChange {
    /// Id of the purpose.
    pub id: PurposeId,
    /// Whether the purpose is new or changed.
    pub kind: ChangeKind,
    /// Added recipients, data, periods and the like; each line has a label.
    pub added: Vec<String>,
    /// Removed recipients, data, periods and the like; each line has a label.
    pub removed: Vec<String>,
}

/// Whether the earlier notice asked about the purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// The earlier notice did not ask about the purpose.
    New,
    /// The earlier notice asked about it in other words or on other terms.
    Changed,
}

/// The notices that the site showed before `current`, without those in `quiet`, newest first.
pub(super) fn earlier<'a>(
    publications: &'a [Publication],
    site: &SiteId,
    current: &NoticeHash,
    quiet: &[String],
) -> Vec<&'a NoticeHash> {
    let mut seen = HashSet::from([current]);
    let here =
        |p: &&Publication| p.kind == PublicationKind::Notice && p.site.as_ref() == Some(site);
    let all = publications.iter().rev().filter(here).map(|p| &p.hash);
    let loud = |hash: &&NoticeHash| !quiet.iter().any(|q| q == notice8(hash));
    all.filter(|hash| seen.insert(hash))
        .filter(loud)
        .take(NOTICES_MAX)
        .collect()
}

/// The purposes with a change that requires a new consent, published after this notice was first shown. The texts do
/// not show every such change, for example a new use for marketing.
pub(super) fn material<'a>(
    publications: &'a [Publication],
    site: &SiteId,
    since: &NoticeHash,
) -> HashSet<&'a PurposeId> {
    let of_site =
        |p: &&Publication| p.kind != PublicationKind::Notice || p.site.as_ref() == Some(site);
    let first = publications.iter().position(|p| p.hash == *since);
    let after = publications.iter().skip(first.map_or(0, |at| at + 1));
    after
        .filter(of_site)
        .flat_map(|p| &p.classes)
        .filter(|(_, class)| **class == ChangeClass::MaterialConsent)
        .map(|(id, _)| id)
        .collect()
}

/// Differences between two texts of one language, for the purposes that the banner asks about. Without the earlier
/// text, the result only says which purposes changed.
pub(super) fn between(
    since: &Manifest,
    before: Option<&NoticeText>,
    now: &NoticeText,
    asked: &[&PurposeId],
    material: &HashSet<&PurposeId>,
    words: &LanguageWords,
) -> Vec<PurposeChange> {
    let change = |now: &PurposeWords| {
        let mut change = PurposeChange {
            id: now.id.clone(),
            kind: ChangeKind::New,
            added: Vec::new(),
            removed: Vec::new(),
        };
        if !since.purposes.iter().any(|p| p.id == now.id) {
            return Some(change);
        }
        change.kind = ChangeKind::Changed;
        let was = before.and_then(|text| text.purposes.iter().find(|p| p.id == now.id));
        if let Some(was) = was {
            change.added = lines(now, was, words);
            change.removed = lines(was, now, words);
        }
        let is_same = change.added.is_empty() && change.removed.is_empty();
        (!is_same || material.contains(&now.id)).then_some(change)
    };
    let asked = |p: &&PurposeWords| asked.contains(&&p.id);
    now.purposes
        .iter()
        .filter(asked)
        .filter_map(change)
        .collect()
}

/// Differences: one line for each kind of item in `these` and not in `others`. Titles are names and are not compared.
fn lines(these: &PurposeWords, others: &PurposeWords, words: &LanguageWords) -> Vec<String> {
    let (ui, draft) = (&words.ui, &words.draft);
    let cookies = |of: &PurposeWords| {
        let cookie = |c: &samtycke_core::notice::CookieText| {
            format!("{} ({}, {})", c.name, c.lifetime, c.party)
        };
        of.cookies.iter().map(cookie).collect::<Vec<_>>()
    };
    let whole = |text: &String| vec![text.clone()];
    let nothing = [&draft.nobody, &draft.not_stated];
    let line = |label: &str, these: Vec<String>, others: Vec<String>| {
        let only = these
            .into_iter()
            .filter(|item| !others.contains(item) && !nothing.contains(&item));
        let only: Vec<String> = only.collect();
        let text = match label {
            "" => only.join(" "),
            label => format!("{label}: {}", only.join(", ")),
        };
        (!only.is_empty()).then(|| clipped(&text))
    };
    [
        line("", whole(&these.description), whole(&others.description)),
        line(
            &ui.recipients,
            items(&these.recipients),
            items(&others.recipients),
        ),
        line(&ui.data, items(&these.data), items(&others.data)),
        line(
            &ui.retention,
            whole(&these.retention),
            whole(&others.retention),
        ),
        line(&ui.cookies, cookies(these), cookies(others)),
        line(&ui.basis, whole(&these.basis), whole(&others.basis)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// The items of a list in running text; text in brackets belongs to its item.
fn items(list: &str) -> Vec<String> {
    let (mut items, mut depth) = (vec![String::new()], 0_u32);
    for c in list.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 && matches!(c, ',' | ';' | '،' | '、') {
            items.push(String::new());
        } else if let Some(last) = items.last_mut() {
            last.push(c);
        }
    }
    let items = items.iter().map(|item| item.trim().to_owned());
    items.filter(|item| !item.is_empty()).collect()
}

fn clipped(text: &str) -> String {
    if text.chars().count() <= LINE_CHARS_MAX {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LINE_CHARS_MAX).collect();
    format!("{} …", kept.trim_end())
}

#[cfg(test)]
mod tests {
    use samtycke_core::notice::{About, DraftOptions, Variant, draft_with};
    use samtycke_core::register::Register;
    use samtycke_core::words;

    use super::*;

    const EXAMPLE: &str = include_str!("../../../registers/loomer.toml");

    /// Manifest and text of the notice that a register drafts.
    fn notice(register: &str, language: &str) -> (Manifest, NoticeText) {
        let register = Register::parse(register).expect("a register");
        let options = DraftOptions {
            about: About::Everything,
            languages: vec![language.parse().expect("a language")],
            variants: vec![Variant::Adult],
        };
        let draft = draft_with(&register, &"www".parse().expect("a site"), &options);
        (
            draft.manifest,
            draft.texts.into_iter().next().expect("a text"),
        )
    }

    fn told(old: &str, new: &str, language: &str) -> Vec<PurposeChange> {
        let ((since, before), (_, now)) = (notice(old, language), notice(new, language));
        let asked: Vec<_> = now.purposes.iter().map(|p| &p.id).collect();
        let words = words::language(language).expect("a language");
        between(&since, Some(&before), &now, &asked, &HashSet::new(), words)
    }

    #[test]
    fn brackets_hold_an_item_together() {
        assert_eq!(
            items("Ett AB (US, utanför EU/EES), Två; tre ,"),
            ["Ett AB (US, utanför EU/EES)", "Två", "tre"]
        );
        assert_eq!(items(""), Vec::<String>::new());
    }

    #[test]
    fn a_material_change_is_told_without_a_changed_text() {
        assert_eq!(told(EXAMPLE, EXAMPLE, "sv"), []);
        let (since, text) = notice(EXAMPLE, "en");
        let (id, words) = (
            &text.purposes[1].id,
            words::language("en").expect("English"),
        );
        let asked: Vec<_> = text.purposes.iter().map(|p| &p.id).collect();
        let material = HashSet::from([id]);
        for before in [Some(&text), None] {
            let told = between(&since, before, &text, &asked, &material, words);
            let [only] = &told[..] else {
                panic!("{told:?}")
            };
            assert_eq!((&only.id, only.kind), (id, ChangeKind::Changed));
            assert!(only.added.is_empty() && only.removed.is_empty());
        }
        assert_eq!(
            between(&since, None, &text, &[], &material, words),
            [],
            "nothing is asked"
        );
    }
}
