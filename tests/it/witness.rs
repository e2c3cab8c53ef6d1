//! Witnesses: what they make of a log, and what the server makes of what they say. `witness_theirs` runs one that others wrote.

use std::path::Path;
use std::time::Duration;

use samtycke_core::bundle::policy::Policy;
use samtycke_core::bundle::report::{Level, Outcome, Reason};
use samtycke_core::bundle::verify::verify;
use samtycke_log::PublishError;
use samtycke_log::publish::Occasion;
use samtycke_server::clock::Clock as _;
use samtycke_tests::audit::{self, audit};
use samtycke_tests::witness::{Manner, Witness, policy};
use samtycke_tests::world::{Answer, Tenancy};
use samtycke_tests::{Engine, World, both};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::note::{KeyKind, Note, NoteSigner};

use crate::process::{program, said};
use crate::rollback::{copy, restore};
use crate::support::proof;

pub(crate) const PURPOSE: &str = "loomer.cookies-analys";
const MINUTE_MS: i64 = 60 * 1_000;
/// How long anything here may take; longer than the longest rest of a witness that failed a few times.
const PATIENCE: Duration = Duration::from_secs(20);

/// Starts the world's server with these witnesses, of whom `least` are a quorum.
async fn watched(world: &mut World, witnesses: &[&Witness], least: usize) {
    let file = policy(&world.data_dir(), witnesses, least);
    world
        .restart_with(|config| config.witness_policy = Some(file))
        .await;
}

/// The regular look at the log, which alone moves a preventive service's public view.
async fn look(world: &World, t: &Tenancy) {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let publisher = &world.server.app.publisher;
    publisher
        .publish_on(&tenant, Occasion::Look)
        .await
        .expect("published");
}

pub(crate) async fn publish(world: &World, t: &Tenancy) -> Result<u64, PublishError> {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    world.server.app.publisher.publish(&tenant).await
}

/// Records a consent and publishes it.
pub(crate) async fn published(world: &World, t: &Tenancy) -> Answer {
    published_of(world, t, &world.subject()).await
}

pub(crate) async fn published_of(world: &World, t: &Tenancy, subject: &str) -> Answer {
    let recorded = world.record(t, subject, 0, &[(PURPOSE, "given")]);
    let recorded = recorded.await.expect(201);
    publish(world, t).await.expect("published");
    recorded
}

/// The newest stored checkpoint, with every cosignature.
async fn newest(world: &World, t: &Tenancy) -> Note {
    let log = t.log.parse().expect("a log");
    let store = &world.server.app.store;
    let found = store.checkpoint_at_most(&log, i64::MAX as u64).await;
    let (_, note) = found.expect("read").expect("a checkpoint");
    Note::parse(&note).expect("a note")
}

/// Names on the newest checkpoint's lines.
async fn signers(world: &World, t: &Tenancy) -> Vec<String> {
    let note = newest(world, t).await;
    let lines = note.signatures().iter();
    lines.map(|line| line.name().to_owned()).collect()
}

/// What `samtycke verify` says of a proof, under the log's key and the policy that the server has.
async fn verdict(world: &World, t: &Tenancy, recorded: &Answer) -> Outcome {
    let witnesses = std::fs::read_to_string(world.data_dir().join("witnesses.txt"));
    let policy = format!("log {}\n{}", t.vkey, witnesses.expect("a policy"));
    let policy = Policy::parse(&policy).expect("a policy");
    let bundle = proof(world, t, recorded).await;
    verify(bundle.as_bytes(), &policy, None).outcome
}

const WITNESSED: Outcome = Outcome::Valid {
    level: Level::WitnessQuorum,
};
const SHORT: Outcome = Outcome::Undecidable {
    reason: Reason::QuorumShort,
};

async fn ready(world: &World) -> (u64, u64, u64) {
    let ready = world.get("/readyz", "").await.json;
    let count = |field: &str| ready[field].as_u64().expect("a number");
    (
        count("quorum_short_logs"),
        count("disputed_logs"),
        count("frozen_logs"),
    )
}

/// Waits until `/readyz` counts this many logs short of a quorum, disputed, frozen.
pub(crate) async fn until_ready(world: &World, wanted: (u64, u64, u64)) {
    let begun = world.clock.monotonic();
    while ready(world).await != wanted {
        assert!(begun.elapsed() < PATIENCE, "{:?}", ready(world).await);
        tokio::task::yield_now().await;
    }
}

async fn counted(world: &World, witness: &str, outcome: &str) -> u64 {
    let metrics = world.get("/metrics", "").await.text;
    let name =
        format!("samtycke_witness_requests_total{{outcome=\"{outcome}\",witness=\"{witness}\"}} ");
    let line = metrics.lines().find_map(|line| line.strip_prefix(&name));
    line.expect("a line").parse().expect("a number")
}

