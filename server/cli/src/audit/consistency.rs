//! That one checkpoint continues another, from tiles alone.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::{self, Hash, NodeId};
use samtycke_tlog::tile::Tile;
use serde_json::json;

use super::folder::Folder;
use super::head::Head;
use super::walk::{hashes_of, tiles_of};
use super::{Copy, Stop};
use crate::verify::files;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    copy: Copy,
    /// The earlier checkpoint: a file.
    old: PathBuf,
    /// The later checkpoint: a file.
    new: PathBuf,
    /// Print the proof as JSON, for `samtycke verify --consistency`.
    #[arg(long)]
    json: bool,
}

/// Longest checkpoint file; bytes.
const FILE_BYTES_MAX: usize = 256 * 1024;

/// The first leaves of a tree, proved by the tree's own root.
pub(super) struct Prefix {
    pub(super) root: Hash,
    pub(super) proof: Vec<Hash>,
}

pub(super) fn run(args: &Args) -> Result<(), Stop> {
    let folder = Folder::open(&args.copy.folder)?;
    let (one, other) = (read(&args.old)?, read(&args.new)?);
    let (old, new) = if one.size() <= other.size() {
        (one, other)
    } else {
        (other, one)
    };
    if old.origin() != new.origin() {
        return Err(Stop::usage(format!(
            "{} and {} are two logs",
            old.origin(),
            new.origin()
        )));
    }
    let mut tiles = BTreeMap::new();
    for tile in tiles_of(&plan(old.size(), new.size()), new.size()) {
        let bytes = folder.tile(tile)?;
        let bytes = bytes.ok_or_else(|| {
            Stop::unread(format!(
                "the copy has no {tile}: bring it up to date with samtycke audit mirror"
            ))
        })?;
        tiles.insert(tile, bytes);
    }
    let prefix = prefix(old.size(), &new, &tiles)?;
    if prefix.root != *old.root() {
        return Err(Stop::forked(format!(
            "the tree of {} leaves does not begin with the tree of {}",
            new.size(),
            old.size()
        )));
    }
    if args.json {
        let proof: Vec<String> = prefix
            .proof
            .iter()
            .map(|hash| STANDARD.encode(hash))
            .collect();
        outln!(
            "{}",
            json!({"from": old.size(), "to": new.size(), "proof": proof})
        );
    } else {
        outln!(
            "CONSISTENT: the tree of {} leaves begins with the tree of {}",
            new.size(),
            old.size()
        );
    }
    Ok(())
}

fn read(file: &Path) -> Result<Checkpoint, Stop> {
    let text = files::read_lines(file, "a checkpoint", FILE_BYTES_MAX).map_err(Stop::usage)?;
    let head = Head::read(&text);
    let head =
        head.map_err(|_| Stop::usage(format!("{}: not a C2SP tlog-checkpoint", file.display())))?;
    Ok(head.checkpoint)
}

/// The nodes that prove which root the first `from` leaves of a tree of `to` leaves have.
pub(super) fn plan(from: u64, to: u64) -> Vec<NodeId> {
    if from == to {
        return Vec::new();
    }
    let mut nodes = merkle::root_nodes(from.min(to));
    if let Ok(plan) = merkle::consistency_plan(from, to) {
        nodes.extend(plan.nodes());
    }
    nodes
}

/// The root of the first `from` leaves of a tree, from tiles that nobody has verified: they are verified by the tree's
/// signed root. Error: they do not lead to it.
pub(super) fn prefix(
    from: u64,
    tree: &Checkpoint,
    tiles: &BTreeMap<Tile, Vec<u8>>,
) -> Result<Prefix, Stop> {
    let to = tree.size();
    if from == to {
        let (root, proof) = (*tree.root(), Vec::new());
        return Ok(Prefix { root, proof });
    }
    let wrong = |_| {
        Stop::invalid(format!(
            "the tiles do not lead to the signed root of {to} leaves"
        ))
    };
    let root = merkle::root(&hashes_of(&merkle::root_nodes(from), to, tiles)?);
    let plan = merkle::consistency_plan(from, to).map_err(wrong)?;
    let proof = plan
        .proof(&hashes_of(plan.nodes(), to, tiles)?)
        .map_err(wrong)?;
    merkle::verify_consistency(from, to, &proof, &root, tree.root()).map_err(wrong)?;
    Ok(Prefix { root, proof })
}
