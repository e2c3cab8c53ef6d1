//! A person within a batch: their state as everything before in the batch has left it.

use std::sync::Arc;

use samtycke_core::id::SubjectId;
use samtycke_core::keys::SubjectKey;
use samtycke_core::state::SubjectState;

use super::Planner;
use super::kept::Before;
use crate::clock::random;
use crate::store::subject::WrappedKey;
use crate::store::{StoreError, Stored};

/// A subject within a batch.
pub(super) struct Member {
    pub(super) state: SubjectState,
    pub(super) last_leaf: Option<[u8; 32]>,
    pub(super) key: SubjectKey,
    pub(super) wrapped_key: WrappedKey,
    pub(super) changed: bool,
    pub(super) before: Before,
}

impl Planner<'_> {
    /// The person with this id: of this batch, of the database, or new.
    pub(super) fn member(&mut self, subject: &SubjectId) -> Stored<Member> {
        if let Some(member) = self.members.remove(subject) {
            return Ok(member);
        }
        let Some(row) = self.known.subjects.remove(subject) else {
            let key = SubjectKey::from_bytes(random(self.rng));
            let (epoch, wrapped) = self.secrets.wrap(subject, &key, &random(self.rng));
            return Ok(Member {
                state: SubjectState::default(),
                last_leaf: None,
                key,
                wrapped_key: WrappedKey { epoch, wrapped },
                changed: false,
                before: Before::default(),
            });
        };
        let wrapped_key = row.key.ok_or_else(|| {
            StoreError::Contradiction("a subject's key is destroyed, and no erasure says so".into())
        })?;
        let before = Before::of(&row.state, self.purposes);
        Ok(Member {
            before,
            state: Arc::unwrap_or_clone(row.state),
            last_leaf: Some(row.last_leaf),
            key: self
                .secrets
                .unwrap(subject, wrapped_key.epoch, &wrapped_key.wrapped)?,
            wrapped_key,
            changed: false,
        })
    }
}