/// A checkpoint of this log that its own key has signed, of any tree.
async fn signed(world: &World, t: &Tenancy, size: u64, root: [u8; 32]) -> Note {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    let (_, signer) = tenant.secrets.signer_of(tenant.vkey()).expect("a signer");
    let text = Checkpoint::new(&t.origin, size, root).expect("a checkpoint");
    let line = signer.sign(&text.to_string());
    Note::new(&text.to_string(), vec![line.expect("a line")]).expect("a note")
}

/// The same checkpoint under a key that is not the log's.
fn forged(note: &Note, t: &Tenancy) -> Note {
    let other = NoteSigner::from_seed(&t.origin, KeyKind::Ed25519, &[7; 32]).expect("a signer");
    let line = other.sign(note.text()).expect("a line");
    Note::new(note.text(), vec![line]).expect("a note")
}

pub(crate) async fn allows(world: &World, t: &Tenancy, subject: &str) -> bool {
    let check = world.check(t, subject, PURPOSE).await.expect(200);
    check.json["allow"] == true
}

both! {
    /// Protects level 2: a proof bears the cosignatures of all witnesses, each of which has checked that the log continues.
    async fn a_cosigned_proof_has_level_two(world: World) {
        let mut world = world;
        let (one, two) = (Witness::start(1).await, Witness::start(2).await);
        watched(&mut world, &[&one, &two], 2).await;
        let t = world.example("loomer").await;
        let first = published(&world, &t).await;
        let second = published(&world, &t).await;
        for recorded in [&first, &second] {
            assert_eq!(verdict(&world, &t, recorded).await, WITNESSED);
        }
        assert_eq!(signers(&world, &t).await, [&t.origin, "witness1.example/w", "witness2.example/w"]);
        let last = two.last().expect("asked");
        assert!(last.old > 0 && !last.proof.is_empty(), "the second time it is told what it knows: {last:?}");
        let served = world.get(&format!("/v1/logs/{}/checkpoint", t.log), "").await.expect(200);
        assert!(Note::parse(&served.text).expect("a note").signatures().len() >= 3, "{}", served.text);
        until_ready(&world, (0, 0, 0)).await;
        audit(&world.server.app, &t.log).await;

        // After a restart the witness knows more than the server, which asks again from where the witness is.
        let file = world.data_dir().join("witnesses.txt");
        world.restart_with(|config| config.witness_policy = Some(file)).await;
        let third = published(&world, &t).await;
        assert_eq!(verdict(&world, &t, &third).await, WITNESSED);
    }

    /// Protects every log from one dead witness: one wait, then it is left alone, and it catches up without a new event.
    async fn a_silent_witness_costs_one_wait(world: World) {
        let mut world = world;
        let (one, two) = (Witness::start(1).await, Witness::start(2).await);
        watched(&mut world, &[&one, &two], 2).await;
        let t = world.example("loomer").await;
        let other = world.example("omilon").await;
        published(&world, &t).await;
        publish(&world, &other).await.expect("published");
        two.behave(Manner::Silent);
        let begun = world.clock.monotonic();
        let recorded = world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        assert!(begun.elapsed() < Duration::from_millis(900), "a write waits for no witness");
        publish(&world, &t).await.expect("published");
        until_ready(&world, (1, 0, 0)).await;
        assert_eq!(verdict(&world, &t, &recorded).await, SHORT);

        // Both logs, a few times: the witness is asked now and then, and not for every checkpoint.
        let (asked, begun) = (two.asked(), world.clock.monotonic());
        for _ in 0..8 {
            publish(&world, &other).await.expect("published");
            publish(&world, &t).await.expect("published");
        }
        let (asked, took) = (two.asked() - asked, begun.elapsed());
        assert!(asked <= 4 && took < Duration::from_secs(6), "{asked} requests, {took:?}");
        assert!(counted(&world, "witness2.example/w", "slow").await >= 1);

        two.behave(Manner::Honest);
        until_ready(&world, (0, 0, 0)).await;
        assert_eq!(verdict(&world, &t, &recorded).await, WITNESSED);
        audit(&world.server.app, &t.log).await;
    }

    /// Protects proofs that were complete: while a witness is down they are made under the last checkpoint that it has seen.
    async fn an_outage_takes_no_older_proof_away(world: World) {
        let mut world = world;
        let one = Witness::start(1).await;
        watched(&mut world, &[&one], 1).await;
        let t = world.example("loomer").await;
        let before = published(&world, &t).await;
        one.behave(Manner::Broken);
        let during = published(&world, &t).await;
        assert_eq!(verdict(&world, &t, &before).await, WITNESSED);
        assert_eq!(verdict(&world, &t, &during).await, SHORT);
        assert_eq!(signers(&world, &t).await, [&*t.origin]);
    }

    /// Protects a child (decisions.md 5): a witness sees a preventive log when the public does, and not when a child answers.
    async fn a_witness_sees_no_child_answer(world: World) {
        let mut world = world;
        let one = Witness::start(1).await;
        watched(&mut world, &[&one], 1).await;
        let t = world.example("ommej").await;
        // The publications of the setup are over: the ten minutes begin here.
        world.clock.advance(11 * MINUTE_MS);
        look(&world, &t).await;
        let seen = || one.last().map(|asked| asked.checkpoint.text().to_owned());
        let before = seen();
        let child = world.subject();
        let recorded = world.record(&t, &child, 0, &[("ommej.appkonto", "given")]).await.expect(201);
        publish(&world, &t).await.expect("published");
        assert_eq!(verdict(&world, &t, &recorded).await, SHORT, "and a proof does not ask either");
        assert_eq!(seen(), before, "the witness saw nothing");
        assert_eq!(ready(&world).await, (0, 0, 0));
        world.clock.advance(11 * MINUTE_MS);
        publish(&world, &t).await.expect("published");
        assert_eq!(seen(), before, "nor later, because of an answer");
        look(&world, &t).await;
        assert_ne!(seen(), before);
        assert_eq!(verdict(&world, &t, &recorded).await, WITNESSED);
    }

    /// Protects a checkpoint from everything that is no cosignature of it: nothing is kept that does not verify.
    async fn a_wrong_answer_is_not_kept(world: World) {
        let mut world = world;
        let one = Witness::start(1).await;
        watched(&mut world, &[&one], 1).await;
        let t = world.example("loomer").await;
        for (manner, outcome) in [
            (Manner::SignsElse, "wrong"),
            (Manner::SignsUnknown, "wrong"),
            (Manner::Babbles, "wrong"),
            (Manner::Floods, "wrong"),
            (Manner::Stranger, "refused"),
        ] {
            one.behave(manner);
            let before = counted(&world, "witness1.example/w", outcome).await;
            published(&world, &t).await;
            assert_eq!(signers(&world, &t).await, [&*t.origin], "{manner:?}");
            assert!(counted(&world, "witness1.example/w", outcome).await > before, "{manner:?}");
        }
        assert_eq!(ready(&world).await, (1, 0, 0));
        one.behave(Manner::Honest);
        let recorded = published(&world, &t).await;
        assert_eq!(verdict(&world, &t, &recorded).await, WITNESSED);
    }

    /// Protects a log from a witness's mere word: a claim that nobody has signed raises an alarm and freezes nothing.
    async fn a_claim_without_evidence_freezes_nothing(world: World) {
        let mut world = world;
        let one = Witness::start(1).await;
        watched(&mut world, &[&one], 1).await;
        let t = world.example("loomer").await;
        published(&world, &t).await;
        let honest = newest(&world, &t).await;
        let size = Checkpoint::parse(honest.text()).expect("a checkpoint").size();
        // It says that the log is larger, or another, and shows a checkpoint that the log's key has not signed.
        for claimed in [size + 100, size] {
            one.remember(forged(&signed(&world, &t, claimed, [9; 32]).await, &t));
            let subject = world.subject();
            published_of(&world, &t, &subject).await;
            assert_eq!(ready(&world).await, (1, 1, 0), "{claimed}");
            assert!(allows(&world, &t, &subject).await);
        }
        one.remember(honest);
        published(&world, &t).await;
        assert_eq!(ready(&world).await, (0, 0, 0));
        audit(&world.server.app, &t.log).await;
    }

    /// Protects against two histories under one key: a witness that shows the log's own signature of another tree freezes it.
    async fn a_second_history_freezes_the_log(world: World) {
        let mut world = world;
        let one = Witness::start(1).await;
        watched(&mut world, &[&one], 1).await;
        let t = world.example("loomer").await;
        world.example("omilon").await;
        let subject = world.subject();
        published_of(&world, &t, &subject).await;
        assert!(allows(&world, &t, &subject).await);
        let size = Checkpoint::parse(newest(&world, &t).await.text()).expect("a checkpoint").size();
        one.remember(signed(&world, &t, size, [9; 32]).await);
        let _ = world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await;
        // The publisher may have been first; then the log is frozen already.
        let _ = publish(&world, &t).await;
        until_ready(&world, (0, 0, 1)).await;
        assert!(!allows(&world, &t, &subject).await);
    }

    /// Protects withdrawals where database and anchor are restored together, which nothing on this machine can see: the witness
    /// has cosigned more, and shows the log's own signature of it.
    async fn a_whole_older_machine_is_found_out(world: World) {
        let mut world = world;
        let one = Witness::start(1).await;
        watched(&mut world, &[&one], 1).await;
        let t = world.example("loomer").await;
        let subject = world.subject();
        published_of(&world, &t, &subject).await;
        let (file, anchor) = (world.data_dir().join("witnesses.txt"), world.data_dir().join("anchor"));
        world.server.stop().await;
        let older = copy(&world).await;
        let kept = tempfile::tempdir().expect("a folder");
        copy_all(&anchor, kept.path());
        world.restart_with(|config| config.witness_policy = Some(file.clone())).await;
        world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
        publish(&world, &t).await.expect("published");
        world.server.stop().await;
        restore(&world, older).await;
        std::fs::remove_dir_all(&anchor).expect("gone");
        copy_all(kept.path(), &anchor);

        world.restart_with(|config| config.witness_policy = Some(file)).await;
        until_ready(&world, (0, 0, 1)).await;
        assert!(!allows(&world, &t, &subject).await, "the withdrawal is missing, and nothing is allowed");
    }
}

