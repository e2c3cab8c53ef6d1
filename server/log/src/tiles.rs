//! Appends a batch's rows, with the tiles that become full.

use samtycke_tlog::merkle;

use samtycke_store::batch::BatchRows;
use samtycke_store::log::{HeadRow, TileRow};
use samtycke_store::{StoreError, Stored, Tx};

/// Writes a batch that was planned elsewhere, as [`crate::append`] does, with the tiles that it completes.
pub async fn append(tx: &mut Tx, old: &HeadRow, new: &HeadRow, rows: &BatchRows) -> Stored<()> {
    tx.append(old, new, rows).await?;
    complete(tx, new, old.size).await
}

/// Stores the tiles that became full since the log had `old_size` leaves, level by level.
async fn complete(tx: &mut Tx, head: &HeadRow, old_size: u64) -> Stored<()> {
    for level in 0u8..8 {
        let width_log2 = 8 * (u32::from(level) + 1);
        let (from, to) = (
            old_size >> width_log2.min(63),
            head.size >> width_log2.min(63),
        );
        if from == to {
            return Ok(());
        }
        let mut rows = BatchRows::default();
        for idx in from..to {
            let hashes = tx
                .entries(&head.log, level, idx * 256, (idx + 1) * 256)
                .await?;
            if hashes.len() != 256 {
                return Err(StoreError::Contradiction("a full tile has holes".into()));
            }
            rows.tiles.push(TileRow {
                level,
                idx,
                root: full_root(&hashes),
                data: hashes.concat(),
            });
        }
        tx.append(head, head, &rows).await?;
    }
    Ok(())
}

/// The root of a full tile's 256 hashes.
pub(super) fn full_root(hashes: &[[u8; 32]]) -> [u8; 32] {
    let mut layer = hashes.to_vec();
    while layer.len() > 1 {
        layer = layer
            .chunks_exact(2)
            .map(|pair| merkle::node_hash(&pair[0], &pair[1]))
            .collect();
    }
    layer[0]
}
