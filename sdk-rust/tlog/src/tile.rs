//! C2SP tlog-tiles: the static resources of a log.
//!
//! A *hash tile* at level `l` is up to 256 consecutive hashes of complete subtrees of `256^l` leaves. An *entry bundle*
//! is up to 256 consecutive leaves. This module handles their names, widths and bytes, and finds a [`NodeId`] in them.
//! Source: <https://c2sp.org/tlog-tiles>.

use std::fmt;

use crate::{
    merkle::{Frontier, Hash, NodeId},
    strict,
};

/// Hashes, or entries, in a full tile.
pub const TILE_WIDTH: u16 = 256;
/// Tree levels between the hashes of one tile level and the next: 2^8 = 256.
const TILE_HEIGHT: u8 = 8;
/// The highest level that a path can name.
const LEVEL_MAX: u8 = 63;

/// The content of a tile.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TileKind {
    /// Hashes of complete subtrees of `256^level` leaves; the level is 0 to 63.
    Hashes {
        /// Tile level.
        level: u8,
    },
    /// Leaves themselves.
    Entries,
}

/// Why a path or a tile's bytes are rejected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// Not the one spelling of a tile's path.
    #[error("not a tile path")]
    Path,
    /// The bytes do not hold the number of hashes or entries of the width.
    #[error("the bytes are not a tile of this width")]
    Size,
    /// An entry is too long for its two-byte length.
    #[error("an entry is longer than 65535 bytes")]
    EntryTooLong,
}

/// A tile's coordinates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tile {
    kind: TileKind,
    index: u64,
    width: u16,
}

impl Tile {
    /// A tile by its coordinates; `None` unless the level is at most 63 and the width is 1 to 256.
    pub fn new(kind: TileKind, index: u64, width: u16) -> Option<Self> {
        let level_fits = match kind {
            TileKind::Hashes { level } => level <= LEVEL_MAX,
            TileKind::Entries => true,
        };
        (level_fits && (1..=TILE_WIDTH).contains(&width)).then_some(Self { kind, index, width })
    }

    /// The tile as it is in a tree of this size; `None` when the tree does not reach it.
    pub fn in_tree(kind: TileKind, index: u64, size: u64) -> Option<Self> {
        let width = hashes_at(kind, size).checked_sub(index.checked_mul(u64::from(TILE_WIDTH))?)?;
        let width = u16::try_from(width.min(u64::from(TILE_WIDTH))).ok()?;
        Self::new(kind, index, width)
    }

    /// Every tile of this kind in a tree of this size; all are full, except that the last can be partial.
    pub fn partial_in_tree(kind: TileKind, size: u64) -> Option<Self> {
        let hashes = hashes_at(kind, size);
        Self::in_tree(kind, hashes / u64::from(TILE_WIDTH), size)
    }

    /// The kind of content.
    pub fn kind(&self) -> TileKind {
        self.kind
    }

    /// Place within the level, from 0.
    pub fn index(&self) -> u64 {
        self.index
    }

    /// Hashes or entries in it, 1 to 256.
    pub fn width(&self) -> u16 {
        self.width
    }

    /// Whether the tile is full and never grows.
    pub fn is_full(&self) -> bool {
        self.width == TILE_WIDTH
    }

    /// Reads a path below the log's prefix, such as `tile/0/x001/x234/067.p/5`. Error: [`TileError::Path`].
    pub fn parse(path: &str) -> Result<Self, TileError> {
        Self::parse_inner(path).ok_or(TileError::Path)
    }

    fn parse_inner(path: &str) -> Option<Self> {
        let (kind, rest) = path.strip_prefix("tile/")?.split_once('/')?;
        let kind = if kind == "entries" {
            TileKind::Entries
        } else {
            let level = u8::try_from(strict::decimal(kind)?).ok()?;
            TileKind::Hashes { level }
        };
        let (index, width) = match rest.split_once(".p/") {
            None => (rest, TILE_WIDTH),
            Some((index, width)) => {
                let width = u16::try_from(strict::decimal(width)?).ok()?;
                (index, (width < TILE_WIDTH).then_some(width)?)
            }
        };
        Self::new(kind, parse_index(index)?, width)
    }
}

/// The path below the log's prefix.
impl fmt::Display for Tile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TileKind::Hashes { level } => write!(f, "tile/{level}/")?,
            TileKind::Entries => f.write_str("tile/entries/")?,
        }
        let mut groups = vec![self.index % 1000];
        let mut rest = self.index / 1000;
        while rest > 0 {
            groups.push(rest % 1000);
            rest /= 1000;
        }
        for group in groups[1..].iter().rev() {
            write!(f, "x{group:03}/")?;
        }
        write!(f, "{:03}", groups[0])?;
        if self.is_full() {
            Ok(())
        } else {
            write!(f, ".p/{}", self.width)
        }
    }
}

