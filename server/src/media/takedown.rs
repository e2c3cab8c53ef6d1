//! Take-downs: the list of places that must be cleared, and their acknowledgement.

use samtycke_core::id::TakedownId;
use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::wire::{
    TakedownDoneRequest, TakedownResponse, TakedownState, TakedownsResponse, format_rfc3339,
};

use super::{Media, check_digest};
use crate::clock::UnixMs;
use crate::store::takedown::{Done, TakedownRow};
use crate::tenant::Tenant;

/// Take-downs of one page: 100 of some 500 B.
pub(super) const PAGE_DEFAULT: u32 = 100;
/// The most take-downs of one page: 500 kB.
pub(super) const PAGE_MAX: u32 = 1_000;
const DAY_MS: i64 = 24 * 60 * 60 * 1_000;

/// A page of take-downs, the one that is due first first.
pub(super) async fn page(
    media: &Media,
    tenant: &Tenant,
    state: TakedownState,
    after: Option<&str>,
    limit: Option<u32>,
) -> Result<TakedownsResponse, Problem> {
    let limit = limit.unwrap_or(PAGE_DEFAULT);
    if !(1..=PAGE_MAX).contains(&limit) {
        return Err(Problem::new(ProblemKind::ParameterInvalid)
            .field("limit", format!("must be 1 to {PAGE_MAX}")));
    }
    let after = after.map_or(Ok((UnixMs::MIN, "")), cursor)?;
    let rows = media
        .store
        .takedowns(&tenant.log, state, after, limit)
        .await?;
    let is_full = u32::try_from(rows.len()).is_ok_and(|count| count == limit);
    let last = rows.last().filter(|_| is_full);
    let next = last.map(|row| format!("{}.{}", row.due_at, row.id));
    let now = media.environment.clock.now();
    let takedowns = rows.into_iter().map(|row| response(row, now));
    Ok(TakedownsResponse {
        takedowns: takedowns.collect(),
        next,
    })
}

/// Reads what a page before answered as `next`.
fn cursor(text: &str) -> Result<(UnixMs, &str), Problem> {
    let parts = text.split_once('.');
    let read = parts.and_then(|(due, id)| {
        let is_id = TakedownId::parse(id).is_ok();
        due.parse().ok().filter(|_| is_id).map(|due| (due, id))
    });
    read.ok_or_else(|| {
        Problem::new(ProblemKind::ParameterInvalid)
            .field("after", "must be the `next` of the page before")
    })
}

/// Acknowledges a take-down. The same evidence again is answered as the first time.
pub(super) async fn done(
    media: &Media,
    tenant: &Tenant,
    id: &TakedownId,
    request: TakedownDoneRequest,
    by: &str,
) -> Result<TakedownResponse, Problem> {
    check_digest("/evidence", &request.evidence)?;
    tenant.ensure_writable()?;
    let now = media.environment.clock.now();
    let done = Done {
        at: now,
        by: by.to_owned(),
        evidence: request.evidence,
    };
    let mut tx = media.store.begin().await?;
    tx.finish_takedown(&tenant.log, id, &done).await?;
    tx.commit().await?;
    let row = media.store.takedown(&tenant.log, id).await?;
    let row = row.ok_or(ProblemKind::NotFound)?;
    let stands = row.done.as_ref().map(|stands| &stands.evidence);
    if stands != Some(&done.evidence) {
        return Err(Problem::new(ProblemKind::FieldInvalid).field(
            "/evidence",
            "must be the evidence with which this take-down was done before",
        ));
    }
    Ok(response(row, now))
}

fn response(row: TakedownRow, now: UnixMs) -> TakedownResponse {
    let until = row.done.as_ref().map_or(now, |done| done.at);
    let age = (until - row.opened_at).max(0) / DAY_MS;
    let (done_at, evidence) = row
        .done
        .map(|done| (format_rfc3339(done.at), done.evidence))
        .unzip();
    TakedownResponse {
        takedown: row.id,
        state: if done_at.is_some() {
            TakedownState::Done
        } else {
            TakedownState::Open
        },
        asset: row.asset,
        place: row.place,
        cause: row.cause,
        subject: row.subject,
        reason: row.reason,
        index: row.idx,
        opened_at: format_rfc3339(row.opened_at),
        due_at: format_rfc3339(row.due_at),
        age_days: u32::try_from(age).unwrap_or(u32::MAX),
        overdue: done_at.is_none() && now >= row.due_at,
        done_at,
        evidence,
    }
}
