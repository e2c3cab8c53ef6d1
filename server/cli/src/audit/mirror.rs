//! `samtycke audit mirror`: a copy of a log, verified.

use std::collections::BTreeMap;
use std::io::{IsTerminal as _, Write as _};
use std::path::PathBuf;
use std::sync::Arc;

use samtycke_tlog::tile::Tile;
use serde::Serialize;

use super::consistency::{plan, prefix};
use super::folder::Folder;
use super::head::Head;
use super::source::Source;
use super::walk::{Figures, HASHES_MAX, Walk, fetched};
use super::{Stop, policy};
use crate::verify::Trust;

#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The log's prefix, such as https://consent.example.com/v1/logs/ID, or a folder of its files.
    #[arg(value_name = "URL")]
    source: String,
    /// The folder to copy it into.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
    #[command(flatten)]
    trust: Trust,
    /// Print JSON, for programs.
    #[arg(long)]
    json: bool,
}

/// What a run did.
#[derive(Debug, Serialize)]
struct Report {
    origin: String,
    size: u64,
    root: String,
    fetched: u64,
    kept: u64,
    peak_hashes: usize,
}

pub(super) async fn run(args: Args) -> Result<(), Stop> {
    let policy = policy(&args.trust)?;
    let source = Arc::new(Source::of(&args.source)?);
    let folder = Folder::create(&args.folder)?;
    let held = folder
        .checkpoint()?
        .map(|note| Head::read(&note))
        .transpose()?;
    let head = Head::verified(&source.checkpoint().await?, &policy)?;
    if let Some(held) = &held {
        continues(&source, &folder, held, &head).await?;
    }
    let figures = copied(&source, &folder, &head).await?;
    // Only now: a reader of the folder never sees a checkpoint whose tiles are not there.
    folder.publish(head.checkpoint.size(), &head.note)?;
    say(&args, &head, figures);
    Ok(())
}

async fn copied(source: &Arc<Source>, folder: &Folder, head: &Head) -> Result<Figures, Stop> {
    let shows = std::io::stderr().is_terminal();
    let mut progress = |name: &str, done: u64, all: u64| {
        if shows {
            let mut screen = std::io::stderr().lock();
            let _ = write!(screen, "\r{name}: {done} of {all} tiles   ");
            let _ = screen.flush();
        }
    };
    let mut walk = Walk::new(Arc::clone(source), folder, &head.checkpoint, &mut progress);
    let done = walk.all().await;
    let figures = walk.figures;
    if shows {
        let _ = writeln!(std::io::stderr().lock());
    }
    done?;
    debug_assert!(figures.peak_hashes <= HASHES_MAX, "memory is bounded");
    Ok(figures)
}

fn say(args: &Args, head: &Head, figures: Figures) {
    let checkpoint = &head.checkpoint;
    let report = Report {
        origin: checkpoint.origin().to_owned(),
        size: checkpoint.size(),
        root: hex::encode(checkpoint.root()),
        fetched: figures.fetched,
        kept: figures.kept,
        peak_hashes: figures.peak_hashes,
    };
    if args.json {
        outln!(
            "{}",
            serde_json::to_string(&report).expect("a report is JSON")
        );
        return;
    }
    outln!("{}", samtycke_core::screen::escaped(&report.origin));
    outln!("  leaves  {}", report.size);
    outln!("  root    {}", report.root);
    outln!(
        "  tiles   {} fetched, {} were here; every one is verified",
        report.fetched,
        report.kept
    );
}

/// That the log's newest checkpoint continues the one that is held. If not, both are kept.
async fn continues(
    source: &Arc<Source>,
    folder: &Folder,
    held: &Head,
    head: &Head,
) -> Result<(), Stop> {
    let (old, new) = (&held.checkpoint, &head.checkpoint);
    if old.origin() != new.origin() {
        return Err(Stop::usage(format!(
            "the folder holds {}, and this is {}: take another folder",
            old.origin(),
            new.origin()
        )));
    }
    let went_back = new.size() < old.size();
    let shared = if went_back {
        here(folder, new.size(), held)?
    } else {
        let nodes = plan(old.size(), new.size());
        let tiles = fetched(source, super::walk::tiles_of(&nodes, new.size())).await?;
        Some(prefix(old.size(), new, &tiles)?.root)
    };
    let smaller = if went_back { new } else { old };
    if !went_back && shared == Some(*smaller.root()) {
        return Ok(());
    }
    let ours = folder.keep(&held.file_name(), &held.note)?;
    let theirs = folder.keep(&head.file_name(), &head.note)?;
    let (old, new) = (old.size(), new.size());
    Err(Stop::forked(
        if went_back && shared == Some(*smaller.root()) {
            format!(
                "the log went back from {old} leaves to {new}; both signed checkpoints are evidence: {ours} and {theirs}"
            )
        } else {
            format!(
                "the log has signed two histories, which differ within the first {} leaves; both checkpoints are evidence: {ours} and {theirs}",
                old.min(new)
            )
        },
    ))
}

/// The root of a prefix of the tree that is held; `None` where the folder no longer has the tiles to tell.
fn here(
    folder: &Folder,
    size: u64,
    held: &Head,
) -> Result<Option<samtycke_tlog::merkle::Hash>, Stop> {
    let new = &held.checkpoint;
    let mut tiles: BTreeMap<Tile, Vec<u8>> = BTreeMap::new();
    for tile in super::walk::tiles_of(&plan(size, new.size()), new.size()) {
        match folder.tile(tile)? {
            Some(bytes) => drop(tiles.insert(tile, bytes)),
            None => return Ok(None),
        }
    }
    Ok(prefix(size, new, &tiles).ok().map(|prefix| prefix.root))
}
