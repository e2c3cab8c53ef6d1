//! The reads before a batch is planned, and the rows that the batch writes (`append.rs` writes them).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use samtycke_core::decision::DecisionKind;
use samtycke_core::id::{EventId, LogId, PromptId, PurposeId, SubjectId};
use samtycke_core::reason::Reason;
use samtycke_core::service::MERGES_MAX;
use samtycke_core::state::SubjectState;
use sqlx::{FromRow as _, Row as _};

use super::log::{
    EventRow, HeadRow, HeadTuple, LeafPlace, LeafRow, PublicationRow, TileRow, head_row,
};
use super::mark::{MarkRow, mark_row};
use super::outbox::OutboxRow;
use super::subject::{SubjectColumns, SubjectRow, subject_row};
use super::{StoreError, Stored, Tx, json_list, on, parse_column, to_array, to_i64, to_u64};

/// An event that is already in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownEvent {
    /// MAC of the submitted body.
    pub body_mac: [u8; 32],
    /// Where its leaf stands.
    pub place: LeafPlace,
    /// Subject of the event.
    pub subject: SubjectId,
    /// Number within the subject's stream, from 1.
    pub seq: u64,
}

/// The stored events and subjects that a batch refers to.
#[derive(Debug, Clone, Default)]
pub struct BatchContext {
    /// Events that are in the log already: candidates for replay, and events named in `after`.
    pub events: HashMap<EventId, KnownEvent>,
    /// The subjects that exist, with their states and keys.
    pub subjects: HashMap<SubjectId, SubjectRow>,
    /// The erased subjects, with the indexes of their erasures.
    pub erased: HashMap<SubjectId, u64>,
    /// The refusal marks of the subjects, and those with one of the given event ids.
    pub marks: Vec<MarkRow>,
    /// Those of the given prompts that are used.
    pub prompts: HashSet<PromptId>,
}

/// What a batch asks the database about.
#[derive(Debug, Clone, Default)]
pub struct BatchQuery<'a> {
    /// Ids of events: those of the batch, and those that it names in `after`.
    pub events: Vec<&'a EventId>,
    /// The subjects.
    pub subjects: Vec<SubjectQuery<'a>>,
    /// The prompts that the batch uses.
    pub prompts: Vec<&'a PromptId>,
}

/// A subject, and the marks that stand for it.
#[derive(Debug, Clone, Copy)]
pub struct SubjectQuery<'a> {
    /// The subject.
    pub subject: &'a SubjectId,
    /// The mark that it gets on erasure.
    pub erased: [u8; 32],
    /// The mark of its refusals while it has no stream.
    pub refusal: [u8; 32],
}

impl BatchContext {
    /// The subjects that others of this context were merged into, and that it does not hold yet.
    pub fn unread_survivors(&self) -> impl Iterator<Item = &SubjectId> {
        let merged = self.subjects.values();
        let survivors = merged.filter_map(|row| row.state.merged_into.as_ref());
        survivors.filter(|id| !self.subjects.contains_key(id) && !self.erased.contains_key(id))
    }
}

/// What is known of a person: the state that decides, or why none may be relied on.
pub type Known = Result<Option<Arc<SubjectState>>, Reason>;

impl BatchContext {
    /// What is known of a subject of this context, which holds every survivor: its own state, or that of the last subject
    /// that it was merged into. An erasure, a survivor that is missing and too long a chain permit nothing.
    pub fn known(&self, subject: &SubjectId) -> Known {
        let mut deciding = subject;
        for merges in 0..=MERGES_MAX {
            if self.erased.contains_key(deciding) {
                return Err(Reason::SubjectErased);
            }
            let state = self.subjects.get(deciding).map(|row| &row.state);
            match state.map(|state| (state, &state.merged_into)) {
                Some((_, Some(survivor))) => deciding = survivor,
                Some((state, None)) => return Ok(Some(state.clone())),
                None if merges == 0 => return Ok(None),
                None => break,
            }
        }
        Err(Reason::FailclosedUnavailable)
    }
}

