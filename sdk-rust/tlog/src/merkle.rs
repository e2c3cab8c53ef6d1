//! The Merkle tree of RFC 6962, section 2.1 (RFC 9162, section 2.1) over SHA-256, with its proofs.
//!
//! This module does no I/O. A [`Frontier`] is all that an appender keeps. [`root_nodes`], [`inclusion_plan`] and
//! [`consistency_plan`] list the complete subtrees of a root or proof, the caller fetches their hashes, and [`root`]
//! and [`Plan::proof`] compute. Verification takes the inputs of the standards.

use sha2::{Digest, Sha256};

/// A SHA-256 hash.
pub type Hash = [u8; 32];

/// Why a proof is not valid, or cannot be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MerkleError {
    /// The index is not below the tree's size, or the sizes are in the wrong order.
    #[error("the index or size is outside the tree")]
    Range,
    /// The proof has more or fewer hashes than the tree's shape needs.
    #[error("the proof has the wrong number of hashes")]
    Length,
    /// The hashes do not lead to the root.
    #[error("the proof does not lead to the root")]
    Mismatch,
}

/// A complete subtree: the leaves `index * 2^level` up to, not including, `(index + 1) * 2^level`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NodeId {
    /// Height above the leaves: 0 is a leaf.
    pub level: u8,
    /// Place within the level, from 0.
    pub index: u64,
}

/// The hash of a leaf: SHA-256(0x00 | leaf).
pub fn leaf_hash(leaf: &[u8]) -> Hash {
    Sha256::new()
        .chain_update([0])
        .chain_update(leaf)
        .finalize()
        .into()
}

/// The hash of two subtrees: SHA-256(0x01 | left | right).
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    Sha256::new()
        .chain_update([1])
        .chain_update(left)
        .chain_update(right)
        .finalize()
        .into()
}

/// The root of the tree without leaves: SHA-256 of nothing.
pub fn empty_root() -> Hash {
    Sha256::digest([]).into()
}

/// The complete subtrees that a tree of this size consists of, left to right: one for each bit that is set.
pub fn root_nodes(size: u64) -> Vec<NodeId> {
    range_nodes(0, size)
}

/// The root of a tree from the hashes of its [`root_nodes`], left to right.
pub fn root(hashes: &[Hash]) -> Hash {
    fold(hashes).unwrap_or_else(empty_root)
}

/// The complete subtrees of a proof, and how they join into its hashes.
///
/// A hash of a proof at the tree's right edge can cover an incomplete subtree, which is several complete ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    nodes: Vec<NodeId>,
    /// The number of nodes behind each hash of the proof; they sum to the number of nodes.
    parts: Vec<usize>,
}

impl Plan {
    /// The subtrees whose hashes are needed, in the order in which [`Plan::proof`] takes them.
    pub fn nodes(&self) -> &[NodeId] {
        &self.nodes
    }

    /// The proof, from one hash for each of [`Plan::nodes`]. Error: [`MerkleError::Length`].
    pub fn proof(&self, hashes: &[Hash]) -> Result<Vec<Hash>, MerkleError> {
        if hashes.len() != self.nodes.len() {
            return Err(MerkleError::Length);
        }
        let mut rest = hashes;
        let mut proof = Vec::with_capacity(self.parts.len());
        for part in &self.parts {
            let (these, others) = rest.split_at(*part);
            proof.push(fold(these).ok_or(MerkleError::Length)?);
            rest = others;
        }
        Ok(proof)
    }

    /// Ranges come from the root downwards; a proof goes upwards.
    fn from_ranges(mut ranges: Vec<(u64, u64)>) -> Self {
        ranges.reverse();
        let mut plan = Self {
            nodes: Vec::new(),
            parts: Vec::with_capacity(ranges.len()),
        };
        for (from, to) in ranges {
            let nodes = range_nodes(from, to);
            plan.parts.push(nodes.len());
            plan.nodes.extend(nodes);
        }
        plan
    }
}

