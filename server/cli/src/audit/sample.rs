//! A sample of a log: leaves chosen by chance, which the controller then proves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use samtycke_core::bundle::verify::verify;
use samtycke_core::bundle::{BUNDLE_BYTES_MAX, report::Outcome};
use samtycke_server::clock::{SystemRng, random};
use samtycke_tlog::tile::{TILE_WIDTH, Tile, TileKind};
use serde_json::json;
use sha2::{Digest as _, Sha256};

use super::folder::Folder;
use super::head::Head;
use super::{Copy, Stop, policy};
use crate::verify::{Trust, files};

/// The most leaves of a sample. A sample of 10 000 finds, with 99.9 % certainty, a fault in one leaf of 1 500.
const SAMPLE_MAX: u64 = 10_000;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    copy: Copy,
    /// How many leaves to choose.
    #[arg(long, short = 'n', default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=SAMPLE_MAX))]
    count: u64,
    /// Repeats an earlier choice: the seed that it printed.
    #[arg(long, value_name = "HEX")]
    seed: Option<String>,
    /// A folder of the proof bundles that came back; each leaf of the sample must be proven by one.
    #[arg(long, value_name = "DIR", requires = "seed")]
    bundles: Option<PathBuf>,
    #[command(flatten)]
    trust: Trust,
    /// Print JSON, for programs.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(args: &Args) -> Result<(), Stop> {
    let policy = policy(&args.trust)?;
    let folder = Folder::open(&args.copy.folder)?;
    let note = folder
        .checkpoint()?
        .ok_or_else(|| folder.damaged("checkpoint"))?;
    let head = Head::verified(&note, &policy)?;
    let size = head.checkpoint.size();
    let seed = match &args.seed {
        Some(seed) => seed.clone(),
        None => hex::encode(random::<16>(&SystemRng)),
    };
    let chosen = choose(&seed, args.count.min(size), size);
    let mut leaves: BTreeMap<u64, String> = BTreeMap::new();
    for index in chosen {
        leaves.insert(index, hex::encode(leaf(&folder, index, size)?));
    }
    match &args.bundles {
        None => ask(args, &seed, &leaves),
        Some(bundles) => check(args, &policy, &leaves, head.checkpoint.origin(), bundles)?,
    }
    Ok(())
}

/// The indexes that a seed chooses: each leaf is as likely as any other, and nobody can steer the choice without the seed.
fn choose(seed: &str, count: u64, size: u64) -> BTreeSet<u64> {
    let mut chosen = BTreeSet::new();
    // Numbers at or above the largest multiple of the size would favour the first leaves.
    let end = u64::MAX - u64::MAX % size.max(1);
    let mut drawn = 0_u64;
    while (chosen.len() as u64) < count {
        let digest = Sha256::new()
            .chain_update("samtycke/sample/v1\n")
            .chain_update(seed)
            .chain_update(format!("\n{drawn}"))
            .finalize();
        let mut bytes = [0; 8];
        bytes.copy_from_slice(&digest[..8]);
        let number = u64::from_be_bytes(bytes);
        if number < end {
            chosen.insert(number % size);
        }
        drawn += 1;
    }
    chosen
}

fn leaf(folder: &Folder, index: u64, size: u64) -> Result<[u8; 32], Stop> {
    let width = u64::from(TILE_WIDTH);
    let tile = Tile::in_tree(TileKind::Hashes { level: 0 }, index / width, size);
    let tile = tile.expect("a leaf of the tree");
    let bytes = folder.tile(tile)?.unwrap_or_default();
    let at = usize::try_from(index % width).expect("below 256");
    let hash = bytes.as_chunks::<32>().0.get(at).copied();
    hash.ok_or_else(|| folder.damaged(&tile.to_string()))
}

/// Prints what the controller is to prove.
fn ask(args: &Args, seed: &str, leaves: &BTreeMap<u64, String>) {
    if args.json {
        let leaves: Vec<_> = leaves
            .iter()
            .map(|(index, hash)| json!({"index": index, "leaf_hash": hash}))
            .collect();
        outln!("{}", json!({"seed": seed, "leaves": leaves}));
        return;
    }
    outln!("seed {seed}");
    for (index, hash) in leaves {
        outln!("{index} {hash}");
    }
}

/// Which of the leaves are proven by a bundle of the folder.
fn check(
    args: &Args,
    policy: &samtycke_core::bundle::policy::Policy,
    leaves: &BTreeMap<u64, String>,
    origin: &str,
    bundles: &Path,
) -> Result<(), Stop> {
    let cannot = |error: std::io::Error| Stop::usage(format!("{}: {error}", bundles.display()));
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(bundles).map_err(cannot)? {
        files.push(entry.map_err(cannot)?.path());
    }
    files.retain(|file| file.is_file());
    files.sort();
    let (mut proven, mut refused) = (BTreeSet::new(), Vec::new());
    for file in files {
        let bytes = files::read(&file, "a proof bundle", BUNDLE_BYTES_MAX);
        let bytes = match bytes {
            Ok(bytes) => bytes,
            Err(why) => {
                refused.push(why);
                continue;
            }
        };
        let report = verify(&bytes, policy, None);
        let is_valid = matches!(
            report.outcome,
            Outcome::Valid { .. } | Outcome::ValidErased { .. }
        );
        let index = report
            .index
            .filter(|_| is_valid && report.origin.as_deref() == Some(origin));
        match index.filter(|index| leaves.get(index) == report.leaf_hash.as_ref()) {
            Some(index) => drop(proven.insert(index)),
            None => refused.push(format!("{}: proves no leaf of this sample", file.display())),
        }
    }
    let missing: Vec<u64> = leaves
        .keys()
        .copied()
        .filter(|index| !proven.contains(index))
        .collect();
    if args.json {
        outln!(
            "{}",
            json!({"proven": proven, "missing": missing, "refused": refused})
        );
    } else {
        for why in &refused {
            outln!("{}", samtycke_core::screen::escaped(why));
        }
        for index in &missing {
            outln!("missing {index} {}", leaves[index]);
        }
        outln!("{} of {} leaves are proven", proven.len(), leaves.len());
    }
    if missing.is_empty() {
        Ok(())
    } else {
        Err(Stop::invalid(format!(
            "{} of {} leaves of the sample are not proven",
            missing.len(),
            leaves.len()
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Protects a sample from being disputed: a seed gives one choice, of the wanted number, within the log.
    #[test]
    fn a_seed_chooses_once_and_evenly() {
        let of = |seed: &str| choose(seed, 30, 1_000);
        assert_eq!(of("00"), of("00"));
        assert_ne!(of("00"), of("01"));
        assert_eq!(of("00").len(), 30);
        assert!(of("00").iter().all(|index| *index < 1_000));
        assert_eq!(choose("00", 7, 7), (0..7).collect());
        assert!(choose("00", 0, 0).is_empty());
        let halves = (0..200).flat_map(|seed| choose(&seed.to_string(), 10, 1_000));
        let low = halves.filter(|index| *index < 500).count();
        assert!(
            (900..1_100).contains(&low),
            "{low} of 2000 in the first half"
        );
    }
}
