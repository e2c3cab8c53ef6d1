//! Looks through every log once a day, in small steps beside everything else.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use super::Inspection;
use crate::clock::Environment;
use crate::metrics::{Gauge, Metrics};
use crate::store::Store;
use crate::tenant::Tenants;

/// When a run begins, after midnight UTC; milliseconds. In Europe nobody is awake who gives consents.
const BEGINS_AT_MS: i64 = 90 * 60 * 1_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// Pause after each page of 256 leaves or 200 subjects. A page costs some 10 ms, so a run takes a tenth of one core, and
/// ten million leaves two hours.
const PAUSE: Duration = Duration::from_millis(90);

/// Looks through every log once a day.
#[derive(Debug)]
pub struct Scrubber {
    store: Store,
    tenants: Arc<Tenants>,
    environment: Environment,
    anchor_dir: PathBuf,
    findings: Gauge,
    completed: Gauge,
}

impl Scrubber {
    /// A worker for these logs.
    pub fn new(
        store: Store,
        tenants: Arc<Tenants>,
        environment: Environment,
        anchor_dir: PathBuf,
        metrics: &Metrics,
    ) -> Self {
        Self {
            store,
            tenants,
            environment,
            anchor_dir,
            findings: metrics.gauge(
                "samtycke_fsck_findings",
                "Rows that the last complete look through every log found damaged.",
                &[],
            ),
            completed: metrics.gauge(
                "samtycke_fsck_completed_timestamp_seconds",
                "When the last complete look through every log ended, Unix seconds; 0 before the first.",
                &[],
            ),
        }
    }

    /// Runs each night while the server runs.
    pub async fn run_nightly(self: Arc<Self>) {
        loop {
            let now = self.environment.clock.now();
            let wait = (BEGINS_AT_MS - now).rem_euclid(DAY_MS).max(1);
            tokio::time::sleep(Duration::from_millis(wait.unsigned_abs())).await;
            self.round(Some(PAUSE)).await;
        }
    }

    /// Looks through every log now. A log whose leaves and roots contradict each other is frozen; nothing else is changed.
    pub async fn round(&self, pause: Option<Duration>) {
        let mut findings = 0;
        let inspection = Inspection {
            store: &self.store,
            tenants: &self.tenants,
            anchor_dir: Some(&self.anchor_dir),
            repair: false,
            pause,
            progress: &|_, _, _| {},
        };
        for tenant in self.tenants.all() {
            let log = &tenant.log;
            match inspection.of(&tenant).await {
                Ok(report) => {
                    findings += report.standing();
                    for damage in super::Damage::ALL.iter().filter(|d| report.has(**d)) {
                        tracing::error!(%log, damage = damage.as_str(), "damage: {}; samtycke fsck {log} names the rows", damage.meaning());
                    }
                    if report.contradicts_a_root() && !tenant.runtime.is_frozen() {
                        tenant.runtime.freeze();
                        tracing::error!(%log, "the log's leaves and roots contradict each other; the log is frozen and every check denies");
                    }
                }
                Err(error) => {
                    tracing::warn!(%error, %log, "a log could not be looked through; tried again tomorrow");
                    return;
                }
            }
        }
        self.findings
            .set(i64::try_from(findings).unwrap_or(i64::MAX));
        self.completed.set(self.environment.clock.now() / 1_000);
    }
}
