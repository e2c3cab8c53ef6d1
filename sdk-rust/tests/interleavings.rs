//! Runs the queue under every order of its threads that a scheduler can produce (shuttle: at random, and by PCT, which
//! finds errors that need a few switches at exact moments). The test includes the crate's own modules and replaces only
//! their locks.

use std::collections::{BTreeMap, HashSet};
use std::io;
use std::time::Duration;

use samtycke_core::decision::{Decision, DecisionKind, Method};
use samtycke_core::id::{EventId, NoticeHash, PurposeId, SubjectId};
use samtycke_core::scope::Scope;
use samtycke_core::wire::{ConsentRequest, WithdrawalRequest};
use shuttle::sync::{Arc, Mutex};
use shuttle::thread;

use self::clock::Moment;
use self::entry::Body;
use self::order::Order;
use self::shared::{Change, Journal, Next, Shared};

#[path = "../src/queue/entry.rs"]
#[expect(dead_code, reason = "the crate uses all of it")]
mod entry;
#[path = "../src/queue/error.rs"]
#[expect(dead_code, unreachable_pub, reason = "the crate uses all of it")]
mod error;
#[path = "../src/queue/order.rs"]
#[expect(dead_code, reason = "the crate uses all of it")]
mod order;
#[path = "../src/queue/shared.rs"]
#[expect(dead_code, unreachable_pub, reason = "the crate uses all of it")]
mod shared;

/// Replaces the crate's clock.
mod clock {
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub(crate) struct Moment {
        pub(crate) monotonic: std::time::Duration,
        pub(crate) unix_ms: i64,
    }
}

/// Replaces the crate's locks with ones at which the scheduler can switch threads.
mod sync {
    pub(crate) use shuttle::sync::{Mutex, MutexGuard};

    pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

const NOW: Moment = Moment {
    monotonic: Duration::ZERO,
    unix_ms: 1_768_478_400_000,
};
/// The number of schedules of each kind. In trials each removed guard was detected within 50. Four times 200 take some
/// seconds.
const SCHEDULES: usize = 200;

/// A disk: how often each event was added and settled.
#[derive(Default)]
struct Disk(BTreeMap<EventId, (u32, u32)>);

impl Journal for Arc<Mutex<Disk>> {
    fn length(&self, _: &Body) -> usize {
        300
    }

    fn write(&mut self, change: &Change<'_>, _: &Order) -> io::Result<bool> {
        let mut disk = sync::lock(self);
        match *change {
            Change::Added(body) => disk.0.entry(body.event_id().clone()).or_default().0 += 1,
            Change::Settled(id) => disk.0.entry(id.clone()).or_default().1 += 1,
            Change::Refused(..) => {}
        }
        Ok(false)
    }

    fn rewrite(&mut self, _: &Order) -> io::Result<()> {
        Ok(())
    }
}

/// A server: the events that it has recorded, in order.
#[derive(Default)]
struct Server(Vec<Body>);

impl Server {
    fn has(&self, id: &EventId) -> bool {
        self.0.iter().any(|body| body.event_id() == id)
    }
}

struct World {
    queue: Shared<Arc<Mutex<Disk>>>,
    disk: Arc<Mutex<Disk>>,
    server: Mutex<Server>,
    /// The server loses every third reply.
    requests: Mutex<u32>,
    /// The submissions that have returned, in order.
    said: Mutex<Vec<Body>>,
    marked: Mutex<Vec<EventId>>,
}

fn purpose() -> PurposeId {
    "t.a".parse().expect("a purpose")
}

fn subject(n: u8) -> SubjectId {
    SubjectId::from_bytes([n; 16])
}

fn event(n: u8) -> EventId {
    EventId::from_parts(0, [n; 10])
}

fn withdrawal(n: u8, who: u8) -> Body {
    let said = Decision::about(purpose(), DecisionKind::Withdrawn);
    let said = WithdrawalRequest::new(event(n), subject(who), vec![said]);
    Body::Withdrawal(Box::new(said))
}

fn grant(n: u8, who: u8) -> Body {
    let said = Decision::about(purpose(), DecisionKind::Given);
    let notice = NoticeHash::of(b"notice");
    let language = "sv".parse().expect("a language");
    let mut said = ConsentRequest::new(
        event(n),
        subject(who),
        notice,
        language,
        Method::Button,
        vec![said],
    );
    said.based_on = Some(0);
    Body::Consent(Box::new(said))
}

impl World {
    fn new() -> Arc<Self> {
        let disk = Arc::new(Mutex::new(Disk::default()));
        Arc::new(Self {
            queue: Shared::new(Order::default(), disk.clone()),
            disk,
            server: Mutex::default(),
            requests: Mutex::default(),
            said: Mutex::default(),
            marked: Mutex::default(),
        })
    }

    fn say(&self, body: Body) {
        self.queue.add(body.clone(), NOW).expect("queued");
        sync::lock(&self.said).push(body);
    }

