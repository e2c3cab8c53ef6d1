//! Pictures, film and sound: campaigns with an end, assets with the people in them, checks of an asset, and the places
//! that must be cleared (E10).

mod asset;
mod campaign;
mod check;
mod judge;
pub mod routes;
mod takedown;
mod worker;

use std::sync::Arc;

use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::retention::CalendarDuration;
use samtycke_log::append::Appender;

use crate::check::Checks;
use crate::clock::Environment;
use crate::log::Ledger;
use crate::metrics::{Gauge, Metrics};
use crate::store::Store;
use crate::tenant::Tenants;

/// Dependencies of the routes for pictures, film and sound.
#[derive(Debug)]
pub struct Media {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Reads the states of people.
    pub checks: Arc<Checks>,
    /// Appends publications to the logs.
    pub appender: Arc<Appender<Ledger>>,
    /// Clock and random source.
    pub environment: Environment,
    /// Time to clear a place of use.
    pub takedown_due: CalendarDuration,
    open: Gauge,
    overdue: Gauge,
}

impl Media {
    /// The part of a server that works with pictures.
    pub fn new(
        checks: Arc<Checks>,
        appender: Arc<Appender<Ledger>>,
        takedown_due: CalendarDuration,
        metrics: &Metrics,
    ) -> Self {
        Self {
            store: checks.store.clone(),
            tenants: checks.tenants.clone(),
            environment: checks.environment.clone(),
            checks,
            appender,
            takedown_due,
            open: metrics.gauge(
                "samtycke_takedowns_open",
                "Places of use that are still to be cleared.",
                &[],
            ),
            overdue: metrics.gauge(
                "samtycke_takedowns_overdue",
                "Places of use that should have been cleared by now.",
                &[],
            ),
        }
    }
}

/// Error: the text is no SHA-256 in lower-case hex.
fn check_digest(field: &'static str, text: &str) -> Result<(), Problem> {
    let is_hex = |b: u8| matches!(b, b'0'..=b'9' | b'a'..=b'f');
    if text.len() == 64 && text.bytes().all(is_hex) {
        return Ok(());
    }
    Err(Problem::new(ProblemKind::FieldInvalid).field(field, "must be 64 lower-case hex digits"))
}
