//! Pictures, film and sound: assets with the people in them and their places of use. Lists are written and searched in
//! one statement, so those have one text per engine.

use samtycke_core::id::{LogId, PurposeId, ScopeValue, SubjectId};
use samtycke_core::position::Position;
use samtycke_core::state::SubjectState;
use samtycke_core::wire::Place;

use super::subject::{position, read_state};
use super::{Store, Stored, Tx, json_list, on, parse_column, read, read_confirmed, run, to_u64};
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

/// An asset with the times since when its people and places are recorded with it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatedAsset {
    /// The asset.
    pub row: AssetRow,
    /// Since when each person is in it, in their order.
    pub subjects_since: Vec<UnixMs>,
    /// Since when it is used in each place, in their order.
    pub places_since: Vec<UnixMs>,
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
    /// The position of the log's newest leaf.
    pub position: Position,
    /// Version of the keys, sites, register, notices and campaigns in force.
    pub config_version: u64,
    /// The asset without its places; `None` if the tenant has no such asset.
    pub asset: Option<AssetRow>,
    /// The states of the asset's subjects, in their order.
    pub states: Vec<Option<SubjectState>>,
}

pub(super) fn place(surface: &str, reference: &str) -> Stored<Place> {
    Ok(Place {
        surface: parse_column("a surface", surface)?,
        reference: parse_column("a place", reference)?,
    })
}

