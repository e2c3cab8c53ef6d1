use serde::{Deserialize, Serialize};

use super::ended_consent::EndedConsent;
use crate::{
    cell_ref::CellRef,
    event::{Cells, Direction, EventKind, NoData, Summary},
    id::ScopeValue,
    state::{Applied, ApplyContext, CellState, SubjectState},
};

/// The controller revoked the consent; past processing stays lawful.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConsentRevoked {
    /// The affected cell; with [`Self::all_scopes`], its purpose.
    pub cell: CellRef,
    /// Whether it concerns every scope of the purpose; then the cell has no scope.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub all_scopes: bool,
    /// The code of the cause in the tenant's own list; no free text.
    pub cause: ScopeValue,
}

impl EventKind for ConsentRevoked {
    const TYPE: &'static str = "consent.revoked";
    const VERSION: u8 = 1;
    type Public = EndedConsent;
    type Private = NoData;

    fn direction(&self) -> Direction {
        Direction::Restrictive
    }

    fn effective_from(&self) -> Option<i64> {
        None
    }

    fn cells(&self) -> Cells<'_> {
        Cells::named(&self.cell, self.all_scopes)
    }

    fn split(self) -> (Self::Public, Self::Private) {
        let private = NoData {};
        let public = EndedConsent {
            purpose: self.cell.purpose,
            scope: self.cell.scope,
            all_scopes: self.all_scopes,
            cause: self.cause,
        };
        (public, private)
    }

    fn join(public: Self::Public, _: Self::Private) -> Self {
        Self {
            cell: CellRef {
                purpose: public.purpose,
                scope: public.scope,
            },
            all_scopes: public.all_scopes,
            cause: public.cause,
        }
    }

    fn apply(&self, state: &mut SubjectState, cx: &ApplyContext<'_>) -> Applied {
        state.end_consents(cx, &self.cell, self.all_scopes, CellState::Revoked);
        state.about(cx, &self.cell, Ok(()), false)
    }

    fn summary(public: &Self::Public) -> Summary {
        public.summary("revoked")
    }
}
