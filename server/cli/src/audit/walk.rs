//! Verifies every tile of a tree against its signed root, from the top down, a few tiles at a time.
//!
//! The hashes at the tree's right edge, at most 64, give the root. Every full tile then has its own hash in the tile
//! above, which was verified before it, and every entry its hash in a tile of level 0. So a wrong tile is found where it
//! is, nothing unverified is ever written, and a tree of 10^7 leaves needs no more memory than one of 10^4:
//! [`AT_ONCE`] tiles and the tiles above them.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::{self, Frontier, Hash, NodeId};
use samtycke_tlog::tile::{NodeInTile, TILE_WIDTH, Tile, TileKind, decode_entries};
use tokio::task::JoinSet;

use super::Stop;
use super::folder::Folder;
use super::source::Source;

/// Tiles that are fetched at a time: a server far away answers them side by side.
const AT_ONCE: u64 = 8;
/// The most hashes held at once, whatever the tree's size: the tiles in hand, and the one above them.
pub(super) const HASHES_MAX: usize = 9 * 256;

/// What a copy needed.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Figures {
    /// Tiles that were fetched.
    pub(super) fetched: u64,
    /// Tiles that were here, and verified again.
    pub(super) kept: u64,
    /// The most hashes that were held at once.
    pub(super) peak_hashes: usize,
}

/// A log and the folder that it is copied into.
pub(super) struct Walk<'a> {
    source: Arc<Source>,
    folder: &'a Folder,
    tree: &'a Checkpoint,
    pub(super) figures: Figures,
    progress: &'a mut dyn FnMut(&str, u64, u64),
}

impl<'a> Walk<'a> {
    pub(super) fn new(
        source: Arc<Source>,
        folder: &'a Folder,
        tree: &'a Checkpoint,
        progress: &'a mut dyn FnMut(&str, u64, u64),
    ) -> Self {
        Self {
            source,
            folder,
            tree,
            figures: Figures::default(),
            progress,
        }
    }

    /// Copies and verifies everything that the checkpoint's tree has.
    pub(super) async fn all(&mut self) -> Result<(), Stop> {
        let size = self.tree.size();
        self.edge().await?;
        let levels: Vec<u8> = (0..64)
            .take_while(|level| full_tiles(*level, size) > 0)
            .collect();
        for level in levels.into_iter().rev() {
            self.level(TileKind::Hashes { level }).await?;
        }
        self.level(TileKind::Entries).await
    }

    /// The partial tile of each level, which the root itself verifies. There is one wherever the tree's edge is.
    async fn edge(&mut self) -> Result<(), Stop> {
        let size = self.tree.size();
        let nodes = merkle::root_nodes(size);
        let tiles = fetched(&self.source, tiles_of(&nodes, size)).await?;
        self.held(tiles.keys().map(|tile| usize::from(tile.width())).sum());
        let hashes = hashes_of(&nodes, size, &tiles)?;
        if merkle::root(&hashes) != *self.tree.root() {
            return Err(Stop::invalid(format!(
                "the tiles do not lead to the root that the log has signed, at {size} leaves"
            )));
        }
        for (tile, bytes) in &tiles {
            if self.folder.tile(*tile)?.as_ref() == Some(bytes) {
                self.figures.kept += 1;
            } else {
                self.folder.save(*tile, bytes)?;
                self.figures.fetched += 1;
            }
        }
        Ok(())
    }

    /// The full tiles of a level, or the entries, a few at a time.
    async fn level(&mut self, kind: TileKind) -> Result<(), Stop> {
        let size = self.tree.size();
        let (name, count) = match kind {
            TileKind::Hashes { level } => (format!("level {level}"), full_tiles(level, size)),
            TileKind::Entries => ("entries".to_owned(), size.div_ceil(u64::from(TILE_WIDTH))),
        };
        let (mut index, mut above) = (0, None);
        while index < count {
            let end = (index + AT_ONCE).min(count);
            let tiles = (index..end).filter_map(|index| Tile::in_tree(kind, index, size));
            let mut wanted = Vec::new();
            let mut held = usize::from(TILE_WIDTH);
            for tile in tiles {
                held += usize::from(tile.width());
                match self.folder.tile(tile)? {
                    Some(bytes) if self.fits(tile, &bytes, &mut above)? => self.figures.kept += 1,
                    // Absent, or damaged since.
                    _ => wanted.push(tile),
                }
            }
            self.held(held);
            for (tile, bytes) in fetched(&self.source, wanted).await? {
                if !self.fits(tile, &bytes, &mut above)? {
                    return Err(Stop::invalid(format!(
                        "{tile} is not the one under the signed checkpoint of {size} leaves"
                    )));
                }
                self.folder.save(tile, &bytes)?;
                self.figures.fetched += 1;
            }
            index = end;
            (self.progress)(&name, index, count);
        }
        Ok(())
    }

