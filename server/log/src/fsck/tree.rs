//! The tree, recomputed from the leaves' bytes.

use samtycke_core::id::LogId;
use samtycke_core::leaf::Leaf;
use samtycke_core::log_keys::LogKeys;
use samtycke_store::cosignature::LateCosignature;
use samtycke_store::log::HeadRow;
use samtycke_store::scan::{RawCheckpoint, RawLeaf, RawTile};
use samtycke_store::{Store, StoreError, Stored};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::merkle::{self, Frontier, Hash};
use samtycke_tlog::note::{Note, NoteSignature, VerifierKey};

use super::{CHECKPOINTS, Damage, Expected, PAGE, Report, Source, Walk, anchored, has_reached};
use crate::anchor::AnchorPlace;
use crate::keys_of;
use crate::tiles::full_root;

/// Levels of tiles above 2^64 leaves.
const LEVELS: u8 = 8;

/// Looks through a log's tree, and repairs tiles and the published pointer if `walk` says so. Error: the database did not
/// answer, or the log has no head.
pub async fn tree(walk: &Walk<'_>, report: &mut Report) -> Stored<()> {
    // The anchor first: what a server commits meanwhile must not look lost.
    let anchored = match walk.anchor_dir {
        Some(dir) if matches!(AnchorPlace::claim_in(dir), Ok(None)) => Err(format!(
            "{} holds no log anchor, so nothing was compared with one",
            dir.display()
        )),
        Some(dir) => anchored(dir, walk.log).await,
        None => Ok(None),
    };
    let head = walk.store.head(walk.log).await?;
    let head = head.ok_or_else(|| StoreError::Contradiction("a log has no head".into()))?;
    let mut expected = Expected::new();
    match anchored {
        Ok(known) => expected.extend(known.unwrap_or_default()),
        Err(why) => report.add(Damage::AnchorUnreadable, "anchor", why),
    }
    for (size, _) in expected.range(head.size + 1..) {
        let found = format!("{size} leaves, the database {}", head.size);
        report.add(Damage::AnchorAhead, "anchor", found);
    }
    // After the head: every leaf that says who signs a head of at most its size is there.
    let keys = match keys_of(walk.store, walk.log, head.size).await {
        // The leaves themselves are looked at later.
        Err(StoreError::Contradiction(_)) => walk.keys.clone(),
        read => read?,
    };
    let mut tree = Tree {
        walk,
        keys,
        head: &head,
        expected,
        heads: Heads::default(),
        of_bytes: Frontier::new(),
        of_hashes: Frontier::new(),
        pending: vec![Vec::new(); usize::from(LEVELS)],
        full: vec![0; usize::from(LEVELS)],
        damaged_tiles: Vec::new(),
    };
    tree.read(report).await?;
    if walk.repair {
        tree.repair(report).await?;
    }
    late_cosignatures(walk, report).await?;
    published(walk, report).await
}

/// Signed heads, read a page at a time.
#[derive(Default)]
struct Heads {
    read: std::collections::VecDeque<RawCheckpoint>,
    last: u64,
    at_end: bool,
}

impl Heads {
    /// The next one of at most `size` leaves.
    async fn next(&mut self, walk: &Walk<'_>, size: u64) -> Stored<Option<RawCheckpoint>> {
        if self.read.is_empty() && !self.at_end {
            let page = walk
                .store
                .raw_checkpoints(walk.log, self.last, CHECKPOINTS)
                .await?;
            self.at_end = page.len() < CHECKPOINTS as usize;
            self.last = page.last().map_or(self.last, |last| last.size);
            self.read.extend(page);
        }
        let is_next = self.read.front().is_some_and(|next| next.size <= size);
        Ok(is_next.then(|| self.read.pop_front()).flatten())
    }
}

struct Tree<'a> {
    walk: &'a Walk<'a>,
    /// Who signs each head.
    keys: LogKeys,
    head: &'a HeadRow,
    expected: Expected,
    heads: Heads,
    /// The tree over the leaves' bytes, which is the truth.
    of_bytes: Frontier,
    /// The tree over the stored hashes: where only it fits a signed root, the bytes are damaged.
    of_hashes: Frontier,
    /// Hashes of each level that do not fill a tile yet.
    pending: Vec<Vec<Hash>>,
    /// Full tiles of each level so far.
    full: Vec<u64>,
    damaged_tiles: Vec<(u8, u64, Damage)>,
}

