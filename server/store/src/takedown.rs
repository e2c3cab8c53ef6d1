//! Take-downs: places of use that must be cleared.

use samtycke_core::id::{LogId, ScopeValue, SubjectId, TakedownId};
use samtycke_core::reason::Reason;
use samtycke_core::wire::{Place, TakedownCause, TakedownState};
use serde_json::json;

use super::media::{optional, place};
use super::{Store, StoreError, Stored, Tx, on, parse_column, read, to_i64, to_u64};
use crate::clock::UnixMs;

/// Take-downs of one statement: some 300 kB of parameters.
const OPENED_AT_A_TIME: usize = 1_000;

/// A take-down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TakedownRow {
    /// Its id.
    pub id: TakedownId,
    /// The asset.
    pub asset: ScopeValue,
    /// The place of use.
    pub place: Place,
    /// Why it was opened.
    pub cause: TakedownCause,
    /// The person whom the cause is about, if it is about one.
    pub subject: Option<SubjectId>,
    /// What a check of that person answered when it was opened.
    pub reason: Option<Reason>,
    /// The leaf that caused it.
    pub idx: u64,
    /// When the cause happened.
    pub opened_at: UnixMs,
    /// When the place must be cleared.
    pub due_at: UnixMs,
    /// When it was done, by which key, and the SHA-256 of the evidence.
    pub done: Option<Done>,
}

/// The acknowledgement of a take-down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// When it was done.
    pub at: UnixMs,
    /// Id of the key that said so.
    pub by: String,
    /// SHA-256 of the evidence; hex.
    pub evidence: String,
}

#[derive(sqlx::FromRow)]
struct TakedownColumns {
    id: String,
    asset: String,
    surface: String,
    #[sqlx(rename = "ref")]
    reference: String,
    cause: String,
    subject: Option<String>,
    reason: Option<String>,
    idx: i64,
    opened_at: i64,
    due_at: i64,
    done_at: Option<i64>,
    done_by: Option<String>,
    evidence: Option<String>,
}

/// A take-down to open.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTakedown {
    /// The take-down; it is not done.
    pub row: TakedownRow,
    /// None is opened if one for the same place and person was done since then; [`UnixMs::MAX`]: whatever was done.
    pub unless_done_since: UnixMs,
}

/// The columns of a [`NewTakedown`].
struct NewColumns<'a> {
    id: &'a str,
    asset: &'a str,
    surface: &'a str,
    reference: &'a str,
    cause: &'a str,
    subject: Option<&'a str>,
    reason: Option<&'a str>,
    idx: i64,
    opened_at: i64,
    due_at: i64,
    since: i64,
}

fn columns(new: &NewTakedown) -> NewColumns<'_> {
    let row = &new.row;
    NewColumns {
        id: row.id.as_str(),
        asset: row.asset.as_str(),
        surface: row.place.surface.as_str(),
        reference: row.place.reference.as_str(),
        cause: row.cause.as_str(),
        subject: row.subject.as_ref().map(SubjectId::as_str),
        reason: row.reason.map(Reason::as_str),
        idx: to_i64(row.idx),
        opened_at: row.opened_at,
        due_at: row.due_at,
        since: new.unless_done_since,
    }
}

fn reason(text: &str) -> Stored<Reason> {
    let known = Reason::ALL.iter().find(|reason| reason.as_str() == text);
    known
        .copied()
        .ok_or_else(|| StoreError::Contradiction("a reason cannot be read".into()))
}

fn takedown_row(row: TakedownColumns) -> Stored<TakedownRow> {
    let done = match (row.done_at, row.done_by, row.evidence) {
        (Some(at), Some(by), Some(evidence)) => Some(Done { at, by, evidence }),
        _ => None,
    };
    let cause = row.cause.parse();
    Ok(TakedownRow {
        id: parse_column("a take-down", &row.id)?,
        asset: parse_column("an asset", &row.asset)?,
        place: place(&row.surface, &row.reference)?,
        cause: cause.map_err(|()| StoreError::Contradiction("a cause cannot be read".into()))?,
        subject: optional("a subject", row.subject.as_deref())?,
        reason: row.reason.as_deref().map(reason).transpose()?,
        idx: to_u64("an index", row.idx)?,
        opened_at: row.opened_at,
        due_at: row.due_at,
        done,
    })
}

