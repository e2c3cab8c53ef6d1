//! Any decisions in any order, under any faults of network, power and clocks: nothing that was queued is lost, no grant
//! passes a withdrawal, and no more is permitted in the end than if everything had happened online.

use std::collections::HashMap;
use std::fs;
use std::sync::Arc;

use proptest::prelude::*;
use samtycke_core::decision::DecisionKind;
use samtycke_core::id::EventId;
use samtycke_core::problem::ProblemKind;
use samtycke_core::scope::Scope;
use tempfile::TempDir;

use super::world::{A, B, DAY_MS, Fault, Server, TestClock, consent, folder, open, pid, subject};
use crate::clock::Clock as _;
use crate::queue::Queue;
use crate::queue::entry::Body;

/// One thing that happens.
#[derive(Debug, Clone)]
enum Step {
    /// Somebody says something here: about A, about B, or about both.
    Say(u8, Option<DecisionKind>, Option<DecisionKind>, bool),
    /// They say it elsewhere, online.
    Elsewhere(u8, Option<DecisionKind>, Option<DecisionKind>),
    /// A flush, and what happens to its requests.
    Flush(Vec<Fault>),
    /// The power fails; of a line that was being written this much is left, in thousandths: never all of it.
    Crash(usize),
    /// Time passes; hours.
    Pass(i64),
    /// The wall clock is set; hours.
    Set(i64),
}

fn word() -> impl Strategy<Value = Option<DecisionKind>> {
    use DecisionKind::{Given, Refused, Withdrawn};
    prop_oneof![
        2 => Just(None),
        3 => Just(Some(Given)),
        2 => Just(Some(Withdrawn)),
        1 => Just(Some(Refused)),
    ]
}

fn fault() -> impl Strategy<Value = Fault> {
    prop_oneof![
        6 => Just(Fault::Nothing),
        2 => Just(Fault::AnswerLost),
        1 => Just(Fault::Lost),
        1 => Just(Fault::Unreachable),
        1 => Just(Fault::Portal),
        1 => Just(Fault::Problem(ProblemKind::Internal)),
        1 => Just(Fault::Problem(ProblemKind::FieldInvalid)),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        10 => (1..3_u8, word(), word(), any::<bool>()).prop_map(|(w, a, b, s)| Step::Say(w, a, b, s)),
        2 => (1..3_u8, word(), word()).prop_map(|(w, a, b)| Step::Elsewhere(w, a, b)),
        4 => prop::collection::vec(fault(), 0..6).prop_map(Step::Flush),
        2 => (0..990_usize).prop_map(Step::Crash),
        1 => (0..400_i64).prop_map(Step::Pass),
        1 => prop_oneof![Just(2), Just(-72), Just(750), Just(-750)].prop_map(Step::Set),
    ]
}

struct World {
    folder: TempDir,
    clock: Arc<TestClock>,
    queue: Option<Queue>,
    /// The real one, and one at which everybody is online all the time.
    server: Server,
    online: Server,
    /// What was said here, in order.
    said: Vec<Body>,
    /// Noes that the server refused, and what went with them.
    refused: Vec<EventId>,
    too_old: Vec<EventId>,
    sent: HashMap<EventId, usize>,
    count: u64,
}

impl World {
    fn new() -> Self {
        let folder = folder();
        let clock = TestClock::new();
        Self {
            queue: Some(open(folder.path(), &clock)),
            folder,
            clock,
            server: Server::default(),
            online: Server::default(),
            said: Vec::new(),
            refused: Vec::new(),
            too_old: Vec::new(),
            sent: HashMap::new(),
            count: 0,
        }
    }

    fn queue(&self) -> &Queue {
        self.queue.as_ref().unwrap()
    }

    async fn step(&mut self, step: Step) {
        match step {
            Step::Say(who, a, b, seen) => self.say(who, a, b, seen),
            Step::Elsewhere(who, a, b) => self.elsewhere(who, a, b),
            Step::Flush(faults) => {
                self.server.faults(&faults);
                self.flush().await;
            }
            Step::Crash(part) => self.crash(part),
            Step::Pass(hours) => self.clock.pass(hours * DAY_MS / 24),
            Step::Set(hours) => self.clock.set(hours * DAY_MS / 24),
        }
        for who in [1, 2] {
            for purpose in [A, B] {
                self.check_denial(who, purpose);
            }
        }
    }

    fn next(&mut self, who: u8, a: Option<DecisionKind>, b: Option<DecisionKind>) -> Option<Body> {
        let a = a.map(|kind| (A, kind));
        let b = b.map(|kind| (B, kind));
        let cells: Vec<_> = a.into_iter().chain(b).collect();
        if cells.is_empty() {
            return None;
        }
        self.count += 1;
        Some(Body::Consent(Box::new(consent(self.count, who, &cells))))
    }

    /// What was last seen of the subject is what the server has now, or nothing.
    fn say(&mut self, who: u8, a: Option<DecisionKind>, b: Option<DecisionKind>, seen: bool) {
        let Some(Body::Consent(mut said)) = self.next(who, a, b) else {
            return;
        };
        let mut here = said.clone();
        here.based_on = Some(if seen {
            self.server.seq(&subject(who))
        } else {
            0
        });
        self.queue().consent(*here.clone()).unwrap();
        self.said.push(Body::Consent(here));
        said.based_on = Some(self.online.seq(&subject(who)));
        self.online.record(&Body::Consent(said));
    }

