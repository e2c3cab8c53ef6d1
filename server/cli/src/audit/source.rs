//! Where a log is read: a server that speaks C2SP tlog-tiles, or a folder of such files.

use std::path::PathBuf;
use std::time::Duration;

use samtycke_tlog::tile::{TILE_WIDTH, Tile, TileKind, decode_entries, encode_entries};

use super::Stop;

/// How long one request may take. A tile is 8 KiB; an entry bundle of another log can have megabytes.
const REQUEST_MAX: Duration = Duration::from_mins(1);
/// The longest entry bundle: 256 entries of 65 535 bytes, with their lengths.
const BUNDLE_BYTES_MAX: usize = 256 * (2 + 65_535);
/// The longest checkpoint: the longest note that is read.
const CHECKPOINT_BYTES_MAX: usize = samtycke_tlog::note::NOTE_BYTES_MAX;

/// A log to copy.
pub(super) enum Source {
    Http {
        client: reqwest::Client,
        base: String,
    },
    Folder(PathBuf),
}

impl Source {
    /// A source by its address: `https://host/v1/logs/ID`, `file:///folder`, or a folder's path.
    pub(super) fn of(address: &str) -> Result<Self, Stop> {
        let base = address.strip_suffix('/').unwrap_or(address);
        let base = base.strip_suffix("/checkpoint").unwrap_or(base);
        if base.starts_with("http://") || base.starts_with("https://") {
            let client = reqwest::Client::builder()
                .timeout(REQUEST_MAX)
                .user_agent(concat!("samtycke-audit/", env!("CARGO_PKG_VERSION")))
                .build()
                .map_err(|error| Stop::unread(format!("no HTTP client: {error}")))?;
            let base = base.to_owned();
            return Ok(Self::Http { client, base });
        }
        let folder = PathBuf::from(base.strip_prefix("file://").unwrap_or(base));
        if folder.is_dir() {
            return Ok(Self::Folder(folder));
        }
        Err(Stop::usage(format!(
            "{address} is neither an http(s) address nor a folder: give the log's prefix, such as https://consent.example.com/v1/logs/ID"
        )))
    }

    /// The newest checkpoint.
    pub(super) async fn checkpoint(&self) -> Result<String, Stop> {
        let bytes = self.get("checkpoint", CHECKPOINT_BYTES_MAX).await?;
        let bytes = bytes.ok_or_else(|| {
            Stop::unread("there is no checkpoint there: is the address the log's prefix?")
        })?;
        String::from_utf8(bytes).map_err(|_| Stop::invalid("the checkpoint is not UTF-8"))
    }

    /// A tile's bytes, of exactly its width. Where a partial tile is gone, the full one is cut, as tlog-tiles says.
    pub(super) async fn tile(&self, tile: Tile) -> Result<Vec<u8>, Stop> {
        let most = match tile.kind() {
            TileKind::Hashes { .. } => 32 * usize::from(TILE_WIDTH),
            TileKind::Entries => BUNDLE_BYTES_MAX,
        };
        if let Some(bytes) = self.get(&tile.to_string(), most).await? {
            return Ok(bytes);
        }
        let full = Tile::new(tile.kind(), tile.index(), TILE_WIDTH).filter(|_| !tile.is_full());
        let wider = match full {
            Some(full) => self.get(&full.to_string(), most).await?,
            None => None,
        };
        wider
            .and_then(|bytes| cut(tile, bytes))
            .ok_or_else(|| Stop::unread(format!("{tile} is missing, and the checkpoint needs it")))
    }

    async fn get(&self, path: &str, bytes_max: usize) -> Result<Option<Vec<u8>>, Stop> {
        match self {
            Self::Folder(folder) => match std::fs::read(folder.join(path)) {
                Ok(bytes) if bytes.len() <= bytes_max => Ok(Some(bytes)),
                Ok(_) => Err(Stop::invalid(format!("{path} is too long"))),
                Err(error) if is_absent(&error) => Ok(None),
                Err(error) => Err(Stop::unread(format!("{path}: {error}"))),
            },
            Self::Http { client, base } => {
                let address = format!("{base}/{path}");
                let failed =
                    |error: reqwest::Error| Stop::unread(format!("{address}: {}", root_of(&error)));
                let mut response = client.get(&address).send().await.map_err(failed)?;
                if matches!(response.status().as_u16(), 404 | 410) {
                    return Ok(None);
                }
                if !response.status().is_success() {
                    return Err(Stop::unread(format!(
                        "{address}: status {}",
                        response.status().as_u16()
                    )));
                }
                let mut bytes = Vec::new();
                while let Some(chunk) = response.chunk().await.map_err(failed)? {
                    bytes.extend_from_slice(&chunk);
                    if bytes.len() > bytes_max {
                        return Err(Stop::invalid(format!("{address} is too long")));
                    }
                }
                Ok(Some(bytes))
            }
        }
    }
}

/// A file, or one of its folders, that is not there.
fn is_absent(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory
    )
}

/// The last cause, which says what happened; those before it repeat the address.
fn root_of(error: &dyn std::error::Error) -> String {
    let mut last = error;
    while let Some(source) = last.source() {
        last = source;
    }
    last.to_string()
}

/// The first hashes or entries of a full tile.
pub(super) fn cut(tile: Tile, bytes: Vec<u8>) -> Option<Vec<u8>> {
    match tile.kind() {
        TileKind::Hashes { .. } => {
            let mut bytes = bytes;
            let is_whole = bytes.len() == 32 * usize::from(TILE_WIDTH);
            bytes.truncate(32 * usize::from(tile.width()));
            is_whole.then_some(bytes)
        }
        TileKind::Entries => {
            let entries = decode_entries(&bytes, TILE_WIDTH).ok()?;
            encode_entries(entries.into_iter().take(usize::from(tile.width()))).ok()
        }
    }
}
