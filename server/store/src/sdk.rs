//! The banner's files of earlier releases.

use super::{Store, Stored, Tx, read, run};
use crate::clock::UnixMs;

/// A file's row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdkFileRow {
    /// Its name, with its hash in it.
    pub name: String,
    /// Its media type.
    pub content_type: String,
    /// As it is.
    pub body: Vec<u8>,
    /// The same compressed; empty where that is no shorter.
    pub brotli: Vec<u8>,
    /// For Subresource Integrity.
    pub integrity: String,
    /// When a release that has it ran last.
    pub released_at: UnixMs,
}

impl Store {
    /// Name of every file, and when a release that has it ran last.
    pub async fn sdk_files(&self) -> Stored<Vec<(String, UnixMs)>> {
        read!(self, pool => sqlx::query_as(
            "select name, released_at from sdk_file order by name"
        ).fetch_all(pool))
    }

    /// One file.
    pub async fn sdk_file(&self, name: &str) -> Stored<Option<SdkFileRow>> {
        type Row = (String, String, Vec<u8>, Vec<u8>, String, i64);
        let row: Option<Row> = read!(self, pool => sqlx::query_as(
            "select name, content_type, body, brotli, integrity, released_at from sdk_file where name = $1"
        ).bind(name).fetch_optional(pool))?;
        Ok(row.map(
            |(name, content_type, body, brotli, integrity, released_at)| SdkFileRow {
                name,
                content_type,
                body,
                brotli,
                integrity,
                released_at,
            },
        ))
    }
}

impl Tx {
    /// Adds a file, or says of one that is there that its release still runs.
    pub async fn keep_sdk_file(&mut self, row: &SdkFileRow) -> Stored<()> {
        run!(
            self,
            sqlx::query(
                "insert into sdk_file (name, content_type, body, brotli, integrity, released_at) \
             values ($1, $2, $3, $4, $5, $6) \
             on conflict (name) do update set released_at = excluded.released_at \
             where sdk_file.released_at < excluded.released_at"
            )
            .bind(&row.name)
            .bind(&row.content_type)
            .bind(&row.body[..])
            .bind(&row.brotli[..])
            .bind(&row.integrity)
            .bind(row.released_at)
        )
    }

    /// Deletes what no release has had since then.
    pub async fn forget_sdk_files(&mut self, before: UnixMs) -> Stored<()> {
        run!(
            self,
            sqlx::query("delete from sdk_file where released_at < $1").bind(before)
        )
    }
}
