//! The banner files of earlier releases.

use super::{Store, Stored, Tx, read, run};
use crate::clock::UnixMs;

/// The row of a banner file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SdkFileRow {
    /// File name, which contains its hash.
    pub name: String,
    /// Media type of the file.
    pub content_type: String,
    /// Uncompressed contents.
    pub body: Vec<u8>,
    /// Contents compressed with brotli; empty if that is not shorter.
    pub brotli: Vec<u8>,
    /// Value for Subresource Integrity.
    pub integrity: String,
    /// Last time that a server with a release containing the file reported it.
    pub released_at: UnixMs,
}

impl Store {
    /// The name of every file, and the last time that a release with the file ran.
    pub async fn sdk_files(&self) -> Stored<Vec<(String, UnixMs)>> {
        read!(self, pool => sqlx::query_as(
            "select name, released_at from sdk_file order by name"
        ).fetch_all(pool))
    }

    /// Reads one file by name.
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
    /// Adds a file, or updates `released_at` of an existing file.
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

    /// Deletes files that no release has contained since `before`.
    pub async fn forget_sdk_files(&mut self, before: UnixMs) -> Stored<()> {
        run!(
            self,
            sqlx::query("delete from sdk_file where released_at < $1").bind(before)
        )
    }
}
