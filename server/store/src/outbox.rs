//! Work other than events: due dates, deadlines, deliveries. The transaction of a batch writes the rows of the work
//! that it causes ([`crate::batch::BatchRows::outbox`]), so a row exists if and only if its batch is durable.
//!
//! Servers claim due work, do it, and finish or retry it. A claim expires, so that another server takes over the work
//! of a stopped server. Each claim raises `attempts`, and only the newest claim can finish or retry. Work is therefore
//! done at least once, and a worker must recognise a repeated id.

use samtycke_core::id::LogId;

use super::{Store, Stored, on, read, run, to_i64, to_u64};
use crate::clock::UnixMs;

/// Delay after the first failed attempt; milliseconds. It doubles with each further attempt.
const RETRY_DELAY_FIRST_MS: i64 = 1_000;
/// The longest delay between two attempts; milliseconds: one hour, from the 13th attempt on.
const RETRY_DELAY_MS_MAX: i64 = 3_600_000;

/// One item of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Unique within the log. A batch with a taken id fails with [`crate::StoreError::Duplicate`].
    pub id: String,
    /// Kind of work; it selects the worker.
    pub kind: String,
    /// Earliest time at which a server claims the row.
    pub due_at: UnixMs,
    /// JSON for the worker.
    pub payload: String,
}

/// Work that this server has claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// The claimed row.
    pub row: OutboxRow,
    /// Number of claims including this one: the claim's fencing token.
    pub attempts: u64,
}

impl Store {
    /// When the oldest piece of work of any log is due; Unix milliseconds, `None` if there is none.
    pub async fn oldest_due(&self) -> Stored<Option<UnixMs>> {
        let (due,): (Option<i64>,) = read!(self, pool =>
            sqlx::query_as("select min(due_at) from outbox").fetch_one(pool))?;
        Ok(due)
    }

    /// Claims up to `limit` due and unclaimed rows of a kind, earliest first; the claims expire at `until`.
    ///
    /// Error: [`crate::StoreError::Conflict`] if another server claims the same rows at this moment; try again later.
    pub async fn claim_due(
        &self,
        log: &LogId,
        kind: &str,
        now: UnixMs,
        until: UnixMs,
        limit: u32,
    ) -> Stored<Vec<Claim>> {
        let mut tx = self.begin().await?;
        // PostgreSQL rechecks the update's conditions on a row that another claim changed meanwhile.
        let rows: Vec<(String, String, i64, String, i64)> = on!(&mut tx, conn => sqlx::query_as(
            "with due as materialized (select id from outbox where log = $1 and due_at <= $2 and kind = $5 \
             and (claimed_until is null or claimed_until <= $2) order by due_at, id limit $4) \
             update outbox set attempts = attempts + 1, claimed_until = $3 \
             where log = $1 and id in (select id from due) and due_at <= $2 \
             and (claimed_until is null or claimed_until <= $2) returning id, kind, due_at, payload, attempts"
        ).bind(log.as_str()).bind(now).bind(until).bind(i64::from(limit)).bind(kind).fetch_all(conn))?;
        tx.commit().await?;
        let claim = |(id, kind, due_at, payload, attempts)| {
            let row = OutboxRow {
                id,
                kind,
                due_at,
                payload,
            };
            let attempts = to_u64("a count", attempts)?;
            Ok(Claim { row, attempts })
        };
        let mut claims: Vec<Claim> = rows.into_iter().map(claim).collect::<Stored<_>>()?;
        claims.sort_by(|a, b| (a.row.due_at, &a.row.id).cmp(&(b.row.due_at, &b.row.id)));
        Ok(claims)
    }

    /// Deletes finished work; returns whether the claim was still the newest.
    pub async fn finish_claim(&self, log: &LogId, claim: &Claim) -> Stored<bool> {
        let mut tx = self.begin().await?;
        let done: Option<(String,)> = on!(&mut tx, conn => sqlx::query_as(
            "delete from outbox where log = $1 and id = $2 and attempts = $3 returning id"
        ).bind(log.as_str()).bind(&claim.row.id).bind(to_i64(claim.attempts)).fetch_optional(conn))?;
        tx.commit().await?;
        Ok(done.is_some())
    }

    /// Deletes finished work and adds the next, unless the claim is no longer the newest: work that comes again and again
    /// is always one row.
    pub async fn follow_claim(&self, log: &LogId, claim: &Claim, next: &OutboxRow) -> Stored<()> {
        let mut tx = self.begin().await?;
        let done: Option<(String,)> = on!(&mut tx, conn => sqlx::query_as(
            "delete from outbox where log = $1 and id = $2 and attempts = $3 returning id"
        ).bind(log.as_str()).bind(&claim.row.id).bind(to_i64(claim.attempts)).fetch_optional(conn))?;
        if done.is_some() {
            run!(
                &mut tx,
                sqlx::query(
                    "insert into outbox (log, id, kind, due_at, payload, attempts) values ($1, $2, $3, $4, $5, 0)"
                )
                .bind(log.as_str())
                .bind(&next.id)
                .bind(&next.kind)
                .bind(next.due_at)
                .bind(&next.payload)
            )?;
        }
        tx.commit().await
    }

    /// Releases a claim whose work failed at `now`; the work is due again after [`retry_delay_ms`]. Returns whether the
    /// claim was still the newest.
    pub async fn retry_claim(&self, log: &LogId, claim: &Claim, now: UnixMs) -> Stored<bool> {
        let due_at = now + retry_delay_ms(claim.attempts);
        let mut tx = self.begin().await?;
        let again: Option<(String,)> = on!(&mut tx, conn => sqlx::query_as(
            "update outbox set due_at = $4, claimed_until = null \
             where log = $1 and id = $2 and attempts = $3 returning id"
        ).bind(log.as_str()).bind(&claim.row.id).bind(to_i64(claim.attempts)).bind(due_at).fetch_optional(conn))?;
        tx.commit().await?;
        Ok(again.is_some())
    }
}

/// Delay before the next attempt after this many failed attempts; milliseconds.
pub fn retry_delay_ms(attempts: u64) -> i64 {
    let doublings = u32::try_from(attempts.saturating_sub(1))
        .unwrap_or(u32::MAX)
        .min(32);
    (RETRY_DELAY_FIRST_MS << doublings).min(RETRY_DELAY_MS_MAX)
}

#[cfg(test)]
mod tests {
    use super::retry_delay_ms;

    #[test]
    fn the_delay_doubles_up_to_an_hour() {
        assert_eq!([1, 2, 3].map(retry_delay_ms), [1_000, 2_000, 4_000]);
        assert_eq!([13, 100, u64::MAX].map(retry_delay_ms), [3_600_000; 3]);
    }
}