fn parse_index(text: &str) -> Option<u64> {
    let (leading, last) = match text.rsplit_once('/') {
        Some((leading, last)) => (Some(leading), last),
        None => (None, text),
    };
    let mut index = 0;
    for (place, group) in leading.into_iter().flat_map(|l| l.split('/')).enumerate() {
        let value = parse_group(group.strip_prefix('x')?)?;
        // A leading group of zeroes would be a second name of the same tile.
        if place == 0 && value == 0 {
            return None;
        }
        index = push_group(index, value)?;
    }
    push_group(index, parse_group(last)?)
}

fn push_group(index: u64, group: u64) -> Option<u64> {
    index.checked_mul(1000)?.checked_add(group)
}

fn parse_group(text: &str) -> Option<u64> {
    let three_digits = text.len() == 3 && text.bytes().all(|b| b.is_ascii_digit());
    three_digits.then(|| text.parse().ok())?
}

/// The number of hashes, or entries, of the tile level in a tree of this size.
fn hashes_at(kind: TileKind, size: u64) -> u64 {
    match kind {
        TileKind::Entries => size,
        TileKind::Hashes { level } => size
            .checked_shr(u32::from(TILE_HEIGHT) * u32::from(level))
            .unwrap_or(0),
    }
}

/// The place of a node's hash: `count` hashes of a tile, from `first`, hashed together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NodeInTile {
    tile: Tile,
    first: usize,
    count: usize,
}

impl NodeInTile {
    /// The node's place in the tiles of a tree of this size; `None` when the tree does not hold it completely.
    pub fn locate(node: NodeId, size: u64) -> Option<Self> {
        let level = node.level / TILE_HEIGHT;
        let height = node.level % TILE_HEIGHT;
        let count = 1_u64 << height;
        let first = node.index.checked_mul(count)?;
        let tile = Tile::in_tree(
            TileKind::Hashes { level },
            first / u64::from(TILE_WIDTH),
            size,
        )?;
        let first = first % u64::from(TILE_WIDTH);
        (first + count <= u64::from(tile.width())).then_some(Self {
            tile,
            first: usize::try_from(first).ok()?,
            count: usize::try_from(count).ok()?,
        })
    }

    /// The tile to fetch.
    pub fn tile(&self) -> Tile {
        self.tile
    }

    /// The node's hash from the tile's bytes, which may be those of the same tile grown wider. Error:
    /// [`TileError::Size`].
    pub fn hash(&self, bytes: &[u8]) -> Result<Hash, TileError> {
        let (hashes, rest) = bytes.as_chunks::<32>();
        let in_bounds = rest.is_empty() && hashes.len() <= usize::from(TILE_WIDTH);
        match hashes.get(self.first..self.first + self.count) {
            Some(hashes) if in_bounds => {
                let mut subtree = Frontier::new();
                for hash in hashes {
                    subtree.append(*hash);
                }
                Ok(subtree.root())
            }
            _ => Err(TileError::Size),
        }
    }
}

/// The bytes of an entry bundle: each entry after its length in two bytes, most significant first. Error:
/// [`TileError::EntryTooLong`].
pub fn encode_entries<'a>(
    entries: impl IntoIterator<Item = &'a [u8]>,
) -> Result<Vec<u8>, TileError> {
    let mut bytes = Vec::new();
    for entry in entries {
        let length = u16::try_from(entry.len()).map_err(|_| TileError::EntryTooLong)?;
        bytes.extend(length.to_be_bytes());
        bytes.extend(entry);
    }
    Ok(bytes)
}

