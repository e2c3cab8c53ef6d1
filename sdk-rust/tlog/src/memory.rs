//! A tree whose leaf hashes are all in memory, by RFC 6962's recursive definitions. For small trees and for tests:
//! a proof costs time proportional to the tree.

use crate::merkle::{
    Hash, MerkleError, NodeId, consistency_plan, empty_root, inclusion_plan, leaf_hash, node_hash,
};

/// The leaf hashes, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MemoryTree(pub Vec<Hash>);

impl MemoryTree {
    /// A tree over these entries.
    pub fn of(entries: &[Vec<u8>]) -> Self {
        Self(entries.iter().map(|entry| leaf_hash(entry)).collect())
    }

    /// The root of the first `size` leaves (RFC 6962, section 2.1). Panics beyond the end.
    pub fn root(&self, size: u64) -> Hash {
        root(&self.0[..to_index(size)])
    }

    /// The hash of a complete subtree. Panics beyond the end.
    pub fn node(&self, node: NodeId) -> Hash {
        let from = to_index(node.index << node.level);
        root(&self.0[from..from + (1 << node.level)])
    }

    /// The inclusion proof of a leaf in the first `size` leaves (RFC 6962, section 2.1.1).
    pub fn inclusion(&self, index: u64, size: u64) -> Result<Vec<Hash>, MerkleError> {
        let plan = inclusion_plan(index, size)?;
        plan.proof(&self.fetch(plan.nodes()))
    }

    /// The consistency proof between two sizes (RFC 6962, section 2.1.2).
    pub fn consistency(&self, from: u64, to: u64) -> Result<Vec<Hash>, MerkleError> {
        let plan = consistency_plan(from, to)?;
        plan.proof(&self.fetch(plan.nodes()))
    }

    fn fetch(&self, nodes: &[NodeId]) -> Vec<Hash> {
        nodes.iter().map(|node| self.node(*node)).collect()
    }
}

fn root(hashes: &[Hash]) -> Hash {
    match hashes {
        [] => empty_root(),
        [one] => *one,
        _ => {
            let (left, right) = hashes.split_at(hashes.len().next_power_of_two() / 2);
            node_hash(&root(left), &root(right))
        }
    }
}

fn to_index(value: u64) -> usize {
    usize::try_from(value).expect("a tree in memory has fewer than 2^32 leaves")
}
