//! Tenants, sites, keys, registers and notices: small tables that people edit; the server reads them whole per tenant.

use samtycke_core::id::{LogId, NoticeHash, SiteId, TenantId};

use super::{Store, Stored, Tx, on, parse_column, read, run, to_array, to_i64};
use crate::clock::UnixMs;

/// A tenant's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TenantRow {
    /// Short name of the tenant.
    pub tenant: TenantId,
    /// Id of the tenant's log.
    pub log: LogId,
    /// Display name of the controller.
    pub controller: String,
    /// Time of creation.
    pub created_at: UnixMs,
}

/// A site's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteRow {
    /// Name of the site.
    pub site: SiteId,
    /// Web origins from which its publishable keys may be used, separated by spaces.
    pub origins: String,
    /// Time of creation.
    pub created_at: UnixMs,
    /// Time of revocation.
    pub revoked_at: Option<UnixMs>,
}

/// A key's row. The key itself is never stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyRow {
    /// SHA-256 of the key.
    pub key_hash: [u8; 32],
    /// Public name of the key.
    pub key_id: String,
    /// Role as text.
    pub role: String,
    /// The site a publishable key belongs to.
    pub site: Option<SiteId>,
    /// Free-text label for people.
    pub label: String,
    /// Time of creation.
    pub created_at: UnixMs,
    /// Time of revocation.
    pub revoked_at: Option<UnixMs>,
    /// From when it opens nothing; `None`: it does not end by itself.
    pub expires_at: Option<UnixMs>,
    /// The last day on which it was used, UTC, in days since 1970; `None`: no use is known.
    pub last_used_day: Option<i64>,
}

/// A notice's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeRow {
    /// Content address of the manifest.
    pub hash: NoticeHash,
    /// Site that shows the notice.
    pub site: SiteId,
    /// Number within the site, from 1.
    pub version: u64,
    /// The manifest's exact bytes.
    pub manifest: String,
    /// Version of the register that it was stored for; 0 if that is not known.
    pub register: u64,
}

/// One text of a notice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeTextRow {
    /// Language tag.
    pub language: String,
    /// Audience: `adult`, `teen`, `child`.
    pub variant: String,
    /// The text document's exact bytes.
    pub body: String,
}

/// A register version's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterRow {
    /// Number within the tenant, from 1.
    pub version: u64,
    /// Content hash; hex.
    pub hash: String,
    /// The imported TOML file.
    pub body: String,
    /// Time of import.
    pub created_at: UnixMs,
}

impl Store {
    /// Every tenant, by name.
    pub async fn tenants(&self) -> Stored<Vec<TenantRow>> {
        let rows: Vec<(String, String, String, i64)> = read!(self, pool => sqlx::query_as(
            "select tenant, log, controller, created_at from tenant order by tenant"
        ).fetch_all(pool))?;
        rows.into_iter().map(tenant_row).collect()
    }

    /// The tenant with this name.
    pub async fn tenant(&self, tenant: &str) -> Stored<Option<TenantRow>> {
        let row: Option<(String, String, String, i64)> = read!(self, pool => sqlx::query_as(
            "select tenant, log, controller, created_at from tenant where tenant = $1"
        ).bind(tenant).fetch_optional(pool))?;
        row.map(tenant_row).transpose()
    }

    /// The tenant that owns this log.
    pub async fn tenant_of_log(&self, log: &str) -> Stored<Option<TenantRow>> {
        let row: Option<(String, String, String, i64)> = read!(self, pool => sqlx::query_as(
            "select tenant, log, controller, created_at from tenant where log = $1"
        ).bind(log).fetch_optional(pool))?;
        row.map(tenant_row).transpose()
    }

    /// The tenant of the key with this hash, revoked keys included.
    pub async fn tenant_of_key(&self, key_hash: &[u8; 32]) -> Stored<Option<TenantId>> {
        let row: Option<(String,)> = read!(self, pool => sqlx::query_as(
            "select tenant from api_key where key_hash = $1"
        ).bind(&key_hash[..]).fetch_optional(pool))?;
        row.map(|(t,)| parse_column("a key's tenant", &t))
            .transpose()
    }

    /// A tenant's sites by name, revoked sites included.
    pub async fn sites(&self, tenant: &TenantId) -> Stored<Vec<SiteRow>> {
        let rows: Vec<(String, String, i64, Option<i64>)> = read!(self, pool => sqlx::query_as(
            "select site, origins, created_at, revoked_at from site where tenant = $1 order by site"
        ).bind(tenant.as_str()).fetch_all(pool))?;
        rows.into_iter()
            .map(|(site, origins, created_at, revoked_at)| {
                Ok(SiteRow {
                    site: parse_column("a site", &site)?,
                    origins,
                    created_at,
                    revoked_at,
                })
            })
            .collect()
    }

