//! The reference vectors, and every proof of every small tree against a tree that is written down naively.

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::memory::MemoryTree;

const VECTORS: &str = include_str!("../../../../tests/vectors/merkle.json");

fn hash(value: &Value) -> Hash {
    crate::strict::hex_array(value.as_str().unwrap()).unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
    value.as_array().unwrap().iter().map(hash).collect()
}

fn number(value: &Value) -> u64 {
    value.as_u64().unwrap()
}

#[test]
fn the_reference_tree_has_its_published_hashes() {
    let vectors: Value = serde_json::from_str(VECTORS).unwrap();
    let leaves: Vec<Vec<u8>> = vectors["leaves"]
        .as_array()
        .unwrap()
        .iter()
        .map(|leaf| crate::strict::hex(leaf.as_str().unwrap()).unwrap())
        .collect();
    let tree = MemoryTree::of(&leaves);
    assert_eq!(tree.0, hashes(&vectors["leaf_hashes"]));
    let roots = hashes(&vectors["roots"]);
    // Known by heart since 2012: the last root of the certificate-transparency tests.
    assert!(hex::encode(roots[8]).starts_with("5dc9da79a70659a9ad559cb701ded9a2"));
    let mut frontier = Frontier::new();
    for (size, root) in (0..).zip(&roots) {
        assert_eq!(frontier.root(), *root, "size {size}");
        assert_eq!(tree.root(size), *root, "size {size}");
        if let Some(leaf) = tree.0.get(frontier.hashes_len()) {
            frontier.append(*leaf);
        }
    }
    for case in vectors["inclusion"].as_array().unwrap() {
        let (index, size) = (number(&case["index"]), number(&case["size"]));
        let proof = hashes(&case["proof"]);
        assert_eq!(
            tree.inclusion(index, size).unwrap(),
            proof,
            "{index} in {size}"
        );
        let leaf = tree.node(NodeId { level: 0, index });
        assert_eq!(
            verify_inclusion(&leaf, index, size, &proof, &tree.root(size)),
            Ok(())
        );
    }
    for case in vectors["consistency"].as_array().unwrap() {
        let (from, to) = (number(&case["from"]), number(&case["to"]));
        let proof = hashes(&case["proof"]);
        assert_eq!(tree.consistency(from, to).unwrap(), proof, "{from} to {to}");
    }
    for case in vectors["large"].as_array().unwrap() {
        let size = number(&case["size"]);
        let leaves: Vec<_> = (0..size).map(|i| i.to_be_bytes().to_vec()).collect();
        let tree = MemoryTree::of(&leaves);
        assert_eq!(tree.root(size), hash(&case["root"]));
        assert_eq!(
            tree.inclusion(number(&case["index"]), size).unwrap(),
            hashes(&case["proof"])
        );
        assert_eq!(
            tree.consistency(number(&case["from"]), size).unwrap(),
            hashes(&case["consistency"])
        );
    }
}

impl Frontier {
    fn hashes_len(&self) -> usize {
        usize::try_from(self.size).unwrap()
    }
}

fn tree_of(size: u64) -> MemoryTree {
    let leaves: Vec<_> = (0..size).map(|i| i.to_be_bytes().to_vec()).collect();
    MemoryTree::of(&leaves)
}

/// Every proof of every tree up to 34 leaves and of those around 64, and everything that is nearly such a proof. (What
/// is between them has no shape of its own and takes four times as long.)
#[test]
fn every_proof_verifies_and_no_neighbour_of_it_does() {
    let tree = tree_of(66);
    for size in (1..=34).chain(63..=66) {
        let root = tree.root(size);
        for index in 0..size {
            let leaf = tree.0[usize::try_from(index).unwrap()];
            let proof = tree.inclusion(index, size).unwrap();
            let holds = |index, size, proof: &[Hash]| {
                verify_inclusion(&leaf, index, size, proof, &root).is_ok()
            };
            assert!(holds(index, size, &proof));
            assert!(!holds(size, size, &proof));
            for other in (0..size).filter(|other| *other != index) {
                assert!(!holds(other, size, &proof), "{index} as {other} in {size}");
            }
            neighbours(&proof, |changed| assert!(!holds(index, size, changed)));
        }
        for from in 0..=size {
            let old = tree.root(from);
            let proof = tree.consistency(from, size).unwrap();
            let holds = |proof: &[Hash], old: &Hash, new: &Hash| {
                verify_consistency(from, size, proof, old, new).is_ok()
            };
            assert!(holds(&proof, &old, &root), "{from} to {size}");
            assert!(!holds(&proof, &flipped(old), &root));
            assert!(from == 0 || !holds(&proof, &old, &flipped(root)));
            neighbours(&proof, |changed| assert!(!holds(changed, &old, &root)));
        }
    }
    assert_eq!(inclusion_plan(3, 3), Err(MerkleError::Range));
    assert_eq!(consistency_plan(4, 3), Err(MerkleError::Range));
}

