//! State that lives as long as a tenant's log, across changes of its configuration.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, RwLock};

use super::Secrets;
use crate::hot::HotStates;
use crate::position::Position;
use crate::store::postgres::TimelineWatch;

/// State that lives as long as the log, across changes of its configuration.
#[derive(Debug)]
pub struct LogRuntime {
    /// Subjects' states, on the embedded database only.
    pub hot: Option<HotStates>,
    frozen: AtomicBool,
    /// Frozen until the database agrees with the anchor again.
    behind: AtomicBool,
    /// On PostgreSQL: whether its timeline is verified.
    timeline: Option<Arc<TimelineWatch>>,
    head: RwLock<(Position, Arc<str>)>,
}

impl LogRuntime {
    /// `hot_subjects_max`: how many states are kept in memory, on the embedded database; `None` on another.
    pub(super) fn new(
        hot_subjects_max: Option<usize>,
        timeline: Option<Arc<TimelineWatch>>,
    ) -> Self {
        Self {
            hot: hot_subjects_max.map(HotStates::new),
            frozen: AtomicBool::new(false),
            behind: AtomicBool::new(false),
            timeline,
            head: RwLock::new((Position::of(0, 0, &[0; 32]), "".into())),
        }
    }

    /// Whether nothing may rest on the log now: writes answer 503, and every check denies. The log is frozen, or PostgreSQL
    /// has moved to a timeline that the log has not been compared on yet.
    pub fn is_frozen(&self) -> bool {
        let is_unverified = self.timeline.as_ref().is_some_and(|t| t.is_unverified());
        self.is_frozen_itself() || is_unverified
    }

    /// Whether the log itself is frozen, until a recovery and, but for [`Self::is_behind`], a restart of the server.
    pub fn is_frozen_itself(&self) -> bool {
        self.frozen.load(Ordering::SeqCst) || self.is_behind()
    }

    /// Whether the log is frozen because its database contradicted the anchor, on PostgreSQL.
    pub fn is_behind(&self) -> bool {
        self.behind.load(Ordering::SeqCst)
    }

    /// Freezes the log until its database agrees with the anchor again. The embedded database cannot be recovered under a
    /// running server, whose states in memory would be older: there a restart ends it.
    pub fn freeze_behind(&self) {
        if self.hot.is_some() {
            self.freeze();
        } else {
            self.behind.store(true, Ordering::SeqCst);
        }
    }

    /// The database agrees with the anchor again. Whatever else has frozen the log stays.
    pub fn thaw(&self) {
        self.behind.store(false, Ordering::SeqCst);
    }

    /// Freezes the log. Only a restart after recovery unfreezes it.
    pub fn freeze(&self) {
        self.frozen.store(true, Ordering::SeqCst);
    }

    /// Records the position of the log's newest leaf; ignores older ones.
    pub fn advance(&self, position: Position, secrets: &Secrets) {
        let mut head = self
            .head
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if head.0.is_before(&position) || head.1.is_empty() {
            *head = (position, position.token(&secrets.position).into());
        }
    }

    /// Whether this process knows a position of the log.
    pub fn has_head(&self) -> bool {
        let head = self.head.read();
        let head = head.unwrap_or_else(std::sync::PoisonError::into_inner);
        !head.1.is_empty()
    }

    /// The newest position that this process knows, and its token.
    pub fn head(&self) -> (Position, Arc<str>) {
        self.head
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
            .clone()
    }
}