    /// The origins of every tenant's live sites, patterns included.
    pub async fn origins(&self) -> Stored<Vec<String>> {
        let rows: Vec<(String,)> = read!(self, pool => sqlx::query_as(
            "select origins from site where revoked_at is null and origins <> ''"
        ).fetch_all(pool))?;
        let origins = rows
            .iter()
            .flat_map(|(origins,)| origins.split_ascii_whitespace());
        Ok(origins.map(str::to_owned).collect())
    }

    /// A tenant's keys by creation time, revoked keys included.
    pub async fn keys(&self, tenant: &TenantId) -> Stored<Vec<KeyRow>> {
        type Row = (
            Vec<u8>,
            String,
            String,
            Option<String>,
            String,
            i64,
            Option<i64>,
            Option<i64>,
            Option<i64>,
        );
        let rows: Vec<Row> = read!(self, pool => sqlx::query_as(
            "select key_hash, key_id, role, site, label, created_at, revoked_at, expires_at, last_used_day from api_key \
             where tenant = $1 order by created_at, key_id"
        ).bind(tenant.as_str()).fetch_all(pool))?;
        rows.into_iter()
            .map(
                |(
                    hash,
                    key_id,
                    role,
                    site,
                    label,
                    created_at,
                    revoked_at,
                    expires_at,
                    last_used_day,
                )| {
                    Ok(KeyRow {
                        key_hash: to_array("a key's hash", &hash)?,
                        key_id,
                        role,
                        site: site.map(|s| parse_column("a key's site", &s)).transpose()?,
                        label,
                        created_at,
                        revoked_at,
                        expires_at,
                        last_used_day,
                    })
                },
            )
            .collect()
    }

    /// The version numbers of the draft and the live register.
    pub async fn register_head(&self, tenant: &TenantId) -> Stored<(Option<u64>, Option<u64>)> {
        let row: Option<(Option<i64>, Option<i64>)> = read!(self, pool => sqlx::query_as(
            "select draft, live from register_head where tenant = $1"
        ).bind(tenant.as_str()).fetch_optional(pool))?;
        let (draft, live) = row.unwrap_or_default();
        Ok((
            draft.and_then(|v| u64::try_from(v).ok()),
            live.and_then(|v| u64::try_from(v).ok()),
        ))
    }

    /// One version of a register.
    pub async fn register_version(
        &self,
        tenant: &TenantId,
        version: u64,
    ) -> Stored<Option<RegisterRow>> {
        let row: Option<(i64, String, String, i64)> = read!(self, pool => sqlx::query_as(
            "select version, hash, body, created_at from register_version where tenant = $1 and version = $2"
        ).bind(tenant.as_str()).bind(to_i64(version)).fetch_optional(pool))?;
        row.map(|(v, hash, body, created_at)| {
            Ok(RegisterRow {
                version: super::to_u64("a version", v)?,
                hash,
                body,
                created_at,
            })
        })
        .transpose()
    }

    /// A tenant's notices, oldest first.
    pub async fn notices(&self, tenant: &TenantId) -> Stored<Vec<NoticeRow>> {
        let rows: Vec<(String, String, i64, String, i64)> = read!(self, pool => sqlx::query_as(
            "select n.hash, n.site, n.version, n.manifest, coalesce(f.register, 0) from notice n \
             left join notice_register f on f.tenant = n.tenant and f.hash = n.hash \
             where n.tenant = $1 order by n.site, n.version"
        ).bind(tenant.as_str()).fetch_all(pool))?;
        rows.into_iter()
            .map(|(hash, site, version, manifest, register)| {
                Ok(NoticeRow {
                    hash: parse_column("a notice's hash", &hash)?,
                    site: parse_column("a notice's site", &site)?,
                    version: super::to_u64("a version", version)?,
                    manifest,
                    register: super::to_u64("a version", register)?,
                })
            })
            .collect()
    }

    /// The texts of a notice, by language and variant.
    pub async fn notice_texts(
        &self,
        tenant: &TenantId,
        hash: &NoticeHash,
    ) -> Stored<Vec<NoticeTextRow>> {
        let rows: Vec<(String, String, String)> = read!(self, pool => sqlx::query_as(
            "select language, variant, body from notice_text where tenant = $1 and hash = $2 order by language, variant"
        ).bind(tenant.as_str()).bind(hash.as_str()).fetch_all(pool))?;
        Ok(rows
            .into_iter()
            .map(|(language, variant, body)| NoticeTextRow {
                language,
                variant,
                body,
            })
            .collect())
    }

