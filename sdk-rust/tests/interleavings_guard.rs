//! Runs the shared state of permissions under every thread order that a scheduler can produce (shuttle, at random and
//! by PCT): the reusable verdicts, and the withdrawals of this process. The test includes the crate's own module and
//! replaces only its locks.

use samtycke_core::decide::Op;
use samtycke_core::id::SubjectId;
use samtycke_core::scope::Scope;
use shuttle::sync::{Arc, Mutex};
use shuttle::thread;

use self::reuse::{Heard, Key, Reuse};

#[path = "../src/reuse.rs"]
mod reuse;

/// Replaces the crate's locks and counters with ones at which the scheduler can switch threads.
mod sync {
    pub(crate) use shuttle::sync::atomic::{AtomicU64, Ordering};
    pub(crate) use shuttle::sync::{Mutex, MutexGuard};

    pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
        mutex
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// The number of schedules of each kind. Without either of the two calls of `hear_withdrawal` in [`Program::withdraw`],
/// a test fails within this number.
const SCHEDULES: usize = 500;

/// A program with one client and its server.
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

    /// As `Client::grant`: from memory or by a request. It keeps an allow with the number of earlier withdrawals.
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

    /// As `Client::withdraw`. It ends the permission `held` before the server receives the withdrawal.
    fn withdraw(&self, held: Option<Heard>) {
        self.reuse.hear_withdrawal(&key().subject);
        let acts = held.is_some_and(|held| self.lives(held));
        assert!(!acts, "kept an allow while the withdrawal was sent");
        *sync::lock(&self.server_says) = false;
        self.reuse.hear_withdrawal(&key().subject);
        *sync::lock(&self.acknowledged) = true;
    }
}

/// Two threads check and act repeatedly while a third withdraws.
fn another_thread_withdraws() {
    let program = Program::new();
    let askers: Vec<_> = (0..2)
        .map(|_| {
            let program = program.clone();
            thread::spawn(move || {
                for _ in 0..3 {
                    let granted = program.require();
                    // A caller that knows of the acknowledged withdrawal must not continue processing.
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

/// C7 inside one process: after its own withdrawal has returned, no permission is valid and no verdict is reused.
#[test]
fn permissions_end_with_a_local_withdrawal_at_random() {
    shuttle::check_random(another_thread_withdraws, SCHEDULES);
}

#[test]
fn permissions_end_with_a_local_withdrawal_by_pct() {
    shuttle::check_pct(another_thread_withdraws, SCHEDULES, 3);
}
