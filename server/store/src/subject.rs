//! Subjects: their states, keys and pseudonyms; and choices counted without a subject.

use std::collections::BTreeMap;
use std::sync::Arc;

use samtycke_core::id::{LogId, SubjectId};
use samtycke_core::position::Position;
use samtycke_core::service::MERGES_MAX;
use samtycke_core::state::SubjectState;

use super::{
    Store, StoreError, Stored, Tx, json_list, on, parse_column, read, read_confirmed, run,
    to_array, to_i64, to_u64,
};

/// The result of the statement that a check on PostgreSQL runs: the state, and the versions of everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckRow {
    /// The position of the log's newest leaf.
    pub position: Position,
    /// Version of the keys, sites, register and notices in force.
    pub config_version: u64,
    /// The subject's state, if it has any.
    pub state: Option<SubjectState>,
}

/// One subject as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubjectRow {
    /// The subject's id.
    pub subject: SubjectId,
    /// Number of its last event.
    pub seq: u64,
    /// Hash of its last leaf.
    pub last_leaf: [u8; 32],
    /// The fold of its events.
    pub state: Arc<SubjectState>,
    /// Wrapped key; `None` after an erasure destroyed it.
    pub key: Option<WrappedKey>,
}

/// A subject's wrapped key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrappedKey {
    /// Epoch of the key that wraps it.
    pub epoch: u64,
    /// The wrapped key.
    pub wrapped: Vec<u8>,
}

/// What a count of choices is of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct TallyKey {
    /// The tenant's log.
    pub log: LogId,
    /// Hours since the Unix epoch.
    pub hour: i64,
    /// Site of the choice.
    pub site: String,
    /// Hash of the notice that was shown.
    pub notice: String,
    /// Kind of choice.
    pub choice: &'static str,
}

/// Number of choices counted without a subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TallyRow {
    /// Hours since the Unix epoch.
    pub hour: i64,
    /// Site of the choice.
    pub site: String,
    /// Hash of the notice that was shown.
    pub notice: String,
    /// Kind of choice.
    pub choice: String,
    /// Number of choices.
    pub count: u64,
}

/// The columns of a [`SubjectRow`].
#[derive(sqlx::FromRow)]
pub(super) struct SubjectColumns {
    pub(super) subject: String,
    pub(super) seq: i64,
    pub(super) last_leaf: Vec<u8>,
    pub(super) state: String,
    pub(super) key_epoch: Option<i64>,
    pub(super) wrapped_key: Option<Vec<u8>>,
}

pub(super) fn subject_row(row: SubjectColumns) -> Stored<SubjectRow> {
    Ok(SubjectRow {
        subject: parse_column("a subject", &row.subject)?,
        seq: to_u64("a sequence", row.seq)?,
        last_leaf: to_array("a leaf hash", &row.last_leaf)?,
        state: Arc::new(read_state(&row.state)?),
        key: wrapped_key(row.key_epoch, row.wrapped_key)?,
    })
}

pub(super) fn wrapped_key(
    epoch: Option<i64>,
    wrapped: Option<Vec<u8>>,
) -> Stored<Option<WrappedKey>> {
    let Some((epoch, wrapped)) = epoch.zip(wrapped) else {
        return Ok(None);
    };
    let epoch = to_u64("an epoch", epoch)?;
    Ok(Some(WrappedKey { epoch, wrapped }))
}

/// The position of the newest leaf, from the columns of a head.
pub(super) fn position(size: i64, epoch: i64, last_leaf: &[u8]) -> Stored<Position> {
    Ok(Position::of(
        to_u64("an epoch", epoch)?,
        to_u64("a size", size)?.saturating_sub(1),
        &to_array("a leaf hash", last_leaf)?,
    ))
}

/// Parses the column `state`: JSON.
pub(super) fn read_state(text: &str) -> Stored<SubjectState> {
    serde_json::from_str(text)
        .map_err(|_| StoreError::Contradiction("a subject's state cannot be read".into()))
}

/// Writes the JSON that [`read_state`] parses.
pub(super) fn state_text(state: &SubjectState) -> String {
    serde_json::to_string(state).expect("a state is always JSON")
}

