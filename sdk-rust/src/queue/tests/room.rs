//! A full queue, in memory: 10 000 entries on a disk would take a minute.

use std::io;

use samtycke_core::decision::DecisionKind;
use samtycke_core::scope::Scope;

use super::world::{A, B, TestClock, consent, no, pid, subject, yes};
use crate::clock::Clock as _;
use crate::queue::entry::Body;
use crate::queue::order::Order;
use crate::queue::shared::{
    Change, GRANT_BYTES_MAX, GRANTS_MAX, JOURNAL_BYTES_MAX, Journal, Shared,
};
use crate::queue::{ENTRY_BYTES_MAX, QueueError};

/// A disk that takes everything; each line is as long as it says.
struct Disk {
    length: usize,
}

impl Journal for Disk {
    fn length(&self, _: &Body) -> usize {
        self.length
    }

    fn write(&mut self, _: &Change<'_>, _: &Order) -> io::Result<bool> {
        Ok(false)
    }

    fn rewrite(&mut self, _: &Order) -> io::Result<()> {
        Ok(())
    }
}

fn said_yes(n: u64) -> Body {
    Body::Consent(Box::new(yes(n, n.to_le_bytes()[0] | 1, &[B])))
}

fn said_no(n: u64) -> Body {
    Body::Withdrawal(Box::new(no(n, 2, &[A])))
}

/// Protects the room for a no: where no yes fits any more, be it by number or by length, a no does; and where the file is
/// full it still denies and still waits to be sent.
#[test]
fn a_full_queue_refuses_grants_and_takes_withdrawals() {
    let now = TestClock::new().now();
    let queue = Shared::new(Order::default(), Disk { length: 300 });
    for n in 0..GRANTS_MAX {
        queue.add(said_yes(n as u64), now).unwrap();
    }
    assert_eq!(queue.add(said_yes(1_000_000), now), Err(QueueError::Full));
    queue.add(said_no(1_000_001), now).unwrap();
    let mixed = consent(
        1_000_002,
        2,
        &[(A, DecisionKind::Refused), (B, DecisionKind::Given)],
    );
    queue.add(Body::Consent(Box::new(mixed)), now).unwrap();

    let length = ENTRY_BYTES_MAX;
    let queue = Shared::new(Order::default(), Disk { length });
    let fits = GRANT_BYTES_MAX / length;
    for n in 0..fits {
        queue.add(said_yes(n as u64), now).unwrap();
    }
    assert_eq!(queue.add(said_yes(1_000_000), now), Err(QueueError::Full));
    let noes = (JOURNAL_BYTES_MAX - GRANT_BYTES_MAX) / length;
    for n in 0..noes {
        queue.add(said_no((fits + n) as u64), now).unwrap();
    }
    let full = Err(QueueError::NotDurable(io::ErrorKind::StorageFull));
    assert_eq!(queue.add(said_no(2_000_000), now), full);
    assert_eq!(queue.waiting(), (noes + 1, fits));
    assert!(queue.refuses(&subject(2), &pid(A), &Scope::None));
}
