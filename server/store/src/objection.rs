//! What is kept beside the states so that it is found without reading them: objections that wait for a decision, who is a
//! guardian of whom, and who was merged into whom.

use std::collections::BTreeSet;

use samtycke_core::id::{LogId, PurposeId, SubjectId};
use samtycke_core::scope::Scope;

use super::{Store, StoreError, Stored, Tx, parse_column, read, run, to_u64};
use crate::clock::UnixMs;

/// An objection that the controller has not decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ObjectionRow {
    /// The person.
    pub subject: SubjectId,
    /// The purpose.
    pub purpose: PurposeId,
    /// The scope.
    pub scope: Scope,
    /// When it was received.
    pub received_at: UnixMs,
    /// The last day on which the person must be told what was decided, such as `2027-03-01`.
    pub due_on: String,
    /// The first instant after that day.
    pub overdue_from: UnixMs,
}

/// Where a page of objections begins: after this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AfterObjection {
    /// When it is overdue.
    pub overdue_from: UnixMs,
    /// The person.
    pub subject: String,
    /// The purpose.
    pub purpose: String,
    /// The scope; canonical JSON.
    pub scope: String,
}

/// What a batch changes beside the states.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Kept {
    /// Objections that wait from now on.
    pub objections: Vec<ObjectionRow>,
    /// Objections that wait no longer.
    pub settled: Vec<(SubjectId, PurposeId, Scope)>,
    /// New guardians: the guardian, and the child.
    pub linked: BTreeSet<(SubjectId, SubjectId)>,
    /// Guardians whose link has ended.
    pub unlinked: BTreeSet<(SubjectId, SubjectId)>,
    /// Merged subjects: the survivor, and the subject.
    pub merged: BTreeSet<(SubjectId, SubjectId)>,
    /// Subjects that are no longer merged.
    pub parted: BTreeSet<(SubjectId, SubjectId)>,
}

/// The text of a scope in the table.
pub fn scope_text(scope: &Scope) -> String {
    serde_json::to_string(scope).expect("a scope is always JSON")
}

type ObjectionColumns = (String, String, String, i64, String, i64);

fn objection_row(
    (subject, purpose, scope, received_at, due_on, overdue_from): ObjectionColumns,
) -> Stored<ObjectionRow> {
    Ok(ObjectionRow {
        subject: parse_column("a subject", &subject)?,
        purpose: parse_column("a purpose", &purpose)?,
        scope: serde_json::from_str(&scope)
            .map_err(|_| StoreError::Contradiction("a scope cannot be read".into()))?,
        received_at,
        due_on,
        overdue_from,
    })
}

impl Store {
    /// Up to `limit` objections against a purpose, the one that is due first first.
    pub async fn open_objections(
        &self,
        log: &LogId,
        purpose: &PurposeId,
        after: &AfterObjection,
        limit: u32,
    ) -> Stored<Vec<ObjectionRow>> {
        let rows: Vec<ObjectionColumns> = read!(self, pool => sqlx::query_as(
            "select subject, purpose, scope, received_at, due_on, overdue_from from open_objection \
             where log = $1 and purpose = $2 and overdue_from >= $3 \
             and (overdue_from, subject, purpose, scope) > ($3, $4, $5, $6) \
             order by overdue_from, subject, scope limit $7"
        ).bind(log.as_str()).bind(purpose.as_str()).bind(after.overdue_from).bind(&after.subject)
            .bind(&after.purpose).bind(&after.scope).bind(i64::from(limit)).fetch_all(pool))?;
        rows.into_iter().map(objection_row).collect()
    }

    /// The number of objections against a purpose that wait, and of those that are overdue.
    pub async fn count_objections(
        &self,
        log: &LogId,
        purpose: &PurposeId,
        now: UnixMs,
    ) -> Stored<(u64, u64)> {
        let (open, overdue): (i64, i64) = read!(self, pool => sqlx::query_as(
            "select count(*), cast(coalesce(sum(case when overdue_from <= $3 then 1 else 0 end), 0) as bigint) \
             from open_objection where log = $1 and purpose = $2"
        ).bind(log.as_str()).bind(purpose.as_str()).bind(now).fetch_one(pool))?;
        Ok((to_u64("a count", open)?, to_u64("a count", overdue)?))
    }