/// The plan of an inclusion proof of the leaf at `index` in the tree of `size` leaves (RFC 9162, section 2.1.3.1).
pub fn inclusion_plan(index: u64, size: u64) -> Result<Plan, MerkleError> {
    if index >= size {
        return Err(MerkleError::Range);
    }
    let (mut from, mut to) = (0, size);
    let mut siblings = Vec::new();
    while to - from > 1 {
        let middle = from + split(to - from);
        if index < middle {
            siblings.push((middle, to));
            to = middle;
        } else {
            siblings.push((from, middle));
            from = middle;
        }
    }
    Ok(Plan::from_ranges(siblings))
}

/// The plan of a consistency proof between two sizes (RFC 9162, section 2.1.4.1). Empty if `from` is 0 or equals `to`.
pub fn consistency_plan(from: u64, to: u64) -> Result<Plan, MerkleError> {
    if from > to {
        return Err(MerkleError::Range);
    }
    let mut ranges = Vec::new();
    if from == 0 || from == to {
        return Ok(Plan::from_ranges(ranges));
    }
    // `lo..hi` is the subtree looked at; the old tree ends within it. Its left edge is part of the old tree's own
    // root, which the verifier knows, for as long as we have only gone left.
    let (mut lo, mut hi) = (0, to);
    let mut old_root_is_known = true;
    while from != hi {
        let middle = lo + split(hi - lo);
        if from <= middle {
            ranges.push((middle, hi));
            hi = middle;
        } else {
            ranges.push((lo, middle));
            lo = middle;
            old_root_is_known = false;
        }
    }
    if !old_root_is_known {
        ranges.push((lo, hi));
    }
    Ok(Plan::from_ranges(ranges))
}

/// Verifies that the leaf with this hash is at `index` in the tree of `size` leaves with this root (RFC 9162, section
/// 2.1.3.2). Errors: any [`MerkleError`].
pub fn verify_inclusion(
    leaf_hash: &Hash,
    index: u64,
    size: u64,
    proof: &[Hash],
    root: &Hash,
) -> Result<(), MerkleError> {
    if index >= size {
        return Err(MerkleError::Range);
    }
    let (mut node, mut last) = (index, size - 1);
    let mut hash = *leaf_hash;
    for sibling in proof {
        if last == 0 {
            return Err(MerkleError::Length);
        }
        if node & 1 == 1 || node == last {
            hash = node_hash(sibling, &hash);
            if node & 1 == 0 {
                // At the right edge the levels without a sibling are skipped.
                let skip = node.trailing_zeros();
                node >>= skip;
                last >>= skip;
            }
        } else {
            hash = node_hash(&hash, sibling);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(MerkleError::Length);
    }
    expect_equal(&hash, root)
}

/// Verifies that the tree of `from` leaves is a prefix of the tree of `to` leaves (RFC 9162, section 2.1.4.2). From the
/// empty tree, and between equal sizes, the proof is empty and the roots are compared. Errors: any [`MerkleError`].
pub fn verify_consistency(
    from: u64,
    to: u64,
    proof: &[Hash],
    from_root: &Hash,
    to_root: &Hash,
) -> Result<(), MerkleError> {
    if from > to {
        return Err(MerkleError::Range);
    }
    if from == to || from == 0 {
        if !proof.is_empty() {
            return Err(MerkleError::Length);
        }
        let same_root = if from == to { *to_root } else { empty_root() };
        return expect_equal(from_root, &same_root);
    }
    // When the old tree is one complete subtree of the new one, its root starts the walk.
    let (first, rest) = if from.is_power_of_two() {
        (from_root, proof)
    } else {
        proof.split_first().ok_or(MerkleError::Length)?
    };
    let (mut node, mut last) = (from - 1, to - 1);
    let skip = node.trailing_ones();
    node >>= skip;
    last >>= skip;
    let (mut old, mut new) = (*first, *first);
    for hash in rest {
        if last == 0 {
            return Err(MerkleError::Length);
        }
        if node & 1 == 1 || node == last {
            old = node_hash(hash, &old);
            new = node_hash(hash, &new);
            if node & 1 == 0 {
                let skip = node.trailing_zeros();
                node >>= skip;
                last >>= skip;
            }
        } else {
            new = node_hash(&new, hash);
        }
        node >>= 1;
        last >>= 1;
    }
    if last != 0 {
        return Err(MerkleError::Length);
    }
    expect_equal(&old, from_root)?;
    expect_equal(&new, to_root)
}

/// The right edge of a growing tree, at most 64 hashes: enough to append leaves and to compute the root.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frontier {
    size: u64,
    /// Hashes of [`root_nodes`], left to right.
    hashes: Vec<Hash>,
}

