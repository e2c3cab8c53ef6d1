//! Refusals about subjects without a stream, and the prompts that grants have used.

use samtycke_core::id::{EventId, LogId, PromptId, SubjectId};

use super::{Store, Stored, Tx, on, parse_column, read, run, to_array, to_u64};
use crate::clock::UnixMs;

/// A refusal that is kept beside the log, because its subject has no stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkRow {
    /// Idempotency identity of the refusal.
    pub event_id: EventId,
    /// HMAC of the subject.
    pub mark: [u8; 32],
    /// MAC of the submitted body.
    pub body_mac: [u8; 32],
    /// When the server received it.
    pub at: UnixMs,
    /// The decisions and signals; JSON.
    pub facts: String,
}

/// A prompt that a grant has used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PromptUsedRow {
    /// Id of the prompt.
    pub prompt: PromptId,
    /// When the prompt expires.
    pub expires_at: UnixMs,
}

/// What a batch changes beside the log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkChanges {
    /// New marks. A mark with a known event id replaces the stored one, which has expired.
    pub added: Vec<MarkRow>,
    /// Marks that have become leaves, or part of a newer mark.
    pub removed: Vec<EventId>,
    /// Prompts that the batch uses.
    pub prompts: Vec<PromptUsedRow>,
}

/// What is known of a subject that a page names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acquaintance {
    /// Whether the subject has a stream.
    pub has_stream: bool,
    /// Number of its marks.
    pub marks: u64,
}

/// The columns of a mark, as both engines return them.
type MarkColumns = (String, Vec<u8>, Vec<u8>, i64, String);

pub(crate) fn mark_row((event_id, mark, body_mac, at, facts): MarkColumns) -> Stored<MarkRow> {
    Ok(MarkRow {
        event_id: parse_column("an event id", &event_id)?,
        mark: to_array("a mark", &mark)?,
        body_mac: to_array("a MAC", &body_mac)?,
        at,
        facts,
    })
}

impl Tx {
    /// Writes the marks of a batch and the prompts that it uses. Error: [`crate::StoreError::Duplicate`] if a prompt was used
    /// before, which the plan has excluded under the head's lock.
    pub async fn write_marks(&mut self, log: &LogId, changes: &MarkChanges) -> Stored<()> {
        for event_id in &changes.removed {
            run!(
                &mut *self,
                sqlx::query("delete from refusal_mark where log = $1 and event_id = $2")
                    .bind(log.as_str())
                    .bind(event_id.as_str())
            )?;
        }
        if !changes.added.is_empty() {
            self.insert_marks(log, &changes.added).await?;
        }
        if !changes.prompts.is_empty() {
            self.insert_prompts(log, &changes.prompts).await?;
        }
        Ok(())
    }

    async fn insert_marks(&mut self, log: &LogId, rows: &[MarkRow]) -> Stored<()> {
        match self {
            Self::Sqlite(tx) => {
                const TEXT: &str = "insert into refusal_mark (log, event_id, mark, body_mac, at, facts) \
                     values ($1, $2, $3, $4, $5, $6) on conflict (log, event_id) do update set \
                     mark = excluded.mark, body_mac = excluded.body_mac, at = excluded.at, facts = excluded.facts";
                for row in rows {
                    let query = sqlx::query(TEXT)
                        .bind(log.as_str())
                        .bind(row.event_id.as_str())
                        .bind(&row.mark[..])
                        .bind(&row.body_mac[..])
                        .bind(row.at)
                        .bind(&row.facts);
                    query
                        .execute(&mut **tx)
                        .await
                        .map_err(|error| tx.failed(error))?;
                }
                Ok(())
            }
            Self::Postgres(tx) => {
                const TEXT: &str = "insert into refusal_mark (log, event_id, mark, body_mac, at, facts) \
                     select $1, a.* from unnest($2::text[], $3::bytea[], $4::bytea[], $5::bigint[], $6::text[]) a \
                     on conflict (log, event_id) do update set \
                     mark = excluded.mark, body_mac = excluded.body_mac, at = excluded.at, facts = excluded.facts";
                let ids: Vec<&str> = rows.iter().map(|r| r.event_id.as_str()).collect();
                let marks: Vec<&[u8]> = rows.iter().map(|r| &r.mark[..]).collect();
                let macs: Vec<&[u8]> = rows.iter().map(|r| &r.body_mac[..]).collect();
                let times: Vec<i64> = rows.iter().map(|r| r.at).collect();
                let facts: Vec<&str> = rows.iter().map(|r| r.facts.as_str()).collect();
                let deadline = tx.deadline();
                let query = sqlx::query(TEXT)
                    .bind(log.as_str())
                    .bind(ids)
                    .bind(marks)
                    .bind(macs)
                    .bind(times)
                    .bind(facts);
                deadline.meet(query.execute(&mut **tx)).await.map(drop)
            }
        }
    }