/// Number of decisions within one hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecisionCountRow {
    /// Hours since the Unix epoch.
    pub hour: i64,
    /// Purpose of the decisions.
    pub purpose: PurposeId,
    /// Kind of decision.
    pub decision: DecisionKind,
    /// Number of decisions.
    pub count: i64,
}

/// All rows that one batch adds to one log.
#[derive(Debug, Clone, Default)]
pub struct BatchRows {
    /// New leaves, without gaps.
    pub leaves: Vec<LeafRow>,
    /// Full tiles that the leaves completed.
    pub tiles: Vec<TileRow>,
    /// New events.
    pub events: Vec<EventRow>,
    /// Subjects that are new or whose state changed.
    pub subjects: Vec<SubjectRow>,
    /// Decision counts, added to the stored counts.
    pub counts: Vec<DecisionCountRow>,
    /// Bodies of public leaves.
    pub publications: Vec<PublicationRow>,
    /// Outbox rows that the batch causes.
    pub outbox: Vec<OutboxRow>,
}

/// A row of the statement that reads a [`BatchContext`]. Only the columns of one table are set; the others are null.
#[derive(sqlx::FromRow)]
struct ContextRow {
    /// Set for event rows only.
    event_id: Option<String>,
    body_mac: Option<Vec<u8>>,
    idx: Option<i64>,
    subject: Option<String>,
    seq: Option<i64>,
    last_leaf: Option<Vec<u8>>,
    state: Option<String>,
    key_epoch: Option<i64>,
    wrapped_key: Option<Vec<u8>>,
    /// Set for erased subjects and refusal marks. For the latter `idx` is the time and `state` the facts.
    mark: Option<Vec<u8>>,
    /// Set for used prompts only.
    prompt: Option<String>,
}

impl ContextRow {
    /// Adds the row of this log to the context. `subjects` are the requested subjects with their marks.
    fn add_to(
        self,
        context: &mut BatchContext,
        log: &LogId,
        subjects: &[SubjectQuery<'_>],
    ) -> Stored<()> {
        if let Some(prompt) = self.prompt {
            context.prompts.insert(parse_column("a prompt", &prompt)?);
        } else if let (Some(event_id), Some(mark)) = (&self.event_id, &self.mark) {
            context.marks.push(mark_row((
                event_id.clone(),
                mark.clone(),
                present(self.body_mac)?,
                present(self.idx)?,
                present(self.state)?,
            ))?);
        } else if let Some(event_id) = self.event_id {
            let event = KnownEvent {
                body_mac: to_array("a MAC", &present(self.body_mac)?)?,
                place: LeafPlace {
                    log: log.clone(),
                    index: to_u64("an index", present(self.idx)?)?,
                },
                subject: parse_column("a subject", &present(self.subject)?)?,
                seq: to_u64("a sequence", present(self.seq)?)?,
            };
            let event_id = parse_column("an event id", &event_id)?;
            context.events.insert(event_id, event);
        } else if let Some(mark) = self.mark {
            let idx = to_u64("an index", present(self.idx)?)?;
            let of_mark = subjects.iter().filter(|query| query.erased[..] == mark[..]);
            context
                .erased
                .extend(of_mark.map(|query| (query.subject.clone(), idx)));
        } else {
            let row = subject_row(SubjectColumns {
                subject: present(self.subject)?,
                seq: present(self.seq)?,
                last_leaf: present(self.last_leaf)?,
                state: present(self.state)?,
                key_epoch: self.key_epoch,
                wrapped_key: self.wrapped_key,
            })?;
            context.subjects.insert(row.subject.clone(), row);
        }
        Ok(())
    }
}

/// Unwraps a column that is null only in rows of another table. Error: it is null.
fn present<T>(column: Option<T>) -> Stored<T> {
    column.ok_or_else(|| StoreError::Contradiction("a column is null".into()))
}

impl Tx {
    /// Locks a log's head row for the rest of the transaction: it is both mutex and fencing token.
    pub async fn lock_head(&mut self, log: &LogId) -> Stored<Option<HeadRow>> {
        const TEXT: &str = "select log, origin, size, root, frontier, epoch, last_leaf, last_received_at, config_version \
                            from log_head where log = $1";
        let row = match self {
            // `begin immediate` holds the one write lock already.
            Self::Sqlite(tx) => {
                let query = sqlx::query_as(TEXT).bind(log.as_str());
                query
                    .fetch_optional(&mut **tx)
                    .await
                    .map_err(|error| tx.failed(error))
            }
            Self::Postgres(tx) => {
                const LOCKING: &str = "select log, origin, size, root, frontier, epoch, last_leaf, last_received_at, config_version, \
                     case when pg_is_in_recovery() then null else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end \
                     as timeline from log_head where log = $1 for update";
                let deadline = tx.deadline();
                let query = sqlx::query(LOCKING).bind(log.as_str());
                let row = deadline.meet(query.fetch_optional(&mut **tx)).await?;
                if let Some(row) = &row {
                    let timeline: Option<&str> = row.try_get("timeline")?;
                    tx.confirm_timeline(timeline)?;
                }
                row.map(|row| HeadTuple::from_row(&row).map_err(StoreError::of))
                    .transpose()
            }
        }?;
        row.map(head_row).transpose()
    }