impl Frontier {
    /// The frontier of the tree without leaves.
    pub fn new() -> Self {
        Self::default()
    }

    /// The frontier of a tree from the hashes of its [`root_nodes`]. Error: [`MerkleError::Length`].
    pub fn from_nodes(size: u64, hashes: Vec<Hash>) -> Result<Self, MerkleError> {
        if hashes.len() != bits(size) {
            return Err(MerkleError::Length);
        }
        Ok(Self { size, hashes })
    }

    /// Appends a leaf by its hash and returns the leaf's index.
    pub fn append(&mut self, leaf_hash: Hash) -> u64 {
        let index = self.size;
        // Every complete subtree that ends where this leaf begins, and is as large as the one held now, is its sibling.
        let siblings = usize::try_from(index.trailing_ones()).unwrap_or_default();
        let kept = self.hashes.len() - siblings;
        let hash = self
            .hashes
            .drain(kept..)
            .rev()
            .fold(leaf_hash, |right, left| node_hash(&left, &right));
        self.hashes.push(hash);
        self.size += 1;
        index
    }

    /// Number of leaves.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// The root of the tree.
    pub fn root(&self) -> Hash {
        root(&self.hashes)
    }

    /// The size as eight bytes, most significant first, and then the hashes, left to right.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.size.to_be_bytes().to_vec();
        bytes.extend(self.hashes.iter().flatten());
        bytes
    }

    /// Reads what [`Frontier::to_bytes`] wrote. Error: [`MerkleError::Length`].
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, MerkleError> {
        let (size, hashes) = bytes.split_first_chunk::<8>().ok_or(MerkleError::Length)?;
        let (hashes, rest) = hashes.as_chunks::<32>();
        if !rest.is_empty() {
            return Err(MerkleError::Length);
        }
        Self::from_nodes(u64::from_be_bytes(*size), hashes.to_vec())
    }
}

fn expect_equal(a: &Hash, b: &Hash) -> Result<(), MerkleError> {
    if a == b {
        Ok(())
    } else {
        Err(MerkleError::Mismatch)
    }
}

/// Joins complete subtrees from the right, as RFC 6962 splits an incomplete tree.
fn fold(hashes: &[Hash]) -> Option<Hash> {
    let (last, rest) = hashes.split_last()?;
    Some(
        rest.iter()
            .rev()
            .fold(*last, |right, left| node_hash(left, &right)),
    )
}

/// The complete subtrees of a range whose start is a multiple of the largest power of two in its length, as every
/// range in RFC 6962's recursion is.
fn range_nodes(from: u64, to: u64) -> Vec<NodeId> {
    let mut nodes = Vec::with_capacity(bits(to - from));
    let mut at = from;
    while at < to {
        let level = (to - at).ilog2();
        nodes.push(NodeId {
            level: u8::try_from(level).expect("a u64 has 64 bits"),
            index: at >> level,
        });
        at += 1 << level;
    }
    nodes
}

fn bits(size: u64) -> usize {
    usize::try_from(size.count_ones()).expect("at most 64")
}

/// The largest power of two below `length`, which is at least 2.
fn split(length: u64) -> u64 {
    1 << (length - 1).ilog2()
}

#[cfg(test)]
mod tests;