    fn elsewhere(&mut self, who: u8, a: Option<DecisionKind>, b: Option<DecisionKind>) {
        let Some(Body::Consent(mut said)) = self.next(who, a, b) else {
            return;
        };
        said.based_on = Some(self.server.seq(&subject(who)));
        self.server.record(&Body::Consent(said.clone()));
        said.based_on = Some(self.online.seq(&subject(who)));
        self.online.record(&Body::Consent(said));
    }

    async fn flush(&mut self) {
        let flushed = self.queue.as_ref().unwrap().flush_by(&self.server).await;
        self.refused
            .extend(flushed.refused.iter().map(|one| one.event_id.clone()));
        self.too_old
            .extend(flushed.too_old.iter().map(|one| one.event_id.clone()));
        for answer in flushed.sent {
            *self.sent.entry(answer.event_id).or_default() += 1;
        }
        assert!(flushed.saved);
    }

    fn crash(&mut self, part: usize) {
        let mut known = waiting(self.queue());
        let refused = self.queue().refused();
        self.queue = None;
        let path = self.folder.path().join("journal");
        let bytes = fs::read(&path).unwrap();
        // Somebody was saying something.
        let half = open(self.folder.path(), &self.clock);
        half.consent(consent(u64::MAX, 1, &[(A, DecisionKind::Given)]))
            .unwrap();
        drop(half);
        let more = fs::read(&path).unwrap();
        let left = bytes.len() + (more.len() - bytes.len()) * part / 1_000;
        fs::write(&path, &more[..left]).unwrap();
        fs::write(self.folder.path().join("journal.new"), &more[..left / 2]).unwrap();
        let queue = open(self.folder.path(), &self.clock);
        assert_eq!(queue.opened().unreadable, 0);
        let mut found = waiting(&queue);
        known.sort();
        found.sort();
        assert_eq!(
            found, known,
            "nothing more and nothing less than was durable"
        );
        assert!(queue.refused() == refused);
        self.queue = Some(queue);
    }

    /// A no that was said here and that the server has not recorded is denied here, whatever was said since.
    fn check_denial(&self, who: u8, purpose: &str) {
        let recorded = self.server.recorded();
        let open = self.said.iter().any(|body| {
            *body.subject() == subject(who)
                && body.narrowed().any(|said| said.purpose == pid(purpose))
                && !recorded.contains(body.event_id())
        });
        let denied = self
            .queue()
            .refuses(&subject(who), &pid(purpose), &Scope::None);
        assert!(denied || !open, "{who} {purpose}");
    }

    fn check_end(&self) {
        let recorded = self.server.recorded();
        let place = |id: &EventId| recorded.iter().position(|one| one == id);
        for (i, body) in self.said.iter().enumerate() {
            let id = body.event_id();
            let gone = self.refused.contains(id) || self.too_old.contains(id);
            assert!(gone || place(id).is_some(), "lost");
            assert_eq!(
                self.sent.get(id).copied().unwrap_or(0),
                usize::from(!gone),
                "told once"
            );
            assert!(
                !(body.is_restrictive() && self.too_old.contains(id)),
                "a withdrawal is never too old"
            );
            // Before a grant, the earlier withdrawals of the same person.
            let elders = self.said[..i]
                .iter()
                .filter(|one| one.is_restrictive() && one.subject() == body.subject());
            for elder in
                elders.filter(|elder| body.is_grant() && !self.refused.contains(elder.event_id()))
            {
                assert!(
                    place(id).is_none_or(|at| place(elder.event_id()) < Some(at)),
                    "overtaken"
                );
            }
        }
        for who in [1, 2] {
            for purpose in [A, B] {
                let denied = self
                    .queue()
                    .refuses(&subject(who), &pid(purpose), &Scope::None);
                let permitted = self.server.is_given(who, purpose) && !denied;
                assert!(
                    !permitted || self.online.is_given(who, purpose),
                    "{who} {purpose}: more than was said"
                );
            }
        }
    }
}

fn waiting(queue: &Queue) -> Vec<EventId> {
    queue.shared.inside(|order, _| {
        let all = order
            .all()
            .into_iter()
            .filter(|(_, refusal)| refusal.is_none());
        all.map(|(entry, _)| entry.body.event_id().clone())
            .collect()
    })
}

fn played(steps: Vec<Step>) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime.block_on(async {
        let mut world = World::new();
        for step in steps {
            world.server.at(world.clock.now().unix_ms);
            world.online.at(world.clock.now().unix_ms);
            world.step(step).await;
        }
        world.server.faults(&[]);
        world.server.at(world.clock.now().unix_ms);
        world.flush().await;
        assert_eq!(world.queue().waiting(), super::super::Waiting::default());
        world.check_end();
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    /// Protects decisions.md 2 and 7, and C2, under every order of words, faults, crashes and clocks.
    #[test]
    fn no_more_is_permitted_than_was_said_and_nothing_is_lost(steps in prop::collection::vec(step(), 1..30)) {
        played(steps);
    }
}

/// Nothing but the words: then it is exactly as if everybody had been online.
#[test]
fn without_faults_the_last_word_counts() {
    use DecisionKind::{Given, Withdrawn};
    let words = [None, Some(Given), Some(Withdrawn)];
    let mut all = vec![];
    for a in words {
        for b in words {
            all.push((a, b));
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    for first in &all {
        for second in &all {
            for third in &all[3..6] {
                let mut world = World::new();
                for (a, b) in [first, second, third] {
                    world.say(1, *a, *b, false);
                }
                runtime.block_on(world.flush());
                for purpose in [A, B] {
                    let (now, then) = (
                        world.server.is_given(1, purpose),
                        world.online.is_given(1, purpose),
                    );
                    assert_eq!(now, then, "{purpose}: {first:?} {second:?} {third:?}");
                }
            }
        }
    }
}
