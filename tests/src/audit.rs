//! What must hold for every log whatever was done to it. It is recomputed from the rows; the server's memory is only
//! compared.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use samtycke_core::bundle::policy::Policy;
use samtycke_core::bundle::verify::verify;
use samtycke_core::event::{EventBody, fold_by_history};
use samtycke_core::id::{LogId, SubjectId};
use samtycke_core::state::SubjectState;
use samtycke_log::tree;
use samtycke_server::app::App;
use samtycke_server::config::{Config, Rate};
use samtycke_server::fsck::Inspection;
use samtycke_server::hot::Known;
use samtycke_server::log::prove;
use samtycke_server::register::History;
use samtycke_server::store::log::LeafPlace;
use samtycke_server::tenant::Tenant;
use samtycke_tlog::merkle::{self, Frontier, Hash};

/// An event in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Index of its leaf in the log.
    pub index: u64,
    /// Hash of its leaf, hex.
    pub leaf_hash: String,
    /// The subject.
    pub subject: String,
    /// Number within the subject's stream.
    pub seq: u64,
}

/// The content of a log.
#[derive(Debug)]
pub struct Audit {
    /// Number of leaves.
    pub size: u64,
    /// Leaf hashes, in order.
    pub hashes: Vec<Hash>,
    /// Events, by id.
    pub events: BTreeMap<String, Entry>,
    /// States by subject, as they were stored; each equals the fold of its events.
    pub states: BTreeMap<String, SubjectState>,
}

/// The tenant of a log.
pub async fn tenant(app: &Arc<App>, log: &str) -> Arc<Tenant> {
    let log: LogId = log.parse().expect("a log");
    app.tenants
        .by_log(&log)
        .await
        .expect("a read")
        .expect("a tenant")
}

/// Recomputes everything that a log's rows hold twice, and panics at the first contradiction. Do not write at the same
/// time.
pub async fn audit(app: &Arc<App>, log: &str) -> Audit {
    let tenant = tenant(app, log).await;
    let head = app
        .store
        .head(&tenant.log)
        .await
        .expect("a read")
        .expect("a head");
    let hashes = leaves(app, &tenant, head.size).await;
    assert_eq!(
        root_of(&hashes),
        head.root,
        "the head's root is the root of the leaves"
    );
    assert_eq!(
        frontier_of(&hashes).to_bytes(),
        head.frontier,
        "the frontier is the frontier of the leaves"
    );
    tiles(app, &tenant, &hashes).await;

    let rows = app
        .store
        .events(&tenant.log, 0, head.size)
        .await
        .expect("events");
    let publications = app
        .store
        .publications(&tenant.log, 0, head.size)
        .await
        .expect("publications");
    let mut indexes: Vec<u64> = rows
        .iter()
        .map(|r| r.idx)
        .chain(publications.iter().map(|p| p.idx))
        .collect();
    indexes.sort_unstable();
    assert!(
        indexes.into_iter().eq(0..head.size),
        "every leaf is one event or one publication"
    );

    let events: BTreeMap<String, Entry> = rows
        .iter()
        .map(|row| {
            let leaf_hash = hex::encode(hashes[usize::try_from(row.idx).expect("small")]);
            let entry = Entry {
                index: row.idx,
                leaf_hash,
                subject: row.subject.to_string(),
                seq: row.seq,
            };
            (row.event_id.to_string(), entry)
        })
        .collect();
    assert_eq!(events.len(), rows.len(), "no event stands in the log twice");
    let states = states(app, &tenant, &hashes).await;
    merges(app, &tenant, &states).await;
    let inspection = Inspection {
        store: &app.store,
        tenants: &app.tenants,
        anchor_dir: Some(&app.config.anchor_dir),
        repair: false,
        pause: None,
        progress: &|_, _, _| {},
    };
    let report = inspection.of(&tenant).await.expect("a report");
    assert_eq!(
        report.findings,
        [],
        "the program that looks for damage finds none"
    );
    let subjects: HashSet<&str> = rows.iter().map(|row| row.subject.as_str()).collect();
    assert_eq!(
        states.len(),
        subjects.len(),
        "a subject has a state exactly if it has events"
    );
    Audit {
        size: head.size,
        hashes,
        events,
        states,
    }
}

