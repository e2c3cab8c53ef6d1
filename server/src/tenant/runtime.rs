//! State that lives as long as a tenant's log, across changes of its configuration.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};

use samtycke_tlog::note::NoteSigner;

use super::Secrets;
use crate::hot::HotStates;
use crate::position::Position;

/// State that lives as long as the log, across changes of its configuration.
#[derive(Debug)]
pub struct LogRuntime {
    /// Signs consent cookies with the log's key.
    pub cookie_signer: NoteSigner,
    /// Subjects' states, on the embedded database only.
    pub hot: Option<HotStates>,
    frozen: AtomicBool,
    head: RwLock<(Position, Arc<str>)>,
}

impl LogRuntime {
    /// `hot_subjects_max`: how many states are kept in memory, on the embedded database; `None` on another.
    pub(super) fn new(hot_subjects_max: Option<usize>, cookie_signer: NoteSigner) -> Self {
        Self {
            cookie_signer,
            hot: hot_subjects_max.map(HotStates::new),
            frozen: AtomicBool::new(false),
            head: RwLock::new((Position { epoch: 0, index: 0 }, "".into())),
        }
    }

    /// Whether the log is frozen: writes answer 503, and every check denies.
    pub fn is_frozen(&self) -> bool {
        self.frozen.load(Ordering::SeqCst)
    }

    /// Freezes the log. Only a restart after recovery unfreezes it.
    pub fn freeze(&self) {
        self.frozen.store(true, Ordering::SeqCst);
    }

    /// Records the log's new size; ignores older values.
    pub fn advance(&self, epoch: u64, size: u64, secrets: &Secrets) {
        let Some(index) = size.checked_sub(1) else {
            return;
        };
        let position = Position { epoch, index };
        let mut head = self
            .head
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if position > head.0 || head.1.is_empty() {
            *head = (position, position.token(&secrets.position).into());
        }
    }

    /// The newest position that this process knows, and its token.
    pub fn head(&self) -> (Position, Arc<str>) {
        self.head
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }
}