    /// Whether a tile's bytes are those that the verified tile above it demands.
    fn fits(&self, tile: Tile, bytes: &[u8], above: &mut Above) -> Result<bool, Stop> {
        match tile.kind() {
            TileKind::Entries => {
                let Ok(entries) = decode_entries(bytes, tile.width()) else {
                    return Ok(false);
                };
                let hashes = self.above(0, tile.index(), above)?;
                let mut pairs = hashes.as_chunks::<32>().0.iter().zip(entries);
                Ok(pairs.all(|(hash, entry)| merkle::leaf_hash(entry) == *hash))
            }
            TileKind::Hashes { level } => {
                let width = u64::from(TILE_WIDTH);
                let hashes = self.above(level + 1, tile.index() / width, above)?;
                let at = usize::try_from(tile.index() % width).expect("below 256");
                let own = is_whole(tile, bytes).then(|| root_of(bytes));
                Ok(own.is_some() && hashes.as_chunks::<32>().0.get(at) == own.as_ref())
            }
        }
    }

    /// A tile of hashes that this run has verified and written before.
    fn above<'h>(&self, level: u8, index: u64, held: &'h mut Above) -> Result<&'h [u8], Stop> {
        if held.as_ref().is_none_or(|(at, _)| *at != (level, index)) {
            let tile = Tile::in_tree(TileKind::Hashes { level }, index, self.tree.size());
            let tile = tile.expect("every tile has one above it");
            let bytes = self
                .folder
                .tile(tile)?
                .filter(|bytes| is_whole(tile, bytes));
            let bytes = bytes.ok_or_else(|| self.folder.damaged(&tile.to_string()))?;
            *held = Some(((level, index), bytes));
        }
        Ok(held.as_ref().map_or(&[], |(_, bytes)| bytes))
    }

    fn held(&mut self, hashes: usize) {
        self.figures.peak_hashes = self.figures.peak_hashes.max(hashes);
    }
}

/// The tile above those in hand: its level, its index and its bytes.
type Above = Option<((u8, u64), Vec<u8>)>;

/// The tiles that hold these nodes of a tree.
pub(super) fn tiles_of(nodes: &[NodeId], size: u64) -> Vec<Tile> {
    let tiles = nodes
        .iter()
        .filter_map(|node| NodeInTile::locate(*node, size));
    let tiles: BTreeSet<Tile> = tiles.map(|place| place.tile()).collect();
    tiles.into_iter().collect()
}

/// The hashes of these nodes, from the tiles that hold them. They prove nothing by themselves.
pub(super) fn hashes_of(
    nodes: &[NodeId],
    size: u64,
    tiles: &BTreeMap<Tile, Vec<u8>>,
) -> Result<Vec<Hash>, Stop> {
    let hash = |node: &NodeId| {
        let place = NodeInTile::locate(*node, size)?;
        let bytes = tiles.get(&place.tile())?;
        is_whole(place.tile(), bytes).then(|| place.hash(bytes).ok())?
    };
    let hashes = nodes.iter().map(hash);
    let hashes: Option<_> = hashes.collect();
    hashes.ok_or_else(|| Stop::invalid("a tile is not of its width"))
}

/// Tiles from the log, side by side.
pub(super) async fn fetched(
    source: &Arc<Source>,
    tiles: Vec<Tile>,
) -> Result<BTreeMap<Tile, Vec<u8>>, Stop> {
    let mut running = JoinSet::new();
    for tile in tiles {
        let source = Arc::clone(source);
        running.spawn(async move { Ok::<_, Stop>((tile, source.tile(tile).await?)) });
    }
    let mut all = BTreeMap::new();
    while let Some(done) = running.join_next().await {
        let (tile, bytes) = done.map_err(|error| Stop::unread(error.to_string()))??;
        all.insert(tile, bytes);
    }
    Ok(all)
}

/// Full tiles of a level.
fn full_tiles(level: u8, size: u64) -> u64 {
    size.checked_shr(8 * (u32::from(level) + 1)).unwrap_or(0)
}

fn is_whole(tile: Tile, bytes: &[u8]) -> bool {
    bytes.len() == 32 * usize::from(tile.width())
}

/// The hash of a full tile's subtree.
fn root_of(bytes: &[u8]) -> Hash {
    let mut frontier = Frontier::new();
    for hash in bytes.as_chunks::<32>().0 {
        frontier.append(*hash);
    }
    frontier.root()
}
