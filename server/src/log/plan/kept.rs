//! What a batch changes beside the states: objections that wait for a decision, who is a guardian of whom, and who was
//! merged into whom. All are compared before and after, so that every kind of event that changes them is heard without a list of kinds.

use samtycke_core::decide::PurposeLookup;
use samtycke_core::id::SubjectId;
use samtycke_core::retention::UndecidedObjection;
use samtycke_core::state::SubjectState;

use crate::clock::UnixMs;
use crate::store::objection::{Kept, ObjectionRow};
use crate::store::outbox::OutboxRow;

/// Kind of the outbox rows that read the waiting objections of a log anew: another register may make an objection of what
/// was none, without any event.
pub const RECOUNT: &str = "objections.recount";

/// The work that the publication of a register at this index causes.
pub(crate) fn recount(index: u64, now: UnixMs) -> OutboxRow {
    OutboxRow {
        id: format!("objections.{index}"),
        kind: RECOUNT.into(),
        due_at: now,
        payload: "{}".into(),
    }
}

/// The objections of a state that wait for a decision, as rows.
pub fn waiting(
    subject: &SubjectId,
    state: &SubjectState,
    purposes: &dyn PurposeLookup,
) -> Vec<ObjectionRow> {
    let objections = Before::of(state, purposes).objections;
    let row = |objection| row(subject, objection);
    objections.into_iter().map(row).collect()
}

fn row(subject: &SubjectId, objection: UndecidedObjection) -> ObjectionRow {
    ObjectionRow {
        subject: subject.clone(),
        purpose: objection.purpose,
        scope: objection.scope,
        received_at: objection.received_at,
        due_on: objection.due_on.to_string(),
        overdue_from: objection.overdue_from,
    }
}

/// What is kept about one state.
#[derive(Debug, Default)]
pub(crate) struct Before {
    objections: Vec<UndecidedObjection>,
    guardians: Vec<SubjectId>,
    merged_into: Option<SubjectId>,
}

impl Before {
    /// What is kept about a state. A merged subject has nothing but its survivor, which has what survived.
    pub(crate) fn of(state: &SubjectState, purposes: &dyn PurposeLookup) -> Self {
        if state.merged_into.is_some() {
            return Self {
                merged_into: state.merged_into.clone(),
                ..Self::default()
            };
        }
        Self {
            objections: state.undecided_objections(purposes),
            guardians: state.guardians.iter().map(|g| g.id.clone()).collect(),
            merged_into: None,
        }
    }

    /// Adds what has changed until the batch ends.
    pub(crate) fn until(self, after: Self, subject: &SubjectId, kept: &mut Kept) {
        if self.merged_into != after.merged_into {
            let pair = |survivor: SubjectId| (survivor, subject.clone());
            kept.parted.extend(self.merged_into.map(pair));
            kept.merged.extend(after.merged_into.map(pair));
        }
        for objection in &self.objections {
            let still = |other: &&UndecidedObjection| {
                other.purpose == objection.purpose && other.scope == objection.scope
            };
            if !after.objections.iter().any(|other| still(&other)) {
                let (purpose, scope) = (objection.purpose.clone(), objection.scope.clone());
                kept.settled.push((subject.clone(), purpose, scope));
            }
        }
        for objection in after.objections {
            if !self.objections.contains(&objection) {
                kept.objections.push(row(subject, objection));
            }
        }
        for guardian in &self.guardians {
            if !after.guardians.contains(guardian) {
                kept.unlinked.insert((guardian.clone(), subject.clone()));
            }
        }
        for guardian in after.guardians {
            if !self.guardians.contains(&guardian) {
                kept.linked.insert((guardian, subject.clone()));
            }
        }
    }
}
