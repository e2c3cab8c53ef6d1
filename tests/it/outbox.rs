//! Work that a batch causes: written in its transaction, claimed once, retried.

use std::sync::Arc;

use samtycke_core::id::LogId;
use samtycke_core::keys::Secret;
use samtycke_log::append::{AppendLimits, Appender};
use samtycke_log::{Application, Entry, Lane, LogView, Plan, Submitted};
use samtycke_server::clock::UnixMs;
use samtycke_server::store::batch::BatchRows;
use samtycke_server::store::log::{HeadRow, LeafRow};
use samtycke_server::store::outbox::{Claim, OutboxRow};
use samtycke_server::store::{Store, StoreError, Stored, Tx};
use samtycke_tests::{Engine, World, both};
use samtycke_tlog::merkle::Frontier;
use samtycke_tlog::note::VerifierKey;
use tokio::sync::mpsc;

use crate::raw::Raw;

/// Duration of the tests' claims; milliseconds.
const LEASE_MS: i64 = 100;

/// The log of these tests.
struct View(LogId);

impl LogView for View {
    fn log(&self) -> &LogId {
        &self.0
    }

    fn origin(&self) -> &'static str {
        "localhost/logs/test"
    }

    fn signing_seed(&self, _: &str) -> Option<Secret> {
        None
    }

    fn own_keys(&self) -> Vec<VerifierKey> {
        Vec::new()
    }

    fn is_preventive(&self) -> bool {
        false
    }

    fn is_frozen(&self) -> bool {
        false
    }

    fn freeze(&self) {}
}

/// An entry that causes work with this id; a broken one also takes an index that is in use.
struct Task {
    id: &'static str,
    is_broken: bool,
}

impl Entry for Task {
    fn lane(&self) -> Lane {
        Lane::Ordinary
    }
}

/// An application with entries whose leaves have no meaning.
struct Tasks;

impl Application for Tasks {
    type View = View;
    type Entry = Task;
    type Outcome = ();
    type Effect = ();
    type InFlight = ();

    fn begin(&self, _: &Arc<View>, _: &Task) -> Option<()> {
        None
    }

    fn end(&self, (): ()) {}

    fn outcome_unknown(&self, _: &Arc<View>, _: &Task, _: Option<()>) {}

