//! The shared state of permissions under every order of threads that a scheduler can produce (shuttle, at random and by
//! PCT): the reusable verdicts, and the withdrawals of this process. The module is the crate's own; only its locks are
//! replaced.

use samtycke_core::decide::Op;
use samtycke_core::id::SubjectId;
use samtycke_core::scope::Scope;
use shuttle::sync::{Arc, Mutex};
use shuttle::thread;

use self::reuse::{Heard, Key, Reuse};

#[path = "../src/reuse.rs"]
mod reuse;

/// What stands in the place of the crate's own: locks and counters whose every use is a moment to switch.
mod sync {
    pub(crate) use shuttle::sync::atomic::{AtomicU64, Ordering};
    pub(crate) use shuttle::sync::{Mutex, MutexGuard};

    pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// Schedules of each kind. With either of the two calls of `hear_withdrawal` in [`Program::withdraw`] taken away, a test fails
/// within these.
const SCHEDULES: usize = 500;

/// A program with one client, and the server that it asks.
struct Program {
    reuse: Reuse<bool>,
    server_says: Mutex<bool>,
    /// Whether a withdrawal has returned to its caller.
    acknowledged: Mutex<bool>,
}

fn key() -> Key {
    Key {
        subject: SubjectId::from_bytes([7; 16]),
        purpose: "t.a".parse().expect("a purpose"),
        scope: Scope::None,
        op: Op::Process,
    }
}

impl Program {
    fn new() -> Arc<Self> {
        Arc::new(Self {
            reuse: Reuse::new(true),
            server_says: Mutex::new(true),
            acknowledged: Mutex::new(false),
        })
    }

    /// As `Client::grant`: from memory, or by a request; an allow is kept, with the number of withdrawals before it.
    fn require(&self) -> Option<Heard> {
        let heard = self.reuse.heard(&key().subject);
        if self.reuse.get(&key(), |yes| *yes).is_some() {
            return Some(heard);
        }
        let yes = *sync::lock(&self.server_says);
        self.reuse.keep(key(), yes, heard, |yes| *yes);
        yes.then_some(heard)
    }

    /// As `Consented::subject`, within its two seconds.
    fn lives(&self, granted: Heard) -> bool {
        self.reuse.heard(&key().subject) == granted
    }

    /// As `Client::withdraw`. What is `held` has ended before the server hears of it.
    fn withdraw(&self, held: Option<Heard>) {
        self.reuse.hear_withdrawal(&key().subject);
        let acts = held.is_some_and(|held| self.lives(held));
        assert!(!acts, "kept an allow while the withdrawal was sent");
        *sync::lock(&self.server_says) = false;
        self.reuse.hear_withdrawal(&key().subject);
        *sync::lock(&self.acknowledged) = true;
    }
}

/// Two threads ask and act, again and again, while a third withdraws.
fn another_thread_withdraws() {
    let program = Program::new();
    let askers: Vec<_> = (0..2)
        .map(|_| {
            let program = program.clone();
            thread::spawn(move || {
                for _ in 0..3 {
                    let granted = program.require();
                    // A caller that knows of the acknowledged withdrawal must not process any more.
                    let acknowledged = *sync::lock(&program.acknowledged);
                    let acts = granted.is_some_and(|granted| program.lives(granted));
                    assert!(
                        !(acknowledged && acts),
                        "acted on an allow after the withdrawal was acknowledged"
                    );
                }
            })
        })
        .collect();
    let held = program.require();
    program.withdraw(held);
    assert!(
        program.require().is_none(),
        "an allow outlived the withdrawal"
    );
    for asker in askers {
        asker.join().expect("no panic");
    }
}

/// Protects C7 inside one process: once its own withdrawal has returned, no permission lives and no answer is used again.
#[test]
fn permissions_end_with_a_local_withdrawal_at_random() {
    shuttle::check_random(another_thread_withdraws, SCHEDULES);
}

#[test]
fn permissions_end_with_a_local_withdrawal_by_pct() {
    shuttle::check_pct(another_thread_withdraws, SCHEDULES, 3);
}