/// The table of merges says what the states say, the other way round.
async fn merges(app: &Arc<App>, tenant: &Tenant, states: &BTreeMap<String, SubjectState>) {
    let merged = |(subject, state): (&String, &SubjectState)| {
        let survivor = state.merged_into.clone()?;
        Some((survivor, subject.parse().expect("a subject")))
    };
    let expected: BTreeSet<(SubjectId, SubjectId)> = states.iter().filter_map(merged).collect();
    let every: Vec<SubjectId> = states
        .keys()
        .map(|s| s.parse().expect("a subject"))
        .collect();
    let mut tx = app.store.begin().await.expect("a transaction");
    let every: Vec<&SubjectId> = every.iter().collect();
    let found = tx.merged_below(&tenant.log, &every).await.expect("a read");
    tx.rollback().await.expect("an end");
    let found: BTreeSet<(SubjectId, SubjectId)> = found.into_iter().collect();
    assert_eq!(
        found, expected,
        "the table of merges follows from the states"
    );
}

async fn leaves(app: &Arc<App>, tenant: &Tenant, size: u64) -> Vec<Hash> {
    // A leaf beyond the head's size would be acknowledged to no caller and signed by no checkpoint.
    let rows = app
        .store
        .leaves(&tenant.log, 0, size + 1)
        .await
        .expect("leaves");
    assert!(
        rows.iter().map(|row| row.idx).eq(0..size),
        "leaves are gapless and end at the head"
    );
    for row in &rows {
        assert_eq!(
            merkle::leaf_hash(&row.leaf),
            row.leaf_hash,
            "leaf {} has its hash",
            row.idx
        );
    }
    rows.into_iter().map(|row| row.leaf_hash).collect()
}

async fn tiles(app: &Arc<App>, tenant: &Tenant, hashes: &[Hash]) {
    let (mut level, mut entries) = (0u8, hashes.to_vec());
    loop {
        let full = entries.chunks_exact(256).collect::<Vec<_>>();
        for (i, entries) in (0u64..).zip(&full) {
            let data = app
                .store
                .tile(&tenant.log, level, i)
                .await
                .expect("a read")
                .expect("a full tile is stored");
            assert_eq!(data, entries.concat(), "tile {level}/{i} holds its entries");
        }
        let beyond = app
            .store
            .tile(&tenant.log, level, full.len() as u64)
            .await
            .expect("a read");
        assert_eq!(beyond, None, "only full tiles are stored");
        entries = full.iter().map(|entries| root_of(entries)).collect();
        let roots = app
            .store
            .tile_roots(&tenant.log, level, 0, u64::MAX >> 1)
            .await
            .expect("roots");
        assert_eq!(roots, entries, "tiles of level {level} have their roots");
        if entries.is_empty() {
            return;
        }
        level += 1;
    }
}

/// A stream's events are numbered without gaps up to its state. Only the two events of a link or an unmerge have one
/// number in both streams, above every number of either (E22).
fn numbered(history: &[prove::Opened], last: u64, subject: &str) {
    let mut next = 1;
    for opened in history {
        let event = &opened.logged.event;
        let joint = matches!(
            event.body,
            EventBody::SubjectLinked(_)
                | EventBody::SubjectMerged(_)
                | EventBody::SubjectUnmerged(_)
        );
        let follows = event.seq == next || joint && event.seq > next;
        assert!(
            follows,
            "event {} of {subject} follows on {next}",
            event.seq
        );
        next = event.seq + 1;
    }
    assert_eq!(
        next,
        last + 1,
        "the state of {subject} is at its last event"
    );
}

