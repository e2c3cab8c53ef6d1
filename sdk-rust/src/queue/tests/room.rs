//! A full queue, in memory: 10 000 entries on a disk would take a minute.

use std::io;

use samtycke_core::decision::DecisionKind;
use samtycke_core::scope::Scope;

use super::world::{A, B, TestClock, consent, grant, pid, subject, withdrawal};
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

fn queued_grant(n: u64) -> Body {
    Body::Consent(Box::new(grant(n, n.to_le_bytes()[0] | 1, &[B])))
}

fn queued_withdrawal(n: u64) -> Body {
    Body::Withdrawal(Box::new(withdrawal(n, 2, &[A])))
}

/// A full queue has room for withdrawals where no grant fits, by number or by length; where the file is full a
/// withdrawal still denies and waits to be sent.
#[test]
fn a_full_queue_refuses_grants_and_takes_withdrawals() {
    let now = TestClock::new().now();
    let queue = Shared::new(Order::default(), Disk { length: 300 });
    for n in 0..GRANTS_MAX {
        queue.add(queued_grant(n as u64), now).unwrap();
    }
    assert_eq!(
        queue.add(queued_grant(1_000_000), now),
        Err(QueueError::Full)
    );
    queue.add(queued_withdrawal(1_000_001), now).unwrap();
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
        queue.add(queued_grant(n as u64), now).unwrap();
    }
    assert_eq!(
        queue.add(queued_grant(1_000_000), now),
        Err(QueueError::Full)
    );
    let withdrawals = (JOURNAL_BYTES_MAX - GRANT_BYTES_MAX) / length;
    for n in 0..withdrawals {
        queue
            .add(queued_withdrawal((fits + n) as u64), now)
            .unwrap();
    }
    let full = Err(QueueError::NotDurable(io::ErrorKind::StorageFull));
    assert_eq!(queue.add(queued_withdrawal(2_000_000), now), full);
    assert_eq!(queue.waiting(), (withdrawals + 1, fits));
    assert!(queue.refuses(&subject(2), &pid(A), &Scope::None));
}
