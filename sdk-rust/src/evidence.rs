//! The evidence that a row of the caller's database keeps for its permission.

use samtycke_core::decide::{Basis, Op};
use samtycke_core::reason::Reason;
use samtycke_core::scope::Scope;
use serde::Serialize;

use crate::consented::Granted;

/// The evidence for a permission, for a column beside the stored data. It names the purpose, the operation, the scope
/// and the state of the log, and no person. With the subject's id, which the row has already, an auditor finds the event and its proof.
///
/// Example: see [`Consented::evidence`](crate::Consented::evidence).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Evidence {
    /// The purpose.
    pub purpose: &'static str,
    /// The operation that was permitted.
    pub op: Op,
    /// The scope that was permitted: the recipient, the campaign, the vendor or the site.
    #[serde(skip_serializing_if = "Scope::is_none")]
    pub scope: Scope,
    /// The reason of the verdict.
    pub reason: Reason,
    /// The legal basis.
    pub basis: Option<Basis>,
    /// The number of the subject's last event behind the verdict.
    pub seq: u64,
    /// The position of the state behind the verdict. A later check can demand it.
    pub position: Option<String>,
    /// When the check was sent, by this machine's clock, in Unix milliseconds.
    pub checked_at_ms: i64,
}

impl Evidence {
    pub(crate) fn of(purpose: &'static str, granted: &Granted) -> Self {
        let verdict = &granted.verdict;
        Self {
            purpose,
            op: granted.question.op,
            scope: granted.question.scope.clone(),
            reason: verdict.reason,
            basis: verdict.basis,
            seq: verdict.seq,
            position: granted.position.as_deref().map(str::to_owned),
            checked_at_ms: granted.sent.unix_ms,
        }
    }

    /// One line of JSON, some 250 bytes, for a text column.
    ///
    /// ```no_run
    /// # use samtycke::{Consented, Denied, op::Store, purpose::Purpose};
    /// # fn example<P: Purpose>(consented: &Consented<P, Store>) -> Result<(), Denied> {
    /// let column: String = consented.evidence().to_column();
    /// # Ok(())
    /// # }
    /// ```
    pub fn to_column(&self) -> String {
        // JSON can hold every field. If not, an empty column would be wrong and a panic worse.
        serde_json::to_string(self).unwrap_or_default()
    }
}