impl Store {
    /// The state of a subject with the head that it belongs to.
    pub async fn check_row(&self, log: &LogId, subject: &SubjectId) -> Stored<Option<CheckRow>> {
        type Row = (i64, i64, Vec<u8>, i64, Option<String>, Option<String>);
        let rows = read_confirmed!(
            self,
            Row,
            [
                "select h.size, h.epoch, h.last_leaf, h.config_version, s.state, null from log_head h \
                 left join subject s on s.log = h.log and s.subject = $2 where h.log = $1",
                "select h.size, h.epoch, h.last_leaf, h.config_version, s.state, \
                 case when pg_is_in_recovery() then null else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end \
                 from log_head h left join subject s on s.log = h.log and s.subject = $2 where h.log = $1"
            ],
            [log.as_str(), subject.as_str()],
            |row| row.5.as_deref()
        )?;
        let row = rows.into_iter().next();
        row.map(|(size, epoch, last_leaf, config_version, state, _)| {
            Ok(CheckRow {
                position: position(size, epoch, &last_leaf)?,
                config_version: to_u64("a configuration version", config_version)?,
                state: state.map(|text| read_state(&text)).transpose()?,
            })
        })
        .transpose()
    }

    /// Up to `limit` subjects of a log after this one, in order. The server fills the hot state with them.
    pub async fn subjects_after(
        &self,
        log: &LogId,
        after: &str,
        limit: u32,
    ) -> Stored<Vec<SubjectRow>> {
        let rows: Vec<SubjectColumns> = read!(self, pool => sqlx::query_as(
            "select subject, seq, last_leaf, state, key_epoch, wrapped_key from subject \
             where log = $1 and subject > $2 order by subject limit $3"
        ).bind(log.as_str()).bind(after).bind(i64::from(limit)).fetch_all(pool))?;
        rows.into_iter().map(subject_row).collect()
    }

    /// One subject's state.
    pub async fn state(&self, log: &LogId, subject: &SubjectId) -> Stored<Option<SubjectState>> {
        let row: Option<(String,)> = read!(self, pool => sqlx::query_as(
            "select state from subject where log = $1 and subject = $2"
        ).bind(log.as_str()).bind(subject.as_str()).fetch_optional(pool))?;
        row.map(|(text,)| read_state(&text)).transpose()
    }

    /// The state that decides for a subject: its own, or that of the last subject that it was merged into.
    pub async fn deciding_state(
        &self,
        log: &LogId,
        subject: &SubjectId,
    ) -> Stored<Option<SubjectState>> {
        let mut state = self.state(log, subject).await?;
        for _ in 0..MERGES_MAX {
            match state.as_ref().and_then(|state| state.merged_into.clone()) {
                Some(survivor) => state = self.state(log, &survivor).await?,
                None => break,
            }
        }
        Ok(state)
    }

    /// One subject's wrapped key; `None` if the subject does not exist or its key was destroyed.
    pub async fn subject_key(
        &self,
        log: &LogId,
        subject: &SubjectId,
    ) -> Stored<Option<WrappedKey>> {
        let row: Option<(Option<i64>, Option<Vec<u8>>)> = read!(self, pool => sqlx::query_as(
            "select key_epoch, wrapped_key from subject where log = $1 and subject = $2"
        ).bind(log.as_str()).bind(subject.as_str()).fetch_optional(pool))?;
        row.map_or(Ok(None), |(epoch, wrapped)| wrapped_key(epoch, wrapped))
    }

