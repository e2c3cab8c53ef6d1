//! The earlier notices of a site whose answers remain valid, so that the banner need not ask again.

use std::collections::HashSet;

use samtycke_core::cookie::notice8;
use samtycke_core::id::{NoticeHash, PurposeId, ScopeValue, SiteId};
use samtycke_core::notice::{ChangeClass, Manifest, Publication, PublicationKind};

/// Most notices in the list. Users of a site with more notices are asked again.
const QUIET_MAX: usize = 20;

/// First eight hex digits of the notices that the site showed before `current`, newest first, if no later change
/// requires a new consent and they asked about all current purposes.
pub(super) fn quiet<'a>(
    publications: &'a [Publication],
    site: &SiteId,
    current: &NoticeHash,
    asked: &[(&PurposeId, &[&ScopeValue])],
    manifest: impl Fn(&NoticeHash) -> Option<&'a Manifest>,
) -> Vec<String> {
    let here =
        |p: &&Publication| p.kind == PublicationKind::Notice && p.site.as_ref() == Some(site);
    let breaks = |p: &Publication| {
        let concerns = p.kind != PublicationKind::Notice || here(&p);
        let class = |(id, _): &(&PurposeId, &[&ScopeValue])| {
            p.classes.get(*id) == Some(&ChangeClass::MaterialConsent)
        };
        concerns && asked.iter().any(class)
    };
    // Users who answered a notice published at this index or later have seen every relevant change.
    let since = publications.iter().rposition(breaks).unwrap_or(0);
    // The time of an answer is unknown here, so a notice counts from when it was first shown.
    let too_old: HashSet<_> = publications[..since]
        .iter()
        .filter(here)
        .map(|p| &p.hash)
        .collect();
    let asks_all = |hash: &NoticeHash| {
        manifest(hash).is_some_and(|manifest| {
            asked.iter().all(|(id, vendors)| {
                let was = manifest.purposes.iter().find(|p| p.id == **id);
                was.is_some_and(|was| vendors.iter().all(|v| was.vendors.contains(v)))
            })
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

#[cfg(test)]
mod tests {
    use samtycke_core::id::TenantId;
    use samtycke_core::notice::{Layout, ManifestPurpose};
    use samtycke_core::purpose::{CheckMode, ScopeType};

    use super::*;

    /// Notice 4 names one of the two.
    fn services(n: u8) -> Vec<ScopeValue> {
        let ids = ["rullen", "spolen"].iter().take(if n == 4 { 1 } else { 2 });
        ids.map(|id| id.parse().unwrap()).collect()
    }

    fn manifest(n: u8, purposes: &[&str]) -> Manifest {
        let asked = |id: &&str| ManifestPurpose {
            id: id.parse().unwrap(),
            check_mode: CheckMode::Consent,
            scope_type: ScopeType::None,
            vendors: if *id == "t.b" {
                services(n)
            } else {
                Vec::new()
            },
        };
        Manifest {
            v: u32::from(n),
            tenant: "t".parse::<TenantId>().unwrap(),
            site: "www".parse().unwrap(),
            purposes: purposes.iter().map(asked).collect(),
            told: Vec::new(),
            layout: Layout {
                buttons: Vec::new(),
                own_statement: Vec::new(),
            },
            texts: std::collections::BTreeMap::new(),
        }
    }

    fn hash(n: u8) -> NoticeHash {
        NoticeHash::of(&[n])
    }

    /// A publication of notice `n` on a site, or of a register where there is none.
    fn publication(n: u8, site: Option<&str>, material: &[&str]) -> Publication {
        Publication {
            kind: site.map_or(PublicationKind::Register, |_| PublicationKind::Notice),
            site: site.map(|site| site.parse().unwrap()),
            hash: hash(n),
            version: 1,
            effective_from: None,
            classes: material
                .iter()
                .map(|id| (id.parse().unwrap(), ChangeClass::MaterialConsent))
                .collect(),
            previous: None,
            at: 0,
            by: None,
        }
    }

    /// Notices 1 to 4 ask about a and b (4 names only one service); notice 5 asks about a only; notice 9 is the current
    /// one.
    fn quiet_of(publications: &[Publication]) -> Vec<String> {
        let (a, b) = ("t.a".parse().unwrap(), "t.b".parse().unwrap());
        let services = services(9);
        let services: Vec<_> = services.iter().collect();
        let of = |n: u8| manifest(n, if n == 5 { &["t.a"] } else { &["t.a", "t.b"] });
        let known: Vec<_> = (1..=40).map(|n| (hash(n), of(n))).collect();
        let find = |wanted: &NoticeHash| known.iter().find(|(h, _)| h == wanted).map(|(_, m)| m);
        quiet(
            publications,
            &"www".parse().unwrap(),
            &hash(9),
            &[(&a, &[]), (&b, &services)],
            find,
        )
    }

    fn shorts(numbers: &[u8]) -> Vec<String> {
        numbers
            .iter()
            .map(|n| notice8(&hash(*n)).to_owned())
            .collect()
    }

    /// Protects users from needless questions, and consents from being extended: only changes of the purposes that are
    /// asked here count.
    #[test]
    fn what_matters_is_what_is_asked_here() {
        let www = Some("www");
        let shown = |n| publication(n, www, &[]);
        assert_eq!(quiet_of(&[shown(1), shown(2), shown(9)]), shorts(&[2, 1]));
        let of_another_site = publication(3, Some("app"), &["t.a"]);
        let of_another_purpose = publication(2, www, &["t.c"]);
        let all = [shown(1), of_another_site, of_another_purpose, shown(9)];
        assert_eq!(quiet_of(&all), shorts(&[2, 1]));
        assert_eq!(
            quiet_of(&[shown(1), shown(4), shown(9)]),
            shorts(&[1]),
            "4 did not name each service"
        );
        let by_register = publication(7, None, &["t.b"]);
        assert_eq!(
            quiet_of(&[shown(1), by_register, shown(2), shown(9)]),
            shorts(&[2])
        );
        assert_eq!(
            quiet_of(&[shown(1), shown(5), shown(9)]),
            shorts(&[1]),
            "5 did not ask about b"
        );
        let change = publication(2, www, &["t.a"]);
        let again = [shown(1), change, shown(1), shown(9)];
        assert_eq!(
            quiet_of(&again),
            shorts(&[2]),
            "1 may have been answered before the change"
        );
        assert_eq!(
            quiet_of(&[shown(1), publication(9, www, &["t.a"])]),
            shorts(&[])
        );
        assert_eq!(quiet_of(&[]), shorts(&[]));
    }

    #[test]
    fn the_list_has_an_end() {
        let many: Vec<_> = (10..=40)
            .map(|n| publication(n, Some("www"), &[]))
            .collect();
        let named = quiet_of(&many);
        assert_eq!((named.len(), &named[0]), (QUIET_MAX, &shorts(&[40])[0]));
    }
}
