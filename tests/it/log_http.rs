//! The public log over HTTP, read by third-party code: Cloudflare's `tlog_tiles` and `signed_note`.

use std::sync::Arc;

use base64::{Engine as _, engine::general_purpose::STANDARD};
use samtycke_tests::audit::{self, audit, root_of};
use samtycke_tests::world::{Answer, Tenancy};
use samtycke_tests::{Engine, World, both};
use samtycke_tlog::merkle;
use samtycke_tlog::tile::decode_entries;
use serde_json::Value;
use signed_note::{Note, StandardVerifier, VerifierList};
use tlog_tiles::{
    Checkpoint, Error, Hash, Tile, TileHashReader, TileReader, check_record, check_tree,
    prove_record, prove_tree, record_hash,
};
use tokio::runtime::Handle;

const PURPOSE: &str = "loomer.cookies-analys";

/// Tiles of a live log, as `tlog_tiles` requests them.
struct TenantView<'a> {
    world: &'a World,
    t: &'a Tenancy,
}

/// Its paths are Go's and contain the height; C2SP fixes the height at 8 and leaves it out.
fn c2sp(tile: &Tile) -> String {
    let path = tile.path();
    let rest = path.strip_prefix("tile/8/").expect("height 8");
    format!("tile/{}", rest.replace("data/", "entries/"))
}

impl TileReader for TenantView<'_> {
    fn height(&self) -> u8 {
        8
    }

    fn read_tiles(&self, tiles: &[Tile]) -> Result<Vec<Vec<u8>>, Error> {
        tiles
            .iter()
            .map(|tile| {
                let bytes = tokio::task::block_in_place(|| {
                    Handle::current().block_on(bytes(self.world, self.t, &c2sp(tile)))
                });
                assert_eq!(bytes.len(), tile.width() as usize * 32);
                Ok(bytes)
            })
            .collect()
    }

    fn save_tiles(&self, _: &[Tile], _: &[Vec<u8>]) {}
}

async fn get(world: &World, t: &Tenancy, path: &str) -> reqwest::Response {
    let url = format!("{}/v1/logs/{}/{path}", world.server.base_url, t.log);
    world.http.get(url).send().await.expect("an answer")
}

async fn bytes(world: &World, t: &Tenancy, path: &str) -> Vec<u8> {
    let response = get(world, t, path).await;
    assert_eq!(response.status(), 200, "{path}");
    assert_eq!(
        response.headers()["content-type"],
        "application/octet-stream"
    );
    assert_eq!(
        response.headers()["cache-control"],
        "public, max-age=31536000, immutable"
    );
    response.bytes().await.expect("a body").to_vec()
}

/// The published checkpoint, verified by `signed_note` and parsed by `tlog_tiles`.
async fn checkpoint(world: &World, t: &Tenancy) -> Checkpoint {
    let response = get(world, t, "checkpoint").await;
    assert_eq!(response.status(), 200);
    assert_eq!(
        response.headers()["content-type"],
        "text/plain; charset=utf-8"
    );
    assert_eq!(response.headers()["cache-control"], "no-cache");
    assert_eq!(response.headers()["access-control-allow-origin"], "*");
    let note = Note::from_bytes(&response.bytes().await.expect("a body")).expect("a signed note");
    let verifier = StandardVerifier::new(&t.vkey).expect("a verifier key");
    let (verified, unverified) = note
        .verify(&VerifierList::new(vec![Box::new(verifier)]))
        .expect("a believed note");
    assert_eq!((verified.len(), unverified.len()), (1, 0));
    let checkpoint = Checkpoint::from_bytes(note.text()).expect("a checkpoint");
    assert_eq!(
        (checkpoint.origin(), checkpoint.extension()),
        (&*t.origin, "")
    );
    checkpoint
}

