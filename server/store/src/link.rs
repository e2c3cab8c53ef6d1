//! Links on which a person answers.

use samtycke_core::id::LogId;

use super::{Store, Stored, on, read, run};
use crate::clock::UnixMs;

/// A link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkRow {
    /// SHA-256 of the secret in the link's address.
    pub token: [u8; 32],
    /// Id of the tenant's log.
    pub log: LogId,
    /// Public id, by which the tenant takes it back.
    pub link: String,
    /// JSON of the question.
    pub body: String,
    /// When it was made.
    pub created_at: UnixMs,
    /// When it ends if it is not answered.
    pub expires_at: UnixMs,
    /// When the tenant took it back.
    pub revoked_at: Option<UnixMs>,
}

impl Store {
    /// Stores a new link.
    pub async fn insert_link(&self, row: &LinkRow) -> Stored<()> {
        let mut tx = self.begin().await?;
        run!(&mut tx, sqlx::query(
            "insert into link (token, log, link, body, created_at, expires_at) values ($1, $2, $3, $4, $5, $6)"
        ).bind(&row.token[..]).bind(row.log.as_str()).bind(&row.link).bind(&row.body)
            .bind(row.created_at).bind(row.expires_at))?;
        tx.commit().await
    }

    /// The link whose secret has this SHA-256.
    pub async fn link(&self, token: &[u8; 32]) -> Stored<Option<LinkRow>> {
        type Columns = (String, String, String, i64, i64, Option<i64>);
        let row: Option<Columns> = read!(self, pool => sqlx::query_as(
            "select log, link, body, created_at, expires_at, revoked_at from link where token = $1"
        ).bind(&token[..]).fetch_optional(pool))?;
        row.map(|(log, link, body, created_at, expires_at, revoked_at)| {
            Ok(LinkRow {
                token: *token,
                log: super::parse_column("a log", &log)?,
                link,
                body,
                created_at,
                expires_at,
                revoked_at,
            })
        })
        .transpose()
    }

    /// Takes a link back at `now`; returns whether the log has such a link. One that was taken back stays so.
    pub async fn revoke_link(&self, log: &LogId, link: &str, now: UnixMs) -> Stored<bool> {
        let mut tx = self.begin().await?;
        let found: Option<(String,)> = on!(&mut tx, conn => sqlx::query_as(
            "update link set revoked_at = coalesce(revoked_at, $3) where log = $1 and link = $2 returning link"
        ).bind(log.as_str()).bind(link).bind(now).fetch_optional(conn))?;
        tx.commit().await?;
        Ok(found.is_some())
    }
}
