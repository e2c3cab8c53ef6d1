//! The locks that shared state is behind. A module of its own, so that tests can put others in their place which try
//! every order of things (`tests/interleavings.rs`).

pub(crate) use std::sync::atomic::{AtomicU64, Ordering};
pub(crate) use std::sync::{Mutex, MutexGuard};

/// Locks, also where somebody who held the lock has panicked: what is behind these locks is right after every statement.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex
        .lock()
        .unwrap_or_else(std::sync::PoisonError::into_inner)
}
