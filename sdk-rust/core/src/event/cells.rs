//! Which cells of a subject an event is about.

use crate::{cell_ref::CellRef, decision::Decision, id::PurposeId, scope::Scope};

/// The cells that an event is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cells<'a> {
    /// None: it is a fact beside the cells.
    None,
    /// All that the subject has and will have, or those that only its state can tell.
    Every,
    /// These, in the event's own order.
    These(Vec<NamedCell<'a>>),
}

/// A cell that an event names, or all cells of one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedCell<'a> {
    /// The purpose.
    pub purpose: &'a PurposeId,
    /// Limited to what; for [`Self::all_scopes`] to nothing.
    pub scope: &'a Scope,
    /// Every scope of the purpose is meant.
    pub all_scopes: bool,
}

impl<'a> Cells<'a> {
    /// A single cell.
    pub fn one(cell: &'a CellRef) -> Self {
        Self::These(vec![NamedCell {
            purpose: &cell.purpose,
            scope: &cell.scope,
            all_scopes: false,
        }])
    }

    /// The cell of each decision.
    pub fn of_decisions(decisions: &'a [Decision]) -> Self {
        let named = decisions.iter().map(|decision| NamedCell {
            purpose: &decision.purpose,
            scope: &decision.scope,
            all_scopes: decision.all_scopes,
        });
        Self::These(named.collect())
    }

    /// How many results an event has: one for each cell that it names, else one for the subject as a whole.
    pub fn result_count(&self) -> usize {
        match self {
            Self::None | Self::Every => 1,
            Self::These(named) => named.len(),
        }
    }
}