async fn record_many(world: &World, t: &Tenancy, count: usize) {
    let mut left = count;
    while left > 0 {
        let now = left.min(32);
        let sent = (0..now).map(|_| async move {
            world
                .record(t, &world.subject(), 0, &[(PURPOSE, "given")])
                .await
                .expect(201)
        });
        let mut sent: Vec<_> = sent.map(Box::pin).collect();
        std::future::poll_fn(|cx| {
            sent.retain_mut(|one| one.as_mut().poll(cx).is_pending());
            if sent.is_empty() {
                std::task::Poll::Ready(())
            } else {
                std::task::Poll::Pending
            }
        })
        .await;
        left -= now;
    }
    publish(world, t).await;
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

async fn other_peoples_code(engine: Engine) {
    let world = World::start_with(engine, audit::without_limits).await;
    let t = world.example("loomer").await;
    record_many(&world, &t, 40).await;
    let old = checkpoint(&world, &t).await;
    record_many(&world, &t, 500).await;
    let new = checkpoint(&world, &t).await;
    assert!(
        old.size() < 256 && new.size() > 512,
        "{} {}",
        old.size(),
        new.size()
    );

    let live = TenantView {
        world: &world,
        t: &t,
    };
    let reader = TileHashReader::new(new.size(), *new.hash(), &live);
    let last = new.size() - 1;
    for index in [0, 1, old.size(), 255, 256, 511, 512, last] {
        let width = (new.size() - index / 256 * 256).min(256);
        let entries = bytes(
            &world,
            &t,
            &c2sp(&Tile::new(
                8,
                0,
                index / 256,
                u32::try_from(width).expect("small"),
                true,
            )),
        )
        .await;
        let entries =
            decode_entries(&entries, u16::try_from(width).expect("small")).expect("entries");
        let leaf = entries[usize::try_from(index % 256).expect("small")];
        assert_eq!((leaf.len(), &leaf[..17]), (82, &b"samtycke/leaf/v1\n"[..]));
        let proof = prove_record(new.size(), index, &reader).expect("a proof from tiles");
        check_record(&proof, new.size(), *new.hash(), index, record_hash(leaf))
            .expect("the leaf is in the tree");
        assert!(
            check_record(
                &proof,
                new.size(),
                *new.hash(),
                index,
                record_hash(b"another")
            )
            .is_err()
        );
    }
    let proof = prove_tree(new.size(), old.size(), &reader).expect("a proof from tiles");
    check_tree(&proof, new.size(), *new.hash(), old.size(), *old.hash())
        .expect("the old tree is a prefix");

    // The endpoint's own proof passes their verifier too.
    let answer = consistency(&world, &t, old.size(), new.size())
        .await
        .expect(200);
    let proof: Vec<Hash> = list(&answer.json["proof"]).into_iter().map(Hash).collect();
    check_tree(&proof, new.size(), *new.hash(), old.size(), *old.hash())
        .expect("the old tree is a prefix");
    assert_eq!(answer.json["from_root"], STANDARD.encode(old.hash().0));
    assert_eq!(answer.json["to_root"], STANDARD.encode(new.hash().0));
    tiles_byte_for_byte(&world, &t, old.size(), new.size()).await;
    gos_own_code(&world, &t, new.size()).await;
}

/// Another language and other authors: golang.org/x/mod/sumdb reads the same log, entry by entry and size by size.
async fn gos_own_code(world: &World, t: &Tenancy, size: u64) {
    let prefix = format!("{}/v1/logs/{}", world.server.base_url, t.log);
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/readers.sh");
    let read = tokio::process::Command::new("bash")
        .args([script, prefix.as_str(), t.vkey.as_str()])
        .output();
    let read = read.await.expect("bash runs");
    let said = String::from_utf8_lossy(&read.stdout).into_owned();
    let errors = String::from_utf8_lossy(&read.stderr).into_owned();
    assert!(read.status.success(), "{said}{errors}");
    assert!(
        said.contains(&format!("{size} entries, each proven")),
        "{said}{errors}"
    );
}

/// Every tile that the spec names, compared with the leaves; older partial tiles; and no others.
async fn tiles_byte_for_byte(world: &World, t: &Tenancy, old: u64, new: u64) {
    let hashes = audit(&world.server.app, &t.log).await.hashes;
    let (full, rest) = (&hashes[..256], usize::try_from(new % 256).expect("small"));
    assert_eq!(bytes(world, t, "tile/0/000").await, full.concat());
    assert_eq!(
        bytes(world, t, "tile/0/001").await,
        hashes[256..512].concat()
    );
    assert_eq!(
        bytes(world, t, &format!("tile/0/002.p/{rest}")).await,
        hashes[512..].concat()
    );
    let roots = [root_of(full), root_of(&hashes[256..512])].concat();
    assert_eq!(bytes(world, t, "tile/1/000.p/2").await, roots);
    assert_eq!(
        bytes(world, t, "tile/1/000.p/1").await,
        roots[..32],
        "as it was when there was one full tile"
    );
    let old = usize::try_from(old).expect("small");
    assert_eq!(
        bytes(world, t, &format!("tile/0/000.p/{old}")).await,
        hashes[..old].concat(),
        "an older size stays"
    );
    let entries = bytes(world, t, &format!("tile/entries/000.p/{old}")).await;
    assert_eq!(
        entries.len(),
        old * (2 + 82),
        "a big-endian u16 length before each leaf"
    );
    for (entry, hash) in entries.chunks_exact(84).zip(&hashes) {
        assert_eq!(entry[..2], 82u16.to_be_bytes());
        assert_eq!(merkle::leaf_hash(&entry[2..]), *hash);
    }
    let too_wide = format!("tile/0/002.p/{}", rest + 1);
    let absent = [
        &*too_wide,       // beyond what is published
        "tile/0/002",     // not full yet
        "tile/0/003.p/1", // beyond the tree
        "tile/1/000.p/3",
        "tile/1/000",
        "tile/2/000.p/1",
        "tile/entries/003.p/1",
        "tile/0/0", // not canonical, from here on
        "tile/0/0000",
        "tile/0/x000/000",
        "tile/00/000",
        "tile/0/000.p/0",
        "tile/0/000.p/256",
        "tile/0/000.p/007",
        "tile/0/000.p/+7",
        "tile/0/000.p",
        "tile/8/0/000",
        "tile/data/000",
        "tile/-1/000",
        "tile/64/000",
        "tile/0/000/",
        "tile/0/%30%30%30/x",
    ];
    for path in absent {
        let response = Answer::of(get(world, t, path).await).await;
        assert_eq!(response.status, 404, "{path}");
    }
}

async fn consistency(world: &World, t: &Tenancy, from: u64, to: u64) -> Answer {
    Answer::of(get(world, t, &format!("consistency?from={from}&to={to}")).await).await
}

fn list(json: &Value) -> Vec<[u8; 32]> {
    let texts = json
        .as_array()
        .expect("a list")
        .iter()
        .map(|text| text.as_str().expect("base64"));
    texts
        .map(|text| {
            STANDARD
                .decode(text)
                .expect("base64")
                .try_into()
                .expect("32 bytes")
        })
        .collect()
}

/// Protects the C2SP formats: a third-party reader gets checkpoint, tiles, inclusion and consistency from a live log.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_peoples_code_reads_the_log_on_sqlite() {
    other_peoples_code(Engine::Sqlite).await;
}