async fn states(
    app: &Arc<App>,
    tenant: &Arc<Tenant>,
    hashes: &[Hash],
) -> BTreeMap<String, SubjectState> {
    let rows = app
        .store
        .subjects_after(&tenant.log, "", 100_000)
        .await
        .expect("states");
    let mut states = BTreeMap::new();
    let mut registers = History::of(tenant.clone());
    for row in rows {
        let stored = (*row.state).clone();
        let history = prove::history(&app.store, tenant, &row.subject)
            .await
            .expect("a history");
        numbered(&history, row.seq, row.subject.as_str());
        let mut previous: Option<String> = None;
        for opened in &history {
            assert_eq!(
                opened.logged.prev.map(hex::encode),
                previous,
                "an event names the subject's leaf before it"
            );
            assert_eq!(
                (opened.row.seq, &opened.row.event_id),
                (opened.logged.event.seq, &opened.logged.event.event_id)
            );
            previous = Some(hex::encode(
                hashes[usize::try_from(opened.row.idx).expect("small")],
            ));
        }
        assert_eq!(
            previous,
            Some(hex::encode(row.last_leaf)),
            "the state names the subject's last leaf"
        );
        let events = prove::events(&app.store, tenant, &row.subject)
            .await
            .expect("events");
        registers
            .read_for(&app.store, &events)
            .await
            .expect("the registers that were live");
        assert_eq!(
            fold_by_history(&events, &registers),
            stored,
            "the state of {} is the fold of its events, each by the register of its receipt",
            row.subject
        );
        if let Some(hot) = &tenant.runtime.hot {
            match hot.get(&row.subject) {
                Known::State(hot) => assert_eq!(*hot, stored, "hot state is stored state"),
                Known::Nothing => panic!("memory denies a stored state"),
                Known::AskDatabase(_) => {}
            }
        }
        states.insert(row.subject.to_string(), stored);
    }
    if let Some(hot) = &tenant.runtime.hot {
        assert!(hot.len() <= states.len(), "no state is only in memory");
    }
    states
}

/// Proves the inclusion of every leaf in the current tree, and verifies the bundles of the first, the last and every
/// seventh leaf as an auditor does.
pub async fn prove_all(app: &Arc<App>, log: &str, audit: &Audit) {
    let tenant = tenant(app, log).await;
    let root = root_of(&audit.hashes);
    for (index, hash) in (0u64..).zip(&audit.hashes) {
        let proof = tree::inclusion(&app.store, &tenant.log, index, audit.size)
            .await
            .expect("a proof");
        merkle::verify_inclusion(hash, index, audit.size, &proof, &root)
            .expect("the leaf is in the tree");
    }
    let policy = policy(tenant.vkey());
    app.publisher.publish(&tenant).await.expect("published");
    for index in (0..audit.size).filter(|index| index % 7 == 0 || index + 1 == audit.size) {
        let (size, note) = app.publisher.sealed(&tenant, index).await.expect("sealed");
        let log = tenant.log.clone();
        let place = LeafPlace { log, index };
        let bundle = prove::bundle(&app.store, &tenant, &place, (size, &note))
            .await
            .expect("a read")
            .expect("a bundle");
        let report = verify(&bundle.to_bytes(), &policy, None);
        assert_eq!(report.outcome.exit_code(), 0, "leaf {index}: {report}");
    }
}

/// An auditor's policy that trusts this log and needs no witness.
pub fn policy(vkey: &str) -> Policy {
    Policy::parse(&format!("log {vkey}\nquorum none\n")).expect("a policy")
}

/// The root of these leaf hashes, computed one by one.
pub fn root_of(hashes: &[Hash]) -> Hash {
    frontier_of(hashes).root()
}

fn frontier_of(hashes: &[Hash]) -> Frontier {
    let mut frontier = Frontier::new();
    for hash in hashes {
        frontier.append(*hash);
    }
    frontier
}

/// Settings without rate limits, for tests that send more than a client may.
pub fn without_limits(config: &mut Config) {
    let rate = Rate {
        quota: 60_000_000,
        window_s: 1,
        burst: 60_000_000,
    };
    let rates = &mut config.limits.rate;
    for one in [
        &mut rates.check,
        &mut rates.record,
        &mut rates.withdraw_per_key,
        &mut rates.withdraw_per_subject,
        &mut rates.withdraw_per_address,
        &mut rates.public,
        &mut rates.admin,
        &mut rates.unauthenticated,
    ] {
        *one = rate;
    }
}

/// A seeded sequence of numbers (splitmix64): the same seed gives the same test.
#[derive(Debug, Clone)]
pub struct Seeded(pub u64);

impl Seeded {
    /// The next number below `n`.
    pub fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }

    /// One of these values.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        let len = of.len() as u64;
        &of[usize::try_from(self.below(len)).expect("small")]
    }
}