    /// The wrapped keys of the subjects of the events `from..to`, in one statement, because the publisher asks for a
    /// thousand events at a time. It uses no join: without statistics, PostgreSQL plans a join that reads every key of
    /// the log for every event.
    pub async fn subject_keys_between(
        &self,
        log: &LogId,
        from: u64,
        to: u64,
    ) -> Stored<Vec<(SubjectId, WrappedKey)>> {
        let rows: Vec<(String, Option<i64>, Option<Vec<u8>>)> = read!(self, pool => sqlx::query_as(
            "select e.subject, (select s.key_epoch from subject s where s.log = $1 and s.subject = e.subject), \
             (select s.wrapped_key from subject s where s.log = $1 and s.subject = e.subject) \
             from (select distinct subject from event where log = $1 and idx >= $2 and idx < $3) e order by e.subject"
        ).bind(log.as_str()).bind(to_i64(from)).bind(to_i64(to)).fetch_all(pool))?;
        let mut keys = Vec::with_capacity(rows.len());
        for (subject, epoch, wrapped) in rows {
            if let Some(key) = wrapped_key(epoch, wrapped)? {
                keys.push((parse_column("a subject", &subject)?, key));
            }
        }
        Ok(keys)
    }

    /// The subject behind a pseudonym.
    pub async fn pseudonym(&self, log: &LogId, reference: &[u8; 32]) -> Stored<Option<SubjectId>> {
        let row: Option<(String,)> = read!(self, pool => sqlx::query_as(
            "select subject from pseudonym where log = $1 and ref = $2"
        ).bind(log.as_str()).bind(&reference[..]).fetch_optional(pool))?;
        row.map(|(subject,)| parse_column("a subject", &subject))
            .transpose()
    }

    /// Maps a pseudonym to this subject unless it is mapped. Returns the mapped subject, and whether the mapping is
    /// new.
    pub async fn map_pseudonym(
        &self,
        log: &LogId,
        reference: &[u8; 32],
        subject: &SubjectId,
    ) -> Stored<(SubjectId, bool)> {
        let mut tx = self.begin().await?;
        // `do nothing` returns no row to the second of two concurrent inserts, so the conflict rewrites the stored
        // value.
        let (mapped,): (String,) = on!(&mut tx, conn => sqlx::query_as(
            "insert into pseudonym (log, ref, subject) values ($1, $2, $3) \
             on conflict (log, ref) do update set subject = pseudonym.subject returning subject"
        ).bind(log.as_str()).bind(&reference[..]).bind(subject.as_str()).fetch_one(conn))?;
        tx.commit().await?;
        let mapped: SubjectId = parse_column("a subject", &mapped)?;
        let new = mapped == *subject;
        Ok((mapped, new))
    }

    /// The pseudonyms of these subjects.
    pub async fn pseudonyms_of(
        &self,
        log: &LogId,
        subjects: &[SubjectId],
    ) -> Stored<Vec<([u8; 32], SubjectId)>> {
        let mut found = Vec::new();
        for subject in subjects {
            let rows: Vec<(Vec<u8>,)> = read!(self, pool => sqlx::query_as(
                "select ref from pseudonym where log = $1 and subject = $2"
            ).bind(log.as_str()).bind(subject.as_str()).fetch_all(pool))?;
            for (reference,) in rows {
                found.push((to_array("a reference", &reference)?, subject.clone()));
            }
        }
        Ok(found)
    }

    /// The log index of the erasure of the subject with this mark; `None` if there is none.
    pub async fn erased(&self, log: &LogId, mark: &[u8; 32]) -> Stored<Option<u64>> {
        let row: Option<(i64,)> = read!(self, pool => sqlx::query_as(
            "select idx from erased where log = $1 and mark = $2"
        ).bind(log.as_str()).bind(&mark[..]).fetch_optional(pool))?;
        row.map(|(idx,)| to_u64("an index", idx)).transpose()
    }

    /// Adds to the counts of choices, in one transaction. Their order is the same at every server, so that two never
    /// wait for each other.
    pub async fn add_tallies(&self, counts: &BTreeMap<TallyKey, u64>) -> Stored<()> {
        let mut tx = self.begin().await?;
        for (key, count) in counts {
            run!(&mut tx, sqlx::query(
                "insert into tally (log, hour, site, notice, choice, count) values ($1, $2, $3, $4, $5, $6) \
                 on conflict (log, hour, site, notice, choice) do update set count = tally.count + excluded.count"
            ).bind(key.log.as_str()).bind(key.hour).bind(&key.site).bind(&key.notice).bind(key.choice).bind(to_i64(*count)))?;
        }
        tx.commit().await
    }

