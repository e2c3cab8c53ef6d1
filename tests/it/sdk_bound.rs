//! The published bound (docs/consistency.md, C5 and C7). Once a withdrawal is acknowledged anywhere, no program that
//! uses permissions as the client grants them may act on an older grant for longer than five seconds, whatever the
//! network and the server do meanwhile. `make test` prints the measurements.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use samtycke::decide::RELY_ALLOW_MS_MAX;
use samtycke::decision::{Decision, DecisionKind};
use samtycke::id::SubjectId;
use samtycke::op::Process;
use samtycke::purpose::{Many, Purpose, Unscoped};
use samtycke::wire::WithdrawalRequest;
use samtycke::{Client, Consented};
use samtycke_server::clock::{Clock as _, SystemClock};
use samtycke_tests::proxy::{Link, Proxy};
use samtycke_tests::{Tenancy, World, both};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};

use crate::crash::{pause, signal, start_child};

/// The promise in the receipt of a withdrawal.
const BOUND: Duration = Duration::from_millis(RELY_ALLOW_MS_MAX as u64);
/// How long after the bound the test still looks for an allow that should not occur.
const AFTER: Duration = Duration::from_millis(1_500);

/// How often a program acts, which is the resolution of the measurement. All of them run on two cores.
const PACE: Duration = Duration::from_millis(5);
/// When a fault heals after the acknowledgement: within the time that a check waits.
const HELD: Duration = Duration::from_millis(700);

/// Its permission may be relied on for five seconds.
enum Analytics {}

impl Purpose for Analytics {
    const ID: &'static str = "loomer.cookies-analys";
    const EXPLICIT_CONSENT: bool = false;
    type Scope = Unscoped;
    type Uses = Many;
}

/// Its permission may not be relied on: a special category.
enum Answers {}

impl Purpose for Answers {
    const ID: &'static str = "ommej.appsvar";
    const EXPLICIT_CONSENT: bool = true;
    type Scope = Unscoped;
    type Uses = Many;
}

/// A program that has not acted after this time counts as one that never will. On an idle machine it acts within 20 ms.
const FIRST_ACT_MAX: Duration = Duration::from_mins(1);

/// A program that checks and acts in a loop until it is told to stop.
struct Program {
    stop: Arc<AtomicBool>,
    /// Whether it has acted yet.
    acted: watch::Receiver<bool>,
    /// When it last could have acted.
    acting: JoinHandle<Option<Instant>>,
}

impl Program {
    /// `again`: whether it checks once more right before it acts, as it should.
    fn start<P: Purpose<Scope = Unscoped, Uses = Many>>(
        client: Client,
        subject: SubjectId,
        again: bool,
    ) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let told = stop.clone();
        let (has_acted, acted) = watch::channel(false);
        let acting = tokio::spawn(async move {
            let mut last = None;
            while !told.load(Ordering::SeqCst) {
                tokio::time::sleep(PACE).await;
                let Ok(mut consented) = client.require::<P, Process>(&subject).await else {
                    continue;
                };
                if again && consented.ensure_fresh().await.is_err() {
                    continue;
                }
                // Otherwise it uses the permission to its very end.
                while let Some(at) = may_act(&consented) {
                    last = Some(at);
                    has_acted.send_replace(true);
                    if again || told.load(Ordering::SeqCst) {
                        break;
                    }
                    tokio::time::sleep(PACE).await;
                }
            }
            last
        });
        Self {
            stop,
            acted,
            acting,
        }
    }

    /// Returns once the program has acted: only then does it hold a permission that a fault could prolong. Its first
    /// check may take any time on a busy machine.
    async fn has_acted(&mut self) {
        let first = self.acted.wait_for(|acted| *acted);
        tokio::time::timeout(FIRST_ACT_MAX, first)
            .await
            .expect("it acts while nothing is broken")
            .expect("it lives");
    }

    /// How long after the acknowledgement it could have acted.
    async fn stop(self, acknowledged: Instant) -> Duration {
        self.stop.store(true, Ordering::SeqCst);
        let last = self.acting.await.expect("no panic");
        let last = last.expect("it acted before the fault");
        last.saturating_duration_since(acknowledged)
    }
}

