//! Looks through a log for damage: its tree (`samtycke_log::fsck`), then what its leaves commit to, then each subject's
//! stream and what was computed from it. Only what is computed is ever written anew.
//!
//! Memory is bounded by one page: 256 leaves with their events, of at most 32 KiB each (`events`), or 200 events of one
//! subject (`subjects`), besides the tenant's own snapshot.

mod events;
mod subjects;
mod worker;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

pub use samtycke_log::anchor::{UnknownLog, unknown_logs};
pub use samtycke_log::fsck::{Damage, FINDINGS_MAX, Finding, Report};
use samtycke_log::fsck::{Walk, tree};

use self::events::Leaves;
use self::subjects::Streams;
pub use self::worker::Scrubber;
use crate::store::{Store, Stored};
use crate::tenant::{Tenant, Tenants};

/// What to look at, and how.
pub struct Inspection<'a> {
    /// The database.
    pub store: &'a Store,
    /// The tenants, for the newest snapshot of the one whose log it is.
    pub tenants: &'a Tenants,
    /// Folder of the log anchors; `None` where only the database is looked at.
    pub anchor_dir: Option<&'a Path>,
    /// Whether what is computed is written anew where it is wrong.
    pub repair: bool,
    /// A pause after each page; `None` for none.
    pub pause: Option<Duration>,
    /// Hears of each page: what is read, how much is done, and how much there is.
    pub progress: &'a (dyn Fn(&str, u64, u64) + Send + Sync),
}

impl std::fmt::Debug for Inspection<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Inspection")
    }
}

impl Inspection<'_> {
    /// Looks through one log. Error: the database did not answer.
    pub async fn of(&self, tenant: &Arc<Tenant>) -> Stored<Report> {
        let mut report = Report::of(tenant.log.clone());
        let walk = Walk {
            store: self.store,
            log: &tenant.log,
            origin: &tenant.origin,
            keys: &tenant.log_keys,
            anchor_dir: self.anchor_dir,
            repair: self.repair,
            pause: self.pause,
            progress: self.progress,
        };
        tree(&walk, &mut report).await?;
        Leaves::of(&walk, tenant).read(&mut report).await?;
        Streams::of(&walk, self.tenants, tenant)
            .read(&mut report)
            .await?;
        Ok(report)
    }

    /// Looks through the tree alone: what a copy is verified by.
    pub async fn tree_of(&self, tenant: &Tenant) -> Stored<Report> {
        let mut report = Report::of(tenant.log.clone());
        let walk = Walk {
            store: self.store,
            log: &tenant.log,
            origin: &tenant.origin,
            keys: &tenant.log_keys,
            anchor_dir: self.anchor_dir,
            repair: false,
            pause: self.pause,
            progress: self.progress,
        };
        tree(&walk, &mut report).await?;
        Ok(report)
    }
}

/// Whether everything that was recorded is there and fits, so that what is computed from it can be trusted.
fn is_recorded_soundly(report: &Report) -> bool {
    let recorded = |finding: &Finding| finding.damage.is_projection() || is_beside(finding.damage);
    report.more_findings == 0 && report.findings.iter().all(recorded)
}

/// Damage that no state, count or tile is computed from.
fn is_beside(damage: Damage) -> bool {
    matches!(
        damage,
        Damage::OrphanMedia
            | Damage::OrphanPseudonym
            | Damage::AnchorUnreadable
            | Damage::Cosignature
    )
}