    /// Decisions recorded since an hour: purpose, decision, count.
    pub async fn decision_counts(
        &self,
        log: &LogId,
        since_hour: i64,
    ) -> Stored<Vec<(String, String, u64)>> {
        let rows: Vec<(String, String, i64)> = read!(self, pool => sqlx::query_as(
            "select purpose, decision, cast(sum(count) as bigint) from decision_count \
             where log = $1 and hour >= $2 group by purpose, decision order by purpose, decision"
        ).bind(log.as_str()).bind(since_hour).fetch_all(pool))?;
        rows.into_iter()
            .map(|(purpose, decision, count)| Ok((purpose, decision, to_u64("a count", count)?)))
            .collect()
    }

    /// Choices counted since an hour.
    pub async fn tallies(&self, log: &LogId, since_hour: i64) -> Stored<Vec<TallyRow>> {
        let rows: Vec<(i64, String, String, String, i64)> = read!(self, pool => sqlx::query_as(
            "select hour, site, notice, choice, count from tally where log = $1 and hour >= $2 \
             order by hour, site, notice, choice"
        ).bind(log.as_str()).bind(since_hour).fetch_all(pool))?;
        rows.into_iter()
            .map(|(hour, site, notice, choice, count)| {
                Ok(TallyRow {
                    hour,
                    site,
                    notice,
                    choice,
                    count: to_u64("a count", count)?,
                })
            })
            .collect()
    }
}

impl Tx {
    /// Replaces a subject's wrapped key by the same key wrapped under a later epoch, unless it has changed meanwhile. Returns
    /// whether it did.
    pub async fn rewrap_key(
        &mut self,
        log: &LogId,
        subject: &SubjectId,
        old: &WrappedKey,
        new: &WrappedKey,
    ) -> Stored<bool> {
        let changed: Option<(String,)> = on!(self, conn => sqlx::query_as(
            "update subject set key_epoch = $5, wrapped_key = $6 \
             where log = $1 and subject = $2 and key_epoch = $3 and wrapped_key = $4 returning subject"
        ).bind(log.as_str()).bind(subject.as_str()).bind(to_i64(old.epoch)).bind(&old.wrapped[..])
            .bind(to_i64(new.epoch)).bind(&new.wrapped[..]).fetch_optional(conn))?;
        Ok(changed.is_some())
    }

    /// Every pair of survivor and merged subject below these subjects: those that were merged into one of them, those
    /// that were merged into those, and so on.
    pub async fn merged_below(
        &mut self,
        log: &LogId,
        survivors: &[&SubjectId],
    ) -> Stored<Vec<(SubjectId, SubjectId)>> {
        let names: Vec<&str> = survivors.iter().map(|subject| subject.as_str()).collect();
        let rows: Vec<(String, String)> = match self {
            Self::Sqlite(tx) => {
                const TEXT: &str = "with recursive below (survivor, subject) as \
                    (select survivor, subject from merged_subject where log = $1 \
                    and survivor in (select value from json_each($2)) \
                    union select m.survivor, m.subject from below b join merged_subject m \
                    on m.log = $1 and m.survivor = b.subject) select survivor, subject from below";
                let query = sqlx::query_as(TEXT)
                    .bind(log.as_str())
                    .bind(json_list(&names));
                query
                    .fetch_all(&mut **tx)
                    .await
                    .map_err(|error| tx.failed(error))
            }
            Self::Postgres(tx) => {
                const TEXT: &str = "with recursive below (survivor, subject) as \
                    (select survivor, subject from merged_subject where log = $1 and survivor = any($2::text[]) \
                    union select m.survivor, m.subject from below b cross join lateral \
                    (select survivor, subject from merged_subject where log = $1 and survivor = b.subject) m) \
                    select survivor, subject from below";
                let deadline = tx.deadline();
                let query = sqlx::query_as(TEXT).bind(log.as_str()).bind(names);
                deadline.meet(query.fetch_all(&mut **tx)).await
            }
        }?;
        let pair = |(survivor, subject): &(String, String)| {
            let survivor = parse_column("a subject", survivor)?;
            Ok((survivor, parse_column("a subject", subject)?))
        };
        rows.iter().map(pair).collect()
    }
}