pub(crate) fn copy_all(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).expect("a folder");
    for entry in std::fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let to = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_all(&entry.path(), &to);
        } else {
            std::fs::copy(entry.path(), to).expect("a copy");
        }
    }
}

/// Protects two servers of one database from each other: what one has cosigned is no rollback to the other.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_share_their_witnesses() {
    let mut world = World::start(Engine::Postgres).await;
    let one = Witness::start(1).await;
    watched(&mut world, &[&one], 1).await;
    let t = world.example("loomer").await;
    published(&world, &t).await;
    let file = world.data_dir().join("witnesses.txt");
    let mut second = world
        .second_server_with(|config| config.witness_policy = Some(file))
        .await;
    // The first server asks about its checkpoint, and the second is faster with a larger one. It has asked since its start.
    let tenant = audit::tenant(&second.app, &t.log).await;
    second
        .app
        .publisher
        .publish(&tenant)
        .await
        .expect("published");
    let asked = one.asked();
    one.behave(Manner::Held);
    let subject = world.subject();
    let recorded = world.record(&t, &subject, 0, &[(PURPOSE, "given")]);
    recorded.await.expect(201);
    while one.asked() == asked {
        tokio::task::yield_now().await;
    }
    let body = world.consent(&t, &world.subject(), 0, &[(PURPOSE, "given")]);
    let sent = second.send(
        &world.http,
        reqwest::Method::POST,
        "/v1/consents",
        &t.keys.service,
        Some(&body),
    );
    sent.await.expect(201);
    let size = second.app.publisher.publish(&tenant).await;
    let size = size.expect("published");
    one.release();
    // That is no rollback to the first server, and it sees that the newest checkpoint has its quorum.
    assert_eq!(publish(&world, &t).await.expect("published"), size);
    until_ready(&world, (0, 0, 0)).await;
    assert_eq!(counted(&world, "witness1.example/w", "ahead").await, 0);
    assert_eq!(signers(&world, &t).await.len(), 2);
    second.stop().await;
}