    /// One text of a notice.
    pub async fn notice_text(
        &self,
        tenant: &TenantId,
        hash: &NoticeHash,
        language: &str,
        variant: &str,
    ) -> Stored<Option<String>> {
        let row: Option<(String,)> = read!(self, pool => sqlx::query_as(
            "select body from notice_text where tenant = $1 and hash = $2 and language = $3 and variant = $4"
        ).bind(tenant.as_str()).bind(hash.as_str()).bind(language).bind(variant).fetch_optional(pool))?;
        Ok(row.map(|(body,)| body))
    }

    /// Reads a value that belongs to the whole database.
    pub async fn meta(&self, name: &str) -> Stored<Option<String>> {
        let row: Option<(String,)> = read!(self, pool => sqlx::query_as(
            "select value from meta where name = $1"
        ).bind(name).fetch_optional(pool))?;
        Ok(row.map(|(value,)| value))
    }
}

impl Tx {
    /// Sets a value that belongs to the whole database, unless it is set.
    pub async fn init_meta(&mut self, name: &str, value: &str) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into meta (name, value) values ($1, $2) on conflict (name) do nothing"
            )
            .bind(name)
            .bind(value)
        )
    }

    /// Sets a value that belongs to the whole database.
    pub async fn set_meta(&mut self, name: &str, value: &str) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into meta (name, value) values ($1, $2) \
                 on conflict (name) do update set value = excluded.value"
            )
            .bind(name)
            .bind(value)
        )
    }

    /// Adds a tenant. Error: [`super::StoreError::Duplicate`] if the name is taken.
    pub async fn insert_tenant(&mut self, row: &TenantRow) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into tenant (tenant, log, controller, created_at) values ($1, $2, $3, $4)"
            )
            .bind(row.tenant.as_str())
            .bind(row.log.as_str())
            .bind(&row.controller)
            .bind(row.created_at)
        )
    }

    /// Adds a site, or restores a revoked one with the new origins. Error: [`super::StoreError::Duplicate`] if a live
    /// site has the name.
    pub async fn insert_site(&mut self, tenant: &TenantId, row: &SiteRow) -> Stored<()> {
        let added: Option<(String,)> = on!(self, conn => sqlx::query_as(
            "insert into site (tenant, site, origins, created_at, revoked_at) values ($1, $2, $3, $4, null) \
             on conflict (tenant, site) do update set origins = excluded.origins, created_at = excluded.created_at, revoked_at = null \
             where site.revoked_at is not null returning site"
        ).bind(tenant.as_str()).bind(row.site.as_str()).bind(&row.origins).bind(row.created_at).fetch_optional(conn))?;
        added.map(drop).ok_or(super::StoreError::Duplicate)
    }

    /// Replaces the origins of a live site; returns whether the site exists.
    pub async fn set_origins(
        &mut self,
        tenant: &TenantId,
        site: &SiteId,
        origins: &str,
    ) -> Stored<bool> {
        let row: Option<(String,)> = on!(self, conn => sqlx::query_as(
            "update site set origins = $3 where tenant = $1 and site = $2 and revoked_at is null returning site"
        ).bind(tenant.as_str()).bind(site.as_str()).bind(origins).fetch_optional(conn))?;
        Ok(row.is_some())
    }

    /// Revokes a site; returns whether there was a live site.
    pub async fn revoke_site(
        &mut self,
        tenant: &TenantId,
        site: &SiteId,
        at: UnixMs,
    ) -> Stored<bool> {
        let row: Option<(String,)> = on!(self, conn => sqlx::query_as(
            "update site set revoked_at = $3 where tenant = $1 and site = $2 and revoked_at is null returning site"
        ).bind(tenant.as_str()).bind(site.as_str()).bind(at).fetch_optional(conn))?;
        Ok(row.is_some())
    }

    /// Adds a key.
    pub async fn insert_key(&mut self, tenant: &TenantId, row: &KeyRow) -> Stored<()> {
        run!(self, sqlx::query(
            "insert into api_key (key_hash, tenant, key_id, role, site, label, created_at, revoked_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        ).bind(&row.key_hash[..]).bind(tenant.as_str()).bind(&row.key_id).bind(&row.role)
        .bind(row.site.as_ref().map(SiteId::as_str)).bind(&row.label).bind(row.created_at).bind(row.revoked_at)
        .bind(row.expires_at))
    }

    /// Notes the day on which a key was last used. Only a later day is written, or today where the row has a day after
    /// tomorrow: it is from a clock that was ahead.
    pub async fn note_key_use(&mut self, key_hash: &[u8; 32], day: i64) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "update api_key set last_used_day = $2 where key_hash = $1 \
             and (last_used_day is null or last_used_day < $2 or last_used_day > $2 + 1)"
            )
            .bind(&key_hash[..])
            .bind(day)
        )
    }

    /// Revokes a key; returns whether there was a live key.
    pub async fn revoke_key(
        &mut self,
        tenant: &TenantId,
        key_id: &str,
        at: UnixMs,
    ) -> Stored<bool> {
        let row: Option<(String,)> = on!(self, conn => sqlx::query_as(
            "update api_key set revoked_at = $3 where tenant = $1 and key_id = $2 and revoked_at is null \
             returning key_id"
        ).bind(tenant.as_str()).bind(key_id).bind(at).fetch_optional(conn))?;
        Ok(row.is_some())
    }

    /// Adds the next version of a register as the draft; returns its number.
    pub async fn insert_register(
        &mut self,
        tenant: &TenantId,
        hash: &str,
        body: &str,
        at: UnixMs,
    ) -> Stored<u64> {
        let (version,): (i64,) = on!(self, conn => sqlx::query_as(
            "insert into register_version (tenant, version, hash, body, created_at) \
             select $1, coalesce(max(version), 0) + 1, $2, $3, $4 from register_version where tenant = $1 \
             returning version"
        ).bind(tenant.as_str()).bind(hash).bind(body).bind(at).fetch_one(conn))?;
        run!(self, sqlx::query(
            "insert into register_head (tenant, draft) values ($1, $2) on conflict (tenant) do update set draft = $2"
        ).bind(tenant.as_str()).bind(version))?;
        super::to_u64("a version", version)
    }

    /// Makes a version the live one. Clears the draft if it is that version.
    pub async fn publish_register(&mut self, tenant: &TenantId, version: u64) -> Stored<()> {
        run!(self, sqlx::query(
            "update register_head set live = $2, draft = case when draft = $2 then null else draft end \
             where tenant = $1"
        ).bind(tenant.as_str()).bind(to_i64(version)))
    }

    /// Remembers the version of the register that a notice was stored for, of the last time it was stored.
    pub async fn set_notice_register(
        &mut self,
        tenant: &TenantId,
        hash: &NoticeHash,
        register: u64,
    ) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into notice_register (tenant, hash, register) values ($1, $2, $3) \
             on conflict (tenant, hash) do update set register = $3"
            )
            .bind(tenant.as_str())
            .bind(hash.as_str())
            .bind(to_i64(register))
        )
    }

    /// Stores a notice and its texts, unless they are stored; returns the notice's version.
    pub async fn insert_notice(
        &mut self,
        tenant: &TenantId,
        hash: &NoticeHash,
        site: &SiteId,
        manifest: &str,
        texts: &[NoticeTextRow],
        at: UnixMs,
    ) -> Stored<u64> {
        let existing: Option<(i64,)> = on!(self, conn => sqlx::query_as(
            "select version from notice where tenant = $1 and hash = $2"
        ).bind(tenant.as_str()).bind(hash.as_str()).fetch_optional(conn))?;
        if let Some((version,)) = existing {
            return super::to_u64("a version", version);
        }
        let (version,): (i64,) = on!(self, conn => sqlx::query_as(
            "insert into notice (tenant, hash, site, version, manifest, created_at) \
             select $1, $2, $3, coalesce(max(version), 0) + 1, $4, $5 from notice where tenant = $1 and site = $3 \
             returning version"
        ).bind(tenant.as_str()).bind(hash.as_str()).bind(site.as_str()).bind(manifest).bind(at).fetch_one(conn))?;
        for text in texts {
            run!(self, sqlx::query(
                "insert into notice_text (tenant, hash, language, variant, body) values ($1, $2, $3, $4, $5)"
            ).bind(tenant.as_str()).bind(hash.as_str()).bind(&text.language).bind(&text.variant).bind(&text.body))?;
        }
        super::to_u64("a version", version)
    }
}

fn tenant_row(
    (tenant, log, controller, created_at): (String, String, String, i64),
) -> Stored<TenantRow> {
    Ok(TenantRow {
        tenant: parse_column("a tenant", &tenant)?,
        log: parse_column("a log", &log)?,
        controller,
        created_at,
    })
}