    async fn insert_prompts(&mut self, log: &LogId, rows: &[PromptUsedRow]) -> Stored<()> {
        match self {
            Self::Sqlite(tx) => {
                const TEXT: &str =
                    "insert into prompt_used (log, prompt, expires_at) values ($1, $2, $3)";
                for row in rows {
                    let query = sqlx::query(TEXT)
                        .bind(log.as_str())
                        .bind(row.prompt.as_str())
                        .bind(row.expires_at);
                    query
                        .execute(&mut **tx)
                        .await
                        .map_err(|error| tx.failed(error))?;
                }
                Ok(())
            }
            Self::Postgres(tx) => {
                const TEXT: &str = "insert into prompt_used (log, prompt, expires_at) \
                     select $1, a.* from unnest($2::text[], $3::bigint[]) a";
                let ids: Vec<&str> = rows.iter().map(|r| r.prompt.as_str()).collect();
                let times: Vec<i64> = rows.iter().map(|r| r.expires_at).collect();
                let deadline = tx.deadline();
                let query = sqlx::query(TEXT).bind(log.as_str()).bind(ids).bind(times);
                deadline.meet(query.execute(&mut **tx)).await.map(drop)
            }
        }
    }
}

impl Store {
    /// The mark with this event id.
    pub async fn refusal_mark(&self, log: &LogId, event_id: &EventId) -> Stored<Option<MarkRow>> {
        let row: Option<MarkColumns> = read!(self, pool => sqlx::query_as(
            "select event_id, mark, body_mac, at, facts from refusal_mark where log = $1 and event_id = $2"
        ).bind(log.as_str()).bind(event_id.as_str()).fetch_optional(pool))?;
        row.map(mark_row).transpose()
    }

    /// The marks of the subject with this HMAC that are younger than `since`, oldest first.
    pub async fn refusal_marks(
        &self,
        log: &LogId,
        mark: &[u8; 32],
        since: UnixMs,
    ) -> Stored<Vec<MarkRow>> {
        let rows: Vec<MarkColumns> = read!(self, pool => sqlx::query_as(
            "select event_id, mark, body_mac, at, facts from refusal_mark \
             where log = $1 and mark = $2 and at > $3 order by at, event_id"
        ).bind(log.as_str()).bind(&mark[..]).bind(since).fetch_all(pool))?;
        rows.into_iter().map(mark_row).collect()
    }

    /// Whether a subject has a stream, and how many marks it has that are younger than `since`.
    pub async fn acquaintance(
        &self,
        log: &LogId,
        subject: &SubjectId,
        mark: &[u8; 32],
        since: UnixMs,
    ) -> Stored<Acquaintance> {
        let (streams, marks): (i64, i64) = read!(self, pool => sqlx::query_as(
            "select (select count(*) from subject where log = $1 and subject = $2), \
             (select count(*) from refusal_mark where log = $1 and mark = $3 and at > $4)"
        ).bind(log.as_str()).bind(subject.as_str()).bind(&mark[..]).bind(since).fetch_one(pool))?;
        Ok(Acquaintance {
            has_stream: streams > 0,
            marks: to_u64("a count", marks)?,
        })
    }

    /// Deletes marks that were received at or before `marks_until`, and uses of prompts that expired at or before
    /// `prompts_until`. Returns how many rows it deleted.
    pub async fn sweep_marks(
        &self,
        log: &LogId,
        marks_until: UnixMs,
        prompts_until: UnixMs,
    ) -> Stored<usize> {
        let mut tx = self.begin().await?;
        let marks: Vec<(String,)> = on!(&mut tx, conn => sqlx::query_as(
            "delete from refusal_mark where log = $1 and at <= $2 returning event_id"
        ).bind(log.as_str()).bind(marks_until).fetch_all(conn))?;
        let prompts: Vec<(String,)> = on!(&mut tx, conn => sqlx::query_as(
            "delete from prompt_used where log = $1 and expires_at <= $2 returning prompt"
        ).bind(log.as_str()).bind(prompts_until).fetch_all(conn))?;
        tx.commit().await?;
        Ok(marks.len() + prompts.len())
    }
}
