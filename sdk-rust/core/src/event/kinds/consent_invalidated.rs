use serde::{Deserialize, Serialize};

use super::ended_consent::EndedConsent;
use crate::{
    cell_ref::CellRef,
    event::{Cells, Direction, EventKind, Since, Summary},
    id::ScopeValue,
    state::{Applied, ApplyContext, CellState, SubjectState},
};

/// The consent was never valid.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentInvalidated {
    /// The affected cell; with [`Self::all_scopes`], its purpose.
    pub cell: CellRef,
    /// Whether it concerns every scope of the purpose; then the cell has no scope.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all_scopes: bool,
    /// The code of the cause in the tenant's own list; no free text.
    pub cause: ScopeValue,
    /// When the consent became invalid; Unix milliseconds. Absent: on receipt.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub effective_from: Option<i64>,
}

impl EventKind for ConsentInvalidated {
    const TYPE: &'static str = "consent.invalidated";
    const VERSION: u8 = 1;
    type Public = EndedConsent;
    type Private = Since;

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        self.effective_from
    }

    fn cells(&self) -> Cells<'_> {
        Cells::named(&self.cell, self.all_scopes)
    }

    fn split(self) -> (Self::Public, Self::Private) {
        let private = Since {
            effective_from: self.effective_from,
        };
        let public = EndedConsent {
            purpose: self.cell.purpose,
            scope: self.cell.scope,
            all_scopes: self.all_scopes,
            cause: self.cause,
        };
        (public, private)
    }

    fn join(public: Self::Public, private: Self::Private) -> Self {
        Self {
            cell: CellRef {
                purpose: public.purpose,
                scope: public.scope,
            },
            all_scopes: public.all_scopes,
            cause: public.cause,
            effective_from: private.effective_from,
        }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.end_consents(cx, &self.cell, self.all_scopes, CellState::Invalidated);
        state.about(cx, &self.cell, Ok(()), false)
    }

    fn summary(public: &Self::Public) -> Summary {
        public.summary("invalidated")
    }
}
