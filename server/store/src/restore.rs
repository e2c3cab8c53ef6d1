//! Rows that a replay of the log anchor restores under their own numbers.

use samtycke_core::id::{LogId, SiteId, SubjectId, TenantId};

use super::control::{KeyRow, NoticeRow, NoticeTextRow, RegisterRow};
use super::{Stored, Tx, run, to_i64};
use crate::clock::UnixMs;

impl Tx {
    /// Restores a version of a register under its own number, unless it is there.
    pub async fn restore_register(&mut self, tenant: &TenantId, row: &RegisterRow) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into register_version (tenant, version, hash, body, created_at) select $1, $2, $3, $4, $5 \
                 where not exists (select 1 from register_version where tenant = $1 and version = $2)"
            )
            .bind(tenant.as_str())
            .bind(to_i64(row.version))
            .bind(&row.hash)
            .bind(&row.body)
            .bind(row.created_at)
        )?;
        run!(
            self,
            sqlx::query(
                "insert into register_head (tenant) values ($1) on conflict (tenant) do nothing"
            )
            .bind(tenant.as_str())
        )
    }

    /// Restores a notice and its texts under its own number, unless it is there.
    pub async fn restore_notice(
        &mut self,
        tenant: &TenantId,
        row: &NoticeRow,
        texts: &[NoticeTextRow],
        at: UnixMs,
    ) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into notice (tenant, hash, site, version, manifest, created_at) select $1, $2, $3, $4, $5, $6 \
                 where not exists (select 1 from notice where tenant = $1 and hash = $2)"
            )
            .bind(tenant.as_str())
            .bind(row.hash.as_str())
            .bind(row.site.as_str())
            .bind(to_i64(row.version))
            .bind(&row.manifest)
            .bind(at)
        )?;
        for text in texts {
            run!(
                self,
                sqlx::query(
                    "insert into notice_text (tenant, hash, language, variant, body) select $1, $2, $3, $4, $5 \
                     where not exists (select 1 from notice_text where tenant = $1 and hash = $2 and language = $3 and variant = $4)"
                )
                .bind(tenant.as_str())
                .bind(row.hash.as_str())
                .bind(&text.language)
                .bind(&text.variant)
                .bind(&text.body)
            )?;
        }
        self.set_notice_register(tenant, &row.hash, row.register)
            .await
    }

    /// Restores a key, unless it is there.
    pub async fn restore_key(&mut self, tenant: &TenantId, row: &KeyRow) -> Stored<()> {
        run!(self, sqlx::query(
            "insert into api_key (key_hash, tenant, key_id, role, site, label, created_at, revoked_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (key_hash) do nothing"
        ).bind(&row.key_hash[..]).bind(tenant.as_str()).bind(&row.key_id).bind(&row.role)
        .bind(row.site.as_ref().map(SiteId::as_str)).bind(&row.label).bind(row.created_at).bind(row.revoked_at)
        .bind(row.expires_at))
    }

    /// Restores a pseudonym's subject, unless it has one.
    pub async fn restore_pseudonym(
        &mut self,
        log: &LogId,
        reference: &[u8; 32],
        subject: &SubjectId,
    ) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into pseudonym (log, ref, subject) values ($1, $2, $3) on conflict (log, ref) do nothing"
            )
            .bind(log.as_str())
            .bind(&reference[..])
            .bind(subject.as_str())
        )
    }
}
