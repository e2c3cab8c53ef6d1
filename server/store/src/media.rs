//! Pictures, film and sound: assets with the people in them and their places of use, and take-downs. Lists are written
//! and searched in one statement, so those have one text per engine.

use samtycke_core::id::{LogId, PurposeId, ScopeValue, SubjectId, TakedownId};
use samtycke_core::reason::Reason;
use samtycke_core::state::SubjectState;
use samtycke_core::wire::{Place, TakedownCause, TakedownState};

use super::batch::json_list;
use super::subject::read_state;
use super::{Store, StoreError, Stored, Tx, on, parse_column, read, run, to_i64, to_u64};
use crate::clock::UnixMs;

/// An asset.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetRow {
    /// The tenant's own code of the asset.
    pub asset: ScopeValue,
    /// SHA-256 of the file; hex.
    pub sha256: String,
    /// The campaign that it is for.
    pub campaign: ScopeValue,
    /// The purpose that the people in it are asked about.
    pub purpose: PurposeId,
    /// The medium, unless it may be any of the campaign's.
    pub medium: Option<ScopeValue>,
    /// The people in it, ordered.
    pub subjects: Vec<SubjectId>,
    /// Where it is used, ordered.
    pub places: Vec<Place>,
}

/// A place of use of an asset with a person in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UseRow {
    /// The person.
    pub subject: SubjectId,
    /// The asset.
    pub asset: ScopeValue,
    /// The campaign of the asset.
    pub campaign: ScopeValue,
    /// The purpose of the asset.
    pub purpose: PurposeId,
    /// The medium of the asset, unless it may be any of the campaign's.
    pub medium: Option<ScopeValue>,
    /// The place.
    pub place: Place,
}

/// The result of the statement that judges an asset: what it is, who is in it, and the versions of everything else.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssetStates {
    /// Number of leaves in the log.
    pub size: u64,
    /// The log's epoch.
    pub epoch: u64,
    /// Version of the keys, sites, register, notices and campaigns in force.
    pub config_version: u64,
    /// The asset without its places; `None` if the tenant has no such asset.
    pub asset: Option<AssetRow>,
    /// The states of the asset's subjects, in their order.
    pub states: Vec<Option<SubjectState>>,
}

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

fn place(surface: &str, reference: &str) -> Stored<Place> {
    Ok(Place {
        surface: parse_column("a surface", surface)?,
        reference: parse_column("a place", reference)?,
    })
}