impl Tree<'_> {
    async fn read(&mut self, report: &mut Report) -> Stored<()> {
        let size = self.head.size;
        let mut from = 0;
        while from < size {
            let to = size.min(from + PAGE);
            self.heads_until(to, report).await?;
            let leaves = self.walk.store.raw_leaves(self.walk.log, from, to).await?;
            if !self.page(from, to, &leaves, report).await? {
                return Ok(());
            }
            report.leaves = to;
            self.walk.step("leaves", to, size).await;
            from = to;
        }
        self.end(report).await
    }

    /// Reads the signed heads of at most this size, which say what the roots must be.
    async fn heads_until(&mut self, size: u64, report: &mut Report) -> Stored<()> {
        while let Some(head) = self.heads.next(self.walk, size).await? {
            report.checkpoints += 1;
            match verified(self.walk, &self.keys, &head) {
                Ok(root) => {
                    let at = self.expected.entry(head.size).or_default();
                    at.push((Source::Checkpoint, root));
                }
                Err(why) => {
                    let place = format!("checkpoint {}", head.size);
                    report.add(Damage::CheckpointSignature, place, why);
                }
            }
        }
        Ok(())
    }

    /// Takes one page of leaves. False if a leaf is missing, behind which nothing can be computed.
    async fn page(
        &mut self,
        from: u64,
        to: u64,
        leaves: &[RawLeaf],
        report: &mut Report,
    ) -> Stored<bool> {
        let mut leaves = leaves.iter();
        for idx in from..to {
            let Some(leaf) = leaves.next().filter(|leaf| leaf.idx == idx) else {
                let found = format!("the log has {} leaves", self.head.size);
                report.add(Damage::LeafMissing, format!("leaf {idx}"), found);
                return Ok(false);
            };
            let hash = merkle::leaf_hash(&leaf.leaf);
            let stored: Hash = leaf.leaf_hash.as_slice().try_into().unwrap_or_default();
            if hash != stored {
                let found = format!(
                    "bytes {}, stored {}",
                    hex::encode(hash),
                    hex::encode(&leaf.leaf_hash)
                );
                report.add(Damage::LeafHash, format!("leaf {idx}"), found);
            }
            if Leaf::parse(&leaf.leaf).is_err() {
                let found = format!("{} bytes", leaf.leaf.len());
                report.add(Damage::LeafForm, format!("leaf {idx}"), found);
            }
            self.of_bytes.append(hash);
            self.of_hashes.append(stored);
            self.roots(report);
            self.push(0, hash, report).await?;
        }
        Ok(true)
    }

    /// Compares the root with those who say what it must be at this size.
    fn roots(&mut self, report: &mut Report) {
        let size = self.of_bytes.size();
        for (source, root) in self.expected.remove(&size).unwrap_or_default() {
            if root == self.of_bytes.root() {
                continue;
            }
            let (damage, place) = match source {
                Source::Checkpoint => (Damage::CheckpointRoot, format!("checkpoint {size}")),
                Source::AnchorHead => (Damage::AnchorRoot, "anchor head".into()),
                Source::AnchorJournal => (Damage::AnchorRoot, "anchor journal".into()),
            };
            let found = if root == self.of_hashes.root() {
                format!("it fits the stored hashes of the first {size} leaves, and not their bytes")
            } else {
                format!("it states another root than the first {size} leaves have")
            };
            report.add(damage, place, found);
        }
    }

    /// Takes a hash of a level, and looks at the tile that it fills.
    async fn push(&mut self, level: u8, hash: Hash, report: &mut Report) -> Stored<()> {
        let (mut level, mut hash) = (level, hash);
        while level < LEVELS {
            let of_level = usize::from(level);
            self.pending[of_level].push(hash);
            if self.pending[of_level].len() < 256 {
                return Ok(());
            }
            let hashes = std::mem::take(&mut self.pending[of_level]);
            let root = full_root(&hashes);
            let idx = self.full[of_level];
            self.full[of_level] += 1;
            let stored = self.walk.store.raw_tile(self.walk.log, level, idx).await?;
            let place = format!("tile {level}/{idx}");
            match stored {
                None => self.tile(Damage::TileMissing, (level, idx), place, "no row", report),
                Some(tile) if tile.data != hashes.concat() => {
                    let found = "its hashes are not those of its leaves";
                    self.tile(Damage::TileWrong, (level, idx), place, found, report);
                }
                Some(tile) if tile.root != root => {
                    let found = "its root is not that of its hashes";
                    self.tile(Damage::TileWrong, (level, idx), place, found, report);
                }
                Some(_) => {}
            }
            (level, hash) = (level + 1, root);
        }
        Ok(())
    }

    fn tile(
        &mut self,
        damage: Damage,
        (level, idx): (u8, u64),
        place: String,
        found: &str,
        report: &mut Report,
    ) {
        if self.damaged_tiles.len() < super::FINDINGS_MAX {
            self.damaged_tiles.push((level, idx, damage));
        }
        report.add(damage, place, found);
    }

    /// Compares the head with the leaves, and looks for what stands beyond it.
    async fn end(&mut self, report: &mut Report) -> Stored<()> {
        let (head, walk) = (self.head, self.walk);
        if self.of_bytes.root() != head.root {
            let found = format!("{} leaves", head.size);
            report.add(Damage::HeadRoot, "head", found);
        } else if self.of_bytes.to_bytes() != head.frontier {
            let found = format!("{} leaves", head.size);
            report.add(Damage::HeadFrontier, "head", found);
        }
        for level in 0..LEVELS {
            let from = self.full[usize::from(level)];
            if let Some(idx) = walk.store.tile_from(walk.log, level, from).await?
                && !has_reached(walk, tile_end(level, idx)).await?
            {
                let place = format!("tile {level}/{idx}");
                self.tile(Damage::TileBeyond, (level, idx), place, "no leaves", report);
            }
        }
        // A commit writes leaves and head together: a leaf beyond the head as it is read afterwards belongs to none.
        let beyond = walk
            .store
            .raw_leaves(walk.log, head.size, head.size + 1)
            .await?;
        if !beyond.is_empty() && !has_reached(walk, head.size + 1).await? {
            let found = format!("the head has {} leaves", head.size);
            report.add(Damage::LeafBeyond, format!("leaf {}", head.size), found);
        }
        while let Some(beyond) = self.heads.next(walk, u64::MAX).await? {
            if !has_reached(walk, beyond.size).await? {
                let place = format!("checkpoint {}", beyond.size);
                let found = format!("the head has {} leaves", head.size);
                report.add(Damage::CheckpointBeyond, place, found);
            }
        }
        Ok(())
    }

    /// Writes damaged tiles anew, from the lowest level up. Where the leaves themselves are in doubt a tile may be the only
    /// thing that is right, so nothing is touched.
    async fn repair(&mut self, report: &mut Report) -> Stored<()> {
        let in_doubt = report.contradicts_a_root() || self.of_bytes.root() != self.head.root;
        if in_doubt || self.damaged_tiles.is_empty() {
            return Ok(());
        }
        self.damaged_tiles.sort_unstable();
        for (level, idx, damage) in std::mem::take(&mut self.damaged_tiles) {
            let mut tx = self.walk.store.begin().await?;
            tx.lock_head(self.walk.log).await?;
            let tile = if damage == Damage::TileBeyond {
                None
            } else {
                Some(self.rebuilt(level, idx).await?)
            };
            tx.put_tile(self.walk.log, level, idx, tile.as_ref())
                .await?;
            tx.commit().await?;
            report.repaired(damage, &format!("tile {level}/{idx}"));
        }
        Ok(())
    }

    async fn rebuilt(&self, level: u8, idx: u64) -> Stored<RawTile> {
        let (store, log) = (self.walk.store, self.walk.log);
        let (from, to) = (idx * 256, (idx + 1) * 256);
        let hashes = match level.checked_sub(1) {
            None => hashes_of(&store.raw_leaves(log, from, to).await?),
            Some(below) => store.tile_roots(log, below, from, to).await?,
        };
        if hashes.len() != 256 {
            return Err(StoreError::Contradiction("a full tile has holes".into()));
        }
        Ok(RawTile {
            root: full_root(&hashes).to_vec(),
            data: hashes.concat(),
        })
    }
}

