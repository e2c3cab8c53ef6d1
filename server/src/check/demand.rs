//! A demanded position (`at_least`; consistency.md C3): whether what was read includes it.

use samtycke_core::problem::{Problem, ProblemKind};
use samtycke_core::reason::Reason;

use super::StateRead;
use crate::position::Position;
use crate::store::Store;
use crate::tenant::Tenant;

/// Whether a state of the log up to `head` includes the demanded position, or why every check denies.
///
/// A token is genuine, so the log has held its leaf. If the log, asked again, ends before it or holds another leaf there, it
/// has lost something that was acknowledged, and is frozen. A token of another epoch only denies: a recovery that was
/// announced began a new one.
pub(crate) async fn included(
    store: &Store,
    tenant: &Tenant,
    demanded: Option<Position>,
    head: Position,
) -> Result<Result<(), Reason>, Problem> {
    let Some(demanded) = demanded.filter(|demanded| *demanded != head) else {
        return Ok(Ok(()));
    };
    if demanded.epoch == head.epoch {
        if holds(store, tenant, demanded).await? {
            // The log has grown since it was read.
            return Ok(if head.is_before(&demanded) {
                Err(Reason::FailclosedUnavailable)
            } else {
                Ok(())
            });
        }
        tenant.runtime.freeze();
    }
    log_lost(tenant);
    Ok(Err(Reason::FailclosedTokenLost))
}

/// The same for a state that was read from memory.
pub(super) async fn held_against(
    store: &Store,
    tenant: &Tenant,
    demanded: Option<Position>,
    read: StateRead,
) -> Result<StateRead, Problem> {
    let StateRead::Available { head, .. } = &read else {
        return Ok(read);
    };
    let included = included(store, tenant, demanded, *head).await?;
    Ok(match included {
        Ok(()) => read,
        Err(reason) => StateRead::FailClosed(reason),
    })
}

async fn holds(store: &Store, tenant: &Tenant, demanded: Position) -> Result<bool, Problem> {
    let leaf = store.leaf_hash(&tenant.log, demanded.index).await?;
    if leaf.is_some() {
        return Ok(leaf
            .is_some_and(|hash| Position::of(demanded.epoch, demanded.index, &hash) == demanded));
    }
    let head = store.head(&tenant.log).await?;
    let head = head.ok_or(ProblemKind::Internal)?;
    Ok(head.position() == demanded)
}

/// Tells the operator.
pub(crate) fn log_lost(tenant: &Tenant) {
    tracing::error!(
        log = %tenant.log, is_frozen = tenant.runtime.is_frozen(),
        "a client holds the position of a leaf that this log does not hold: something acknowledged has been lost"
    );
}