    /// By which of their subjects a person is a guardian of another: the named one, or one that was merged with it.
    pub async fn linked_guardian(
        &self,
        log: &LogId,
        guardian: &SubjectId,
        subject: &SubjectId,
    ) -> Stored<Option<SubjectId>> {
        let row: Option<(String,)> = read!(self, pool => sqlx::query_as(
            "with recursive survivors (subject) as (select cast($2 as text) union \
                select m.survivor from survivors s join merged_subject m on m.log = $1 and m.subject = s.subject), \
             person (subject) as (select subject from survivors union \
                select m.subject from person p join merged_subject m on m.log = $1 and m.survivor = p.subject) \
             select g.guardian from person p join guardian_of g on g.guardian = p.subject \
             where g.log = $1 and g.subject = $3 \
             order by case when g.guardian = $2 then 0 else 1 end, g.guardian limit 1"
        ).bind(log.as_str()).bind(guardian.as_str()).bind(subject.as_str()).fetch_optional(pool))?;
        row.map(|(guardian,)| parse_column("a subject", &guardian))
            .transpose()
    }
}

impl Tx {
    /// Deletes the waiting objections of the subjects after one and up to another.
    pub async fn forget_objections(
        &mut self,
        log: &LogId,
        after: &str,
        last: &SubjectId,
    ) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "delete from open_objection where log = $1 and subject > $2 and subject <= $3"
            )
            .bind(log.as_str())
            .bind(after)
            .bind(last.as_str())
        )
    }

    /// Writes what a batch changes beside the states. Nearly every batch changes nothing of it.
    pub async fn write_kept(&mut self, log: &LogId, kept: &Kept) -> Stored<()> {
        let log = log.as_str();
        for (subject, purpose, scope) in &kept.settled {
            run!(
                self,
                sqlx::query(
                    "delete from open_objection where log = $1 and subject = $2 and purpose = $3 and scope = $4"
                )
                .bind(log)
                .bind(subject.as_str())
                .bind(purpose.as_str())
                .bind(scope_text(scope))
            )?;
        }
        for row in &kept.objections {
            run!(
                self,
                sqlx::query(
                    "insert into open_objection (log, subject, purpose, scope, received_at, due_on, overdue_from) \
                     values ($1, $2, $3, $4, $5, $6, $7) on conflict (log, subject, purpose, scope) \
                     do update set received_at = $5, due_on = $6, overdue_from = $7"
                )
                .bind(log)
                .bind(row.subject.as_str())
                .bind(row.purpose.as_str())
                .bind(scope_text(&row.scope))
                .bind(row.received_at)
                .bind(&row.due_on)
                .bind(row.overdue_from)
            )?;
        }
        for (guardian, subject) in &kept.unlinked {
            run!(
                self,
                sqlx::query(
                    "delete from guardian_of where log = $1 and guardian = $2 and subject = $3"
                )
                .bind(log)
                .bind(guardian.as_str())
                .bind(subject.as_str())
            )?;
        }
        for (guardian, subject) in &kept.linked {
            run!(
                self,
                sqlx::query(
                    "insert into guardian_of (log, guardian, subject) values ($1, $2, $3) \
                     on conflict (log, guardian, subject) do nothing"
                )
                .bind(log)
                .bind(guardian.as_str())
                .bind(subject.as_str())
            )?;
        }
        self.write_merges(log, kept).await
    }

    async fn write_merges(&mut self, log: &str, kept: &Kept) -> Stored<()> {
        for (survivor, subject) in &kept.parted {
            run!(
                &mut *self,
                sqlx::query(
                    "delete from merged_subject where log = $1 and survivor = $2 and subject = $3"
                )
                .bind(log)
                .bind(survivor.as_str())
                .bind(subject.as_str())
            )?;
        }
        for (survivor, subject) in &kept.merged {
            run!(
                &mut *self,
                sqlx::query(
                    "insert into merged_subject (log, survivor, subject) values ($1, $2, $3) \
                     on conflict (log, survivor, subject) do nothing"
                )
                .bind(log)
                .bind(survivor.as_str())
                .bind(subject.as_str())
            )?;
        }
        Ok(())
    }
}