/// The entries of a bundle of this width, with nothing after them. Error: [`TileError::Size`].
pub fn decode_entries(bytes: &[u8], width: u16) -> Result<Vec<&[u8]>, TileError> {
    let mut entries = Vec::with_capacity(usize::from(width));
    let mut rest = bytes;
    for _ in 0..width {
        let (length, tail) = rest.split_first_chunk().ok_or(TileError::Size)?;
        let length = usize::from(u16::from_be_bytes(*length));
        let (entry, tail) = tail.split_at_checked(length).ok_or(TileError::Size)?;
        entries.push(entry);
        rest = tail;
    }
    if rest.is_empty() {
        Ok(entries)
    } else {
        Err(TileError::Size)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::memory::MemoryTree;

    const HASHES: fn(u8) -> TileKind = |level| TileKind::Hashes { level };

    #[test]
    fn paths_are_those_of_the_specification() {
        for (tile, path) in [
            (Tile::new(HASHES(0), 1_234_067, 256), "tile/0/x001/x234/067"),
            (Tile::new(HASHES(0), 0, 256), "tile/0/000"),
            (Tile::new(HASHES(2), 0, 1), "tile/2/000.p/1"),
            (Tile::new(HASHES(63), 999, 255), "tile/63/999.p/255"),
            (
                Tile::new(TileKind::Entries, 1000, 256),
                "tile/entries/x001/000",
            ),
            (Tile::new(TileKind::Entries, 0, 17), "tile/entries/000.p/17"),
            (
                Tile::new(TileKind::Entries, u64::MAX, 256),
                "tile/entries/x018/x446/x744/x073/x709/x551/615",
            ),
        ] {
            let tile = tile.unwrap();
            assert_eq!(tile.to_string(), path);
            assert_eq!(Tile::parse(path), Ok(tile));
        }
    }

    /// Protects caches: a tile with two names could be poisoned under one of them.
    #[test]
    fn no_tile_has_a_second_name() {
        for path in [
            "tile/0/x000/001",
            "tile/0/1",
            "tile/0/0001",
            "tile/0/x01/000",
            "tile/0/001/002",
            "tile/0/x001",
            "tile/0/x001/x002",
            "tile/0/",
            "tile/00/000",
            "tile/64/000",
            "tile/-1/000",
            "tile/0/000.p/0",
            "tile/0/000.p/256",
            "tile/0/000.p/01",
            "tile/0/000.p/",
            "tile/0/000.p/1/",
            "tile/0/000.p/1.p/1",
            "tile/0/000/",
            "/tile/0/000",
            "tile/0/x001//000",
            "tile/0/+01",
            "tile/Entries/000",
            "tile/0/x018/x446/x744/x073/x709/x551/616",
            "tile/0/x001/x018/x446/x744/x073/x709/x551/615",
        ] {
            assert_eq!(Tile::parse(path), Err(TileError::Path), "{path}");
        }
    }

    /// The specification's own examples: trees of 70 000 and of 256 leaves.
    #[test]
    fn widths_are_those_of_the_specification() {
        let partial = |level, size| {
            Tile::partial_in_tree(HASHES(level), size).map(|tile| (tile.index(), tile.width()))
        };
        assert_eq!(partial(0, 70_000), Some((273, 112)));
        assert_eq!(partial(1, 70_000), Some((1, 17)));
        assert_eq!(partial(2, 70_000), Some((0, 1)));
        assert_eq!(partial(3, 70_000), None);
        assert_eq!(partial(0, 256), None);
        assert_eq!(partial(1, 256), Some((0, 1)));
        assert!(Tile::in_tree(HASHES(0), 0, 256).unwrap().is_full());
        assert_eq!(Tile::in_tree(HASHES(0), 1, 256), None);
        assert_eq!(Tile::in_tree(HASHES(63), 0, u64::MAX), None);
        assert_eq!(Tile::in_tree(HASHES(0), u64::MAX, u64::MAX), None);
    }

    #[test]
    fn an_entry_bundle_is_read_back_and_nothing_near_it() {
        let entries: [&[u8]; 3] = [b"a", b"", b"ccc"];
        let bytes = encode_entries(entries).unwrap();
        assert_eq!(bytes, b"\x00\x01a\x00\x00\x00\x03ccc");
        assert_eq!(decode_entries(&bytes, 3).unwrap(), entries);
        assert_eq!(decode_entries(&bytes, 2), Err(TileError::Size));
        assert_eq!(decode_entries(&bytes, 4), Err(TileError::Size));
        assert_eq!(decode_entries(&bytes[..9], 3), Err(TileError::Size));
        assert_eq!(
            encode_entries([vec![0; 65_536].as_slice()]),
            Err(TileError::EntryTooLong)
        );
    }

    /// A tree's nodes, read from its tiles alone, are the tree's nodes.
    #[test]
    fn every_node_is_found_in_the_tiles() {
        let size = 600;
        let leaves: Vec<_> = (0..size).map(|i: u64| i.to_be_bytes().to_vec()).collect();
        let tree = MemoryTree::of(&leaves);
        let bytes = |tile: Tile| -> Vec<u8> {
            let TileKind::Hashes { level } = tile.kind() else {
                panic!("a node is never in an entry bundle")
            };
            let from = tile.index() * 256;
            (from..from + u64::from(tile.width()))
                .flat_map(|index| {
                    tree.node(NodeId {
                        level: level * 8,
                        index,
                    })
                })
                .collect()
        };
        for level in 0..10 {
            for index in 0..size >> level {
                let node = NodeId { level, index };
                let place = NodeInTile::locate(node, size).unwrap();
                assert_eq!(
                    place.hash(&bytes(place.tile())),
                    Ok(tree.node(node)),
                    "{node:?}"
                );
            }
            let beyond = NodeId {
                level,
                index: size >> level,
            };
            assert_eq!(NodeInTile::locate(beyond, size), None);
        }
        let place = NodeInTile::locate(NodeId { level: 2, index: 1 }, size).unwrap();
        assert_eq!(place.hash(&[0; 33]), Err(TileError::Size));
        assert_eq!(place.hash(&[0; 7 * 32]), Err(TileError::Size));
        assert_eq!(place.hash(&[0; 257 * 32]), Err(TileError::Size));
    }

    proptest! {
        #[test]
        fn any_path_reads_back(level in 0u8..64, index in any::<u64>(), width in 1u16..=256) {
            let tile = Tile::new(HASHES(level), index, width).unwrap();
            prop_assert_eq!(Tile::parse(&tile.to_string()), Ok(tile));
        }

        #[test]
        fn a_parsed_path_is_canonical(path in "tile/(0|1|63|entries|x)/(x?[0-9]{2,4}/){0,3}[0-9]{3}(\\.p/[0-9]{1,3})?") {
            if let Ok(tile) = Tile::parse(&path) {
                prop_assert_eq!(tile.to_string(), path);
            }
        }
    }
}