impl Store {
    /// Up to `limit` take-downs of a state after this due date and id, the one that is due first first.
    pub async fn takedowns(
        &self,
        log: &LogId,
        state: TakedownState,
        after: (UnixMs, &str),
        limit: u32,
    ) -> Stored<Vec<TakedownRow>> {
        const OPEN: &str = "select id, asset, surface, ref, cause, subject, reason, idx, opened_at, due_at, done_at, \
            done_by, evidence from takedown where log = $1 and done_at is null and (due_at, id) > ($2, $3) \
            order by due_at, id limit $4";
        const DONE: &str = "select id, asset, surface, ref, cause, subject, reason, idx, opened_at, due_at, done_at, \
            done_by, evidence from takedown where log = $1 and done_at is not null and (due_at, id) > ($2, $3) \
            order by due_at, id limit $4";
        let text = match state {
            TakedownState::Open => OPEN,
            TakedownState::Done => DONE,
        };
        let rows: Vec<TakedownColumns> = read!(self, pool => sqlx::query_as(text)
            .bind(log.as_str()).bind(after.0).bind(after.1).bind(i64::from(limit)).fetch_all(pool))?;
        rows.into_iter().map(takedown_row).collect()
    }

    /// A take-down.
    pub async fn takedown(&self, log: &LogId, id: &TakedownId) -> Stored<Option<TakedownRow>> {
        let row: Option<TakedownColumns> = read!(self, pool => sqlx::query_as(
            "select id, asset, surface, ref, cause, subject, reason, idx, opened_at, due_at, done_at, done_by, evidence \
             from takedown where log = $1 and id = $2"
        ).bind(log.as_str()).bind(id.as_str()).fetch_optional(pool))?;
        row.map(takedown_row).transpose()
    }

    /// The number of open take-downs, and of those that are past their due date.
    pub async fn open_takedowns(&self, log: &LogId, now: UnixMs) -> Stored<(u64, u64)> {
        let (open, overdue): (i64, i64) = read!(self, pool => sqlx::query_as(
            "select count(*), cast(coalesce(sum(case when due_at <= $2 then 1 else 0 end), 0) as bigint) \
             from takedown where log = $1 and done_at is null"
        ).bind(log.as_str()).bind(now).fetch_one(pool))?;
        Ok((to_u64("a count", open)?, to_u64("a count", overdue)?))
    }
}

impl Tx {
    /// Opens take-downs, each unless it was opened before: the same cause has the same id. Nor does it open one for a place
    /// and a person for whom one is open, or was done since the given time. The caller holds the head's lock, so no two
    /// writers open one for the same place and person; and no two of `rows` are for the same.
    pub async fn open_takedowns(&mut self, log: &LogId, rows: &[NewTakedown]) -> Stored<()> {
        for chunk in rows.chunks(OPENED_AT_A_TIME) {
            let chunk: Vec<NewColumns<'_>> = chunk.iter().map(columns).collect();
            self.open_chunk(log.as_str(), &chunk).await?;
        }
        Ok(())
    }

