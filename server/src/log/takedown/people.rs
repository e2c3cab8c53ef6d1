//! Who a batch is about: an asset may name a device whose person has an account, so a decision of the one is about the
//! pictures of the other (rule E22).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use samtycke_core::id::SubjectId;
use samtycke_core::service::MERGES_MAX;
use samtycke_core::state::SubjectState;

use super::super::plan::Plan;
use super::EndingEvent;
use crate::store::{Stored, Tx};
use crate::tenant::Tenant;

/// The survivor of each merged subject.
type Survivors = HashMap<SubjectId, SubjectId>;

/// The people of a batch with everybody who was merged into one of them.
pub(super) struct People {
    named: BTreeSet<SubjectId>,
    before: Survivors,
    after: Survivors,
}

impl People {
    /// The people of these events. The table of merges is as it was before the batch.
    pub(super) async fn read(
        tx: &mut Tx,
        tenant: &Tenant,
        endings: &[EndingEvent<'_>],
        states: &HashMap<SubjectId, Arc<SubjectState>>,
        plan: &Plan,
    ) -> Stored<Self> {
        let mut before: Survivors = merges(states).collect();
        let mut after = before.clone();
        overlay(&mut after, plan);
        let mut roots = BTreeSet::new();
        for subject in endings
            .iter()
            .flat_map(|ending| [Some(ending.subject), ending.other])
            .flatten()
        {
            roots.insert(subject);
            roots.insert(deciding(&before, subject));
            roots.insert(deciding(&after, subject));
        }
        let roots: BTreeSet<SubjectId> = roots.into_iter().cloned().collect();
        let below = tx
            .merged_below(&tenant.log, &roots.iter().collect::<Vec<_>>())
            .await?;
        let mut named = roots;
        for (survivor, subject) in below {
            named.insert(subject.clone());
            before.insert(subject, survivor);
        }
        after.clone_from(&before);
        overlay(&mut after, plan);
        Ok(Self {
            named,
            before,
            after,
        })
    }

    /// Every subject by whose name an asset may have one of these people.
    pub(super) fn named(&self) -> Vec<&SubjectId> {
        self.named.iter().collect()
    }

    /// Whether an event is about the person whom an asset names so: one stream decides for both, before or after it.
    pub(super) fn concerns(&self, ending: &EndingEvent<'_>, named: &SubjectId) -> bool {
        let same = |survivors: &Survivors| {
            let touched = [Some(ending.subject), ending.other].into_iter().flatten();
            let mut touched = touched.map(|subject| deciding(survivors, subject));
            touched.any(|subject| subject == deciding(survivors, named))
        };
        same(&self.before) || same(&self.after)
    }

    /// The states that decide for a person before and after the batch.
    pub(super) fn states<'a>(
        &self,
        named: &SubjectId,
        states: &'a HashMap<SubjectId, Arc<SubjectState>>,
        plan: &'a Plan,
    ) -> (Option<&'a Arc<SubjectState>>, Option<&'a Arc<SubjectState>>) {
        let (old, new) = (deciding(&self.before, named), deciding(&self.after, named));
        let after = plan.states.get(new).or_else(|| states.get(new));
        (states.get(old), after)
    }
}

fn merges(
    states: &HashMap<SubjectId, Arc<SubjectState>>,
) -> impl Iterator<Item = (SubjectId, SubjectId)> {
    states.iter().filter_map(|(subject, state)| {
        let survivor = state.merged_into.clone()?;
        Some((subject.clone(), survivor))
    })
}

/// Makes the survivors those after the batch.
fn overlay(survivors: &mut Survivors, plan: &Plan) {
    for subject in plan.states.keys() {
        survivors.remove(subject);
    }
    survivors.extend(merges(&plan.states));
}

/// The subject whose stream decides for this one.
fn deciding<'a>(survivors: &'a Survivors, subject: &'a SubjectId) -> &'a SubjectId {
    let mut deciding = subject;
    for _ in 0..MERGES_MAX {
        match survivors.get(deciding) {
            Some(survivor) => deciding = survivor,
            None => break,
        }
    }
    deciding
}
