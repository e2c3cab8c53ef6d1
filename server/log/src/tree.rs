//! Reads of the tree: the core lists the hashes that it needs, this module fetches them, and the core computes.

use std::collections::HashMap;

use samtycke_core::id::LogId;
use samtycke_tlog::merkle::{self, Hash, MerkleError, NodeId};
use samtycke_tlog::tile::{NodeInTile, TILE_WIDTH, Tile, TileKind, encode_entries};

use samtycke_store::{Store, StoreError, Stored};

/// The bytes of a hash tile, full or partial; `None` if the log is too short for it.
pub async fn tile_bytes(store: &Store, log: &LogId, tile: Tile) -> Stored<Option<Vec<u8>>> {
    let TileKind::Hashes { level } = tile.kind() else {
        return entries_bytes(store, log, tile).await;
    };
    if tile.is_full()
        && let Some(data) = store.tile(log, level, tile.index()).await?
    {
        return Ok(Some(data));
    }
    let from = tile.index() * u64::from(TILE_WIDTH);
    let to = from + u64::from(tile.width());
    let hashes = match level.checked_sub(1) {
        None => store.leaf_hashes(log, from, to).await?,
        Some(below) => store.tile_roots(log, below, from, to).await?,
    };
    let complete = hashes.len() == usize::from(tile.width());
    Ok(complete.then(|| hashes.concat()))
}

async fn entries_bytes(store: &Store, log: &LogId, tile: Tile) -> Stored<Option<Vec<u8>>> {
    let from = tile.index() * u64::from(TILE_WIDTH);
    let leaves = store
        .leaves(log, from, from + u64::from(tile.width()))
        .await?;
    if leaves.len() != usize::from(tile.width()) {
        return Ok(None);
    }
    let bytes = encode_entries(leaves.iter().map(|row| row.leaf.as_slice()));
    bytes
        .map(Some)
        .map_err(|_| StoreError::Contradiction("a leaf is too long".into()))
}

/// The tree hash at a size that the log has reached.
pub async fn root_at(store: &Store, log: &LogId, size: u64) -> Stored<Hash> {
    let hashes = node_hashes(store, log, &merkle::root_nodes(size), size).await?;
    Ok(merkle::root(&hashes))
}

/// The inclusion proof of a leaf in the tree of this size.
pub async fn inclusion(store: &Store, log: &LogId, index: u64, size: u64) -> Stored<Vec<Hash>> {
    proof(store, log, merkle::inclusion_plan(index, size), size).await
}

/// The consistency proof between two sizes.
pub async fn consistency(store: &Store, log: &LogId, from: u64, to: u64) -> Stored<Vec<Hash>> {
    proof(store, log, merkle::consistency_plan(from, to), to).await
}

async fn proof(
    store: &Store,
    log: &LogId,
    plan: Result<merkle::Plan, MerkleError>,
    size: u64,
) -> Stored<Vec<Hash>> {
    let bad = |_| StoreError::Contradiction("a proof was asked for outside the tree".into());
    let plan = plan.map_err(bad)?;
    let hashes = node_hashes(store, log, plan.nodes(), size).await?;
    plan.proof(&hashes).map_err(bad)
}

/// The hashes of these nodes; each tile is fetched once.
async fn node_hashes(store: &Store, log: &LogId, nodes: &[NodeId], size: u64) -> Stored<Vec<Hash>> {
    let missing = || StoreError::Contradiction("the tree has holes".into());
    let mut tiles: HashMap<Tile, Vec<u8>> = HashMap::new();
    let mut hashes = Vec::with_capacity(nodes.len());
    for node in nodes {
        let place = NodeInTile::locate(*node, size).ok_or_else(missing)?;
        let tile = place.tile();
        if let std::collections::hash_map::Entry::Vacant(e) = tiles.entry(tile) {
            e.insert(tile_bytes(store, log, tile).await?.ok_or_else(missing)?);
        }
        hashes.push(place.hash(&tiles[&tile]).map_err(|_| missing())?);
    }
    Ok(hashes)
}