pub(super) fn optional<T: std::str::FromStr>(what: &str, text: Option<&str>) -> Stored<Option<T>> {
    text.map(|text| parse_column(what, text)).transpose()
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
            "select subject from asset_person where log = $1 and asset = $2 order by subject"
        ).bind(log.as_str()).bind(asset.as_str()).fetch_all(pool))?;
        let places: Vec<(String, String)> = read!(self, pool => sqlx::query_as(
            "select surface, ref from asset_use where log = $1 and asset = $2 order by surface, ref"
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

    /// Up to `limit` assets that are in use somewhere after this one, in order.
    pub async fn assets_in_use(
        &self,
        log: &LogId,
        after: &str,
        limit: u32,
    ) -> Stored<Vec<ScopeValue>> {
        let rows: Vec<(String,)> = read!(self, pool => sqlx::query_as(
            "select asset from asset a where log = $1 and asset > $2 \
             and exists (select 1 from asset_use p where p.log = $1 and p.asset = a.asset) order by asset limit $3"
        ).bind(log.as_str()).bind(after).bind(i64::from(limit)).fetch_all(pool))?;
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
            Vec<u8>,
            i64,
            Option<String>,
            Option<String>,
            Option<String>,
            Option<String>,
            Option<String>,
            Option<String>,
            Option<String>,
        );
        let rows = read_confirmed!(
            self,
            Row,
            [
                "select h.size, h.epoch, h.last_leaf, h.config_version, null, a.sha256, a.campaign, a.purpose, a.medium, d.subject, \
                 (select s.state from subject s where s.log = $1 and s.subject = d.subject) \
                 from log_head h left join asset a on a.log = $1 and a.asset = $2 \
                 left join asset_person d on d.log = $1 and d.asset = $2 where h.log = $1 order by d.subject",
                "select h.size, h.epoch, h.last_leaf, h.config_version, \
                 case when pg_is_in_recovery() then null else substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) end, \
                 a.sha256, a.campaign, a.purpose, a.medium, d.subject, \
                 (select s.state from subject s where s.log = $1 and s.subject = d.subject) \
                 from log_head h left join asset a on a.log = $1 and a.asset = $2 \
                 left join asset_person d on d.log = $1 and d.asset = $2 where h.log = $1 order by d.subject"
            ],
            [log.as_str(), asset.as_str()],
            |row| row.4.as_deref()
        )?;
        let Some((
            size,
            epoch,
            last_leaf,
            config_version,
            _,
            sha256,
            campaign,
            purpose,
            medium,
            ..,
        )) = rows.first()
        else {
            return Ok(None);
        };
        let mut found = AssetStates {
            position: position(*size, *epoch, last_leaf)?,
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
}

impl Tx {
    /// An asset with its lists and their times. The caller holds the head's lock, so the lists are of one moment.
    pub async fn dated_asset(
        &mut self,
        log: &LogId,
        asset: &ScopeValue,
    ) -> Stored<Option<DatedAsset>> {
        let row: Option<AssetTuple> = on!(&mut *self, conn => sqlx::query_as(
            "select sha256, campaign, purpose, medium from asset where log = $1 and asset = $2"
        ).bind(log.as_str()).bind(asset.as_str()).fetch_optional(conn))?;
        let Some((sha256, campaign, purpose, medium)) = row else {
            return Ok(None);
        };
        let subjects: Vec<(String, i64)> = on!(&mut *self, conn => sqlx::query_as(
            "select subject, since from asset_person where log = $1 and asset = $2 order by subject"
        ).bind(log.as_str()).bind(asset.as_str()).fetch_all(conn))?;
        let places: Vec<(String, String, i64)> = on!(&mut *self, conn => sqlx::query_as(
            "select surface, ref, since from asset_use where log = $1 and asset = $2 order by surface, ref"
        ).bind(log.as_str()).bind(asset.as_str()).fetch_all(conn))?;
        let people = subjects.iter().map(|(s, _)| parse_column("a subject", s));
        let used = places.iter().map(|(surface, r, _)| place(surface, r));
        let row = AssetRow {
            asset: asset.clone(),
            sha256,
            campaign: parse_column("a campaign", &campaign)?,
            purpose: parse_column("a purpose", &purpose)?,
            medium: optional("a medium", medium.as_deref())?,
            subjects: people.collect::<Stored<_>>()?,
            places: used.collect::<Stored<_>>()?,
        };
        Ok(Some(DatedAsset {
            row,
            subjects_since: subjects.into_iter().map(|(_, since)| since).collect(),
            places_since: places.into_iter().map(|(.., since)| since).collect(),
        }))
    }

    /// Replaces an asset and its lists at `now`. Who and what is in both the old and the new lists keeps its time, unless
    /// `anew`. The caller holds the head's lock, so two writers cannot mix their lists.
    pub async fn put_asset(
        &mut self,
        log: &LogId,
        row: &AssetRow,
        now: UnixMs,
        anew: bool,
    ) -> Stored<()> {
        let (log, asset) = (log.as_str(), row.asset.as_str());
        run!(
            &mut *self,
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
        if anew {
            self.delete_asset_lists(log, asset).await?;
        }
        let subjects: Vec<&str> = row.subjects.iter().map(SubjectId::as_str).collect();
        self.put_subjects((log, asset), subjects, now).await?;
        self.put_places((log, asset), &row.places, now).await
    }

    async fn put_subjects(
        &mut self,
        (log, asset): (&str, &str),
        subjects: Vec<&str>,
        now: UnixMs,
    ) -> Stored<()> {
        match self {
            Self::Sqlite(tx) => {
                const GONE: &str = "delete from asset_person where log = $1 and asset = $2 \
                    and subject not in (select value from json_each($3))";
                // `where true`: without it the parser takes `on` for a join's.
                const NEW: &str = "insert into asset_person (log, asset, subject, since) \
                    select $1, $2, value, $4 from json_each($3) where true on conflict do nothing";
                let list = json_list(&subjects);
                let query = sqlx::query(GONE).bind(log).bind(asset).bind(&list);
                query
                    .execute(&mut **tx)
                    .await
                    .map_err(|error| tx.failed(error))?;
                let query = sqlx::query(NEW).bind(log).bind(asset).bind(list).bind(now);
                query
                    .execute(&mut **tx)
                    .await
                    .map_err(|error| tx.failed(error))?;
            }
            Self::Postgres(tx) => {
                const GONE: &str = "delete from asset_person where log = $1 and asset = $2 and subject <> all($3::text[])";
                const NEW: &str = "insert into asset_person (log, asset, subject, since) \
                    select $1, $2, a, $4 from unnest($3::text[]) a on conflict do nothing";
                let deadline = tx.deadline();
                let query = sqlx::query(GONE).bind(log).bind(asset).bind(&subjects);
                deadline.meet(query.execute(&mut **tx)).await?;
                let query = sqlx::query(NEW).bind(log).bind(asset);
                let query = query.bind(subjects).bind(now);
                deadline.meet(query.execute(&mut **tx)).await?;
            }
        }
        Ok(())
    }

    async fn put_places(
        &mut self,
        (log, asset): (&str, &str),
        places: &[Place],
        now: UnixMs,
    ) -> Stored<()> {
        let surfaces: Vec<&str> = places.iter().map(|p| p.surface.as_str()).collect();
        let references: Vec<&str> = places.iter().map(|p| p.reference.as_str()).collect();
        match self {
            Self::Sqlite(tx) => {
                const GONE: &str = "delete from asset_use where log = $1 and asset = $2 and (surface, ref) not in \
                    (select s.value, r.value from json_each($3) s join json_each($4) r on r.key = s.key)";
                const NEW: &str = "insert into asset_use (log, asset, surface, ref, since) \
                    select $1, $2, s.value, r.value, $5 from json_each($3) s join json_each($4) r on r.key = s.key \
                    where true on conflict do nothing";
                let (surfaces, references) = (json_list(&surfaces), json_list(&references));
                let query = sqlx::query(GONE).bind(log).bind(asset);
                let query = query.bind(&surfaces).bind(&references);
                query
                    .execute(&mut **tx)
                    .await
                    .map_err(|error| tx.failed(error))?;
                let query = sqlx::query(NEW).bind(log).bind(asset);
                let query = query.bind(surfaces).bind(references).bind(now);
                query
                    .execute(&mut **tx)
                    .await
                    .map_err(|error| tx.failed(error))?;
            }
            Self::Postgres(tx) => {
                const GONE: &str = "delete from asset_use where log = $1 and asset = $2 and (surface, ref) not in \
                    (select a.* from unnest($3::text[], $4::text[]) a)";
                const NEW: &str = "insert into asset_use (log, asset, surface, ref, since) \
                    select $1, $2, a.*, $5 from unnest($3::text[], $4::text[]) a on conflict do nothing";
                let deadline = tx.deadline();
                let query = sqlx::query(GONE).bind(log).bind(asset);
                let query = query.bind(&surfaces).bind(&references);
                deadline.meet(query.execute(&mut **tx)).await?;
                let query = sqlx::query(NEW).bind(log).bind(asset);
                let query = query.bind(surfaces).bind(references).bind(now);
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
            sqlx::query("delete from asset_person where log = $1 and asset = $2")
                .bind(log)
                .bind(asset)
        )?;
        run!(
            self,
            sqlx::query("delete from asset_use where log = $1 and asset = $2")
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
                    from json_each($2) q join asset_person s on s.log = $1 and s.subject = q.value \
                    join asset a on a.log = $1 and a.asset = s.asset \
                    join asset_use p on p.log = $1 and p.asset = s.asset";
                let query = sqlx::query_as(TEXT)
                    .bind(log.as_str())
                    .bind(json_list(&names));
                query
                    .fetch_all(&mut **tx)
                    .await
                    .map_err(|error| tx.failed(error))
            }
            Self::Postgres(tx) => {
                // The limits keep the planner, which has no statistics at first, from reading all assets of the log. They
                // are above what an asset may have.
                const TEXT: &str = "select s.subject, a.asset, a.campaign, a.purpose, a.medium, p.surface, p.ref \
                    from asset_person s cross join lateral \
                    (select asset, campaign, purpose, medium from asset where log = $1 and asset = s.asset limit 1) a \
                    cross join lateral (select surface, ref from asset_use where log = $1 and asset = s.asset limit 1000) p \
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
}