    /// Whether the last of `size` leaves is an event.
    pub async fn ends_with_event(&mut self, log: &LogId, size: u64) -> Stored<bool> {
        let row: Option<(i64,)> = on!(self, conn => sqlx::query_as(
            "select idx from event where log = $1 and idx = $2"
        ).bind(log.as_str()).bind(to_i64(size.saturating_sub(1))).fetch_optional(conn))?;
        Ok(row.is_some())
    }

    /// Reads the context of a batch in one statement: the given events that are in the log, the given subjects that
    /// exist, were erased or have refusal marks, and the given prompts that are used.
    pub async fn batch_context(
        &mut self,
        log: &LogId,
        query: &BatchQuery<'_>,
    ) -> Stored<BatchContext> {
        let ids: Vec<&str> = query.events.iter().map(|id| id.as_str()).collect();
        let names = query.subjects.iter().map(|of| of.subject.as_str());
        let names: Vec<&str> = names.collect();
        let prompts: Vec<&str> = query.prompts.iter().map(|id| id.as_str()).collect();
        let rows: Vec<ContextRow> = match self {
            Self::Sqlite(tx) => {
                const TEXT: &str = "select event_id, body_mac, idx, subject, seq, null as last_leaf, null as state, \
                     null as key_epoch, null as wrapped_key, null as mark, null as prompt \
                     from event where log = $1 and event_id in (select value from json_each($2)) \
                     union all select null, null, null, subject, seq, last_leaf, state, key_epoch, wrapped_key, null, null \
                     from subject where log = $1 and subject in (select value from json_each($3)) \
                     union all select null, null, idx, null, null, null, null, null, null, mark, null \
                     from erased where log = $1 and mark in (select unhex(value) from json_each($4)) \
                     union all select event_id, body_mac, at, null, null, null, facts, null, null, mark, null \
                     from refusal_mark where log = $1 and mark in (select unhex(value) from json_each($5)) \
                     union all select event_id, body_mac, at, null, null, null, facts, null, null, mark, null \
                     from refusal_mark where log = $1 and event_id in (select value from json_each($2)) \
                     union all select null, null, null, null, null, null, null, null, null, null, prompt \
                     from prompt_used where log = $1 and prompt in (select value from json_each($6))";
                let hex = |of: fn(&SubjectQuery<'_>) -> [u8; 32]| {
                    let marks = query.subjects.iter().map(|query| hex::encode(of(query)));
                    json_list(&marks.collect::<Vec<_>>())
                };
                sqlx::query_as(TEXT)
                    .bind(log.as_str())
                    .bind(json_list(&ids))
                    .bind(json_list(&names))
                    .bind(hex(|query| query.erased))
                    .bind(hex(|query| query.refusal))
                    .bind(json_list(&prompts))
                    .fetch_all(&mut **tx)
                    .await
                    .map_err(|error| tx.failed(error))
            }
            Self::Postgres(tx) => {
                // Row by row: a plan made while the tables are small may otherwise read the whole log after they have
                // grown, until statistics are collected.
                const TEXT: &str = "select e.event_id, e.body_mac, e.idx, e.subject, e.seq, null::bytea as last_leaf, \
                     null::text as state, null::bigint as key_epoch, null::bytea as wrapped_key, null::bytea as mark, \
                     null::text as prompt from unnest($2::text[]) a(event_id) cross join lateral \
                     (select event_id, body_mac, idx, subject, seq from event where log = $1 and event_id = a.event_id limit 1) e \
                     union all select null, null, null, s.subject, s.seq, s.last_leaf, s.state, s.key_epoch, s.wrapped_key, null, null \
                     from unnest($3::text[]) a(subject) cross join lateral \
                     (select subject, seq, last_leaf, state, key_epoch, wrapped_key from subject \
                     where log = $1 and subject = a.subject limit 1) s \
                     union all select null, null, x.idx, null, null, null, null, null, null, x.mark, null \
                     from unnest($4::bytea[]) a(mark) cross join lateral \
                     (select mark, idx from erased where log = $1 and mark = a.mark limit 1) x \
                     union all select m.event_id, m.body_mac, m.at, null, null, null, m.facts, null, null, m.mark, null \
                     from unnest($5::bytea[]) a(mark) cross join lateral \
                     (select event_id, mark, body_mac, at, facts from refusal_mark \
                     where log = $1 and mark = a.mark limit 100) m \
                     union all select m.event_id, m.body_mac, m.at, null, null, null, m.facts, null, null, m.mark, null \
                     from unnest($2::text[]) a(event_id) cross join lateral \
                     (select event_id, mark, body_mac, at, facts from refusal_mark \
                     where log = $1 and event_id = a.event_id limit 1) m \
                     union all select null, null, null, null, null, null, null, null, null, null, p.prompt \
                     from unnest($6::text[]) a(prompt) cross join lateral \
                     (select prompt from prompt_used where log = $1 and prompt = a.prompt limit 1) p";
                let erased: Vec<&[u8]> = query.subjects.iter().map(|of| &of.erased[..]).collect();
                let refusals: Vec<&[u8]> =
                    query.subjects.iter().map(|of| &of.refusal[..]).collect();
                let deadline = tx.deadline();
                let statement = sqlx::query_as(TEXT)
                    .bind(log.as_str())
                    .bind(ids)
                    .bind(names)
                    .bind(erased)
                    .bind(refusals)
                    .bind(prompts);
                deadline.meet(statement.fetch_all(&mut **tx)).await
            }
        }?;
        let mut context = BatchContext::default();
        for row in rows {
            row.add_to(&mut context, log, &query.subjects)?;
        }
        // A mark may be found both by its subject and by its event id.
        let by_age = |row: &MarkRow| (row.at, row.event_id.clone());
        context.marks.sort_by_key(by_age);
        context.marks.dedup_by(|a, b| a.event_id == b.event_id);
        Ok(context)
    }

    /// The hashes of level `level` entries `from..to`: leaf hashes at level 0, roots of full tiles above.
    pub async fn entries(
        &mut self,
        log: &LogId,
        level: u8,
        from: u64,
        to: u64,
    ) -> Stored<Vec<[u8; 32]>> {
        let rows: Vec<(Vec<u8>,)> = if let Some(below) = level.checked_sub(1) {
            on!(self, conn => sqlx::query_as(
                "select root from tile where log = $1 and level = $2 and idx >= $3 and idx < $4 order by idx"
            ).bind(log.as_str()).bind(i64::from(below)).bind(to_i64(from)).bind(to_i64(to)).fetch_all(conn))?
        } else {
            on!(self, conn => sqlx::query_as(
                "select leaf_hash from leaf where log = $1 and idx >= $2 and idx < $3 order by idx"
            ).bind(log.as_str()).bind(to_i64(from)).bind(to_i64(to)).fetch_all(conn))?
        };
        rows.iter().map(|(h,)| to_array("a hash", h)).collect()
    }
}
