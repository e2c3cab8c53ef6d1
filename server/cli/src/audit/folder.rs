//! A copied log on disk, in the layout of C2SP tlog-tiles. Every file appears whole or not at all.

use std::fs;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use samtycke_tlog::tile::{TILE_WIDTH, Tile};

use super::Stop;
use super::source::cut;

/// Folder of what shows that a log has two histories.
const EVIDENCE: &str = "evidence";
/// Folder of every checkpoint that was verified.
const HEADS: &str = "checkpoints";

#[derive(Debug, Clone)]
pub(super) struct Folder(PathBuf);

impl Folder {
    /// A folder to write into; it is made where it is missing.
    pub(super) fn create(path: &Path) -> Result<Self, Stop> {
        fs::create_dir_all(path)
            .map_err(|error| Stop::unread(format!("{}: {error}", path.display())))?;
        Ok(Self(path.to_owned()))
    }

    /// A folder to read.
    pub(super) fn open(path: &Path) -> Result<Self, Stop> {
        if path.join("checkpoint").is_file() {
            Ok(Self(path.to_owned()))
        } else {
            let path = path.display();
            Err(Stop::usage(format!(
                "{path} holds no copied log: samtycke audit mirror URL {path} makes one"
            )))
        }
    }

    /// The newest checkpoint whose tiles are all here.
    pub(super) fn checkpoint(&self) -> Result<Option<String>, Stop> {
        let bytes = self.read("checkpoint")?;
        let text = bytes.map(String::from_utf8).transpose();
        text.map_err(|_| self.damaged("checkpoint"))
    }

    /// Makes a checkpoint the newest, after all of its tiles.
    pub(super) fn publish(&self, size: u64, note: &str) -> Result<(), Stop> {
        self.write(&format!("{HEADS}/{size}"), note.as_bytes())?;
        self.write("checkpoint", note.as_bytes())
    }

    /// Keeps a checkpoint as evidence, and returns where.
    pub(super) fn keep(&self, name: &str, note: &str) -> Result<String, Stop> {
        let path = format!("{EVIDENCE}/{name}");
        self.write(&path, note.as_bytes())?;
        Ok(self.0.join(path).display().to_string())
    }

    /// A tile, if it is here: itself, or the full one that it has grown into.
    pub(super) fn tile(&self, tile: Tile) -> Result<Option<Vec<u8>>, Stop> {
        if let Some(bytes) = self.read(&tile.to_string())? {
            return Ok(Some(bytes));
        }
        let full = Tile::new(tile.kind(), tile.index(), TILE_WIDTH).filter(|_| !tile.is_full());
        let wider = full.map(|full| self.read(&full.to_string())).transpose()?;
        Ok(wider.flatten().and_then(|bytes| cut(tile, bytes)))
    }

    /// Keeps a tile that was verified.
    pub(super) fn save(&self, tile: Tile, bytes: &[u8]) -> Result<(), Stop> {
        self.write(&tile.to_string(), bytes)
    }

    pub(super) fn damaged(&self, path: &str) -> Stop {
        let path = self.0.join(path);
        Stop::invalid(format!(
            "{} is damaged: run samtycke audit mirror again",
            path.display()
        ))
    }

    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, Stop> {
        let path = self.0.join(path);
        match fs::read(&path) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            // The log of one name holds a folder where this one has a file, as `000` and `000.p`: absent all the same.
            Err(error)
                if matches!(
                    error.kind(),
                    ErrorKind::NotADirectory | ErrorKind::IsADirectory
                ) =>
            {
                Ok(None)
            }
            Err(error) => Err(Stop::unread(format!("{}: {error}", path.display()))),
        }
    }

    /// Writes beside the place, syncs, and renames: a reader, or a run after a kill, sees the whole file or none.
    fn write(&self, path: &str, bytes: &[u8]) -> Result<(), Stop> {
        let path = self.0.join(path);
        let cannot = |error: std::io::Error| Stop::unread(format!("{}: {error}", path.display()));
        let parent = path.parent().unwrap_or(&self.0);
        fs::create_dir_all(parent).map_err(cannot)?;
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let half = parent.join(format!(".{name}.{}.half", std::process::id()));
        let written = fs::File::create(&half).and_then(|mut file| {
            file.write_all(bytes)?;
            file.sync_data()
        });
        written
            .and_then(|()| fs::rename(&half, &path))
            .map_err(|error| {
                let _ = fs::remove_file(&half);
                cannot(error)
            })
    }
}