/// Protects the publisher of many logs: a witness that never answers holds up none of them.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dead_witness_holds_up_no_log() {
    let mut world = World::start(Engine::Sqlite).await;
    let mut logs = Vec::new();
    for name in ["loomer", "omilon"] {
        logs.push(world.example(name).await.log);
    }
    for number in 0..10 {
        let id = format!("more-{number}").parse().expect("an id");
        let added = samtycke_server::admin::add_tenant(&world.server.app.admin, id, "More AB");
        logs.push(added.await.expect("added").log.to_string());
    }
    let (one, two) = (Witness::start(1).await, Witness::start(2).await);
    two.behave(Manner::Silent);
    let begun = world.clock.monotonic();
    watched(&mut world, &[&one, &two], 1).await;
    let store = &world.server.app.store;
    for log in &logs {
        let log = log.parse().expect("a log");
        let is_cosigned = async || {
            let newest = store.checkpoint_at_most(&log, i64::MAX as u64).await;
            let newest = newest.expect("read");
            newest.is_some_and(|(_, note)| note.contains("witness1.example/w"))
        };
        while !is_cosigned().await {
            assert!(begun.elapsed() < PATIENCE, "a log without a cosignature");
            tokio::task::yield_now().await;
        }
    }
    let took = begun.elapsed();
    assert!(
        took < Duration::from_secs(5),
        "twelve logs one after the other take twelve seconds: {took:?}"
    );
    until_ready(&world, (0, 0, 0)).await;
    world.server.stop().await;
}

/// Protects an operator's first try: a policy that cannot be used is named before a server starts.
#[test]
fn config_check_reads_the_policy() {
    let mut command = program(&["config", "check"]);
    command.env("SAMTYCKE_WITNESS_POLICY", "/does/not/exist");
    let (code, _, errors) = said(command.output().expect("it runs"));
    assert!(
        code != 0 && errors.contains("witness_policy: /does/not/exist cannot be read"),
        "{errors}"
    );
}
