//! Proof bundles over HTTP: they verify, no byte can change, and a preventive tenant's log does not reveal when.

use samtycke_core::bundle::policy::Policy;
use samtycke_core::bundle::report::{Outcome, Reason};
use samtycke_core::bundle::verify::verify;
use samtycke_log::publish::Occasion;
use samtycke_server::log::prove;
use samtycke_server::store::log::LeafPlace;
use samtycke_tests::audit::{self, policy};
use samtycke_tests::world::{Answer, Tenancy};
use samtycke_tests::{Engine, World, both};
use samtycke_tlog::checkpoint::Checkpoint;
use samtycke_tlog::note::Note;

const PURPOSE: &str = "loomer.cookies-analys";
const MINUTE_MS: i64 = 60_000;

async fn bundle(world: &World, t: &Tenancy, recorded: &Answer) -> Answer {
    let event = recorded.json["event_id"].as_str().expect("an id");
    let answer = world
        .get(&format!("/v1/events/{event}/proof"), &t.keys.auditor)
        .await
        .expect(200);
    assert_eq!(answer.headers["content-type"], "application/json");
    answer
}

async fn published_size(world: &World, t: &Tenancy) -> u64 {
    let answer = world
        .get(&format!("/v1/logs/{}/checkpoint", t.log), "")
        .await
        .expect(200);
    let note = Note::parse(&answer.text).expect("a note");
    Checkpoint::parse(note.text()).expect("a checkpoint").size()
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

async fn publish(world: &World, t: &Tenancy) {
    let tenant = audit::tenant(&world.server.app, &t.log).await;
    world
        .server
        .app
        .publisher
        .publish(&tenant)
        .await
        .expect("published");
}

/// The bytes whose change may name a log or key unknown to the policy, so that the verdict is "undecidable": the
/// checkpoint's origin, and the name and id of the key in its signature line. Every other change must be INVALID.
fn names_log_or_key(bundle: &str, origin: &str) -> Vec<std::ops::Range<usize>> {
    const KEY_ID_CHARS: usize = 6; // four bytes in base64
    let names: Vec<_> = bundle
        .match_indices(origin)
        .map(|(at, _)| at..at + origin.len())
        .collect();
    let key_id = names
        .last()
        .map(|name| name.end + 1..name.end + 1 + KEY_ID_CHARS);
    names.into_iter().chain(key_id).collect()
}

/// Flips this bit of every byte in turn, and verifies each time.
fn no_byte_can_be_changed(bundle: &str, origin: &str, policy: &Policy, bit: u8) {
    let names = names_log_or_key(bundle, origin);
    let bundle = bundle.as_bytes();
    assert_eq!(verify(bundle, policy, None).outcome.exit_code(), 0);
    for at in 0..bundle.len() {
        let mut altered = bundle.to_vec();
        altered[at] ^= bit;
        let around =
            String::from_utf8_lossy(&altered[at.saturating_sub(20)..(at + 20).min(altered.len())])
                .into_owned();
        match verify(&altered, policy, None).outcome {
            Outcome::Invalid { .. } => {}
            Outcome::Undecidable {
                reason: Reason::UnknownLog,
            } if names.iter().any(|r| r.contains(&at)) => {}
            other => {
                panic!("byte {at} (bit {bit:#x}) can be changed, and it is {other:?}: ..{around}..")
            }
        }
    }
}

both! {
    /// Protects the bundle as evidence: a consent's and a withdrawal's verify, and no byte of either can change.
    async fn every_byte_of_a_bundle_counts(world: World) {
        let t = world.example("loomer").await;
        let subject = world.subject();
        let given = world.record(&t, &subject, 0, &[(PURPOSE, "given")]).await.expect(201);
        let withdrawn = world.withdraw(&t, &subject, &[PURPOSE]).await.expect(201);
        let policy = policy(&t.vkey);
        // A second bit per byte would only cost time: one engine flips the lowest bits of its bundle, the other the
        // case of its letters.
        let bit = if world.engine == Engine::Sqlite { 0x01 } else { 0x20 };
        for (recorded, kind) in [(&given, "given"), (&withdrawn, "withdrawn")] {
            let bundle = bundle(&world, &t, recorded).await;
            let report = verify(bundle.text.as_bytes(), &policy, None);
            assert_eq!(report.outcome.exit_code(), 0, "{report}");
            let event = report.event.as_ref().expect("opened");
            assert_eq!((&*event.type_, event.summary.0[0].what), ("decisions", kind));
            assert_eq!(report.sub.as_ref().expect("opened")["subject"], *subject);
            assert_eq!(report.index, recorded.json["index"].as_u64());
            assert_eq!(report.leaf_hash.as_deref(), recorded.json["leaf_hash"].as_str());
            assert_eq!(bundle.json["notice"].is_object(), kind == "given", "a consent carries what was shown");
            no_byte_can_be_changed(&bundle.text, &t.origin, &policy, bit);
        }
        let other = world.example("omilon").await;
        let bundle = bundle(&world, &t, &given).await;
        let report = verify(bundle.text.as_bytes(), &audit::policy(&other.vkey), None);
        assert_eq!(report.outcome.exit_code(), 2, "another log's key can say neither yes nor no: {report}");
    }

    /// Protects the time between commit and checkpoint: a proof requested at once is sealed on demand, and two bundles
    /// of one event differ only in their checkpoint.
    async fn a_proof_is_sealed_on_demand(world: World) {
        let mut world = world;
        world.restart_with(|config| config.publish_interval = std::time::Duration::from_mins(10)).await;
        let t = world.example("loomer").await;
        publish(&world, &t).await;
        let before = published_size(&world, &t).await;
        let given = world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        let index = given.json["index"].as_u64().expect("an index");
        assert!(before <= index, "nobody has published it");
        let first = bundle(&world, &t, &given).await;
        assert_eq!(verify(first.text.as_bytes(), &policy(&t.vkey), None).size, Some(index + 1));
        assert_eq!(published_size(&world, &t).await, index + 1, "what was sealed is public");
        world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        publish(&world, &t).await;
        let second = bundle(&world, &t, &given).await;
        assert_eq!(verify(second.text.as_bytes(), &policy(&t.vkey), None).outcome.exit_code(), 0);
        assert_eq!((&first.json["leaf"], &first.json["open"]), (&second.json["leaf"], &second.json["open"]));
    }

    /// Protects a child (decisions.md 5): a preventive tenant's public log does not visibly grow while a child answers,
    /// though its proof is available; later the log continues.
    async fn a_preventive_log_does_not_move_while_a_child_answers(world: World) {
        let t = world.example("ommej").await;
        // The publications of the setup are over: the ten minutes begin here.
        world.clock.advance(11 * MINUTE_MS);
        look(&world, &t).await;
        let before = published_size(&world, &t).await;
        let child = world.subject();
        let mut last = None;
        for purpose in ["ommej.appkonto", "ommej.appsvar"] {
            let based_on = last.as_ref().map_or(0, |a: &Answer| a.json["seq"].as_u64().expect("a seq"));
            let given = world.record(&t, &child, based_on, &[(purpose, "given")]).await.expect(201);
            world.clock.advance(4 * MINUTE_MS);
            publish(&world, &t).await;
            look(&world, &t).await;
            assert_eq!(published_size(&world, &t).await, before, "the public log stands still");
            last = Some(given);
        }
        let given = last.expect("two");
        let sealed = bundle(&world, &t, &given).await;
        let report = verify(sealed.text.as_bytes(), &policy(&t.vkey), None);
        assert_eq!(report.outcome.exit_code(), 0, "the auditor need not wait: {report}");
        assert!(report.size > Some(before));
        assert_eq!(published_size(&world, &t).await, before, "and asking for it moves nothing");
        world.clock.advance(3 * MINUTE_MS);
        look(&world, &t).await;
        let shown = given.json["index"].as_u64().expect("an index") + 1;
        assert_eq!(published_size(&world, &t).await, shown);

        // However long nobody has answered: an answer does not move it, the next look does.
        world.clock.advance(60 * MINUTE_MS);
        world.record(&t, &world.subject(), 0, &[("ommej.appkonto", "given")]).await.expect(201);
        publish(&world, &t).await;
        assert_eq!(published_size(&world, &t).await, shown, "the answer itself is not seen");
        look(&world, &t).await;
        assert_eq!(published_size(&world, &t).await, shown + 1);
    }

    /// Protects evidence of a text's age: register, notice, keys and sites are public leaves whose bundles verify
    /// without a secret. The notice's leaf is older than every consent that cites it.
    async fn publications_are_leaves_readable_without_a_key(world: World) {
        let t = world.example("loomer").await;
        let given = world.record(&t, &world.subject(), 0, &[(PURPOSE, "given")]).await.expect(201);
        let consent = given.json["index"].as_u64().expect("an index");
        let app = &world.server.app;
        let tenant = audit::tenant(app, &t.log).await;
        publish(&world, &t).await;
        let mut kinds = Vec::new();
        for index in 0..consent {
            let (size, note) = app.publisher.sealed(&tenant, index).await.expect("sealed");
            let bundle = prove::bundle(&app.store, &tenant, &LeafPlace { log: tenant.log.clone(), index }, (size, &note)).await.expect("a read").expect("a bundle");
            let report = verify(&bundle.to_bytes(), &policy(&t.vkey), None);
            assert_eq!(report.outcome.exit_code(), 0, "{report}");
            assert!(report.sub.is_none(), "nobody is in it");
            let ctx = report.ctx.expect("open");
            if ctx["type"] == "notice.published" {
                assert_eq!(ctx["data"]["hash"], *t.notice);
            }
            if ctx["type"] == "log.opened" {
                assert_eq!((index, ctx["data"]["vkey"].as_str()), (0, Some(&*t.vkey)), "leaf 0 names the key");
            }
            kinds.push(ctx["type"].as_str().expect("a type").to_owned());
        }
        for kind in ["log.opened", "register.published", "notice.published"] {
            assert_eq!(kinds.iter().filter(|k| *k == kind).count(), 1, "{kinds:?}");
        }
    }
}