/// A moment when it was permitted: read before the answer, so that a slow machine does not look like a permission that
/// lasted.
fn may_act<P>(consented: &Consented<P, Process>) -> Option<Instant>
where
    P: Purpose<Scope = Unscoped, Uses = Many>,
{
    let at = SystemClock.monotonic();
    consented.subject().is_ok().then_some(at)
}

fn client(base_url: &str, t: &Tenancy) -> Client {
    Client::builder(base_url, &t.keys.service)
        .build()
        .expect("a client")
}

fn address(base_url: &str) -> SocketAddr {
    let address = base_url.strip_prefix("http://").expect("plain HTTP");
    address.parse().expect("an address")
}

/// Withdraws through a client without faults, and returns the time of the acknowledgement.
async fn withdraw(direct: &Client, subject: &SubjectId, purpose: &str) -> Instant {
    let withdrawal = Decision::about(purpose.parse().expect("a purpose"), DecisionKind::Withdrawn);
    let event = samtycke::clock::event_id().expect("chance");
    let request = WithdrawalRequest::new(event, subject.clone(), vec![withdrawal]);
    direct.withdraw(&request).await.expect("acknowledged");
    SystemClock.monotonic()
}

async fn someone(world: &World, t: &Tenancy, purpose: &str) -> SubjectId {
    let subject = world.subject();
    world
        .record(t, &subject, 0, &[(purpose, "given")])
        .await
        .expect(201);
    subject.parse().expect("a subject")
}

/// One program behind one link that breaks just before the withdrawal and heals after it.
async fn behind<P: Purpose<Scope = Unscoped, Uses = Many>>(
    world: Arc<World>,
    t: Tenancy,
    fault: Link,
    heals: bool,
    again: bool,
) -> Duration {
    let subject = someone(&world, &t, P::ID).await;
    let proxy = Proxy::to(address(&world.server.base_url)).await;
    let app = client(&proxy.base_url(), &t);
    let direct = client(&world.server.base_url, &t);
    let mut program = Program::start::<P>(app, subject.clone(), again);
    program.has_acted().await;
    proxy.set(fault);
    let acknowledged = withdraw(&direct, &subject, P::ID).await;
    let healing = acknowledged + HELD;
    let end = acknowledged + BOUND + AFTER;
    tokio::time::sleep_until(healing.into()).await;
    if heals {
        proxy.set(Link::Open);
    }
    tokio::time::sleep_until(end.into()).await;
    program.stop(acknowledged).await
}

fn report(world: &World, what: &str, figures: &[(String, Duration)]) {
    let worst = figures
        .iter()
        .map(|(_, figure)| *figure)
        .max()
        .unwrap_or_default();
    let mut text = format!(
        "{what} ({:?}): a grant was last acted on {} ms after the withdrawal was acknowledged; the bound is {} ms\n",
        world.engine,
        worst.as_millis(),
        BOUND.as_millis()
    );
    for (name, figure) in figures {
        let line = format!("  {name:<50} {:>5} ms\n", figure.as_millis());
        text.push_str(&line);
    }
    println!("{text}");
    // `make test` prints this file: cargo hides the output of a passing test.
    if let Ok(folder) = std::env::var("SAMTYCKE_TEST_FIGURES") {
        std::fs::create_dir_all(&folder).expect("a folder");
        let file = format!("{folder}/{}-{:?}.txt", what.replace(' ', "-"), world.engine);
        std::fs::write(file, text).expect("a file");
    }
}

