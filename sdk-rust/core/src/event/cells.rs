//! The cells of a subject that an event concerns.

use crate::{cell_ref::CellRef, decision::Decision, id::PurposeId, scope::Scope};

/// The cells that an event affects.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cells<'a> {
    /// No cell: the event states a fact about the subject.
    None,
    /// All present and future cells of the subject, or cells that only its state can determine.
    Every,
    /// These cells, in the event's own order.
    These(Vec<NamedCell<'a>>),
}

/// A cell that an event names, or all cells of one purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NamedCell<'a> {
    /// The purpose.
    pub purpose: &'a PurposeId,
    /// The scope; for [`Self::all_scopes`] there is none.
    pub scope: &'a Scope,
    /// Whether the event concerns every scope of the purpose.
    pub all_scopes: bool,
}

impl<'a> Cells<'a> {
    /// The named cell, without its other scopes.
    pub fn one(cell: &'a CellRef) -> Self {
        Self::named(cell, false)
    }

    /// The named cell, or every scope of its purpose.
    pub fn named(cell: &'a CellRef, all_scopes: bool) -> Self {
        Self::These(vec![NamedCell {
            purpose: &cell.purpose,
            scope: &cell.scope,
            all_scopes,
        }])
    }

    /// The cells of these decisions, in their order.
    pub fn of_decisions(decisions: &'a [Decision]) -> Self {
        let named = decisions.iter().map(|decision| NamedCell {
            purpose: &decision.purpose,
            scope: &decision.scope,
            all_scopes: decision.all_scopes,
        });
        Self::These(named.collect())
    }

    /// The number of results of an event: one for each cell that it names, or one for the subject as a whole.
    pub fn result_count(&self) -> usize {
        match self {
            Self::None | Self::Every => 1,
            Self::These(named) => named.len(),
        }
    }
}
