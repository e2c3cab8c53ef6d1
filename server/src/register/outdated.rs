//! Purposes that a register changes while a live notice still asks the old question. An answer to it would be stale as
//! soon as it is given.

use std::collections::{BTreeMap, BTreeSet};

use samtycke_core::id::{NoticeHash, PurposeId, SiteId};
use samtycke_core::notice::{ChangeClass, Publication, PublicationKind};
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::register::Register;

use super::{Publishing, check_agrees};
use crate::tenant::{LiveNotice, Tenant};

/// Most notices that one request publishes with a register; each is a leaf of its own.
const NOTICES_MAX: usize = 64;

/// A version of the register that is about to be published.
pub(super) struct Coming<'a> {
    pub(super) version: u64,
    pub(super) register: &'a Register,
    /// What it changes.
    pub(super) classes: &'a BTreeMap<PurposeId, ChangeClass>,
}

/// Checks the notices that come with a register, and that every site whose live notice asks about an outgrown purpose
/// gets a new one, unless the purposes may be asked by no notice until then.
pub(super) fn check(
    tenant: &Tenant,
    coming: &Coming<'_>,
    outgrown: &BTreeSet<PurposeId>,
    wanted: &Publishing,
) -> Result<(), Problem> {
    let renewed = check_notices(tenant, coming, &wanted.notices)?;
    if wanted.unasked {
        return Ok(());
    }
    let mut problem = None;
    for (site, purposes) in asked_of(tenant, outgrown) {
        if renewed.contains(site) {
            continue;
        }
        let ids: Vec<&str> = purposes.iter().map(|id| id.as_str()).collect();
        let message = format!(
            "must bring a notice for the site {site}, whose live notice asks about {}; or set unasked",
            ids.join(", ")
        );
        let so_far = problem.unwrap_or_else(|| Problem::new(ProblemKind::NoticeOutdated));
        problem = Some(so_far.field("/notices", message));
    }
    problem.map_or(Ok(()), Err)
}

/// Checks that a notice tells of what its purposes are today. Its words were made for the register that it was stored
/// for; what a later one changed is in none of them, so an answer to it would be stale when it is given.
pub(super) fn check_notice(tenant: &Tenant, notice: &LiveNotice) -> Result<(), Problem> {
    let Some(live) = &tenant.register else {
        return Err(Problem::new(ProblemKind::NoticeInvalid)
            .detail("publish a register first: a notice asks about its purposes"));
    };
    check_agrees(&live.register, &notice.manifest)?;
    let outgrown = outgrown_since(tenant, notice, None);
    if outgrown.is_empty() {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::NoticeOutdated).field("/hash", must_be_stored_again(&outgrown)))
}

fn must_be_stored_again(outgrown: &[&str]) -> String {
    format!(
        "must be stored again for the register: {} changed since it was stored",
        outgrown.join(", ")
    )
}

/// The purposes of a notice that a register outgrew after the one that the notice was stored for: one that was published,
/// or one that is about to be.
fn outgrown_since<'n>(
    tenant: &Tenant,
    notice: &'n LiveNotice,
    coming: Option<&Coming<'_>>,
) -> Vec<&'n str> {
    if coming.is_some_and(|coming| coming.version == notice.register) {
        return Vec::new();
    }
    let of_register = |p: &&Publication| p.kind == PublicationKind::Register;
    let registers: Vec<_> = tenant.publications.iter().filter(of_register).collect();
    let made_for = registers
        .iter()
        .rposition(|p| u64::from(p.version) == notice.register);
    let later = &registers[made_for.map_or(0, |at| at + 1)..];
    let coming = coming.map(|coming| coming.classes);
    let is_outgrown = |id: &&PurposeId| {
        let classes = later.iter().map(|p| &p.classes).chain(coming);
        classes
            .filter_map(|classes| classes.get(*id))
            .any(|class| *class == ChangeClass::MaterialConsent)
    };
    let named = notice.manifest.named();
    named.filter(is_outgrown).map(PurposeId::as_str).collect()
}

/// The sites of the notices, each of which must fit the register.
fn check_notices<'t>(
    tenant: &'t Tenant,
    coming: &Coming<'_>,
    notices: &[NoticeHash],
) -> Result<BTreeSet<&'t SiteId>, Problem> {
    let refused = |i: usize, message: String| {
        Problem::new(ProblemKind::NoticeInvalid).field(format!("/notices/{i}"), message)
    };
    if notices.len() > NOTICES_MAX {
        return Err(Problem::new(ProblemKind::FieldInvalid)
            .field("/notices", format!("must hold at most {NOTICES_MAX}")));
    }
    let mut sites = BTreeSet::new();
    for (i, hash) in notices.iter().enumerate() {
        let Some(notice) = tenant.notices.get(hash) else {
            return Err(refused(i, "must be a notice that was stored".into()));
        };
        if let Err(problem) = check_agrees(coming.register, &notice.manifest) {
            let why = problem.violations.first();
            let why = why.map_or_else(String::new, |v| format!(": {} {}", v.field, v.message));
            return Err(refused(i, format!("must agree with the register{why}")));
        }
        let outgrown = outgrown_since(tenant, notice, Some(coming));
        if !outgrown.is_empty() {
            let at = format!("/notices/{i}");
            return Err(Problem::new(ProblemKind::NoticeOutdated)
                .field(at, must_be_stored_again(&outgrown)));
        }
        if !sites.insert(&notice.site) {
            return Err(refused(i, "must be the only notice of its site".into()));
        }
    }
    Ok(sites)
}

/// The outgrown purposes that each site's live notice asks about.
fn asked_of<'t>(
    tenant: &'t Tenant,
    outgrown: &'t BTreeSet<PurposeId>,
) -> BTreeMap<&'t SiteId, Vec<&'t PurposeId>> {
    let mut asked = BTreeMap::new();
    for site in tenant.sites.keys() {
        let live = tenant.current_notice(site);
        let Some(notice) = live.and_then(|hash| tenant.notices.get(hash)) else {
            continue;
        };
        let asks = |id: &&PurposeId| notice.manifest.asked(id).is_some();
        let purposes: Vec<&PurposeId> = outgrown.iter().filter(asks).collect();
        if !purposes.is_empty() {
            asked.insert(site, purposes);
        }
    }
    asked
}