/// The same on PostgreSQL.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn other_peoples_code_reads_the_log_on_postgres() {
    other_peoples_code(Engine::Postgres).await;
}

both! {
    /// Protects invariant 5: any two checkpoints ever served are consistent, and the endpoint proves it.
    async fn any_two_checkpoints_are_consistent(world: World) {
        let t = world.example("loomer").await;
        publish(&world, &t).await;
        let mut served = vec![checkpoint(&world, &t).await];
        for batch in [1, 2, 3, 5, 8] {
            record_many(&world, &t, batch).await;
            served.push(checkpoint(&world, &t).await);
        }
        assert!(served.windows(2).all(|pair| pair[0].size() < pair[1].size()), "each batch was published");
        for (i, from) in served.iter().enumerate() {
            for to in &served[i..] {
                let answer = consistency(&world, &t, from.size(), to.size()).await.expect(200);
                let proof = list(&answer.json["proof"]);
                let (old, new) = (from.hash().0, to.hash().0);
                merkle::verify_consistency(from.size(), to.size(), &proof, &old, &new).expect("consistent");
                let mut other = old;
                other[0] ^= 1;
                assert!(merkle::verify_consistency(from.size(), to.size(), &proof, &other, &new).is_err());
            }
        }
    }

    /// Protects the consistency endpoint: sizes that were not both published are a problem, not a guess.
    async fn consistency_refuses_what_is_not_published(world: World) {
        let t = world.example("loomer").await;
        publish(&world, &t).await;
        let size = checkpoint(&world, &t).await.size();
        for (from, to) in [(0, size), (size, size - 1), (1, size + 1), (size + 1, size + 1)] {
            consistency(&world, &t, from, to).await.expect_problem(400, "PARAMETER_INVALID");
        }
        for query in ["", "?from=1", "?to=1", "?from=1&to=x", "?from=-1&to=1", "?from=1&to=1&x=1", "?from=1&from=1&to=1"] {
            let answer = Answer::of(get(&world, &t, &format!("consistency{query}")).await).await;
            answer.expect_problem(400, "PARAMETER_INVALID");
        }
        let ok = consistency(&world, &t, size, size).await.expect(200);
        assert_eq!(ok.headers["cache-control"], "public, max-age=31536000, immutable");
        assert_eq!(ok.json["proof"], serde_json::json!([]));
    }

    /// Protects caches, and whoever compares what was asked: an answer has one address.
    async fn a_number_of_a_query_has_one_spelling(world: World) {
        let t = world.example("loomer").await;
        publish(&world, &t).await;
        consistency(&world, &t, 1, 1).await.expect(200);
        for spelled in ["01", "+1", "%2B1", "%201", "1%20", "1.0", "0x1", "-1", "", "one", "18446744073709551616"] {
            let path = format!("/v1/logs/{}/consistency?from={spelled}&to=1", t.log);
            let answer = world.get(&path, "").await.expect_problem(400, "PARAMETER_INVALID");
            assert_eq!(answer.json["violations"][0]["field"], "from", "{spelled}: {}", answer.text);
            for list in ["objections", "takedowns"] {
                let path = format!("/v1/{list}?limit={spelled}");
                let answer = world.get(&path, &t.keys.dpo).await.expect_problem(400, "PARAMETER_INVALID");
                assert_eq!(answer.json["violations"][0]["field"], "limit", "{path}: {}", answer.text);
            }
        }
    }

    /// Protects the difference between committed and published: an unknown log, and a leaf outside the published
    /// checkpoint, are both 404. No cache keeps a failure.
    async fn nothing_beyond_the_published_size_is_served(world: World) {
        let world = Arc::new(world);
        let t = world.example("ommej").await;
        publish(&world, &t).await;
        let size = checkpoint(&world, &t).await.size();
        let subject = world.subject();
        let given = world.record(&t, &subject, 0, &[("ommej.appkonto", "given")]).await.expect(201);
        let index = given.json["index"].as_u64().expect("an index");
        assert!(index >= size, "the preventive tenant's leaf is not published yet");
        let response = get(&world, &t, &format!("tile/entries/000.p/{}", index + 1)).await;
        assert_eq!(response.status(), 404);
        let cache = response.headers().get("cache-control").and_then(|v| v.to_str().ok()).unwrap_or_default();
        assert!(!cache.contains("immutable") && !cache.contains("max-age=31536000"), "{cache}");
        let unknown = format!("/v1/logs/{}/checkpoint", "a".repeat(26));
        world.get(&unknown, "").await.expect(404);
        world.get("/v1/logs/x/checkpoint", "").await.expect(404);
    }
}