fn optional<T: std::str::FromStr>(what: &str, text: Option<&str>) -> Stored<Option<T>> {
    text.map(|text| parse_column(what, text)).transpose()
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

type AssetTuple = (String, String, String, Option<String>);

impl Store {
    /// An asset with its lists.
    pub async fn asset(&self, log: &LogId, asset: &ScopeValue) -> Stored<Option<AssetRow>> {
        let row: Option<AssetTuple> = read!(self, pool => sqlx::query_as(
            "select sha256, campaign, purpose, medium from asset where log = $1 and asset = $2"
        ).bind(log.as_str()).bind(asset.as_str()).fetch_optional(pool))?;
        let Some((sha256, campaign, purpose, medium)) = row else {
            return Ok(None);
        };
        let subjects: Vec<(String,)> = read!(self, pool => sqlx::query_as(
            "select subject from asset_subject where log = $1 and asset = $2 order by subject"
        ).bind(log.as_str()).bind(asset.as_str()).fetch_all(pool))?;
        let places: Vec<(String, String)> = read!(self, pool => sqlx::query_as(
            "select surface, ref from asset_place where log = $1 and asset = $2 order by surface, ref"
        ).bind(log.as_str()).bind(asset.as_str()).fetch_all(pool))?;
        let subjects = subjects.iter().map(|(s,)| parse_column("a subject", s));
        let places = places.iter().map(|(surface, r)| place(surface, r));
        Ok(Some(AssetRow {
            asset: asset.clone(),
            sha256,
            campaign: parse_column("a campaign", &campaign)?,
            purpose: parse_column("a purpose", &purpose)?,
            medium: optional("a medium", medium.as_deref())?,
            subjects: subjects.collect::<Stored<_>>()?,
            places: places.collect::<Stored<_>>()?,
        }))
    }

    /// Up to `limit` assets of a campaign after this one, in order.
    pub async fn assets_of_campaign(
        &self,
        log: &LogId,
        campaign: &ScopeValue,
        after: &str,
        limit: u32,
    ) -> Stored<Vec<ScopeValue>> {
        let rows: Vec<(String,)> = read!(self, pool => sqlx::query_as(
            "select asset from asset where log = $1 and campaign = $2 and asset > $3 order by asset limit $4"
        ).bind(log.as_str()).bind(campaign.as_str()).bind(after).bind(i64::from(limit)).fetch_all(pool))?;
        let assets = rows.iter().map(|(asset,)| parse_column("an asset", asset));
        assets.collect()
    }

    /// An asset, the states of the people in it, and the head that they belong to, in one statement. `None` if the log
    /// has no head.
    pub async fn asset_states(
        &self,
        log: &LogId,
        asset: &ScopeValue,
    ) -> Stored<Option<AssetStates>> {
        type Row = (
            i64,
            i64,
            i64,
            Option<String>,
            Option<String>,
            Option<String>,
            Option<String>,
            Option<String>,
            Option<String>,
        );
        let rows: Vec<Row> = read!(self, pool => sqlx::query_as(
            "select h.size, h.epoch, h.config_version, a.sha256, a.campaign, a.purpose, a.medium, d.subject, \
             (select s.state from subject s where s.log = $1 and s.subject = d.subject) \
             from log_head h left join asset a on a.log = $1 and a.asset = $2 \
             left join asset_subject d on d.log = $1 and d.asset = $2 where h.log = $1 order by d.subject"
        ).bind(log.as_str()).bind(asset.as_str()).fetch_all(pool))?;
        let Some((size, epoch, config_version, sha256, campaign, purpose, medium, ..)) =
            rows.first()
        else {
            return Ok(None);
        };
        let mut found = AssetStates {
            size: to_u64("a size", *size)?,
            epoch: to_u64("an epoch", *epoch)?,
            config_version: to_u64("a configuration version", *config_version)?,
            asset: None,
            states: Vec::new(),
        };
        let (Some(sha256), Some(campaign), Some(purpose)) = (sha256, campaign, purpose) else {
            return Ok(Some(found));
        };
        let mut subjects = Vec::with_capacity(rows.len());
        for (.., subject, state) in &rows {
            if let Some(subject) = subject {
                subjects.push(parse_column("a subject", subject)?);
                found
                    .states
                    .push(state.as_deref().map(read_state).transpose()?);
            }
        }
        found.asset = Some(AssetRow {
            asset: asset.clone(),
            sha256: sha256.clone(),
            campaign: parse_column("a campaign", campaign)?,
            purpose: parse_column("a purpose", purpose)?,
            medium: optional("a medium", medium.as_deref())?,
            subjects,
            places: Vec::new(),
        });
        Ok(Some(found))
    }

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
    /// Replaces an asset and its lists. The caller holds the head's lock, so two writers cannot mix their lists.
    pub async fn put_asset(&mut self, log: &LogId, row: &AssetRow) -> Stored<()> {
        let (log, asset) = (log.as_str(), row.asset.as_str());
        run!(
            self,
            sqlx::query(
                "insert into asset (log, asset, sha256, campaign, purpose, medium) values ($1, $2, $3, $4, $5, $6) \
                 on conflict (log, asset) do update set sha256 = $3, campaign = $4, purpose = $5, medium = $6"
            )
            .bind(log)
            .bind(asset)
            .bind(&row.sha256)
            .bind(row.campaign.as_str())
            .bind(row.purpose.as_str())
            .bind(row.medium.as_ref().map(ScopeValue::as_str))
        )?;
        self.delete_asset_lists(log, asset).await?;
        let subjects: Vec<&str> = row.subjects.iter().map(SubjectId::as_str).collect();
        let surfaces: Vec<&str> = row.places.iter().map(|p| p.surface.as_str()).collect();
        let references: Vec<&str> = row.places.iter().map(|p| p.reference.as_str()).collect();
        match self {
            Self::Sqlite(tx) => {
                let subjects = "insert into asset_subject (log, asset, subject) select $1, $2, value from json_each($3)";
                let list = json_list(
                    &row.subjects
                        .iter()
                        .map(SubjectId::as_str)
                        .collect::<Vec<_>>(),
                );
                let query = sqlx::query(subjects).bind(log).bind(asset).bind(list);
                query.execute(&mut **tx).await.map_err(StoreError::of)?;
                let places = "insert into asset_place (log, asset, surface, ref) select $1, $2, s.value, r.value \
                    from json_each($3) s join json_each($4) r on r.key = s.key";
                let query = sqlx::query(places).bind(log).bind(asset);
                let query = query
                    .bind(json_list(&surfaces))
                    .bind(json_list(&references));
                query.execute(&mut **tx).await.map_err(StoreError::of)?;
            }
            Self::Postgres(tx) => {
                let deadline = tx.deadline();
                let text = "insert into asset_subject (log, asset, subject) select $1, $2, a from unnest($3::text[]) a";
                let query = sqlx::query(text).bind(log).bind(asset).bind(subjects);
                deadline.meet(query.execute(&mut **tx)).await?;
                let text = "insert into asset_place (log, asset, surface, ref) \
                    select $1, $2, a.* from unnest($3::text[], $4::text[]) a";
                let query = sqlx::query(text).bind(log).bind(asset);
                let query = query.bind(surfaces).bind(references);
                deadline.meet(query.execute(&mut **tx)).await?;
            }
        }
        Ok(())
    }

    /// Deletes an asset and its lists; its take-downs stay. Returns whether there was one.
    pub async fn delete_asset(&mut self, log: &LogId, asset: &ScopeValue) -> Stored<bool> {
        self.delete_asset_lists(log.as_str(), asset.as_str())
            .await?;
        let gone: Option<(String,)> = on!(self, conn => sqlx::query_as(
            "delete from asset where log = $1 and asset = $2 returning asset"
        ).bind(log.as_str()).bind(asset.as_str()).fetch_optional(conn))?;
        Ok(gone.is_some())
    }

    async fn delete_asset_lists(&mut self, log: &str, asset: &str) -> Stored<()> {
        run!(
            self,
            sqlx::query("delete from asset_subject where log = $1 and asset = $2")
                .bind(log)
                .bind(asset)
        )?;
        run!(
            self,
            sqlx::query("delete from asset_place where log = $1 and asset = $2")
                .bind(log)
                .bind(asset)
        )
    }

    /// The places of use of every asset that one of these people is in.
    pub async fn uses_of(&mut self, log: &LogId, subjects: &[&SubjectId]) -> Stored<Vec<UseRow>> {
        type Row = (
            String,
            String,
            String,
            String,
            Option<String>,
            String,
            String,
        );
        let names: Vec<&str> = subjects.iter().map(|subject| subject.as_str()).collect();
        let rows: Vec<Row> = match self {
            Self::Sqlite(tx) => {
                const TEXT: &str = "select s.subject, a.asset, a.campaign, a.purpose, a.medium, p.surface, p.ref \
                    from json_each($2) q join asset_subject s on s.log = $1 and s.subject = q.value \
                    join asset a on a.log = $1 and a.asset = s.asset \
                    join asset_place p on p.log = $1 and p.asset = s.asset";
                let query = sqlx::query_as(TEXT)
                    .bind(log.as_str())
                    .bind(json_list(&names));
                query.fetch_all(&mut **tx).await.map_err(StoreError::of)
            }
            Self::Postgres(tx) => {
                // The limits keep the planner, which has no statistics at first, from reading all assets of the log. They
                // are above what an asset may have.
                const TEXT: &str = "select s.subject, a.asset, a.campaign, a.purpose, a.medium, p.surface, p.ref \
                    from asset_subject s cross join lateral \
                    (select asset, campaign, purpose, medium from asset where log = $1 and asset = s.asset limit 1) a \
                    cross join lateral (select surface, ref from asset_place where log = $1 and asset = s.asset limit 1000) p \
                    where s.log = $1 and s.subject = any($2::text[])";
                let deadline = tx.deadline();
                let query = sqlx::query_as(TEXT).bind(log.as_str()).bind(names);
                deadline.meet(query.fetch_all(&mut **tx)).await
            }
        }?;
        let row = |(subject, asset, campaign, purpose, medium, surface, reference): Row| {
            Ok(UseRow {
                subject: parse_column("a subject", &subject)?,
                asset: parse_column("an asset", &asset)?,
                campaign: parse_column("a campaign", &campaign)?,
                purpose: parse_column("a purpose", &purpose)?,
                medium: optional("a medium", medium.as_deref())?,
                place: place(&surface, &reference)?,
            })
        };
        rows.into_iter().map(row).collect()
    }

    /// Opens a take-down, unless it was opened before: the same cause has the same id. Nor does it open one for a place
    /// and a person for whom one is open.
    ///
    /// Error: [`StoreError::Duplicate`] if another server opens it at this moment.
    pub async fn open_takedown(&mut self, log: &LogId, row: &TakedownRow) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into takedown (log, id, asset, surface, ref, cause, subject, reason, idx, opened_at, due_at) \
                 select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11 \
                 where not exists (select 1 from takedown where log = $1 and id = $2) \
                 and not exists (select 1 from takedown where log = $1 and asset = $3 and surface = $4 and ref = $5 \
                 and done_at is null and coalesce(subject, '') = coalesce($7, ''))"
            )
            .bind(log.as_str())
            .bind(row.id.as_str())
            .bind(row.asset.as_str())
            .bind(row.place.surface.as_str())
            .bind(row.place.reference.as_str())
            .bind(row.cause.as_str())
            .bind(row.subject.as_ref().map(SubjectId::as_str))
            .bind(row.reason.map(Reason::as_str))
            .bind(to_i64(row.idx))
            .bind(row.opened_at)
            .bind(row.due_at)
        )
    }

    /// Acknowledges an open take-down. Returns whether it was open.
    pub async fn finish_takedown(
        &mut self,
        log: &LogId,
        id: &TakedownId,
        done: &Done,
    ) -> Stored<bool> {
        let changed: Option<(String,)> = on!(self, conn => sqlx::query_as(
            "update takedown set done_at = $3, done_by = $4, evidence = $5 \
             where log = $1 and id = $2 and done_at is null returning id"
        ).bind(log.as_str()).bind(id.as_str()).bind(done.at).bind(&done.by).bind(&done.evidence).fetch_optional(conn))?;
        Ok(changed.is_some())
    }
}