both! {
    /// Protects C5 and C7 against the network: slow, paused and healing, responses held, and down permanently.
    async fn network_faults_never_prolong_a_permission(world: World) {
        let (t, ommej) = (world.example("loomer").await, world.example("ommej").await);
        let world = Arc::new(world);
        let mut running = JoinSet::new();
        let ms = Duration::from_millis;
        let links = [
            ("open", Link::Open, true), ("300 ms later each way", Link::Slow(ms(300)), false),
            ("held, then all at once", Link::Held, true), ("held for good", Link::Held, false),
            ("answers held, then all at once", Link::AnswersHeld, true), ("down, then up", Link::Down, true),
            ("down for good", Link::Down, false),
        ];
        for (name, fault, heals) in links {
            for again in [false, true] {
                let (world, t) = (world.clone(), t.clone());
                let name = format!("{name}{}", if again { ", asked again" } else { "" });
                running.spawn(async move { (name, behind::<Analytics>(world, t, fault, heals, again).await) });
            }
            let (world, t) = (world.clone(), ommej.clone());
            let name = format!("{name}, special category");
            running.spawn(async move { (name, behind::<Answers>(world, t, fault, heals, false).await) });
        }
        let mut figures = running.join_all().await;
        figures.sort();
        report(&world, "network faults", &figures);
        for (name, figure) in &figures {
            assert!(*figure <= BOUND, "{name}: {figure:?}");
            // A special category is never relied on: its permission ends at once.
            assert!(!name.contains("special") || *figure <= ms(2_000), "{name}: {figure:?}");
        }
    }

    /// Protects C2, C5 and C7 against the server: paused with open checks, killed right after it acknowledged, and
    /// started again on its data.
    async fn server_faults_never_prolong_a_permission(world: World) {
        let mut world = world;
        let t = world.example("loomer").await;
        let held = someone(&world, &t, Analytics::ID).await;
        let again = someone(&world, &t, Analytics::ID).await;
        world.server.stop().await;
        let (mut server, base_url) = start_child(&world).await;
        let pid = server.id().expect("it lives");
        let proxy = Proxy::to(address(&base_url)).await;
        let app = client(&proxy.base_url(), &t);
        let mut programs = [
            Program::start::<Analytics>(app.clone(), held.clone(), false),
            Program::start::<Analytics>(app.clone(), again.clone(), true),
        ];
        for program in &mut programs {
            program.has_acted().await;
        }

        pause(pid).await;
        // A check that is open while the server sleeps times out, which denies.
        let impatient = Client::builder(&proxy.base_url(), &t.keys.service).reuse(false);
        let impatient = impatient.check_deadline(Duration::from_millis(300)).build().expect("a client");
        let denied = impatient.require::<Analytics, Process>(&held).await.expect_err("a server that sleeps answers nothing");
        assert!(denied.is_unavailable(), "{denied:?}");
        signal(pid, "CONT");

        let direct = client(&base_url, &t);
        let mut acknowledged = Vec::new();
        for subject in [&held, &again] {
            acknowledged.push(withdraw(&direct, subject, Analytics::ID).await);
        }
        signal(pid, "KILL");
        assert!(!server.wait().await.expect("it ended").success());
        let (_server, base_url) = start_child(&world).await;
        proxy.follow(address(&base_url));
        tokio::time::sleep_until((acknowledged[1] + BOUND + AFTER).into()).await;
        let mut figures = Vec::new();
        for ((program, acknowledged), name) in programs.into_iter().zip(acknowledged).zip(["held", "asked again"]) {
            let name = format!("paused, killed, started again; {name}");
            figures.push((name, program.stop(acknowledged).await));
        }
        report(&world, "server faults", &figures);
        for (name, figure) in &figures {
            assert!(*figure <= BOUND, "{name}: {figure:?}");
        }
        let denied = app.require::<Analytics, Process>(&held).await.expect_err("a denial");
        assert_eq!(denied.reason().as_str(), "CONSENT_WITHDRAWN", "it is in force on what was left behind");
    }
}