/// Number of leaves at which a tile is full.
fn tile_end(level: u8, idx: u64) -> u64 {
    let width = 1u64.checked_shl(8 * (u32::from(level) + 1));
    width
        .and_then(|width| (idx + 1).checked_mul(width))
        .unwrap_or(u64::MAX)
}

fn hashes_of(leaves: &[RawLeaf]) -> Vec<Hash> {
    let hash = |leaf: &RawLeaf| merkle::leaf_hash(&leaf.leaf);
    leaves.iter().map(hash).collect()
}

/// The root that a signed head states. Error: why it is none of this log.
fn verified(walk: &Walk<'_>, keys: &LogKeys, head: &RawCheckpoint) -> Result<Hash, &'static str> {
    let note = Note::parse(&head.note).map_err(|_| "it is no signed note")?;
    let keys = keys.of_size(head.size);
    let keys: Result<Vec<_>, _> = keys.map(|key| VerifierKey::parse(&key.vkey)).collect();
    let keys = keys.map_err(|_| "a leaf names a key that is none")?;
    let signed = note.verify(&keys);
    if signed.map_or(0, |signed| signed.len()) != keys.len().max(1) {
        return Err("not every key of the log has signed it");
    }
    let checkpoint = Checkpoint::parse(note.text()).map_err(|_| "it is no checkpoint")?;
    if checkpoint.origin() != walk.origin || checkpoint.size() != head.size {
        return Err("it is of another log or size");
    }
    Ok(*checkpoint.root())
}

/// Cosignatures that came after their head was stored verify under the key that their row names.
async fn late_cosignatures(walk: &Walk<'_>, report: &mut Report) -> Stored<()> {
    let (mut size, mut witness) = (0, String::new());
    loop {
        let after = (size, witness.as_str());
        let page = walk.store.raw_cosignatures(walk.log, after, CHECKPOINTS);
        let page = page.await?;
        let is_last = page.len() < CHECKPOINTS as usize;
        for (of, late, note) in page {
            if !is_cosigned(&late, note.as_deref()) {
                let place = format!("cosignature of checkpoint {of}");
                report.add(Damage::Cosignature, place, late.witness.clone());
            }
            (size, witness) = (of, late.witness);
        }
        if is_last {
            return Ok(());
        }
    }
}

fn is_cosigned(late: &LateCosignature, note: Option<&str>) -> bool {
    let note = note.and_then(|note| Note::parse(note).ok());
    let line = NoteSignature::parse(&late.line);
    let (Some(note), Ok(line), Ok(key)) = (note, line, VerifierKey::parse(&late.witness)) else {
        return false;
    };
    key.claims(&line) && key.verify(note.text(), line.signature()).is_ok()
}

/// The published pointer names a signed head.
async fn published(walk: &Walk<'_>, report: &mut Report) -> Stored<()> {
    let Some((size, at)) = walk.store.published(walk.log).await? else {
        return Ok(());
    };
    let newest = walk.store.checkpoint_at_most(walk.log, size).await?;
    if newest.as_ref().is_some_and(|(signed, _)| *signed == size) {
        return Ok(());
    }
    report.add(Damage::Published, "published", format!("size {size}"));
    if walk.repair
        && let Some((signed, _)) = newest
    {
        let mut tx = walk.store.begin().await?;
        tx.lock_head(walk.log).await?;
        tx.put_published(walk.log, signed, at).await?;
        tx.commit().await?;
        report.repaired(Damage::Published, "published");
    }
    Ok(())
}

/// The root of a log's first leaves, from their bytes alone. Error: one of them is missing.
pub async fn root_of_leaves(store: &Store, log: &LogId, size: u64) -> Stored<Hash> {
    let (mut tree, mut from) = (Frontier::new(), 0);
    while from < size {
        let to = size.min(from + PAGE);
        for hash in hashes_of(&store.raw_leaves(log, from, to).await?) {
            tree.append(hash);
        }
        if tree.size() != to {
            return Err(StoreError::Contradiction("a leaf is missing".into()));
        }
        from = to;
    }
    Ok(tree.root())
}

/// Reads the tiles that became full between two sizes back, with their leaves' bytes. Returns what contradicts what, before
/// anything is signed over it.
pub async fn scrub(store: &Store, log: &LogId, from: u64, to: u64) -> Stored<Option<String>> {
    for idx in from / 256..to / 256 {
        let hashes = hashes_of(&store.raw_leaves(log, idx * 256, (idx + 1) * 256).await?);
        let root = (hashes.len() == 256).then(|| full_root(&hashes).to_vec());
        let stored = store.raw_tile(log, 0, idx).await?.map(|tile| tile.root);
        if root.is_none() || stored != root {
            return Ok(Some(format!(
                "leaves {} to {} do not give the root of their tile as they are read back",
                idx * 256,
                idx * 256 + 255
            )));
        }
    }
    Ok(None)
}