    /// Checks that a withdrawal that has returned denies here until the server has recorded it.
    fn look(&self, withdrawal: &Body) {
        let (who, what) = (withdrawal.subject(), purpose());
        if !self.queue.refuses(who, &what, &Scope::None) {
            assert!(
                sync::lock(&self.server).has(withdrawal.event_id()),
                "it is still denied"
            );
        }
    }

    /// As the queue's own flush, which ends at a lost reply.
    fn flush(&self) {
        let mut tried = HashSet::new();
        while let Some(Next::Send(_, body)) = self.queue.next(&mut tried, NOW) {
            let said = sync::lock(&self.said).clone();
            let mut server = sync::lock(&self.server);
            if body.is_grant() {
                let own = said
                    .iter()
                    .position(|one| one.event_id() == body.event_id());
                let elders = &said[..own.unwrap_or(said.len())];
                let withdrawals = elders
                    .iter()
                    .filter(|one| one.is_restrictive() && one.subject() == body.subject());
                for withdrawal in withdrawals {
                    assert!(
                        server.has(withdrawal.event_id()),
                        "a grant went before an earlier withdrawal"
                    );
                }
            }
            if !server.has(body.event_id()) {
                server.0.push(body.clone());
            }
            drop(server);
            let mut requests = sync::lock(&self.requests);
            *requests += 1;
            if requests.is_multiple_of(3) {
                return;
            }
            drop(requests);
            if let Some(gone) = self.queue.answered(body.event_id()) {
                sync::lock(&self.marked).push(gone.entry.body.event_id().clone());
            }
        }
    }

    /// At the end everything is delivered and marked once, and the queue denies nothing any more.
    fn end(&self) {
        while self.queue.waiting() != (0, 0) {
            self.flush();
        }
        let said = sync::lock(&self.said).clone();
        let marked = sync::lock(&self.marked).clone();
        let disk = sync::lock(&self.disk);
        for body in &said {
            let id = body.event_id();
            assert!(sync::lock(&self.server).has(id), "lost");
            assert_eq!(
                marked.iter().filter(|one| *one == id).count(),
                1,
                "marked once"
            );
            assert_eq!(disk.0.get(id), Some(&(1, 1)), "written down once each");
            let denied = self.queue.refuses(body.subject(), &purpose(), &Scope::None);
            assert!(!denied, "denied here after the server had it");
        }
        assert_eq!(said.len(), marked.len());
    }
}

/// Two people, two flushes, and a check in between.
fn two_people_two_flushes() {
    let world = World::new();
    let spawn = |run: fn(&World)| {
        let world = world.clone();
        thread::spawn(move || run(&world))
    };
    let threads = [
        spawn(|world| {
            let first = withdrawal(1, 1);
            world.say(first.clone());
            world.look(&first);
            world.say(grant(2, 1));
            world.look(&first);
            world.say(withdrawal(3, 1));
        }),
        spawn(|world| {
            world.say(grant(4, 2));
            let second = withdrawal(5, 2);
            world.say(second.clone());
            world.look(&second);
        }),
        spawn(World::flush),
        spawn(World::flush),
    ];
    for thread in threads {
        thread.join().expect("no panic");
    }
    world.end();
}

/// One person clicks twice: two threads submit the same withdrawal during its delivery.
fn a_double_click() {
    let world = World::new();
    let spawn = |run: fn(&World)| {
        let world = world.clone();
        thread::spawn(move || run(&world))
    };
    sync::lock(&world.said).push(withdrawal(1, 1));
    let click = |world: &World| {
        // The second click may follow the delivery. It is then a new entry of an event that the server knows.
        world.queue.add(withdrawal(1, 1), NOW).expect("queued");
        world.look(&withdrawal(1, 1));
    };
    let threads = [spawn(click), spawn(click), spawn(World::flush)];
    for thread in threads {
        thread.join().expect("no panic");
    }
    while world.queue.waiting() != (0, 0) {
        world.flush();
    }
    assert_eq!(sync::lock(&world.server).0.len(), 1);
    assert!(!world.queue.refuses(&subject(1), &purpose(), &Scope::None));
}

/// Under any thread order a withdrawal denies from its return until its delivery. No grant overtakes an earlier
/// withdrawal, no event is lost, and no event is marked twice.
#[test]
fn two_people_two_flushes_at_random() {
    shuttle::check_random(two_people_two_flushes, SCHEDULES);
}

#[test]
fn two_people_two_flushes_by_pct() {
    shuttle::check_pct(two_people_two_flushes, SCHEDULES, 3);
}

/// The count of restrictive entries of a cell: a double click is one withdrawal and leaves no denial behind.
#[test]
fn a_double_click_at_random() {
    shuttle::check_random(a_double_click, SCHEDULES);
}

#[test]
fn a_double_click_by_pct() {
    shuttle::check_pct(a_double_click, SCHEDULES, 3);
}
