//! Objections that wait for the controller's decision: the list, and the alarm when one is overdue (GDPR Art. 12(3)).

pub mod routes;
mod worker;

use std::sync::{Arc, Mutex};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use samtycke_core::id::PurposeId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::wire::{ObjectionResponse, ObjectionsResponse, format_rfc3339};

use crate::clock::{Environment, UnixMs};
use crate::metrics::{Gauge, Metrics};
use crate::store::Store;
use crate::store::objection::{AfterObjection, ObjectionRow, scope_text};
use crate::tenant::{Tenant, Tenants};

/// Objections of one page: 100 of some 300 B.
const PAGE_DEFAULT: u32 = 100;
/// The most objections of one page: 300 kB.
const PAGE_MAX: u32 = 1_000;

/// Dependencies of the list and its alarm.
#[derive(Debug)]
pub struct Objections {
    /// The database.
    pub store: Store,
    /// The tenants.
    pub tenants: Arc<Tenants>,
    /// Clock and random numbers.
    pub environment: Environment,
    open: Gauge,
    overdue: Gauge,
    /// The day of the last alarm, counted from 1970.
    alarmed_on: Mutex<Option<i64>>,
}

impl Objections {
    /// The part of a server that lists objections.
    pub fn new(
        store: Store,
        tenants: Arc<Tenants>,
        environment: Environment,
        metrics: &Metrics,
    ) -> Self {
        Self {
            store,
            tenants,
            environment,
            open: metrics.gauge(
                "samtycke_objections_open",
                "Objections that the controller has not decided.",
                &[],
            ),
            overdue: metrics.gauge(
                "samtycke_objections_overdue",
                "Objections whose answer is later than a month allows (GDPR Art. 12(3)).",
                &[],
            ),
            alarmed_on: Mutex::new(None),
        }
    }
}

/// The purposes whose objections the controller decides by the live register: what the register no longer has, or what
/// has become direct marketing, waits no longer.
fn decided_purposes(tenant: &Tenant) -> impl Iterator<Item = &PurposeId> {
    let purposes = tenant.register.iter().flat_map(|r| &r.register.purposes);
    let waits = purposes.filter(|p| p.check_mode.takes_objection() && !p.direct_marketing);
    waits.map(|p| &p.id)
}

/// A page of objections, the one that is due first first.
pub async fn page(
    objections: &Objections,
    tenant: &Tenant,
    after: Option<&str>,
    limit: Option<u32>,
) -> Result<ObjectionsResponse, Problem> {
    let limit = limit.unwrap_or(PAGE_DEFAULT);
    if !(1..=PAGE_MAX).contains(&limit) {
        return Err(Problem::new(ProblemKind::ParameterInvalid)
            .field("limit", format!("must be 1 to {PAGE_MAX}")));
    }
    let after = after.map_or_else(|| Ok(beginning()), cursor)?;
    let mut rows = Vec::new();
    for purpose in decided_purposes(tenant) {
        let of_purpose = objections
            .store
            .open_objections(&tenant.log, purpose, &after, limit);
        rows.extend(of_purpose.await?);
    }
    rows.sort_by_cached_key(place);
    let count = usize::try_from(limit).unwrap_or(usize::MAX);
    let is_full = rows.len() >= count;
    rows.truncate(count);
    let next = rows.last().filter(|_| is_full).map(next_page);
    let now = objections.environment.clock.now();
    Ok(ObjectionsResponse {
        objections: rows.into_iter().map(|row| response(row, now)).collect(),
        next,
    })
}

fn beginning() -> AfterObjection {
    AfterObjection {
        overdue_from: UnixMs::MIN,
        subject: String::new(),
        purpose: String::new(),
        scope: String::new(),
    }
}

/// Where a row stands in the list.
fn place(row: &ObjectionRow) -> (UnixMs, String, String, String) {
    let (subject, purpose) = (row.subject.to_string(), row.purpose.to_string());
    (row.overdue_from, subject, purpose, scope_text(&row.scope))
}

fn next_page(row: &ObjectionRow) -> String {
    let place = serde_json::to_vec(&place(row)).expect("a place is always JSON");
    URL_SAFE_NO_PAD.encode(place)
}

/// Reads what a page before answered as `next`.
fn cursor(text: &str) -> Result<AfterObjection, Problem> {
    let read = || {
        let place = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (overdue_from, subject, purpose, scope) = serde_json::from_slice(&place).ok()?;
        Some(AfterObjection {
            overdue_from,
            subject,
            purpose,
            scope,
        })
    };
    read().ok_or_else(|| {
        Problem::new(ProblemKind::ParameterInvalid)
            .field("after", "must be the `next` of the page before")
    })
}

fn response(row: ObjectionRow, now: UnixMs) -> ObjectionResponse {
    ObjectionResponse {
        subject: row.subject,
        purpose: row.purpose,
        scope: row.scope,
        received_at: format_rfc3339(row.received_at),
        due_on: row.due_on,
        overdue: row.overdue_from <= now,
    }
}