    async fn open_chunk(&mut self, log: &str, rows: &[NewColumns<'_>]) -> Stored<()> {
        fn column<'r, C>(
            rows: &'r [NewColumns<'_>],
            of: impl Fn(&'r NewColumns<'_>) -> C,
        ) -> Vec<C> {
            rows.iter().map(of).collect()
        }
        match self {
            Self::Sqlite(tx) => {
                // Without the name of the index SQLite reads all tasks of the log for each new one.
                const TEXT: &str = "with n as materialized (select json_extract(value, '$.id') as id, \
                    json_extract(value, '$.asset') as asset, json_extract(value, '$.surface') as surface, \
                    json_extract(value, '$.reference') as ref, json_extract(value, '$.cause') as cause, \
                    json_extract(value, '$.subject') as subject, json_extract(value, '$.reason') as reason, \
                    json_extract(value, '$.idx') as idx, json_extract(value, '$.opened_at') as opened_at, \
                    json_extract(value, '$.due_at') as due_at, json_extract(value, '$.since') as since from json_each($2)) \
                    insert into takedown (log, id, asset, surface, ref, cause, subject, reason, idx, opened_at, due_at) \
                    select $1, n.id, n.asset, n.surface, n.ref, n.cause, n.subject, n.reason, n.idx, n.opened_at, n.due_at \
                    from n where not exists (select 1 from takedown t where t.log = $1 and t.id = n.id) \
                    and not exists (select 1 from takedown t indexed by takedown_by_person where t.log = $1 and t.asset = n.asset \
                    and t.surface = n.surface and t.ref = n.ref and (t.done_at is null or t.done_at >= n.since) \
                    and coalesce(t.subject, '') = coalesce(n.subject, ''))";
                let object = |r: &NewColumns<'_>| {
                    json!({"id": r.id, "asset": r.asset, "surface": r.surface, "reference": r.reference, "cause": r.cause,
                        "subject": r.subject, "reason": r.reason, "idx": r.idx, "opened_at": r.opened_at,
                        "due_at": r.due_at, "since": r.since})
                };
                let list = column(rows, object);
                let query = sqlx::query(TEXT).bind(log);
                let query = query.bind(serde_json::Value::from(list).to_string());
                query
                    .execute(&mut **tx)
                    .await
                    .map_err(|error| tx.failed(error))?;
            }
            Self::Postgres(tx) => {
                // Row by row, as in the batch's read: an anti-join by log alone compares each with all.
                const TEXT: &str = "insert into takedown \
                    (log, id, asset, surface, ref, cause, subject, reason, idx, opened_at, due_at) \
                    select $1, n.id, n.asset, n.surface, n.ref, n.cause, n.subject, n.reason, n.idx, n.opened_at, n.due_at \
                    from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], \
                    $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[]) \
                    n(id, asset, surface, ref, cause, subject, reason, idx, opened_at, due_at, since) \
                    left join lateral (select 1 as one from takedown t where t.log = $1 and t.asset = n.asset \
                    and t.surface = n.surface and t.ref = n.ref and coalesce(t.subject, '') = coalesce(n.subject, '') \
                    and (t.done_at is null or t.done_at >= n.since) limit 1) other on true \
                    where other.one is null on conflict (log, id) do nothing";
                let query = sqlx::query(TEXT)
                    .bind(log)
                    .bind(column(rows, |r| r.id))
                    .bind(column(rows, |r| r.asset))
                    .bind(column(rows, |r| r.surface))
                    .bind(column(rows, |r| r.reference))
                    .bind(column(rows, |r| r.cause))
                    .bind(column(rows, |r| r.subject))
                    .bind(column(rows, |r| r.reason))
                    .bind(column(rows, |r| r.idx))
                    .bind(column(rows, |r| r.opened_at))
                    .bind(column(rows, |r| r.due_at))
                    .bind(column(rows, |r| r.since));
                let deadline = tx.deadline();
                deadline.meet(query.execute(&mut **tx)).await?;
            }
        }
        Ok(())
    }

    /// Acknowledges an open take-down. Returns whether it was open. None is done before it was opened, though the clocks
    /// of two servers may differ.
    pub async fn finish_takedown(
        &mut self,
        log: &LogId,
        id: &TakedownId,
        done: &Done,
    ) -> Stored<bool> {
        let changed: Option<(String,)> = on!(self, conn => sqlx::query_as(
            "update takedown set done_at = case when opened_at > $3 then opened_at else $3 end, done_by = $4, evidence = $5 \
             where log = $1 and id = $2 and done_at is null returning id"
        ).bind(log.as_str()).bind(id.as_str()).bind(done.at).bind(&done.by).bind(&done.evidence).fetch_optional(conn))?;
        Ok(changed.is_some())
    }
}