fn flipped(mut hash: Hash) -> Hash {
    hash[7] ^= 0x10;
    hash
}

fn neighbours(proof: &[Hash], mut refuse: impl FnMut(&[Hash])) {
    for i in 0..proof.len() {
        let mut changed = proof.to_vec();
        changed[i] = flipped(changed[i]);
        refuse(&changed);
        let mut shorter = proof.to_vec();
        shorter.remove(i);
        refuse(&shorter);
    }
    let mut longer = proof.to_vec();
    longer.push([0; 32]);
    refuse(&longer);
}

#[test]
fn a_frontier_survives_storage_and_nothing_else() {
    let mut frontier = Frontier::new();
    for leaf in &tree_of(300).0 {
        frontier.append(*leaf);
        assert_eq!(
            Frontier::from_bytes(&frontier.to_bytes()),
            Ok(frontier.clone())
        );
    }
    let bytes = frontier.to_bytes();
    assert_eq!(Frontier::from_bytes(&bytes[1..]), Err(MerkleError::Length));
    assert_eq!(Frontier::from_bytes(&bytes[..40]), Err(MerkleError::Length));
    assert_eq!(Frontier::from_bytes(&[]), Err(MerkleError::Length));
}

proptest! {
    // A case builds a tree of up to 700 leaves by hand.
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_two_sizes_are_consistent(a in 0u64..700, b in 0u64..700, flip in any::<(u8, u8, u8)>()) {
        let (from, to) = (a.min(b), a.max(b));
        let tree = tree_of(to);
        let (old, new) = (tree.root(from), tree.root(to));
        let mut proof = tree.consistency(from, to).unwrap();
        prop_assert_eq!(verify_consistency(from, to, &proof, &old, &new), Ok(()));
        let mut frontier = Frontier::new();
        for leaf in &tree.0 { frontier.append(*leaf); }
        prop_assert_eq!(frontier.root(), new);
        if !proof.is_empty() {
            let at = usize::from(flip.0) % proof.len();
            proof[at][usize::from(flip.1 % 32)] ^= 1 << (flip.2 % 8);
            prop_assert!(verify_consistency(from, to, &proof, &old, &new).is_err());
        }
    }

    #[test]
    fn any_leaf_is_included(size in 1u64..700, pick in any::<u64>(), flip in any::<(u8, u8, u8)>()) {
        let tree = tree_of(size);
        let index = pick % size;
        let root = tree.root(size);
        let leaf = tree.0[usize::try_from(index).unwrap()];
        let mut proof = tree.inclusion(index, size).unwrap();
        prop_assert_eq!(verify_inclusion(&leaf, index, size, &proof, &root), Ok(()));
        if !proof.is_empty() {
            let at = usize::from(flip.0) % proof.len();
            proof[at][usize::from(flip.1 % 32)] ^= 1 << (flip.2 % 8);
            prop_assert!(verify_inclusion(&leaf, index, size, &proof, &root).is_err());
        }
    }

}

proptest! {
    /// Sizes that no test can build still have to have a shape.
    #[test]
    fn huge_trees_have_plans(size in any::<u64>(), pick in any::<u64>()) {
        let size = size.max(1);
        let index = pick % size;
        let plan = inclusion_plan(index, size).unwrap();
        prop_assert!(plan.nodes().len() <= 128);
        let hashes = vec![[0; 32]; plan.nodes().len()];
        prop_assert!(plan.proof(&hashes).unwrap().len() <= 64);
        prop_assert!(consistency_plan(index, size).unwrap().nodes().len() <= 128);
        prop_assert_eq!(verify_inclusion(&[0; 32], index, size, &[], &[0; 32]).is_ok(), size == 1);
    }
}
