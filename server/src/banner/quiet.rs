//! Which earlier notices of a site somebody may have answered without being asked again now.

use std::collections::HashSet;

use samtycke_core::cookie::notice8;
use samtycke_core::id::{NoticeHash, PurposeId, SiteId};
use samtycke_core::notice::{ChangeClass, Manifest, Publication, PublicationKind};

/// The most that are named; a site with more has changed so often that asking again is no surprise.
const QUIET_MAX: usize = 20;

/// First eight hex digits of the notices that the site showed before `current`, newest first, after which nothing changed
/// that needs consent again, and which asked about all that is asked now.
pub(super) fn quiet<'a>(
    publications: &'a [Publication],
    site: &SiteId,
    current: &NoticeHash,
    asked: &[&PurposeId],
    manifest: impl Fn(&NoticeHash) -> Option<&'a Manifest>,
) -> Vec<String> {
    let here =
        |p: &&Publication| p.kind == PublicationKind::Notice && p.site.as_ref() == Some(site);
    let breaks = |p: &Publication| {
        let concerns = p.kind == PublicationKind::Register || here(&p);
        let class = |id: &&PurposeId| p.classes.get(*id) == Some(&ChangeClass::MaterialConsent);
        concerns && asked.iter().any(class)
    };
    // Whoever answered a notice that was published at this index, or later, has seen all that mattered.
    let since = publications.iter().rposition(breaks).unwrap_or(0);
    // When a notice was answered is not known here, so it counts from when it was first shown.
    let too_old: HashSet<_> = publications[..since]
        .iter()
        .filter(here)
        .map(|p| &p.hash)
        .collect();
    let asks_all = |hash: &NoticeHash| {
        manifest(hash).is_some_and(|manifest| {
            let mut ids = asked.iter();
            ids.all(|id| manifest.purposes.iter().any(|p| p.id == **id))
        })
    };
    let mut seen = HashSet::from([current]);
    let earlier = publications[since..].iter().rev().filter(here);
    earlier
        .map(|p| &p.hash)
        .filter(|hash| seen.insert(hash) && !too_old.contains(hash) && asks_all(hash))
        .take(QUIET_MAX)
        .map(|hash| notice8(hash).to_owned())
        .collect()
}