    async fn plan(
        &self,
        _: &mut Tx,
        head: &HeadRow,
        entries: &[Submitted<'_, Self>],
    ) -> Stored<Plan<Self>> {
        let (mut head, mut rows) = (head.clone(), BatchRows::default());
        let mut frontier = Frontier::from_bytes(&head.frontier).expect("a frontier");
        for Submitted { entry, .. } in entries {
            let idx = frontier.append([7; 32]);
            rows.leaves.push(LeafRow {
                idx: if entry.is_broken { 0 } else { idx },
                leaf_hash: [7; 32],
                leaf: vec![7; 82],
            });
            rows.outbox.push(work(entry.id, 1));
        }
        head.size = frontier.size();
        head.root = frontier.root();
        head.frontier = frontier.to_bytes();
        let results = entries.iter().map(|_| Ok(())).collect();
        let effect = ();
        Ok(Plan {
            head,
            rows,
            results,
            effect,
        })
    }

    async fn settle(&self, _: &HeadRow, _: &HeadRow, (): ()) {}
}

fn work(id: &str, due_at: UnixMs) -> OutboxRow {
    OutboxRow {
        id: id.into(),
        kind: "test".into(),
        due_at,
        payload: "{}".into(),
    }
}

/// Opens a log on the world's database.
async fn open_log(world: &World) -> (Store, LogId) {
    let (store, log) = (world.server.app.store.clone(), LogId::from_bytes([4; 16]));
    let empty = Frontier::new();
    let head = HeadRow {
        log: log.clone(),
        origin: "localhost/logs/test".into(),
        size: 0,
        root: empty.root(),
        frontier: empty.to_bytes(),
        epoch: 1,
        last_leaf: [0; 32],
        last_received_at: 0,
        config_version: 1,
    };
    let mut tx = store.begin().await.expect("begun");
    tx.insert_head(&head).await.expect("opened");
    tx.commit().await.expect("durable");
    (store, log)
}

/// Writes work without an application.
async fn put(store: &Store, log: &LogId, outbox: Vec<OutboxRow>) {
    let mut tx = store.begin().await.expect("begun");
    let head = tx.lock_head(log).await.expect("read").expect("a head");
    let rows = BatchRows {
        outbox,
        ..BatchRows::default()
    };
    tx.append(&head, &head, &rows).await.expect("written");
    tx.commit().await.expect("durable");
}

/// Claims all work that is due; retries when another claim interferes.
async fn claim(store: &Store, log: &LogId, now: UnixMs) -> Vec<Claim> {
    loop {
        match store.claim_due(log, "test", now, now + LEASE_MS, 100).await {
            Err(StoreError::Conflict) => {}
            claims => return claims.expect("claimed"),
        }
    }
}

fn ids(claims: &[Claim]) -> Vec<&str> {
    claims.iter().map(|claim| &*claim.row.id).collect()
}

both! {
    /// Protects "in the same transaction": work exists if its batch committed, and not if the batch failed.
    async fn work_is_written_with_its_batch_or_not_at_all(world: World) {
        let (store, log) = open_log(&world).await;
        let (dirty, _news) = mpsc::unbounded_channel();
        let limits = AppendLimits { record_queue_max: 8, withdrawal_queue_max: 8, batch_events_max: 8 };
        let appender = Appender::new(store.clone(), Tasks, world.server.app.environment.clone(), limits, dirty);
        let view = Arc::new(View(log.clone()));
        for (id, is_broken) in [("first", false), ("broken", true), ("last", false)] {
            let done = appender.submit(&view, Task { id, is_broken }).await;
            assert_eq!(done.is_err(), is_broken, "{id}: {done:?}");
        }
        assert_eq!(ids(&claim(&store, &log, 1).await), ["first", "last"]);
        let leaves = store.leaves(&log, 0, 9).await.expect("leaves");
        assert_eq!(leaves.len(), 2);
    }

    /// Protects work from running early, and the work that has waited longest from waiting longer.
    async fn due_work_is_claimed_in_its_order(world: World) {
        let (store, log) = open_log(&world).await;
        let rows = [("c", 30), ("a", 10), ("d", 41), ("b", 20)].map(|(id, due_at)| work(id, due_at));
        put(&store, &log, rows.into()).await;
        let first = store.claim_due(&log, "test", 40, 1_000, 2).await.expect("claimed");
        assert_eq!(ids(&first), ["a", "b"]);
        let rest = store.claim_due(&log, "test", 40, 1_000, 2).await.expect("claimed");
        assert_eq!(ids(&rest), ["c"]);
    }

    /// Protects against duplicate deliveries: of two claimers at the same time, each piece of work goes to one.
    async fn two_claimers_share_what_is_due(world: World) {
        let (store, log) = open_log(&world).await;
        let rows = (0..50).map(|i| work(&format!("{i:02}"), 1)).collect();
        put(&store, &log, rows).await;
        let (one, two) = tokio::join!(claim(&store, &log, 5), claim(&store, &log, 5));
        let mut all = [ids(&one), ids(&two)].concat();
        all.sort_unstable();
        let wanted: Vec<String> = (0..50).map(|i| format!("{i:02}")).collect();
        assert_eq!(all, wanted);
    }

    /// Protects the work of a stopped server: it is due again when the claim ends, and the old claim no longer counts.
    async fn lost_work_is_claimed_again(world: World) {
        let (store, log) = open_log(&world).await;
        put(&store, &log, vec![work("a", 1)]).await;
        let lost = claim(&store, &log, 1).await;
        assert!(claim(&store, &log, LEASE_MS).await.is_empty(), "the claim lasts");
        let taken = claim(&store, &log, 1 + LEASE_MS).await;
        assert_eq!((ids(&taken), taken[0].attempts), (vec!["a"], 2));
        assert!(!store.finish_claim(&log, &lost[0]).await.expect("answered"), "it is another's now");
        assert!(!store.retry_claim(&log, &lost[0], 1).await.expect("answered"), "it is another's now");
        assert!(store.finish_claim(&log, &taken[0]).await.expect("finished"));
        assert!(claim(&store, &log, i64::MAX / 2).await.is_empty(), "it is done");
    }

    /// Protects a receiver that is down from retries without a pause.
    async fn failed_work_is_due_again_later(world: World) {
        let (store, log) = open_log(&world).await;
        put(&store, &log, vec![work("a", 1)]).await;
        let mut now = 1;
        for (attempts, delay_ms) in [(1, 1_000), (2, 2_000), (3, 4_000)] {
            let claims = claim(&store, &log, now).await;
            assert_eq!(claims[0].attempts, attempts);
            assert!(store.retry_claim(&log, &claims[0], now).await.expect("answered"));
            assert!(claim(&store, &log, now + delay_ms - 1).await.is_empty());
            now += delay_ms;
        }
        assert_eq!(ids(&claim(&store, &log, now).await), ["a"]);
    }
}

/// Protects the same when two servers claim at once: the one that had to wait for the other's rows takes none.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_claim_that_waited_takes_nothing_of_another() {
    let world = World::start(Engine::Postgres).await;
    let (store, log) = open_log(&world).await;
    put(&store, &log, vec![work("a", 1)]).await;
    let (mut other, mut watch) = (Raw::open(&world).await, Raw::open(&world).await);
    other.execute("begin").await.expect("begun");
    other
        .execute("update outbox set attempts = 1, claimed_until = 1000")
        .await
        .expect("claimed");
    let waiting = tokio::spawn(async move { claim(&store, &log, 5).await });
    let waits = "select pid::text from pg_locks where not granted";
    while watch.texts(waits).await.is_empty() {
        tokio::task::yield_now().await;
    }
    other.execute("commit").await.expect("committed");
    assert!(waiting.await.expect("no panic").is_empty());
}
